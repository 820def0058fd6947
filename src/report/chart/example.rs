//! Charts for the tests of those who draw them. Must not be drawn outside tests.

use super::{Band, BandLine, Chart, Drawing, ProfileLine};
use crate::model::parse_figure;
use crate::report::Table;

/// A percentage with its interval, and a missing one, over four bands.
pub(crate) fn bands() -> Chart {
    let band = |title: &str, from| Band {
        title: title.into(),
        from,
    };
    let figure = |text: &str| parse_figure(text).unwrap();
    Chart {
        id: "chart-2-1".into(),
        after: "case-supervision".into(),
        title: "2.1 Assessment".into(),
        alternative: "2.1.1: 83%, between 77.4% and 88.1%. 2.1.2: not available.".into(),
        data: Table::default(),
        drawing: Drawing::Bands {
            bands: vec![
                band("Inadequate", 0),
                band("Requires improvement", 50),
                band("Good", 65),
                band("Outstanding", 80),
            ],
            lines: vec![
                BandLine {
                    label: "2.1.1".into(),
                    percent: Some(83),
                    interval: Some((figure("77.4"), figure("88.1"))),
                },
                BandLine {
                    label: "2.1.2".into(),
                    percent: None,
                    interval: None,
                },
            ],
        },
    }
}

/// Two standards of four providers.
pub(crate) fn profile() -> Chart {
    let ratings = ["Inadequate", "Requires improvement", "Good", "Outstanding"];
    Chart {
        drawing: Drawing::Profile {
            ratings: ratings.map(str::to_owned).to_vec(),
            lines: vec![
                ProfileLine {
                    label: "2.1 Assessment".into(),
                    counts: vec![0, 0, 4, 0],
                    not_rated: 0,
                },
                ProfileLine {
                    label: "2.2 Planning".into(),
                    counts: vec![0, 1, 2, 0],
                    not_rated: 1,
                },
            ],
        },
        ..bands()
    }
}
