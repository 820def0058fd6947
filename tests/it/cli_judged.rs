//! Tables of judged ratings under framework files that somebody else wrote, with the overall results that follow.
//!
//! Must not use the built-in framework.

use std::fmt::Write;

use super::harness::Office;

const TITLES: [&str; 4] = ["Inadequate", "Requires improvement", "Good", "Outstanding"];
const IDS: [&str; 4] = ["inadequate", "requires-improvement", "good", "outstanding"];

/// A framework file in the outline that the design gives: so many judged standards, and these further lines for each.
fn framework(standards_count: usize, further: impl Fn(usize) -> &'static str) -> String {
    let mut text = "id = \"youth-2018\"\n\
         title = \"Youth offending services\"\n\
         edition = \"2018/19\"\n\
         source = \"Annual report, table 3; Open Government Licence\"\n\n\
         [scale]\n\
         ratings = [\n\
           { id = \"inadequate\", title = \"Inadequate\", points = 0 },\n\
           { id = \"requires-improvement\", title = \"Requires improvement\", points = 1 },\n\
           { id = \"good\", title = \"Good\", points = 2 },\n\
           { id = \"outstanding\", title = \"Outstanding\", points = 3 },\n\
         ]\n\n\
         [overall]\n\
         rule = \"points-total\"\n"
        .to_owned();
    for place in 1..=standards_count {
        write!(
            text,
            "\n[[standard]]\nnumber = \"{place}\"\ntitle = \"Standard {place}\"\nrule = \"judged\"\n{}",
            further(place)
        )
        .unwrap();
    }
    text
}

/// An inspection under this framework file, added to the database.
fn under(framework: &str) -> Office {
    let office = Office::new();
    office.write("mine.toml", framework);
    office.run("init --quiet").says_nothing();
    office
        .run("framework add mine.toml")
        .says("added youth-2018: Youth offending services\n");
    office
        .run("inspection new Town --framework youth-2018 --provider \"Town YOS\" --quiet")
        .says_nothing();
    office
}

/// Imports these ratings, the first for standard 1 and so on, and returns the overall result.
fn overall(office: &Office, ratings: &[usize]) -> (serde_json::Value, u64, u64) {
    let mut file = "standard,rating,because\n".to_owned();
    for (place, rating) in ratings.iter().enumerate() {
        // By id and by title, in turn.
        let name = if place % 2 == 0 {
            IDS[*rating]
        } else {
            TITLES[*rating]
        };
        writeln!(file, "{},{name},\"Published, table 3\"", place + 1).unwrap();
    }
    office.write("judgements.csv", file);
    office
        .run("import judgements judgements.csv --quiet")
        .says_nothing();
    let rated = office.rated();
    for (standard, rating) in rated["standards"].as_array().unwrap().iter().zip(ratings) {
        assert_eq!(standard["rating"], TITLES[*rating]);
        assert_eq!(standard["judged"], true);
        assert_eq!(standard["reason"], "judged: Published, table 3");
    }
    let overall = &rated["overall"];
    (
        overall["rating"].clone(),
        overall["points"].as_u64().unwrap(),
        overall["max_points"].as_u64().unwrap(),
    )
}

/// So many standards with so many points in all, spread unevenly: some Outstanding, one in between, the rest Inadequate.
fn spread(standards_count: usize, points: usize) -> Vec<usize> {
    (0..standards_count)
        .map(|place| points.saturating_sub(3 * place).min(3))
        .collect()
}

#[test]
fn ten_judged_standards_fall_to_the_published_totals() {
    let office = under(&framework(10, |_| ""));
    for points in 0..=30 {
        let expected = match points {
            0..=5 => "Inadequate",
            6..=15 => "Requires improvement",
            16..=25 => "Good",
            _ => "Outstanding",
        };
        let (rating, total, most) = overall(&office, &spread(10, points));
        assert_eq!(rating, expected, "{points} points");
        assert_eq!((total, most), (u64::try_from(points).unwrap(), 30));
    }
    office.is_sound();
}

