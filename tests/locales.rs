//! Renders every message of every language with its arguments: nothing missing or malformed, nothing that Discord
//! refuses, and no isolation marks around links.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use ticketbot::i18n::{self, Locale};

/// The only commands with translated names: people read them in a menu instead of typing them.
const MENU_ENTRIES: [&str; 4] = [
    "command-select-this-message",
    "command-open-a-ticket-for",
    "command-open-a-ticket-about-this",
    "command-block-from-tickets",
];

/// Maximum characters of the messages whose keys end like this (Discord: "Component Reference", buttons and text
/// inputs; "Receiving and Responding", modals; "Audit Log", reasons).
const LIMITS: [(&str, usize); 5] =
    [("-button", 80), ("-form-title", 45), ("-form-label", 45), ("-form-placeholder", 100), ("-audit-reason", 512)];

/// Messages that are the same in another language by chance, not for lack of a translation.
const SAME_AS_IN_ENGLISH: [(&str, &str); 10] = [
    ("de", "export-file-size"),
    ("de", "name-form-label"),
    ("de", "perm-administrator"),
    ("de", "priority-none"),
    ("de", "setting-message-embeds"),
    ("de", "settings-line-required"),
    ("fr", "settings-exports-button"),
    ("fr", "unit-hours"),
    ("fr", "unit-minutes"),
    ("fr", "unit-seconds"),
];

#[test]
fn every_message_of_every_language_renders_with_its_arguments() {
    for locale in i18n::locales() {
        for msg in ticketbot::messages() {
            let text = i18n::render_exact(&locale, &*msg).unwrap_or_else(|error| panic!("{error}"));
            assert!(!text.trim().is_empty(), "{locale}: {} is empty", msg.key());
            assert!(text.chars().count() <= 2000, "{locale}: {} is too long for a message", msg.key());
            for mark in ['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}', '\u{202A}', '\u{202E}'] {
                assert!(!text.contains(mark), "{locale}: {} has a direction mark", msg.key());
            }
            assert!(!text.contains("{ "), "{locale}: {} shows a placeable: {text}", msg.key());
        }
    }
}

#[test]
fn a_language_without_a_file_reads_complete_english() {
    let english = Locale::default();
    for unknown in ["ja", "pt-BR", "zh-TW", "xx", "", "not a language"] {
        for msg in ticketbot::messages() {
            let text = i18n::render(&Locale::from_discord(unknown), &*msg);
            assert_eq!(text, i18n::render(&english, &*msg), "{unknown}: {}", msg.key());
        }
    }
}

#[test]
fn the_texts_that_discord_limits_are_short_enough() {
    for locale in i18n::locales() {
        for msg in ticketbot::messages() {
            let Some((_, limit)) = LIMITS.iter().find(|(ending, _)| msg.key().ends_with(ending)) else { continue };
            let length = length(&i18n::render(&locale, &*msg));
            assert!(length <= *limit, "{locale}: {} has {length} characters of at most {limit}", msg.key());
        }
    }
}

/// Names and descriptions of commands and options (Discord: "Application Commands", naming and structure).
#[test]
fn commands_have_names_and_descriptions_that_discord_takes() {
    for locale in folders() {
        for (key, text) in entries(&locale).into_iter().filter(|(key, _)| key.starts_with("command-")) {
            let length = length(&text);
            if key.ends_with("description") {
                assert!((1..=100).contains(&length), "{locale}: {key} has {length} characters of at most 100");
                continue;
            }
            assert!((1..=32).contains(&length), "{locale}: {key} has {length} characters of at most 32");
            let is_plain = text.chars().all(|c| c == '-' || c == '_' || c.is_alphanumeric());
            let is_lower = text.to_lowercase() == text;
            assert!(
                MENU_ENTRIES.contains(&key.as_str()) || (is_plain && is_lower),
                "{locale}: {key} = {text:?} is no name of a command"
            );
        }
    }
}

#[test]
fn commands_are_called_the_same_in_every_language_because_sentences_name_them() {
    let english = entries("en-US");
    for locale in folders() {
        let own = entries(&locale);
        for key in english.keys().filter(|key| is_name_of_a_command(key)) {
            assert_eq!(own[key], english[key], "{locale}: {key}");
        }
    }
}

#[test]
fn sentences_name_a_menu_entry_as_it_is_called_in_their_language() {
    let english = Locale::default();
    for (locale, key) in i18n::locales().iter().flat_map(|locale| MENU_ENTRIES.map(|key| (locale.clone(), key))) {
        let entry = |locale: &Locale| i18n::lookup_exact(locale, key).unwrap();
        for msg in ticketbot::messages() {
            if i18n::render(&english, &*msg).contains(&entry(&english)) {
                let text = i18n::render(&locale, &*msg);
                assert!(text.contains(&entry(&locale)), "{locale}: {} does not name the entry: {text}", msg.key());
            }
        }
    }
}

#[test]
fn every_language_puts_in_the_same_arguments_placeholders_and_commands_as_english() {
    let english = entries("en-US");
    for locale in folders() {
        for (key, text) in entries(&locale) {
            let expected = &english[&key];
            assert_eq!(marks(&text), marks(expected), "{locale}: {key} = {text}");
            assert_eq!(quoted(&text), quoted(expected), "{locale}: {key} = {text}");
        }
    }
}

