//! Answers to the owners' text commands.

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
