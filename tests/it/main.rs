//! The integration tests, in one binary.

mod golden;
mod harness;
mod north_west_sample;
mod pictures;
mod readme;
mod terminal;
