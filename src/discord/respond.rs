//! Private answers to interactions, within Discord's three seconds whatever happens.

use std::future::Future;
use std::time::Duration;

use poise::serenity_prelude as serenity;
use serenity::{
    CommandInteraction, ComponentInteraction, CreateActionRow, CreateAllowedMentions, CreateEmbed,
    CreateInteractionResponse, CreateInteractionResponseMessage, CreateMessage, CreateModal, EditInteractionResponse,
    Message, MessageReference, ModalInteraction,
};
use tokio::time;

use super::fault::{Fault, Refusal};
use super::rest::{File, Rest, Route};
use crate::app::App;
use crate::domain::ids::{ApplicationId, InteractionId};
use crate::i18n::{self, Locale, Msg};

/// How long what is done before somebody is shown that they have to wait may take: with the time before it, and one request
/// behind it, within Discord's three seconds.
const BEFORE_WAITING: Duration = Duration::from_millis(500);

/// An interaction that has not been answered yet, and who reads the answer.
#[derive(Clone, Debug)]
pub struct Unanswered {
    pub id: InteractionId,
    application: ApplicationId,
    /// Lets anybody answer in the bot's name for 15 minutes: never logged, never stored.
    token: String,
    pub reader: Locale,
    /// Whether there is a message that an answer can take the place of.
    has_message: bool,
}

/// What the person is shown.
#[derive(Clone, Debug)]
pub enum Reply {
    /// A sentence that only they see.
    Text(Msg),
    /// The same with a longer text set off below it, such as a preview, and with components. `in_place`: it takes the
    /// place of the private message whose component was used.
    Card { msg: Msg, preview: Option<String>, rows: Vec<CreateActionRow>, in_place: bool },
    /// A sentence with a longer text set off below it, and a file.
    File { msg: Msg, preview: String, file: File },
    /// A form to fill in. Discord takes it as a first answer only.
    Form(CreateModal),
    /// Nothing: the same interaction, reported twice, is answered elsewhere.
    Nothing,
}

impl From<Msg> for Reply {
    fn from(msg: Msg) -> Self {
        Self::Text(msg)
    }
}

impl Unanswered {
    pub fn command(interaction: &CommandInteraction) -> Self {
        Self::new(interaction.id, interaction.application_id, &interaction.token, &interaction.locale)
    }

    pub fn component(interaction: &ComponentInteraction) -> Self {
        let new = Self::new(interaction.id, interaction.application_id, &interaction.token, &interaction.locale);
        Self { has_message: true, ..new }
    }

    pub fn form(interaction: &ModalInteraction) -> Self {
        Self::new(interaction.id, interaction.application_id, &interaction.token, &interaction.locale)
    }

    fn new(id: serenity::InteractionId, application: serenity::ApplicationId, token: &str, locale: &str) -> Self {
        let (id, application) = (id.into(), application.into());
        Self { id, application, token: token.to_owned(), reader: Locale::from_discord(locale), has_message: false }
    }

    /// Does the work and shows its outcome privately: in one answer when it is done in time, else "thinking…" first and
    /// the outcome in its place.
    ///
    /// The work goes on whether or not the person can still be answered: what it began is never left half-done.
    pub async fn answer(&self, app: &App, rest: &Rest, work: impl Future<Output = Reply>) {
        self.answer_after(app, rest, work, async {}).await;
    }

    /// The same. `before_waiting` is done before the person is shown that they have to wait, as far as it is done soon.
    pub async fn answer_after(
        &self,
        app: &App,
        rest: &Rest,
        work: impl Future<Output = Reply>,
        before_waiting: impl Future<Output = ()>,
    ) {
        // On the heap: work is large, and would be carried along twice.
        let mut work = Box::pin(work);
        let shown = tokio::select! {
            reply = &mut work => self.respond(rest, reply).await,
            () = time::sleep(app.limits().answer_within) => {
                // Storage that is stuck must not let Discord's deadline pass.
                let _as_far_as_it_got = time::timeout(BEFORE_WAITING, before_waiting).await;
                match self.defer(rest).await {
                    Ok(()) => { let reply = work.await; self.replace(rest, reply).await }
                    Err(fault) => { work.await; Err(fault) }
                }
            }
        };
        match shown {
            Ok(()) => {}
            // The same interaction, reported twice.
            Err(fault) if fault.refusal() == Some(Refusal::AlreadyAnswered) => {
                tracing::debug!(interaction.id = %self.id, "answered already");
            }
            Err(fault) if fault.refusal() == Some(Refusal::InteractionOver) => {
                tracing::warn!(interaction.id = %self.id, "the answer came too late to be shown");
            }
            Err(fault) => tracing::error!(interaction.id = %self.id, %fault, "could not show an answer"),
        }
    }

