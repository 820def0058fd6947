//! A case from its first day to its rating, as one person records it on the command line.
//!
//! Messages are compared whole. Must not use files of answers (`cli_import`).

use snapbox::{assert_data_eq, file};

use super::harness::Office;

/// The key questions of every supervision case, but for those on risk of serious harm and on victim work.
const ALWAYS_ASKED: &str =
    "2.1.1=yes 2.1.2=yes 2.1.3=yes 2.2.1=yes 2.2.2=yes 2.3.1=yes 2.3.2=yes 2.4.1=yes 2.4.2=no";

/// A supervision case `CS-1` to which neither risk of serious harm issues nor victim work apply.
fn with_case() -> Office {
    let office = Office::opened();
    office
        .run("case add CS-1 --sample case-supervision --set rosh_issues=no --set victim_work=no")
        .says("added CS-1\n");
    office
}

#[test]
fn from_an_empty_folder_to_ratings_each_step_says_the_next() {
    let office = Office::new();
    office.run("init").says(
        "created caseaudit.db\n\
         next: caseaudit inspection new NAME --framework hmip-nps-2018 --provider P\n",
    );
    office
        .run("inspection new North --framework hmip-nps-2018 --provider \"North NPS\"")
        .says(
            "opened North under HM Inspectorate of Probation: National Probation Service divisions\n\
             next: caseaudit import cases FILE, or: caseaudit case add REF --sample S\n",
        );
    office
        .run("case add CS-1 --sample case-supervision --assessor INSP-01 --set victim_work=no --set rosh_issues=no")
        .says("added CS-1\n");
    office
        .run(&format!(
            "record CS-1 {ALWAYS_ASKED} --note 2.4.2=\"Nothing, or little, is reviewed\""
        ))
        .says("recorded 9 answers and 1 note for CS-1\n");
    office
        .run("submit CS-1")
        .says("submitted CS-1; 41 prompts are unanswered\n");
    for standard in ["1.1", "1.2", "1.3", "1.4"] {
        let said = office
            .run(&format!("judge {standard} good --because \"Interviews\""))
            .said();
        assert!(
            said.starts_with(&format!("{standard} ")) && said.ends_with(": Good\n"),
            "{said}"
        );
    }
    assert_data_eq!(
        office.run("rate").printed(),
        file!["../golden/recording/rate.txt"].raw()
    );
    assert_data_eq!(
        office.run("history --format markdown").printed(),
        file!["../golden/recording/history.md"].raw()
    );
    office.run("inspection close").says("closed North\n");
    office.is_sound();
}

#[test]
fn a_submitted_assessment_is_locked_until_it_is_reopened_for_a_reason() {
    let office = with_case();
    let locked = "error: CS-1: the assessment is submitted and locked; \
                  reopen it first: caseaudit reopen CS-1 --because \"…\" [locked]\n";
    office
        .run(&format!("record CS-1 {ALWAYS_ASKED} --quiet"))
        .says_nothing();
    office.run("submit CS-1 --quiet").says_nothing();
    office.refuses("record CS-1 2.1.1=no", locked);
    office.refuses("record CS-1 --note 2.1.1=Late", locked);
    office.refuses("case set CS-1 rosh_issues=yes", locked);
    office.refuses("submit CS-1", locked);
    office.refuses(
        "reopen CS-1 --because \" \"",
        "error: a reason is wanted; say why it is opened again: --because \"…\" [reason-wanted]\n",
    );
    assert_eq!(office.question("2.1.1")["yes"], 1);
    office
        .run("reopen CS-1 --because \"New evidence\"")
        .says("reopened CS-1: it does not count until it is submitted again\n");
    assert_eq!(office.question("2.1.1")["yes"], 0);
    office.refuses(
        "reopen CS-1 --because \"New evidence\"",
        "error: CS-1: the assessment is not submitted; it is open for changes as it is [not-submitted]\n",
    );
    office
        .run("record CS-1 2.1.1=no")
        .says("recorded 1 answer for CS-1\n");
    office
        .run("submit CS-1")
        .says("submitted CS-1; 41 prompts are unanswered\n");
    assert_eq!(office.question("2.1.1")["no"], 1);
    office.is_sound();
}

