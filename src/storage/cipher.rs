//! Whether SQLCipher is in this build, and keeping it from writing to the terminal by itself.

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};

/// The cargo feature `encryption`.
pub fn is_built_in() -> bool {
    cfg!(feature = "encryption")
}

/// Whether a pragma says how a file is encrypted.
pub(super) fn concerns(pragma: &str) -> bool {
    pragma.starts_with("cipher_") || pragma == "kdf_iter"
}

/// SQLCipher prints its errors on standard error. We say them in our own words.
pub(super) async fn be_quiet() {
    if !is_built_in() {
        return;
    }
    // It holds for the whole process. Were it to fail, its lines would stand beside ours.
    let options = SqliteConnectOptions::new().in_memory(true).filename(":memory:");
    if let Ok(mut connection) = options.connect().await {
        let _loud = sqlx::query("PRAGMA cipher_log_level = NONE").execute(&mut connection).await;
        let _closed = connection.close().await;
    }
}
