//! Slips and how they are put right: names that imports open, inspections corrected, figures that can hardly be, frameworks mixed up.
//!
//! Messages are compared whole. Must not know how figures are rated.

use super::harness::Office;

const FRAMEWORK: &str = r#"id = "levels"
title = "Levels"
edition = "1"
source = "Made up"
overall.rule = "none"
[[measure]]
id = "M1"
title = "Completions"
unit = "%"
[[measure]]
id = "M2"
title = "Complaints"
unit = "per 100"
[[standard]]
number = "1"
title = "All"
rule = "none"
measures = ["M1", "M2"]
"#;

/// The programme `Shire` with two providers of 2024-25.
fn office() -> Office {
    let office = Office::new();
    office.write("levels.toml", FRAMEWORK);
    office.write(
        "m.csv",
        "provider,measure,period,value\nAshdale,M1,2024-25,70\nEngland,M1,2024-25,71\n",
    );
    office.run("init --quiet").says_nothing();
    office
        .run("framework add levels.toml --quiet")
        .says_nothing();
    office
        .run("import measures m.csv --programme Shire --framework levels --quiet")
        .says_nothing();
    office
}

/// Name, provider, programme, period and national of every inspection, a line each.
fn inspections(office: &Office) -> Vec<String> {
    let list = office.run("inspection list --format csv").printed();
    let rows = list.lines().filter(|line| line.starts_with("inspections,"));
    rows.map(|row| row.trim_start_matches("inspections,,,,").to_owned())
        .collect()
}

#[test]
fn an_inspection_is_renamed_moved_out_of_its_programme_and_declared_national() {
    let office = office();
    office
        .run("inspection change \"Ashdale 2024-25\" --provider Ashdown --name Ashdown --period 2025-26 --because Misread")
        .says("Ashdown: provider Ashdown, programme Shire, period 2025-26\n");
    office
        .run("inspection change \"England 2024-25\" --national --because Forgotten")
        .says(
            "England 2024-25: provider England, programme Shire, period 2024-25, figures of the whole nation\n",
        );
    office
        .run("inspection change ashdown --programme \"\" --because \"Opened by mistake\"")
        .says("Ashdown: provider Ashdown, programme none, period 2025-26\n");
    assert_eq!(
        inspections(&office),
        [
            "Ashdown,Ashdown,levels,,2025-26,,open,",
            "England 2024-25,England,levels,Shire,2024-25,yes,open,"
        ]
    );
    office
        .run("inspection change Ashdown --not-national --because Again")
        .says("nothing changed: Ashdown: provider Ashdown, programme none, period 2025-26\n");
    let history = office
        .run("--inspection Ashdown history --format csv")
        .printed();
    for line in [
        ",inspection changed: name Ashdown; provider Ashdown; period 2025-26,Misread,",
        ",inspection changed: programme none,Opened by mistake,",
    ] {
        assert!(history.contains(line), "{line} in {history}");
    }
    office.is_sound();
}

#[test]
fn a_correction_needs_a_reason_a_free_name_and_an_open_inspection() {
    let office = office();
    for (line, message) in [
        (
            "--name North",
            "error: a reason is wanted; say why it is corrected: --because \"…\" [reason-wanted]\n",
        ),
        (
            "--because x",
            "error: nothing is said of what is to change; \
             give --name, --provider, --programme, --period, --national or --not-national [empty-cell]\n",
        ),
        (
            "--name \"\" --provider \" \" --because x",
            "error: the name of the inspection is empty; give one, or leave the option out [empty-cell]\n\
             error: the name of the provider is empty; give one, or leave the option out [empty-cell]\n",
        ),
        (
            "--name \"england 2024-25\" --because x",
            "error: there is an inspection named england 2024-25 already; \
             choose another name; `caseaudit inspection list` shows those taken [already-exists]\n",
        ),
    ] {
        office.refuses(
            &format!("inspection change \"Ashdale 2024-25\" {line}"),
            message,
        );
    }
    office
        .run("inspection change \"Ashdale 2024-25\" --provider england --name A --because x")
        .says(
            "A: provider england, programme Shire, period 2024-25\n\
             note: about the same provider and period: England 2024-25\n",
        );
    office
        .run("inspection close A --because Done --quiet")
        .says_nothing();
    office.refuses(
        "inspection change A --name B --because x",
        "error: the inspection A is closed; reopen it: caseaudit inspection reopen \"A\" --because \"…\" [closed]\n",
    );
}

