//! Second assessments: who may make one, what is hidden from whom until both are submitted, and that they count nowhere.
//!
//! Must not know how agreement is measured.

use super::harness::Office;

/// Cases V-1 and V-2 of victim work, given to A-1, who has said yes and no to V-1.
pub(crate) fn office() -> Office {
    let office = Office::opened();
    for case in ["V-1", "V-2"] {
        office
            .run(&format!(
                "case add {case} --sample statutory-victim-work --assessor A-1 --quiet"
            ))
            .says_nothing();
    }
    office
        .run("record V-1 3.2.1=yes 3.2.2=no --note 3.2.2=\"The letter came late\" --as A-1 --quiet")
        .says_nothing();
    office
}

/// The second assessment of V-1 by B-2, who says no twice.
fn second(office: &Office) {
    office
        .run("record V-1 3.2.1=no 3.2.2=no --note 3.2.1=\"No call was made\" --second --as B-2")
        .says("recorded 2 answers and 1 note for V-1 (second assessment)\n");
}

fn submit_both(office: &Office) {
    second(office);
    office
        .run("submit V-1 --second --as B-2 --quiet")
        .says_nothing();
    office.run("submit V-1 --as A-1 --quiet").says_nothing();
}

#[test]
fn a_second_assessment_has_answers_and_notes_of_its_own_and_counts_nowhere() {
    let office = office();
    office.run("submit V-1 --as A-1 --quiet").says_nothing();
    let rated = office.rated();
    second(&office);
    office
        .run("submit V-1 --second --as B-2")
        .says("submitted V-1 (second assessment); 8 prompts are unanswered\nboth assessments are submitted; compare: caseaudit agree\n");
    assert_eq!(office.rated(), rated);
    assert_eq!(office.answer("V-1", "3.2.1"), "yes");
    let shown = office.run("case show V-1 --as B-2").printed();
    for part in ["The letter came late", "No call was made", "B-2: submitted"] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    office.is_sound();
}

#[test]
fn the_first_answers_are_hidden_from_the_second_assessor_until_both_are_submitted() {
    let office = office();
    second(&office);
    let secrets = ["The letter came late", "3.2.2=no; note", " yes "];
    let looks = [
        "case show V-1",
        "history V-1",
        "case show V-1 --format json",
    ];
    let no_secret = |who: &str, secrets: &[&str]| {
        for look in looks {
            let shown = office.run(&format!("{look} --as {who}")).printed();
            for secret in secrets {
                assert!(!shown.contains(secret), "{who}: {secret} in {shown}");
            }
        }
    };
    no_secret("B-2", &secrets[..2]);
    no_secret("b-2", &secrets[..2]);
    // Nobody else sees the second answers.
    no_secret("A-1", &["No call was made", "3.2.1=no"]);
    no_secret("LEAD", &["No call was made", "3.2.1=no"]);
    let hidden = office.run("case show V-1 --as B-2").printed();
    assert!(
        hidden.contains(
            "Note: The first answers are hidden from you until they and yours are submitted."
        ),
        "{hidden}"
    );
    assert!(hidden.contains("No call was made"), "{hidden}");
    let history = office.run("history V-1 --as B-2 --format csv").printed();
    assert!(
        history.contains(",2 answers and 1 note recorded (hidden from you),"),
        "{history}"
    );
    // One submitted is not enough, whichever it is.
    office
        .run("submit V-1 --second --as B-2 --quiet")
        .says_nothing();
    no_secret("B-2", &secrets[..2]);
    no_secret("A-1", &["No call was made"]);
    office.run("submit V-1 --as A-1 --quiet").says_nothing();
    for who in ["A-1", "B-2", "LEAD"] {
        let shown = office.run(&format!("case show V-1 --as {who}")).printed();
        assert!(shown.contains("The letter came late"), "{who}: {shown}");
        assert!(shown.contains("No call was made"), "{who}: {shown}");
    }
}

