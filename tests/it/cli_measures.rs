//! Measures of many providers and periods: imported, imported again, refused, recorded by hand and taken back.
//!
//! Must not know how measures are rated.

use snapbox::{assert_data_eq, file};

use super::harness::Office;
use super::workbook::{ods_file, xlsx_file};

const FRAMEWORK: &str = r#"id = "levels"
title = "Service levels"
edition = "2023/24"
source = "Made up"
[scale]
ratings = [
  { id = "poor", title = "Poor", points = 1 },
  { id = "good", title = "Good", points = 2 },
]
[bands]
good = 50
[share_bands]
good = 60
[overall]
rule = "weighted-share"
given = true
[[sample]]
id = "cases"
[[measure]]
id = "SL001"
title = "Engagement"
unit = "%"
better = "higher"
target = 70
bands = { good = 70 }
[[measure]]
id = "SL002"
title = "Delay"
unit = "days"
better = "lower"
bands = { good = 10 }
[[measure]]
id = "SL003"
title = "Quality"
unit = "%"
better = "higher"
bands = { good = 70 }
percent_yes_of = "1.1"
[[standard]]
number = "1"
title = "Levels"
rule = "weighted-share"
measures = ["SL001", "SL002", "SL003"]
[[standard.question]]
number = "1.1"
sample = "cases"
text = "Is it good?"
"#;

/// Two providers, two periods, two measures.
const MEASURES: &str = "provider,measure,period,value,target,observations,mark\n\
    North,SL001,2022/23,68.4,70,,\n\
    North,SL002,2022/23,12,,40,\n\
    North,SL001,2023/24,71.2 [p],70,,\n\
    North,SL002,2023/24,9.5,,28,z\n\
    South,SL001,2022/23,[x],,,\n\
    South,SL002,2022/23,0.3,,1200,r\n\
    South,SL001,2023/24,80,75,,\n\
    South,SL002,2023/24,-1.25,,31,\n";

const IMPORT: &str = "import measures m.csv --programme Levels --framework levels";

/// A database with the framework, and the measures as a file.
fn office() -> Office {
    let office = Office::new();
    office.write("levels.toml", FRAMEWORK);
    office.write("m.csv", MEASURES);
    office.run("init --quiet").says_nothing();
    office
        .run("framework add levels.toml --quiet")
        .says_nothing();
    office
}

/// The same with the measures imported.
fn imported() -> Office {
    let office = office();
    office.run(&format!("{IMPORT} --quiet")).says_nothing();
    office
}

/// All figures of the record, a line each.
fn recorded(office: &Office) -> String {
    let database = rusqlite::Connection::open(office.path("caseaudit.db")).unwrap();
    let mut statement = database
        .prepare(
            "SELECT concat_ws('|', name, measure, ifnull(value, 'x'),
                              concat(iif(provisional, 'p', ''), iif(revised, 'r', ''), iif(unreliable, 'z', '')),
                              observations, 't' || target, 'n' || measurement.national, 'b' || previous)
               FROM measurement JOIN inspection ON inspection.seq = measurement.inspection
              ORDER BY name, measure",
        )
        .unwrap();
    let lines = statement
        .query_map([], |row| row.get::<_, String>(0))
        .unwrap();
    lines.map(|line| line.unwrap() + "\n").collect()
}

const RECORDED: &str = "North 2022/23|SL001|68.4||t70\n\
    North 2022/23|SL002|12||40\n\
    North 2023/24|SL001|71.2|p|t70\n\
    North 2023/24|SL002|9.5|z|28\n\
    South 2022/23|SL001|x|\n\
    South 2022/23|SL002|0.3|r|1200\n\
    South 2023/24|SL001|80||t75\n\
    South 2023/24|SL002|-1.25||31\n";

#[test]
fn measures_of_many_providers_and_periods_open_their_inspections() {
    let office = office();
    office.run(IMPORT).says(
        "m.csv: recorded 8 figures of 2 measures for 2 providers in 2 periods; \
             opened 4 inspections: North 2022/23, North 2023/24, South 2022/23 and 1 more\n",
    );
    assert_eq!(recorded(&office), RECORDED);
    let list = office.run("inspection list --format csv").printed();
    for line in [
        "North 2022/23,North,levels,Levels,2022/23,,open",
        "South 2023/24,South,levels,Levels,2023/24,,open",
    ] {
        assert!(list.contains(line), "{list}");
    }
    let entries = office.entries_count();
    for again in [IMPORT, "import measures m.csv"] {
        office.run(again).says("m.csv: nothing changed\n");
    }
    assert_eq!(office.entries_count(), entries);
    office.is_sound();
}

