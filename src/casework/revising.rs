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
    let version = |(place, row): (usize, &PublicationRow)| {
        let end = row.reopened.as_ref();
        let before = place.checked_sub(1).and_then(|before| earlier.get(before));
        let gave_way = gave_way(row, all);
        Version {
            published: day(&row.at).to_owned(),
            opened: end.map_or_else(String::new, |end| day(&end.at).to_owned()),
            because: end.map_or_else(String::new, |end| end.because.clone()),
            gave_way,
            with_previous: !gave_way
                && end.is_some()
                && before.is_some_and(|before| {
                    before.reopened.as_ref() == end && !self::gave_way(before, all)
                }),
        }
    };
    earlier.iter().enumerate().map(version).collect()
}
