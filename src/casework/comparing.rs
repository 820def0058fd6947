//! Which inspections stand beside each other: those of a programme, two that are named, or one provider's latest two periods.
//!
//! Must not compare or sort anything itself (`report`), or compute any figure.

use super::inspections::{Inspection, current_inspection, load};
use super::programmes::is_same;
use super::rating::{RatingScope, rate};
use crate::model::{Code, Problem, Problems, list_some, nearest};
use crate::rating::InspectionRating;
use crate::report::{SortBy, comparable_ids};
use crate::store::{InspectionRow, Store};

/// An inspection and its ratings.
pub struct Rated {
    /// The inspection.
    pub inspection: Inspection,
    /// Its ratings.
    pub rating: InspectionRating,
}

/// Rates every inspection of a programme, open or closed; of one period where that is named.
///
/// # Errors
/// No inspection belongs to such a programme, or none of it to such a period, with the nearest name.
pub fn rate_programme(
    store: &Store,
    programme: &str,
    period: Option<&str>,
    scope: RatingScope,
) -> Result<Vec<Rated>, Problems> {
    let rows = store.read().inspections()?;
    let members: Vec<&InspectionRow> = rows
        .iter()
        .filter(|row| is_same(&row.programme, programme))
        .collect();
    if members.is_empty() || programme.trim().is_empty() {
        let names = distinct(rows.iter().map(|row| row.programme.as_str()));
        let what = format!("there is no programme {}", programme.trim());
        let remedy = if names.is_empty() {
            "no inspection belongs to one: open it with inspection new NAME … --programme P"
                .to_owned()
        } else {
            nearest(programme, names)
        };
        return Err(Problem::new(Code::UnknownProgramme, what, remedy).into());
    }
    let is_wanted = |row: &InspectionRow| period.is_none_or(|period| is_same(&row.period, period));
    if let Some(period) = period.filter(|_| !members.iter().any(|row| is_wanted(row))) {
        let periods = distinct(members.iter().map(|row| row.period.as_str()));
        let name = members.first().map_or(programme, |row| &row.programme);
        let what = format!("{name} has no inspection of the period {}", period.trim());
        return Err(Problem::new(Code::UnknownProgramme, what, nearest(period, periods)).into());
    }
    members
        .into_iter()
        .filter(|row| is_wanted(row))
        .map(|row| rate_row(store, row, scope))
        .collect()
}

/// Rates two inspections by name.
///
/// # Errors
/// No such inspection; twice the same.
pub fn rate_two(
    store: &Store,
    names: [&str; 2],
    scope: RatingScope,
) -> Result<[Rated; 2], Problems> {
    let [one, other] = names.map(|name| current_inspection(store, Some(name)));
    let (one, other) = match (one, other) {
        (Ok(one), Ok(other)) => (one, other),
        (one, other) => {
            let mut problems = Problems::default();
            for failed in [one.err(), other.err()].into_iter().flatten() {
                problems.0.extend(failed.0);
            }
            return Err(problems);
        }
    };
    if one.id == other.id {
        let what = format!("{} is the same inspection twice", one.name);
        let remedy = "name two: caseaudit inspection list shows them";
        return Err(Problem::new(Code::NothingToCompare, what, remedy).into());
    }
    Ok([rate_one(store, one, scope)?, rate_one(store, other, scope)?])
}

/// Rates the latest two periods of a provider, the earlier first: under one framework if it can be, else whatever frameworks they
/// have. Periods are put in order as texts are, so that they are best written alike: 2022/23, 2023/24.
///
/// # Errors
/// No inspection of such a provider, with the nearest name; fewer than two periods; several inspections to choose from.
pub fn rate_latest_periods(
    store: &Store,
    provider: &str,
    scope: RatingScope,
) -> Result<[Rated; 2], Problems> {
    let rows = store.read().inspections()?;
    let [one, other] = latest_pair(&rows, provider)?;
    Ok([rate_row(store, one, scope)?, rate_row(store, other, scope)?])
}

