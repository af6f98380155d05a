//! `ticketbot check`: prints to standard output why inboxes of any server do not work.
//!
//! Logs in with the token but opens no session, so it works while the bot runs. Names everything by id, so its report
//! can be shared.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use super::print;
use crate::app::DiscordTime;
use crate::bot::{Login, OnLimit, explain_fault};
use crate::checkup::{self, CheckMsg, Examiner, ReportFormat, ServerFacts};
use crate::cli::Check;
use crate::config::{Environment, Loaded, Settings};
use crate::database;
use crate::discord::Refusal;
use crate::discord::rest::Rest;
use crate::discord::rest_error::RestError;
use crate::domain::checkup::{Checkup, Severity, check_content, check_intents};
use crate::domain::clock::SystemClock;
use crate::domain::ids::GuildId;
use crate::domain::staff::StaffMember;
use crate::failure::Failure;
use crate::i18n::{self, Locale};
use crate::storage::inboxes::{self, Inbox};
use crate::storage::lifecycle::{self, Hidden};
use crate::storage::{self, guilds};

/// At most ten requests a second of the fifty that Discord allows a bot: a running bot keeps the rest.
const PAUSE: Duration = Duration::from_millis(100);

pub(super) async fn run(_: &Check, loaded: Loaded, _: &Environment) -> Result<(), Failure> {
    let Loaded { settings, token, .. } = loaded;
    let token = token?.ok_or_else(|| {
        Failure::config("There is no bot token").help(
            "Set `bot.token_file` or `bot.token` in the configuration, or the environment variable TICKETBOT_TOKEN.",
        )
    })?;
    // Report what needs no database in any case.
    let stored = stored(&settings).await;
    let time = Arc::new(DiscordTime::new(Arc::new(SystemClock::start())));
    let rest =
        Rest::new(&settings.discord.api_base, &token, Arc::clone(&time)).map_err(|fault| explain_fault(&fault))?;
    let login = Login::complete(&rest, OnLimit::Fail).await?;
    let mut report = Report::default();
    let facts = checkup::intents(&rest, settings.intents).await;
    let guild = check_intents(facts).into_iter().chain(check_content(facts.portal)).collect();
    report.print_guild(&Checkup { guild, inboxes: Vec::new() })?;

    let guilds = stored?;
    if guilds.is_empty() {
        report.print_line(&CheckMsg::NothingYet)?;
    }
    let now = time.now();
    let examiner = Examiner { rest: &rest, bot: login.identity.bot, now, pause: PAUSE };
    for (guild, inboxes, hidden, server) in guilds {
        let found = examiner.examine(guild, &inboxes, &hidden, &server).await;
        report.add(guild, &inboxes, found)?;
    }
    report.end()
}

type Stored = Vec<(GuildId, Vec<(Inbox, Vec<StaffMember>)>, Vec<Hidden>, ServerFacts)>;

/// The inboxes, the hidden tickets and the settings of every server that the database counts as joined.
async fn stored(settings: &Settings) -> Result<Stored, Failure> {
    let db = database::open_for_questions(settings).await?;
    let explain = |error: storage::Error| Failure::runtime("The database cannot be read").cause(error);
    let mut stored = Vec::new();
    for guild in guilds::list_present(&db).await.map_err(explain)? {
        let inboxes = inboxes::list_with_staff(&db, guild).await.map_err(explain)?;
        if !inboxes.is_empty() {
            let hidden = lifecycle::list_hidden(&db, guild).await.map_err(explain)?;
            let server = ServerFacts::load(&db, guild).await.map_err(explain)?;
            stored.push((guild, inboxes, hidden, server));
        }
    }
    db.close().await;
    Ok(stored)
}

/// The output so far.
#[derive(Debug, Default)]
struct Report {
    reader: Locale,
    broken: u64,
    risks: u64,
    notes: u64,
    /// Servers that could not be checked.
    unseen: u64,
}

impl Report {
    fn add(
        &mut self,
        guild: GuildId,
        inboxes: &[(Inbox, Vec<StaffMember>)],
        found: Result<Checkup, RestError>,
    ) -> Result<(), Failure> {
        let (id, count) = (guild.to_string(), inboxes.len() as u64);
        match found {
            Ok(found) if found.findings().next().is_none() => {
                self.print_line(&CheckMsg::ServerFine { guild: id, count })
            }
            Ok(found) => {
                self.print_line(&CheckMsg::Server { guild: id, count })?;
                self.print_findings(&found, inboxes)
            }
            Err(fault) => match fault.refusal() {
                Some(Refusal::Token) => Err(explain_fault(&fault)),
                Some(Refusal::Unknown | Refusal::MissingAccess) => self.print_line(&CheckMsg::ServerLeft { guild: id }),
                _ => {
                    self.unseen += 1;
                    self.print_line(&CheckMsg::ServerUncertain { guild: id, cause: fault.to_string() })
                }
            },
        }
    }

    fn print_guild(&mut self, found: &Checkup) -> Result<(), Failure> {
        self.print_findings(found, &[])
    }

    /// Counts and prints findings, each inbox with its number, channel and destination.
    fn print_findings(&mut self, found: &Checkup, inboxes: &[(Inbox, Vec<StaffMember>)]) -> Result<(), Failure> {
        self.broken += found.count(Severity::Broken);
        self.risks += found.count(Severity::Risk);
        self.notes += found.count(Severity::Note);
        let heading = |id| inboxes.iter().find(|(inbox, _)| inbox.id == id).map(|(inbox, _)| checkup::heading(inbox));
        let format = ReportFormat { reader: &self.reader, max_length: usize::MAX };
        let mut text = String::new();
        for line in checkup::report(format, found, heading).lines() {
            let _written = writeln!(text, "  {}", plain(line));
        }
        print(&text)
    }

    fn print_line(&self, msg: &CheckMsg) -> Result<(), Failure> {
        print(&(plain(&i18n::render(&self.reader, msg)) + "\n"))
    }

    fn end(self) -> Result<(), Failure> {
        let Self { broken, risks, notes, unseen, .. } = self;
        self.print_line(&CheckMsg::Summary { broken, risks, notes })?;
        if broken > 0 {
            let happened = i18n::render(&self.reader, &CheckMsg::Broken { broken });
            return Err(Failure::runtime(happened).help("The lines with ❌ say what to do about each."));
        }
        if unseen > 0 {
            return Err(Failure::runtime("Not every server could be checked").help("Check again in a few minutes."));
        }
        Ok(())
    }
}

/// Removes marks that only Discord's client renders. Keeps mentions: pasted into a channel, they show names.
fn plain(text: &str) -> String {
    text.replace('*', "")
}
