//! The command line: its arguments and their meaning.
//!
//! A token is never an argument, because other users can read the arguments of a running program.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{ArgAction, ArgGroup, Args, CommandFactory as _, Parser, Subcommand};

use crate::config::Token;
use crate::domain::command_sync::SyncMode;
use crate::domain::ids::{GuildId, UserId};
use crate::failure::Failure;

const AFTER_HELP: &str = "\
Configuration:
  Read from the path given with --config-file, else from config.toml in your user's configuration folder, else from
  config.toml in the current folder. --dump-config shows which one it is. Without any, the first start at a terminal
  asks for the token and writes one.

Environment:
  TICKETBOT_TOKEN     The bot's token. It wins over `bot.token_file` and `bot.token` in the configuration.
  TICKETBOT_DB_KEY    The key of an encrypted database. It wins over `db.key_file`; without either it is asked for.
  TICKETBOT_API_BASE  The address of Discord's API. It wins over `discord.api_base` in the configuration.
  NO_COLOR            With any value, the console's log is plain.

Exit codes:
  0    success
  1    any failure not listed under 2; for `config diff`: the file would change something
  2    wrong usage or configuration, a token that Discord refuses, or a database or log folder that the bot cannot use
  130  ended at once by a second signal";

/// A Discord ticket bot that keeps tickets in native private threads.
#[derive(Parser, Debug, Clone, PartialEq, Eq)]
#[command(name = "ticketbot", version, about, after_help = AFTER_HELP)]
#[command(group = ArgGroup::new("what").args(["sync", "no_sync", "dump_config"]).multiple(false))]
pub struct Cli {
    /// Read the configuration from this file, which must exist.
    #[arg(long, value_name = "PATH", global = true)]
    pub config_file: Option<PathBuf>,

    /// Log more of what ticketbot does; give it twice for everything.
    #[arg(short, long, action = ArgAction::Count, global = true)]
    pub verbose: u8,

    /// Register the bot's commands with Discord, then exit.
    #[arg(long)]
    pub sync: bool,

    /// Start without registering commands, even when a release changed them.
    #[arg(long)]
    pub no_sync: bool,

    /// Print which configuration was read and the resulting settings, without secrets, then exit.
    #[arg(long)]
    pub dump_config: bool,

    /// What to do instead of running the bot.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The operator's subcommands.
#[derive(Subcommand, Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Report what keeps inboxes from working: permissions, intents, channels, messages, staff. Ends with 1 if anything does.
    Check(Check),
    /// Write, compare or apply the configuration of a server as a file, also while the bot runs.
    #[command(subcommand)]
    Config(Config),
    /// Export or delete what is stored about a person.
    #[command(subcommand)]
    Data(Data),
    /// Back up, restore, check or encrypt the database.
    #[command(subcommand)]
    Db(Db),
    /// Take over inboxes and tickets from another bot.
    #[command(subcommand)]
    Import(Import),
}

impl Command {
    /// Whether the command creates or writes database files. A backup is a separate file.
    pub fn changes_the_database(&self) -> bool {
        match self {
            Self::Check(_)
            | Self::Config(Config::Export { .. } | Config::Diff { .. })
            | Self::Data(Data::Export(_))
            | Self::Db(Db::Check | Db::Backup { .. }) => false,
            Self::Config(Config::Apply { .. }) | Self::Data(Data::Delete(_)) | Self::Db(_) => true,
            Self::Import(Import::Theticketbot(import)) => !import.dry_run,
            Self::Import(Import::DiscordTickets(import)) => !import.dry_run,
        }
    }
}

impl Cli {
    /// Parses the arguments of the process.
    ///
    /// Exits for `--help` and `--version` (0) and for invalid arguments (2).
    pub fn from_process() -> Result<Self, Failure> {
        let arguments: Vec<OsString> = std::env::args_os().collect();
        refuse_tokens(&arguments)?;
        let cli = Self::parse_from(arguments);
        if cli.command.is_some() && (cli.sync || cli.no_sync || cli.dump_config) {
            let message = "--sync, --no-sync and --dump-config cannot be used with a command";
            Self::command().error(ErrorKind::ArgumentConflict, message).exit();
        }
        Ok(cli)
    }

    /// The effect of `--sync` and `--no-sync`.
    pub fn sync_mode(&self) -> SyncMode {
        match (self.sync, self.no_sync) {
            (true, _) => SyncMode::Force,
            (_, true) => SyncMode::Never,
            _ => SyncMode::Auto,
        }
    }
}

