//! The configuration of a server as a file: written, read, compared with what is stored, and applied as a whole.
//!
//! The file is a projection of `domain::server_config`, and its settings of `domain::settings`: a setting that is defined
//! there is written, read, explained and documented here. `/inbox export` and `/inbox import` (`inboxes`) and the
//! operator's command line (`operator::config`) use the same functions; the command line knows no names.

mod apply;
mod compare;
mod comparison;
mod counts;
mod directory;
mod document;
mod entries;
mod msg;
mod problem;
mod read;
mod revision;
mod spelling;
mod write;

pub use apply::{Applied, Target, apply};
pub use compare::compare;
pub use comparison::{Comparison, Style};
pub use counts::Counts;
pub use directory::{Channel, Directory, Names};
pub use document::document;
pub use msg::{ConfigMsg, ConfigProblem};
pub use problem::Problem;
pub use read::{Bounds, Read, read};
pub use revision::Digest;
pub use write::Export;

/// The version of the format. A file of a later one is refused.
const FORMAT: i64 = 1;

/// The most bytes of a file.
pub const MAX_SIZE: usize = 256 * 1024;

/// The names of tables and keys beside those of the settings.
mod keys {
    pub(super) const FORMAT: &str = "format";
    pub(super) const SERVER: &str = "server";
    pub(super) const ID: &str = "id";
    pub(super) const PANEL: &str = "panel";
    pub(super) const INBOX: &str = "inbox";
    pub(super) const NUMBER: &str = "number";
    pub(super) const CHANNEL: &str = "channel";
    pub(super) const ON_PANEL: &str = "on_panel";
    pub(super) const STAFF: &str = "staff";
    pub(super) const STYLE: &str = "style";
    pub(super) const FILES: &str = "files";
    pub(super) const EMBEDS: &str = "embeds";
    pub(super) const REPLY: &str = "reply";
    pub(super) const NAME: &str = "name";
    pub(super) const TEXT: &str = "text";
    pub(super) const BLOCK: &str = "block";
    pub(super) const MEMBER: &str = "member";
    pub(super) const ENDS: &str = "ends";
}

#[cfg(test)]
mod tests;
