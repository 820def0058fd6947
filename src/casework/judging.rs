//! Ratings that people set: of judged standards, and by a panel's discretion.
//!
//! Must not decide a rating: it records what people decided, and why.

use super::desk::{Desk, reason};
use super::inspections::Inspection;
use super::rating::{RatingScope, rate};
use crate::framework::{Framework, Rating, Rule};
use crate::model::{Change, Code, Place, Problem, Problems, nearest};
use crate::rating::{Judgement, OVERALL};
use crate::store::{Reader, Store};

/// What judging did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// Number and title of the standard, or `overall`.
    pub standard: String,
    /// The rating that was set, or `None` when the judgement was withdrawn.
    pub rating: Option<Rating>,
    /// The rating that its parts give, where they give one.
    pub computed: Option<Rating>,
    /// What gives it, with its verb: `key questions give`.
    pub rests_on: &'static str,
    /// Whether the standard is rated by parts that give no rating yet, so that the judgement has nothing to move.
    pub waits: bool,
    /// Why discretion may be considered; empty where nothing makes the standard eligible, or it is judged anyway.
    pub discretion: Vec<String>,
}

/// Sets the rating of a standard, with the reason; no rating withdraws an earlier judgement. The standard `overall` is the
/// overall rating, where the framework leaves it to people or lets them record it as published.
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
    let (known, rating) = find_standard_and_rating(framework, standard, rating)?;
    let change = judgement(framework, known.number, rating, because);
    let action = desk.action(Some(inspection), "judge", because);
    let editions = [inspection.edition.clone()];
    store.write(&editions, &action, |writer| {
        writer.append(Some(inspection.id), &change).map(drop)
    })?;
    let rated = rate(store, inspection, RatingScope::Submitted)?;
    let rated = rated
        .standards
        .into_iter()
        .find(|rated| rated.number == known.number && !rated.judged);
    let mut judged = Judged {
        standard: known.shown(),
        rating,
        computed: None,
        rests_on: rests_on(framework, known.number),
        waits: false,
        discretion: Vec::new(),
    };
    if let Some(rated) = rated {
        judged.computed = rated.moved_from.or(rated.rating);
        judged.waits = judged.computed.is_none();
        judged.discretion = rated.discretion;
    }
    Ok(judged)
}

/// What a rating is computed from, as a person would say it.
fn rests_on(framework: &Framework, number: &str) -> &'static str {
    let Some(standard) = framework.standard(number) else {
        return "rules give";
    };
    let (questions, measures) = (&standard.key_questions, &standard.measures);
    match (questions.is_empty(), measures.is_empty()) {
        _ if !standard.sums_up.is_empty() => "parts give",
        (false, false) => "key questions and measures give",
        (true, false) => "measures give",
        _ => "key questions give",
    }
}

/// A judgement as it was read from a file.
pub(super) fn read_judgement(
    framework: &Framework,
    standard: &str,
    rating: &str,
    because: &str,
) -> Result<Change, Problems> {
    let (standard, rating) = find_standard_and_rating(framework, standard, Some(rating))?;
    Ok(judgement(framework, standard.number, rating, because))
}

/// What can be judged: a standard, or the overall rating (without title).
struct Judgeable<'f> {
    number: &'f str,
    title: &'f str,
}

impl Judgeable<'_> {
    fn shown(&self) -> String {
        format!("{} {}", self.number, self.title)
            .trim_end()
            .to_owned()
    }
}

/// Everything that people may judge under this framework.
fn judgeables(framework: &Framework) -> Vec<Judgeable<'_>> {
    let standards = framework.standards.iter().map(|standard| Judgeable {
        number: &standard.number,
        title: &standard.title,
    });
    let takes_overall = framework.overall.rule == Rule::Judged || framework.overall.given;
    let overall = takes_overall.then_some(Judgeable {
        number: OVERALL,
        title: "",
    });
    standards.chain(overall).collect()
}

fn find_standard_and_rating<'f>(
    framework: &'f Framework,
    standard: &str,
    rating: Option<&str>,
) -> Result<(Judgeable<'f>, Option<Rating>), Problems> {
    let known = judgeables(framework);
    let remedy = nearest(standard, known.iter().map(|known| known.number));
    let standard = known
        .into_iter()
        .find(|known| known.number == standard)
        .ok_or_else(|| {
            let what = format!("there is no standard {standard}");
            Problems::from(Problem::new(Code::UnknownStandard, what, remedy))
        });
    let rating = rating.map(|rating| find_rating(framework, rating));
    match (standard, rating.transpose()) {
        (Ok(standard), Ok(rating)) => Ok((standard, rating)),
        (standard, rating) => {
            let wrong = [standard.err(), rating.err()].into_iter().flatten();
            Err(Problems(wrong.flat_map(|problems| problems.0).collect()))
        }
    }
}

fn judgement(
    framework: &Framework,
    standard: &str,
    rating: Option<Rating>,
    because: &str,
) -> Change {
    let id = rating
        .and_then(|rating| framework.scale.0.get(rating.0))
        .map(|rating| rating.id.clone());
    Change::Judge {
        standard: standard.to_owned(),
        rating: id,
        because: because.trim().to_owned(),
    }
}

pub(super) fn find_rating(framework: &Framework, name: &str) -> Result<Rating, Problems> {
    framework.scale.find(name).ok_or_else(|| {
        let what = format!("there is no rating {name}");
        let remedy = nearest(
            name,
            framework.scale.0.iter().map(|rating| rating.id.as_str()),
        );
        Problem::new(Code::UnknownRating, what, remedy).into()
    })
}

/// Says of what in the record the problems are.
pub(super) fn name_place(problems: Problems, place: &str) -> Problems {
    let placed = problems.0.into_iter();
    Problems(placed.map(|problem| problem.at(Place::of(place))).collect())
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
        let rating = find_rating(&inspection.framework, &row.rating)
            .map_err(|problems| name_place(problems, &format!("judgement of {}", row.standard)))?;
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
