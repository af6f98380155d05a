//! Time zones by their names in the tz database, which is built into the program (docs/decisions/0010-time-zones.md).

use std::fmt;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::clock::Timestamp;

/// A named zone, such as `Europe/Berlin`. One that the built-in database does not know counts as UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Zone(String);

/// The most proposals for a name that is not known.
const PROPOSED: usize = 8;

impl Zone {
    pub fn utc() -> Self {
        Self("UTC".to_owned())
    }

    /// The zone that a text means: its name, or a part of one that no other has, such as `Berlin` or `new york`.
    /// Otherwise the names that it may mean.
    pub fn find(text: &str) -> Result<Self, Vec<String>> {
        let wanted = plain(text);
        let all: Vec<String> = jiff::tz::db().available().map(|name| name.as_str().to_owned()).collect();
        if let Some(exact) = all.iter().find(|name| plain(name) == wanted) {
            return Ok(Self(exact.clone()));
        }
        if wanted.is_empty() {
            return Err(Vec::new());
        }
        let city = |name: &str| plain(name.rsplit('/').next().unwrap_or_default());
        let of_city: Vec<&String> = all.iter().filter(|name| city(name) == wanted).collect();
        if let [only] = of_city.as_slice() {
            return Ok(Self((*only).clone()));
        }
        let containing: Vec<&String> = all.iter().filter(|name| plain(name).contains(&wanted)).collect();
        if let [only] = containing.as_slice() {
            return Ok(Self((*only).clone()));
        }
        let mut close: Vec<(usize, &String)> = all
            .iter()
            .map(|name| {
                (strsim::levenshtein(&city(name), &wanted).min(strsim::levenshtein(&plain(name), &wanted)), name)
            })
            .filter(|(distance, _)| *distance <= 2.max(wanted.len() / 4))
            .collect();
        close.sort();
        let proposed =
            if containing.is_empty() { close.into_iter().map(|(_, name)| name).collect() } else { containing };
        Err(proposed.into_iter().take(PROPOSED).cloned().collect())
    }

    /// What clocks on the wall show at this time, as if they were in UTC.
    pub fn wall(&self, at: Timestamp) -> Timestamp {
        Timestamp::from_millis(at.millis().saturating_add(self.offset_at(at.seconds()).saturating_mul(1_000)))
    }

    pub fn is_known(&self) -> bool {
        jiff::tz::db().get(&self.0).is_ok()
    }

    fn zone(&self) -> TimeZone {
        jiff::tz::db().get(&self.0).unwrap_or(TimeZone::UTC)
    }

    /// The seconds by which clocks on the wall are ahead of UTC at this second.
    pub(super) fn offset_at(&self, second: i64) -> i64 {
        let at = jiff::Timestamp::from_second(second).unwrap_or_default();
        self.zone().to_offset(at).seconds().into()
    }

    /// The next second at which clocks are changed.
    pub(super) fn next_change(&self, second: i64) -> Option<i64> {
        let at = jiff::Timestamp::from_second(second).ok()?;
        self.zone().following(at).next().map(|change| change.timestamp().as_second())
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Lower case, with spaces as the names write them.
fn plain(text: &str) -> String {
    text.trim().to_lowercase().replace([' ', '-'], "_")
}
