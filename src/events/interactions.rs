//! Clicks on components, and forms that come back.

use std::sync::Arc;

use anyhow::anyhow;
use poise::serenity_prelude as serenity;
use serenity::{ComponentInteraction, ModalInteraction};

use crate::discord::respond::Unanswered;
use crate::discord::{State, convert, report};
use crate::domain::custom_id::CustomId;
use crate::error::{Error, Result};
use crate::i18n::Msg;
use crate::tickets::open::open_ticket;

/// A click. The person gets an answer even if the work behind it panics.
pub(super) async fn component(state: &Arc<State>, component: &ComponentInteraction) {
    let unanswered = Unanswered::component(component);
    let meant = CustomId::parse(&component.data.custom_id);
    let clicked = convert::click(component);

    let worker = tokio::spawn({
        let state = Arc::clone(state);
        async move {
            match meant {
                Some(CustomId::CreateTicket) => open_ticket(&state.app, &state.rest, &clicked?).await,
                _ => Err(Msg::OutdatedComponent.into()),
            }
        }
    });
    let told = async {
        let outcome: Result<Msg> =
            worker.await.unwrap_or_else(|_panic| Err(Error::Internal(anyhow!("the work behind a click panicked"))));
        outcome.unwrap_or_else(|error| report::explain(&state.app, unanswered.id, error)).into()
    };
    unanswered.answer(&state.app, &state.rest, told).await;
}

/// A form. None is sent yet; one that comes back is from another version.
pub(super) async fn form(state: &Arc<State>, form: &ModalInteraction) {
    let unanswered = Unanswered::form(form);
    unanswered.answer(&state.app, &state.rest, async { Msg::OutdatedComponent.into() }).await;
}