#[test]
fn a_session_with_a_second_assessment_shows_nothing_of_the_first() {
    let office = office();
    let typed = "n\nq\n";
    let screen = office.type_into("assess V-1 --second --as B-2", typed);
    assert!(
        screen.contains(
            "Second assessment, by B-2, independent of the first. The first answers are hidden until both are submitted.\n"
        ),
        "{screen}"
    );
    assert!(!screen.contains("Answer so far"), "{screen}");
    assert!(
        screen.ends_with("Go on with: caseaudit assess V-1 --second\n"),
        "{screen}"
    );
    let screen = office.type_into("assess V-1 --as A-1", "q\n");
    assert!(!screen.contains("Second assessment"), "{screen}");
    let screen = office.type_into(
        "assess V-1 --second --as B-2",
        "g 3.2.1\ny\ng 3.2.2\ny\nThe file says so\ns\ns\n",
    );
    assert!(
        screen.contains("Submitted: the second assessment of V-1 is locked.\n"),
        "{screen}"
    );
    assert_eq!(office.answer("V-1", "3.2.2"), "no");
    office.is_sound();
}

#[test]
fn whoever_had_to_do_with_one_assessment_does_not_make_the_other() {
    let office = office();
    let refused = |line: &str, what: &str, remedy: &str, code: &str| {
        office.refuses(line, &format!("error: V-1: {what}; {remedy} [{code}]\n"));
    };
    let own = "a second assessment is made by somebody else, who names themselves with --as";
    for line in [
        "record V-1 3.2.1=no --second --as A-1",
        "record V-1 3.2.1=no --second --as a-1",
        "submit V-1 --second --as A-1",
    ] {
        refused(
            line,
            "A-1 had to do with the first assessment",
            own,
            "not-independent",
        );
    }
    // So had whoever recorded an answer for them, and a joint assessor.
    office
        .run("record V-1 3.2.2a=no --as C-3 --quiet")
        .says_nothing();
    refused(
        "record V-1 3.2.1=no --second --as C-3",
        "C-3 had to do with the first assessment",
        own,
        "not-independent",
    );
    second(&office);
    refused(
        "record V-1 3.2.1=no --second --as D-4",
        "B-2 makes the second assessment already",
        "a case has one second assessment: choose another case",
        "second-taken",
    );
    let off = "that is worked on with --second; the first is for others until both are submitted";
    for line in [
        "record V-1 3.2.1=no --as B-2",
        "submit V-1 --as B-2",
        "assess V-1 --as B-2",
        "case assign V-1 --to B-2",
        "case assign V-1 --to A-1 --with B-2",
        "example V-1 3.2.2 --poor --as B-2",
    ] {
        refused(
            line,
            "B-2 makes the second assessment",
            off,
            "not-independent",
        );
    }
    office.write("answers.csv", "reference,3.2.1\nV-1,no\n");
    office.refuses(
        "import answers answers.csv --as B-2",
        &format!("error: answers.csv line 2 column 2: B-2 makes the second assessment; {off} [not-independent]\n"),
    );
    office.write(
        "cases.csv",
        "reference,sample,assessor\nV-1,statutory-victim-work,B-2\n",
    );
    office.refuses(
        "import cases cases.csv",
        &format!(
            "error: cases.csv line 2: B-2 makes the second assessment; {off} [not-independent]\n"
        ),
    );
}

#[test]
fn a_second_assessment_is_submitted_reopened_and_locked_like_a_first() {
    let office = office();
    office.refuses(
        "submit V-2 --second --as B-2",
        "error: V-2: nothing is answered; assess it: caseaudit assess V-2 --second [incomplete]\n",
    );
    second(&office);
    let not_submitted = "error: V-1: no such assessment is submitted; one that is in hand is open for changes as it is [not-submitted]\n";
    office.refuses("reopen V-1 --second --because x --as B-2", not_submitted);
    office
        .run("submit V-1 --second --as B-2 --quiet")
        .says_nothing();
    office.refuses(
        "record V-1 3.2.1=yes --second --as B-2",
        "error: V-1: the assessment is submitted and locked; reopen it first: caseaudit reopen V-1 --second --because \"…\" [locked]\n",
    );
    office
        .run("reopen V-1 --second --because \"Wrong file\" --as B-2")
        .says("reopened V-1 (second assessment)\n");
    office
        .run("record V-1 3.2.1=yes --second --as B-2")
        .says("recorded 1 answer for V-1 (second assessment)\n");
    office
        .run("submit V-1 --second --as B-2 --quiet")
        .says_nothing();
    office.run("submit V-1 --as A-1 --quiet").says_nothing();
    // Each may have been seen since.
    office.refuses(
        "reopen V-1 --second --because x --as B-2",
        "error: V-1: it has been compared: both assessments are submitted, and each could be seen since; \
         what differs is resolved instead: caseaudit resolve V-1 QUESTION ANSWER --because \"…\" [compared]\n",
    );
}

