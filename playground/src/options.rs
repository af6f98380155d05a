//! The command line.

use std::path::PathBuf;

use clap::Parser;

use crate::scenes::Scene;

/// A simulated Discord in the browser, with the real bot in it. No account, no network; nothing is kept.
#[derive(Parser, Debug, Clone, Default)]
#[command(name = "cargo playground", bin_name = "cargo playground", version)]
pub struct Options {
    /// What has happened already when you come in.
    #[arg(long, value_enum, default_value_t)]
    pub scene: Scene,

    /// Build the server from this description of channels, roles and people; see docs/playground.md.
    #[arg(long, value_name = "FILE")]
    pub world: Option<PathBuf>,

    /// Rehearse the configuration of a server: this file of /inbox export, in a server with the channels and roles that it names.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["world", "scene"])]
    pub import: Option<PathBuf>,

    /// The language of the server, such as `de`; else what the description says.
    #[arg(long, value_name = "LOCALE")]
    pub locale: Option<String>,

    /// Keep the world and the bot's database in this folder, and go on there the next time.
    #[arg(long, value_name = "DIR")]
    pub keep: Option<PathBuf>,

    /// Open the page in your browser.
    #[arg(long)]
    pub open: bool,

    /// The port of the page; else a free one.
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    pub port: u16,

    /// The bot's program; else the one beside this program, which cargo builds if it is missing or out of date.
    #[arg(long, value_name = "PATH")]
    pub bot: Option<PathBuf>,

    /// The simulated time at the start, such as `2026-06-12T14:00:00Z`: for pictures that look the same every time.
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub starts_at: Option<i64>,
}

fn moment(text: &str) -> Result<i64, String> {
    let format = &time::format_description::well_known::Rfc3339;
    let parsed = time::OffsetDateTime::parse(text, format).map_err(|error| error.to_string())?;
    Ok(parsed.unix_timestamp() * 1000)
}
