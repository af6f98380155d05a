//! What a request to Discord can fail with, sorted by what it means for the work that asked.
//!
//! serenity's own errors print addresses, and those of interactions carry a token: they are taken apart here and never
//! go further. See "HTTP" and "JSON" in Discord's "Opcodes and Status Codes".

use std::fmt;

use poise::serenity_prelude as serenity;
use serenity::HttpError;

/// A request that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Discord read the request and said no: nothing was done.
    Refused { status: u16, code: isize, refusal: Refusal, fields: Vec<String> },
    /// The request never reached Discord: nothing was done.
    NotSent(&'static str),
    /// No usable answer came back: Discord may have acted.
    Uncertain(String),
    /// The request could not even be built, or the answer was not what Discord documents.
    Broken(&'static str),
}

/// The refusals that mean something to us, by Discord's JSON error code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// 10003, 10004: the channel or the guild is gone, or was never visible.
    Unknown,
    /// 10008: the message is gone.
    UnknownMessage,
    /// 10062, 10015, 50027: the interaction is over.
    InteractionOver,
    /// 40060: somebody has answered it already.
    AlreadyAnswered,
    /// 50001: we cannot see it.
    MissingAccess,
    /// 50013: we may not do that.
    MissingPermissions,
    /// 160006: the guild has as many active threads as it may have.
    TooManyThreads,
    /// 50035 about `name`: Discord does not want this name.
    Name,
    /// 50035 about anything else.
    Form,
    Other,
}

impl Fault {
    /// A refusal that needs no request: what Discord sent already says that it would refuse.
    pub fn refused_locally(refusal: Refusal) -> Self {
        Self::Refused { status: 403, code: 0, refusal, fields: Vec::new() }
    }

    pub fn refusal(&self) -> Option<Refusal> {
        match self {
            Self::Refused { refusal, .. } => Some(*refusal),
            _ => None,
        }
    }

    /// Whether Discord may have done what was asked although no answer says so.
    pub fn may_have_acted(&self) -> bool {
        matches!(self, Self::Uncertain(_))
    }
}

impl Refusal {
    fn from_response(code: isize, fields: &[String]) -> Self {
        match code {
            10003 | 10004 => Self::Unknown,
            10008 => Self::UnknownMessage,
            10062 | 10015 | 50027 => Self::InteractionOver,
            40060 => Self::AlreadyAnswered,
            50001 => Self::MissingAccess,
            50013 => Self::MissingPermissions,
            160_006 => Self::TooManyThreads,
            50035 if fields.iter().any(|field| field.starts_with("name:")) => Self::Name,
            50035 => Self::Form,
            _ => Self::Other,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { status, code, fields, .. } => {
                write!(f, "Discord refused with status {status}, code {code}")?;
                if !fields.is_empty() {
                    write!(f, " ({})", fields.join(", "))?;
                }
                Ok(())
            }
            Self::NotSent(why) => write!(f, "the request did not reach Discord: {why}"),
            Self::Uncertain(why) => write!(f, "no usable answer from Discord: {why}"),
            Self::Broken(why) => write!(f, "the exchange with Discord was malformed: {why}"),
        }
    }
}

impl std::error::Error for Fault {}

impl From<serenity::Error> for Fault {
    fn from(error: serenity::Error) -> Self {
        match error {
            serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) => {
                let status = response.status_code.as_u16();
                if status >= 500 {
                    return Self::Uncertain(format!("status {status}"));
                }
                // The paths and codes of a form error say what is wrong; its texts may quote what was sent.
                let fields: Vec<String> =
                    response.error.errors.iter().map(|error| format!("{}: {}", error.path, error.code)).collect();
                let code = response.error.code;
                Self::Refused { status, code, refusal: Refusal::from_response(code, &fields), fields }
            }
            serenity::Error::Http(HttpError::Request(error)) if error.is_connect() => Self::NotSent("no connection"),
            serenity::Error::Http(HttpError::Request(error)) if error.is_builder() => Self::Broken("request"),
            serenity::Error::Http(HttpError::Request(error)) => {
                Self::Uncertain(if error.is_timeout() { "timed out" } else { "connection lost" }.to_owned())
            }
            serenity::Error::Http(_) => Self::Broken("headers or address"),
            serenity::Error::Json(_) => Self::Uncertain("unreadable answer".to_owned()),
            serenity::Error::Model(_) => Self::Broken("refused by the library before it was sent"),
            _ => Self::Broken("library"),
        }
    }
}
