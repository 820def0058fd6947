//! Tables of groups of cases: percent yes by a piece of case information, with counts, differences and tests of them.
//!
//! Each group is compared with all other cases of the sample, not with the largest group: no group is the norm then, and both sides of
//! the comparison follow from the group's own figures and the published totals, so that no figure tells of a third group. For the same
//! reason only published figures are tested: an adjustment that counted others would tell of them. Which figures are kept back
//! is decided in `statistics`; no rating rests on any of this. Must not know any output format.

use super::annex::percent_cell;
use super::compare::{CHANCE_LEVEL, probability_cell};
use super::heading::{Heading, source, unique_id};
use super::table::{Caution, Cell, Column, Kind, Part, Report, Row, Symbol, Table, Value, kebab};
use crate::framework::{Framework, Sample};
use crate::model::{Decimal, SampleTallies, Tally};
use crate::rating::compare::fisher_exact;
use crate::rating::{InspectionRating, QuestionRating, words};
use crate::statistics::{Suppressed, adjust_holm, suppress_groups};

/// The answers of a sample's cases by one piece of case information.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subgroups {
    /// Place of the sample in the framework.
    pub sample: usize,
    /// Id of the case information.
    pub attribute: String,
    /// Its title.
    pub title: String,
    /// Each group by the title of its value, in order, and its counts; `None` are the cases of which the value is not recorded. Every
    /// counted case of the sample is in one of them, and each has one.
    pub groups: Vec<(Option<String>, SampleTallies)>,
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
            let id = unique_id(&table.id, &report.tables);
            report.tables.push(Table { id, ..table });
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

/// A question and a group: a row.
struct Line<'r> {
    question: &'r QuestionRating,
    group: &'r str,
    /// How many cases the group has.
    cases: u64,
    figures: Figures,
}

/// What is said of a group's answers to a question.
enum Figures {
    /// Nothing, so that nobody can be recognised.
    Hidden,
    /// The question applies to no case, of any group.
    Nothing,
    /// What the group answered, and all others.
    Shown { own: Tally, others: Tally },
}

/// Every row: the key questions that are rated, by group.
fn gather_lines<'r>(
    rating: &'r InspectionRating,
    subgroups: &'r Subgroups,
    sample: &Sample,
    smallest: u64,
) -> Vec<Line<'r>> {
    let tallies = subgroups.groups.iter().map(|(_, tallies)| tallies.clone());
    let suppressed = suppress_groups(&tallies.collect::<Vec<_>>(), smallest);
    let rated = rating.standards.iter().filter(|standard| !standard.judged);
    let questions = rated.flat_map(|standard| &standard.questions);
    let placed = questions
        .filter(|question| question.sample == subgroups.sample)
        .filter_map(|question| Some((question, sample.questions.question(&question.number)?)));
    let lines = placed.flat_map(|(question, place)| {
        let groups = subgroups.groups.iter().enumerate();
        let suppressed = &suppressed;
        groups.map(move |(group, (value, tallies))| Line {
            question,
            group: value.as_deref().unwrap_or("not recorded"),
            cases: tallies.cases,
            figures: figures_of(subgroups, group, place, suppressed),
        })
    });
    lines.collect()
}

fn figures_of(
    subgroups: &Subgroups,
    group: usize,
    place: usize,
    suppressed: &Suppressed,
) -> Figures {
    if suppressed.holds(group, place) {
        return Figures::Hidden;
    }
    let (mut own, mut others) = (Tally::default(), Tally::default());
    for (other, (_, tallies)) in subgroups.groups.iter().enumerate() {
        let tally = tallies.questions.get(place).copied().unwrap_or_default();
        if other == group {
            own = tally;
        } else {
            others += tally;
        }
    }
    match (own.share(), others.share()) {
        (None, None) => Figures::Nothing,
        _ => Figures::Shown { own, others },
    }
}

