//! What is set up in a server, as one value: its settings, its panels, its inboxes with their settings and staff, its
//! canned replies, and the members who are blocked.
//!
//! A file (`crate::server_config`) is a projection of it without rules of its own, and so is storage. Where two of these
//! values are equal, nothing is to be changed.

use super::canned_reply::Name;
use super::clock::Timestamp;
use super::ids::{ChannelId, InboxId, MessageId, PanelId, UserId};
use super::panel::Style;
use super::panel_content::PanelContent;
use super::settings::{InboxSettings, ServerSettings};
use super::staff::StaffMember;

/// Maximum inboxes of a server: far more than anybody needs; bounds what one server can store.
pub const MOST_INBOXES: usize = 250;

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ServerConfig {
    pub server: ServerSettings,
    pub panels: Vec<PanelConfig>,
    /// By panels; those of one panel in the order in which it shows them. Those on no panel come last.
    pub inboxes: Vec<InboxConfig>,
    /// By name.
    pub replies: Vec<ReplyConfig>,
    /// By member.
    pub blocks: Vec<BlockConfig>,
}

/// The numbers of panels that do not exist yet begin here.
pub const FIRST_NEW_PANEL: i64 = 1 << 62;

/// A panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanelConfig {
    /// From [`FIRST_NEW_PANEL`] on: it does not exist yet.
    pub id: PanelId,
    pub channel: ChannelId,
    /// `None`: it was deleted.
    pub message: Option<MessageId>,
    pub style: Style,
    /// What stands above its buttons; `None`: not read, or not to be changed. It is on Discord and not stored.
    pub content: Option<PanelContent>,
}

impl PanelConfig {
    pub const fn is_new(&self) -> bool {
        self.id.get() >= FIRST_NEW_PANEL
    }
}

/// An inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxConfig {
    /// `None`: it does not exist yet.
    pub id: Option<InboxId>,
    /// `None`: it is on no panel.
    pub panel: Option<PanelId>,
    pub settings: InboxSettings,
    pub staff: Vec<StaffMember>,
}

/// An inbox that something else names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum InboxKey {
    Known(InboxId),
    /// It does not exist yet: its place in `inboxes`.
    New(usize),
}

/// A canned reply, known by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyConfig {
    pub name: Name,
    /// `None`: for all inboxes.
    pub inbox: Option<InboxKey>,
    pub text: String,
}

/// A member who cannot open tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct BlockConfig {
    pub user: UserId,
    /// `None`: in the whole server.
    pub inbox: Option<InboxKey>,
    /// `None`: until it is taken back.
    pub ends_at: Option<Timestamp>,
}

impl ServerConfig {
    pub fn inbox(&self, id: InboxId) -> Option<&InboxConfig> {
        self.inboxes.iter().find(|inbox| inbox.id == Some(id))
    }

    pub fn panel(&self, id: PanelId) -> Option<&PanelConfig> {
        self.panels.iter().find(|panel| panel.id == id)
    }

    /// The inboxes of a panel in their order, as their places in `inboxes`.
    pub fn on_panel(&self, id: PanelId) -> impl Iterator<Item = (usize, &InboxConfig)> {
        self.inboxes.iter().enumerate().filter(move |(_, inbox)| inbox.panel == Some(id))
    }

    /// The inboxes that `wanted` has no longer.
    pub fn deleted_in(&self, wanted: &Self) -> impl Iterator<Item = InboxId> {
        self.inboxes.iter().filter_map(|inbox| inbox.id).filter(|id| wanted.inbox(*id).is_none())
    }

    /// The panels that have no inbox in `wanted`, and go with their last one.
    pub fn emptied_in(&self, wanted: &Self) -> impl Iterator<Item = &PanelConfig> {
        self.panels.iter().filter(|panel| wanted.on_panel(panel.id).next().is_none())
    }

    /// Whether `wanted` has something new and lacks something of the same kind. That may be the same one: what has no
    /// number is new each time.
    pub fn is_replaced_in(&self, wanted: &Self) -> bool {
        let has_new_inbox = wanted.inboxes.iter().any(|inbox| inbox.id.is_none());
        let has_new_panel = wanted.panels.iter().any(PanelConfig::is_new);
        has_new_inbox && self.deleted_in(wanted).next().is_some()
            || has_new_panel && self.emptied_in(wanted).next().is_some()
    }

    /// Takes over what was read of the same messages.
    pub fn take_contents_of(&mut self, read: &Self) {
        for panel in &mut self.panels {
            let same =
                read.panel(panel.id).filter(|read| (read.channel, read.message) == (panel.channel, panel.message));
            panel.content = same.and_then(|read| read.content.clone());
        }
    }

    /// The reply with this name.
    pub fn reply(&self, name: &Name) -> Option<&ReplyConfig> {
        self.replies.iter().find(|reply| reply.name.key() == name.key())
    }
}
