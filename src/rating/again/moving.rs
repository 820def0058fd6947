//! The measures that are taken from the percent yes of the same answers, and so move with them.
//!
//! What a value is worth is asked of `measures` once for each count of yes and no, and kept. Must not know a rule (`rules`), nor
//! why the answers are others.

use std::collections::HashMap;

use super::super::MeasureRating;
use super::super::measures::{place_of, rate_counted};
use crate::framework::{Framework, Grading, PercentYesOf, Rating};
use crate::model::{Measurement, Share};

/// All that a rule sees of a measure: its rating, and whether it meets its target.
pub(super) type Standing = (Option<Rating>, Option<bool>);

/// A measure that moves with the answers.
pub(super) struct Moving {
    /// Its place in the framework.
    pub(super) measure: usize,
    /// The question whose percent yes it is: its place among those that are counted.
    pub(super) asked: usize,
    source: PercentYesOf,
    /// Target, national and previous figure stay as they are recorded.
    recorded: Measurement,
    known: HashMap<[u64; 2], Standing>,
}

impl Moving {
    /// Those of a framework, in order, which are a part of some rating; their questions are added to those that are counted, unless
    /// they are there. The measurements are one for each measure, or none at all.
    pub(super) fn find(
        framework: &Framework,
        measurements: &[Option<Measurement>],
        asked: &mut Vec<(usize, usize)>,
    ) -> Vec<Moving> {
        let measures = framework.measures.iter().enumerate();
        let rated = measures.filter(|(_, measure)| {
            measure.grading != Grading::None || framework.met_bands.is_some()
        });
        let moving = rated.filter_map(|(measure, stated)| {
            let source = framework.own_question(stated)?;
            let place = place_of(framework, &source.question)?;
            let known = asked.iter().position(|known| *known == place);
            let at = known.unwrap_or_else(|| {
                asked.push(place);
                asked.len() - 1
            });
            Some(Moving {
                measure,
                asked: at,
                source: source.clone(),
                recorded: measurements
                    .get(measure)
                    .cloned()
                    .flatten()
                    .unwrap_or_default(),
                known: HashMap::new(),
            })
        });
        moving.collect()
    }

    /// Where the measure stands with so many yes and no.
    pub(super) fn stand(&mut self, framework: &Framework, answers: [u64; 2]) -> Standing {
        if let Some(known) = self.known.get(&answers) {
            return *known;
        }
        let [yes, no] = answers;
        let share = Share::new(yes, yes + no);
        let stated = framework.measures.get(self.measure);
        let rated = stated
            .map(|stated| rate_counted(framework, stated, &self.source, share, &self.recorded));
        let standing = rated.as_ref().map_or((None, None), standing);
        self.known.insert(answers, standing);
        standing
    }
}

fn standing(measure: &MeasureRating) -> Standing {
    (measure.rating, measure.met)
}
