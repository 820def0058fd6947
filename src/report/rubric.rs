//! Where workbooks break the rubric, and the rules of it, as tables. Must not judge a workbook, or know how rules are held.

use super::table::{Cell, Column, Kind, Report, Row, Table, Value};
use crate::rating::words::count_of;
use crate::rubric::{Finding, HeldWorkbook, Rule, Weight, rules};

/// What no rule can see.
const BEYOND_RULES: &str = "No rule sees whether titles, headers and notes say enough, or whether words are plain and spelt right: read them";

/// The tables of `export check`: what was found, and with `with_rules` the rules. Without workbooks, the rules alone.
#[must_use]
pub fn rubric_report(held: &[HeldWorkbook], with_rules: bool) -> Report {
    let mut report = Report {
        title: match held {
            [] => "Rules for published spreadsheets".to_owned(),
            [only] => format!("Check of {}", only.file),
            several => format!("Check of {} workbooks", several.len()),
        },
        notes: held.iter().map(summary).collect(),
        ..Report::default()
    };
    if !held.is_empty() {
        report.notes.push(BEYOND_RULES.to_owned());
    }
    if held.iter().any(|workbook| !workbook.findings.is_empty()) {
        report.tables.push(findings_table(held));
    }
    if with_rules {
        report.tables.push(rules_table(held));
    }
    report
}

/// What came of it, in a sentence.
fn summary(held: &HeldWorkbook) -> String {
    let count = |weight: Weight| {
        let all = rules().filter(|rule| rule.weight == weight).count();
        (
            held.broken_count(weight),
            u64::try_from(all).unwrap_or(u64::MAX),
        )
    };
    let file = &held.file;
    match (count(Weight::Essential), count(Weight::Advice)) {
        ((0, essential), (0, advice)) => format!(
            "{file} passes: it keeps all {} and all {} of advice",
            count_of(essential, "essential rule"),
            count_of(advice, "rule")
        ),
        ((0, essential), (broken, advice)) => format!(
            "{file} passes: it keeps all {}, and breaks {broken} of {} of advice",
            count_of(essential, "essential rule"),
            count_of(advice, "rule")
        ),
        ((broken, essential), (beside, advice)) => format!(
            "{file} does not pass: it breaks {broken} of {}, and {beside} of {} of advice",
            count_of(essential, "essential rule"),
            count_of(advice, "rule")
        ),
    }
}

fn findings_table(held: &[HeldWorkbook]) -> Table {
    let mut table = Table {
        id: "findings".to_owned(),
        title: "What to change".to_owned(),
        columns: vec![
            Column::new("file", "File", Kind::Text),
            Column::new("rule", "Rule", Kind::Code),
            Column::new("weight", "Weight", Kind::Text),
            Column::new("sheet", "Sheet", Kind::Text),
            Column::new("cells", "Where", Kind::Text),
            Column::new("what", "What", Kind::Text),
            Column::new("remedy", "Remedy", Kind::Text),
        ],
        blank_cells: "it is about the workbook, or the sheet, as a whole".to_owned(),
        ..Table::default()
    };
    for workbook in held {
        // What shuts readers out comes first.
        for weight in [Weight::Essential, Weight::Advice] {
            let findings = workbook.findings.iter();
            let of_weight = findings.filter(|finding| finding.rule.weight == weight);
            table
                .rows
                .extend(of_weight.map(|finding| finding_row(&workbook.file, finding)));
        }
    }
    if let [_] = held {
        table.share_column("file");
    }
    let has_blank = table
        .rows
        .iter()
        .flat_map(|row| &row.cells)
        .any(|cell| cell.value == Value::Blank);
    if !has_blank {
        table.blank_cells.clear();
    }
    table
}

fn finding_row(file: &str, finding: &Finding) -> Row {
    let or_blank = |words: &str| match words {
        "" => Cell::blank(),
        words => Cell::text(words),
    };
    Row::new(vec![
        Cell::text(file),
        Cell::text(finding.rule.id),
        Cell::text(finding.rule.weight.word()),
        or_blank(&finding.sheet),
        or_blank(&finding.cells),
        Cell::text(finding.what.as_str()),
        Cell::text(finding.rule.remedy),
    ])
}

/// Every rule; beside workbooks, whether they keep it.
fn rules_table(held: &[HeldWorkbook]) -> Table {
    let mut table = Table {
        id: "rules".to_owned(),
        title: "Rules".to_owned(),
        columns: vec![
            Column::new("rule", "Rule", Kind::Code),
            Column::new("weight", "Weight", Kind::Text),
            Column::new("asks", "What it asks for", Kind::Text),
            Column::new("source", "Where it stands", Kind::Text),
        ],
        source: "UK Government Analysis Function, Making spreadsheets accessible: a brief checklist of the basics, Releasing \
                 statistics in spreadsheets, and Using symbols and shorthand in tables; WCAG is the Web Content Accessibility \
                 Guidelines 2.2"
            .to_owned(),
        ..Table::default()
    };
    if !held.is_empty() {
        table.columns.push(Column::new("kept", "Kept", Kind::Text));
    }
    let row = |rule: &Rule| {
        let mut cells = vec![
            Cell::text(rule.id),
            Cell::text(rule.weight.word()),
            Cell::text(rule.asks),
            Cell::text(rule.source),
        ];
        if !held.is_empty() {
            let is_broken = held.iter().any(|workbook| workbook.breaks(rule));
            cells.push(Cell::text(if is_broken { "No" } else { "Yes" }));
        }
        Row::new(cells)
    };
    table.rows = rules().map(row).collect();
    table
}
