//! Populations, from an extract to what `population show` prints. Every name and date of birth here is made up. Must not know how
//! a sample is drawn.

use super::cli_sample::rows;
use super::harness::Office;
use super::workbook::{ods_file, xlsx_file};

const MAP: &str = "[columns]\n\"CRN\" = \"reference\"\n\"Forename\" = \"name\"\n\"Surname\" = \"name\"\n\
                   \"Born\" = \"date_of_birth\"\n\"Sex\" = \"gender\"\n\"Start\" = \"start_date\"\n";

/// A made-up extract: two cases of one person, one redacted, one without a stratum, one that has not started.
const EXTRACT: &str =
    "CRN,Forename,Surname,Born,Sex,disposal,rosh,redacted,cluster,ldu,officer,Start,Tier,Phone
X1,Ardo,Belquist,01/02/1980,Male,Licence,High,no,CL-1,LDU-1,RO-1,2018-03-05,A,0
X2,ARDO,Belquist,1980-02-01,Male,Licence,Low,no,CL-1,LDU-1,RO-1,2018-03-01,A,0
X3,Cali,Dunmard,03/04/1990,Female,Community order,Low,no,CL-1,LDU-2,RO-2,2018-03-02,B,0
X4,Elsu,Falwotz,05/06/1970,Female,Licence,Medium,yes,CL-1,LDU-2,RO-2,2018-03-03,B,0
X5,Brenno,Gordent,07/08/1975,Male,,Medium,no,CL-1,LDU-2,RO-2,2018-03-04,B,0
X6,Dorim,Hulbrox,09/10/1985,Female,Licence,Low,no,CL-1,LDU-2,RO-2,2030-01-01,B,0
X7,Fenka,Esklinz,11/12/1965,Female,Licence,Low,no,CL-2,LDU-3,RO-3,,B,0
";

fn office() -> Office {
    let office = Office::opened();
    office.write("extract.csv", EXTRACT);
    office.write("map.toml", MAP);
    office
}

const IMPORT: &str = "population import extract.csv --sample case-supervision";

fn imported() -> Office {
    let office = office();
    let said = office.run(&format!("{IMPORT} --map map.toml")).said();
    assert_eq!(
        said,
        "extract.csv: Case supervision: 2 of 7 rows are eligible\n\
         left out: 1: Redacted cases\n\
         left out: 1: No start date\n\
         left out: 1: Not started yet\n\
         left out: 1: No stratum\n\
         left out: 1: Another case of the same person is earlier\n\
         kept: CRN as reference: X1, X2, X3\n\
         kept: Sex as gender: male, female\n\
         kept: disposal as disposal: licence, community-order\n\
         kept: rosh as rosh: high, low, medium\n\
         kept: redacted as redacted: no, yes\n\
         kept: cluster as cluster: CL-1, CL-2\n\
         kept: ldu as ldu: LDU-1, LDU-2, LDU-3\n\
         kept: officer as officer: RO-1, RO-2, RO-3\n\
         kept: Start as start_date: 2018-03-05, 2018-03-01, 2018-03-02\n\
         columns not needed and not stored: Tier, Phone\n"
    );
    office
}

#[test]
fn rows_are_left_out_with_a_count_for_each_reason_and_the_earliest_case_of_a_person_is_kept() {
    let office = imported();
    office.is_sound();
    let shown = office
        .run("population show --by gender --format json")
        .printed();
    let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
    let counts = |what: &str| {
        let rows = rows(&shown, &format!("population-case-supervision-{what}")).into_iter();
        let counts = rows.map(|row| format!("{} {}", row["group"].as_str().unwrap(), row["cases"]));
        counts.collect::<Vec<_>>()
    };
    let none = ["community", "post-custody"]
        .map(|disposal| format!("Male, {disposal}, not low risk of serious harm 0"));
    assert_eq!(
        counts("1"),
        [
            "Male, community, low risk of serious harm 0",
            &none[0],
            "Male, post-custody, low risk of serious harm 1",
            &none[1],
            "Female 1"
        ]
    );
    assert_eq!(counts("2"), ["CL-1 2"]);
    assert_eq!(counts("3"), ["LDU-1 1", "LDU-2 1"]);
    assert_eq!(counts("4"), ["Male 1", "Female 1"]);
}

