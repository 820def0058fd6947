//! What a workbook is made of, read from the parts of an OpenDocument or Office Open XML file into one neutral form.
//!
//! Where other readers want the content of cells, this one keeps what people and assistive technology meet: styles, marks of
//! tables, merged cells, links, properties, what is hidden. Must not know any rule that a workbook is held against.
//!
//! ```text
//! file ─ package ─ xml ┬ ods ──┐
//!                      └ xlsx ─┴─► form
//! ```

mod form;
mod ods;
mod package;
mod place;
mod xlsx;
mod xml;

use std::path::Path;

pub use form::{
    Cell, Drawing, DrawingKind, Format, Look, MarkedTable, Properties, SheetForm, Side, Value,
    WorkbookForm,
};
use package::Package;
pub use place::{Area, Position, column_letters};

use crate::model::{Place, Problem};

/// How many filled cells a workbook may have: far more than a published one has, and few enough to be held in memory.
const CELLS_MAX: usize = 2_000_000;

/// How many tables may be marked in a workbook.
const TABLES_MAX: usize = 1_000;

/// Reads a workbook; its kind is told by its parts, and has to be the one that its name says.
///
/// # Errors
/// One problem: the file cannot be read, is no such workbook, needs a password, is damaged, or is larger than any published one.
pub fn read_workbook_form(path: &Path) -> Result<WorkbookForm, Problem> {
    let read = || {
        let mut package = Package::open(path)?;
        let format = package.format(path)?;
        let mut form = match format {
            Format::Ods => ods::read(&mut package),
            Format::Xlsx => xlsx::read(&mut package),
        }?;
        if form
            .sheets
            .iter()
            .map(|sheet| sheet.tables.len())
            .sum::<usize>()
            > TABLES_MAX
        {
            return Err(package::too_large());
        }
        form.file_name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        Ok(form)
    };
    read().map_err(|problem: Problem| problem.at(Place::of(path.display().to_string())))
}
