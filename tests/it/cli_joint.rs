//! Assessments by two people together, from adding a case to its history. Must not know how they are stored.

use super::harness::Office;

#[test]
fn a_case_is_given_to_two_people_and_both_names_are_shown() {
    let office = Office::opened();
    office
        .run("case add V-1 --sample statutory-victim-work --assessor A-1 --joint-assessor B-2")
        .says("added V-1\n");
    office
        .run("case add V-2 --sample statutory-victim-work --assessor A-1 --quiet")
        .says_nothing();
    office
        .run("case assign V-1 V-2 --to A-1 --with B-2")
        .says("assigned 1 of 2 to A-1 with B-2\n");
    office.run("case list --assessor B-2 --format csv").prints(
        "table,about,item,words,reference,sample,assessor,status,notes\n\
             about,cases,title,Cases,,,,,\n\
             about,cases,scope,North,,,,,\n\
             cases,,,,V-1,Statutory victim work,A-1 with B-2,untouched,\n\
             cases,,,,V-2,Statutory victim work,A-1 with B-2,untouched,\n",
    );
    let shown = office.run("case show V-1").printed();
    assert!(shown.contains("A-1 with B-2"), "{shown}");
    let history = office.run("history V-2 --format csv").printed();
    assert!(history.contains(",case added,"), "{history}");
    assert!(history.contains(",assigned to A-1 with B-2,"), "{history}");
    let history = office.run("history V-1 --format csv").printed();
    assert!(
        history.contains(",case added; for A-1 with B-2,"),
        "{history}"
    );
    office
        .run("case assign V-1 --to A-1")
        .says("assigned 1 of 1 to A-1\nB-2 has no longer: V-1\n");
    office.run("case assign V-1 V-2 --with C-3").says(
        "assigned 2 of 2 to their assessors with C-3\nB-2 has no longer: V-2\n\
               note: nobody had a case as C-3 before; assessors were: A-1, B-2\n",
    );
    office
        .run("case add V-3 --sample statutory-victim-work --quiet")
        .says_nothing();
    office.refuses(
        "case assign V-1 V-3 --with B-2",
        "error: V-3: B-2 is named as the second assessor, and there is no first; \
         name two different people, the one whose case it is first [bad-pair]\n",
    );
    office
        .run("record V-1 3.2.1=yes")
        .says("recorded 1 answer for V-1\nnote: the case belongs to A-1 with C-3, not to you\n");
    office
        .run("record V-1 3.2.2=yes --as c-3")
        .says("recorded 1 answer for V-1\n");
    office.is_sound();
}

#[test]
fn one_person_is_no_pair_and_a_second_needs_a_first() {
    let office = Office::opened();
    let remedy = "name two different people, the one whose case it is first [bad-pair]\n";
    office.refuses(
        "case add V-1 --sample statutory-victim-work --assessor A-1 --joint-assessor a-1",
        &format!("error: V-1: A-1 is named as both assessors; {remedy}"),
    );
    office.refuses(
        "case add V-1 --sample statutory-victim-work --joint-assessor B-2",
        &format!(
            "error: V-1: B-2 is named as the second assessor, and there is no first; {remedy}"
        ),
    );
    office
        .run("case add V-1 --sample statutory-victim-work --quiet")
        .says_nothing();
    office.refuses(
        "case assign V-1 --to A-1 --with A-1",
        &format!("error: A-1 is named as both assessors; {remedy}"),
    );
}

#[test]
fn a_joint_assessment_counts_once_under_the_first_name_and_says_who_the_second_is() {
    let office = Office::opened();
    office.write(
        "cases.csv",
        "reference,sample,assessor,joint_assessor\n\
         V-1,statutory-victim-work,A-1,B-2\n\
         V-2,statutory-victim-work,A-1,\n\
         V-3,statutory-victim-work,B-2,\n",
    );
    office
        .run("import cases cases.csv")
        .says("cases.csv: cases: 3 added\n");
    office
        .run("import cases cases.csv")
        .says("cases.csv: cases: 3 unchanged\n");
    let progress = office.run("progress --format csv").printed();
    for row in [
        ",1,1,0,0,0,A-1,",
        ",1,1,0,0,0,A-1 with B-2,",
        ",1,1,0,0,0,B-2,",
        ",All,3,3,0,0,0,",
    ] {
        assert!(progress.contains(row), "{row} in {progress}");
    }
    office.is_sound();
}

#[test]
fn a_file_adds_a_second_assessor_and_an_empty_cell_leaves_them() {
    let office = Office::opened();
    office
        .run("case add V-1 --sample statutory-victim-work --assessor A-1 --quiet")
        .says_nothing();
    office.write(
        "cases.csv",
        "reference,sample,joint_assessor\nV-1,statutory-victim-work,B-2\n",
    );
    office.run("import cases cases.csv --quiet").says_nothing();
    office.write(
        "cases.csv",
        "reference,sample,assessor,joint_assessor\nV-1,statutory-victim-work,C-3,\n",
    );
    office.run("import cases cases.csv --quiet").says_nothing();
    let history = office.run("history V-1 --format csv").printed();
    assert!(history.contains(",assigned to A-1 with B-2,"), "{history}");
    assert!(history.contains(",assigned to C-3 with B-2,"), "{history}");
    office.write(
        "cases.csv",
        "reference,joint_assessor,sample,assessor\n\
         V-1,,statutory-victim-work,B-2\n\
         V-2,A-1,statutory-victim-work,A-1\n\
         V-3,A-1,statutory-victim-work,\n",
    );
    let remedy = "name two different people, the one whose case it is first [bad-pair]\n";
    office.refuses(
        "import cases cases.csv",
        &format!(
            "error: cases.csv line 2 column 2: B-2 is named as both assessors; {remedy}\
             error: cases.csv line 3 column 2: A-1 is named as both assessors; {remedy}\
             error: cases.csv line 4 column 2: A-1 is named as the second assessor, and there is no first; {remedy}"
        ),
    );
}