impl Line<'_> {
    /// Whether chance alone would make the group differ so; `None` where there are no two sides, or nothing is said of them.
    fn test(&self) -> Option<Decimal> {
        match &self.figures {
            Figures::Shown { own, others } if own.share().is_some() && others.share().is_some() => {
                Some(fisher_exact(own.yes, own.no, others.yes, others.no))
            }
            _ => None,
        }
    }
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
    for question in lines.chunk_by(|one, other| std::ptr::eq(one.question, other.question)) {
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
        Figures::Shown { own, others } if own.share().is_some() => Some((own, others)),
        _ => None,
    });
    match (answered.next(), answered.next()) {
        (Some((_, others)), Some((other, _))) => (others.yes, others.no) == (other.yes, other.no),
        _ => false,
    }
}

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
        scope: heading.scope(framework, lines.iter().map(|line| line.question)),
        units: "Percent yes of the applicable cases of the group and of all other cases; difference in percentage points. These \
                figures describe: no rating rests on them"
            .to_owned(),
        columns: vec![
            Column::new("number", "Number", Kind::Code),
            Column::new("text", "Key question", Kind::Text),
            Column::new("group", subgroups.title.as_str(), Kind::Text),
            Column::new("cases", "Applicable cases", Kind::Count),
            Column::new("yes", "Yes", Kind::Count),
            Column::new("percent_yes", "% yes", Kind::Percent),
            Column::new("percent_yes_others", "% yes, all others", Kind::Percent),
            Column::new("difference", "Difference", Kind::Figure),
            Column::new("p", "p", Kind::Figure),
            Column::new("p_adjusted", "Adjusted p", Kind::Figure),
            Column::new("more_than_chance", "More than chance", Kind::Text),
        ],
        source: source(framework, heading),
        ..Table::default()
    };
    let tests = test_lines(lines);
    let mut note = NoteOnTests {
        number: (tests.count > 0).then(|| table.note(&test_note(tests.count))),
        stands: false,
    };
    let unit = sample.map_or("case", |sample| sample.unit.as_str());
    for (line, tested) in lines.iter().zip(&tests.rows) {
        let cells = match &line.figures {
            Figures::Hidden => hidden_cells(line, smallest, unit, &mut table),
            Figures::Nothing => nothing_cells(framework, line),
            Figures::Shown { own, others } => {
                let shown = shown_cells(framework, line, own, others);
                let of_test = test_cells(*tested, &mut note, &mut table);
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

fn head_cells(line: &Line<'_>, notes: Vec<usize>) -> Vec<Cell> {
    vec![
        Cell::text(&line.question.number),
        Cell::text(&line.question.text),
        Cell::text(line.group).with_notes(notes),
    ]
}

fn hidden_cells(line: &Line<'_>, smallest: u64, unit: &str, table: &mut Table) -> Vec<Cell> {
    let few = words::count_of(smallest, &format!("applicable {unit}"));
    let note = table.note(&format!(
        "Suppressed are groups with fewer than {few}, and as many others as it takes for nobody to work those out from the rest"
    ));
    let mut cells = head_cells(line, vec![note]);
    let reason = format!("fewer than {few}, or needed to hide such a group");
    let hidden = Cell::missing(Symbol::SUPPRESSED, reason);
    cells.resize(table.columns.len(), hidden);
    cells
}

/// Of a question that applies to nothing, as the whole sample shows.
fn nothing_cells(framework: &Framework, line: &Line<'_>) -> Vec<Cell> {
    let missing = percent_cell(framework, line.question);
    let mut cells = head_cells(line, Vec::new());
    cells.extend([0, 0].map(|count| Cell::from(Value::Count(count))));
    cells.extend(std::iter::repeat_n(missing, 6));
    cells
}

fn shown_cells(framework: &Framework, line: &Line<'_>, own: &Tally, others: &Tally) -> Vec<Cell> {
    let percents = [own, others].map(|tally| tally.share().map(|share| share.percent()));
    let [percent, percent_others] = percents;
    let group = QuestionRating {
        tally: *own,
        percent,
        cases: line.cases,
        ..line.question.clone()
    };
    let difference = percent
        .zip(percent_others)
        .map(|(one, others)| Decimal::from(one) - Decimal::from(others));
    let mut cells = head_cells(line, Vec::new());
    cells.extend([
        Value::Count(own.yes.saturating_add(own.no)).into(),
        Value::Count(own.yes).into(),
        percent_cell(framework, &group),
        percent_others.map_or_else(nothing_to_compare, |percent| Value::Percent(percent).into()),
        difference.map_or_else(nothing_to_compare, Cell::change),
    ]);
    cells
}

/// The note on the tests stands where a group differs, and at the first test wherever that leads.
fn test_cells(
    tested: Option<[Decimal; 2]>,
    note: &mut NoteOnTests,
    table: &mut Table,
) -> [Cell; 3] {
    let Some([probability, adjusted]) = tested else {
        return [(); 3].map(|()| nothing_to_compare());
    };
    let differs = adjusted < CHANCE_LEVEL;
    let verdict = Cell::text(if differs { "Yes" } else { "No" });
    let is_first = !std::mem::replace(&mut note.stands, true);
    let notes = note.number.filter(|_| differs || is_first);
    [
        probability_cell(probability, table),
        probability_cell(adjusted, table),
        verdict.with_notes(notes.into_iter().collect()),
    ]
}

fn nothing_to_compare() -> Cell {
    Cell::missing(Symbol::NOT_APPLICABLE, "there is nothing to compare")
}

#[cfg(test)]
mod tests;
