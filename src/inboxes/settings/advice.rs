//! What follows from a setting: what the bot lacks for it, who could read more by it, what settings mean together.

use std::iter;

use anyhow::Context as _;

use super::book::{Book, Group, Item, Scope};
use super::msg::SettingsMsg;
use super::{CLOSING, DESTINATION, PAUSE, STAFF};
use crate::checkup::{self, Posting};
use crate::discord::application;
use crate::discord::guild::{ChannelFacts, GuildView, Unseen};
use crate::domain::admission::next_opening;
use crate::domain::checkup::{Finding, StaffChannel, StaffChannelTrouble};
use crate::domain::clock::Timestamp;
use crate::domain::hours::Hours;
use crate::domain::ids::ChannelId;
use crate::domain::permissions::{self, Permissions};
use crate::domain::settings::{LogReasons, MentionStaff, SettingValue};
use crate::domain::staff::StaffMember;
use crate::error::Result;
use crate::i18n::{self, MentionList, PermissionList, PointInTime};
use crate::inboxes::Admin;
use crate::inboxes::preflight::{Need, follows, left_out, not_mentionable, without_access};
use crate::storage::inboxes::{self, Inbox};
use crate::storage::{inbox_facts, server_settings};

/// What the settings of a page mean together.
pub(super) fn remarks(admin: &Admin<'_>, book: &Book, group: &str) -> Vec<SettingsMsg> {
    let now = admin.state.app.now();
    let inbox = match book {
        Book::Server { server, .. } if group == PAUSE => {
            let pause = &server.settings.pause;
            return pause_remark(pause.on, pause.until);
        }
        Book::Server { .. } => return Vec::new(),
        Book::Inbox(inbox) if group == PAUSE => {
            let pause = &inbox.settings.pause;
            return pause_remark(pause.on, pause.until);
        }
        Book::Inbox(inbox) => inbox,
    };
    if group == "hours" {
        let hours = &inbox.settings.hours;
        let state = match (&hours.week, next_opening(&inbox.settings, now)) {
            (None, _) => SettingsMsg::HoursNeeded,
            (Some(_), None) => SettingsMsg::OpenNow,
            (Some(_), Some(at)) => SettingsMsg::OpensNext { at: PointInTime(at) },
        };
        let overnight = hours.week.as_ref().is_some_and(Hours::cross_midnight).then_some(SettingsMsg::HoursOvernight);
        return iter::once(state).chain(overnight).collect();
    }
    let (beginning, work) = (&inbox.settings.beginning, &inbox.settings.work);
    let by_card = work.card_channel.is_some() && work.mention_on_card;
    let unnoticed = beginning.mention_staff == MentionStaff::No && !by_card;
    let useless = work.mention_on_card && work.card_channel.is_none();
    let mut remarks = Vec::new();
    if unnoticed && matches!(group, "beginning" | "work") {
        remarks.push(SettingsMsg::NobodyNotices);
    }
    if useless && group == "work" {
        remarks.push(SettingsMsg::MentionNeedsCards);
    }
    if group == "log" && inbox.settings.log.attach_export && inbox.settings.log.channel.is_none() {
        remarks.push(SettingsMsg::ExportNeedsLog);
    }
    if group == CLOSING && inbox.settings.closing.delete_days > 0 {
        remarks.push(match inbox.settings.log.channel.filter(|_| inbox.settings.log.attach_export) {
            Some(channel) => SettingsMsg::DeleteExported { channel },
            None => SettingsMsg::DeleteWithoutExport,
        });
    }
    let below = &inbox.settings.message;
    if group == "beginning" && !(below.embeds.is_empty() && below.files.is_empty()) {
        let (embeds, files) = (below.embeds.len() as u64, below.files.len() as u64);
        remarks.push(SettingsMsg::BelowFirst { embeds, files });
    }
    if inbox.is_emoji_refused && group == super::PANEL {
        remarks.push(SettingsMsg::EmojiRefused);
    }
    remarks
}

