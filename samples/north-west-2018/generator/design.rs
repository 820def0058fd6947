//! How many cases answer each question yes: the published percentages of key questions, and for prompts what the
//! report says in words.
//!
//! Must not know which cases those are (`answers`).

use super::cases::{COURT, Case, SUPERVISION, VICTIM};

/// A key question: published percentage, and the counts that give exactly it.
pub(super) struct KeyQuestion {
    /// Its number.
    pub(super) number: &'static str,
    /// The sample it is asked of.
    pub(super) sample: &'static str,
    /// Whether it is asked only where risk of serious harm issues apply.
    only_with_issues: bool,
    /// Cases answered yes.
    pub(super) yes: usize,
    /// Cases answered no.
    pub(super) no: usize,
    /// Cases answered not applicable.
    pub(super) not_applicable: usize,
    /// The published whole percent.
    pub(super) percent: usize,
    /// Its prompts in order.
    pub(super) prompts: &'static [Prompt],
}

/// A prompt: how often it is answered yes, of every thousand yes and no together.
pub(super) struct Prompt {
    /// Its letter.
    pub(super) letter: char,
    /// Yes of a thousand.
    pub(super) yes_per_mille: usize,
    /// When it is asked.
    pub(super) asked: Asked,
    /// A trait that a case lacks, and of how many in a hundred: those answer not applicable.
    pub(super) lacking: Option<(&'static str, u32)>,
}

/// When a prompt is asked.
pub(super) enum Asked {
    /// Whenever its key question is.
    Always,
    /// Where case information has one of these values.
    Where(&'static str, &'static [&'static str]),
    /// Where one of these questions, all earlier, was answered yes.
    After(&'static [&'static str]),
}

impl KeyQuestion {
    /// Whether the question is asked of this case.
    pub(super) fn is_asked_of(&self, case: &Case) -> bool {
        case.sample == self.sample && (!self.only_with_issues || case.is("rosh_issues", &["yes"]))
    }

    /// The numbers of the question and its prompts, in order.
    pub(super) fn numbers(&self) -> impl Iterator<Item = String> {
        let prompts = self.prompts.iter().map(|prompt| self.prompt_number(prompt));
        std::iter::once(self.number.to_owned()).chain(prompts)
    }

    /// The number of one of its prompts.
    pub(super) fn prompt_number(&self, prompt: &Prompt) -> String {
        format!("{}{}", self.number, prompt.letter)
    }

    const fn of_those_with_issues(mut self) -> KeyQuestion {
        self.only_with_issues = true;
        self
    }

    const fn with_not_applicable(mut self, count: usize) -> KeyQuestion {
        self.not_applicable = count;
        self
    }
}

impl Prompt {
    const fn where_is(mut self, id: &'static str, among: &'static [&'static str]) -> Prompt {
        self.asked = Asked::Where(id, among);
        self
    }

    const fn after(mut self, questions: &'static [&'static str]) -> Prompt {
        self.asked = Asked::After(questions);
        self
    }

