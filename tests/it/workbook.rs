//! Writes the smallest workbooks that spreadsheet programs read, so that any rows can be tried as XLSX and ODS.
//!
//! Must not know what the cells mean. The ZIP archives are stored without compression.

use std::fmt::Write;

use super::made_up::Rows;

/// A cell that is a number: a whole one, or what follows `=`; and whether it is formatted as percent (`=0.712%`).
fn as_number(cell: &str) -> Option<(&str, bool)> {
    match cell.strip_prefix('=') {
        Some(number) => Some(match number.strip_suffix('%') {
            Some(number) => (number, true),
            None => (number, false),
        }),
        None => cell.parse::<u64>().is_ok().then_some((cell, false)),
    }
}

/// Rows as an Office Open XML workbook; whole numbers and what follows `=` are numbers, everything else is text.
pub(crate) fn xlsx_file(rows: &Rows) -> Vec<u8> {
    let mut sheet = String::new();
    for (place, row) in rows.iter().enumerate() {
        write!(sheet, "<row r=\"{}\">", place + 1).unwrap();
        for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let at = format!("{}{}", column_name(column), place + 1);
            match as_number(cell) {
                Some((number, is_percent)) => {
                    let style = u8::from(is_percent);
                    write!(sheet, "<c r=\"{at}\" s=\"{style}\"><v>{number}</v></c>").unwrap();
                }
                None => write!(
                    sheet,
                    "<c r=\"{at}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                    escape(cell)
                )
                .unwrap(),
            }
        }
        sheet.push_str("</row>");
    }
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let relation = |id: &str, kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{package}/relationships\">\
             <Relationship Id=\"{id}\" Type=\"{relations}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    zip(&[
        (
            "[Content_Types].xml",
            &format!(
                "<Types xmlns=\"{package}/content-types\">\
                 <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                 <Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}.sheet.main+xml\"/>\
                 <Override PartName=\"/xl/styles.xml\" ContentType=\"{kind}.styles+xml\"/>\
                 <Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{kind}.worksheet+xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            &relation("r1", "officeDocument", "xl/workbook.xml"),
        ),
        (
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{relations}\">\
                 <sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &relation("r1", "worksheet", "worksheets/sheet1.xml"),
        ),
        (
            "xl/styles.xml",
            &format!(
                "<styleSheet xmlns=\"{main}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"10\"/></cellXfs></styleSheet>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!("<worksheet xmlns=\"{main}\"><sheetData>{sheet}</sheetData></worksheet>"),
        ),
    ])
}

/// Rows as an OpenDocument spreadsheet; whole numbers and what follows `=` are numbers, everything else is text.
pub(crate) fn ods_file(rows: &Rows) -> Vec<u8> {
    let mut table = String::new();
    for row in rows {
        table.push_str("<table:table-row>");
        for cell in row {
            let paragraphs = escape(cell).replace('\n', "</text:p><text:p>");
            match as_number(cell) {
                _ if cell.is_empty() => table.push_str("<table:table-cell/>"),
                Some((number, is_percent)) => {
                    let kind = if is_percent { "percentage" } else { "float" };
                    write!(
                        table,
                        "<table:table-cell office:value-type=\"{kind}\" office:value=\"{number}\"><text:p>{number}</text:p></table:table-cell>"
                    )
                    .unwrap();
                }
                None => write!(
                    table,
                    "<table:table-cell office:value-type=\"string\"><text:p>{paragraphs}</text:p></table:table-cell>"
                )
                .unwrap(),
            }
        }
        table.push_str("</table:table-row>");
    }
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let names = "urn:oasis:names:tc:opendocument:xmlns";
    zip(&[
        ("mimetype", kind),
        (
            "META-INF/manifest.xml",
            &format!(
                "<manifest:manifest xmlns:manifest=\"{names}:manifest:1.0\">\
                 <manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{kind}\"/>\
                 <manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>"
            ),
        ),
        (
            "content.xml",
            &format!(
                "<office:document-content xmlns:office=\"{names}:office:1.0\" xmlns:table=\"{names}:table:1.0\" \
                 xmlns:text=\"{names}:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"Sheet1\">\
                 {table}</table:table></office:spreadsheet></office:body></office:document-content>"
            ),
        ),
    ])
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// `A` to `Z`, then `AA` and so on.
fn column_name(column: usize) -> String {
    let letter = |place: usize| char::from(b'A' + u8::try_from(place).unwrap());
    match column.checked_sub(26) {
        None => letter(column).to_string(),
        Some(rest) => format!("{}{}", column_name(rest / 26), letter(rest % 26)),
    }
}

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let (mut archive, mut directory) = (vec![], vec![]);
    for (name, content) in files {
        let offset = u32::try_from(archive.len()).unwrap();
        let length = u32::try_from(content.len()).unwrap().to_le_bytes();
        let name_length = u16::try_from(name.len()).unwrap().to_le_bytes();
        let mut about = vec![20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
        about.extend(crc32(content.as_bytes()).to_le_bytes());
        about.extend(
            length
                .iter()
                .chain(&length)
                .chain(&name_length)
                .chain(&[0, 0]),
        );
        archive.extend(b"PK\x03\x04".iter().chain(&about));
        archive.extend(name.bytes().chain(content.bytes()));
        directory.extend(b"PK\x01\x02\x14\x00".iter().chain(&about).chain(&[0; 10]));
        directory.extend(offset.to_le_bytes());
        directory.extend(name.bytes());
    }
    let count = u16::try_from(files.len()).unwrap().to_le_bytes();
    let start = u32::try_from(archive.len()).unwrap().to_le_bytes();
    let length = u32::try_from(directory.len()).unwrap().to_le_bytes();
    archive.extend(directory);
    archive.extend(b"PK\x05\x06\0\0\0\0".iter().chain(&count).chain(&count));
    archive.extend(length.iter().chain(&start).chain(&[0, 0]));
    archive
}

fn crc32(bytes: &[u8]) -> u32 {
    let byte = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            let carry = if crc & 1 == 1 { 0xEDB8_8320 } else { 0 };
            (crc >> 1) ^ carry
        })
    };
    !bytes.iter().fold(!0, byte)
}
