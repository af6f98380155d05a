//! A request as a handler receives it, and its reply.

use serde_json::Value;

use super::error::ApiError;
use super::rate_limit::Limit;
use crate::world::World;

pub(crate) type Outcome = Result<Answer, ApiError>;

/// One route: its path, its allowed body, its rate limit, and its handler.
pub(crate) struct Route {
    pub(crate) method: &'static str,
    pub(crate) template: &'static str,
    /// Simulated body fields. `name?` is one that only Discord supports: here only null, false, `[]` or `""`.
    pub(crate) fields: &'static [&'static str],
    /// Simulated query fields.
    pub(crate) query: &'static [&'static str],
    pub(crate) limit: Limit,
    pub(crate) run: fn(&mut World, &Call) -> Outcome,
}

pub(crate) struct Call {
    /// The placeholders' values, in order.
    pub(crate) params: Vec<String>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) body: Value,
    pub(crate) files: Vec<Upload>,
    pub(crate) reason: Option<String>,
}

/// A `files[n]` part.
#[derive(Clone)]
pub(crate) struct Upload {
    pub(crate) index: String,
    pub(crate) filename: String,
    pub(crate) content_type: Option<String>,
    pub(crate) bytes: Vec<u8>,
}

pub(crate) enum Answer {
    Json(u16, Value),
    /// 204.
    Empty,
    /// A file of the CDN.
    Bytes(Option<String>, std::sync::Arc<[u8]>),
}

#[expect(clippy::unnecessary_wraps, reason = "so that a handler can end with them")]
impl Answer {
    pub(crate) fn ok(body: Value) -> Outcome {
        Ok(Self::Json(200, body))
    }

    pub(crate) fn created(body: Value) -> Outcome {
        Ok(Self::Json(201, body))
    }
}

impl Call {
    /// The n-th placeholder as a snowflake.
    pub(crate) fn id(&self, position: usize) -> Result<u64, ApiError> {
        let text = &self.params[position];
        text.parse().map_err(|_| {
            let message = format!("Value \"{text}\" is not snowflake.");
            ApiError::form("id", "NUMBER_TYPE_COERCE", &message)
        })
    }

    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn query_flag(&self, name: &str) -> bool {
        matches!(self.query(name), Some("true" | "1" | "True"))
    }

    pub(crate) fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
}

impl Route {
    /// Fields of the body or query that are not simulated.
    pub(crate) fn unsupported(&self, call: &Call) -> Vec<String> {
        let fields = call.body.as_object().into_iter().flatten();
        let in_body = fields
            .filter(|(name, value)| !self.takes(name, value))
            .map(|(name, value)| format!("body field `{name}` = {value}"));
        let in_query = call
            .query
            .iter()
            .filter(|(name, _)| !self.query.contains(&name.as_str()))
            .map(|(name, value)| format!("query field `{name}` = {value}"));
        in_body.chain(in_query).collect()
    }

    fn takes(&self, name: &str, value: &Value) -> bool {
        self.fields.iter().any(|field| match field.strip_suffix('?') {
            Some(unsimulated) => unsimulated == name && is_blank(value),
            None => *field == name,
        })
    }

    /// The placeholders' values if the path has this route's shape.
    pub(crate) fn params(&self, path: &str) -> Option<Vec<String>> {
        let mut given = path.split('/');
        let mut params = Vec::new();
        for wanted in self.template.split('/') {
            let segment = given.next()?;
            if wanted.starts_with('{') {
                params.push(segment.to_owned());
            } else if wanted != segment {
                return None;
            }
        }
        given.next().is_none().then_some(params)
    }
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}
