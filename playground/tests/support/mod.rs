//! Starts a playground with the program that cargo has built.

use std::path::PathBuf;
use std::sync::Arc;

use ticketbot_playground::{Options, Playground, program, web};

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
        .get_or_init(|| match std::env::var_os("TICKETBOT_PROGRAM") {
            Some(named) => named.into(),
            None => program::find(None).unwrap(),
        })
        .clone()
}
