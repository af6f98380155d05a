//! Forms, as people see them.

use serde_json::Value;

use super::walk_components;

/// A form the bot opened.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Modal {
    pub custom_id: String,
    pub title: String,
    pub fields: Vec<Field>,
    /// The form's components as sent.
    pub components: Vec<Value>,
}

/// One field of a form.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Field {
    pub custom_id: String,
    /// Discord's component type: 4 is a text input.
    pub kind: u64,
    pub label: String,
    /// Its preset value.
    pub value: String,
    pub placeholder: String,
    pub required: bool,
    pub min_length: usize,
    pub max_length: usize,
    /// 1 for one line, 2 for many.
    pub style: u64,
}

impl Modal {
    pub(crate) fn from_json(data: &Value) -> Self {
        let components = data["components"].as_array().cloned().unwrap_or_default();
        Self {
            custom_id: text(&data["custom_id"]),
            title: text(&data["title"]),
            fields: fields(&components),
            components,
        }
    }

    /// A field by its custom id.
    pub fn field(&self, custom_id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.custom_id == custom_id)
    }
}

/// Inputs in action rows (the older form) and in labels.
fn fields(components: &[Value]) -> Vec<Field> {
    let mut fields = Vec::new();
    for outer in components {
        let label = text(&outer["label"]);
        for component in walk_components(std::slice::from_ref(outer)) {
            if component["custom_id"].is_string() {
                fields.push(field(&component, &label));
            }
        }
    }
    fields
}

fn field(component: &Value, label: &str) -> Field {
    let length = |name: &str| component[name].as_u64().and_then(|length| usize::try_from(length).ok());
    let own = text(&component["label"]);
    Field {
        custom_id: text(&component["custom_id"]),
        kind: component["type"].as_u64().unwrap_or(0),
        label: if own.is_empty() { label.to_owned() } else { own },
        value: text(&component["value"]),
        placeholder: text(&component["placeholder"]),
        required: component["required"].as_bool().unwrap_or(true),
        min_length: length("min_length").unwrap_or(0),
        max_length: length("max_length").unwrap_or(4000),
        style: component["style"].as_u64().unwrap_or(1),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
