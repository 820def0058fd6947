//! Places on a sheet. Must not know what stands there.

use std::fmt;

/// The most rows and columns that any spreadsheet program has.
const ROWS_MAX: u32 = 1_048_576;
const COLUMNS_MAX: u32 = 16_384;

/// A cell by its place, from 0; ordered by row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Position {
    /// Its row.
    pub row: u32,
    /// Its column.
    pub column: u32,
}

/// A rectangle of cells, its corners included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// Top left.
    pub first: Position,
    /// Bottom right; never above or left of the first.
    pub last: Position,
}

impl Position {
    /// The first cell of a sheet.
    pub const A1: Position = Position { row: 0, column: 0 };

    /// A place.
    #[must_use]
    pub const fn new(row: u32, column: u32) -> Position {
        Position { row, column }
    }

    /// Reads `B5` or `$B$5`, in any case; `None` for anything else, and for what no sheet has.
    #[must_use]
    pub fn parse(name: &str) -> Option<Position> {
        let name: String = name.chars().filter(|letter| *letter != '$').collect();
        let digits = name.find(|letter: char| letter.is_ascii_digit())?;
        let (letters, digits) = name.split_at(digits);
        let row: u32 = digits.parse().ok()?;
        if letters.is_empty() || letters.len() > 3 || row == 0 || row > ROWS_MAX {
            return None;
        }
        let mut column: u32 = 0;
        for letter in letters.bytes() {
            let place = letter.to_ascii_uppercase().checked_sub(b'A')?;
            if place > 25 {
                return None;
            }
            column = column * 26 + u32::from(place) + 1;
        }
        (column <= COLUMNS_MAX).then(|| Position::new(row - 1, column - 1))
    }

    /// Whether a sheet can have it.
    #[must_use]
    pub(super) fn is_on_a_sheet(self) -> bool {
        self.row < ROWS_MAX && self.column < COLUMNS_MAX
    }
}

/// `A` for 0, `AA` for 26.
#[must_use]
pub fn column_letters(column: u32) -> String {
    let letter = char::from(b'A' + u8::try_from(column % 26).unwrap_or_default());
    match column / 26 {
        0 => letter.to_string(),
        rest => format!("{}{letter}", column_letters(rest - 1)),
    }
}

/// `B5`.
impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}{}",
            column_letters(self.column),
            u64::from(self.row) + 1
        )
    }
}

impl Area {
    /// Reads `A1:C4` or `A1`, with or without a sheet before each corner (`Table_1.A1:Table_1.C4`, `'a b'!A1:C4`).
    #[must_use]
    pub fn parse(name: &str) -> Option<Area> {
        let corner = |name: &str| {
            let name = name.rsplit(['.', '!']).next()?;
            Position::parse(name)
        };
        // The name of a sheet may hold a colon, too.
        let mut is_quoted = false;
        let between = name.find(|letter: char| {
            is_quoted ^= letter == '\'';
            letter == ':' && !is_quoted
        });
        let (first, last) = match between {
            Some(place) => (name.get(..place)?, name.get(place + 1..)?),
            None => (name, name),
        };
        let (first, last) = (corner(first)?, corner(last)?);
        Some(Area {
            first: Position::new(first.row.min(last.row), first.column.min(last.column)),
            last: Position::new(first.row.max(last.row), first.column.max(last.column)),
        })
    }

    /// Whether the cell is one of its own.
    #[must_use]
    pub fn holds(&self, at: Position) -> bool {
        (self.first.row..=self.last.row).contains(&at.row)
            && (self.first.column..=self.last.column).contains(&at.column)
    }
}

/// `A1:C4`.
impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.first, self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_as_they_are_written() {
        for name in ["A1", "Z9", "AA10", "XFD1048576"] {
            assert_eq!(Position::parse(name).unwrap().to_string(), name);
        }
        assert_eq!(Position::parse("$b$5"), Some(Position::new(4, 1)));
        for name in [
            "", "A", "1", "A0", "A1B", "XFE1", "AAAA1", "A1048577", "é1", "A-1",
        ] {
            assert_eq!(Position::parse(name), None, "{name}");
        }
    }

    #[test]
    fn areas_may_name_their_sheet() {
        for name in [
            "A2:C4",
            "C4:A2",
            "Table_1.A2:Table_1.C4",
            "$'a: b'.$A$2:$'a: b'.$C$4",
            "'a.b'!A2:C4",
        ] {
            assert_eq!(Area::parse(name).unwrap().to_string(), "A2:C4", "{name}");
        }
        assert_eq!(Area::parse("B2").unwrap().to_string(), "B2:B2");
        assert_eq!(Area::parse("nonsense"), None);
        assert!(Area::parse("A2:C4").unwrap().holds(Position::new(3, 2)));
        assert!(!Area::parse("A2:C4").unwrap().holds(Position::A1));
    }
}
