//! Filling in forms with every kind of field.
//!
//! <https://discord.com/developers/docs/components/reference>

use serde_json::{Value, json};

use super::resolved::Resolved;
use super::{Actor, NotPossible};
use crate::handles::{Reply, walk_components};
use crate::http::call::Upload;
use crate::world::interaction::kind;
use crate::world::interactions::NewInteraction;

/// What a person gives one field of a form.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Filled {
    /// The text of an input, or the chosen value of a group of radio buttons.
    Text(String),
    /// The chosen values or ids of a menu, or of a group of check boxes; an entry can also be named by its label.
    Values(Vec<String>),
    /// A single check box.
    Flag(bool),
    /// Uploaded files: name, content type, content.
    Files(Vec<(String, String, Vec<u8>)>),
}

impl Actor {
    /// Fills in the form that a reply opened and sends it, without waiting. Fields that are not named are sent as they
    /// are preset. What the client would not send is refused.
    pub fn try_begin_submit_filled(&self, form: &Reply, values: &[(&str, Filled)]) -> Result<Reply, NotPossible> {
        let Some(modal) = form.modal() else {
            return self.refuse("has no form to fill in");
        };
        let fields = walk_components(&modal.components);
        if let Some((unknown, _)) =
            values.iter().find(|(name, _)| !fields.iter().any(|field| field["custom_id"] == *name))
        {
            return self.refuse(&format!("finds no field {unknown:?} in the form"));
        }
        let channel_id = form.channel_id();
        let mut filling = Filling { actor: self, values, resolved: Resolved::default(), channel_id, next_id: 1 };
        let components =
            modal.components.iter().map(|component| filling.fill(component)).collect::<Result<Vec<_>, _>>()?;
        let mut data = json!({ "custom_id": modal.custom_id, "components": components });
        filling.resolved.add_to(&mut data);
        let id = self.shared.write(|world| {
            let source = world.interactions[&form.id].source;
            world.interact(NewInteraction {
                kind: kind::MODAL,
                label: format!("submits {:?}", modal.title),
                command: None,
                guild_id: self.interacts_in(),
                channel_id,
                user_id: self.id(),
                source,
                data,
            })
        });
        Ok(Reply::new(&self.shared, id))
    }
}

struct Filling<'a> {
    actor: &'a Actor,
    values: &'a [(&'a str, Filled)],
    resolved: Resolved,
    channel_id: u64,
    next_id: u64,
}

