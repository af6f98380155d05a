//! The messages of a ticket, as far as an export shows them.
//!
//! None of these types prints itself: what people wrote must not reach a log.

use super::clock::Timestamp;
use super::ids::{MessageId, UserId};

/// A message.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    pub id: MessageId,
    pub kind: Kind,
    pub author: Person,
    pub edited_at: Option<Timestamp>,
    pub is_pinned: bool,
    pub body: Body,
    /// The people it mentions.
    pub mentions: Vec<Person>,
    pub reply_to: Option<Reply>,
    /// What it forwards.
    pub forwards: Vec<Body>,
    /// Whose command it answers, and which.
    pub command: Option<Command>,
    pub reactions: Vec<Reaction>,
}

/// Discord: "Message", message types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Also a reply and an answer to a command.
    Written,
    Added,
    Removed,
    Renamed,
    Pinned,
    /// Another system message.
    Other(u64),
}

/// A user, an application or a webhook. The names are as Discord sends them.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    pub id: UserId,
    pub display_name: String,
    pub username: String,
    /// An application or a webhook.
    pub is_app: bool,
}

/// The message that another one replies to.
#[derive(Clone, PartialEq, Eq)]
pub struct Reply {
    pub message: MessageId,
    /// `None`: it was deleted, or Discord did not send it.
    pub shown: Option<(Person, String)>,
}

#[derive(Clone, PartialEq, Eq)]
pub struct Command {
    pub by: Person,
    pub name: Option<String>,
}

/// What a message says and shows.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Body {
    pub text: String,
    pub attachments: Vec<Attachment>,
    pub embeds: Vec<Embed>,
    /// Its components.
    pub parts: Vec<Part>,
    /// Names.
    pub stickers: Vec<String>,
    pub poll: Option<Poll>,
}

#[derive(Clone, Default, PartialEq, Eq)]
pub struct Attachment {
    pub name: String,
    /// Bytes.
    pub size: u64,
    pub content_type: Option<String>,
    /// The alternative text.
    pub description: Option<String>,
    pub is_spoiler: bool,
    /// Where Discord serves it, for some hours.
    pub url: String,
}

#[derive(Clone, Default, PartialEq, Eq)]
pub struct Embed {
    pub color: Option<u32>,
    pub author: Option<String>,
    pub title: Option<String>,
    pub url: Option<String>,
    pub description: Option<String>,
    pub fields: Vec<Field>,
    /// The address of its picture.
    pub picture: Option<String>,
    pub footer: Option<String>,
    pub at: Option<Timestamp>,
}

#[derive(Clone, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    pub value: String,
}

/// A component, without what it does.
#[derive(Clone, PartialEq, Eq)]
pub enum Part {
    Text(String),
    /// With its address, if it is a link.
    Button {
        label: String,
        url: Option<String>,
    },
    /// A menu, by what it asks for.
    Menu(String),
    /// A picture, by its description.
    Picture(String),
    /// A file, by its name.
    File(String),
    Separator,
    Group(Vec<Part>),
}

#[derive(Clone, PartialEq, Eq)]
pub struct Poll {
    pub question: String,
    /// Each with its votes, if Discord sent them.
    pub answers: Vec<(String, Option<u64>)>,
}

#[derive(Clone, PartialEq, Eq)]
pub struct Reaction {
    /// The emoji, or the name of a server's own.
    pub emoji: String,
    pub count: u64,
}

impl Message {
    pub fn at(&self) -> Timestamp {
        self.id.created_at()
    }

    /// Its files, forwarded ones last.
    pub fn files(&self) -> impl Iterator<Item = &Attachment> {
        self.body.attachments.iter().chain(self.forwards.iter().flat_map(|body| &body.attachments))
    }

    /// Whether nothing of what a person wrote is in it. A written message is never empty: Discord left its content out.
    pub fn is_unreadable(&self) -> bool {
        self.kind == Kind::Written && self.body.is_empty() && self.forwards.iter().all(Body::is_empty)
    }
}

impl Body {
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
            && self.attachments.is_empty()
            && self.embeds.is_empty()
            && self.parts.is_empty()
            && self.stickers.is_empty()
            && self.poll.is_none()
    }
}
