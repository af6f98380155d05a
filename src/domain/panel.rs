//! A panel: a message of the bot through which members open tickets. It shows inboxes; each inbox's
//! [`settings`](super::settings) decide about its tickets.

use std::time::Duration;

use super::ids::{ChannelId, MessageId, PanelId};

/// A panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Panel {
    pub id: PanelId,
    /// Its current or last channel.
    pub channel: ChannelId,
    /// `None`: the message was deleted.
    pub message: Option<MessageId>,
    /// The slow mode of its channel, in whole seconds.
    pub slowmode: Duration,
}
