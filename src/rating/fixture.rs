//! Frameworks and figures for tests, put together in code so that rating is tested without reading a file.

pub(crate) use super::measures::fixture::{decimal, moderation, rate_values, share_bands, value};

use super::{Evidence, InspectionRating, Judgement, rate_inspection};
use crate::framework::{
    BandOn, Bands, Discretion, Domain, Framework, KeyQuestion, Over, Overall, Rating, Rule, Sample,
    Scale, ScaleRating, Side, Standard, Wording,
};
use crate::model::{Decimal, Problems, Question, QuestionSet, SampleTallies, Tally};

/// Builds a framework step by step: four ratings, bands 50, 65 and 80, every discretion test on, points total.
pub(crate) struct Builder {
    pub(crate) framework: Framework,
}

impl Builder {
    pub(crate) fn new() -> Builder {
        let titles = ["Inadequate", "Requires improvement", "Good", "Outstanding"];
        let ratings = titles.iter().zip(0..).map(|(title, points)| ScaleRating {
            id: title.to_lowercase().replace(' ', "-"),
            title: (*title).to_owned(),
            points,
        });
        Builder {
            framework: Framework {
                id: "test-2018".into(),
                title: "Test inspectorate: divisions".into(),
                edition: "2018/19".into(),
                source: "Invented".into(),
                licence: String::new(),
                publisher: None,
                scale: Scale(ratings.collect()),
                bands: Some(Bands {
                    lowest_percents: vec![0, 50, 65, 80],
                    band_on: BandOn::Rounded,
                }),
                discretion: Discretion {
                    within_points: Some(5),
                    one_case: true,
                    cases_at_most: Some(5),
                },
                share_bands: None,
                met_bands: None,
                reliability: None,
                smallest_group: None,
                overall: Overall {
                    rule: Rule::PointsTotal,
                    over: Over::Standards,
                    given: false,
                    moderation: false,
                },
                illustrative: Vec::new(),
                phrases: Vec::new(),
                domains: Vec::new(),
                samples: Vec::new(),
                measures: Vec::new(),
                standards: Vec::new(),
            },
        }
    }

    pub(crate) fn domain(mut self, number: &str, title: &str) -> Builder {
        self.framework.domains.push(Domain {
            number: number.into(),
            title: title.into(),
        });
        self
    }

    pub(crate) fn sample(mut self, id: &str, unit: &str) -> Builder {
        self.framework.samples.push(Sample {
            id: id.into(),
            title: id.replace('-', " "),
            unit: unit.into(),
            information: Vec::new(),
            questions: QuestionSet {
                sample: id.into(),
                attributes: Vec::new(),
                questions: Vec::new(),
            },
            wordings: Vec::new(),
            draw: None,
        });
        self
    }

    pub(crate) fn rated(self, number: &str, title: &str) -> Builder {
        self.standard(number, title, Rule::Lowest)
    }

    pub(crate) fn judged(self, number: &str, title: &str) -> Builder {
        self.standard(number, title, Rule::Judged)
    }

    /// A standard under any rule.
    pub(crate) fn standard(mut self, number: &str, title: &str, rule: Rule) -> Builder {
        self.framework.standards.push(Standard {
            number: number.into(),
            domain: number.split('.').next().unwrap_or_default().into(),
            title: title.into(),
            statement: String::new(),
            rule,
            counted: true,
            weight: Decimal::ONE,
            key_questions: Vec::new(),
            measures: Vec::new(),
            sums_up: Vec::new(),
        });
        self
    }

    pub(crate) fn statement(mut self, words: &str) -> Builder {
        self.framework.standards.last_mut().unwrap().statement = words.into();
        self
    }

    /// A key question of the last standard; of no sample when `sample` is empty.
    pub(crate) fn question(mut self, number: &str, sample: &str, text: &str) -> Builder {
        let asked_of = self.ask(number, sample, text, false);
        let question = KeyQuestion {
            number: number.into(),
            text: text.into(),
            asked_of,
            weight: Decimal::ONE,
            subsample: String::new(),
            told: Side::Yes,
            prompts: Vec::new(),
        };
        self.framework
            .standards
            .last_mut()
            .unwrap()
            .key_questions
            .push(question);
        self
    }

    pub(crate) fn subsample(mut self, words: &str) -> Builder {
        self.last_question().subsample = words.into();
        self
    }

    /// A prompt of the last key question.
    pub(crate) fn prompt(mut self, letter: &str, sample: &str, text: &str) -> Builder {
        let number = format!("{}{letter}", self.last_question().number);
        let asked_of = self.ask(&number, sample, text, true).unwrap();
        self.last_question().prompts.push(asked_of);
        self
    }

    fn last_question(&mut self) -> &mut KeyQuestion {
        self.framework
            .standards
            .last_mut()
            .unwrap()
            .key_questions
            .last_mut()
            .unwrap()
    }

    fn ask(
        &mut self,
        number: &str,
        sample: &str,
        text: &str,
        is_prompt: bool,
    ) -> Option<(usize, usize)> {
        let (place, _) = self.framework.sample(sample)?;
        let sample = &mut self.framework.samples[place];
        sample.questions.questions.push(Question {
            number: number.into(),
            key_question: None,
            is_prompt,
            applies_when: None,
            allows_not_applicable: true,
        });
        sample.wordings.push(Wording {
            text: text.into(),
            guidance: String::new(),
            note_on: Vec::new(),
        });
        Some((place, sample.questions.questions.len() - 1))
    }
}

