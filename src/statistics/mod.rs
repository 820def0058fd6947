//! Figures that describe answers: how often two assessors gave the same answer, and where they differ.
//!
//! Pure: must not know frameworks, ratings, the record or the clock. None of the figures may decide a rating.

mod pairs;

pub use pairs::{Comparison, Difference, PairTable, compare_answers};
