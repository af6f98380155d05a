//! Exports for who asked, in private answers: how far it is, the parts, and what is missing.

use std::sync::Arc;
use std::time::Duration;

use anyhow::anyhow;

use super::cover::PartEnd;
use super::msg::ExportMsg;
use super::read::{self, Cut, Failed, Order, Outlet, Part, Position, Report};
use crate::app::{Busy, Exporting, Identity};
use crate::discord::components::{Button, row};
use crate::discord::guild::{BotMember, ChannelFacts};
use crate::discord::respond::{Answer, InteractionResponder, Reply};
use crate::discord::rest::File;
use crate::discord::{BotContext, Refusal, RestError, RestResult, report};
use crate::domain::ids::{ChannelId, GuildId};
use crate::domain::permissions::{self, Permissions};
use crate::error::{Error, Result};
use crate::i18n::{self, Msg, PermissionList, Relative};
use crate::work::Tools;

/// How long messages are read: an answer can be changed for 15 minutes (Discord: "Receiving and Responding"), and the last
/// file needs time, too.
pub const TIME: Duration = Duration::from_mins(14);

/// The time between two messages about the progress.
const BETWEEN: Duration = Duration::from_secs(5);

/// Makes the id of the button that goes on from there.
type Continue = Box<dyn Fn(Position) -> String + Send + Sync>;

/// An export that somebody asked for and may have.
pub struct Commission {
    pub state: Arc<BotContext>,
    pub order: Order,
    /// The channel of the ticket.
    pub parent: ChannelId,
    pub resume: Continue,
    pub running: Exporting,
}

/// Why it cannot begin now.
pub fn busy(busy: Busy) -> ExportMsg {
    match busy {
        Busy::Own => ExportMsg::BusyOwn,
        Busy::All => ExportMsg::BusyAll,
    }
}

impl Commission {
    /// Says that it begins; the rest follows.
    pub fn answer(self) -> Answer {
        let msg = ExportMsg::Begun { number: self.order.facts.name() };
        Answer::continued(msg, |responder| async move { self.carry_out(responder).await })
    }

    async fn carry_out(self, responder: InteractionResponder) {
        let Self { state, order, parent, resume, running } = self;
        let tools = Tools { app: &state.app, rest: &state.rest };
        let (guild, from) = (order.facts.guild, order.from);
        let mut outlet = Person {
            state: &state,
            responder: &responder,
            number: order.facts.name(),
            told_at: state.app.clock.monotonic(),
            held: None,
            resume,
        };
        let done = read::run(tools, order, &mut outlet).await;
        // Another one may begin while the last file is on its way.
        drop(running);
        match done {
            Ok(report) => outlet.finish(&report, from).await,
            Err(Failed::Undelivered { fault, resume }) => outlet.not_delivered(&fault, resume).await,
            Err(failed) => {
                tracing::debug!(guild.id = %guild, after = %from.after, "an export ended without a file");
                let error = explain(&state, guild, parent, from.part > 1, failed).await;
                outlet.say(Reply::Text(report::explain(&state.app, responder.id, error))).await;
            }
        }
    }
}

async fn explain(state: &BotContext, guild: GuildId, channel: ChannelId, is_continued: bool, failed: Failed) -> Error {
    match failed {
        Failed::Empty => match lacks(state, guild, channel).await {
            Ok(missing) if missing.is_empty() || is_continued => ExportMsg::Nothing.into(),
            Ok(missing) => ExportMsg::LacksHistory { channel, permissions: PermissionList(missing) }.into(),
            Err(error) => error,
        },
        Failed::Unread(fault) | Failed::Undelivered { fault, .. } => match fault.refusal() {
            Some(Refusal::Unknown) => ExportMsg::ThreadGone.into(),
            Some(Refusal::MissingAccess | Refusal::MissingPermissions) => ExportMsg::Hidden { channel }.into(),
            _ if fault.limited_for().is_some() => anyhow::Error::new(fault).into(),
            _ => {
                tracing::warn!(%fault, "a ticket could not be read for an export");
                ExportMsg::CutByDiscord.into()
            }
        },
        Failed::Internal(cause) => cause.context("export a ticket").into(),
    }
}

/// What the bot lacks in the channel of the ticket to read it. Three requests.
async fn lacks(state: &BotContext, guild: GuildId, channel: ChannelId) -> Result<Vec<permissions::Permission>> {
    let Identity { bot, .. } = state.app.identity().ok_or_else(|| anyhow!("a command came in before the login"))?;
    let (bot, channel) =
        tokio::join!(BotMember::fetch(&state.rest, guild, bot), ChannelFacts::fetch(&state.rest, channel));
    let bot = bot.map_err(|fault| anyhow::Error::new(fault).context("read the bot as a member"))?;
    // A channel that the bot cannot see hides its threads.
    let granted = channel.map_or(Permissions::NONE, |channel| bot.permissions_in(&channel));
    Ok(permissions::missing(permissions::EXPORT_NEEDS, granted))
}

