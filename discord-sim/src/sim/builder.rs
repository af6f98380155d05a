//! Starting a simulator.

use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;

use super::Sim;
use crate::clock::{Clock, millis};
use crate::http::server;
use crate::http::upload::FILE_LIMIT;
use crate::shared::Shared;
use crate::snapshot::Snapshot;
use crate::world::World;
use crate::world::application::Application;
use crate::world::ids::Snowflakes;

/// A new simulator.
#[must_use = "start() it"]
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "switches of the portal and of the simulator, each on its own")]
pub struct SimBuilder {
    threads_cap: usize,
    answer_within: Duration,
    heartbeat: Duration,
    patience: Duration,
    members_intent: bool,
    content_intent: bool,
    shards: u64,
    max_concurrency: u64,
    session_starts: u64,
    team: bool,
    bot_name: String,
    strict: bool,
    file_limit: u64,
    starts_at_ms: Option<i64>,
    before: Option<Box<Snapshot>>,
}

impl Default for SimBuilder {
    fn default() -> Self {
        Self {
            threads_cap: 1_000,
            answer_within: Duration::from_secs(3),
            heartbeat: Duration::from_millis(41_250),
            patience: Duration::from_mins(2),
            members_intent: true,
            content_intent: false,
            shards: 1,
            max_concurrency: 1,
            session_starts: 1_000,
            team: false,
            bot_name: "bot".to_owned(),
            strict: true,
            file_limit: FILE_LIMIT,
            starts_at_ms: None,
            before: None,
        }
    }
}

impl SimBuilder {
    /// How many threads of one guild may be active; 1,000 by default.
    pub fn threads_cap(mut self, cap: usize) -> Self {
        self.threads_cap = cap;
        self
    }

    /// How long an interaction waits for its first answer; 3 s by default, as at Discord. Longer for load tests, which
    /// must not depend on the machine's speed.
    pub fn answer_within(mut self, deadline: Duration) -> Self {
        self.answer_within = deadline;
        self
    }

    /// HELLO's interval; 41.25 s by default, as Discord's.
    pub fn heartbeat(mut self, interval: Duration) -> Self {
        self.heartbeat = interval;
        self
    }

    /// The limit of every wait, in real time; two minutes by default.
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Whether the portal grants the members intent; yes by default.
    pub fn members_intent(mut self, granted: bool) -> Self {
        self.members_intent = granted;
        self
    }

    /// Whether the portal grants the message content intent; no by default.
    pub fn content_intent(mut self, granted: bool) -> Self {
        self.content_intent = granted;
        self
    }

    /// The most bytes of a file in a guild without boosts; 10 MiB by default. Less makes tests of large files cheap.
    pub fn file_limit(mut self, bytes: u64) -> Self {
        self.file_limit = bytes;
        self
    }

    /// What `/gateway/bot` recommends.
    pub fn shards(mut self, shards: u64) -> Self {
        self.shards = shards;
        self
    }

    /// How many shards may identify within 5 seconds; 1 by default.
    pub fn max_concurrency(mut self, shards: u64) -> Self {
        self.max_concurrency = shards;
        self
    }

    /// How many sessions may start a day; 1,000 by default.
    pub fn session_starts(mut self, starts: u64) -> Self {
        self.session_starts = starts;
        self
    }

    /// The name of the application and of its bot account; `bot` by default.
    pub fn bot_name(mut self, name: &str) -> Self {
        name.clone_into(&mut self.bot_name);
        self
    }

    /// Whether dropping the simulator panics when the bot requested something that is not simulated or does not match
    /// Discord's description; yes by default. Without it, ask [`Sim::gaps`] and [`Sim::violations`].
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// The virtual time at the start, in unix milliseconds; the system's by default.
    pub fn starts_at(mut self, ms: i64) -> Self {
        self.starts_at_ms = Some(ms);
        self
    }

    /// Begins with a world that was kept: its guilds, people, messages, application and time.
    pub fn continue_from(mut self, snapshot: Snapshot) -> Self {
        self.before = Some(Box::new(snapshot));
        self
    }

    /// Whether a team owns the application instead of one person.
    pub fn team(mut self, team: bool) -> Self {
        self.team = team;
        self
    }

    /// Starts it on a free port, reachable from this machine only.
    pub async fn start(self) -> Sim {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port on loopback");
        let address = listener.local_addr().expect("a bound socket has an address");
        let clock = Clock::default();
        if let Some(ms) = self.starts_at_ms {
            clock.start_at(ms);
        }
        let base_url = format!("http://{address}");
        let before = self.before.as_deref().map(|before| before.clone().moved_to(&base_url));
        if let Some(before) = &before {
            before.set_clock(&clock);
        }
        let app = before.as_ref().map_or_else(|| self.application(&clock), |before| before.app.clone());
        let token = app.token.clone();
        let mut world = World::new(clock, base_url, app, self.threads_cap);
        if let Some(before) = before {
            before.pour_into(&mut world);
        }
        world.answer_within_ms = millis(self.answer_within);
        world.file_limit = self.file_limit;
        world.gateway.heartbeat_interval_ms = u64::try_from(millis(self.heartbeat)).unwrap_or(41_250);
        world.record.bot_token.clone_from(&token);
        let shared = Arc::new(Shared::new(world, self.patience));
        let server = server::serve(listener, shared.clone());
        Sim { shared, server, token, strict: self.strict }
    }

    /// An application registered a year ago.
    fn application(&self, clock: &Clock) -> Application {
        let mut ids = Snowflakes::default();
        let year_ago = clock.now_ms() - 365 * 86_400_000;
        let (owner_id, id) = (ids.next(year_ago), ids.next(year_ago));
        Application {
            id,
            token: plausible_token(id),
            name: self.bot_name.clone(),
            owner_id,
            team: self.team.then(|| vec![(owner_id, "owner".to_owned())]),
            members_intent: self.members_intent,
            content_intent: self.content_intent,
            shards: self.shards,
            max_concurrency: self.max_concurrency.max(1),
            session_starts: self.session_starts,
            interactions_endpoint: None,
            code_grant: false,
            two_factor: false,
        }
    }
}

/// Three parts as in Discord's tokens: the id in base64, a time, and a signature. It opens nothing.
fn plausible_token(id: u64) -> String {
    format!(
        "{}.SIMULA.{}",
        base64(id.to_string().as_bytes()),
        "x0Simulated0Token".repeat(3).get(..38).unwrap_or_default()
    )
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let mut bits = 0_u32;
        for position in 0..3 {
            bits = bits << 8 | u32::from(chunk.get(position).copied().unwrap_or(0));
        }
        for position in 0..=chunk.len() {
            let digit = bits >> (18 - 6 * position) & 63;
            text.push(char::from(DIGITS[digit as usize]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn a_token_begins_with_the_id_in_base64_without_padding() {
        assert_eq!(base64(b"123456789012345678"), "MTIzNDU2Nzg5MDEyMzQ1Njc4");
        assert_eq!(base64(b"1234567890123456789"), "MTIzNDU2Nzg5MDEyMzQ1Njc4OQ");
    }
}
