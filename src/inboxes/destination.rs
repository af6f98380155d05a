//! Sets the channel for an inbox's new tickets.

use super::{Admin, channels, link};
use crate::discord::respond::Reply;
use crate::domain::ids::ChannelId;
use crate::error::Result;
use crate::inboxes::InboxMsg;
use crate::storage::inboxes::Inbox;

pub(super) async fn set(admin: &Admin<'_>, inbox: &Inbox, destination: ChannelId) -> Result<Reply> {
    if inbox.settings.destination == destination {
        // As a refusal, so that another inbox can be selected.
        return Err(InboxMsg::DestinationUnchanged { destination }.into());
    }
    channels::check_destination(admin, destination).await?;
    admin.change_settings(inbox.id, None, |settings| settings.destination = destination).await?;
    tracing::info!(inbox.id = %inbox.id, channel.id = %destination, "destination changed");
    Ok(match link(inbox) {
        Ok(inbox) => InboxMsg::DestinationSet { inbox, destination }.into(),
        Err(_detached) => InboxMsg::DestinationSetDetached { inbox: inbox.id, destination }.into(),
    })
}
