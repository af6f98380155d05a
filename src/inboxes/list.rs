//! Reports on the inboxes of a server: `list` says which ones cannot open tickets and why, `check` also says what else is
//! wrong, and the consequences.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use anyhow::Context as _;

use super::{Admin, channels, panels};
use crate::checkup::{self, CheckMsg, Examiner, ReportFormat, ServerFacts};
use crate::discord::guild;
use crate::discord::respond::Reply;
use crate::domain::checkup::{Finding, Panel, Severity, Sight, Use, broken_permissions, check_destination, hidden};
use crate::domain::ids::{ChannelId, MessageId};
use crate::domain::permissions::{self, Permissions};
use crate::domain::text;
use crate::error::Result;
use crate::i18n::{self, InboxLink, Message, PermissionList};
use crate::inboxes::InboxMsg;
use crate::journal;
use crate::storage::inboxes::{self, Inbox};
use crate::storage::lifecycle;
use crate::tickets::{cards, label};

/// Maximum characters of the list (Discord: "Message", embed limits: 4,096), with room for the last line.
const SHOWN: usize = 3_900;

/// Maximum messages that a list requests.
const LOOKUPS: usize = 10;

pub async fn show(admin: &Admin<'_>) -> Result<Reply> {
    let state = admin.state;
    let inboxes = inboxes::list(&state.app.db, admin.guild).await.context("list inboxes")?;
    if inboxes.is_empty() {
        return Ok(InboxMsg::NoInboxes.into());
    }
    let (view, listed) = tokio::join!(channels::view(admin), guild::channels(&state.rest, admin.guild));
    let (view, listed) = (view?, listed.map_err(|fault| channels::explain(fault, "list the guild's channels"))?);
    let examiner = Examiner { rest: &state.rest, bot: admin.bot()?, now: state.app.now(), pause: Duration::ZERO };
    let used = inboxes.iter().flat_map(|inbox| [inbox.channel(), inbox.settings.destination]);
    let sights = examiner.look_at_channels(&view, &listed, used).await;
    let foreign = foreign_panels(&examiner, &inboxes, &sights).await;
    let facts = Facts { admin, sights: &sights, foreign: &foreign };
    let mut text = String::new();
    let mut left = inboxes.len();
    for group in by_panel(&inboxes) {
        let lines = facts.describe(&group);
        if text.chars().count() + lines.chars().count() > SHOWN {
            text.push_str(&i18n::render(&admin.reader, &InboxMsg::MoreInboxes { left: left as u64 }));
            break;
        }
        text.push_str(&lines);
        left -= group.len();
    }
    let msg = InboxMsg::InboxList { count: inboxes.len() as u64 };
    Ok(Reply::Card { msg: msg.into(), preview: Some(text), rows: Vec::new(), in_place: false })
}

/// The inboxes by panels, each in the order of its panel; the panel with the oldest inbox first.
pub(super) fn by_panel(inboxes: &[Inbox]) -> Vec<Vec<&Inbox>> {
    let panel = |inbox: &Inbox| inbox.panel.map(|panel| panel.id);
    let mut groups: Vec<Vec<&Inbox>> = Vec::new();
    for inbox in inboxes {
        let group = groups.iter_mut().find(|group| panel(inbox).is_some() && panel(group[0]) == panel(inbox));
        match group {
            Some(group) => group.push(inbox),
            None => groups.push(vec![inbox]),
        }
    }
    for group in &mut groups {
        group.sort_by_key(|inbox| (inbox.position, inbox.id));
    }
    groups
}

/// The panels whose messages another application posted. A bot moves from one application to another, never back:
/// everything newer than its own oldest message is its own, so one request is enough if nothing was moved.
async fn foreign_panels(
    examiner: &Examiner<'_>,
    inboxes: &[Inbox],
    sights: &BTreeMap<ChannelId, Sight>,
) -> BTreeSet<MessageId> {
    let is_readable = |inbox: &&Inbox| {
        let needed = Permissions::VIEW_CHANNEL | Permissions::READ_MESSAGE_HISTORY;
        matches!(sights.get(&inbox.channel()), Some(Sight::Seen { bot, .. }) if permissions::missing(needed, *bot).is_empty())
    };
    let posted: BTreeMap<_, _> =
        inboxes.iter().filter(is_readable).filter_map(|inbox| Some((inbox.message()?, inbox))).collect();
    let mut foreign = BTreeSet::new();
    for (message, inbox) in posted.into_iter().take(LOOKUPS) {
        match examiner.look_at_panel(inbox, message).await {
            Panel::Stands => break,
            Panel::Foreign => _ = foreign.insert(message),
            _ => {}
        }
    }
    foreign
}

/// What was found out for the list.
struct Facts<'a> {
    admin: &'a Admin<'a>,
    sights: &'a BTreeMap<ChannelId, Sight>,
    foreign: &'a BTreeSet<MessageId>,
}

