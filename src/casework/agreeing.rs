//! How far assessors agree: first and second assessments side by side, and the answers to an exercise beside the agreed ones.
//!
//! A second assessment is compared with the first as it stood when both were submitted, whatever was corrected or resolved later.
//! Must not compute a figure (`statistics`), and changes nothing.

mod asked;

use std::collections::HashMap;

use super::assessment::{is_same, refuse_wrong_role, sees_own};
use super::cases::name_pair;
use super::inspections::Inspection;
use super::recording::find_case;
use super::sample_size::read_decimal;
use crate::model::{Code, Place, Problem, Problems, Role, Sheet};
use crate::rating::words;
use crate::report::{AgreementLine, Agreements, Disagreement};
use crate::statistics::{Comparison, Confidence, PairTable, compare_answers, measure_agreement};
use crate::store::{AgainstRow, CaseRow, FurtherRow, ResolutionRow, Status, Store, ThingId};
use asked::Asked;

/// What is to be compared.
#[derive(Debug, Clone, Copy, Default)]
pub struct Compare<'a> {
    /// Only this question, key question or prompt.
    pub question: Option<&'a str>,
    /// Only the questions of this standard.
    pub standard: Option<&'a str>,
    /// Only the assessments of these two, whoever was first.
    pub pair: Option<[&'a str; 2]>,
    /// Without cases that two people assessed together first.
    pub without_joint: bool,
    /// Prompts too; they are not rated, and else left out.
    pub prompts: bool,
    /// Two-sided confidence of the intervals in percent, as it was typed; `None`: 95.
    pub confidence: Option<&'a str>,
}

/// Reads a confidence as it was typed.
pub(super) fn read_confidence(typed: Option<&str>) -> Result<Confidence, Problem> {
    let Some(typed) = typed else {
        return Ok(Confidence::default());
    };
    Confidence::of_percent(read_decimal(typed, "confidence")?).ok_or_else(|| {
        let what = format!("a confidence of {typed}% is out of range");
        let remedy = "give 50 to 99.9 percent, with at most two decimals, such as --confidence 95";
        Problem::new(Code::WrongValue, what, remedy)
    })
}

/// What came of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Agreed {
    /// The figures.
    Figures(Box<Agreements>),
    /// Why there are none yet, and what to do, as sentences without full stop.
    Nothing(String),
}

/// Compares second assessments with first ones, of all cases of which both are submitted.
///
/// # Errors
/// An unknown question or standard, a confidence that cannot be; what the database reports.
pub fn compare_assessments(
    store: &Store,
    inspection: &Inspection,
    compare: &Compare<'_>,
) -> Result<Agreed, Problems> {
    let reader = store.read();
    let confidence = read_confidence(compare.confidence)?;
    let asked = Asked::find(&inspection.framework, compare)?;
    let cases: HashMap<ThingId, CaseRow> = (reader.cases(inspection.id)?.into_iter())
        .filter(|case| case.status != Status::Withdrawn && !case.exercise)
        .map(|case| (case.id, case))
        .collect();
    let mut further = reader.further(inspection.id, None)?;
    further.retain(|row| row.role == Role::Second && cases.contains_key(&row.case));
    if further.is_empty() {
        return Ok(Agreed::Nothing(NO_SECOND.to_owned()));
    }
    let mut recorders: HashMap<ThingId, Vec<String>> = HashMap::new();
    for (case, who) in reader.recorders(None)? {
        recorders.entry(case).or_default().push(who);
    }
    let mut gathered = Gathered::new(&asked, reader.resolutions(inspection.id)?);
    let mut basis = Basis::default();
    for row in &further {
        let (Some(against), true, Some(case)) = (&row.against, row.submitted, cases.get(&row.case))
        else {
            basis.waiting += 1;
            continue;
        };
        let first = FirstAssessors::of(against, recorders.get(&row.case));
        if !(compare.pair).is_none_or(|pair| first.is_pair(&row.assessor, pair)) {
            continue;
        }
        if compare.without_joint && !against.joint_assessor.is_empty() {
            basis.joint += 1;
            continue;
        }
        basis.compared += 1;
        let second = (row.assessor.as_str(), &row.sheet);
        gathered.add(case, (&first.label, &against.sheet), second);
    }
    if basis.compared == 0 {
        return Ok(Agreed::Nothing(basis.why_nothing()));
    }
    let mut agreements = gathered.finish(inspection.name.clone(), compare, confidence);
    agreements.notes = basis.notes();
    Ok(Agreed::Figures(Box::new(agreements)))
}

