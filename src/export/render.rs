//! What every format of an export can do. A renderer works without Discord: it gets messages and returns text.

use super::cover::Cover;
use super::names::Names;
use crate::domain::history::{Attachment, Message};

pub trait Render: Send + Sync {
    /// Of the file's name.
    fn extension(&self) -> &'static str;

    /// A new file begins.
    fn begin_part(&mut self);

    fn message(&mut self, message: &Message, names: &Names) -> Piece;

    /// What stands before and after the base64 of a file that the export holds itself; `None`: this format lists files.
    fn embedded(&self, file: &Attachment) -> Option<(String, String)>;

    /// A file that is not in the export.
    fn listed(&self, file: &Attachment, why: Listed) -> String;

    fn head(&self, cover: &Cover<'_>) -> String;

    fn tail(&self) -> String;
}

/// A message; its files come between the two texts.
pub struct Piece {
    pub before: String,
    pub files: Vec<Attachment>,
    pub after: String,
}

/// Why a file is only listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// The format has no files in it.
    ByFormat,
    /// It did not fit any more.
    TooLarge,
    Unreachable,
}
