//! What serenity tells nobody but its log.
//!
//! After the close codes 4010 and 4011 it goes on as if nothing had happened, and spins; after 4012 it connects again,
//! and again, without a pause. A lost session it replaces at its own pace, whatever Discord allows. The only trace is a line in the log. So the gateway's thread, which is ours alone, has a
//! log of its own that hears these lines and hands everything on to the usual one. Whether the operator's filter shows
//! them does not matter. The wording is serenity 0.12.5's; `tests/e2e/gateway_closes.rs` fails when it changes.

use std::fmt::{self, Write as _};
use std::sync::Arc;

use tokio::sync::mpsc::UnboundedSender;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Dispatch, Event, Level, Metadata, Subscriber};

use super::client::Signs;
use super::said::{Said, Trouble};

/// Where serenity says it.
const TARGETS: [&str; 2] = ["serenity::gateway::shard", "serenity::gateway::bridge::shard_runner"];

/// Resumes in a row without success after which they are left to a client that waits in between.
const RESUMES: u32 = 10;

pub(super) struct Overheard {
    usual: Dispatch,
    most: LevelFilter,
    said: UnboundedSender<Said>,
    signs: Arc<Signs>,
}

impl Overheard {
    /// Hands everything on to `usual`.
    pub(super) fn new(usual: Dispatch, said: UnboundedSender<Said>, signs: Arc<Signs>) -> Self {
        let most = LevelFilter::current().max(LevelFilter::DEBUG);
        Self { usual, most, said, signs }
    }

    fn listens_to(metadata: &Metadata<'_>) -> bool {
        metadata.is_event() && TARGETS.contains(&metadata.target()) && *metadata.level() <= Level::DEBUG
    }

    fn hear(&self, line: &str) {
        let said = if line.contains("Sent invalid shard data") {
            Said::InvalidShard
        } else if line.contains("Shard has too many guilds") {
            Said::TooFewShards
        } else if line.contains("Unknown unclean close 4012") {
            Said::InvalidVersion
        } else if line.contains("Attempting to resume") && self.signs.count_resume() == RESUMES {
            Said::Trouble(Trouble::SentAway)
        } else if line.contains("Requesting restart") {
            Said::Trouble(Trouble::SessionLost)
        } else {
            return;
        };
        let _nobody_listens_any_more = self.said.send(said);
    }
}

impl Subscriber for Overheard {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        let usual = self.usual.register_callsite(metadata);
        if Self::listens_to(metadata) { Interest::sometimes() } else { usual }
    }

    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        Self::listens_to(metadata) || self.usual.enabled(metadata)
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(self.most)
    }

    fn event(&self, event: &Event<'_>) {
        if Self::listens_to(event.metadata()) {
            let mut line = Line::default();
            event.record(&mut line);
            self.hear(&line.0);
            if !self.usual.enabled(event.metadata()) {
                return;
            }
        }
        self.usual.event(event);
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.usual.new_span(span)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        self.usual.record(span, values);
    }

    fn record_follows_from(&self, span: &Id, follows: &Id) {
        self.usual.record_follows_from(span, follows);
    }

    fn enter(&self, span: &Id) {
        self.usual.enter(span);
    }

    fn exit(&self, span: &Id) {
        self.usual.exit(span);
    }

    fn clone_span(&self, id: &Id) -> Id {
        self.usual.clone_span(id)
    }

    fn try_close(&self, id: Id) -> bool {
        self.usual.try_close(id)
    }
}

/// The text of a line, which is looked at and dropped.
#[derive(Default)]
struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            let _written = write!(self.0, "{value:?}");
        }
    }
}
