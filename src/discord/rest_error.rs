//! How a request to Discord can fail, sorted by the consequence for the caller.
//!
//! URLs of interactions hold a token, and form errors may quote the request: a fault never holds either. See "HTTP" and
//! "JSON" in Discord's "Opcodes and Status Codes".

use std::fmt;
use std::time::Duration;

use reqwest::Response;
use serde_json::Value;

/// A failed request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RestError {
    /// Discord refused the request: nothing was done.
    Refused { status: u16, code: u64, refusal: Refusal, fields: Vec<String> },
    /// The rate limit lasts this long, too long to wait: nothing was done. Earlier retries send nothing.
    Limited(Duration),
    /// A response with this status that is not Discord's: its network edge blocks this address.
    Blocked(u16),
    /// The request never reached Discord: nothing was done.
    NotSent(&'static str),
    /// No usable response: Discord may have acted.
    Uncertain(String),
    /// The request could not be built.
    Broken(&'static str),
}

/// The refusals we distinguish, by Discord's JSON error code.
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
    /// 40060: already answered.
    AlreadyAnswered,
    /// 50001: the bot can't see it.
    MissingAccess,
    /// 50013, 50024: not permitted, or not in a channel of this kind.
    MissingPermissions,
    /// 60003: the guild requires two-factor authentication for moderation, and the bot's owner has none.
    TwoFactor,
    /// 200000, 240000: the guild's `AutoMod` blocked the text.
    AutoMod,
    /// 160002: replying needs Read Message History.
    ReplyForbidden,
    /// 50083: the thread is archived.
    ThreadArchived,
    /// 160005: the thread is locked; the bot may not unlock it.
    ThreadLocked,
    /// 160004: the message has a thread.
    HasThread,
    /// 160006: the guild's limit of active threads is reached.
    TooManyThreads,
    /// 40005: a file, or all of them together.
    TooLarge,
    /// 50035 about `name`, 20031, 200001: Discord, its rules for discoverable guilds, or the guild's `AutoMod` reject this
    /// name.
    Name,
    /// 50035 about another field.
    Form,
    Other,
}

/// The result of a request.
pub type RestResult<T> = Result<T, RestError>;

impl RestError {
    /// How long Discord's rate limit lasts, if that is what stood against the request.
    pub fn limited_for(&self) -> Option<Duration> {
        match self {
            Self::Limited(wait) => Some(*wait),
            _ => None,
        }
    }

    /// A refusal without a request: Discord's data already shows that it would refuse.
    pub fn refused_locally(refusal: Refusal) -> Self {
        Self::Refused { status: 403, code: 0, refusal, fields: Vec::new() }
    }

    /// Discord forbids this, or a part of it: a smaller request may succeed.
    pub fn is_forbidden(&self) -> bool {
        matches!(self.refusal(), Some(Refusal::MissingPermissions | Refusal::TwoFactor))
    }

    pub fn refusal(&self) -> Option<Refusal> {
        match self {
            Self::Refused { refusal, .. } => Some(*refusal),
            _ => None,
        }
    }

    /// Whether a retry would fail the same way: a refusal does not change by itself.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Broken(_)) || !matches!(self.refusal(), None | Some(Refusal::Other | Refusal::Token))
    }

    /// Whether Discord may have acted without confirming it.
    pub fn may_have_acted(&self) -> bool {
        matches!(self, Self::Uncertain(_))
    }

    /// A request without a response.
    pub(super) fn from_transfer(error: &reqwest::Error) -> Self {
        if error.is_connect() {
            Self::NotSent("no connection")
        } else if error.is_builder() {
            Self::Broken("the request")
        } else {
            Self::Uncertain(if error.is_timeout() { "timed out" } else { "connection lost" }.to_owned())
        }
    }

    /// An unsuccessful response.
    pub(super) async fn from_response(response: Response) -> Self {
        let status = response.status().as_u16();
        let body = response.bytes().await.unwrap_or_default();
        Self::from_answer(status, &body)
    }

    /// Parses a failed response. The body may be anything: others than Discord can answer in its place.
    pub fn from_answer(status: u16, body: &[u8]) -> Self {
        if status >= 500 {
            return Self::Uncertain(format!("status {status}"));
        }
        let body: Option<Value> = serde_json::from_slice(body).ok();
        if body.is_none() && matches!(status, 403 | 429) {
            return Self::Blocked(status);
        }
        let body = body.unwrap_or_default();
        let code = body["code"].as_u64().unwrap_or(0);
        let mut fields = Vec::new();
        collect_fields(&body["errors"], "", &mut fields);
        Self::Refused { status, code, refusal: Refusal::from_answer(status, code, &fields), fields }
    }
}

/// The guild is gone, or the bot is no member.
pub(super) const UNKNOWN_GUILD: u64 = 10_004;

/// The most fields of a form error that are kept, to keep log lines short.
const MOST_FIELDS: usize = 20;

/// The longest accepted name or code.
const LONGEST_WORD: usize = 64;

/// Keeps a form error's paths and codes; its texts may quote the request. Anything that does not look like a name or a
/// code counts as such a text.
fn collect_fields(errors: &Value, path: &str, fields: &mut Vec<String>) {
    let Value::Object(errors) = errors else { return };
    for (key, below) in errors {
        if key == "_errors" {
            let codes = below.as_array().into_iter().flatten().filter_map(|error| error["code"].as_str());
            let room = MOST_FIELDS.saturating_sub(fields.len());
            fields.extend(codes.filter(|code| is_word(code)).take(room).map(|code| format!("{path}: {code}")));
        } else if is_word(key) {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            collect_fields(below, &path, fields);
        }
    }
}

