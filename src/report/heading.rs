//! What every report says at its top: whose figures these are and how far they may be trusted.
//! Must not know figures.

use super::footnotes::overtaken_note;
use super::table::{Cell, Symbol, Table, Value};
use crate::framework::{Framework, Rating};
use crate::rating::{InspectionRating, QuestionRating, words};

/// Whose figures a report shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Heading {
    /// Name of the inspection.
    pub inspection: String,
    /// Whom it inspects.
    pub provider: String,
    /// The period whose figures these are; may be empty.
    pub period: String,
    /// For indicative ratings, how many assessments that are not submitted are counted; else `None`.
    pub indicative: Option<u64>,
    /// What a reader must know, such as `Made-up data`.
    pub notices: Vec<String>,
}

impl Heading {
    /// The notices, then the sentence that says that ratings are indicative.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let indicative = self.indicative.map(|count| {
            let counted = match count {
                0 => "no assessment is in hand, so only submitted ones are counted".to_owned(),
                1 => "1 assessment not yet submitted is counted too".to_owned(),
                count => {
                    let assessments = words::count_of(count, "assessment");
                    format!("{assessments} not yet submitted are counted too")
                }
            };
            format!("Indicative ratings: {counted}")
        });
        self.notices.iter().cloned().chain(indicative).collect()
    }

    /// Whose figures these are: the provider, and the period where there is one.
    pub(super) fn subject(&self) -> String {
        match self.period.as_str() {
            "" => self.provider.clone(),
            period => format!("{}, {period}", self.provider),
        }
    }

    /// Whom and what a table covers: `North West NPS: 128 cases (Case supervision) and 20 cases (Victim work)`.
    pub(super) fn scope<'a>(
        &self,
        framework: &Framework,
        questions: impl IntoIterator<Item = &'a QuestionRating>,
    ) -> String {
        let mut cases: Vec<(usize, String)> = Vec::new();
        for question in questions {
            if let Some(sample) = framework.samples.get(question.sample)
                && !cases.iter().any(|(place, _)| *place == question.sample)
            {
                let counted = words::count_of(question.cases, &sample.unit);
                cases.push((question.sample, format!("{counted} ({})", sample.title)));
            }
        }
        let cases: Vec<&str> = cases.iter().map(|(_, words)| words.as_str()).collect();
        match cases.as_slice() {
            [] => self.subject(),
            cases => format!("{}: {}", self.subject(), words::list(cases)),
        }
    }
}

/// What stands above the tables: the notices, which settings are illustrative where a rating rests on them, and the licence of
/// the official texts that they quote.
pub(super) fn notes<'r>(
    framework: &Framework,
    ratings: impl IntoIterator<Item = &'r InspectionRating>,
    heading: &Heading,
) -> Vec<String> {
    let ratings: Vec<&InspectionRating> = ratings.into_iter().collect();
    let overtaken: Vec<String> = ratings
        .iter()
        .filter_map(|rating| overtaken_notice(framework, rating, heading))
        .collect();
    let illustrative = illustrative_note(framework, ratings);
    let notes = heading.notes().into_iter().chain(overtaken);
    let notes = notes.chain(illustrative);
    notes.chain(licence_note(framework)).collect()
}

/// The warning that a moderation rests on other figures than there are now; `None` where it does not, and where ratings are
/// indicative: those were never its figures.
pub(super) fn overtaken_notice(
    framework: &Framework,
    rating: &InspectionRating,
    heading: &Heading,
) -> Option<String> {
    let note = overtaken_note(framework, rating).filter(|_| heading.indicative.is_none())?;
    Some(format!("To be looked at again: {note}"))
}

/// The licence of the official texts that a framework quotes; `None` where it names none.
pub(super) fn licence_note(framework: &Framework) -> Option<String> {
    let licence = framework.licence.trim();
    (!licence.is_empty()).then(|| licence.to_owned())
}

/// Which settings of the framework are not the source's own; `None` where there are none, or where no rating and no count of
/// targets met rests on a rule.
pub(super) fn illustrative_note<'r>(
    framework: &Framework,
    ratings: impl IntoIterator<Item = &'r InspectionRating>,
) -> Option<String> {
    let settings: Vec<&str> = framework.illustrative.iter().map(String::as_str).collect();
    let is_computed = !settings.is_empty() && ratings.into_iter().any(rests_on_rules);
    is_computed.then(|| {
        format!(
            "Illustrative settings, not published by the source: {}",
            words::list(&settings)
        )
    })
}

