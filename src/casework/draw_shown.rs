//! A drawn sample as it is shown: every number with its trail, how well it represents its population, and how to check it.
//!
//! Must not change anything.

use std::collections::{HashMap, HashSet};

use super::drawing::{find_draw, levels_of, stratum_ids};
use super::inspections::Inspection;
use super::population::count;
use super::population_shown::{GroupCounts, count_among, count_by, strata_of};
use super::sample_size::{MARGIN_DECIMALS, z_of_draw};
use super::strata::attributes_of;
use crate::framework::{Draw, Sample};
use crate::model::{Code, Decimal, DrawnGroup, Problem, Problems};
use crate::report::shown_time;
use crate::sampling::{draw_key, largest_imbalance, margin_reached};
use crate::store::{CaseRow, DrawRow, DrawnRow, Eligible, Status, Store};

/// A drawn sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleShown {
    /// Title of the sample.
    pub sample: String,
    /// The sample's id.
    pub sample_id: String,
    /// Settings and sizes, as pairs of what and how much.
    pub facts: Vec<(&'static str, String)>,
    /// What the levels of the division are called, the stratum first.
    pub levels: Vec<String>,
    /// Every group, each before its parts, with the titles or codes of the groups that it lies in, its own last.
    pub groups: Vec<(Vec<String>, DrawnGroup)>,
    /// Population and sample side by side.
    pub shares: Vec<SharesShown>,
    /// What is furthest off: counted by what, which group, and by how many percentage points of the sample.
    pub largest_imbalance: Option<(String, String, Decimal)>,
    /// The cases drawn, with the titles of their strata: those to be looked at, then the reserves.
    pub cases: Vec<(String, DrawnRow)>,
    /// A text of the draw and its SHA-256, as an example of a key.
    pub example: Option<(String, String)>,
}

/// Population and sample, counted by one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharesShown {
    /// What they are counted by.
    pub by: String,
    /// Each group with its number in the population and in the sample; the one of which it is not recorded has no name.
    pub groups: Vec<(String, u64, u64)>,
    /// All of the population, and of the sample.
    pub all: (u64, u64),
}

/// A draw with what it was made of.
struct Drawn<'i> {
    /// Of the sample in the framework.
    place: usize,
    sample: &'i Sample,
    draw: &'i Draw,
    row: DrawRow,
    eligible: Eligible,
    cases: Vec<DrawnRow>,
}

fn read_drawn<'i>(
    store: &Store,
    inspection: &'i Inspection,
    sample: &str,
) -> Result<Drawn<'i>, Problems> {
    let place = inspection.find_sample(sample)?;
    let reader = store.read();
    let row = find_draw(reader, inspection, place)?;
    let sample = &inspection.framework.samples[place];
    Ok(Drawn {
        place,
        sample,
        draw: stated(sample)?,
        eligible: reader.eligible(inspection.id, place)?,
        cases: reader.drawn_cases(&row)?,
        row,
    })
}

/// Shows the draw of a sample. The sample is the cases as they stand: a called-up reserve in place of the case that it replaces, and
/// without those that are withdrawn.
///
/// # Errors
/// An unknown sample, or one that is not drawn.
pub fn show_sample(
    store: &Store,
    inspection: &Inspection,
    sample: &str,
) -> Result<SampleShown, Problems> {
    let Drawn {
        place,
        sample,
        draw,
        row,
        eligible,
        cases,
    } = read_drawn(store, inspection, sample)?;
    let members = standing(&cases, &store.read().cases(inspection.id)?, place);
    let members = members.filter_map(|case| eligible.find(&case.case.reference));
    let members: Vec<usize> = members.collect();
    let (levels, _) = levels_of(draw, &eligible);
    let shares = shares(sample, draw, &eligible, &members);
    let mut names = vec!["Stratum".to_owned()];
    names.extend(levels.iter().map(|level| title_of(sample, *level)));
    let example = cases.first().map(|first| {
        let DrawnRow { case, .. } = first;
        let text = format!("{}|{}|{}", row.seed, case.stratum, case.reference);
        (text, draw_key(&row.seed, &case.stratum, &case.reference))
    });
    Ok(SampleShown {
        sample: sample.title.clone(),
        sample_id: sample.id.clone(),
        facts: facts(draw, &row, &cases),
        levels: names,
        groups: name_groups(draw, &store.read().draw_groups(&row)?),
        largest_imbalance: find_imbalance(&shares),
        shares,
        cases: cases
            .into_iter()
            .map(|case| (stratum_title(draw, &case.case.stratum), case))
            .collect(),
        example,
    })
}

