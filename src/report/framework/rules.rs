//! The scale with its bands as a table, and every rule and setting in words.
//!
//! Must not know how a rule works (`rating`): what a total gives is asked there.

use crate::framework::{BandOn, Framework, Over, Overall, Rule, ShareBands, Standard};
use crate::model::round_figure;
use crate::rating::{totals_of_ratings, words};
use crate::report::table::{Cell, Column, Kind, Row, Table, Value};

/// The ratings, and from which percent each starts; without rows when nothing is rated.
pub(super) fn scale_table(framework: &Framework) -> Table {
    let mut table = Table {
        id: "scale".to_owned(),
        title: "Ratings".to_owned(),
        columns: vec![
            Column::new("id", "Id", Kind::Code),
            Column::new("rating", "Rating", Kind::Text),
            Column::new("points", "Points", Kind::Count),
        ],
        ..Table::default()
    };
    if let Some(bands) = &framework.bands {
        let column = Column::new("from", "From percent yes", Kind::Percent);
        table.columns.push(column);
        table.notes.push(match bands.band_on {
            BandOn::Rounded => {
                "Percentages are rounded to whole numbers, half up, before they are banded"
                    .to_owned()
            }
            BandOn::Exact => "The exact share is banded, before rounding".to_owned(),
        });
    }
    let of_shares = [
        (
            &framework.share_bands,
            "from_share",
            "From weighted share (%)",
            "Weighted shares",
        ),
        (
            &framework.met_bands,
            "from_met",
            "From targets met (%)",
            "Shares of targets met",
        ),
    ];
    for (bands, id, header, subject) in of_shares {
        if let Some(bands) = bands {
            table.columns.push(Column::new(id, header, Kind::Figure));
            table.notes.push(match bands.band_on {
                BandOn::Rounded => {
                    format!("{subject} are rounded to one decimal, half up, before they are banded")
                }
                BandOn::Exact => format!("{subject} are banded exactly, before rounding"),
            });
        }
    }
    let places = 0..framework.scale.0.len();
    let rows = places.filter_map(|place| Some(Row::new(scale_cells(framework, place)?)));
    table.rows = rows.collect();
    table
}

/// A rating, its points and from where it starts in each of the bands that the framework has.
fn scale_cells(framework: &Framework, place: usize) -> Option<Vec<Cell>> {
    let rating = framework.scale.0.get(place)?;
    let mut cells = vec![
        Cell::text(&rating.id),
        Cell::text(&rating.title),
        Value::Count(rating.points).into(),
    ];
    let bands = framework.bands.as_ref();
    let percent = bands.and_then(|bands| bands.lowest_percents.get(place));
    cells.extend(percent.map(|percent| Value::Percent(*percent).into()));
    for bands in [&framework.share_bands, &framework.met_bands] {
        cells.extend(bands.as_ref().and_then(|bands| share_cell(bands, place)));
    }
    Some(cells)
}

fn share_cell(bands: &ShareBands, place: usize) -> Option<Cell> {
    let percent = bands.lowest_percents.get(place)?;
    Some(Cell::figure(round_figure(*percent, 1)))
}

/// How the rating of a standard is made, in words.
pub(super) fn rule_of_standard(framework: &Framework, standard: &Standard) -> String {
    let kinds = [
        (standard.key_questions.is_empty(), "key question"),
        (standard.measures.is_empty(), "measure"),
        (standard.sums_up.is_empty(), "standard"),
    ];
    let mut present = kinds
        .iter()
        .filter_map(|(is_empty, kind)| (!is_empty).then_some(*kind));
    let part = match (present.next(), present.next()) {
        (Some(kind), None) => kind,
        _ => "part",
    };
    let rule = match standard.rule {
        Rule::Lowest => format!("lowest {part}"),
        Rule::PointsTotal => format!("mean of the points of its {}", words::plural(part)),
        Rule::WeightedShare => format!(
            "weighted share of the points of its {}",
            words::plural(part)
        ),
        Rule::TargetsMet if framework.met_bands.is_some() => "share of targets met".to_owned(),
        Rule::TargetsMet => "targets met, counted and not rated".to_owned(),
        Rule::Judged => "judged".to_owned(),
        Rule::None => "groups its parts, not rated".to_owned(),
    };
    let summed = standard
        .sums_up
        .iter()
        .filter_map(|place| framework.standards.get(*place));
    let summed: Vec<&str> = summed.map(|standard| standard.number.as_str()).collect();
    let mut said = vec![rule];
    if !summed.is_empty() {
        said.push(format!("sums up {}", words::list(&summed)));
    }
    if !standard.counted {
        said.push("not counted".to_owned());
    }
    said.join("; ")
}

