//! The components that the bot puts under messages. Whatever they need to know later is in their custom id.

use poise::serenity_prelude as serenity;
use serenity::{ButtonStyle, CreateActionRow, CreateButton, CreateSelectMenu, CreateSelectMenuKind, RoleId, UserId};

use crate::domain::custom_id;
use crate::domain::staff::StaffMember;
use crate::i18n::{self, Locale, Msg};

/// The button under an inbox message, labelled for everybody in the guild.
pub fn create_ticket(guild_locale: &Locale) -> Vec<CreateActionRow> {
    let button = CreateButton::new(custom_id::CREATE_TICKET)
        .label(i18n::render(guild_locale, &Msg::CreateTicketButton))
        .style(ButtonStyle::Primary);
    vec![CreateActionRow::Buttons(vec![button])]
}

/// The button that deletes an inbox. `id` is sealed.
pub fn confirm_delete(reader: &Locale, id: String) -> CreateActionRow {
    let button = CreateButton::new(id).label(i18n::render(reader, &Msg::DeleteInboxButton)).style(ButtonStyle::Danger);
    CreateActionRow::Buttons(vec![button])
}

/// The button that deletes what is held about a person.
pub fn confirm_forget(reader: &Locale, id: String) -> CreateActionRow {
    let button =
        CreateButton::new(id).label(i18n::render(reader, &Msg::PrivacyDeleteButton)).style(ButtonStyle::Danger);
    CreateActionRow::Buttons(vec![button])
}

/// A menu of members and roles, with these chosen. At most `most` can be. `id` is sealed.
pub fn staff_menu(id: String, chosen: &[StaffMember], most: usize) -> CreateActionRow {
    let users = chosen.iter().filter_map(|member| match member {
        StaffMember::Member(user) => Some(UserId::from(*user)),
        StaffMember::Role(_) => None,
    });
    let roles = chosen.iter().filter_map(|member| match member {
        StaffMember::Role(role) => Some(RoleId::from(*role)),
        StaffMember::Member(_) => None,
    });
    let kind = CreateSelectMenuKind::Mentionable {
        default_users: Some(users.collect()),
        default_roles: Some(roles.collect()),
    };
    let menu = CreateSelectMenu::new(id, kind).min_values(0).max_values(u8::try_from(most).unwrap_or(u8::MAX));
    CreateActionRow::SelectMenu(menu)
}