/// Whether anything was computed, be it a count of targets met: what people set or published stands alone.
fn rests_on_rules(rating: &InspectionRating) -> bool {
    let overall = rating.overall.as_ref();
    let standards = rating.standards.iter();
    overall.is_some_and(|overall| !overall.judged)
        || standards
            .filter(|standard| !standard.judged)
            .any(|standard| standard.rating.is_some())
        || rating
            .measures
            .iter()
            .any(|measure| measure.rating.is_some() || measure.met.is_some())
}

/// Where the content of every table comes from.
pub(super) fn source(framework: &Framework, heading: &Heading) -> String {
    let (title, edition) = (&framework.title, &framework.edition);
    format!(
        "inspection {}; standards and questions of {title}, {edition}",
        heading.inspection
    )
}

/// A rating as a cell; one that is missing says why.
pub(super) fn rating_cell(
    framework: &Framework,
    rating: Option<Rating>,
    symbol: Symbol,
    reason: &str,
) -> Cell {
    match rating {
        None => Cell::missing(symbol, reason),
        Some(rating) => Value::Rating {
            title: framework.scale.title(rating).to_owned(),
            place: rating.0,
            of: framework.scale.0.len(),
        }
        .into(),
    }
}

/// What the scale's points are: `Inadequate 0, Requires improvement 1, …`.
pub(super) fn scale_points(framework: &Framework) -> String {
    let each = framework
        .scale
        .0
        .iter()
        .map(|rating| format!("{} {}", rating.title, rating.points));
    each.collect::<Vec<_>>().join(", ")
}

/// The id of what stands around the tables, in files of tables only.
pub(super) const ABOUT: &str = "about";

/// The id that the list of files has, where each table is one.
const CONTENTS: &str = "contents";

/// Whether no file of a table may have this name: what stands around the tables, and the list of their files, are files, too, and
/// Windows takes the others for devices, whatever the ending.
fn is_reserved(id: &str) -> bool {
    let is_numbered = |device| {
        let number = id.strip_prefix(device);
        number.is_some_and(|number| number.len() == 1 && number.as_bytes() != b"0")
    };
    [ABOUT, CONTENTS, "con", "prn", "aux", "nul"].contains(&id)
        || is_numbered("com")
        || is_numbered("lpt")
}

/// This table id, made unique in the report by a number if need be.
pub(super) fn unique_id(wanted: &str, tables: &[Table]) -> String {
    let wanted = if wanted.is_empty() { "table" } else { wanted };
    let is_free = |id: &str| !is_reserved(id) && tables.iter().all(|table| table.id != id);
    let numbered = (2..).map(|number: usize| format!("{wanted}-{number}"));
    std::iter::once(wanted.to_owned())
        .chain(numbered)
        .find(|id| is_free(id))
        .unwrap_or_else(|| wanted.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indicative_ratings_say_so_after_the_notices() {
        let mut heading = Heading {
            notices: vec!["Made-up data".into()],
            ..Heading::default()
        };
        assert_eq!(heading.notes(), ["Made-up data"]);
        heading.indicative = Some(1);
        assert_eq!(
            heading.notes()[1],
            "Indicative ratings: 1 assessment not yet submitted is counted too"
        );
        heading.indicative = Some(0);
        assert_eq!(
            heading.notes()[1],
            "Indicative ratings: no assessment is in hand, so only submitted ones are counted"
        );
    }

    #[test]
    fn table_ids_do_not_repeat() {
        let table = |id: &str| Table {
            id: id.into(),
            ..Table::default()
        };
        assert_eq!(unique_id("a", &[]), "a");
        assert_eq!(unique_id("a", &[table("a"), table("a-2")]), "a-3");
        assert_eq!(unique_id("", &[]), "table");
        assert_eq!(unique_id("about", &[]), "about-2");
        assert_eq!(unique_id("contents", &[]), "contents-2");
    }

    #[test]
    fn no_table_is_called_as_a_device() {
        assert_eq!(unique_id("con", &[]), "con-2");
        assert_eq!(unique_id("lpt1", &[]), "lpt1-2");
        for name in ["com", "com0", "com10", "confidence", "null"] {
            assert_eq!(unique_id(name, &[]), name);
        }
    }
}
