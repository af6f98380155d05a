//! Every command on every kind of wrong database: how it ends, its message, and that it changes nothing outside its
//! task.
#![expect(clippy::unwrap_used, reason = "a test that cannot prepare its files has failed")]

use std::fs;
use std::path::{Path, PathBuf};

use discord_sim::Sim;
use sqlx::Connection as _;

use crate::db_fixture::{DATABASE, connect, connect_new, damage, put_database, put_old_database};
use crate::on_discord::home_on;
use crate::support::{Home, Outcome, run_without_privileges, set_mode};

const RUN: &[&str] = &[];
const SYNC: &[&str] = &["--sync"];
const DUMP: &[&str] = &["--dump-config"];
const CHECK: &[&str] = &["check"];
const EXPORT: &[&str] = &["data", "export", "--user", "1"];
const DELETE: &[&str] = &["data", "delete", "--user", "1", "--yes"];
const DB_CHECK: &[&str] = &["db", "check"];
const BACKUP: &[&str] = &["db", "backup", "--to", "copy"];
const RESTORE: &[&str] = &["db", "restore", "good.gz", "--yes"];
const IMPORT: &[&str] = &["import", "theticketbot", "theirs.db", "--yes"];
const DRY_IMPORT: &[&str] = &["import", "theticketbot", "theirs.db", "--dry-run"];

/// Commands that only require that the tables are ours.
const READING: [&[&str]; 2] = [CHECK, EXPORT];
const WRITING: [&[&str]; 2] = [DELETE, IMPORT];
const STARTS: [&[&str]; 2] = [RUN, SYNC];

/// A database in the usual place of a home, created again for each command.
struct World {
    sim: Sim,
    good: Vec<u8>,
}

impl World {
    async fn new() -> Self {
        let sim = Sim::start().await;
        let home = home_on(&sim);
        put_database(&home).await;
        assert_eq!(home.run(&["db", "backup", "--to", "good.gz"]).code, Some(0));
        Self { sim, good: fs::read(home.path("work/good.gz")).unwrap() }
    }

    fn home(&self) -> Home {
        let home = home_on(&self.sim);
        home.write("work/good.gz", &self.good);
        home.write("work/theirs.db", fs::read(theirs()).unwrap());
        home
    }

    /// Runs a command that must refuse the database with these words. Nothing changes, and only a check sends requests
    /// to Discord.
    #[track_caller]
    fn refuses(&self, home: &Home, command: &[&str], code: i32, words: &[&str]) {
        self.refused(home, command, code, words, Home::run);
    }

    #[track_caller]
    fn refused(
        &self,
        home: &Home,
        command: &[&str],
        code: i32,
        words: &[&str],
        run: impl FnOnce(&Home, &[&str]) -> Outcome,
    ) {
        let (before, asked) = (state(home), self.sim.requests().len());
        let outcome = run(home, command);
        assert_eq!(outcome.code, Some(code), "{command:?}: {}{}", outcome.stdout, outcome.stderr);
        outcome.last_line_holds(words);
        assert_eq!(state(home), before, "{command:?} has changed something");
        assert!(command == CHECK || self.sim.requests().len() == asked, "{command:?}: Discord has heard of it");
    }

    /// Runs a command that must work without changing the database or the files beside it.
    #[track_caller]
    fn reads(home: &Home, command: &[&str], run: impl FnOnce(&Home, &[&str]) -> Outcome) {
        let before = state(home);
        let outcome = run(home, command);
        assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""), "{command:?}: {}", outcome.stdout);
        assert_eq!(state(home), before, "{command:?} has changed something");
    }
}

/// Everything in the data folder with its content, and the names of all other files except requested copies and
/// backups.
fn state(home: &Home) -> Vec<(PathBuf, Option<Vec<u8>>)> {
    let data = home.path(".local/share/ticketbot");
    let made = [home.path("work/copy"), home.path("ticketbot")];
    let logs = home.path(".local/state");
    let mut files = home.everything();
    files.retain(|path| !made.contains(path) && !path.starts_with(&logs));
    files.sort();
    let content = |path: &Path| fs::metadata(path).ok().filter(fs::Metadata::is_file).and_then(|_| fs::read(path).ok());
    files.into_iter().map(|path| (path.clone(), content(&path).filter(|_| path.starts_with(&data)))).collect()
}

