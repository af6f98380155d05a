//! A panel: a message of the bot through which tickets are opened. It shows inboxes; what happens to their tickets is decided by
//! each inbox's [`settings`](super::settings).

use std::time::Duration;

use super::ids::{ChannelId, MessageId, PanelId};

/// A panel as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Panel {
    pub id: PanelId,
    /// Where it stands, or stood.
    pub channel: ChannelId,
    /// `None`: the message is gone.
    pub message: Option<MessageId>,
    /// The slow mode of its channel, in whole seconds.
    pub slowmode: Duration,
}
