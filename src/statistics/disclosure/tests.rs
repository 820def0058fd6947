//! What is kept back of made-up tables, and an intruder who tries every table that agrees with what is published.

mod intruder;

use super::*;
use proptest::prelude::*;

const NONE: Vec<usize> = Vec::new();

/// A group of so many cases, with yes and no of each question.
fn group(cases: u64, answers: &[(u64, u64)]) -> SampleTallies {
    let tally = |(yes, no): &(u64, u64)| Tally {
        yes: *yes,
        no: *no,
        not_applicable: cases - yes - no,
        ..Tally::default()
    };
    SampleTallies {
        cases,
        questions: answers.iter().map(tally).collect(),
    }
}

/// What may be published of groups of all of which everything is asked, by questions that say nothing about each other.
fn suppress(groups: &[SampleTallies], smallest: u64) -> Suppressed {
    let questions = groups.first().map_or(0, |group| group.questions.len());
    let families = (0..questions).map(|question| Family {
        questions: vec![question],
        published: vec![question],
    });
    suppress_asked(groups, &[], &families.collect::<Vec<_>>(), smallest)
}

/// What may be published of groups with what is asked of each.
fn suppress_asked(
    groups: &[SampleTallies],
    asked: &[&[Asked]],
    families: &[Family],
    smallest: u64,
) -> Suppressed {
    let groups = groups
        .iter()
        .enumerate()
        .map(|(place, tallies)| CountedGroup {
            tallies,
            asked: asked.get(place).copied().unwrap_or_default(),
        });
    suppress_groups(&groups.collect::<Vec<_>>(), families, smallest)
}

/// The groups kept back of each question.
fn kept_back(groups: &[SampleTallies], smallest: u64) -> Vec<Vec<usize>> {
    let suppressed = suppress(groups, smallest);
    let of = |question| kept_back_of(&suppressed, groups.len(), question);
    (0..groups[0].questions.len()).map(of).collect()
}

/// The groups kept back of one question.
fn kept_back_of(suppressed: &Suppressed, groups: usize, question: usize) -> Vec<usize> {
    let is_kept = |group: &usize| suppressed.publish(*group, question) == Publish::Nothing;
    (0..groups).filter(is_kept).collect()
}

#[test]
fn groups_that_are_large_enough_are_published() {
    let groups = [group(10, &[(7, 3)]), group(90, &[(90, 0)])];
    assert_eq!(kept_back(&groups, 10), [NONE]);
}

#[test]
fn a_small_group_takes_the_next_smallest_with_it() {
    let groups = [
        group(60, &[(40, 20)]),
        group(9, &[(6, 3)]),
        group(30, &[(20, 10)]),
        group(30, &[(20, 10)]),
    ];
    assert_eq!(kept_back(&groups, 10), [[1, 2]]);
    assert_eq!(kept_back(&groups, 9), [NONE]);
}

#[test]
fn nothing_is_kept_back_where_that_is_switched_off() {
    let groups = [group(1, &[(1, 0)]), group(2, &[(0, 0)])];
    for smallest in [0, 1] {
        assert_eq!(kept_back(&groups, smallest), [NONE]);
    }
    assert!(kept_back(&groups, 2) == [[0, 1]]);
}

#[test]
fn a_group_that_is_small_in_one_question_is_published_in_the_others() {
    let groups = [
        group(16, &[(12, 4), (5, 4)]),
        group(112, &[(90, 22), (60, 27)]),
        group(40, &[(30, 10), (20, 20)]),
    ];
    assert_eq!(kept_back(&groups, 10), [NONE, vec![0, 2]]);
}

#[test]
fn a_group_with_few_cases_is_kept_back_with_the_same_others_in_every_question() {
    // In the second question the groups 0 and 1 would be enough, but the answers of group 2 would then tell how many cases it has,
    // and so how many group 0 has.
    let groups = [
        group(4, &[(2, 2), (2, 2)]),
        group(12, &[(6, 6), (4, 4)]),
        group(11, &[(5, 6), (5, 5)]),
        group(50, &[(25, 25), (25, 25)]),
    ];
    assert_eq!(kept_back(&groups, 10), [vec![0, 2], vec![0, 1, 2]]);
}

