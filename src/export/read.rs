//! Reads a ticket's messages, a page after the other, until there are no more, the time is over or Discord does not
//! answer. Memory is bounded: a page of messages or two, a piece of a file, and the names of the people.

use std::sync::Arc;
use std::time::Duration;

use tokio::time;
use tokio_util::task::TaskTracker;

use super::Format;
use super::cover::{Answers, Facts, PartEnd};
use super::deadline::Deadline;
use super::html::Html;
use super::json::Json;
use super::msg::ExportMsg;
use super::names::Names;
use super::people::People;
use super::press::Press;
use super::render::Render;
use super::text::Text;
use super::write::Writer;
use crate::discord::history::{self, Page};
use crate::discord::rest::{File, Rest};
use crate::discord::{Refusal, RestError, RestResult, application, names};
use crate::domain::history::Message;
use crate::domain::ids::{MessageId, RoleId, ThreadId, UserId};
use crate::domain::zone::Zone;
use crate::i18n::{self, Locale};
use crate::work::Tools;

/// The most bytes of a request with files, less what stands around them (Discord: "Create Message": 25 MiB).
const LARGEST_REQUEST: u64 = (25 << 20) - (64 << 10);

/// The wait before a page that Discord did not return is tried once more. The client has tried it several times by then.
const WAIT: Duration = Duration::from_secs(3);

/// How much longer than its time a page may take.
const LATE: Duration = Duration::from_secs(20);

/// What is exported, and how.
pub struct Order {
    pub facts: Facts,
    pub format: Format,
    /// Of the words in the file.
    pub locale: Locale,
    /// Of the times in the file.
    pub zone: Zone,
    /// Whoever reads it first: other channels than they see have no names.
    pub viewer: Viewer,
    /// The most bytes of a file where it goes; `None`: that of the server's channels.
    pub limit: Option<u64>,
    pub from: Position,
    /// By the monotonic clock.
    pub until: Duration,
    /// Closed when the bot stops; `None`: it is simply ended, and goes on after the next start.
    pub stop: Option<TaskTracker>,
}

/// Where an export begins, or goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The messages after this one.
    pub after: MessageId,
    /// The number of the next part.
    pub part: u32,
    /// Messages in the parts before it.
    pub read: u64,
}

impl Position {
    /// Where a ticket begins.
    pub fn start(thread: ThreadId) -> Self {
        Self { after: MessageId::first_at(thread.created_at()), part: 1, read: 0 }
    }
}

/// Whose sight counts; nobody's: what everybody sees.
#[derive(Clone, Debug, Default)]
pub struct Viewer {
    pub user: Option<UserId>,
    pub roles: Vec<RoleId>,
}

/// A finished part.
pub struct Part {
    pub file: File,
    pub number: u32,
    /// Messages in it.
    pub messages: u64,
    pub end: PartEnd,
    /// Where the next part begins.
    pub next: Position,
    pub reads_content: Option<bool>,
}

/// Where parts go.
pub trait Outlet: Send {
    /// An export that ends early goes on by itself.
    const GOES_ON: bool = false;

    fn deliver(&mut self, part: Part) -> impl Future<Output = RestResult<()>> + Send;

    /// So many messages of about so many are read; 0: it is not known of how many.
    fn on_progress(&mut self, read: u64, total: u64) -> impl Future<Output = ()> + Send;
}

/// What came of it.
#[derive(Debug)]
pub struct Report {
    pub messages: u64,
    /// Parts delivered now.
    pub parts: u32,
    pub reads_content: Option<bool>,
    /// Why messages are missing at the end.
    pub cut: Option<Cut>,
    /// Where it would go on.
    pub next: Position,
}

/// Why an export ends early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// The time is over.
    Time,
    /// Discord's rate limit lasts this long.
    Limited(Duration),
    /// Discord does not answer.
    Silence,
    /// The thread was deleted, or the bot does not see it any more.
    Gone,
    /// The bot stops.
    Stopping,
}