#[test]
fn only_a_reason_submits_an_assessment_with_unanswered_key_questions() {
    let office = with_case();
    office.refuses(
        "submit CS-1",
        "error: CS-1: nothing is answered; \
         assess it, or leave it out: caseaudit case withdraw CS-1 --because \"…\" [incomplete]\n",
    );
    office
        .run(&format!("record CS-1 {ALWAYS_ASKED} --quiet"))
        .says_nothing();
    office
        .run("record CS-1 2.3.2=clear 2.4.1=clear --quiet")
        .says_nothing();
    let missing = |number: &str| {
        format!(
            "error: CS-1: {number} is unanswered; answer it, \
             or submit the assessment as it is with a reason: --because \"…\" [incomplete]\n"
        )
    };
    office.refuses("submit CS-1", &(missing("2.3.2") + &missing("2.4.1")));
    office
        .run("submit CS-1 --because \"The file was lost\"")
        .says("submitted CS-1; left unanswered: 2.3.2, 2.4.1; 41 prompts are unanswered\n");
    let question = office.question("2.3.2");
    assert_eq!(
        (&question["unanswered"], &question["percent"]),
        (&1.into(), &serde_json::Value::Null)
    );
    let history = office.run("history CS-1 --format csv").printed();
    assert!(
        history.contains(",submitted,The file was lost,"),
        "{history}"
    );
}

#[test]
fn yes_over_prompts_that_are_all_no_wants_a_note() {
    let office = with_case();
    office
        .run(&format!(
            "record CS-1 {ALWAYS_ASKED} 2.1.1a=no 2.1.1b=no 2.1.1c=na --quiet"
        ))
        .says_nothing();
    office.refuses(
        "submit CS-1",
        "error: CS-1: 2.1.1 is yes while all its prompts are no; \
         say why: caseaudit record CS-1 --note 2.1.1=\"…\" [note-wanted]\n",
    );
    office
        .run("record CS-1 --note 2.1.1=\"The interview shows otherwise\"")
        .says("recorded 1 note for CS-1\n");
    office
        .run("submit CS-1")
        .says("submitted CS-1; 38 prompts are unanswered\n");
}

#[test]
fn answers_are_parked_by_case_information_and_come_back() {
    let office = Office::opened();
    office
        .run("case add CS-1 --sample case-supervision --set rosh_issues=yes --quiet")
        .says_nothing();
    office
        .run("record CS-1 2.1.1=yes 2.2.3=no 2.2.3a=no 2.3.3=yes --quiet")
        .says_nothing();
    let parked = "set 1 of 1 for CS-1\nno longer applies: 2.2.3, 2.2.3a, 2.3.3; the answers are kept aside (parked) and do not count\n";
    office.run("case set CS-1 rosh_issues=no").says(parked);
    office
        .run("case set CS-1 rosh_issues=no")
        .says("nothing new: it is recorded already\n");
    office.refuses(
        "case set CS-1 rosh_issues=yes rosh_issues=no",
        "error: CS-1: rosh_issues is given twice; leave one of the two out [duplicate-reference]\n",
    );
    assert_eq!(office.answer("CS-1", "2.2.3"), "parked: no");
    assert_eq!(office.answer("CS-1", "2.2.3b"), "not asked");
    assert_eq!(office.answer("CS-1", "2.1.1"), "yes");
    office.refuses(
        "record CS-1 2.2.3=yes",
        "error: CS-1: 2.2.3 does not apply to this case: it is asked only when rosh_issues is yes; \
         leave it empty, or correct the case information or the earlier answer [does-not-apply]\n",
    );
    office
        .run("case set CS-1 rosh_issues=yes")
        .says("set 1 of 1 for CS-1\napplies again: 2.2.3, 2.2.3a, 2.3.3; the earlier answers count again\n");
    assert_eq!(office.answer("CS-1", "2.2.3"), "no");
    assert_eq!(office.answer("CS-1", "2.2.3b"), "unanswered");
    office.is_sound();
}

