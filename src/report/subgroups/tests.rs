//! The tables of groups of cases.

use super::*;
use crate::rating::fixture::{Builder, rate_cases, sample};
use crate::report::{Cell, Symbol, View};

/// The groups of a sample of cases, each with its number of cases and the yes and no to the two questions.
type Groups<'g> = [(&'g str, u64, [(u64, u64); 2])];

/// The only table of an annex with these groups, of which everything is asked; of a group without a name the value is not recorded.
fn table(groups: &Groups<'_>, smallest: u64) -> Table {
    table_of(groups, smallest, &[])
}

/// The same, where the second question is never asked of the groups with these names.
fn table_of(groups: &Groups<'_>, smallest: u64, never_asked: &[&str]) -> Table {
    let framework = Builder::new()
        .sample("case-supervision", "case")
        .sample("staff-interviews", "interview")
        .judged("1.2", "Staff")
        .question("1.2.1", "case-supervision", "Enough staff?")
        .rated("2.1", "Assessment")
        .question("2.1.1", "case-supervision", "Involved?")
        .question("2.1.2", "case-supervision", "Safe?")
        .framework;
    let groups: Vec<Subgroup> = groups
        .iter()
        .map(|(value, cases, answers)| {
            let answers = [(0, 0), answers[0], answers[1]];
            let second = match never_asked.contains(value) {
                true => Asked::Never,
                false => Asked::Always,
            };
            Subgroup {
                title: (!value.is_empty()).then(|| (*value).to_owned()),
                tallies: sample(*cases, &answers),
                asked: vec![Asked::Always, Asked::Always, second],
            }
        })
        .collect();
    let mut all = sample(0, &[(0, 0); 3]);
    for group in &groups {
        all.cases += group.tallies.cases;
        for (sum, tally) in all.questions.iter_mut().zip(&group.tallies.questions) {
            *sum += *tally;
        }
    }
    let rating = rate_cases(&framework, &[all, SampleTallies::default()], &[]).unwrap();
    let subgroups = Subgroups {
        sample: 0,
        attribute: "age_band".into(),
        title: "Age band".into(),
        groups,
        linked: vec![vec![0], vec![1], vec![2]],
    };
    let heading = Heading {
        inspection: "north".into(),
        provider: "North".into(),
        ..Heading::default()
    };
    let report = Report::default();
    let report = add_subgroups(
        report,
        &framework,
        &rating,
        &[subgroups],
        smallest,
        &heading,
    );
    let shown = report.clone().select(View {
        subgroups: true,
        ..View::default()
    });
    assert_eq!(report, shown);
    assert!(report.clone().select(View::default()).tables.is_empty());
    let [table] = report.tables.try_into().unwrap();
    table
}

/// What is shown in each row, note marks among it, without the wording of the question.
fn rows(table: &Table) -> Vec<String> {
    let rows = table.rows.iter().map(|row| {
        let mut cells: Vec<String> = row.cells.iter().map(Cell::shown_with_notes).collect();
        cells.remove(1);
        cells.join(" ")
    });
    rows.collect()
}

// R 4 gives the same probabilities: fisher.test and p.adjust(p, "holm").
#[test]
fn each_group_is_compared_with_all_other_cases() {
    let table = table(
        &[
            ("18 to 25", 50, [(30, 20), (40, 10)]),
            ("26 to 49", 50, [(45, 5), (38, 12)]),
            ("50 and over", 20, [(15, 5), (16, 4)]),
        ],
        10,
    );
    assert_eq!(table.id, "case-supervision-by-age-band");
    assert_eq!(table.title, "case supervision by Age band");
    assert_eq!(table.columns[2].header, "Age band");
    assert_eq!(
        rows(&table),
        [
            "2.1.1 18 to 25 50 30 60% 86% −26 0.002 0.012 Yes [note 1]",
            "2.1.1 26 to 49 50 45 90% 64% +26 0.001 0.008 Yes [note 1]",
            "2.1.1 50 and over 20 15 75% 75% 0 1.000 1.000 No",
            "2.1.2 18 to 25 50 40 80% 77% +3 0.823 1.000 No",
            "2.1.2 26 to 49 50 38 76% 80% −4 0.656 1.000 No",
            "2.1.2 50 and over 20 16 80% 78% +2 1.000 1.000 No",
        ]
    );
    let [note] = table.notes.as_slice() else {
        panic!("{:?}", table.notes)
    };
    assert!(
        note.contains("The p of the 6 tests of this table"),
        "{note}"
    );
}

#[test]
fn two_groups_are_one_test_and_count_once() {
    let table = table(
        &[
            ("men", 100, [(80, 20), (70, 30)]),
            ("women", 28, [(16, 12), (20, 8)]),
        ],
        10,
    );
    assert_eq!(
        rows(&table),
        [
            "2.1.1 men 100 80 80% 57% +23 0.024 0.049 Yes [note 1]",
            "2.1.1 women 28 16 57% 80% −23 0.024 0.049 Yes [note 1]",
            "2.1.2 men 100 70 70% 71% −1 1.000 1.000 No",
            "2.1.2 women 28 20 71% 70% +1 1.000 1.000 No",
        ]
    );
    assert!(table.notes[0].contains("The p of the 2 tests"));
}