    async fn respond(&self, rest: &Rest, reply: Reply) -> Result<(), Fault> {
        let (msg, preview, rows, in_place, files) = match reply {
            Reply::Nothing => return Ok(()),
            Reply::Form(form) => return self.create(rest, CreateInteractionResponse::Modal(form)).await,
            Reply::Text(msg) => (msg, None, Vec::new(), false, Vec::new()),
            Reply::Card { msg, preview, rows, in_place } => (msg, preview, rows, in_place, Vec::new()),
            Reply::File { msg, preview, file } => (msg, Some(preview), Vec::new(), false, vec![file]),
        };
        let message = CreateInteractionResponseMessage::new()
            .content(i18n::render(&self.reader, &msg))
            .embeds(preview.into_iter().map(set_off).collect())
            .components(rows)
            .allowed_mentions(CreateAllowedMentions::new());
        let response = if in_place && self.has_message {
            CreateInteractionResponse::UpdateMessage(message)
        } else {
            CreateInteractionResponse::Message(message.ephemeral(true))
        };
        self.create_with(rest, response, files).await
    }

    async fn defer(&self, rest: &Rest) -> Result<(), Fault> {
        let message = CreateInteractionResponseMessage::new().ephemeral(true);
        self.create(rest, CreateInteractionResponse::Defer(message)).await
    }

    async fn create(&self, rest: &Rest, response: CreateInteractionResponse) -> Result<(), Fault> {
        self.create_with(rest, response, Vec::new()).await
    }

    async fn create_with(
        &self,
        rest: &Rest,
        response: CreateInteractionResponse,
        files: Vec<File>,
    ) -> Result<(), Fault> {
        let send = || {
            let request = rest.post(Route::Callback(self.id, &self.token)).json(&response);
            if files.is_empty() { request } else { request.files_of_answer(files.clone()) }.send()
        };
        match send().await {
            // Asked twice, Discord says that it has taken the first.
            Err(fault) if fault.may_have_acted() => match send().await {
                Err(fault) if fault.refusal() == Some(Refusal::AlreadyAnswered) => Ok(()),
                answered => answered,
            },
            answered => answered,
        }
    }

    async fn replace(&self, rest: &Rest, reply: Reply) -> Result<(), Fault> {
        let (msg, preview, rows, files) = match reply {
            Reply::Nothing => return Ok(()),
            // Too late for a form: the person has to ask again, and it will be quicker.
            Reply::Form(_) => (Msg::TooSlowForForm, None, Vec::new(), Vec::new()),
            Reply::Text(msg) => (msg, None, Vec::new(), Vec::new()),
            Reply::Card { msg, preview, rows, .. } => (msg, preview, rows, Vec::new()),
            Reply::File { msg, preview, file } => (msg, Some(preview), Vec::new(), vec![file]),
        };
        let edit = EditInteractionResponse::new()
            .content(i18n::render(&self.reader, &msg))
            .embeds(preview.into_iter().map(set_off).collect())
            .components(rows)
            .allowed_mentions(CreateAllowedMentions::new());
        let request = rest.patch(Route::Original(self.application, &self.token)).json(&edit);
        if files.is_empty() { request } else { request.files(files) }.send().await
    }
}

/// An embed holds up to 4,096 characters (Discord: "Message", embed limits), more than any text we preview.
fn set_off(text: String) -> CreateEmbed {
    CreateEmbed::new().description(text)
}

/// Answers a message in its channel, mentioning nobody.
pub async fn reply_to(rest: &Rest, message: &Message, text: &str) -> Result<(), Fault> {
    let reply = CreateMessage::new()
        .content(text)
        .reference_message(MessageReference::from(message))
        .allowed_mentions(CreateAllowedMentions::new());
    rest.post(Route::Messages(message.channel_id.into())).json(&reply).send().await
}
