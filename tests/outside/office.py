"""What python-docx and openpyxl find in the files: headings, header rows, captions, alternative text, properties, no merged cells."""

import sys
import zipfile

import docx
import openpyxl
from docx.oxml.ns import qn

wrong = []


def expect(holds, file, what):
    if not holds:
        wrong.append(f"{file}: {what}")


def look_at_docx(file):
    document = docx.Document(file)
    properties = document.core_properties
    expect(properties.title, file, "no title")
    expect(properties.language or "en-GB" in zipfile.ZipFile(file).read("word/styles.xml").decode(), file, "no language")
    levels = [int(p.style.name.split()[-1]) for p in document.paragraphs if p.style.name.startswith("Heading")]
    expect(levels and levels[0] == 1, file, f"headings do not begin with level 1: {levels[:3]}")
    expect(all(b - a <= 1 for a, b in zip(levels, levels[1:])), file, "a level of headings is skipped")
    captions = [p for p in document.paragraphs if p.style.name == "Caption"]
    expect(len(captions) >= len(document.tables) > 2, file, "a table without a caption")
    for table in document.tables:
        rows = table._tbl.tr_lst
        header = rows[0].trPr is not None and rows[0].trPr.find(qn("w:tblHeader")) is not None
        expect(header, file, "a table whose first row is no header row")
        about = table._tbl.tblPr.find(qn("w:tblCaption"))
        described = table._tbl.tblPr.find(qn("w:tblDescription"))
        expect(about is not None and described is not None, file, "a table without alternative text")
        merged = table._tbl.findall(".//" + qn("w:gridSpan")) + table._tbl.findall(".//" + qn("w:vMerge"))
        expect(not merged, file, "merged cells")
    pictures = document.element.findall(".//" + qn("wp:docPr"))
    expect(pictures, file, "no chart")
    expect(all(picture.get("descr") for picture in pictures), file, "a chart without alternative text")


def look_at_xlsx(file):
    book = openpyxl.load_workbook(file)
    expect(book.properties.title, file, "no title")
    for sheet in book.worksheets:
        expect(not sheet.merged_cells.ranges, file, f"{sheet.title}: merged cells")
        expect(sheet["A1"].value, file, f"{sheet.title}: nothing in A1")
        expect(sheet["A1"].style == "Heading 1", file, f"{sheet.title}: A1 is no heading")
        expect(sheet.freeze_panes is None, file, f"{sheet.title}: frozen panes")
        for table in sheet.tables.values():
            expect(table.headerRowCount in (None, 1), file, f"{sheet.title}: not one header row")
            names = [column.name for column in table.tableColumns]
            expect(len(names) == len(set(names)) and all(names), file, f"{sheet.title}: headers are not unique")
    marked = [sheet.title for sheet in book.worksheets if sheet.tables]
    expect(len(marked) >= 3, file, f"only these sheets have a marked table: {marked}")


for name in sys.argv[1:]:
    (look_at_docx if name.endswith(".docx") else look_at_xlsx)(name)
print("\n".join(wrong), file=sys.stderr)
sys.exit(1 if wrong else 0)