#[test]
fn an_import_names_what_it_opens_and_asks_after_names_that_are_almost_others() {
    let office = office();
    office.write(
        "slips.csv",
        "provider,measure,period,value\nAshdal,M1,2024-25,70\nAshdale,M1,2024/25,70\n\
         North East,M1,2024-25,70\nNorth West,M1,2024-25,70\n",
    );
    office.run("import measures slips.csv").says(
        "slips.csv: recorded 4 figures of 1 measure for 4 providers in 2 periods; \
         opened 4 inspections: Ashdal 2024-25, Ashdale 2024/25, North East 2024-25 and 1 more\n\
         note: opened Ashdal 2024-25; did you mean Ashdale? \
         `caseaudit inspection change \"Ashdal 2024-25\" --provider \"Ashdale\" --because \"…\"` corrects it\n\
         note: opened Ashdale 2024/25; did you mean 2024-25? \
         `caseaudit inspection change \"Ashdale 2024/25\" --period \"2024-25\" --because \"…\"` corrects it\n",
    );
    office.write(
        "j.csv",
        "provider,measure,period,value\nSouth,M1,2024-25,70\n",
    );
    office
        .run("import measures j.csv --programme Shyre --framework levels")
        .says(
            "j.csv: recorded 1 figure of 1 measure for 1 provider in 1 period; \
             opened 1 inspection: South 2024-25\n\
             note: the programme Shyre is new; did you mean Shire? \
             `caseaudit inspection change NAME --programme \"Shire\" --because \"…\"` moves an inspection\n",
        );
    office.refuses(
        "import measures m.csv --programme Shire --national England",
        "error: m.csv line 3 column 1: the inspection England 2024-25 is there already, and is not national; \
         leave --national out, or say that it is: \
         caseaudit inspection change \"England 2024-25\" --national --because \"…\" [already-exists]\n",
    );
}

#[test]
fn figures_that_can_hardly_be_are_recorded_and_pointed_out() {
    let office = office();
    office.write(
        "odd.csv",
        "provider,measure,period,value,target\nAshdale,M1,2024-25,\"1,234.5%\",101\nAshdale,M2,2024-25,-4,\n\
         England,M1,2024-25,100,0\n",
    );
    office.run("import measures odd.csv").says(
        "odd.csv: recorded 3 figures of 2 measures for 2 providers in 1 period\n\
         note: line 2: the value of M1 is 1,234.5, a percent outside 0 to 100\n\
         note: line 2: the target of M1 is 101, a percent outside 0 to 100\n\
         note: line 3: the value of M2 is −4, a rate below 0\n",
    );
    office
        .run("--inspection \"England 2024-25\" measure M1 101")
        .says(
            "M1 Completions: 101; target 0\n\
             note: the value of M1 is 101, a percent outside 0 to 100\n",
        );
}

#[test]
fn a_file_for_something_else_is_refused_in_few_words() {
    let office = office();
    office.write(
        "wrong.csv",
        "provider,measure,period,value\nAshdale,SL1,2024-25,1\nEngland,SL1,2024-25,1\nNorth,SL1,2024-25,1\n\
         North,M1,2024-25,1\n",
    );
    office.refuses(
        "import measures wrong.csv",
        "error: wrong.csv line 2 column 2: levels has no measure SL1, here and on 2 more lines; \
         did you mean M1? [unknown-measure]\n",
    );
    let refused = office
        .run("import judgements m.csv --programme Shire")
        .stderr;
    assert!(refused.contains("[wrong-header]"), "{refused}");
    assert!(!refused.contains("names no providers"), "{refused}");
}

#[test]
fn a_measure_of_another_framework_is_held_against_it() {
    let office = office();
    let with = |framework: &str, question: &str| {
        FRAMEWORK.replace(
            "title = \"Complaints\"\n",
            &format!(
                "title = \"Complaints\"\npercent_yes_of = {{ framework = \"{framework}\", question = \"{question}\" }}\n"
            ),
        )
    };
    office.write("q.toml", with("hmip-nps-2018", "9.9.9"));
    let refused = office.run("framework check q.toml");
    assert_eq!(refused.code, Some(1));
    for words in [
        "error[unknown-question]: the value of M2 is the percent yes of 9.9.9, and hmip-nps-2018 has no such question\n",
        "--> q.toml:13:60\n",
        "error: q.toml: 1 problem found; mend the file, then check it again [unknown-question]\n",
    ] {
        assert!(
            refused.stderr.contains(words),
            "{words} in {}",
            refused.stderr
        );
    }
    office.write("f.toml", with("hmip-nps-2019", "2.1.3"));
    office.run("framework check f.toml").expect(
        0,
        "f.toml: no problems: 1 standard, 0 samples, 0 questions, 2 measures\n",
        "note: M2 takes its value from another framework: there is no framework hmip-nps-2019; \
         did you mean hmip-nps-2018?; `caseaudit framework add FILE` adds one\n",
    );
}

