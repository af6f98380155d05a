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
    pub forwards: Vec<Forward>,
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
    /// A webhook: each of its messages may have another name.
    pub is_webhook: bool,
}

/// The message that another one replies to.
#[derive(Clone, PartialEq, Eq)]
pub struct Reply {
    pub message: MessageId,
    /// `None`: it was deleted, or Discord did not send it.
    pub shown: Option<(Person, String)>,
}

/// A message that another one forwards. Discord does not say whose it is.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Forward {
    pub body: Body,
    pub at: Option<Timestamp>,
    pub edited_at: Option<Timestamp>,
    /// The people it mentions.
    pub mentions: Vec<Person>,
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
    /// How a poll ended.
    pub result: Option<PollResult>,
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
    /// The address of its small picture.
    pub thumbnail: Option<String>,
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
    /// A picture, by its description, with its address.
    Picture {
        text: String,
        url: Option<String>,
    },
    /// A file, by its name, with its address.
    File {
        name: String,
        url: Option<String>,
    },
    Separator,
    Group(Vec<Part>),
    /// Covered until it is opened.
    Spoiler(Vec<Part>),
}

#[derive(Clone, PartialEq, Eq)]
pub struct Poll {
    pub question: String,
    /// Each with its votes, if Discord sent them.
    pub answers: Vec<(String, Option<u64>)>,
}

#[derive(Clone, Default, PartialEq, Eq)]
pub struct PollResult {
    pub question: String,
    /// The answer that won; `None`: none did.
    pub answer: Option<String>,
    /// Of that answer.
    pub votes: u64,
    /// Of all answers.
    pub total: u64,
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
        self.body.attachments.iter().chain(self.forwards.iter().flat_map(|forward| &forward.body.attachments))
    }

    /// The people it tells the names of; its author last.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        let reply = self.reply_to.iter().filter_map(|reply| reply.shown.as_ref()).map(|(author, _)| author);
        let forwarded = self.forwards.iter().flat_map(|forward| &forward.mentions);
        let command = self.command.iter().map(|command| &command.by);
        self.mentions.iter().chain(forwarded).chain(reply).chain(command).chain([&self.author])
    }

    /// Whether a text in which Discord formats mentions holds this.
    pub fn contains(&self, what: &str) -> bool {
        let reply = self.reply_to.as_ref().and_then(|reply| reply.shown.as_ref());
        self.body.contains(what)
            || self.forwards.iter().any(|forward| forward.body.contains(what))
            || reply.is_some_and(|(_, text)| text.contains(what))
    }

    /// Whether nothing of what a person wrote is in it. A written message is never empty: Discord left its content out.
    pub fn is_unreadable(&self) -> bool {
        self.kind == Kind::Written
            && self.body.is_empty()
            && self.forwards.iter().all(|forward| forward.body.is_empty())
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
            && self.result.is_none()
    }

    fn contains(&self, what: &str) -> bool {
        let poll = self.poll.as_ref();
        self.text.contains(what)
            || self.embeds.iter().any(|embed| embed.contains(what))
            || self.parts.iter().any(|part| part.contains(what))
            || poll.is_some_and(|poll| poll.question.contains(what))
            || poll.is_some_and(|poll| poll.answers.iter().any(|(answer, _)| answer.contains(what)))
            || self.result.as_ref().is_some_and(|result| result.contains(what))
    }
}

impl Embed {
    fn contains(&self, what: &str) -> bool {
        [&self.title, &self.description].into_iter().flatten().any(|text| text.contains(what))
            || self.fields.iter().any(|field| field.name.contains(what) || field.value.contains(what))
    }
}

impl Part {
    fn contains(&self, what: &str) -> bool {
        match self {
            Self::Text(text) => text.contains(what),
            Self::Group(parts) | Self::Spoiler(parts) => parts.iter().any(|part| part.contains(what)),
            _ => false,
        }
    }
}

impl PollResult {
    fn contains(&self, what: &str) -> bool {
        self.question.contains(what) || self.answer.as_ref().is_some_and(|answer| answer.contains(what))
    }
}

impl Person {
    /// Whether messages of both stand under one name.
    pub fn is_same(&self, other: &Self) -> bool {
        self.id == other.id && (!self.is_webhook || self.display_name == other.display_name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(id: u64) -> Person {
        let name = String::new;
        Person { id: UserId::new(id), display_name: name(), username: name(), is_app: false, is_webhook: false }
    }

    fn message(body: Body) -> Message {
        Message {
            id: MessageId::new(1),
            kind: Kind::Written,
            author: person(9),
            edited_at: None,
            is_pinned: false,
            body,
            mentions: Vec::new(),
            reply_to: None,
            forwards: Vec::new(),
            command: None,
            reactions: Vec::new(),
        }
    }

    #[test]
    fn a_mention_is_found_wherever_discord_shows_it() {
        let (is, none) = (|| "see <#8>".to_owned(), Body::default);
        let embed = |embed| Body { embeds: vec![embed], ..none() };
        let field =
            |name: String, value: String| embed(Embed { fields: vec![Field { name, value }], ..Embed::default() });
        let poll = |question, answer| Body { poll: Some(Poll { question, answers: vec![(answer, None)] }), ..none() };
        let result = |question, answer| PollResult { question, answer, ..PollResult::default() };
        let deep = Part::Group(vec![Part::Spoiler(vec![Part::Text(is())])]);
        let bodies = [
            Body { text: is(), ..none() },
            embed(Embed { title: Some(is()), ..Embed::default() }),
            embed(Embed { description: Some(is()), ..Embed::default() }),
            field(is(), String::new()),
            field(String::new(), is()),
            Body { parts: vec![deep], ..none() },
            poll(is(), String::new()),
            poll(String::new(), is()),
            Body { result: Some(result(is(), None)), ..none() },
            Body { result: Some(result(String::new(), Some(is()))), ..none() },
        ];
        for (number, body) in bodies.into_iter().enumerate() {
            let forward = Forward { body: body.clone(), ..Forward::default() };
            assert!(message(body).contains("<#"), "{number}");
            assert!(Message { forwards: vec![forward], ..message(none()) }.contains("<#"), "{number}, forwarded");
        }
        let replied = Reply { message: MessageId::new(2), shown: Some((person(8), is())) };
        assert!(Message { reply_to: Some(replied), ..message(none()) }.contains("<#"));
        let elsewhere = embed(Embed { footer: Some(is()), author: Some(is()), ..Embed::default() });
        assert!(!message(elsewhere).contains("<#"), "Discord shows it as it was written");
    }

    #[test]
    fn a_webhook_is_somebody_else_under_another_name() {
        let webhook = |name: &str| Person { display_name: name.to_owned(), is_webhook: true, ..person(9) };
        let renamed = Person { display_name: "Anna".to_owned(), ..person(9) };
        assert!(person(9).is_same(&renamed) && webhook("Otto").is_same(&webhook("Otto")));
        assert!(!person(9).is_same(&person(8)) && !webhook("Otto").is_same(&webhook("Ida")));
    }
}
