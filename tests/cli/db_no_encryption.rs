//! The messages of a build without SQLCipher about keys and encrypted databases.

use crate::db_fixture::DATABASE;
use crate::support::{Home, TOKEN};

#[test]
fn a_key_is_refused_with_the_build_that_could_use_it() {
    for config in ["db.key_template = \"PRAGMA key = '{}'\"", "db.key_file = 'key'"] {
        let home = Home::with_config(&format!("bot.token = {TOKEN:?}\n{config}"));
        home.write(".config/ticketbot/key", "SECRET");
        for command in [&[][..], &["check"], &["db", "check"], &["db", "backup"], &["data", "export", "--user", "1"]] {
            home.run(command).is_refused_with(&[
                "A key of the database is configured, but this build of ticketbot cannot open encrypted databases",
                "cargo build --release --features encryption",
            ]);
        }
    }
}

#[test]
fn encrypting_decrypting_and_giving_another_key_need_another_build_whatever_is_configured() {
    for config in ["", "db.key_template = \"PRAGMA key = '{}'\"", "db.key_file = 'missing'"] {
        let home = Home::with_config(&format!("bot.token = {TOKEN:?}\n{config}"));
        for command in ["encrypt", "decrypt", "rekey"] {
            home.run(&["db", command]).is_refused_with(&[
                "This build of ticketbot can neither encrypt databases nor open encrypted ones",
                "cargo build --release --features encryption",
            ]);
        }
    }
}

#[test]
fn an_encrypted_database_is_told_from_any_other_file() {
    let home = Home::with_config(&format!("bot.token = {TOKEN:?}"));
    let noise: Vec<u8> = (0..8192_u32).map(|at| u8::try_from(at * at % 251).unwrap_or_default()).collect();
    home.write(DATABASE, noise);

    let outcome = home.run(&["db", "check"]);

    outcome.is_refused(1, &["the database is encrypted, and no key is configured", "`db.key_template`"]);
}