#[test]
fn groups_whose_cases_all_say_the_same_do_not_hide_each_other() {
    let groups = [
        group(4, &[(4, 0)]),
        group(12, &[(12, 0)]),
        group(20, &[(18, 2)]),
        group(50, &[(40, 10)]),
    ];
    assert_eq!(kept_back(&groups, 10), [[0, 1, 2]]);
}

#[test]
fn groups_kept_back_are_together_no_smaller_than_a_group_must_be() {
    let groups = [
        group(3, &[(1, 2)]),
        group(3, &[(2, 1)]),
        group(20, &[(10, 10)]),
        group(50, &[(40, 10)]),
    ];
    assert_eq!(kept_back(&groups, 10), [[0, 1, 2]]);
}

#[test]
fn two_groups_are_kept_back_together_and_one_alone_is_too() {
    let groups = [group(100, &[(50, 50)]), group(8, &[(4, 4)])];
    assert_eq!(kept_back(&groups, 10), [[0, 1]]);
    assert_eq!(kept_back(&groups[1..], 10), [[0]]);
}

#[test]
fn a_question_that_applies_to_no_case_has_nothing_to_keep_back() {
    let groups = [group(100, &[(0, 0)]), group(8, &[(0, 0)])];
    assert_eq!(kept_back(&groups, 10), [NONE]);
    assert_eq!(suppress(&[], 10), Suppressed::default());
}

#[test]
fn to_whom_a_question_applies_is_hidden_too_where_only_one_group_is_left_out() {
    // Everybody in the first two groups is known to be asked if they alone are kept back: 10 of 10.
    let groups = [
        group(4, &[(2, 2)]),
        group(6, &[(3, 3)]),
        group(15, &[(5, 6)]),
        group(30, &[(15, 15)]),
    ];
    assert_eq!(kept_back(&groups, 10), [[0, 1, 2]]);
}

/// Two questions that tell about each other.
fn both() -> [Family; 1] {
    [Family {
        questions: vec![0, 1],
        published: vec![0, 1],
    }]
}

#[test]
fn a_group_that_is_never_asked_has_nothing_to_hide_and_hides_nobody() {
    let groups = [
        group(5, &[(3, 2)]),
        group(12, &[(0, 0)]),
        group(20, &[(10, 10)]),
        group(60, &[(30, 30)]),
    ];
    let alone = [Family {
        questions: vec![0],
        published: vec![0],
    }];
    let asked: [&[Asked]; 4] = [&[], &[Asked::Never], &[], &[]];
    for (smallest, kept) in [(10, vec![0, 2]), (0, NONE)] {
        let suppressed = suppress_asked(&groups, &asked, &alone, smallest);
        assert_eq!(kept_back_of(&suppressed, 4, 0), kept);
        assert_eq!(suppressed.publish(1, 0), Publish::NeverAsked);
    }
}

#[test]
fn questions_that_tell_about_each_other_keep_back_the_same_groups() {
    let groups = [
        group(40, &[(30, 10), (20, 10)]),
        group(20, &[(10, 10), (5, 4)]),
        group(30, &[(15, 15), (10, 5)]),
    ];
    let suppressed = suppress_asked(&groups, &[], &both(), 10);
    assert_eq!(kept_back_of(&suppressed, 3, 0), [1, 2]);
    assert_eq!(kept_back_of(&suppressed, 3, 1), [1, 2]);
}

