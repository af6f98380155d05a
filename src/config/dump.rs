//! Prints configurations: the settings and their sources for `--dump-config`, without secrets, and the file that a first
//! run writes.

use std::fmt::Write as _;
use std::path::Path;

use super::DEFAULTS;
use super::settings::{Encryption, KeySource, Retention, Settings, TokenSource};
use super::token::Token;
use crate::domain::shards::ShardRange;
use crate::failure::Failure;

/// The whole output. It is a valid configuration once the token is filled in.
pub(super) fn dump(settings: &Settings, token: &Result<Option<Token>, Failure>) -> String {
    let Settings { intents, database, backup, discord, log, .. } = settings;
    let pragmas: Vec<String> =
        database.pragmas.iter().map(|pragma| quoted(&format!("{} = {}", pragma.name, pragma.value))).collect();
    let log_directory = log.directory.as_deref().map_or_else(|| quoted(""), quoted_path);
    let mut text = String::new();
    let mut line = |content: String| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{content}");
    };
    line(read_from(settings));
    line("\n[bot]".to_owned());
    for content in token_lines(settings.token_source.as_ref(), token) {
        line(content);
    }
    line(format!("\n[bot.inbox]\nmax_attachment_size = {}", settings.max_attachment_size));
    line("\n[bot.intents]\nguilds = true".to_owned());
    line(format!("guild_messages = {}\nmembers = {}", intents.guild_messages, intents.members));
    line(format!("\n[db]\npath = {}\npragmas = [{}]", quoted_path(&database.path), pragmas.join(", ")));
    for content in key_lines(database.encryption.as_ref()) {
        line(content);
    }
    let backups = backup.directory.as_deref().map_or_else(|| quoted(""), quoted_path);
    line(format!("\n[backup]\ndirectory = {backups}\nkeep = {}", backup.keep));
    line(format!("daily = {}\nbefore_update = {}", backup.daily, backup.before_update));
    let origin = if discord.from_environment { "  # from the environment variable TICKETBOT_API_BASE" } else { "" };
    line(format!("\n[discord]\napi_base = {}{origin}", quoted(&discord.api_base)));
    line(format!("allow_insecure_http = {}", discord.allow_insecure_http));
    line(gateway(settings.shards));
    line(format!("\n[log]\ndirectory = {log_directory}\nretention_days = {}", log.retention_days));
    line(format!("filter = {}", quoted(&log.filter)));
    let Retention { closed_tickets_days, dormant_tickets_days } = settings.retention;
    line(format!("\n[retention]\nclosed_tickets_days = {closed_tickets_days}"));
    line(format!("dormant_tickets_days = {dormant_tickets_days}"));
    line(format!("\n[shutdown]\ngrace_seconds = {}", settings.shutdown_grace.as_secs()));
    text
}

fn gateway(shards: Option<ShardRange>) -> String {
    match shards {
        None => "\n[gateway]\nshards = \"auto\"\nrange = \"all\"".to_owned(),
        Some(share) => {
            let range = if share.is_whole() { "all".to_owned() } else { share.to_string() };
            format!("\n[gateway]\nshards = {}\nrange = {}", share.total(), quoted(&range))
        }
    }
}

fn read_from(settings: &Settings) -> String {
    match &settings.source.read {
        Some(path) => format!("# Read from {}", in_comment(&path.display().to_string())),
        None => format!(
            "# No configuration file was found, so these are the defaults. One would be written to\n# {}",
            in_comment(&settings.source.new_file.display().to_string())
        ),
    }
}

/// `token` and `token_file`, with the token's source.
fn token_lines(source: Option<&TokenSource>, token: &Result<Option<Token>, Failure>) -> [String; 2] {
    let origin = match source {
        None => "not set".to_owned(),
        Some(TokenSource::Environment) => "from the environment variable TICKETBOT_TOKEN".to_owned(),
        Some(TokenSource::TokenFile(_)) => "from token_file".to_owned(),
        Some(TokenSource::Config) => "from this file".to_owned(),
    };
    let (shown, remark) = match token {
        Ok(None) => ("", origin),
        Ok(Some(_)) => ("<redacted>", origin),
        Err(failure) => ("", format!("{origin}, but it cannot be used: {}", in_comment(&failure.to_string()))),
    };
    let token_file = match source {
        Some(TokenSource::TokenFile(path)) => quoted_path(path),
        _ => quoted(""),
    };
    [format!("token = {}  # {remark}", quoted(shown)), format!("token_file = {token_file}")]
}

/// `key_template` and `key_file`, with the key's source. Never the key.
fn key_lines(encryption: Option<&Encryption>) -> [String; 2] {
    let Some(Encryption { form, source, key }) = encryption else {
        return ["key_template = \"\"  # not encrypted".to_owned(), "key_file = \"\"".to_owned()];
    };
    let (origin, file) = match source {
        KeySource::Environment => ("the key is <redacted>, from the environment variable TICKETBOT_DB_KEY", None),
        KeySource::File(path) => ("the key is <redacted>, from key_file", Some(path)),
        KeySource::Prompt => ("the key is asked for at the terminal", None),
    };
    let remark = match key {
        Ok(_) => origin.to_owned(),
        Err(failure) => format!("{origin}, but it cannot be used: {}", in_comment(&failure.to_string())),
    };
    let file = file.map_or_else(|| quoted(""), |path| quoted_path(path));
    [format!("key_template = {}  # {remark}", quoted(form.template())), format!("key_file = {file}")]
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn quoted_path(path: &Path) -> String {
    quoted(&path.display().to_string())
}

/// A path may hold a line break, which would end the comment.
fn in_comment(text: &str) -> String {
    text.chars().flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] }).collect()
}

/// The token, and every other key with its explanation but commented out, so that later defaults apply.
///
/// Explanations start with `# `, commented keys with `#` alone.
pub(crate) fn new_config_file(token: &Token) -> String {
    let mut text = String::from(
        "# The configuration of ticketbot. Lines that begin with # are explanations or hold the default;\n\
         # to change a setting, remove the # before it.\n\n",
    );
    // The defaults start with their own description; the operator's part follows it.
    for line in DEFAULTS.lines().skip_while(|line| !line.starts_with("# Paths may")) {
        if line == "token = \"\"" {
            text.push_str("token = \"");
            // Only letters, digits, dots, dashes and underscores: nothing that TOML would escape.
            text.push_str(token.expose());
            text.push('"');
        } else {
            if line.starts_with(|first: char| first.is_ascii_lowercase()) {
                text.push('#');
            }
            text.push_str(line);
        }
        text.push('\n');
    }
    text
}
