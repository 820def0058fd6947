//! The pictures in the README show what the program prints.
//!
//! `SNAPSHOTS=overwrite cargo test pictures` draws them anew. Must not know what any command means.
#![cfg(unix)]

use snapbox::Data;
use snapbox::data::DataFormat;

use super::terminal::Terminal;

/// What a person types stands out from what the program prints.
const TYPED: (&str, &str) = ("\x1b[1;36m", "\x1b[0m");

/// Compares with `tests/golden/pictures/<name>.term.svg`: a prompt with the command line, then what it printed.
fn assert_picture(name: &str, command: &str, printed: &str) {
    let (before, after) = TYPED;
    let screen = format!("$ {before}{command}{after}\n{printed}");
    let path = format!(
        "{}/tests/golden/pictures/{name}.term.svg",
        env!("CARGO_MANIFEST_DIR")
    );
    let expected = Data::read_from(path.as_ref(), Some(DataFormat::TermSvg)).raw();
    snapbox::assert_data_eq!(screen, expected);
}

#[test]
fn the_annex_is_pictured() {
    let annex = Terminal::new().in_color().run("caseaudit --quiet demo");
    // Its first two tables show all that the others have.
    let (shown, _) = annex.split_once("\n\x1b[1mDomain 3, ").unwrap();
    assert_picture("annex", "caseaudit demo", shown);
}

#[test]
fn ratings_are_pictured() {
    let mut terminal = Terminal::new();
    terminal.run("caseaudit --quiet demo");
    let rate = "caseaudit --db demo.db rate";
    assert_picture("rate", rate, &terminal.run(rate));
}

#[test]
fn the_end_of_a_session_is_pictured() {
    let mut terminal = Terminal::new();
    terminal.run("caseaudit init");
    terminal
        .run("caseaudit inspection new 'North West 2018' --framework hmip-nps-2018 --provider NW");
    for things in ["cases", "answers"] {
        let file = format!("samples/north-west-2018/{things}.csv");
        terminal.run(&format!("caseaudit import {things} {file}"));
    }
    terminal.run("caseaudit record CS-003 2.4.2=clear");
    let assess = "caseaudit assess CS-003";
    assert_picture("assess", assess, &terminal.talk(assess, &["y", "s"], TYPED));
}
