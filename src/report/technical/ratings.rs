//! The table of how often each rating came out of samples that were drawn again.
//!
//! Must not rate or draw anything.

use super::super::heading::{Heading, source};
use super::super::table::{Cell, Column, Kind, Part, Symbol, Table, Value, kebab};
use super::{Chances, Resampled, Sureness, add_rows, rated_columns};
use crate::framework::{Framework, Rating};
use crate::model::Share;
use crate::rating::{InspectionRating, QuestionRating, words};

/// Each standard and the whole.
pub(super) fn ratings_table(
    framework: &Framework,
    rating: &InspectionRating,
    sureness: &Sureness,
    heading: &Heading,
) -> Table {
    let resampled = &sureness.resampled;
    let mut columns = rated_columns();
    columns.push(Column::new("chances", "Samples drawn again", Kind::Text));
    let ratings = framework.scale.0.iter();
    columns.extend(ratings.map(|rating| {
        let id = format!("percent_{}", kebab(&rating.id).replace('-', "_"));
        Column::new(id, format!("% {}", rating.title), Kind::Percent).as_detail()
    }));
    columns.push(Column::new("percent_not_rated", "% not rated", Kind::Percent).as_detail());
    let mut table = Table {
        id: "sureness-of-ratings".to_owned(),
        title: "How sure the ratings are".to_owned(),
        part: Part::Technical,
        scope: heading.subject(),
        units: format!(
            "Percent of {} samples of the same sizes that were drawn again by lot and rated by the same rules. Not part of the \
             published ratings",
            words::count(resampled.draws)
        ),
        columns,
        source: source(framework, heading),
        ..Table::default()
    };
    let note = table.note(&drawn_again(framework, sureness));
    add_rows(&mut table, framework, rating, resampled, |chances| {
        chance_cells(framework, resampled, chances, note)
    });
    // Where no rating could vary, nothing was drawn again for it.
    let cells = table.rows.iter().flat_map(|row| &row.cells);
    if cells.flat_map(|cell| &cell.notes).next().is_none() {
        table.notes.clear();
    }
    warn_of_few(&mut table, framework, rating, sureness);
    table
}

/// From how many answers to a question on nothing is said about their number.
const ENOUGH_ANSWERS: u64 = 10;

/// Says of ratings that came out alike in all samples that they rest on few answers, where they do: a sample that is drawn again holds
/// the same few cases and cannot show what others would be like. Where the whole population was looked at there are no others.
fn warn_of_few(
    table: &mut Table,
    framework: &Framework,
    rating: &InspectionRating,
    sureness: &Sureness,
) {
    let is_of_some = |question: &&QuestionRating| {
        let design = sureness.samples.get(question.sample);
        let population = design.and_then(|design| design.population);
        question.tally.share().is_some() && population.is_none_or(|all| question.cases < all)
    };
    let resampled = &sureness.resampled;
    let standards = rating.standards.iter().zip(&resampled.standards);
    let standards = standards.map(|(standard, chances)| {
        let questions = standard.questions.iter().filter(is_of_some);
        let fewest = questions.min_by_key(|question| count_answers(question))?;
        let cases = name_few(framework, fewest)?;
        let words = format!("{} was answered in {cases} only", fewest.number);
        is_certain(chances, resampled.draws).then_some(words)
    });
    let mut said: Vec<Option<String>> = standards.collect();
    let questions = rating.standards.iter().flat_map(|one| &one.questions);
    let most = questions
        .filter(is_of_some)
        .max_by_key(|question| count_answers(question));
    let cases = most.and_then(|most| name_few(framework, most));
    let words = cases.map(|cases| format!("No key question was answered in more than {cases}"));
    said.push(words.filter(|_| is_certain(&resampled.overall, resampled.draws)));
    for (place, words) in said.into_iter().enumerate() {
        let Some(words) = words else { continue };
        let row = table.rows.get(place);
        // Where people set the rating there are no chances.
        if !row
            .and_then(|row| row.cells.get(CHANCES))
            .is_some_and(|cell| matches!(cell.value, Value::Text(_)))
        {
            continue;
        }
        let note = table.note(&format!(
            "{words}. Samples drawn again are made of the same few answers, so they come out alike: that does not make the rating sure"
        ));
        let row = table.rows.get_mut(place);
        if let Some(cell) = row.and_then(|row| row.cells.get_mut(CHANCES)) {
            cell.notes.push(note);
        }
    }
}

