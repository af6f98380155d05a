//! Application commands: <https://docs.discord.com/developers/interactions/application-commands>.
//! Their options are in `option`.

use std::collections::HashSet;
use std::sync::OnceLock;

use jsonschema::Validator;
use serde_json::{Value, json};

use super::field::{Field, Found, length};
use super::{locale, option};

const NAME: usize = 32;
const DESCRIPTION: usize = 100;
/// "A maximum of 8000 characters for combined name, description, and value properties for each command, its options
/// (including subcommands and groups), and choices."
const TOTAL: usize = 8000;

const CHAT_INPUT: i64 = 1;
const TYPES: [i64; 4] = [CHAT_INPUT, 2, 3, 4];

/// How many commands of a type an application may have, globally or in one guild, by type.
const COUNTS: [(i64, usize); 4] = [(CHAT_INPUT, 100), (2, 15), (3, 15), (4, 1)];

/// Checks a list that replaces all commands.
pub(super) fn check_list(list: &Field<'_>, found: &mut Found) {
    let commands = list.items();
    let mut seen = HashSet::new();
    for command in &commands {
        check_new(command, found);
        if !seen.insert((kind(command), command.text_of("name"))) {
            let sentence = "Application command names must be unique";
            found.push(command.fault("APPLICATION_COMMANDS_DUPLICATE_NAME", sentence));
        }
    }
    for (type_, most) in COUNTS {
        if commands.iter().filter(|command| kind(command) == type_).count() > most {
            let sentence = format!("Must be {most} or fewer in length (commands of type {type_}).");
            found.push(list.fault("BASE_TYPE_MAX_LENGTH", sentence));
        }
    }
}

/// Checks a new command.
pub(super) fn check_new(command: &Field<'_>, found: &mut Found) {
    command.required("name", found);
    if kind(command) == CHAT_INPUT {
        command.required("description", found);
    }
    check_edit(command, found);
}

/// Checks an edit, which may omit unchanged fields.
pub(super) fn check_edit(command: &Field<'_>, found: &mut Found) {
    command.one_of("type", &TYPES, found);
    if kind(command) == CHAT_INPUT {
        chat_input_name(command, found);
        description(command, found);
    } else {
        context_menu(command, found);
    }
    option::check_all(command, option::Level::Command, found);
    if size(command) > TOTAL {
        let sentence = format!("Command exceeds maximum size ({TOTAL})");
        found.push(command.fault("APPLICATION_COMMAND_TOO_LARGE", sentence));
    }
}

/// The name of a slash command or of an option, in every language.
pub(super) fn chat_input_name(named: &Field<'_>, found: &mut Found) {
    for name in named.get("name").into_iter().chain(locale::texts(named, "name", found)) {
        let Some(text) = name.text() else { continue };
        if !is_chat_input_name(text) {
            found.push(name.fault("APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid"));
        }
    }
}

/// The description of a slash command or of an option, in every language.
pub(super) fn description(described: &Field<'_>, found: &mut Found) {
    described.chars("description", 1..=DESCRIPTION, found);
    for text in locale::texts(described, "description", found) {
        between(&text, DESCRIPTION, found);
    }
}

/// "`USER` and `MESSAGE` commands may be mixed case and can include spaces", and have no description and no options.
fn context_menu(command: &Field<'_>, found: &mut Found) {
    command.chars("name", 1..=NAME, found);
    for name in locale::texts(command, "name", found) {
        between(&name, NAME, found);
    }
    for key in ["description", "description_localizations", "options"] {
        if command.get(key).is_some_and(|field| field.is_filled()) {
            let sentence = format!("Context menu commands cannot have {key}");
            found.push(command.fault_at(key, "APPLICATION_COMMAND_CONTEXT_MENU_FIELD", sentence));
        }
    }
}

pub(super) fn between(text: &Field<'_>, max: usize, found: &mut Found) {
    if text.text().is_some_and(|text| !(1..=max).contains(&length(text))) {
        let sentence = format!("Must be between 1 and {max} in length.");
        found.push(text.fault("BASE_TYPE_BAD_LENGTH", sentence));
    }
}

/// Absent means a slash command.
fn kind(command: &Field<'_>) -> i64 {
    command.int_of("type").unwrap_or(CHAT_INPUT)
}

/// The documented pattern; and "if there is a lowercase variant of any letters used, you must use those".
fn is_chat_input_name(name: &str) -> bool {
    static PATTERN: OnceLock<Validator> = OnceLock::new();
    let pattern = PATTERN.get_or_init(|| {
        let schema = json!({ "pattern": r"^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$" });
        jsonschema::validator_for(&schema).expect("the documented pattern compiles")
    });
    name.to_lowercase() == name && pattern.is_valid(&Value::from(name))
}