#[test]
fn a_corrected_file_changes_only_what_differs_and_says_nothing_of_columns_it_lacks() {
    let office = imported();
    office.write(
        "m.csv",
        "Value,period,MEASURE,provider,national\n71.9 [r],2023/24,sl001,NORTH,68\n9.5 [z],2023/24,SL002,north,\n",
    );
    office.run("import measures m.csv").says(
        "m.csv: recorded 1 figure of 1 measure for 1 provider in 1 period; 1 row unchanged\n",
    );
    let expected = RECORDED.replace("SL001|71.2|p|t70", "SL001|71.9|r|t70|n68");
    assert_eq!(recorded(&office), expected);
    let history = office
        .run("--inspection \"North 2023/24\" history --format csv")
        .printed();
    assert!(
        history.contains("SL001: 71.9 [r]; target 70; national 68"),
        "{history}"
    );
    office.is_sound();
}

#[test]
fn workbooks_say_what_csv_says() {
    let rows = |percent: &str| {
        let mut lines = MEASURES.lines();
        let header: Vec<String> = lines
            .next()
            .unwrap()
            .split(',')
            .map(str::to_owned)
            .collect();
        let cell = |text: &str| match text {
            "68.4" => percent.to_owned(),
            // What a formula leaves behind the digits that are shown.
            "0.3" => "=0.30000000000000004".to_owned(),
            "9.5" | "-1.25" => format!("={text}"),
            text => text.to_owned(),
        };
        let rows = lines.map(|line| line.split(',').map(cell).collect());
        std::iter::once(header)
            .chain(rows)
            .collect::<Vec<Vec<String>>>()
    };
    for (name, content) in [
        ("m.xlsx", xlsx_file(&rows("=68.400000000000006"))),
        ("m.xlsx", xlsx_file(&rows("=0.684%"))),
        ("m.ods", ods_file(&rows("=68.4"))),
    ] {
        let office = office();
        office.write(name, content);
        office.run(&IMPORT.replace("m.csv", name)).says(&format!(
            "{name}: recorded 8 figures of 2 measures for 2 providers in 2 periods; \
             opened 4 inspections: North 2022/23, North 2023/24, South 2022/23 and 1 more\n"
        ));
        assert_eq!(recorded(&office), RECORDED, "{name}");
        office
            .run("import measures m.csv")
            .says("m.csv: nothing changed\n");
    }
}

#[test]
fn percents_that_look_like_fractions_are_pointed_out() {
    let office = office();
    // The reader of ODS files does not say that a cell is shown as percent.
    let rows = [
        "provider,measure,period,value",
        "North,SL001,1,=0.684%",
        "North,SL002,1,12",
    ];
    let row = |line: &str| line.split(',').map(str::to_owned).collect();
    office.write("p.ods", ods_file(&rows.map(row).to_vec()));
    let import = IMPORT.replace("m.csv", "p.ods");
    let note = "note: no value in percent is above 1; 71.2% is written 71.2 or 71.2%, not 0.712\n";
    office.run(&import).says(&format!(
        "p.ods: recorded 2 figures of 2 measures for 1 provider in 1 period; opened 1 inspection: North 1\n{note}"
    ));
    office.run(&import).says("p.ods: nothing changed\n");
}

#[test]
fn everything_that_is_wrong_is_said_at_once_and_nothing_is_stored() {
    let office = imported();
    office
        .run("inspection close \"South 2023/24\" --because \"Done\" --quiet")
        .says_nothing();
    let long = "Long name ".repeat(12);
    office.write(
        "wrong.csv",
        format!(
            "provider,measure,period,value,target,mark\n\
             North,SL001,2023/24,\"71,2\",70,\n\
             North,SL01,2023/24,71,70,\n\
             North,SL003,2023/24,83,,\n\
             North,SL002,2023/24,n/a,about 9,q\n\
             ,,,,,\n\
             South,SL002,2023/24,1\n\
             South,SL002,,1,,\n\
             South,SL002,2022/23,1,,x\n\
             South,sl002,2022/23,2,,\n\
             {long},SL001,2022/23,2,,\n\
             East,XYZZY,2022/23,[q],,\n"
        ),
    );
    let before = office.entries_count();
    let ran = office.run("import measures wrong.csv");
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
    assert_data_eq!(
        ran.stderr,
        file!["../golden/measures/everything-wrong.txt"].raw()
    );
    assert_eq!(
        (office.entries_count(), recorded(&office).as_str()),
        (before, RECORDED)
    );
    office.write(
        "m.csv",
        MEASURES.replace("80,75", "81,75").replace("68.4", "68.5"),
    );
    office.refuses(
        "import measures m.csv",
        "error: m.csv line 8 column 2: the inspection South 2023/24 is closed; \
         reopen it: caseaudit inspection reopen \"South 2023/24\" --because \"…\" [closed]\n",
    );
    assert_eq!(recorded(&office), RECORDED);
}

