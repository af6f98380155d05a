//! Starts a playground with the program that cargo has built.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use ticketbot_playground::{Options, Playground, bot, web};

/// A playground with its server. Dropping it ends the bot.
pub struct Running {
    pub playground: Arc<Playground>,
    pub server: web::Server,
}

impl Running {
    pub async fn start(options: Options) -> Self {
        let options = Options { bot: Some(program()), ..options };
        let playground = Playground::start(&options).await.unwrap();
        let server = web::serve(playground.clone(), 0).await.unwrap();
        Self { playground, server }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.server.stop();
    }
}

/// The bot's program: that in `TICKETBOT_PROGRAM`, else the one that `cargo test --workspace` has built, else it is built.
pub fn program() -> PathBuf {
    static PROGRAM: std::sync::OnceLock<PathBuf> = std::sync::OnceLock::new();
    PROGRAM
        .get_or_init(|| {
            if let Some(named) = std::env::var_os("TICKETBOT_PROGRAM") {
                return named.into();
            }
            let own = std::env::current_exe().unwrap();
            let built = own.parent().and_then(Path::parent).unwrap().join("ticketbot");
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
            let sources = ["src", "migrations", "locales", "config_default.toml"];
            let newest = sources.iter().map(|name| newest(&root.join(name))).max().unwrap();
            match changed(&built) {
                Some(at) if at >= newest => built,
                _ => bot::find_program(None).unwrap(),
            }
        })
        .clone()
}

fn changed(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|meta| meta.modified()).ok()
}

fn newest(path: &Path) -> SystemTime {
    if !path.is_dir() {
        return changed(path).unwrap();
    }
    let entries = fs::read_dir(path).unwrap().map(|entry| newest(&entry.unwrap().path()));
    entries.max().unwrap_or(SystemTime::UNIX_EPOCH)
}