#[test]
fn groups_hide_only_behind_those_of_which_the_same_is_asked() {
    let groups = [
        group(12, &[(6, 6), (3, 2)]),
        group(20, &[(10, 10), (0, 0)]),
        group(30, &[(15, 15), (10, 5)]),
        group(60, &[(30, 30), (20, 10)]),
    ];
    let follows = [Asked::Always, Asked::Never];
    let asked: [&[Asked]; 4] = [&[], &follows, &[], &[]];
    let suppressed = suppress_asked(&groups, &asked, &both(), 10);
    // Who is asked the second question in the second group is known, so that this group would hide nobody.
    assert_eq!(kept_back_of(&suppressed, 4, 0), [0, 2]);
    assert_eq!(kept_back_of(&suppressed, 4, 1), [0, 2]);
    assert_eq!(suppressed.publish(1, 1), Publish::NeverAsked);
}

#[test]
fn counts_beyond_all_bounds_do_no_harm() {
    let most = u64::MAX;
    let groups = [
        group(most, &[(most, 0)]),
        group(most, &[(0, most)]),
        group(1, &[(1, 0)]),
    ];
    assert!(kept_back(&groups, 10)[0].contains(&2));
}

/// Yes and no of every group.
type Table = Vec<(u64, u64)>;

/// Every table of a question that agrees with what is published, if the groups have so many cases.
fn tables(groups: &[SampleTallies], cases: &[u64], question: usize, hidden: &[bool]) -> Vec<Table> {
    let told = |group: &SampleTallies| {
        let tally = group.questions[question];
        (tally.yes, tally.no)
    };
    let totals = groups.iter().map(told).fold((0, 0), |sum, answers| {
        (sum.0 + answers.0, sum.1 + answers.1)
    });
    let mut begun: Vec<(Table, (u64, u64))> = vec![(Vec::new(), totals)];
    for (place, group) in groups.iter().enumerate() {
        let mut further = Vec::new();
        for (table, left) in &begun {
            for yes in 0..=cases[place].min(left.0) {
                for no in 0..=(cases[place] - yes).min(left.1) {
                    if hidden[place] || told(group) == (yes, no) {
                        let table = table.iter().copied().chain([(yes, no)]);
                        further.push((table.collect(), (left.0 - yes, left.1 - no)));
                    }
                }
            }
        }
        begun = further;
    }
    let whole = begun.into_iter().filter(|(_, left)| *left == (0, 0));
    whole.map(|(table, _)| table).collect()
}

/// How many values a count of a group can have.
fn count_values(tables: &[Table], group: usize, count: fn((u64, u64)) -> u64) -> usize {
    let values: BTreeSet<u64> = tables.iter().map(|table| count(table[group])).collect();
    values.len()
}

/// Every way to spread so many cases over groups of one case and more.
fn spread(cases: u64, groups: usize) -> Vec<Vec<u64>> {
    if groups == 1 {
        return vec![vec![cases]];
    }
    let left = cases + 1 - groups as u64;
    let first = (1..=left).flat_map(|first| {
        let rest = spread(cases - first, groups - 1).into_iter();
        rest.map(move |rest| std::iter::once(first).chain(rest).collect())
    });
    first.collect()
}

/// The numbers of applicable cases that each group can have in each question, for an intruder who knows only what is published.
fn possible_applicable(
    groups: &[SampleTallies],
    hides: impl Fn(usize, usize) -> bool,
) -> Vec<Vec<BTreeSet<u64>>> {
    let questions = groups[0].questions.len();
    let mut possible = vec![vec![BTreeSet::new(); groups.len()]; questions];
    let all = groups.iter().map(|group| group.cases).sum();
    for cases in spread(all, groups.len()) {
        let of = |question| {
            let hidden: Vec<bool> = (0..groups.len())
                .map(|group| hides(group, question))
                .collect();
            tables(groups, &cases, question, &hidden)
        };
        let every: Vec<Vec<Table>> = (0..questions).map(of).collect();
        if every.iter().any(Vec::is_empty) {
            continue;
        }
        for (possible, tables) in possible.iter_mut().zip(every) {
            for table in tables {
                for (possible, (yes, no)) in possible.iter_mut().zip(table) {
                    possible.insert(yes + no);
                }
            }
        }
    }
    possible
}

