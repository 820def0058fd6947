//! One inspection, or all of them, as a table. Must not know how an inspection is changed.

use super::workplace::Workplace;
use crate::casework::{
    Access, LastPublished, current_inspection, inspection_state, last_published, show_progress,
};
use crate::model::Problems;
use crate::report::{Cell, Column, Kind, Report, Row, Table};

pub(super) fn show(workplace: &Workplace<'_>, name: Option<&str>) -> Result<(), Problems> {
    let store = workplace.open(Access::Read)?;
    let inspection = current_inspection(&store, name)?;
    let progress = show_progress(&store, &inspection, None)?;
    let framework = &inspection.framework;
    let state = inspection_state(&store, inspection.id, inspection.closed)?;
    let published = last_published(&store, &inspection)?;
    let or_none = |text: &str| if text.is_empty() { "none" } else { text }.to_owned();
    let figures = if inspection.national {
        "of the whole nation"
    } else {
        "of the provider"
    };
    let facts = [
        ("Name", inspection.name.clone()),
        ("Provider", inspection.provider.clone()),
        (
            "Framework",
            format!(
                "{} {} ({})",
                framework.title, framework.edition, framework.id
            ),
        ),
        ("Programme", or_none(&inspection.programme)),
        ("Period", or_none(&inspection.period)),
        ("Figures", figures.to_owned()),
        ("State", state.to_owned()),
        ("Cases", progress.total.cases().to_string()),
        ("Submitted", progress.total.submitted.to_string()),
    ];
    let rows = facts
        .into_iter()
        .chain(published.iter().flat_map(published_facts))
        .map(|(name, fact)| Row::new(vec![Cell::text(name), Cell::text(fact)]));
    let table = Table {
        id: "inspection".to_owned(),
        title: format!("Inspection {}", inspection.name),
        columns: vec![
            Column::new("fact", "About", Kind::Code),
            Column::new("is", "Is", Kind::Text),
        ],
        rows: rows.collect(),
        ..Table::default()
    };
    workplace.output.report(&Report {
        tables: vec![table],
        ..Report::default()
    })
}

/// The closing day, version and groups of what was published last.
fn published_facts(published: &LastPublished) -> [(&'static str, String); 2] {
    let LastPublished { day, version, .. } = published;
    let revision = if published.stands {
        ""
    } else {
        ", under revision"
    };
    let groups = published
        .groups
        .as_ref()
        .map_or("none".to_owned(), |groups| {
            let by = groups.by.join(", ");
            format!("by {by}, smallest group {}", groups.smallest)
        });
    [
        (
            "Published",
            format!("on {day}, version {version}{revision}"),
        ),
        ("Groups", groups),
    ]
}

pub(super) fn list(workplace: &Workplace<'_>) -> Result<(), Problems> {
    let store = workplace.open(Access::Read)?;
    let inspections = store.read().inspections()?;
    if inspections.is_empty() {
        workplace.output.message(
            "no inspections yet: caseaudit inspection new NAME --framework ID --provider P",
        );
    }
    let mut rows = Vec::new();
    for inspection in &inspections {
        let state = inspection_state(&store, inspection.id, inspection.closed)?;
        let national = if inspection.national { "yes" } else { "" };
        let texts = [
            &inspection.name,
            &inspection.provider,
            &inspection.framework_id,
            &inspection.programme,
            &inspection.period,
            national,
            state,
        ];
        rows.push(Row::new(texts.into_iter().map(Cell::text).collect()));
    }
    let table = Table {
        id: "inspections".to_owned(),
        title: "Inspections".to_owned(),
        columns: vec![
            Column::new("name", "Name", Kind::Text),
            Column::new("provider", "Provider", Kind::Text),
            Column::new("framework", "Framework", Kind::Code),
            Column::new("programme", "Programme", Kind::Text),
            Column::new("period", "Period", Kind::Text),
            Column::new("national", "National", Kind::Code),
            Column::new("state", "State", Kind::Code),
        ],
        rows,
        ..Table::default()
    };
    workplace.output.report(&Report {
        tables: vec![table],
        ..Report::default()
    })
}
