//! The configuration as written: each key's value and location, not yet checked.

use secrecy::SecretString;

use super::problems::Problems;
use super::section::Section;
use super::source::{At, Source};
use crate::failure::Failure;

/// Every key of `config_default.toml`, from the operator's file if it is set there.
pub(super) struct Raw {
    pub(super) token: At<SecretString>,
    pub(super) token_file: At<String>,
    pub(super) max_attachment_size: At<i64>,
    pub(super) guilds: At<bool>,
    pub(super) guild_messages: At<bool>,
    pub(super) members: At<bool>,
    pub(super) db_path: At<String>,
    pub(super) pragmas: Vec<At<String>>,
    pub(super) key_template: At<String>,
    pub(super) key_file: At<String>,
    pub(super) backup_directory: At<String>,
    pub(super) backup_keep: At<i64>,
    pub(super) backup_daily: At<bool>,
    pub(super) backup_before_update: At<bool>,
    pub(super) api_base: At<String>,
    pub(super) allow_insecure_http: At<bool>,
    pub(super) shards: At<String>,
    pub(super) shard_range: At<String>,
    pub(super) log_directory: At<String>,
    pub(super) retention_days: At<i64>,
    pub(super) filter: At<String>,
    pub(super) closed_tickets_days: At<i64>,
    pub(super) dormant_tickets_days: At<i64>,
    pub(super) grace_seconds: At<i64>,
}

impl Raw {
    /// Reads `sources`, the one with precedence first. Together they must set every key and no other. Notes problems
    /// and uses defaults for them.
    pub(super) fn read<'a>(sources: &[&'a Source], problems: &'a Problems) -> Result<Self, Failure> {
        let mut root = Section::parse(sources, problems)?;
        let mut bot = root.section("bot");
        let mut inbox = bot.section("inbox");
        let mut intents = bot.section("intents");
        let mut db = root.section("db");
        let mut backup = root.section("backup");
        let mut discord = root.section("discord");
        let mut gateway = root.section("gateway");
        let mut log = root.section("log");
        let mut retention = root.section("retention");
        let mut shutdown = root.section("shutdown");
        let raw = Self {
            token: bot.secret("token"),
            token_file: bot.text("token_file"),
            max_attachment_size: inbox.integer("max_attachment_size"),
            guilds: intents.boolean("guilds"),
            guild_messages: intents.boolean("guild_messages"),
            members: intents.boolean("members"),
            db_path: db.text("path"),
            pragmas: db.texts("pragmas"),
            key_template: db.text("key_template"),
            key_file: db.text("key_file"),
            backup_directory: backup.text("directory"),
            backup_keep: backup.integer("keep"),
            backup_daily: backup.boolean("daily"),
            backup_before_update: backup.boolean("before_update"),
            api_base: discord.text("api_base"),
            allow_insecure_http: discord.boolean("allow_insecure_http"),
            shards: gateway.text_or_integer("shards"),
            shard_range: gateway.text_or_integer("range"),
            log_directory: log.text("directory"),
            retention_days: log.integer("retention_days"),
            filter: log.text("filter"),
            closed_tickets_days: retention.integer("closed_tickets_days"),
            dormant_tickets_days: retention.integer("dormant_tickets_days"),
            grace_seconds: shutdown.integer("grace_seconds"),
        };
        for section in [root, bot, inbox, intents, db, backup, discord, gateway, log, retention, shutdown] {
            section.finish();
        }
        Ok(raw)
    }
}