/// The pauses that last: of the inbox, and of the whole server.
pub(super) async fn pauses(admin: &Admin<'_>, book: &Book) -> Result<Vec<SettingsMsg>> {
    let now = admin.state.app.now();
    let (own, lasts) = match book {
        Book::Inbox(inbox) => (remarks(admin, book, PAUSE), inbox.settings.pause.lasts(now)),
        Book::Server { server, .. } => (remarks(admin, book, PAUSE), server.settings.pause.lasts(now)),
    };
    let own = own.into_iter().filter(|_| lasts);
    Ok(own.chain(server_pause(admin, book).await?).collect())
}

/// The pause of the whole server, as it concerns an inbox.
async fn server_pause(admin: &Admin<'_>, book: &Book) -> Result<Option<SettingsMsg>> {
    let Book::Inbox(_) = book else { return Ok(None) };
    let found = server_settings::find(&admin.state.app.db, admin.guild).await.context("read a server's settings")?;
    let pause = found.map(|server| server.settings.pause).filter(|pause| pause.lasts(admin.state.app.now()));
    Ok(pause.map(|pause| match pause.until {
        Some(until) => SettingsMsg::ServerPausedUntil { until: PointInTime(until) },
        None => SettingsMsg::ServerPausedNow,
    }))
}

/// Notes on the page about pauses of an inbox that the whole server is paused.
pub(super) async fn mark_server_pause(admin: &Admin<'_>, book: &Book, group: &mut Group) -> Result<()> {
    if group.heading.key == PAUSE {
        group.server_pause = server_pause(admin, book).await?;
    }
    Ok(())
}

fn pause_remark(is_on: bool, until: Option<Timestamp>) -> Vec<SettingsMsg> {
    match (is_on, until) {
        (true, None) => vec![SettingsMsg::PausedNow],
        (true, Some(until)) => vec![SettingsMsg::PausedUntil { until: PointInTime(until) }],
        (false, Some(until)) => vec![SettingsMsg::PauseIsOff { until: PointInTime(until) }],
        (false, None) => Vec::new(),
    }
}

/// Marks the channels of a group that were deleted. One request for each; without an answer they are taken to exist.
pub(super) async fn mark_gone(admin: &Admin<'_>, group: &mut Group) {
    for item in &mut group.items {
        let SettingValue::Channel(Some(channel)) = item.now else { continue };
        item.is_gone = matches!(ChannelFacts::fetch(&admin.state.rest, channel).await, Err(Unseen::Gone));
    }
}

/// What is said of a setting whose channel was deleted.
pub(super) fn gone(item: &Item) -> Option<Finding> {
    let SettingValue::Channel(Some(channel)) = item.now else { return None };
    let usage = match item.key {
        DESTINATION => return Some(Finding::DestinationGone),
        "work.card_channel" => StaffChannel::Cards,
        _ => StaffChannel::Log,
    };
    Some(Finding::StaffChannel { channel, usage, trouble: StaffChannelTrouble::Gone })
}

/// Checks a setting that was just changed. Costs requests only for those that depend on Discord.
pub(super) async fn check(admin: &Admin<'_>, book: &Book, key: &str) -> Vec<String> {
    match find(admin, book, key).await {
        Ok(found) => found,
        Err(Unchecked) => vec![i18n::render(&admin.reader, &SettingsMsg::NotChecked)],
    }
}

/// Discord or the database did not answer; logged already.
struct Unchecked;

type Checked<T> = std::result::Result<T, Unchecked>;