/// How the whole is rated, and every setting that is no table, one a sentence.
pub(super) fn rule_notes(framework: &Framework) -> Vec<String> {
    let overall = framework.overall;
    let mut notes = vec![format!("Overall: {}", rule_of_whole(framework))];
    notes.extend(points_scale(framework));
    if overall.given {
        notes.push(
            "The overall rating can be recorded as it was published: judge overall".to_owned(),
        );
    }
    if overall.moderation {
        notes.push(
            "The overall rating can be moderated: a proposal with its evidence, then a decision; both ratings are shown"
                .to_owned(),
        );
    }
    if let Some(reliability) = framework.reliability {
        let consequence = if reliability.rated {
            "it is shown and marked, and rated and counted all the same"
        } else {
            "it is shown and marked, and neither rated nor counted among targets"
        };
        let observations = words::count_of(reliability.observations, "observation");
        notes.push(format!(
            "A value from fewer than {observations} is unreliable, [z]: {consequence}"
        ));
    }
    notes.extend(framework.smallest_group.map(disclosure_note));
    notes.extend(discretion_note(framework));
    if !framework.illustrative.is_empty() {
        let settings: Vec<&str> = framework.illustrative.iter().map(String::as_str).collect();
        let settings = words::list(&settings);
        notes.push(format!(
            "Illustrative settings, not published by the source: {settings}"
        ));
    }
    notes
}

fn rule_of_whole(framework: &Framework) -> String {
    let Overall { rule, over, .. } = framework.overall;
    let mut standards = framework.standards.iter();
    let parts = match (over, framework.measures.is_empty()) {
        (Over::Standards, _) => "counted standards",
        (Over::Measures, true) => "key questions of the counted standards",
        (Over::Measures, false) if standards.all(|standard| standard.key_questions.is_empty()) => {
            "measures of the counted standards"
        }
        (Over::Measures, false) => "key questions and measures of the counted standards",
    };
    match rule {
        Rule::Lowest => format!("the lowest of the {parts}"),
        Rule::PointsTotal => format!(
            "the mean of the points of the {parts} that are rated falls to the nearest rating; a tie falls to the lower"
        ),
        Rule::WeightedShare => format!(
            "the points of the {parts} that are rated, times their weights, as a percentage of the most that they could have"
        ),
        Rule::TargetsMet if framework.met_bands.is_some() => {
            "the percentage of targets met by the measures of the counted standards".to_owned()
        }
        Rule::TargetsMet => {
            "targets met by the measures of the counted standards are counted; there is no rating"
                .to_owned()
        }
        Rule::Judged => "judged by people".to_owned(),
        Rule::None if framework.overall.given => "not computed".to_owned(),
        Rule::None => "there is no overall rating".to_owned(),
    }
}

/// `Overall of 10 standards: 0–5 points Inadequate, …`, as the rule itself gives it; only for points over standards.
fn points_scale(framework: &Framework) -> Option<String> {
    let Overall { rule, over, .. } = framework.overall;
    if (rule, over) != (Rule::PointsTotal, Over::Standards) {
        return None;
    }
    let standards = framework.standards.iter();
    let counted = standards.filter(|standard| standard.counted && framework.can_rate(standard));
    let count = u64::try_from(counted.count()).ok()?;
    let totals = totals_of_ratings(&framework.scale, count);
    let ranges = framework
        .scale
        .0
        .iter()
        .zip(totals)
        .filter_map(|(rating, totals)| {
            let (first, last) = totals?;
            let range = if first == last {
                words::count(first)
            } else {
                format!("{}–{}", words::count(first), words::count(last))
            };
            Some(format!("{range} {}", rating.title))
        });
    let ranges: Vec<String> = ranges.collect();
    let standards = words::count_of(count, "standard");
    (!ranges.is_empty())
        .then(|| format!("Overall of {standards}, in points: {}", ranges.join(", ")))
}

fn disclosure_note(smallest: u64) -> String {
    if smallest <= 1 {
        return "Figures of groups of cases are published however small the groups are".to_owned();
    }
    let cases = words::count_of(smallest, "applicable case");
    format!("Figures of groups with fewer than {cases} are suppressed, [c]")
}

fn discretion_note(framework: &Framework) -> Option<String> {
    let discretion = framework.discretion;
    let mut tests = Vec::new();
    tests.extend(
        discretion
            .within_points
            .map(|points| format!("within {points} points of a boundary")),
    );
    tests.extend(
        discretion
            .one_case
            .then(|| "one case judged differently would change the rating".to_owned()),
    );
    tests.extend(
        discretion
            .cases_at_most
            .map(|cases| format!("{cases} applicable cases or fewer")),
    );
    let tests = tests.join("; or ");
    (!tests.is_empty()).then(|| format!("A panel may consider another rating: {tests}"))
}
