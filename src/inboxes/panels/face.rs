//! Renders what a panel shows below its content, in the server's language.

use poise::serenity_prelude::CreateActionRow;

use crate::discord::panel_message::{self, Offer};
use crate::domain::emoji::Emoji;
use crate::domain::panel::Style;
use crate::domain::settings::PanelEntry;
use crate::domain::text;
use crate::i18n::{self, Locale};
use crate::inboxes::InboxMsg;
use crate::storage::inboxes::Inbox;
use crate::storage::panels::Face;
use crate::tickets::{label, open};

/// A panel as it should be.
pub(in crate::inboxes) fn rows(face: &Face) -> Vec<CreateActionRow> {
    render(face, true)
}

/// For a message that is posted with other content: without emoji, because it must not be refused for them. True: it
/// shows all of the panel.
pub(in crate::inboxes) fn rows_to_post(face: &Face) -> (Vec<CreateActionRow>, bool) {
    (render(face, false), face.inboxes.iter().all(|inbox| emoji(inbox).is_none()))
}

/// The same for an inbox that gets a panel of its own.
pub(in crate::inboxes) fn rows_of_lone(inbox: &Inbox, guild_locale: &Locale) -> (Vec<CreateActionRow>, bool) {
    (rows_of_new(&inbox.settings.panel, guild_locale), emoji(inbox).is_none())
}

/// The same for a new one.
pub(in crate::inboxes) fn rows_of_new(entry: &PanelEntry, guild_locale: &Locale) -> Vec<CreateActionRow> {
    let (id, label) = (open::BUTTON.id(&()), label(entry, guild_locale));
    panel_message::buttons(vec![Offer { id, label, emoji: None, color: entry.color, description: None }])
}

/// The emoji that an inbox shows.
pub(super) fn emoji(inbox: &Inbox) -> Option<Emoji> {
    inbox.settings.panel.emoji.as_deref().filter(|_| !inbox.is_emoji_refused).and_then(Emoji::parse)
}

fn render(face: &Face, with_emoji: bool) -> Vec<CreateActionRow> {
    let locale = Locale::from_discord(&face.locale);
    let offer = |inbox: &Inbox, id| {
        let entry = &inbox.settings.panel;
        let description = entry.description.as_deref().map(text::single_line).filter(|text| text::is_visible(text));
        let emoji = emoji(inbox).filter(|_| with_emoji);
        Offer { id, label: label(entry, &locale), emoji, color: entry.color, description }
    };
    match (&face.inboxes[..], face.panel.style) {
        // Its button names none, as those of earlier versions.
        ([inbox], _) => panel_message::buttons(vec![offer(inbox, open::BUTTON.id(&()))]),
        (inboxes, Style::Buttons) => {
            let offers = inboxes.iter().map(|inbox| offer(inbox, open::BUTTON.id(&(inbox.id,))));
            panel_message::buttons(offers.collect())
        }
        (inboxes, Style::Menu) => {
            let placeholder = i18n::render(&locale, &InboxMsg::PanelMenuPlaceholder);
            let offers = inboxes.iter().map(|inbox| offer(inbox, inbox.id.to_string()));
            panel_message::menu(open::MENU.id(&()), &placeholder, offers.collect())
        }
    }
}