fn stated(sample: &Sample) -> Result<&Draw, Problem> {
    sample.draw.as_ref().ok_or_else(|| {
        let what = format!(
            "the framework does not say how the sample {} is drawn",
            sample.id
        );
        Problem::new(Code::NoDrawStated, what, "")
    })
}

fn title_of(sample: &Sample, attribute: usize) -> String {
    let information = sample.information.get(attribute);
    information.map_or(String::new(), |information| information.title.clone())
}

/// The title of a stratum; of a population that is not parted, that it is the whole.
pub(super) fn stratum_title(draw: &Draw, id: &str) -> String {
    let part = draw.strata.iter().find(|part| part.id == id);
    part.map_or_else(|| "All".to_owned(), |part| part.title.clone())
}

/// The cases that make up the sample as it stands: those drawn and the reserves called up, without those that are withdrawn, whether
/// a reserve took their place or not, and without exercises.
pub(super) fn standing<'d>(
    drawn: &'d [DrawnRow],
    cases: &[CaseRow],
    sample: usize,
) -> impl Iterator<Item = &'d DrawnRow> + use<'d> {
    let live = cases
        .iter()
        .filter(|case| case.sample == sample && !case.exercise && case.status != Status::Withdrawn);
    let live: HashSet<String> = live
        .map(|case| case.reference.to_ascii_lowercase())
        .collect();
    drawn.iter().filter(move |row| {
        let is_chosen = !row.is_reserve || row.replaces.is_some();
        is_chosen && live.contains(&row.case.reference.to_ascii_lowercase())
    })
}

fn facts(draw: &Draw, row: &DrawRow, cases: &[DrawnRow]) -> Vec<(&'static str, String)> {
    let reserves = || cases.iter().filter(|case| case.is_reserve);
    let selected = cases.len() - reserves().count();
    let called = reserves().filter(|case| case.replaces.is_some()).count();
    let mut facts = vec![
        ("Seed", row.seed.clone()),
        ("Drawn by", row.who.clone()),
        ("Drawn at (UTC)", shown_time(&row.at)),
        ("Cases in the population", row.population.to_string()),
        ("Size: cases to be looked at", row.size.to_string()),
        ("Size with reserves", row.wanted.to_string()),
        ("Cases drawn to be looked at", selected.to_string()),
        ("Reserves drawn", reserves().count().to_string()),
        ("Reserves called up", called.to_string()),
        ("Reserves on top", format!("{}%", draw.buffer.normalize())),
        ("Confidence", format!("{}%", draw.confidence.normalize())),
    ];
    if let Some(z) = z_of_draw(draw) {
        facts.push(("z", z.normalize().to_string()));
        let margin = margin_reached(z, row.size, row.population, MARGIN_DECIMALS);
        let margin = margin.map(|margin| format!("{margin} percentage points"));
        facts.extend(margin.map(|margin| ("Margin of error of that size", margin)));
    }
    if let Some(cap) = draw.officer_cap {
        facts.push(("Most cases of one officer", cap.to_string()));
    }
    facts
}

fn name_groups(draw: &Draw, groups: &[DrawnGroup]) -> Vec<(Vec<String>, DrawnGroup)> {
    let mut path: Vec<String> = Vec::new();
    let mut named = Vec::new();
    for group in groups {
        path.truncate(usize::try_from(group.depth).unwrap_or(0));
        path.push(match group.depth {
            0 => stratum_title(draw, &group.code),
            _ => group.code.clone(),
        });
        named.push((path.clone(), group.clone()));
    }
    named
}

