//! `caseaudit assess`: one assessment, question by question, in the terminal.
//!
//! Plain lines in and out, one after the other, so that screen readers can follow and a session can be scripted. Every
//! answer is recorded before the next question is shown. Must not know what makes an assessment complete (`casework`).

mod ending;
mod examples;
mod text;
mod typed;

#[cfg(test)]
mod tests;

use std::io::{BufRead, Write};

use crate::casework::{Desk, Inspection, Session, Step, Store, Target};
use crate::model::{Answer, Code, Problem, Problems};
use typed::{Line, Typed, is_mistyped_note, read_line, understand};

/// Goes through the assessment of one case until the assessor stops or submits it, or the input ends.
///
/// # Errors
/// An unknown case; one that is submitted or withdrawn, also by somebody else in the meantime; a closed inspection; a
/// database, input or output that fails. Whatever was answered before is kept.
pub(super) fn run_session(
    store: &mut Store,
    desk: &Desk,
    inspection: &Inspection,
    target: Target<'_>,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
) -> Result<(), Problems> {
    let session = Session::open(store, desk, inspection, target)?;
    let mut talk = Talk {
        store,
        desk,
        inspection,
        session,
        input,
        output,
        heading: text::Heading::default(),
    };
    talk.greet()?;
    loop {
        let next = match talk.session.step() {
            Some(step) => talk.put_question(&step)?,
            None => talk.end()?,
        };
        match next {
            Next::Show | Next::Ask => {}
            Next::Stop => {
                let last_words = text::stopped(&talk.session);
                return talk.print(&last_words);
            }
            Next::Submitted => return Ok(()),
        }
    }
}

/// What happens after a line was dealt with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// The question that is due, or the end, is shown.
    Show,
    /// The same prompt is put again.
    Ask,
    /// The session stops with the assessment in hand.
    Stop,
    /// The session is over: the assessment is submitted.
    Submitted,
}

/// A session with the person at the terminal.
struct Talk<'a, 'i> {
    store: &'a mut Store,
    desk: &'a Desk,
    inspection: &'i Inspection,
    session: Session<'i>,
    input: &'a mut dyn BufRead,
    output: &'a mut dyn Write,
    heading: text::Heading,
}

