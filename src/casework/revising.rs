//! What a publication after the first says of those before it.
//!
//! Must not know which figures differ, nor how that is shown (`report`).

use crate::model::Problems;
use crate::report::{Report, Version, mark_revised, read_stored};
use crate::store::PublicationRow;

/// Marks in figures that are about to be published what differs from those published before, and says which publications these are.
///
/// # Errors
/// Published figures that cannot be read.
pub(super) fn revise(report: &mut Report, earlier: &[PublicationRow]) -> Result<(), Problems> {
    report.about.revisions = u64::try_from(earlier.len()).unwrap_or(u64::MAX);
    report.about.earlier = earlier.iter().map(version).collect();
    let read = earlier.iter().map(|row| {
        let figures = read_stored(&row.publication.figures)?;
        Ok((day(&row.at).to_owned(), figures))
    });
    let read: Vec<(String, Report)> = read.collect::<Result<_, Problems>>()?;
    mark_revised(report, &read);
    Ok(())
}

/// Says that figures may still change, where an inspection was closed and is not any more.
pub(super) fn put_under_revision(report: &mut Report, publications: &[PublicationRow]) {
    report.about.revisions = revisions(publications);
    report.about.earlier = publications.iter().map(version).collect();
    let Some(Version {
        published,
        opened,
        by,
        because,
    }) = report.about.earlier.last()
    else {
        return;
    };
    if !opened.is_empty() {
        let because = because.trim_end_matches('.');
        let notice = format!(
            "Under revision: the figures published on {published} were opened again on {opened} by {by}: {because}; they may still \
             change"
        );
        report.notes.insert(0, notice);
    }
}

fn version(row: &PublicationRow) -> Version {
    let published = day(&row.at).to_owned();
    match &row.reopened {
        Some(reopening) => Version {
            published,
            opened: day(&reopening.at).to_owned(),
            by: reopening.who.clone(),
            because: reopening.because.clone(),
        },
        None => Version {
            published,
            by: row.who.clone(),
            ..Version::default()
        },
    }
}

/// How often figures were revised: every publication after the first is a revision.
pub(super) fn revisions(publications: &[PublicationRow]) -> u64 {
    u64::try_from(publications.len().saturating_sub(1)).unwrap_or(u64::MAX)
}

/// The day of a moment, in UTC.
pub(super) fn day(at: &str) -> &str {
    at.get(..10).unwrap_or(at)
}