async fn find(admin: &Admin<'_>, book: &Book, key: &str) -> Checked<Vec<String>> {
    let scope = book.scope();
    let inbox = match book {
        Book::Server { server, .. } => {
            let log = &server.settings.log;
            let is_about_log = key == "log.channel" || key == "log.reasons" && log.reasons;
            let Some(channel) = log.channel.filter(|_| is_about_log) else { return Ok(Vec::new()) };
            return check_posting(admin, scope, channel, StaffChannel::Log).await;
        }
        Book::Inbox(inbox) => inbox,
    };
    let settings = &inbox.settings;
    let mut found = Vec::new();
    match key {
        DESTINATION => found.extend(check_destination(admin, inbox).await?),
        STAFF => {
            let (view, channel) = look(admin, settings.destination).await?;
            let findings = left_out(&view, &channel, settings, &staff_of(admin, scope).await?);
            found.extend(findings.iter().map(|finding| checkup::with_mark(&admin.reader, finding)));
            if let Some(cards) = settings.work.card_channel {
                found.extend(check_card_staff(admin, inbox, cards).await?);
            }
        }
        "message.embeds" => found.extend(check_need(admin, inbox, Need::FirstMessage).await?),
        "form.questions" => found.extend(check_need(admin, inbox, Need::Form).await?),
        "closing.delete_days" => found.extend(check_need(admin, inbox, Need::Deletion).await?),
        "beginning.mention_staff" if settings.beginning.mention_staff != MentionStaff::No => {
            let (view, channel) = look(admin, settings.destination).await?;
            let roles = not_mentionable(&view, &channel, &staff_of(admin, scope).await?);
            let finding = Finding::RolesNotMentionable { channel: channel.id, roles: roles.clone() };
            found.extend((!roles.is_empty()).then(|| checkup::with_mark(&admin.reader, &finding)));
        }
        "work.card_channel" | "work.mention_on_card" => {
            if let Some(channel) = settings.work.card_channel {
                if key == "work.card_channel" {
                    found.extend(check_posting(admin, scope, channel, StaffChannel::Cards).await?);
                }
                found.extend(check_card_staff(admin, inbox, channel).await?);
            }
        }
        "log.reasons" if settings.log.reasons == LogReasons::Never => {}
        "log.channel" | "log.attach_export" | "log.reasons" => {
            if let Some(channel) = settings.log.channel {
                found.extend(check_posting(admin, scope, channel, StaffChannel::Log).await?);
                if settings.log.attach_export && key != "log.reasons" {
                    found.extend(check_export(admin, inbox, channel).await?);
                }
            }
        }
        _ => {}
    }
    Ok(found)
}

/// The new channel of tickets: what the bot lacks there that is not required, who of the staff cannot see or hear of
/// them, what depends on it, and who else could read them.
async fn check_destination(admin: &Admin<'_>, inbox: &Inbox) -> Checked<Vec<String>> {
    let (view, channel) = look(admin, inbox.settings.destination).await?;
    let staff = staff_of(admin, Scope::Inbox(inbox.id)).await?;
    let sight = crate::domain::checkup::Sight::Seen {
        bot: view.bot.granted_in(&channel),
        allows_private_threads: channel.allows_private_threads,
    };
    let mut findings = crate::domain::checkup::check_destination(channel.id, sight);
    findings.extend(left_out(&view, &channel, &inbox.settings, &staff));
    findings.sort_by_key(Finding::severity);
    let found = findings.iter().map(|finding| checkup::with_mark(&admin.reader, finding));
    Ok(found.chain(follows(admin, &view, &channel, &inbox.settings, &staff)).collect())
}

/// What the bot lacks in the channel of the tickets for one part of the inbox.
async fn check_need(admin: &Admin<'_>, inbox: &Inbox, need: Need) -> Checked<Option<String>> {
    if need.permissions(&inbox.settings) == Permissions::NONE {
        return Ok(None);
    }
    let (view, channel) = look(admin, inbox.settings.destination).await?;
    Ok(need.check(admin, &view, &channel, &inbox.settings))
}

