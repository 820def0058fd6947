//! How the cases of a sample are drawn, as tables: the settings, and the parts of the population.
//!
//! Must not know a population or a drawn sample.

use crate::framework::{Draw, Part, Sample};
use crate::report::table::{Cell, Column, Kind, Row, Table, kebab};

/// The settings and the parts; the second is empty where the population is not parted.
pub(super) fn draw_tables(sample: &Sample) -> Vec<Table> {
    let draw = sample.draw.as_ref();
    draw.map_or_else(Vec::new, |draw| {
        vec![settings_table(sample, draw), parts_table(sample, draw)]
    })
}

fn settings_table(sample: &Sample, draw: &Draw) -> Table {
    let rows = settings(sample, draw);
    let rows = rows
        .into_iter()
        .map(|(setting, value)| Row::new(vec![Cell::text(setting), Cell::text(&value)]));
    Table {
        id: format!("draw-{}", kebab(&sample.id)),
        title: format!("Drawing the sample {} ({})", sample.title, sample.id),
        columns: vec![
            Column::new("setting", "Setting", Kind::Text),
            Column::new("value", "Value", Kind::Text),
        ],
        rows: rows.collect(),
        ..Table::default()
    }
}

/// Each setting that the framework states, in words.
fn settings(sample: &Sample, draw: &Draw) -> Vec<(&'static str, String)> {
    let id = |place: usize| {
        let attribute = sample.questions.attributes.get(place);
        attribute.map_or("", |attribute| attribute.id.as_str())
    };
    let mut settings = vec![
        (
            "Confidence",
            format!("{} percent", draw.confidence.normalize()),
        ),
        (
            "Margin of error",
            format!("{} percentage points", draw.margin.normalize()),
        ),
        (
            "z",
            draw.z.map_or_else(
                || "that of the normal distribution, to four decimals".to_owned(),
                |z| z.normalize().to_string(),
            ),
        ),
        (
            "Reserves on top",
            format!("{} percent", draw.buffer.normalize()),
        ),
    ];
    if draw.minimum > 0 {
        settings.push(("Smallest size", draw.minimum.to_string()));
    }
    let levels = draw.hierarchy.iter().chain(&draw.officer);
    let levels: Vec<&str> = levels.map(|place| id(*place)).collect();
    if !levels.is_empty() {
        settings.push(("Divided in proportion over", levels.join(", then ")));
    }
    if let Some((officer, cap)) = draw.officer.zip(draw.officer_cap) {
        let value = format!("{cap} over the whole sample");
        settings.push((
            "Most cases of one officer",
            format!("{value} ({})", id(officer)),
        ));
    }
    if let Some(place) = draw.earliest_by {
        settings.push((
            "Of several cases of one person",
            format!("the earliest by {}", id(place)),
        ));
    }
    if let Some(place) = draw.start {
        settings.push((
            "Left out as not started",
            format!("{} after the day of the draw", id(place)),
        ));
    }
    settings
}

fn parts_table(sample: &Sample, draw: &Draw) -> Table {
    let row = |part: &Part, kind: &str| {
        let condition = part.when.describe(&sample.questions);
        let texts = [&part.id, &part.title, kind, &condition];
        Row::new(texts.into_iter().map(Cell::text).collect())
    };
    let strata = draw.strata.iter().map(|part| row(part, "stratum"));
    let exclusions = draw.exclusions.iter().map(|part| row(part, "left out"));
    let notes = if draw.strata.is_empty() {
        vec![]
    } else {
        let note = "A case belongs to the first stratum whose condition surely holds; without one it is left out";
        vec![note.to_owned()]
    };
    Table {
        id: format!("strata-{}", kebab(&sample.id)),
        title: format!(
            "Parts of the population of {} ({})",
            sample.title, sample.id
        ),
        columns: vec![
            Column::new("id", "Id", Kind::Code),
            Column::new("part", "Part", Kind::Text),
            Column::new("use", "Use", Kind::Text),
            Column::new("cases", "Cases", Kind::Text),
        ],
        rows: strata.chain(exclusions).collect(),
        notes,
        ..Table::default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::framework_report;
    use crate::framework::Framework;
    use crate::report::table::Value;

    const TEXT: &str = "id = 'f'\ntitle = 'F'\nedition = '1'\nsource = 'S'\n\
        scale.ratings = [{ id = 'no', title = 'No', points = 0 }, { id = 'yes', title = 'Yes', points = 1 }]\n\
        [[standard]]\nnumber = '1'\ntitle = 'T'\nrule = 'judged'\n\
        [[sample]]\nid = 'cases'\n[[sample.information]]\nid = 'sex'\nchoices = ['f', 'm']\n\
        [[sample.information]]\nid = 'unit'\n[[sample.information]]\nid = 'officer'\n\
        [[sample.information]]\nid = 'started'\nkind = 'date'\n";

    /// The tables of the draw as lines of cells.
    fn printed(draw: &str) -> Vec<String> {
        let framework = Framework::parse(&format!("{TEXT}{draw}"), "f.toml").unwrap();
        let report = framework_report(&framework);
        let tables = report.tables.iter();
        let tables =
            tables.filter(|table| table.id.starts_with("draw") || table.id.starts_with("strata"));
        let rows = tables.flat_map(|table| &table.rows);
        rows.map(|row| {
            let cells = row.cells.iter().map(|cell| match &cell.value {
                Value::Text(text) => text.as_str(),
                _ => "?",
            });
            cells.collect::<Vec<_>>().join(" | ")
        })
        .collect()
    }

    #[test]
    fn every_setting_that_is_stated_is_shown() {
        assert_eq!(
            printed(
                "[sample.draw]\nconfidence = 80\nmargin = 5.0\nz = 1.2816\nbuffer = 20\nminimum = 12\n\
                 hierarchy = ['unit']\nofficer = 'officer'\nofficer_cap = 6\nearliest_by = 'started'\n\
                 start = 'started'\nstratum = [{ id = 'f', title = 'Women', when = { sex = 'f' } }]\n\
                 exclude = [{ id = 'no-unit', when = { unit = ['N1', 'N2'] } }]"
            ),
            [
                "Confidence | 80 percent",
                "Margin of error | 5 percentage points",
                "z | 1.2816",
                "Reserves on top | 20 percent",
                "Smallest size | 12",
                "Divided in proportion over | unit, then officer",
                "Most cases of one officer | 6 over the whole sample (officer)",
                "Of several cases of one person | the earliest by started",
                "Left out as not started | started after the day of the draw",
                "f | Women | stratum | sex is f",
                "no-unit | No unit | left out | unit is N1 or N2",
            ]
        );
    }

    #[test]
    fn what_is_not_stated_is_not_shown() {
        assert_eq!(
            printed("[sample.draw]\nconfidence = 95\nmargin = 2.5"),
            [
                "Confidence | 95 percent",
                "Margin of error | 2.5 percentage points",
                "z | that of the normal distribution, to four decimals",
                "Reserves on top | 0 percent",
            ]
        );
        assert_eq!(printed(""), Vec::<String>::new());
    }
}
