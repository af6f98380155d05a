//! Answers interactions within Discord's three seconds.
//!
//! The first answer is the work's outcome, if it ends in time; otherwise the answer is deferred, and the outcome
//! replaces it. <https://discord.com/developers/docs/interactions/receiving-and-responding>

mod answer;

pub use answer::{Answer, Choice, Drawing, Further, Later, Reply};

use std::fmt;
use std::future::Future;
use std::time::Duration;

use poise::serenity_prelude as serenity;
use serde_json::{Value, json};
use serenity::{CreateAllowedMentions, CreateEmbed, CreateMessage, Message, MessageReference};
use tokio::time;

use super::interaction::{Asked, Interaction};
use super::rest::{File, Rest, Route};
use super::rest_error::{Refusal, RestError};
use crate::app::App;
use crate::domain::ids::{ApplicationId, InteractionId};
use crate::i18n::CommonMsg;
use crate::i18n::{self, Locale};

/// The time limit of work before a deferral: with the time before it, and one request after it, within Discord's three
/// seconds.
const BEFORE_WAITING: Duration = Duration::from_millis(500);

/// Only the user sees the message (Discord: "Message", flags).
const EPHEMERAL: u64 = 1 << 6;

/// Discord's callback types.
mod callback {
    pub(super) const MESSAGE: u8 = 4;
    pub(super) const DEFERRED_MESSAGE: u8 = 5;
    pub(super) const DEFERRED_UPDATE: u8 = 6;
    pub(super) const UPDATE: u8 = 7;
    pub(super) const CHOICES: u8 = 8;
    pub(super) const FORM: u8 = 9;
}

/// Answers one interaction.
#[derive(Clone)]
pub struct InteractionResponder {
    pub id: InteractionId,
    /// The answer's reader.
    pub reader: Locale,
    application: ApplicationId,
    token: String,
    /// Whether there is a message that an answer can replace.
    has_message: bool,
    /// How to defer the answer.
    waiting: Waiting,
}

/// How an answer is deferred.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Waiting {
    /// "thinking…", in a private message that becomes the answer.
    #[default]
    Privately,
    /// No change yet: for components whose message will be redrawn.
    InPlace,
}

impl fmt::Debug for InteractionResponder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InteractionResponder").field("id", &self.id).finish_non_exhaustive()
    }
}

impl InteractionResponder {
    pub fn new(interaction: &Interaction, application: ApplicationId) -> Self {
        Self {
            id: interaction.id,
            reader: interaction.reader.clone(),
            application,
            token: interaction.token.clone(),
            has_message: match &interaction.asked {
                Asked::Component(..) => true,
                // A command may have opened it.
                Asked::Form(_, form) => form.message.is_some(),
                _ => false,
            },
            waiting: Waiting::default(),
        }
    }

    /// How to defer when the work takes longer.
    #[must_use]
    pub fn waiting(self, waiting: Waiting) -> Self {
        Self { waiting: if self.has_message { waiting } else { Waiting::Privately }, ..self }
    }

    /// Does the work and shows its outcome. The work continues even if the user can no longer be answered, so that it
    /// is never left half-done.
    pub async fn answer(&self, app: &App, rest: &Rest, work: impl Future<Output = Answer>) {
        self.answer_after(app, rest, work, async {}).await;
    }

    /// The same. `before_waiting` runs before a deferral, within a time limit.
    pub async fn answer_after(
        &self,
        app: &App,
        rest: &Rest,
        work: impl Future<Output = Answer>,
        before_waiting: impl Future<Output = ()>,
    ) {
        // Boxed: work is large, and would be stored twice.
        let mut work = Box::pin(work);
        let (shown, undo, after, further) = tokio::select! {
            Answer { reply, undo, after, further } = &mut work => (self.respond(rest, reply).await, undo, after, further),
            () = time::sleep(app.limits().answer_within) => {
                // Blocked storage must not exceed Discord's deadline.
                let _as_far_as_it_got = time::timeout(BEFORE_WAITING, before_waiting).await;
                let deferred = self.defer(rest).await;
                let Answer { reply, undo, after, further } = work.await;
                match deferred {
                    Ok(()) => (self.replace(rest, reply).await, None, after, further),
                    Err(fault) => (Err(fault), undo, after, further),
                }
            }
        };
        match (shown, further) {
            (Err(fault), _) => self.not_shown(&fault, undo).await,
            (Ok(()), Some(Further(next))) => next(self.clone()).await,
            (Ok(()), None) => {}
        }
        if let Some(Later(after)) = after {
            after.await;
        }
    }

