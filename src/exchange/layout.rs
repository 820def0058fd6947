//! What the columns of a file of answers are: long (a row an answer) or wide (a row a case), told apart by the header.
//!
//! Must not know rows.

use super::gather::Gather;
use super::known::KnownCases;
use super::source::Header;
use super::values::shown;
use crate::model::{Code, Place, Problem, Problems};

/// The columns of a file of answers, each by its place from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    /// How many cells a row has.
    pub(super) width: usize,
    /// The column of the case's reference.
    pub(super) reference: usize,
    /// Where question and answer stand.
    pub(super) form: Form,
    /// Columns without a name: their cells must be empty.
    pub(super) unnamed: Vec<usize>,
}

/// How a row says what was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    /// `reference,question,answer[,note]`.
    Long(LongColumns),
    /// `reference,2.1.1,2.1.1 note,2.1.1a,…`.
    Wide(Vec<QuestionColumns>),
}

/// The columns of the long form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LongColumns {
    /// The column of the question's number.
    pub(super) question: usize,
    /// The column of the answer.
    pub(super) answer: usize,
    /// The column of the note, if the file has one.
    pub(super) note: Option<usize>,
}

/// The columns of one question in the wide form; one of the two is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct QuestionColumns {
    /// The question's number.
    pub(super) number: String,
    /// The column of its answers.
    pub(super) answer: Option<usize>,
    /// The column of its notes.
    pub(super) note: Option<usize>,
    /// The question's place in each sample that has it.
    pub(super) places: Vec<Option<usize>>,
}

const REMEDY: &str = "start with the line reference,question,answer or reference,question,answer,note, \
     or with reference and the numbers of questions";

/// Place of a column by its name, in any case.
pub(super) fn find_column(header: &Header, name: &str) -> Option<usize> {
    header
        .names
        .iter()
        .position(|known| known.eq_ignore_ascii_case(name))
}

/// A place in the header.
pub(super) fn header_place(file: &str, header: &Header, column: usize) -> Place {
    let column = u64::try_from(column).unwrap_or(u64::MAX).saturating_add(1);
    Place::of(file).line(header.line).column(column)
}

/// Reports every name that stands twice.
pub(super) fn check_names(file: &str, header: &Header, problems: &mut Gather) {
    let mut seen = std::collections::HashSet::new();
    for (column, name) in header.names.iter().enumerate() {
        if !name.is_empty() && !seen.insert(name.to_lowercase()) {
            problems.push(|| {
                let what = format!("the column {} stands twice", shown(name));
                let remedy = "leave one of the two out";
                Problem::new(Code::WrongHeader, what, remedy).at(header_place(file, header, column))
            });
        }
    }
}

/// Whether the cells are divided by something else than commas, so that the whole line is one cell.
pub(super) fn has_other_separator(header: &Header) -> bool {
    matches!(header.names.as_slice(), [only] if only.contains([';', '\t']))
}

/// The problem of a header without a column that must be there.
pub(super) fn missing_column(file: &str, header: &Header, name: &str, remedy: &str) -> Problem {
    let what = format!("the header has no column {name}");
    let remedy = if has_other_separator(header) {
        "separate the cells by commas: save the file as \"CSV UTF-8 (comma delimited)\""
    } else {
        remedy
    };
    Problem::new(Code::WrongHeader, what, remedy).at(Place::of(file).line(header.line))
}

impl Layout {
    /// Reads the header of a file of answers: long if it has `question` or `answer`, else wide.
    ///
    /// # Errors
    /// Everything that is wrong with the header.
    pub(super) fn read(
        file: &str,
        header: &Header,
        known: &KnownCases,
    ) -> Result<Layout, Problems> {
        let mut problems = Gather::default();
        check_names(file, header, &mut problems);
        let mut need = |name: &str| {
            let column = find_column(header, name);
            if column.is_none() {
                problems.push(|| missing_column(file, header, name, REMEDY));
            }
            column.unwrap_or(0)
        };
        let reference = need("reference");
        let is_long = ["question", "answer"]
            .iter()
            .any(|name| find_column(header, name).is_some());
        let form = if is_long {
            let (question, answer) = (need("question"), need("answer"));
            let note = find_column(header, "note");
            report_others(file, header, &mut problems);
            Form::Long(LongColumns {
                question,
                answer,
                note,
            })
        } else if find_column(header, "reference").is_some() {
            wide(file, header, known, &mut problems)
        } else {
            // Without its reference this is some other file: every column of it would be an unknown question.
            Form::Wide(Vec::new())
        };
        let unnamed = header
            .names
            .iter()
            .enumerate()
            .filter(|(_, name)| name.is_empty());
        let unnamed = unnamed.map(|(column, _)| column).collect();
        let width = header.names.len();
        problems.none_or(
            file,
            Layout {
                width,
                reference,
                form,
                unnamed,
            },
        )
    }
}

