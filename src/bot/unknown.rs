//! Counts events of unknown kind or shape by kind; never keeps or logs their content.
//!
//! Discord adds events and fields at any time. The operator learns once of each unreadable kind, and how often it
//! occurred.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time;

/// Without these events tickets are opened, closed or answered late.
const NEEDED: &[&str] = &[
    "CHANNEL_DELETE",
    "CHANNEL_UPDATE",
    "GUILD_CREATE",
    "GUILD_DELETE",
    "GUILD_MEMBER_REMOVE",
    "GUILD_ROLE_DELETE",
    "GUILD_UPDATE",
    "INTERACTION_CREATE",
    "MESSAGE_DELETE",
    "MESSAGE_DELETE_BULK",
    "READY",
    "THREAD_DELETE",
    "THREAD_LIST_SYNC",
    "THREAD_MEMBERS_UPDATE",
    "THREAD_UPDATE",
];

/// A bound above Discord's number of events.
const KINDS: usize = 64;

/// Counts further kinds, and those whose name is malformed.
const OTHER: &str = "other";

const DAY: Duration = Duration::from_hours(24);

#[derive(Debug, Default)]
pub(super) struct UnknownEvents {
    counts: Mutex<BTreeMap<String, u64>>,
}

impl UnknownEvents {
    /// Counts one event. The first of each kind is logged at once.
    pub(super) fn note(&self, kind: &str) {
        let mut counts = self.lock();
        let kind = if is_name(kind) && (counts.contains_key(kind) || counts.len() < KINDS) { kind } else { OTHER };
        if let Some(count) = counts.get_mut(kind) {
            *count += 1;
            return;
        }
        counts.insert(kind.to_owned(), 1);
        drop(counts);
        if NEEDED.contains(&kind) {
            tracing::warn!(
                kind,
                "Discord sent an event that tickets depend on in a shape this version does not know: clicks may stay \
                 unanswered, and changes to tickets may be noticed late; look for a newer version"
            );
        } else {
            tracing::warn!(kind, "Discord sent an event of a kind or shape that this version does not know");
        }
    }

    /// Kinds with their counts, such as `SOMETHING_NEW 2, other 1`; `None` if there are none.
    fn summary(&self) -> Option<String> {
        let mut text = String::new();
        for (kind, count) in self.lock().iter() {
            let comma = if text.is_empty() { "" } else { ", " };
            let _written = write!(text, "{comma}{kind} {count}");
        }
        (!text.is_empty()).then_some(text)
    }

    /// Logs all counts since the start.
    pub(super) fn report(&self) {
        if let Some(kinds) = self.summary() {
            tracing::info!(kinds, "events of unknown kind or shape since the start");
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, u64>> {
        // A panic leaves counts whole.
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reports once a day, until the bot stops.
pub(super) async fn report_daily(unknown: &UnknownEvents) {
    loop {
        time::sleep(DAY).await;
        unknown.report();
    }
}

/// The form of Discord's event names. Anything else might be a person's text.
fn is_name(kind: &str) -> bool {
    (1..=40).contains(&kind.len()) && kind.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn kinds_are_counted_apart_and_anything_odd_together() {
        let unknown = UnknownEvents::default();
        assert_eq!(unknown.summary(), None);

        for kind in ["THREAD_UPDATE", "SOMETHING_NEW", "THREAD_UPDATE", "", "my secret", &"A".repeat(41), "löschen"] {
            unknown.note(kind);
        }

        assert_eq!(unknown.summary().as_deref(), Some("SOMETHING_NEW 1, THREAD_UPDATE 2, other 4"));
    }

    /// Captures the log of this thread.
    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl std::io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_day_that_brought_unknown_events_ends_with_their_counts() {
        let lines = Lines::default();
        let writer = lines.clone();
        let log = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
        let _only_here = tracing::subscriber::set_default(log);
        let told = || String::from_utf8(lines.0.lock().unwrap().clone()).unwrap().matches("since the start").count();
        let unknown = Arc::new(UnknownEvents::default());
        let days = |days: u32| time::timeout(DAY * days + Duration::from_mins(1), report_daily(&unknown));

        days(2).await.unwrap_err();
        assert_eq!(told(), 0, "nothing to tell");
        unknown.note("SOMETHING_NEW");
        days(2).await.unwrap_err();

        assert_eq!(told(), 2);
    }

    #[test]
    fn a_flood_of_kinds_does_not_fill_the_memory() {
        let unknown = UnknownEvents::default();

        for number in 0..10_000_u32 {
            let name: String = number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'A')).collect();
            unknown.note(&name);
            unknown.note("A");
        }

        let counts = unknown.lock();
        assert_eq!(counts.len(), KINDS + 1);
        assert_eq!((counts["A"], counts.values().sum::<u64>()), (10_001, 20_000));
    }
}