    /// Answers somebody who is typing with choices.
    pub async fn offer(&self, rest: &Rest, choices: &[Choice]) {
        let choices: Vec<Value> = choices.iter().take(Choice::MOST).map(Choice::body).collect();
        let shown =
            self.send(rest, &json!({ "type": callback::CHOICES, "data": { "choices": choices } }), Vec::new()).await;
        if let Err(fault) = shown {
            self.not_shown(&fault, None).await;
        }
    }

    async fn not_shown(&self, fault: &RestError, undo: Option<Later>) {
        match fault.refusal() {
            // Repeats within one process are filtered before, and no answer of ours is sent twice.
            Some(Refusal::AlreadyAnswered) => {
                tracing::error!(
                    interaction.id = %self.id, undone = undo.is_some(),
                    "another process has answered this interaction: it runs with the same token, on a database of its \
                     own. Each of them makes a ticket for each click. Stop one of them, or reset the token in \
                     Discord's developer portal if you know of no other"
                );
                if let Some(Later(undo)) = undo {
                    undo.await;
                }
            }
            Some(Refusal::InteractionOver) => {
                tracing::warn!(interaction.id = %self.id, "the answer came too late to be shown");
            }
            _ => tracing::error!(interaction.id = %self.id, %fault, "could not show an answer"),
        }
    }

    async fn respond(&self, rest: &Rest, reply: Reply) -> Result<(), RestError> {
        match reply {
            Reply::Repeated(_) => Ok(()),
            Reply::Form(form) => self.send(rest, &json!({ "type": callback::FORM, "data": form }), Vec::new()).await,
            Reply::Redraw(drawing) if self.has_message => self.update(rest, drawing.body()).await,
            Reply::Reset(msg) if self.has_message => {
                self.update(rest, json!({})).await?;
                self.follow_up(rest, Reply::Text(msg)).await
            }
            reply => {
                let in_place = self.has_message && matches!(reply, Reply::Card { in_place: true, .. });
                let (message, files) = self.private(reply);
                if in_place {
                    return self.update(rest, message).await;
                }
                let response = json!({ "type": callback::MESSAGE, "data": only_for_them(message) });
                self.send(rest, &response, files).await
            }
        }
    }

    async fn update(&self, rest: &Rest, message: Value) -> Result<(), RestError> {
        self.send(rest, &json!({ "type": callback::UPDATE, "data": message }), Vec::new()).await
    }

    async fn defer(&self, rest: &Rest) -> Result<(), RestError> {
        let response = match self.waiting {
            Waiting::Privately => json!({ "type": callback::DEFERRED_MESSAGE, "data": { "flags": EPHEMERAL } }),
            Waiting::InPlace => json!({ "type": callback::DEFERRED_UPDATE }),
        };
        self.send(rest, &response, Vec::new()).await
    }

    async fn send(&self, rest: &Rest, response: &Value, files: Vec<File>) -> Result<(), RestError> {
        let send = || {
            let request = rest.post(Route::Callback(self.id, &self.token)).json(response);
            if files.is_empty() { request } else { request.files_of_answer(files.clone()) }.send()
        };
        match send().await {
            // A retry reveals whether Discord accepted it.
            Err(fault) if fault.may_have_acted() => match send().await {
                Err(fault) if fault.refusal() == Some(Refusal::AlreadyAnswered) => Ok(()),
                answered => answered,
            },
            answered => answered,
        }
    }

