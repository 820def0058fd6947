//! Tables of groups of cases: percent yes by a piece of case information, with counts, differences and tests of them.
//!
//! Each group is compared with all other cases of the sample, not with the largest group: no group is the norm then, and both sides of
//! the comparison follow from the group's own figures and the published totals, so that no figure tells of a third group. For the same
//! reason only published figures are tested: an adjustment that counted others would tell of them. Which figures are kept back
//! is decided in `statistics`; no rating rests on any of this. Must not know any output format.

mod cells;
mod lines;

use super::heading::{Heading, source, unique_id};
use super::table::{Caution, Column, Kind, Part, Report, Row, Table, kebab};
use crate::framework::Framework;
use crate::model::{Asked, Decimal, SampleTallies};
use crate::rating::InspectionRating;
use crate::statistics::adjust_holm;
use lines::{Figures, Line, gather_lines, rated_questions};

/// The answers of a sample's cases by one piece of case information.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subgroups {
    /// Place of the sample in the framework.
    pub sample: usize,
    /// Id of the case information.
    pub attribute: String,
    /// Its title.
    pub title: String,
    /// The groups in order. Every counted case of the sample is in one of them, and each has one.
    pub groups: Vec<Subgroup>,
    /// The places of the sample's questions, prompts among them, in sets of those that tell about each other
    /// ([`QuestionSet::linked`](crate::model::QuestionSet::linked)).
    pub linked: Vec<Vec<usize>>,
}

/// The cases that share a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subgroup {
    /// The value's title; `None` where it is not recorded.
    pub title: Option<String>,
    /// Their answers.
    pub tallies: SampleTallies,
    /// For each question of the sample of which of them it is asked.
    pub asked: Vec<Asked>,
}

/// The same report with a table for each of these; without a case, or a key question that is rated, there is none. `smallest` is from
/// how many applicable cases on the figures of a group are shown; with 0 and 1 they always are.
#[must_use]
pub fn add_subgroups(
    mut report: Report,
    framework: &Framework,
    rating: &InspectionRating,
    subgroups: &[Subgroups],
    smallest: u64,
    heading: &Heading,
) -> Report {
    for one in subgroups {
        let Some(sample) = framework.samples.get(one.sample) else {
            continue;
        };
        let lines = gather_lines(rating, one, sample, smallest);
        if !lines.is_empty() {
            let table = subgroup_table(framework, one, &lines, smallest, heading);
            let questions = rated_questions(rating, one.sample);
            report.tables.push(Table {
                id: unique_id(&table.id, &report.tables),
                scope: heading.scope(framework, questions),
                ..table
            });
        }
    }
    report.cautions.extend(cautions(&report.tables));
    report
}

/// Which of the tables may tell together what each hides.
fn cautions(tables: &[Table]) -> Vec<Caution> {
    let ids = |is_meant: &dyn Fn(&Table) -> bool| -> Vec<String> {
        let meant = tables.iter().filter(|table| is_meant(table));
        meant.map(|table| table.id.clone()).collect()
    };
    let of_groups = |table: &Table| table.part == Part::Subgroups;
    let mut by: Vec<&str> = Vec::new();
    for table in tables.iter().filter(|table| of_groups(table)) {
        if !by.contains(&table.by.as_str()) {
            by.push(&table.by);
        }
    }
    let each = by
        .iter()
        .map(|by| ids(&|table| of_groups(table) && table.by == *by));
    let is_weighted = |table: &Table| {
        let mut columns = table.columns.iter();
        table.part == Part::Technical && columns.any(|column| column.id == "estimate")
    };
    let cautions = [
        Caution {
            words: "Each table of groups hides its own small groups. Where the groups of one are parts of those of another, as units of clusters, publish only one of them".to_owned(),
            kinds: each.collect(),
        },
        Caution {
            words: "Weighted figures of a stratified sample can tell of hidden groups: publish them without the tables of groups".to_owned(),
            kinds: vec![ids(&of_groups), ids(&is_weighted)],
        },
    ];
    let cautions = cautions.into_iter();
    cautions
        .filter(|caution| caution.applies_to(tables))
        .collect()
}

/// The tests of a table and what they come to for each row.
struct Tests {
    /// How many different ones there are.
    count: usize,
    /// For each row its probability and that adjusted for all tests.
    rows: Vec<Option<[Decimal; 2]>>,
}

/// The number of the note that says what the tests are, and whether a row refers to it already.
struct NoteOnTests {
    number: Option<usize>,
    stands: bool,
}

