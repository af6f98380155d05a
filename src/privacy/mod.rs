//! What a person can ask about themselves, in a server or in a direct message: what is held about them, and to have it
//! deleted. Always about whoever asks, and over all servers.
//!
//! The commands themselves are in `commands`; which rows those are, in `storage::personal`.

mod delete;
mod msg;
mod show;

pub use msg::PrivacyMsg;

pub use delete::ask;
pub use show::show;

use anyhow::Context as _;

use crate::discord::State;
use crate::discord::interaction::Caller;
use crate::domain::ids::UserId;
use crate::domain::personal::Held;
use crate::error::Result;
use crate::i18n::Locale;
use crate::router::Route;
use crate::storage::personal;

/// What people use of what they are shown here.
pub const ROUTES: &[Route] = &[delete::BUTTON];

/// So many tickets are shown and handed out at once; their file stays far below Discord's limit of 10 MiB ("Uploading
/// Files"). Whoever has more asks the operator for the rest.
const MOST_TICKETS: u32 = 2_000;

/// Who asks. Discord has said so: a custom id has no say in it.
#[derive(Clone, Debug)]
pub struct Person<'a> {
    pub state: &'a State,
    pub user: UserId,
    /// The language of the answers.
    pub reader: Locale,
}

impl<'a> Person<'a> {
    pub fn new(state: &'a State, caller: &Caller) -> Self {
        Self { state, user: caller.user, reader: caller.reader.clone() }
    }

    async fn held(&self) -> Result<Held> {
        Ok(personal::find(&self.state.app.db, self.user, MOST_TICKETS)
            .await
            .context("find what is held about a person")?)
    }
}
