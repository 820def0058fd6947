//! Tables that are too wide for a page: which columns each part must have. Must not know how wide anything is.

use std::collections::HashSet;

use super::{Cell, Kind, Row, Table};

impl Table {
    /// The columns at the left that tell each row from every other: a number and its title, or as many words as it takes; `None` where
    /// figures are needed for that.
    #[must_use]
    pub fn naming_columns(&self) -> Option<Vec<usize>> {
        let kinds = self.columns.iter().map(|column| column.kind);
        let names = kinds
            .clone()
            .take_while(|kind| matches!(kind, Kind::Code | Kind::Text));
        let mut first = kinds;
        let is_numbered = first.next()? == Kind::Code && first.next() == Some(Kind::Text);
        let tells_apart = |count: &usize| {
            let mut seen = HashSet::new();
            let names = |row: &Row| -> Vec<String> {
                let names = row.cells.iter().take(*count);
                names.map(Cell::shown_with_notes).collect()
            };
            self.rows.iter().all(|row| seen.insert(names(row)))
        };
        let mut counts = 1 + usize::from(is_numbered)..=names.count();
        counts.find(tells_apart).map(|count| (0..count).collect())
    }

    /// The table with these columns alone; everything around it stays.
    #[must_use]
    pub fn with_columns(&self, places: &[usize]) -> Table {
        let rows = self.rows.iter().map(|row| Row {
            cells: pick(&row.cells, places),
            leads: row.leads,
        });
        Table {
            columns: pick(&self.columns, places),
            rows: rows.collect(),
            ..self.clone()
        }
    }
}

fn pick<T: Clone>(items: &[T], places: &[usize]) -> Vec<T> {
    let places = places.iter();
    places
        .filter_map(|place| items.get(*place).cloned())
        .collect()
}
