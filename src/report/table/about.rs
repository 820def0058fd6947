//! What a published file says of itself: who stands behind its figures, and how final they are. Must not know figures.

use serde::{Deserialize, Serialize};

/// What a published file says of itself, in its properties and at its top.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct About {
    /// Who publishes it; empty where nobody is named.
    pub organisation: String,
    /// Whom to ask about it; empty where nobody is named.
    pub contact: String,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// The day on which its figures were closed, such as `2019-01-23`; `None` while they may still change.
    pub published: Option<String>,
    /// How often its figures were revised since they were first closed.
    pub revisions: u64,
    /// Whether work that is not finished counts too; such figures are never closed.
    #[serde(skip_serializing_if = "is_false")]
    pub is_indicative: bool,
    /// Whether nothing may change any more, and yet no published figures are kept: they were redacted, or an early program kept none.
    #[serde(skip_serializing_if = "is_false")]
    pub is_unkept: bool,
    /// What was published before, first things first; empty where nothing was, or the program did not keep it yet.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Version>,
}

/// A publication that does not stand any more.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Version {
    /// The day on which its figures were closed.
    pub published: String,
    /// Who closed them.
    pub closed_by: String,
    /// The day on which they were opened again, or gave way; empty where neither happened.
    pub opened: String,
    /// Who did that.
    pub by: String,
    /// Why.
    pub because: String,
    /// Whether others that somebody published apart were settled to hold, and these gave way to them.
    pub gave_way: bool,
}

fn is_false(value: &bool) -> bool {
    !value
}

impl About {
    /// How final the figures are, as one word for programs: `final`, `provisional` or `indicative`.
    #[must_use]
    pub fn state(&self) -> &'static str {
        match self.published {
            _ if self.is_indicative => "indicative",
            Some(_) => "final",
            None => "provisional",
        }
    }

    /// The day on which any figures of these were published first; `None` before that.
    #[must_use]
    pub fn first_published(&self) -> Option<&str> {
        let first = self.earlier.first().map(|version| &version.published);
        first.or(self.published.as_ref()).map(String::as_str)
    }

    /// Who stands behind the figures, how final they are and whom to ask, each under its label; nothing where nothing is known.
    #[must_use]
    pub fn lines(&self) -> Vec<(&'static str, String)> {
        if *self == About::default() {
            return Vec::new();
        }
        let publisher = match &self.published {
            Some(_) => "Published by",
            None => "Organisation",
        };
        let mut lines = vec![
            (publisher, self.organisation.clone()),
            ("State", self.describe_state()),
            ("Contact", self.contact.clone()),
        ];
        lines.retain(|(_, words)| !words.trim().is_empty());
        lines
    }

    fn describe_state(&self) -> String {
        let state = self.state();
        let first = self.first_published();
        match (&self.published, first) {
            _ if self.is_indicative => {
                format!("{state}, as the record stands now: the figures may still change")
            }
            _ if self.is_unkept => format!(
                "{state}, closed, but the figures as they were published are not kept: these are as the record stands now"
            ),
            (Some(day), _) if self.revisions == 0 => format!("{state}, closed on {day}, version 1"),
            (Some(day), first) => {
                let version = self.revisions.saturating_add(1);
                let first = first.filter(|_| !self.earlier.is_empty());
                let first =
                    first.map_or_else(String::new, |day| format!(", first published on {day}"));
                format!("{state}, closed on {day}, version {version}{first}")
            }
            (None, Some(first)) => format!(
                "{state}, first published on {first} and under revision: the figures may still change"
            ),
            (None, None) => format!("{state}, not closed: the figures may still change"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(about: &About) -> String {
        let lines = about.lines().into_iter();
        let mut states = lines.filter(|(label, _)| *label == "State");
        states.next().map_or_else(String::new, |(_, words)| words)
    }

    #[test]
    fn a_file_says_whether_its_figures_are_final_provisional_or_indicative() {
        let open = About {
            organisation: "The inspectorate".into(),
            ..About::default()
        };
        assert_eq!(open.lines()[0].0, "Organisation");
        assert_eq!(
            state(&open),
            "provisional, not closed: the figures may still change"
        );
        let closed = About {
            published: Some("2019-01-23".into()),
            ..open.clone()
        };
        assert_eq!(closed.lines()[0].0, "Published by");
        assert_eq!(state(&closed), "final, closed on 2019-01-23, version 1");
        let unkept = About {
            is_unkept: true,
            ..open.clone()
        };
        assert_eq!(
            state(&unkept),
            "provisional, closed, but the figures as they were published are not kept: these are as the record stands now"
        );
        let indicative = About {
            is_indicative: true,
            ..open
        };
        assert_eq!(
            state(&indicative),
            "indicative, as the record stands now: the figures may still change"
        );
    }

    #[test]
    fn a_revision_says_its_version_and_when_its_figures_were_first_published() {
        let earlier = Version {
            published: "2019-01-23".into(),
            ..Version::default()
        };
        let mut about = About {
            revisions: 1,
            earlier: vec![earlier],
            ..About::default()
        };
        assert_eq!(
            state(&about),
            "provisional, first published on 2019-01-23 and under revision: the figures may still change"
        );
        about.published = Some("2019-03-01".into());
        assert_eq!(
            state(&about),
            "final, closed on 2019-03-01, version 2, first published on 2019-01-23"
        );
        // As an earlier program kept it.
        about.earlier.clear();
        assert_eq!(state(&about), "final, closed on 2019-03-01, version 2");
    }

    #[test]
    fn where_nothing_is_known_nothing_is_said() {
        assert!(About::default().lines().is_empty());
    }
}