/// Why there is no export.
#[derive(Debug)]
pub enum Failed {
    /// Nothing could be read.
    Unread(RestError),
    /// Discord shows no messages: none are left, or the bot may not read the history.
    Empty,
    /// A part could not be delivered; `resume`: where it goes on after those that were.
    Undelivered {
        fault: RestError,
        resume: Position,
    },
    Internal(anyhow::Error),
}

impl From<anyhow::Error> for Failed {
    fn from(error: anyhow::Error) -> Self {
        Self::Internal(error)
    }
}

/// Exports a ticket.
pub async fn run(tools: Tools<'_>, order: Order, outlet: &mut impl Outlet) -> Result<Report, Failed> {
    let first = order.from.part;
    let mut job = Job::begin(tools, order).await?;
    let cut = job.read_all(outlet).await?;
    if job.writer.read > 0 {
        job.writer.turn(outlet, end_of(cut, outlet)).await?;
    }
    let (writer, next) = (&job.writer, job.writer.position());
    let (messages, reads_content) = (writer.read, writer.facts.reads_content);
    Ok(Report { messages, parts: next.part - first, reads_content, cut, next })
}

fn end_of<O: Outlet>(cut: Option<Cut>, _: &O) -> PartEnd {
    match cut {
        None => PartEnd::Last,
        Some(Cut::Gone) => PartEnd::Cut,
        Some(_) if O::GOES_ON => PartEnd::GoesOn,
        Some(_) => PartEnd::Cut,
    }
}

struct Job<'a> {
    tools: Tools<'a>,
    writer: Writer<'a>,
    viewer: Viewer,
    knows_channels: bool,
    people: People,
    /// The next page, if it was read beside something else.
    ahead: Option<Result<Page, (Cut, RestError)>>,
}

impl<'a> Job<'a> {
    async fn begin(tools: Tools<'a>, order: Order) -> Result<Self, Failed> {
        let Order { mut facts, format, locale, zone, viewer, limit, from, until, stop } = order;
        let (thread, guild, portal, answers) = tokio::join!(
            history::thread(tools.rest, facts.thread),
            names::of_guild(tools.rest, facts.guild),
            application::portal(tools.rest),
            answers_before(tools.rest, &facts, from),
        );
        let (thread, guild) = (thread.map_err(Failed::Unread)?, guild.map_err(Failed::Unread)?);
        facts.reads_content = portal.ok().map(|portal| portal.allows_content);
        (facts.thread_name, facts.guild_name) = (thread.name, guild.name);
        let unknown_role = i18n::render(&locale, &ExportMsg::UnknownRole);
        let renderer: Box<dyn Render> = match format {
            Format::Html => Box::new(Html::new(locale, facts.owner, zone)),
            Format::Json => Box::new(Json::default()),
            Format::Text => Box::new(Text::new(locale, facts.owner, zone)),
        };
        let press = Press::new(renderer, Names::new(facts.guild, guild.roles, unknown_role));
        let limit = limit.unwrap_or(guild.attachment_limit).min(LARGEST_REQUEST);
        let with = (tools, Deadline::new(tools.app, until, stop));
        let writer = Writer::new(with, facts, press, limit, (from, answers), thread.messages).await?;
        Ok(Self { tools, writer, viewer, knows_channels: false, people: People::default(), ahead: None })
    }

    /// `None`: there are no more messages.
    async fn read_all(&mut self, outlet: &mut impl Outlet) -> Result<Option<Cut>, Failed> {
        loop {
            // What was read is written.
            if self.ahead.is_none()
                && let Some(cut) = self.writer.deadline.passed()
            {
                return Ok(Some(cut));
            }
            let page = match self.next_page().await {
                Ok(page) => page,
                Err((_, fault)) if self.writer.read == 0 => return Err(Failed::Unread(fault)),
                Err((cut, _)) => return Ok(Some(cut)),
            };
            let Some(last) = page.last else {
                return if self.writer.read == 0 { Err(Failed::Empty) } else { Ok(None) };
            };
            let goes_on = page.goes_on;
            self.learn_names(&page.messages).await?;
            self.ask_for_people(&page).await?;
            self.writer.print(&Arc::new(page.messages), outlet).await?;
            // Also past messages that could not be read.
            self.writer.after = last;
            if !goes_on {
                return Ok(None);
            }
            if self.ahead.is_none() {
                outlet.on_progress(self.writer.so_far(), self.writer.total).await;
            }
        }
    }

