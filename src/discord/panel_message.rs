//! What a panel shows below its content: buttons, or a menu. And the edit that draws it again, which leaves the content
//! as it is.

use poise::serenity_prelude as serenity;
use serenity::{
    ButtonStyle, CreateActionRow, CreateAllowedMentions, CreateButton, CreateSelectMenu, CreateSelectMenuKind,
    CreateSelectMenuOption, EditMessage, EmojiId, ReactionType,
};

use super::rest::{Rest, Route};
use super::rest_error::{RestError, RestResult};
use crate::domain::emoji::Emoji;
use crate::domain::ids::{ChannelId, MessageId};
use crate::domain::panel::{IN_ROW, Refused, refused_emoji};
use crate::domain::settings::ButtonColor;
use crate::domain::text;

/// The most characters of a button's label, and of an entry's label and description (Discord: "Component Reference").
const MAX_BUTTON: usize = 80;
const MAX_ENTRY: usize = 100;

/// "Cannot edit a message authored by another user" (Discord: "JSON Error Codes").
pub const NOT_THE_AUTHOR: u64 = 50005;

/// One inbox on a panel.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Of its button; in a menu the value of its entry.
    pub id: String,
    pub label: String,
    pub emoji: Option<Emoji>,
    pub color: ButtonColor,
    pub description: Option<String>,
}

/// A button for each, in rows of five.
pub fn buttons(offers: Vec<Offer>) -> Vec<CreateActionRow> {
    let mut buttons = offers.into_iter().map(|offer| {
        let style = match offer.color {
            ButtonColor::Blue => ButtonStyle::Primary,
            ButtonColor::Grey => ButtonStyle::Secondary,
            ButtonColor::Green => ButtonStyle::Success,
            ButtonColor::Red => ButtonStyle::Danger,
        };
        let button = CreateButton::new(offer.id).label(text::cut(&offer.label, MAX_BUTTON)).style(style);
        match offer.emoji {
            Some(emoji) => button.emoji(reaction(emoji)),
            None => button,
        }
    });
    let mut rows = Vec::new();
    loop {
        let row: Vec<_> = buttons.by_ref().take(IN_ROW).collect();
        if row.is_empty() {
            return rows;
        }
        rows.push(CreateActionRow::Buttons(row));
    }
}

/// A menu with an entry for each.
pub fn menu(id: String, placeholder: &str, offers: Vec<Offer>) -> Vec<CreateActionRow> {
    let options = offers.into_iter().map(|offer| {
        let entry = CreateSelectMenuOption::new(text::cut(&offer.label, MAX_ENTRY), offer.id);
        let entry = offer
            .description
            .iter()
            .fold(entry, |entry, description| entry.description(text::cut(description, MAX_ENTRY)));
        match offer.emoji {
            Some(emoji) => entry.emoji(reaction(emoji)),
            None => entry,
        }
    });
    let kind = CreateSelectMenuKind::String { options: options.collect() };
    vec![CreateActionRow::SelectMenu(CreateSelectMenu::new(id, kind).placeholder(text::cut(placeholder, MAX_ENTRY)))]
}

fn reaction(emoji: Emoji) -> ReactionType {
    match emoji {
        Emoji::Unicode(emoji) => ReactionType::Unicode(emoji),
        Emoji::Custom { name, id, is_animated } => {
            ReactionType::Custom { animated: is_animated, id: EmojiId::new(id), name: Some(name) }
        }
    }
}

/// Replaces what stands below the content of a panel, and nothing else.
pub async fn draw(rest: &Rest, channel: ChannelId, message: MessageId, rows: Vec<CreateActionRow>) -> RestResult<()> {
    let edit = EditMessage::new().components(rows).allowed_mentions(CreateAllowedMentions::new());
    rest.patch(Route::Message(channel, message)).json(&edit).send().await
}

/// The emoji that made Discord refuse; `None`: something else did.
pub fn refused(fault: &RestError) -> Option<Refused> {
    match fault {
        RestError::Refused { fields, .. } => refused_emoji(fields.iter().map(String::as_str)),
        _ => None,
    }
}
