//! Starts the program in an empty home folder and checks its output.
#![expect(clippy::unwrap_used, reason = "a test that cannot prepare its home or start the program has failed")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A well-formed token. Its last part must never be printed.
pub(crate) const TOKEN: &str = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.SECRETabcdefghijklmnopqrstuvwxyz";

/// The limit for a start that should end by itself.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// A person's home folder with a work folder, isolated from this machine.
pub(crate) struct Home {
    root: TempDir,
    variables: Vec<(&'static str, String)>,
}

/// The outcome of a start.
pub(crate) struct Outcome {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Home {
    pub(crate) fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("work")).unwrap();
        Self { root, variables: Vec::new() }
    }

    pub(crate) fn with_variable(mut self, name: &'static str, value: &str) -> Self {
        self.variables.push((name, value.to_owned()));
        self
    }

    /// A home whose user has this configuration.
    pub(crate) fn with_config(text: &str) -> Self {
        let home = Self::new();
        home.write(".config/ticketbot/config.toml", text);
        home
    }

    /// The only environment variables of programs started here.
    pub(crate) fn environment(&self) -> Vec<(&'static str, String)> {
        let home = ("HOME", self.root.path().display().to_string());
        std::iter::once(home).chain(self.variables.iter().cloned()).collect()
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    /// Writes a file that only its owner can read.
    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(path);
        let mut folders = fs::DirBuilder::new();
        folders.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut folders, 0o700);
        folders.create(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        #[cfg(unix)]
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
        path
    }

    /// The program in this home, to be started in its work folder.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        self.command_of(Path::new(env!("CARGO_BIN_EXE_ticketbot")), arguments)
    }

    /// The same with another copy of the program.
    pub(crate) fn command_of(&self, program: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env_clear()
            .envs(self.environment())
            .current_dir(self.path("work"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs the program to its end, without a terminal.
    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        Self::run_to_its_end(self.command(arguments))
    }

    pub(crate) fn run_to_its_end(mut command: Command) -> Outcome {
        let mut child = command.spawn().unwrap();
        end_or_kill(&mut child);
        let output = child.wait_with_output().unwrap();
        let (stdout, stderr) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
        Outcome::new(output.status.code(), stdout, stderr)
    }

    /// The text of every file under `folder`, to prove what is not in it.
    #[cfg(unix)]
    pub(crate) fn read_all(&self, folder: &str) -> String {
        let folder = self.path(folder);
        let files = self.files().into_iter().filter(|file| file.starts_with(&folder));
        files.map(|file| String::from_utf8_lossy(&fs::read(file).unwrap()).into_owned()).collect()
    }

    /// Permission bits of a file or folder.
    #[cfg(unix)]
    pub(crate) fn mode(&self, path: &str) -> u32 {
        std::os::unix::fs::PermissionsExt::mode(&fs::metadata(self.path(path)).unwrap().permissions()) & 0o777
    }

    /// Every file under the home, to prove that nothing was written.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        self.everything().into_iter().filter(|path| !path.is_dir()).collect()
    }

    /// The home, and every folder and file under it.
    pub(crate) fn everything(&self) -> Vec<PathBuf> {
        let mut found = vec![self.root.path().to_owned()];
        let mut looked_into = 0;
        while let Some(path) = found.get(looked_into).cloned() {
            looked_into += 1;
            if path.is_dir() {
                found.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            }
        }
        found
    }
}

/// A user who owns nothing on this machine.
#[cfg(unix)]
pub(crate) const NOBODY: u32 = 65_534;

/// Gives everything in this home to [`NOBODY`]. Only root may do that.
#[cfg(unix)]
pub(crate) fn give_away(home: &Home) {
    for path in home.everything() {
        std::os::unix::fs::lchown(path, Some(NOBODY), Some(NOBODY)).unwrap();
    }
}

/// Root could write despite the modes, so the program then starts as another user.
#[cfg(unix)]
pub(crate) fn run_without_privileges(home: &Home, arguments: &[&str]) -> Outcome {
    /// That user may be unable to reach the program itself.
    static COPY: std::sync::OnceLock<TempDir> = std::sync::OnceLock::new();
    if !rustix::process::geteuid().is_root() {
        return home.run(arguments);
    }
    let folder = COPY.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        fs::copy(env!("CARGO_BIN_EXE_ticketbot"), folder.path().join("ticketbot")).unwrap();
        set_mode(folder.path(), 0o755);
        set_mode(&folder.path().join("ticketbot"), 0o755);
        folder
    });
    give_away(home);
    let mut command = home.command_of(&folder.path().join("ticketbot"), arguments);
    std::os::unix::process::CommandExt::uid(&mut command, NOBODY);
    std::os::unix::process::CommandExt::gid(&mut command, NOBODY);
    Home::run_to_its_end(command)
}

#[cfg(unix)]
pub(crate) fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
}

#[expect(clippy::disallowed_methods, reason = "waits for another process, which has no clock of ours")]
pub(crate) fn end_or_kill(child: &mut Child) {
    let begin = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begin.elapsed() > PATIENCE {
            child.kill().unwrap();
            return;
        }
        thread::sleep(Duration::from_millis(5));
    }
}

impl Outcome {
    pub(crate) fn new(code: Option<i32>, stdout: String, stderr: String) -> Self {
        let outcome = Self { code, stdout, stderr };
        outcome.shows_no_secret();
        outcome
    }

    fn shows_no_secret(&self) {
        let all = format!("{}{}", self.stdout, self.stderr);
        assert!(!all.contains("SECRET"), "{all}");
        assert!(!all.contains("panicked") && !all.contains("backtrace"), "{all}");
    }

    /// It ended with 2 and one readable paragraph that contains all of `expected`.
    #[track_caller]
    pub(crate) fn is_refused_with(&self, expected: &[&str]) {
        self.is_refused(2, expected);
    }

    /// It ended with that code and one readable paragraph that contains all of `expected`.
    #[track_caller]
    pub(crate) fn is_refused(&self, code: i32, expected: &[&str]) {
        assert_eq!((self.code, self.stdout.as_str()), (Some(code), ""), "{}", self.stderr);
        assert_eq!(self.stderr.lines().count(), 1, "{}", self.stderr);
        self.last_line_holds(expected);
    }

    /// The last line of standard error is a paragraph that contains all of `expected`.
    #[track_caller]
    pub(crate) fn last_line_holds(&self, expected: &[&str]) {
        let last = self.stderr.lines().next_back().unwrap_or_default();
        for part in expected {
            assert!(last.contains(part), "“{part}” is missing in the last line of: {}", self.stderr);
        }
    }
}
