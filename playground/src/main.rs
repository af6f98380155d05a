//! `cargo playground`: a simulated Discord in the browser, with the real bot in it.

use std::process::{Command, ExitCode, Stdio};

use clap::Parser as _;
use ticketbot_playground::{Options, Playground, web};

#[tokio::main]
async fn main() -> ExitCode {
    match run(Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> anyhow::Result<()> {
    let open = options.open;
    eprintln!("Starting the simulated Discord and the bot …");
    let playground = Playground::start(&options).await?;
    let server = web::serve(playground.clone(), options.port).await?;
    println!("The playground is ready: {}", server.address());
    eprintln!("Only this machine can reach it. Ctrl-C ends it{}.", playground.what_stays());
    if open && let Err(error) = open_in_browser(&server.address()) {
        eprintln!("No browser could be opened: {error}");
    }
    asked_to_end().await?;
    eprintln!("\nStopping the bot …");
    server.stop();
    playground.end().await
}

/// Ctrl-C, or what ends programs when a session or a terminal ends: the bot must not outlive the playground.
async fn asked_to_end() -> anyhow::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut terminate, mut hangup) = (signal(SignalKind::terminate())?, signal(SignalKind::hangup())?);
        tokio::select! {
            ended = tokio::signal::ctrl_c() => ended?,
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await?;
    Ok(())
}

/// Opens the address with what the system has for it.
fn open_in_browser(address: &str) -> std::io::Result<()> {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    Command::new(program).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    Ok(())
}
