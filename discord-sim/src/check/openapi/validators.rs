//! Compiled schemas. Compiling takes longer than checking, so each is compiled on first use, and kept.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jsonschema::{Draft, Registry, Validator};
use serde_json::{Value, json};

use super::explain;

/// The base of the description's own references.
const NAME: &str = "urn:discord:openapi";

pub(super) struct Validators {
    registry: Registry<'static>,
    compiled: Mutex<HashMap<String, Arc<OnceLock<Validator>>>>,
}

impl Validators {
    pub(super) fn new(document: &Value) -> Result<Self, String> {
        let registry = Registry::new()
            .draft(Draft::Draft202012)
            .add(NAME, document.clone())
            .and_then(jsonschema::RegistryBuilder::prepare)
            .map_err(|reason| reason.to_string())?;
        Ok(Self { registry, compiled: Mutex::default() })
    }

    /// The refusals of the schema at this pointer, in sentences.
    pub(super) fn faults(&self, pointer: &str, body: &Value) -> Vec<String> {
        let slot = self.slot(pointer);
        let validator = slot.get_or_init(|| self.compile(pointer));
        validator.iter_errors(body).flat_map(|error| explain::sentences(&error)).collect()
    }

    fn slot(&self, pointer: &str) -> Arc<OnceLock<Validator>> {
        let mut compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(compiled.entry(pointer.to_owned()).or_default())
    }

    fn compile(&self, pointer: &str) -> Validator {
        let schema = json!({ "$ref": format!("{NAME}#{}", fragment(pointer)) });
        let validator = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .with_registry(&self.registry)
            .should_validate_formats(true)
            .build(&schema);
        match validator {
            Ok(validator) => validator,
            Err(reason) => {
                panic!("the OpenAPI description's schema at {pointer} does not compile: {reason}")
            }
        }
    }
}

/// A JSON pointer as a URI's fragment, without braces and quotes.
fn fragment(pointer: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/~-._@".contains(&byte);
    let encode = |byte: u8| {
        if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    pointer.bytes().map(encode).collect()
}