#[test]
fn answers_are_parked_by_another_answer_and_come_back() {
    let office = Office::opened();
    office
        .run("case add CS-1 --sample case-supervision --set non_compliance=yes --quiet")
        .says_nothing();
    office.refuses(
        "record CS-1 2.3.1g=yes",
        "error: CS-1: 2.3.1g does not apply to this case: it is asked only when 2.3.1f is answered yes; \
         leave it empty, or correct the case information or the earlier answer [does-not-apply]\n",
    );
    office
        .run("record CS-1 2.3.1f=yes 2.3.1g=no")
        .says("recorded 2 answers for CS-1\n");
    office.run("record CS-1 2.3.1f=no").says(
        "recorded 1 answer for CS-1\n\
         no longer applies: 2.3.1g; the answers are kept aside (parked) and do not count\n",
    );
    assert_eq!(office.answer("CS-1", "2.3.1g"), "parked: no");
    // What case information takes away, takes along what hangs on it.
    office
        .run("case set CS-1 non_compliance=no")
        .says("set 1 of 1 for CS-1\nno longer applies: 2.3.1f; the answers are kept aside (parked) and do not count\n");
    office
        .run("case set CS-1 non_compliance=yes")
        .says("set 1 of 1 for CS-1\napplies again: 2.3.1f; the earlier answers count again\n");
    office.run("record CS-1 2.3.1f=yes").says(
        "recorded 1 answer for CS-1\n\
         applies again: 2.3.1g; the earlier answers count again\n",
    );
    assert_eq!(office.answer("CS-1", "2.3.1g"), "no");
    office.is_sound();
}

#[test]
fn a_case_is_shown_with_its_information_answers_parked_answers_and_notes() {
    let office = Office::opened();
    office
        .run("case add V-1 --sample \"Statutory victim work\" --set contact=taken-up --set offence_type=assault --quiet")
        .says_nothing();
    office
        .run_args(&[
            "record",
            "V-1",
            "3.2.1=na",
            "3.2.1a=yes",
            "3.2.2=no",
            "3.2.2d=yes",
            "--note",
            "3.2.2=Two letters, one \"late\" | and = unsigned",
            "--quiet",
        ])
        .says_nothing();
    office
        .run("case set V-1 contact=declined --quiet")
        .says_nothing();
    assert_data_eq!(
        office.run("case show V-1 --format markdown").printed(),
        file!["../golden/recording/case.md"].raw()
    );
    assert_data_eq!(
        office.run("case show V-1").printed(),
        file!["../golden/recording/case.txt"].raw()
    );
    assert_data_eq!(
        office.run("history V-1 --format markdown").printed(),
        file!["../golden/recording/case-history.md"].raw()
    );
}

#[test]
fn not_applicable_clear_and_notes_are_recorded_and_taken_back() {
    let office = with_case();
    office
        .run("record CS-1 2.1.1=N/A 2.1.2=Y --note 2.1.1=Why")
        .says("recorded 2 answers and 1 note for CS-1\n");
    assert_eq!(office.answer("CS-1", "2.1.1"), "not applicable");
    office
        .run("record CS-1 2.1.1=clear --note 2.1.1=")
        .says("recorded 1 answer and 1 note for CS-1\n");
    assert_eq!(office.answer("CS-1", "2.1.1"), "unanswered");
    assert!(
        !office
            .run("case show CS-1 --format csv")
            .printed()
            .contains("Why")
    );
    office.is_sound();
}

