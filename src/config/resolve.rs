//! From what is written to what holds: each value is checked here, once.

use std::ops::RangeInclusive;
use std::path::Path;
use std::time::Duration;

use tracing_subscriber::EnvFilter;

use super::api_base;
use super::environment::{Environment, Folders};
use super::expand::expand_path;
use super::raw::Raw;
use super::settings::{
    Backup, ConfigSource, Database, Discord, Encryption, Intents, Log, Pragma, Retention, Settings, TokenSource,
};
use super::sharding;
use super::source::At;
use crate::failure::Failure;

/// Discord takes 25 MiB in one request ("Create Message"); what is left of that is for the text around the files.
const MAX_ATTACHMENT_SIZE: RangeInclusive<u64> = 0..=25_000_000;
/// At least a day, for log files and for records. A closed ticket of yesterday no longer holds anybody back: the longest wait
/// between two is six hours.
const RETENTION_DAYS: RangeInclusive<u16> = 1..=3650;
const BACKUPS_KEPT: RangeInclusive<u16> = 1..=365;
const GRACE_SECONDS: RangeInclusive<u16> = 0..=300;

/// `folder` is where relative paths count from.
pub(super) fn resolve(
    raw: &Raw,
    source: ConfigSource,
    (token_source, encryption): (Option<TokenSource>, Option<Encryption>),
    folder: &Path,
    environment: &Environment,
) -> Result<Settings, Failure> {
    let folders = &environment.folders;
    if !raw.guilds.value {
        return Err(raw.guilds.problem(
            "must stay true, because without this intent Discord tells the bot neither of servers nor of threads",
        ));
    }
    let database = database(raw, encryption, folder, folders)?;
    Ok(Settings {
        backup: backup(raw, &database.path, folder, folders)?,
        source,
        token_source,
        max_attachment_size: within(&raw.max_attachment_size, MAX_ATTACHMENT_SIZE, "bytes")?,
        intents: Intents { guild_messages: raw.guild_messages.value, members: raw.members.value },
        database,
        discord: discord(raw, environment.api_base.as_deref())?,
        shards: sharding::resolve(&raw.shards, &raw.shard_range)?,
        log: log(raw, folder, folders)?,
        retention: Retention {
            closed_tickets_days: within(&raw.closed_tickets_days, RETENTION_DAYS, "days")?,
            dormant_tickets_days: within(&raw.dormant_tickets_days, RETENTION_DAYS, "days")?,
        },
        shutdown_grace: Duration::from_secs(within(&raw.grace_seconds, GRACE_SECONDS, "seconds")?.into()),
    })
}

fn database(raw: &Raw, encryption: Option<Encryption>, folder: &Path, folders: &Folders) -> Result<Database, Failure> {
    if raw.db_path.value.trim().is_empty() {
        return Err(raw.db_path.problem("must not be empty, since the bot needs its database"));
    }
    let pragma = |written: &At<String>| Pragma::parse(&written.value).map_err(|problem| written.problem(problem));
    Ok(Database {
        path: expand_path(&raw.db_path, folder, folders)?,
        pragmas: raw.pragmas.iter().map(pragma).collect::<Result<_, _>>()?,
        encryption,
    })
}

fn backup(raw: &Raw, database: &Path, folder: &Path, folders: &Folders) -> Result<Backup, Failure> {
    let folders = Folders { database: database.parent().map(Path::to_owned), ..folders.clone() };
    let directory = match raw.backup_directory.value.trim() {
        "" => None,
        _ => Some(expand_path(&raw.backup_directory, folder, &folders)?),
    };
    Ok(Backup {
        directory,
        keep: within(&raw.backup_keep, BACKUPS_KEPT, "backups")?.into(),
        daily: raw.backup_daily.value,
        before_update: raw.backup_before_update.value,
    })
}

/// `variable` is `TICKETBOT_API_BASE`. It wins, but what it covers must be right as well: some day it will be unset.
fn discord(raw: &Raw, variable: Option<&str>) -> Result<Discord, Failure> {
    let allow_insecure_http = raw.allow_insecure_http.value;
    let written =
        api_base::parse(&raw.api_base.value, allow_insecure_http).map_err(|problem| raw.api_base.problem(problem))?;
    let api_base = match variable {
        None => written,
        Some(text) => api_base::parse(text, allow_insecure_http)
            .map_err(|problem| Failure::config("The environment variable TICKETBOT_API_BASE").because(problem))?,
    };
    let custom = api_base != api_base::DISCORD;
    Ok(Discord { custom, api_base, from_environment: variable.is_some(), allow_insecure_http })
}

fn log(raw: &Raw, folder: &Path, folders: &Folders) -> Result<Log, Failure> {
    let directory = match raw.log_directory.value.trim() {
        "" => None,
        _ => Some(expand_path(&raw.log_directory, folder, folders)?),
    };
    Ok(Log {
        directory,
        retention_days: within(&raw.retention_days, RETENTION_DAYS, "days")?,
        filter: log_filter(&raw.filter)?,
    })
}

/// The directives without white space between them, which `EnvFilter` does not understand.
fn log_filter(written: &At<String>) -> Result<String, Failure> {
    let directives: Vec<&str> = written.value.split(',').map(str::trim).filter(|one| !one.is_empty()).collect();
    let filter = directives.join(",");
    match EnvFilter::builder().with_regex(false).parse(&filter) {
        Ok(_) => Ok(filter),
        Err(_) => Err(written.problem("must be directives such as \"ticketbot::tickets=debug\", separated by commas")),
    }
}

/// The number, if it is within `range`.
fn within<T>(written: &At<i64>, range: RangeInclusive<T>, unit: &str) -> Result<T, Failure>
where
    T: TryFrom<i64> + PartialOrd + std::fmt::Display,
{
    T::try_from(written.value)
        .ok()
        .filter(|value| range.contains(value))
        .ok_or_else(|| written.problem(format!("must be from {} to {} {unit}", range.start(), range.end())))
}