/// clap quotes an unknown argument; it may be a token and must not be printed.
fn refuse_tokens(arguments: &[OsString]) -> Result<(), Failure> {
    if arguments.iter().any(|argument| Token::is_inside(&argument.to_string_lossy())) {
        return Err(Failure::config("The command line holds what looks like a bot token")
            .cause("everyone on this machine can read the arguments of a running program")
            .help(
                "Reset the token in the Discord Developer Portal, then hand the new one over in the environment \
                 variable TICKETBOT_TOKEN or in the configuration file.",
            ));
    }
    Ok(())
}

/// Checks every server that has inboxes, with the bot's token but without starting the bot, and prints the findings.
///
/// ❌ does not work, ⚠️ is a risk, ℹ️ is a note. Changes nothing, and names everything by its id.
#[derive(Args, Debug, Clone, PartialEq, Eq)]
pub struct Check {}

/// The file is what `/inbox export` makes, with ids only: Discord is not asked, so names of channels and roles are not known,
/// and texts of panels are left as they are.
#[derive(Subcommand, Debug, Clone, PartialEq, Eq)]
pub enum Config {
    /// Print the configuration of a server: settings, panels, inboxes, replies, blocks.
    Export {
        /// The server's id: in Discord with Developer Mode on, right-click the server and choose Copy Server ID.
        #[arg(long, value_name = "ID")]
        guild: GuildId,
        /// Write it to this file instead, which is replaced if it exists.
        file: Option<PathBuf>,
    },
    /// Show what a file would change. Changes nothing. Ends with 0 if it would change nothing, with 1 if it would change
    /// something, with 2 if it cannot be applied.
    Diff {
        /// The server's id.
        #[arg(long, value_name = "ID")]
        guild: GuildId,
        /// The file. Default: standard input.
        file: Option<PathBuf>,
    },
    /// Apply a file as a whole, after showing what changes and asking. Ends with 0 if it was applied or would change
    /// nothing, with 1 if the answer is no, with 2 if it cannot be applied.
    ///
    /// A running bot uses it at once. It changes its messages on Discord within a minute.
    Apply {
        /// The server's id.
        #[arg(long, value_name = "ID")]
        guild: GuildId,
        /// The file. Default: standard input.
        file: Option<PathBuf>,
        /// Do not ask. Needed without a terminal.
        #[arg(short, long)]
        yes: bool,
        /// With --yes: also apply a file that makes new inboxes or panels and deletes others. Without this it is refused,
        /// because an inbox without a number, or a panel with a name, is new each time that the file is applied.
        #[arg(long, requires = "yes")]
        replace: bool,
    },
}

#[derive(Subcommand, Debug, Clone, PartialEq, Eq)]
pub enum Data {
    /// Print everything that is stored about a person, as JSON.
    Export(Export),
    /// Delete what is stored about a person.
    ///
    /// Records of tickets that are not closed, or less than six hours old, are needed until then: they are marked, and the
    /// running bot deletes them when it no longer needs them. Works whether or not the bot is running.
    Delete(Delete),
}

#[derive(Args, Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// The person's id: in Discord with Developer Mode on, right-click the person and choose Copy User ID.
    #[arg(long, value_name = "ID")]
    pub user: UserId,
}

#[derive(Args, Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// The person's id: in Discord with Developer Mode on, right-click the person and choose Copy User ID.
    #[arg(long, value_name = "ID")]
    pub user: UserId,

    /// Do not ask. Needed without a terminal.
    #[arg(long)]
    pub yes: bool,
}

#[derive(Subcommand, Debug, Clone, PartialEq, Eq)]
pub enum Db {
    /// Make a backup, also while the bot runs: complete, checked, and compressed unless the database is encrypted.
    Backup {
        /// Write it to this new file, or under a generated name into this folder. Default: `backup.directory`.
        #[arg(long, value_name = "PATH")]
        to: Option<PathBuf>,
    },
    /// Replace the database with a backup, after checking it. The bot must be stopped; the replaced file is kept.
    Restore {
        /// The backup: compressed or not, encrypted or not.
        path: PathBuf,
        /// A file with the key of the backup, if that is not the configured one.
        #[arg(long, value_name = "PATH")]
        key_file: Option<PathBuf>,
        /// Do not ask. Needed without a terminal.
        #[arg(short, long)]
        yes: bool,
    },
    /// Check the database for damage and show the version of its tables. Changes nothing.
    Check,
    /// Encrypt the database with the configured key (see `db.key_template`). The bot must be stopped.
    Encrypt,
    /// Make an encrypted database readable without a key. The bot must be stopped.
    Decrypt,
    /// Change the key of an encrypted database; asks for the new one. The bot must be stopped.
    Rekey {
        /// Take the new key from this file instead of asking for it.
        #[arg(long, value_name = "PATH")]
        new_key_file: Option<PathBuf>,
    },
}

