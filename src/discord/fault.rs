//! What a request to Discord can fail with, sorted by what it means for the work that asked.
//!
//! Addresses of interactions hold a token and form errors may quote what was sent: neither ever gets into a fault. See
//! "HTTP" and "JSON" in Discord's "Opcodes and Status Codes".

use std::fmt;
use std::time::Duration;

use reqwest::Response;
use serde_json::Value;

/// A request that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Discord read the request and said no: nothing was done.
    Refused { status: u16, code: u64, refusal: Refusal, fields: Vec<String> },
    /// The rate limit lasts longer than anybody would wait: nothing was done.
    Limited(Duration),
    /// The request never reached Discord: nothing was done.
    NotSent(&'static str),
    /// No usable answer came back: Discord may have acted.
    Uncertain(String),
    /// The request could not even be built.
    Broken(&'static str),
}

/// The refusals that mean something to us, by Discord's JSON error code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// 401: the token is wrong, or was reset.
    Token,
    /// 10003, 10004: the channel or the guild is gone, or was never visible.
    Unknown,
    /// 10007, 10013: not a member of the guild.
    UnknownMember,
    /// 10011: the role is gone.
    UnknownRole,
    /// 10008: the message is gone.
    UnknownMessage,
    /// 10062, 10015, 50027: the interaction is over.
    InteractionOver,
    /// 40060: it has been answered already.
    AlreadyAnswered,
    /// 50001: we cannot see it.
    MissingAccess,
    /// 50013, 50024: we may not do that, or not in a channel of this kind.
    MissingPermissions,
    /// 50083: the thread is archived.
    ThreadArchived,
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

    /// Whether the answer would be the same if it were asked again: a refusal does not change by itself.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Broken(_)) || !matches!(self.refusal(), None | Some(Refusal::Other | Refusal::Token))
    }

    /// Whether Discord may have done what was asked although no answer says so.
    pub fn may_have_acted(&self) -> bool {
        matches!(self, Self::Uncertain(_))
    }

    /// An exchange that ended without an answer.
    pub(super) fn from_transfer(error: &reqwest::Error) -> Self {
        if error.is_connect() {
            Self::NotSent("no connection")
        } else if error.is_builder() {
            Self::Broken("the request")
        } else {
            Self::Uncertain(if error.is_timeout() { "timed out" } else { "connection lost" }.to_owned())
        }
    }

    /// An answer that is no success.
    pub(super) async fn from_response(response: Response) -> Self {
        let status = response.status().as_u16();
        if status >= 500 {
            return Self::Uncertain(format!("status {status}"));
        }
        let body: Value = match response.bytes().await {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_default(),
            Err(_) => Value::Null,
        };
        let code = body["code"].as_u64().unwrap_or(0);
        let mut fields = Vec::new();
        collect_fields(&body["errors"], "", &mut fields);
        Self::Refused { status, code, refusal: Refusal::from_answer(status, code, &fields), fields }
    }
}

/// The paths and codes of a form error say what is wrong; its texts may quote what was sent.
fn collect_fields(errors: &Value, path: &str, fields: &mut Vec<String>) {
    let Value::Object(errors) = errors else { return };
    for (key, below) in errors {
        if key == "_errors" {
            let codes = below.as_array().into_iter().flatten().filter_map(|error| error["code"].as_str());
            fields.extend(codes.map(|code| format!("{path}: {code}")));
        } else {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            collect_fields(below, &path, fields);
        }
    }
}

impl Refusal {
    fn from_answer(status: u16, code: u64, fields: &[String]) -> Self {
        match code {
            _ if status == 401 => Self::Token,
            10003 | 10004 => Self::Unknown,
            10007 | 10013 => Self::UnknownMember,
            10008 => Self::UnknownMessage,
            10011 => Self::UnknownRole,
            10062 | 10015 | 50027 => Self::InteractionOver,
            40060 => Self::AlreadyAnswered,
            50001 => Self::MissingAccess,
            // 50024: the channel has become one of a kind in which nobody may do that.
            50013 | 50024 => Self::MissingPermissions,
            50083 => Self::ThreadArchived,
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
            Self::Limited(wait) => write!(f, "Discord's rate limit lasts {} more seconds", wait.as_secs()),
            Self::NotSent(why) => write!(f, "the request did not reach Discord: {why}"),
            Self::Uncertain(why) => write!(f, "no usable answer from Discord: {why}"),
            Self::Broken(what) => write!(f, "{what} could not be built"),
        }
    }
}

impl std::error::Error for Fault {}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_form_error_is_told_by_its_paths_and_codes_without_its_texts() {
        let errors = json!({
            "name": { "_errors": [{ "code": "BASE_TYPE_BAD_LENGTH", "message": "secret" }] },
            "embeds": { "0": { "title": { "_errors": [{ "code": "BASE_TYPE_MAX_LENGTH", "message": "secret" }] } } }
        });
        let mut fields = Vec::new();

        collect_fields(&errors, "", &mut fields);

        assert_eq!(fields, ["embeds.0.title: BASE_TYPE_MAX_LENGTH", "name: BASE_TYPE_BAD_LENGTH"]);
        assert_eq!(Refusal::from_answer(400, 50035, &fields), Refusal::Name);
    }
}
