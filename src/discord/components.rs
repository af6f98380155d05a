//! The components of the bot's messages. Their custom ids hold all later context.

use poise::serenity_prelude as serenity;
use serenity::{ButtonStyle, CreateActionRow, CreateButton, CreateSelectMenu, CreateSelectMenuKind, RoleId, UserId};

use crate::domain::custom_id;
use crate::domain::staff::StaffMember;

/// The button under an inbox message.
pub fn create_ticket(label: &str) -> Vec<CreateActionRow> {
    let button = CreateButton::new(custom_id::CREATE_TICKET).label(label).style(ButtonStyle::Primary);
    vec![CreateActionRow::Buttons(vec![button])]
}

/// The button that confirms a deletion. `id` is bound to the person who sees it.
pub fn confirm_delete(label: &str, id: String) -> CreateActionRow {
    CreateActionRow::Buttons(vec![CreateButton::new(id).label(label).style(ButtonStyle::Danger)])
}

/// A menu of members and roles, with these preselected, at most `most`. `id` is sealed.
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