#[derive(Subcommand, Debug, Clone, PartialEq, Eq)]
pub enum Import {
    /// Take over inboxes, staff, texts, counters and tickets from theticketbot, and explain its configuration.
    ///
    /// Prints a report by server, then asks. theticketbot's files are only read, from a copy; it must not run
    /// meanwhile. Running this twice is safe: what was taken over before stays unchanged.
    Theticketbot(Theticketbot),
    /// Take over inboxes with their forms, staff, rules and texts, and canned replies from discord-tickets 4 (SQLite).
    ///
    /// Prints a report by server, with whatever cannot come over, then asks. Its database is only read, from a copy. Its
    /// tickets stay where they are: they are channels. Running this twice is safe: what was taken over before stays
    /// unchanged, and what was deleted since does not come back.
    DiscordTickets(DiscordTickets),
}

/// A move from theticketbot.
#[derive(Args, Debug, Clone, PartialEq, Eq)]
pub struct Theticketbot {
    /// Its database. Default: the one that its configuration names, or else the one in its usual place.
    pub path: Option<PathBuf>,

    /// Its config.toml, if it is not in its usual place.
    #[arg(long, value_name = "PATH")]
    pub from_config: Option<PathBuf>,

    /// A file that holds only the key of its encrypted database. Without it, ticketbot asks for the key.
    #[arg(long, value_name = "PATH")]
    pub key_file: Option<PathBuf>,

    /// Only report: change nothing and ask nothing.
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,

    /// Take over without asking, for scripts.
    #[arg(short, long)]
    pub yes: bool,
}

/// A move from discord-tickets.
#[derive(Args, Debug, Clone, PartialEq, Eq)]
pub struct DiscordTickets {
    /// Its database: user/database.db in its folder, unless its `DB_CONNECTION_URL` names another.
    pub path: PathBuf,

    /// Only report: change nothing and ask nothing.
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,

    /// Take over without asking, for scripts.
    #[arg(short, long)]
    pub yes: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Cli, clap::Error> {
        Cli::try_parse_from([&["ticketbot"], arguments].concat())
    }

    #[test]
    fn the_definition_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn sync_flags_say_when_commands_are_registered() {
        for (arguments, expected) in
            [(&[][..], SyncMode::Auto), (&["--sync"], SyncMode::Force), (&["--no-sync"], SyncMode::Never)]
        {
            assert_eq!(parse(arguments).unwrap().sync_mode(), expected, "{arguments:?}");
        }
    }

    #[test]
    fn sync_no_sync_and_dump_config_exclude_each_other() {
        for pair in [["--sync", "--no-sync"], ["--sync", "--dump-config"], ["--no-sync", "--dump-config"]] {
            let error = parse(&pair).unwrap_err();
            assert_eq!((error.kind(), error.exit_code()), (clap::error::ErrorKind::ArgumentConflict, 2), "{pair:?}");
        }
    }

    #[test]
    fn verbosity_is_counted() {
        for (arguments, expected) in [(&[][..], 0), (&["-v"], 1), (&["-vv"], 2), (&["-v", "--verbose", "-v"], 3)] {
            assert_eq!(parse(arguments).unwrap().verbose, expected, "{arguments:?}");
        }
    }

    #[test]
    fn a_token_on_the_command_line_is_refused_without_being_repeated() {
        let token = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.abcdefghijklmnopqrstuvwxyz0123456789AB";
        for argument in [token.to_owned(), format!("--token={token}"), format!("Bot {token}")] {
            let failure = refuse_tokens(&["ticketbot".into(), argument.into()]).unwrap_err();
            assert_eq!(failure.code(), 2);
            assert!(!failure.to_string().contains(token));
        }
    }
}
