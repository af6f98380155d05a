//! Options of slash commands: their nesting, order and choices.
//! <https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-structure>

use std::collections::HashSet;

use super::field::{Field, Found};
use super::{command, locale};

const OPTIONS: usize = 25;
const CHOICES: usize = 25;
const CHOICE: usize = 100;
const TEXT: i64 = 6000;

const SUB_COMMAND: i64 = 1;
const SUB_COMMAND_GROUP: i64 = 2;
/// The types that take a value.
const PARAMETERS: [i64; 9] = [3, 4, 5, 6, 7, 8, 9, 10, 11];

/// The parent of the options, which decides their allowed types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Command,
    Group,
    SubCommand,
}

impl Level {
    fn allows(self, kind: i64) -> bool {
        match self {
            Self::Command => PARAMETERS.contains(&kind) || matches!(kind, SUB_COMMAND | SUB_COMMAND_GROUP),
            Self::Group => kind == SUB_COMMAND,
            Self::SubCommand => PARAMETERS.contains(&kind),
        }
    }
}

/// Checks the options of a command, a group or a subcommand.
pub(super) fn check_all(parent: &Field<'_>, level: Level, found: &mut Found) {
    parent.max_items("options", OPTIONS, found);
    let options = parent.list("options");
    for option in &options {
        check(option, level, found);
    }
    unique_names(&options, found);
    required_first(&options, found);
    not_mixed(parent, &options, found);
}

/// Checks an option's choice or suggestion.
pub(super) fn choice(choice: &Field<'_>, found: &mut Found) {
    choice.required("name", found);
    choice.required("value", found);
    choice.chars("name", 1..=CHOICE, found);
    for name in locale::texts(choice, "name", found) {
        command::between(&name, CHOICE, found);
    }
    choice.max_chars("value", CHOICE, found);
}

fn check(option: &Field<'_>, level: Level, found: &mut Found) {
    for key in ["type", "name", "description"] {
        option.required(key, found);
    }
    command::chat_input_name(option, found);
    command::description(option, found);
    let kind = option.int_of("type").unwrap_or_default();
    if !level.allows(kind) {
        let sentence = "Sub-commands nest one level deep within a group, and nothing else does";
        found.push(option.fault_at("type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", sentence));
    }
    match kind {
        SUB_COMMAND => check_all(option, Level::SubCommand, found),
        SUB_COMMAND_GROUP => check_all(option, Level::Group, found),
        _ => parameter(option, found),
    }
}

fn parameter(option: &Field<'_>, found: &mut Found) {
    option.int("min_length", 0..=TEXT, found);
    option.int("max_length", 1..=TEXT, found);
    option.max_items("choices", CHOICES, found);
    let choices = option.list("choices");
    for each in &choices {
        choice(each, found);
    }
    // "`autocomplete` may not be set to true if `choices` are present."
    if option.bool_of("autocomplete") == Some(true) && !choices.is_empty() {
        let sentence = "Autocomplete cannot be used together with choices";
        found.push(option.fault_at("autocomplete", "APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_CHOICES", sentence));
    }
}

/// "`name` must be unique within an array of application command options."
fn unique_names(options: &[Field<'_>], found: &mut Found) {
    let mut seen = HashSet::new();
    for option in options {
        if option.text_of("name").is_some_and(|name| !seen.insert(name)) {
            let sentence = "Option name already exists";
            found.push(option.fault_at("name", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", sentence));
        }
    }
}

/// "Required `options` must be listed before optional options."
fn required_first(options: &[Field<'_>], found: &mut Found) {
    let mut optional_seen = false;
    for option in options {
        let required = option.bool_of("required") == Some(true);
        if required && optional_seen {
            let sentence = "Required options must be placed before non-required options";
            found.push(option.fault("APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", sentence));
        }
        optional_seen |= !required;
    }
}

/// A command with subcommands is itself unusable, so it takes no parameters.
fn not_mixed(parent: &Field<'_>, options: &[Field<'_>], found: &mut Found) {
    let nests = |option: &&Field<'_>| matches!(option.int_of("type"), Some(SUB_COMMAND | SUB_COMMAND_GROUP));
    let nesting = options.iter().filter(nests).count();
    if nesting > 0 && nesting < options.len() {
        let sentence = "Sub-command and sub-command group option types are mutually exclusive to all other types";
        found.push(parent.fault_at("options", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", sentence));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::check::limits::tests::{assert_faults, long};

    fn faults(options: &Value) -> Found {
        let mut found = Found::new();
        let command = json!({ "options": options });
        check_all(&Field::root(&command), Level::Command, &mut found);
        found
    }

    fn option(kind: i64, name: &str, extra: &Value) -> Value {
        let mut option = json!({ "type": kind, "name": name, "description": "d" });
        for (key, value) in extra.as_object().into_iter().flatten() {
            option[key] = value.clone();
        }
        option
    }

    #[test]
    fn subcommands_nest_one_level_deep_and_do_not_mix_with_parameters() {
        let text = option(3, "text", &json!({}));
        let sub = |options: Value| option(1, "sub", &json!({ "options": options }));
        let group = |options: Value| option(2, "group", &json!({ "options": options }));
        let code = "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID";
        let cases = [
            (json!([group(json!([sub(json!([text]))])), sub(json!([]))]), vec![]),
            (json!([sub(json!([])), text]), vec![format!("options {code}")]),
            (json!([group(json!([text]))]), vec![format!("options[0].options[0].type {code}")]),
            (json!([sub(json!([sub(json!([]))]))]), vec![format!("options[0].options[0].type {code}")]),
        ];
        for (options, expected) in cases {
            let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
            assert_faults(&faults(&options), &expected);
        }
    }

    #[test]
    fn options_are_few_have_their_own_names_and_required_ones_come_first() {
        let required = json!({ "required": true });
        let many: Vec<Value> = (0..26).map(|n| option(3, &n.to_string(), &json!({}))).collect();
        let cases: [(Value, &[&str]); 4] = [
            (json!([option(3, "a", &required), option(3, "b", &json!({}))]), &[]),
            (json!(many), &["options BASE_TYPE_MAX_LENGTH"]),
            (
                json!([option(3, "a", &json!({})), option(3, "a", &json!({}))]),
                &["options[1].name APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"],
            ),
            (
                json!([option(3, "a", &json!({})), option(3, "b", &required)]),
                &["options[1] APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"],
            ),
        ];
        for (options, expected) in cases {
            assert_faults(&faults(&options), expected);
        }
    }

    #[test]
    fn a_parameter_has_25_choices_of_a_hundred_characters_and_then_no_suggestions() {
        let choices = |count: usize| json!({ "choices": vec![json!({ "name": "n", "value": 1 }); count] });
        let cases: [(Value, &[&str]); 5] = [
            (choices(25), &[]),
            (choices(26), &["options[0].choices BASE_TYPE_MAX_LENGTH"]),
            (
                json!({ "choices": [{ "name": long(101), "value": long(101) }] }),
                &[
                    "options[0].choices[0].name BASE_TYPE_BAD_LENGTH",
                    "options[0].choices[0].value BASE_TYPE_MAX_LENGTH",
                ],
            ),
            (
                json!({ "autocomplete": true, "choices": [{ "name": "n", "value": "v" }] }),
                &["options[0].autocomplete APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_CHOICES"],
            ),
            (json!({ "max_length": 6001 }), &["options[0].max_length NUMBER_TYPE_MAX"]),
        ];
        for (extra, expected) in cases {
            assert_faults(&faults(&json!([option(3, "a", &extra)])), expected);
        }
    }
}
