//! An intruder who knows the rules, the size of each group and everything that is published, and tries every record that agrees
//! with it.
//!
//! The records are made of cases: whether a question applies follows from its condition, as in the program itself. Must not use
//! how the code under test reasons: no bound, no kind of group, no link between questions.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::model::{
    Answer, Attribute, AttributeKind, Condition, Patch, Question, QuestionSet, Said, Sheet, State,
};
use proptest::prelude::*;

/// The values of both attributes; none is the value that is not recorded.
const VALUES: [Option<&str>; 4] = [Some("a"), Some("b"), Some("c"), None];

/// A case: its values of both attributes, and what would be said to each question if it were asked.
type Case = ([Option<&'static str>; 2], Vec<Answer>);

/// How many cases say yes, no, and that it does not apply, and of how many it is not asked, for one question after the other.
type Counts = Vec<u8>;

fn question_set(conditions: &[Option<Condition>]) -> QuestionSet {
    let attribute = |id: &str| Attribute {
        id: id.to_owned(),
        kind: AttributeKind::Code,
    };
    let question = |applies_when: &Option<Condition>| Question {
        number: String::new(),
        key_question: None,
        is_prompt: false,
        applies_when: applies_when.clone(),
        allows_not_applicable: true,
    };
    QuestionSet {
        sample: String::new(),
        attributes: ["g", "h"].map(attribute).into(),
        questions: conditions.iter().map(question).collect(),
    }
}

fn state_of(questions: &QuestionSet, (information, said): &Case) -> Vec<State> {
    let mut sheet = Sheet::unanswered(said.len());
    let mut patch = Patch::default();
    for (place, answer) in said.iter().enumerate() {
        patch.set(place, Said::Answer(*answer));
    }
    sheet.apply(&patch);
    sheet.settle(
        questions,
        &information.map(|value| value.map(str::to_owned)),
    );
    sheet.marks().map(|mark| mark.state()).collect()
}

fn count_one(states: &[State]) -> Counts {
    let columns = [State::Yes, State::No, State::NotApplicable, State::NotAsked];
    let counts = states
        .iter()
        .flat_map(|state| columns.map(|one| u8::from(one == *state)));
    counts.collect()
}

fn add(one: &Counts, other: &Counts) -> Counts {
    one.iter()
        .zip(other)
        .map(|(one, other)| one + other)
        .collect()
}

/// What a group may publish of a question, by its number: yes and no.
type Seen = BTreeMap<usize, (u8, u8)>;

/// Every count that a group of so many cases can have, whatever they say, that agrees with what is seen of it.
fn possible_counts(kinds_of_case: &BTreeSet<Counts>, cases: u64, seen: &Seen) -> BTreeSet<Counts> {
    let nothing = kinds_of_case.iter().next().map_or(0, Vec::len);
    let mut possible = BTreeSet::from([vec![0; nothing]]);
    for _ in 0..cases {
        let with_one = possible.iter().flat_map(|counts| {
            kinds_of_case
                .iter()
                .map(|one| add(counts, one))
                .filter(|counts| {
                    seen.iter().all(|(question, (yes, no))| {
                        counts[question * 4] <= *yes && counts[question * 4 + 1] <= *no
                    })
                })
        });
        possible = with_one.collect();
    }
    possible.retain(|counts| {
        seen.iter().all(|(question, (yes, no))| {
            (counts[question * 4], counts[question * 4 + 1]) == (*yes, *no)
        })
    });
    possible
}

/// For each group every count that it can have, if the totals are these.
fn agreeing(groups: &[BTreeSet<Counts>], totals: &Counts) -> Vec<BTreeSet<Counts>> {
    let of = |target: usize| {
        let mut others = BTreeSet::from([vec![0; totals.len()]]);
        for (_, group) in groups
            .iter()
            .enumerate()
            .filter(|(place, _)| *place != target)
        {
            let sums = others.iter().flat_map(|sum| {
                let sums = group.iter().map(|counts| add(sum, counts));
                sums.filter(|sum| sum.iter().zip(totals).all(|(part, all)| part <= all))
            });
            others = sums.collect();
        }
        let fits = |counts: &&Counts| {
            let left = totals
                .iter()
                .zip(*counts)
                .map(|(all, own)| all.checked_sub(*own));
            left.collect::<Option<Counts>>()
                .is_some_and(|left| others.contains(&left))
        };
        groups[target].iter().filter(fits).cloned().collect()
    };
    (0..groups.len()).map(of).collect()
}

/// How many numbers of yes, of no and of applicable cases a group can have.
fn values_of(possible: &BTreeSet<Counts>, question: usize) -> [usize; 3] {
    let at = question * 4;
    let counts: [fn(u8, u8) -> u8; 3] = [|yes, _| yes, |_, no| no, |yes, no| yes + no];
    counts.map(|count| {
        let values = possible
            .iter()
            .map(|counts| count(counts[at], counts[at + 1]));
        values.collect::<BTreeSet<u8>>().len()
    })
}

/// A record grouped by one of its attributes, and what is published of it.
struct Published {
    sizes: Vec<u64>,
    kinds_of_case: Vec<BTreeSet<Counts>>,
    totals: Counts,
    seen: Vec<Seen>,
    /// Group and question.
    hidden: Vec<(usize, usize)>,
}

/// The groups that have a case, each with its value and counts.
fn group_cases(
    questions: &QuestionSet,
    cases: &[Case],
    by: usize,
) -> Vec<(Option<&'static str>, SampleTallies)> {
    let groups = VALUES.iter().map(|value| {
        let own = cases.iter().filter(|(values, _)| values[by] == *value);
        let mut tallies = SampleTallies {
            cases: 0,
            questions: vec![Tally::default(); questions.questions.len()],
        };
        for case in own {
            tallies.cases += 1;
            let states = state_of(questions, case).into_iter();
            let tallied = tallies.questions.iter_mut().zip(states);
            tallied.for_each(|(tally, state)| tally.add(state));
        }
        (*value, tallies)
    });
    groups.filter(|(_, tallies)| tallies.cases > 0).collect()
}

/// What every case with this value of an attribute could add to the counts.
fn every_case(
    questions: &QuestionSet,
    by: usize,
    value: Option<&'static str>,
    answers: &[Answer],
) -> BTreeSet<Counts> {
    let count = questions.questions.len();
    let mut every: BTreeSet<Counts> = BTreeSet::new();
    for other in VALUES {
        let mut information = [other; 2];
        information[by] = value;
        for place in 0..answers.len().pow(count as u32) {
            let said =
                (0..count).map(|at| answers[place / answers.len().pow(at as u32) % answers.len()]);
            let states = state_of(questions, &(information, said.collect()));
            every.insert(count_one(&states));
        }
    }
    every
}

fn publish(
    questions: &QuestionSet,
    cases: &[Case],
    by: usize,
    smallest: u64,
    answers: &[Answer],
) -> Published {
    let groups = group_cases(questions, cases, by);
    let asked = groups
        .iter()
        .map(|(value, _)| questions.asked_where(by, *value));
    let asked: Vec<Vec<Asked>> = asked.collect();
    let counted = groups.iter().zip(&asked);
    let counted: Vec<CountedGroup<'_>> = counted
        .map(|((_, tallies), asked)| CountedGroup { tallies, asked })
        .collect();
    let families = questions.linked(by).into_iter().map(|questions| Family {
        published: questions.clone(),
        questions,
    });
    let suppressed = suppress_groups(&counted, &families.collect::<Vec<_>>(), smallest);
    let (mut seen, mut hidden) = (vec![Seen::new(); groups.len()], Vec::new());
    for (place, (_, tallies)) in groups.iter().enumerate() {
        for (question, tally) in tallies.questions.iter().enumerate() {
            match suppressed.publish(place, question) {
                Publish::Nothing => hidden.push((place, question)),
                Publish::NeverAsked => assert_eq!(tally.not_asked, tallies.cases),
                Publish::Figures => {
                    seen[place].insert(question, (tally.yes as u8, tally.no as u8));
                }
            }
        }
    }
    let kinds_of_case = groups
        .iter()
        .map(|(value, _)| every_case(questions, by, *value, answers));
    let each = cases
        .iter()
        .map(|case| count_one(&state_of(questions, case)));
    Published {
        sizes: groups.iter().map(|(_, tallies)| tallies.cases).collect(),
        kinds_of_case: kinds_of_case.collect(),
        totals: each.reduce(|sum, one| add(&sum, &one)).unwrap_or_default(),
        seen,
        hidden,
    }
}

/// What of this record can be told that should not be.
fn tell(published: &Published) -> Option<String> {
    let possible = |seen: &[Seen]| {
        let groups = published
            .kinds_of_case
            .iter()
            .zip(&published.sizes)
            .zip(seen);
        let groups: Vec<BTreeSet<Counts>> = groups
            .map(|((kinds, cases), seen)| possible_counts(kinds, *cases, seen))
            .collect();
        agreeing(&groups, &published.totals)
    };
    if published.hidden.is_empty() {
        return None;
    }
    let left = possible(&published.seen);
    let mut totals_alone = None;
    for (group, question) in &published.hidden {
        let left = values_of(&left[*group], *question);
        if left.iter().all(|values| *values >= VALUES_LEFT as usize) {
            continue;
        }
        let alone =
            totals_alone.get_or_insert_with(|| possible(&vec![Seen::new(); published.seen.len()]));
        let alone = values_of(&alone[*group], *question);
        if left
            .iter()
            .zip(alone)
            .any(|(left, alone)| *left < alone.min(VALUES_LEFT as usize))
        {
            return Some(format!(
                "group {group}, question {question}: {left:?} of {alone:?} values"
            ));
        }
    }
    None
}

fn conditions(earlier: usize) -> impl Strategy<Value = Option<Condition>> {
    let information = |attribute: usize| {
        prop_oneof![Just(vec!["a"]), Just(vec!["a", "b"]), Just(vec!["c"])].prop_map(move |among| {
            Condition::Information {
                attribute,
                among: among.into_iter().map(str::to_owned).collect(),
            }
        })
    };
    let leaf = prop_oneof![3 => information(0), 1 => information(1)].boxed();
    let leaf = match earlier {
        0 => leaf,
        earlier => {
            let among = prop_oneof![
                Just(vec![Answer::Yes]),
                Just(vec![Answer::No]),
                Just(vec![Answer::No, Answer::NotApplicable])
            ];
            let answered = (0..earlier, among)
                .prop_map(|(question, among)| Condition::Answered { question, among });
            prop_oneof![leaf, answered].boxed()
        }
    };
    let pair = proptest::collection::vec(leaf.clone(), 2);
    prop_oneof![
        2 => Just(None),
        3 => leaf.clone().prop_map(Some),
        1 => leaf.prop_map(|part| Some(Condition::Not(Box::new(part)))),
        1 => pair.clone().prop_map(|parts| Some(Condition::All(parts))),
        1 => pair.prop_map(|parts| Some(Condition::Any(parts))),
    ]
}

/// Cases by groups of the first attribute.
fn cases(
    most: usize,
    questions: usize,
    answers: &'static [Answer],
) -> impl Strategy<Value = Vec<Case>> {
    // Most cases say the same.
    let answer = prop_oneof![2 => Just(answers[0]), 1 => proptest::sample::select(answers)];
    let case = (
        proptest::sample::select(&VALUES[..]),
        proptest::collection::vec(answer, questions),
    );
    let sizes = proptest::collection::vec(0..=most, VALUES.len());
    (sizes, proptest::collection::vec(case, most * VALUES.len())).prop_map(move |(sizes, drawn)| {
        let groups = VALUES
            .iter()
            .zip(sizes)
            .flat_map(|(value, size)| std::iter::repeat_n(*value, size));
        groups
            .zip(drawn)
            .map(|(value, (other, said))| ([value, other], said))
            .collect()
    })
}

fn try_everything(
    conditions: &[Option<Condition>],
    cases: &[Case],
    smallest: u64,
    answers: &[Answer],
) -> Result<(), TestCaseError> {
    let questions = question_set(conditions);
    for by in 0..2 {
        let published = publish(&questions, cases, by, smallest, answers);
        let told = tell(&published);
        prop_assert!(
            told.is_none(),
            "by {by}, sizes {:?}: {told:?}",
            published.sizes
        );
    }
    Ok(())
}

const ALL: [Answer; 3] = [Answer::Yes, Answer::No, Answer::NotApplicable];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(50))]

    #[test]
    fn whoever_knows_the_rules_and_the_size_of_each_group_cannot_tell_what_is_kept_back(
        conditions in (conditions(0), conditions(1)), cases in cases(4, 2, &ALL), smallest in 2..=5_u64
    ) {
        try_everything(&[conditions.0, conditions.1], &cases, smallest, &ALL)?;
    }

    #[test]
    fn nor_can_they_where_several_questions_follow_each_other_and_all_are_answered(
        conditions in (conditions(0), conditions(1), conditions(2)), cases in cases(4, 3, &ALL[..2]), smallest in 2..=5_u64
    ) {
        try_everything(&[conditions.0, conditions.1, conditions.2], &cases, smallest, &ALL[..2])?;
    }
}