/// Reports what is not a column of the long form; one that stands twice has been reported.
fn report_others(file: &str, header: &Header, problems: &mut Gather) {
    let known = ["", "reference", "question", "answer", "note"];
    for (column, name) in header.names.iter().enumerate() {
        if !known.iter().any(|known| name.eq_ignore_ascii_case(known)) {
            problems.push(|| {
                let what = format!("a file of answers has no column {}", shown(name));
                let problem = Problem::new(Code::WrongHeader, what, "leave the column out");
                problem.at(header_place(file, header, column))
            });
        }
    }
}

fn wide(file: &str, header: &Header, known: &KnownCases, problems: &mut Gather) -> Form {
    let mut questions: Vec<QuestionColumns> = Vec::new();
    for (column, name) in header.names.iter().enumerate() {
        if name.is_empty() || name.eq_ignore_ascii_case("reference") {
            continue;
        }
        let (number, is_note) = split_note(name);
        let at = questions
            .iter()
            .position(|question| question.number.eq_ignore_ascii_case(number));
        let at = at.unwrap_or(questions.len());
        if at == questions.len() {
            let places: Vec<Option<usize>> = (0..known.samples_count())
                .map(|sample| find_question(known, sample, number))
                .collect();
            if places.iter().all(Option::is_none) {
                problems.push(|| {
                    let what = format!("there is no question {}", shown(number));
                    let problem = Problem::new(
                        Code::UnknownQuestion,
                        what,
                        known.suggest_question(None, number),
                    );
                    problem.at(header_place(file, header, column))
                });
                continue;
            }
            questions.push(QuestionColumns {
                number: number.to_owned(),
                answer: None,
                note: None,
                places,
            });
        }
        if let Some(question) = questions.get_mut(at) {
            *(if is_note {
                &mut question.note
            } else {
                &mut question.answer
            }) = Some(column);
        }
    }
    if questions.is_empty() && problems.is_empty() {
        problems.push(|| missing_column(file, header, "question", REMEDY));
    }
    Form::Wide(questions)
}

/// `2.1.1 note` is the column of notes on 2.1.1.
fn split_note(name: &str) -> (&str, bool) {
    match name.rsplit_once(char::is_whitespace) {
        Some((number, word)) if word.eq_ignore_ascii_case("note") => (number.trim_end(), true),
        _ => (name, false),
    }
}

/// Place of a question by its number, in which the letter of a prompt may be written large.
pub(super) fn find_question(known: &KnownCases, sample: usize, number: &str) -> Option<usize> {
    let exact = known.question(sample, number.as_bytes());
    exact.or_else(|| known.question(sample, number.to_ascii_lowercase().as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::super::known::test_cases;
    use super::*;

    fn read(header: &str) -> Result<Layout, Vec<String>> {
        let names = header
            .split(',')
            .map(|name| name.trim().to_owned())
            .collect();
        let header = Header { line: 1, names };
        let layout = Layout::read("f.csv", &header, &test_cases());
        layout.map_err(|problems| problems.0.iter().map(Problem::to_string).collect())
    }

    #[test]
    fn question_and_answer_make_it_long_in_any_order_and_case() {
        let layout = read("Answer, REFERENCE ,question,").unwrap();
        assert_eq!(
            layout.form,
            Form::Long(LongColumns {
                question: 2,
                answer: 0,
                note: None
            })
        );
        assert_eq!(
            (layout.width, layout.reference, layout.unnamed),
            (4, 1, vec![3])
        );
    }

    #[test]
    fn numbers_of_questions_make_it_wide_with_notes_beside_them() {
        let Form::Wide(columns) = read("reference,2.1.1 Note,2.1.1A,2.1.1").unwrap().form else {
            panic!("wide")
        };
        assert_eq!((columns[0].answer, columns[0].note), (Some(3), Some(1)));
        assert_eq!((columns[1].answer, columns[1].note), (Some(2), None));
        assert_eq!(columns[1].places, [Some(1), None]);
    }

    #[test]
    fn everything_wrong_with_a_header_is_named_with_its_column() {
        let problems = read("question,note,Note,who").unwrap_err();
        assert_eq!(problems.len(), 4, "{problems:?}");
        assert!(
            problems[0].starts_with("f.csv line 1: the header has no column reference; start with")
        );
        assert!(problems[1].starts_with("f.csv line 1: the header has no column answer"));
        assert!(problems[2].starts_with("f.csv line 1 column 3: the column Note stands twice"));
        assert!(
            problems[3].starts_with("f.csv line 1 column 4: a file of answers has no column who")
        );
    }

    #[test]
    fn a_misspelt_question_in_a_header_gets_a_suggestion() {
        let problems = read("reference,2.1.1,2.1.9").unwrap_err();
        assert_eq!(
            problems,
            [
                "f.csv line 1 column 3: there is no question 2.1.9; did you mean 2.1.1? [unknown-question]"
            ]
        );
    }

    #[test]
    fn semicolons_are_recognised() {
        let problems = read("reference;question;answer").unwrap_err();
        assert!(
            problems[0].contains("separate the cells by commas"),
            "{problems:?}"
        );
    }

    #[test]
    fn a_reference_alone_is_no_file_of_answers() {
        assert!(read("reference").unwrap_err()[0].contains("no column question"));
    }
}
