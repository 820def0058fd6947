//! `sample size | draw | show | undo`.

use clap::Subcommand;

use super::allocation::taken_back;
use super::population::count;
use super::sample_shown::{keys_report, sample_report};
use super::workplace::Workplace;
use crate::casework::{
    SampleDrawn, SampleSize, SizeQuestion, draw_sample, framework_for_size, list_draw_keys,
    show_sample, size_sample, undo_draw,
};
use crate::model::Problems;
use crate::report::{Cell, Column, Kind, Report, Row, Table};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// How many cases a sample needs, or what margin of error a number of cases gives
    #[command(after_help = "Examples:
  caseaudit sample size --population 564
  caseaudit sample size --population 564 --confidence 95 --margin 5
  caseaudit sample size --population 564 --sample 128")]
    Size {
        /// Cases that there are
        #[arg(long, value_name = "N")]
        population: u64,
        /// Two-sided confidence in percent [default: that of the framework]
        #[arg(long, value_name = "PERCENT")]
        confidence: Option<String>,
        /// Margin of error in percentage points [default: that of the framework]
        #[arg(long, value_name = "POINTS", conflicts_with = "sample")]
        margin: Option<String>,
        /// Cases that are looked at: what margin do they give?
        #[arg(long, value_name = "N")]
        sample: Option<u64>,
    },
    /// Draw a sample from its population by the framework's rule
    #[command(after_help = "Examples:
  caseaudit sample draw case-supervision
  caseaudit sample draw case-supervision --size 120 --seed 20181008

The same seed and population give the same sample on every machine. Without a seed one is made up, printed and kept.")]
    Draw {
        /// The sample
        sample: String,
        /// How many cases are to be looked at [default: what the framework's confidence and margin need]
        #[arg(long, value_name = "N")]
        size: Option<u64>,
        /// A number from which the choice follows
        #[arg(long, value_name = "NUMBER")]
        seed: Option<u64>,
    },
    /// A drawn sample: every number with its trail, shares side by side, reserves, and how to check it
    #[command(after_help = "Examples:
  caseaudit sample show case-supervision
  caseaudit sample show case-supervision --keys --format csv")]
    Show {
        /// The sample
        sample: String,
        /// Instead, every case of the population with the key by which it is drawn
        #[arg(long)]
        keys: bool,
    },
    /// Take a draw back while nothing is recorded: its cases are withdrawn
    #[command(
        after_help = "Example:\n  caseaudit sample undo case-supervision --because \"The extract was of the wrong month\""
    )]
    Undo {
        /// The sample
        sample: String,
        /// Why
        #[arg(long, value_name = "REASON")]
        because: String,
    },
}

pub(super) fn run(workplace: &Workplace<'_>, command: Command) -> Result<(), Problems> {
    match command {
        Command::Size {
            population,
            confidence,
            margin,
            sample,
        } => size(
            workplace,
            &SizeQuestion {
                population,
                cases: sample,
                confidence: confidence.as_deref(),
                margin: margin.as_deref(),
            },
        ),
        Command::Draw { sample, size, seed } => {
            let (mut store, inspection, mut desk) = workplace.work()?;
            let terms = (size, seed);
            let done = draw_sample(&mut store, &mut desk, &inspection, &sample, terms)?;
            say(workplace, &done);
            Ok(())
        }
        Command::Show { sample, keys } => {
            let (store, inspection) = workplace.look()?;
            let report = if keys {
                let (levels, cases) = list_draw_keys(&store, &inspection, &sample)?;
                keys_report(&levels, &cases)
            } else {
                sample_report(&show_sample(&store, &inspection, &sample)?)
            };
            workplace.output.report(&report)
        }
        Command::Undo { sample, because } => {
            let (mut store, inspection, desk) = workplace.work()?;
            let count = undo_draw(&mut store, &desk, &inspection, &sample, &because)?;
            workplace.output.message(&format!(
                "the draw is taken back: {count} cases are withdrawn, and nobody's any more; another sample can be drawn"
            ));
            Ok(())
        }
    }
}

