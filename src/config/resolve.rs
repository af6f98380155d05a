//! Turns written values into settings: checks each value once.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tracing_subscriber::EnvFilter;

use super::api_base;
use super::environment::{Environment, Folders};
use super::expand::expand_path;
use super::problems::Problems;
use super::raw::Raw;
use super::settings::{
    Backup, ConfigSource, Database, Discord, Encryption, Intents, Log, Pragma, Retention, Settings, TokenSource,
};
use super::source::At;
use crate::domain::shards::{MOST_SHARDS, ShardRange};
use crate::failure::Failure;

/// Discord accepts 25 MiB in one request ("Create Message"); the rest of that is for the text around the files.
const MAX_ATTACHMENT_SIZE: RangeInclusive<u64> = 0..=25_000_000;
/// At least a day, for log files and records. Then a closed ticket no longer delays anybody: the longest cooldown is
/// six hours.
const RETENTION_DAYS: RangeInclusive<u16> = 1..=3650;
const BACKUPS_KEPT: RangeInclusive<u16> = 1..=365;
const GRACE_SECONDS: RangeInclusive<u16> = 0..=300;

/// Relative paths start at `folder`. `None` after noting a problem.
pub(super) fn resolve(
    raw: &Raw,
    source: ConfigSource,
    (token_source, encryption): (Option<TokenSource>, Option<Encryption>),
    folder: &Path,
    environment: &Environment,
    problems: &Problems,
) -> Option<Settings> {
    if !raw.guilds.value {
        problems.note(raw.guilds.problem(
            "must stay true, because without this intent Discord tells the bot neither of servers nor of threads",
        ));
    }
    let resolver = Resolver { raw, folder, folders: &environment.folders, problems };
    // Check all of them before returning.
    let database = resolver.database(encryption);
    let path = database.as_ref().map(|database| database.path.as_path());
    let backup = resolver.backup(path);
    let max_attachment_size = problems.take(within(&raw.max_attachment_size, MAX_ATTACHMENT_SIZE, "bytes"));
    let discord = resolver.discord(environment.api_base.as_deref());
    let shards = problems.take(share(&raw.shards, &raw.shard_range));
    let log = resolver.log();
    let closed_tickets_days = problems.take(within(&raw.closed_tickets_days, RETENTION_DAYS, "days"));
    let dormant_tickets_days = problems.take(within(&raw.dormant_tickets_days, RETENTION_DAYS, "days"));
    let grace = problems.take(within(&raw.grace_seconds, GRACE_SECONDS, "seconds"));
    Some(Settings {
        source,
        token_source,
        max_attachment_size: max_attachment_size?,
        intents: Intents { guild_messages: raw.guild_messages.value, members: raw.members.value },
        database: database?,
        backup: backup?,
        discord: discord?,
        shards: shards?,
        log: log?,
        retention: Retention { closed_tickets_days: closed_tickets_days?, dormant_tickets_days: dormant_tickets_days? },
        shutdown_grace: Duration::from_secs(grace?.into()),
    })
}

/// The context for keys that depend on each other.
struct Resolver<'a> {
    raw: &'a Raw,
    folder: &'a Path,
    folders: &'a Folders,
    problems: &'a Problems,
}

