//! Reports on the inboxes of a server: `list` says which ones cannot open tickets and why, `check` also says what else is
//! wrong, and the consequences.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use anyhow::Context as _;

use super::{Admin, channels};
use crate::checkup::{self, CheckMsg, Examiner, LogFacts, ReportFormat};
use crate::discord::guild;
use crate::discord::respond::Reply;
use crate::domain::checkup::{Finding, Panel, Severity, Sight, Use, broken_permissions, check_destination, hidden};
use crate::domain::ids::{ChannelId, InboxId};
use crate::domain::permissions::{self, Permissions};
use crate::error::Result;
use crate::i18n::{self, PermissionList};
use crate::inboxes::InboxMsg;
use crate::journal;
use crate::storage::inboxes::{self, Inbox};
use crate::storage::lifecycle;
use crate::tickets::cards;

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
    let mut text = String::new();
    for (position, inbox) in inboxes.iter().enumerate() {
        let lines = describe(admin, inbox, &sights, foreign.contains(&inbox.id));
        if text.chars().count() + lines.chars().count() > SHOWN {
            let left = (inboxes.len() - position) as u64;
            text.push_str(&i18n::render(&admin.reader, &InboxMsg::MoreInboxes { left }));
            break;
        }
        text.push_str(&lines);
    }
    let msg = InboxMsg::InboxList { count: inboxes.len() as u64 };
    Ok(Reply::Card { msg: msg.into(), preview: Some(text), rows: Vec::new(), in_place: false })
}

/// The inboxes whose messages another application posted. A bot moves from one application to another, never back:
/// everything newer than its own oldest message is its own, so one request is enough if nothing was moved.
async fn foreign_panels(
    examiner: &Examiner<'_>,
    inboxes: &[Inbox],
    sights: &BTreeMap<ChannelId, Sight>,
) -> BTreeSet<InboxId> {
    let is_readable = |inbox: &&Inbox| {
        let needed = Permissions::VIEW_CHANNEL | Permissions::READ_MESSAGE_HISTORY;
        matches!(sights.get(&inbox.channel()), Some(Sight::Seen { bot, .. }) if permissions::missing(needed, *bot).is_empty())
    };
    let mut posted: Vec<_> =
        inboxes.iter().filter(is_readable).filter_map(|inbox| Some((inbox.message()?, inbox))).collect();
    posted.sort_by_key(|(message, _)| *message);
    let mut foreign = BTreeSet::new();
    for (message, inbox) in posted.into_iter().take(LOOKUPS) {
        match examiner.look_at_panel(inbox, message).await {
            Panel::Stands => break,
            Panel::Foreign => _ = foreign.insert(inbox.id),
            _ => {}
        }
    }
    foreign
}

/// One inbox, and one line for each reason why it cannot open tickets.
fn describe(admin: &Admin<'_>, inbox: &Inbox, sights: &BTreeMap<ChannelId, Sight>, is_foreign: bool) -> String {
    let (channel, destination) = (inbox.channel(), inbox.settings.destination);
    let sight = |channel| sights.get(&channel).copied().unwrap_or(Sight::Unknown);
    let heading = match sight(channel) {
        // Deleting a channel deletes its message, also while the bot is offline.
        Sight::Gone => CheckMsg::InboxLineDetached { inbox: inbox.id, channel, destination },
        _ => checkup::heading(inbox),
    };
    let is_hidden = sight(channel) == Sight::Hidden;
    let here =
        [is_hidden.then(|| hidden(channel, Use::Inbox)), is_foreign.then_some(Finding::PanelForeign { channel })];
    let mut found = check_destination(destination, sight(destination));
    found.retain(|finding| finding.severity() == Severity::Broken);
    let permissions = broken_permissions(&found);
    let there = match found.first() {
        None => None,
        Some(Finding::Lacks { .. }) => {
            let msg = InboxMsg::InboxLineForbidden { destination, permissions: PermissionList(permissions) };
            Some(format!("❌ {}", i18n::render(&admin.reader, &msg)))
        }
        Some(other) => Some(checkup::with_mark(&admin.reader, other)),
    };
    let heading = i18n::render(&admin.reader, &heading);
    let here = here.iter().flatten().map(|finding| checkup::with_mark(&admin.reader, finding));
    std::iter::once(heading).chain(here).chain(there).map(|line| line + "\n").collect()
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
    let logs = LogFacts::load(&state.app.db, admin.guild).await.context("find a guild's logs")?;
    let found = examiner.examine(admin.guild, &inboxes, &hidden, &logs).await;
    let mut found = found.map_err(|fault| channels::explain(fault, "look at a guild"))?;
    // Whoever checks may have mended what was wrong.
    cards::on_rights_changed(&state.app, admin.guild);
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
