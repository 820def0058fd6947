//! Holding workbooks that are to be published, ours or not, against the rubric. Needs no record, and must not judge anything itself.

use std::path::Path;

use crate::exchange::workbook_form::read_workbook_form;
use crate::model::Problem;
use crate::rubric::{HeldWorkbook, hold_workbook};

/// Where a workbook breaks which rules.
///
/// # Errors
/// One problem: the file cannot be read as a workbook.
pub fn check_workbook(path: &Path) -> Result<HeldWorkbook, Problem> {
    let form = read_workbook_form(path)?;
    Ok(HeldWorkbook {
        file: path.display().to_string(),
        findings: hold_workbook(&form),
    })
}
