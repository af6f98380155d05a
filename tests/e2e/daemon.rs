//! The compiled program as a separate process, so that it can be killed.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use discord_sim::Sim;
use tempfile::TempDir;

use crate::invariants::Ledger;
use crate::support::TestBot;
use crate::wal::Wal;

pub struct Daemon<'s> {
    sim: &'s Sim,
    home: TempDir,
    child: Option<Child>,
}

impl<'s> Daemon<'s> {
    /// Starts the program with an empty database and waits until it listens.
    pub async fn start(sim: &'s Sim) -> Self {
        let home = TempDir::new().unwrap();
        fs::write(home.path().join("config.toml"), TestBot::config(sim)).unwrap();
        let mut daemon = Self { sim, home, child: None };
        daemon.boot().await;
        daemon
    }

    pub async fn boot(&mut self) {
        assert!(self.child.is_none(), "it is running already");
        let log = File::options().create(true).append(true).open(self.log_file()).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_ticketbot"))
            .arg("--config-file")
            .arg(self.home.path().join("config.toml"))
            .arg("-v")
            .env_clear()
            .env("HOME", self.home.path())
            .env("TICKETBOT_CLOCK_FILE", self.home.path().join("clock"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn();
        self.child = Some(child.unwrap());
        self.sim.wait_ready().await;
        self.sim.quiet().await;
    }

    /// `kill -9`.
    pub async fn kill(&mut self) {
        let mut child = self.child.take().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        self.sim.wait_until("the killed bot's connections to end", || self.sim.gateway().connected() == 0).await;
    }

    pub fn database(&self) -> PathBuf {
        self.home.path().join("ticketbot.db")
    }

    pub fn wal(&self) -> Wal {
        Wal::beside(&self.database())
    }

    pub fn ledger(&self) -> Ledger {
        Ledger::of(&self.database())
    }

    fn log_file(&self) -> PathBuf {
        self.home.path().join("console.log")
    }
}

impl Drop for Daemon<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("what the bot logged:\n{}", fs::read_to_string(self.log_file()).unwrap_or_default());
        }
        if let Some(mut child) = self.child.take() {
            let _ended = child.kill();
            let _status = child.wait();
        }
    }
}
