//! The bot's first message in a ticket: its text with the mentions, and its buttons.

use poise::serenity_prelude::CreateActionRow;

use super::{TicketMsg, claim, closing};
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

/// Whether an open ticket has any buttons.
pub(super) fn has_buttons(beginning: &Beginning) -> bool {
    beginning.close_button || beginning.claim_button
}

/// The buttons of an open ticket.
pub(super) fn buttons(beginning: &Beginning, locale: &Locale) -> Vec<CreateActionRow> {
    let label = |msg: TicketMsg| i18n::render(locale, &msg);
    let close = beginning.close_button.then(|| Button::danger(closing::BUTTON.id(&()), label(TicketMsg::CloseButton)));
    let claim = beginning.claim_button.then(|| Button::secondary(claim::BUTTON.id(&()), label(TicketMsg::ClaimButton)));
    components::row(close.into_iter().chain(claim))
}
