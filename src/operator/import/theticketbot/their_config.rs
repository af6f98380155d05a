//! theticketbot's config.toml: the equivalent of each key in ticketbot, and the lines to take over.
//!
//! Prints neither the token, nor the key template, nor any value that was not understood.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use crate::config::Pragma;
use crate::failure::Failure;

/// Extensions that theticketbot loads by default; ticketbot has their features built in.
const BUILT_IN: &[&str] = &[".cogs.cleanup", ".cogs.errors", ".cogs.inbox", ".cogs.owner", ".cogs.select"];

/// Maximum size in bytes of an inbox message's files in ticketbot.
const MOST_BYTES: i64 = 25_000_000;

/// The content of its configuration.
#[derive(Debug)]
pub(super) struct TheirConfig {
    pub(super) file: PathBuf,
    /// `db.path`, unchanged.
    pub(super) database: Option<String>,
    /// `db.pragmas` that ticketbot supports.
    pub(super) pragmas: Vec<Pragma>,
    /// `db.key_template`, unless it is empty.
    pub(super) key_template: Option<String>,
    /// Each configured key and its outcome.
    pub(super) keys: Vec<(String, String)>,
    /// Lines for ticketbot's configuration, by table.
    lines: BTreeMap<&'static str, Vec<String>>,
}

impl TheirConfig {
    pub(super) fn read(file: &Path) -> Result<Self, Failure> {
        let broken = |why: String| {
            Failure::config(format!("theticketbot's configuration {} cannot be read", file.display()))
                .cause(why)
                .help("Fix it, or name another one with --from-config.")
        };
        let text = std::fs::read_to_string(file).map_err(|error| broken(error.to_string()))?;
        Self::parse(file, &text).map_err(|line| broken(format!("line {line} is not TOML")))
    }

    /// `Err` is the number of the unreadable line: its text may be the token.
    fn parse(file: &Path, text: &str) -> Result<Self, usize> {
        let table: Table = text.parse().map_err(|error: toml::de::Error| {
            let at = error.span().map_or(0, |span| span.start).min(text.len());
            text.get(..at).map_or(0, |before| before.matches('\n').count()) + 1
        })?;
        let mut config = Self {
            file: file.to_owned(),
            database: None,
            pragmas: Vec::new(),
            key_template: None,
            keys: Vec::new(),
            lines: BTreeMap::new(),
        };
        let mut leaves = Vec::new();
        flatten("", &table, &mut leaves);
        for (key, value) in leaves {
            let meaning = config.explain(&key, value);
            config.keys.push((key, meaning));
        }
        Ok(config)
    }

    /// The lines to take over, as TOML; `None` if there are none.
    pub(super) fn snippet(&self) -> Option<String> {
        let tables = self.lines.iter().map(|(table, lines)| format!("[{table}]\n{}\n", lines.join("\n")));
        let tables: Vec<String> = tables.collect();
        (!tables.is_empty()).then(|| tables.join("\n"))
    }

    fn explain(&mut self, key: &str, value: &Value) -> String {
        let text = match key {
            "bot.token" => {
                "the same key, and the same token keeps the buttons working. It is not shown: copy that line yourself, or \
                 put the token alone into a file that `bot.token_file` names"
            }
            "bot.extensions" => extensions(value),
            "bot.allow_jishaku" => "no such thing here",
            "bot.inbox.max_attachment_size" => return self.attachments(value),
            "bot.intents.guilds" => "always true here",
            "bot.intents.guild_messages" | "bot.intents.members" => return self.intent(key, value),
            _ if key.starts_with("bot.intents.") => "not asked for here, and not needed",
            "db.path" => {
                self.database = value.as_str().map(str::to_owned);
                "used for this import only. ticketbot has a database of its own, so do not name this one in its `db.path`"
            }
            "db.pragmas" => return self.read_pragmas(value),
            "db.key_template" => return self.template(value),
            _ => "no key of theticketbot 1.0; nothing is done with it",
        };
        text.to_owned()
    }

    fn attachments(&mut self, value: &Value) -> String {
        let Some(bytes) = value.as_integer() else { return "not a number; ticketbot's default holds".to_owned() };
        let fitting = bytes.clamp(0, MOST_BYTES);
        self.lines.entry("bot.inbox").or_default().push(format!("max_attachment_size = {fitting}"));
        if fitting == bytes { "the same key".to_owned() } else { format!("the same key, from 0 to {MOST_BYTES}") }
    }

    fn intent(&mut self, key: &str, value: &Value) -> String {
        let Some(is_on) = value.as_bool() else {
            return "neither true nor false; ticketbot's default holds".to_owned();
        };
        let name = key.rsplit('.').next().unwrap_or(key);
        self.lines.entry("bot.intents").or_default().push(format!("{name} = {is_on}"));
        "the same key".to_owned()
    }

