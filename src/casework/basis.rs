//! What the figures of an inspection rest on, as one canonical text: its checksum says later whether that is still the same.
//!
//! A line for each thing, its parts between tabs: the framework's hash, whom and what the inspection is about, every tally, every
//! case that counts with its information and answers, the figures of measures, judgements, moderation, and the draws with their
//! groups and cases. Notes, assessors and work that does not count are no part of it.
//!
//! Free text stands in it by the ids of the entries that hold it: codes of case information, reasons of judgements and of moderation,
//! codes of the units of a draw. An id follows from the hash of what was typed, and stays when that is redacted. So whoever takes
//! a name out changes nothing here; and nothing else can be typed in its place without another entry, and so another checksum.
//! A checksum of the text itself would differ after a redaction, and one that left it out would not tell a changed code.
//! Must not know what any of it gives.

use std::collections::HashMap;

use super::evidence::load_evidence;
use super::inspections::Inspection;
use super::rating::RatingScope;
use crate::model::{AttributeKind, Decimal, Problems};
use crate::store::{CaseRow, Reader, Status, Store, ThingId, sha256};

/// SHA-256 of what the figures of an inspection rest on now.
pub(super) fn checksum_basis(store: &Store, inspection: &Inspection) -> Result<[u8; 32], Problems> {
    Ok(sha256(describe_basis(store, inspection)?.as_bytes()))
}

fn describe_basis(store: &Store, inspection: &Inspection) -> Result<String, Problems> {
    let mut basis = Basis::default();
    basis.line(["caseaudit basis", "2"]);
    let hash = inspection.edition.hash;
    basis.line([
        "framework",
        &hash.map(|byte| format!("{byte:02x}")).concat(),
    ]);
    basis.line([
        "inspection",
        &inspection.provider,
        &inspection.programme,
        &inspection.period,
        if inspection.national { "national" } else { "" },
    ]);
    let reader = store.read();
    basis.evidence(store, inspection)?;
    basis.cases(reader, inspection)?;
    basis.judgements(reader, inspection)?;
    basis.draws(reader, inspection)?;
    basis.free_text(reader, inspection)?;
    Ok(basis.0)
}

/// The cases that count, in order of reference.
pub(super) fn counted_cases(
    reader: Reader<'_>,
    inspection: &Inspection,
) -> Result<Vec<CaseRow>, Problems> {
    let mut cases = reader.cases(inspection.id)?;
    cases.retain(|case| case.status == Status::Submitted && !case.exercise);
    cases.sort_by(|one, other| one.reference.cmp(&other.reference));
    Ok(cases)
}

#[derive(Default)]
struct Basis(String);

