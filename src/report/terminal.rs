//! A report for a terminal. Sees tables only; owns its wrapping and its colours, which only repeat what words say.

mod color;
mod layout;

use super::table::{Align, Cell, Column, Kind, Report, Row, Table, Value};
use color::{BOLD, colour_marks, mark, rating_color};
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Width, presets};
use layout::{Layout, WORDS_WIDTH, lay_out, room, width_of};

/// How a report is laid out on a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TerminalOptions {
    /// Columns of the terminal; `None` breaks no line.
    pub width: Option<u16>,
    /// Whether ratings and headings are coloured.
    pub color: bool,
}

/// The report: title, notices, and each table with what stands around it.
#[must_use]
pub fn write_terminal(report: &Report, options: TerminalOptions) -> String {
    let mut blocks = Vec::new();
    let title = Some(&report.title).filter(|title| !title.is_empty());
    let mut head: Vec<String> = title
        .map(|title| style(title, options))
        .into_iter()
        .collect();
    for (label, words) in report.about.lines() {
        head.extend(wrap(&format!("{label}: {words}"), options.width));
    }
    head.extend(
        report
            .notes
            .iter()
            .flat_map(|note| wrap(note, options.width)),
    );
    if !head.is_empty() {
        blocks.push(head);
    }
    for table in &report.tables {
        let mut lines = vec![style(&table.title, options)];
        lines.extend(
            table
                .lines_above()
                .iter()
                .flat_map(|line| wrap(line, options.width)),
        );
        match lay_out(table, options.width) {
            Layout::Whole { words } => lines.push(draw_table(table, words, options)),
            Layout::Parts(parts) => {
                let parts = parts.iter();
                lines.extend(
                    parts.map(|places| {
                        draw_table(&table.with_columns(places), WORDS_WIDTH, options)
                    }),
                );
            }
            Layout::List => {
                let rows = table.rows.iter();
                lines.extend(rows.flat_map(|row| list_row(table, row, options)));
                lines.push(String::new());
            }
        }
        lines.extend(
            table
                .lines_below()
                .iter()
                .flat_map(|line| wrap(line, options.width)),
        );
        blocks.push(lines);
    }
    let blocks: Vec<String> = blocks.iter().map(|lines| lines.join("\n")).collect();
    format!("{}\n", blocks.join("\n\n"))
}

/// Plain lines, broken at the width; what follows of a line stands four columns further in.
#[must_use]
pub fn write_lines(lines: &[String], options: TerminalOptions) -> String {
    let wrapped = lines.iter().flat_map(|line| wrap(line, options.width));
    wrapped.map(|line| line + "\n").collect()
}

fn draw_table(table: &Table, words: usize, options: TerminalOptions) -> String {
    let mut drawn = comfy_table::Table::new();
    drawn.load_style(presets::UTF8_HORIZONTAL_ONLY);
    drawn.set_header(
        table
            .columns
            .iter()
            .map(|column| mark(&header(column), Some(BOLD), options.color)),
    );
    for row in &table.rows {
        drawn.add_row(
            row.cells
                .iter()
                .map(|cell| mark(&shown(cell), cell_style(row, cell), options.color)),
        );
    }
    if let Some(width) = options.width {
        drawn.set_content_arrangement(ContentArrangement::Dynamic);
        drawn.set_width(width);
    }
    let least = room(table, words);
    for (column, (drawn, least)) in table.columns.iter().zip(drawn.column_iter_mut().zip(least)) {
        if column.kind.align() == Align::Right {
            drawn.set_cell_alignment(CellAlignment::Right);
        }
        if options.width.is_some() {
            let least = Width::Fixed(u16::try_from(least + 2).unwrap_or(u16::MAX));
            match column.kind {
                Kind::Count | Kind::Percent | Kind::Figure => {
                    drawn.set_constraint(ColumnConstraint::Absolute(least));
                }
                Kind::Text | Kind::Code | Kind::Rating => {
                    drawn.set_constraint(ColumnConstraint::LowerBoundary(least));
                }
            }
        }
    }
    let drawn = keep_lines_before_leading_rows(&drawn.trim_fmt(), &table.rows);
    colour_marks(&drawn).replace(UNBROKEN, " ")
}

