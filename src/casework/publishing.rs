//! The annex as it is published: made when an inspection is closed, and shown from then on as it was.
//!
//! Must not compute any figure itself, nor know what a revision says of itself (`revising`).

use super::Rated;
use super::basis::checksum_basis;
use super::inspections::Inspection;
use super::publications::{
    closed_twice, count_revisions, day, each_once, load_publications, standing,
};
use super::rating::RatingScope;
use super::reporting::{AnnexWanted, GroupsWanted, gather_annex, live_annex};
use super::revising::{put_under_revision, revise};
use super::sureness::SurenessWanted;
use crate::framework::{Framework, Publisher};
use crate::model::{Code, Place, Problem, Problems, Publication, list_some};
use crate::rating::words;
use crate::report::{About, Groups, Report, View, read_stored, show_revised, write_stored};
use crate::store::{PublicationRow, Store};

/// Everything that an annex can show but the words, which stand alone.
pub(super) const ALL_BUT_WORDS: View = View {
    counts: true,
    technical: true,
    subgroups: true,
    words: false,
    charts: true,
};

/// The annex of an inspection: as it was published, once it is closed; else as the record gives it now.
///
/// # Errors
/// Of what was published: groups that were not; anything that only the record of now could give. What the database reports; a
/// record that does not fit its framework.
pub fn build_annex(
    store: &Store,
    inspection: &Inspection,
    wanted: &AnnexWanted,
) -> Result<Report, Problems> {
    let publications = load_publications(store, inspection)?;
    Problems(closed_twice(inspection, &publications)?).none_or(())?;
    if let Some(row) = standing(&publications) {
        return published_annex(inspection, wanted, row);
    }
    let mut report = live_annex(store, inspection, wanted)?;
    report.about = about_inspection(inspection);
    report.about.is_indicative = wanted.scope == RatingScope::Indicative;
    report.about.is_unkept = inspection.closed;
    if wanted.scope == RatingScope::Submitted {
        put_under_revision(&mut report, &publications);
    }
    Ok(report)
}

/// What was published, and nothing else.
fn published_annex(
    inspection: &Inspection,
    wanted: &AnnexWanted,
    row: &PublicationRow,
) -> Result<Report, Problems> {
    wanted.sureness.refuse_for_published(inspection)?;
    let name = &inspection.name;
    if wanted.scope == RatingScope::Indicative {
        let what = format!(
            "the figures published on {} hold, and no others are given beside them",
            day(&row.at)
        );
        let remedy =
            "leave --indicative out; `caseaudit rate --indicative` shows the record as it is";
        let problem = Problem::new(Code::Closed, what, remedy);
        return Err(problem.at(Place::of(name)).into());
    }
    let published = read_stored(&row.publication.figures)?;
    let groups = &wanted.groups;
    for attribute in &groups.by {
        inspection.find_attribute(attribute)?;
    }
    if let Some(what) = unpublished_groups(published.groups.as_ref(), groups) {
        let known = published.groups.as_ref().map_or(&[][..], |known| &known.by);
        let new = groups.by.iter().filter(|id| !known.contains(id));
        let all: Vec<&str> = known.iter().chain(new).map(String::as_str).collect();
        let remedy = format!(
            "to publish it: caseaudit inspection reopen \"{name}\" --because \"…\", then caseaudit inspection close \"{name}\" --by {}",
            all.join(",")
        );
        let problem = Problem::new(Code::Closed, what, remedy);
        return Err(problem.at(Place::of(name)).into());
    }
    let report = published.select_groups(&groups.by);
    Ok(show_revised(report, wanted.view))
}

/// Which of the tables of groups that are wanted were not published, in words.
fn unpublished_groups(published: Option<&Groups>, wanted: &GroupsWanted) -> Option<String> {
    let known = published.map_or(&[][..], |groups| &groups.by);
    let missing = wanted.by.iter().filter(|id| !known.contains(id));
    let missing: Vec<&str> = missing.map(String::as_str).collect();
    if !missing.is_empty() {
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let published = match known.as_slice() {
            [] => "no groups were".to_owned(),
            known => format!("only groups by {} were", list_some(known)),
        };
        return Some(format!(
            "the inspection is closed, and no groups by {} were published when it was: {published}",
            list_some(&missing)
        ));
    }
    let smallest = published.map(|groups| groups.smallest);
    let other = wanted.smallest.filter(|wanted| Some(*wanted) != smallest)?;
    Some(format!(
        "the inspection is closed, and its groups were published with a smallest group of {}, not of {other}",
        smallest.unwrap_or_default()
    ))
}

/// What the record gives now: what a view shows, and the words as well, which else stand alone.
pub(super) fn whole_annex(
    store: &Store,
    inspection: &Inspection,
    view: View,
    groups: &GroupsWanted,
) -> Result<Report, Problems> {
    let wanted = AnnexWanted {
        scope: RatingScope::Submitted,
        view,
        groups: groups.clone(),
        sureness: SurenessWanted::default(),
    };
    let mut report = gather_annex(store, inspection, &wanted)?;
    report.about = about_inspection(inspection);
    Ok(report)
}

/// What is published when an inspection is closed at a moment.
pub(super) fn make_publication(
    store: &Store,
    inspection: &Inspection,
    groups: &GroupsWanted,
    at: &str,
) -> Result<Publication, Problems> {
    let publications = load_publications(store, inspection)?;
    let earlier = each_once(publications.clone());
    let mut report = whole_annex(store, inspection, ALL_BUT_WORDS, groups)?;
    report.about.published = Some(day(at).to_owned());
    revise(&mut report, &earlier, &publications)?;
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
/// its revisions are those of all of them; an indicative one is never published.
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
        let holds = standing(&publications).filter(|_| scope == RatingScope::Submitted);
        published.push(holds.map(|row| day(&row.at).to_owned()));
        about.revisions += count_revisions(publications);
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