impl Basis {
    /// Appends a line; what would end it or a part of it is written as an escape.
    fn line<'p>(&mut self, parts: impl IntoIterator<Item = &'p str>) {
        for (place, part) in parts.into_iter().enumerate() {
            if place > 0 {
                self.0.push('\t');
            }
            for letter in part.chars() {
                match letter {
                    '\\' => self.0.push_str("\\\\"),
                    '\t' => self.0.push_str("\\t"),
                    '\n' => self.0.push_str("\\n"),
                    letter => self.0.push(letter),
                }
            }
        }
        self.0.push('\n');
    }

    /// Tallies and measures.
    fn evidence(&mut self, store: &Store, inspection: &Inspection) -> Result<(), Problems> {
        let gathered = load_evidence(store, inspection, RatingScope::Submitted)?;
        let evidence = gathered.evidence();
        let framework = &inspection.framework;
        for (sample, counted) in framework.samples.iter().zip(evidence.tallies) {
            let questions = sample.questions.questions.iter().zip(&counted.questions);
            for (question, tally) in questions {
                let counts = [
                    tally.yes,
                    tally.no,
                    tally.not_applicable,
                    tally.not_asked,
                    tally.unanswered,
                ];
                let counts = counts.map(|count| count.to_string());
                let named = ["tally", &sample.questions.sample, &question.number];
                self.line(named.into_iter().chain(counts.iter().map(String::as_str)));
            }
        }
        for (measure, known) in framework.measures.iter().zip(evidence.measurements) {
            let Some(known) = known else { continue };
            let marks = [
                (known.provisional, "p"),
                (known.revised, "r"),
                (known.unreliable, "z"),
            ];
            let marks = marks.iter().filter(|(stands, _)| *stands);
            let observations = known.observations.map(|count| count.to_string());
            self.line([
                "measure",
                &measure.id,
                &figure(known.value),
                &marks.map(|(_, mark)| *mark).collect::<String>(),
                observations.as_deref().unwrap_or("-"),
                &figure(known.target),
                &figure(known.national),
                &figure(known.previous),
                &known.taken_from,
            ]);
        }
        Ok(())
    }

    /// The cases that count: the same tallies can come of other cases.
    fn cases(&mut self, reader: Reader<'_>, inspection: &Inspection) -> Result<(), Problems> {
        for case in counted_cases(reader, inspection)? {
            let Some(questions) = inspection.edition.samples.get(case.sample) else {
                continue;
            };
            self.line([
                "case",
                &questions.sample,
                &case.reference,
                case.sheet.as_str(),
            ]);
            for (attribute, value) in questions.attributes.iter().zip(&case.information) {
                match value {
                    Some(_) if attribute.kind == AttributeKind::Code => {
                        self.line(["information", &attribute.id]);
                    }
                    Some(value) => self.line(["information", &attribute.id, value]),
                    None => {}
                }
            }
        }
        Ok(())
    }

    /// What people set.
    fn judgements(&mut self, reader: Reader<'_>, inspection: &Inspection) -> Result<(), Problems> {
        for judgement in reader.judgements(inspection.id)? {
            let (standard, rating) = (&judgement.standard, &judgement.rating);
            self.line(["judgement", standard, rating]);
        }
        if let Some(moderation) = reader.moderation(inspection.id)? {
            let made_on = moderation.made_on.as_deref().unwrap_or("-");
            self.line(["moderation", &moderation.rating, made_on]);
            if let Some(decision) = moderation.decision {
                let decided = if decision.accepted {
                    "accepted"
                } else {
                    "declined"
                };
                self.line(["decision", decided]);
            }
        }
        Ok(())
    }

    fn draws(&mut self, reader: Reader<'_>, inspection: &Inspection) -> Result<(), Problems> {
        for draw in reader.draws(inspection.id)? {
            let sample = inspection.edition.samples.get(draw.sample);
            let sample = sample.map_or("", |sample| sample.sample.as_str());
            let counts = [draw.size, draw.wanted, draw.population];
            let [size, wanted, population] = counts.map(|count| count.to_string());
            self.line(["draw", sample, &draw.seed, &size, &wanted, &population]);
            for group in reader.draw_groups(&draw)? {
                let counts = [
                    group.depth,
                    group.available,
                    group.initial,
                    group.with_buffer,
                    group.after_rounding,
                    group.after_limit,
                ];
                let counts = counts.map(|count| count.to_string());
                // Only the strata are no free text.
                let code = if group.depth == 0 { &group.code } else { "" };
                let named = ["group", code];
                self.line(named.into_iter().chain(counts.iter().map(String::as_str)));
            }
            for drawn in reader.drawn_cases(&draw)? {
                let place = if drawn.is_reserve { "reserve" } else { "drawn" };
                let replaces = drawn.replaces.as_deref().unwrap_or("-");
                let case = &drawn.case;
                self.line([place, &case.reference, &case.stratum, replaces]);
            }
        }
        Ok(())
    }

    /// Every entry that holds free text on which a figure or a word of the annex may rest.
    fn free_text(&mut self, reader: Reader<'_>, inspection: &Inspection) -> Result<(), Problems> {
        let cases = counted_cases(reader, inspection)?.into_iter();
        let samples: HashMap<ThingId, usize> = cases.map(|case| (case.id, case.sample)).collect();
        let is_code = |case, place: usize| {
            let sample = samples.get(&case);
            let sample = sample.and_then(|place| inspection.edition.samples.get(*place));
            let attribute = sample.and_then(|sample| sample.attributes.get(place));
            attribute.is_some_and(|attribute| attribute.kind == AttributeKind::Code)
        };
        for entry in reader.free_text_entries(inspection.id, is_code)? {
            self.line(["free text", &entry.to_string()]);
        }
        Ok(())
    }
}

/// Exactly the digits that were recorded; a dash where there is no figure.
fn figure(figure: Option<Decimal>) -> String {
    figure.map_or_else(|| "-".to_owned(), |figure| figure.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_different_lines_are_the_same_text() {
        let text = |parts: &[&str]| {
            let mut basis = Basis::default();
            basis.line(parts.iter().copied());
            basis.0
        };
        assert_eq!(text(&["a", "b"]), "a\tb\n");
        assert_eq!(text(&["a\tb"]), "a\\tb\n");
        assert_ne!(text(&["a\\tb"]), text(&["a\tb"]));
        assert_ne!(text(&["a\nb"]), text(&["a\\nb"]));
    }
}