/// Drops the lines between rows, but for those above a row that leads others: they group the table.
fn keep_lines_before_leading_rows(drawn: &str, rows: &[Row]) -> String {
    let mut rules_count = 0;
    let keep = |line: &&str| {
        if line.is_empty() || !line.chars().all(|letter| letter == '─') {
            return true;
        }
        rules_count += 1;
        // The first rule is the top border; the one after row n comes (n + 1)th, and the bottom border last.
        let row_below: Option<&Row> = rows.get(rules_count - 1);
        rules_count == 1 || row_below.is_none_or(|row| row.leads)
    };
    drawn.lines().filter(keep).collect::<Vec<_>>().join("\n")
}

/// A row as a list, for tables that are too wide: the words first, then each figure with its header.
fn list_row(table: &Table, row: &Row, options: TerminalOptions) -> Vec<String> {
    let mut words = Vec::new();
    let mut figures = Vec::new();
    let first = table.columns.first().map(|column| column.kind);
    let is_numbered = first == Some(Kind::Code);
    for (column, cell) in table.columns.iter().zip(&row.cells) {
        let text = shown(cell);
        match column.kind {
            _ if text.is_empty() => {}
            Kind::Text | Kind::Code if words.is_empty() && figures.is_empty() => words.push(text),
            // A number and its title read as one; what else there is says what it is.
            Kind::Text if is_numbered && words.len() == 1 && figures.is_empty() => words.push(text),
            _ => figures.push(format!("{}: {text}", column.header)),
        }
    }
    let mut lines = wrap(&words.join(" "), options.width);
    if row.leads {
        lines = lines.iter().map(|line| style(line, options)).collect();
    }
    if !figures.is_empty() {
        lines.extend(wrap(&format!("    {}", figures.join("; ")), options.width));
    }
    if row.leads {
        lines.insert(0, String::new());
    }
    lines
}

/// What a person reads, without characters that would command the terminal.
fn shown(cell: &Cell) -> String {
    let words = plain(&cell.shown_with_notes());
    match cell.value {
        // A figure and its marks stand on one line.
        Value::Figure { .. } => words.replace(' ', UNBROKEN),
        _ => words.replace("[note ", &format!("[note{UNBROKEN}")),
    }
}

/// A header whose sign stays with its word: `% yes`.
fn header(column: &Column) -> String {
    column.header.replace("% ", &format!("%{UNBROKEN}"))
}

/// A space at which no line is broken.
const UNBROKEN: &str = "\u{a0}";

/// A heading.
fn style(words: &str, options: TerminalOptions) -> String {
    color::paint(&plain(words), BOLD, options.color)
}

/// Control characters become spaces; those that turn the direction of writing or have no width go.
fn plain(words: &str) -> String {
    if words.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return words.to_owned();
    }
    words
        .replace("\r\n", "\n")
        .replace(
            |letter| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'),
            "",
        )
        .replace(|letter: char| letter.is_control() && letter != '\n', " ")
}

/// A rating has its colour; the rest of a leading row is bold.
fn cell_style(row: &Row, cell: &Cell) -> Option<&'static str> {
    match &cell.value {
        Value::Rating { place, of, .. } => Some(rating_color(*place, *of)),
        _ => row.leads.then_some(BOLD),
    }
}

