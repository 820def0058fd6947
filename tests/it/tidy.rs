//! Keeps the house in order: who may import whom, how long files and functions may be, what every file says of itself.
//!
//! Reads the sources as text, so that a rule holds for code that no other test runs. Must not run the program.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use caseaudit::model::Code;

/// Lines of a file, tests included, and of a function outside tests.
const FILE_LINES_MAX: usize = 500;
const FUNCTION_LINES_MAX: usize = 62;

/// Which module may import which: the table of the design. `web` stands in it and is not built yet.
const LAYERS: [(&str, &[&str]); 11] = [
    ("model", &[]),
    ("statistics", &["model"]),
    ("framework", &["model"]),
    ("rating", &["model", "framework"]),
    ("sampling", &["model"]),
    ("store", &["model"]),
    ("exchange", &["model", "framework"]),
    ("rubric", &["exchange"]),
    (
        "report",
        &["model", "statistics", "framework", "rating", "rubric"],
    ),
    (
        "casework",
        &[
            "model",
            "statistics",
            "framework",
            "rating",
            "sampling",
            "store",
            "exchange",
            "rubric",
            "report",
        ],
    ),
    ("cli", &["casework", "report", "model"]),
];

/// A source file by its path from the root of the project, with forward slashes.
type Sources = BTreeMap<String, String>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below these folders whose name ends so.
fn files(folders: &[&str], ending: &str) -> Sources {
    let mut waiting: Vec<PathBuf> = folders.iter().map(|folder| root().join(folder)).collect();
    let mut files = Sources::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(
                std::fs::read_dir(&path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
        } else if path.to_string_lossy().ends_with(ending) {
            let name = path
                .strip_prefix(root())
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            files.insert(name, std::fs::read_to_string(&path).unwrap());
        }
    }
    assert!(!files.is_empty(), "{folders:?}");
    files
}

fn rust_files() -> Sources {
    files(&["src", "tests/it", "benches", "samples"], ".rs")
}

/// Whether all of a file is tests, or serves them.
fn is_for_tests(name: &str) -> bool {
    name.contains("/tests/")
        || [
            "tests.rs",
            "/fixture.rs",
            "/properties.rs",
            "report/example.rs",
        ]
        .iter()
        .any(|ending| name.ends_with(ending))
}

/// A file as far as it is not tests: those stand last, or in files of their own.
fn without_tests<'s>(name: &str, text: &'s str) -> &'s str {
    let is_tests = is_for_tests(name);
    let end = if is_tests {
        0
    } else {
        text.find("#[cfg(test)]\nmod ").unwrap_or(text.len())
    };
    // What follows a declaration `mod tests;` is code again.
    let is_declaration = text
        .get(end..)
        .is_some_and(|rest| rest.lines().nth(1).is_some_and(|line| line.ends_with(';')));
    if is_declaration && !is_tests {
        text
    } else {
        &text[..end]
    }
}

/// The module directly below `src` that a file belongs to; `None` for `lib.rs` and `main.rs`.
fn module(name: &str) -> Option<&str> {
    let rest = name.strip_prefix("src/")?;
    rest.split_once('/').map(|(module, _)| module)
}

/// The words that stand directly after `prefix` in the code (not the comments) of a file.
fn words_after<'s>(text: &'s str, prefix: &'s str) -> impl Iterator<Item = &'s str> {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(move |line| line.split(prefix).skip(1))
        .map(|rest| {
            rest.split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
                .unwrap_or_default()
        })
}

