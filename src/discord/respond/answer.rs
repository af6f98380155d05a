//! What a person is shown, and what follows from showing it.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use poise::serenity_prelude as serenity;
use serde_json::{Value, json};
use serenity::{CreateActionRow, CreateAllowedMentions, CreateEmbed};

use super::InteractionResponder;
use crate::discord::forms::Form;
use crate::discord::rest::File;
use crate::domain::text;
use crate::i18n::{self, Msg};

/// The outcome of work: what to show, and how to undo it if another process has already answered.
#[derive(Debug)]
pub struct Answer {
    pub reply: Reply,
    pub undo: Option<Later>,
    /// What begins when the answer is shown, or cannot be: an answer in a thread that is archived first would fail.
    pub after: Option<Later>,
    /// What goes on with the answer once it is shown.
    pub further: Option<Further>,
}

/// Work that is under way.
type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Work that changes its answer, and adds to it.
pub struct Further(pub(super) Box<dyn FnOnce(InteractionResponder) -> Work + Send>);

/// Work that follows an answer.
pub struct Later(pub(super) Work);

/// What the user is shown.
#[derive(Clone, Debug)]
pub enum Reply {
    /// A private sentence.
    Text(Msg),
    /// The same with a longer text set off below it, such as a preview, and with components. `in_place`: replaces the
    /// private message whose component was used.
    Card { msg: Msg, preview: Option<String>, rows: Vec<CreateActionRow>, in_place: bool },
    /// A sentence with a file, and perhaps a longer text and components below it.
    File { msg: Msg, preview: Option<String>, file: File, rows: Vec<CreateActionRow> },
    /// Lines, files and components.
    Delivery { lines: Vec<Msg>, files: Vec<File>, rows: Vec<CreateActionRow> },
    /// A private message with files, beside the message whose component was used.
    Document(Drawing, Vec<File>),
    /// A form. Discord accepts it as a first answer only, and not to a form.
    Form(Form),
    /// Redraws the message whose component was used, for everybody who sees it.
    Redraw(Drawing),
    /// Leaves that message unchanged, which resets its menu, and sends a private sentence.
    Reset(Msg),
    /// Nothing: a repeated interaction, answered elsewhere. If Discord accepted a deferral, nobody else has answered, and
    /// the person reads this.
    Repeated(Msg),
}

/// A choice for an option that is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Plain text.
    pub name: String,
    /// What the command gets.
    pub value: String,
}

impl Choice {
    /// The most that Discord shows (Discord: "Application Commands", autocomplete).
    pub const MOST: usize = 25;

    /// The most characters of a name (Discord: "Application Commands", option choice).
    const MAX_NAME: usize = 100;

    pub(super) fn body(&self) -> Value {
        json!({ "name": text::cut(&self.name, Self::MAX_NAME), "value": self.value })
    }
}

/// A whole message.
#[derive(Clone, Debug, Default)]
pub struct Drawing {
    pub content: String,
    pub embeds: Vec<CreateEmbed>,
    pub rows: Vec<CreateActionRow>,
}

impl<M: i18n::Message> From<M> for Reply {
    fn from(message: M) -> Self {
        Self::Text(message.into())
    }
}

impl From<Msg> for Reply {
    fn from(msg: Msg) -> Self {
        Self::Text(msg)
    }
}

impl<R: Into<Reply>> From<R> for Answer {
    fn from(reply: R) -> Self {
        Self { reply: reply.into(), undo: None, after: None, further: None }
    }
}

impl Answer {
    /// `undo` runs if another process has already answered.
    pub fn undone_by(reply: impl Into<Reply>, undo: impl Future<Output = ()> + Send + 'static) -> Self {
        Self { undo: Some(Later(Box::pin(undo))), ..Self::from(reply.into()) }
    }

    /// `next` runs after the answer, shown or not.
    pub fn followed_by(reply: impl Into<Reply>, next: impl Future<Output = ()> + Send + 'static) -> Self {
        Self { after: Some(Later(Box::pin(next))), ..Self::from(reply.into()) }
    }

    /// `next` goes on with the answer once it is shown, for as long as its token is valid: 15 minutes.
    pub fn continued<W: Future<Output = ()> + Send + 'static>(
        reply: impl Into<Reply>,
        next: impl FnOnce(InteractionResponder) -> W + Send + 'static,
    ) -> Self {
        let further = Further(Box::new(|responder| Box::pin(next(responder))));
        Self { further: Some(further), ..Self::from(reply.into()) }
    }
}

impl fmt::Debug for Further {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Further")
    }
}

impl fmt::Debug for Later {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Later")
    }
}

impl Drawing {
    pub(super) fn body(self) -> Value {
        json!({
            "content": self.content,
            "embeds": self.embeds,
            "components": self.rows,
            "allowed_mentions": CreateAllowedMentions::new(),
        })
    }
}