fn latest_pair<'r>(
    rows: &'r [InspectionRow],
    provider: &str,
) -> Result<[&'r InspectionRow; 2], Problems> {
    let own: Vec<&InspectionRow> = rows
        .iter()
        .filter(|row| is_same(&row.provider, provider))
        .collect();
    let Some(first) = own.first() else {
        let names = distinct(rows.iter().map(|row| row.provider.as_str()));
        let what = format!("no inspection is about {}", provider.trim());
        return Err(Problem::new(Code::UnknownProvider, what, nearest(provider, names)).into());
    };
    let name = &first.provider;
    let periods = distinct(own.iter().map(|row| row.period.as_str()));
    if periods.len() < 2 {
        let known = periods.first().map_or("none", |period| period);
        let what = format!("{name} has no two periods to compare: {known} is all there is");
        let remedy = "name two inspections: caseaudit compare A B";
        return Err(Problem::new(Code::NothingToCompare, what, remedy).into());
    }
    let frameworks = distinct(own.iter().map(|row| row.framework_id.as_str()));
    let under = |framework: &&str| {
        let of_framework = own.iter().filter(|row| row.framework_id == **framework);
        latest_two(of_framework.copied().collect())
    };
    let pairs: Vec<_> = frameworks.iter().filter_map(under).collect();
    match (pairs.as_slice(), latest_two(own.clone())) {
        ([only], _) => Ok(*only),
        ([], Some(pair)) => Ok(pair),
        _ => {
            let names: Vec<&str> = own.iter().map(|row| row.name.as_str()).collect();
            let what = format!("it is not clear which inspections of {name} to compare");
            let remedy = format!(
                "name two of them: caseaudit compare A B: {}",
                list_some(&names)
            );
            Err(Problem::new(Code::WhichInspection, what, remedy).into())
        }
    }
}

/// The inspections of the latest two periods; `None` where there are not two, or several of one period.
fn latest_two(mut rows: Vec<&InspectionRow>) -> Option<[&InspectionRow; 2]> {
    rows.retain(|row| !row.period.is_empty());
    rows.sort_by(|one, other| other.period.cmp(&one.period));
    let is_single = |period: &str| rows.iter().filter(|row| row.period == period).count() == 1;
    match rows.as_slice() {
        [latest, before, ..] if is_single(&latest.period) && is_single(&before.period) => {
            Some([before, latest])
        }
        _ => None,
    }
}

/// In what order the providers are to stand: `provider`, `overall`, `rank`, or the number of a standard.
///
/// # Errors
/// None of these, with the nearest.
pub fn find_order(rated: &[Rated], text: &str) -> Result<SortBy, Problems> {
    let text = text.trim();
    let words = [
        ("provider", SortBy::Provider),
        ("overall", SortBy::Overall),
        ("rank", SortBy::Rank),
    ];
    if let Some((_, sort)) = words
        .iter()
        .find(|(word, _)| word.eq_ignore_ascii_case(text))
    {
        return Ok(sort.clone());
    }
    let numbers = distinct(rated.iter().flat_map(|one| {
        let standards = &one.inspection.framework.standards;
        standards.iter().map(|standard| standard.number.as_str())
    }));
    if numbers.contains(&text) {
        return Ok(SortBy::Standard(text.to_owned()));
    }
    let what = format!("there is no order by {text}");
    let known = words.iter().map(|(word, _)| *word).chain(numbers);
    Err(Problem::new(Code::UnknownStandard, what, nearest(text, known)).into())
}

/// Whether providers can be compared on this measure, question or `overall`.
///
/// # Errors
/// No framework of theirs has it, with the nearest.
pub fn check_item(rated: &[Rated], id: &str) -> Result<(), Problems> {
    let ids = || {
        rated
            .iter()
            .flat_map(|one| comparable_ids(&one.inspection.framework))
    };
    if ids().any(|known| known.eq_ignore_ascii_case(id)) {
        return Ok(());
    }
    let what = format!("there is no measure or question {id}");
    Err(Problem::new(Code::UnknownMeasure, what, nearest(id, distinct(ids()))).into())
}

