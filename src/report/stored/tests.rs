//! Tests that a report comes back as it was, whatever it holds, and that texts of before are still read.

use proptest::prelude::*;

use super::super::chart::{Band, BandLine, Chart, Drawing, ProfileLine};
use super::super::example;
use super::super::revised::Revised;
use super::super::revision::Change;
use super::super::table::{
    About, Caution, Cell, Column, Groups, Kind, Missing, Part, Row, Table, Value, Version,
};
use super::*;
use crate::model::Decimal;

/// Digits are compared, too: `1.0` is not `1.00` when it is printed.
fn comes_back(report: &Report) {
    let text = write_stored(report).unwrap();
    let read = read_stored(&text).unwrap();
    assert_eq!(&read, report);
    assert_eq!(write_stored(&read).unwrap(), text);
    assert_eq!(format!("{read:?}"), format!("{report:?}"));
}

fn decimal() -> impl Strategy<Value = Decimal> {
    (any::<i64>(), 0u32..20).prop_map(|(digits, scale)| Decimal::new(digits, scale))
}

fn symbol() -> impl Strategy<Value = Symbol> {
    (prop::sample::select(SYMBOL_CODES.to_vec()), ".*").prop_map(|(code, meaning)| Symbol {
        code,
        meaning: Cow::Owned(meaning),
    })
}

fn cell() -> impl Strategy<Value = Cell> {
    let missing = (symbol(), ".*");
    let value = prop_oneof![
        ".*".prop_map(Value::Text),
        any::<u64>().prop_map(Value::Count),
        any::<u64>().prop_map(Value::Percent),
        (decimal(), any::<bool>()).prop_map(|(figure, signed)| Value::Figure { figure, signed }),
        (".*", any::<usize>(), any::<usize>()).prop_map(|(title, place, of)| Value::Rating {
            title,
            place,
            of
        }),
        missing.prop_map(|(symbol, reason)| Value::Missing(Missing { symbol, reason })),
        Just(Value::Blank),
    ];
    let marks = prop::collection::vec(symbol(), 0..3);
    let notes = prop::collection::vec(any::<usize>(), 0..3);
    (value, marks, notes).prop_map(|(value, marks, notes)| Cell {
        value,
        marks,
        notes,
    })
}

fn column() -> impl Strategy<Value = Column> {
    let kinds = vec![
        Kind::Text,
        Kind::Code,
        Kind::Count,
        Kind::Percent,
        Kind::Figure,
        Kind::Rating,
    ];
    (".*", ".*", prop::sample::select(kinds), any::<bool>()).prop_map(
        |(id, header, kind, is_detail)| Column {
            is_detail,
            ..Column::new(id, header, kind)
        },
    )
}

fn table() -> impl Strategy<Value = Table> {
    let parts = vec![
        Part::Published,
        Part::Comparison,
        Part::Technical,
        Part::Subgroups,
        Part::Words,
    ];
    let row = (prop::collection::vec(cell(), 0..4), any::<bool>());
    let rows = prop::collection::vec(row.prop_map(|(cells, leads)| Row { cells, leads }), 0..4);
    let words = (".*", ".*", ".*", ".*", ".*", ".*");
    let columns = prop::collection::vec(column(), 0..4);
    let shared = prop::collection::vec((column(), ".*"), 0..2);
    let notes = prop::collection::vec(".*", 0..3);
    (
        words,
        prop::sample::select(parts),
        shared,
        columns,
        rows,
        notes,
    )
        .prop_map(|(words, part, shared, columns, rows, notes)| {
            let (id, title, scope, units, blank_cells, source) = words;
            Table {
                id,
                title,
                part,
                by: blank_cells.clone(),
                scope,
                units,
                blank_cells,
                shared,
                columns,
                rows,
                notes,
                source,
            }
        })
}

fn drawing() -> impl Strategy<Value = Drawing> {
    let band = (".*", any::<u64>()).prop_map(|(title, from)| Band { title, from });
    let interval = prop::option::of((decimal(), decimal()));
    let line = (".*", prop::option::of(any::<u64>()), interval);
    let line = line.prop_map(|(label, percent, interval)| BandLine {
        label,
        percent,
        interval,
    });
    let counted = (
        ".*",
        prop::collection::vec(any::<u64>(), 0..4),
        any::<u64>(),
    );
    let counted = counted.prop_map(|(label, counts, not_rated)| ProfileLine {
        label,
        counts,
        not_rated,
    });
    prop_oneof![
        (
            prop::collection::vec(band, 0..4),
            prop::collection::vec(line, 0..4)
        )
            .prop_map(|(bands, lines)| Drawing::Bands { bands, lines }),
        (
            prop::collection::vec(".*", 0..4),
            prop::collection::vec(counted, 0..4)
        )
            .prop_map(|(ratings, lines)| Drawing::Profile { ratings, lines }),
    ]
}

