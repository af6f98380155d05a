//! `cargo demo`: a simulated Discord on this machine, the real bot, and a short story told step by step.
//!
//! | file | holds |
//! |---|---|
//! | `story` | the steps, and what must be true after each |
//! | `stage` | the simulated guild with its people, and the bot |
//! | `tale` | the output: headings, boxes, colours, width |
//! | `show` | messages, answers and threads as a person sees them |
//! | `markup` | Discord's mentions, links and times as text |
//! | `wire` | the requests and events behind a step, for `-v` |
//!
//! Exit code 0 means that every step succeeded. It needs no network and no account, and leaves nothing behind.

mod customising;
mod markup;
mod show;
mod stage;
mod story;
mod tale;
mod wire;
mod working;

use std::process::ExitCode;

use anyhow::anyhow;
use clap::Parser;
use discord_sim::Sim;
use tale::Tale;

/// Plays the story of a ticket on a simulated Discord with the real bot. No account, no network, nothing left behind.
#[derive(Parser, Debug)]
#[command(name = "cargo demo", bin_name = "cargo demo")]
struct Options {
    /// Show the requests to Discord and the gateway events behind each step.
    #[arg(short, long)]
    verbose: bool,

    /// The language of the server and of everybody in it: any that has a folder in `locales/`.
    #[arg(long, default_value = "en-US", value_parser = language)]
    locale: String,
}

fn language(name: &str) -> Result<String, String> {
    let names: Vec<String> = ticketbot::i18n::locales().iter().map(ToString::to_string).collect();
    if names.iter().any(|known| known == name) {
        Ok(name.to_owned())
    } else {
        Err(format!("there are {}", names.join(", ")))
    }
}

fn main() -> ExitCode {
    let options = Options::parse();
    ticketbot::config::keep_files_private();
    // The simulator panics if a story cannot continue; it is reported below like any other failure.
    std::panic::set_hook(Box::new(|_| {}));
    let outcome = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime.block_on(play(&options)),
        Err(error) => Err(error.into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Plays the story to its end, unless Ctrl-C or a failed step ends it earlier.
async fn play(options: &Options) -> anyhow::Result<()> {
    let tale = Tale::new();
    let (told, locale, verbose) = (tale.clone(), options.locale.clone(), options.verbose);
    let mut story = tokio::spawn(async move {
        let sim = Sim::start().await;
        let outcome = story::tell(&sim, &told, &locale, verbose).await;
        if outcome.is_err() {
            eprintln!("\nWhat happened on the simulated Discord:\n{}", sim.transcript());
        }
        outcome
    });
    tokio::select! {
        ended = &mut story => match ended {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(error.context(tale.missed())),
            Err(panic) => Err(anyhow!(words_of(panic)).context(tale.missed())),
        },
        _ = tokio::signal::ctrl_c() => {
            story.abort();
            // Its folder is removed once it has ended.
            let _ended = story.await;
            Err(anyhow!("interrupted"))
        }
    }
}

fn words_of(panic: tokio::task::JoinError) -> String {
    let Ok(payload) = panic.try_into_panic() else {
        return "the story was cut off".to_owned();
    };
    let text = payload.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("the story broke off").to_owned()
}
