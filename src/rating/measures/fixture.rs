//! Measures and measurements for tests, put together in code.

use crate::framework::{
    BandOn, Better, Framework, Grading, Measure, PercentYesOf, Rating, Sample, ShareBands,
};
use crate::model::{Decimal, Measurement, SampleTallies, Tally, parse_figure};
use crate::rating::fixture::Builder;
use crate::rating::{Decision, Evidence, InspectionRating, Moderation, rate_inspection};

impl Builder {
    /// A measure with one decimal, weight 1 and no grading.
    pub(crate) fn measure(mut self, id: &str, unit: &str, better: Option<Better>) -> Builder {
        self.framework.measures.push(Measure {
            id: id.into(),
            title: format!("Measure {id}"),
            kind: String::new(),
            unit: unit.into(),
            decimals: 1,
            better,
            target: None,
            national: None,
            weight: Decimal::ONE,
            grading: Grading::None,
            percent_yes_of: None,
        });
        self
    }

    /// The target of the last measure.
    pub(crate) fn target(mut self, target: &str) -> Builder {
        self.last_measure().target = Some(decimal(target));
        self
    }

    /// The weight of the last measure.
    pub(crate) fn weight(mut self, weight: &str) -> Builder {
        self.last_measure().weight = decimal(weight);
        self
    }

    /// From which value each rating of the last measure starts, from the second worst to the best.
    pub(crate) fn starts(mut self, starts: [&str; 3]) -> Builder {
        self.last_measure().grading = Grading::Values(starts.map(decimal).to_vec());
        self
    }

    /// The percent yes of which question of this framework the last measure is.
    pub(crate) fn percent_yes_of(mut self, question: &str) -> Builder {
        self.last_measure().percent_yes_of = Some(PercentYesOf {
            framework: String::new(),
            question: question.into(),
        });
        self
    }

    /// The measures of the last standard, by their ids.
    pub(crate) fn measures(mut self, ids: &[&str]) -> Builder {
        let places = ids.iter().map(|id| self.framework.measure(id).unwrap().0);
        let places = places.collect();
        self.framework.standards.last_mut().unwrap().measures = places;
        self
    }

    /// The standards that the last one sums up, by their places.
    pub(crate) fn sums_up(mut self, places: &[usize]) -> Builder {
        self.framework.standards.last_mut().unwrap().sums_up = places.to_vec();
        self
    }

    fn last_measure(&mut self) -> &mut Measure {
        self.framework.measures.last_mut().unwrap()
    }
}

/// A decimal figure from its text.
pub(crate) fn decimal(text: &str) -> Decimal {
    parse_figure(text).unwrap()
}

/// Bands of percents from the second worst rating to the best, on the rounded percent.
pub(crate) fn share_bands(lowest: [&str; 3]) -> Option<ShareBands> {
    let mut lowest_percents = vec![Decimal::ZERO];
    lowest_percents.extend(lowest.map(decimal));
    Some(ShareBands {
        lowest_percents,
        band_on: BandOn::Rounded,
    })
}

/// A measurement with nothing but a value; an empty text is not available.
pub(crate) fn value(text: &str) -> Measurement {
    Measurement {
        value: parse_figure(text),
        ..Measurement::default()
    }
}

/// A proposal to moderate, and whether it was accepted.
pub(crate) fn moderation(proposed: usize, accepted: Option<bool>) -> Moderation {
    let decision = |accepted| Decision {
        accepted,
        because: "it convinced".into(),
        who: "board".into(),
        at: "2014-06-01".into(),
    };
    Moderation {
        proposed: Rating(proposed),
        evidence: "further evidence".into(),
        made_on: None,
        who: "trust".into(),
        at: "2014-05-01".into(),
        decision: accepted.map(decision),
    }
}

/// Rates on measurements alone, one for each measure; samples have no cases.
pub(crate) fn rate_values(framework: &Framework, values: &[&str]) -> InspectionRating {
    let measurements: Vec<Option<Measurement>> =
        values.iter().map(|text| Some(value(text))).collect();
    let tallies: Vec<SampleTallies> = framework.samples.iter().map(no_cases).collect();
    let evidence = Evidence {
        tallies: &tallies,
        measurements: &measurements,
        ..Evidence::default()
    };
    rate_inspection(framework, &evidence).unwrap()
}

fn no_cases(sample: &Sample) -> SampleTallies {
    SampleTallies {
        cases: 0,
        questions: vec![Tally::default(); sample.questions.questions.len()],
    }
}