#[test]
fn other_numbers_of_standards_split_half_way_and_ties_fall_to_the_lower() {
    // The most points of Inadequate, Requires improvement and Good.
    for (standards_count, edges) in [
        (1, [0, 1, 2]),
        (2, [1, 3, 5]),
        (7, [3, 10, 17]),
        (8, [4, 12, 20]),
        (9, [4, 13, 22]),
        (12, [6, 18, 30]),
    ] {
        let office = under(&framework(standards_count, |_| ""));
        for (rating, edge) in edges.into_iter().enumerate() {
            for (points, expected) in [(edge, rating), (edge + 1, rating + 1)] {
                let (rating, ..) = overall(&office, &spread(standards_count, points));
                assert_eq!(
                    rating, TITLES[expected],
                    "{points} points of {standards_count} standards"
                );
            }
        }
    }
}

#[test]
fn the_north_west_table_under_a_file_of_judged_standards_is_good_with_19_of_30() {
    let office = under(&framework(10, |_| ""));
    let published = [2, 1, 2, 1, 2, 2, 2, 2, 2, 3];
    assert_eq!(overall(&office, &published), ("Good".into(), 19, 30));
    let annex = office.run("annex --format markdown").printed();
    assert!(
        annex.contains("| 10 | Standard 10 | Outstanding | 3 |"),
        "{annex}"
    );
    assert!(
        annex.contains("19 of 30 points over 10 standards"),
        "{annex}"
    );
}

#[test]
fn standards_that_are_not_judged_yet_or_not_counted_leave_the_total() {
    let office = under(&framework(5, |place| {
        if place == 1 { "counted = false\n" } else { "" }
    }));
    // Standard 1 is rated and not counted, standard 5 not judged yet.
    assert_eq!(
        overall(&office, &[0, 3, 3, 2]),
        ("Outstanding".into(), 8, 9)
    );
    assert_eq!(
        office.rated()["overall"]["reason"],
        "8 of 9 points over 3 standards; 5 is not rated"
    );
    office
        .run("judge 5 inadequate --because \"Second visit\"")
        .says("5 Standard 5: Inadequate\n");
    assert_eq!(office.rated()["overall"]["rating"], "Good");
    office
        .run("judge 5 --withdraw --because \"Entered for another town\"")
        .says("5 Standard 5: judgement withdrawn\n");
    assert_eq!(office.rated()["overall"]["rating"], "Outstanding");
    office.is_sound();
}

#[test]
fn nothing_judged_gives_no_overall_rating_and_no_points() {
    let office = under(&framework(3, |_| ""));
    let rated = office.rated();
    assert_eq!(rated["overall"]["rating"], serde_json::Value::Null);
    assert_eq!(rated["overall"]["points"], serde_json::Value::Null);
    assert_eq!(rated["overall"]["max_points"], serde_json::Value::Null);
    assert_eq!(rated["overall"]["reason"], "no standard is rated yet");
    assert_eq!(rated["standards"][0]["rating"], serde_json::Value::Null);
}

#[test]
fn people_judge_the_overall_rating_where_the_framework_says_so() {
    let text = framework(2, |_| "").replace("points-total", "judged");
    let office = under(&text);
    let to_do = |number: &str| {
        format!(
            "error: standard {number}: it is not judged yet; \
             judge it: caseaudit judge {number} RATING --because \"…\" [incomplete]\n"
        )
    };
    office.refuses(
        "inspection close",
        &["1", "2", "overall"].map(to_do).concat(),
    );
    office
        .run("judge overall good --because \"Panel\"")
        .says("overall: Good\n");
    office.write(
        "rest.csv",
        "standard,rating,because\n1,Good,a\n2,Good,b\noverall,Outstanding,c\n",
    );
    office
        .run("import judgements rest.csv")
        .says("rest.csv: recorded 3 judgements\n");
    let rated = office.rated();
    assert_eq!(rated["overall"]["rating"], "Outstanding");
    assert_eq!(rated["overall"]["reason"], "judged: c");
    office.run("inspection close --quiet").says_nothing();
    office.is_sound();
}

