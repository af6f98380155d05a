//! The simulator itself: start, queries, drop.

mod builder;
mod waiting;

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::task::JoinHandle;

pub use builder::SimBuilder;

use crate::actor::Actor;
use crate::clock::Clock;
use crate::faults::{Fault, FaultHandle};
use crate::gateway::GatewayControl;
use crate::handles::{Attachment, Fill, Guild, GuildBuilder, Message, Reply, Thread, attachment};
use crate::record::Request;
use crate::shared::{Changes, Shared};
use crate::snapshot::Snapshot;
use crate::world::{AuditRecord, World};

/// A running simulated Discord. Dropping it stops it, and panics on unsupported requests or violations of Discord's
/// description (unless [`SimBuilder::strict`] is off); while a test is failing it prints the transcript instead.
pub struct Sim {
    shared: Arc<Shared>,
    server: JoinHandle<()>,
    token: String,
    strict: bool,
}

/// A point in the list of requests.
#[derive(Clone, Copy, Debug)]
pub struct Mark(usize);

/// An entry of a guild's audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuditEntry {
    /// Virtual time.
    pub at_ms: i64,
    /// Such as `thread_create`.
    pub action: &'static str,
    pub user_id: u64,
    pub target_id: u64,
    pub reason: Option<String>,
}

impl AuditEntry {
    pub(crate) fn of(record: &AuditRecord) -> Self {
        Self {
            at_ms: record.at_ms,
            action: record.action,
            user_id: record.user_id,
            target_id: record.target_id,
            reason: record.reason.clone(),
        }
    }
}

impl Sim {
    /// Starts one with defaults.
    pub async fn start() -> Self {
        Self::builder().start().await
    }

    pub fn builder() -> SimBuilder {
        SimBuilder::default()
    }

    /// `http://127.0.0.1:PORT`, in place of `https://discord.com`.
    pub fn base_url(&self) -> &str {
        &self.shared.base_url
    }

    /// The only accepted token. Its first part names the application, as Discord's do.
    pub fn token(&self) -> &str {
        &self.token
    }

    pub fn application_id(&self) -> u64 {
        self.shared.read(|world| world.app.id)
    }

    /// The name of the application and its bot.
    pub fn application_name(&self) -> String {
        self.shared.read(|world| world.app.name.clone())
    }

    pub fn bot_id(&self) -> u64 {
        self.application_id()
    }

    /// The application's owner.
    pub fn owner_id(&self) -> u64 {
        self.shared.read(|world| world.app.owner_id)
    }

    /// The application's owner as a member of that guild.
    pub fn owner_in(&self, guild: &Guild) -> Actor {
        let owner = self.owner_id();
        self.shared.write(|world| world.member_joins(guild.id(), owner));
        Actor::new(&self.shared, guild.id(), owner)
    }

    /// A new member of the guild who is in the application's team as `owner`, `admin`, `developer` or `read_only`.
    pub fn team_member(&self, guild: &Guild, username: &str, role: &str) -> Actor {
        let member = guild.member(username).create();
        self.shared.write(|world| {
            let team = world.app.team.as_mut().expect("start the simulator with .team(true)");
            team.push((member.id(), role.to_owned()));
        });
        member
    }

    /// Whether the portal grants the members intent. Otherwise an IDENTIFY with it is closed with 4014.
    pub fn set_members_intent(&self, granted: bool) {
        self.shared.write(|world| world.app.members_intent = granted);
    }

    pub fn set_content_intent(&self, granted: bool) {
        self.shared.write(|world| world.app.content_intent = granted);
    }

    /// Sends interactions to this address, where nobody listens: none comes over the gateway.
    pub fn set_interactions_endpoint(&self, url: Option<&str>) {
        self.shared.write(|world| world.app.interactions_endpoint = url.map(str::to_owned));
    }

    /// Whether the portal requires a code grant for invitations.
    pub fn set_code_grant(&self, demanded: bool) {
        self.shared.write(|world| world.app.code_grant = demanded);
    }

    /// Whether the bot's owner has two-factor authentication; no by default.
    pub fn set_two_factor(&self, has: bool) {
        self.shared.write(|world| world.app.two_factor = has);
    }

    /// Virtual time: unix milliseconds.
    pub fn now_ms(&self) -> i64 {
        self.shared.clock.now_ms()
    }

    /// Moves virtual time forward: for deadlines, tokens, slowmode, rate limits and ids. Triggers nothing else.
    pub fn advance(&self, by: Duration) {
        self.shared.clock.advance(by);
    }

    pub fn clock(&self) -> Clock {
        self.shared.clock.clone()
    }

    pub fn guild(&self, name: &str) -> GuildBuilder {
        GuildBuilder::new(&self.shared, name)
    }

    /// All guilds, oldest first.
    pub fn guilds(&self) -> Vec<Guild> {
        let ids: Vec<u64> = self.shared.read(|world| world.guilds.keys().copied().collect());
        ids.into_iter().map(|id| Guild { shared: self.shared.clone(), id }).collect()
    }