/// "Only the longest localization for each field (including the default value) is counted towards the size limit."
fn size(part: &Field<'_>) -> usize {
    let own = locale::longest(part, "name") + locale::longest(part, "description");
    let value = part.text_of("value").map_or(0, length);
    let below = ["options", "choices"].into_iter().flat_map(|key| part.list(key));
    own + value + below.map(|child| size(&child)).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::limits::tests::{assert_faults, long};

    fn faults(command: &Value) -> Found {
        let mut found = Found::new();
        check_new(&Field::root(command), &mut found);
        found
    }

    #[test]
    fn a_slash_commands_name_is_lower_case_words_without_spaces() {
        for name in ["inbox", "new-tickets", "größe", "d'or", "नमस्ते", "สวัสดี", "日本", &"a".repeat(32)]
        {
            assert_faults(&faults(&json!({ "name": name, "description": "d" })), &[]);
        }
        for name in ["", "Inbox", "new tickets", "a.b", "Größe", "🪴", &"a".repeat(33)] {
            let expected = ["name APPLICATION_COMMAND_INVALID_NAME"];
            assert_faults(&faults(&json!({ "name": name, "description": "d" })), &expected);
        }
    }

    #[test]
    fn a_context_menu_has_a_free_name_and_no_description() {
        let cases: [(Value, &[&str]); 5] = [
            (json!({ "type": 3, "name": "Select this message" }), &[]),
            (json!({ "type": 3, "name": "Select", "description": "", "options": [] }), &[]),
            (json!({ "type": 2, "name": long(33) }), &["name BASE_TYPE_BAD_LENGTH"]),
            (
                json!({ "type": 2, "name": "a", "name_localizations": { "de": long(33) } }),
                &["name_localizations.de BASE_TYPE_BAD_LENGTH"],
            ),
            (
                json!({ "type": 2, "name": "a", "description": "d" }),
                &["description APPLICATION_COMMAND_CONTEXT_MENU_FIELD"],
            ),
        ];
        for (command, expected) in cases {
            assert_faults(&faults(&command), expected);
        }
    }

    #[test]
    fn every_language_keeps_to_the_same_limits() {
        let command = json!({
            "name": "a", "name_localizations": { "de": "Groß", "fr": "petit" },
            "description": long(101), "description_localizations": { "de": "", "xx": "d" }
        });
        assert_faults(
            &faults(&command),
            &[
                "name_localizations.de APPLICATION_COMMAND_INVALID_NAME",
                "description BASE_TYPE_BAD_LENGTH",
                "description_localizations.xx BASE_TYPE_CHOICES",
                "description_localizations.de BASE_TYPE_BAD_LENGTH",
            ],
        );
        assert_faults(&faults(&json!({ "name": "a" })), &["description BASE_TYPE_REQUIRED"]);
    }

    #[test]
    fn a_command_has_eight_thousand_characters_in_its_longest_languages() {
        let choice = |n: usize| json!({ "name": format!("{n:0>100}"), "value": long(100) });
        let option = |name: &str, choices: usize| {
            let choices: Vec<Value> = (0..choices).map(choice).collect();
            json!({ "type": 3, "name": name, "description": "d", "choices": choices })
        };
        // 1 + 1 for the command, 1 + 1 per option, 200 per choice.
        let fits = json!({ "name": "n", "description": "d", "options": [option("a", 20), option("b", 19)] });
        assert_faults(&faults(&fits), &[]);
        let mut longer = fits.clone();
        longer["description_localizations"] = json!({ "de": long(100), "fr": "d" });
        assert_faults(&faults(&longer), &[]);
        longer["options"] = json!([option("a", 20), option("b", 20)]);
        assert_faults(&faults(&longer), &[" APPLICATION_COMMAND_TOO_LARGE"]);
    }

    #[test]
    fn a_list_has_each_name_once_per_type_and_a_number_per_type() {
        let slash = json!({ "name": "a", "description": "d" });
        let menu = |name: &str| json!({ "type": 3, "name": name });
        let list = |commands: &[Value]| {
            let mut found = Found::new();
            check_list(&Field::root(&json!(commands)), &mut found);
            found
        };
        assert_faults(&list(&[slash.clone(), menu("a")]), &[]);
        assert_faults(&list(&[slash.clone(), slash]), &["[1] APPLICATION_COMMANDS_DUPLICATE_NAME"]);
        let many: Vec<Value> = (0..16).map(|n| menu(&n.to_string())).collect();
        assert_faults(&list(&many), &[" BASE_TYPE_MAX_LENGTH"]);
    }
}