impl Resolver<'_> {
    fn database(&self, encryption: Option<Encryption>) -> Option<Database> {
        let Self { raw, problems, .. } = self;
        let path = if raw.db_path.value.trim().is_empty() {
            Err(raw.db_path.problem("must not be empty, since the bot needs its database"))
        } else {
            expand_path(&raw.db_path, self.folder, self.folders)
        };
        let path = problems.take(path);
        let pragma = |written: &At<String>| {
            problems.take(Pragma::parse(&written.value).map_err(|problem| written.problem(problem)))
        };
        let pragmas = raw.pragmas.iter().filter_map(pragma).collect();
        Some(Database { path: path?, pragmas, encryption })
    }

    /// `database` is unknown if it has a problem.
    fn backup(&self, database: Option<&Path>) -> Option<Backup> {
        let Self { raw, problems, .. } = self;
        let folder_of_database = database.and_then(Path::parent).unwrap_or(self.folder).to_owned();
        let folders = Folders { database: Some(folder_of_database), ..self.folders.clone() };
        let directory = problems.take(self.optional_path(&raw.backup_directory, &folders));
        let keep = problems.take(within(&raw.backup_keep, BACKUPS_KEPT, "backups"));
        let (daily, before_update) = (raw.backup_daily.value, raw.backup_before_update.value);
        Some(Backup { directory: directory?, keep: keep?.into(), daily, before_update })
    }

    /// `variable` is `TICKETBOT_API_BASE`. It has precedence, but the value in the file must be valid as well: the
    /// variable may be unset later.
    fn discord(&self, variable: Option<&str>) -> Option<Discord> {
        let Self { raw, problems, .. } = self;
        let allow_insecure_http = raw.allow_insecure_http.value;
        let written = api_base::parse(&raw.api_base.value, allow_insecure_http);
        let written = problems.take(written.map_err(|problem| raw.api_base.problem(problem)));
        let given = variable.map(|text| {
            let parsed = api_base::parse(text, allow_insecure_http);
            problems.take(
                parsed.map_err(|problem| Failure::config("The environment variable TICKETBOT_API_BASE").cause(problem)),
            )
        });
        let api_base = given.unwrap_or(written)?;
        let custom = api_base != api_base::DISCORD;
        Some(Discord { custom, api_base, from_environment: variable.is_some(), allow_insecure_http })
    }

    fn log(&self) -> Option<Log> {
        let Self { raw, problems, .. } = self;
        let directory = problems.take(self.optional_path(&raw.log_directory, self.folders));
        let retention_days = problems.take(within(&raw.retention_days, RETENTION_DAYS, "days"));
        let filter = problems.take(log_filter(&raw.filter));
        Some(Log { directory: directory?, retention_days: retention_days?, filter: filter? })
    }

    fn optional_path(&self, written: &At<String>, folders: &Folders) -> Result<Option<PathBuf>, Failure> {
        if written.value.trim().is_empty() { Ok(None) } else { expand_path(written, self.folder, folders).map(Some) }
    }
}

/// The directives without white space between them, which `EnvFilter` does not accept.
fn log_filter(written: &At<String>) -> Result<String, Failure> {
    let directives: Vec<&str> = written.value.split(',').map(str::trim).filter(|one| !one.is_empty()).collect();
    let filter = directives.join(",");
    match EnvFilter::builder().with_regex(false).parse(&filter) {
        Ok(_) => Ok(filter),
        Err(_) => Err(written.problem("must be directives such as \"ticketbot::tickets=debug\", separated by commas")),
    }
}

/// The number, if it is in `range`.
fn within<T>(written: &At<i64>, range: RangeInclusive<T>, unit: &str) -> Result<T, Failure>
where
    T: TryFrom<i64> + PartialOrd + std::fmt::Display,
{
    T::try_from(written.value)
        .ok()
        .filter(|value| range.contains(value))
        .ok_or_else(|| written.problem(format!("must be from {} to {} {unit}", range.start(), range.end())))
}

const AUTO: &str = "auto";
const ALL: &str = "all";

/// `None`: as many as Discord recommends, all of them here.
pub(super) fn share(shards: &At<String>, range: &At<String>) -> Result<Option<ShardRange>, Failure> {
    let ids = match range.value.trim() {
        ALL => None,
        written => Some(parse_range(written).ok_or_else(|| {
            range.problem("must be \"all\", one shard such as \"2\", or a range such as \"0-3\"; shards count from 0")
        })?),
    };
    if shards.value.trim() == AUTO {
        return match ids {
            None => Ok(None),
            Some(_) => Err(range.problem(
                "needs a number under `gateway.shards`, because all processes that share the load must count with the \
                 same total",
            )),
        };
    }
    let total = parse_number(shards.value.trim()).filter(|total| (1..=MOST_SHARDS).contains(total));
    let total = total.ok_or_else(|| shards.problem(format!("must be \"auto\" or from 1 to {MOST_SHARDS}")))?;
    let share = match ids {
        None => Some(ShardRange::whole(total)),
        Some(ids) => ShardRange::new(total, ids),
    };
    share.map(Some).ok_or_else(|| {
        range.problem(format!(
            "must be within the {total} that `gateway.shards` sets, from 0 to {}, lower end first",
            total - 1
        ))
    })
}

fn parse_range(written: &str) -> Option<RangeInclusive<u32>> {
    let (first, last) = written.split_once('-').unwrap_or((written, written));
    Some(parse_number(first.trim())?..=parse_number(last.trim())?)
}

/// Digits only: no sign.
fn parse_number(written: &str) -> Option<u32> {
    let digits = written.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| written.parse().ok()).flatten()
}