#[test]
fn programme_and_framework_follow_from_the_record_or_are_asked_for() {
    let office = office();
    office.refuses(
        "import measures m.csv",
        "error: it is not clear which programme the file belongs to; name it: --programme NAME [which-inspection]\n",
    );
    let unclear = |provider_period: &str, line: u8| {
        format!(
            "error: m.csv line {line} column 1: it is not clear under which framework {provider_period} is opened; \
             name it with --framework: caseaudit framework list shows all [unknown-framework]\n"
        )
    };
    let all = [
        ("North 2022/23", 2),
        ("North 2023/24", 4),
        ("South 2022/23", 6),
        ("South 2023/24", 8),
    ];
    let message: String = all
        .iter()
        .map(|(name, line)| unclear(name, *line))
        .collect();
    office.refuses("import measures m.csv --programme Levels", &message);
    let said = office.run(&IMPORT.replace("levels", "level")).stderr;
    assert!(
        said.starts_with("error: there is no framework level; did you mean levels?"),
        "{said}"
    );
    // The only inspection gives its framework, and its provider when all rows are of it.
    office
        .run("inspection new One --framework levels --provider north --period 2023/24 --quiet")
        .says_nothing();
    office.write(
        "one.csv",
        "provider,measure,period,value\nNorth,SL001,2023/24,5\n",
    );
    office
        .run("import measures one.csv")
        .says("one.csv: recorded 1 figure of 1 measure for 1 provider in 1 period\n");
    office.refuses(
        "--inspection One import measures m.csv",
        "error: m.csv line 2 column 3: the period is 2022/23, that of the inspection One is 2023/24; \
         to take up many inspections, name their programme: --programme NAME [wrong-value]\n\
         error: m.csv line 6 column 1: the provider is South, that of the inspection One is north; \
         to take up many inspections, name their programme: --programme NAME [wrong-value]\n\
         error: m.csv line 8 column 1: the provider is South, that of the inspection One is north; \
         to take up many inspections, name their programme: --programme NAME [wrong-value]\n",
    );
    office.run("import measures m.csv --programme Levels").says(
        "m.csv: recorded 8 figures of 2 measures for 2 providers in 2 periods; \
             opened 4 inspections: North 2022/23, North 2023/24, South 2022/23 and 1 more\n",
    );
    // A second programme takes other names, and then the programme has to be said.
    office
        .run("import measures m.csv --programme Again --framework levels --quiet")
        .says_nothing();
    let list = office.run("inspection list --format csv").printed();
    assert!(list.contains(",North 2022/23 (Again),North,"), "{list}");
    office.refuses(
        "import measures m.csv",
        "error: it is not clear which programme the file belongs to; name one with --programme: Levels, Again [which-inspection]\n",
    );
    office.is_sound();
}

#[test]
fn the_figures_of_the_nation_are_marked_as_such_from_the_start() {
    let office = office();
    office.run(&format!("{IMPORT} --national south")).says(
        "m.csv: recorded 8 figures of 2 measures for 2 providers in 2 periods; \
             opened 4 inspections: North 2022/23, North 2023/24, South 2022/23 and 1 more\n",
    );
    let list = office.run("inspection list --format csv").printed();
    assert!(
        list.contains("South 2022/23,South,levels,Levels,2022/23,yes,open"),
        "{list}"
    );
    assert!(
        list.contains("North 2022/23,North,levels,Levels,2022/23,,open"),
        "{list}"
    );
    office
        .run("import measures m.csv --national South")
        .says("m.csv: nothing changed\n");
    let refused = |line: u8, name: &str| {
        format!(
            "error: m.csv line {line} column 1: the inspection {name} is there already, and is not national; \
             leave --national out, or say that it is: caseaudit inspection change \"{name}\" --national --because \"…\" [already-exists]\n"
        )
    };
    office.refuses(
        "import measures m.csv --national North",
        &[refused(2, "North 2022/23"), refused(4, "North 2023/24")].concat(),
    );
    office.refuses(
        "import measures m.csv --national Nord",
        "error: the file has no provider Nord, named with --national; did you mean North? [wrong-value]\n",
    );
}

