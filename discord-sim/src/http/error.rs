//! Discord's errors: status, JSON code and sentence.
//!
//! <https://discord.com/developers/docs/topics/opcodes-and-status-codes#json>

use serde_json::{Value, json};

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ApiError {
    pub(crate) status: u16,
    pub(crate) code: u64,
    pub(crate) message: String,
    /// A 50035's tree of form errors.
    pub(crate) errors: Option<Value>,
}

macro_rules! errors {
    ($($name:ident = $status:literal $code:literal $message:literal),+ $(,)?) => {
        impl ApiError {
            $(pub(crate) fn $name() -> Self { Self::new($status, $code, $message) })+
        }
    };
}

errors! {
    unauthorized = 401 0 "401: Unauthorized",
    not_found = 404 0 "404: Not Found",
    unknown_channel = 404 10003 "Unknown Channel",
    unknown_guild = 404 10004 "Unknown Guild",
    unknown_member = 404 10007 "Unknown Member",
    unknown_message = 404 10008 "Unknown Message",
    unknown_role = 404 10011 "Unknown Role",
    unknown_user = 404 10013 "Unknown User",
    unknown_webhook = 404 10015 "Unknown Webhook",
    unknown_interaction = 404 10062 "Unknown interaction",
    unknown_command = 404 10063 "Unknown application command",
    only_own_application = 403 20012 "You are not authorized to perform this action on this application",
    too_large = 413 40005 "Request entity too large",
    no_message_in_forum = 400 40058 "Cannot send a message in a forum channel",
    already_acknowledged = 400 40060 "Interaction has already been acknowledged.",
    missing_access = 403 50001 "Missing Access",
    edit_of_others = 403 50005 "Cannot edit a message authored by another user",
    empty_message = 400 50006 "Cannot send an empty message",
    non_text_channel = 400 50008 "Cannot send messages in a non-text channel",
    missing_permissions = 403 50013 "Missing Permissions",
    wrong_channel_type = 400 50024 "Cannot execute action on this channel type",
    invalid_webhook_token = 401 50027 "Invalid Webhook Token",
    two_factor_required = 403 60003 "Two factor is required for this operation",
    thread_archived = 400 50083 "Thread is archived",
    bulk_delete_age = 400 50034 "You can only bulk delete messages that are under 14 days old.",
    // The status was seen in reports; the documentation names only the code.
    too_many_edits = 429 30046 "Maximum number of edits to messages older than 1 hour reached. Try again later",
    has_thread = 400 160_004 "A thread has already been created for this message",
    thread_locked = 403 160_005 "Thread is locked",
    too_many_threads = 400 160_006 "Maximum number of active threads reached",
}

impl ApiError {
    pub(crate) fn new(status: u16, code: u64, message: &str) -> Self {
        Self { status, code, message: message.to_owned(), errors: None }
    }

    /// 50035 with one invalid field: `path` like `data.embeds.0.title`.
    pub(crate) fn form(path: &str, code: &str, message: &str) -> Self {
        let leaf = json!({ "_errors": [{ "code": code, "message": message }] });
        let tree = path.rsplit('.').fold(leaf, |inner, key| json!({ key: inner }));
        Self { errors: Some(tree), ..Self::new(400, 50035, "Invalid Form Body") }
    }

    /// Unsupported by this simulator. Never one of Discord's errors.
    pub(crate) fn not_simulated(what: &str) -> Self {
        Self::new(501, 0, &format!("discord-sim does not simulate this: {what}"))
    }

    /// Whether this is the simulator's own refusal.
    pub(crate) fn is_gap(&self) -> bool {
        self.status == 501
    }

    pub(crate) fn body(&self) -> Value {
        let mut body = json!({ "message": self.message, "code": self.code });
        if let Some(errors) = &self.errors {
            body["errors"] = errors.clone();
        }
        body
    }
}
