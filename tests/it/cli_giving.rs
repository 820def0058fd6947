//! Who may be given which case, by whatever way, and who may work on it no more.

use super::cli_sample::drawn;

#[test]
fn nobody_is_given_a_case_with_an_interest_in_it_by_any_way_and_who_has_one_meanwhile_is_named() {
    let office = drawn();
    for line in [
        "case interest INSP-01 X102842",
        "case interest INSP-02 --officer RO-77",
        "record X102842 2.1.1=yes --second --as INSP-04",
    ] {
        office.run(&format!("{line} --quiet")).says_nothing();
    }
    let refuses = |line: &str, place: &str, name: &str| {
        let message = format!(
            "error: {place}: {name} has an interest in it; give it to somebody else [has-interest]\n"
        );
        office.refuses(line, &message);
    };
    let add = "case add N-1 --sample case-supervision --set officer=RO-77";
    refuses(&format!("{add} --assessor insp-02"), "N-1", "insp-02");
    refuses(
        &format!("{add} --assessor INSP-03 --joint-assessor INSP-02"),
        "N-1",
        "INSP-02",
    );
    office.write(
        "cases.csv",
        "reference,sample,assessor,officer\nX102842,case-supervision,INSP-01,\nN-1,case-supervision,INSP-02,RO-77\n",
    );
    let refused = office.run("import cases cases.csv").stderr;
    for line in ["2", "3"] {
        let has = format!(
            "cases.csv line {line}: INSP-0{} has an interest in it",
            line.parse::<u8>().unwrap() - 1
        );
        assert!(refused.contains(&has), "{refused}");
    }
    // Whoever makes the second assessment is not given the case either.
    office.run("case assign X102842 --balance INSP-01 INSP-04").says(
        "INSP-01: 0 given, 0 in all\nINSP-04: 0 given, 0 in all\n\
         note: nobody of these may have X102842, because of an interest or a second assessment; nobody has got it\n",
    );
    // An officer becomes known later.
    office
        .run("case add N-1 --sample case-supervision --assessor INSP-02 --quiet")
        .says_nothing();
    let has = "note: INSP-02 has N-1, with an interest in it; give it to somebody else: caseaudit case assign N-1 --to NAME\n";
    office
        .run("case set N-1 officer=RO-77")
        .says(&format!("set 1 of 1 for N-1\n{has}"));
    office
        .run("case withdraw N-1 --because x --quiet")
        .says_nothing();
    office
        .run("case restore N-1")
        .says(&format!("took N-1 back into the sample\n{has}"));
    office.is_sound();
}

#[test]
fn an_interest_that_meets_an_assignment_in_a_merge_is_named_and_no_settlement_gives_it_away() {
    let office = drawn();
    for copy in ["one.db", "two.db"] {
        office.run(&format!("backup {copy} --quiet")).says_nothing();
    }
    for line in [
        "--db one.db case assign X102842 --to INSP-01",
        "--db two.db case interest INSP-01 X102842",
        "--db two.db case assign X102842 --to INSP-02",
        "--db one.db case assign X103913 --to INSP-03",
        "--db two.db case interest INSP-03 X103913",
    ] {
        office.run(&format!("{line} --quiet")).says_nothing();
    }
    let said = office.run("merge one.db two.db").said();
    assert!(
        said.contains(
            "note: INSP-03 has X103913, with an interest in it; give it to somebody else: caseaudit case assign X103913 --to NAME\n"
        ),
        "{said}"
    );
    office.refuses(
        "settle X102842 assessor INSP-01 --because Agreed",
        "error: X102842: INSP-01 has an interest in it; give it to somebody else [has-interest]\n",
    );
    office
        .run("settle X102842 assessor INSP-02 --because Agreed")
        .says("settled assessor of X102842: INSP-02\n");
}
