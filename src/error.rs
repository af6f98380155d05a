//! The errors of a person's request: a sentence for the person, or a fault for the operator.

use crate::i18n::{Message, Msg};

/// Why a request was not carried out.
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
