//! The bot as a process of its own: its folder, its log, its clock.
//!
//! It gets an empty environment, a home folder of its own and a configuration of its own, so that no token, configuration
//! or database of the person who tries it is ever read. A configuration in a kept folder that names another Discord or a
//! token is refused.

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use tokio::io::{AsyncBufReadExt as _, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::watch;

/// How many lines of the log are kept.
const KEPT_LINES: usize = 1_000;

/// How long the bot may take to end after it was asked to; longer than its own `shutdown.grace_seconds`.
const ENDS_WITHIN: Duration = Duration::from_secs(30);

/// The bot's state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    NeverStarted,
    Running(u32),
    /// In words: `stopped`, `killed`, `ended with 2`.
    Ended(String),
}

/// The bot's program, folder and process.
#[derive(Clone)]
pub struct Bot(Arc<Inner>);

struct Inner {
    program: PathBuf,
    home: PathBuf,
    api_base: String,
    shown: Mutex<Shown>,
    changes: watch::Sender<u64>,
}

struct Shown {
    state: State,
    log: VecDeque<String>,
    /// Why it ends, if somebody asked for it.
    asked: Option<&'static str>,
}

impl Bot {
    /// Prepares the folder `home`. Nothing is started.
    pub fn prepare(program: &Path, home: &Path, api_base: &str, token: &str) -> anyhow::Result<Self> {
        let program = program.canonicalize().with_context(|| format!("There is no bot at {}", program.display()))?;
        create_private_folder(home)?;
        let config = home.join("config.toml");
        if config.exists() {
            check_config(&config, api_base)?;
        } else {
            fs::write(&config, CONFIG).with_context(|| format!("{} cannot be written", config.display()))?;
        }
        write_private(&home.join("token"), token)?;
        let home = home.canonicalize()?;
        let shown = Shown { state: State::NeverStarted, log: VecDeque::new(), asked: None };
        let api_base = api_base.to_owned();
        Ok(Self(Arc::new(Inner { program, home, api_base, shown: Mutex::new(shown), changes: watch::Sender::new(0) })))
    }

    pub fn state(&self) -> State {
        self.0.lock().state.clone()
    }

    pub fn is_running(&self) -> bool {
        matches!(self.state(), State::Running(_))
    }

    /// The last lines of the log, oldest first.
    pub fn log(&self, lines: usize) -> Vec<String> {
        let shown = self.0.lock();
        shown.log.iter().skip(shown.log.len().saturating_sub(lines)).cloned().collect()
    }

    /// Tells of a new line, a start or an end.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.0.changes.subscribe()
    }

    /// Moves the bot's clock, from now on and after every start.
    pub fn set_clock_ahead(&self, ms: i64) -> anyhow::Result<()> {
        let (file, new) = (self.clock_file(), self.0.home.join("clock.new"));
        fs::write(&new, ms.to_string()).and_then(|()| fs::rename(&new, &file)).context("the bot's clock")
    }

    /// Starts it, unless it is running.
    pub fn start(&self) -> anyhow::Result<()> {
        ensure!(!self.is_running(), "The bot is running already.");
        let mut command = Command::new(&self.0.program);
        command
            .arg("--config-file")
            .arg(self.0.home.join("config.toml"))
            .current_dir(&self.0.home)
            .env_clear()
            .env("HOME", &self.0.home)
            .env("NO_COLOR", "1")
            .env("TICKETBOT_API_BASE", &self.0.api_base)
            .env("TICKETBOT_CLOCK_FILE", self.clock_file())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        let mut child = command.spawn().with_context(|| format!("{} cannot be started", self.0.program.display()))?;
        let id = child.id().unwrap_or_default();
        self.0.change(|shown| {
            shown.state = State::Running(id);
            shown.asked = None;
            shown.note("— the bot starts —");
        });
        self.follow(child.stdout.take());
        self.follow(child.stderr.take());
        let bot = self.clone();
        tokio::spawn(async move { bot.wait(child).await });
        Ok(())
    }

    /// Asks it to stop, as a service manager does.
    pub fn stop(&self) -> anyhow::Result<()> {
        self.signal("stopped", false)
    }

    /// Kills it at once, as a power cut does.
    pub fn kill(&self) -> anyhow::Result<()> {
        self.signal("killed", true)
    }

    /// Stops it and waits for its end; kills it if that takes too long.
    pub async fn end(&self) -> anyhow::Result<()> {
        if !self.is_running() {
            return Ok(());
        }
        self.stop()?;
        if tokio::time::timeout(ENDS_WITHIN, self.ended()).await.is_err() {
            self.kill()?;
            self.ended().await;
        }
        Ok(())
    }

    /// Returns once it is not running.
    pub async fn ended(&self) {
        let mut changes = self.changes();
        while self.is_running() {
            if changes.changed().await.is_err() {
                return;
            }
        }
    }

    fn clock_file(&self) -> PathBuf {
        self.0.home.join("clock")
    }

    #[cfg(unix)]
    fn signal(&self, asked: &'static str, kill: bool) -> anyhow::Result<()> {
        use rustix::process::{Pid, Signal, kill_process};
        let mut shown = self.0.lock();
        let State::Running(id) = shown.state else { bail!("The bot is not running.") };
        let id = i32::try_from(id).ok().and_then(Pid::from_raw).context("the bot's process has no id")?;
        shown.asked = Some(asked);
        // The lock is held: a process whose end was not noticed yet keeps its id.
        kill_process(id, if kill { Signal::KILL } else { Signal::TERM })?;
        Ok(())
    }

    #[cfg(not(unix))]
    fn signal(&self, _asked: &'static str, _kill: bool) -> anyhow::Result<()> {
        bail!("Stopping the bot alone works on Unix only.")
    }

    fn follow(&self, output: Option<impl AsyncRead + Unpin + Send + 'static>) {
        let Some(output) = output else { return };
        let bot = self.clone();
        tokio::spawn(async move {
            let mut lines = BufReader::new(output).lines();
            while let Ok(Some(line)) = lines.next_line().await {
                bot.0.change(|shown| shown.note(&line));
            }
        });
    }

    async fn wait(&self, mut child: Child) {
        let ended = child.wait().await;
        self.0.change(|shown| {
            let how = words(ended.ok(), shown.asked.take());
            shown.note(&format!("— the bot {how} —"));
            shown.state = State::Ended(how);
        });
    }
}

