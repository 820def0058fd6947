//! Ratings as tables, and tables as bytes.
//!
//! One table model feeds every writer. `annex`, `rate` and `rating_json` read ratings, `agree` figures of agreement; the writers (`terminal`, `markdown`, `csv`, `json`, `workbook`, `docx`)
//! see tables only: none of them computes a percentage or a rating.

mod agree;
mod annex;
mod bars;
mod chart;
mod compare;
mod csv;
mod docx;
#[cfg(test)]
mod example;
#[cfg(test)]
mod fixture;
mod footnotes;
mod framework;
mod heading;
mod html;
mod json;
mod kind;
mod markdown;
mod measures;
mod number;
mod package;
mod profile;
mod programme;
mod properties;
mod ranking;
mod rate;
mod rating_json;
mod revised;
mod revision;
mod rubric;
mod stored;
mod subgroups;
mod summary;
mod surroundings;
mod table;
mod targets;
mod technical;
mod terminal;
mod words;
mod workbook;
mod xml;

pub use agree::{AgreementLine, Agreements, Disagreement, agreement_report, exercise_report};
pub use annex::annex_report;
pub use bars::{Bar, write_bars};
pub use chart::{
    Band, BandLine, Chart, Drawing, Intervals, ProfileLine, add_standard_charts, draw_png, draw_svg,
};
pub use compare::compare_report;
pub use csv::{LIST_FILE, ResultFile, list_files, listed_files, write_csv, write_csv_files};
pub use docx::write_docx;
pub use framework::framework_report;
pub use heading::Heading;
pub use html::write_html;
pub use json::write_json;
pub use kind::FileKind;
pub use markdown::write_markdown;
pub use measures::use_measure_symbols;
pub use number::shown_time;
pub use programme::{Inspected, SortBy, programme_report};
pub use ranking::{comparable_ids, ranking_report};
pub use rate::{rate_by_report, rate_lines, rate_report};
pub use rating_json::{write_rating_by_json, write_rating_json};
pub use revised::{Revised, mark_revised, show_revised};
pub use revision::{Difference, find_differences};
pub use rubric::rubric_report;
pub use stored::{read_stored, write_stored};
pub use subgroups::{Subgroup, Subgroups, add_subgroups};
pub use surroundings::{Member, Previous, Programme, Surroundings, add_surroundings};
pub use table::{
    About, Align, Caution, Cell, Column, Groups, Kind, Missing, Part, Report, Row, Symbol, Table,
    Value, Version, View,
};
pub use technical::{Chances, Resampled, SampleDesign, Sureness, add_technical};
pub use terminal::{TerminalOptions, write_lines, write_terminal};
pub use words::add_words;
pub use workbook::{write_ods, write_xlsx};
