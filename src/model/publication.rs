//! Figures as they were published. Must not know their form: only who wrote the text can read it.

/// What stands for good once an inspection is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// The whole annex, as one text.
    pub figures: String,
    /// SHA-256 of what the figures rest on.
    pub basis: [u8; 32],
}
