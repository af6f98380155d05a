//! The first start at a terminal, up to a running bot, and the ways in which Discord can refuse.

use std::net::TcpListener;

use discord_sim::Sim;
use discord_sim::permissions::{
    ATTACH_FILES, CREATE_PRIVATE_THREADS, EMBED_LINKS, SEND_MESSAGES, SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL,
};

use crate::on_discord::{registrations, start};
use crate::support::{Home, TOKEN};
use crate::terminal::Terminal;

const PROGRAM: &str = env!("CARGO_BIN_EXE_ticketbot");
const CTRL_C: &str = "\x03";
const FILE: &str = ".config/ticketbot/config.toml";

/// An unconfigured home; only Discord's address is set.
fn new_home(api_base: &str) -> Home {
    Home::new().with_variable("TICKETBOT_API_BASE", api_base)
}

/// Starts the program at a terminal and answers the question for the token.
fn give_token(home: &Home, token: &str) -> Terminal {
    let terminal = Terminal::start(home, PROGRAM, &[]);
    terminal.wait_for("Token: ");
    terminal.write(token);
    terminal.write("\r");
    terminal.wait_for("Written to ");
    terminal
}

#[tokio::test(flavor = "multi_thread")]
async fn it_explains_itself_asks_for_the_token_unseen_and_runs_until_ctrl_c() {
    let sim = Sim::start().await;
    let home = new_home(sim.base_url());
    let terminal = Terminal::start(&home, PROGRAM, &[]);
    terminal.wait_for("https://discord.com/developers/applications");
    terminal.wait_for(&format!("It will be written to {}, which only you can read.", home.path(FILE).display()));
    terminal.wait_for("Token: ");
    terminal.write(sim.token());
    terminal.write("\r");
    terminal.wait_for("Written to ");
    terminal.wait_for("commands registered");
    terminal.wait_for(&invite_link(&sim));
    sim.wait_ready().await;
    terminal.write(CTRL_C);
    terminal.wait_for("stopped");
    let (code, shown) = terminal.end();

    assert_eq!(code, Some(0), "{shown}");
    assert!(!shown.contains(sim.token()), "{shown}");
    assert_eq!((home.mode(FILE), home.mode(".config/ticketbot")), (0o600, 0o700));
    let names: Vec<String> =
        sim.commands().iter().filter_map(|command| command["name"].as_str().map(Into::into)).collect();
    assert!(names.contains(&"inbox".to_owned()) && names.contains(&"Select this message".to_owned()), "{names:?}");
    assert!(sim.transcript().contains("connection closed, code Some(1000)"), "{}", sim.transcript());
}

/// Discord: "`OAuth2`", Bot Users, and the permissions that the bot requires.
fn invite_link(sim: &Sim) -> String {
    let permissions =
        VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | ATTACH_FILES | CREATE_PRIVATE_THREADS | SEND_MESSAGES_IN_THREADS;
    format!(
        "https://discord.com/oauth2/authorize?client_id={}&scope=bot%20applications.commands&permissions={permissions}",
        sim.application_id()
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_it_wrote_is_all_that_the_next_start_needs() {
    let sim = Sim::start().await;
    let home = new_home(sim.base_url());
    let terminal = give_token(&home, sim.token());
    sim.wait_ready().await;
    terminal.write(CTRL_C);
    assert_eq!(terminal.end().0, Some(0));

    let running = start(&sim, &home, &[]).await;

    assert_eq!((running.stop().code, registrations(&sim)), (Some(0), 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_discord_refuses_takes_the_file_away_again() {
    let sim = Sim::start().await;
    let home = new_home(sim.base_url());

    let terminal = give_token(&home, TOKEN);
    terminal.wait_for("Discord refused the bot token.");
    terminal.wait_for("was removed again. Copy the token from the Bot page of your application");

    assert_eq!(terminal.end().0, Some(2));
    assert!(!home.path(FILE).exists() && !home.path(".local/share/ticketbot").exists(), "{:?}", home.files());
    let terminal = Terminal::start(&home, PROGRAM, &[]);
    terminal.wait_for("ticketbot is not configured yet");
    terminal.wait_for("Token: ");
    terminal.write(CTRL_C);
    assert_eq!(terminal.end().0, Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_discord_refuses_later_stays_in_the_operators_file() {
    let sim = Sim::start().await;
    let home = new_home(sim.base_url());
    let file = home.write(FILE, format!("bot.token = \"{TOKEN}\""));

    home.run(&[]).is_refused_with(&["Discord refused the bot token.", "Copy the token again", "Bot page"]);

    assert!(file.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_members_intent_it_runs_and_says_what_to_do() {
    let sim = Sim::builder().members_intent(false).start().await;
    let home = new_home(sim.base_url());

    let terminal = give_token(&home, sim.token());
    terminal.wait_for("Discord does not allow this bot the Server Members intent: going on without it");
    terminal.wait_for("Switch on \"Server Members Intent\"");
    terminal.wait_for("bot.intents.members = false");
    sim.wait_ready().await;
    terminal.write(CTRL_C);

    assert_eq!(terminal.end().0, Some(0));
    let written = std::fs::read_to_string(home.path(FILE)).expect("the token was right, so it is kept");
    home.write(FILE, written.replace("#members = true", "members = false"));
    let outcome = start(&sim, &home, &[]).await.stop();
    assert!(outcome.code == Some(0) && !outcome.stderr.contains("going on without"), "{}", outcome.stderr);
}

#[test]
fn without_a_network_it_gives_up_after_a_while_and_keeps_the_file() {
    // Nothing listens there any more.
    let address = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port");
    let home = new_home(&format!("http://{address}"));

    let terminal = give_token(&home, TOKEN);
    terminal.wait_for("Discord does not answer; trying again");
    terminal.wait_for("Discord cannot be reached: the request did not reach Discord: no connection.");
    terminal.wait_for("Check the network connection");

    assert_eq!(terminal.end().0, Some(1));
    assert_eq!(home.mode(FILE), 0o600, "the token may well be right");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_cannot_be_made_is_no_fault_of_the_token_which_is_kept() {
    let sim = Sim::start().await;
    let home = new_home(sim.base_url());
    home.write(".local/share/ticketbot", "a file in the place of the folder");

    let terminal = give_token(&home, sim.token());
    terminal.wait_for("folder of the database could not be created");
    terminal.wait_for("The token is kept in ");

    assert_eq!(terminal.end().0, Some(2));
    assert!(home.path(FILE).exists());
}
