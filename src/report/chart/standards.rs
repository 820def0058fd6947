//! A chart for each standard that key questions rate: the percent yes of each with its interval, over the bands of the ratings.
//!
//! Must not estimate an interval, or know how a chart is drawn.

use std::collections::BTreeMap;

use super::super::annex::percent_cell;
use super::super::table::{Cell, Column, Kind, Part, Report, Row, Symbol, Table, Value};
use super::{Band, BandLine, Chart, Drawing};
use crate::framework::{Bands, Framework, Rule};
use crate::model::{Decimal, round_figure};
use crate::rating::{InspectionRating, QuestionRating, StandardRating};
use crate::statistics::{Confidence, Interval};

/// The intervals of percentages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Intervals {
    /// How often intervals that are made so hold the true figure.
    pub confidence: Confidence,
    /// Shares from 0 to 1, by the number of the key question.
    pub of_questions: BTreeMap<String, Interval>,
}

/// The annex with its charts, each after the table in which its standard stands. A percentage without interval is drawn without.
#[must_use]
pub fn add_standard_charts(
    mut report: Report,
    framework: &Framework,
    rating: &InspectionRating,
    intervals: &Intervals,
) -> Report {
    let Some(bands) = &framework.bands else {
        return report;
    };
    for (standard, rated) in framework.standards.iter().zip(&rating.standards) {
        let table = report
            .tables
            .iter()
            .find(|table| holds(table, &rated.number));
        if let Some(table) = table
            && standard.rule == Rule::Lowest
            && rated
                .questions
                .iter()
                .any(|question| question.percent.is_some())
        {
            let after = table.id.clone();
            let chart = standard_chart(framework, bands, rated, intervals, after);
            report.charts.push(chart);
        }
    }
    report
}

/// Whether a table shows the key questions of this standard.
fn holds(table: &Table, number: &str) -> bool {
    table.part == Part::Published
        && table
            .columns
            .iter()
            .any(|column| column.id == "percent_yes")
        && table
            .rows
            .iter()
            .any(|row| row.leads && row.cells.first() == Some(&Cell::text(number)))
}

fn standard_chart(
    framework: &Framework,
    bands: &Bands,
    rated: &StandardRating,
    intervals: &Intervals,
    after: String,
) -> Chart {
    let titles = framework.scale.0.iter().map(|rating| &rating.title);
    let bands: Vec<Band> = titles
        .zip(&bands.lowest_percents)
        .map(|(title, from)| Band {
            title: title.clone(),
            from: *from,
        })
        .collect();
    let lines: Vec<BandLine> = rated
        .questions
        .iter()
        .map(|question| BandLine {
            label: question.number.clone(),
            percent: question.percent,
            interval: intervals.of_questions.get(&question.number).map(limits),
        })
        .collect();
    let title = format!(
        "{} {}: percent yes of its key questions",
        rated.number, rated.title
    );
    Chart {
        id: format!("chart-{}", rated.number.replace('.', "-")),
        after,
        alternative: describe(framework, &bands, rated, &lines, intervals.confidence),
        data: data_table(framework, rated, &lines, (&title, intervals.confidence)),
        title,
        drawing: Drawing::Bands { bands, lines },
    }
}

/// The limits of an interval in percent, with one decimal.
fn limits(interval: &Interval) -> (Decimal, Decimal) {
    let percent = |share: Decimal| round_figure(share * Decimal::ONE_HUNDRED, 1);
    (percent(interval.low), percent(interval.high))
}

/// Every figure of the chart in words, for those who cannot see it.
fn describe(
    framework: &Framework,
    bands: &[Band],
    rated: &StandardRating,
    lines: &[BandLine],
    confidence: Confidence,
) -> String {
    let at = match lines.iter().any(|line| line.interval.is_some()) {
        true => format!(" Intervals at {}% confidence.", confidence.percent()),
        false => String::new(),
    };
    let lines = rated.questions.iter().zip(lines).map(|(question, line)| {
        let cell = percent_cell(framework, question);
        let percent = match &cell.value {
            Value::Missing(missing) => missing.symbol.meaning.clone().into_owned(),
            _ => cell.shown(),
        };
        let interval = line
            .interval
            .map(|(low, high)| format!(", interval {low}% to {high}%"));
        format!("{}: {percent}{}", line.label, interval.unwrap_or_default())
    });
    let from = bands
        .iter()
        .map(|band| format!("{} from {}%", band.title, band.from));
    format!(
        "{}.{at} Ratings: {}.",
        lines.collect::<Vec<_>>().join("; "),
        from.collect::<Vec<_>>().join(", ")
    )
}

fn data_table(
    framework: &Framework,
    rated: &StandardRating,
    lines: &[BandLine],
    (title, confidence): (&str, Confidence),
) -> Table {
    let row = |(question, line): (&QuestionRating, &BandLine)| {
        let limits = match line.interval {
            Some((low, high)) => [low, high].map(Cell::figure),
            None => {
                let reason = "no interval is known";
                [(); 2].map(|()| Cell::missing(Symbol::NOT_AVAILABLE, reason))
            }
        };
        let [low, high] = limits;
        Row::new(vec![
            Cell::text(&question.number),
            percent_cell(framework, question),
            low,
            high,
            Value::Count(question.tally.yes + question.tally.no).into(),
        ])
    };
    Table {
        id: format!("chart-{}-data", rated.number.replace('.', "-")),
        title: title.to_owned(),
        units: format!(
            "Percent yes of the applicable cases, with the limits of its interval at {}% confidence",
            confidence.percent()
        ),
        columns: vec![
            Column::new("number", "Key question", Kind::Code),
            Column::new("percent_yes", "% yes", Kind::Percent),
            Column::new("low", "Lower limit, %", Kind::Figure),
            Column::new("high", "Upper limit, %", Kind::Figure),
            Column::new("cases", "Yes or no", Kind::Count),
        ],
        rows: rated.questions.iter().zip(lines).map(row).collect(),
        ..Table::default()
    }
}