pub(crate) fn tally(yes: u64, no: u64) -> Tally {
    Tally {
        yes,
        no,
        ..Tally::default()
    }
}

pub(crate) fn judgement(standard: &str, rating: usize) -> Judgement {
    Judgement {
        standard: standard.into(),
        rating: Rating(rating),
        because: format!("evidence on {standard}"),
        who: "panel".into(),
        at: "2018-12-01".into(),
    }
}

/// A sample of `cases` where each question has (yes, no) and every other case is not asked.
pub(crate) fn sample(cases: u64, answers: &[(u64, u64)]) -> SampleTallies {
    let fill = |(yes, no): &(u64, u64)| Tally {
        not_asked: cases - yes - no,
        ..tally(*yes, *no)
    };
    SampleTallies {
        cases,
        questions: answers.iter().map(fill).collect(),
    }
}

/// Ten standards with the figures that were published for the North West division in 2018, as far as they were.
pub(crate) fn north_west() -> (Framework, Vec<SampleTallies>, Vec<Judgement>) {
    let risk = "cases where risk of serious harm issues apply";
    let framework = Builder::new()
        .domain("1", "Organisational delivery")
        .domain("2", "Case supervision")
        .domain("3", "NPS-specific work")
        .sample("case-supervision", "case")
        .sample("court-work", "case")
        .sample("victim-work", "case")
        .sample("staff-interviews", "interview")
        .judged("1.1", "Leadership")
        .judged("1.2", "Staff")
        .question("1.2.1", "", "Do staff have manageable workloads?")
        .prompt("a", "staff-interviews", "Is your workload manageable?")
        .judged("1.3", "Services")
        .judged("1.4", "Information and facilities")
        .rated("2.1", "Assessment")
        .statement("Assessment is well-informed, analytical and personalised, actively involving the service user.")
        .question("2.1.1", "case-supervision", "Does assessment focus sufficiently on engaging the service user?")
        .question(
            "2.1.2",
            "case-supervision",
            "Does assessment focus sufficiently on the factors linked to offending and desistance?",
        )
        .question("2.1.3", "case-supervision", "Does assessment focus sufficiently on keeping other people safe?")
        .rated("2.2", "Planning")
        .statement("Planning is well-informed, holistic and personalised, actively involving the service user.")
        .question("2.2.1", "case-supervision", "Does planning focus sufficiently on engaging the service user?")
        .question(
            "2.2.2",
            "case-supervision",
            "Does planning focus sufficiently on reducing reoffending and supporting the service user’s desistance?",
        )
        .question("2.2.3", "case-supervision", "Does planning focus sufficiently on keeping other people safe?")
        .subsample(risk)
        .rated("2.3", "Implementation and delivery")
        .question(
            "2.3.1",
            "case-supervision",
            "Is the sentence/post-custody period implemented effectively with a focus on engaging the service user?",
        )
        .question(
            "2.3.2",
            "case-supervision",
            "Does the implementation and delivery of services effectively support the service user’s desistance?",
        )
        .question(
            "2.3.3",
            "case-supervision",
            "Does the implementation and delivery of services effectively support the safety of other people?",
        )
        .subsample(risk)
        .rated("2.4", "Reviewing")
        .question(
            "2.4.1",
            "case-supervision",
            "Does reviewing focus sufficiently on supporting the service user’s compliance and engagement?",
        )
        .question(
            "2.4.2",
            "case-supervision",
            "Does reviewing focus sufficiently on supporting the service user’s desistance?",
        )
        .question("2.4.3", "case-supervision", "Does reviewing focus sufficiently on keeping other people safe?")
        .subsample(risk)
        .rated("3.1", "Court reports and case allocation")
        .question("3.1.1", "court-work", "Is the pre-sentence information and advice sufficiently personalised?")
        .question("3.1.2", "court-work", "Is the allocation of the case prompt and accurate?")
        .rated("3.2", "Statutory victim work")
        .question("3.2.1", "victim-work", "Does the initial contact with the victim/s encourage engagement?")
        .question("3.2.2", "victim-work", "Is the personal contact with the victim/s timely and supportive?")
        .question("3.2.3", "case-supervision", "Does pre-release contact allow appropriate contributions?")
        .question("3.2.4", "case-supervision", "Is there good communication to support the safety of victim/s?")
        .framework;
    let silent = Tally {
        not_asked: 118,
        unanswered: 10,
        ..Tally::default()
    };
    let mut supervision = sample(
        128,
        &[
            (106, 22),
            (104, 24),
            (97, 31),
            (96, 32),
            (102, 26),
            (68, 28),
            (115, 13),
            (91, 37),
            (68, 28),
            (105, 23),
            (95, 33),
            (63, 33),
        ],
    );
    supervision.questions.extend([silent, silent]);
    let tallies = vec![
        supervision,
        sample(120, &[(90, 30), (88, 32)]),
        sample(20, &[(9, 2), (18, 2)]),
        sample(107, &[(60, 47)]),
    ];
    let judgements = [("1.1", 2), ("1.2", 1), ("1.3", 2), ("1.4", 1)]
        .map(|(standard, rating)| judgement(standard, rating))
        .to_vec();
    (framework, tallies, judgements)
}

/// Rates on cases and judgements alone.
pub(crate) fn rate_cases(
    framework: &Framework,
    tallies: &[SampleTallies],
    judgements: &[Judgement],
) -> Result<InspectionRating, Problems> {
    let evidence = Evidence {
        tallies,
        judgements,
        ..Evidence::default()
    };
    rate_inspection(framework, &evidence)
}
