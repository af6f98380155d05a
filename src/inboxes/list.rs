//! The inboxes of a guild, and what is wrong with any of them.

use anyhow::Context as _;

use super::{Admin, link};
use crate::discord::guild;
use crate::discord::respond::Reply;
use crate::error::Result;
use crate::i18n::{self, Msg};
use crate::storage::inboxes::{self, Inbox};

/// Characters of the list that are shown (Discord: "Message", embed limits: 4,096), with room for the last line.
const SHOWN: usize = 3_900;

pub async fn show(admin: &Admin<'_>) -> Result<Reply> {
    let inboxes = inboxes::list(&admin.state.app.db, admin.guild).await.context("list inboxes")?;
    if inboxes.is_empty() {
        return Ok(Msg::NoInboxes.into());
    }
    let channels = guild::channels(&admin.state.rest, admin.guild).await.context("list the guild's channels")?;
    let mut text = String::new();
    for (position, inbox) in inboxes.iter().enumerate() {
        let lines = describe(admin, inbox, channels.contains(&inbox.destination));
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

fn describe(admin: &Admin<'_>, inbox: &Inbox, destination_exists: bool) -> String {
    let (channel, destination) = (inbox.channel, inbox.destination);
    let mut lines = vec![match link(inbox) {
        Ok(link) => Msg::InboxLine { inbox: inbox.id, link, destination },
        Err(_detached) => Msg::InboxLineDetached { inbox: inbox.id, channel, destination },
    }];
    if !destination_exists {
        lines.push(Msg::InboxLineNoDestination);
    }
    lines.iter().map(|line| i18n::render(&admin.reader, line) + "\n").collect()
}
