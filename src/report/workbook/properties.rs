//! Properties of workbooks, tried with words that nobody foresaw.

use proptest::prelude::*;

use super::super::table::{Cell, Column, Kind, Report, Row, Symbol, Table, Value};
use super::fixture::assert_both_files_hold;
use super::{write_ods, write_xlsx};

/// Words of every kind: of any characters, of formulas, of mark-up, of what either format gives a meaning of its own.
fn words() -> impl Strategy<Value = String> {
    let parts = prop_oneof![
        any::<String>(),
        "[=+@-][A-Z(){}<>&\"' 0-9!]{0,8}",
        "(_x[0-9A-Fa-f]{4}_|_x|\\]\\]>|&#0;|&amp;|<t>| {1,3}|\r\n|\n|\t|\u{0}|\u{1f}|🙂|é|\u{feff}|\u{fffe}){1,6}",
        "[0-9]{1,3}([.,][0-9])?%?",
    ];
    prop::collection::vec(parts, 0..3).prop_map(|parts| parts.concat())
}

fn cell() -> impl Strategy<Value = Cell> {
    let value = prop_oneof![
        words().prop_map(Value::Text),
        any::<u64>().prop_map(Value::Count),
        (0..=100_u64).prop_map(Value::Percent),
        (any::<i64>(), 0..6_u32).prop_map(|(digits, scale)| Value::Figure {
            figure: crate::model::Decimal::new(digits, scale),
            signed: false,
        }),
        Just(Value::Blank),
    ];
    (
        value,
        any::<bool>(),
        prop::collection::vec(0..4_usize, 0..2),
    )
        .prop_map(|(value, is_marked, notes)| Cell {
            value,
            marks: if is_marked {
                vec![Symbol::REVISED]
            } else {
                Vec::new()
            },
            notes,
        })
}

fn table() -> impl Strategy<Value = Table> {
    let columns = prop::collection::vec(words(), 0..4);
    columns
        .prop_flat_map(|headers| {
            let row = (prop::collection::vec(cell(), headers.len()), any::<bool>());
            let row = row.prop_map(|(cells, leads)| Row { cells, leads });
            let rows = prop::collection::vec(row, 0..4);
            (
                Just(headers),
                rows,
                prop::collection::vec(words(), 0..3),
                words(),
                words(),
            )
        })
        .prop_map(|(headers, rows, notes, title, scope)| Table {
            title,
            scope,
            columns: headers
                .into_iter()
                .map(|header| Column::new("id", header, Kind::Text))
                .collect(),
            rows,
            notes,
            ..Table::default()
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_words_both_files_hold_the_plan_without_a_formula_and_twice_the_same(
        tables in prop::collection::vec(table(), 0..3),
        title in words(),
    ) {
        let report = Report { title, tables, ..Report::default() };
        assert_both_files_hold(&report);
        prop_assert_eq!(write_xlsx(&report), write_xlsx(&report));
        prop_assert_eq!(write_ods(&report), write_ods(&report));
    }
}
