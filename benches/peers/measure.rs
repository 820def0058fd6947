//! Times of two ways to do one job, taken in turns or several in a row, and the table of their ratios.
//!
//! Only the ratio of two medians from the same run says anything: machines differ, and are busy at different times. Must not
//! know what is measured.

use std::time::{Duration, Instant};

/// One line of the table.
pub(crate) struct Line {
    pub(crate) job: &'static str,
    pub(crate) peer: &'static str,
    pub(crate) goal: f64,
    pub(crate) outcome: Outcome,
}

/// What came of a comparison.
pub(crate) enum Outcome {
    Times(Duration, Duration),
    Bytes(u64, u64),
    Skipped(String),
}

impl Line {
    /// The line as columns: job, peer, ours, the peer's, ratio, goal, met or not.
    fn columns(&self) -> [String; 7] {
        let (ours, theirs, ratio) = match &self.outcome {
            Outcome::Times(ours, theirs) => (
                readable(*ours),
                readable(*theirs),
                ours.as_secs_f64() / theirs.as_secs_f64(),
            ),
            Outcome::Bytes(ours, theirs) => {
                let megabytes = |bytes: u64| format!("{:.1} MB", bytes as f64 / 1e6);
                (
                    megabytes(*ours),
                    megabytes(*theirs),
                    *ours as f64 / *theirs as f64,
                )
            }
            Outcome::Skipped(why) => {
                let nothing = String::new;
                let (job, peer) = (self.job.to_owned(), self.peer.to_owned());
                return [
                    job,
                    peer,
                    nothing(),
                    nothing(),
                    nothing(),
                    nothing(),
                    why.clone(),
                ];
            }
        };
        let met = if ratio <= self.goal { "met" } else { "not met" };
        [
            self.job.to_owned(),
            self.peer.to_owned(),
            ours,
            theirs,
            format!("{ratio:.3}"),
            format!("{}", self.goal),
            met.to_owned(),
        ]
    }
}

/// Runs both in turns and gives the median of each; `ours` and `theirs` say themselves how long they took.
pub(crate) fn in_turns(
    rounds: usize,
    ours: impl FnMut() -> Duration,
    theirs: impl FnMut() -> Duration,
) -> Outcome {
    in_rows((rounds, 1), ours, theirs)
}

/// Runs ours `row` times in a row, then theirs as often, and so on, and gives the median of each. Only the first run of a row
/// follows the other program, which slows the shorter of two more than the longer.
pub(crate) fn in_rows(
    (rounds, row): (usize, usize),
    mut ours: impl FnMut() -> Duration,
    mut theirs: impl FnMut() -> Duration,
) -> Outcome {
    let mut times = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        times.0.extend((0..row).map(|_| ours()));
        times.1.extend((0..row).map(|_| theirs()));
    }
    Outcome::Times(median(times.0), median(times.1))
}

pub(crate) fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

pub(crate) fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn readable(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 1e-3 {
        format!("{:.0} µs", seconds * 1e6)
    } else if seconds < 1.0 {
        format!("{:.1} ms", seconds * 1e3)
    } else {
        format!("{seconds:.2} s")
    }
}

/// Prints the table.
pub(crate) fn print(lines: &[Line]) {
    let header = ["job", "peer", "ours", "peer's", "ratio", "goal", ""].map(str::to_owned);
    let rows: Vec<[String; 7]> = std::iter::once(header)
        .chain(lines.iter().map(Line::columns))
        .collect();
    let widths: [usize; 7] = std::array::from_fn(|column| {
        let width = |row: &[String; 7]| row[column].chars().count();
        rows.iter().map(width).max().unwrap_or(0)
    });
    for row in &rows {
        let cells = row.iter().zip(widths).enumerate();
        let cells = cells.map(|(column, (cell, width))| match column {
            2..=5 => format!("{cell:>width$}"),
            _ => format!("{cell:<width$}"),
        });
        println!("{}", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
}
