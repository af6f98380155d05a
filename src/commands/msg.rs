//! What the people who run the bot read after a text command.

use crate::i18n::messages;

messages! {
    OwnerMsg;

    CommandsSynced = "commands-synced";
    CommandsSyncedHere = "commands-synced-here";
    CommandsNotSynced = "commands-not-synced";
    ConfigReloaded = "config-reloaded";
    ConfigReloadedInPart = "config-reloaded-in-part";
    ConfigNotReloaded = "config-not-reloaded";
}
