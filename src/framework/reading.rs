//! What was made of the text of a framework, as one text of its own: read without checking anything again, so that each command
//! starts sooner than from the framework file.
//!
//! Must not know where it is kept.

use super::Framework;

/// The program that makes and understands a form: its version, and after the slash the number of its form. A form that was made
/// under another name is not read, for another program may make something else of the same text. So the number rises with whatever
/// changes what [`Framework::parse`] makes of a text, or how that is written; a test notices.
pub const READ_BY: &str = concat!(env!("CARGO_PKG_VERSION"), "/", "1");

impl Framework {
    /// The form of this framework, in JSON; only for programs that are [`READ_BY`] by the same name. `None` where it cannot be
    /// written, which no framework has brought about.
    #[must_use]
    pub fn to_form(&self) -> Option<String> {
        serde_json::to_string(self).ok()
    }

    /// The framework of a form; `None` for a text that is none. It is taken at its word: unlike a framework file, it is not checked.
    #[must_use]
    pub fn from_form(form: &str) -> Option<Framework> {
        serde_json::from_str(form).ok()
    }
}