#[test]
fn no_sentence_is_left_in_english() {
    let english = entries("en-US");
    for locale in folders().into_iter().filter(|locale| !locale.starts_with("en-")) {
        for (key, text) in entries(&locale).iter().filter(|(key, _)| !is_name_of_a_command(key)) {
            let is_meant = SAME_AS_IN_ENGLISH.contains(&(locale.as_str(), key.as_str()));
            assert!(is_meant || *text != english[key], "{locale}: {key} is not translated: {text}");
        }
    }
}

/// French puts a non-breaking space before `:`, `;`, `?` and `!`, and writes a typographic apostrophe.
#[test]
fn french_is_set_with_non_breaking_spaces_and_typographic_apostrophes() {
    for (key, text) in entries("fr") {
        // Names of settings, commands and placeables are not prose.
        let prose: String = text.split('`').step_by(2).collect();
        let characters: Vec<char> = prose.chars().collect();
        for window in characters.windows(3) {
            let [before, mark, after] = [window[0], window[1], window[2]];
            let ends_a_word = !after.is_alphanumeric();
            let is_bare = before != '\u{a0}' && matches!(mark, ':' | ';' | '?' | '!') && ends_a_word;
            assert!(!is_bare, "fr: {key} needs a non-breaking space before `{mark}`: {text}");
            let is_straight = before.is_alphabetic() && mark == '\'' && after.is_alphabetic();
            assert!(!is_straight, "fr: {key} needs a typographic apostrophe: {text}");
        }
    }
}

#[test]
fn the_default_starter_keeps_its_placeholders() {
    for locale in i18n::locales() {
        let starter = i18n::lookup_exact(&locale, "default-starter").unwrap();
        for placeholder in ["$author", "$staff"] {
            assert!(starter.contains(placeholder), "{locale}: the default starter lacks {placeholder}");
        }
    }
}

#[test]
fn no_language_has_a_key_that_english_lacks_or_lacks_one_that_it_has() {
    let english = keys("en-US");
    for name in folders() {
        let own = keys(&name);
        let missing: Vec<_> = english.difference(&own).collect();
        let surplus: Vec<_> = own.difference(&english).collect();
        assert!(missing.is_empty() && surplus.is_empty(), "{name}: missing {missing:?}, surplus {surplus:?}");
    }
}

#[test]
fn no_key_is_left_over_from_a_message_that_is_gone() {
    let used: BTreeSet<String> = ticketbot::messages().iter().map(|msg| msg.key().to_owned()).collect();
    for key in keys("en-US") {
        let named_elsewhere = ["command-", "perm-", "unit-", "weekday-"].iter().any(|start| key.starts_with(start));
        assert!(named_elsewhere || used.contains(&key), "{key} is never shown");
    }
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("locales")
}

/// The languages that have a file.
fn folders() -> Vec<String> {
    fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn keys(locale: &str) -> BTreeSet<String> {
    entries(locale).into_keys().collect()
}

/// The messages and attributes of a language's files, each with the text after its `=`.
fn entries(locale: &str) -> BTreeMap<String, String> {
    let files = fs::read_dir(folder().join(locale)).unwrap().map(|entry| entry.unwrap().path());
    let text: String = files.map(|file| fs::read_to_string(file).unwrap()).collect();
    let mut entries = BTreeMap::new();
    let (mut message, mut current) = (String::new(), String::new());
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let named = line.split_once(" =").filter(|(name, _)| !name.trim_start().contains([' ', '{', '[']));
        let value = match named {
            Some((name, value)) if name.starts_with(' ') => {
                let attribute = name.trim_start().strip_prefix('.').expect("an attribute begins with a dot");
                current = format!("{message}.{attribute}");
                value
            }
            Some((name, value)) => {
                name.clone_into(&mut message);
                name.clone_into(&mut current);
                value
            }
            None => line,
        };
        if !current.is_empty() && !value.trim().is_empty() {
            let written: &mut String = entries.entry(current.clone()).or_default();
            if !written.is_empty() {
                written.push('\n');
            }
            written.push_str(value.trim());
        }
    }
    entries
}

fn is_name_of_a_command(key: &str) -> bool {
    key.starts_with("command-") && !key.ends_with("description") && !MENU_ENTRIES.contains(&key)
}

/// Every `$name` of a text, both arguments of the catalog and placeholders of the bot, and which of the two it is.
fn marks(text: &str) -> BTreeSet<(String, bool)> {
    let mut depth = 0_u32;
    let mut marks = BTreeSet::new();
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '$' => {
                let name = text[at + 1..].chars().take_while(|c| *c == '_' || c.is_ascii_alphanumeric()).collect();
                marks.insert((name, depth > 0));
            }
            _ => {}
        }
    }
    marks
}

/// The text between backticks: commands to type, and codes.
fn quoted(text: &str) -> BTreeSet<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// Discord's largest possible count: in UTF-16 units.
fn length(text: &str) -> usize {
    text.encode_utf16().count()
}
