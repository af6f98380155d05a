//! Interactions: commands, clicks, menus and forms, parsed into our own types in stages.
//!
//! First the fields needed to answer (id, token, language), then the caller, then the request. Only used fields are
//! read, and each may be missing or malformed: a click must not fail because of an avatar. An unreadable one becomes
//! [`Asked::Unreadable`] and is answered with an error code. `respond` sends the answers.
//!
//! <https://discord.com/developers/docs/interactions/receiving-and-responding>

mod arguments;
mod caller;
mod command;
mod component;
mod message;
#[cfg(test)]
mod tests;

use std::fmt;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::lenient;
use crate::domain::ids::InteractionId;
use crate::i18n::Locale;

pub use arguments::{FileArgument, MemberArgument, RoleArgument};
pub use caller::Caller;
pub use command::{GivenFile, Person, SlashCommand, Typing};
pub use component::{Pressed, Selected};
pub use message::{Author, Field, Footer, SelectedAttachment, SelectedEmbed, SelectedMessage};

/// An interaction of a user.
#[derive(Clone)]
pub struct Interaction {
    pub id: InteractionId,
    /// Lets anybody answer as the bot for 15 minutes: never logged, never stored.
    pub(super) token: String,
    /// The language of the user's client; English if unknown.
    pub reader: Locale,
    pub asked: Asked,
}

/// The request and its caller.
#[derive(Clone, Debug)]
pub enum Asked {
    /// A slash command.
    Command(Caller, SlashCommand),
    /// An entry of a context menu.
    Menu(Caller, Menu),
    /// The choices for an option that is being typed; `None`: unreadable.
    Completion(Option<(Caller, Typing)>),
    /// A button or a menu.
    Component(Caller, Pressed),
    /// A submitted form.
    Form(Caller, Pressed),
    /// Can only be answered. Says what was unreadable.
    Unreadable(&'static str),
}

/// An entry of a context menu, and what it was opened on.
#[derive(Clone, Debug)]
pub struct Menu {
    /// The English name: only the client uses translations.
    pub name: String,
    pub target: MenuTarget,
}

#[derive(Clone, Debug)]
pub enum MenuTarget {
    Message(Box<SelectedMessage>),
    Member(Person),
}

/// The first stage: enough to answer.
#[derive(Deserialize)]
struct Head {
    #[serde(default, deserialize_with = "lenient::number")]
    id: Option<InteractionId>,
    #[serde(default, deserialize_with = "lenient::option")]
    token: Option<String>,
    #[serde(default, deserialize_with = "lenient::option")]
    locale: Option<String>,
}

/// The last stage; `data` depends on the type.
#[derive(Default, Deserialize)]
struct Body<'a> {
    #[serde(rename = "type", default, deserialize_with = "lenient::number")]
    kind: Option<u64>,
    #[serde(borrow)]
    data: Option<&'a RawValue>,
}

/// Discord's interaction types.
mod kind {
    pub(super) const COMMAND: u64 = 2;
    pub(super) const COMPONENT: u64 = 3;
    pub(super) const AUTOCOMPLETE: u64 = 4;
    pub(super) const FORM: u64 = 5;
}

impl Interaction {
    /// `None` if it cannot even be answered.
    pub fn read(json: &str) -> Option<Self> {
        let head: Head = serde_json::from_str(json).ok()?;
        // It becomes a part of URLs.
        let token = head.token.filter(|token| is_token(token))?;
        let reader = head.locale.as_deref().map(Locale::from_discord).unwrap_or_default();
        let asked = Asked::read(json, &reader).unwrap_or_else(Asked::Unreadable);
        Some(Self { id: head.id?, token, reader, asked })
    }
}

impl Asked {
    fn read(json: &str, reader: &Locale) -> Result<Self, &'static str> {
        let body: Body<'_> = serde_json::from_str(json).unwrap_or_default();
        let kind = body.kind.ok_or("its type")?;
        let data = body.data.map_or("null", RawValue::get);
        if kind == kind::AUTOCOMPLETE {
            return Ok(Self::Completion(Caller::read(json, reader).zip(Typing::read(data))));
        }
        let caller = Caller::read(json, reader).ok_or("who asks")?;
        match kind {
            kind::COMMAND => command::read(caller, data),
            kind::COMPONENT => Ok(Self::Component(caller, Pressed::read(json, data)?)),
            kind::FORM => Ok(Self::Form(caller, Pressed::read(json, data)?)),
            _ => Err("a type that is not known"),
        }
    }
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.~=+:".contains(&byte))
}

impl fmt::Debug for Interaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Interaction").field("id", &self.id).field("asked", &self.asked).finish_non_exhaustive()
    }
}
