//! The context menu entry *Select this message*: the second step of the command that the admin has started.

use poise::serenity_prelude::{CommandType, CreateCommand, InteractionContext, Permissions};

use super::localize;

/// Its English name, by which Discord identifies it.
pub(super) const NAME: &str = "Select this message";

pub(super) fn registration() -> CreateCommand {
    let entry = CreateCommand::new(NAME)
        .kind(CommandType::Message)
        .default_member_permissions(Permissions::MANAGE_GUILD)
        .contexts(vec![InteractionContext::Guild]);
    localize::menu_names("command-select-this-message")
        .into_iter()
        .fold(entry, |entry, (locale, name)| entry.name_localized(locale, name))
}