/// Names and dates of birth of an extract, in every form in which they might be written, that stand in a file of this folder other
/// than the extracts themselves. Another process reads: if this one closed a file that SQLite has open here, its locks would be gone.
fn found_persons(office: &Office, extract: &str) -> Vec<String> {
    let files = std::fs::read_dir(office.path("")).unwrap();
    let files = files.map(|file| file.unwrap().path());
    let files = files.filter(|path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        !name.starts_with("extract") && !name.starts_with("map")
    });
    let cat = std::process::Command::new("cat").args(files).output();
    let text = String::from_utf8_lossy(&cat.unwrap().stdout).to_lowercase();
    assert!(
        text.contains("ldu-1") || text.contains("hmip-nps-2018"),
        "what is kept is there"
    );
    let mut words = Vec::new();
    for row in extract.lines().skip(1) {
        let row: Vec<&str> = row.split(',').collect();
        words.extend(row[1..4].iter().map(|word| word.to_lowercase()));
        let born: Vec<&str> = row[3].split(['/', '-']).collect();
        let [one, month, three] = born[..] else {
            panic!("{row:?}")
        };
        let (day, year) = if three.len() == 4 {
            (one, three)
        } else {
            (three, one)
        };
        words.extend([
            format!("{year}-{month}-{day}"),
            format!("{year}{month}{day}"),
            format!("{day}/{month}/{year}"),
            format!("{day}{month}{year}"),
        ]);
    }
    words.retain(|word| text.contains(word));
    words
}

#[test]
fn nothing_of_a_name_or_date_of_birth_is_in_any_file_of_the_record() {
    let office = imported();
    office
        .run("sample draw case-supervision --size 1 --quiet")
        .says_nothing();
    assert_eq!(found_persons(&office, EXTRACT), Vec::<String>::new());
}

