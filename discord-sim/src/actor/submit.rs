//! Filling in forms.

use serde_json::{Value, json};

use super::{Actor, NotPossible, OrFail};
use crate::handles::{Field, Reply};
use crate::world::interaction::kind;
use crate::world::interactions::NewInteraction;

impl Actor {
    /// Fills in the form a reply opened and sends it. Unnamed fields keep their values.
    pub async fn submit(&self, form: &Reply, values: &[(&str, &str)]) -> Reply {
        self.begin_submit(form, values).finished().await
    }

    pub async fn try_submit(&self, form: &Reply, values: &[(&str, &str)]) -> Result<Reply, NotPossible> {
        let reply = self.try_begin_submit(form, values)?;
        Ok(reply.finished().await)
    }

    /// Sends the form without waiting.
    #[track_caller]
    pub fn begin_submit(&self, form: &Reply, values: &[(&str, &str)]) -> Reply {
        self.try_begin_submit(form, values).or_fail()
    }

    pub fn try_begin_submit(&self, form: &Reply, values: &[(&str, &str)]) -> Result<Reply, NotPossible> {
        let Some(modal) = form.modal() else {
            return self.refuse("has no form to fill in");
        };
        if let Some((unknown, _)) = values.iter().find(|(name, _)| modal.field(name).is_none()) {
            return self.refuse(&format!("finds no field {unknown:?} in the form"));
        }
        for field in &modal.fields {
            self.check_field(field, &written(field, values))?;
        }
        let components: Vec<Value> = modal
            .components
            .iter()
            .zip(1..)
            .map(|(component, number)| filled(component, number, &modal.fields, values))
            .collect();
        let data = json!({ "custom_id": modal.custom_id, "components": components });
        let id = self.shared.write(|world| {
            let opened_by = world.interactions[&form.id].clone();
            world.interact(NewInteraction {
                kind: kind::MODAL,
                label: format!("submits {:?}", modal.title),
                command: None,
                guild_id: self.interacts_in(),
                channel_id: opened_by.channel_id,
                user_id: self.id(),
                source: opened_by.source,
                data,
            })
        });
        Ok(Reply::new(&self.shared, id))
    }

    fn check_field(&self, field: &Field, value: &str) -> Result<(), NotPossible> {
        let length = value.chars().count();
        let name = &field.custom_id;
        if field.required && length == 0 {
            return self.refuse(&format!("must fill in {name:?}"));
        }
        if length > field.max_length || length > 0 && length < field.min_length {
            let (min, max) = (field.min_length, field.max_length);
            return self.refuse(&format!("must write {min} to {max} characters into {name:?}, not {length}"));
        }
        Ok(())
    }
}

fn written(field: &Field, values: &[(&str, &str)]) -> String {
    let given = values.iter().find(|(name, _)| *name == field.custom_id);
    given.map_or_else(|| field.value.clone(), |(_, value)| (*value).to_owned())
}

/// A submitted component: inputs with their values, the rest bare.
fn filled(component: &Value, number: u64, fields: &[Field], values: &[(&str, &str)]) -> Value {
    let mut answer = json!({ "type": component["type"], "id": component.get("id").cloned().unwrap_or(json!(number)) });
    let field = fields.iter().find(|field| component["custom_id"] == *field.custom_id);
    if let Some(field) = field {
        let value = written(field, values);
        answer["custom_id"] = json!(field.custom_id);
        if field.kind == 4 {
            answer["value"] = json!(value);
        } else {
            answer["values"] = json!(value.split(',').filter(|part| !part.is_empty()).collect::<Vec<_>>());
        }
    }
    if let Some(inner) = component["components"].as_array() {
        answer["components"] = inner.iter().map(|inner| filled(inner, number + 100, fields, values)).collect();
    }
    if component["component"].is_object() {
        answer["component"] = filled(&component["component"], number + 100, fields, values);
    }
    answer
}
