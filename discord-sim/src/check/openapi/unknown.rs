//! Fields that no schema knows. Discord ignores them, so the schemas allow them; in a bot they are mistakes.

use serde_json::Value;

use super::schema::{Alternative, Document, escape, is_empty};

/// Pointers to the fields of the body that the schema at `pointer` does not know.
///
/// An empty field passes if its name is known elsewhere: serenity writes `"choices": []` for a subcommand and `"data":
/// null` for an acknowledgement, where those mean nothing.
pub(super) fn find(document: &Document, pointer: &str, body: &Value) -> Vec<String> {
    let mut search = Search { document, found: Vec::new() };
    search.value(&[document.at(pointer)], body, "");
    search.found
}

struct Search<'a> {
    document: &'a Document,
    found: Vec<String>,
}

impl<'a> Search<'a> {
    /// `schemas` are all the alternatives.
    fn value(&mut self, schemas: &[&'a Value], value: &Value, at: &str) {
        match value {
            Value::Array(items) => {
                let schemas: Vec<&'a Value> = self.expand(schemas).iter().flat_map(Alternative::items).collect();
                for (index, item) in items.iter().enumerate() {
                    self.value(&schemas, item, &format!("{at}/{index}"));
                }
            }
            Value::Object(_) => self.object(schemas, value, at),
            _ => {}
        }
    }

    fn object(&mut self, schemas: &[&'a Value], value: &Value, at: &str) {
        let mut meant = self.expand(schemas);
        meant.retain(Alternative::has_fields);
        if meant.iter().any(|meaning| meaning.has_type_of(value)) {
            meant.retain(|meaning| meaning.has_type_of(value));
        }
        if meant.is_empty() {
            return;
        }
        for (key, value) in value.as_object().into_iter().flatten() {
            let at = format!("{at}/{}", escape(key));
            let schemas: Vec<&'a Value> = meant.iter().flat_map(|meaning| meaning.field(key)).collect();
            if !schemas.is_empty() {
                self.value(&schemas, value, &at);
            } else if !is_empty(value) || !self.document.knows_field(key) {
                self.found.push(at);
            }
        }
    }

    fn expand(&self, schemas: &[&'a Value]) -> Vec<Alternative<'a>> {
        schemas.iter().flat_map(|schema| self.document.expand(schema)).collect()
    }
}
