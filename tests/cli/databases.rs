//! Databases that cannot be used: one paragraph that says why and what to do, and the file left as it was.

use std::path::Path;

use discord_sim::Sim;
use sqlx::ConnectOptions as _;
use sqlx::sqlite::SqliteConnectOptions;

use crate::on_discord::{home_on, home_with};
use crate::support::{Home, Outcome};

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

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_may_only_be_read_is_refused_before_discord_hears_of_it_in_vain() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    assert_eq!(home.run(&["--sync"]).code, Some(0));
    let folder = home.path(".local/share/ticketbot");
    for file in std::fs::read_dir(&folder).expect("the data folder").flatten() {
        set_mode(&file.path(), 0o400);
    }
    set_mode(&folder, 0o500);

    let outcome = run_without_privileges(&home);

    set_mode(&folder, 0o700);
    outcome.is_refused(1, &["ticketbot.db cannot be used", "Check that the folder of `db.path`", "may be written to"]);
}

/// Whoever may do anything could write all the same, so the program is then started as somebody else.
fn run_without_privileges(home: &Home) -> Outcome {
    const NOBODY: u32 = 65_534;
    if !rustix::process::geteuid().is_root() {
        return home.run(&[]);
    }
    // Their way to the program itself may be barred.
    let program = home.path("ticketbot");
    std::fs::copy(env!("CARGO_BIN_EXE_ticketbot"), &program).expect("a copy of the program");
    for path in home.everything() {
        std::os::unix::fs::chown(path, Some(NOBODY), Some(NOBODY)).expect("root may give files away");
    }
    let mut command = home.command_of(&program, &[]);
    std::os::unix::process::CommandExt::uid(&mut command, NOBODY);
    Home::run_to_its_end(command)
}

fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode)).expect("one's own file");
}
