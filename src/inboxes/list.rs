//! The inboxes of a guild, and what is wrong with any of them.

use anyhow::Context as _;

use super::{Admin, channels, link};
use crate::discord::guild::{self, BotMember, ChannelFacts};
use crate::discord::respond::Reply;
use crate::domain::permissions::DESTINATION_NEEDS;
use crate::error::Result;
use crate::i18n::{self, Msg, PermissionList};
use crate::storage::inboxes::{self, Inbox};

/// Characters of the list that are shown (Discord: "Message", embed limits: 4,096), with room for the last line.
const SHOWN: usize = 3_900;

pub async fn show(admin: &Admin<'_>) -> Result<Reply> {
    let inboxes = inboxes::list(&admin.state.app.db, admin.guild).await.context("list inboxes")?;
    if inboxes.is_empty() {
        return Ok(Msg::NoInboxes.into());
    }
    let (bot, channels) = tokio::join!(channels::bot_member(admin), guild::channels(&admin.state.rest, admin.guild));
    let (bot, channels) = (bot?, channels.context("list the guild's channels")?);
    let mut text = String::new();
    for (position, inbox) in inboxes.iter().enumerate() {
        let lines = describe(admin, inbox, &bot, &channels);
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

/// One inbox, and in lines of their own why it can't open tickets.
fn describe(admin: &Admin<'_>, inbox: &Inbox, bot: &BotMember, channels: &[ChannelFacts]) -> String {
    let (channel, destination) = (inbox.channel, inbox.destination);
    let find = |wanted| channels.iter().find(|channel| channel.id == wanted);
    // A message goes with its channel, also while nobody listens.
    let link = link(inbox).ok().filter(|_| find(channel).is_some());
    let mut lines = vec![match link {
        Some(link) => Msg::InboxLine { inbox: inbox.id, link, destination },
        None => Msg::InboxLineDetached { inbox: inbox.id, channel, destination },
    }];
    match find(destination).map(|found| channels::lacks(bot, found, DESTINATION_NEEDS)) {
        None => lines.push(Msg::InboxLineNoDestination),
        Some(lacking) if lacking.is_empty() => {}
        Some(lacking) => lines.push(Msg::InboxLineForbidden { destination, permissions: PermissionList(lacking) }),
    }
    lines.iter().map(|line| i18n::render(&admin.reader, line) + "\n").collect()
}
