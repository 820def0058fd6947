//! Marking notes as examples of practice while the questions are asked.
//!
//! Must not know what makes a note an example (`casework`).

use super::typed::is_mistyped_note;
use super::{Next, Talk, text};
use crate::casework::Step;
use crate::model::{Practice, Problems};

impl Talk<'_, '_> {
    /// Marks the note on the question that is due, takes the mark back for `-`, and asks for a note where there is none.
    pub(super) fn mark_example(
        &mut self,
        step: &Step<'_>,
        practice: Practice,
        typed: &str,
    ) -> Result<Next, Problems> {
        if !self.session.has_examples() {
            return self.say_and_ask(
                "Notes of a further assessment are no examples; those of the case's own can be.\n",
            );
        }
        match (typed, step.example) {
            ("-", None) => return self.say_and_ask("The note is no example.\n"),
            ("-", Some(_)) => return self.mark(None, None),
            ("", Some(known)) if known == practice => {
                let word = practice.word();
                return self.say_and_ask(&format!(
                    "It is an example of {word} practice already; e - takes that back.\n"
                ));
            }
            ("", _) if step.note.is_empty() => {}
            ("", _) => return self.mark(Some(practice), None),
            (note, _) if is_mistyped_note(note) => return self.say_and_ask(text::TOO_SHORT),
            (note, _) => return self.mark(Some(practice), Some(note)),
        }
        let prompt = format!(
            "Note, an example of {} practice (Enter for none): ",
            practice.word()
        );
        loop {
            match self.hear(&prompt)?.as_deref() {
                None => return Ok(Next::Stop),
                Some("" | "-") => return self.say_and_ask("Nothing was marked.\n"),
                Some(note) if is_mistyped_note(note) => self.print(text::TOO_SHORT)?,
                Some(note) => return self.mark(Some(practice), Some(note)),
            }
        }
    }

    fn mark(&mut self, practice: Option<Practice>, note: Option<&str>) -> Result<Next, Problems> {
        let session = &mut self.session;
        let result = session.mark_example(self.store, self.desk, practice, note);
        if self.survive("Not recorded", result)?.is_none() {
            return Ok(Next::Ask);
        }
        let kept = if note.is_some() { "Note kept. " } else { "" };
        self.say_and_ask(&match practice {
            Some(practice) => {
                format!("{kept}It is an example of {} practice.\n", practice.word())
            }
            None => "It is no example any more; the note is kept.\n".to_owned(),
        })
    }
}