impl Facts<'_> {
    /// The inboxes of a panel, and one line for each reason why one cannot open tickets.
    fn describe(&self, group: &[&Inbox]) -> String {
        let mut lines = Vec::new();
        match group {
            [alone] => {
                lines.push(self.say(&self.heading(alone)));
                lines.extend(self.of_panel(alone));
                lines.extend(self.of_tickets(alone));
            }
            [first, ..] => {
                let (channel, count) = (first.channel(), group.len() as u64);
                let is_gone = self.sight(channel) == Sight::Gone;
                lines.push(match first.message().filter(|_| !is_gone) {
                    Some(message) => {
                        let panel = InboxLink { guild: first.guild, channel, message };
                        self.say(&InboxMsg::PanelLine { panel, count })
                    }
                    None => self.say(&InboxMsg::PanelLineDetached { channel, count }),
                });
                lines.extend(self.of_panel(first));
                for inbox in group {
                    let label = text::escape(&label(&inbox.settings.panel, &self.admin.guild_locale));
                    let destination = inbox.settings.destination;
                    lines.push(self.say(&InboxMsg::InboxLineOnPanel { inbox: inbox.id, label, destination }));
                    lines.extend(self.of_tickets(inbox));
                }
            }
            [] => {}
        }
        lines.into_iter().map(|line| line + "\n").collect()
    }

    fn heading(&self, inbox: &Inbox) -> CheckMsg {
        let (channel, destination) = (inbox.channel(), inbox.settings.destination);
        match self.sight(channel) {
            // Deleting a channel deletes its message, also while the bot is offline.
            Sight::Gone => CheckMsg::InboxLineDetached { inbox: inbox.id, channel, destination },
            _ => checkup::heading(inbox),
        }
    }

    /// About the message with its buttons.
    fn of_panel(&self, inbox: &Inbox) -> Vec<String> {
        let channel = inbox.channel();
        let is_hidden = self.sight(channel) == Sight::Hidden;
        let is_foreign = inbox.message().is_some_and(|message| self.foreign.contains(&message));
        let found =
            [is_hidden.then(|| hidden(channel, Use::Inbox)), is_foreign.then_some(Finding::PanelForeign { channel })];
        found.iter().flatten().map(|finding| checkup::with_mark(&self.admin.reader, finding)).collect()
    }

    /// About the channel of its tickets.
    fn of_tickets(&self, inbox: &Inbox) -> Option<String> {
        let destination = inbox.settings.destination;
        let mut found = check_destination(destination, self.sight(destination));
        found.retain(|finding| finding.severity() == Severity::Broken);
        let permissions = broken_permissions(&found);
        match found.first()? {
            Finding::Lacks { .. } => {
                let msg = InboxMsg::InboxLineForbidden { destination, permissions: PermissionList(permissions) };
                Some(format!("❌ {}", self.say(&msg)))
            }
            other => Some(checkup::with_mark(&self.admin.reader, other)),
        }
    }

    fn sight(&self, channel: ChannelId) -> Sight {
        self.sights.get(&channel).copied().unwrap_or(Sight::Unknown)
    }

    fn say(&self, msg: &dyn Message) -> String {
        i18n::render(&self.admin.reader, msg)
    }
}

pub async fn check(admin: &Admin<'_>) -> Result<Reply> {
    let state = admin.state;
    // A check makes many requests: nobody may start many at once.
    let Some(_alone) = state.app.checking.begin_alone(admin.guild) else { return Ok(CheckMsg::Running.into()) };
    let inboxes = inboxes::list_with_staff(&state.app.db, admin.guild).await.context("list inboxes")?;
    if inboxes.is_empty() {
        return Ok(InboxMsg::NoInboxes.into());
    }
    let examiner = Examiner { rest: &state.rest, bot: admin.bot()?, now: state.app.now(), pause: Duration::ZERO };
    let intents = checkup::intents(&state.rest, state.intents).await;
    let hidden = lifecycle::list_hidden(&state.app.db, admin.guild).await.context("list hidden tickets")?;
    let server = ServerFacts::load(&state.app.db, admin.guild).await.context("find a guild's settings")?;
    let found = examiner.examine(admin.guild, &inboxes, &hidden, &server).await;
    let mut found = found.map_err(|fault| channels::explain(fault, "look at a guild"))?;
    // Whoever checks may have mended what was wrong.
    cards::on_rights_changed(&state.app, admin.guild);
    panels::on_rights_changed(&state.app, admin.guild);
    journal::on_rights_changed(&state.app, admin.guild).await?;
    found.guild.splice(0..0, crate::domain::checkup::check_intents(intents));
    found.guild.sort_by_key(crate::domain::checkup::Finding::severity);

    if found.findings().next().is_none() {
        return Ok(CheckMsg::Fine { count: inboxes.len() as u64 }.into());
    }
    let heading = |id| inboxes.iter().find(|(inbox, _)| inbox.id == id).map(|(inbox, _)| checkup::heading(inbox));
    let format = ReportFormat { reader: &admin.reader, max_length: SHOWN };
    let count = |severity| found.count(severity);
    Ok(Reply::Card {
        msg: CheckMsg::Summary {
            broken: count(Severity::Broken),
            risks: count(Severity::Risk),
            notes: count(Severity::Note),
        }
        .into(),
        preview: Some(checkup::report(format, &found, heading)),
        rows: Vec::new(),
        in_place: false,
    })
}