    async fn next_page(&mut self) -> Result<Page, (Cut, RestError)> {
        match self.ahead.take() {
            Some(page) => page,
            None => self.page(self.writer.after).await,
        }
    }

    async fn page(&self, after: MessageId) -> Result<Page, (Cut, RestError)> {
        let left = || self.writer.deadline.left();
        let mut has_waited = false;
        loop {
            let asked = history::page(self.tools.rest, self.writer.facts.thread, after);
            let fault = match time::timeout(left() + LATE, asked).await {
                Ok(Ok(page)) => return Ok(page),
                Ok(Err(fault)) => fault,
                Err(_elapsed) => return Err((Cut::Time, RestError::Uncertain("timed out".to_owned()))),
            };
            let wait = match (&fault, fault.refusal()) {
                (_, Some(Refusal::Unknown | Refusal::MissingAccess | Refusal::MissingPermissions)) => {
                    return Err((Cut::Gone, fault));
                }
                (RestError::Limited(wait), _) if *wait >= left() => return Err((Cut::Limited(*wait), fault)),
                (RestError::Limited(wait), _) => *wait,
                _ if has_waited || fault.is_final() => return Err((Cut::Silence, fault)),
                _ => WAIT,
            };
            has_waited = fault.limited_for().is_none();
            time::sleep(wait).await;
        }
    }

    /// Takes the names that messages tell; those of channels are asked for once they are needed.
    async fn learn_names(&mut self, messages: &[Message]) -> Result<(), Failed> {
        let known = &mut self.writer.press.get()?.names;
        for message in messages {
            known.learn(message);
        }
        if self.knows_channels || !messages.iter().any(|message| message.contains("<#")) {
            return Ok(());
        }
        self.knows_channels = true;
        // Nobody has this id: what everybody sees.
        let user = self.viewer.user.unwrap_or(UserId::new(0));
        let asked = names::of_channels(self.tools.rest, self.writer.facts.guild, user, &self.viewer.roles);
        match self.writer.deadline.before(asked).await {
            Some(Ok(channels)) => self.writer.press.get()?.names.set_channels(channels),
            Some(Err(fault)) => tracing::debug!(%fault, "an export goes without the names of channels"),
            None => {}
        }
        Ok(())
    }

    /// Asks what the people of a page are called on the server, while the next page is read.
    async fn ask_for_people(&mut self, page: &Page) -> Result<(), Failed> {
        if self.writer.deadline.passed().is_some() {
            return Ok(());
        }
        let mut people = std::mem::take(&mut self.people);
        let strangers = people.strangers(&self.writer.facts, &page.messages);
        if strangers.is_empty() {
            self.people = people;
            return Ok(());
        }
        let asked = people.ask(self.tools, self.writer.facts.guild, strangers);
        let next = async {
            match page.last.filter(|_| page.goes_on) {
                Some(last) => Some(self.page(last).await),
                None => None,
            }
        };
        let (found, ahead) = tokio::join!(asked, next);
        (self.people, self.ahead) = (people, ahead);
        let known = &mut self.writer.press.get()?.names;
        for person in &found {
            known.add_member(person);
        }
        Ok(())
    }
}

/// The answers of the form, if the export goes on after messages that hold them. One request.
async fn answers_before(rest: &Rest, facts: &Facts, from: Position) -> Answers {
    let start = Position::start(facts.thread);
    if from.after == start.after {
        return Answers::default();
    }
    match history::page(rest, facts.thread, start.after).await {
        Ok(page) => Answers::among(&page.messages, facts.starter),
        Err(fault) => {
            tracing::debug!(%fault, "an export goes on without the answers of the form");
            Answers::default()
        }
    }
}
