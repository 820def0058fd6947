//! Moderation of an overall rating and ratings recorded as published, from the command to rating and history. Must not know how
//! they are stored.

use super::harness::Office;

const FRAMEWORK: &str = r#"id = "trusts"
title = "Ratings of trusts"
edition = "1"
source = "Made up"
[scale]
ratings = [
  { id = "poor", title = "Poor", points = 0 },
  { id = "fair", title = "Fair", points = 1 },
  { id = "good", title = "Good", points = 2 },
]
[overall]
rule = "points-total"
given = true
moderation = true
[[standard]]
number = "1"
title = "Everything"
rule = "judged"
"#;

/// A folder with an inspection of one judged standard, whose overall rating may be moderated.
fn opened() -> Office {
    let office = Office::new();
    office.write("trusts.toml", FRAMEWORK);
    for line in [
        "init --quiet",
        "framework add trusts.toml --quiet",
        "inspection new Essex --framework trusts --provider Essex --quiet",
    ] {
        office.run(line).says_nothing();
    }
    office
}

fn overall(office: &Office) -> String {
    let rated = office.run("rate").printed();
    rated.lines().last().unwrap().to_owned()
}

#[test]
fn a_proposal_waits_for_its_decision_and_both_ratings_are_shown() {
    let office = opened();
    office
        .run("judge 1 fair --because Returns --quiet")
        .says_nothing();
    office.run("moderate Good --because \"Late returns\"").says(
        "moderation to Good proposed\n\
         overall rating: Fair\n\
         decide it with `caseaudit moderate --accept --because \"…\"`, or `--decline`\n",
    );
    office.run("moderate --accept").fails(
        "error: a reason is wanted; say why it is decided so: --because \"…\" [reason-wanted]\n",
    );
    let waits = overall(&office);
    assert!(waits.starts_with("Overall: Fair"), "{waits}");
    assert!(
        waits.ends_with("; moderation to Good proposed: Late returns"),
        "{waits}"
    );
    office
        .run("moderate --accept --because Confirmed")
        .says("moderation to Good accepted\noverall rating: Good\n");
    office.refuses(
        "moderate Good --because Again",
        "error: the overall rating is Good already; propose another rating; \
         as long as no proposal is open there is nothing to decide [already-exists]\n",
    );
    let accepted = overall(&office);
    assert!(accepted.starts_with("Overall: Good"), "{accepted}");
    let history = office.run("history --format csv").printed();
    for line in [
        ",moderation to good proposed,Late returns,",
        ",moderation accepted,Confirmed,",
    ] {
        assert!(history.contains(line), "{line} in {history}");
    }
    office.is_sound();
}

#[test]
fn a_declined_or_withdrawn_proposal_leaves_the_rating_and_makes_room_for_the_next() {
    let office = opened();
    office
        .run("judge 1 fair --because Returns --quiet")
        .says_nothing();
    office
        .run("moderate poor --because x --quiet")
        .says_nothing();
    office
        .run("moderate --decline --because \"Not convincing\"")
        .says("moderation to Poor declined\noverall rating: Fair\n");
    office
        .run("moderate good --because y --quiet")
        .says_nothing();
    office
        .run("moderate --withdraw --because \"Wrong trust\"")
        .says("the proposal is withdrawn\noverall rating: Fair\n");
    let history = office.run("history --format csv").printed();
    for line in [
        ",moderation declined,Not convincing,",
        ",proposal of moderation withdrawn,Wrong trust,",
    ] {
        assert!(history.contains(line), "{line} in {history}");
    }
    assert!(!overall(&office).contains("moderation"));
    office.is_sound();
}

#[test]
fn moderation_out_of_turn_is_refused() {
    let office = opened();
    let nothing = "error: no proposal to move the overall rating is open; \
                   propose one first: caseaudit moderate RATING --because \"…\" [no-proposal]\n";
    for decision in ["--accept", "--decline", "--withdraw"] {
        office.refuses(&format!("moderate {decision} --because x"), nothing);
    }
    office.refuses(
        "moderate splendid --because x",
        "error: there is no rating splendid; there are: poor, fair, good [unknown-rating]\n",
    );
    office.refuses(
        "moderate good --because \" \"",
        "error: a reason is wanted; say what the proposal rests on: --because \"…\" [reason-wanted]\n",
    );
    office.run("moderate good --because x").says(
        "moderation to Good proposed\n\
         note: there is no overall rating yet, so there is nothing to move\n\
         decide it with `caseaudit moderate --accept --because \"…\"`, or `--decline`\n",
    );
    office.refuses(
        "moderate fair --because x",
        "error: a proposal to move the overall rating is open already; decide it with \
         `caseaudit moderate --accept` or `--decline`, or take it back with `--withdraw` [proposal-open]\n",
    );
    office
        .run("moderate good --accept --because x")
        .gets_usage("--accept");
    office.run("moderate --because x").gets_usage("RATING");
    let other = Office::opened();
    other.refuses(
        "moderate good --because x",
        "error: the overall rating of hmip-nps-2018 is not open to moderation; \
         only a framework with moderation = true under [overall] has this step [not-moderated]\n",
    );
}

#[test]
fn a_rating_that_was_published_without_what_it_rests_on_is_recorded_by_people() {
    let office = opened();
    office
        .run("judge overall good --because \"Published in July 2014\"")
        .says("overall: Good\n");
    let published = overall(&office);
    assert!(
        published.starts_with("Overall: Good") && published.contains("Published in July 2014"),
        "{published}"
    );
    office
        .run("judge overall --withdraw --because \"Another trust's\"")
        .says("overall: judgement withdrawn\n");
    office.is_sound();
}

#[test]
fn figures_that_change_after_a_moderation_are_pointed_out() {
    let office = opened();
    for line in [
        "judge 1 fair --because Returns --quiet",
        "moderate Good --because \"Late returns\" --quiet",
        "judge 1 poor --because \"Counted again\" --quiet",
    ] {
        office.run(line).says_nothing();
    }
    let overtaken = "proposed when the figures gave Fair; they give Poor now";
    office
        .run("moderate --accept --because Confirmed")
        .says(&format!(
            "moderation to Good accepted\noverall rating: Good\nnote: it was {overtaken}\n"
        ));
    assert!(overall(&office).contains("; moderation from Poor to Good accepted: Confirmed"));
    for command in ["annex", "rate"] {
        let printed = office
            .run(&format!("{command} --format markdown"))
            .printed();
        let notice = format!("**To be looked at again: moderation was {overtaken}.**");
        assert!(printed.contains(&notice), "{printed}");
    }
    let json = office.run("rate --format json").printed();
    assert!(json.contains("\"made_on\": \"Fair\""), "{json}");
    office
        .run("judge 1 fair --because \"As before\" --quiet")
        .says_nothing();
    let printed = office.run("annex").printed();
    assert!(!printed.contains("looked at again"), "{printed}");
    office.is_sound();
}
