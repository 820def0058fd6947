//! The annex as it is published: made when an inspection is closed, and shown from then on as it was.
//!
//! Must not compute any figure itself, nor know what a revision says of itself (`revising`).

use super::Rated;
use super::basis::checksum_basis;
use super::inspections::Inspection;
use super::rating::RatingScope;
use super::reporting::{AnnexWanted, live_annex, with_groups};
use super::revising::{day, put_under_revision, revise, revisions};
use crate::framework::{Framework, Publisher};
use crate::model::{Code, Place, Problem, Problems, Publication};
use crate::rating::words;
use crate::report::{About, Part, Report, View, read_stored, show_revised, write_stored};
use crate::store::{PublicationRow, Store};

/// Everything that an annex can show but the words, which stand alone.
pub(super) const ALL_BUT_WORDS: View = View {
    counts: true,
    technical: true,
    subgroups: true,
    words: false,
    charts: true,
};

/// The annex of an inspection: as it was published, once it is closed; else as the record gives it now. An indicative one is
/// always of now.
///
/// # Errors
/// What the database reports; a record that does not fit its framework.
pub fn build_annex(
    store: &Store,
    inspection: &Inspection,
    wanted: &AnnexWanted,
) -> Result<Report, Problems> {
    let publications = match wanted.scope {
        RatingScope::Submitted => store.read().publications(inspection.id)?,
        RatingScope::Indicative => Vec::new(),
    };
    if let Some(problem) = closed_twice(inspection, &publications) {
        return Err(problem.into());
    }
    if let Some(row) = standing(&publications) {
        return published_annex(store, inspection, wanted, row);
    }
    let mut report = live_annex(store, inspection, wanted)?;
    report.about = about_inspection(inspection);
    report.about.is_indicative = wanted.scope == RatingScope::Indicative;
    put_under_revision(&mut report, &publications);
    Ok(report)
}

/// What was published, and the groups that are wanted: nobody knew which ones when it was closed, so they are made of the record as
/// long as that is still the one that was closed.
fn published_annex(
    store: &Store,
    inspection: &Inspection,
    wanted: &AnnexWanted,
    row: &PublicationRow,
) -> Result<Report, Problems> {
    let published = read_stored(&row.publication.figures)?;
    if !wanted.by.is_empty() && checksum_basis(store, inspection)? != row.publication.basis {
        let what = "the published figures rest on another record than groups would now";
        let remedy = "leave --by out; `caseaudit check` says what differs";
        return Err(Problem::new(Code::FiguresDiffer, what, remedy)
            .at(Place::of(&inspection.name))
            .into());
    }
    let mut report = with_groups(published, store, inspection, wanted)?;
    if report.about.revisions > 0 {
        for table in report
            .tables
            .iter_mut()
            .filter(|table| table.part == Part::Subgroups)
        {
            table.note("Groups are not kept when figures are closed, so what changed since an earlier publication is not marked here");
        }
    }
    Ok(show_revised(report, wanted.view))
}

/// What is wrong where two people closed an inspection apart from each other, with other figures: nobody may choose between
/// what both published but by publishing anew.
pub(super) fn closed_twice(
    inspection: &Inspection,
    publications: &[PublicationRow],
) -> Option<Problem> {
    let standing = publications.iter().filter(|row| row.reopened.is_none());
    let standing: Vec<&PublicationRow> = standing.collect();
    let first = &standing.first()?.publication.figures;
    if standing.iter().all(|row| row.publication.figures == *first) {
        return None;
    }
    let closings: Vec<String> = standing
        .iter()
        .map(|row| format!("on {} by {}", day(&row.at), row.who))
        .collect();
    let what = format!(
        "it was closed more than once apart, with different figures: {}",
        closings.join(" and ")
    );
    let remedy = format!(
        "publish anew: caseaudit inspection reopen \"{0}\" --because \"…\", then caseaudit inspection close \"{0}\"",
        inspection.name
    );
    Some(Problem::new(Code::FiguresDiffer, what, remedy).at(Place::of(&inspection.name)))
}