#[test]
fn saying_again_what_is_recorded_changes_nothing() {
    let office = with_case();
    let says = "record CS-1 2.1.1=yes 2.1.2=no --note 2.1.2=Late";
    office
        .run(says)
        .says("recorded 2 answers and 1 note for CS-1\n");
    let entries = office.entries_count();
    office
        .run(says)
        .says("nothing new: it is recorded already\n");
    office
        .run("record CS-1 2.1.3=clear")
        .says("nothing new: it is recorded already\n");
    office
        .run("case set CS-1 rosh_issues=no")
        .says("nothing new: it is recorded already\n");
    assert_eq!(office.entries_count(), entries);
}

#[test]
fn everything_wrong_with_a_recording_is_said_at_once_and_nothing_is_stored() {
    let office = with_case();
    office.refuses(
        "record CS-1 2.1.1=yes 2.9.9=yes 2.1.2=maybe 2.1.3= 3.1.1=yes 2.2.1=yes 2.2.1=no",
        "error: CS-1: there is no question 2.9.9; did you mean 2.1.1? [unknown-question]\n\
         error: CS-1: maybe is not an answer to 2.1.2; answer yes, no or na; clear takes an answer back [unknown-answer]\n\
         error: CS-1: no answer to 2.1.3 is given; answer yes, no or na; clear takes an answer back [empty-cell]\n\
         error: CS-1: question 3.1.1 is not asked of this case; \
         it belongs to the sample court-reports-and-allocation, this case to case-supervision [unknown-question]\n\
         error: CS-1: 2.2.1 is answered twice, and not alike; leave one of the two out [duplicate-reference]\n",
    );
    assert_eq!(office.answer("CS-1", "2.1.1"), "unanswered");
    office.refuses(
        "record cs-1 2.1.1=yes",
        "error: there is no case cs-1 in North; did you mean CS-1? [unknown-case]\n",
    );
}

#[test]
fn everything_wrong_with_a_new_case_is_said_at_once() {
    let office = with_case();
    office.refuses(
        "case add CS-1 --sample case-supervision",
        "error: CS-1: the inspection has a case of this reference already; \
         references are unique within an inspection: choose another [duplicate-reference]\n",
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
fn a_withdrawn_case_counts_nowhere_until_it_is_restored() {
    let office = with_case();
    office
        .run(&format!("record CS-1 {ALWAYS_ASKED} --quiet"))
        .says_nothing();
    office.run("submit CS-1 --quiet").says_nothing();
    office
        .run("case withdraw CS-1 --because \"Transferred before the period\"")
        .says("withdrew CS-1: it counts nowhere\n");
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
        .says("assigned 1 of 1 to nobody\n");
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
    let closed = "error: the inspection is closed; \
                  reopen it with `caseaudit inspection reopen NAME --because \"…\"` [closed]\n";
    office.refuses("case add CS-2 --sample case-supervision", closed);
    office.refuses("case restore CS-1", closed);
    office.refuses("judge 1.1 inadequate --because Second", closed);
    office.refuses(
        "inspection close",
        "error: the inspection is closed already; there is nothing to do [closed]\n",
    );
    office
        .run("inspection reopen North --because \"Factual accuracy check\"")
        .says("reopened North\n");
    office.run("case restore CS-1 --quiet").says_nothing();
    office.refuses(
        "inspection reopen North --because \"Factual accuracy check\"",
        "error: the inspection is open already; there is nothing to do [not-closed]\n",
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
        "table,about,item,words,name,provider,framework,programme,state,notes\n\
         about,inspections,title,Inspections,,,,,,\n\
         inspections,,,,North,North NPS,hmip-nps-2018,,open,\n\
         inspections,,,,South,South NPS,hmip-nps-2018,2018/19,open,\n",
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

#[test]
fn nobody_works_without_a_name() {
    let office = Office::opened();
    let mut command = office.command(&["case", "add", "CS-1", "--sample", "case-supervision"]);
    for variable in ["CASEAUDIT_USER", "USER", "USERNAME"] {
        command.env_remove(variable);
    }
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "error: nobody is named as working here; say who you are with --as NAME, or set CASEAUDIT_USER [who-wanted]\n"
    );
}