/// The answers to one person.
struct Person<'a> {
    state: &'a BotContext,
    responder: &'a InteractionResponder,
    number: String,
    /// When they last read how far it is.
    told_at: Duration,
    /// A file that is the only one: it comes with the last words.
    held: Option<File>,
    resume: Continue,
}

impl Outlet for Person<'_> {
    async fn deliver(&mut self, part: Part) -> RestResult<()> {
        if part.number == 1 && part.end != PartEnd::GoesOn {
            self.held = Some(part.file);
            return Ok(());
        }
        let msg = ExportMsg::DonePart { number: self.number.clone(), part: part.number.into(), count: part.messages };
        let reply =
            || Reply::Delivery { lines: vec![msg.clone().into()], files: vec![part.file.clone()], rows: Vec::new() };
        match self.responder.add(&self.state.rest, reply()).await {
            // Rather twice than never.
            Err(fault) if fault.may_have_acted() => self.responder.add(&self.state.rest, reply()).await,
            answered => answered,
        }
    }

    async fn on_progress(&mut self, read: u64, total: u64) {
        let now = self.state.app.clock.monotonic();
        if now.saturating_sub(self.told_at) < BETWEEN {
            return;
        }
        self.told_at = now;
        let number = self.number.clone();
        let msg = if read < total {
            ExportMsg::Progress { number, read, total }
        } else {
            ExportMsg::ProgressUnknown { number, read }
        };
        if let Err(fault) = self.responder.change(&self.state.rest, Reply::Text(msg.into())).await {
            tracing::debug!(%fault, "the progress of an export could not be shown");
        }
    }
}

impl Person<'_> {
    /// Says that everything is there, with the file if it is the only one. It began at `from`.
    async fn finish(&mut self, report: &Report, from: Position) {
        let has_file = self.held.is_some();
        let words = self.last_words(report);
        match self.responder.change(&self.state.rest, words).await {
            Ok(()) => {}
            Err(fault) if has_file => self.not_delivered(&fault, from).await,
            // The files are there.
            Err(_) => {
                let words = self.last_words(report);
                self.say(words).await;
            }
        }
    }

    /// Says that a file could not be delivered. What was delivered before is not made again.
    async fn not_delivered(&self, fault: &RestError, resume: Position) {
        tracing::info!(interaction.id = %self.responder.id, %fault, "an export could not be delivered");
        let reply = if fault.refusal() == Some(Refusal::TooLarge) {
            // It would be too large again.
            Reply::Text(ExportMsg::TooLarge.into())
        } else {
            let lines = vec![ExportMsg::CutByDiscord.into()];
            Reply::Delivery { lines, files: Vec::new(), rows: row([self.go_on(resume)]) }
        };
        self.say(reply).await;
    }

    /// As far as it can still be said: not after the answer's time, and not in a thread that was archived or deleted
    /// meanwhile.
    async fn say(&self, reply: Reply) {
        if let Err(fault) = self.responder.change(&self.state.rest, reply).await {
            tracing::info!(interaction.id = %self.responder.id, %fault, "the end of an export could not be shown");
        }
    }

    /// The button that goes on from there.
    fn go_on(&self, from: Position) -> Button {
        let label = i18n::render(&self.responder.reader, &ExportMsg::ContinueButton);
        Button::secondary((self.resume)(from), label)
    }

    fn last_words(&mut self, report: &Report) -> Reply {
        let number = self.number.clone();
        let (parts, count) = (report.parts.into(), report.messages);
        let mut lines: Vec<Msg> = Vec::new();
        if report.parts > 0 {
            lines.push(match self.held {
                Some(_) => ExportMsg::Done { number, count }.into(),
                None => ExportMsg::DoneParts { number, parts, count }.into(),
            });
        }
        if report.reads_content == Some(false) && report.parts > 0 {
            lines.push(ExportMsg::NoContent.into());
        }
        lines.extend(report.cut.map(|cut| self.why(cut).into()));
        if lines.is_empty() {
            lines.push(ExportMsg::Nothing.into());
        }
        let can_resume = matches!(report.cut, Some(Cut::Time | Cut::Limited(_) | Cut::Silence));
        let rows = row(can_resume.then(|| self.go_on(report.next)));
        Reply::Delivery { lines, files: self.held.take().into_iter().collect(), rows }
    }

    fn why(&self, cut: Cut) -> ExportMsg {
        match cut {
            Cut::Time => ExportMsg::CutByTime,
            Cut::Limited(wait) => ExportMsg::CutByLimit { until: Relative(self.state.app.now() + wait) },
            Cut::Silence => ExportMsg::CutByDiscord,
            Cut::Gone => ExportMsg::CutGone,
            Cut::Stopping => ExportMsg::CutStopping,
        }
    }
}
