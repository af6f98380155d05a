//! `ticketbot config`: the configuration of a server as a file, beside a running bot and without one.

use std::time::Duration;

use discord_sim::{Message, Sim};

use crate::on_discord::{Town, home_on, start};
use crate::running::Running;
use crate::support::{Home, Outcome};
use crate::terminal::Terminal;

const PROGRAM: &str = env!("CARGO_BIN_EXE_ticketbot");

/// A running bot with one inbox; the id of the server.
async fn with_inbox(sim: &Sim, home: &Home) -> (Running, Town, Message, String) {
    let town = Town::build(sim);
    let running = start(sim, home, &[]).await;
    let inbox = town.create_inbox().await;
    let guild = town.guild.id().to_string();
    (running, town, inbox, guild)
}

/// `ticketbot config <arguments>`, with ids for names and only what is set: `change` edits the export.
fn config(home: &Home, arguments: &[&str]) -> Outcome {
    home.run(&[&["config"], arguments].concat())
}

fn exported(home: &Home, guild: &str) -> String {
    let outcome = config(home, &["export", "--guild", guild]);
    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""));
    outcome.stdout
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_goes_around_beside_a_running_bot_and_the_exit_codes_say_how_it_ended() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    let (running, town, _, guild) = with_inbox(&sim, &home).await;
    let text = exported(&home, &guild);
    for name in Town::NAMES.into_iter().chain([Town::TEXT]) {
        assert!(!text.contains(name), "{name} is in: {text}");
    }
    home.write("work/same.toml", &text);
    assert!(text.contains("#member_limit = 1\n"), "{text}");
    home.write("work/new.toml", text.replace("#member_limit = 1\n", "member_limit = 0\n"));

    let same = config(&home, &["diff", "--guild", &guild, "same.toml"]);
    let differs = config(&home, &["diff", "--guild", &guild, "new.toml"]);
    let unasked = config(&home, &["apply", "--guild", &guild, "new.toml"]);
    let applied = config(&home, &["apply", "--guild", &guild, "new.toml", "--yes"]);
    let again = config(&home, &["apply", "--guild", &guild, "new.toml"]);

    assert_eq!((same.code, same.stdout.as_str()), (Some(0), "Nothing would change.\n"), "{}", same.stderr);
    let change = "Inbox 1 (Create Ticket)\n- opening.member_limit = 1\n+ opening.member_limit = 0\n";
    assert_eq!((differs.code, differs.stdout.as_str()), (Some(1), change), "{}", differs.stderr);
    differs.last_line_holds(&["The file would change something."]);
    assert_eq!((unasked.code, unasked.stdout.as_str()), (Some(2), change), "{}", unasked.stderr);
    unasked.last_line_holds(&["Nothing was changed", "--yes"]);
    assert_eq!((applied.code, applied.stdout), (Some(0), format!("{change}Applied.\n")), "{}", applied.stderr);
    assert_eq!((again.code, again.stdout.as_str()), (Some(0), "Nothing would change.\n"), "{}", again.stderr);
    // The running bot uses it.
    let inbox =
        town.channel.messages().into_iter().rev().find(|message| !message.buttons().is_empty()).expect("an inbox");
    assert!(!town.member.click(&inbox, "Create Ticket").await.links().is_empty());
    sim.advance(Duration::from_mins(2));
    assert_eq!(running.stop().code, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_applied_twice_does_not_replace_what_it_made_unless_that_is_allowed() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    let (running, town, _, guild) = with_inbox(&sim, &home).await;
    assert_eq!(running.stop().code, Some(0));
    let text = exported(&home, &guild);
    let channel = town.channel.id();
    let new_inbox = format!("\n[[inbox]]\nopening.destination = \"{channel}\"\n");
    let new_panel = format!("\n[[panel]]\nname = \"new\"\nchannel = \"{channel}\"\ntext = \"Hi\"\n");
    let on_it = format!("\n[[inbox]]\nnumber = 2\non_panel = \"new\"\nopening.destination = \"{channel}\"\n");
    home.write("work/inbox.toml", format!("{text}{new_inbox}"));
    home.write("work/panel.toml", format!("{text}{new_panel}{on_it}"));
    let apply =
        |file: &str, more: &[&str]| config(&home, &[&["apply", "--guild", &guild, file, "--yes"], more].concat());

    for file in ["inbox.toml", "panel.toml"] {
        let first = apply(file, &[]);
        assert_eq!(first.code, Some(0), "{file}: {}", first.stderr);
        let before = exported(&home, &guild);

        let second = apply(file, &[]);

        assert_eq!(second.code, Some(2), "{file}: {}", second.stdout);
        assert!(second.stdout.contains("Is something new here one of those that are deleted?"), "{}", second.stdout);
        second.last_line_holds(&["Nothing was changed", "write their numbers into the file", "--replace"]);
        assert_eq!(exported(&home, &guild), before, "{file}");
    }
    let replaced = apply("inbox.toml", &["--replace"]);
    assert_eq!(replaced.code, Some(0), "{}", replaced.stderr);
    assert!(replaced.stdout.contains("has the number 3: write it into the file."), "{}", replaced.stdout);
    let unasked = config(&home, &["apply", "--guild", &guild, "inbox.toml", "--replace"]);
    assert_eq!(unasked.code, Some(2), "--replace is for --yes");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_a_file_makes_superfluous_is_deleted_by_the_running_bot_within_a_minute() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    let (running, _town, inbox, guild) = with_inbox(&sim, &home).await;
    let text = exported(&home, &guild);
    let (head, _) = text.split_once("[[panel]]").expect("a panel");
    let file = home.write("work/empty.toml", head);

    let applied = config(&home, &["apply", "--guild", &guild, &file.display().to_string(), "--yes"]);

    assert!(
        applied.stdout.contains("Inbox 1 (Create Ticket) is deleted. It has no open tickets."),
        "{}",
        applied.stdout
    );
    assert!(applied.stdout.contains("Panel 1 is deleted, with its message in"), "{}", applied.stdout);
    sim.wait_until("the message to be deleted", || !inbox.exists()).await;
    assert_eq!(running.stop().code, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_applied_is_refused_with_2_and_a_line_for_each_mistake() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    let (running, _town, _, guild) = with_inbox(&sim, &home).await;
    assert_eq!(running.stop().code, Some(0));
    let head = format!("format = 1\n[server]\nid = \"{guild}\"\n");
    let inbox = "[[inbox]]\nnumber = 1\nopening.destination = \"5\"\n";
    home.write("work/mistakes.toml", format!("{head}{inbox}opening.cooldwon = 3\nstaff = [\"@Mods\"]\n"));
    home.write("work/other.toml", format!("format = 1\n[server]\nid = \"1\"\n{inbox}"));

    for command in ["diff", "apply"] {
        let refused = config(&home, &[command, "--guild", &guild, "mistakes.toml"]);
        assert_eq!((refused.code, refused.stdout.as_str()), (Some(2), ""), "{}", refused.stderr);
        let lines: Vec<&str> = refused.stderr.lines().collect();
        assert_eq!(lines.len(), 2, "{lines:#?}");
        assert!(
            lines[0].starts_with("mistakes.toml: Line 7, `inbox.opening.cooldwon`: I know no such key"),
            "{lines:#?}"
        );
        assert!(lines[1].starts_with("mistakes.toml: Line 8, `inbox.staff`: only Discord knows names"), "{lines:#?}");
        config(&home, &[command, "--guild", &guild, "other.toml"]).is_refused_with(&["the file of another server"]);
        config(&home, &[command, "--guild", &guild, "nowhere.toml"]).is_refused_with(&["nowhere.toml cannot be read"]);
    }
    config(&home, &["export", "--guild", "5"]).is_refused_with(&["Nothing is stored about the server 5"]);
    for arguments in [&["export", "--guild", "anna"][..], &["diff", "--guild", "0"], &["apply"], &["export"]] {
        assert_eq!(config(&home, arguments).code, Some(2), "{arguments:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn at_a_terminal_it_asks_and_anything_but_yes_is_no() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    let (running, _town, _, guild) = with_inbox(&sim, &home).await;
    assert_eq!(running.stop().code, Some(0));
    home.write("work/new.toml", exported(&home, &guild).replace("#member_limit = 1\n", "member_limit = 2\n"));

    for (answer, code, last) in [("y\r", 1, "Nothing was changed."), ("yes\r", 0, "Applied.")] {
        let terminal = Terminal::start(&home, PROGRAM, &["config", "apply", "--guild", &guild, "new.toml"]);
        terminal.wait_for("+ opening.member_limit = 2");
        terminal.wait_for("Type yes:");
        terminal.write(answer);
        terminal.wait_for(last);
        assert_eq!(terminal.end().0, Some(code), "{answer:?}");
    }
}

#[test]
fn without_a_database_nothing_is_made_and_it_says_where_it_looked() {
    let home = Home::with_config("");
    home.write("work/some.toml", "format = 1\n[server]\nid = \"1\"\n");

    for command in [
        &["export", "--guild", "1"][..],
        &["diff", "--guild", "1", "some.toml"],
        &["apply", "--guild", "1", "some.toml", "--yes"],
    ] {
        config(&home, command).is_refused(2, &["There is no database at", "ticketbot.db", "db.path"]);
    }
    assert_eq!(home.files().len(), 2, "{:?}", home.files());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_can_be_written_to_a_file_and_a_new_inbox_gets_a_number() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    let (running, town, _, guild) = with_inbox(&sim, &home).await;
    let written = config(&home, &["export", "--guild", &guild, "town.toml"]);
    assert_eq!((written.code, written.stdout.as_str()), (Some(0), ""), "{}", written.stderr);
    let text = std::fs::read_to_string(home.path("work/town.toml")).expect("the export");
    assert_eq!(text, exported(&home, &guild));
    assert_eq!(home.mode("work/town.toml"), 0o600);
    home.write("work/town.toml", format!("{text}\n[[inbox]]\nopening.destination = \"{}\"\n", town.channel.id()));

    let applied = config(&home, &["apply", "--guild", &guild, "town.toml", "--yes"]);

    let line = text.lines().count() + 2;
    assert!(
        applied.stdout.contains(&format!("The inbox in line {line} has the number 2: write it into the file.")),
        "{}",
        applied.stdout
    );
    assert!(exported(&home, &guild).contains("[[inbox]]\n# Settings without a line have their defaults"));
    assert_eq!(running.stop().code, Some(0));
}
