//! `annex --programme` and `compare`: providers and periods side by side, from the command line.
//!
//! Must not use the built-in framework: the figures are made up here.

use snapbox::{assert_data_eq, file};

use super::harness::Office;

const FRAMEWORK: &str = r#"
id = "round-2022"
title = "Round"
edition = "2022"
source = "Made up"

[scale]
ratings = [
  { id = "poor", title = "Poor", points = 0 },
  { id = "fair", title = "Fair", points = 1 },
  { id = "fine", title = "Fine", points = 2 },
]
[bands]
fair = 50
fine = 75

[overall]
rule = "points-total"

[[sample]]
id = "s"

[[standard]]
number = "1"
title = "Leadership"
rule = "judged"

[[standard]]
number = "2"
title = "Assessment"
rule = "lowest"
[[standard.question]]
number = "2.1"
sample = "s"
text = "Is it enough?"
[[standard.question]]
number = "2.2"
sample = "s"
text = "Is it safe?"
"#;

const SCORECARD: &str = r#"
id = "card"
title = "Card"
edition = "1"
source = "Made up"
[overall]
rule = "targets-met"
[[measure]]
id = "M1"
title = "Engagement"
unit = "%"
better = "higher"
target = 70
[[standard]]
number = "1"
title = "Delivery"
rule = "targets-met"
measures = ["M1"]
"#;

/// Provider, period, and of 40 cases how many say yes to 2.1 and 2.2.
pub(crate) type Figures = (&'static str, &'static str, u64, u64);

pub(crate) const ROUND: [Figures; 6] = [
    ("East", "2022/23", 20, 30),
    ("West", "2023/24", 24, 24),
    ("East", "2023/24", 34, 32),
    ("Nation", "2023/24", 30, 30),
    ("North", "2023/24", 34, 38),
    ("South", "2023/24", 10, 30),
];

/// A database with the inspections of a round.
pub(crate) fn round(figures: &[Figures]) -> Office {
    let office = Office::new();
    office.write("round.toml", FRAMEWORK);
    office.run("init --quiet").says_nothing();
    office
        .run("framework add round.toml --quiet")
        .says_nothing();
    for (provider, period, first, second) in figures {
        let national = if *provider == "Nation" {
            " --national"
        } else {
            ""
        };
        office
            .run(&format!(
                "inspection new \"{provider} {period}\" --framework round-2022 --provider {provider} \
                 --programme Round --period {period}{national} --quiet"
            ))
            .says_nothing();
        let mut cases = "reference,sample\n".to_owned();
        let mut answers = "reference,2.1,2.2\n".to_owned();
        for case in 0..40 {
            let say = |yes: &u64| if case < *yes { "yes" } else { "no" };
            cases.push_str(&format!("C{case},s\n"));
            answers.push_str(&format!("C{case},{},{}\n", say(first), say(second)));
        }
        office.write("cases.csv", cases);
        office.write("answers.csv", answers);
        for command in [
            "import cases cases.csv",
            "import answers answers.csv --submit",
            "judge 1 fine --because \"clear aims\"",
        ] {
            let ran = office.run(&format!(
                "{command} --inspection \"{provider} {period}\" --quiet"
            ));
            assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        }
    }
    office
}

#[test]
fn a_programme_is_one_table_for_each_period_with_its_profile() {
    let office = round(&ROUND);
    assert_data_eq!(
        office.run("annex --programme round").printed(),
        file!["../golden/programme/annex.txt"].raw()
    );
    assert_data_eq!(
        office
            .run("annex --programme Round --sort rank --format csv")
            .printed(),
        file!["../golden/programme/annex-by-rank.csv"].raw()
    );
    office
        .run("annex --programme Round --out round.json")
        .says("wrote round.json\n");
    let text = std::fs::read_to_string(office.path("round.json")).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        value["tables"][3]["notes"][0],
        "2 of 4 providers are rated Fine"
    );
}

#[test]
fn providers_are_compared_with_rank_quartile_and_national_figure() {
    let office = round(&ROUND);
    assert_data_eq!(
        office
            .run("compare --programme Round --on 2.1 --sort rank")
            .printed(),
        file!["../golden/programme/compare-programme.txt"].raw()
    );
    let all = office
        .run("compare --programme Round --format csv")
        .printed();
    assert!(
        all.contains("\nproviders-2,,,,2023/24,overall,Overall score,East,points,4,1,1,4,0,\n"),
        "{all}"
    );
}

#[test]
fn one_period_of_a_programme_is_shown_alone() {
    let office = round(&ROUND);
    for command in ["annex", "compare"] {
        let shown = office
            .run(&format!(
                "{command} --programme Round --period 2022/23 --format csv"
            ))
            .printed();
        assert!(
            shown.contains(",2022/23,") && !shown.contains("2023/24"),
            "{shown}"
        );
    }
}

#[test]
fn two_periods_of_a_provider_are_compared_with_a_test() {
    let office = round(&ROUND);
    let compared = office.run("compare --provider east").printed();
    assert_data_eq!(
        compared.clone(),
        file!["../golden/programme/compare-two.txt"].raw()
    );
    assert_eq!(
        office
            .run("compare \"East 2022/23\" \"East 2023/24\"")
            .printed(),
        compared
    );
    office
        .run("compare --provider East --out east.md --quiet")
        .says_nothing();
    let text = std::fs::read_to_string(office.path("east.md")).unwrap();
    assert!(
        text.contains("| 2.1 | Is it enough? | 50% | 85% | +35 | 0.002 | Yes \\[note 1\\] |"),
        "{text}"
    );
}