/// Breaks a line at spaces; what follows stands four columns further in than the line. A longer word stands alone.
fn wrap(line: &str, width: Option<u16>) -> Vec<String> {
    let line = plain(line).replace('\n', " ");
    let Some(width) = width.map(usize::from) else {
        return vec![line.replace(UNBROKEN, " ")];
    };
    let indent = " ".repeat(line.len() - line.trim_start().len());
    let mut lines = Vec::new();
    let mut current = indent.clone();
    let mut taken = indent.len();
    let mut is_empty = true;
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        if !is_empty && taken + 1 + width_of(word) > width {
            lines.push(std::mem::replace(&mut current, format!("{indent}    ")));
            taken = indent.len() + 4;
            is_empty = true;
        }
        if !is_empty {
            current.push(' ');
            taken += 1;
        }
        current.push_str(word);
        taken += width_of(word);
        is_empty = false;
    }
    lines.push(current);
    lines
        .iter()
        .map(|line| line.replace(UNBROKEN, " "))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::example;
    use super::*;

    fn options(width: Option<u16>, color: bool) -> TerminalOptions {
        TerminalOptions { width, color }
    }

    fn widest_line(text: &str) -> usize {
        text.lines().map(width_of).max().unwrap()
    }

    #[test]
    fn a_table_stands_between_what_it_covers_and_its_notes() {
        let text = write_terminal(&example::report(), options(Some(80), false));
        let head = "North West\nMade-up data\n\nDomain 2, Case supervision\nNorth | West: 1,128 cases.\n\
                    Percent yes of applicable cases.\n───";
        assert!(text.starts_with(head), "{text}");
        assert!(
            text.contains("\n Number   Standard or key question   Rating   % yes     Yes\n═══"),
            "{text}"
        );
        assert!(
            text.contains("\n 2.1.2    =HYPERLINK(1) [note 1]              "),
            "{text}"
        );
        assert!(text.contains("[x]       0\n"), "{text}");
        assert!(text.ends_with(
            "[note 1] 2.1.2: asked in 10 cases, answered in none.\n[x] not available.\n\
             Blank: a key question has no rating.\nSource: case audits.\n"
        ));
        assert!(!text.contains('\u{1b}'), "no colour unless it is asked for");
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let mut report = example::report();
        report.tables[0].rows[1].cells[1] =
            Cell::text("Does planning focus sufficiently on it? ".repeat(6));
        for width in [60, 80, 120] {
            let text = write_terminal(&report, options(Some(width), false));
            assert!(widest_line(&text) <= usize::from(width), "{width}:\n{text}");
            assert!(text.contains('═'), "{width}: still a table");
        }
    }

    #[test]
    fn a_table_that_cannot_fit_becomes_a_list() {
        let text = write_terminal(&example::report(), options(Some(40), false));
        assert!(!text.contains('═'));
        assert!(
            text.contains("\n\n2.1 Assessment\n    Rating: Good\n"),
            "{text}"
        );
        assert!(
            text.contains("2.1.2 =HYPERLINK(1) [note 1]\n    % yes: [x]; Yes: 0\n"),
            "{text}"
        );
        assert!(
            widest_line(&text) <= 40 + 14,
            "only words that cannot be broken are wider"
        );
    }

    #[test]
    fn colour_repeats_what_words_say_and_ends_with_each_word() {
        let coloured = write_terminal(&example::report(), options(Some(80), true));
        assert!(coloured.contains("\u{1b}[32mGood\u{1b}[0m"));
        let bare = color::without_codes(&coloured);
        assert_eq!(
            bare,
            write_terminal(&example::report(), options(Some(80), false))
        );
    }

    #[test]
    fn a_figure_and_its_marks_stand_on_one_line_at_the_right() {
        for width in [40, 80] {
            let text = write_terminal(&example::figures(), options(Some(width), false));
            assert!(
                text.contains("\n M1        1,070.0 [p] [z]     −0.6\n"),
                "{text}"
            );
            assert!(
                text.contains("\n M2                    9.5    +23.3\n"),
                "{text}"
            );
        }
        let narrow = write_terminal(&example::figures(), options(Some(30), false));
        assert!(
            narrow.contains("M1\n    Value: 1,070.0 [p] [z];"),
            "{narrow}"
        );
    }

    #[test]
    fn words_cannot_command_the_terminal() {
        assert_eq!(plain("a\u{1b}[2Jb\tc\r\nd"), "a [2Jb c\nd");
        let lines = write_lines(&["\u{7}bell".to_owned()], options(None, false));
        assert_eq!(lines, " bell\n");
    }

    #[test]
    fn a_broken_line_goes_on_further_in() {
        assert_eq!(
            wrap("  one two three", Some(9)),
            ["  one two", "      three"]
        );
        assert_eq!(wrap("unbreakable", Some(4)), ["unbreakable"]);
        assert_eq!(wrap("", Some(4)), [""]);
        assert_eq!(wrap("as it is", None), ["as it is"]);
    }
}
