//! Databases as the bot leaves them, made without a bot, and queries on them.
#![expect(clippy::unwrap_used, reason = "a test that cannot make its database or read it has failed")]

use std::fs;
use std::path::{Path, PathBuf};

use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};
use ticketbot::storage;

use crate::support::{Home, TOKEN};

pub(crate) const DATABASE: &str = ".local/share/ticketbot/ticketbot.db";
pub(crate) const BACKUPS: &str = ".local/share/ticketbot/backups";

/// Enough rows that the file has pages to damage.
const ROWS: usize = 2_000;

/// A home with a token and a database with content in its usual place, without any cause for warnings.
pub(crate) async fn home_with_database(config: &str) -> Home {
    let home = Home::with_config(&format!("bot.token = {TOKEN:?}\n{config}"));
    put_database(&home).await;
    home
}

/// A database with content in the usual place of `home`.
pub(crate) async fn put_database(home: &Home) {
    let workshop = tempfile::tempdir().unwrap();
    let path = workshop.path().join("x.db");
    let db = storage::open(&path, &[]).await.unwrap();
    let mut tx = connect(&path).await;
    sqlx::query("BEGIN").execute(&mut tx).await.unwrap();
    for row in 0..ROWS {
        insert(&mut tx, &format!("name {row}"), "value").await;
    }
    sqlx::query("COMMIT").execute(&mut tx).await.unwrap();
    tx.close().await.unwrap();
    db.close().await;
    home.write(DATABASE, fs::read(&path).unwrap());
}

/// A database last used by the very first version.
pub(crate) async fn put_old_database(home: &Home) {
    let workshop = tempfile::tempdir().unwrap();
    let migrations = workshop.path().join("migrations");
    fs::create_dir(&migrations).unwrap();
    let first = "0001_inboxes_and_tickets.sql";
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    fs::copy(ours.join(first), migrations.join(first)).unwrap();
    let path = workshop.path().join("x.db");
    let mut connection = SqliteConnectOptions::new().filename(&path).create_if_missing(true).connect().await.unwrap();
    Migrator::new(migrations).await.unwrap().run(&mut connection).await.unwrap();
    insert(&mut connection, "old", "value").await;
    connection.close().await.unwrap();
    home.write(DATABASE, fs::read(&path).unwrap());
}

async fn insert(connection: &mut SqliteConnection, name: &str, value: &str) {
    let insert = sqlx::query("INSERT INTO setting (name, value) VALUES ($1, $2)").bind(name).bind(value);
    insert.execute(connection).await.unwrap();
}

/// What the bot has stored about itself under this name.
pub(crate) async fn setting(connection: &mut SqliteConnection, name: &str) -> Option<String> {
    sqlx::query_scalar("SELECT value FROM setting WHERE name = $1").bind(name).fetch_optional(connection).await.unwrap()
}

pub(crate) async fn add_setting(home: &Home, name: &str) {
    let mut connection = connect(&home.path(DATABASE)).await;
    insert(&mut connection, name, "value").await;
    connection.close().await.unwrap();
}

pub(crate) async fn has_setting(home: &Home, name: &str) -> bool {
    setting(&mut connect(&home.path(DATABASE)).await, name).await.is_some()
}

pub(crate) async fn newest_migration(home: &Home) -> i64 {
    let mut connection = connect(&home.path(DATABASE)).await;
    sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations").fetch_one(&mut connection).await.unwrap()
}

pub(crate) async fn connect(path: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(path).connect().await.unwrap()
}

pub(crate) async fn connect_new(path: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(path).create_if_missing(true).connect().await.unwrap()
}

/// The names of the backups in the usual place.
pub(crate) fn backups(home: &Home) -> Vec<PathBuf> {
    let folder = home.path(BACKUPS);
    let mut files: Vec<_> = home.files().into_iter().filter(|file| file.starts_with(&folder)).collect();
    files.sort();
    files
}

/// Overwrites everything behind the first pages.
pub(crate) fn damage(home: &Home) {
    let path = home.path(DATABASE);
    let mut bytes = fs::read(&path).unwrap();
    let half = bytes.len() / 2;
    bytes[half..].fill(0x5A);
    fs::write(&path, bytes).unwrap();
}
