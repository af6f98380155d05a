//! Files that cannot be taken over, and rows that make no sense.

use std::fs;
use std::path::Path;

use super::{OURS, THEIRS, change, holds, home_with, import, imported, rows};
use crate::support::Home;

#[tokio::test]
async fn each_file_that_cannot_be_taken_over_has_its_own_reason() {
    let v3 = "CREATE TABLE dsctickets_guilds (id CHAR(18) PRIMARY KEY, command_prefix VARCHAR, log_messages BOOLEAN);
              CREATE TABLE dsctickets_categories (id CHAR(18) PRIMARY KEY)";
    let torn = "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'nonsense' WHERE name = 'categories'";
    let newer = "INSERT INTO _prisma_migrations (migration_name) VALUES ('20990101000000_5_0_0')";
    for (sql, reason, next) in [
        (newer, "changed by a newer version of discord-tickets (20990101000000_5_0_0)", "Update ticketbot"),
        ("DROP TABLE tags", "there is no table tags", "Update discord-tickets"),
        (
            "ALTER TABLE guilds DROP COLUMN blocklist; ALTER TABLE questions DROP COLUMN style",
            "there is no column blocklist in guilds, no column style in questions",
            "start it once",
        ),
        (torn, "malformed database schema", "restore a backup"),
    ] {
        let home = home_with(sql).await;
        let before = fs::read(home.path(THEIRS)).unwrap();

        import(&home, &["--yes"]).is_refused(1, &["cannot be taken over", "work/database.db", reason, next]);

        assert_eq!(fs::read(home.path(THEIRS)).unwrap(), before, "{reason}");
        assert!(!home.path(OURS).exists(), "{reason}");
    }
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/theticketbot/v7.db");
    let home = Home::new();
    change(&home.write("v3.db", ""), v3).await;
    for (bytes, reason, next) in [
        (b"milk, bread, butter\n".repeat(100), "not a database, or it is encrypted", "Check the path"),
        (Vec::new(), "tables of discord-tickets are not in it", "another program's"),
        (fs::read(sample).unwrap(), "tables of discord-tickets are not in it", "another program's"),
        (fs::read(home.path("v3.db")).unwrap(), "version 3 of discord-tickets", "/inbox create"),
    ] {
        home.write(THEIRS, &bytes);

        import(&home, &["--yes"]).is_refused(1, &["cannot be taken over", reason, next]);

        assert_eq!(fs::read(home.path(THEIRS)).unwrap(), bytes, "{reason}");
    }
    assert!(!home.path(OURS).exists());
}

#[tokio::test]
async fn a_database_with_a_torn_page_is_refused_or_read_and_never_half_taken_over() {
    let home = home_with("").await;
    let whole = fs::read(home.path(THEIRS)).unwrap();
    for page in 1..whole.len() / 4_096 {
        let mut torn = whole.clone();
        torn[page * 4_096..(page + 1) * 4_096].fill(0xA5);
        home.write(THEIRS, &torn);

        let outcome = import(&home, &["--yes"]);

        if outcome.code == Some(0) {
            // The index of a key that is not read.
            holds(&outcome.stdout, &["inboxes   3 taken over"]);
            fs::remove_dir_all(home.path(".local")).unwrap();
        } else {
            outcome.is_refused(1, &["cannot be taken over", "restore a backup"]);
            assert!(!home.path(OURS).exists(), "page {page}");
        }
    }
}

#[tokio::test]
async fn absurd_values_are_told_and_change_nothing_else() {
    let home = home_with(
        "UPDATE categories SET \"memberLimit\" = 'many', \"totalLimit\" = 1e300, cooldown = 'long', \"staffRoles\" = '{}',
             \"pingRoles\" = x'00', emoji = '', name = char(8203) WHERE id = 3;
         UPDATE categories SET \"memberLimit\" = 9223372036854775807, id = -4 WHERE id = 4;
         UPDATE questions SET \"minLength\" = -7, \"maxLength\" = 'x', label = replace(hex(zeroblob(50000)), '0', 'y');
         UPDATE tags SET content = '';
         UPDATE tickets SET number = 9223372036854775807 WHERE number = 57;
         UPDATE guilds SET \"workingHours\" = '[1,2,3]', blocklist = 'all', \"logChannel\" = '#log', locale = '!!';
         INSERT INTO guilds (id) VALUES ('town');",
    )
    .await;

    let told = imported(&home);

    holds(
        &told,
        &[
            "inboxes   3 taken over",
            "category 3: with ticketbot's default for a number that is none",
            "category 3: without roles or hours that cannot be read",
            "category 3, question 1: with a text cut to what fits",
            "category -4: with a number brought into ticketbot's range",
            "the server: without its log, whose channel cannot be an id",
            "the server: with ticketbot's default for a number that is none",
            "tag 1: left out, because there is nothing to read in it",
            "without a server\n  the server: left out",
        ],
    );
    assert_eq!(
        rows(&home, "SELECT concat_ws('|', member_limit, settings ->> '$.opening.inbox_limit') FROM inbox").await,
        ["1000|50", "1", "1|50", "1|50"]
    );
}

#[tokio::test]
async fn without_a_file_and_with_ticketbots_own_the_command_says_what_to_name() {
    let home = Home::new();
    import(&home, &[]).is_refused(2, &["There is no database of discord-tickets", "user/database.db", "db.restore"]);
    home.run(&["import", "discord-tickets", "."]).is_refused(2, &["There is no database of discord-tickets"]);
    assert_eq!(home.run(&["import", "discord-tickets"]).code, Some(2));
    assert_eq!(home.run(&["import", "discord-tickets", "x", "--yes", "--dry-run"]).code, Some(2));
    assert!(home.files().is_empty(), "{:?}", home.files());

    let home = home_with("").await;
    imported(&home);
    let own = home.run(&["import", "discord-tickets", home.path(OURS).to_str().unwrap(), "--yes"]);
    own.is_refused(2, &["is the database that ticketbot itself is configured to use"]);
}
