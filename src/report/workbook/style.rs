//! How the cells of a workbook look, told by what they are. Must not know any file format.

use super::super::table::Align;
use super::plan::{Content, GridColumn, GridRow, Line, Role, Sheet, Workbook};

/// The width of column A in characters where lines stand alone.
pub(super) const LINES_WIDTH: usize = 100;

/// How a cell looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// The title of a sheet: a heading of the first level.
    Title,
    /// A heading of the second level.
    Heading,
    /// A row above a table; broken over lines where no table stands below it, else it runs on over the columns beside it.
    Line {
        /// Whether it is broken over lines.
        wraps: bool,
    },
    /// A link.
    Link {
        /// Whether it is broken over lines.
        wraps: bool,
    },
    /// A header.
    Header(Align),
    /// Words in a table.
    Words {
        /// On which side they stand.
        align: Align,
        /// Whether their row leads others.
        leads: bool,
    },
    /// A number in a table.
    Number {
        /// How many decimals it has.
        decimals: u32,
        /// Whether its row leads others.
        leads: bool,
    },
}

/// The look of a row above the table of this sheet.
pub(super) fn line_look(sheet: &Sheet, line: &Line) -> Look {
    let wraps = sheet.grid.is_none();
    match line.role {
        Role::Title => Look::Title,
        Role::Heading => Look::Heading,
        Role::Plain => Look::Line { wraps },
        Role::Link(_) => Look::Link { wraps },
    }
}

/// The look of a cell of a table; `None` for a blank one.
pub(super) fn cell_look(column: &GridColumn, row: &GridRow, content: &Content) -> Option<Look> {
    let leads = row.leads;
    match content {
        Content::Blank => None,
        Content::Link { .. } => Some(Look::Link { wraps: true }),
        Content::Number { decimals, .. } => Some(Look::Number {
            decimals: *decimals,
            leads,
        }),
        Content::Words(_) => Some(Look::Words {
            align: column.align,
            leads,
        }),
    }
}

/// Every look of the workbook once, in the order of first use.
pub(super) fn looks(workbook: &Workbook) -> Vec<Look> {
    let mut looks = Vec::new();
    let mut see = |look: Look| {
        if !looks.contains(&look) {
            looks.push(look);
        }
    };
    for sheet in &workbook.sheets {
        sheet
            .lines
            .iter()
            .for_each(|line| see(line_look(sheet, line)));
        let Some(grid) = &sheet.grid else { continue };
        grid.columns
            .iter()
            .for_each(|column| see(Look::Header(column.align)));
        for row in &grid.rows {
            let cells = grid.columns.iter().zip(&row.cells);
            cells
                .filter_map(|(column, content)| cell_look(column, row, content))
                .for_each(&mut see);
        }
    }
    looks
}
