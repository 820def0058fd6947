//! Files of measures, read and refused.

use super::*;
use crate::model::Decimal;

fn read(text: &str) -> Result<MeasureFile, Vec<String>> {
    let options = Options {
        content: Some(text.as_bytes()),
        ..Options::default()
    };
    read_measures(Path::new("m.csv"), &options)
        .and_then(|reading| reading.finish([]))
        .map_err(|problems| problems.0.iter().map(Problem::to_string).collect())
}

fn figure(text: &str) -> Option<Decimal> {
    crate::model::parse_figure(text)
}

#[test]
fn measures_are_read_with_their_lines_figures_and_marks() {
    let says = read(
        "Value,Measure,provider,PERIOD,mark,observations,target\n\
         71.2%, SL001 , North West ,2023/24,\"p, r\",\"1,204\",70\n\
         \n\
         [x],SL004,North West,2023/24,,,\n\
         0 [z],SL005,North West,2023/24,,12,[x]\n",
    )
    .unwrap();
    let first = MeasureRow {
        line: 2,
        provider: "North West".into(),
        measure: "SL001".into(),
        period: "2023/24".into(),
        measurement: Measurement {
            value: figure("71.2"),
            provisional: true,
            revised: true,
            observations: Some(1_204),
            target: figure("70"),
            ..Measurement::default()
        },
    };
    assert_eq!(says.rows[0], first);
    assert_eq!(says.rows[1].measurement, Measurement::default());
    assert_eq!((says.rows[1].line, says.rows[2].line), (4, 5));
    let last = &says.rows[2].measurement;
    assert!(last.unreliable && last.value == figure("0") && last.target.is_none());
    let columns = says.columns;
    assert_eq!(
        (
            columns.value,
            columns.measure,
            columns.provider,
            columns.period
        ),
        (1, 2, 3, 4)
    );
    assert!(columns.has_target && !columns.has_national && columns.has_observations);
}

#[test]
fn a_column_that_a_file_lacks_leaves_what_is_recorded() {
    let says = read("provider,measure,period,value,target\nNorth,SL1,1,71,\n").unwrap();
    let known = Measurement {
        value: figure("60"),
        provisional: true,
        target: figure("75"),
        previous: figure("55"),
        observations: Some(40),
        ..Measurement::default()
    };
    let complete = says.columns.complete(&says.rows[0].measurement, &known);
    let expected = Measurement {
        value: figure("71"),
        previous: figure("55"),
        observations: Some(40),
        ..Measurement::default()
    };
    assert_eq!(complete, expected);
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let problems = read(
        "provider,measure,period,value,target,national,previous,observations,mark\n\
         North,SL1,2024,\"71,2\",70 [p],about 68,5.,2.5,q\n\
         ,,,1,,,,,\n\
         North,SL2,2024,1,,,,,x\n\
         North,SL3,2024,,,,,,p\n\
         north,sl2,2024,1,,,,,\n\
         NORTH,SL9,2024,2,,,,,\n\
         North,sl9,2024,2,,,,,\n\
         North,SL4,2024,1\n",
    )
    .unwrap_err();
    let starts = [
        "m.csv line 2 column 4: 71,2 is not a figure; write a decimal point: 71.2 [wrong-value]",
        "m.csv line 2 column 5: the figure 70 [p] has a mark; marks belong to the value: leave it out here [wrong-value]",
        "m.csv line 2 column 6: about 68 is not a figure; write a number",
        "m.csv line 2 column 7: 5. is not a figure; write a number",
        "m.csv line 2 column 8: 2.5 is not a number of observations; write a whole number, such as 30 [wrong-value]",
        "m.csv line 2 column 9: q is not a mark; write p (provisional)",
        "m.csv line 3 column 1: the provider is missing; say whose figure it is [empty-cell]",
        "m.csv line 3 column 2: the measure is missing; give its id, as the framework has it [empty-cell]",
        "m.csv line 3 column 3: the period is missing; say of which period it is, such as 2023/24 [empty-cell]",
        "m.csv line 4 column 9: there is a value, and the mark x; leave one of the two out [wrong-value]",
        "m.csv line 5 column 9: there is a mark and no value; give the value, or leave the mark out [wrong-value]",
        "m.csv line 6 column 2: sl2 of north, 2024 stands a second time, first on line 4; leave one of the two out [duplicate-reference]",
        "m.csv line 8 column 2: sl9 of North, 2024 stands a second time, first on line 7; leave one of the two out [duplicate-reference]",
        "m.csv line 9: the row has 4 cells and the header 9;",
    ];
    assert_eq!(problems.len(), starts.len(), "{problems:#?}");
    for (problem, start) in problems.iter().zip(starts) {
        assert!(problem.starts_with(start), "{problem}");
    }
}

#[test]
fn a_wrong_header_is_refused_with_its_columns() {
    let problems =
        read("provider,measure,value,valu,targets,value,note\na,b,1,2,3,4,5\n").unwrap_err();
    let starts = [
        "m.csv line 1: the header has no column period; start with the line provider,measure,period,value",
        "m.csv line 1 column 4: a file of measures has no column valu; did you mean value? [wrong-header]",
        "m.csv line 1 column 5: a file of measures has no column targets; did you mean target? [wrong-header]",
        "m.csv line 1 column 6: the column value stands twice; leave one of the two out [wrong-header]",
        "m.csv line 1 column 7: a file of measures has no column note; there are: provider, measure,",
    ];
    assert_eq!(problems.len(), starts.len(), "{problems:#?}");
    for (problem, start) in problems.iter().zip(starts) {
        assert!(problem.starts_with(start), "{problem}");
    }
    assert!(read("provider;measure;period;value\n").unwrap_err()[0].contains("by commas"));
    assert!(read("provider,measure,period,value\n,,,\n").unwrap_err()[0].ends_with("[empty-file]"));
}
