//! The log: a console for now, and files for later, one JSON object a line and one file a day.
//!
//! What may be logged at all is decided in `cap`, beyond anybody's filter. The `log` crate is not bridged on purpose:
//! what speaks only through it (rustls, tungstenite) prints whole frames, and is not missed.

mod cap;
mod daily_file;
mod panics;

use std::io::{self, IsTerminal as _};

use tracing::Subscriber;
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::{EnvFilter, Layer as _, Registry, filter::FilterExt as _, fmt};

use crate::config::Log;
use crate::failure::Failure;
use cap::Cap;
use daily_file::DailyFile;

/// How many lines may wait for a disk that is slow; what comes on top of them is lost. The room for them is taken at once:
/// for the library's own 128,000 that is 4 MiB.
const WAITING_LINES: usize = 4_000;

/// Keep it until the program ends: dropping it writes out what is still on its way to the log file.
#[derive(Debug)]
#[must_use = "dropping the guard stops the log files"]
pub struct Guard {
    _worker: Option<WorkerGuard>,
}

/// Starts the log for the whole process, panics included. `verbosity` is how many `-v` were given.
///
/// # Errors
///
/// When the log folder or file cannot be written, the filter is malformed, or a log was started before.
pub fn init(log: &Log, verbosity: u8) -> Result<Guard, Failure> {
    let (file, worker) = match &log.directory {
        None => (None, None),
        Some(directory) => {
            let file = DailyFile::open(directory.clone(), log.retention_days, daily_file::today).map_err(|error| {
                Failure::runtime(format!("The log cannot be written to {}", directory.display())).because(error).next(
                    "Check that you may write there, name another folder with `log.directory`, or set it to \"\".",
                )
            })?;
            let (writer, worker) = NonBlockingBuilder::default().buffered_lines_limit(WAITING_LINES).finish(file);
            (Some(writer), Some(worker))
        }
    };
    let subscriber = subscriber(log, verbosity, io::stderr, is_colourful(), file)?;
    tracing::subscriber::set_global_default(subscriber).map_err(|_| {
        Failure::runtime("The log was started twice").next("This is a fault in ticketbot; please report it.")
    })?;
    panics::log_them();
    Ok(Guard { _worker: worker })
}

/// See <https://no-color.org>.
fn is_colourful() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// The layers, over any pair of writers.
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

/// Ours at info, the rest at warn, then the operator's directives, then `-v`, which was typed last.
fn filter(log: &Log, verbosity: u8) -> Result<EnvFilter, Failure> {
    let asked = match verbosity {
        0 => "",
        1 => ",ticketbot=debug",
        _ => ",ticketbot=trace",
    };
    EnvFilter::builder()
        // A directive may match the values of fields; by regular expression it could take for ever.
        .with_regex(false)
        .parse(format!("warn,ticketbot=info,{}{asked}", log.filter))
        .map_err(|_| {
            Failure::config("`log.filter` is not understood")
                .next("It takes directives such as \"ticketbot::tickets=debug\", separated by commas.")
        })
}

#[cfg(test)]
mod tests;