#[test]
fn a_programme_under_two_texts_of_a_framework_says_so() {
    let office = office();
    let note = "Not all inspections stand under the same text of levels: \
                Ashdale 2024-25 and 1 more (edition 1); North (edition 2)";
    let annex = || {
        office
            .run("annex --programme Shire --format markdown")
            .printed()
    };
    assert!(!annex().contains("the same text"), "{}", annex());
    office.write(
        "levels.toml",
        FRAMEWORK.replace("edition = \"1\"", "edition = \"2\""),
    );
    office
        .run("framework add levels.toml --quiet")
        .says_nothing();
    office
        .run("inspection new North --framework levels --provider North --programme Shire")
        .says(
            "opened North under Levels\nnext: caseaudit import measures FILE, or: caseaudit measure ID VALUE\n",
        );
    assert!(annex().contains(note), "{}", annex());
}

#[cfg(unix)]
#[test]
fn an_import_that_is_stopped_says_that_nothing_is_stored_in_part() {
    use std::os::unix::process::ExitStatusExt;
    let office = Office::opened();
    let mut cases = "reference,sample\n".to_owned();
    for case in 0..20_000 {
        cases.push_str(&format!("V-{case},statutory-victim-work\n"));
    }
    office.write("cases.csv", cases);
    let before = office.entries_count();
    let said =
        "stopped: a file is stored whole or not at all; to be sure, give the same command again\n";
    // On a slow machine the program may not listen yet, on a fast one it may be done.
    let mut heard = false;
    for wait in [40, 80, 160, 20, 10, 320] {
        let mut command = office.command(&["import", "cases", "cases.csv"]);
        command.stderr(std::process::Stdio::piped());
        let child = command.spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait));
        let id = child.id().to_string();
        let _ended_before = std::process::Command::new("kill")
            .args(["-INT", &id])
            .status();
        let ended = child.wait_with_output().unwrap();
        if ended.status.code() == Some(130) {
            assert_eq!(String::from_utf8(ended.stderr).unwrap(), said);
            heard = true;
            break;
        }
        assert!(
            ended.status.signal().is_some() || ended.status.success(),
            "{ended:?}"
        );
    }
    assert!(heard, "no stop came while the import ran");
    assert!([before, before + 20_000].contains(&office.entries_count()));
    office.is_sound();
}

#[test]
fn a_name_that_a_person_gives_is_doubted_as_one_of_a_file_is() {
    let office = office();
    let corrects = |option: &str, meant: &str| {
        format!(
            "`caseaudit inspection change \"Two\" {option} \"{meant}\" --because \"…\"` corrects it\n"
        )
    };
    let opened = "opened Two under Levels\nnext: caseaudit import measures FILE, or: caseaudit measure ID VALUE\n";
    let provider = corrects("--provider", "Ashdale");
    let period = corrects("--period", "2024-25");
    office
        .run("inspection new Two --framework levels --provider Ashdal --programme Shire --period 2024/25")
        .says(&format!(
            "{opened}note: Ashdal is new in Shire; did you mean Ashdale? {provider}\
             note: 2024/25 is new in Shire; did you mean 2024-25? {period}"
        ));
    // Another correction does not ask again; one that mends half of it asks about the rest.
    office
        .run("inspection change Two --national --because Forgotten")
        .says(
            "Two: provider Ashdal, programme Shire, period 2024/25, figures of the whole nation\n",
        );
    office
        .run("inspection change Two --provider Dover --because Misread")
        .says(&format!(
            "Two: provider Dover, programme Shire, period 2024/25, figures of the whole nation\n\
             note: 2024/25 is new in Shire; did you mean 2024-25? {period}"
        ));
    office
        .run("inspection change Two --period 2024-25 --because Misread")
        .says(
            "Two: provider Dover, programme Shire, period 2024-25, figures of the whole nation\n",
        );
    // Nothing stands beside an inspection without a programme.
    office
        .run("inspection new Three --framework levels --provider Ashdal")
        .says(&opened.replace("Two", "Three"));
}
