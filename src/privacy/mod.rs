//! A person's requests about their own data, in a server or a direct message: show it, or delete it. Covers all
//! servers.
//!
//! The commands are in `commands`; `storage::personal` selects the rows.

mod delete;
mod msg;
mod show;

pub use msg::PrivacyMsg;

pub use delete::ask;
pub use show::show;

use anyhow::Context as _;

use crate::discord::BotContext;
use crate::discord::interaction::Caller;
use crate::domain::ids::UserId;
use crate::domain::personal::Held;
use crate::error::Result;
use crate::i18n::Locale;
use crate::router::Route;
use crate::storage::personal;

/// The components that people use.
pub const ROUTES: &[Route] = &[delete::BUTTON];

/// Maximum tickets in one export; its file stays far below Discord's limit of 10 MiB ("Uploading Files"). The operator
/// can export the rest.
const MOST_TICKETS: u32 = 2_000;

/// Who asks, as Discord reports it: a custom id cannot change it.
#[derive(Clone, Debug)]
pub struct Person<'a> {
    pub state: &'a BotContext,
    pub user: UserId,
    /// The language of the answers.
    pub reader: Locale,
}

impl<'a> Person<'a> {
    pub fn new(state: &'a BotContext, caller: &Caller) -> Self {
        Self { state, user: caller.user, reader: caller.reader.clone() }
    }

    async fn held(&self) -> Result<Held> {
        Ok(personal::find(&self.state.app.db, self.user, MOST_TICKETS)
            .await
            .context("find what is held about a person")?)
    }
}
