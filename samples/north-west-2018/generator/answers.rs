//! Which cases answer yes and which no, so that every count of the design comes out exactly and every case makes sense.
//!
//! Must not know the files these go to. No answer stands where a question is not asked; a key question answered no has
//! at least one prompt that says why, and one answered yes stands over more yes than no, save for the exceptions that a
//! note explains.

use super::cases::Case;
use super::design::{Asked, KEY_QUESTIONS, KeyQuestion, Prompt};
use super::{hash, notes};
use std::collections::BTreeMap;

/// An answer of the files, with its note.
pub(super) struct Given {
    /// `yes`, `no` or `na`.
    pub(super) answer: &'static str,
    /// The inspector's note; mostly empty.
    pub(super) note: &'static str,
}

/// Every answer by reference and question number.
#[derive(Default)]
pub(super) struct Answers(BTreeMap<(String, String), Given>);

impl Answers {
    /// What was answered with its note; `None` where the question was not asked or has been left unanswered.
    pub(super) fn get(&self, case: &Case, question: &str) -> Option<&Given> {
        self.0.get(&(case.reference.clone(), question.to_owned()))
    }

    /// What was answered.
    pub(super) fn answer(&self, case: &Case, question: &str) -> Option<&'static str> {
        self.get(case, question).map(|given| given.answer)
    }

    fn put(&mut self, case: &Case, question: String, answer: &'static str, note: &'static str) {
        let place = (case.reference.clone(), question);
        self.0.insert(place, Given { answer, note });
    }
}

/// What a prompt of one case says while the answers are being spread.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cell {
    NotAsked,
    NotApplicable,
    /// Yes, unless a no still falls here.
    Open,
    No,
}

/// One case under one key question.
struct Row<'a> {
    case: &'a Case,
    key_answer: &'static str,
    note: &'static str,
    cells: Vec<Cell>,
}

impl Row<'_> {
    fn cell(&self, place: usize) -> Cell {
        self.cells.get(place).copied().unwrap_or(Cell::NotAsked)
    }

    fn put(&mut self, place: usize, cell: Cell) {
        if let Some(old) = self.cells.get_mut(place) {
            *old = cell;
        }
    }

    fn count(&self, cell: Cell) -> usize {
        self.cells.iter().filter(|other| **other == cell).count()
    }

    /// Whether one more no would leave the key question's answer plausible.
    fn bears_another_no(&self) -> bool {
        let noes = self.count(Cell::No);
        self.key_answer == "no" || 2 * (noes + 1) < noes + self.count(Cell::Open)
    }
}

/// Answers every key question of the design and its prompts, in order.
pub(super) fn answer_everything(cases: &[Case]) -> Answers {
    let mut answers = Answers::default();
    for key in KEY_QUESTIONS {
        answer_key_question(key, cases, &mut answers);
    }
    answers
}

fn answer_key_question(key: &KeyQuestion, cases: &[Case], answers: &mut Answers) {
    let mut rows = judge_cases(key, cases);
    let mut noes_left: Vec<usize> = (0..key.prompts.len())
        .map(|place| count_noes(key, place, &rows))
        .collect();
    explain_exception(key, &mut rows, &mut noes_left);
    for row in rows.iter_mut().filter(|row| row.key_answer == "no") {
        give_main_fault(key, row, &mut noes_left);
    }
    for (place, prompt) in key.prompts.iter().enumerate() {
        let left = if let Asked::After(earlier) = prompt.asked {
            open_follow_up(earlier, place, &mut rows, answers);
            count_noes(key, place, &rows)
        } else {
            noes_left.get(place).copied().unwrap_or(0)
        };
        spread_noes(key, place, left, &mut rows);
        for row in &rows {
            let answer = match row.cell(place) {
                Cell::NotAsked => continue,
                Cell::NotApplicable => "na",
                Cell::Open => "yes",
                Cell::No => "no",
            };
            answers.put(row.case, key.prompt_number(prompt), answer, "");
        }
    }
    note_faults(key, &mut rows);
    for row in &rows {
        answers.put(row.case, key.number.to_owned(), row.key_answer, row.note);
    }
}

/// Answers the key question: no for the weakest cases, not applicable for as many as the design says, else yes.
fn judge_cases<'a>(key: &KeyQuestion, cases: &'a [Case]) -> Vec<Row<'a>> {
    let mut asked: Vec<&Case> = cases.iter().filter(|case| key.is_asked_of(case)).collect();
    // A victim who declined contact cannot have been in contact already.
    asked.sort_by_cached_key(|case| {
        let declined = case.is("contact", &["declined"]);
        (
            declined,
            hash(&case.reference, &format!("{}/na", key.number)),
        )
    });
    let mut judged = asked.split_off(key.not_applicable.min(asked.len()));
    judged.sort_by_cached_key(|case| strength(case, key.number));
    let answers = std::iter::repeat_n("no", key.no).chain(std::iter::repeat("yes"));
    let not_applicable = asked.into_iter().map(|case| open_row(key, case, "na"));
    let judged = judged.into_iter().zip(answers);
    not_applicable
        .chain(judged.map(|(case, answer)| open_row(key, case, answer)))
        .collect()
}

