//! Every shorthand in a table or chart is explained beside it, and none is explained that does not stand there: in every format, of an
//! open annex, of a revised one, of groups and of measures. None is explained twice, in other words.
//!
//! Reads each format as its readers do. Must not know which symbols there are, nor what they mean.

use std::collections::{BTreeMap, BTreeSet};

use super::cli_programme::round;
use super::harness::Office;
use super::package::unpack;

type Symbols = BTreeSet<String>;

/// What stands in one table or chart, and what is explained beside it.
#[derive(Default)]
struct Section {
    used: Symbols,
    explained: Symbols,
}

/// The symbols in words: `[r]`, but not `[note 1]`.
fn symbols(words: &str) -> Symbols {
    let parts = words.split('[').skip(1);
    let codes = parts.filter_map(|part| part.split_once(']').map(|(code, _)| code));
    let is_code = |code: &&str| {
        let letters = 1..=3;
        letters.contains(&code.len()) && code.bytes().all(|letter| letter.is_ascii_lowercase())
    };
    codes
        .filter(is_code)
        .map(|code| format!("[{code}]"))
        .collect()
}

/// The symbol that a line explains: `[x] not available.`
fn explained(line: &str) -> Option<String> {
    let (code, meaning) = line.split_once("] ")?;
    let code = format!("{code}]");
    let is_symbol = symbols(&code).contains(&code);
    (is_symbol && meaning.starts_with(char::is_alphabetic)).then_some(code)
}

impl Section {
    fn of_lines<'l>(lines: impl IntoIterator<Item = &'l str>) -> Section {
        let mut section = Section::default();
        for line in lines {
            match explained(line) {
                Some(code) => drop(section.explained.insert(code)),
                None => section.used.extend(symbols(line)),
            }
        }
        section
    }
}

/// Tables as they are printed; what stands above them may speak of symbols that stand in one of them.
fn printed_sections(text: &str, between: &str) -> Vec<Section> {
    let mut parts = text.split(between);
    let head = symbols(parts.next().unwrap());
    let sections: Vec<Section> = parts.map(|part| Section::of_lines(part.lines())).collect();
    for code in head {
        assert!(
            sections.iter().any(|one| one.used.contains(&code)),
            "{code}"
        );
    }
    sections
}

/// A table ends with its source; those that are too wide are lists with blank lines.
fn terminal_sections(text: &str) -> Vec<Section> {
    let (head, tables) = text.split_once("\n\n").unwrap();
    printed_sections(&format!("{head}\nSource: {tables}"), "\nSource: ")
}

/// The texts between these, with the entities that stand in them undone as far as this test needs it.
fn texts<'t>(xml: &'t str, begin: &'t str, end: &'t str) -> Vec<&'t str> {
    let parts = xml.split(begin).skip(1);
    let texts = parts.filter_map(|part| part.split_once(end).map(|(text, _)| text));
    texts.map(|text| text.rsplit('>').next().unwrap()).collect()
}

fn html_sections(page: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = page
        .split("<caption")
        .skip(1)
        .map(|part| {
            let part = part.split("<section").next().unwrap();
            let (table, below) = part.split_once("</table>").unwrap();
            let below = below.split("<figure").next().unwrap();
            Section {
                used: symbols(table),
                explained: texts(below, "<p class=\"below\"", "</p>")
                    .into_iter()
                    .filter_map(explained)
                    .collect(),
            }
        })
        .collect();
    let drawn = page.split("<svg").skip(1);
    sections.extend(drawn.map(|part| svg_section(part.split("</svg>").next().unwrap())));
    sections
}

fn svg_section(svg: &str) -> Section {
    Section::of_lines(texts(svg, "<text", "</text>"))
}

fn json_sections(text: &str) -> Vec<Section> {
    let report: serde_json::Value = serde_json::from_str(text).unwrap();
    let tables = report["tables"].as_array().unwrap().iter();
    let sections = tables.map(|table| {
        let mut section = Section::default();
        for row in table["rows"].as_array().unwrap() {
            let missing = row["missing"].as_object().into_iter().flatten();
            let codes = missing.map(|(_, one)| one["symbol"].as_str().unwrap().to_owned());
            section.used.extend(codes);
            let marks = row["marks"].as_object().into_iter().flatten();
            let marks = marks.flat_map(|(_, marks)| marks.as_array().unwrap());
            section
                .used
                .extend(marks.map(|mark| mark.as_str().unwrap().to_owned()));
        }
        let legend = table["legend"].as_object().unwrap().keys();
        section.explained.extend(legend.cloned());
        section
    });
    sections.collect()
}