#[test]
fn modules_import_only_what_the_table_of_layers_allows() {
    let mut wrong = vec![];
    for (name, text) in files(&["src"], ".rs") {
        let Some(module) = module(&name) else {
            continue;
        };
        let (_, allowed) = LAYERS.iter().find(|(known, _)| *known == module).unwrap_or_else(|| {
            panic!("src/{module} stands in no layer: put it into the table of this test, and of the design")
        });
        for imported in words_after(&text, "crate::") {
            let is_module = LAYERS.iter().any(|(known, _)| *known == imported);
            if is_module && imported != module && !allowed.contains(&imported) {
                wrong.push(format!("{name} imports {imported}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_layers_have_no_circle() {
    for (place, (module, allowed)) in LAYERS.iter().enumerate() {
        for imported in *allowed {
            let at = LAYERS
                .iter()
                .position(|(known, _)| known == imported)
                .unwrap();
            assert!(
                at < place,
                "{module} may import {imported}, which stands after it"
            );
        }
    }
}

#[test]
fn crates_stay_in_the_modules_that_need_them() {
    // The only home of each; `toml` is read with serde, and so is what writes JSON.
    let homes: [(&str, &[&str]); 16] = [
        ("rusqlite", &["store"]),
        ("sha2", &["exchange", "sampling", "store"]),
        ("hmac", &["exchange"]),
        ("calamine", &["exchange"]),
        ("zip", &["exchange", "report"]),
        ("quick_xml", &["exchange"]),
        ("encoding_rs", &["exchange"]),
        ("statrs", &["statistics"]),
        // With a seed that is an argument; where seeds come from, `cli` alone knows.
        ("rand_chacha", &["casework", "statistics"]),
        ("getrandom", &["cli"]),
        ("toml", &["exchange", "framework"]),
        ("annotate_snippets", &["framework"]),
        ("comfy_table", &["report"]),
        ("clap", &["cli"]),
        ("indicatif", &["cli"]),
        ("serde", &["framework", "report", "store"]),
    ];
    let mut wrong = vec![];
    for (name, text) in files(&["src"], ".rs") {
        let Some(module) = module(&name) else {
            continue;
        };
        let code = without_tests(&name, &text);
        for (guest, homes) in homes {
            let is_used = code.lines().any(|line| {
                !line.trim_start().starts_with("//")
                    && line
                        .split(|c: char| !c.is_alphanumeric() && c != '_' && c != ':')
                        .any(|word| {
                            word.starts_with(&format!("{guest}::"))
                                || word == guest && line.contains("use ")
                        })
            });
            if is_used && !homes.contains(&module) {
                wrong.push(format!("{name} uses {guest}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_model_the_rating_and_the_sampling_know_no_clock_no_files_and_no_floats_and_statistics_only_floats_and_lots()
 {
    let foreign = [
        "std::fs",
        "std::io",
        "std::env",
        "std::time",
        "SystemTime",
        "chrono",
        "rand",
        "f32",
        "f64",
    ];
    let folders = ["src/model", "src/rating", "src/sampling", "src/statistics"];
    for (name, text) in files(&folders, ".rs") {
        let takes_roots = module(&name) == Some("statistics");
        for line in without_tests(&name, &text)
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
        {
            let words = || line.split(|c: char| !c.is_alphanumeric() && c != '_' && c != ':');
            let found = foreign
                .iter()
                .filter(|foreign| !(takes_roots && ["rand", "f32", "f64"].contains(foreign)))
                .find(|foreign| words().any(|word| word.contains(**foreign)));
            assert_eq!(found, None, "{name}: {line}");
        }
    }
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    for (name, text) in rust_files() {
        let first = text.lines().next().unwrap_or_default();
        assert!(
            first.starts_with("//! ") && first.len() > 8,
            "{name} opens with {first:?}"
        );
    }
}

#[test]
fn every_file_of_the_program_says_what_it_must_not_know() {
    for (name, text) in files(&["src"], ".rs") {
        let is_plain = ["src/main.rs", "src/lib.rs"].contains(&name.as_str())
            || is_for_tests(&name)
            || module(&name) == Some("cli");
        let about: String = text
            .lines()
            .take_while(|line| line.starts_with("//!"))
            .collect();
        // "Must not know", "never reads", "sees tables only", "no rules of its own".
        let limits = ["must not", "never", "only", "without", "nothing", "no "];
        assert!(
            is_plain
                || limits
                    .iter()
                    .any(|limit| about.to_lowercase().contains(limit)),
            "{name} sets itself no limit: {about}"
        );
    }
}

#[test]
fn no_file_and_no_function_outgrows_its_reader() {
    let mut wrong = vec![];
    for (name, text) in rust_files() {
        let lines_count = text.lines().count();
        if lines_count > FILE_LINES_MAX {
            wrong.push(format!("{name} has {lines_count} lines"));
        }
        let code = if name.starts_with("tests/") {
            ""
        } else {
            without_tests(&name, &text)
        };
        for (function, lines_count) in functions(code) {
            if lines_count > FUNCTION_LINES_MAX {
                wrong.push(format!("{function} of {name} has {lines_count} lines"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Each function with its number of lines; a function ends where its closing brace stands under its beginning, as rustfmt
/// puts it.
fn functions(code: &str) -> Vec<(&str, usize)> {
    let lines: Vec<&str> = code.lines().collect();
    let mut functions = vec![];
    for (start, line) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let is_function = line.trim_start().starts_with("fn ")
            || line.trim_start().starts_with("pub") && line.contains(" fn ");
        let closing = format!("{}}}", &line[..indent]);
        let end = lines[start..].iter().position(|other| *other == closing);
        if let Some(length) = end.filter(|_| is_function) {
            functions.push((line.trim(), length + 1));
        }
    }
    functions
}

#[test]
fn nothing_is_left_to_do_or_switched_off_in_the_sources() {
    // Put together here, so that this file is not found itself.
    let debris = ["TO", "FIX"]
        .iter()
        .zip(["DO", "ME"])
        .map(|(one, other)| format!("{one}{other}"));
    let debris: Vec<String> = debris
        .chain([
            "todo!(".to_owned(),
            "unimplemented!(".to_owned(),
            "dbg!(".to_owned(),
        ])
        .collect();
    for (name, text) in rust_files()
        .into_iter()
        .filter(|(name, _)| !name.ends_with("tidy.rs"))
    {
        for (line, text) in text.lines().enumerate() {
            let found = debris.iter().find(|debris| text.contains(*debris));
            assert_eq!(found, None, "{name} line {}", line + 1);
            assert!(!text.contains("#[ignore"), "{name} line {}", line + 1);
        }
    }
    let folders: BTreeSet<String> = files(&["src"], ".rs")
        .into_keys()
        .filter(|name| name.contains("util") || name.contains("helper"))
        .collect();
    assert!(folders.is_empty(), "{folders:?}");
}

#[test]
fn every_problem_code_is_quoted_by_a_test() {
    let mut tests = String::new();
    for (name, text) in rust_files() {
        // The list of codes itself, and this file, do not count.
        if name == "src/model/problem.rs" || name.ends_with("tidy.rs") {
            continue;
        }
        let code = if name.starts_with("tests/") {
            ""
        } else {
            without_tests(&name, &text)
        };
        tests.push_str(&text[code.len()..]);
    }
    for text in files(&["tests/golden"], ".txt").values() {
        tests.push_str(text);
    }
    let unquoted: Vec<&str> = Code::ALL
        .iter()
        .map(|code| code.as_str())
        .filter(|code| {
            ![format!("[{code}]"), format!("\"{code}\"")]
                .iter()
                .any(|quoted| tests.contains(quoted))
        })
        .collect();
    assert!(unquoted.is_empty(), "{unquoted:?}");
}

#[test]
fn no_dependency_is_under_a_copyleft_licence_alone() {
    let output = std::process::Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--locked", "--prefix", "none"])
        .args(["--format", "{p} % {l}"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let tree = String::from_utf8(output.stdout).unwrap();
    let free = [
        "MIT",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "BSL-1.0",
        "ISC",
        "Unicode-3.0",
        "Unlicense",
        "Zlib",
        "0BSD",
        "CC0-1.0",
    ];
    assert!(tree.lines().count() > 20, "{tree}");
    for line in tree.lines() {
        let (name, licence) = line.split_once(" % ").unwrap();
        let licence = licence.trim_end_matches(" (*)");
        // Every part that is joined by AND must offer one free licence.
        let is_free = licence.split(" AND ").all(|part| {
            let choices = part.split(" OR ").flat_map(|choice| choice.split('/'));
            choices
                .map(|choice| choice.trim_matches(['(', ')', ' ']))
                .any(|choice| free.contains(&choice))
        });
        assert!(is_free, "{name} is under {licence}");
    }
}

#[test]
fn the_schema_explains_every_table_and_the_state_is_compared_whole() {
    let schema = std::fs::read_to_string(root().join("schema.sql")).unwrap();
    let replay = std::fs::read_to_string(root().join("src/store/replay.rs")).unwrap();
    let lines: Vec<&str> = schema.lines().collect();
    for (place, line) in lines.iter().enumerate() {
        let Some(table) = line.strip_prefix("CREATE TABLE ") else {
            continue;
        };
        assert!(
            lines[place - 1].starts_with("-- "),
            "{table} has no comment above it"
        );
        let name = table.split(' ').next().unwrap();
        let is_log = ["action", "entry", "entry_parent", "head", "redacted"].contains(&name);
        assert!(
            is_log || replay.contains(&format!("\"{name}\"")),
            "check does not compare {name}"
        );
    }
}