#[test]
fn nothing_of_them_is_in_the_write_ahead_log_of_an_import_that_succeeds_or_fails() {
    let office = office();
    // Somebody has the file open, so that the write-ahead log stays.
    let other = rusqlite::Connection::open(office.path("caseaudit.db")).unwrap();
    let entries = || -> i64 {
        let sql = "SELECT count(*) FROM entry";
        other.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    let before = entries();
    let rows = EXTRACT
        .lines()
        .map(|row| row.split(',').map(str::to_owned).collect());
    let mut rows: Vec<Vec<String>> = rows.collect();
    // A wrong value behind everything else; half a file; a header without the columns that are needed; no map.
    let wrong = format!(
        "{EXTRACT}X8,Gobril,Hirvet,13/12/1961,Male,Prison,Low,no,CL-1,LDU-1,RO-1,2018-03-05,A,0\n"
    );
    let half = &wrong[..wrong.find("Hulbrox").unwrap()];
    rows[3][5] = "Prison".to_owned();
    for (extract, map) in [
        (wrong.as_str(), " --map map.toml"),
        (half, " --map map.toml"),
        (&wrong.replacen("rosh", "risk", 1), " --map map.toml"),
        (EXTRACT, ""),
    ] {
        office.write("extract.csv", extract);
        assert_eq!(
            office.run(&format!("{IMPORT}{map}")).code,
            Some(1),
            "{extract}"
        );
    }
    office.write("extract.xlsx", xlsx_file(&rows));
    let workbook = format!("{} --map map.toml", IMPORT.replace("csv", "xlsx"));
    assert_eq!(office.run(&workbook).code, Some(1));
    assert_eq!(entries(), before, "nothing is stored");
    assert_eq!(found_persons(&office, &wrong), Vec::<String>::new());

    office.write("extract.csv", EXTRACT);
    let said = office.run(&format!("{IMPORT} --map map.toml")).said();
    assert!(said.contains("2 of 7 rows are eligible"), "{said}");
    assert!(
        std::fs::metadata(office.path("caseaudit.db-wal"))
            .unwrap()
            .len()
            > 0
    );
    assert_eq!(found_persons(&office, &wrong), Vec::<String>::new());
    drop(other);
    office.is_sound();
    assert_eq!(found_persons(&office, &wrong), Vec::<String>::new());
}

#[test]
fn the_map_is_kept_and_the_same_rows_in_another_order_change_nothing() {
    let office = imported();
    let before = office.entries_count();
    let mut rows: Vec<&str> = EXTRACT.lines().collect();
    rows[1..].reverse();
    office.write("extract.csv", rows.join("\n"));
    let said = office.run(IMPORT).said();
    assert!(
        said.starts_with(
            "extract.csv: Case supervision: 2 of 7 rows are eligible; nothing in it is new\n"
        ),
        "{said}"
    );
    assert_eq!(office.entries_count(), before);
    // Another inspection of the same file knows the columns, too.
    office
        .run("inspection new South --framework hmip-nps-2018 --provider South --quiet")
        .says_nothing();
    let said = office.run(&format!("{IMPORT} --inspection South")).said();
    assert!(
        said.starts_with("extract.csv: Case supervision: 2 of 7"),
        "{said}"
    );
}

#[test]
fn a_workbook_says_the_same_as_a_text_file() {
    let office = imported();
    let before = office.entries_count();
    let rows = EXTRACT
        .lines()
        .map(|row| row.split(',').map(str::to_owned).collect());
    let rows: Vec<Vec<String>> = rows.collect();
    office.write("extract.xlsx", xlsx_file(&rows));
    office.write("extract.ods", ods_file(&rows));
    for ending in ["xlsx", "ods"] {
        let said = office.run(&IMPORT.replace("csv", ending)).said();
        assert!(said.contains("nothing in it is new"), "{said}");
    }
    assert_eq!(office.entries_count(), before);
}

#[test]
fn everything_wrong_is_said_at_once_with_line_and_column_and_nothing_is_stored() {
    let office = office();
    office.write(
        "extract.csv",
        "reference,gender,disposal,rosh\nX1,mail,licence,low\nJo Smith,male,prison,low\nx1,female,licence\n",
    );
    office.refuses(
        IMPORT,
        "error: extract.csv line 2 column 2: mail is not a choice of gender; did you mean male? [unknown-value]\n\
         error: extract.csv line 3 column 1: the reference Jo Smith has a space; use a code, never a name: letters A to Z, digits and - _ / . only [bad-reference]\n\
         error: extract.csv line 3 column 3: prison is not a choice of disposal; there are: community-order, suspended-sentence-order, licence, post-sentence-supervision; or say in the map what it means, under [values.disposal] [unknown-value]\n\
         error: extract.csv line 4: the row has 3 cells and the header 4; give every row as many cells as the header; put quotation marks around a cell with a comma [ragged-row]\n",
    );
    office.write("extract.csv", "CRN,gender\nX1,male\n");
    office.refuses(
        IMPORT,
        "error: extract.csv line 1: the header has no column disposal, which says which stratum a case is in; give the column that name, or say with --map FILE which column it is [wrong-header]\n\
         error: extract.csv line 1: the header has no column rosh, which says which stratum a case is in; give the column that name, or say with --map FILE which column it is [wrong-header]\n\
         error: extract.csv line 1: the header has no column reference; give the column that name, or say with --map FILE which column it is [wrong-header]\n",
    );
    office.refuses(
        &format!("{IMPORT} --map nowhere.toml"),
        "error: nowhere.toml: the map cannot be read: No such file or directory (os error 2); check its name and folder, and that it was saved as UTF-8 text [unreadable-file]\n",
    );
    office.refuses(
        "population show",
        "error: there is no population yet; take over an extract: caseaudit population import FILE --sample case-supervision [no-population]\n",
    );
}

#[test]
fn what_an_extract_cannot_say_is_told() {
    let office = office();
    office.write(
        "extract.csv",
        "reference,gender,disposal,rosh\nX1,male,licence,low\n",
    );
    office.run(IMPORT).says(
        "extract.csv: Case supervision: 1 of 1 rows are eligible\n\
         note: there is no column redacted: nothing was left out by it\n\
         note: there is no column start_date: cases that have not started could not be left out\n\
         note: there is no column cluster, ldu, officer: a sample will not be spread over it\n\
         note: no column tells persons apart (person, or name and date_of_birth): several cases of one person stay\n",
    );
}

#[test]
fn a_population_gives_way_to_the_next_until_a_sample_is_drawn() {
    let office = imported();
    let fewer: Vec<&str> = EXTRACT
        .lines()
        .filter(|row| !row.starts_with("X3"))
        .collect();
    office.write("extract.csv", fewer.join("\n"));
    let said = office.run(IMPORT).said();
    assert!(
        said.starts_with("extract.csv: Case supervision: 1 of 6 rows are eligible\n"),
        "{said}"
    );
    office
        .run("sample draw case-supervision --quiet")
        .says_nothing();
    office.write("extract.csv", EXTRACT);
    office.refuses(
        IMPORT,
        "error: case-supervision: a sample is drawn from the population already; take the draw back first: \
         caseaudit sample undo case-supervision --because \"…\" [already-drawn]\n",
    );
    let history = office.run("history --format csv").printed();
    assert!(
        history.contains("population of case-supervision imported: 1 of 6 rows eligible"),
        "{history}"
    );
}

#[test]
fn a_look_stores_nothing_and_a_wrong_line_in_the_map_is_refused_or_seen() {
    let office = office();
    let before = office.entries_count();
    let said = office
        .run(&format!("{IMPORT} --map map.toml --check"))
        .said();
    assert!(
        said.starts_with(
            "extract.csv: Case supervision: 2 of 7 rows are eligible; nothing is stored\n"
        ) && said.contains("kept: CRN as reference: X1, X2, X3\n"),
        "{said}"
    );
    assert_eq!(office.entries_count(), before);
    let map = MAP.replace("\"Surname\" = \"name\"", "\"Surname\" = \"cluster\"");
    for (wrong, message) in [
        (
            MAP.replace("date_of_birth", "first_start")
                .replace("\"start_date\"", "\"date_of_birth\"")
                .replace("first_start", "start_date"),
            "error: extract.csv: 7 of 7 dates of start_date lie more than 20 years back, as dates of birth do; check which column is start_date; dates of birth are date_of_birth [unknown-value]\n\
          error: extract.csv line 2 column 4: start_date lies before the date of birth (so in 5 more rows); check which column is which: the two may be mixed up [unknown-value]\n",
        ),
        (
            MAP.replace("\"Start\" = \"start_date\"\n", "")
                .replace("date_of_birth", "start_date"),
            "error: extract.csv: 7 of 7 dates of start_date lie more than 20 years back, as dates of birth do; check which column is start_date; dates of birth are date_of_birth [unknown-value]\n",
        ),
        (
            MAP.replace(
                "\"CRN\" = \"reference\"\n\"Forename\" = \"name\"",
                "\"Forename\" = \"reference\"",
            ),
            "error: extract.csv line 2 column 2: the reference has no digit (so in 6 more rows); use the case's code, never a name, and check which column is the reference [bad-reference]\n",
        ),
        (
            map.clone(),
            "error: extract.csv line 1 column 9: a second column holds cluster; leave one of the two out [wrong-header]\n",
        ),
    ] {
        office.write("wrong.toml", wrong);
        office.refuses(&format!("{IMPORT} --map wrong.toml"), message);
    }
}

#[test]
fn a_map_says_how_values_are_written_and_is_kept_with_them() {
    let office = office();
    let extract = EXTRACT.replace(",Male,", ",M,").replace(",Female,", ",F,");
    office.write(
        "extract.csv",
        extract.replace("2018-03-05", "2018-03-05 00:00:00"),
    );
    office.refuses(
        &format!("{IMPORT} --map map.toml"),
        "error: extract.csv line 2 column 5: M is not a choice of gender (so in 2 more rows); there are: male, female, other; \
         or say in the map what it means, under [values.gender] [unknown-value]\n\
         error: extract.csv line 4 column 5: F is not a choice of gender (so in 3 more rows); there are: male, female, other; \
         or say in the map what it means, under [values.gender] [unknown-value]\n",
    );
    office.write(
        "map.toml",
        format!("{MAP}[values.gender]\nM = \"male\"\nF = \"female\"\n"),
    );
    let said = office.run(&format!("{IMPORT} --map map.toml")).said();
    assert!(said.contains("2 of 7 rows are eligible\n"), "{said}");
    let said = office.run(IMPORT).said();
    assert!(said.contains("nothing in it is new\n"), "{said}");
    let shown = office.run("population show --format csv").printed();
    assert!(shown.contains("M,gender=male"), "{shown}");
    office.is_sound();
}
