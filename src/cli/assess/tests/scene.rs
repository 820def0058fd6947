//! A person at a keyboard and the screen in front: what is typed appears as `<y>`, Enter alone as `<>`.

use std::cell::RefCell;
use std::io::{self, BufRead, Read, Write};
use std::rc::Rc;

use super::super::run_session;
use crate::casework::example::small_inspection;
use crate::casework::{Desk, Inspection, Status, Store, Target, show_case};
use crate::model::{Mark, Problems};

type Screen = Rc<RefCell<String>>;

/// Lines that are typed one after the other, and appear on the screen when they are read.
struct Keyboard {
    lines: Vec<Vec<u8>>,
    screen: Screen,
}

impl BufRead for Keyboard {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        Ok(self.lines.first().map_or(&[][..], Vec::as_slice))
    }

    fn consume(&mut self, count: usize) {
        if count == 0 {
            return;
        }
        let line = self.lines[0].drain(..count).collect::<Vec<u8>>();
        if self.lines[0].is_empty() {
            self.lines.remove(0);
            let line = String::from_utf8_lossy(&line);
            let line: String = line.trim_end().chars().take(30).collect();
            self.screen.borrow_mut().push_str(&format!("<{line}>\n"));
        }
    }
}

impl Read for Keyboard {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        unreachable!("sessions read lines")
    }
}

struct Paper(Screen);

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .borrow_mut()
            .push_str(std::str::from_utf8(bytes).unwrap());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// An inspection in which one person goes from session to session.
pub(super) struct Scene {
    pub(super) store: Store,
    pub(super) desk: Desk,
    pub(super) inspection: Inspection,
}

impl Scene {
    pub(super) fn new() -> Scene {
        let (store, desk, inspection) = small_inspection();
        Scene {
            store,
            desk,
            inspection,
        }
    }

    pub(super) fn try_session(
        &mut self,
        target: Target<'_>,
        typed: &[&str],
    ) -> (String, Result<(), Problems>) {
        let screen = Screen::default();
        let lines = typed.iter().map(|line| format!("{line}\n").into_bytes());
        let mut input = Keyboard {
            lines: lines.collect(),
            screen: Rc::clone(&screen),
        };
        let result = run_session(
            &mut self.store,
            &self.desk,
            &self.inspection,
            target,
            &mut input,
            &mut Paper(Rc::clone(&screen)),
        );
        (screen.take(), result)
    }

    /// What stands on the screen after these lines were typed, and then no more.
    pub(super) fn session(&mut self, typed: &[&str]) -> String {
        let (screen, result) = self.try_session(Target::own("C-1"), typed);
        result.unwrap_or_else(|problems| panic!("{problems}\n{screen}"));
        screen
    }

    /// The answers to C-1 in the order of the sheet, and how far it has come.
    pub(super) fn sheet(&self) -> (String, Status) {
        let card = show_case(&self.store, &self.inspection, "", "C-1").unwrap();
        let letter = |(_, _, mark, _): &(String, String, Mark, String)| char::from(mark.letter());
        (card.answers.iter().map(letter).collect(), card.status)
    }

    pub(super) fn note(&self, number: &str) -> String {
        let card = show_case(&self.store, &self.inspection, "", "C-1").unwrap();
        let answer = card.answers.into_iter().find(|answer| answer.0 == number);
        answer.unwrap().3
    }
}

/// What was said in answer to a line that was typed, up to the next prompt.
pub(super) fn after<'s>(screen: &'s str, typed: &str) -> &'s str {
    let (_, rest) = screen
        .split_once(&format!("<{typed}>\n"))
        .unwrap_or_else(|| panic!("{screen}"));
    let prompt = ["y yes,", "Note (", "Submit now?", "Reason to"];
    let end = prompt.iter().filter_map(|prompt| rest.find(prompt)).min();
    &rest[..end.unwrap_or(rest.len())]
}

/// Asserts that the screen after a line that was typed starts so.
pub(super) fn assert_after(screen: &str, typed: &str, expected: &str) {
    let said = after(screen, typed);
    assert!(said.starts_with(expected), "after <{typed}>: {said}");
}
