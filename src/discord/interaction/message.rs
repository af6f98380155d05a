//! A selected message, as far as it is copied. Its application is not read; of its author only who it is; of stickers, poll, components and
//! forwards only their presence. An embed or file of unknown shape is left out without affecting the rest.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use crate::discord::lenient;
use crate::domain::custom_id;
use crate::domain::ids::{ChannelId, MessageId, UserId};

/// A message whose context menu was used.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says whether there is something that is not copied")]
pub struct SelectedMessage {
    pub id: MessageId,
    pub channel: Option<ChannelId>,
    /// A webhook has an id of its own.
    pub author: Option<UserId>,
    /// Written by a bot or a webhook.
    pub is_by_bot: bool,
    pub content: String,
    pub attachments: Vec<SelectedAttachment>,
    pub embeds: Vec<SelectedEmbed>,
    pub has_stickers: bool,
    pub has_poll: bool,
    /// A forwarded message.
    pub has_forward: bool,
    pub has_components: bool,
}

/// A file of the message, with an address and a name.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SelectedAttachment {
    #[serde(deserialize_with = "lenient::number")]
    pub id: Option<u64>,
    pub url: String,
    pub filename: String,
    #[serde(deserialize_with = "lenient::option")]
    pub content_type: Option<String>,
    /// Bytes; `None` if Discord omits it.
    #[serde(deserialize_with = "lenient::number")]
    pub size: Option<u64>,
    /// Discord: "Message", attachment flags.
    #[serde(deserialize_with = "lenient::bits")]
    pub flags: Option<u64>,
    /// Alternative text.
    #[serde(deserialize_with = "lenient::option")]
    pub description: Option<String>,
}

/// `IS_SPOILER` (Discord: "Message", attachment flags).
const SPOILER: u64 = 1 << 3;

impl SelectedAttachment {
    /// Whether its flag says so; its name may say it, too.
    pub fn is_spoiler(&self) -> bool {
        self.flags.is_some_and(|flags| flags & SPOILER != 0)
    }
}

/// An embed's content, without what Discord derives from a URL (provider, video).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SelectedEmbed {
    /// `rich` if written by hand, `poll_result` and others if by Discord.
    #[serde(rename = "type", deserialize_with = "lenient::option")]
    pub kind: Option<String>,
    #[serde(deserialize_with = "lenient::option")]
    pub title: Option<String>,
    #[serde(deserialize_with = "lenient::option")]
    pub description: Option<String>,
    #[serde(deserialize_with = "lenient::option")]
    pub url: Option<String>,
    /// ISO 8601, unchanged.
    #[serde(deserialize_with = "lenient::option")]
    pub timestamp: Option<String>,
    #[serde(deserialize_with = "lenient::number")]
    pub color: Option<u32>,
    #[serde(deserialize_with = "lenient::option")]
    pub image: Option<Picture>,
    #[serde(deserialize_with = "lenient::option")]
    pub thumbnail: Option<Picture>,
    #[serde(deserialize_with = "lenient::option")]
    pub footer: Option<Footer>,
    #[serde(deserialize_with = "lenient::option")]
    pub author: Option<Author>,
    #[serde(deserialize_with = "lenient::list")]
    pub fields: Vec<Field>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Picture {
    pub url: String,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Footer {
    pub text: String,
    #[serde(default, deserialize_with = "lenient::option")]
    pub icon_url: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Author {
    pub name: String,
    #[serde(default, deserialize_with = "lenient::option")]
    pub url: Option<String>,
    #[serde(default, deserialize_with = "lenient::option")]
    pub icon_url: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Field {
    pub name: String,
    pub value: String,
    #[serde(default, deserialize_with = "lenient::option")]
    pub inline: Option<bool>,
}

#[derive(Default, Deserialize)]
struct Wire {
    #[serde(default, deserialize_with = "lenient::number")]
    channel_id: Option<ChannelId>,
    #[serde(default, deserialize_with = "lenient::option")]
    author: Option<WireAuthor>,
    #[serde(default, deserialize_with = "lenient::number")]
    webhook_id: Option<u64>,
    #[serde(default, deserialize_with = "lenient::option")]
    content: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    attachments: Vec<SelectedAttachment>,
    #[serde(default, deserialize_with = "lenient::list")]
    embeds: Vec<SelectedEmbed>,
    // Only the presence of these is used.
    #[serde(default, deserialize_with = "lenient::list")]
    sticker_items: Vec<IgnoredAny>,
    #[serde(default, deserialize_with = "lenient::list")]
    message_snapshots: Vec<IgnoredAny>,
    #[serde(default, deserialize_with = "lenient::list")]
    components: Vec<Value>,
    #[serde(default, deserialize_with = "lenient::option")]
    poll: Option<Map<String, Value>>,
}

#[derive(Default, Deserialize)]
struct WireAuthor {
    #[serde(default, deserialize_with = "lenient::number")]
    id: Option<UserId>,
    #[serde(default, deserialize_with = "lenient::option")]
    bot: Option<bool>,
}

/// A row of a panel, which its copy gets, too: its buttons or its menu open tickets.
fn is_of_a_panel(row: &Value) -> bool {
    let opens = |part: &Value| {
        let route = part["custom_id"].as_str().map(|id| custom_id::split(id).0);
        route.is_some_and(|route| matches!(route, custom_id::CREATE_TICKET | custom_id::PANEL_MENU))
    };
    row["components"].as_array().is_some_and(|parts| !parts.is_empty() && parts.iter().all(opens))
}

impl SelectedMessage {
    /// Parses the message of this id.
    pub(in crate::discord) fn read(id: MessageId, json: &str) -> Self {
        let wire: Wire = serde_json::from_str(json).unwrap_or_default();
        let attachments = wire.attachments.into_iter().filter(|file| !file.url.is_empty() && !file.filename.is_empty());
        let author = wire.author.unwrap_or_default();
        Self {
            id,
            channel: wire.channel_id,
            author: author.id,
            is_by_bot: wire.webhook_id.is_some() || author.bot.unwrap_or(false),
            content: wire.content.unwrap_or_default(),
            attachments: attachments.collect(),
            embeds: wire.embeds.into_iter().filter(SelectedEmbed::shows_something).collect(),
            has_stickers: !wire.sticker_items.is_empty(),
            has_poll: wire.poll.is_some(),
            has_forward: !wire.message_snapshots.is_empty(),
            has_components: wire.components.iter().any(|part| !is_of_a_panel(part)),
        }
    }
}

impl SelectedEmbed {
    /// Discord refuses empty embeds.
    fn shows_something(&self) -> bool {
        self.title.is_some()
            || self.description.is_some()
            || self.image.is_some()
            || self.thumbnail.is_some()
            || self.footer.is_some()
            || self.author.is_some()
            || !self.fields.is_empty()
    }
}
