//! What can be wrong with what a person gave, as one catalogue of codes, and the message that goes with it.
//!
//! Every message says where, what, and what to do. Must not know how messages are printed (`cli`, `web`).

use std::fmt;

/// Declares the catalogue: each problem's identifier, its printed code and its meaning stand on one line.
macro_rules! catalogue {
    ($($(#[$meaning:meta])* $name:ident = $code:literal,)*) => {
        /// The catalogue of problems. The printed code is the name that tests, documentation and messages share.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[$meaning])* $name,)* }

        impl Code {
            /// Every code of the catalogue.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The code as it is printed.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $code,)* }
            }
        }
    };
}

catalogue! {
    // Framework files.
    /// The file is not TOML.
    NotToml = "not-toml",
    /// A key that no framework file has.
    UnknownKey = "unknown-key",
    /// A key that must be there is not.
    MissingKey = "missing-key",
    /// A value of the wrong type or outside its range.
    WrongValue = "wrong-value",
    /// An id or number that is not written as it must be.
    BadId = "bad-id",
    /// The same id or number twice.
    DuplicateId = "duplicate-id",
    /// A rule name that the program does not know.
    UnknownRule = "unknown-rule",
    /// A sample that the framework does not declare.
    UnknownSample = "unknown-sample",
    /// A domain that the framework does not declare.
    UnknownDomain = "unknown-domain",
    /// A rating that the scale does not have.
    UnknownRating = "unknown-rating",
    /// Case information that the sample does not declare.
    UnknownAttribute = "unknown-attribute",
    /// A value that the case information does not allow.
    UnknownValue = "unknown-value",
    /// A question that the framework or sample does not have.
    UnknownQuestion = "unknown-question",
    /// A condition that looks at a later question, or at itself.
    ForwardCondition = "forward-condition",
    /// Bands that leave gaps, overlap or run the wrong way.
    BadBands = "bad-bands",
    /// A rule that has nothing to work on.
    EmptyStandard = "empty-standard",
    /// A measure that the framework does not declare.
    UnknownMeasure = "unknown-measure",
    /// A measure that stands in no standard.
    UnusedMeasure = "unused-measure",
    /// A target, bands or a distance of a measure that does not say which way is better.
    NoDirection = "no-direction",
    /// A weight that is not above 0, is too fine, counts nowhere, or does not add up to the stated total.
    WrongWeight = "wrong-weight",
    /// Standards that sum each other up.
    RuleCircle = "rule-circle",

    // Files of cases and answers.
    /// A file that cannot be read at all.
    UnreadableFile = "unreadable-file",
    /// A file without rows.
    EmptyFile = "empty-file",
    /// Bytes that are not UTF-8 text.
    NotUtf8 = "not-utf-8",
    /// A header that is not the format's.
    WrongHeader = "wrong-header",
    /// A quotation mark that opens a cell and is never closed.
    UnclosedQuote = "unclosed-quote",
    /// Stands last in a list that was cut: how many problems are not shown.
    MoreProblems = "more-problems",
    /// A row with more or fewer cells than the header.
    RaggedRow = "ragged-row",
    /// A cell that must be filled is empty.
    EmptyCell = "empty-cell",
    /// Something that is not an answer.
    UnknownAnswer = "unknown-answer",
    /// A reference that no case has.
    UnknownCase = "unknown-case",
    /// A reference that stands twice, or the same answer given twice.
    DuplicateReference = "duplicate-reference",
    /// An answer to a question that does not apply to the case.
    DoesNotApply = "does-not-apply",
    /// *Not applicable* where the framework wants yes or no.
    NotApplicableNotAllowed = "not-applicable-not-allowed",
    /// A text that cannot be a case reference.
    BadReference = "bad-reference",

    // The course of the work.
    /// The assessment is submitted and so locked.
    Locked = "locked",
    /// The assessment is not submitted.
    NotSubmitted = "not-submitted",
    /// Questions are still to be answered.
    Incomplete = "incomplete",
    /// Answers that do not go together without an explanation.
    NoteWanted = "note-wanted",
    /// The case is withdrawn.
    Withdrawn = "withdrawn",
    /// Nobody is named as working here.
    WhoWanted = "who-wanted",
    /// A reason must be given.
    ReasonWanted = "reason-wanted",
    /// A standard that the framework does not have.
    UnknownStandard = "unknown-standard",
    /// A framework that is neither built in nor added.
    UnknownFramework = "unknown-framework",
    /// An inspection that the file does not hold.
    UnknownInspection = "unknown-inspection",
    /// A programme that no inspection belongs to.
    UnknownProgramme = "unknown-programme",
    /// A provider that no inspection is about.
    UnknownProvider = "unknown-provider",
    /// Too little is recorded for a comparison, or one is asked of a thing with itself.
    NothingToCompare = "nothing-to-compare",
    /// Several inspections are open and none was named.
    WhichInspection = "which-inspection",
    /// The inspection is closed.
    Closed = "closed",
    /// A number under which nothing was published of an inspection.
    UnknownPublication = "unknown-publication",
    /// The inspection is open.
    NotClosed = "not-closed",
    /// A proposal to move the overall rating is open already.
    ProposalOpen = "proposal-open",
    /// No proposal to move the overall rating is open.
    NoProposal = "no-proposal",
    /// The framework does not let its overall rating be moderated.
    NotModerated = "not-moderated",
    /// A joint assessment by the same person twice, or by a second person alone.
    BadPair = "bad-pair",
    /// What people said on different laptops goes apart, and nobody has settled it yet.
    Conflict = "conflict",
    /// There is no such conflict to settle.
    NoConflict = "no-conflict",
    /// A file to merge that is the database itself.
    SameFile = "same-file",
    /// A file to merge that has no entry in common with the database.
    AnotherRecord = "another-record",
    /// An entry that the log does not have.
    UnknownEntry = "unknown-entry",
    /// An entry without free text that could be taken out.
    NothingToRedact = "nothing-to-redact",
    /// A sample has been drawn already.
    AlreadyDrawn = "already-drawn",
    /// No sample has been drawn, or the case is not of one.
    NotDrawn = "not-drawn",
    /// No population has been taken over from which a sample could be drawn.
    NoPopulation = "no-population",
    /// The framework does not say how the sample is drawn.
    NoDrawStated = "no-draw-stated",
    /// The drawn sample has no reserve left.
    NoReserve = "no-reserve",
    /// Work on the cases of a draw has begun.
    WorkBegun = "work-begun",
    /// The assessor has an interest in the case.
    HasInterest = "has-interest",
    /// Whoever made one assessment of a case may not make the other, or decide between the two.
    NotIndependent = "not-independent",
    /// Somebody else makes the second assessment of the case.
    SecondTaken = "second-taken",
    /// The first and the second assessment have been compared.
    Compared = "compared",
    /// A second assessment of an exercise, or an exercise that is none.
    WrongRole = "wrong-role",
    /// Answers that this person may not see yet.
    Hidden = "hidden",
    /// Nothing is there to be resolved.
    NoDisagreement = "no-disagreement",
    /// The answer was resolved between two assessments.
    Resolved = "resolved",
    /// The name is taken.
    AlreadyExists = "already-exists",

    /// Tallies that are not those of the framework's samples and questions.
    WrongTallies = "wrong-tallies",
    /// Two judgements in force on one standard.
    DuplicateJudgement = "duplicate-judgement",

    // Files that are to be published.
    /// A workbook breaks rules for published spreadsheets.
    RulesBroken = "rules-broken",

    // The database file.
    /// There is no such file.
    NoDatabase = "no-database",
    /// Not an SQLite file, or not ours.
    NotADatabase = "not-a-database",
    /// Written by a newer version of the program.
    NewerDatabase = "newer-database",
    /// Another program holds the file.
    DatabaseLocked = "database-locked",
    /// The file cannot be written to.
    DatabaseReadOnly = "database-read-only",
    /// The file is cut short or overwritten.
    DatabaseDamaged = "database-damaged",
    /// The entry log does not hold together.
    LogBroken = "log-broken",
    /// The state is not what the log says.
    StateDiffers = "state-differs",
    /// Figures are other than those that were published.
    FiguresDiffer = "figures-differ",
    /// The file lies on a network share.
    NetworkPath = "network-path",
    /// A fault of the program, not of the input.
    ProgramFailed = "program-failed",
    /// Anything else that the database or the file system reported.
    StorageFailed = "storage-failed",
}

/// Where a problem is; every part is left out where it makes no sense.
#[derive(Debug, Clone, PartialEq, Eq, Default, PartialOrd, Ord)]
pub struct Place {
    /// The file, sheet, case or command argument.
    pub file: Option<String>,
    /// Line of a text file or row of a workbook, from 1.
    pub line: Option<u64>,
    /// Column, from 1.
    pub column: Option<u64>,
    /// Byte range in a text file, for printing the lines themselves.
    pub span: Option<(usize, usize)>,
}

impl Place {
    /// A place that is a whole file, case or argument.
    #[must_use]
    pub fn of(name: impl Into<String>) -> Place {
        Place {
            file: Some(name.into()),
            ..Place::default()
        }
    }

    /// The same place, narrowed to a line.
    #[must_use]
    pub fn line(mut self, line: u64) -> Place {
        self.line = Some(line);
        self
    }

    /// The same place, narrowed to a column.
    #[must_use]
    pub fn column(mut self, column: u64) -> Place {
        self.column = Some(column);
        self
    }
}

/// `answers.csv line 12 column 3`, as far as the parts are known.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        parts.extend(self.file.clone());
        parts.extend(self.line.map(|line| format!("line {line}")));
        parts.extend(self.column.map(|column| format!("column {column}")));
        f.write_str(&parts.join(" "))
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which of the catalogue's problems it is.
    pub code: Code,
    /// Where.
    pub place: Place,
    /// What is wrong, as a sentence without full stop.
    pub what: String,
    /// What to do about it, as a sentence without full stop.
    pub remedy: String,
}