/// The publication that holds; `None` while there is none, or the figures are under revision.
pub(super) fn standing(publications: &[PublicationRow]) -> Option<&PublicationRow> {
    publications.iter().rfind(|row| row.reopened.is_none())
}

/// What the record gives now: what a view shows, and the words as well, which else stand alone.
pub(super) fn whole_annex(
    store: &Store,
    inspection: &Inspection,
    view: View,
) -> Result<Report, Problems> {
    let live = |view: View| {
        let wanted = AnnexWanted {
            scope: RatingScope::Submitted,
            view,
            by: Vec::new(),
            smallest_group: None,
        };
        live_annex(store, inspection, &wanted)
    };
    let mut report = live(view)?;
    let mut words = live(View {
        words: true,
        charts: false,
        ..view
    })?;
    words.tables.retain(|table| table.part == Part::Words);
    report.tables.extend(words.tables);
    report.about = about_inspection(inspection);
    Ok(report)
}

/// What is published when an inspection is closed at a moment.
pub(super) fn make_publication(
    store: &Store,
    inspection: &Inspection,
    at: &str,
) -> Result<Publication, Problems> {
    let earlier = store.read().publications(inspection.id)?;
    let mut report = whole_annex(store, inspection, ALL_BUT_WORDS)?;
    report.about.published = Some(day(at).to_owned());
    revise(&mut report, &earlier)?;
    Ok(Publication {
        figures: write_stored(&report)?,
        basis: checksum_basis(store, inspection)?,
    })
}

fn about_inspection(inspection: &Inspection) -> About {
    let keywords = [
        &inspection.framework.title,
        &inspection.provider,
        &inspection.programme,
        &inspection.period,
    ];
    About {
        keywords: said(keywords.into_iter().map(String::as_str)),
        ..about_publisher(&inspection.framework)
    }
}

fn about_publisher(framework: &Framework) -> About {
    let publisher = framework.publisher.as_ref();
    let text = |text: fn(&Publisher) -> &String| publisher.map(text).cloned().unwrap_or_default();
    About {
        organisation: text(|publisher| &publisher.organisation),
        contact: text(|publisher| &publisher.contact),
        ..About::default()
    }
}

/// What the annex of a programme says of itself. It is published once all of its inspections are, on the day of the last one, and
/// its revisions are those of all of them.
///
/// # Errors
/// What the database reports.
pub fn about_programme(
    store: &Store,
    rated: &[Rated],
    scope: RatingScope,
) -> Result<About, Problems> {
    let mut about = About {
        is_indicative: scope == RatingScope::Indicative,
        ..About::default()
    };
    let mut published = Vec::new();
    let mut organisations = Vec::new();
    let mut contacts = Vec::new();
    let mut keywords = Vec::new();
    for one in rated.iter().map(|one| &one.inspection) {
        let publications = store.read().publications(one.id)?;
        about.revisions += revisions(&publications);
        published.push(standing(&publications).map(|row| day(&row.at).to_owned()));
        let publisher = about_publisher(&one.framework);
        organisations.push(publisher.organisation);
        contacts.push(publisher.contact);
        keywords.extend([
            one.framework.title.clone(),
            one.programme.clone(),
            one.period.clone(),
        ]);
    }
    let published: Option<Vec<String>> = published.into_iter().collect();
    let published = published.filter(|_| !about.is_indicative);
    about.published = published.and_then(|days| days.into_iter().max());
    let list = |texts: &[String]| said(texts.iter().map(String::as_str));
    let of =
        |texts: &[String]| words::list(&list(texts).iter().map(String::as_str).collect::<Vec<_>>());
    about.organisation = of(&organisations);
    about.contact = of(&contacts);
    about.keywords = list(&keywords);
    Ok(about)
}

/// The texts that say something, each once.
fn said<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for text in texts.filter(|text| !text.is_empty()) {
        if !said.iter().any(|known| known == text) {
            said.push(text.to_owned());
        }
    }
    said
}
