//! The README is true: its console examples print what it shows, and it leaves out no command, option or problem code.
//!
//! `SNAPSHOTS=overwrite cargo test readme` writes what the program prints into the README; a line `...` there stands for
//! any lines, `[..]` for the rest of a line. Must not know what any command means.
#![cfg(unix)]

use caseaudit::model::Code;
use snapbox::Data;

use super::terminal::Terminal;

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

fn readme() -> String {
    std::fs::read_to_string(README).unwrap()
}

/// The README as it would be if each command printed what it prints now.
///
/// A block ```` ```console ```` holds command lines after `$ `; the comment `<!-- typed: y | n | q -->` before it says what
/// is typed into a session. A block with a file name, such as ```` ```toml park.toml ````, is that file.
fn replay(readme: &str) -> String {
    let mut terminal = Terminal::new();
    let mut replayed = String::new();
    let mut typed: Vec<&str> = Vec::new();
    let mut lines = readme.lines();
    while let Some(line) = lines.next() {
        replayed += &format!("{line}\n");
        if let Some(keys) = line.strip_prefix("<!-- typed: ") {
            typed = keys.trim_end_matches(" -->").split(" | ").collect();
        }
        let Some(fence) = line.strip_prefix("```").filter(|fence| !fence.is_empty()) else {
            continue;
        };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if fence == "console" {
            for command in block.iter().filter_map(|line| line.strip_prefix("$ ")) {
                replayed += &format!("$ {command}\n");
                replayed += &match std::mem::take(&mut typed).as_slice() {
                    [] => terminal.run(command),
                    typed => terminal.talk(command, &keys_of(typed), ("", "")),
                };
            }
        } else {
            let text = block
                .iter()
                .map(|line| format!("{line}\n"))
                .collect::<String>();
            if let Some((_, name)) = fence.split_once(' ') {
                terminal.write_file(name, &text);
            }
            replayed += &text;
        }
        replayed += "```\n";
    }
    replayed
}

fn keys_of<'t>(typed: &[&'t str]) -> Vec<&'t str> {
    let key = |name: &&'t str| if *name == "Enter" { "" } else { *name };
    typed.iter().map(key).collect()
}

#[test]
fn console_examples_print_what_the_readme_shows() {
    let expected = Data::read_from(README.as_ref(), None);
    snapbox::assert_data_eq!(replay(&readme()), expected);
}

#[test]
fn every_problem_code_stands_in_the_readme() {
    let readme = readme();
    let missing: Vec<&str> = Code::ALL
        .iter()
        .map(|code| code.as_str())
        .filter(|code| !readme.contains(&format!("`{code}`")))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_command_and_option_stands_in_the_readme() {
    let readme = readme();
    let mut missing = Vec::new();
    let mut commands = vec![String::new()];
    while let Some(command) = commands.pop() {
        let help = Terminal::new().run(&format!("caseaudit{command} --help"));
        let mut among_commands = false;
        for line in help.lines() {
            if !line.starts_with(' ') {
                among_commands = line == "Commands:";
            }
            let word = line.split_whitespace().next().unwrap_or_default();
            if among_commands && line.starts_with("  ") && !line.starts_with("   ") {
                commands.push(format!("{command} {word}"));
            }
            let options = line.split([' ', ',']).filter(|word| word.starts_with("--"));
            for option in options.filter(|_| line.trim_start().starts_with('-')) {
                if !readme.contains(option) {
                    missing.push(format!("caseaudit{command} {option}"));
                }
            }
        }
        if !readme.contains(&format!("`caseaudit{command}")) {
            missing.push(format!("caseaudit{command}"));
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}
