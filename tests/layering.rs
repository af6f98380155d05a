//! Keeps the layer table of `src/lib.rs` true: the libraries and modules that each folder may use.

#![expect(clippy::unwrap_used, reason = "a source file that cannot be read ends the test")]

use std::fs;
use std::path::{Path, PathBuf};

/// A folder (or file) under `src`, what it may not name, and the message for violations.
const RULES: &[(&str, &[&str], &str)] = &[
    ("domain", &["serenity", "poise"], "domain may not know Discord's library"),
    ("domain", &["sqlx"], "domain may not know the database"),
    ("domain", &["tokio", "async fn"], "domain may not do I/O or wait"),
    ("domain", &["fluent", "crate::i18n"], "domain may not word anything"),
    ("domain", &["crate::storage", "crate::app", "crate::discord", "crate::tickets"], "domain may not look upward"),
    ("i18n", &["sqlx", "serenity", "poise", "crate::storage", "crate::app", "crate::discord"], "i18n words, no more"),
    (
        "error.rs",
        &["sqlx", "serenity", "poise", "crate::storage", "crate::discord"],
        "errors are made of messages only",
    ),
    (
        "storage",
        &["serenity", "poise", "crate::i18n", "crate::discord", "crate::app"],
        "storage answers questions only",
    ),
    ("app.rs", &["serenity", "poise", "sqlx", "crate::discord"], "the shared state may not know Discord's library"),
    (
        "discord",
        &["sqlx", "crate::tickets", "crate::inboxes", "crate::commands", "crate::events"],
        "adapters decide nothing",
    ),
    (
        "router.rs",
        &["sqlx", "serenity", "poise", "crate::storage", "crate::tickets", "crate::inboxes", "crate::commands"],
        "the router knows no feature",
    ),
    (
        "journal",
        &["sqlx", "crate::tickets", "crate::inboxes", "crate::commands", "crate::events"],
        "the log knows no room, and who decides calls it",
    ),
    (
        "export",
        &["sqlx", "serenity", "poise", "crate::tickets", "crate::inboxes", "crate::commands", "crate::events"],
        "an export reads and words, and who decides calls it",
    ),
    ("tickets", &["sqlx", "crate::commands", "crate::events"], "tickets ask storage, and know no command"),
    ("inboxes", &["sqlx", "crate::commands", "crate::events"], "inboxes ask storage, and know no command"),
    ("privacy", &["sqlx", "crate::commands", "crate::events"], "privacy asks storage, and knows no command"),
    (
        "checkup",
        &["sqlx", "serenity", "poise", "crate::tickets", "crate::inboxes", "crate::commands", "crate::events"],
        "a check looks and words, and knows neither command nor library",
    ),
    ("commands", &["sqlx", "crate::events"], "commands ask storage, and know no event"),
    ("events", &["sqlx", "crate::commands"], "events ask storage, and know no command"),
    ("events/guild.rs", &["discord::rest", ".rest"], "what only Discord knows is asked by a step"),
    ("events/mod.rs", &["discord::rest", ".rest"], "what only Discord knows is asked by a step"),
    (
        "work.rs",
        &["sqlx", "crate::tickets", "crate::inboxes", "crate::commands", "crate::events"],
        "steps are carried out, whatever they are for",
    ),
    (
        "work",
        &["sqlx", "crate::tickets", "crate::inboxes", "crate::commands"],
        "steps are carried out, whatever they are for",
    ),
    ("cli.rs", &["serenity", "poise", "sqlx"], "the command line knows neither Discord nor the database"),
    ("config", &["serenity", "poise", "sqlx"], "the configuration knows neither Discord nor the database"),
    ("first_run", &["serenity", "poise", "sqlx"], "the first run knows neither Discord nor the database"),
    (
        "telemetry",
        &["use serenity", "use poise", "use sqlx", "serenity_prelude"],
        "the log knows neither Discord nor the database",
    ),
];

/// SQL keywords that only `storage` may use.
const SQL: &[&str] = &["SELECT ", "INSERT INTO", "UPDATE ticket", "DELETE FROM"];

#[test]
fn no_layer_names_what_lies_above_or_beside_it() {
    let mut broken = Vec::new();
    for (place, forbidden, sentence) in RULES {
        let root = source().join(place);
        assert!(root.exists(), "the rule for {place} guards nothing");
        for (file, number, line) in code_lines(&root) {
            if let Some(word) = forbidden.iter().find(|word| names(&line, word)) {
                broken.push(format!("{}:{number}: {sentence} (`{word}`)", file.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn sql_is_written_in_storage_only() {
    let storage = source().join("storage");
    let elsewhere = code_lines(&source()).into_iter().filter(|(file, ..)| !file.starts_with(&storage));
    let broken: Vec<String> = elsewhere
        .filter(|(_, _, line)| SQL.iter().any(|word| line.contains(word)))
        .map(|(file, number, _)| format!("{}:{number}: SQL outside storage", file.display()))
        .collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn no_file_has_outgrown_its_room() {
    let mut broken = Vec::new();
    for root in [source(), source().with_file_name("tests"), source().with_file_name("benches")] {
        for file in rust_files(&root) {
            let lines = fs::read_to_string(&file).unwrap().lines().count();
            if lines > 400 {
                broken.push(format!("{}: {lines} lines; is it still one thing?", file.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_module_says_what_it_does() {
    let broken: Vec<String> = rust_files(&source())
        .into_iter()
        .filter(|file| file.file_stem().is_some_and(|stem| stem != "tests"))
        .filter(|file| !fs::read_to_string(file).unwrap().starts_with("//!"))
        .map(|file| format!("{}: opens without //!", file.display()))
        .collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// A name counts only as a whole word: `serenity` is not `serenity_like`.
fn names(line: &str, word: &str) -> bool {
    let mut from = 0;
    while let Some(at) = line[from..].find(word) {
        let end = from + at + word.len();
        let goes_on = line[end..].starts_with(|next: char| next.is_alphanumeric() || next == '_');
        if !goes_on || word.ends_with(':') {
            return true;
        }
        from = end;
    }
    false
}

/// Lines of code, without comments and tests.
fn code_lines(root: &Path) -> Vec<(PathBuf, usize, String)> {
    let mut lines = Vec::new();
    let is_tests = |file: &PathBuf| file.file_stem().is_some_and(|stem| stem == "tests");
    for file in rust_files(root).into_iter().filter(|file| !is_tests(file)) {
        let text = fs::read_to_string(&file).unwrap();
        for (number, line) in (1..).zip(text.lines()) {
            if line.trim_start().starts_with("#[cfg(test)]") {
                break;
            }
            if !line.trim_start().starts_with("//") {
                lines.push((file.clone(), number, line.to_owned()));
            }
        }
    }
    lines
}

fn rust_files(root: &Path) -> Vec<PathBuf> {
    if root.is_file() {
        return vec![root.to_path_buf()];
    }
    let Ok(entries) = fs::read_dir(root) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.flat_map(|entry| rust_files(&entry.unwrap().path())).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "rs"));
    files.sort();
    files
}