impl<'i> Talk<'_, 'i> {
    fn greet(&mut self) -> Result<(), Problems> {
        let samples = &self.inspection.framework.samples;
        let sample = samples.get(self.session.case().sample);
        let sample = sample.map_or("", |sample| &sample.title);
        let inspection = &self.inspection.name;
        let greeting = text::greeting(&self.session, sample, inspection, self.desk.who());
        self.print(&greeting)
    }

    /// Shows a question and deals with lines until another one is due.
    fn put_question(&mut self, step: &Step<'i>) -> Result<Next, Problems> {
        let question = text::question(step, &mut self.heading);
        self.print(&question)?;
        loop {
            let Some(step) = self.session.step() else {
                return Ok(Next::Show);
            };
            let prompt = text::question_prompt(&step, self.session.has_examples());
            let Some(line) = self.hear(&prompt)? else {
                return Ok(Next::Stop);
            };
            match self.follow(&step, &line)? {
                Next::Ask => {}
                next => return Ok(next),
            }
        }
    }

    fn follow(&mut self, step: &Step<'i>, line: &str) -> Result<Next, Problems> {
        match understand(line) {
            Typed::Keep => {
                if step.answer.is_none() {
                    self.print(&format!("{} is left unanswered.\n", step.number))?;
                }
                self.session.forward();
                Ok(Next::Show)
            }
            Typed::Answer(answer) => self.answer(step, answer),
            Typed::Back => self.back(),
            Typed::Clear => self.clear(step),
            Typed::Note("") => self.ask_note(step, NO_NOTE),
            Typed::Note(note) => {
                self.note(step, note)?;
                Ok(Next::Ask)
            }
            Typed::Example(practice, note) => self.mark_example(step, practice, note),
            Typed::GoTo(number) => self.go_to(number),
            Typed::Unanswered => self.go_to_unanswered(),
            Typed::List => {
                self.list()?;
                Ok(Next::Show)
            }
            Typed::Help => self.say_and_ask(text::HELP),
            Typed::Stop => Ok(Next::Stop),
            Typed::Submit => {
                self.session.go_to_end();
                Ok(Next::Show)
            }
            Typed::Unknown => {
                let start: String = line.chars().take(20).collect();
                let cut = if start == line { "" } else { "…" };
                self.say_and_ask(&format!(
                    "\"{start}{cut}\" is not one of the keys. Nothing was recorded; ? lists them.\n"
                ))
            }
        }
    }

    fn answer(&mut self, step: &Step<'i>, answer: Answer) -> Result<Next, Problems> {
        if answer == Answer::NotApplicable && !step.allows_not_applicable {
            return self.say_and_ask(&format!(
                "{} cannot be answered not applicable. Answer yes or no.\n",
                step.number
            ));
        }
        if !self.record(step, Some(answer))? {
            return Ok(Next::Ask);
        }
        if step.note_on.contains(&answer) && self.ask_note(step, NO_NOTE)? == Next::Stop {
            return Ok(Next::Stop);
        }
        self.session.forward();
        Ok(Next::Show)
    }

    fn clear(&mut self, step: &Step<'i>) -> Result<Next, Problems> {
        if step.answer.is_none() {
            return self.say_and_ask(&format!("{} has no answer to take back.\n", step.number));
        }
        if self.record(step, None)? && !step.note.is_empty() {
            self.print("Its note is kept; t - removes it.\n")?;
        }
        Ok(Next::Ask)
    }

    /// Records an answer, or takes it back; false when that has to be tried again.
    fn record(&mut self, step: &Step<'i>, answer: Option<Answer>) -> Result<bool, Problems> {
        let word = answer.map_or("clear", Answer::word);
        let result = self.session.say(self.store, self.desk, Some(word), None);
        let Some(heard) = self.survive("Not recorded", result)? else {
            return Ok(false);
        };
        self.print(&text::heard(step.number, answer, &heard))?;
        Ok(true)
    }

    /// Asks for a note on the question that is due: `Ask` afterwards, or `Stop` when the input ends. `without` says what
    /// Enter means as long as there is no note.
    fn ask_note(&mut self, step: &Step<'i>, without: &str) -> Result<Next, Problems> {
        let prompt = if step.note.is_empty() {
            format!("Note ({without}): ")
        } else {
            self.print(&format!("Note so far: {}\n", text::plain(&step.note)))?;
            "Note (Enter keeps it, - removes it): ".to_owned()
        };
        loop {
            match self.hear(&prompt)?.as_deref() {
                None => return Ok(Next::Stop),
                Some("") => return Ok(Next::Ask),
                Some(note) if self.note(step, note)? => return Ok(Next::Ask),
                Some(_) => {}
            }
        }
    }

    /// Records a note on the question that is due; false when it has to be typed again.
    fn note(&mut self, step: &Step<'i>, note: &str) -> Result<bool, Problems> {
        let removes = note == "-";
        if removes && step.note.is_empty() {
            self.print("There is no note to remove.\n")?;
            return Ok(true);
        }
        if !removes && is_mistyped_note(note) {
            self.print(text::TOO_SHORT)?;
            return Ok(false);
        }
        let note = if removes { "" } else { note };
        let result = self.session.say(self.store, self.desk, None, Some(note));
        if self.survive("Not recorded", result)?.is_none() {
            return Ok(false);
        }
        self.print(if removes {
            "Note removed.\n"
        } else {
            "Note kept.\n"
        })?;
        Ok(true)
    }

    fn back(&mut self) -> Result<Next, Problems> {
        if self.session.back() {
            return Ok(Next::Show);
        }
        self.say_and_ask("There is no question before this one.\n")
    }

    fn go_to(&mut self, number: &str) -> Result<Next, Problems> {
        if number.is_empty() {
            return self.say_and_ask("Type the number too, such as g 2.4.1\n");
        }
        match self.session.go_to(number) {
            Ok(()) => Ok(Next::Show),
            Err(problem) => self.say_and_ask(&sentence(&problem)),
        }
    }

    fn go_to_unanswered(&mut self) -> Result<Next, Problems> {
        if self.session.go_to_unanswered() {
            return Ok(Next::Show);
        }
        self.say_and_ask("Every question that applies is answered.\n")
    }

    fn list(&mut self) -> Result<Next, Problems> {
        let list = text::list(&self.session.list());
        self.say_and_ask(&list)
    }

    /// Prints a prompt and reads a line, again and again until it is one that can be used; `None` at the end of input.
    fn hear(&mut self, prompt: &str) -> Result<Option<String>, Problems> {
        loop {
            self.print(prompt)?;
            match read_line(self.input).map_err(|error| cannot_read(&error))? {
                Line::Text(line) => return Ok(Some(line)),
                Line::Unusable(why) => self.print(&format!("{why} It was left out.\n"))?,
                Line::End => {
                    self.print("\n")?;
                    return Ok(None);
                }
            }
        }
    }

    fn say_and_ask(&mut self, text: &str) -> Result<Next, Problems> {
        self.print(text)?;
        Ok(Next::Ask)
    }

    fn print(&mut self, text: &str) -> Result<(), Problems> {
        let written = self.output.write_all(text.as_bytes());
        written
            .and_then(|()| self.output.flush())
            .map_err(|error| cannot_write(&error))
    }

    /// Prints the problems that the assessor can do something about within the session, and goes on; `None` then.
    fn survive<T>(
        &mut self,
        what: &str,
        result: Result<T, Problems>,
    ) -> Result<Option<T>, Problems> {
        const PASSING: [Code; 4] = [
            Code::DatabaseLocked,
            Code::Incomplete,
            Code::NoteWanted,
            Code::Conflict,
        ];
        match result {
            Ok(value) => Ok(Some(value)),
            Err(problems) if problems.0.iter().all(|one| PASSING.contains(&one.code)) => {
                for problem in &problems.0 {
                    self.print(&format!("{what}: {}", sentence(problem)))?;
                }
                Ok(None)
            }
            Err(problems) => Err(problems),
        }
    }
}

/// A problem as a line of the session, without its code and place: both are plain from where it stands.
fn sentence(problem: &Problem) -> String {
    format!("{}; {}\n", problem.what, problem.remedy)
}

fn cannot_read(error: &std::io::Error) -> Problem {
    let what = format!("the input cannot be read: {error}");
    Problem::new(Code::UnreadableFile, what, KEPT)
}

fn cannot_write(error: &std::io::Error) -> Problems {
    let what = format!("the terminal cannot be written to: {error}");
    Problem::new(Code::StorageFailed, what, KEPT).into()
}

/// What Enter means where a note is asked for and none is there.
const NO_NOTE: &str = "Enter for none";

const KEPT: &str = "the answers given so far are kept; start the session again";
