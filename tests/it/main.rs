//! The integration tests, in one binary.

mod cli_import;
mod cli_recording;
mod cli_usage;
mod golden;
mod harness;
mod made_up;
mod naive;
mod north_west_sample;
mod pictures;
mod readme;
mod terminal;
mod workbook;
