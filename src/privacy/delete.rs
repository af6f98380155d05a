//! `/privacy delete`: asks for confirmation, then deletes a person's records that the bot no longer needs.

use std::time::Duration;

use anyhow::Context as _;

use super::Person;
use crate::discord::components;
use crate::discord::respond::{Answer, Reply};
use crate::domain::admission::LONGEST_COOLDOWN;
use crate::error::Result;
use crate::i18n;
use crate::privacy::PrivacyMsg;
use crate::router::{Audience, Request, Route};
use crate::storage::personal;

/// How long a reader may delay the emptying of the write-ahead log; otherwise the next maintenance pass does it.
const PATIENCE: Duration = Duration::from_millis(100);

/// Asks for confirmation, and says what stays and why.
pub async fn ask(person: &Person<'_>) -> Result<Reply> {
    let held = person.held().await?;
    if held.is_empty() {
        return Ok(PrivacyMsg::Nothing.into());
    }
    let (kept, tickets) = held.kept_and_deleted(person.state.app.now());
    let msg = PrivacyMsg::DeleteAsked { tickets, kept, inboxes: held.staff.len() as u64 };
    let label = i18n::render(&person.reader, &PrivacyMsg::DeleteButton);
    Ok(Reply::Card {
        msg: msg.into(),
        preview: None,
        rows: vec![components::confirm_delete(&label, BUTTON.id_of_oneself(person.user))],
        in_place: false,
    })
}

/// The confirmation button.
pub(super) const BUTTON: Route =
    Route::component("fgt", Audience::Oneself, |request| Box::pin(async move { on_confirm(&request).await }));

async fn on_confirm(request: &Request) -> Result<Answer> {
    let person = Person::new(&request.state, &request.caller);
    let app = &person.state.app;
    let deleted = personal::delete(&app.db, person.user, app.now() - LONGEST_COOLDOWN)
        .await
        .context("delete what is held about a person")?;
    personal::empty_log(&app.db, PATIENCE).await.context("empty the write-ahead log")?;
    let (tickets, left) = (deleted.tickets, deleted.tickets_left);
    tracing::info!(tickets, left, staff = deleted.staff, "a person deleted their data");
    Ok(Reply::Card {
        msg: PrivacyMsg::Deleted { tickets, left }.into(),
        preview: None,
        rows: Vec::new(),
        in_place: true,
    }
    .into())
}
