//! Checks requests against Discord's OpenAPI description (<https://github.com/discord/discord-api-spec>), which is not
//! part of this repository: the environment variable `DISCORD_OPENAPI` names a copy.
//!
//! `routes` finds the operation, `validators` compiles schemas on first use, `explain` words their refusals,
//! `unknown` finds fields that no schema knows, and `relax` lists where the description is known to be narrower than
//! the documentation and Discord itself.

mod explain;
mod relax;
mod routes;
mod schema;
mod unknown;
mod validators;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use serde_json::Value;

use self::routes::{Operation, Routes};
use self::schema::Document;
use self::validators::Validators;

const VARIABLE: &str = "DISCORD_OPENAPI";

/// A request body's encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Body {
    /// `application/json`, or no body at all.
    Json,
    /// `multipart/form-data`; the value is its `payload_json` part.
    Multipart,
}

/// Discord's OpenAPI description. Clones share its parsed and compiled parts.
#[derive(Clone)]
pub struct OpenApi(Arc<Description>);

struct Description {
    document: Document,
    routes: Routes,
    validators: Validators,
}

impl fmt::Debug for OpenApi {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("OpenApi").finish_non_exhaustive()
    }
}

impl OpenApi {
    /// The description that `DISCORD_OPENAPI` names, read once per process; `None` if unset.
    ///
    /// Panics if it cannot be read, because silently skipping the check is worse.
    pub fn from_env() -> Option<Self> {
        static FROM_ENV: OnceLock<Option<OpenApi>> = OnceLock::new();
        let load = || {
            let path = PathBuf::from(std::env::var_os(VARIABLE)?);
            Some(Self::load(path).unwrap_or_else(|reason| panic!("{VARIABLE}: {reason}")))
        };
        FROM_ENV.get_or_init(load).clone()
    }

    /// Reads a description.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, String> {
        let path = path.as_ref();
        let bytes = std::fs::read(path).map_err(|reason| format!("cannot read {}: {reason}", path.display()))?;
        let mut document: Value =
            serde_json::from_slice(&bytes).map_err(|reason| format!("{} is no JSON: {reason}", path.display()))?;
        routes::keep_requests(&mut document);
        relax::relax(&mut document);
        let routes = Routes::read(&document);
        if routes.is_empty() {
            return Err(format!("{} is no OpenAPI description: it has no paths", path.display()));
        }
        let validators = Validators::new(&document).map_err(|reason| format!("{}: {reason}", path.display()))?;
        let document = Document::new(document);
        Ok(Self(Arc::new(Description { document, routes, validators })))
    }

    /// Violations of the description, in sentences that name the route, a JSON pointer into the body and the fault.
    ///
    /// `path` begins after `/api/v10`; its query is ignored.
    pub fn check(&self, method: &str, path: &str, body: &Value, form: Body) -> Vec<String> {
        let path = path.split('?').next().unwrap_or(path);
        let Some((template, operation)) = self.0.routes.find(method, path) else {
            return vec![format!("{method} {path}: Discord has no such route")];
        };
        let faults = self.faults(method, operation, body, form);
        faults.into_iter().map(|fault| format!("{method} {template}: {fault}")).collect()
    }

    fn faults(&self, method: &str, operation: &Operation, body: &Value, form: Body) -> Vec<String> {
        let Some(request) = &operation.body else {
            let empty = schema::is_empty(body);
            return if empty { Vec::new() } else { vec!["takes no body, and there is one".to_owned()] };
        };
        let schema = match (form, &request.json, &request.multipart) {
            // `payload_json` is the "JSON-encoded body of non-file params", so it is described by the JSON schema.
            (Body::Json, Some(json), _) | (Body::Multipart, Some(json), Some(_)) => json,
            // Parts of a non-JSON form, such as a sticker's, are not checked.
            (Body::Multipart, None, Some(_)) => return Vec::new(),
            (Body::Json, None, _) => return vec!["takes no JSON body".to_owned()],
            (Body::Multipart, _, None) => return vec!["takes no multipart body".to_owned()],
        };
        if body.is_null() {
            // Lifting a ban is described with a body, and documented without one.
            let missing = request.required && method != "DELETE";
            return if missing { vec!["needs a body, and there is none".to_owned()] } else { Vec::new() };
        }
        self.body_faults(schema, body)
    }

    /// For a union, checks the body against the alternative whose fields it has.
    fn body_faults(&self, schema: &str, body: &Value) -> Vec<String> {
        let document = &self.0.document;
        let candidates = document.alternatives(schema, body).into_iter();
        let mut candidates: Vec<(Vec<String>, String)> =
            candidates.map(|pointer| (unknown::find(document, &pointer, body), pointer)).collect();
        let least_strange = candidates.iter().map(|(unknown, _)| strangeness(unknown)).min();
        candidates.retain(|(unknown, _)| Some(strangeness(unknown)) == least_strange);
        let faults = candidates.into_iter().map(|(unknown, pointer)| {
            let unknown = unknown.into_iter().map(|at| format!("{at}: unknown field"));
            unknown.chain(self.0.validators.faults(&pointer, body)).collect::<Vec<String>>()
        });
        faults.min_by_key(Vec::len).unwrap_or_default()
    }
}

/// How badly a body fits a schema without these fields: the body's own count most.
fn strangeness(unknown: &[String]) -> (usize, usize) {
    let own = unknown.iter().filter(|pointer| pointer.matches('/').count() == 1);
    (own.count(), unknown.len())
}

#[cfg(test)]
mod tests;
