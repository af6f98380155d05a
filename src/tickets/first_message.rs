//! The bot's first message in a ticket: its text with the mentions, and its buttons.

use poise::serenity_prelude::CreateActionRow;

use super::{TicketMsg, claim};
use crate::discord::components::{self, Button};
use crate::domain::ids::UserId;
use crate::domain::settings::{Beginning, MentionStaff};
use crate::domain::staff::StaffMember;
use crate::domain::starter::Starter;
use crate::i18n::{self, Locale};

/// The message, ready to send.
pub(super) struct FirstMessage {
    pub starter: Starter,
    /// Nobody is notified.
    pub is_silent: bool,
    pub rows: Vec<CreateActionRow>,
}

impl FirstMessage {
    pub(super) fn render(beginning: &Beginning, owner: UserId, staff: &[StaffMember], locale: &Locale) -> Self {
        let default = i18n::render(locale, &TicketMsg::DefaultStarter);
        let template = beginning.starter.as_deref().unwrap_or_default();
        let mentioned = if beginning.mention_staff == MentionStaff::No { &[] } else { staff };
        Self {
            starter: Starter::render(template, owner, mentioned, Some(&default)),
            is_silent: beginning.mention_staff == MentionStaff::Silent,
            rows: buttons(beginning, locale),
        }
    }
}

/// The buttons of an open ticket.
pub(super) fn buttons(beginning: &Beginning, locale: &Locale) -> Vec<CreateActionRow> {
    let claim = beginning
        .claim_button
        .then(|| Button::secondary(claim::BUTTON.id(&()), i18n::render(locale, &TicketMsg::ClaimButton)));
    components::row(claim)
}
