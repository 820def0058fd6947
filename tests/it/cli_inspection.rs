//! An inspection as its lead sees it: cases and who assesses them, progress, ratings and panels, closing, backups.
//!
//! Messages are compared whole. Must not know how answers are recorded (`cli_recording`).

use snapbox::{assert_data_eq, file};

use super::cli_recording::{ALWAYS_ASKED, with_case};

#[test]
fn everything_wrong_with_a_new_case_is_said_at_once() {
    let office = with_case();
    office.refuses(
        "case add cs-1 --sample case-supervision",
        "error: cs-1: the inspection has a case of this reference already; \
         references are unique within an inspection, capitals or not: choose another [duplicate-reference]\n",
    );
    office.refuses(
        "case add \"John Smith\" --sample case-supervisio",
        "error: John Smith: the reference John Smith has a space; \
         use a code, never a name: letters A to Z, digits and - _ / . only [bad-reference]\n\
         error: John Smith: there is no sample case-supervisio; did you mean case-supervision? [unknown-sample]\n",
    );
    office.refuses(
        "case add CS-2 --sample case-supervision --set genre=male --set rosh=hihg --set start_date=1/2/18 --set officers_count=two",
        "error: CS-2: the sample case-supervision has no case information genre; did you mean gender? [unknown-attribute]\n\
         error: CS-2: hihg is not a choice of rosh; did you mean high? [unknown-value]\n\
         error: CS-2: 1/2/18 is not a date for start_date; write 2018-10-01 or 01/10/2018 (day, month, year) [unknown-value]\n\
         error: CS-2: two is not a whole number for officers_count; write digits only, such as 12 [unknown-value]\n",
    );
}

#[test]
fn capitals_or_not_it_is_the_same_case_and_the_same_inspection() {
    let office = with_case();
    office
        .run("record cs-1 2.1.1=yes")
        .says("recorded 1 answer for cs-1\n");
    assert_eq!(office.answer("CS-1", "2.1.1"), "yes");
    office.write("cases.csv", "reference,sample\ncs-1,case-supervision\n");
    office.refuses(
        "import cases cases.csv",
        "error: cases.csv line 2: the inspection has a case of this reference already; \
         references are unique within an inspection, capitals or not: choose another [duplicate-reference]\n",
    );
    office.refuses(
        "inspection new north --framework hmip-nps-2018 --provider P",
        "error: there is an inspection named north already; \
         choose another name; `caseaudit inspection list` shows those taken [already-exists]\n",
    );
}

#[test]
fn an_inspection_opened_by_mistake_is_closed_with_a_reason() {
    let office = with_case();
    office
        .run("inspection new Nroth --framework hmip-nps-2018 --provider P --quiet")
        .says_nothing();
    office
        .run("inspection close Nroth --because \"The name was mistyped\"")
        .says("closed Nroth\n");
    // North is the only open one again.
    office
        .run("case assign CS-1 --to INSP-02 --quiet")
        .says_nothing();
    office.is_sound();
}

#[test]
fn check_proves_that_an_entry_noted_before_is_still_there() {
    let office = with_case();
    let checked = office.run("check").printed();
    let (_, latest) = checked.trim_end().rsplit_once(' ').unwrap();
    let short = latest[..12].to_uppercase();
    let sound = office.run(&format!("check --noted {short}")).printed();
    assert_eq!(sound, checked);
    office.run("check --noted 000000000000").fails(
        "error: the log does not hold the entry 000000000000: \
         what was recorded last was taken out, or it is another file; compare with a backup [log-broken]\n",
    );
    office.run("check --noted xyz").gets_usage("--noted");
}

#[test]
fn a_withdrawn_case_counts_nowhere_until_it_is_restored() {
    let office = with_case();
    office
        .run(&format!("record CS-1 {ALWAYS_ASKED} --quiet"))
        .says_nothing();
    office.run("submit CS-1 --quiet").says_nothing();
    office
        .run("case withdraw CS-1 --because \"Transferred before the period\"")
        .says(
            "withdrew CS-1: it counts nowhere\nnote: CS-1 was submitted; 9 answers stop counting\n",
        );
    let withdrawn = "error: CS-1: the case is withdrawn from the sample; \
                     take it back first: caseaudit case restore CS-1 [withdrawn]\n";
    assert_eq!(office.question("2.1.1")["cases"], 0);
    office.refuses("record CS-1 2.1.1=no", withdrawn);
    office.refuses("submit CS-1", withdrawn);
    office.refuses("case withdraw CS-1 --because Again", withdrawn);
    office
        .run("case restore CS-1")
        .says("took CS-1 back into the sample\n");
    assert_eq!(office.question("2.1.1")["yes"], 1);
    office.refuses(
        "case restore CS-1",
        "error: CS-1: the case is not withdrawn; there is nothing to do [withdrawn]\n",
    );
    office.is_sound();
}