/// A channel of cards or of a log.
async fn check_posting(
    admin: &Admin<'_>,
    scope: Scope,
    channel: ChannelId,
    usage: StaffChannel,
) -> Checked<Vec<String>> {
    let staff = staff_of(admin, scope).await?;
    let posting = Posting { channel, usage, needs: usage.needs(), staff: &staff };
    let bot = admin.bot().map_err(|_| Unchecked)?;
    let found = posting.check(&admin.state.rest, admin.guild, bot).await.map_err(|fault| {
        tracing::warn!(channel.id = %channel, %fault, "could not check a channel of the settings");
        Unchecked
    })?;
    Ok(found.iter().map(|finding| checkup::with_mark(&admin.reader, finding)).collect())
}

/// What exports into a log lack: rights, and the texts of members.
async fn check_export(admin: &Admin<'_>, inbox: &Inbox, log: ChannelId) -> Checked<Vec<String>> {
    let mut found = Vec::new();
    let places = [(log, Permissions::ATTACH_FILES), (inbox.settings.destination, permissions::EXPORT_NEEDS)];
    for (channel, needs) in places {
        let Some((view, facts)) = look_if_seen(admin, channel).await? else { continue };
        let missing = permissions::missing(needs, view.bot.granted_in(&facts));
        if !missing.is_empty() {
            found.push(SettingsMsg::ExportLacks { channel, permissions: PermissionList(missing) });
        }
    }
    let portal = application::portal(&admin.state.rest).await;
    if portal.is_ok_and(|portal| !portal.allows_content) {
        found.push(SettingsMsg::ExportWithoutContent);
    }
    Ok(found.iter().map(|msg| i18n::render(&admin.reader, msg)).collect())
}

/// Staff roles that cannot see the cards, or are not notified by a mention on them.
async fn check_card_staff(admin: &Admin<'_>, inbox: &Inbox, channel: ChannelId) -> Checked<Vec<String>> {
    let Some((view, facts)) = look_if_seen(admin, channel).await? else { return Ok(Vec::new()) };
    let staff = staff_of(admin, Scope::Inbox(inbox.id)).await?;
    let mut found = Vec::new();
    let blind = without_access(&view, &facts, &staff);
    if !blind.is_empty() {
        found.push(SettingsMsg::CardsBlind { channel, staff: MentionList(blind) });
    }
    let unheard = not_mentionable(&view, &facts, &staff);
    if !unheard.is_empty() && inbox.settings.work.mention_on_card {
        found.push(SettingsMsg::CardsNotMentionable { channel, staff: MentionList(unheard) });
    }
    Ok(found.iter().map(|msg| i18n::render(&admin.reader, msg)).collect())
}

/// The staff of the inbox, or of all inboxes of the server.
async fn staff_of(admin: &Admin<'_>, scope: Scope) -> Checked<Vec<StaffMember>> {
    let db = &admin.state.app.db;
    let staff = match scope {
        Scope::Inbox(inbox) => inboxes::list_staff(db, inbox).await,
        Scope::Server => inbox_facts::staff(db, admin.guild).await,
    };
    staff.map_err(|error| {
        tracing::error!(guild.id = %admin.guild, %error, "could not list the staff for a check of settings");
        Unchecked
    })
}

async fn look(admin: &Admin<'_>, channel: ChannelId) -> Checked<(GuildView, ChannelFacts)> {
    look_if_seen(admin, channel).await?.ok_or(Unchecked)
}

/// `None`: the channel is hidden or gone.
async fn look_if_seen(admin: &Admin<'_>, channel: ChannelId) -> Checked<Option<(GuildView, ChannelFacts)>> {
    let rest = &admin.state.rest;
    let bot = admin.bot().map_err(|_| Unchecked)?;
    let (view, facts) = tokio::join!(GuildView::fetch(rest, admin.guild, bot), ChannelFacts::fetch(rest, channel));
    let fault = match (view, facts) {
        (Ok(view), Ok(facts)) => return Ok(Some((view, facts))),
        (Ok(_), Err(Unseen::Gone | Unseen::Hidden)) => return Ok(None),
        (Err(fault), _) | (_, Err(Unseen::RestError(fault))) => fault,
    };
    tracing::warn!(channel.id = %channel, %fault, "could not check what a setting depends on");
    Err(Unchecked)
}
