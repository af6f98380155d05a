//! Unusable databases: one paragraph that says why and what to do, and the file stays unchanged.

use std::path::Path;

use discord_sim::Sim;
use sqlx::ConnectOptions as _;
use sqlx::sqlite::SqliteConnectOptions;

use crate::on_discord::{home_on, home_with, start};
use crate::running::Running;
use crate::support::{NOBODY, give_away, run_without_privileges, set_mode};

#[tokio::test(flavor = "multi_thread")]
async fn a_path_that_cannot_be_written_is_named_with_the_reason() {
    let sim = Sim::start().await;
    for (path, reason, next) in [
        (
            "a-file/ticketbot.db",
            "folder of the database could not be created",
            "Check that the folder of `db.path` exists",
        ),
        ("a-folder", "it is a folder", "Check `db.path`"),
    ] {
        let home = home_with(&sim, &format!("db.path = {path:?}"));
        home.write(".config/ticketbot/a-file", "");
        home.write(".config/ticketbot/a-folder/x", "");

        let outcome = home.run(&[]);

        let path = home.path(".config/ticketbot").join(path).display().to_string();
        outcome.is_refused(2, &["The database", &path, reason, next]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_no_database_is_left_as_it_is() {
    let sim = Sim::start().await;
    let home = home_with(&sim, "db.path = \"notes.txt\"");
    let text = "milk, bread, butter\n".repeat(100);
    let file = home.write(".config/ticketbot/notes.txt", &text);

    let outcome = home.run(&[]);

    outcome.is_refused(2, &["notes.txt", "the file is not a database, or it is encrypted", "Check `db.path`"]);
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

    outcome.is_refused(2, &["was written by a newer version of ticketbot", "Start the newer version again"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_may_only_be_read_is_refused_before_discord_hears_of_it_in_vain() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    assert_eq!(home.run(&["--sync"]).code, Some(0));
    let asked = sim.requests().len();
    let folder = home.path(".local/share/ticketbot");
    let database = folder.join("ticketbot.db");
    for (is_file, path, mode, writable) in [(true, &database, 0o400, 0o600), (false, &folder, 0o500, 0o700)] {
        set_mode(path, mode);

        let outcome = run_without_privileges(&home, &[]);

        set_mode(path, writable);
        outcome.is_refused(2, &["ticketbot.db cannot be used: it cannot be written", "may write to both"]);
        assert_eq!(sim.requests().len(), asked, "file: {is_file}: Discord has heard of it");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_with_the_same_shards_never_run_on_one_database() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    let first = start(&sim, &home, &[]).await;
    let asked = sim.requests().len();

    let second = home.run(&[]);

    second.is_refused(
        1,
        &["ticketbot is running already on the database", "another process runs all shards", "Stop it first"],
    );
    assert_eq!(sim.requests().len(), asked, "Discord has heard of it");
    for beside_it in [&["--sync"][..], &["check"], &["db", "backup"], &["db", "check"]] {
        let outcome = home.run(beside_it);
        assert_eq!(outcome.code, Some(0), "{beside_it:?}: {}", outcome.stderr);
    }

    // A killed process leaves nothing to clean up.
    drop(first);
    let third = Running::start(&home, &[]);
    third.wait_for("logged in");
    assert_eq!(third.stop().code, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn root_leaves_the_files_of_a_service_to_its_user() {
    if !rustix::process::geteuid().is_root() {
        return;
    }
    let sim = Sim::start().await;
    let home = home_on(&sim);
    assert_eq!(home.run(&["--sync"]).code, Some(0));
    give_away(&home);
    let service = "belongs to the user with id 65534, and this is root";

    for writing in [
        &[][..],
        &["--sync"],
        &["data", "delete", "--user", "1", "--yes"],
        &["db", "restore", "x", "--yes"],
        &["import", "theticketbot", "x", "--yes"],
    ] {
        home.run(writing).is_refused(2, &[service, "sudo -u '#65534'", "systemd-run --uid=65534"]);
    }
    for (reading, code) in
        [(&["check"][..], 0), (&["data", "export", "--user", "1"], 0), (&["db", "check"], 0), (&["db", "backup"], 0)]
    {
        assert_eq!(home.run(reading).code, Some(code), "{reading:?}");
    }

    let owner = |path: &Path| std::os::unix::fs::MetadataExt::uid(&path.symlink_metadata().expect("a file"));
    let roots: Vec<_> = home.everything().into_iter().filter(|path| owner(path) != NOBODY).collect();
    assert!(roots.is_empty(), "{roots:?}");
    assert!(home.path(".local/share/ticketbot/backups").is_dir());
}
