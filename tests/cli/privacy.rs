//! What is stored on disk and shown on the console: for the operator only, and without private data.

use discord_sim::Sim;

use crate::on_discord::{Town, home_on, start};
use crate::running::Running;
use crate::support::Home;

const LOGS: &str = ".local/state/ticketbot/logs";
const DATA: &str = ".local/share/ticketbot";

/// Every interaction token that occurred in the paths of the bot's requests.
fn interaction_tokens(sim: &Sim) -> Vec<String> {
    let paths = sim.requests().into_iter().map(|request| request.path);
    let tokens = paths.filter_map(|path| {
        let parts: Vec<&str> = path.split('/').collect();
        (parts.len() >= 4 && matches!(parts[1], "interactions" | "webhooks")).then(|| parts[3].to_owned())
    });
    tokens.collect()
}

/// A bot that has done everything with the most verbose log.
async fn told_story(sim: &Sim, home: &Home) -> (Running, Town) {
    let town = Town::build(sim);
    let running = start(sim, home, &["-vv"]).await;
    let inbox = town.create_inbox().await;
    let reply = town.member.click(&inbox, "Create Ticket").await;
    assert!(reply.is_private() && !reply.links().is_empty(), "{}", reply.text());
    let again = town.member.click(&inbox, "Create Ticket").await;
    assert!(again.text().contains("already have an open ticket"), "{}", again.text());
    let thread = town.channel.threads().pop().expect("a ticket");
    town.member.post(&thread, Town::TEXT);
    town.member.leave(&thread);
    let shown = town.member.slash("privacy show").send().await;
    assert!(shown.text().contains("One ticket that you opened"), "{}", shown.text());
    sim.quiet().await;
    (running, town)
}

#[tokio::test(flavor = "multi_thread")]
async fn not_even_the_loudest_log_holds_tokens_names_or_message_text() {
    let sim = Sim::start().await;
    let home = home_on(&sim).with_variable("RUST_LOG", "trace");

    let outcome = told_story(&sim, &home).await.0.stop();

    let files = home.read_all(LOGS);
    let all = format!("{}{}{files}", outcome.stdout, outcome.stderr);
    assert!(files.contains("ticket opened") && outcome.stderr.contains("ticket opened"), "{all}");
    let tokens = interaction_tokens(&sim);
    assert!(tokens.len() >= 4, "{tokens:?}");
    let private = tokens.iter().map(String::as_str).chain(Town::NAMES).chain([sim.token(), Town::TEXT]);
    for text in private {
        assert!(!all.contains(text), "“{text}” was logged:\n{all}");
    }
}

/// The token's own file is the only one that holds it.
const CONFIG: &str = ".config/ticketbot/config.toml";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_whole_run_holds_the_token_names_or_message_text() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    let (running, town) = told_story(&sim, &home).await;
    // Twice: while the bot runs, with its write-ahead log, and after its end.
    let mut outputs = Vec::new();
    let mut files = every_file(&home);
    assert!(files.iter().any(|(name, _)| name.ends_with("-wal")), "the write-ahead log is one of them");
    for (person, holds) in [(&town.member, "thread_link"), (&town.admin, "staff_of")] {
        let export = home.run(&["data", "export", "--user", &person.id().to_string()]);
        assert!(export.stdout.contains(holds), "{}{}", export.stdout, export.stderr);
        outputs.push(("data export".to_owned(), format!("{}{}", export.stdout, export.stderr).into_bytes()));
    }
    let dump = home.run(&["--dump-config"]);
    outputs.push(("--dump-config".to_owned(), format!("{}{}", dump.stdout, dump.stderr).into_bytes()));
    let outcome = running.stop();
    outputs.push(("the console".to_owned(), format!("{}{}", outcome.stdout, outcome.stderr).into_bytes()));
    files.extend(every_file(&home));

    // The database stores people by id; the log does not.
    let logs = home.path(LOGS).display().to_string();
    for person in [&town.member, &town.admin] {
        let id = person.id().to_string();
        let logged = files.iter().filter(|(name, _)| name.starts_with(&logs)).chain(outputs.last());
        for (name, bytes) in logged {
            assert!(!String::from_utf8_lossy(bytes).contains(&id), "a person's id is in {name}");
        }
    }
    let tokens = interaction_tokens(&sim);
    let private: Vec<&str> =
        tokens.iter().map(String::as_str).chain(Town::NAMES).chain([sim.token(), Town::TEXT]).collect();
    for (name, bytes) in files.iter().chain(&outputs) {
        for text in &private {
            let found = bytes.windows(text.len()).any(|window| window.eq_ignore_ascii_case(text.as_bytes()));
            assert!(!found, "“{text}” is in {name}");
        }
    }
}

/// Every file below the home folder except the configuration.
fn every_file(home: &Home) -> Vec<(String, Vec<u8>)> {
    let config = home.path(CONFIG);
    let files = home.files().into_iter().filter(|file| *file != config);
    files.map(|file| (file.display().to_string(), std::fs::read(&file).expect("a file"))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_filter_of_the_operators_can_change_that() {
    let sim = Sim::start().await;
    let home =
        crate::on_discord::home_with(&sim, "log.filter = \"trace,serenity=trace,hyper=trace,poise=trace,sqlx=trace\"");

    let outcome = told_story(&sim, &home).await.0.stop();

    let all = format!("{}{}", outcome.stderr, home.read_all(LOGS));
    let tokens = interaction_tokens(&sim);
    let private = tokens.iter().map(String::as_str).chain(Town::NAMES).chain([sim.token(), Town::TEXT]);
    for text in private {
        assert!(!all.contains(text), "“{text}” was logged:\n{all}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_files_are_json_lines_for_the_operator_alone() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    let running = start(&sim, &home, &[]).await;

    assert_eq!(running.stop().code, Some(0));

    let files: Vec<_> = home.files().into_iter().filter(|file| file.starts_with(home.path(LOGS))).collect();
    let [file] = &files[..] else { panic!("one file a day: {files:?}") };
    assert_eq!((home.mode(LOGS), home.mode(&file.display().to_string())), (0o700, 0o600));
    let lines: Vec<serde_json::Value> = std::fs::read_to_string(file)
        .expect("a log file")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect();
    let messages: Vec<_> = lines.iter().filter_map(|line| line["message"].as_str()).collect();
    assert!(messages.contains(&"commands registered") && messages.last() == Some(&"stopped"), "{messages:?}");
    assert!(lines.iter().all(|line| line["timestamp"].is_string() && line["level"].is_string()));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_and_the_files_beside_it_are_for_the_operator_alone() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    let running = start(&sim, &home, &[]).await;

    let files: Vec<_> = home.files().into_iter().filter(|file| file.starts_with(home.path(DATA))).collect();
    assert!(files.len() >= 2, "the write-ahead log is one of them: {files:?}");
    for file in &files {
        assert_eq!(home.mode(&file.display().to_string()), 0o600, "{}", file.display());
    }
    assert_eq!(home.mode(DATA), 0o700);
    assert_eq!(running.stop().code, Some(0));
}
