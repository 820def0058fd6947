//! How wide the columns of a table are on an A4 page, by what stands in them, and whether the page is turned. Widths are in twips,
//! a twentieth of a point. Must not know what the words say.

use super::super::table::{Column, Kind, Row, Table};

/// Size of all writing in tables, in points: the least that the rules for accessible documents allow.
const POINTS: u32 = 12;

/// Space beside the words of a cell, both sides together, and a little for the rounding of other programs.
const PADDING: u32 = 230;

/// What is enough for words that are broken over lines: about 4.5 cm.
const COMFORTABLE: u32 = 2550;

/// How an A4 page lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Page {
    /// Upright.
    #[default]
    Portrait,
    /// Turned.
    Landscape,
}

impl Page {
    /// Width and height.
    pub(super) fn size(self) -> (u32, u32) {
        match self {
            Page::Portrait => (11906, 16838),
            Page::Landscape => (16838, 11906),
        }
    }

    /// What is left of the width between margins of 2 cm.
    pub(super) fn room(self) -> u32 {
        self.size().0 - 2 * Page::MARGIN
    }

    /// How many lines a table may have to stand on one such page whole, where it can: so few that the heading and the notes
    /// around it fit on that page, too.
    pub(super) fn lines_together(self) -> u32 {
        match self {
            Page::Portrait => 26,
            Page::Landscape => 14,
        }
    }

    /// The margin on each side: 2 cm.
    pub(super) const MARGIN: u32 = 1134;
}

/// What a column needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Need {
    /// So that no word is broken.
    least: u32,
    /// So that titles are broken over two lines, and longer words are still pleasant to read.
    tight: u32,
    /// So that titles stand on a line.
    comfortable: u32,
    /// So that nothing is broken over lines.
    whole: u32,
    takes_words: bool,
}

/// The parts in which a table is printed below each other, each as the places of its columns, and how the page lies. A part
/// begins with the columns that tell the rows apart. All stands in one part where it can.
pub(super) fn lay_out(table: &Table) -> (Page, Vec<Vec<usize>>) {
    let needs = needs(table);
    let sum = |of: fn(&Need) -> u32| needs.iter().map(of).sum::<u32>();
    let all = vec![(0..table.columns.len()).collect()];
    if sum(|need| need.tight) <= Page::Portrait.room() {
        (Page::Portrait, all)
    } else if sum(|need| need.least) <= Page::Landscape.room() {
        (Page::Landscape, all)
    } else {
        let parts = split(table, &needs, Page::Landscape.room());
        (Page::Landscape, parts.unwrap_or(all))
    }
}

/// As many columns in each part as there is room for; `None` where no columns tell the rows apart, or they leave no room.
fn split(table: &Table, needs: &[Need], room: u32) -> Option<Vec<Vec<usize>>> {
    let names = table.naming_columns()?;
    let need = |place: &usize| needs.get(*place).map_or(0, |need| need.least);
    let start: u32 = names.iter().map(need).sum();
    let (mut parts, mut used) = (vec![names.clone()], start);
    for place in names.len()..table.columns.len() {
        if used + need(&place) > room && used > start {
            parts.push(names.clone());
            used = start;
        }
        used += need(&place);
        parts.last_mut()?.push(place);
    }
    (start < room / 2).then_some(parts)
}

/// The width of each column; together they fill `room`.
pub(super) fn share_room(table: &Table, room: u32) -> Vec<u32> {
    let needs = needs(table);
    let wishes: [fn(&Need) -> u32; 3] = [
        |need| need.comfortable,
        |need| need.tight,
        |need| need.least,
    ];
    let wishes = wishes.map(|of| needs.iter().map(of).collect::<Vec<u32>>());
    let fitting = wishes.iter().find(|wish| wish.iter().sum::<u32>() <= room);
    let Some(base) = fitting else {
        let [.., least] = wishes;
        return divide(room, &least);
    };
    let left = room - base.iter().sum::<u32>();
    let missing: Vec<u32> = needs
        .iter()
        .zip(base)
        .map(|(need, base)| need.whole - base)
        .collect();
    let wanted = left.min(missing.iter().sum());
    let words = needs.iter().any(|need| need.takes_words);
    let rest: Vec<u32> = needs
        .iter()
        .map(|need| u32::from(need.takes_words || !words))
        .collect();
    let grown = divide(wanted, &missing);
    let spread = divide(left - wanted, &rest);
    let columns = base.iter().zip(grown).zip(spread);
    columns
        .map(|((base, grown), spread)| base + grown + spread)
        .collect()
}

