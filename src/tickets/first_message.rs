//! The bot's first message in a ticket: its text with the mentions and the answers of a form, and its buttons; and what
//! follows it because it has no room.

use poise::serenity_prelude::CreateActionRow;

use super::form::{self, FormMsg};
use super::{TicketMsg, claim, closing};
use crate::discord::components::{self, Button};
use crate::domain::form::answers::Upload;
use crate::domain::form::layout;
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
    /// Further messages with answers.
    pub further: Vec<String>,
    /// Uploaded files, each question with its heading in a message of its own.
    pub files: Vec<(String, Vec<Upload>)>,
}

impl FirstMessage {
    pub(super) fn render(
        beginning: &Beginning,
        form: form::Asked<'_>,
        owner: UserId,
        staff: &[StaffMember],
        locale: &Locale,
    ) -> Self {
        let default = i18n::render(locale, &TicketMsg::DefaultStarter);
        let template = beginning.starter.as_deref().unwrap_or_default();
        let mentioned = if beginning.mention_staff == MentionStaff::No { &[] } else { staff };
        let mut starter = Starter::render(template, owner, mentioned, Some(&default), &form.values(locale));
        let (mut further, mut files) = (Vec::new(), Vec::new());
        if let Some(answers) = form.answers {
            let mut pages = layout::lay_out(&starter.content, answers, &form::words(locale)).into_iter();
            starter.content = pages.next().unwrap_or(starter.content);
            further.extend(pages);
            let groups = answers.files();
            files.extend(groups.map(|(answer, files)| (layout::heading(&answer.label), files.to_vec())));
        }
        if form.is_lost {
            further.push(i18n::render(locale, &FormMsg::AnswersLost));
        }
        Self {
            starter,
            is_silent: beginning.mention_staff == MentionStaff::Silent,
            rows: buttons(beginning, locale),
            further,
            files,
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