#[test]
fn an_inspection_keeps_the_text_of_the_framework_it_was_opened_under() {
    let office = under(&framework(2, |_| ""));
    assert_eq!(overall(&office, &[2, 2]), ("Good".into(), 4, 6));
    // The same id with other points: it must at least call itself another edition.
    let changed = framework(2, |_| "").replace("points = 3", "points = 9");
    office.write("mine.toml", &changed);
    office.refuses(
        "framework add mine.toml",
        "error: mine.toml: there is another text of the framework youth-2018, edition 2018/19, already; \
         give the changed text another id, or another edition [already-exists]\n",
    );
    office.write("mine.toml", changed.replace("2018/19", "2019/20"));
    office.run("framework add mine.toml --quiet").says_nothing();
    office
        .run("framework add mine.toml")
        .says("youth-2018: Youth offending services is there already, with this very text\n");
    assert_eq!(office.rated()["overall"]["max_points"], 6);
    office
        .run("inspection new City --framework youth-2018 --provider City --quiet")
        .says_nothing();
    office.write(
        "judgements.csv",
        "standard,rating,because\n1,good,a\n2,good,b\n",
    );
    office
        .run("--inspection City import judgements judgements.csv --quiet")
        .says_nothing();
    let city = office.run("--inspection City rate --format json").printed();
    assert!(city.contains("\"max_points\": 18"), "{city}");
    office.is_sound();
}

#[test]
fn a_framework_file_is_checked_whole_before_it_is_added() {
    let office = Office::new();
    office.run("init --quiet").says_nothing();
    office.write("mine.toml", framework(3, |_| ""));
    office
        .run("framework check mine.toml")
        .prints("mine.toml: no problems: 3 standards, 0 samples, 0 questions\n");
    office.write(
        "bad.toml",
        framework(
            2,
            |place| if place == 2 { "counted = \"no\"\n" } else { "" },
        ),
    );
    office.refuses(
        "framework add bad.toml",
        "error[wrong-value]: counted must be true or false, but this is a text\n\
         \x20 --> bad.toml:26:11\n   \
            |\n\
         26 | counted = \"no\"\n   \
            |           ^^^^\n   \
            |\n   \
            = help: write true or false, without quotes\n\
         error: bad.toml: 1 problem found; mend the file, then check it again [wrong-value]\n",
    );
    office.write("latin.toml", b"id = \"a\"\ntitle = \"Caf\xe9\"\n");
    office.refuses(
        "framework check latin.toml",
        "error: latin.toml line 2: it is not UTF-8 text; save it as UTF-8 [not-utf-8]\n",
    );
    let missing = office.run("framework check nosuch.toml");
    assert_eq!(missing.code, Some(1));
    assert!(
        missing
            .stderr
            .starts_with("error: nosuch.toml: it cannot be read: "),
        "{}",
        missing.stderr
    );
    assert!(
        missing.stderr.ends_with(" [unreadable-file]\n"),
        "{}",
        missing.stderr
    );
}

#[test]
fn the_built_in_text_can_be_taken_as_a_start_and_added_under_another_id() {
    let office = Office::new();
    office.run("init --quiet").says_nothing();
    let text = office.run("framework show hmip-nps-2018 --text").printed();
    office.write(
        "mine.toml",
        text.replace("\"hmip-nps-2018\"", "\"mine-2019\""),
    );
    office.run("framework add mine.toml --quiet").says_nothing();
    let list = office.run("framework list --format csv").printed();
    assert!(
        list.contains("\nframeworks,,,,hmip-nps-2018,2018/19,"),
        "{list}"
    );
    assert!(
        list.contains("\nframeworks,,,,mine-2019,2018/19,"),
        "{list}"
    );
    let shown = office
        .run("framework show mine-2019 --format csv")
        .printed();
    assert!(
        shown.contains("Risk of serious harm issues apply"),
        "{shown}"
    );
    office.refuses(
        "framework show mine-2018",
        "error: there is no framework mine-2018; did you mean mine-2019?; `caseaudit framework add FILE` adds one [unknown-framework]\n",
    );
}
