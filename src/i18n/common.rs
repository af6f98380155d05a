//! Messages shared by all modules: errors, outdated components, limits.

use super::args::Relative;
use super::messages;
use crate::domain::ids::UserId;

messages! {
    CommonMsg;

    GuildOnly = "guild-only";
    BotNotInServer = "bot-not-in-server";
    OutdatedComponent = "outdated-component";
    ComponentExpired = "component-expired";
    OutdatedCommand = "outdated-command";
    TooSlowForForm = "too-slow-for-form";
    ShuttingDown = "shutting-down";
    RateLimited { until: Relative } = "rate-limited";
    StorageUnavailable { code: String, owner: Option<UserId> } = "storage-unavailable";
    Unexpected { code: String, owner: Option<UserId> } = "unexpected";
}