#[test]
fn cases_are_assigned_all_or_none() {
    let office = with_case();
    office
        .run("case add CS-2 --sample case-supervision --assessor INSP-02 --quiet")
        .says_nothing();
    office
        .run("case assign CS-1 CS-2 --to INSP-02")
        .says("assigned 1 of 2 to INSP-02\n");
    office.refuses(
        "case assign CS-1 CS-7 CS-8 --to INSP-03",
        "error: there is no case CS-7 in North; did you mean CS-1? [unknown-case]\n\
         error: there is no case CS-8 in North; did you mean CS-1? [unknown-case]\n",
    );
    office
        .run("case assign CS-1 --to \"\"")
        .says("assigned 1 of 1 to nobody\nINSP-02 has no longer: CS-1\n");
    assert_data_eq!(
        office.run("case list").printed(),
        file!["../golden/recording/cases.txt"].raw()
    );
    office
        .run("case list --assessor INSP-09 --format csv")
        .expect(
            0,
            "table,about,item,words,reference,sample,assessor,status,notes\n\
         about,cases,title,Cases,,,,,\n\
         about,cases,scope,North,,,,,\n",
            "no such cases; add some: caseaudit import cases FILE\n",
        );
}

#[test]
fn progress_tells_untouched_in_hand_submitted_and_withdrawn_apart() {
    let office = with_case();
    for (reference, ldu) in [("CS-2", "N1"), ("CS-3", "N1"), ("CS-4", "S2")] {
        office
            .run(&format!(
                "case add {reference} --sample case-supervision --assessor INSP-02 --set ldu={ldu} --quiet"
            ))
            .says_nothing();
    }
    office
        .run(&format!("record CS-1 {ALWAYS_ASKED} --quiet"))
        .says_nothing();
    office.run("submit CS-1 --quiet").says_nothing();
    office.run("record CS-2 2.1.1=yes --quiet").says_nothing();
    office
        .run("case withdraw CS-3 --because Double --quiet")
        .says_nothing();
    assert_data_eq!(
        office.run("progress --by ldu --format markdown").printed(),
        file!["../golden/recording/progress.md"].raw()
    );
    office.refuses(
        "progress --by lud",
        "error: no sample has case information lud; did you mean ldu? [unknown-attribute]\n",
    );
}

#[test]
fn an_inspection_closes_when_all_is_done_and_opens_again_for_a_reason() {
    let office = with_case();
    let to_do = |standard: &str| {
        format!(
            "error: standard {standard}: it is not judged yet; \
             judge it: caseaudit judge {standard} RATING --because \"…\" [incomplete]\n"
        )
    };
    office.refuses(
        "inspection close",
        &("error: CS-1: the case is not submitted; submit it, or: caseaudit case withdraw CS-1 --because \"…\" [not-submitted]\n"
            .to_owned()
            + &["1.1", "1.2", "1.3", "1.4"].map(to_do).concat()),
    );
    office
        .run("case withdraw CS-1 --because Double --quiet")
        .says_nothing();
    for standard in ["1.1", "1.2", "1.3", "1.4"] {
        office
            .run(&format!(
                "judge {standard} good --because Interviews --quiet"
            ))
            .says_nothing();
    }
    office.run("inspection close").says("closed North\n");
    let closed = "error: the inspection North is closed; \
                  reopen it: caseaudit inspection reopen \"North\" --because \"…\" [closed]\n";
    office.refuses("case add CS-2 --sample case-supervision", closed);
    office.refuses("case restore CS-1", closed);
    office.refuses("judge 1.1 inadequate --because Second", closed);
    office.refuses(
        "inspection close",
        "error: the inspection North is closed already; there is nothing to do; \
         to publish it anew, reopen it: caseaudit inspection reopen \"North\" --because \"…\" [closed]\n",
    );
    office
        .run("inspection reopen North --because \"Factual accuracy check\"")
        .says("reopened North\n");
    office.run("case restore CS-1 --quiet").says_nothing();
    office.refuses(
        "inspection reopen North --because \"Factual accuracy check\"",
        "error: the inspection North is open already; there is nothing to do [not-closed]\n",
    );
    office.is_sound();
}

