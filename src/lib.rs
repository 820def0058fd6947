//! `caseaudit`: record, rate and publish audits of probation cases.
pub mod exchange;
pub mod model;
