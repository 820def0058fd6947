//! The integration tests, in one binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panic, also in what its functions share"
)]

mod annex_json;
mod cli_agree;
mod cli_allocation;
mod cli_annex_files;
mod cli_bad_files;
mod cli_closing;
mod cli_comparison;
mod cli_corrections;
mod cli_database;
mod cli_exercise;
mod cli_export_check;
mod cli_giving;
mod cli_import;
mod cli_inspection;
mod cli_joint;
mod cli_judged;
mod cli_measures;
mod cli_merge;
mod cli_moderation;
mod cli_out;
mod cli_population;
mod cli_practice;
mod cli_programme;
mod cli_publications;
mod cli_published;
mod cli_readings;
mod cli_recording;
mod cli_redaction;
mod cli_sample;
mod cli_sample_work;
mod cli_second;
mod cli_settle;
mod cli_settle_samples;
mod cli_settle_second;
mod cli_subgroups;
mod cli_technical;
mod cli_unreadable_files;
mod cli_usage;
mod cli_versions;
mod export_check_parts;
mod golden;
mod harness;
mod kill;
mod made_up;
mod naive;
mod north_west_sample;
mod package;
mod pictures;
mod properties;
mod readme;
mod seeds;
mod symbols;
mod terminal;
mod tidy;
mod upgrade;
mod workbook;