/// Tests every row. Where two groups make up all the cases of a question, both rows hold one and the same test, which counts once.
fn test_lines(lines: &[Line<'_>]) -> Tests {
    let mut probabilities: Vec<Decimal> = Vec::new();
    let mut places: Vec<Option<usize>> = Vec::new();
    for question in lines.chunk_by(|one, other| one.number == other.number) {
        let tests: Vec<Option<Decimal>> = question.iter().map(Line::test).collect();
        let is_one = is_one_test(question);
        let first = probabilities.len();
        for test in tests {
            places.push(test.map(|probability| {
                if !(is_one && probabilities.len() > first) {
                    probabilities.push(probability);
                }
                probabilities.len() - 1
            }));
        }
    }
    let adjusted = adjust_holm(&probabilities);
    let both = |place: usize| Some([*probabilities.get(place)?, *adjusted.get(place)?]);
    Tests {
        count: probabilities.len(),
        rows: places.into_iter().map(|place| both(place?)).collect(),
    }
}

/// Whether the others of one group are the other group.
fn is_one_test(question: &[Line<'_>]) -> bool {
    let mut answered = question.iter().filter_map(|line| match &line.figures {
        Figures::Shown { own, others, .. } if own.share().is_some() => Some((own, others)),
        _ => None,
    });
    match (answered.next(), answered.next()) {
        (Some((_, others)), Some((other, _))) => (others.yes, others.no) == (other.yes, other.no),
        _ => false,
    }
}

fn subgroup_columns(title: &str) -> Vec<Column> {
    vec![
        Column::new("number", "Number", Kind::Code),
        Column::new("text", "Key question", Kind::Text),
        Column::new("group", title, Kind::Text),
        Column::new("cases", "Applicable cases", Kind::Count),
        Column::new("yes", "Yes", Kind::Count),
        Column::new("percent_yes", "% yes", Kind::Percent),
        Column::new("percent_yes_others", "% yes, all others", Kind::Percent),
        Column::new("difference", "Difference", Kind::Figure),
        Column::new("p", "p", Kind::Figure),
        Column::new("p_adjusted", "Adjusted p", Kind::Figure),
        Column::new("more_than_chance", "More than chance", Kind::Text),
    ]
}

/// What the figures are, and what they are not for.
const UNITS: &str = "Percent yes of the applicable cases of the group and of all other cases; difference in percentage points. These \
                     figures describe: no rating rests on them";

fn subgroup_table(
    framework: &Framework,
    subgroups: &Subgroups,
    lines: &[Line<'_>],
    smallest: u64,
    heading: &Heading,
) -> Table {
    let sample = framework.samples.get(subgroups.sample);
    let sample_title = sample.map_or("", |sample| sample.title.as_str());
    let mut table = Table {
        id: kebab(&format!("{sample_title} by {}", subgroups.attribute)),
        title: format!("{sample_title} by {}", subgroups.title),
        part: Part::Subgroups,
        by: subgroups.attribute.clone(),
        units: match smallest {
            0 | 1 => format!(
                "{UNITS}. No group is suppressed, however few its cases: figures of a few cases can tell of persons"
            ),
            _ => UNITS.to_owned(),
        },
        columns: subgroup_columns(&subgroups.title),
        source: source(framework, heading),
        ..Table::default()
    };
    let tests = test_lines(lines);
    let mut note = NoteOnTests {
        number: (tests.count > 0).then(|| table.note(&test_note(tests.count))),
        stands: false,
    };
    let unit = sample.map_or("case", |sample| sample.unit.as_str());
    if lines.iter().any(|line| line.number.is_none()) {
        "the row is about all key questions together".clone_into(&mut table.blank_cells);
    }
    for (line, tested) in lines.iter().zip(&tests.rows) {
        let cells = match &line.figures {
            Figures::Hidden => cells::hidden(line, smallest, unit, &mut table),
            Figures::NeverAsked => cells::never_asked(line, table.columns.len()),
            Figures::Nothing(question) => cells::nothing(framework, line, question, &mut table),
            Figures::Shown {
                question,
                cases,
                own,
                others,
            } => {
                let shown = cells::shown(framework, line, question, *cases, [own, others]);
                let of_test = cells::of_test(*tested, &mut note, &mut table);
                shown.into_iter().chain(of_test).collect()
            }
        };
        table.rows.push(Row::new(cells));
    }
    table
}

/// What the tests are, and what they cannot say.
fn test_note(tests: usize) -> String {
    let adjusted = match tests {
        1 => "There is one test, and nothing to adjust it for".to_owned(),
        tests => format!(
            "The p of the {tests} tests of this table are adjusted together by Holm’s method: if no groups differed, at most one such \
             table in twenty would say Yes anywhere"
        ),
    };
    format!(
        "More than chance: two-sided Fisher’s exact test on the numbers of yes and no of the group and of all other cases, at the 5% \
         level (adjusted p below 0.05). {adjusted}. Where only two groups answered, both rows show the same test, counted once"
    )
}

#[cfg(test)]
mod tests;