impl Inner {
    fn lock(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut Shown)) {
        change(&mut self.lock());
        self.changes.send_modify(|count| *count += 1);
    }
}

impl Shown {
    fn note(&mut self, line: &str) {
        self.log.push_back(line.to_owned());
        if self.log.len() > KEPT_LINES {
            self.log.pop_front();
        }
    }
}

fn words(status: Option<ExitStatus>, asked: Option<&'static str>) -> String {
    match (asked, status.and_then(|status| status.code())) {
        (Some("killed"), _) => "was killed".to_owned(),
        (Some(_), Some(0)) => "was stopped".to_owned(),
        (_, Some(code)) => format!("ended with {code}"),
        (_, None) => "was ended by a signal".to_owned(),
    }
}

const CONFIG: &str = "\
# Made by `cargo playground`. You may add settings of the bot (see config_default.toml), but no token and no other
# address of Discord: the playground gives it those of the simulator.

[bot]
token_file = \"token\"

[db]
path = \"ticketbot.db\"

[log]
directory = \"\"
";

/// Refuses a configuration that could reach Discord.
fn check_config(file: &Path, api_base: &str) -> anyhow::Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let config: toml::Table = toml::from_str(&text).with_context(|| format!("{} is not valid TOML", file.display()))?;
    let setting = |section: &str, key: &str| {
        config
            .get(section)
            .and_then(|section| section.get(key))
            .and_then(toml::Value::as_str)
            .filter(|value| !value.is_empty())
    };
    if let Some(other) = setting("discord", "api_base").filter(|other| other.trim_end_matches('/') != api_base) {
        bail!(
            "{}: `discord.api_base` is {other}. The playground runs the bot on its simulated Discord only; remove the \
             setting.",
            file.display()
        );
    }
    if setting("bot", "token").is_some() || setting("bot", "token_file").is_some_and(|name| name != "token") {
        bail!("{}: it names a token. The playground uses that of its simulator; remove the setting.", file.display());
    }
    Ok(())
}

fn create_private_folder(folder: &Path) -> anyhow::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).with_context(|| format!("The folder {} cannot be made", folder.display()))
}

fn write_private(file: &Path, text: &str) -> anyhow::Result<()> {
    use std::io::Write as _;
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(file).and_then(|mut file| file.write_all(text.as_bytes()));
    written.with_context(|| format!("{} cannot be written", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_that_could_reach_discord_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        for (text, fits) in [
            (CONFIG, true),
            ("discord.api_base = \"http://127.0.0.1:9\"", true),
            ("[discord]\napi_base = \"https://discord.com\"", false),
            ("discord.api_base = \"http://127.0.0.1:9.example\"", false),
            ("bot.token = \"a.b.c\"", false),
            ("bot.token_file = \"/etc/ticketbot/token\"", false),
            ("not toml", false),
        ] {
            fs::write(&file, text).unwrap();
            assert_eq!(check_config(&file, "http://127.0.0.1:9").is_ok(), fits, "{text}");
        }
    }
}