impl Filling<'_> {
    /// The component as it is sent back: fields with what was given, the rest bare.
    fn fill(&mut self, component: &Value) -> Result<Value, NotPossible> {
        let id = component.get("id").cloned().unwrap_or_else(|| json!(self.next_id));
        self.next_id += 1;
        let mut answer = json!({ "type": component["type"], "id": id });
        if component["custom_id"].is_string() {
            answer["custom_id"] = component["custom_id"].clone();
            let (key, value) = self.field(component)?;
            answer[key] = value;
        }
        if let Some(inner) = component["components"].as_array() {
            answer["components"] = inner.iter().map(|inner| self.fill(inner)).collect::<Result<Value, _>>()?;
        }
        if component["component"].is_object() {
            answer["component"] = self.fill(&component["component"])?;
        }
        Ok(answer)
    }

    /// "Values: text `value`; selects, files and groups of check boxes `values`; radio `value` or null; check box a
    /// boolean" (components reference).
    fn field(&mut self, field: &Value) -> Result<(&'static str, Value), NotPossible> {
        let name = field["custom_id"].as_str().unwrap_or_default();
        let given = self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
        match (field["type"].as_u64(), given) {
            (Some(4), given) => Ok(("value", json!(self.text(field, name, given)?))),
            (Some(21), given) => Ok(("value", json!(self.radio(field, name, given)?))),
            (Some(23), None) => Ok(("value", json!(field["default"] == true))),
            (Some(23), Some(Filled::Flag(flag))) => Ok(("value", json!(flag))),
            (Some(22), given) => Ok(("values", json!(self.check_boxes(field, name, given)?))),
            (Some(19), given) => Ok(("values", json!(self.files(field, name, given)?))),
            (Some(3 | 5..=8), given) => Ok(("values", json!(self.menu(field, name, given)?))),
            _ => self.actor.refuse(&format!("cannot fill in {name:?} like that")),
        }
    }

    fn text(&self, field: &Value, name: &str, given: Option<Filled>) -> Result<String, NotPossible> {
        let text = match given {
            Some(Filled::Text(text)) => text,
            None => field["value"].as_str().unwrap_or_default().to_owned(),
            _ => return self.actor.refuse(&format!("writes text into {name:?}")),
        };
        let length = text.chars().count();
        let bound = |key: &str, default| field[key].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(default);
        let (min, max) = (bound("min_length", 0), bound("max_length", 4000));
        if length == 0 && is_required(field) {
            return self.actor.refuse(&format!("must fill in {name:?}"));
        }
        if length > max || length > 0 && length < min {
            return self.actor.refuse(&format!("must write {min} to {max} characters into {name:?}, not {length}"));
        }
        Ok(text)
    }

    fn radio(&self, field: &Value, name: &str, given: Option<Filled>) -> Result<Option<String>, NotPossible> {
        let chosen = match given {
            Some(Filled::Text(value)) => Some(value).filter(|value| !value.is_empty()),
            Some(Filled::Values(values)) if values.len() < 2 => values.into_iter().next(),
            None => presets(field).into_iter().next(),
            _ => return self.actor.refuse(&format!("chooses one of {name:?}")),
        };
        match &chosen {
            None if is_required(field) => self.actor.refuse(&format!("must choose one of {name:?}")),
            Some(value) if !offers(field, value) => self.actor.refuse(&format!("is not offered {value:?} in {name:?}")),
            _ => Ok(chosen),
        }
    }

    fn check_boxes(&self, field: &Value, name: &str, given: Option<Filled>) -> Result<Vec<String>, NotPossible> {
        let wanted = self.several(name, given, || presets(field))?;
        let mut chosen = Vec::new();
        for wanted in wanted {
            match value_of(field, &wanted) {
                Some(value) => chosen.push(value),
                None => return self.actor.refuse(&format!("is not offered {wanted:?} in {name:?}")),
            }
        }
        let all = field["options"].as_array().map_or(10, Vec::len);
        self.check_count(field, name, chosen.len(), all)?;
        Ok(chosen)
    }

    fn menu(&mut self, field: &Value, name: &str, given: Option<Filled>) -> Result<Vec<String>, NotPossible> {
        let presets = || match field["default_values"].as_array() {
            Some(values) => values.iter().filter_map(|value| value["id"].as_str().map(str::to_owned)).collect(),
            None => presets(field),
        };
        let chosen = self.several(name, given, presets)?;
        self.check_count(field, name, chosen.len(), 1)?;
        if chosen.is_empty() {
            return Ok(chosen);
        }
        let values = self.actor.offered(field, &chosen)?;
        let chosen = self.actor.chosen(field, field["type"].as_u64().unwrap_or(3), &values)?;
        self.resolved.extend(self.actor.resolve(&values));
        Ok(chosen)
    }

    fn files(&mut self, field: &Value, name: &str, given: Option<Filled>) -> Result<Vec<String>, NotPossible> {
        let files = match given {
            Some(Filled::Files(files)) => files,
            None => Vec::new(),
            _ => return self.actor.refuse(&format!("uploads files into {name:?}")),
        };
        self.check_count(field, name, files.len(), 1)?;
        let uploads: Vec<Upload> = files
            .into_iter()
            .enumerate()
            .map(|(index, (filename, content_type, bytes))| Upload {
                index: index.to_string(),
                filename,
                content_type: Some(content_type),
                bytes,
            })
            .collect();
        let (channel_id, resolved) = (self.channel_id, &mut self.resolved);
        Ok(self.actor.shared.write(|world| {
            let ids = world.store_files(channel_id, &uploads, &json!([]), true);
            for id in &ids {
                resolved.attachment(world, *id);
            }
            ids.iter().map(u64::to_string).collect()
        }))
    }

    fn several(
        &self,
        name: &str,
        given: Option<Filled>,
        presets: impl FnOnce() -> Vec<String>,
    ) -> Result<Vec<String>, NotPossible> {
        match given {
            Some(Filled::Values(values)) => Ok(values),
            Some(Filled::Text(value)) => Ok(if value.is_empty() { Vec::new() } else { vec![value] }),
            None => Ok(presets()),
            Some(_) => self.actor.refuse(&format!("chooses from {name:?}")),
        }
    }

    /// "required: defaults to true"; an optional field may be left empty whatever its minimum.
    fn check_count(&self, field: &Value, name: &str, count: usize, most: usize) -> Result<(), NotPossible> {
        let bound = |key: &str, default| field[key].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(default);
        let (min, max) = (bound("min_values", 1), bound("max_values", most));
        if count == 0 && !is_required(field) {
            return Ok(());
        }
        if count < min || count > max {
            return self.actor.refuse(&format!("must give {name:?} {min} to {max} values, not {count}"));
        }
        Ok(())
    }
}

fn is_required(field: &Value) -> bool {
    field["required"].as_bool().unwrap_or(true)
}

fn offers(field: &Value, value: &str) -> bool {
    field["options"].as_array().is_some_and(|options| options.iter().any(|option| option["value"] == value))
}

/// The value of a choice that is named by its value or by its label.
fn value_of(field: &Value, wanted: &str) -> Option<String> {
    let mut options = field["options"].as_array().into_iter().flatten();
    let named = options.find(|option| option["value"] == wanted || option["label"] == wanted)?;
    named["value"].as_str().map(str::to_owned)
}

fn presets(field: &Value) -> Vec<String> {
    let options = field["options"].as_array().into_iter().flatten();
    let chosen = options.filter(|option| option["default"] == true);
    chosen.filter_map(|option| option["value"].as_str().map(str::to_owned)).collect()
}