#[test]
fn what_is_not_submitted_is_said_of_each_inspection() {
    let office = round(&ROUND[..2]);
    let reopened = "reopen C1 --because \"new evidence\" --inspection \"West 2023/24\" --quiet";
    office.run(reopened).says_nothing();
    let annex = office
        .run("annex --programme Round --format markdown --indicative")
        .printed();
    assert!(
        annex.contains(
            "**West 2023/24: Indicative ratings: 1 assessment not yet submitted is counted too.**"
        ),
        "{annex}"
    );
}

#[test]
fn what_cannot_be_compared_is_refused_with_what_to_do() {
    let office = round(&ROUND[..2]);
    office.refuses(
        "annex --programme Rounds",
        "error: there is no programme Rounds; did you mean Round? [unknown-programme]\n",
    );
    office.refuses(
        "annex --programme Round --sort 3",
        "error: there is no order by 3; there are: provider, overall, rank, 1, 2 [unknown-standard]\n",
    );
    office.refuses(
        "annex --programme Round --period 2024/25",
        "error: Round has no inspection of the period 2024/25; did you mean 2022/23? [unknown-programme]\n",
    );
    office.refuses(
        "compare --programme Round --on 2.3",
        "error: there is no measure or question 2.3; did you mean 2.1? [unknown-measure]\n",
    );
    office.refuses(
        "compare \"East 2022/23\" \"east 2022/23\"",
        "error: East 2022/23 is the same inspection twice; name two: caseaudit inspection list shows them [nothing-to-compare]\n",
    );
    office.refuses(
        "compare \"East 2022/23\" \"West 2022/23\"",
        "error: there is no inspection named West 2022/23; did you mean East 2022/23? [unknown-inspection]\n",
    );
    office.refuses(
        "compare --provider East",
        "error: East has no two periods to compare: 2022/23 is all there is; \
         name two inspections: caseaudit compare A B [nothing-to-compare]\n",
    );
    office.refuses(
        "compare --provider Eastern",
        "error: no inspection is about Eastern; did you mean East? [unknown-provider]\n",
    );
    for (line, naming) in [
        ("compare", "--provider"),
        ("compare A", "<B>"),
        ("compare A B --programme P", "--programme"),
        ("annex --sort rank", "--programme"),
        ("compare A B --on 2.1", "--on"),
        ("compare A B --period 2023/24", "--period"),
        ("annex --period 2023/24", "--programme"),
        ("compare --provider P --sort rank", "--sort"),
    ] {
        office.run(line).gets_usage(naming);
    }
}

#[test]
fn empty_states_say_what_to_do() {
    let office = Office::opened();
    office.refuses(
        "annex --programme Round",
        "error: there is no programme Round; no inspection belongs to one: open it with inspection new NAME … --programme P [unknown-programme]\n",
    );
    let office = Office::new();
    office.write("round.toml", FRAMEWORK);
    office.run("init --quiet").says_nothing();
    office
        .run("framework add round.toml --quiet")
        .says_nothing();
    office
        .run("inspection new East --framework round-2022 --provider East --programme Round --quiet")
        .says_nothing();
    office.refuses(
        "compare --programme Round",
        "error: no provider of Round has a figure yet; import measures, or submit assessments, and compare again [nothing-to-compare]\n",
    );
    let annex = office.run("annex --programme Round").printed();
    assert!(annex.contains("East"), "{annex}");
}

#[test]
fn a_column_holds_the_same_kind_of_figure_in_every_table() {
    let office = round(&ROUND);
    office.write("card.toml", SCORECARD);
    office.run("framework add card.toml --quiet").says_nothing();
    office.write(
        "m.csv",
        "provider,measure,period,value,previous\nEast,M1,2023/24,71,60\nWest,M1,2023/24,60,60\n",
    );
    office
        .run("import measures m.csv --programme Card --framework card --quiet")
        .says_nothing();
    let mut kinds: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
    for line in [
        "annex --programme Round",
        "annex --programme Card",
        "annex --inspection \"East 2023/24 (Card)\"",
        "annex --counts --inspection \"East 2023/24\"",
        "compare --provider East",
        "compare \"East 2023/24 (Card)\" \"West 2023/24 (Card)\"",
        "compare --programme Card",
        "compare --programme Round --on 2.1",
    ] {
        let text = office.run(&format!("{line} --format json")).printed();
        let report: serde_json::Value = serde_json::from_str(&text).unwrap();
        let tables = report["tables"].as_array().unwrap();
        for column in tables
            .iter()
            .flat_map(|table| table["columns"].as_array().unwrap())
        {
            let [id, kind] = ["id", "kind"].map(|key| column[key].as_str().unwrap().to_owned());
            let known = kinds.entry(id.clone()).or_insert_with(|| kind.clone());
            assert_eq!(*known, kind, "{id} of {line}");
        }
    }
    assert_eq!(kinds["targets_met"], "count");
    assert_eq!(kinds["met"], "text");
    assert_eq!(kinds["change"], "figure");
    assert_eq!(kinds["improved_or_declined"], "text");
}
