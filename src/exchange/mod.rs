//! Files of cases, answers, measures and judgements and extracts of a case management system, read from CSV, XLSX and ODS into
//! plain checked values.
//!
//! A file is taken whole or not at all: a [`Reading`] gives either everything that the file says or everything that is
//! wrong with it, each problem with its line, column and remedy. Cells are trimmed, blank rows are skipped, an empty cell says
//! nothing. Must not know the store or the clock, nor which answers apply to a case: whoever records them checks that.
//!
//! ```text
//! file ─ source ┬ blocks ───┐ rows ┬ cases ───────────────────────► CaseFile
//!               └ workbook ─┘      ├ layout, answers ─────────────► AnswerRows
//!                                  ├ extract_header, extract ─────► Extract
//!                                  └ named_columns ┬ measures ────► MeasureFile
//!                                                  └ judgements ──► JudgementFile
//! workbook that is published ─ workbook_form ──────────────────────► WorkbookForm
//! ```

mod answer_rows;
mod answers;
mod answers_in_order;
mod blocks;
mod byte_table;
mod cases;
mod column_map;
mod distinct_rows;
mod extract;
mod extract_header;
mod figures;
mod gather;
mod judgements;
mod known;
mod layout;
mod locate;
mod measures;
mod named_columns;
mod person;
mod plain_rows;
mod row_problems;
mod source;
mod values;
mod workbook;
pub mod workbook_form;

pub use answers::{AnswerRows, Note, read_answers};
pub use answers_in_order::read_in_order;
pub use cases::{CaseFile, CaseRow, SampleInfo, read_cases};
pub use column_map::read_column_map;
pub use extract::{Extract, ExtractColumn, read_extract};
pub use extract_header::{ColumnNames, ExtractSpec, PERSON_COLUMNS};
pub use figures::{Marks, read_count, read_figure, read_marks, read_value};
pub use gather::Reading;
pub use judgements::{JudgementColumns, JudgementFile, JudgementRow, read_judgements};
pub use known::KnownCases;
pub use locate::locate;
pub use measures::{MeasureColumns, MeasureFile, MeasureRow, read_measures};
pub use person::PersonKey;
pub use source::{Encoding, Options};
pub use values::{check_reference, check_value};
