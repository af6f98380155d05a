//! An export: what was said in a ticket, as a file. It is made when somebody asks for it, or when a ticket is closed and
//! its inbox wants that, and is kept nowhere: it goes to who asked, or into the log.
//!
//! `read` reads the messages a hundred at a time and writes them to a temporary file that has no name. What fits into no
//! one file comes in parts. `html`, `json` and `text` are the formats; they know nothing of Discord. `for_person` and
//! `into_log` deliver. Who may export is decided by `tickets`, which calls this room.
//!
//! What people wrote is in memory and in that file only; nothing here prints or logs it.

mod cover;
mod deadline;
mod embed;
mod for_person;
mod html;
mod into_log;
mod json;
mod msg;
mod names;
mod people;
mod press;
mod read;
mod render;
#[cfg(test)]
mod samples;
mod sentences;
mod spool;
mod text;
mod times;
mod write;

pub use cover::Facts;
pub use for_person::{Commission, TIME, busy};
pub use into_log::{Attach, is_pending, on_closed};
pub use msg::ExportMsg;
pub use read::{Order, Position, Viewer};

use std::fmt;
use std::str::FromStr;

/// The name of the route behind *Export* on a card and in a line of the log: its content is the ticket's id. `tickets`
/// handles it.
pub const BUTTON: &str = "xpo";

/// What is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Html,
    Json,
    Text,
}

impl Format {
    const EACH: [Self; 3] = [Self::Html, Self::Json, Self::Text];

    const fn letter(self) -> &'static str {
        match self {
            Self::Html => "h",
            Self::Json => "j",
            Self::Text => "t",
        }
    }
}

/// A letter, for the ids of components.
impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.letter())
    }
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a format")]
pub struct ParseFormatError;

impl FromStr for Format {
    type Err = ParseFormatError;

    fn from_str(text: &str) -> Result<Self, ParseFormatError> {
        Self::EACH.into_iter().find(|format| format.letter() == text).ok_or(ParseFormatError)
    }
}
