//! What work for a person can end with: a sentence for them, or a fault that only the operator can understand.

use crate::i18n::{Message, Msg};

/// Why something asked for was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Expected, and explained to the person who asked. Not logged as a fault.
    #[error("refused: {}", .0.key())]
    User(Msg),
    /// Unexpected: the person gets a code, the log gets the cause under the same code.
    #[error(transparent)]
    Internal(anyhow::Error),
}

pub type Result<T> = std::result::Result<T, Error>;

impl<M: Message> From<M> for Error {
    fn from(message: M) -> Self {
        Self::User(message.into())
    }
}

impl From<Msg> for Error {
    fn from(msg: Msg) -> Self {
        Self::User(msg)
    }
}

impl From<anyhow::Error> for Error {
    fn from(error: anyhow::Error) -> Self {
        Self::Internal(error)
    }
}
