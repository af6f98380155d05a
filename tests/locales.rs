//! Every sentence of every language, rendered with its arguments: nothing missing, nothing malformed, nothing that
//! Discord would refuse, and no stray marks around links.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use ticketbot::i18n::{self, Locale, Msg};

#[test]
fn every_message_of_every_language_renders_with_its_arguments() {
    for locale in i18n::locales() {
        for msg in Msg::samples() {
            let text = i18n::render_exact(&locale, &msg).unwrap_or_else(|error| panic!("{error}"));
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
        for msg in Msg::samples() {
            let text = i18n::render(&Locale::from_discord(unknown), &msg);
            assert_eq!(text, i18n::render(&english, &msg), "{unknown}: {}", msg.key());
        }
    }
}

#[test]
fn the_texts_that_discord_limits_are_short_enough() {
    for locale in i18n::locales() {
        for (msg, limit) in [
            // A button's label (Discord: "Component Reference").
            (Msg::CreateTicketButton, 80),
            // An audit log reason (Discord: "Audit Log").
            (Msg::TicketAuditReason, 512),
            (Msg::TicketUndoneAuditReason, 512),
            (Msg::TicketClosedAuditReason, 512),
            (Msg::InboxUndoneAuditReason, 512),
        ] {
            let length = i18n::render(&locale, &msg).chars().count();
            assert!(length <= limit, "{locale}: {} has {length} characters of at most {limit}", msg.key());
        }
    }
}

#[test]
fn the_default_starter_keeps_its_placeholders() {
    for locale in i18n::locales() {
        let starter = i18n::render(&locale, &Msg::DefaultStarter);
        for placeholder in ["$author", "$staff"] {
            assert!(starter.contains(placeholder), "{locale}: the default starter lacks {placeholder}");
        }
    }
}

#[test]
fn no_language_has_a_key_that_english_lacks_or_lacks_one_that_it_has() {
    let english = keys("en-US");
    for entry in fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let own = keys(&name);
        let missing: Vec<_> = english.difference(&own).collect();
        let surplus: Vec<_> = own.difference(&english).collect();
        assert!(missing.is_empty() && surplus.is_empty(), "{name}: missing {missing:?}, surplus {surplus:?}");
    }
}

#[test]
fn no_key_is_left_over_from_a_message_that_is_gone() {
    let used: BTreeSet<String> = Msg::samples().iter().map(|msg| msg.key().to_owned()).collect();
    for key in keys("en-US") {
        let named_elsewhere = key.starts_with("command-") || key.starts_with("perm-");
        assert!(named_elsewhere || used.contains(&key), "{key} is never shown");
    }
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("locales")
}

/// The messages and attributes of a language's file.
fn keys(locale: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(folder().join(locale).join("ticketbot.ftl")).unwrap();
    let mut keys = BTreeSet::new();
    let mut message = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let Some((name, _)) = line.split_once(" =") else { continue };
        if let Some(attribute) = name.trim_start().strip_prefix('.') {
            keys.insert(format!("{message}.{attribute}"));
        } else if !name.starts_with(' ') {
            name.clone_into(&mut message);
            keys.insert(message.clone());
        }
    }
    keys
}
