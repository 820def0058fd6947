//! The tables of groups of cases in a report: which ones there are, and what has to be said where several stand together.
//!
//! Must not know which figures are kept back, or how a report is written.

use serde::{Deserialize, Serialize};

use super::{Part, Report, Table};

/// What the tables of groups of a report are.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Groups {
    /// Ids of the case information by which they are made, in order; of one that gives no table, too.
    pub by: Vec<String>,
    /// From how many applicable cases on the figures of a group are shown.
    pub smallest: u64,
}

/// Words that are said among the notes of a report where tables of at least two kinds are shown together.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Caution {
    /// The words.
    pub words: String,
    /// The kinds, each as the ids of its tables.
    pub kinds: Vec<Vec<String>>,
}

impl Caution {
    /// Whether tables of at least two kinds are among these.
    pub(in crate::report) fn applies_to(&self, tables: &[Table]) -> bool {
        let is_shown = |id: &String| tables.iter().any(|table| table.id == *id);
        let shown = self.kinds.iter().filter(|kind| kind.iter().any(is_shown));
        shown.count() > 1
    }
}

impl Report {
    /// The report with the tables of these groups alone, in this order, as if no others had been asked for.
    #[must_use]
    pub fn select_groups(mut self, by: &[String]) -> Report {
        let tables = std::mem::take(&mut self.tables);
        let of_groups = |table: &Table| table.part == Part::Subgroups;
        let (groups, others): (Vec<Table>, Vec<Table>) = tables.into_iter().partition(of_groups);
        // They stand before the words, which stand alone.
        let (words, before): (Vec<Table>, Vec<Table>) = others
            .into_iter()
            .partition(|table| table.part == Part::Words);
        let place = |table: &Table| by.iter().position(|id| *id == table.by);
        let mut wanted: Vec<Table> = groups
            .into_iter()
            .filter(|one| place(one).is_some())
            .collect();
        wanted.sort_by_key(place);
        self.tables = before.into_iter().chain(wanted).chain(words).collect();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::super::View;
    use super::*;

    fn table(id: &str, part: Part, by: &str) -> Table {
        Table {
            id: id.to_owned(),
            part,
            by: by.to_owned(),
            ..Table::default()
        }
    }

    fn report() -> Report {
        let kinds = [vec!["a"], vec!["b", "b-2"]];
        let kinds = kinds.map(|ids| ids.into_iter().map(str::to_owned).collect());
        Report {
            tables: vec![
                table("standards", Part::Published, ""),
                table("a", Part::Subgroups, "gender"),
                table("b", Part::Subgroups, "rosh"),
                table("b-2", Part::Subgroups, "rosh"),
                table("words", Part::Words, ""),
            ],
            cautions: vec![Caution {
                words: "They may tell of each other".to_owned(),
                kinds: kinds.to_vec(),
            }],
            ..Report::default()
        }
    }

    fn shown(by: &[&str]) -> (Vec<String>, usize) {
        let by: Vec<String> = by.iter().map(|id| (*id).to_owned()).collect();
        let view = View {
            subgroups: true,
            ..View::default()
        };
        let shown = report().select_groups(&by).select(view);
        assert!(shown.cautions.is_empty(), "said, or not to be said");
        let ids = shown.tables.into_iter().map(|table| table.id);
        (ids.collect(), shown.notes.len())
    }

    #[test]
    fn the_groups_that_are_wanted_stand_in_the_order_in_which_they_are() {
        assert_eq!(shown(&[]).0, ["standards"]);
        assert_eq!(shown(&["rosh"]).0, ["standards", "b", "b-2"]);
        let both = shown(&["rosh", "gender"]);
        assert_eq!(both.0, ["standards", "b", "b-2", "a"]);
    }

    #[test]
    fn a_caution_is_said_where_tables_of_two_kinds_are_shown() {
        assert_eq!(shown(&["rosh", "gender"]).1, 1);
        assert_eq!(shown(&["rosh"]).1, 0, "two tables of one kind");
        assert_eq!(shown(&[]).1, 0);
    }
}
