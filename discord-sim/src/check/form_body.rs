//! Discord's response to an invalid body: error 50035, with the faults nested by field.
//!
//! Shape and examples: <https://docs.discord.com/developers/reference#error-messages>.

use serde_json::{Map, Value, json};

/// A rule that a field breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field, such as `embeds[0].description`; empty for the whole body.
    pub path: String,
    /// Discord's name for the rule, such as `BASE_TYPE_MAX_LENGTH`.
    pub code: &'static str,
    /// Discord's sentence.
    pub message: String,
}

/// The body of Discord's 400.
pub fn form_body(errors: &[FieldError]) -> Value {
    let mut tree = Map::new();
    for error in errors {
        let node = keys(&error.path).fold(&mut tree, child);
        let list = node.entry("_errors").or_insert_with(|| json!([]));
        if let Value::Array(list) = list {
            list.push(json!({ "code": error.code, "message": error.message }));
        }
    }
    json!({ "code": 50035, "message": "Invalid Form Body", "errors": tree })
}

/// The keys of a path; Discord writes an array's index as a key of an object.
fn keys(path: &str) -> impl Iterator<Item = &str> {
    path.split(['.', '[', ']']).filter(|key| !key.is_empty())
}

fn child<'a>(node: &'a mut Map<String, Value>, key: &str) -> &'a mut Map<String, Value> {
    node.entry(key)
        .or_insert_with(|| json!({}))
        .as_object_mut()
        .expect("only `_errors` holds anything but an object, and no field has that name")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(path: &str) -> FieldError {
        FieldError { path: path.into(), code: "CODE", message: "Sentence.".into() }
    }

    #[test]
    fn a_fault_is_nested_by_key_and_index() {
        let body = form_body(&[error("embeds[0].fields[12].name")]);
        assert_eq!(
            body,
            json!({
                "code": 50035,
                "message": "Invalid Form Body",
                "errors": { "embeds": { "0": { "fields": { "12": { "name": { "_errors": [
                    { "code": "CODE", "message": "Sentence." }
                ] } } } } } }
            })
        );
    }

    #[test]
    fn a_fault_of_the_whole_body_stands_at_the_top() {
        assert_eq!(form_body(&[error("")])["errors"]["_errors"][0]["code"], "CODE");
    }

    #[test]
    fn the_items_of_a_body_that_is_a_list_are_named_by_their_index() {
        assert_eq!(form_body(&[error("[3].name")])["errors"]["3"]["name"]["_errors"][0]["code"], "CODE");
    }

    #[test]
    fn faults_of_one_field_and_of_its_parts_stand_side_by_side() {
        let body = form_body(&[error("embeds"), error("embeds"), error("embeds[0].title")]);
        assert_eq!(body["errors"]["embeds"]["_errors"].as_array().map(Vec::len), Some(2));
        assert_eq!(body["errors"]["embeds"]["0"]["title"]["_errors"][0]["code"], "CODE");
    }
}
