//! What a publication after the first says of those before it.
//!
//! Must not know which figures differ, nor how that is shown (`report`).

use super::publications::{count_revisions, day, describe_end, each_once, gave_way};
use crate::model::Problems;
use crate::report::{Report, Version, mark_revised, read_stored};
use crate::store::PublicationRow;

/// Marks in figures that are about to be published what differs from those published before, and says which publications these are:
/// `earlier` has each once, `all` as the log has them.
///
/// # Errors
/// Published figures that cannot be read.
pub(super) fn revise(
    report: &mut Report,
    earlier: &[PublicationRow],
    all: &[PublicationRow],
) -> Result<(), Problems> {
    report.about.earlier = versions(earlier, all);
    let read = earlier.iter().map(|row| {
        let figures = read_stored(&row.publication.figures)?;
        Ok((day(&row.at).to_owned(), figures))
    });
    let read: Vec<(String, Report)> = read.collect::<Result<_, Problems>>()?;
    // A number that was published is not given again, even where publications before it are redacted.
    let numbers = read.iter().map(|(_, figures)| figures.about.revisions);
    let next = numbers.map(|number| number.saturating_add(1)).max();
    let count = u64::try_from(earlier.len()).unwrap_or(u64::MAX);
    report.about.revisions = next.unwrap_or_default().max(count);
    mark_revised(report, &read);
    Ok(())
}

/// Says that figures may still change, where an inspection was closed and is not any more.
pub(super) fn put_under_revision(report: &mut Report, publications: &[PublicationRow]) {
    report.about.revisions = count_revisions(publications.to_vec());
    report.about.earlier = versions(&each_once(publications.to_vec()), publications);
    let last = publications.last().filter(|row| row.reopened.is_some());
    let notice = last.map(|last| {
        let end = describe_end(last, publications);
        format!("Under revision: {end}; they may still change")
    });
    report.notes.splice(0..0, notice);
}

fn versions(earlier: &[PublicationRow], all: &[PublicationRow]) -> Vec<Version> {
    let version = |row: &PublicationRow| {
        let end = row.reopened.clone();
        let (opened, by, because) = end.map_or_else(Default::default, |end| {
            (day(&end.at).to_owned(), end.who, end.because)
        });
        Version {
            published: day(&row.at).to_owned(),
            closed_by: row.who.clone(),
            opened,
            by,
            because,
            gave_way: gave_way(row, all),
        }
    };
    earlier.iter().map(version).collect()
}
