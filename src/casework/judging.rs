//! Ratings that people set: of judged standards, and by a panel's discretion.
//!
//! Must not decide a rating: it records what people decided, and why.

use super::desk::{Desk, reason};
use super::inspections::Inspection;
use super::rating::{RatingScope, rate};
use crate::framework::{Framework, OverallRule, Rating, Standard};
use crate::model::{Change, Code, Place, Problem, Problems, nearest};
use crate::rating::{Judgement, OVERALL};
use crate::store::{Reader, Store};

/// What judging did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// Number and title of the standard, or `Overall`.
    pub standard: String,
    /// The rating that was set, or `None` when the judgement was withdrawn.
    pub rating: Option<Rating>,
    /// The rating that the key questions give, where they give one.
    pub computed: Option<Rating>,
    /// Why discretion may be considered; empty where nothing makes the standard eligible, or it is judged anyway.
    pub discretion: Vec<String>,
}

/// Sets the rating of a standard, or of `overall` where the framework leaves that to people, with the reason; no rating
/// withdraws an earlier judgement.
///
/// # Errors
/// No reason, an unknown standard or rating.
pub fn judge_standard(
    store: &mut Store,
    desk: &Desk,
    inspection: &Inspection,
    standard: &str,
    rating: Option<&str>,
    because: &str,
) -> Result<Judged, Problems> {
    reason(because, "say what the judgement rests on: --because \"…\"")?;
    let framework = &inspection.framework;
    let (subject, rating) = find_subject_and_rating(framework, standard, rating)?;
    let change = judgement(framework, subject, rating, because);
    let action = desk.action(Some(inspection), "judge", because);
    let editions = [inspection.edition.clone()];
    store.write(&editions, &action, |writer| {
        writer.append(Some(inspection.id), &change).map(drop)
    })?;
    let rated = rate(store, inspection, RatingScope::Submitted)?;
    let rated = rated
        .standards
        .into_iter()
        .find(|rated| !rated.judged && rated.number == subject.number());
    let (computed, discretion) = rated.map_or((None, Vec::new()), |rated| {
        (rated.moved_from.or(rated.rating), rated.discretion)
    });
    Ok(Judged {
        standard: subject.name(),
        rating,
        computed,
        discretion,
    })
}

/// A judgement as it was read from a file.
pub(super) fn read_judgement(
    framework: &Framework,
    standard: &str,
    rating: &str,
    because: &str,
) -> Result<Change, Problems> {
    let (subject, rating) = find_subject_and_rating(framework, standard, Some(rating))?;
    Ok(judgement(framework, subject, rating, because))
}

/// What people judge.
#[derive(Clone, Copy)]
enum Subject<'f> {
    Standard(&'f Standard),
    /// The overall rating, where the framework leaves it to people.
    Overall,
}

impl<'f> Subject<'f> {
    fn find(framework: &'f Framework, number: &str) -> Option<Subject<'f>> {
        let has_overall = framework.overall == OverallRule::Judged;
        if has_overall && number.eq_ignore_ascii_case(OVERALL) {
            return Some(Subject::Overall);
        }
        framework.standard(number).map(Subject::Standard)
    }

    /// As it stands in the record.
    fn number(self) -> &'f str {
        match self {
            Subject::Standard(standard) => &standard.number,
            Subject::Overall => OVERALL,
        }
    }

    fn name(self) -> String {
        match self {
            Subject::Standard(standard) => format!("{} {}", standard.number, standard.title),
            Subject::Overall => "Overall".to_owned(),
        }
    }
}

fn find_subject_and_rating<'f>(
    framework: &'f Framework,
    number: &str,
    rating: Option<&str>,
) -> Result<(Subject<'f>, Option<Rating>), Problems> {
    let Some(subject) = Subject::find(framework, number) else {
        let what = format!("there is no standard {number}");
        let remedy = nearest(
            number,
            framework
                .standards
                .iter()
                .map(|standard| standard.number.as_str()),
        );
        return Err(Problem::new(Code::UnknownStandard, what, remedy).into());
    };
    Ok((
        subject,
        rating
            .map(|rating| find_rating(framework, rating))
            .transpose()?,
    ))
}

fn judgement(
    framework: &Framework,
    subject: Subject<'_>,
    rating: Option<Rating>,
    because: &str,
) -> Change {
    let id = rating
        .and_then(|rating| framework.scale.0.get(rating.0))
        .map(|rating| rating.id.clone());
    Change::Judge {
        standard: subject.number().to_owned(),
        rating: id,
        because: because.trim().to_owned(),
    }
}

fn find_rating(framework: &Framework, name: &str) -> Result<Rating, Problems> {
    framework.scale.find(name).ok_or_else(|| {
        let what = format!("there is no rating {name}");
        let remedy = nearest(
            name,
            framework.scale.0.iter().map(|rating| rating.id.as_str()),
        );
        Problem::new(Code::UnknownRating, what, remedy).into()
    })
}

/// The judgements of an inspection, in the terms of its framework.
///
/// # Errors
/// A rating that the framework's scale does not have.
pub fn load_judgements(
    reader: Reader<'_>,
    inspection: &Inspection,
) -> Result<Vec<Judgement>, Problems> {
    let mut judgements = Vec::new();
    for row in reader.judgements(inspection.id)? {
        let rating = find_rating(&inspection.framework, &row.rating).map_err(|problems| {
            let place = Place::of(format!("judgement of {}", row.standard));
            Problems(
                problems
                    .0
                    .into_iter()
                    .map(|problem| problem.at(place.clone()))
                    .collect(),
            )
        })?;
        judgements.push(Judgement {
            standard: row.standard,
            rating,
            because: row.because,
            who: row.who,
            at: row.at,
        });
    }
    Ok(judgements)
}

#[cfg(test)]
mod tests {
    use super::super::frameworks::find_framework;
    use super::*;

    #[test]
    fn the_overall_rating_is_judged_only_where_the_framework_leaves_it_to_people() {
        let (_, mut framework) = find_framework(None, "hmip-nps-2018").unwrap();
        let refused = read_judgement(&framework, "overall", "good", "because").unwrap_err();
        assert_eq!(refused.0[0].code, Code::UnknownStandard);
        framework.overall = OverallRule::Judged;
        let change = read_judgement(&framework, "Overall", "Good", " because ").unwrap();
        let expected = Change::Judge {
            standard: OVERALL.to_owned(),
            rating: Some("good".to_owned()),
            because: "because".to_owned(),
        };
        assert_eq!(change, expected);
    }
}