/// How well a case is doing on a question: partly its own, partly its unit's, partly chance.
fn strength(case: &Case, question: &str) -> u32 {
    let unit = case.get("ldu");
    hash(&case.reference, question) % 1000
        + hash(&case.reference, "strength") % 600
        + hash(unit, "strength") % 250
}

fn open_row<'a>(key: &KeyQuestion, case: &'a Case, key_answer: &'static str) -> Row<'a> {
    let open = |prompt: &Prompt| {
        let asked = match prompt.asked {
            Asked::Always => true,
            Asked::Where(id, among) => case.is(id, among),
            Asked::After(_) => false,
        };
        let lacks = prompt
            .lacking
            .is_some_and(|(what, percent)| case.lacks(what, percent));
        match (asked, key_answer == "na" || lacks) {
            (false, _) => Cell::NotAsked,
            (true, true) => Cell::NotApplicable,
            (true, false) => Cell::Open,
        }
    };
    Row {
        case,
        key_answer,
        note: "",
        cells: key.prompts.iter().map(open).collect(),
    }
}

/// How many cases answer the prompt no, of those that can answer it; rounded half up on the side of yes.
fn count_noes(key: &KeyQuestion, place: usize, rows: &[Row]) -> usize {
    let open = rows
        .iter()
        .filter(|row| row.cell(place) == Cell::Open)
        .count();
    let share = key
        .prompts
        .get(place)
        .map_or(1000, |prompt| prompt.yes_per_mille);
    open - (open * share + 500) / 1000
}

/// Where there is an exception for this key question, the weakest case that was answered yes gets no to every prompt.
fn explain_exception(key: &KeyQuestion, rows: &mut [Row], noes_left: &mut [usize]) {
    let Some([_, note]) = notes::EXCEPTIONS
        .iter()
        .find(|[number, _]| *number == key.number)
    else {
        return;
    };
    let Some(row) = rows.iter_mut().find(|row| row.key_answer == "yes") else {
        return;
    };
    row.note = note;
    for (cell, left) in row.cells.iter_mut().zip(noes_left) {
        if *cell == Cell::Open {
            *cell = Cell::No;
            *left = left.saturating_sub(1);
        }
    }
}

/// A case answered no gets a prompt that says why: which one, by chance, in proportion to the noes that are left.
fn give_main_fault(key: &KeyQuestion, row: &mut Row, noes_left: &mut [usize]) {
    let weight = |row: &Row, place: usize, left: usize| match row.cell(place) {
        Cell::Open => left,
        _ => 0,
    };
    let total: usize = noes_left
        .iter()
        .enumerate()
        .map(|(place, left)| weight(row, place, *left))
        .sum();
    if total == 0 {
        return;
    }
    let matter = format!("{}/fault", key.number);
    let mut turn = hash(&row.case.reference, &matter) as usize % total;
    for (place, left) in noes_left.iter_mut().enumerate() {
        let weight = weight(row, place, *left);
        if turn < weight {
            row.put(place, Cell::No);
            *left -= 1;
            return;
        }
        turn -= weight;
    }
}

fn open_follow_up(earlier: &[&str], place: usize, rows: &mut [Row], answers: &Answers) {
    for row in rows {
        let said_yes = |question: &&str| answers.answer(row.case, question) == Some("yes");
        if earlier.iter().any(said_yes) {
            row.put(place, Cell::Open);
        }
    }
}

/// Gives the prompt's remaining noes to the weakest cases, first among those whose key question was answered no.
fn spread_noes(key: &KeyQuestion, place: usize, noes: usize, rows: &mut [Row]) {
    let mut candidates: Vec<&mut Row> = rows
        .iter_mut()
        .filter(|row| row.cell(place) == Cell::Open && row.bears_another_no())
        .collect();
    let matter = format!("{}/{place}", key.number);
    candidates.sort_by_cached_key(|row| {
        let handicap = if row.key_answer == "no" { 0 } else { 800 };
        strength(row.case, &matter) + handicap
    });
    for row in candidates.into_iter().take(noes) {
        row.put(place, Cell::No);
    }
}

/// Gives each note of the inspectors to one case whose key question and prompt are both answered no.
fn note_faults(key: &KeyQuestion, rows: &mut [Row]) {
    for (place, prompt) in key.prompts.iter().enumerate() {
        let number = key.prompt_number(prompt);
        for [_, note] in notes::REMARKS.iter().filter(|[about, _]| *about == number) {
            let fits = |row: &&mut Row| {
                row.key_answer == "no" && row.note.is_empty() && row.cell(place) == Cell::No
            };
            let chosen = rows.iter_mut().filter(fits);
            if let Some(row) = chosen.min_by_key(|row| hash(&row.case.reference, note)) {
                row.note = note;
            }
        }
    }
}
