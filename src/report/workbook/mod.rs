//! A report as a workbook: a cover, the contents, the notes, then a sheet for each table.
//!
//! `plan` says once what stands in which cell of which sheet, after the guidance of the UK Analysis Function for accessible
//! spreadsheets; `xlsx` and `ods` write that plan and see nothing else. Charts are left out, as that guidance asks: their figures
//! stand in the tables. Must not know what a rating or a percentage is.

mod clean;
mod grid;
mod height;
mod ods;
mod plan;
mod sheets;
mod style;
mod xlsx;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use super::table::Report;
use crate::model::Problems;

/// The report as an Office Open XML workbook, for Excel.
///
/// # Errors
/// Only when the file cannot be built in memory.
pub fn write_xlsx(report: &Report) -> Result<Vec<u8>, Problems> {
    xlsx::write(&sheets::plan_workbook(report))
}

/// The report as an OpenDocument spreadsheet.
///
/// # Errors
/// Only when the file cannot be built in memory.
pub fn write_ods(report: &Report) -> Result<Vec<u8>, Problems> {
    ods::write(&sheets::plan_workbook(report))
}