const NO_SECOND: &str =
    "no case has a second assessment yet; begin one: caseaudit assess REF --second --as NAME";

/// On what the figures rest, in cases.
#[derive(Default)]
struct Basis {
    compared: u64,
    joint: u64,
    waiting: u64,
}

impl Basis {
    fn notes(&self) -> Vec<String> {
        let compared = format!(
            "{} compared, each as it stood when both assessments were submitted",
            words::count_of(self.compared, "case")
        );
        let joint = (self.joint > 0).then(|| {
            let joint = words::count_of(self.joint, "case");
            format!("Without {joint} that two people assessed together")
        });
        std::iter::once(compared)
            .chain(joint)
            .chain(self.waiting())
            .collect()
    }

    fn why_nothing(&self) -> String {
        let what = "no case has two submitted assessments that are asked for".to_owned();
        match self.waiting() {
            Some(waiting) => format!("{what}; {waiting}"),
            None => what,
        }
    }

    fn waiting(&self) -> Option<String> {
        let are = if self.waiting == 1 { "is" } else { "are" };
        (self.waiting > 0).then(|| {
            let cases = words::count_of(self.waiting, "case");
            format!(
                "{cases} with a second assessment {are} not compared: both assessments must be submitted"
            )
        })
    }
}

/// Compares everybody's answers to an exercise case with the agreed ones.
///
/// # Errors
/// An unknown case or one that is no exercise; an unknown question or standard; a confidence that cannot be; somebody who may not see the agreed answers yet.
pub fn compare_exercise(
    store: &Store,
    inspection: &Inspection,
    viewer: &str,
    reference: &str,
    compare: &Compare<'_>,
) -> Result<Agreed, Problems> {
    let reader = store.read();
    let confidence = read_confidence(compare.confidence)?;
    let asked = Asked::find(&inspection.framework, compare)?;
    let case = find_case(reader, inspection, reference)?;
    refuse_wrong_role(&case, Role::Exercise)?;
    let further = reader.further(inspection.id, Some(case.id))?;
    if case.status != Status::Submitted {
        let what =
            format!("the agreed answers are not submitted yet: caseaudit submit {reference}");
        return Ok(Agreed::Nothing(what));
    }
    if !sees_own(reader, &case, &further, viewer)? {
        let what = "the agreed answers are hidden from you";
        let remedy = format!("answer it yourself first: caseaudit assess {reference} --exercise");
        return Err(Problem::new(Code::Hidden, what, remedy)
            .at(Place::of(reference))
            .into());
    }
    let (submitted, waiting): (Vec<_>, Vec<_>) = further.into_iter().partition(|row| row.submitted);
    if submitted.is_empty() {
        let what = format!(
            "nobody has submitted answers yet: caseaudit assess {reference} --exercise --as NAME"
        );
        return Ok(Agreed::Nothing(what));
    }
    let mut gathered = Gathered::new(&asked, Vec::new());
    for FurtherRow {
        assessor, sheet, ..
    } in &submitted
    {
        gathered.add(&case, ("", &case.sheet), (assessor, sheet));
    }
    let mut agreements = gathered.finish(
        format!("{reference}, {}", inspection.name),
        compare,
        confidence,
    );
    let waiting = waiting.len();
    let waiting = (waiting > 0)
        .then(|| format!("Not submitted yet, and left out: the answers of {waiting} more"));
    agreements.notes.extend(waiting);
    Ok(Agreed::Figures(Box::new(agreements)))
}

/// Who assessed a case first.
struct FirstAssessors {
    names: Vec<String>,
    label: String,
}

impl FirstAssessors {
    /// Those to whom it was given; where it was given to nobody, those who recorded it.
    fn of(against: &AgainstRow, recorders: Option<&Vec<String>>) -> FirstAssessors {
        if against.assessor.is_empty() {
            let names = recorders.cloned().unwrap_or_default();
            let label = names.join(" and ");
            return FirstAssessors { names, label };
        }
        FirstAssessors {
            names: vec![against.assessor.clone(), against.joint_assessor.clone()],
            label: name_pair(&against.assessor, &against.joint_assessor),
        }
    }

    fn is_pair(&self, second: &str, [one, other]: [&str; 2]) -> bool {
        let is_first = |name: &str| self.names.iter().any(|first| is_same(first, name));
        is_first(one) && is_same(second, other) || is_first(other) && is_same(second, one)
    }
}

