//! The end of a session: what was answered, what is wanting, and whether to submit.
//!
//! Must not know what makes an assessment complete (`casework`): it shows what is found missing.

use super::typed::{Typed, is_mistyped_note, understand};
use super::{Next, Talk, text};
use crate::casework::submit_assessment;
use crate::model::{Answer, Problems};

impl Talk<'_, '_> {
    /// Sums up, asks for what is wanted, and offers to submit.
    pub(super) fn end(&mut self) -> Result<Next, Problems> {
        self.heading = text::Heading::default();
        let summary = text::summary(&self.session, &self.session.gaps());
        self.print(&summary)?;
        if self.ask_wanted_notes()? == Next::Stop {
            return Ok(Next::Stop);
        }
        loop {
            let prompt = text::end_prompt(&self.session.gaps());
            let Some(line) = self.hear(&prompt)? else {
                return Ok(Next::Stop);
            };
            let next = match understand(&line) {
                Typed::Submit => self.submit()?,
                Typed::Answer(Answer::No) | Typed::Stop => Next::Stop,
                Typed::Unanswered => self.go_to_unanswered()?,
                Typed::Back => self.back()?,
                Typed::GoTo(number) => self.go_to(number)?,
                Typed::List => self.list()?,
                Typed::Help => self.say_and_ask(&text::end_help(self.session.target()))?,
                _ => self.say_and_ask("Type s to submit or n to leave it; ? lists the keys.\n")?,
            };
            if next != Next::Ask {
                return Ok(next);
            }
        }
    }

    /// Asks for the notes without which the assessment cannot be submitted; Enter leaves one for later.
    fn ask_wanted_notes(&mut self) -> Result<Next, Problems> {
        for place in self.session.gaps().notes_wanted {
            let number = self.session.number(place);
            if self.session.go_to(number).is_err() {
                continue;
            }
            let Some(step) = self.session.step() else {
                continue;
            };
            self.print(&format!(
                "{number} is yes while all its prompts are no. A note must say why.\n"
            ))?;
            let next = self.ask_note(&step, "Enter for later")?;
            self.session.go_to_end();
            if next == Next::Stop {
                return Ok(next);
            }
        }
        Ok(Next::Ask)
    }

    fn submit(&mut self) -> Result<Next, Problems> {
        if self.ask_wanted_notes()? == Next::Stop {
            return Ok(Next::Stop);
        }
        let gaps = self.session.gaps();
        let wanted = text::numbers(&self.session, &gaps.notes_wanted);
        if !wanted.is_empty() {
            let wanted = wanted.join(", ");
            return self.say_and_ask(&format!("Not submitted: a note is wanted on {wanted}.\n"));
        }
        let mut because = String::new();
        if !gaps.key_questions.is_empty() && self.session.case().sheet.is_started() {
            let Some(reason) = self.ask_reason(&gaps.key_questions)? else {
                return Ok(Next::Stop);
            };
            if reason.is_empty() {
                return self.say_and_ask("Not submitted.\n");
            }
            because = reason;
        }
        let target = self.session.target();
        let result = submit_assessment(self.store, self.desk, self.inspection, target, &because);
        let Some(submitted) = self.survive("Not submitted", result)? else {
            return Ok(Next::Ask);
        };
        let last_words = text::submitted(self.session.target(), &submitted);
        self.print(&last_words)?;
        Ok(Next::Submitted)
    }

    /// Asks why key questions stay unanswered; empty not to submit, `None` when the input ends.
    fn ask_reason(&mut self, unanswered: &[usize]) -> Result<Option<String>, Problems> {
        let numbers = text::numbers(&self.session, unanswered).join(", ");
        self.print(&format!("Key questions unanswered: {numbers}.\n"))?;
        loop {
            let reason = self.hear("Reason to submit without them (Enter not to submit): ")?;
            if !reason.as_deref().is_some_and(is_mistyped_note) {
                return Ok(reason);
            }
            self.print("One letter is too short for a reason. Nothing was submitted.\n")?;
        }
    }
}