#[test]
fn every_figure_of_a_suppressed_group_is_kept_back_and_none_of_them_is_tested() {
    let table = table(
        &[
            ("men", 90, [(60, 30), (60, 30)]),
            ("women", 30, [(20, 10), (8, 1)]),
            ("", 9, [(6, 3), (6, 3)]),
        ],
        10,
    );
    assert_eq!(
        rows(&table),
        [
            "2.1.1 men 90 60 67% 67% 0 1.000 1.000 No [note 1]",
            "2.1.2 men 90 60 67% 78% −11 0.417 0.835 No",
            " women [note 2] [c] [c] [c] [c] [c] [c] [c] [c]",
            " not recorded [note 2] [c] [c] [c] [c] [c] [c] [c] [c]",
        ]
    );
    assert!(table.notes[0].contains("The p of the 2 tests"));
    assert_eq!(
        table.notes[1],
        "Suppressed are groups with fewer than 10 applicable cases, and as many others as it takes for nobody to work those out \
         from the rest"
    );
    assert_eq!(table.legend(), [Symbol::SUPPRESSED]);
    assert_eq!(table.rows[2].cells[1].shown(), "All key questions");
    assert!(!table.blank_cells.is_empty());
}

#[test]
fn a_group_that_is_kept_back_in_one_question_has_a_row_for_each() {
    let table = table(
        &[
            ("men", 90, [(60, 30), (60, 30)]),
            ("women", 30, [(20, 10), (8, 1)]),
        ],
        10,
    );
    let rows = rows(&table);
    assert_eq!(rows[1], "2.1.1 women 30 20 67% 67% 0 1.000 1.000 No");
    assert_eq!(
        rows[3],
        "2.1.2 women [note 2] [c] [c] [c] [c] [c] [c] [c] [c]"
    );
    assert!(table.blank_cells.is_empty());
}

#[test]
fn a_table_of_which_nothing_is_shown_has_one_row() {
    let table = table(
        &[
            ("men", 9, [(6, 3), (6, 3)]),
            ("women", 30, [(20, 10), (8, 1)]),
        ],
        10,
    );
    let row = " every group [note 1] [c] [c] [c] [c] [c] [c] [c] [c]";
    assert_eq!(rows(&table), [row]);
    assert_eq!(table.scope, "North: 39 cases (case supervision)");
}

#[test]
fn a_question_that_is_never_asked_of_a_group_is_not_applicable_to_it_and_hides_nobody() {
    let groups = [
        ("boys", 9, [(6, 3), (6, 3)]),
        ("girls", 12, [(6, 6), (0, 0)]),
        ("men", 90, [(60, 30), (60, 30)]),
        ("women", 30, [(20, 10), (10, 10)]),
    ];
    let table = table_of(&groups, 10, &["girls"]);
    assert_eq!(
        rows(&table)[3..],
        [
            "2.1.2 girls [z] [z] [z] [z] [z] [z] [z] [z]",
            "2.1.2 men 90 60 67% 55% +12 0.275 0.825 No",
            "2.1.2 women [note 2] [c] [c] [c] [c] [c] [c] [c] [c]",
            " boys [note 2] [c] [c] [c] [c] [c] [c] [c] [c]",
        ]
    );
}

#[test]
fn with_suppression_off_everything_is_shown_and_nothing_missing_is_zero() {
    let groups = [("men", 9, [(6, 3), (0, 0)]), ("women", 1, [(0, 0), (0, 0)])];
    for smallest in [0, 1] {
        let table = table(&groups, smallest);
        assert_eq!(
            rows(&table),
            [
                "2.1.1 men 9 6 67% [z] [z] [z] [z] [z]",
                "2.1.1 women 0 0 [z] 67% [z] [z] [z] [z]",
                "2.1.2 every group [note 1] 0 0 [z] [z] [z] [z] [z] [z]",
            ]
        );
        assert_eq!(table.notes, ["2.1.2: no applicable cases"]);
    }
}

#[test]
fn there_is_no_table_without_a_case_or_a_question_that_is_rated() {
    let framework = Builder::new()
        .sample("staff-interviews", "interview")
        .judged("1.2", "Staff")
        .question("1.2.1", "staff-interviews", "Enough staff?")
        .rated("2.1", "Assessment")
        .framework;
    let all = sample(20, &[(12, 8)]);
    let rating = rate_cases(&framework, std::slice::from_ref(&all), &[]).unwrap();
    let subgroups = |sample, groups| Subgroups {
        sample,
        attribute: "grade".into(),
        title: "Grade".into(),
        groups,
        linked: vec![vec![0]],
    };
    let everybody = Subgroup {
        title: None,
        tallies: all,
        asked: vec![Asked::Always],
    };
    let every = [
        subgroups(0, vec![everybody]),
        subgroups(0, Vec::new()),
        subgroups(7, Vec::new()),
    ];
    let heading = Heading::default();
    let report = add_subgroups(Report::default(), &framework, &rating, &every, 10, &heading);
    assert_eq!(report, Report::default());
}