/// That inspections stand under different texts of a framework, a sentence for each such framework: their ratings may rest on
/// different rules.
#[must_use]
pub fn differing_texts(rated: &[Rated]) -> Vec<String> {
    let frameworks = distinct(rated.iter().map(|one| one.inspection.framework.id.as_str()));
    let mut said = Vec::new();
    for id in frameworks {
        let mut texts: Vec<(&Inspection, Vec<&str>)> = Vec::new();
        for one in rated.iter().map(|one| &one.inspection) {
            if one.framework.id != id {
                continue;
            }
            let is_same =
                |text: &&mut (&Inspection, Vec<&str>)| text.0.edition.hash == one.edition.hash;
            match texts.iter_mut().find(is_same) {
                Some((_, names)) => names.push(&one.name),
                None => texts.push((one, vec![&one.name])),
            }
        }
        if texts.len() > 1 {
            let texts = texts.iter().map(|(first, names)| match names.len() {
                1 => format!("{} (edition {})", first.name, first.framework.edition),
                count => format!(
                    "{} and {} more (edition {})",
                    first.name,
                    count - 1,
                    first.framework.edition
                ),
            });
            let texts: Vec<String> = texts.collect();
            said.push(format!(
                "Not all inspections stand under the same text of {id}: {}",
                texts.join("; ")
            ));
        }
    }
    said
}

fn rate_row(store: &Store, row: &InspectionRow, scope: RatingScope) -> Result<Rated, Problems> {
    rate_one(store, load(store, row)?, scope)
}

fn rate_one(store: &Store, inspection: Inspection, scope: RatingScope) -> Result<Rated, Problems> {
    let rating = rate(store, &inspection, scope)?;
    Ok(Rated { inspection, rating })
}

/// Each name once, without the empty one.
fn distinct<'n>(names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let mut known: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    known.sort_unstable();
    known.dedup();
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, period: &str, framework: &str) -> InspectionRow {
        InspectionRow {
            id: [0; 16],
            name: name.into(),
            framework: [0; 32],
            framework_id: framework.into(),
            provider: "North".into(),
            programme: String::new(),
            period: period.into(),
            national: false,
            closed: false,
        }
    }

    fn pair(rows: &[InspectionRow]) -> Result<[String; 2], String> {
        let pair = latest_pair(rows, " north ").map_err(|problems| problems.to_string())?;
        Ok(pair.map(|row| row.name.clone()))
    }

    #[test]
    fn the_latest_two_periods_come_in_their_order() {
        let rows = [
            row("c", "2023/24", "f"),
            row("a", "2021/22", "f"),
            row("b", "2022/23", "f"),
            row("none", "", "f"),
        ];
        assert_eq!(pair(&rows), Ok(["b".into(), "c".into()]));
    }

    #[test]
    fn one_framework_goes_before_two_and_two_before_nothing() {
        let rows = [
            row("a", "2022/23", "f"),
            row("b", "2023/24", "f"),
            row("other", "2023/24", "g"),
        ];
        assert_eq!(pair(&rows), Ok(["a".into(), "b".into()]));
        let rows = [row("a", "2022/23", "f"), row("b", "2023/24", "g")];
        assert_eq!(pair(&rows), Ok(["a".into(), "b".into()]));
    }

    #[test]
    fn what_cannot_be_told_apart_is_asked_for() {
        let rows = [
            row("a", "2022/23", "f"),
            row("b", "2023/24", "f"),
            row("c", "2023/24", "f"),
        ];
        assert_eq!(
            pair(&rows),
            Err("it is not clear which inspections of North to compare; \
                 name two of them: caseaudit compare A B: a, b, c [which-inspection]"
                .into())
        );
        assert_eq!(
            pair(&rows[..1]),
            Err(
                "North has no two periods to compare: 2022/23 is all there is; \
                 name two inspections: caseaudit compare A B [nothing-to-compare]"
                    .into()
            )
        );
    }
}
