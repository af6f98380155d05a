//! One field of a body: its path, and the rules that many fields share.
//!
//! Lengths count Unicode code points. Discord's staff: "Our API uses Python 3, so the API calculates length based on
//! the number of codepoints in the string" (<https://github.com/discord/discord-api-docs/issues/1315>). A Rust `char`
//! is a code point that is no surrogate, and JSON text read into a `String` holds no lone surrogate, so counting
//! `char`s counts the same. Bytes or UTF-16 units would refuse texts that Discord accepts.
//!
//! A `null` field counts as absent, as Discord treats optional fields. The OpenAPI description checks types: a rule
//! about length does not apply to a number.

use std::ops::RangeInclusive;

use serde_json::Value;

use crate::check::FieldError;

/// Faults found so far.
pub(super) type Found = Vec<FieldError>;

/// A value in the body, and its path.
#[derive(Debug, Clone)]
pub(super) struct Field<'a> {
    value: &'a Value,
    path: String,
}

/// A text's length for Discord.
pub(super) fn length(text: &str) -> usize {
    text.chars().count()
}

impl<'a> Field<'a> {
    pub(super) fn root(value: &'a Value) -> Self {
        Self { value, path: String::new() }
    }

    /// The field of this name, if it is there and not null.
    pub(super) fn get(&self, key: &str) -> Option<Self> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        Some(Self { value, path: self.join(key) })
    }

    /// The elements of this array; none for other values.
    pub(super) fn items(&self) -> Vec<Self> {
        let items = self.value.as_array().map_or(&[][..], Vec::as_slice);
        let item = |(index, value)| Self { value, path: format!("{}[{index}]", self.path) };
        items.iter().enumerate().map(item).collect()
    }

    /// The members of this object; none for other values.
    pub(super) fn members(&self) -> Vec<(&'a str, Self)> {
        let Some(members) = self.value.as_object() else {
            return Vec::new();
        };
        members.iter().map(|(key, value)| (key.as_str(), Self { value, path: self.join(key) })).collect()
    }

    /// The elements of the array of this name.
    pub(super) fn list(&self, key: &str) -> Vec<Self> {
        self.get(key).map_or_else(Vec::new, |list| list.items())
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    pub(super) fn text(&self) -> Option<&'a str> {
        self.value.as_str()
    }

    pub(super) fn text_of(&self, key: &str) -> Option<&'a str> {
        self.value.get(key)?.as_str()
    }

    pub(super) fn int_of(&self, key: &str) -> Option<i64> {
        self.value.get(key)?.as_i64()
    }

    pub(super) fn bool_of(&self, key: &str) -> Option<bool> {
        self.value.get(key)?.as_bool()
    }

    /// Whether it has a value: not false, not zero, not empty.
    pub(super) fn is_filled(&self) -> bool {
        match self.value {
            Value::Null | Value::Bool(false) => false,
            Value::String(text) => !text.is_empty(),
            Value::Array(items) => !items.is_empty(),
            Value::Object(members) => !members.is_empty(),
            Value::Bool(true) | Value::Number(_) => true,
        }
    }

    pub(super) fn fault(&self, code: &'static str, message: impl Into<String>) -> FieldError {
        FieldError { path: self.path.clone(), code, message: message.into() }
    }

    /// A fault of the field of this name, present or not.
    pub(super) fn fault_at(&self, key: &str, code: &'static str, message: impl Into<String>) -> FieldError {
        FieldError { path: self.join(key), code, message: message.into() }
    }

    pub(super) fn required(&self, key: &str, found: &mut Found) {
        if !self.has(key) {
            found.push(self.fault_at(key, "BASE_TYPE_REQUIRED", "This field is required"));
        }
    }

    pub(super) fn max_chars(&self, key: &str, max: usize, found: &mut Found) {
        let Some(text) = self.text_of(key) else {
            return;
        };
        if length(text) > max {
            found.push(self.fault_at(key, "BASE_TYPE_MAX_LENGTH", at_most(max)));
        }
    }

    pub(super) fn chars(&self, key: &str, range: RangeInclusive<usize>, found: &mut Found) {
        let Some(text) = self.text_of(key) else {
            return;
        };
        if !range.contains(&length(text)) {
            found.push(self.fault_at(key, "BASE_TYPE_BAD_LENGTH", between(&range)));
        }
    }

    pub(super) fn max_items(&self, key: &str, max: usize, found: &mut Found) {
        if self.list(key).len() > max {
            found.push(self.fault_at(key, "BASE_TYPE_MAX_LENGTH", at_most(max)));
        }
    }

    /// A required list, with a number of elements in this range.
    pub(super) fn items_between(&self, key: &str, range: RangeInclusive<usize>, found: &mut Found) {
        if !self.has(key) {
            self.required(key, found);
        } else if !range.contains(&self.list(key).len()) {
            found.push(self.fault_at(key, "BASE_TYPE_BAD_LENGTH", between(&range)));
        }
    }

    pub(super) fn int(&self, key: &str, range: RangeInclusive<i64>, found: &mut Found) {
        let Some(number) = self.int_of(key) else {
            return;
        };
        if number < *range.start() {
            let message = format!("int value should be greater than or equal to {}.", range.start());
            found.push(self.fault_at(key, "NUMBER_TYPE_MIN", message));
        } else if number > *range.end() {
            let message = format!("int value should be less than or equal to {}.", range.end());
            found.push(self.fault_at(key, "NUMBER_TYPE_MAX", message));
        }
    }

    pub(super) fn one_of(&self, key: &str, choices: &[i64], found: &mut Found) {
        if self.int_of(key).is_some_and(|number| !choices.contains(&number)) {
            let message = format!("Value must be one of {}.", tuple(choices));
            found.push(self.fault_at(key, "BASE_TYPE_CHOICES", message));
        }
    }

    fn join(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }
}

/// Numbers as Discord lists them: a Python tuple.
pub(super) fn tuple(numbers: &[i64]) -> String {
    let list: Vec<String> = numbers.iter().map(i64::to_string).collect();
    format!("({}{})", list.join(", "), if list.len() == 1 { "," } else { "" })
}

fn at_most(max: usize) -> String {
    format!("Must be {max} or fewer in length.")
}

fn between(range: &RangeInclusive<usize>) -> String {
    format!("Must be between {} and {} in length.", range.start(), range.end())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lengths_count_code_points() {
        for (text, expected) in [("abc", 3), ("größe", 5), ("🪴", 1), ("👩‍🚀", 3), ("e\u{301}", 2)] {
            assert_eq!(length(text), expected, "{text}");
        }
    }

    #[test]
    fn a_null_field_counts_as_absent() {
        let body = json!({ "there": 1, "empty": null });
        let field = Field::root(&body);
        assert!(field.has("there"));
        assert!(!field.has("empty"));
        assert!(!field.has("absent"));
    }

    #[test]
    fn a_path_names_keys_and_indices() {
        let body = json!([{ "a": [{ "b": 1 }] }]);
        let field = Field::root(&body).items()[0].list("a")[0].get("b").expect("b is there");
        assert_eq!(field.fault("CODE", "").path, "[0].a[0].b");
    }
}
