//! Who is working, on which device, and where the time and new ids come from.
//!
//! Must not read the clock or any randomness itself: both are handed in, so that the same input gives the same record.

use chrono::{DateTime, SecondsFormat, Utc};
use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::Inspection;
use crate::model::{Action, Code, Problem, Problems};
use crate::store::ThingId;

/// Where the time comes from.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// Always this moment: for tests and made-up records.
    Fixed(DateTime<Utc>),
    /// Whatever this function says, such as `Utc::now`.
    Live(fn() -> DateTime<Utc>),
}

/// The place that a person works at.
pub struct Desk {
    who: String,
    device: String,
    clock: Clock,
    random: ChaCha12Rng,
    ids_made: u32,
}

impl Desk {
    /// A desk; `seed` is the source of all randomness in new ids.
    ///
    /// # Errors
    /// When no name is given: every entry says who made it.
    pub fn new(who: &str, device: &str, clock: Clock, seed: [u8; 32]) -> Result<Desk, Problems> {
        if who.trim().is_empty() {
            return Err(Problem::new(
                Code::WhoWanted,
                "nobody is named as working here",
                "say who you are with --as NAME, or set CASEAUDIT_USER",
            )
            .into());
        }
        check_name(who, "your name")?;
        let random = ChaCha12Rng::from_seed(seed);
        Ok(Desk {
            who: who.trim().to_owned(),
            device: device.to_owned(),
            clock,
            random,
            ids_made: 0,
        })
    }

    /// The name of the person.
    #[must_use]
    pub fn who(&self) -> &str {
        &self.who
    }

    /// An action of this person, now.
    #[must_use]
    pub fn action(&self, inspection: Option<&Inspection>, source: &str, because: &str) -> Action {
        Action {
            at: self.now().to_rfc3339_opts(SecondsFormat::Millis, true),
            who: self.who.clone(),
            device: self.device.clone(),
            inspection: inspection.map(|inspection| inspection.id),
            source: source.to_owned(),
            because: because.trim().to_owned(),
        }
    }

    /// A new UUIDv7. Ids made one after the other sort in that order, within a millisecond too.
    pub fn new_id(&mut self) -> ThingId {
        let millis = u64::try_from(self.now().timestamp_millis()).unwrap_or(0);
        let mut bytes = [0; 10];
        self.random.fill_bytes(&mut bytes);
        // A counter in the 26 bits after the time, around the fixed bits of version and variant.
        let [b0, b1, b2, b3] = self.ids_made.to_be_bytes();
        let (low, middle) = (b3, b2 & 63);
        let high = u16::from_be_bytes([b0, b1]) << 2 | u16::from(b2 >> 6);
        let [top, upper] = high.to_be_bytes();
        bytes[..4].copy_from_slice(&[top & 15, upper, middle, low]);
        self.ids_made = self.ids_made.wrapping_add(1);
        *uuid::Builder::from_unix_timestamp_millis(millis, &bytes)
            .as_uuid()
            .as_bytes()
    }

    /// A key that nobody can guess, for one use.
    pub(super) fn new_key(&mut self) -> [u8; 32] {
        let mut key = [0; 32];
        self.random.fill_bytes(&mut key);
        key
    }

    /// A number of at most nine digits, for drawing a sample: short enough to be read out.
    pub(super) fn new_seed(&mut self) -> u64 {
        const SEEDS_COUNT: u64 = 1_000_000_000;
        self.random.next_u64() % SEEDS_COUNT
    }

    /// Today, in UTC, as `2018-10-08`.
    pub(super) fn today(&self) -> String {
        self.now().format("%Y-%m-%d").to_string()
    }

    fn now(&self) -> DateTime<Utc> {
        match self.clock {
            Clock::Fixed(moment) => moment,
            Clock::Live(now) => now(),
        }
    }
}

/// Names stand in tables, files and terminals: on one line, and no longer than a line.
pub(super) fn check_name(name: &str, what: &str) -> Result<(), Problems> {
    const CHARACTERS_MAX: usize = 100;
    let remedy = format!("write it on one line, with at most {CHARACTERS_MAX} characters");
    let wrong = if name.chars().any(char::is_control) {
        "has a line end or control character"
    } else if name.trim().chars().count() > CHARACTERS_MAX {
        "is too long"
    } else {
        return Ok(());
    };
    Err(Problem::new(Code::WrongValue, format!("{what} {wrong}"), remedy).into())
}

/// The reason that a person gives, without which some things are not done.
pub(super) fn reason(because: &str, remedy: &str) -> Result<(), Problems> {
    if because.trim().is_empty() {
        return Err(Problem::new(Code::ReasonWanted, "a reason is wanted", remedy).into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn desk() -> Desk {
        Desk::new(
            "INSP-01",
            "laptop",
            Clock::Fixed(DateTime::UNIX_EPOCH),
            [7; 32],
        )
        .unwrap()
    }

    #[test]
    fn ids_are_version_7_differ_and_rise_within_a_millisecond() {
        let mut desk = desk();
        let ids: Vec<ThingId> = (0..70_000).map(|_| desk.new_id()).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(uuid::Uuid::from_bytes(ids[69_999]).get_version_num(), 7);
    }

    #[test]
    fn the_same_seed_and_clock_give_the_same_ids() {
        assert_eq!(desk().new_id(), desk().new_id());
    }

    #[test]
    fn nobody_works_without_a_name() {
        assert!(Desk::new("  ", "laptop", Clock::Fixed(DateTime::UNIX_EPOCH), [0; 32]).is_err());
    }
}
