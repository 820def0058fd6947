//! A report as Markdown with pipe tables. Sees tables only; owns its escaping.

use super::table::{Align, Cell, Column, Report, Row, Table, sentence};

/// The report: a first-level heading, what it says of itself as a list, its notices, then each table under a second-level heading.
#[must_use]
pub fn write_markdown(report: &Report) -> String {
    let title = Some(&report.title).filter(|title| !title.is_empty());
    let mut blocks: Vec<String> = title
        .map(|title| format!("# {}", escape(title)))
        .into_iter()
        .collect();
    let about = report.about.lines().into_iter();
    let about = about.map(|(label, words)| format!("- {label}: {}", escape(&words)));
    let about: Vec<String> = about.collect();
    if !about.is_empty() {
        blocks.push(about.join("\n"));
    }
    blocks.extend(
        report
            .notes
            .iter()
            .map(|note| format!("**{}**", escape(&sentence(note)))),
    );
    blocks.extend(report.tables.iter().flat_map(table_blocks));
    format!("{}\n", blocks.join("\n\n"))
}

/// Parts of a table that blank lines separate.
fn table_blocks(table: &Table) -> Vec<String> {
    let mut blocks = vec![format!("## {}", escape(&table.title))];
    blocks.extend(table.lines_above().iter().map(|line| escape(line)));
    let mut lines = vec![pipe_line(
        table.columns.iter().map(|column| escape(&column.header)),
    )];
    lines.push(pipe_line(
        table.columns.iter().map(|column| rule(column).to_owned()),
    ));
    lines.extend(table.rows.iter().map(row_line));
    blocks.push(lines.join("\n"));
    blocks.extend(table.lines_below().iter().map(|line| escape(line)));
    blocks
}

fn rule(column: &Column) -> &'static str {
    match column.kind.align() {
        Align::Left => ":---",
        Align::Right => "---:",
    }
}

fn row_line(row: &Row) -> String {
    let show = |cell: &Cell| {
        let words = escape(&cell.shown_with_notes());
        if row.leads && !words.is_empty() {
            format!("**{words}**")
        } else {
            words
        }
    };
    pipe_line(row.cells.iter().map(show))
}

fn pipe_line(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.collect();
    format!("| {} |", cells.join(" | "))
}

/// Keeps words from being read as mark-up, and a cell on its one line.
fn escape(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for letter in words.trim().chars() {
        match letter {
            '\n' => escaped.push_str("<br>"),
            '\r' => {}
            '|' | '\\' | '*' | '_' | '`' | '[' | ']' | '#' => escaped.extend(['\\', letter]),
            '<' => escaped.push_str("&lt;"),
            '&' => escaped.push_str("&amp;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::super::example;
    use super::*;

    #[test]
    fn a_report_is_headings_pipe_tables_and_notes() {
        let expected = r#"# North West

**Made-up data.**

## Domain 2, Case supervision

North \| West: 1,128 cases.

Percent yes of applicable cases.

| Number | Standard or key question | Rating | % yes | Yes |
| :--- | :--- | :--- | ---: | ---: |
| **2.1** | **Assessment** | **Good** |  |  |
| 2.1.1 | Is "it" \| enough,<br>really? |  | 83% | 1,106 |
| 2.1.2 | =HYPERLINK(1) \[note 1\] |  | \[x\] | 0 |

\[note 1\] 2.1.2: asked in 10 cases, answered in none.

\[x\] not available.

Blank: a key question has no rating.

Source: case audits.
"#;
        assert_eq!(write_markdown(&example::report()), expected);
    }

    #[test]
    fn figures_have_their_marks_beside_them_and_changes_their_sign() {
        let text = write_markdown(&example::figures());
        assert!(text.contains("| :--- | ---: | ---: |\n"), "{text}");
        assert!(text.contains("| M1 | 1,070.0 \\[p\\] \\[z\\] | −0.6 |\n"));
        assert!(text.contains("| M2 | 9.5 | +23.3 |\n"));
        assert!(text.contains("\n\\[z\\] unreliable (fewer than 30 observations).\n"));
    }

    #[test]
    fn words_are_never_read_as_markup() {
        assert_eq!(
            escape("a|b\\c<script> *x* _y_ [z] & #1"),
            "a\\|b\\\\c&lt;script> \\*x\\* \\_y\\_ \\[z\\] &amp; \\#1"
        );
        assert_eq!(escape("two\r\nlines"), "two<br>lines");
    }
}
