//! Private answers to interactions, within Discord's three seconds whatever happens.

use std::future::Future;

use poise::serenity_prelude as serenity;
use serenity::{
    Builder, CreateAllowedMentions, CreateInteractionResponse, CreateInteractionResponseMessage, EditInteractionResponse,
    Http, InteractionId,
};
use tokio::time;

use super::fault::{Fault, Refusal};
use crate::app::App;
use crate::i18n::{self, Locale, Msg};

/// An interaction that has not been answered yet, and who reads the answer.
#[derive(Clone, Debug)]
pub struct Unanswered {
    pub id: InteractionId,
    /// Lets anybody answer in the bot's name for 15 minutes: never logged, never stored.
    token: String,
    pub reader: Locale,
}

impl Unanswered {
    pub fn new(id: InteractionId, token: &str, locale: &str) -> Self {
        Self { id, token: token.to_owned(), reader: Locale::from_discord(locale) }
    }

    /// Does the work and shows its outcome privately: in one answer when it is done in time, else "thinking…" first and
    /// the outcome in its place.
    ///
    /// The work goes on whether or not the person can still be answered: what it began is never left half-done.
    pub async fn answer(&self, app: &App, http: &Http, work: impl Future<Output = Msg>) {
        let mut work = std::pin::pin!(work);
        let shown = tokio::select! {
            msg = &mut work => self.respond(http, &msg).await,
            () = time::sleep(app.limits.answer_within) => match self.defer(http).await {
                Ok(()) => { let msg = work.await; self.replace(http, &msg).await }
                Err(fault) => { work.await; Err(fault) }
            },
        };
        match shown {
            Ok(()) => {}
            Err(fault) if fault.refusal() == Some(Refusal::InteractionOver) => {
                tracing::warn!(interaction.id = %self.id, "the answer came too late to be shown");
            }
            Err(fault) => tracing::error!(interaction.id = %self.id, %fault, "could not show an answer"),
        }
    }

    async fn respond(&self, http: &Http, msg: &Msg) -> Result<(), Fault> {
        let message = CreateInteractionResponseMessage::new()
            .content(i18n::render(&self.reader, msg))
            .allowed_mentions(CreateAllowedMentions::new())
            .ephemeral(true);
        self.create(http, CreateInteractionResponse::Message(message)).await
    }

    async fn defer(&self, http: &Http) -> Result<(), Fault> {
        let message = CreateInteractionResponseMessage::new().ephemeral(true);
        self.create(http, CreateInteractionResponse::Defer(message)).await
    }

    async fn create(&self, http: &Http, response: CreateInteractionResponse) -> Result<(), Fault> {
        Ok(response.execute(http, (self.id, &self.token)).await?)
    }

    async fn replace(&self, http: &Http, msg: &Msg) -> Result<(), Fault> {
        let edit = EditInteractionResponse::new()
            .content(i18n::render(&self.reader, msg))
            .allowed_mentions(CreateAllowedMentions::new());
        edit.execute(http, &self.token).await?;
        Ok(())
    }
}