/// The place of the column that says how often each rating came out.
const CHANCES: usize = 3;

fn count_answers(question: &QuestionRating) -> u64 {
    question.tally.yes + question.tally.no
}

/// In how many cases a question was answered, if they are few.
fn name_few(framework: &Framework, question: &QuestionRating) -> Option<String> {
    let answers = count_answers(question);
    let sample = framework.samples.get(question.sample)?;
    (answers < ENOUGH_ANSWERS).then(|| words::count_of(answers, &sample.unit))
}

/// Whether one rating is given as 100%, or as over 99%.
fn is_certain(chances: &Chances, draws: u64) -> bool {
    let counts = chances.ratings.iter().chain([&chances.not_rated]);
    let shares = counts.filter_map(|count| Share::new(*count, draws));
    shares.into_iter().any(|share| share.percent() == 100)
}

/// How the samples were drawn again.
fn drawn_again(framework: &Framework, sureness: &Sureness) -> String {
    let designs = framework.samples.iter().zip(&sureness.samples);
    let undrawn = designs.filter(|(_, design)| design.population.is_none());
    let undrawn: Vec<&str> = undrawn.map(|(sample, _)| sample.title.as_str()).collect();
    let known = "from a population that is rebuilt from its cases (Booth, Butler and Hall), in the strata of the draw";
    let unknown = "from its own cases, putting each back, because no draw is recorded";
    let how = match undrawn.len() {
        0 => format!("each sample {known}"),
        all if all == framework.samples.len() => format!("each sample {unknown}"),
        _ => format!(
            "each sample {known}; of {} {unknown}",
            words::list(&undrawn)
        ),
    };
    let mut measures = framework.measures.iter();
    let stays = match measures.any(|measure| framework.own_question(measure).is_some()) {
        true => {
            "Measures that are taken from these answers move with them; others, judgements and moderation stay as they are"
        }
        false => "Measures, judgements and moderation stay as they are",
    };
    format!(
        "Drawn again {} times with the seed {}: {how}; all answers of a case together. {stays}",
        words::count(sureness.resampled.draws),
        sureness.resampled.seed
    )
}

/// How often each rating came out: in words, then each percentage.
fn chance_cells(
    framework: &Framework,
    resampled: &Resampled,
    chances: &Chances,
    note: usize,
) -> Vec<Cell> {
    let share = |count: u64| Share::new(count, resampled.draws);
    let percent = |count: &u64| match share(*count) {
        Some(share) => Value::Percent(share.percent()).into(),
        None => Cell::missing(Symbol::NOT_AVAILABLE, "nothing was drawn"),
    };
    let words = name_chances(framework, chances, share);
    let mut cells = vec![Cell::text(words).with_notes(vec![note])];
    cells.extend(chances.ratings.iter().map(percent));
    cells.push(percent(&chances.not_rated));
    cells
}

/// `Good 58%, Requires improvement 42%`: the most frequent first.
fn name_chances(
    framework: &Framework,
    chances: &Chances,
    share: impl Fn(u64) -> Option<Share>,
) -> String {
    let places = chances.ratings.iter().enumerate();
    let titled = places.map(|(place, count)| (framework.scale.title(Rating(place)), *count));
    let mut counts: Vec<(&str, u64)> = titled.collect();
    counts.push(("Not rated", chances.not_rated));
    counts.retain(|(_, count)| *count > 0);
    // Of several equally frequent the better one first.
    counts.reverse();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let named = counts.into_iter().filter_map(|(title, count)| {
        let share = share(count)?;
        Some(match share.percent() {
            0 => format!("{title} under 1%"),
            100 if share.part() < share.whole() => format!("{title} over 99%"),
            percent => format!("{title} {percent}%"),
        })
    });
    named.collect::<Vec<_>>().join(", ")
}
