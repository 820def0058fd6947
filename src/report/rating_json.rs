//! The stable machine form of `rate --format json`: keys keep their names, nesting and order.
//!
//! A missing percent or rating is `null`. Must not compute anything.

use super::heading::Heading;
use super::json::print_json;
use crate::framework::{Framework, Rating};
use crate::model::Problems;
use crate::rating::{InspectionRating, QuestionRating, StandardRating};
use serde::Serialize;

#[derive(Serialize)]
struct InspectionForm<'a> {
    inspection: &'a str,
    provider: &'a str,
    framework: &'a str,
    #[serde(flatten)]
    ratings: RatingsForm<'a>,
}

#[derive(Serialize)]
struct RatingsForm<'a> {
    overall: OverallForm<'a>,
    standards: Vec<StandardForm<'a>>,
    /// Notices and the sentence on indicative ratings; left out when there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
}

#[derive(Serialize)]
struct OverallForm<'a> {
    rating: Option<&'a str>,
    /// Null where there is no total: nothing is rated, or people judge the whole.
    points: Option<u64>,
    max_points: Option<u64>,
    reason: &'a str,
}

#[derive(Serialize)]
struct StandardForm<'a> {
    number: &'a str,
    title: &'a str,
    rating: Option<&'a str>,
    judged: bool,
    moved_from: Option<&'a str>,
    discretion: &'a [String],
    questions: Vec<QuestionForm<'a>>,
    reason: &'a str,
}

#[derive(Serialize)]
struct QuestionForm<'a> {
    number: &'a str,
    yes: u64,
    no: u64,
    not_applicable: u64,
    not_asked: u64,
    unanswered: u64,
    percent: Option<u64>,
    rating: Option<&'a str>,
    cases: u64,
}

#[derive(Serialize)]
struct GroupsForm<'a> {
    by: &'a str,
    groups: Vec<GroupForm<'a>>,
}

#[derive(Serialize)]
struct GroupForm<'a> {
    value: &'a str,
    #[serde(flatten)]
    inspection: InspectionForm<'a>,
}

/// The ratings of an inspection as one JSON object:
/// `inspection`, `provider`, `framework`, `overall` and `standards` with their `questions`.
///
/// # Errors
/// Only when the text cannot be built in memory.
pub fn write_rating_json(
    framework: &Framework,
    rating: &InspectionRating,
    heading: &Heading,
) -> Result<String, Problems> {
    print_json(&inspection_form(framework, rating, heading))
}

/// The ratings of each group: `{"by": …, "groups": [{"value": …, and the same keys as for an inspection}]}`.
///
/// # Errors
/// Only when the text cannot be built in memory.
pub fn write_rating_by_json(
    framework: &Framework,
    by: &str,
    groups: &[(String, InspectionRating)],
    heading: &Heading,
) -> Result<String, Problems> {
    let groups = groups
        .iter()
        .map(|(value, rating)| GroupForm {
            value,
            inspection: inspection_form(framework, rating, heading),
        })
        .collect();
    print_json(&GroupsForm { by, groups })
}

fn inspection_form<'a>(
    framework: &'a Framework,
    rating: &'a InspectionRating,
    heading: &'a Heading,
) -> InspectionForm<'a> {
    let overall = rating.overall.as_ref();
    let title = |rating: Rating| framework.scale.title(rating);
    InspectionForm {
        inspection: &heading.inspection,
        provider: &heading.provider,
        framework: &framework.id,
        ratings: RatingsForm {
            overall: OverallForm {
                rating: overall.map(|overall| title(overall.rating)),
                points: rating
                    .score
                    .and_then(|score| u64::try_from(score.earned).ok()),
                max_points: rating.score.and_then(|score| u64::try_from(score.max).ok()),
                reason: &rating.overall_reason,
            },
            standards: rating
                .standards
                .iter()
                .map(|standard| standard_form(framework, standard))
                .collect(),
            notes: heading.notes(),
        },
    }
}

fn standard_form<'a>(framework: &'a Framework, standard: &'a StandardRating) -> StandardForm<'a> {
    let title = |rating: Rating| framework.scale.title(rating);
    StandardForm {
        number: &standard.number,
        title: &standard.title,
        rating: standard.rating.map(title),
        judged: standard.judged,
        moved_from: standard.moved_from.map(title),
        discretion: &standard.discretion,
        questions: standard
            .questions
            .iter()
            .map(|question| question_form(framework, question))
            .collect(),
        reason: &standard.reason,
    }
}

fn question_form<'a>(framework: &'a Framework, question: &'a QuestionRating) -> QuestionForm<'a> {
    let tally = question.tally;
    QuestionForm {
        number: &question.number,
        yes: tally.yes,
        no: tally.no,
        not_applicable: tally.not_applicable,
        not_asked: tally.not_asked,
        unanswered: tally.unanswered,
        percent: question.percent,
        rating: question.rating.map(|rating| framework.scale.title(rating)),
        cases: question.cases,
    }
}

#[cfg(test)]
mod tests {
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
}
