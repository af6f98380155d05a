//! The log: a console, and one JSON file a day with one object a line.
//!
//! `cap` decides what may be logged, whatever the filter. The `log` crate is not bridged on purpose: the libraries that
//! use only it (rustls, tungstenite) print whole frames.

mod cap;
mod daily_file;
mod line_writer;

use std::io::{self, IsTerminal as _};
use std::panic::{self, Location};

use cap::Cap;
use daily_file::DailyFile;
use line_writer::{FlushGuard, LineWriter};
use tracing::Subscriber;
use tracing_subscriber::filter::FilterExt as _;
use tracing_subscriber::fmt::{self, MakeWriter};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::{EnvFilter, Layer as _, Registry};

use crate::config::Log;
use crate::failure::Failure;

/// Keep it until the program ends: dropping it flushes the lines for the console and the log file.
#[must_use = "what is still on its way is lost without the guard"]
pub struct Guard {
    _console: FlushGuard,
    _file: Option<FlushGuard>,
}

/// Starts the log for the whole process, including panics. `verbosity` is the number of `-v`.
///
/// # Errors
///
/// When the log folder or file cannot be written or the filter is malformed (exit code 2), or a log was started before.
pub fn init(log: &Log, verbosity: u8) -> Result<Guard, Failure> {
    let no_thread = |error| Failure::runtime("The log could not be started").cause(error);
    let (file, flush_file) = match &log.directory {
        None => (None, None),
        Some(directory) => {
            let file = DailyFile::open(directory.clone(), log.retention_days, daily_file::today).map_err(|error| {
                Failure::config(format!("The log cannot be written to {}", directory.display())).cause(error).help(
                    "Check that you may write there, name another folder with `log.directory`, or set it to \"\".",
                )
            })?;
            let (writer, flush) = LineWriter::start(file, lost_in_file).map_err(no_thread)?;
            (Some(writer), Some(flush))
        }
    };
    let (console, flush_console) = LineWriter::start(io::stderr(), lost_on_console).map_err(no_thread)?;
    let subscriber = subscriber(log, verbosity, console, is_colourful(), file)?;
    tracing::subscriber::set_global_default(subscriber).map_err(|_| {
        Failure::runtime("The log was started twice").help("This is a fault in ticketbot; please report it.")
    })?;
    log_panics();
    Ok(Guard { _console: flush_console, _file: flush_file })
}

const LOST: &str = "lines were left out here, because they could not be written fast enough";

fn lost_on_console(lost: u64) -> String {
    format!("WARN ticketbot::telemetry: {LOST} lost={lost}\n")
}

fn lost_in_file(lost: u64) -> String {
    let level = tracing::Level::WARN.as_str();
    serde_json::json!({ "level": level, "target": module_path!(), "message": LOST, "lost": lost }).to_string() + "\n"
}

/// See <https://no-color.org>.
fn is_colourful() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// The layers, over any two writers.
fn subscriber<C, F>(
    log: &Log,
    verbosity: u8,
    console: C,
    colours: bool,
    file: Option<F>,
) -> Result<impl Subscriber + Send + Sync + use<C, F>, Failure>
where
    C: for<'w> MakeWriter<'w> + Send + Sync + 'static,
    F: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let console =
        fmt::layer().compact().with_ansi(colours).with_writer(console).with_filter(filter(log, verbosity)?.and(Cap));
    let file = match file {
        None => None,
        Some(file) => {
            let filter = filter(log, verbosity)?.and(Cap);
            Some(fmt::layer().json().flatten_event(true).with_writer(file).with_filter(filter))
        }
    };
    Ok(Registry::default().with(console).with(file))
}

/// Ours at info, the rest at warn, then the operator's directives, then `-v`.
fn filter(log: &Log, verbosity: u8) -> Result<EnvFilter, Failure> {
    let asked = match verbosity {
        0 => "",
        1 => ",ticketbot=debug",
        _ => ",ticketbot=trace",
    };
    EnvFilter::builder()
        // A directive may match field values; a regular expression could take unbounded time.
        .with_regex(false)
        .parse(format!("warn,ticketbot=info,{}{asked}", log.filter))
        .map_err(|_| {
            Failure::config("`log.filter` is not understood")
                .help("It takes directives such as \"ticketbot::tickets=debug\", separated by commas.")
        })
}

#[cfg(test)]
mod tests;

/// Sends panics to the log instead of standard error, without message and backtrace: `unwrap` and similar functions quote
/// values.
fn log_panics() {
    panic::set_hook(Box::new(|panic| {
        tracing::error!(
            place = panic.location().map(place),
            "internal error: this is a fault in ticketbot, please report it with the place named here"
        );
    }));
}

/// File and line, without the folders of the build machine.
fn place(location: &Location<'_>) -> String {
    let file = location.file();
    let file = file.split_once("/registry/src/").map_or(file, |(_, dependency)| dependency);
    format!("{file}:{}:{}", location.line(), location.column())
}
