//! Sentences about messages, in every format alike.

use super::msg::ExportMsg;
use super::names::{Names, isolated, shown};
use crate::domain::history::{Command, Kind, Message};
use crate::domain::text;

/// The most characters of what somebody replied to.
const EXCERPT: usize = 120;

/// What Discord says.
pub fn by_discord(message: &Message, names: &Names) -> ExportMsg {
    let name = |person| isolated(&names.of(person)).into_owned();
    let (who, whom) = (name(&message.author), message.mentions.first().map(name).unwrap_or_default());
    match message.kind {
        Kind::Added => ExportMsg::AddedSomebody { who, whom },
        Kind::Removed => ExportMsg::RemovedSomebody { who, whom },
        Kind::Renamed => ExportMsg::RenamedTo { who, name: isolated(&shown(&message.body.text)).into_owned() },
        Kind::Pinned => ExportMsg::PinnedOne { who },
        Kind::Written | Kind::Other(_) => ExportMsg::OtherSystem { who },
    }
}

/// Whose command a message answers.
pub fn used(command: &Command, names: &Names) -> ExportMsg {
    let who = isolated(&names.of(&command.by)).into_owned();
    match &command.name {
        Some(name) => ExportMsg::UsedCommand { who, command: isolated(&format!("/{}", shown(name))).into_owned() },
        None => ExportMsg::UsedApp { who },
    }
}

/// The beginning of what somebody replied to, on one line. Empty: there is no text.
pub fn excerpt(said: &str) -> String {
    let whole = text::single_line(said);
    let beginning = text::cut(&whole, EXCERPT);
    if beginning.len() < whole.len() { format!("{beginning}…") } else { whole }
}