#[test]
fn a_second_assessment_in_which_nothing_is_left_is_none_and_may_be_made_by_somebody_else() {
    let office = office();
    second(&office);
    office
        .run("record V-1 3.2.1=clear 3.2.2=clear --note 3.2.1= --second --as B-2 --quiet")
        .says_nothing();
    office
        .run("record V-1 3.2.1=no --second --as D-4 --quiet")
        .says_nothing();
    office
        .run("record V-1 3.2.1a=no --as B-2 --quiet")
        .says_nothing();
    office.is_sound();
}

#[test]
fn a_file_holds_the_second_answers_of_whoever_imports_it() {
    let office = office();
    office.write(
        "answers.csv",
        "reference,question,answer,note\nV-1,3.2.1,no,\nV-1,3.2.2,yes,\"On time\"\nV-2,3.2.1,no,\n",
    );
    let ran = office.run("import answers answers.csv --second --submit --as B-2");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(
        ran.stderr.starts_with(
            "answers.csv: assessments: 2 changed, 3 answers, 1 note, 1 submitted\n1 not submitted"
        ),
        "{}",
        ran.stderr
    );
    office
        .run("import answers answers.csv --second --as B-2")
        .says("answers.csv: assessments: 2 unchanged\n");
    office.refuses(
        "import answers answers.csv --second --as A-1",
        "error: answers.csv line 2 column 3: A-1 had to do with the first assessment; \
         a second assessment is made by somebody else, who names themselves with --as [not-independent]\n\
         error: answers.csv line 4 column 3: A-1 had to do with the first assessment; \
         a second assessment is made by somebody else, who names themselves with --as [not-independent]\n",
    );
    office.is_sound();
}

#[test]
fn progress_counts_second_assessments_that_are_submitted_once_there_are_any() {
    let office = office();
    let progress = || office.run("progress --format csv").printed();
    assert!(!progress().contains("second_assessed"), "{}", progress());
    second(&office);
    assert!(progress().contains(",All,2,1,1,0,0,0,,"), "{}", progress());
    office
        .run("submit V-1 --second --as B-2 --quiet")
        .says_nothing();
    assert!(progress().contains(",All,2,1,1,0,0,1,,"), "{}", progress());
}

