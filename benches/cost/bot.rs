//! The bots that can be measured: each in its own process and folder, on a simulated Discord.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use discord_sim::Sim;
use tempfile::TempDir;
use tokio::time;

/// Settled: this many readings in a row without a notable difference.
const READINGS: usize = 5;
const EVERY: Duration = Duration::from_millis(300);
const STEADY_KIB: u64 = 64;

/// The unit of processor time in `/proc/<pid>/stat`, in milliseconds: `USER_HZ` is 100 on all known systems.
const TICK: f64 = 10.0;

/// A measurable bot.
#[derive(Clone)]
pub(crate) struct Contestant {
    pub(crate) name: &'static str,
    command: Vec<OsString>,
}

/// A running bot. Dropping it ends the process.
pub(crate) struct Bot {
    child: Child,
    home: TempDir,
}

impl Contestant {
    /// This package's program, or another build of it.
    pub(crate) fn ticketbot(program: Option<PathBuf>) -> Self {
        // The bot runs in its own folder, where a relative path would not resolve.
        let program = std::path::absolute(program.unwrap_or_else(|| env!("CARGO_BIN_EXE_ticketbot").into())).unwrap();
        Self { name: "ticketbot", command: vec![program.into()] }
    }

    /// theticketbot as published. The launcher only sets Discord's address in its library.
    pub(crate) fn theticketbot(python: &Path) -> Self {
        let launcher = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/rival.py");
        Self { name: "theticketbot", command: vec![python.into(), launcher.into()] }
    }

    /// Its installed files: the program, or the environment's packages without the interpreter.
    pub(crate) fn installed(&self) -> Vec<PathBuf> {
        let program = Path::new(&self.command[0]);
        match self.name {
            "ticketbot" => vec![program.to_path_buf()],
            _ => program.parent().and_then(Path::parent).map(|home| home.join("lib")).into_iter().collect(),
        }
    }

    /// Starts it with an empty database, and waits until it has read every guild.
    pub(crate) async fn start(&self, sim: &Sim) -> Bot {
        self.start_in(sim, TempDir::new().unwrap()).await
    }

    /// The same, in a folder that may hold an earlier run.
    pub(crate) async fn start_in(&self, sim: &Sim, home: TempDir) -> Bot {
        let bot = self.spawn(sim, home);
        bot.listens(sim).await;
        bot
    }

    /// Starts it without waiting.
    pub(crate) fn spawn(&self, sim: &Sim, home: TempDir) -> Bot {
        let file = home.path().join("config.toml");
        let database = home.path().join("bot.db").display().to_string();
        let ours = match self.name {
            "ticketbot" => format!("discord.api_base = {:?}\nlog.directory = \"logs\"\n", sim.base_url()),
            _ => String::new(),
        };
        let text = format!("bot.token = {:?}\ndb.path = {database:?}\n{ours}", sim.token());
        fs::write(&file, text).unwrap();
        let console = fs::File::create(home.path().join("console")).unwrap();
        let child = Command::new(&self.command[0])
            .args(&self.command[1..])
            .arg("--config-file")
            .arg(&file)
            .env("HOME", home.path())
            .env("TICKETBOT_API_BASE", sim.base_url())
            .current_dir(home.path())
            .stdin(Stdio::null())
            .stdout(Stdio::from(console.try_clone().unwrap()))
            .stderr(console)
            .spawn()
            .unwrap();
        Bot { child, home }
    }
}

impl Bot {
    /// Waits until it has read every guild.
    pub(crate) async fn listens(&self, sim: &Sim) {
        sim.wait_ready().await;
        sim.quiet().await;
    }

    /// Ends it and returns its folder.
    pub(crate) fn end(mut self) -> TempDir {
        self.kill();
        std::mem::replace(&mut self.home, TempDir::new().unwrap())
    }

    /// A field of `/proc/<pid>/status` in KiB, such as `VmRSS`.
    pub(crate) fn status(&self, field: &str) -> u64 {
        let status = self.proc("status");
        let line = status.lines().find_map(|line| line.strip_prefix(field)?.strip_prefix(':')).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    /// The processor time used so far, in milliseconds: all threads, user and system.
    pub(crate) fn cpu(&self) -> f64 {
        let stat = self.proc("stat");
        // The second field is the program's name in brackets, which may hold anything.
        let (_, fields) = stat.rsplit_once(')').unwrap();
        let field = |number: usize| fields.split_whitespace().nth(number - 3).unwrap().parse::<u32>().unwrap();
        TICK * f64::from(field(14) + field(15))
    }

    /// Waits until it is idle: memory and processor time are stable.
    pub(crate) async fn settle(&self) {
        let mut readings = vec![(self.status("VmRSS"), self.cpu())];
        while !is_steady(&readings) {
            time::sleep(EVERY).await;
            readings.push((self.status("VmRSS"), self.cpu()));
        }
    }

    fn proc(&self, file: &str) -> String {
        let file = format!("/proc/{}/{file}", self.child.id());
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file} cannot be read: {error}"))
    }

    fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}", fs::read_to_string(self.home.path().join("console")).unwrap_or_default());
        }
        self.kill();
    }
}

fn is_steady(readings: &[(u64, f64)]) -> bool {
    let Some(from) = readings.len().checked_sub(READINGS) else { return false };
    let last = &readings[from..];
    let (memory, cpu): (Vec<_>, Vec<_>) = last.iter().copied().unzip();
    let spread = memory.iter().max().zip(memory.iter().min()).map_or(0, |(most, least)| most - least);
    spread < STEADY_KIB && cpu[READINGS - 1] - cpu[0] <= TICK
}
