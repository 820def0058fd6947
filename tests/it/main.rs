//! The integration tests, in one binary.

mod north_west_sample;
mod pictures;
mod readme;
mod terminal;
