//! Does the record still give what was published? Compared figure by figure, for every inspection that is closed.
//!
//! Must not mend anything, nor say which of the two is right.

use super::basis::checksum_basis;
use super::inspections::{Inspection, load};
use super::publishing::{ALL_BUT_WORDS, closed_twice, standing, whole_annex};
use crate::model::{Code, Place, Problem, Problems};
use crate::report::{Difference, Part, Table, View, find_differences, read_stored};
use crate::store::{PublicationRow, Store};

/// At most this many differences are listed for one inspection; one more line says how many there are.
const DIFFERENCES_LISTED: usize = 20;

/// What a comparison with the published figures found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Compared {
    /// How many inspections have published figures that hold.
    pub inspections_count: u64,
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
            compared
                .problems
                .extend(closed_twice(&inspection, &publications));
            let problems = compare_one(store, &inspection, publication)?;
            compared.problems.extend(problems);
        }
    }
    Ok(compared)
}

fn compare_one(
    store: &Store,
    inspection: &Inspection,
    row: &PublicationRow,
) -> Result<Vec<Problem>, Problems> {
    let mut published = match read_stored(&row.publication.figures) {
        Ok(published) => published,
        Err(problems) => {
            let place = Place::of(&inspection.name);
            let placed = problems.0.into_iter();
            return Ok(placed.map(|problem| problem.at(place.clone())).collect());
        }
    };
    let rests_on_the_same = checksum_basis(store, inspection)? == row.publication.basis;
    // The same record gives the same technical tables, which take longest. Other inspections go on: what stood beside these figures
    // was true on the day.
    let view = View {
        technical: !rests_on_the_same,
        charts: false,
        ..ALL_BUT_WORDS
    };
    let is_compared = |table: &Table| match table.part {
        Part::Technical => view.technical,
        Part::Comparison => false,
        _ => true,
    };
    published.tables.retain(is_compared);
    let mut now = whole_annex(store, inspection, view)?;
    now.tables.retain(is_compared);
    let differences = find_differences(&published, &now, !rests_on_the_same);
    let (name, differing) = (&inspection.name, differences.len());
    let mut problems: Vec<Problem> = Vec::new();
    if !rests_on_the_same {
        let what = match differing {
            0 => {
                "what the published figures rest on is no longer the same, though no figure differs"
            }
            _ => "what the published figures rest on is no longer the same",
        };
        problems.push(differs(name.clone(), what.to_owned(), inspection));
    }
    let listed = differences.iter().take(DIFFERENCES_LISTED);
    problems.extend(listed.map(|difference| describe(difference, inspection)));
    if differing > DIFFERENCES_LISTED {
        let what = format!(
            "{} more published figures differ",
            differing - DIFFERENCES_LISTED
        );
        let problem = Problem::new(Code::MoreProblems, what, "");
        problems.push(problem.at(Place::of(name)));
    }
    Ok(problems)
}

fn describe(difference: &Difference, inspection: &Inspection) -> Problem {
    let place = format!("{}, {}", inspection.name, difference.at.join(", "));
    let what = match (&difference.was, &difference.is) {
        (Some(was), Some(is)) => format!("published {was}, now {is}"),
        (Some(was), None) => format!("{was} was published and is not there now"),
        (None, is) => {
            let is = is.as_deref().unwrap_or("it");
            format!("{is} is there now and was not published")
        }
    };
    differs(place, what, inspection)
}

fn differs(place: String, what: String, inspection: &Inspection) -> Problem {
    let remedy = format!(
        "find out why with `caseaudit history`; to publish a revision: caseaudit inspection reopen \"{}\" --because \"…\", then close it",
        inspection.name
    );
    Problem::new(Code::FiguresDiffer, what, remedy).at(Place::of(place))
}
