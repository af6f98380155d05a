//! Whether SQLCipher is in this build, and silencing its own output.

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};

/// The cargo feature `encryption`.
pub fn is_built_in() -> bool {
    cfg!(feature = "encryption")
}

/// Whether a pragma describes how a file is encrypted.
pub(super) fn concerns(pragma: &str) -> bool {
    pragma.starts_with("cipher_") || pragma == "kdf_iter"
}

/// Stops SQLCipher from printing errors to standard error; the program reports them itself.
pub(super) async fn be_quiet() {
    if !is_built_in() {
        return;
    }
    // Applies to the whole process. On failure, SQLCipher's lines merely appear beside ours.
    let options = SqliteConnectOptions::new().in_memory(true).filename(":memory:");
    if let Ok(mut connection) = options.connect().await {
        let _loud = sqlx::query("PRAGMA cipher_log_level = NONE").execute(&mut connection).await;
        let _closed = connection.close().await;
    }
}
