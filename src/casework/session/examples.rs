//! Marking a note as an example of practice in the course of a session.
//!
//! Must not know what makes a note an example: that is decided where the command does it, too (`practice`).

use super::Session;
use crate::casework::desk::Desk;
use crate::casework::inspections::Inspection;
use crate::casework::practice::{Mark, mark_example};
use crate::model::{Practice, Problems, Role};
use crate::store::{CaseRow, ExampleRow, Store};

impl Session<'_> {
    /// Whether notes of this assessment can be examples: those of a further one are not the case's.
    #[must_use]
    pub fn has_examples(&self) -> bool {
        self.role.is_none()
    }

    /// Marks the note on the question that is due as an example, or takes the mark back; a mark that is changed stays under its standard. Records the note, too, where one is given.
    /// False where all that was recorded before, and at the end. The session stays where it is.
    ///
    /// # Errors
    /// As [`mark_example`].
    pub fn mark_example(
        &mut self,
        store: &mut Store,
        desk: &Desk,
        practice: Option<Practice>,
        note: Option<&str>,
    ) -> Result<bool, Problems> {
        let Some(place) = self.order.get(self.at).copied() else {
            return Ok(false);
        };
        let at = (self.case.reference.as_str(), self.number(place));
        let known = self.example_at(place);
        let known = known.map(|example| example.standard.clone());
        let mark = Mark {
            practice,
            standard: known.as_deref().filter(|_| practice.is_some()),
            note,
        };
        let changed = mark_example(store, desk, self.inspection, at, mark)?;
        self.examples = find_examples(store, self.inspection, &self.case, self.role)?;
        self.notes = store.read().notes(self.case.id)?;
        Ok(changed)
    }

    pub(super) fn example_at(&self, place: usize) -> Option<&ExampleRow> {
        self.examples.iter().find(|example| example.place == place)
    }
}

/// The notes of an assessment that are examples; a further one has none.
pub(super) fn find_examples(
    store: &Store,
    inspection: &Inspection,
    case: &CaseRow,
    role: Option<Role>,
) -> Result<Vec<ExampleRow>, Problems> {
    if role.is_some() {
        return Ok(Vec::new());
    }
    let mut examples = store.read().examples(inspection.id)?;
    examples.retain(|example| example.case == case.id);
    Ok(examples)
}