/// Pairs as they are gathered.
struct Gathered<'a> {
    asked: &'a Asked,
    resolutions: Vec<ResolutionRow>,
    /// By place in `asked`; `None` where no case of the sample is compared.
    questions: Vec<Option<PairTable>>,
    /// By names, each pair the same way round.
    assessors: Vec<(String, PairTable)>,
    disagreements: Vec<Disagreement>,
}

impl<'a> Gathered<'a> {
    fn new(asked: &'a Asked, resolutions: Vec<ResolutionRow>) -> Gathered<'a> {
        Gathered {
            asked,
            resolutions,
            questions: vec![None; asked.0.len()],
            assessors: Vec::new(),
            disagreements: Vec::new(),
        }
    }

    /// Adds one case: who was first and what they say, and who was second.
    fn add(&mut self, case: &CaseRow, first: (&str, &Sheet), second: (&str, &Sheet)) {
        let asked = self.asked.0.iter().enumerate();
        let here = asked.filter(|(_, (_, _, sample, _))| *sample == case.sample);
        let pairs = here.map(|(at, (_, _, _, place))| {
            (
                at,
                first.1.mark(*place).state(),
                second.1.mark(*place).state(),
            )
        });
        let pairs: Vec<_> = pairs.collect();
        for (at, one, other) in &pairs {
            if let Some(table) = self.questions.get_mut(*at) {
                table.get_or_insert_default().add(*one, *other);
            }
        }
        let Comparison { table, differences } = compare_answers(pairs);
        self.add_pair(first.0, second.0, table);
        for difference in differences {
            let Some((_, number, _, place)) = self.asked.0.get(difference.place) else {
                continue;
            };
            let mut resolutions = self.resolutions.iter();
            let resolved = resolutions.find(|row| (row.case, row.place) == (case.id, *place));
            self.disagreements.push(Disagreement {
                case: case.reference.clone(),
                question: number.clone(),
                first: (first.0.to_owned(), difference.first),
                second: (second.0.to_owned(), difference.second),
                is_counted: difference.is_counted(),
                resolved: resolved
                    .map(|row| (row.answer.into(), row.who.clone(), row.because.clone())),
            });
        }
    }

    /// Kappa sees who is first: the same two people stand the same way round, by name.
    fn add_pair(&mut self, first: &str, second: &str, table: PairTable) {
        let (names, table) = if first.is_empty() {
            (second.to_owned(), table)
        } else if first.to_lowercase() <= second.to_lowercase() {
            (format!("{first}, {second}"), table)
        } else {
            (format!("{second}, {first}"), table.swapped())
        };
        match self
            .assessors
            .iter_mut()
            .find(|(known, _)| is_same(known, &names))
        {
            Some((_, known)) => *known += table,
            None => self.assessors.push((names, table)),
        }
    }

    fn finish(
        mut self,
        scope: String,
        compare: &Compare<'_>,
        confidence: Confidence,
    ) -> Agreements {
        let line = |name: &str, table: &PairTable| AgreementLine {
            name: name.to_owned(),
            agreement: measure_agreement(table, confidence),
        };
        let asked = self.asked.0.iter().zip(&self.questions);
        let asked = asked.filter_map(|((standard, number, ..), table)| {
            Some((standard, number, table.as_ref()?))
        });
        let (mut standards, mut all) = (Vec::<(&str, PairTable)>::new(), PairTable::default());
        let mut questions = Vec::new();
        for (standard, number, table) in asked {
            questions.push(line(number, table));
            all += *table;
            match standards.iter_mut().find(|(known, _)| known == standard) {
                Some((_, known)) => *known += *table,
                None => standards.push((standard, *table)),
            }
        }
        let is_one_question = compare.question.is_some();
        self.assessors
            .sort_by_key(|(names, _)| names.to_lowercase());
        Agreements {
            scope,
            confidence,
            notes: Vec::new(),
            questions,
            standards: match is_one_question {
                true => Vec::new(),
                false => standards
                    .iter()
                    .map(|(number, table)| line(number, table))
                    .collect(),
            },
            assessors: self
                .assessors
                .iter()
                .map(|(names, table)| line(names, table))
                .collect(),
            all: Some(measure_agreement(&all, confidence)),
            disagreements: self.disagreements,
        }
    }
}