    fn read_pragmas(&mut self, value: &Value) -> String {
        let written: Vec<&str> = value.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        if written.is_empty() {
            return "none".to_owned();
        }
        let mut meanings = Vec::new();
        let mut kept = Vec::new();
        for (number, pragma) in (1..).zip(written) {
            match Pragma::parse(pragma) {
                Ok(pragma) => {
                    kept.push(toml::Value::String(format!("{} = {}", pragma.name, pragma.value)).to_string());
                    self.pragmas.push(pragma);
                }
                Err(problem) => meanings.push(format!("number {number} is left out: ticketbot's {problem}")),
            }
        }
        if !kept.is_empty() {
            self.lines.entry("db").or_default().push(format!("pragmas = [{}]", kept.join(", ")));
            meanings.insert(0, "the same key".to_owned());
        }
        meanings.join("; ")
    }

    fn template(&mut self, value: &Value) -> String {
        self.key_template = value.as_str().filter(|template| !template.trim().is_empty()).map(str::to_owned);
        if self.key_template.is_none() {
            return "empty: not encrypted".to_owned();
        }
        "the same key, once ticketbot's own database is encrypted (ticketbot db encrypt). This import reads theticketbot's \
         with it: the key is asked for, or read from --key-file"
            .to_owned()
    }
}

/// Every key whose value is not a table, by its full name.
fn flatten<'t>(prefix: &str, table: &'t Table, leaves: &mut Vec<(String, &'t Value)>) {
    for (name, value) in table {
        let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        match value {
            Value::Table(table) => flatten(&key, table, leaves),
            value => leaves.push((key, value)),
        }
    }
}

fn extensions(value: &Value) -> &'static str {
    let mut named = value.as_array().into_iter().flatten().filter_map(Value::as_str);
    if named.all(|name| BUILT_IN.contains(&name)) {
        "built in"
    } else {
        "theticketbot's own are built in; others cannot be loaded"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> TheirConfig {
        TheirConfig::parse(Path::new("config.toml"), text).unwrap()
    }

    fn meaning<'c>(config: &'c TheirConfig, key: &str) -> &'c str {
        &config.keys.iter().find(|(known, _)| known == key).unwrap().1
    }

    #[test]
    fn every_key_of_theticketbot_has_an_answer_and_what_is_the_same_becomes_a_line() {
        let config = parse(
            r#"
            [bot]
            token = "MTIz.GabcDE.SECRET"
            allow_jishaku = true
            extensions = [".cogs.inbox", "mine"]
            [bot.inbox]
            max_attachment_size = 30000000
            [bot.intents]
            guilds = true
            members = false
            message_content = true
            [db]
            path = "${USER_DATA_DIR}/theticketbot.db"
            pragmas = ["PRAGMA cache_size = -4000", "PRAGMA journal_mode = DELETE", "PRAGMA hexkey = 'SECRET'"]
            key_template = "PRAGMA key = '{}SECRET'"
            [mine]
            secret = "SECRET"
            "#,
        );

        for (key, expected) in [
            ("bot.token", "not shown"),
            ("bot.allow_jishaku", "no such thing"),
            ("bot.extensions", "others cannot be loaded"),
            ("bot.inbox.max_attachment_size", "from 0 to 25000000"),
            ("bot.intents.guilds", "always true"),
            ("bot.intents.members", "the same key"),
            ("bot.intents.message_content", "not needed"),
            ("db.path", "database of its own"),
            ("db.pragmas", "the same key; number 2 is left out"),
            ("db.key_template", "--key-file"),
            ("mine.secret", "no key of theticketbot"),
        ] {
            assert!(meaning(&config, key).contains(expected), "{key}: {}", meaning(&config, key));
        }
        let snippet = config.snippet().unwrap();
        assert_eq!(
            snippet,
            "[bot.inbox]\nmax_attachment_size = 25000000\n\n[bot.intents]\nmembers = false\n\n[db]\npragmas = \
             [\"cache_size = -4000\"]\n"
        );
        let told: Vec<_> = config.keys.iter().map(|(key, meaning)| format!("{key} {meaning}")).collect();
        let told = told.concat();
        assert!(!told.contains("SECRET") && !snippet.contains("SECRET"));
    }

    #[test]
    fn a_configuration_with_nothing_but_the_token_needs_no_lines() {
        let config = parse("[bot]\ntoken = \"x\"\n");

        assert_eq!((config.snippet(), config.database, config.keys.len()), (None, None, 1));
    }

    #[test]
    fn what_is_no_toml_is_named_by_its_line_alone() {
        let broken = TheirConfig::parse(Path::new("config.toml"), "[bot]\ntoken = SECRET\n");

        assert_eq!(broken.unwrap_err(), 2);
    }
}