#[test]
fn somebody_else_resolves_a_disagreement_and_both_originals_stay() {
    let office = office();
    let line = "resolve V-1 3.2.1 no --because \"No call is in the log\"";
    let none = "error: V-1: there are no two submitted assessments of it; a second one is made with: caseaudit assess V-1 --second [no-disagreement]\n";
    office.refuses(&format!("{line} --as LEAD"), none);
    submit_both(&office);
    for who in ["A-1", "B-2", "b-2"] {
        let name = who.to_uppercase();
        office.refuses(
            &format!("{line} --as {who}"),
            &format!(
                "error: V-1: {name} had to do with one of the two assessments; \
                 somebody else resolves it, such as a lead, who names themselves with --as [not-independent]\n"
            ),
        );
    }
    office.refuses(
        "resolve V-1 3.2.2 yes --because x --as LEAD",
        "error: V-1: first and second assessment say the same about 3.2.2; `caseaudit agree` lists where they differ [no-disagreement]\n",
    );
    office.refuses(
        "resolve V-1 3.2.1 clear --because x --as LEAD",
        "error: V-1: clear is not a final answer; answer yes, no or na [unknown-answer]\n",
    );
    office.refuses(
        "resolve V-1 3.2.1 no --because \" \" --as LEAD",
        "error: a reason is wanted; say why this is the answer: --because \"…\" [reason-wanted]\n",
    );
    assert_eq!(office.question("3.2.1")["yes"], 1);
    let figures = || office.run("agree --format csv").printed();
    let before = figures();
    office
        .run(&format!("{line} --as LEAD"))
        .says("resolved 3.2.1 of V-1; both assessments stay as they were\n");
    office
        .run(&format!("{line} --as LEAD"))
        .says("nothing new: it is resolved so already\n");
    assert_eq!(office.question("3.2.1")["no"], 1, "the final answer counts");
    let figures_of = |csv: &str| -> Vec<String> {
        let lines = csv.lines().filter(|line| line.starts_with("agreement-"));
        lines.map(str::to_owned).collect()
    };
    assert_eq!(figures_of(&figures()), figures_of(&before));
    assert!(
        figures().contains("V-1,3.2.1,A-1,yes,B-2,no,no,"),
        "{}",
        figures()
    );
    assert!(
        figures().contains("Resolved by LEAD: No call is in the log"),
        "{}",
        figures()
    );
    let cases = office.run("case list --format csv").printed();
    assert!(
        cases.contains(",V-1,Statutory victim work,A-1,submitted,"),
        "{cases}"
    );
    // The first assessor does not take it back.
    office
        .run("reopen V-1 --because \"A typing error\" --as A-1 --quiet")
        .says_nothing();
    office.refuses(
        "record V-1 3.2.1=yes --as A-1",
        "error: V-1: 3.2.1 was resolved by LEAD to no; leave it, or resolve it again: caseaudit resolve V-1 3.2.1 ANSWER --because \"…\" [resolved]\n",
    );
    office.write("answers.csv", "reference,3.2.1\nV-1,yes\n");
    office.refuses(
        "import answers answers.csv --as A-1",
        "error: answers.csv line 2 column 2: 3.2.1 was resolved by LEAD to no; leave it, or resolve it again: caseaudit resolve V-1 3.2.1 ANSWER --because \"…\" [resolved]\n",
    );
    office.refuses(
        "resolve V-1 3.2.1 yes --because x --as LEAD",
        "error: V-1: the assessment is not submitted at present; submit it again first: caseaudit submit V-1 [not-submitted]\n",
    );
    assert_eq!(figures_of(&figures()), figures_of(&before));
    office.is_sound();
}

#[test]
fn first_answers_in_conflict_are_hidden_from_the_second_assessor_who_cannot_settle_them() {
    let office = office();
    second(&office);
    office.run("backup laptop-1.db --quiet").says_nothing();
    for line in [
        "record V-1 3.2.1=no --as A-1",
        "--db laptop-1.db record V-1 3.2.1=na --as A-1",
        "merge laptop-1.db",
    ] {
        assert_eq!(office.run(line).code, Some(0), "{line}");
    }
    let listed = office.run("settle --as B-2 --format csv").printed();
    assert_eq!(listed.matches("(hidden from you)").count(), 2, "{listed}");
    assert!(!listed.contains("not applicable"), "{listed}");
    let refused = office.run("settle V-1 3.2.1 yes --because x --as B-2");
    assert_eq!(refused.code, Some(1));
    assert!(
        refused.stderr.contains("[not-independent]"),
        "{}",
        refused.stderr
    );
    for line in ["inspection close North --as B-2", "submit V-1"] {
        let refused = office.run(line);
        let between = "3.2.1 is in conflict: between A-1 on test and A-1 on test;";
        assert!(refused.stderr.contains(between), "{}", refused.stderr);
        assert!(!refused.stderr.contains("applicable"), "{}", refused.stderr);
    }
    let seen = office.run("settle --as A-1 --format csv").printed();
    assert!(seen.contains("not applicable"), "{seen}");
}
