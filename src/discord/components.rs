//! The components that the bot sends. Their custom ids hold all later context; `interaction` parses what people enter.
//! Forms are in `forms`.

use poise::serenity_prelude as serenity;
use serde_json::{Value, json};
use serenity::{
    ButtonStyle, ChannelType, CreateActionRow, CreateButton, CreateSelectMenu, CreateSelectMenuKind,
    CreateSelectMenuOption, RoleId, UserId,
};

use crate::domain::ids::{self, ChannelId};
use crate::domain::staff::StaffMember;
use crate::domain::text;

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

/// The most characters of a menu's placeholder, and of an entry's label and description (Discord: "Component
/// Reference", string select).
const MAX_CHOOSE: usize = 150;
const MAX_OPTION: usize = 100;

/// Discord's component type.
const BUTTON: u8 = 2;

/// The style of a button with an address.
const LINK: u8 = 5;

/// The most characters of a button's label (Discord: "Component Reference", button).
const MAX_BUTTON: usize = 80;

/// Tests keep the catalog within the limits; an oversized text must not fail the form.
pub(super) fn fit(text: &str, characters: usize) -> String {
    text::cut(text, characters).to_owned()
}

/// A button, with its id or its link.
#[derive(Clone, Debug)]
pub struct Button {
    target: Target,
    label: String,
    style: ButtonStyle,
}

#[derive(Clone, Debug)]
enum Target {
    Id(String),
    Link(String),
}

impl Button {
    pub fn primary(id: String, label: String) -> Self {
        Self { target: Target::Id(id), label, style: ButtonStyle::Primary }
    }

    pub fn secondary(id: String, label: String) -> Self {
        Self { target: Target::Id(id), label, style: ButtonStyle::Secondary }
    }

    /// For a switch that is on.
    pub fn success(id: String, label: String) -> Self {
        Self { target: Target::Id(id), label, style: ButtonStyle::Success }
    }

    /// For what cannot be undone, or ends a ticket.
    pub fn danger(id: String, label: String) -> Self {
        Self { target: Target::Id(id), label, style: ButtonStyle::Danger }
    }

    pub fn link(address: String, label: String) -> Self {
        Self { target: Target::Link(address), label, style: ButtonStyle::Primary }
    }
}

impl From<Button> for CreateButton {
    fn from(button: Button) -> Self {
        match button.target {
            Target::Id(id) => Self::new(id).label(button.label).style(button.style),
            Target::Link(address) => Self::new_link(address).label(button.label),
        }
    }
}

/// An entry of a menu.
#[derive(Clone, Debug)]
pub struct Entry {
    pub value: String,
    pub label: String,
    pub description: Option<String>,
    pub is_chosen: bool,
}

/// A menu of which one entry is chosen; at most 25 entries. `id` is sealed.
pub fn menu(id: String, placeholder: &str, entries: impl IntoIterator<Item = Entry>) -> CreateActionRow {
    let options = entries.into_iter().map(|entry| {
        let option = CreateSelectMenuOption::new(fit(&entry.label, MAX_OPTION), entry.value);
        let option = option.default_selection(entry.is_chosen);
        match entry.description {
            Some(description) => option.description(fit(&description, MAX_OPTION)),
            None => option,
        }
    });
    let kind = CreateSelectMenuKind::String { options: options.collect() };
    CreateActionRow::SelectMenu(CreateSelectMenu::new(id, kind).placeholder(fit(placeholder, MAX_CHOOSE)))
}

/// A menu of which all entries are chosen, and no fewer; at most 25 entries. `id` is sealed.
pub fn menu_of_all(id: String, placeholder: &str, entries: &[Entry]) -> CreateActionRow {
    let options =
        entries.iter().map(|entry| CreateSelectMenuOption::new(fit(&entry.label, MAX_OPTION), entry.value.clone()));
    let kind = CreateSelectMenuKind::String { options: options.collect() };
    let all = u8::try_from(entries.len()).unwrap_or(u8::MAX);
    let menu = CreateSelectMenu::new(id, kind).placeholder(fit(placeholder, MAX_CHOOSE));
    CreateActionRow::SelectMenu(menu.min_values(all).max_values(all))
}

/// A menu of the guild's text channels, of which one is chosen, or none unless `is_required`; without those for
/// announcements if `for_tickets`. `id` is sealed.
pub fn channel_menu(
    id: String,
    placeholder: &str,
    chosen: Option<ChannelId>,
    is_required: bool,
    for_tickets: bool,
) -> CreateActionRow {
    let announcements = (!for_tickets).then_some(ChannelType::News);
    let kind = CreateSelectMenuKind::Channel {
        channel_types: Some([ChannelType::Text].into_iter().chain(announcements).collect()),
        default_channels: chosen.map(|channel| vec![channel.into()]),
    };
    let menu = CreateSelectMenu::new(id, kind).placeholder(fit(placeholder, MAX_CHOOSE));
    CreateActionRow::SelectMenu(menu.min_values(u8::from(is_required)).max_values(1))
}

/// A menu of the guild's roles, of which at most `most` are chosen, or none. `id` is sealed.
pub fn role_menu(id: String, placeholder: &str, chosen: &[ids::RoleId], most: usize) -> CreateActionRow {
    let chosen: Vec<RoleId> = chosen.iter().map(|role| (*role).into()).collect();
    let kind = CreateSelectMenuKind::Role { default_roles: (!chosen.is_empty()).then_some(chosen) };
    let menu = CreateSelectMenu::new(id, kind).placeholder(fit(placeholder, MAX_CHOOSE));
    CreateActionRow::SelectMenu(menu.min_values(0).max_values(u8::try_from(most).unwrap_or(u8::MAX)))
}

impl Button {
    /// As Discord reads it (Discord: "Component Reference", button).
    pub(super) fn json(&self) -> Value {
        let label = fit(&self.label, MAX_BUTTON);
        match &self.target {
            Target::Id(id) => json!({ "type": BUTTON, "style": u8::from(self.style), "label": label, "custom_id": id }),
            Target::Link(address) => json!({ "type": BUTTON, "style": LINK, "label": label, "url": address }),
        }
    }
}

/// One row of at most five buttons; no row without buttons.
pub fn row(buttons: impl IntoIterator<Item = Button>) -> Vec<CreateActionRow> {
    let buttons: Vec<CreateButton> = buttons.into_iter().map(Into::into).collect();
    if buttons.is_empty() { Vec::new() } else { vec![CreateActionRow::Buttons(buttons)] }
}
