//! Reports an error: a sentence to the user, the cause to the log, one code in both.

use anyhow::anyhow;
use tokio::task::JoinHandle;

use super::respond::Answer;
use super::rest_error::{RestError, UNKNOWN_GUILD};
use crate::app::App;
use crate::domain::ids::InteractionId;
use crate::error::{Error, Result};
use crate::i18n::{CommonMsg, Msg, Relative};
use crate::storage;

/// The sentence for the user whose interaction ended in `error`. Logs an unexpected one, once.
pub fn explain(app: &App, interaction: InteractionId, error: Error) -> Msg {
    match error {
        Error::User(msg) => msg,
        Error::Internal(cause) => {
            if let Some(msg) = explain_fault(app, &cause) {
                return msg.into();
            }
            let code = code(interaction.get());
            tracing::error!(code, interaction.id = %interaction, cause = format!("{cause:#}"), "unexpected error");
            let owner = app.identity().and_then(|identity| identity.owner);
            if cause.chain().any(<dyn std::error::Error>::is::<storage::Error>) {
                CommonMsg::StorageUnavailable { code, owner }.into()
            } else {
                CommonMsg::Unexpected { code, owner }.into()
            }
        }
    }
}

/// The outcome of work in its own task, so that the user gets an answer even if it panics.
pub async fn outcome(app: &App, interaction: InteractionId, worker: JoinHandle<Result<Answer>>) -> Answer {
    let outcome =
        worker.await.unwrap_or_else(|_panic| Err(Error::Internal(anyhow!("the work behind an interaction panicked"))));
    outcome.unwrap_or_else(|error| explain(app, interaction, error).into())
}

/// The meaning of Discord's response, whatever the request.
fn explain_fault(app: &App, cause: &anyhow::Error) -> Option<CommonMsg> {
    let fault = cause.chain().find_map(|cause| cause.downcast_ref::<RestError>())?;
    match fault {
        RestError::Limited(wait) => {
            tracing::warn!(%fault, "told a user when to try again");
            Some(CommonMsg::RateLimited { until: Relative(app.now() + *wait) })
        }
        RestError::Refused { code: UNKNOWN_GUILD, .. } => Some(CommonMsg::BotNotInServer),
        _ => None,
    }
}

/// Logs the outcome of background work; refusals are not logged.
pub fn log(what: &'static str, outcome: crate::error::Result<()>) {
    if let Err(Error::Internal(cause)) = outcome {
        tracing::error!(what, cause = format!("{cause:#}"), "unexpected error");
    }
}

/// Six characters that are easy to read aloud, from the low bits of the interaction's id: the time to the millisecond
/// and a part of Discord's sequence, so that two errors within weeks rarely share one.
fn code(interaction: u64) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    // The lowest 12 bits count ids within a millisecond, the next 10 name a machine: keep 4 of them, drop the rest.
    let bits = (interaction >> 22 << 4) | (interaction & 0xF);
    (0..6).rev().map(|place| char::from(ALPHABET[usize::try_from((bits >> (5 * place)) & 31).unwrap_or(0)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interactions_a_millisecond_apart_get_different_codes() {
        let first = 175_928_847_299_117_063_u64;
        assert_eq!(code(first).len(), 6);
        assert_ne!(code(first), code(first + (1 << 22)));
        assert_ne!(code(first), code(first + 1));
    }
}
