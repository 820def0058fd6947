//! Which parts of a report are shown. Must not know what they hold.

use super::super::revision::Change;
use super::{Part, Report, Table};

/// What somebody wants to see of a report beside the published tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct View {
    /// The counts behind each percentage.
    pub counts: bool,
    /// The technical tables: how sure the figures are.
    pub technical: bool,
    /// The tables of groups of cases.
    pub subgroups: bool,
    /// The words for the figures, and nothing else.
    pub words: bool,
    /// The charts.
    pub charts: bool,
}

impl View {
    /// Whether a part of a report is shown.
    #[must_use]
    pub fn shows(self, part: Part) -> bool {
        match part {
            Part::Words => self.words,
            Part::Published | Part::Comparison => !self.words,
            Part::Technical => self.technical && !self.words,
            Part::Subgroups => self.subgroups && !self.words,
        }
    }
}

impl View {
    /// Whether a figure that was revised is among what is shown. That a whole table is not published any more is told to all, for
    /// nobody can ask for it.
    fn sees(self, change: &Change) -> bool {
        let is_gone = change.is_table() && change.is.is_none();
        is_gone && !self.words || self.shows(change.part) && (self.counts || !change.is_detail)
    }
}

impl Report {
    /// The report with only what `view` wants to see of it, and with the cautions that this calls for among its notes.
    #[must_use]
    pub fn select(mut self, view: View) -> Report {
        self.tables.retain(|table| view.shows(table.part));
        if !view.counts {
            self.tables.iter_mut().for_each(drop_details);
        }
        let tables = &self.tables;
        let is_shown = |id: &str| tables.iter().any(|table| table.id == id);
        self.charts
            .retain(|chart| view.charts && is_shown(&chart.after));
        self.revised.retain(|one| view.sees(&one.change));
        let cautions = std::mem::take(&mut self.cautions).into_iter();
        let said = cautions.filter(|caution| caution.applies_to(&self.tables));
        self.notes.extend(said.map(|caution| caution.words));
        self
    }
}

/// Takes out the columns that only those see who ask for details.
fn drop_details(table: &mut Table) {
    let kept: Vec<bool> = table
        .columns
        .iter()
        .map(|column| !column.is_detail)
        .collect();
    if kept.iter().all(|kept| *kept) {
        return;
    }
    for row in &mut table.rows {
        let mut kept = kept.iter();
        row.cells.retain(|_| kept.next().is_none_or(|kept| *kept));
    }
    table.columns.retain(|column| !column.is_detail);
}

#[cfg(test)]
mod tests {
    use super::super::super::example;
    use super::*;

    const ALL: View = View {
        counts: true,
        technical: true,
        subgroups: true,
        words: false,
        charts: true,
    };

    #[test]
    fn details_leave_with_their_cells() {
        let mut report = example::report();
        let last = report.tables[0].columns.pop().unwrap();
        report.tables[0].columns.push(last.as_detail());
        assert_eq!(report.clone().select(ALL), report);
        let shown = report.select(View {
            counts: false,
            ..ALL
        });
        let table = &shown.tables[0];
        assert_eq!(table.columns.len(), 4);
        assert!(table.rows.iter().all(|row| row.cells.len() == 4));
    }

    #[test]
    fn each_part_is_shown_to_those_who_ask_for_it() {
        let parts = [
            Part::Published,
            Part::Comparison,
            Part::Technical,
            Part::Subgroups,
            Part::Words,
        ];
        let tables = parts.map(|part| Table {
            id: format!("{part:?}"),
            part,
            ..Table::default()
        });
        let report = Report {
            tables: tables.to_vec(),
            ..Report::default()
        };
        let shown = |view: View| -> Vec<Part> {
            let shown = report.clone().select(view).tables;
            shown.iter().map(|table| table.part).collect()
        };
        assert_eq!(shown(ALL), &parts[..4]);
        assert_eq!(shown(View { words: true, ..ALL }), [Part::Words]);
        let plain = View {
            technical: false,
            subgroups: false,
            ..ALL
        };
        assert_eq!(shown(plain), &parts[..2]);
    }
}