impl Problem {
    /// A problem that has no place of its own, such as a wrong argument.
    #[must_use]
    pub fn new(code: Code, what: impl Into<String>, remedy: impl Into<String>) -> Problem {
        Problem {
            code,
            place: Place::default(),
            what: what.into(),
            remedy: remedy.into(),
        }
    }

    /// The same problem, with its place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Problem {
        self.place = place;
        self
    }
}

/// `answers.csv line 12 column 3: no question 2.1.9; did you mean 2.1.1? [unknown-question]`
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.place != Place::default() {
            write!(f, "{}: ", self.place)?;
        }
        write!(f, "{}", self.what)?;
        if !self.remedy.is_empty() {
            write!(f, "; {}", self.remedy)?;
        }
        write!(f, " [{}]", self.code.as_str())
    }
}

/// All that is wrong with one input; never empty when it is an error.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// The value, if nothing is wrong.
    ///
    /// # Errors
    /// All problems that were collected.
    pub fn none_or<T>(self, value: T) -> Result<T, Problems> {
        if self.0.is_empty() {
            Ok(value)
        } else {
            Err(self)
        }
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Problems {
        Problems(vec![problem])
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(Problem::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for Problems {}

/// `did you mean …?` for the known name that a misspelt one is nearest to, or else a list of what there is: of many, the nearest.
#[must_use]
pub fn nearest<'a>(misspelt: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    let lower = misspelt.to_lowercase();
    let length = misspelt.chars().count();
    let most = 1 + length / 3;
    // Names of very different lengths are far apart: a long cell is not compared with each of them letter by letter.
    let best = known
        .iter()
        .filter(|name| name.chars().count().abs_diff(length) <= most)
        .map(|name| {
            (
                strsim::damerau_levenshtein(&lower, &name.to_lowercase()),
                *name,
            )
        })
        .min_by_key(|(distance, _)| *distance);
    match best {
        // Where no letter agrees, nothing speaks for one name rather than another.
        Some((distance, name))
            if distance <= most && distance < length.max(name.chars().count()) =>
        {
            format!("did you mean {name}?")
        }
        _ if known.is_empty() => "there is none".to_owned(),
        _ if known.len() <= 12 => format!("there are: {}", known.join(", ")),
        _ => {
            // A name is short: of a long cell the beginning tells.
            let start: String = lower.chars().take(64).collect();
            let farness = |name: &&str| {
                let name = name.to_lowercase();
                let is_part = name.contains(&start);
                (!is_part, strsim::damerau_levenshtein(&start, &name))
            };
            let mut near = known.clone();
            near.sort_by_cached_key(farness);
            format!(
                "there are {} of them, such as {}",
                known.len(),
                near[..3].join(", ")
            )
        }
    }
}

/// Names to choose from: a few of them, and how many more there are.
#[must_use]
pub fn list_some(names: &[&str]) -> String {
    const MOST: usize = 5;
    match names.get(..MOST) {
        Some(few) if names.len() > MOST + 1 => {
            format!("{} and {} more", few.join(", "), names.len() - MOST)
        }
        _ => names.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_names_are_shown_by_a_few() {
        let names = ["a", "b", "c", "d", "e", "f", "g"];
        assert_eq!(list_some(&names[..2]), "a, b");
        assert_eq!(list_some(&names[..6]), "a, b, c, d, e, f");
        assert_eq!(list_some(&names), "a, b, c, d, e and 2 more");
        assert_eq!(list_some(&[]), "");
    }

    #[test]
    fn a_message_says_where_what_and_what_to_do() {
        let problem = Problem::new(
            Code::UnknownQuestion,
            "there is no question 2.1.9",
            "did you mean 2.1.1?",
        )
        .at(Place::of("answers.csv").line(12).column(3));
        assert_eq!(
            problem.to_string(),
            "answers.csv line 12 column 3: there is no question 2.1.9; did you mean 2.1.1? [unknown-question]"
        );
    }

    #[test]
    fn codes_are_unique() {
        let mut codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), Code::ALL.len());
    }

    #[test]
    fn a_near_miss_gets_a_suggestion_and_a_far_one_the_list() {
        assert_eq!(nearest("gendr", ["gender", "rosh"]), "did you mean gender?");
        assert_eq!(nearest("9", ["1", "2"]), "there are: 1, 2");
        assert_eq!(nearest("1", ["1.1", "2"]), "there are: 1.1, 2");
        assert_eq!(
            nearest("xyzzy", ["gender", "rosh"]),
            "there are: gender, rosh"
        );
        assert_eq!(nearest("a", []), "there is none");
    }
}
