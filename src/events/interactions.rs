//! Clicks on components, and forms that come back.

use std::sync::Arc;

use anyhow::anyhow;
use poise::serenity_prelude as serenity;
use serenity::{ComponentInteraction, Http, ModalInteraction};

use crate::discord::respond::Unanswered;
use crate::discord::{State, convert, report};
use crate::domain::custom_id::CustomId;
use crate::error::{Error, Result};
use crate::i18n::Msg;
use crate::tickets::open::open_ticket;

/// A click. The person gets an answer even if the work behind it panics.
pub(super) async fn component(http: &Arc<Http>, state: &Arc<State>, component: &ComponentInteraction) {
    let (http, state) = (Arc::clone(http), Arc::clone(state));
    let clicked = convert::click(component);
    let meant = CustomId::parse(&component.data.custom_id);
    let unanswered = Unanswered::new(component.id, &component.token, &component.locale);
    let id = component.id;

    let worker = tokio::spawn({
        let (http, state) = (Arc::clone(&http), Arc::clone(&state));
        async move {
            match meant {
                Some(CustomId::CreateTicket) => open_ticket(&state.app, &http, &clicked?).await,
                _ => Err(Msg::OutdatedComponent.into()),
            }
        }
    });
    let told = async {
        let outcome: Result<Msg> =
            worker.await.unwrap_or_else(|_panic| Err(Error::Internal(anyhow!("the work behind a click panicked"))));
        outcome.unwrap_or_else(|error| report::explain(&state.app, id, error))
    };
    unanswered.answer(&state.app, &http, told).await;
}

/// A form. None is sent yet; one that comes back is from another version.
pub(super) async fn form(http: &Arc<Http>, state: &Arc<State>, form: &ModalInteraction) {
    let unanswered = Unanswered::new(form.id, &form.token, &form.locale);
    unanswered.answer(&state.app, http, async { Msg::OutdatedComponent }).await;
}
