//! The inboxes of a guild, and why any of them can't open tickets. All that may be wrong is in `check`.

use anyhow::Context as _;

use super::{Admin, channels};
use crate::checkup;
use crate::discord::guild::{self, ChannelFacts, GuildView};
use crate::discord::respond::Reply;
use crate::domain::checkup::{Finding, Severity, Sight, broken_permissions, check_destination};
use crate::error::Result;
use crate::i18n::{self, Msg, PermissionList};
use crate::storage::inboxes::{self, Inbox};

/// Characters of the list that are shown (Discord: "Message", embed limits: 4,096), with room for the last line.
pub(super) const SHOWN: usize = 3_900;

pub async fn show(admin: &Admin<'_>) -> Result<Reply> {
    let inboxes = inboxes::list(&admin.state.app.db, admin.guild).await.context("list inboxes")?;
    if inboxes.is_empty() {
        return Ok(Msg::NoInboxes.into());
    }
    let (view, channels) = tokio::join!(channels::view(admin), guild::channels(&admin.state.rest, admin.guild));
    let (view, channels) = (view?, channels.context("list the guild's channels")?);
    let mut text = String::new();
    for (position, inbox) in inboxes.iter().enumerate() {
        let lines = describe(admin, inbox, &view, &channels);
        if text.chars().count() + lines.chars().count() > SHOWN {
            let left = (inboxes.len() - position) as u64;
            text.push_str(&i18n::render(&admin.reader, &Msg::MoreInboxes { left }));
            break;
        }
        text.push_str(&lines);
    }
    let msg = Msg::InboxList { count: inboxes.len() as u64 };
    Ok(Reply::Card { msg, preview: Some(text), rows: Vec::new(), in_place: false })
}

/// One inbox, and in a line of its own why it can't open tickets.
fn describe(admin: &Admin<'_>, inbox: &Inbox, view: &GuildView, channels: &[ChannelFacts]) -> String {
    let (channel, destination) = (inbox.channel, inbox.destination);
    let find = |wanted| channels.iter().find(|channel| channel.id == wanted);
    let heading = match find(channel) {
        Some(_) => checkup::heading(inbox),
        // A message goes with its channel, also while nobody listens.
        None => Msg::InboxLineDetached { inbox: inbox.id, channel, destination },
    };
    let sight = find(destination).map_or(Sight::Gone, |found| checkup::see(view, found));
    let mut found = check_destination(destination, sight);
    found.retain(|finding| finding.severity() == Severity::Broken);
    let permissions = broken_permissions(&found);
    let trouble = match found.first() {
        None => None,
        Some(Finding::Lacks { .. }) => {
            let msg = Msg::InboxLineForbidden { destination, permissions: PermissionList(permissions) };
            Some(format!("❌ {}", i18n::render(&admin.reader, &msg)))
        }
        Some(other) => Some(checkup::with_mark(&admin.reader, other)),
    };
    let heading = i18n::render(&admin.reader, &heading);
    std::iter::once(heading).chain(trouble).map(|line| line + "\n").collect()
}
