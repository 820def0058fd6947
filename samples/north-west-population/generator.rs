//! A made-up extract of a case management system: the cases from which the sample of October 2018 could have been drawn.
//!
//! Every person, name, date of birth, officer and case in it is made up; names are put together from syllables. What a row says
//! follows from the hash of its number, so each run gives the same bytes.

use sha2::{Digest, Sha256};

/// Rows of the extract.
const ROWS: u32 = 600;

/// Every so many rows are a second, later case of the person of the row before.
const SECOND_CASE_EVERY: u32 = 50;

const FORENAMES: [&str; 6] = ["Alvo", "Brenno", "Cali", "Dorim", "Elsu", "Fenka"];
const STARTS: [&str; 8] = ["Ard", "Bel", "Cor", "Dun", "Esk", "Fal", "Gor", "Hul"];
const MIDDLES: [&str; 6] = ["ba", "de", "mo", "ri", "su", "va"];
const ENDS: [&str; 6] = ["brox", "dent", "linz", "mard", "quist", "wotz"];

/// The extract as CSV, in the words of the system that it would come from.
#[must_use]
pub(crate) fn extract() -> String {
    let mut text = String::from(
        "CRN,Forename,Surname,Date of birth,Sex,Sentence,RoSH,Restricted record,Cluster,LDU,Officer,Commenced,Tier\n",
    );
    for row in 0..ROWS {
        // A second case of one person has a row, a start and a sentence of its own.
        let is_second = row % SECOND_CASE_EVERY == SECOND_CASE_EVERY - 1;
        let person = if is_second { row - 1 } else { row };
        let cells = [
            format!("X{:06}", 100_000 + row * 7),
            forename(person, is_second),
            surname(person),
            birth(person),
            pick(person, "sex", &[("Male", 88), ("Female", 12)]).to_owned(),
            sentence(row).to_owned(),
            pick(
                row,
                "rosh",
                &[("Low", 18), ("Medium", 42), ("High", 36), ("Very high", 4)],
            )
            .to_owned(),
            if hash(row, "restricted").is_multiple_of(100) {
                "yes"
            } else {
                "no"
            }
            .to_owned(),
            format!("CL-{}", unit(row) / 2 + 1),
            format!("LDU-{:02}", unit(row) + 1),
            officer(row),
            commenced(row, is_second),
            pick(row, "tier", &[("A1", 30), ("B2", 50), ("C3", 20)]).to_owned(),
        ];
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

/// The same person is not always written in the same way.
fn forename(person: u32, is_second: bool) -> String {
    let name = FORENAMES[place(person, "forename", FORENAMES.len())];
    if is_second {
        name.to_uppercase()
    } else {
        name.to_owned()
    }
}

fn surname(person: u32) -> String {
    let part = |what, parts: &'static [&'static str]| parts[place(person, what, parts.len())];
    [
        part("start", &STARTS),
        part("middle", &MIDDLES),
        part("end", &ENDS),
    ]
    .concat()
}

fn birth(person: u32) -> String {
    let year = 1955 + hash(person, "year") % 45;
    let (month, day) = (1 + hash(person, "month") % 12, 1 + hash(person, "day") % 28);
    format!("{day:02}/{month:02}/{year}")
}

fn sentence(row: u32) -> &'static str {
    let shares = [
        ("Community order", 24),
        ("Suspended sentence order", 20),
        ("Licence", 49),
        ("Post-sentence supervision", 6),
        ("", 1),
    ];
    pick(row, "sentence", &shares)
}

/// Ten local delivery units, the first larger than the last.
fn unit(row: u32) -> u32 {
    let (one, other) = (hash(row, "unit") % 10, hash(row, "other unit") % 10);
    one.min(other + 4)
}

/// Five officers a unit; in the first unit one of them has most of the cases.
fn officer(row: u32) -> String {
    let officer = match unit(row) {
        0 if !hash(row, "busy").is_multiple_of(3) => 0,
        _ => hash(row, "officer") % 5,
    };
    format!("RO-{:02}{:02}", unit(row) + 1, officer + 1)
}

/// March and April 2018; a second case starts in May. A few have not started yet.
fn commenced(row: u32, is_second: bool) -> String {
    let day = 1 + hash(row, "day of start") % 30;
    match (is_second, hash(row, "started") % 100) {
        (true, _) => format!("2018-05-{day:02}"),
        (false, 0) => String::new(),
        (false, chance) => format!("2018-0{}-{day:02}", 3 + chance % 2),
    }
}

/// One of some values, each in so many of a hundred rows.
fn pick(row: u32, what: &str, shares: &[(&'static str, u32)]) -> &'static str {
    let mut chance = hash(row, what) % 100;
    for (value, share) in shares {
        if chance < *share {
            return value;
        }
        chance -= share;
    }
    ""
}

fn place(row: u32, what: &str, count: usize) -> usize {
    hash(row, what) as usize % count
}

fn hash(row: u32, what: &str) -> u32 {
    let digest = Sha256::digest(format!("{row} {what}"));
    u32::from_le_bytes([digest[0], digest[1], digest[2], digest[3]])
}
