//! What the measurements share: the bot as a process of its own, the machine it runs on, and medians.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on should stop where it is")]

use std::fs;
use std::process::{Child, Command, Stdio};

use discord_sim::Sim;
use tempfile::TempDir;

/// The compiled program on a simulated Discord, with an empty database. It ends when this is dropped.
pub struct BotProcess {
    child: Child,
    home: TempDir,
}

impl BotProcess {
    /// Starts it, and waits until it listens and has read every guild.
    pub async fn start(sim: &Sim) -> Self {
        let home = TempDir::new().unwrap();
        let file = home.path().join("config.toml");
        let text = format!(
            "bot.token = {:?}\ndiscord.api_base = {:?}\ndb.path = \"ticketbot.db\"\nlog.directory = \"logs\"\n",
            sim.token(),
            sim.base_url()
        );
        fs::write(&file, text).unwrap();
        let console = fs::File::create(home.path().join("console")).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_ticketbot"))
            .arg("--config-file")
            .arg(&file)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(console)
            .spawn()
            .unwrap();
        sim.wait_ready().await;
        sim.quiet().await;
        Self { child, home }
    }

    /// A field of `/proc/<pid>/status` in KiB, such as `VmRSS`; `None` where there is no such thing.
    #[allow(dead_code, reason = "not every measurement is about memory")]
    pub fn status(&self, field: &str) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix(field)?.strip_prefix(':'))?;
        line.trim().trim_end_matches(" kB").parse().ok()
    }
}

impl Drop for BotProcess {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}", fs::read_to_string(self.home.path().join("console")).unwrap_or_default());
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Program, processor, memory and kernel, for the head of a table.
pub fn machine() -> String {
    let field = |file: &str, name: &str| {
        let text = fs::read_to_string(file).unwrap_or_default();
        let value = text.lines().find_map(|line| Some(line.strip_prefix(name)?.split_once(':')?.1.trim().to_owned()));
        value.unwrap_or_else(|| "unknown".to_owned())
    };
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let memory: u64 = field("/proc/meminfo", "MemTotal").trim_end_matches(" kB").parse().unwrap_or(0);
    format!(
        "ticketbot {}, {}; {cores} cores ({}), {} GiB, {} {}",
        env!("CARGO_PKG_VERSION"),
        if cfg!(debug_assertions) { "NOT optimised" } else { "optimised" },
        field("/proc/cpuinfo", "model name"),
        memory >> 20,
        std::env::consts::OS,
        kernel.trim(),
    )
}

/// The value below which `percent` of the values lie.
pub fn quantile(values: &[f64], percent: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    sorted.get((last * percent + 50) / 100).copied().unwrap_or(f64::NAN)
}
