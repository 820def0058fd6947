//! The one chart model: what a picture of a table shows. Must not know how it is drawn, which belongs to the writers.

mod draw;
#[cfg(test)]
pub(super) mod example;
mod png;
mod programme;
mod standards;
mod svg;

pub use draw::draw_svg;
pub(super) use draw::light_tint;
pub(super) use png::PNG_MARK;
pub use png::draw_png;
pub(super) use programme::profile_chart;
pub use standards::{Intervals, add_standard_charts};

use super::table::Table;
use crate::model::Decimal;
use serde::{Deserialize, Serialize};

/// A picture of figures that stand in a table too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    /// Its name in files, unique in the report: lower-case words with dashes.
    pub id: String,
    /// The id of the table after which it stands.
    pub after: String,
    /// Its title.
    pub title: String,
    /// What it shows, in words, for those who cannot see it: the figures and what stands out.
    pub alternative: String,
    /// Every figure that it shows.
    pub data: Table,
    /// What is drawn.
    pub drawing: Drawing,
}

/// What a chart draws.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Drawing {
    /// A percentage a line, with its interval, over the bands in which ratings are given.
    Bands {
        /// The bands, worst first.
        bands: Vec<Band>,
        /// The percentages, from the top.
        lines: Vec<BandLine>,
    },
    /// How many were rated how: a bar a line, divided by ratings.
    Profile {
        /// Titles of the ratings, worst first.
        ratings: Vec<String>,
        /// The bars, from the top.
        lines: Vec<ProfileLine>,
    },
}

/// The percentages that give one rating.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    /// Title of the rating.
    pub title: String,
    /// The lowest percentage of it; the highest is below that of the next band, or 100.
    pub from: u64,
}

/// A percentage and its interval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BandLine {
    /// What it is the percentage of, such as `2.1.1`.
    pub label: String,
    /// The percentage; `None` where it is missing.
    pub percent: Option<u64>,
    /// Lower and upper limit of its interval in percent; `None` where there is none.
    pub interval: Option<(Decimal, Decimal)>,
}

/// How many were given each rating.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileLine {
    /// Whose ratings these are, such as `2.1 Assessment`.
    pub label: String,
    /// How many were given each rating, worst first.
    pub counts: Vec<u64>,
    /// How many were not rated.
    pub not_rated: u64,
}
