//! Which two inspections are compared, in which order, and in what words: one provider then and now, or two beside each other.
//!
//! Must not know what is compared, or any output format.

use super::super::measures::trend_cell;
use super::super::programme::Inspected;
use super::super::table::{Cell, Column, Kind, Symbol, Table};
use crate::framework::Framework;
use crate::rating::Trend;

/// The two inspections and how they are called: by what tells them apart.
pub(super) struct Pair<'i> {
    pub(super) both: [&'i Inspected; 2],
    pub(super) labels: [String; 2],
    /// Whether they are one provider then and now; else two that stand beside each other.
    pub(super) is_over_time: bool,
    /// Whether the second was named first.
    is_turned: bool,
}

impl<'i> Pair<'i> {
    pub(super) fn new(one: &'i Inspected, other: &'i Inspected) -> Pair<'i> {
        let same_provider =
            one.heading.provider.to_lowercase() == other.heading.provider.to_lowercase();
        let periods = [one, other].map(|inspected| inspected.heading.period.as_str());
        // Without periods the order in which they were named is all that is known.
        let is_over_time = same_provider && (periods[0] != periods[1] || periods[0].is_empty());
        let is_known = periods.iter().all(|period| !period.is_empty());
        let is_turned = is_over_time && is_known && periods[0] > periods[1];
        let (one, other) = if is_turned {
            (other, one)
        } else {
            (one, other)
        };
        let names: [fn(&Inspected) -> &str; 2] = [
            |inspected| &inspected.heading.period,
            |inspected| &inspected.heading.provider,
        ];
        let name = |inspected: &Inspected| {
            let name = names
                .get(usize::from(!same_provider))
                .map(|name| name(inspected));
            name.unwrap_or_default().to_owned()
        };
        let (first, second) = (name(one), name(other));
        let is_clear = first != second && !first.is_empty() && !second.is_empty();
        Pair {
            is_over_time,
            is_turned,
            both: [one, other],
            labels: if is_clear {
                [first, second]
            } else {
                [one, other].map(|inspected| inspected.heading.inspection.clone())
            },
        }
    }

    pub(super) fn table(&self, id: &str, title: &str) -> Table {
        let [one, other] = self.both.map(|inspected| {
            let Framework { title, edition, .. } = &inspected.framework;
            let subject = inspected.heading.subject();
            (
                subject,
                inspected.heading.inspection.clone(),
                format!("{title}, {edition}"),
            )
        });
        let frameworks = if one.2 == other.2 {
            one.2
        } else {
            format!("{} and {}", one.2, other.2)
        };
        Table {
            id: id.to_owned(),
            title: title.to_owned(),
            scope: format!("{} and {}", one.0, other.0),
            source: format!("inspections {} and {}; {frameworks}", one.1, other.1),
            ..Table::default()
        }
    }

    /// A column for each of the two.
    pub(super) fn columns(&self, id: &str, header: &str, kind: Kind) -> [Column; 2] {
        let [one, other] = &self.labels;
        [("a", one), ("b", other)].map(|(end, label)| {
            Column::new(format!("{id}_{end}"), format!("{header}, {label}"), kind)
        })
    }

    /// What both have: those of the second in its order, then those that only the first has.
    pub(super) fn matched<T>(
        &self,
        all: impl Fn(&'i Inspected) -> Vec<&'i T>,
        key: impl Fn(&T) -> &str,
    ) -> Vec<[Option<&'i T>; 2]> {
        let [one, other] = self.both.map(&all);
        let find = |among: &[&'i T], item: &T| {
            let mut among = among.iter().copied();
            among.find(|known| key(known).eq_ignore_ascii_case(key(item)))
        };
        let later = other.iter().map(|item| [find(&one, item), Some(*item)]);
        let gone = one.iter().filter(|item| find(&other, item).is_none());
        later.chain(gone.map(|item| [Some(*item), None])).collect()
    }

    /// Why one of the two has no cell.
    pub(super) fn absent(&self, place: usize, what: &str) -> Cell {
        let label = self.labels.get(place).map_or("", String::as_str);
        Cell::missing(Symbol::NOT_AVAILABLE, format!("{label} has no such {what}"))
    }

    /// Whether a rating means the same in both.
    pub(super) fn shares_scale(&self) -> bool {
        let [one, other] = self.both;
        one.framework.scale == other.framework.scale
    }

    /// That they stand the other way round than they were named.
    pub(super) fn order_note(&self) -> Option<String> {
        let [one, other] = &self.labels;
        self.is_turned
            .then(|| format!("{one} stands before {other}: the earlier period comes first"))
    }

    /// What the difference between their figures is called.
    pub(super) fn change_word(&self) -> &'static str {
        if self.is_over_time {
            "change"
        } else {
            "difference"
        }
    }

    /// The second figure less the first.
    pub(super) fn change_column(&self) -> Column {
        if self.is_over_time {
            Column::new("change", "Change", Kind::Figure)
        } else {
            Column::new("difference", "Difference", Kind::Figure)
        }
    }

    /// What became of a rating or figure; of two that stand beside each other, which is better.
    pub(super) fn verdict_column(&self) -> Column {
        if self.is_over_time {
            Column::new("improved_or_declined", "Improved or declined", Kind::Text)
        } else {
            Column::new("better", "Better", Kind::Text)
        }
    }

    /// What a change from the first to the second means.
    pub(super) fn verdict_cell(&self, trend: Trend) -> Cell {
        let [one, other] = &self.labels;
        match trend {
            _ if self.is_over_time => trend_cell(trend),
            Trend::Improved => Cell::text(other),
            Trend::Declined => Cell::text(one),
            Trend::Unchanged => Cell::text("Neither"),
        }
    }

    /// A note about one of the two.
    pub(super) fn of_label(&self, place: usize, note: &str) -> String {
        let label = self.labels.get(place).map_or("", String::as_str);
        format!("{label}: {note}")
    }
}