#[test]
fn a_measure_is_recorded_by_hand_and_taken_back() {
    let office = imported();
    let run = |line: &str| office.run(&format!("--inspection \"North 2023/24\" measure {line}"));
    run("sl001 \"72.5 [r]\" --target \"\" --previous 68.4 --observations 31 --mark z")
        .says("SL001 Engagement: 72.5 [r] [z]; previous 68.4; 31 observations\n");
    run("SL001 72.50 --mark r --mark z").says("SL001 Engagement: nothing changed\n");
    run("SL002 -3").says("SL002 Delay: −3; 28 observations\n");
    run("SL002 --clear").says("SL002 Delay: taken back\n");
    run("SL002 --clear").says("SL002 Delay: nothing changed\n");
    let expected = RECORDED
        .replace("SL001|71.2|p|t70", "SL001|72.5|rz|31|b68.4")
        .replace("North 2023/24|SL002|9.5|z|28\n", "");
    assert_eq!(recorded(&office), expected);
    run("SL1 3").fails("error: levels has no measure SL1; did you mean SL001? [unknown-measure]\n");
    run("SL003 83").fails(
        "error: SL003: the value of SL003 is the percent yes of 1.1 and is not recorded; \
         leave the value empty: it is counted from the answers [wrong-value]\n",
    );
    run("SL001 \"5,5\" --target many --observations -2").gets_usage("-2");
    run("SL001 \"5,5\" --target many").fails(
        "error: SL001: 5,5 is not a figure; write a decimal point: 5.5 [wrong-value]\n\
         error: SL001: many is not a figure; write a number such as 71.2 or 71.2 [p]; [x] or an empty cell is not available [wrong-value]\n",
    );
    run("SL001").gets_usage("<VALUE>");
    office.is_sound();
}

#[test]
fn judgements_of_a_whole_programme_open_and_find_its_inspections() {
    let office = office();
    office.write(
        "j.csv",
        "provider,period,standard,rating,because\nNorth,2023/24,overall,Good,Table 1\nSouth,2023/24,overall,poor,Table 1\n\
         South,2023/24,1,good,Table 1\n",
    );
    let import = "import judgements j.csv --programme Levels --framework levels --national South";
    office.run(import).says(
        "j.csv: recorded 3 judgements for 2 providers in 1 period; \
             opened 2 inspections: North 2023/24, South 2023/24\n",
    );
    office.run(import).says("j.csv: nothing changed\n");
    // Without periods: the provider's only inspection.
    office.write(
        "j.csv",
        "standard,rating,because,provider\noverall,good,Table 1,north\n1,good,Table 2,North\n",
    );
    office
        .run("import judgements j.csv")
        .says("j.csv: recorded 1 judgement for 1 provider in 1 period; 1 row unchanged\n");
    office.write(
        "j.csv",
        "provider,period,standard,rating,because\nNorth,2023/24,2,best,a\nNorth,,1,good,b\nEast,2023/24,1,god,c\n",
    );
    office.refuses(
        "import judgements j.csv",
        "error: j.csv line 2 column 3: there is no standard 2; there are: 1, overall [unknown-standard]\n\
         error: j.csv line 2 column 4: there is no rating best; there are: poor, good [unknown-rating]\n\
         error: j.csv line 3 column 1: North is the inspection North 2023/24, of which earlier lines speak in another way; \
         give the same period in all of its lines [duplicate-reference]\n\
         error: j.csv line 4 column 4: there is no rating god; did you mean good? [unknown-rating]\n",
    );
    office.write("one.csv", "standard,rating,because\n1,good,a\n");
    office.refuses(
        "import judgements one.csv --programme Levels",
        "error: the file names no providers, so that --programme has nothing to say; \
         add the columns provider and period, or leave the option out [wrong-header]\n",
    );
    office.is_sound();
}

#[test]
fn judging_a_standard_of_measures_says_that_they_give_the_rating() {
    let office = imported();
    office
        .run("--inspection \"North 2023/24\" judge 1 poor --because Panel")
        .says(
            "1 Levels: Poor\nits key questions and measures give Good; both ratings are shown\n\
             note: nothing makes this standard eligible for discretion under the framework\n",
        );
}