fn size(workplace: &Workplace<'_>, question: &SizeQuestion<'_>) -> Result<(), Problems> {
    let store = workplace.open_if_there()?;
    // Without a database, or with several inspections to choose from, the framework is the first that states a draw.
    let inspection = store
        .as_ref()
        .and_then(|store| workplace.inspection(store).ok());
    let framework = framework_for_size(store.as_ref(), inspection)?;
    let size = size_sample(framework.as_ref(), question)?;
    workplace.output.report(&Report {
        tables: vec![size_table(&size)],
        ..Report::default()
    })
}

fn size_table(size: &SampleSize) -> Table {
    let text = |text: String| Cell::text(&text);
    let points = |margin: crate::model::Decimal| text(format!("{margin} percentage points"));
    let wanted = size.margin_wanted;
    let rows = [
        ("Cases in the population", Some(count(size.population))),
        (
            "Confidence, two-sided",
            Some(text(format!("{}%", size.confidence.normalize()))),
        ),
        (
            "z of that confidence",
            Some(text(size.z.normalize().to_string())),
        ),
        (
            "Margin of error wanted",
            wanted.map(|margin| points(margin.normalize())),
        ),
        (
            if wanted.is_some() {
                "Cases needed"
            } else {
                "Cases looked at"
            },
            Some(count(size.cases)),
        ),
        (
            "Margin of error of so many cases",
            size.margin_reached.map(points),
        ),
    ];
    let rows = rows
        .into_iter()
        .filter_map(|(what, value)| Some(Row::new(vec![Cell::text(what), value?])));
    let mut table = Table {
        id: "sample-size".to_owned(),
        title: "Size of a sample".to_owned(),
        columns: vec![
            Column::new("what", "What", Kind::Text),
            Column::new("value", "Value", Kind::Text),
        ],
        rows: rows.collect(),
        ..Table::default()
    };
    table.note(
        "n0 = z² · ¼ / margin²; n = n0 / (1 + (n0 − 1) / N), rounded up; N is the population",
    );
    if !size.framework.is_empty() {
        table.note(&format!(
            "What was not given is taken from the framework {}",
            size.framework
        ));
    }
    table
}

fn say(workplace: &Workplace<'_>, done: &SampleDrawn) {
    let say = |line: &str| workplace.output.message(line);
    let SampleDrawn { drawn, .. } = done;
    say(&format!(
        "{}: {} and {} drawn from {}, seed {}",
        done.sample,
        number_of(drawn.selected.len(), "case"),
        number_of(drawn.reserves.len(), "reserve"),
        drawn.population,
        drawn.seed
    ));
    for (reference, because) in &done.taken_back {
        say(&taken_back(reference, because));
    }
    if let Some(shortage) = words_of_shortage(done) {
        say(&format!("note: {shortage}"));
    }
    say(&format!(
        "every number with its trail: caseaudit sample show {}",
        done.sample_id
    ));
}

/// `1 case`, `128 cases`.
fn number_of(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

/// By how much the draw falls short of what was asked for, and why; `None` where it does not.
fn words_of_shortage(done: &SampleDrawn) -> Option<String> {
    const OFFICERS: &str = "what officers above the limit do not give, only others of the same unit and stratum can, and they have no more";
    let count = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
    let drawn = &done.drawn;
    let short = drawn.size.saturating_sub(count(drawn.selected.len()));
    if short > 0 {
        // A size is never above the population: only the limit takes cases away.
        let size = drawn.size;
        return Some(format!(
            "your sample is {short} short of the size of {size}, and has no reserves: {OFFICERS}"
        ));
    }
    let missing = done.short_of_cases + done.short_of_officers;
    let why = match (done.short_of_cases, done.short_of_officers) {
        (0, 0) => return None,
        (_, 0) => "the population has no more cases".to_owned(),
        (0, _) => OFFICERS.to_owned(),
        _ => format!("the population has no more cases; and {OFFICERS}"),
    };
    let reserves = if missing == 1 { "reserve" } else { "reserves" };
    Some(format!(
        "{missing} {reserves} fewer than the buffer asks for: {why}"
    ))
}
