//! Databases that cannot be used: one paragraph that says why and what to do, and the file left as it was.

use discord_sim::Sim;
use sqlx::ConnectOptions as _;
use sqlx::sqlite::SqliteConnectOptions;

use crate::on_discord::{home_on, home_with};

#[tokio::test(flavor = "multi_thread")]
async fn a_path_that_cannot_be_written_is_named_with_the_reason() {
    let sim = Sim::start().await;
    for (path, reason) in [("a-file/ticketbot.db", "folder of the database could not be created"), ("a-folder", "open")]
    {
        let home = home_with(&sim, &format!("db.path = {path:?}"));
        home.write(".config/ticketbot/a-file", "");
        home.write(".config/ticketbot/a-folder/x", "");

        let outcome = home.run(&[]);

        let path = home.path(".config/ticketbot").join(path).display().to_string();
        outcome.is_refused(1, &["The database", &path, reason, "Check that the folder of `db.path` exists"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_no_database_is_left_as_it_is() {
    let sim = Sim::start().await;
    let home = home_with(&sim, "db.path = \"notes.txt\"");
    let text = "milk, bread, butter\n".repeat(100);
    let file = home.write(".config/ticketbot/notes.txt", &text);

    let outcome = home.run(&[]);

    outcome.is_refused(1, &["notes.txt", "the file is not a database, or it is encrypted", "Check `db.path`"]);
    assert_eq!(std::fs::read_to_string(file).ok(), Some(text));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_a_newer_version_is_left_to_that_version() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    assert_eq!(home.run(&["--sync"]).code, Some(0));
    let database = home.path(".local/share/ticketbot/ticketbot.db");
    let mut newer = SqliteConnectOptions::new().filename(database).connect().await.expect("the bot's database");
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9999, 'of the future', TRUE, x'00', 0)",
    )
    .execute(&mut newer)
    .await
    .expect("the list of migrations");
    drop(newer);

    let outcome = home.run(&[]);

    outcome.is_refused(1, &["was written by a newer version of ticketbot", "Start the newer version again"]);
}
