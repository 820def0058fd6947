//! A case from its first day to its rating, as one person records it on the command line.
//!
//! Messages are compared whole. Must not use files of answers (`cli_import`).

use snapbox::{assert_data_eq, file};

use super::harness::Office;

/// The key questions of every supervision case, but for those on risk of serious harm and on victim work.
pub(crate) const ALWAYS_ASKED: &str =
    "2.1.1=yes 2.1.2=yes 2.1.3=yes 2.2.1=yes 2.2.2=yes 2.3.1=yes 2.3.2=yes 2.4.1=yes 2.4.2=no";

/// A supervision case `CS-1` to which neither risk of serious harm issues nor victim work apply.
pub(crate) fn with_case() -> Office {
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
         next: caseaudit inspection new NAME --framework hmip-nps-2018 --provider P; or another framework: caseaudit framework list\n",
    );
    office
        .run("inspection new North --framework hmip-nps-2018 --provider \"North NPS\"")
        .says(
            "opened North under HM Inspectorate of Probation: National Probation Service divisions\n\
             next: caseaudit import cases FILE, or: caseaudit case add REF --sample S; to draw a sample: caseaudit population import FILE --sample S\n",
        );
    office
        .run("case add CS-1 --sample case-supervision --assessor INSP-01 --set victim_work=no --set rosh_issues=no")
        .says("added CS-1\n");
    office
        .run(&format!(
            "record CS-1 {ALWAYS_ASKED} --note 2.4.2=\"Nothing, or little, is reviewed\""
        ))
        .says("recorded 9 answers and 1 note for CS-1\nnote: the case belongs to INSP-01, not to you\n");
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
             or submit the assessment as it is with a reason: caseaudit submit CS-1 --because \"…\" [incomplete]\n"
        )
    };
    // Many of them are one thing to mend.
    office
        .run("case add CS-9 --sample case-supervision --quiet")
        .says_nothing();
    office.run("record CS-9 2.1.1=yes --quiet").says_nothing();
    office.refuses(
        "submit CS-9",
        "error: CS-9: 13 key questions are unanswered: 2.1.2, 2.1.3, 2.2.1, 2.2.2, 2.2.3 and 8 more; \
         answer them, or submit the assessment as it is with a reason: caseaudit submit CS-9 --because \"…\" [incomplete]\n",
    );
    office
        .run("case withdraw CS-9 --because \"Not needed\" --quiet")
        .says_nothing();
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
        "record CS-11 2.1.1=yes",
        "error: there is no case CS-11 in North; did you mean CS-1? [unknown-case]\n",
    );
}

#[test]
fn nobody_works_without_a_name() {
    let office = Office::opened();
    let mut command = office.command(&["case", "add", "CS-1", "--sample", "case-supervision"]);
    for variable in ["CASEAUDIT_USER", "USER", "LOGNAME", "USERNAME"] {
        command.env_remove(variable);
    }
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "error: nobody is named as working here; say who you are with --as NAME, or set CASEAUDIT_USER [who-wanted]\n"
    );
    let output = command.env("LOGNAME", "lucy").output().unwrap();
    assert!(output.status.success());
    let history = office.run("history --format csv").printed();
    assert!(history.contains(",lucy on test,"), "{history}");
}