#[test]
fn among_several_open_inspections_one_is_named() {
    let office = with_case();
    office
        .run("inspection new South --framework hmip-nps-2018 --provider \"South NPS\" --programme 2018/19 --quiet")
        .says_nothing();
    office.refuses(
        "progress",
        "error: there are several inspections; name one with --inspection: North, South [which-inspection]\n",
    );
    office.refuses(
        "--inspection Noth progress",
        "error: there is no inspection named Noth; did you mean North? [unknown-inspection]\n",
    );
    office.refuses(
        "inspection new North --framework hmip-nps-2018 --provider P",
        "error: there is an inspection named North already; choose another name; \
         `caseaudit inspection list` shows those taken [already-exists]\n",
    );
    office.refuses(
        "inspection new West --framework hmip-nps-2019 --provider P",
        "error: there is no framework hmip-nps-2019; did you mean hmip-nps-2018?; \
         `caseaudit framework add FILE` adds one [unknown-framework]\n",
    );
    // The same reference may stand in both.
    office
        .run("--inspection South case add CS-1 --sample case-supervision")
        .says("added CS-1\n");
    office
        .run("--inspection South record CS-1 2.1.1=no --quiet")
        .says_nothing();
    office.run("inspection list --format csv").prints(
        "table,about,item,words,name,provider,framework,programme,period,national,state,notes\n\
         about,inspections,title,Inspections,,,,,,,,\n\
         inspections,,,,North,North NPS,hmip-nps-2018,,,,open,\n\
         inspections,,,,South,South NPS,hmip-nps-2018,2018/19,,,open,\n",
    );
    let north = office
        .run("--inspection North rate --indicative --format json")
        .printed();
    assert!(north.contains("\"inspection\": \"North\""), "{north}");
    assert!(!north.contains("\"yes\": 1") && !north.contains("\"no\": 1"));
    office.is_sound();
}

#[test]
fn a_panel_moves_a_rating_and_both_are_shown() {
    let office = with_case();
    office
        .run("judge 2.4 good --because \"Panel of 5 January\"")
        .says(
            "2.4 Reviewing: Good\n\
             note: its key questions give no rating yet, so there is nothing to move\n",
        );
    office
        .run("judge 2.4 --withdraw --because \"Too early\"")
        .says("2.4 Reviewing: judgement withdrawn\n");
    office
        .run(&format!("record CS-1 {ALWAYS_ASKED} --quiet"))
        .says_nothing();
    office.run("submit CS-1 --quiet").says_nothing();
    office
        .run("judge 2.4 \"Requires improvement\" --because \"Panel of 5 January\"")
        .says(
            "2.4 Reviewing: Requires improvement\n\
             its key questions give Inadequate; both ratings are shown\n",
        );
    let rated = office.rated();
    let standard = &rated["standards"][7];
    assert_eq!(
        (
            &standard["number"],
            &standard["rating"],
            &standard["moved_from"]
        ),
        (
            &"2.4".into(),
            &"Requires improvement".into(),
            &"Inadequate".into()
        )
    );
    assert_eq!(
        standard["reason"],
        "lowest is 2.4.2, 0% of 1 case; 2.4.3 has no applicable cases; \
         panel moved it from Inadequate: Panel of 5 January"
    );
    let annex = office.run("annex --format markdown").printed();
    assert!(annex.contains("Panel of 5 January"), "{annex}");
    office.refuses(
        "judge 2.4 god --because x",
        "error: there is no rating god; did you mean good? [unknown-rating]\n",
    );
    office.refuses(
        "judge 2.9 good --because x",
        "error: there is no standard 2.9; did you mean 2.1? [unknown-standard]\n",
    );
    office.refuses(
        "judge 2.4 good --because \"\"",
        "error: a reason is wanted; say what the judgement rests on: --because \"…\" [reason-wanted]\n",
    );
    office.refuses(
        "judge overall good --because x",
        "error: there is no standard overall; there are: 1.1, 1.2, 1.3, 1.4, 2.1, 2.2, 2.3, 2.4, 3.1, 3.2 [unknown-standard]\n",
    );
}

#[test]
fn what_is_not_submitted_counts_only_in_ratings_that_say_so() {
    let office = with_case();
    office
        .run(&format!("record CS-1 {ALWAYS_ASKED} --quiet"))
        .says_nothing();
    let ran = office.run("rate --format json");
    assert_eq!(
        ran.stderr,
        "note: 1 assessment is not submitted and does not count; \
         `caseaudit submit REF` submits one, --indicative counts them as they are\n"
    );
    let rated: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(rated["overall"]["rating"], serde_json::Value::Null);
    let indicative = office.run("rate --indicative --format json").printed();
    let indicative: serde_json::Value = serde_json::from_str(&indicative).unwrap();
    // 2.1, 2.2 and 2.3 Outstanding, 2.4 Inadequate.
    assert_eq!(indicative["overall"]["points"], 9);
    assert_eq!(indicative["overall"]["max_points"], 12);
    assert_eq!(
        indicative["notes"][0],
        "Indicative ratings: 1 assessment not yet submitted is counted too"
    );
}

#[test]
fn a_backup_is_a_sound_copy_and_never_overwrites() {
    let office = with_case();
    office
        .run("backup copy.db")
        .says("copied caseaudit.db to copy.db\n");
    assert_eq!(
        office.run("--db copy.db check").printed(),
        office
            .run("check")
            .printed()
            .replace("caseaudit.db", "copy.db")
    );
    office.refuses(
        "backup copy.db",
        "error: copy.db: the file already exists; use it as it is, or name another one [already-exists]\n",
    );
    office.refuses(
        "init",
        "error: caseaudit.db: the file already exists; use it as it is, or name another one [already-exists]\n",
    );
}
