//! The machine form of ratings.

use super::super::fixture::{rated_scorecard, scorecard};
use super::*;
use crate::rating::fixture::rate_cases;
use crate::rating::fixture::{Builder, judgement, north_west, sample};

fn heading() -> Heading {
    Heading {
        inspection: "nw-2018".into(),
        provider: "North West NPS".into(),
        ..Heading::default()
    }
}

fn one_standard(yes: u64, no: u64) -> (Framework, InspectionRating) {
    let framework = Builder::new()
        .sample("s", "case")
        .rated("2.1", "Assessment")
        .question("2.1.1", "s", "?")
        .framework;
    let rating = rate_cases(
        &framework,
        &[sample(128, &[(yes, no)])],
        &[judgement("2.1", 2)],
    )
    .unwrap();
    (framework, rating)
}

#[test]
fn keys_stand_as_documented_and_in_order() {
    let (framework, rating) = one_standard(106, 22);
    let text = write_rating_json(&framework, &rating, &heading()).unwrap();
    let expected = r#"{
  "inspection": "nw-2018",
  "provider": "North West NPS",
  "framework": "test-2018",
  "overall": {
    "rating": "Good",
    "points": 2,
    "max_points": 3,
    "reason": "2 of 3 points over 1 standard"
  },
  "standards": [
    {
      "number": "2.1",
      "title": "Assessment",
      "rating": "Good",
      "judged": false,
      "moved_from": "Outstanding",
      "discretion": [
        "within 5 points of Good"
      ],
      "questions": [
        {
          "number": "2.1.1",
          "yes": 106,
          "no": 22,
          "not_applicable": 0,
          "not_asked": 0,
          "unanswered": 0,
          "percent": 83,
          "rating": "Outstanding",
          "cases": 128
        }
      ],
      "reason": "lowest is 2.1.1, 83% of 128 cases; panel moved it from Outstanding: evidence on 2.1"
    }
  ]
}
"#;
    assert_eq!(text, expected);
}

#[test]
fn what_is_missing_is_null_and_the_overall_object_stays() {
    let (framework, rating) = one_standard(0, 0);
    let text = write_rating_json(&framework, &rating, &heading()).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["overall"]["rating"], serde_json::Value::Null);
    assert_eq!(
        (&value["overall"]["points"], &value["overall"]["max_points"]),
        (&serde_json::Value::Null, &serde_json::Value::Null)
    );
    assert_eq!(value["standards"][0]["rating"], serde_json::Value::Null);
    assert_eq!(
        value["standards"][0]["questions"][0]["percent"],
        serde_json::Value::Null
    );
    assert_eq!(value["standards"][0]["questions"][0]["not_asked"], 128);
}

#[test]
fn groups_repeat_the_form_under_their_value() {
    let (framework, tallies, judgements) = north_west();
    let rating = rate_cases(&framework, &tallies, &judgements).unwrap();
    let heading = Heading {
        notices: vec!["Made-up data".into()],
        ..heading()
    };
    let groups = [("LDU-1".to_owned(), rating)];
    let text = write_rating_by_json(&framework, "ldu", &groups, &heading).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["by"], "ldu");
    let group = &value["groups"][0];
    assert_eq!(
        (&group["value"], &group["overall"]["points"]),
        (&"LDU-1".into(), &19.into())
    );
    assert_eq!(group["standards"][0]["judged"], true);
    assert_eq!(group["standards"][0]["questions"], serde_json::json!([]));
    assert_eq!(group["notes"], serde_json::json!(["Made-up data"]));
}

#[test]
fn measures_stand_beside_questions_with_exact_figures() {
    let heading = Heading {
        period: "2023/24".into(),
        ..heading()
    };
    let text = write_rating_json(&scorecard(), &rated_scorecard("71.20", 2), &heading).unwrap();
    for line in [
        "  \"period\": \"2023/24\",\n",
        "    \"points\": 2.5,\n    \"max_points\": 3,\n    \"percent\": 83.3,\n",
        "          \"value\": 71.20,\n          \"target\": 70.0,\n          \"national\": null,\n",
        "          \"change\": -0.1,\n",
    ] {
        assert!(text.contains(line), "{line}{text}");
    }
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let measure = &value["standards"][0]["measures"][0];
    assert_eq!(
        (&measure["number"], &measure["met"], &measure["trend"]),
        (&"M1".into(), &true.into(), &"improved".into())
    );
    assert_eq!(measure["marks"], serde_json::json!(["p"]));
    let targets = &value["overall"]["targets"];
    assert_eq!(
        (&targets["met"], &targets["with_target"]),
        (&1.into(), &1.into())
    );
    assert_eq!(targets["largest_fall"][0]["measure"], "M2");
    assert!(value["overall"].get("moderation").is_none());
    assert_eq!(
        value["standards"][1]["measures"][0]["rating"],
        serde_json::Value::Null
    );
}

#[test]
fn where_ratings_may_be_moderated_the_proposal_is_there_or_null() {
    let mut framework = scorecard();
    framework.overall.moderation = true;
    let rating = rated_scorecard("71.2", 2);
    let text = write_rating_json(&framework, &rating, &heading()).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let overall = value["overall"].as_object().unwrap();
    assert!(overall["moderation"].is_null() && overall["moved_from"].is_null());
}