    /// A message of any channel, also a deleted one.
    pub fn message(&self, id: u64) -> Option<Message> {
        let known = self.shared.read(|world| world.messages.contains_key(&id));
        known.then(|| Message { shared: self.shared.clone(), id })
    }

    /// An interaction by its id.
    pub fn reply(&self, id: u64) -> Option<Reply> {
        let known = self.shared.read(|world| world.interactions.contains_key(&id));
        known.then(|| Reply::new(&self.shared, id))
    }

    /// An uploaded file by its id, as anybody with its link gets it.
    pub fn file(&self, id: u64) -> Option<Attachment> {
        self.shared.read(|world| world.files.get(&id).map(|file| attachment(file, world.file_url(file))))
    }

    /// Tells of changes, for a program that shows the world.
    pub fn changes(&self) -> Changes {
        self.shared.changes()
    }

    /// The world as text, without connections and faults. [`SimBuilder::continue_from`] begins with it.
    pub fn snapshot(&self) -> String {
        self.shared.read(Snapshot::of)
    }

    /// Many guilds of a realistic size.
    pub fn bulk_guilds(&self, count: usize, fill: Fill) -> Vec<Guild> {
        let make = |number| {
            let guild = self.guild(&format!("guild {number}")).create();
            guild.fill(fill);
            guild
        };
        (0..count).map(make).collect()
    }

    /// Globally registered commands.
    pub fn commands(&self) -> Vec<Value> {
        self.shared.read(|world| world.global_commands.clone())
    }

    /// All requests so far, in order of arrival.
    pub fn requests(&self) -> Vec<Request> {
        self.requests_since(Mark(0))
    }

    pub fn mark(&self) -> Mark {
        Mark(self.shared.read(|world| world.record.requests.len()))
    }

    pub fn requests_since(&self, mark: Mark) -> Vec<Request> {
        self.shared.read(|world| world.record.requests[mark.0..].to_vec())
    }

    /// Requests, events and people's actions, in order, tokens omitted.
    pub fn transcript(&self) -> String {
        self.shared.read(|world| world.record.transcript())
    }

    /// The transcript's lines from that number on, and the number of the next line. Lines too old to be kept are missing.
    pub fn transcript_since(&self, number: usize) -> (Vec<String>, usize) {
        self.shared.read(|world| world.record.lines_since(number))
    }

    /// The bot's unsupported requests.
    pub fn gaps(&self) -> Vec<String> {
        self.shared.read(|world| world.record.gaps.clone())
    }

    /// Violations of Discord's OpenAPI description.
    pub fn violations(&self) -> Vec<String> {
        self.shared.read(|world| world.record.violations.clone())
    }

    #[track_caller]
    pub fn assert_no_gaps(&self) {
        let found = self.findings();
        assert!(found.is_empty(), "{found:#?}\n{}", self.transcript());
    }

    /// Removes gaps and violations, for tests of just that.
    pub fn forgive_gaps(&self) -> Vec<String> {
        let found = self.findings();
        self.shared.write(|world| {
            world.record.gaps.clear();
            world.record.violations.clear();
        });
        found
    }

    pub fn audit_log(&self, guild: &Guild) -> Vec<AuditEntry> {
        self.shared.read(|world| {
            let entries = world.audit.iter().filter(|entry| entry.guild_id == guild.id());
            entries.map(AuditEntry::of).collect()
        })
    }

    /// Discord's inactivity timer archives a thread.
    pub fn thread_timer_archives(&self, thread: &Thread) {
        self.shared.write(|world| world.archive_by_timer(thread.id()));
    }

    /// Discord's inactivity timer archives every thread that has been silent for its `auto_archive_duration`.
    pub fn run_thread_timers(&self) {
        self.shared.write(World::archive_silent_threads);
    }

    /// Enforces rate limits from now on: requests above them get 429.
    pub fn enforce_rate_limits(&self, enforced: bool) {
        self.shared.write(|world| world.rate_limits.enforced = enforced);
    }

    /// Whether answers carry rate limit headers; yes by default. Without them a bot that minds them works at full speed,
    /// and no bucket refuses anything.
    pub fn announce_rate_limits(&self, announced: bool) {
        self.shared.write(|world| world.rate_limits.silent = !announced);
    }

    /// Delays every request by this real time before acting.
    pub fn latency(&self, latency: Duration) {
        self.shared.write(|world| world.faults.latency = latency);
    }

    pub fn fault(&self, fault: Fault) -> FaultHandle {
        FaultHandle::install(&self.shared, fault)
    }

    pub fn gateway(&self) -> GatewayControl {
        GatewayControl::new(&self.shared)
    }

    fn findings(&self) -> Vec<String> {
        self.gaps().into_iter().chain(self.violations()).collect()
    }
}

impl Drop for Sim {
    fn drop(&mut self) {
        self.server.abort();
        self.gateway().drop_connections();
        if std::thread::panicking() {
            eprintln!("what happened on the simulated Discord:\n{}", self.transcript());
            return;
        }
        if !self.strict {
            return;
        }
        let found = self.findings();
        assert!(
            found.is_empty(),
            "the simulator met what it does not simulate, or the bot broke Discord's description: {found:#?}\n{}",
            self.transcript()
        );
    }
}