    const fn unless_lacking(mut self, what: &'static str, percent: u32) -> Prompt {
        self.lacking = Some((what, percent));
        self
    }
}

/// A key question, its sample, cases answered yes and no, and the published percent.
const fn key(
    number: &'static str,
    sample: &'static str,
    [yes, no, percent]: [usize; 3],
    prompts: &'static [Prompt],
) -> KeyQuestion {
    KeyQuestion {
        number,
        sample,
        only_with_issues: false,
        yes,
        no,
        not_applicable: 0,
        percent,
        prompts,
    }
}

const fn prompt(letter: char, yes_per_mille: usize) -> Prompt {
    Prompt {
        letter,
        yes_per_mille,
        asked: Asked::Always,
        lacking: None,
    }
}

const CONCERN: &[&str] = &["yes"];
const CONCERN_OR_UNCLEAR: &[&str] = &["yes", "unclear"];
const POST_CUSTODY: &[&str] = &["licence", "post-sentence-supervision"];

/// Every key question with a published percentage, in the order of the framework. Beside a prompt stand the words of the
/// report that its share follows; the others are invented.
pub(super) const KEY_QUESTIONS: &[KeyQuestion] = &[
    key(
        "2.1.1",
        SUPERVISION,
        [106, 22, 83],
        &[
            prompt('a', 780), // more than three-quarters involved
            prompt('b', 860),
            prompt('c', 840),
        ],
    ),
    key(
        "2.1.2",
        SUPERVISION,
        [104, 24, 81],
        &[
            prompt('a', 850), // most analysed sufficiently
            prompt('b', 930), // almost all
            prompt('c', 860), // most
        ],
    ),
    key(
        "2.1.3",
        SUPERVISION,
        [97, 31, 76],
        &[
            prompt('a', 820),                                // most
            prompt('b', 940),                                // almost all
            prompt('c', 770).unless_lacking("agencies", 15), // just under a quarter did not
            prompt('d', 830).unless_lacking("victim", 60),
            prompt('e', 810).where_is("domestic_abuse", CONCERN),
            prompt('f', 830).where_is("child_safeguarding", CONCERN),
        ],
    ),
    key(
        "2.2.1",
        SUPERVISION,
        [96, 32, 75],
        &[
            prompt('a', 690), // almost a third not involved
            prompt('b', 780), // more than three-quarters
            prompt('c', 800),
            prompt('d', 780), // more than three-quarters
            prompt('e', 840), // most
        ],
    ),
    key(
        "2.2.2",
        SUPERVISION,
        [103, 25, 80],
        &[prompt('a', 810), prompt('b', 840), prompt('c', 820)],
    ),
    key(
        "2.2.3",
        SUPERVISION,
        [68, 28, 71],
        &[
            prompt('a', 730),                                         // almost three-quarters
            prompt('b', 810),                                         // most
            prompt('c', 820).unless_lacking("agencies", 15),          // most
            prompt('d', 730).where_is("domestic_abuse", CONCERN), // more than a quarter not sufficient
            prompt('e', 780).where_is("child_safeguarding", CONCERN), // more than three-quarters
            prompt('f', 720),                                     // more than a quarter without
        ],
    )
    .of_those_with_issues(),
    key(
        "2.3.1",
        SUPERVISION,
        [115, 13, 90],
        &[
            prompt('a', 860), // most
            prompt('b', 940), // almost all
            prompt('c', 920),
            prompt('d', 840).where_is("disposal", POST_CUSTODY), // most
            prompt('e', 850),                                    // most
            prompt('f', 840)
                .where_is("non_compliance", CONCERN)
                .unless_lacking("need of enforcement", 25), // most
            prompt('g', 950).after(&["2.3.1f"]),                 // the overwhelming majority
        ],
    ),
    key(
        "2.3.2",
        SUPERVISION,
        [91, 37, 71],
        &[
            prompt('a', 580),                                // more than half
            prompt('b', 690),                                // more than two-thirds
            prompt('c', 820),                                // most
            prompt('d', 860).unless_lacking("agencies", 15), // well over three-quarters
            prompt('e', 780).unless_lacking("individuals", 20),
            prompt('f', 860), // well over three-quarters
            prompt('g', 790),
        ],
    ),
    key(
        "2.3.3",
        SUPERVISION,
        [68, 28, 71],
        &[
            prompt('a', 820),                                   // most
            prompt('b', 720).unless_lacking("victim", 60),      // over a quarter insufficient
            prompt('c', 780).unless_lacking("agencies", 15),    // more than three-quarters
            prompt('d', 820).unless_lacking("individuals", 20), // most
            prompt('e', 800).unless_lacking("need of visits", 10),
        ],
    )
    .of_those_with_issues(),
    key(
        "2.4.1",
        SUPERVISION,
        [105, 23, 82],
        &[
            prompt('a', 840),                                          // most
            prompt('b', 780).unless_lacking("need of adjustment", 25), // more than three-quarters
            prompt('c', 690), // almost a third not involved
            prompt('d', 780).unless_lacking("need of review", 8), // more than three-quarters
        ],
    ),
    key(
        "2.4.2",
        SUPERVISION,
        [95, 33, 74],
        &[
            prompt('a', 720).unless_lacking("change", 15), // more than a quarter not adjusted
            prompt('b', 820),                              // most
            prompt('c', 780).unless_lacking("agencies", 15), // more than three-quarters
            prompt('d', 720).unless_lacking("need of review", 8), // more than a quarter without
        ],
    ),
    key(
        "2.4.3",
        SUPERVISION,
        [63, 33, 66],
        &[
            prompt('a', 720), // more than a quarter not found
            prompt('b', 640).unless_lacking("change in risk", 22), // more than a third not adjusted
            prompt('c', 690).unless_lacking("agencies", 15), // almost a third without
            prompt('d', 640), // more than a third not involved
            prompt('e', 700).unless_lacking("need of review", 8),
        ],
    )
    .of_those_with_issues(),
    key(
        "3.1.1",
        COURT,
        [90, 30, 75],
        &[
            prompt('a', 750), // not in a quarter
            prompt('b', 920),
            prompt('c', 280).where_is("domestic_abuse", CONCERN_OR_UNCLEAR), // just over a quarter
            prompt('d', 550).where_is("child_safeguarding", CONCERN_OR_UNCLEAR), // just over half
            prompt('e', 850),                                                // most
            prompt('f', 840),                                                // most
            prompt('g', 840),                                                // most
            prompt('h', 930),                                                // almost all
            prompt('i', 830).unless_lacking("victim", 60),                   // most
            prompt('j', 910),                                                // the great majority
            prompt('k', 910),                                                // the great majority
        ],
    ),
    key(
        "3.1.2",
        COURT,
        [88, 32, 73],
        &[
            prompt('a', 840),                                        // most
            prompt('b', 730),                                        // almost three-quarters
            prompt('c', 660).unless_lacking("need of analysis", 65), // not in one-third
            prompt('d', 770).after(&["3.1.1c", "3.1.1d"]), // most of the police, almost three-quarters of the others
            prompt('e', 850),                              // most
            prompt('f', 975),                              // all except three
        ],
    ),
    key(
        "3.2.1",
        VICTIM,
        [14, 3, 82],
        &[
            prompt('a', 950),  // almost all
            prompt('b', 640),  // almost two-thirds
            prompt('c', 950),  // almost all
            prompt('d', 1000), // all
        ],
    )
    .with_not_applicable(3),
    key(
        "3.2.2",
        VICTIM,
        [18, 2, 90],
        &[
            prompt('a', 950), // almost all
            prompt('b', 350), // almost two-thirds not referred
            prompt('c', 850), // most
            prompt('d', 900).where_is("contact", &["taken-up"]),
        ],
    ),
];
