//! The integration tests, in one binary.

mod cli_recording;
mod cli_usage;
mod golden;
mod harness;
mod north_west_sample;
mod pictures;
mod readme;
mod terminal;
