//! Help, completions and wrong usage: exit codes 0 and 2, and what a person sees first.
//!
//! Must not know what the commands do.

use super::harness::Office;

/// Every command, with those below it.
const COMMANDS: [&str; 42] = [
    "demo",
    "init",
    "framework",
    "framework list",
    "framework show",
    "framework check",
    "framework add",
    "inspection",
    "inspection new",
    "inspection list",
    "inspection show",
    "inspection close",
    "inspection reopen",
    "case",
    "case add",
    "case list",
    "case show",
    "case set",
    "case assign",
    "case exercise",
    "case withdraw",
    "case restore",
    "record",
    "assess",
    "submit",
    "reopen",
    "import",
    "import cases",
    "import answers",
    "import measures",
    "import judgements",
    "judge",
    "measure",
    "progress",
    "rate",
    "annex",
    "agree",
    "resolve",
    "example",
    "examples",
    "history",
    "check",
];

#[test]
fn every_command_has_help_on_stdout() {
    let office = Office::new();
    for command in COMMANDS {
        let help = office.run(&format!("{command} --help")).printed();
        assert!(
            help.contains(&format!("Usage: caseaudit {command}")),
            "{command}\n{help}"
        );
    }
    let help = office.run("--help").printed();
    for command in COMMANDS.iter().filter(|command| !command.contains(' ')) {
        assert!(
            help.contains(&format!("\n  {command} ")),
            "{command} is not in the list of commands"
        );
    }
}

#[test]
fn the_help_of_every_command_shows_an_example() {
    let office = Office::new();
    for command in COMMANDS {
        let help = office.run(&format!("{command} --help")).printed();
        let is_group = help.contains("<COMMAND>");
        assert!(
            is_group || help.contains(&format!("caseaudit {command}")),
            "{command}"
        );
        assert!(is_group || help.contains("Example"), "{command}\n{help}");
    }
}

#[test]
fn version_is_that_of_the_package() {
    let office = Office::new();
    office
        .run("--version")
        .prints(&format!("caseaudit {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn wrong_usage_is_exit_code_2_and_touches_nothing() {
    let office = Office::opened();
    let entries = office.entries_count();
    let wrong = [
        ("", "Usage: caseaudit"),
        ("frobnicate", "unrecognized subcommand 'frobnicate'"),
        ("case", "Usage: caseaudit case"),
        ("case ad CS-1", "a similar subcommand exists: 'add'"),
        ("case add CS-1", "--sample <SAMPLE>"),
        (
            "case add CS-1 --sample s --set gender",
            "write it as NAME=VALUE",
        ),
        ("case withdraw CS-1", "--because <REASON>"),
        ("record CS-1", "<QUESTION=ANSWER>"),
        ("record CS-1 2.1.1", "write it as NAME=VALUE"),
        ("reopen CS-1", "--because <REASON>"),
        ("judge 1.1 good", "--because <REASON>"),
        ("judge 1.1 --because x", "<RATING>"),
        (
            "judge 1.1 good --withdraw --because x",
            "cannot be used with",
        ),
        (
            "import answers a.csv --encoding latin-1",
            "known are utf-8 and windows-1252",
        ),
        (
            "rate --format yaml",
            "[possible values: terminal, markdown, csv, json, ",
        ),
        ("inspection reopen North", "--because <REASON>"),
    ];
    for (line, message) in wrong {
        office.run(line).gets_usage(message);
    }
    assert_eq!(office.entries_count(), entries);
}

#[test]
fn a_usage_line_names_what_the_command_needs_and_no_variable_of_the_environment() {
    let office = Office::new();
    for (line, usage) in [
        ("annex --words --counts", "annex [OPTIONS]"),
        (
            "case add CS-1",
            "case add [OPTIONS] --sample <SAMPLE> <REFERENCE>",
        ),
        (
            "judge 1.1 --because x",
            "judge [OPTIONS] --because <REASON> <STANDARD> [RATING]",
        ),
        ("frobnicate", "[OPTIONS] <COMMAND>"),
    ] {
        let args: Vec<&str> = line.split(' ').collect();
        let mut command = office.command(&args);
        command.envs([
            ("CASEAUDIT_USER", "INSP-01"),
            ("CASEAUDIT_INSPECTION", "North"),
            ("CASEAUDIT_DB", "other.db"),
        ]);
        let said = command.output().unwrap();
        let said = String::from_utf8(said.stderr).unwrap();
        assert!(
            said.contains(&format!("\nUsage: caseaudit {usage}\n")),
            "{said}"
        );
    }
}

#[test]
fn what_every_command_takes_stands_apart_in_its_help() {
    let help = Office::new().run("annex --help").printed();
    let own = help.split("Options of every command:").next().unwrap();
    assert!(
        own.contains("--charts <FOLDER>") && !own.contains("--as"),
        "{help}"
    );
}

#[test]
fn completions_are_printed_for_every_shell() {
    let office = Office::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = office.run(&format!("completions {shell}")).printed();
        assert!(script.contains("caseaudit"), "{shell}");
        assert!(script.contains("withdraw"), "{shell} knows the commands");
    }
    office.run("completions csh").gets_usage("possible values");
}

#[test]
fn a_reader_that_goes_away_early_is_no_error() {
    use std::process::Stdio;
    let office = Office::new();
    let mut child = office
        .command(&["framework", "show", "hmip-nps-2018", "--text"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn what_a_message_quotes_cannot_command_the_terminal() {
    let office = Office::opened();
    office.write(
        "judgements.csv",
        "standard,rating,because\n\u{1b}[31m9,good,x\n",
    );
    office.refuses(
        "import judgements judgements.csv",
        "error: judgements.csv line 2 column 1: there is no standard  [31m9; there are: \
         1.1, 1.2, 1.3, 1.4, 2.1, 2.2, 2.3, 2.4, 3.1, 3.2 [unknown-standard]\n",
    );
}

#[test]
fn quiet_hushes_messages_and_never_results_or_errors() {
    let office = Office::opened();
    office.run("history --quiet").printed();
    office
        .run("--quiet record CS-1 2.1.1=yes")
        .fails("error: there is no case CS-1 in North; there is none [unknown-case]\n");
}
