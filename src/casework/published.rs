//! Does the record still give what was published? Compared figure by figure, for every inspection that is closed.
//!
//! Must not mend anything, nor say which of the two is right.

use super::Rated;
use super::basis::{checksum_basis, counted_cases};
use super::inspections::{Inspection, load};
use super::publications::{closed_twice, refuse_altered, standing};
use super::publishing::{ALL_BUT_WORDS, whole_annex};
use super::reporting::GroupsWanted;
use crate::model::{Code, Place, Problem, Problems};
use crate::report::{Difference, Part, Report, Table, View, find_differences, read_stored};
use crate::store::{AlteredPublication, PublicationRow, REDACTED, Store};

/// At most this many differences are listed for one inspection; one more line says how many there are.
const DIFFERENCES_LISTED: usize = 20;

/// What a comparison with the published figures found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Compared {
    /// How many inspections have published figures that hold.
    pub inspections_count: u64,
    /// Tables of groups that could not be compared, in words: codes by which they were made are redacted.
    pub left_out: Vec<String>,
    /// Every difference.
    pub problems: Vec<Problem>,
}

/// Compares what was published of each closed inspection with what the record gives now. Figures that are under revision are
/// nobody's promise and left out.
///
/// # Errors
/// What the database reports; a record that does not fit its framework.
pub fn compare_published(store: &Store) -> Result<Compared, Problems> {
    let mut compared = Compared::default();
    for row in store.read().inspections()? {
        let publications = store.read().publications(row.id)?;
        if let Some(publication) = standing(&publications) {
            let inspection = load(store, &row)?;
            compared.inspections_count += 1;
            let twice = closed_twice(&inspection, &publications)?;
            compared.problems.extend(twice);
            match compare_one(store, &inspection, publication) {
                Ok(one) => {
                    compared.problems.extend(one.problems(&inspection));
                    compared.left_out.extend(one.left_out);
                }
                Err(problems) => {
                    let place = Place::of(&inspection.name);
                    let placed = problems.0.into_iter();
                    let placed = placed.map(|problem| problem.at(place.clone()));
                    compared.problems.extend(placed);
                }
            }
        }
    }
    Ok(compared)
}

/// Refuses a table of several inspections that would say other things of a closed one than were published of it.
///
/// # Errors
/// One for each such inspection; what the database reports.
pub fn refuse_differing(store: &Store, rated: &[Rated]) -> Result<(), Problems> {
    let inspections = || rated.iter().map(|one| &one.inspection);
    if inspections().any(|inspection| inspection.closed) {
        refuse_altered(&store.read().altered_publications(None)?, inspections())?;
    }
    let mut problems = Problems::default();
    for inspection in inspections() {
        let publications = store.read().publications(inspection.id)?;
        problems.0.extend(closed_twice(inspection, &publications)?);
        let Some(row) = standing(&publications) else {
            continue;
        };
        let is_same = checksum_basis(store, inspection)? == row.publication.basis;
        if !is_same && !compare_one(store, inspection, row)?.differences.is_empty() {
            let what = "the record gives other figures now than were published of it, and a programme is made of the record";
            let place = inspection.name.clone();
            let mut problem = differs(place, what.to_owned());
            problem.remedy = to_revise(inspection);
            problems.0.push(problem);
        }
    }
    problems.none_or(())
}

/// What to do where figures differ.
fn to_revise(inspection: &Inspection) -> String {
    format!(
        "find out why with `caseaudit history`; to publish a revision: caseaudit inspection reopen \"{}\" --because \"…\", then close it",
        inspection.name
    )
}

/// What the record gives now, held against one publication.
struct One {
    rests_on_the_same: bool,
    differences: Vec<Difference>,
    left_out: Vec<String>,
}

fn compare_one(
    store: &Store,
    inspection: &Inspection,
    row: &PublicationRow,
) -> Result<One, Problems> {
    let mut published = read_stored(&row.publication.figures)?;
    let rests_on_the_same = checksum_basis(store, inspection)? == row.publication.basis;
    // The same record gives the same technical tables, which take longest. Other inspections go on: what stood beside these figures
    // was true on the day.
    let view = View {
        technical: !rests_on_the_same,
        charts: false,
        ..ALL_BUT_WORDS
    };
    let redacted = redacted_groups(store, inspection, &published)?;
    let is_compared = |table: &Table| match table.part {
        Part::Technical => view.technical,
        Part::Comparison => false,
        Part::Subgroups => !redacted.contains(&table.by),
        Part::Published | Part::Words => true,
    };
    let groups = published.groups.clone().map(|groups| GroupsWanted {
        by: groups.by,
        smallest: Some(groups.smallest),
    });
    published.tables.retain(is_compared);
    let mut now = whole_annex(store, inspection, view, &groups.unwrap_or_default())?;
    now.tables.retain(is_compared);
    let left_out = redacted.iter().map(|attribute| {
        let name = &inspection.name;
        format!("{name}: groups by {attribute} are not compared, because codes of it were redacted")
    });
    Ok(One {
        rests_on_the_same,
        differences: find_differences(&published, &now, !rests_on_the_same),
        left_out: left_out.collect(),
    })
}

