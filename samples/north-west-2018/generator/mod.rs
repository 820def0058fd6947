//! The North West sample as file contents: a pure function of the tables in this folder.
//!
//! Must not know the program whose files these are, nor the clock or chance: the same source always gives the same
//! bytes, so a test can hold the committed files against it. What is spread over cases is spread by the hash of the
//! case's reference and the matter in question.

mod answers;
mod cases;
mod design;
mod notes;

use answers::Answers;
use cases::Case;
use sha2::{Digest, Sha256};

/// Columns of case information of all samples together, in the order of the framework.
const INFORMATION: [&str; 30] = [
    "gender",
    "age_band",
    "ethnicity",
    "disability",
    "disposal",
    "rosh",
    "rosh_correct",
    "rosh_issues",
    "mappa_category",
    "mappa_level",
    "iom",
    "domestic_abuse",
    "child_safeguarding",
    "non_compliance",
    "victim_contact",
    "victim_work",
    "cluster",
    "ldu",
    "team",
    "officer",
    "officers_count",
    "start_date",
    "report_type",
    "court",
    "allocation",
    "proposal",
    "enquiries_made",
    "enquiries_answered",
    "contact",
    "offence_type",
];

/// Every generated file of the sample: its name and its content.
pub(crate) fn files() -> Vec<(&'static str, String)> {
    let mut cases = cases::draw_up_cases();
    let answers = answers::answer_everything(&cases);
    cases::record_enquiries(&mut cases, &answers);
    vec![
        ("cases.csv", cases_file(&cases)),
        ("answers.csv", answers_file(&cases, &answers)),
        ("judgements.csv", judgements_file()),
        ("expected.csv", expected_file()),
    ]
}

fn cases_file(cases: &[Case]) -> String {
    let mut header = vec!["reference", "sample", "assessor"];
    header.extend(INFORMATION);
    let mut file = line(&header);
    for case in cases {
        let mut cells = vec![case.reference.as_str(), case.sample, case.assessor.as_str()];
        cells.extend(INFORMATION.iter().map(|id| case.get(id)));
        file.push_str(&line(&cells));
    }
    file
}

fn answers_file(cases: &[Case], answers: &Answers) -> String {
    let mut file = line(&["reference", "question", "answer", "note"]);
    for case in cases {
        for question in design::KEY_QUESTIONS
            .iter()
            .flat_map(design::KeyQuestion::numbers)
        {
            if let Some(given) = answers.get(case, &question) {
                file.push_str(&line(&[
                    &case.reference,
                    &question,
                    given.answer,
                    given.note,
                ]));
            }
        }
    }
    file
}

fn judgements_file() -> String {
    let mut file = line(&["standard", "rating", "because"]);
    for judgement in notes::JUDGEMENTS {
        file.push_str(&line(&judgement));
    }
    file
}

/// The published percentages with the counts that were chosen for them, from the design and not from the answers.
fn expected_file() -> String {
    let mut file = line(&["question", "yes", "no", "percent"]);
    for key in design::KEY_QUESTIONS {
        let [yes, no, percent] = [key.yes, key.no, key.percent].map(|count| count.to_string());
        file.push_str(&line(&[key.number, &yes, &no, &percent]));
    }
    file
}

/// A line of a CSV file; cells with commas, quotes or line ends are quoted.
fn line(cells: &[&str]) -> String {
    let quoted: Vec<String> = cells
        .iter()
        .map(|cell| {
            if cell.contains([',', '"', '\n']) {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                (*cell).to_owned()
            }
        })
        .collect();
    quoted.join(",") + "\n"
}

/// A number that is always the same for this reference and matter, and looks random.
fn hash(reference: &str, matter: &str) -> u32 {
    let digest: [u8; 32] = Sha256::digest(format!("{reference}\n{matter}")).into();
    let [first, second, third, fourth, ..] = digest;
    u32::from_be_bytes([first, second, third, fourth])
}
