//! Where results are written to: what gives way to them, what never does, and what a folder of them holds.
//!
//! Must not know what stands in a result.

use super::harness::Office;

fn demo() -> Office {
    let office = Office::new();
    office.run("demo --quiet").printed();
    std::fs::rename(office.path("demo.db"), office.path("caseaudit.db")).unwrap();
    office
}

fn names(office: &Office, folder: &str) -> Vec<String> {
    let found = std::fs::read_dir(office.path(folder)).unwrap();
    let name = |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().file_name();
    let mut names: Vec<String> = found
        .map(|entry| name(entry).to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

const OTHER: &str = "something else has this name: a result only takes the place of an earlier one of the same kind; \
                     name another file, or move that one away [already-exists]\n";

#[test]
fn a_result_takes_the_place_of_an_earlier_one_of_its_kind_alone() {
    let office = demo();
    for ending in ["docx", "html", "ods", "xlsx", "md", "csv", "json", "txt"] {
        let line = format!("annex --out annex.{ending}");
        let wrote = format!("wrote annex.{ending}\n");
        office.run(&line).says(&wrote);
        office.run(&line).says(&wrote);
        // A file that was made empty, as by `mktemp`, holds nothing.
        office.write(&format!("annex.{ending}"), "");
        office.run(&line).says(&wrote);
        // A database and a picture under the same name.
        let record = std::fs::read(office.path("caseaudit.db")).unwrap();
        for other in [&record[..], b"\x89PNG\r\n\x1a\n"] {
            office.write(&format!("annex.{ending}"), other);
            office.refuses(&line, &format!("error: annex.{ending}: {OTHER}"));
            let left = std::fs::read(office.path(&format!("annex.{ending}"))).unwrap();
            assert_eq!(left, other);
        }
    }
    let cases = "reference,sample\nCS-001,case-supervision\n";
    for (name, held) in [("cases.csv", cases), ("settings.json", "{\"a\": 1}")] {
        office.write(name, held);
        office.refuses(
            &format!("annex --out {name}"),
            &format!("error: {name}: {OTHER}"),
        );
    }
    assert!(
        !names(&office, ".")
            .iter()
            .any(|name| name.ends_with(".part"))
    );
}

#[test]
fn a_name_against_the_format_a_folder_and_a_missing_folder_are_refused() {
    let office = demo();
    office.refuses(
        "annex --format docx --out y.md",
        "error: y.md: a file in the format docx does not end in .md; \
         name it y.docx, or leave --format out [wrong-value]\n",
    );
    office.refuses(
        "annex --format terminal --out y.docx",
        "error: y.docx: a file in the format terminal does not end in .docx; \
         name it y.txt, or leave --format out [wrong-value]\n",
    );
    std::fs::create_dir(office.path("folder")).unwrap();
    for (line, folder, file) in [
        ("--out folder", "folder", "folder/annex.docx"),
        (
            "--format json --out folder/",
            "folder/",
            "folder/annex.json",
        ),
        ("--out new/", "new/", "new/annex.docx"),
    ] {
        office.refuses(
            &format!("annex {line}"),
            &format!(
                "error: {folder}: it is a folder, and only CSV is written as several files; \
                 name a file, such as {file}, or choose --format csv [wrong-value]\n"
            ),
        );
    }
    for line in [
        "--out no/annex.docx",
        "--format csv --out no/tables/",
        "--charts no/charts",
    ] {
        let path = line.rsplit(' ').next().unwrap();
        office.refuses(
            &format!("annex {line}"),
            &format!(
                "error: {path}: there is no folder no; make the folder, or name another [storage-failed]\n"
            ),
        );
    }
    assert!(!office.path("no").exists() && !office.path("new").exists());
}

#[test]
fn a_folder_holds_the_tables_of_the_last_run_alone() {
    let office = demo();
    let line = |options: &str| format!("annex --format csv --out tables {options}");
    std::fs::create_dir(office.path("tables")).unwrap();
    office.write("tables/.DS_Store", "of a system");
    office
        .run(&line("--by gender"))
        .says("wrote 7 files to tables\n");
    let all = names(&office, "tables");
    assert!(
        all.contains(&"case-supervision-by-gender.csv".to_owned()),
        "{all:?}"
    );
    // What an interrupted run leaves.
    office.write("tables/ratings.csv.part", "number,");
    std::fs::remove_file(office.path("tables/nps-specific-work.csv")).unwrap();
    office.run(&line("")).says("wrote 5 files to tables\n");
    let fresh = [
        ".DS_Store",
        "about.csv",
        "case-supervision.csv",
        "contents.csv",
        "nps-specific-work.csv",
        "ratings.csv",
    ];
    assert_eq!(names(&office, "tables"), fresh);
    let list = std::fs::read_to_string(office.path("tables/contents.csv")).unwrap();
    assert_eq!(
        list,
        "file\nabout.csv\nratings.csv\ncase-supervision.csv\nnps-specific-work.csv\n"
    );
    let refusal = |folder: &str, name: &str| {
        format!(
            "error: {folder}: the folder holds {name}, which no earlier run of the same kind wrote there; \
             name a new or an empty folder [already-exists]\n"
        )
    };
    office.write("tables/mine.csv", "a,b\n");
    office.refuses(&line(""), &refusal("tables", "mine.csv"));
    std::fs::remove_file(office.path("tables/mine.csv")).unwrap();
    // Charts are no tables.
    let ran = office.run("annex --charts tables");
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.stderr.contains("which no earlier run of the same kind"),
        "{}",
        ran.stderr
    );
    assert_eq!(names(&office, "tables"), fresh);
    std::fs::create_dir(office.path("ours")).unwrap();
    office.write("ours/minutes.txt", "");
    office.refuses("annex --charts ours", &refusal("ours", "minutes.txt"));
}

#[test]
fn runs_at_the_same_time_write_the_same_file_and_no_other() {
    let office = demo();
    // What another program, or a run that was interrupted, left.
    office.write("annex.html.part", "mine");
    std::thread::scope(|scope| {
        for options in ["", "--counts", "--technical", "--no-charts"] {
            let line = format!("annex --out annex.html {options}");
            let office = &office;
            scope.spawn(move || office.run(&line).says("wrote annex.html\n"));
        }
    });
    let written = std::fs::read_to_string(office.path("annex.html")).unwrap();
    assert!(written.ends_with("</html>\n"), "it is whole");
    let part = std::fs::read_to_string(office.path("annex.html.part")).unwrap();
    assert_eq!(part, "mine");
    assert_eq!(
        names(&office, "."),
        ["annex.html", "annex.html.part", "caseaudit.db"]
    );
}

#[cfg(unix)]
#[test]
fn devices_stay_and_what_a_link_leads_to_is_replaced() {
    let office = demo();
    std::os::unix::fs::symlink("/dev/null", office.path("nowhere.md")).unwrap();
    office.refuses(
        "annex --out nowhere.md",
        &format!("error: nowhere.md: {OTHER}"),
    );
    std::os::unix::fs::symlink("missing.md", office.path("lost.md")).unwrap();
    office.refuses("annex --out lost.md", &format!("error: lost.md: {OTHER}"));
    assert!(office.path("lost.md").is_symlink());
    office.write("annex.md", "");
    std::os::unix::fs::symlink("annex.md", office.path("link.md")).unwrap();
    office.run("annex --out link.md").says("wrote link.md\n");
    assert!(office.path("link.md").is_symlink());
    let written = std::fs::read_to_string(office.path("annex.md")).unwrap();
    assert!(written.starts_with("# "), "{written}");
}
