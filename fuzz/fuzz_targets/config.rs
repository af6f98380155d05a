//! A configuration file of any bytes: read, or refused with its place and without its values.
#![no_main]

use std::cell::LazyCell;
use std::fs;

use libfuzzer_sys::fuzz_target;
use ticketbot::config::{self, Environment, Folders, Token};

thread_local! {
    static FOLDER: LazyCell<tempfile::TempDir> = LazyCell::new(|| tempfile::tempdir().expect("a folder"));
}

fuzz_target!(|bytes: &[u8]| {
    FOLDER.with(|folder| {
        let path = folder.path().join("config.toml");
        fs::write(&path, bytes).expect("the file");
        let environment = Environment {
            token: None,
            database_key: None,
            api_base: None,
            clock_file: None,
            working_directory: folder.path().to_owned(),
            folders: Folders { data: Some("/data".into()), state: Some("/state".into()), ..Folders::default() },
        };
        match config::load(&environment, Some(&path)) {
            Ok(loaded) => {
                let dump = loaded.dump();
                assert!(!Token::is_inside(&dump), "{dump}");
                if let Err(failure) = &loaded.token {
                    assert!(!Token::is_inside(&failure.to_string()), "{failure}");
                }
                // What was read is what would be read again, apart from the token.
                fs::write(&path, &dump).expect("the file");
                if let Ok(again) = config::load(&environment, Some(&path)) {
                    assert_eq!(again.settings.database, loaded.settings.database);
                    assert_eq!(again.settings.log, loaded.settings.log);
                    assert_eq!(again.settings.discord, loaded.settings.discord);
                } else {
                    panic!("the dump cannot be read:\n{dump}");
                }
            }
            Err(failure) => {
                let shown = failure.to_string();
                assert_eq!(failure.code(), 2, "{shown}");
                assert!(shown.contains("config.toml") && shown.contains("line "), "{shown}");
                assert!(!Token::is_inside(&shown), "{shown}");
            }
        }
    });
});
