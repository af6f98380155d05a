//! The components that the bot puts under messages.

use poise::serenity_prelude as serenity;
use serenity::{ButtonStyle, CreateActionRow, CreateButton};

use crate::domain::custom_id::CustomId;
use crate::i18n::{self, Locale, Msg};

/// The button under an inbox message, labelled for everybody in the guild.
pub fn create_ticket(guild_locale: &Locale) -> Vec<CreateActionRow> {
    let button = CreateButton::new(CustomId::CreateTicket.to_string())
        .label(i18n::render(guild_locale, &Msg::CreateTicketButton))
        .style(ButtonStyle::Primary);
    vec![CreateActionRow::Buttons(vec![button])]
}
