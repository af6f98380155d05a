//! Walks the description: references, and a schema's alternatives.

use std::collections::HashSet;

use serde_json::Value;

/// The description as JSON.
pub(super) struct Document {
    json: Value,
    /// Every field that any schema names.
    fields: HashSet<String>,
}

/// One alternative of a schema: schemas that all apply.
#[derive(Clone)]
pub(super) struct Alternative<'a>(Vec<&'a Value>);

/// Whether it is empty: null, false, or an empty list, object or text.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(true) | Value::Number(_) => false,
    }
}

/// A key as a part of a JSON pointer.
pub(super) fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

impl Document {
    pub(super) fn new(json: Value) -> Self {
        let mut fields = HashSet::new();
        collect_fields(&json, &mut fields);
        Self { json, fields }
    }

    pub(super) fn at(&self, pointer: &str) -> &Value {
        self.json.pointer(pointer).unwrap_or(&Value::Null)
    }

    pub(super) fn knows_field(&self, name: &str) -> bool {
        self.fields.contains(name)
    }

    /// Pointers to the alternatives for a body of this schema: if the body's `type` decides, those that match, or all
    /// if none does.
    pub(super) fn alternatives(&self, pointer: &str, body: &Value) -> Vec<String> {
        let pointer = self.target(pointer.to_owned());
        let unions = ["oneOf", "anyOf"].into_iter();
        let union = unions.map(|union| (union, self.at(&pointer)[union].as_array().map_or(0, Vec::len)));
        let Some((union, count)) = union.into_iter().find(|(_, count)| *count > 0) else {
            return vec![pointer];
        };
        let all: Vec<String> = (0..count).map(|index| self.target(format!("{pointer}/{union}/{index}"))).collect();
        let meanings = |pointer: &String| self.expand(self.at(pointer));
        let fits = |pointer: &&String| meanings(pointer).iter().any(|meaning| meaning.has_type_of(body));
        let fitting: Vec<String> = all.iter().filter(fits).cloned().collect();
        let is_told = |pointer: &String| meanings(pointer).iter().any(Alternative::is_told_by_type);
        let type_decides = body.get("type").is_some() && all.iter().all(is_told);
        match (fitting.is_empty(), type_decides) {
            (false, _) => fitting,
            (true, true) => vec![pointer],
            (true, false) => all,
        }
    }

    /// All alternatives of a schema, with its references, unions and intersections resolved.
    pub(super) fn expand<'a>(&'a self, schema: &'a Value) -> Vec<Alternative<'a>> {
        let schema = self.resolve(schema);
        let mut meanings = vec![Alternative(vec![schema])];
        for union in ["oneOf", "anyOf"] {
            if let Some(list) = schema[union].as_array() {
                let choices: Vec<Alternative<'a>> = list.iter().flat_map(|choice| self.expand(choice)).collect();
                meanings = combine(&meanings, &choices);
            }
        }
        for part in schema["allOf"].as_array().into_iter().flatten() {
            meanings = combine(&meanings, &self.expand(part));
        }
        meanings
    }

    fn resolve<'a>(&'a self, mut schema: &'a Value) -> &'a Value {
        while let Some(target) = reference(schema) {
            schema = self.at(target);
        }
        schema
    }

    fn target(&self, mut pointer: String) -> String {
        while let Some(target) = reference(self.at(&pointer)) {
            pointer = target.to_owned();
        }
        pointer
    }
}

impl<'a> Alternative<'a> {
    /// Whether this is an object with named fields, not a text or a number.
    pub(super) fn has_fields(&self) -> bool {
        self.0.iter().any(|part| part["properties"].is_object() || !part["additionalProperties"].is_null())
    }

    /// The schemas of the field of this name; none if it is unknown.
    pub(super) fn field(&self, name: &str) -> Vec<&'a Value> {
        let named = self.0.iter().filter_map(|part| part["properties"].get(name));
        let others = self.0.iter().map(|part| &part["additionalProperties"]);
        let others = others.filter(|schema| schema.is_object() || schema.as_bool() == Some(true));
        named.chain(others).collect()
    }

    /// The schemas of a list's elements.
    pub(super) fn items(&self) -> impl Iterator<Item = &'a Value> {
        self.0.iter().filter_map(|part| part.get("items"))
    }

    /// Whether this describes the value's own `type`.
    pub(super) fn has_type_of(&self, value: &Value) -> bool {
        value.get("type").is_some_and(|kind| self.types().any(|allowed| allowed == kind))
    }

    /// Whether it has a field `type` with fixed values.
    fn is_told_by_type(&self) -> bool {
        self.types().next().is_some()
    }

    /// The values of the field `type` that select this, if `type` decides.
    fn types(&self) -> impl Iterator<Item = &'a Value> {
        self.0.iter().filter_map(|part| part["properties"]["type"]["enum"].as_array()).flatten()
    }
}

fn combine<'a>(left: &[Alternative<'a>], right: &[Alternative<'a>]) -> Vec<Alternative<'a>> {
    let join = |a: &Alternative<'a>, b: &Alternative<'a>| Alternative([a.0.as_slice(), b.0.as_slice()].concat());
    left.iter().flat_map(|a| right.iter().map(move |b| join(a, b))).collect()
}

fn reference(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix('#')
}

fn collect_fields(value: &Value, fields: &mut HashSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect_fields(item, fields)),
        Value::Object(members) => {
            let named = members.get("properties").and_then(Value::as_object);
            fields.extend(named.into_iter().flat_map(|named| named.keys().cloned()));
            members.values().for_each(|member| collect_fields(member, fields));
        }
        _ => {}
    }
}