/// The case information by which groups were published, and of which a case that counts has a code no more: the record cannot give
/// those groups again, and is no other for that.
fn redacted_groups(
    store: &Store,
    inspection: &Inspection,
    published: &Report,
) -> Result<Vec<String>, Problems> {
    let groups = published.groups.as_ref();
    let mut by = groups.map_or_else(Vec::new, |groups| groups.by.clone());
    if by.is_empty() {
        return Ok(by);
    }
    let redacted = store.read().redacted_information(inspection.id)?;
    let mut gone: Vec<&str> = Vec::new();
    for case in counted_cases(store.read(), inspection)? {
        let attributes = inspection.edition.samples.get(case.sample);
        let attributes = attributes.map_or(&[][..], |sample| &sample.attributes);
        let values = attributes.iter().zip(&case.information).enumerate();
        let is_gone = |place, value: &Option<String>| {
            value.as_deref() == Some(REDACTED) && redacted.contains(&(case.id, place))
        };
        let values = values.filter(|(place, (_, value))| is_gone(*place, value));
        gone.extend(values.map(|(_, (attribute, _))| attribute.id.as_str()));
    }
    by.retain(|attribute| gone.contains(&attribute.as_str()));
    Ok(by)
}

impl One {
    /// Every difference; the last says what to do about all of them.
    fn problems(&self, inspection: &Inspection) -> Vec<Problem> {
        let (name, differing) = (&inspection.name, self.differences.len());
        let mut problems: Vec<Problem> = Vec::new();
        if !self.rests_on_the_same {
            let what = match differing {
                0 => {
                    "what the published figures rest on is no longer the same, though no figure differs"
                }
                _ => "what the published figures rest on is no longer the same",
            };
            problems.push(differs(name.clone(), what.to_owned()));
        }
        let listed = self.differences.iter().take(DIFFERENCES_LISTED);
        problems.extend(listed.map(|difference| {
            let (at, what) = describe(difference, ["published", "now"]);
            differs(format!("{name}, {at}"), what)
        }));
        if differing > DIFFERENCES_LISTED {
            let what = format!(
                "{} more published figures differ",
                differing - DIFFERENCES_LISTED
            );
            let problem = Problem::new(Code::MoreProblems, what, "");
            problems.push(problem.at(Place::of(name)));
        }
        if let Some(last) = problems.last_mut() {
            last.remedy = to_revise(inspection);
        }
        problems
    }
}

/// Where a figure stands, and both that it is: `published 67%, now 50%`.
fn describe(difference: &Difference, [before, now]: [&str; 2]) -> (String, String) {
    let what = match (&difference.was, &difference.is) {
        (Some(was), Some(is)) => format!("{before} {was}, {now} {is}"),
        (Some(was), None) => format!("{before} {was}, {now} nothing"),
        (None, is) => {
            let is = is.as_deref().unwrap_or("it");
            format!("{before} nothing, {now} {is}")
        }
    };
    (difference.at.join(", "), what)
}

fn differs(place: String, what: String) -> Problem {
    Problem::new(Code::FiguresDiffer, what, "").at(Place::of(place))
}

/// What somebody did from outside to figures that the file holds as published, figure by figure.
#[must_use]
pub(super) fn describe_altered(altered: &AlteredPublication) -> Vec<Problem> {
    let name = &altered.inspection;
    let problem = |place: String, what: String| {
        let place = Place::of(place);
        Problem::new(Code::StateDiffers, what, "compare with a backup").at(place)
    };
    let whole = |what: &str| {
        let place = format!("{name}, publication {}", altered.number);
        vec![problem(place, what.to_owned())]
    };
    let (stored, logged) = match (&altered.stored, &altered.logged) {
        (Some(stored), Some(logged)) => (read_stored(stored), read_stored(logged)),
        (Some(_), None) => return whole("it stands in the file, and the log knows nothing of it"),
        _ => return whole("it is missing in the file, though the log says that it was published"),
    };
    let (Ok(stored), Ok(logged)) = (stored, logged) else {
        return whole("it cannot be read any more");
    };
    let differences = find_differences(&logged, &stored, true);
    let listed = differences.iter().take(DIFFERENCES_LISTED);
    let mut problems: Vec<Problem> = listed
        .map(|difference| {
            let names = ["the log says that this was published:", "the file holds"];
            let (at, what) = describe(difference, names);
            problem(
                format!("{name}, publication {}, {at}", altered.number),
                what,
            )
        })
        .collect();
    if differences.is_empty() {
        problems = whole("its words or charts were altered, though no figure in a table");
    }
    if differences.len() > DIFFERENCES_LISTED {
        let what = format!(
            "{} more figures were altered",
            differences.len() - DIFFERENCES_LISTED
        );
        let place = Place::of(name);
        problems.push(Problem::new(Code::MoreProblems, what, "").at(place));
    }
    problems
}