/// Over how many lines the rows are broken about, in columns of these widths.
pub(super) fn count_lines(table: &Table, widths: &[u32]) -> u32 {
    let lines = |row: &Row| {
        let cells = row.cells.iter().zip(widths);
        let lines = cells.map(|(cell, width)| {
            let words = width_of(&cell.shown(), row.leads);
            words.div_ceil(width.saturating_sub(PADDING).max(1))
        });
        lines.max().unwrap_or(0).max(1)
    };
    let lines = table.rows.iter().map(lines);
    lines.fold(0, u32::saturating_add)
}

/// An amount in the proportions of `shares`; what rounding leaves goes to the first of them. Nothing where all are 0.
fn divide(amount: u32, shares: &[u32]) -> Vec<u32> {
    let total: u64 = shares.iter().map(|share| u64::from(*share)).sum();
    let part = |share: &u32| (u64::from(amount) * u64::from(*share)).checked_div(total);
    let parts = shares.iter().map(|share| part(share).unwrap_or(0));
    let mut parts: Vec<u32> = parts.filter_map(|part| u32::try_from(part).ok()).collect();
    let rounded = amount - parts.iter().sum::<u32>();
    let first = shares.iter().position(|share| *share > 0);
    if let Some(part) = first.and_then(|place| parts.get_mut(place)) {
        *part += rounded;
    }
    parts
}

fn needs(table: &Table) -> Vec<Need> {
    let columns = table.columns.iter().enumerate();
    columns
        .map(|(place, column)| need(table, place, column))
        .collect()
}

fn need(table: &Table, place: usize, column: &Column) -> Need {
    let is_broken = matches!(column.kind, Kind::Text | Kind::Rating);
    let mut need = Need {
        least: longest_word(&column.header, true),
        tight: 0,
        comfortable: 0,
        whole: 0,
        takes_words: column.kind == Kind::Text,
    };
    for row in &table.rows {
        let Some(cell) = row.cells.get(place) else {
            continue;
        };
        // The mark of a note takes about the room of a letter.
        let notes = u32::try_from(cell.notes.len()).unwrap_or(0).min(9) * 14 * POINTS;
        let words = cell.shown();
        let whole = words
            .lines()
            .map(|line| width_of(line, row.leads))
            .max()
            .unwrap_or(0)
            + notes;
        need.whole = need.whole.max(whole);
        let least = if is_broken {
            longest_word(&words, row.leads) + notes
        } else {
            whole
        };
        need.least = need.least.max(least);
    }
    // A word of thousands of letters is broken wherever it stands.
    need.least = need.least.min(Page::Portrait.room() / 2) + PADDING;
    need.whole = (need.whole.min(1_000_000) + PADDING).max(need.least);
    // A short header, such as `% yes`, stands on one line.
    let header = width_of(&column.header, true) + PADDING;
    let header = Some(header).filter(|header| *header <= COMFORTABLE / 2);
    need.comfortable = need
        .whole
        .min(COMFORTABLE)
        .max(need.least)
        .max(header.unwrap_or(0));
    need.whole = need.whole.max(need.comfortable);
    need.tight = if is_broken && need.whole <= 2 * COMFORTABLE {
        need.least.max(need.whole * 3 / 5)
    } else {
        need.comfortable
    };
    need
}

fn longest_word(words: &str, is_bold: bool) -> u32 {
    let words = words.split_whitespace().map(|word| width_of(word, is_bold));
    words.max().unwrap_or(0)
}

/// The width of words on one line in Arial; bold is taken as an eighth wider.
fn width_of(words: &str, is_bold: bool) -> u32 {
    let thousandths: u64 = words.chars().map(|letter| u64::from(advance(letter))).sum();
    let twips = thousandths * u64::from(POINTS) * 20 / 1000;
    let twips = if is_bold { twips * 9 / 8 } else { twips };
    u32::try_from(twips).unwrap_or(u32::MAX / 4)
}

/// How far Arial moves on after a letter, in thousandths of its size; that of a digit for what is not ASCII.
fn advance(letter: char) -> u16 {
    /// From the space to the tilde: the widths of Helvetica, which Arial shares.
    const WIDTHS: [u16; 95] = [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556,
        556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722,
        722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722,
        667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556,
        556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,
        500, 334, 260, 334, 584,
    ];
    let place = u32::from(letter).checked_sub(u32::from(' '));
    let width = place.and_then(|place| WIDTHS.get(usize::try_from(place).ok()?));
    width.copied().unwrap_or(556)
}
