//! First runs at a scripted terminal.

use std::collections::VecDeque;
use std::fs;
use std::io;

use tempfile::TempDir;

use super::*;

const TOKEN: &str = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.SECRETabcdefghijklmnopqrstuvwxyz";

/// Gives its answers in order, then acts like a closed terminal. Records everything shown.
struct Script {
    is_there: bool,
    answers: VecDeque<&'static str>,
    shown: String,
}

impl Terminal for Script {
    fn is_there(&self) -> bool {
        self.is_there
    }

    fn print(&mut self, text: &str) {
        self.shown.push_str(text);
        self.shown.push('\n');
    }

    fn ask_hidden(&mut self, prompt: &str) -> io::Result<String> {
        self.shown.push_str(prompt);
        self.answers.pop_front().map(str::to_owned).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

fn home() -> (TempDir, Environment) {
    let root = tempfile::tempdir().unwrap();
    let environment = Environment::within(root.path());
    (root, environment)
}

fn run(environment: &Environment, is_there: bool, answers: &[&'static str]) -> (Result<Ready, Failure>, String) {
    let mut terminal = Script { is_there, answers: answers.iter().copied().collect(), shown: String::new() };
    let loaded = config::load(environment, None).unwrap();
    let result = settle_at(&mut terminal, loaded, environment);
    assert!(!terminal.shown.contains("SECRET"), "{}", terminal.shown);
    (result, terminal.shown)
}

#[test]
fn the_first_start_asks_for_the_token_and_writes_it_down() {
    let (root, environment) = home();
    let path = root.path().join("config/ticketbot/config.toml");

    let (ready, shown) = run(&environment, true, &[TOKEN]);

    let ready = ready.unwrap();
    assert!(shown.contains(&format!("It will be written to {}", path.display())), "{shown}");
    assert_eq!(ready.token.expose(), TOKEN);
    assert_eq!(ready.settings.source.read, Some(path.clone()));
    assert_eq!(ready.written.unwrap().path(), path);
}

#[test]
fn the_second_start_asks_nothing() {
    let (_root, environment) = home();
    run(&environment, true, &[TOKEN]).0.unwrap();

    let (ready, shown) = run(&environment, false, &[]);

    let ready = ready.unwrap();
    assert!(shown.is_empty() && ready.written.is_none() && ready.token.expose() == TOKEN);
}

#[test]
fn a_mistyped_token_is_explained_and_may_be_given_again() {
    let (_root, environment) = home();

    let (ready, shown) = run(&environment, true, &["", "hello", TOKEN]);

    assert!(ready.is_ok());
    assert!(shown.contains("not a bot token: it is empty. Please try again."), "{shown}");
    assert!(shown.contains("not a bot token: a bot token has three parts"), "{shown}");
}

#[test]
fn after_three_attempts_it_ends_and_nothing_is_written() {
    let (root, environment) = home();

    let (ready, _) = run(&environment, true, &["a", "b", "c", TOKEN]);

    let failure = ready.unwrap_err();
    assert_eq!(failure.code(), 2);
    assert!(failure.to_string().contains("in 3 attempts"), "{failure}");
    assert!(!root.path().join("config").exists());
}

#[test]
fn a_closed_terminal_ends_it_and_nothing_is_written() {
    let (root, environment) = home();

    let (ready, _) = run(&environment, true, &[]);

    assert!(ready.unwrap_err().to_string().contains("No token was given"));
    assert!(!root.path().join("config").exists());
}

#[test]
fn without_a_terminal_it_says_what_to_set_and_asks_nothing() {
    let (root, environment) = home();

    let (ready, shown) = run(&environment, false, &[TOKEN]);

    let failure = ready.unwrap_err();
    let path = root.path().join("config/ticketbot/config.toml").display().to_string();
    for expected in ["TICKETBOT_TOKEN", "bot.token_file", &path] {
        assert!(failure.to_string().contains(expected), "{failure}");
    }
    assert!(failure.code() == 2 && shown.is_empty());
}

#[test]
fn an_operators_file_without_a_token_is_never_rewritten() {
    let (root, environment) = home();
    let path = root.path().join("config/ticketbot/config.toml");
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, "[log]\nretention_days = 7\n").unwrap();

    let (ready, shown) = run(&environment, true, &[TOKEN]);

    let failure = ready.unwrap_err();
    assert!(failure.to_string().contains(&path.display().to_string()) && failure.to_string().contains("`bot.token`"));
    assert!(failure.code() == 2 && shown.is_empty());
    assert_eq!(fs::read_to_string(&path).unwrap(), "[log]\nretention_days = 7\n");
}

#[test]
fn a_token_from_the_environment_needs_no_file() {
    let (root, mut environment) = home();
    environment.token = Some(TOKEN.into());

    let (ready, shown) = run(&environment, true, &[]);

    assert!(ready.unwrap().written.is_none() && shown.is_empty());
    assert!(!root.path().join("config").exists());
}
