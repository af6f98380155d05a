//! An interaction of a person: a command, a click, a choice or a form.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// "You must send an initial response within 3 seconds of receiving the event" (Discord, receiving and responding).
pub(crate) const ANSWER_WITHIN_MS: i64 = 3_000;
/// "Interaction tokens are valid for 15 minutes" (ibid.).
pub(crate) const TOKEN_VALID_MS: i64 = 15 * 60 * 1_000;

pub(crate) mod kind {
    pub(crate) const COMMAND: u8 = 2;
    pub(crate) const COMPONENT: u8 = 3;
    pub(crate) const AUTOCOMPLETE: u8 = 4;
    pub(crate) const MODAL: u8 = 5;
}

/// <https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type>
pub(crate) mod callback {
    pub(crate) const MESSAGE: u64 = 4;
    pub(crate) const DEFERRED_MESSAGE: u64 = 5;
    pub(crate) const DEFERRED_UPDATE: u64 = 6;
    pub(crate) const UPDATE: u64 = 7;
    pub(crate) const CHOICES: u64 = 8;
    pub(crate) const MODAL: u64 = 9;
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Interaction {
    pub(crate) id: u64,
    pub(crate) token: String,
    pub(crate) kind: u8,
    /// The person's action, for sentences: `/inbox create`, `button "Create Ticket"`.
    pub(crate) label: String,
    /// Command name as it is shown above an answer.
    pub(crate) command: Option<(u64, String, u8)>,
    /// `None`: a direct message.
    pub(crate) guild_id: Option<u64>,
    pub(crate) channel_id: u64,
    pub(crate) user_id: u64,
    pub(crate) created_ms: i64,
    /// After this a first answer is too late.
    pub(crate) answer_by_ms: i64,
    /// The component's message, also for a form opened from it.
    pub(crate) source: Option<u64>,
    pub(crate) callback: Option<u64>,
    pub(crate) answered_ms: Option<i64>,
    /// The initial answer's message (or the source, for updates).
    pub(crate) original: Option<u64>,
    pub(crate) followups: Vec<u64>,
    pub(crate) modal: Option<Value>,
    /// The suggestions that answer typing.
    pub(crate) choices: Option<Vec<Value>>,
    /// A deferred answer, not filled yet.
    pub(crate) thinking: bool,
}

impl Interaction {
    /// "`"0"` if the interaction is triggered from a DM with the app's bot user" (ibid., authorizing integration owners).
    pub(crate) fn installed_in(&self) -> String {
        self.guild_id.unwrap_or(0).to_string()
    }

    pub(crate) fn too_late_to_answer(&self, now_ms: i64) -> bool {
        self.callback.is_none() && now_ms >= self.answer_by_ms
    }

    pub(crate) fn token_expired(&self, now_ms: i64) -> bool {
        self.too_late_to_answer(now_ms) || now_ms >= self.created_ms + TOKEN_VALID_MS
    }
}