fn tally_groups(cases_most: u64, groups: usize) -> impl Strategy<Value = Vec<SampleTallies>> {
    let questions = 1..=3_usize;
    let one = move |questions: usize| {
        (1..=cases_most).prop_flat_map(move |cases| {
            // Most questions apply to every case, and most answers are yes.
            let applicable = prop_oneof![3 => Just(cases), 1 => 0..=cases];
            let answers = applicable.prop_flat_map(|applicable| {
                let yes = prop_oneof![1 => Just(applicable), 2 => 0..=applicable];
                yes.prop_map(move |yes| (yes, applicable - yes))
            });
            let answers = proptest::collection::vec(answers, questions);
            answers.prop_map(move |answers| group(cases, &answers))
        })
    };
    questions.prop_flat_map(move |questions| proptest::collection::vec(one(questions), 2..=groups))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn whoever_knows_all_totals_and_the_size_of_each_group_cannot_tell_what_is_kept_back(
        groups in tally_groups(6, 4), smallest in 2..=6_u64
    ) {
        let suppressed = suppress(&groups, smallest);
        let cases: Vec<u64> = groups.iter().map(|group| group.cases).collect();
        for question in 0..groups[0].questions.len() {
            let hidden: Vec<bool> = (0..groups.len()).map(|group| suppressed.publish(group, question) == Publish::Nothing).collect();
            let published = tables(&groups, &cases, question, &hidden);
            let totals_alone = tables(&groups, &cases, question, &vec![true; groups.len()]);
            let counts: [fn((u64, u64)) -> u64; 3] = [|(yes, _)| yes, |(_, no)| no, |(yes, no)| yes + no];
            for group in (0..groups.len()).filter(|group| hidden[*group]) {
                for count in counts {
                    let left = count_values(&published, group, count);
                    let least = count_values(&totals_alone, group, count).min(VALUES_LEFT as usize);
                    prop_assert!(left >= least, "group {group} of question {question}: {left} of {least}");
                }
            }
        }
    }

    #[test]
    fn nobody_can_tell_from_all_questions_how_many_cases_a_small_group_has(
        groups in tally_groups(4, 3), smallest in 2..=5_u64
    ) {
        let suppressed = suppress(&groups, smallest);
        let published = possible_applicable(&groups, |group, question| suppressed.publish(group, question) == Publish::Nothing);
        let totals_alone = possible_applicable(&groups, |_, _| true);
        for question in 0..groups[0].questions.len() {
            for (place, group) in groups.iter().enumerate() {
                let tally = group.questions[question];
                if tally.yes + tally.no < smallest && suppressed.publish(place, question) == Publish::Nothing {
                    let left = published[question][place].len();
                    let least = totals_alone[question][place].len().min(2);
                    prop_assert!(left >= least, "group {place} of question {question}: {left} of {least}");
                }
            }
        }
    }

    #[test]
    fn small_groups_are_never_published_and_no_group_alone_is_kept_back(
        groups in tally_groups(40, 6), smallest in 2..=20_u64
    ) {
        let suppressed = suppress(&groups, smallest);
        for question in 0..groups[0].questions.len() {
            let applicable = |group: &SampleTallies| group.questions[question].yes + group.questions[question].no;
            if groups.iter().all(|group| applicable(group) == 0) {
                continue;
            }
            let kept: Vec<&SampleTallies> = groups.iter().enumerate()
                .filter(|(place, _)| suppressed.publish(*place, question) == Publish::Nothing).map(|(_, group)| group).collect();
            prop_assert!(kept.len() != 1);
            prop_assert!(groups.iter().filter(|group| applicable(group) < smallest).count() <= kept.len());
            let together: u64 = kept.iter().map(|group| applicable(group)).sum();
            prop_assert!(kept.is_empty() || together >= smallest || kept.len() == groups.len());
        }
    }
}