fn is_word(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    (1..=LONGEST_WORD).contains(&text.len()) && text.bytes().all(is_part)
}

impl Refusal {
    fn from_answer(status: u16, code: u64, fields: &[String]) -> Self {
        match code {
            _ if status == 401 => Self::Token,
            10003 | UNKNOWN_GUILD => Self::Unknown,
            10007 | 10013 => Self::UnknownMember,
            10008 => Self::UnknownMessage,
            10011 => Self::UnknownRole,
            10062 | 10015 | 50027 => Self::InteractionOver,
            40005 => Self::TooLarge,
            40060 => Self::AlreadyAnswered,
            50001 => Self::MissingAccess,
            // 50024: nobody may do that in a channel of this kind.
            50013 | 50024 => Self::MissingPermissions,
            50083 => Self::ThreadArchived,
            60003 => Self::TwoFactor,
            160_002 => Self::ReplyForbidden,
            160_004 => Self::HasThread,
            160_005 => Self::ThreadLocked,
            160_006 => Self::TooManyThreads,
            200_000 | 240_000 => Self::AutoMod,
            20_031 | 200_001 => Self::Name,
            50035 if fields.iter().any(|field| field.starts_with("name:")) => Self::Name,
            50035 => Self::Form,
            _ => Self::Other,
        }
    }
}

impl fmt::Display for RestError {
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
            Self::Blocked(status) => write!(
                f,
                "Discord's network edge (Cloudflare) blocks the address of this machine (status {status}, not in \
                 Discord's own words)"
            ),
            Self::NotSent(why) => write!(f, "the request did not reach Discord: {why}"),
            Self::Uncertain(why) => write!(f, "no usable answer from Discord: {why}"),
            Self::Broken(what) => write!(f, "{what} could not be built"),
        }
    }
}

impl std::error::Error for RestError {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
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

    #[test]
    fn whoever_refuses_a_name_it_is_known_as_that() {
        let field = |code: &str| json!({ "code": 50_035, "errors": { "name": { "_errors": [{ "code": code, "message": "Refused" }] } } });
        let table = [
            (field("CONTAINS_WORDS_NOT_ALLOWED"), Refusal::Name),
            (field("INVALID_COMMUNITY_PROPERTY_NAME"), Refusal::Name),
            (json!({ "code": 20_031 }), Refusal::Name),
            (json!({ "code": 200_001 }), Refusal::Name),
            (json!({ "code": 200_000 }), Refusal::AutoMod),
            (json!({ "code": 50_035, "errors": { "names": { "_errors": [{ "code": "BAD" }] } } }), Refusal::Form),
            (json!({ "code": 20_030 }), Refusal::Other),
        ];
        for (body, expected) in table {
            let fault = RestError::from_answer(400, body.to_string().as_bytes());
            assert_eq!(fault.refusal(), Some(expected), "{body}");
        }
    }

    #[test]
    fn what_is_no_name_and_no_code_is_not_repeated() {
        let body = json!({ "code": 50035, "errors": {
            "name": { "_errors": [{ "code": "a sentence" }, { "code": "x".repeat(65) }, { "code": "GOOD" }, { "code": 5 }] },
            "what they wrote": { "_errors": [{ "code": "GOOD" }] },
        } });

        let fault = RestError::from_answer(400, body.to_string().as_bytes());

        assert_eq!(fault.to_string(), "Discord refused with status 400, code 50035 (name: GOOD)");
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let key =
            prop_oneof![Just("code".to_owned()), Just("errors".to_owned()), Just("_errors".to_owned()), "SECRET .*"];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            prop::sample::select(vec![10_003, 10_062, 40_060, 50_001, 50_035, 160_006]).prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            "SECRET .*|BASE_TYPE_[A-Z]{1,9}".prop_map(Value::from),
        ];
        leaf.prop_recursive(6, 60, 6, move |inner| {
            let list = prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from);
            let key = prop_oneof![key.clone(), "[a-z0-9_]{1,9}"];
            let object = prop::collection::vec((key, inner), 0..6).prop_map(|entries| entries.into_iter().collect());
            prop_oneof![list, object]
        })
    }

    fn check_answer(status: u16, body: &[u8]) -> Result<(), TestCaseError> {
        let fault = RestError::from_answer(status, body);
        prop_assert!(!fault.to_string().contains("SECRET ") && fault.to_string().len() < 20_000);
        prop_assert_eq!(fault.may_have_acted(), status >= 500);
        prop_assert_eq!(fault.refusal() == Some(Refusal::Token), status == 401);
        let is_json = serde_json::from_slice::<Value>(body).is_ok();
        prop_assert_eq!(fault == RestError::Blocked(status), !is_json && matches!(status, 403 | 429));
        Ok(())
    }

    proptest! {
        #[test]
        fn any_answer_is_sorted_without_repeating_its_texts(status in 300..600_u16, body in any_json()) {
            check_answer(status, body.to_string().as_bytes())?;
            let form_error = json!({ "code": 50035, "message": "SECRET ", "errors": body });
            check_answer(status, form_error.to_string().as_bytes())?;
        }

        #[test]
        fn an_answer_that_is_no_json_is_sorted_by_its_status(status in 300..600_u16, body: Vec<u8>) {
            check_answer(status, &body)?;
        }
    }

    #[test]
    fn an_answer_nested_without_end_is_no_danger() {
        for body in ["[".repeat(100_000), "{\"errors\":".repeat(100_000)] {
            assert_eq!(RestError::from_answer(400, body.as_bytes()).refusal(), Some(Refusal::Other));
        }
    }
}