/// Rows of all tables in one stream: the first column names the table.
fn csv_sections(text: &str) -> Vec<Section> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut sections: BTreeMap<String, Section> = BTreeMap::new();
    for row in reader.records().map(Result::unwrap) {
        if &row[0] == "about" {
            if symbols(&row[2]).contains(&row[2]) {
                let section = sections.entry(row[1].to_owned()).or_default();
                section.explained.insert(row[2].to_owned());
            }
            continue;
        }
        let section = sections.entry(row[0].to_owned()).or_default();
        let shorthand = row.iter().filter(|cell| cell.starts_with('['));
        section.used.extend(shorthand.flat_map(symbols));
    }
    sections.into_values().collect()
}

/// Parts of a wide table stand one after the other, with what explains them below the last.
fn docx_sections(file: &[u8]) -> Vec<Section> {
    let document = part(file, "word/document.xml");
    let mut sections = Vec::new();
    let mut section = Section::default();
    for part in document.split("<w:tbl>").skip(1) {
        let (table, below) = part.split_once("</w:tbl>").unwrap();
        let below = below.split("\"Heading").next().unwrap();
        section.used.extend(symbols(table));
        let lines = texts(below, "<w:t ", "</w:t>");
        section
            .explained
            .extend(lines.into_iter().filter_map(explained));
        if below.contains("\"TableNote\"") {
            sections.push(std::mem::take(&mut section));
        }
    }
    assert!(section.used.is_empty() && section.explained.is_empty());
    sections
}

/// Of each sheet: the cells, and the line that explains their shorthand.
fn sheet_section(texts: Vec<&str>) -> Section {
    let mut section = Section::default();
    for text in texts {
        if let Some(legend) = text.strip_prefix("Shorthand: ") {
            section
                .explained
                .extend(legend.split("; ").filter_map(explained));
        } else if text.starts_with('[') {
            section.used.extend(symbols(text));
        }
    }
    section
}

fn part(file: &[u8], wanted: &str) -> String {
    let parts = unpack(file).into_iter();
    let mut found = parts.filter(|(name, _)| name == wanted);
    String::from_utf8(found.next().unwrap().1).unwrap()
}

fn ods_sections(file: &[u8]) -> Vec<Section> {
    let content = part(file, "content.xml");
    let sheets = content.split("<table:table ").skip(1);
    let sheets = sheets.map(|sheet| sheet_section(texts(sheet, "<text:p", "</text:p>")));
    sheets.collect()
}

fn xlsx_sections(file: &[u8]) -> Vec<Section> {
    let sheets = unpack(file).into_iter();
    let sheets = sheets.filter(|(name, _)| name.starts_with("xl/worksheets/sheet"));
    let sheets = sheets.map(|(_, sheet)| {
        let sheet = String::from_utf8(sheet).unwrap();
        sheet_section(texts(&sheet, "<t ", "</t>"))
    });
    sheets.collect()
}

/// Each symbol has one meaning in all of a text and a page, whose lines explain them.
#[track_caller]
fn explains_each_in_one_way(line: &str, markdown: &str, page: &str) {
    let mut meanings: BTreeMap<String, &str> = BTreeMap::new();
    let said = texts(page, "<p class=\"below\"", "</p>");
    for words in markdown.lines().chain(said) {
        if let Some(code) = explained(words) {
            let first = *meanings.entry(code).or_insert(words);
            assert_eq!(first, words, "{line}");
        }
    }
    assert!(!meanings.is_empty(), "{line}");
}

