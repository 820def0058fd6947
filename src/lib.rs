//! `caseaudit`: record, rate and publish audits of probation cases.
pub mod casework;
pub mod cli;
pub mod exchange;
pub mod framework;
pub mod model;
pub mod rating;
pub mod report;
pub mod store;
