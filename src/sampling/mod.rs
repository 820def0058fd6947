//! Which cases of a population are looked at: how many, from which groups, which of them, and by whom.
//!
//! Pure: whole numbers and exact decimals in, whole numbers out. The random choice is the order of hashes over a seed that the
//! caller gives, so that anyone can draw the same sample again. Must not know framework files, the record or the clock.

mod allocate;
mod balance;
#[cfg(test)]
mod by_hand;
mod draw;
mod imbalance;
mod limit;
#[cfg(test)]
mod properties;
mod size;

pub use allocate::{Buffer, Trail, divide, select};
pub use balance::{Assessor, Waiting, balance};
pub use draw::{Choice, Drawing, Group, Population, Terms, draw, draw_key};
pub use imbalance::{Imbalance, largest_imbalance};
pub use limit::OfficerLimit;
pub use size::{Precision, margin_reached, z_of};