/// Holds every format of what a command shows to the rule; gives all symbols that were met.
#[track_caller]
fn explains_its_symbols(office: &Office, line: &str) -> Symbols {
    let print = |format: &str| office.run(&format!("{line} --format {format}")).printed();
    let file = |ending: &str| {
        let line = format!("{line} --out annex.{ending} --quiet");
        office.run(&line).says_nothing();
        std::fs::read(office.path(&format!("annex.{ending}"))).unwrap()
    };
    let markdown = print("md").replace('\\', "");
    let page = print("html");
    explains_each_in_one_way(line, &markdown, &page);
    let formats = [
        ("terminal", terminal_sections(&print("terminal"))),
        ("md", printed_sections(&markdown, "\n## ")),
        ("html", html_sections(&page)),
        ("json", json_sections(&print("json"))),
        ("csv", csv_sections(&print("csv"))),
        ("docx", docx_sections(&file("docx"))),
        ("ods", ods_sections(&file("ods"))),
        ("xlsx", xlsx_sections(&file("xlsx"))),
    ];
    let mut met: Option<Symbols> = None;
    for (format, sections) in formats {
        let mut all = Symbols::new();
        for (place, section) in sections.into_iter().enumerate() {
            let Section { used, explained } = section;
            assert_eq!(used, explained, "{line} as {format}, table {place}");
            all.extend(used);
        }
        let met = met.get_or_insert_with(|| all.clone());
        assert_eq!(*met, all, "{line} as {format}");
    }
    met.unwrap_or_default()
}

fn does(office: &Office, lines: &[&str]) {
    for line in lines {
        let ran = office.run(line);
        assert_eq!(ran.code, Some(0), "{line}: {}", ran.stderr);
    }
}

fn all(codes: &[&str]) -> Symbols {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

#[test]
fn groups_and_an_annex_without_cases_explain_what_they_use() {
    let office = Office::opened();
    assert_eq!(explains_its_symbols(&office, "annex"), all(&["[x]"]));
    assert_eq!(
        explains_its_symbols(&office, "annex --words --indicative"),
        all(&["[x]"])
    );
    does(&office, &["demo --quiet"]);
    let line = "--db demo.db annex --counts --by gender --smallest-group 40";
    assert_eq!(explains_its_symbols(&office, line), all(&["[c]", "[x]"]));
}

#[test]
fn a_revised_annex_explains_its_marks_where_they_stand() {
    let office = Office::new();
    let close = "--db demo.db inspection close --because Enough";
    does(
        &office,
        &[
            "demo --quiet",
            close,
            "--db demo.db inspection reopen \"North West 2018, made-up cases\" --because Check",
        ],
    );
    for case in 1..=9 {
        let case = format!("CS-{case:03}");
        does(
            &office,
            &[
                &format!("--db demo.db reopen {case} --because Check"),
                &format!("--db demo.db record {case} 2.1.1=no 2.4.1=no"),
                &format!("--db demo.db submit {case} --because Check"),
            ],
        );
    }
    does(&office, &[close]);
    for (line, codes) in [
        ("--db demo.db annex", &["[r]", "[x]"][..]),
        ("--db demo.db annex --words", &["[r]", "[x]"]),
        (
            "--db demo.db annex --technical --counts",
            &["[r]", "[x]", "[z]"],
        ),
    ] {
        assert_eq!(explains_its_symbols(&office, line), all(codes), "{line}");
    }
}

#[test]
fn measures_explain_the_marks_of_their_publisher() {
    let office = Office::new();
    office.write(
        "measures.csv",
        "provider,measure,period,value,target,previous\n\
         England and Wales,SL001,2023-24,71.2 [p],70.0,65.8\n\
         England and Wales,SL004,2023-24,92.6 [r],95.0,\n\
         England and Wales,SL005,2023-24,[x],95.0,95.3\n",
    );
    let import =
        "import measures measures.csv --framework service-levels-2023-24 --programme Levels";
    does(&office, &["init", import]);
    assert_eq!(
        explains_its_symbols(&office, "annex"),
        all(&["[p]", "[r]", "[x]"])
    );
}

#[test]
fn a_comparison_explains_a_change_that_is_missing_as_it_does_a_figure() {
    let office = round(&[("East", "2022/23", 20, 20)]);
    let other = "inspection new Other --framework hmip-nps-2018 --provider East --period 2023/24";
    does(&office, &[other]);
    let line = "compare \"East 2022/23\" Other";
    assert!(explains_its_symbols(&office, line).contains("[x]"));
}