    /// Replaces a deferred answer by the outcome.
    async fn replace(&self, rest: &Rest, reply: Reply) -> Result<(), RestError> {
        match (self.waiting, reply) {
            (Waiting::InPlace, Reply::Redraw(drawing)) => self.edit_original(rest, &drawing.body(), Vec::new()).await,
            (Waiting::InPlace, reply) => self.follow_up(rest, reply).await,
            (Waiting::Privately, reply) => {
                let (message, files) = self.private(reply);
                self.edit_original(rest, &message, files).await
            }
        }
    }

    /// Changes the answer that was shown.
    pub async fn change(&self, rest: &Rest, reply: Reply) -> Result<(), RestError> {
        let (message, files) = self.private(reply);
        self.edit_original(rest, &message, files).await
    }

    /// Adds another private message to the answer.
    pub async fn add(&self, rest: &Rest, reply: Reply) -> Result<(), RestError> {
        self.follow_up(rest, reply).await
    }

    async fn edit_original(&self, rest: &Rest, message: &Value, files: Vec<File>) -> Result<(), RestError> {
        let request = rest.patch(Route::Original(self.application, &self.token)).json(message);
        if files.is_empty() { request } else { request.files(files) }.send().await
    }

    /// Sends another private message.
    async fn follow_up(&self, rest: &Rest, reply: Reply) -> Result<(), RestError> {
        let (message, files) = self.private(reply);
        let request = rest.post(Route::FollowUp(self.application, &self.token)).json(&only_for_them(message));
        if files.is_empty() { request } else { request.files(files) }.send().await
    }

    /// A reply as a message of its own.
    fn private(&self, reply: Reply) -> (Value, Vec<File>) {
        let say = |msg: &dyn i18n::Message| Drawing { content: i18n::render(&self.reader, msg), ..Drawing::default() };
        let (drawing, files) = match reply {
            Reply::Text(msg) | Reply::Reset(msg) | Reply::Repeated(msg) => (say(&*msg), Vec::new()),
            Reply::Card { msg, preview, rows, .. } => {
                (Drawing { embeds: preview.into_iter().map(set_off).collect(), rows, ..say(&*msg) }, Vec::new())
            }
            Reply::File { msg, preview, file, rows } => {
                (Drawing { embeds: preview.into_iter().map(set_off).collect(), rows, ..say(&*msg) }, vec![file])
            }
            Reply::Delivery { lines, files, rows } => {
                let lines: Vec<String> = lines.iter().map(|line| i18n::render(&self.reader, &**line)).collect();
                (Drawing { content: lines.join("\n"), rows, ..Drawing::default() }, files)
            }
            Reply::Document(drawing, files) => (drawing, files),
            // Too late for a form: the user has to retry, which will be quicker.
            Reply::Form(_) => (say(&CommonMsg::TooSlowForForm), Vec::new()),
            Reply::Redraw(drawing) => (drawing, Vec::new()),
        };
        (drawing.body(), files)
    }
}

fn only_for_them(mut message: Value) -> Value {
    message["flags"] = json!(EPHEMERAL);
    message
}

/// An embed holds up to 4,096 characters (Discord: "Message", embed limits), more than any text we preview.
fn set_off(text: String) -> CreateEmbed {
    CreateEmbed::new().description(text)
}

/// Replies to a message in its channel, without mentions. If that message is gone or unreadable, the text stands alone.
pub async fn reply_to(rest: &Rest, message: &Message, text: &str) -> Result<(), RestError> {
    let alone = CreateMessage::new().content(text).allowed_mentions(CreateAllowedMentions::new());
    let reference = MessageReference::from(message).fail_if_not_exists(false);
    let channel = message.channel_id.into();
    let post = |said: &CreateMessage| rest.post(Route::Messages(channel)).json(said);
    match post(&alone.clone().reference_message(reference)).send().await {
        Err(fault) if fault.refusal() == Some(Refusal::ReplyForbidden) => post(&alone).send().await,
        answered => answered,
    }
}