fn report() -> impl Strategy<Value = Report> {
    let keywords = prop::collection::vec(".*", 0..3);
    let published = prop::option::of(".*");
    let parts = [".*", ".*", ".*", ".*", ".*"];
    let earlier = prop::collection::vec((parts, any::<bool>()), 0..2);
    let is = [any::<bool>(), any::<bool>()];
    let standing = (published, any::<u64>(), is, earlier);
    let about = (".*", ".*", keywords, standing).prop_map(
        |(organisation, contact, keywords, (published, revisions, is, earlier))| About {
            organisation,
            contact,
            keywords,
            published,
            revisions,
            is_indicative: is[0],
            is_unkept: is[1],
            earlier: earlier.into_iter().map(version).collect(),
        },
    );
    let chart = (".*", ".*", ".*", ".*", table(), drawing()).prop_map(
        |(id, after, title, alternative, data, drawing)| Chart {
            id,
            after,
            title,
            alternative,
            data,
            drawing,
        },
    );
    let notes = prop::collection::vec(".*", 0..3);
    let tables = prop::collection::vec(table(), 0..3);
    let charts = prop::collection::vec(chart, 0..2);
    let revised = prop::collection::vec(revised(), 0..2);
    let groups = prop::option::of((prop::collection::vec(".*", 0..3), any::<u64>()));
    let groups = groups.prop_map(|groups| groups.map(|(by, smallest)| Groups { by, smallest }));
    let kinds = prop::collection::vec(prop::collection::vec(".*", 0..3), 0..3);
    let caution = (".*", kinds).prop_map(|(words, kinds)| Caution { words, kinds });
    let cautions = prop::collection::vec(caution, 0..2);
    (
        ".*", about, notes, tables, charts, groups, cautions, revised,
    )
        .prop_map(
            |(title, about, notes, tables, charts, groups, cautions, revised)| Report {
                title,
                about,
                notes,
                tables,
                charts,
                groups,
                cautions,
                revised,
            },
        )
}

fn version(
    ([published, closed_by, opened, by, because], gave_way): ([String; 5], bool),
) -> Version {
    Version {
        published,
        closed_by,
        opened,
        by,
        because,
        gave_way,
    }
}

fn revised() -> impl Strategy<Value = Revised> {
    let parts = prop::sample::select(vec![Part::Published, Part::Words]);
    let cells = (prop::option::of(cell()), prop::option::of(cell()));
    let named = [".*", ".*", ".*", ".*", ".*"];
    (named, parts, any::<bool>(), cells).prop_map(
        |([published, table, title, row, column], part, is_detail, (was, is))| Revised {
            published,
            change: Change {
                table,
                title,
                part,
                is_detail,
                row,
                column,
                was,
                is,
            },
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_report_comes_back_as_it_was(report in report()) {
        comes_back(&report);
    }
}

#[test]
fn an_empty_report_and_one_with_every_kind_of_cell_come_back() {
    comes_back(&Report::default());
    comes_back(&example::report());
}

/// As the first program that kept figures wrote it. What it says must be read for ever: never change it, only add to it.
const FIRST: &str = r#"{"form":1,"report":{"title":"North","about":{"organisation":"O","contact":"C","keywords":["k"],"published":"2019-01-23","revisions":1},"notes":["Made-up data"],"tables":[{"id":"t","title":"T","part":"Published","scope":"s","units":"u","blank_cells":"b","shared":[[{"id":"period","header":"Period","kind":"Text","is_detail":false},"2018"]],"columns":[{"id":"number","header":"Number","kind":"Code","is_detail":false},{"id":"yes","header":"Yes","kind":"Count","is_detail":true}],"rows":[{"cells":[{"value":{"Text":"2.1"},"notes":[1]},{"value":{"Count":3},"marks":[["[r]","revised"]]}],"leads":true},{"cells":[{"value":{"Percent":83}},{"value":{"Figure":{"figure":"-1.50","signed":true}}},{"value":{"Rating":{"title":"Good","place":2,"of":4}}},{"value":{"Missing":{"symbol":["[x]","not available"],"reason":"why"}}},{"value":"Blank"}],"leads":false}],"notes":["n"],"source":"made up"}],"charts":[{"id":"c","after":"t","title":"C","alternative":"words","data":{"id":"d","title":"D","part":"Technical","scope":"","units":"","blank_cells":"","shared":[],"columns":[],"rows":[],"notes":[],"source":""},"drawing":{"Bands":{"bands":[{"title":"Good","from":65}],"lines":[{"label":"2.1.1","percent":83,"interval":["75.1","88.0"]}]}}}]}}"#;

#[test]
fn what_the_first_program_kept_is_read() {
    let report = read_stored(FIRST).unwrap();
    assert_eq!(report.about.published.as_deref(), Some("2019-01-23"));
    assert_eq!(report.tables[0].rows[1].cells[1].shown(), "−1.50");
    comes_back(&report);
}

#[test]
fn a_form_of_a_newer_program_and_a_text_of_no_form_are_told_apart() {
    let said = |text: &str| read_stored(text).unwrap_err().to_string();
    assert_eq!(
        said("{\"form\":2,\"report\":7}"),
        "the published figures are of form 2, this program knows up to 1; \
         use the newer program that closed the inspection [newer-database]"
    );
    assert!(said("{\"form\":1}").contains("[database-damaged]"));
    let strange = FIRST.replace("[r]", "[q]");
    assert!(said(&strange).contains("[q] is no shorthand"));
}
