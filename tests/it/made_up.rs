//! Makes up inspections: cases and answers by chance, the same for the same seed, and the files that hold them.
//!
//! Must not know ratings. What applies to a case it asks `naive`, so that every answer is one that an inspector could give.

use std::collections::BTreeMap;

use super::naive::{Case, Framework, Information};

/// A linear congruential generator with Knuth's constants: chance that is the same on every machine.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// A number from 0 to `below` - 1.
    pub(crate) fn below(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }

    /// True in so many of a hundred cases.
    pub(crate) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// Puts things into another order.
    pub(crate) fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, self.below(last + 1));
        }
    }
}

/// Notes that a careless reader of CSV stumbles over.
const NOTES: [&str; 6] = [
    "Seen in the file",
    "No plan, no review, nothing",
    "The officer said \"we do not do that here\"",
    "Line one\nline two",
    "Café, naïve, £5 – “quoted”",
    "'; DROP TABLE casefile; --",
];

/// Cases of every sample: so many supervision, court, victim and staff cases.
pub(crate) fn cases(framework: &Framework, chance: &mut Chance, counts: [usize; 4]) -> Vec<Case> {
    let mut leanings = BTreeMap::new();
    for question in &framework.questions {
        leanings.insert(question.number.clone(), 35 + chance.below(63));
    }
    let mut cases = vec![];
    for ((sample, information), count) in framework.samples.iter().zip(counts) {
        for place in 0..count {
            let mut case = Case {
                reference: format!("{}-{place:03}", initials(sample)),
                sample: sample.clone(),
                ..Case::default()
            };
            for information in information {
                if chance.percent(90) {
                    case.information
                        .insert(information.id.clone(), value(information, chance));
                }
            }
            answer(framework, &mut case, &leanings, chance);
            cases.push(case);
        }
    }
    cases
}

/// `CS` for `case-supervision`.
fn initials(sample: &str) -> String {
    let words = sample.split('-').filter_map(|word| word.chars().next());
    words.collect::<String>().to_uppercase()
}

fn value(information: &Information, chance: &mut Chance) -> String {
    match information.kind.as_str() {
        _ if !information.choices.is_empty() => {
            information.choices[chance.below(information.choices.len())].clone()
        }
        "number" => chance.below(9).to_string(),
        "date" => format!(
            "2018-{:02}-{:02}",
            1 + chance.below(12),
            1 + chance.below(28)
        ),
        _ => format!("{}-{}", information.id.to_uppercase(), 1 + chance.below(5)),
    }
}

/// Answers everything that applies, but for some prompts, and for a key question in one case of twelve.
fn answer(
    framework: &Framework,
    case: &mut Case,
    leanings: &BTreeMap<String, usize>,
    chance: &mut Chance,
) {
    let is_incomplete = chance.percent(8);
    let questions: Vec<_> = framework.questions_of(&case.sample).collect();
    // A question that hangs on an answer comes later in the order of numbers.
    for question in &questions {
        if framework.state(case, question) != "unanswered"
            || chance.percent(if question.key.is_some() { 10 } else { 0 })
        {
            continue;
        }
        if is_incomplete && question.key.is_none() && chance.percent(30) {
            continue;
        }
        let answer = match chance.percent(6) {
            true => "na",
            false if chance.percent(leanings[&question.number]) => "yes",
            false => "no",
        };
        let note = if chance.percent(5) {
            NOTES[chance.below(NOTES.len())]
        } else {
            ""
        };
        case.answers.insert(
            question.number.clone(),
            (answer.to_owned(), note.to_owned()),
        );
    }
    for key in questions.iter().filter(|question| question.key.is_none()) {
        let wants_note = framework.wants_note(case, key) && chance.percent(90);
        if let Some((_, note)) = case.answers.get_mut(&key.number).filter(|_| wants_note) {
            *note = NOTES[chance.below(NOTES.len())].to_owned();
        }
    }
}

/// A file as rows of cells, the header first.
pub(crate) type Rows = Vec<Vec<String>>;

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

/// The file of cases.
pub(crate) fn case_rows(framework: &Framework, cases: &[Case]) -> Rows {
    let mut ids: Vec<&str> = vec![];
    for information in framework
        .samples
        .iter()
        .flat_map(|(_, information)| information)
    {
        if !ids.contains(&information.id.as_str()) {
            ids.push(&information.id);
        }
    }
    let mut rows = vec![[&["reference", "sample", "assessor"], ids.as_slice()].concat()];
    for case in cases {
        let known = ids
            .iter()
            .map(|id| case.information.get(*id).map_or("", String::as_str));
        rows.push(
            [case.reference.as_str(), &case.sample, "INSP-01"]
                .into_iter()
                .chain(known)
                .collect(),
        );
    }
    rows.iter().map(|cells| row(cells)).collect()
}

/// The file of answers, a row an answer.
pub(crate) fn long_rows(cases: &[Case]) -> Rows {
    let mut rows = vec![row(&["reference", "question", "answer", "note"])];
    for case in cases {
        for (question, (answer, note)) in &case.answers {
            rows.push(row(&[&case.reference, question, answer, note]));
        }
    }
    rows
}

/// The file of answers, a row a case, each question with a column of notes beside it.
pub(crate) fn wide_rows(framework: &Framework, cases: &[Case]) -> Rows {
    let mut header = row(&["reference"]);
    for question in &framework.questions {
        header.push(question.number.clone());
        header.push(format!("{} note", question.number));
    }
    let mut rows = vec![header];
    for case in cases {
        let mut cells = row(&[&case.reference]);
        for question in &framework.questions {
            let (answer, note) = case
                .answers
                .get(&question.number)
                .cloned()
                .unwrap_or_default();
            cells.extend([answer, note]);
        }
        rows.push(cells);
    }
    rows
}

/// Rows as a CSV file.
pub(crate) fn csv_file(rows: &Rows) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(vec![]);
    for row in rows {
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}