fn theirs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/theticketbot/v7.db")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_missing_or_empty_is_said_to_be_and_made_only_by_a_start() {
    let world = World::new().await;
    for (is_there, words) in [(false, "There is no database at"), (true, "it is empty: no bot has used it yet")] {
        let home = world.home();
        if is_there {
            home.write(DATABASE, "");
        }
        for command in [CHECK, EXPORT, DELETE, DB_CHECK, BACKUP] {
            world.refuses(&home, command, 1, &[words, "Check `db.path`"]);
        }
        World::reads(&home, DUMP, Home::run);
        World::reads(&home, DRY_IMPORT, Home::run);
        for command in [SYNC, IMPORT, RESTORE] {
            let home = world.home();
            if is_there {
                home.write(DATABASE, "");
            }
            let outcome = home.run(command);
            assert_eq!(outcome.code, Some(0), "{command:?}: {}", outcome.stderr);
            assert!(home.path(DATABASE).metadata().unwrap().len() > 0);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_file_is_refused_without_waiting_for_it() {
    let world = World::new().await;
    for (words, make) in [
        ("it is a folder", (|path| fs::create_dir_all(path).unwrap()) as fn(&Path)),
        ("it is a pipe or a device", |path| {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
            rustix::fs::mknodat(rustix::fs::CWD, path, rustix::fs::FileType::Fifo, mode, 0).unwrap();
        }),
    ] {
        let home = world.home();
        make(&home.path(DATABASE));
        set_mode(&home.path(".local/share/ticketbot"), 0o700);
        for command in READING.into_iter().chain(WRITING).chain([DB_CHECK, BACKUP]) {
            world.refuses(&home, command, 1, &[words, "Check `db.path`"]);
        }
        for command in STARTS {
            world.refuses(&home, command, 2, &[words, "Check `db.path`"]);
        }
        World::reads(&home, DUMP, Home::run);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_programs_database_is_left_as_it_is_with_a_word_about_whose_it_is() {
    let world = World::new().await;
    let home = world.home();
    home.write(DATABASE, "");
    let mut other = connect_new(&home.path(DATABASE)).await;
    sqlx::raw_sql("CREATE TABLE notes (text TEXT); CREATE TABLE tags (name TEXT)").execute(&mut other).await.unwrap();
    other.close().await.unwrap();
    let theirs_home = world.home();
    theirs_home.write(DATABASE, fs::read(theirs()).unwrap());
    for (home, words) in [
        (home, ["it is another program's, with tables of its own (notes, tags)", "Check `db.path`"]),
        (theirs_home, ["it is theticketbot's", "ticketbot import theticketbot"]),
    ] {
        for command in READING.into_iter().chain(WRITING).chain([DB_CHECK, BACKUP, RESTORE, DRY_IMPORT]) {
            world.refuses(&home, command, 1, &words);
        }
        for command in STARTS {
            world.refuses(&home, command, 2, &words);
        }
        World::reads(&home, DUMP, Home::run);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_damaged_incomplete_or_unreadable_database_is_left_as_it_is() {
    let world = World::new().await;
    let newer = world.home();
    put_database(&newer).await;
    change(
        &newer,
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9999, 'of the future', TRUE, x'00', 0)",
    )
    .await;
    let incomplete = world.home();
    put_database(&incomplete).await;
    change(&incomplete, "DROP TABLE inbox_staff").await;
    let damaged = world.home();
    put_database(&damaged).await;
    damage(&damaged);
    let mut bytes = fs::read(damaged.path(DATABASE)).unwrap();
    bytes[100..4096].fill(0x5A);
    damaged.write(DATABASE, bytes);
    let text = world.home();
    text.write(DATABASE, "milk, bread, butter\n".repeat(100));
    let sealed = world.home();
    sealed.write(DATABASE, (0..8192_u32).map(|at| u8::try_from(at * at % 251).unwrap_or_default()).collect::<Vec<_>>());

    for (home, words) in [
        (newer, ["was written by a newer version of ticketbot", "Start the newer version"]),
        (incomplete, ["there is no column inbox_staff.inbox_id", "ticketbot db restore"]),
        (damaged, ["the database is damaged", "ticketbot db restore"]),
        (text, ["the file is not a database, or it is encrypted", "Check `db.path`"]),
        (sealed, ["the database is encrypted, and no key is configured", "`db.key_template`"]),
    ] {
        for command in READING.into_iter().chain(WRITING).chain([DRY_IMPORT]) {
            world.refuses(&home, command, 1, &words);
        }
        for command in STARTS {
            world.refuses(&home, command, 2, &words);
        }
        World::reads(&home, DUMP, Home::run);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_incomplete_database_is_found_by_a_look_through_and_a_backup_of_it_can_still_be_made() {
    let world = World::new().await;
    for (change_it, words) in [
        ("DROP TABLE inbox_staff", "missing:    table inbox_staff"),
        ("ALTER TABLE setting RENAME COLUMN value TO other", "missing:    column setting.value"),
    ] {
        let home = world.home();
        put_database(&home).await;
        change(&home, change_it).await;
        let before = state(&home);

        let outcome = home.run(DB_CHECK);

        assert_eq!(outcome.code, Some(1), "{}", outcome.stdout);
        assert!(outcome.stdout.contains(words), "{}", outcome.stdout);
        outcome.last_line_holds(&["is damaged", "ticketbot db restore"]);
        assert_eq!(state(&home), before);
        World::reads(&home, BACKUP, Home::run);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_database_is_brought_up_to_date_by_a_start_alone() {
    let world = World::new().await;
    let home = world.home();
    put_old_database(&home).await;

    for command in [CHECK, EXPORT, DELETE] {
        world.refuses(&home, command, 1, &["is from an earlier version of ticketbot", "Start the bot once"]);
    }
    for command in [DB_CHECK, BACKUP, DUMP, DRY_IMPORT] {
        World::reads(&home, command, Home::run);
    }
    assert_eq!(home.run(SYNC).code, Some(0));
    World::reads(&home, CHECK, Home::run);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_good_database_is_not_changed_by_looking_at_it() {
    let world = World::new().await;
    for has_lock in [false, true] {
        let home = world.home();
        put_database(&home).await;
        if has_lock {
            home.write(&format!("{DATABASE}.lock"), "");
        }
        for command in [CHECK, EXPORT, DB_CHECK, BACKUP, DUMP, DRY_IMPORT] {
            let _from_before = fs::remove_file(home.path("work/copy"));
            World::reads(&home, command, Home::run);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_may_only_be_read_can_be_looked_at_and_nothing_else() {
    let world = World::new().await;
    for (path, mode) in [(DATABASE, 0o400), (".local/share/ticketbot", 0o500)] {
        let home = world.home();
        put_database(&home).await;
        set_mode(&home.path(path), mode);

        for command in [CHECK, EXPORT, DB_CHECK, BACKUP, DUMP] {
            let _from_before = fs::remove_file(home.path("work/copy"));
            World::reads(&home, command, run_without_privileges);
        }
        let words = ["it cannot be written: Permission denied", "may write to both"];
        for command in WRITING {
            world.refused(&home, command, 1, &words, run_without_privileges);
        }
        for command in STARTS {
            world.refused(&home, command, 2, &words, run_without_privileges);
        }
        set_mode(&home.path(".local/share/ticketbot"), 0o700);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_behind_a_closed_door_is_not_said_to_be_missing() {
    let world = World::new().await;
    for (path, closed) in [(DATABASE, 0o000), (".local/share/ticketbot", 0o000)] {
        let home = world.home();
        put_database(&home).await;
        let words = ["Permission denied", "Check `db.path`, and that the user who runs ticketbot may read the file."];
        for command in READING.into_iter().chain(WRITING).chain([DB_CHECK, BACKUP]) {
            set_mode(&home.path(path), closed);
            let outcome = run_without_privileges(&home, command);
            set_mode(&home.path(path), 0o700);
            assert_eq!(outcome.code, Some(1), "{command:?}: {}", outcome.stderr);
            outcome.last_line_holds(&words);
        }
        for command in STARTS {
            set_mode(&home.path(path), closed);
            let outcome = run_without_privileges(&home, command);
            set_mode(&home.path(path), 0o700);
            assert_eq!(outcome.code, Some(2), "{command:?}: {}", outcome.stderr);
            outcome.last_line_holds(&words);
        }
    }
}

async fn change(home: &Home, sql: &'static str) {
    let mut connection = connect(&home.path(DATABASE)).await;
    sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}
