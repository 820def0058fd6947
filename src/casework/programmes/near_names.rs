//! Names that are written almost alike: a provider, period or programme that a file opens anew and that was more likely meant to
//! be one that is there.
//!
//! Must not change a name: it says what looks like a slip, and how to correct it.

use super::{Found, is_same};
use crate::model::{Change, Problems};
use crate::store::{InspectionRow, Store, ThingId};

/// A name is compared word by word, and words of this many letters on may be misspelt.
const LETTERS_MIN: usize = 4;

/// The names of an inspection that is to be opened.
struct Opening<'f> {
    name: &'f str,
    provider: &'f str,
    programme: &'f str,
    period: &'f str,
}

/// What looks like a slip in the names of the inspections that are to be opened, a sentence each; `rows` are those that are there
/// already.
pub(in crate::casework) fn doubt_names(rows: &[InspectionRow], found: &[&Found]) -> Vec<String> {
    let openings: Vec<Opening<'_>> = found.iter().filter_map(|found| opening(found)).collect();
    let rows: Vec<&InspectionRow> = rows.iter().collect();
    doubt_openings(&rows, &openings, |opening, _| {
        format!("opened {}", opening.name)
    })
}

/// The same of an inspection that a person opened or corrected, beside all others; nothing where it is in no programme.
///
/// # Errors
/// What the database reports.
pub fn doubt_inspection(store: &Store, inspection: ThingId) -> Result<Vec<String>, Problems> {
    let rows = store.read().inspections()?;
    let (own, others): (Vec<&InspectionRow>, Vec<&InspectionRow>) =
        rows.iter().partition(|row| row.id == inspection);
    let openings = own.into_iter().filter(|row| !row.programme.is_empty());
    let openings = openings.map(|row| Opening {
        name: &row.name,
        provider: &row.provider,
        programme: &row.programme,
        period: &row.period,
    });
    let openings: Vec<Opening<'_>> = openings.collect();
    Ok(doubt_openings(&others, &openings, |opening, name| {
        format!("{name} is new in {}", opening.programme)
    }))
}

/// `said` says what was done, of an opening and its new name, before what was more likely meant.
fn doubt_openings(
    rows: &[&InspectionRow],
    openings: &[Opening<'_>],
    said: impl Fn(&Opening<'_>, &str) -> String,
) -> Vec<String> {
    let Some(programme) = openings.first().map(|opening| opening.programme) else {
        return Vec::new();
    };
    let members = rows.iter().copied();
    let members = members.filter(|row| is_same(&row.programme, programme));
    let members: Vec<&InspectionRow> = members.collect();
    let mut doubts = Vec::new();
    if members.is_empty() {
        doubts.extend(doubt_programme(rows, programme));
    }
    let mut providers: Vec<&str> = members.iter().map(|row| row.provider.as_str()).collect();
    let mut periods: Vec<&str> = members.iter().map(|row| row.period.as_str()).collect();
    for opening in openings {
        let correct = |option: &str, name: &str, meant: &str| {
            format!(
                "{}; did you mean {meant}? `caseaudit inspection change \"{}\" {option} \"{meant}\" --because \"…\"` corrects it",
                said(opening, name),
                opening.name
            )
        };
        if let Some(meant) = meant_by(opening.provider, &mut providers, is_near) {
            doubts.push(correct("--provider", opening.provider, meant));
        }
        let is_near_period = |one: &str, other: &str| period_key(one) == period_key(other);
        if let Some(meant) = meant_by(opening.period, &mut periods, is_near_period) {
            doubts.push(correct("--period", opening.period, meant));
        }
    }
    doubts
}

fn opening(found: &Found) -> Option<Opening<'_>> {
    match found.opening.as_ref()? {
        Change::OpenInspection {
            name,
            provider,
            programme,
            period,
            ..
        } => Some(Opening {
            name,
            provider,
            programme,
            period,
        }),
        _ => None,
    }
}

fn doubt_programme(rows: &[&InspectionRow], programme: &str) -> Option<String> {
    let mut known = rows.iter().map(|row| row.programme.as_str());
    let meant = known.find(|known| is_near(known, programme))?;
    Some(format!(
        "the programme {programme} is new; did you mean {meant}? `caseaudit inspection change NAME --programme \"{meant}\" --because \"…\"` \
         moves an inspection"
    ))
}

/// The known name that a new one is near to. From then on the new one is known as well, so that it is doubted once.
fn meant_by<'n>(
    name: &'n str,
    known: &mut Vec<&'n str>,
    is_near: impl Fn(&str, &str) -> bool,
) -> Option<&'n str> {
    if name.is_empty() || known.iter().any(|known| is_same(known, name)) {
        return None;
    }
    let meant = known.iter().find(|known| is_near(known, name)).copied();
    known.push(name);
    meant
}

/// Whether two names differ in blanks and signs only, or in one letter of one word: Ashdal and Ashdale, not North East and North
/// West, nor Region 1 and Region 2.
fn is_near(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    if one.concat() == other.concat() {
        return true;
    }
    let mut differing = one.iter().zip(&other).filter(|(one, other)| one != other);
    let (Some((one_word, other_word)), None) = (differing.next(), differing.next()) else {
        return false;
    };
    let is_word = |word: &str| {
        word.chars().count() >= LETTERS_MIN && !word.chars().any(|letter| letter.is_ascii_digit())
    };
    one.len() == other.len()
        && is_word(one_word)
        && is_word(other_word)
        && strsim::damerau_levenshtein(one_word, other_word) <= 1
}

fn words(name: &str) -> Vec<String> {
    let name = name.to_lowercase().replace('&', " and ");
    let words = name.split(|letter: char| !letter.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// The same for 2023/24, 2023-24 and 2023–2024.
fn period_key(period: &str) -> Vec<String> {
    let mut words = words(period);
    let is_number = |word: &str, digits: usize| {
        word.len() == digits && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    if let [first, second] = words.as_mut_slice()
        && is_number(first, 4)
        && is_number(second, 2)
    {
        *second = format!("{}{second}", &first[..2]);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_wrong_letter_is_near_and_another_place_is_not() {
        for (one, other) in [
            ("Ashdal", "Ashdale"),
            ("ashdale", "Ahsdale"),
            ("Yorkshire & the Humber", "Yorkshire and the Humber"),
            ("North-West", "North West"),
            ("Northwest", "North West"),
            ("Scorecard 2023/24", "Scorecard 2023-24"),
        ] {
            assert!(is_near(one, other), "{one} and {other}");
        }
        for (one, other) in [
            ("North East", "North West"),
            ("Region 1", "Region 2"),
            ("Trust A", "Trust B"),
            ("Scorecard 2023/24", "Scorecard 2024/25"),
            ("Kent", "Essex"),
            ("Ashdale", "Ashdale North"),
        ] {
            assert!(!is_near(one, other), "{one} and {other}");
        }
    }

    #[test]
    fn a_period_is_the_same_in_other_signs() {
        for other in ["2023/24", "2023 - 24", "2023/2024"] {
            assert_eq!(period_key("2023-24"), period_key(other), "{other}");
        }
        for other in ["2024-25", "2023", "2023-24 Q1"] {
            assert_ne!(period_key("2023-24"), period_key(other), "{other}");
        }
    }
}