/// By stratum, by what strata are made of, and by unit.
fn shares(
    sample: &Sample,
    draw: &Draw,
    eligible: &Eligible,
    members: &[usize],
) -> Vec<SharesShown> {
    let mut shares = Vec::new();
    if !draw.strata.is_empty() {
        let strata = strata_of(sample, eligible);
        let groups = draw.strata.iter().enumerate().map(|(place, part)| {
            let population = strata.iter().filter(|stratum| **stratum == Some(place));
            let drawn = members.iter().filter(|case| strata[**case] == Some(place));
            (
                part.title.clone(),
                count(population.count()),
                count(drawn.count()),
            )
        });
        shares.push(side_by_side("Stratum".to_owned(), groups.collect()));
    }
    let attributes = attributes_of(&draw.strata).into_iter();
    for attribute in attributes.chain(draw.hierarchy.iter().copied()) {
        let GroupCounts { by, groups } = count_by(sample, eligible, attribute);
        let drawn = count_among(sample, eligible, attribute, members.iter().copied()).groups;
        let groups = groups.into_iter().map(|(name, population)| {
            let drawn = drawn.iter().find(|(known, _)| *known == name);
            (name, population, drawn.map_or(0, |(_, drawn)| *drawn))
        });
        let groups: Vec<(String, u64, u64)> = groups.collect();
        let is_told = groups.iter().any(|(name, ..)| !name.is_empty());
        shares.extend(is_told.then(|| side_by_side(by, groups)));
    }
    shares
}

fn side_by_side(by: String, groups: Vec<(String, u64, u64)>) -> SharesShown {
    let all = groups.iter().fold((0, 0), |(population, drawn), group| {
        (population + group.1, drawn + group.2)
    });
    SharesShown { by, groups, all }
}

fn find_imbalance(shares: &[SharesShown]) -> Option<(String, String, Decimal)> {
    let largest = shares.iter().rev().filter_map(|shares| {
        let population: Vec<u64> = shares.groups.iter().map(|group| group.1).collect();
        let drawn: Vec<u64> = shares.groups.iter().map(|group| group.2).collect();
        let imbalance = largest_imbalance(&population, &drawn)?;
        let (name, ..) = shares.groups.get(imbalance.place)?;
        Some((shares.by.clone(), name.clone(), imbalance.points))
    });
    // Of several equally far off, the one that is shown first: `max_by_key` takes the last.
    largest.max_by_key(|(.., points)| points.abs())
}

/// A case of the population as an outsider needs it to draw the sample again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyedCase {
    /// The stratum's id and the codes of the groups, widest first.
    pub groups: Vec<String>,
    /// Its reference.
    pub reference: String,
    /// The SHA-256 of seed, stratum and reference.
    pub key: String,
    /// Whether it was drawn, and whether as a reserve.
    pub drawn: Option<bool>,
}

/// Every case of the population with the key by which it is drawn, by group and then by key; and what the levels are called.
///
/// # Errors
/// An unknown sample, or one that is not drawn.
pub fn list_draw_keys(
    store: &Store,
    inspection: &Inspection,
    sample: &str,
) -> Result<(Vec<String>, Vec<KeyedCase>), Problems> {
    let Drawn {
        sample,
        draw,
        row,
        eligible,
        cases,
        ..
    } = read_drawn(store, inspection, sample)?;
    let drawn: HashMap<&str, bool> = cases
        .iter()
        .map(|row| (row.case.reference.as_str(), row.is_reserve))
        .collect();
    let (levels, _) = levels_of(draw, &eligible);
    let ids = stratum_ids(draw);
    let strata = strata_of(sample, &eligible).into_iter().enumerate();
    let keyed = strata.filter_map(|(case, stratum)| {
        let stratum = *ids.get(stratum?)?;
        let reference = eligible.reference(case);
        let groups = levels.iter().map(|level| eligible.value(case, *level));
        let groups = groups.map(|code| code.unwrap_or_default().to_owned());
        Some(KeyedCase {
            groups: std::iter::once(stratum.to_owned()).chain(groups).collect(),
            reference: reference.to_owned(),
            key: draw_key(&row.seed, stratum, reference),
            drawn: drawn.get(reference).copied(),
        })
    });
    let mut keyed: Vec<KeyedCase> = keyed.collect();
    keyed.sort_by(|one, other| (&one.groups, &one.key).cmp(&(&other.groups, &other.key)));
    let mut names = vec!["Stratum".to_owned()];
    names.extend(levels.iter().map(|level| title_of(sample, *level)));
    Ok((names, keyed))
}
