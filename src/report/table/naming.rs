//! What the tables and charts of a report are called: one numbering, the same in every file. Must not know how names are written.

use super::super::chart::Chart;
use super::{Report, Table};

impl Report {
    /// The tables in order, each with its name: `Table 1` and so on.
    pub(in super::super) fn named_tables(&self) -> impl Iterator<Item = (String, &Table)> {
        let tables = self.tables.iter().zip(1_usize..);
        tables.map(|(table, number)| (format!("Table {number}"), table))
    }

    /// The charts that stand after a table, each with its number, which counts all charts of the report.
    pub(in super::super) fn charts_after(
        &self,
        table: &Table,
    ) -> impl Iterator<Item = (usize, &Chart)> {
        let charts = (1_usize..).zip(&self.charts);
        charts.filter(move |(_, chart)| chart.after == table.id)
    }
}

impl Chart {
    /// What it is called under its number: `Figure 1: 2.1 Assessment`.
    pub(in super::super) fn caption(&self, number: usize) -> String {
        format!("Figure {number}: {}", self.title)
    }

    /// What the table of its figures is named: it is no table of its own, as it says again what the chart shows.
    pub(in super::super) fn data_name(number: usize) -> String {
        format!("Data for Figure {number}")
    }
}

impl Table {
    /// What it is called under its name: `Table 1: Ratings`; the name alone where it has no title.
    pub(in super::super) fn caption(&self, name: &str) -> String {
        match self.title.as_str() {
            "" => name.to_owned(),
            title => format!("{name}: {title}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::chart::example as charts;
    use super::super::super::example;
    use super::*;

    #[test]
    fn charts_are_counted_through_the_report_and_are_no_tables() {
        let mut report = example::report();
        let mut other = report.tables[0].clone();
        other.id = "other".into();
        other.title.clear();
        report.tables.push(other);
        let mut second = charts::bands();
        second.after = "other".into();
        report.charts = vec![charts::bands(), second];
        let names: Vec<String> = report
            .named_tables()
            .map(|(name, table)| table.caption(&name))
            .collect();
        assert_eq!(names, ["Table 1: Domain 2, Case supervision", "Table 2"]);
        let numbers = |table: &Table| -> Vec<usize> {
            let charts = report.charts_after(table);
            charts.map(|(number, _)| number).collect()
        };
        assert_eq!(numbers(&report.tables[0]), [1]);
        assert_eq!(numbers(&report.tables[1]), [2]);
        assert_eq!(report.charts[1].caption(2), "Figure 2: 2.1 Assessment");
    }
}
