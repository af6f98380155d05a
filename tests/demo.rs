//! Runs `cargo demo` as people do: the whole story, in seconds, on a machine without a Discord account.
//!
//! `cargo test` builds the example together with the tests, but `cargo test --test demo` alone does not.

#![expect(clippy::unwrap_used, reason = "a test that cannot start the demo has failed")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

fn demo() -> PathBuf {
    let program = Path::new(env!("CARGO_BIN_EXE_ticketbot")).with_file_name("examples").join("demo");
    let program = program.with_extension(std::env::consts::EXE_EXTENSION);
    let changed = |path: &Path| path.metadata().and_then(|file| file.modified()).ok();
    let is_fresh = sources(&program).iter().all(|source| changed(&program) >= changed(source));
    assert!(is_fresh && program.exists(), "{}: run `cargo build --example demo` first", program.display());
    program
}

/// The program's sources, as cargo recorded them: `program: source source …`, in which a space is `\ `.
fn sources(program: &Path) -> Vec<PathBuf> {
    let listed = fs::read_to_string(program.with_extension("d")).unwrap_or_default();
    let sources = listed.trim_end().split_once(": ").map_or("", |(_, sources)| sources).replace("\\ ", "\0");
    sources.split(' ').map(|source| PathBuf::from(source.replace('\0', " "))).collect()
}

/// Runs the demo with `temporary` as the folder for temporary files.
fn run_in(temporary: &Path, arguments: &[&str]) -> Output {
    Command::new(demo()).args(arguments).env("TMPDIR", temporary).output().unwrap()
}

#[test]
fn it_tells_the_whole_story_and_leaves_nothing_behind() {
    let temporary = TempDir::new().unwrap();

    let output = run_in(temporary.path(), &[]);

    let told = String::from_utf8(output.stdout).unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""), "{told}");
    for part in [
        "olga types /inbox create channel:#help",
        "ticketbot, only olga sees this",
        "Your inbox is ready",
        "[ Create Ticket ]",
        "ticketbot, only anna sees this",
        "Your ticket is ready",
        "in it: ticketbot, mona, anna",
        "You already have an open ticket here",
        "✓ No second ticket was made.",
        "✓ The ticket is closed: the thread is archived and locked.",
        "✓ It is named and begins as olga said, and lena is in it.",
        "✓ The ticket is open again: bert can answer.",
        "Every step happened. Nothing is left behind.",
    ] {
        assert!(told.contains(part), "“{part}” is missing in:\n{told}");
    }
    assert!(!told.contains('\u{1b}'), "colours are for terminals:\n{told}");
    assert!(!told.contains("POST"), "requests are for -v:\n{told}");
    let too_wide: Vec<_> = told.lines().filter(|line| line.chars().count() > 100).collect();
    assert!(too_wide.is_empty(), "{too_wide:#?}");
    assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 0);
}

#[test]
fn with_v_it_names_the_requests_and_events_behind_each_step() {
    let temporary = TempDir::new().unwrap();

    let told = String::from_utf8(run_in(temporary.path(), &["-v"]).stdout).unwrap();

    for part in ["request  POST   /channels/{channel}/threads", "201", "event    INTERACTION_CREATE"] {
        assert!(told.contains(part), "“{part}” is missing in:\n{told}");
    }
}

#[test]
fn it_can_be_told_in_every_language() {
    let temporary = TempDir::new().unwrap();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("locales")).unwrap() {
        let locale = entry.unwrap().file_name().into_string().unwrap();

        let output = run_in(temporary.path(), &["--locale", &locale]);

        let told = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(0), "{locale}: {told}{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(told.contains("[ Create Ticket ]"), locale.starts_with("en"), "{locale}: {told}");
    }
}

#[test]
fn a_language_that_does_not_exist_is_wrong_usage() {
    let temporary = TempDir::new().unwrap();

    let output = run_in(temporary.path(), &["--locale", "klingon"]);

    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("there are "), "{output:?}");
}

#[cfg(unix)]
#[test]
fn a_step_that_does_not_happen_is_named_and_ends_it_with_1() {
    let output = run_in(Path::new("/no/such/folder"), &[]);

    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("Step 1 (The bot starts on an empty database) did not happen: a temporary folder"), "{told}");
    assert!(told.contains("What happened on the simulated Discord:"), "{told}");
}
