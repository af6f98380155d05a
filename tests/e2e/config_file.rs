//! The configuration of a server as a file: exported, compared, applied by a button.

mod again;
mod panels;

use discord_sim::permissions::{CREATE_PRIVATE_THREADS, MANAGE_GUILD, VIEW_CHANNEL};
use discord_sim::{Actor, Fault, Message, Reply, Sim, Target};
use serde_json::json;

use crate::admin::{assert_told, preview};
use crate::support::{TestBot, Town};

const APPLY: &str = "Apply it";
const COOLDOWN: &str = "SELECT coalesce((SELECT settings ->> '$.opening.cooldown' FROM inbox WHERE id = 1), 60)";
const INBOXES: &str = "SELECT count(*) FROM inbox";

/// The file of `/inbox export`.
async fn export(admin: &Actor, town: &Town) -> String {
    let reply = admin.slash("inbox export").at(&town.help).send().await;
    assert!(reply.is_private(), "{}", reply.text());
    let [file] = &reply.message().attachments()[..] else { panic!("not one file: {}", reply.text()) };
    assert_eq!(file.filename, "ticketbot.toml");
    String::from_utf8(file.bytes.clone()).unwrap()
}

/// `/inbox import` with this file.
async fn import(admin: &Actor, town: &Town, text: &str) -> Reply {
    let command = admin.slash("inbox import").attachment("file", "my.toml", text, "application/toml");
    command.at(&town.help).send().await
}

/// The messages in the town's channel that open tickets.
fn panels_in(town: &Town) -> Vec<Message> {
    town.help.messages().into_iter().filter(|message| !message.is_private() && !message.buttons().is_empty()).collect()
}

/// The same file with something else in one place.
fn edited(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from:?} is not in:\n{text}");
    text.replacen(from, to, 1)
}

/// A town with an inbox, and its file with another cooldown.
async fn with_cooldown(town: &Town, seconds: u32) -> String {
    town.create_inbox().await;
    edited(&export(&town.admin, town).await, "#cooldown = 60\n", &format!("cooldown = {seconds}\n"))
}

#[tokio::test]
async fn an_admin_gets_the_configuration_as_a_private_file_that_explains_itself() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let empty = export(&town.admin, &town).await;
    town.create_inbox().await;

    let text = export(&town.admin, &town).await;

    assert!(!empty.contains("[[inbox]]") && empty.contains("[server.log]"), "{empty}");
    let (help, moderators) = (town.help.id(), town.moderators.id());
    for part in [
        format!("[server]\nid = \"{}\"\n", town.guild.id()),
        format!("[[panel]]\nnumber = 1\nchannel = \"#help ({help})\"\n"),
        "[[inbox]]\nnumber = 1\n".to_owned(),
        format!("staff = [\"@Moderators ({moderators})\"]\n"),
        format!("destination = \"#help ({help})\"\n"),
        "#cooldown = 60\n".to_owned(),
    ] {
        assert!(text.contains(&part), "{part:?} is not in:\n{text}");
    }
    let unchanged = import(&town.admin, &town, &text).await;
    assert_told(&unchanged, "Nothing would change.");
    assert!(unchanged.buttons().is_empty() && unchanged.message().attachments().is_empty());
}

#[tokio::test]
async fn what_a_file_changes_is_read_first_and_done_by_the_button_also_after_a_restart() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let wanted = with_cooldown(&town, 90).await;

    let shown = import(&town.admin, &town, &wanted).await;
    assert_told(&shown, "Nothing has been changed yet");
    assert_eq!(
        preview(&shown),
        "**Inbox 1 (Create Ticket)**\n```diff\n- opening.cooldown = 60\n+ opening.cooldown = 90\n```\n"
    );
    assert_eq!(bot.stored(COOLDOWN).await, 60);
    bot.restart().await;
    let done = town.admin.click(&shown, APPLY).await;

    assert_told(&done, "Done: the file is applied");
    assert_eq!(done.message().id(), shown.message().id());
    assert!(done.buttons().is_empty());
    assert_eq!(bot.stored(COOLDOWN).await, 90);
    assert_told(&import(&town.admin, &town, &wanted).await, "Nothing would change.");
    assert_eq!(export(&town.admin, &town).await, wanted);
}

#[tokio::test]
async fn of_two_admins_who_apply_at_once_one_reads_what_the_other_has_changed() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let managers = town.guild.role("More managers").permissions(MANAGE_GUILD).create();
    let second = town.guild.member("second").role(&managers).create();
    let wanted = with_cooldown(&town, 90).await;
    let other = edited(&wanted, "cooldown = 90", "cooldown = 30");
    let (mine, theirs) = (import(&town.admin, &town, &wanted).await, import(&second, &town, &other).await);

    let both = [town.admin.begin_click(&mine, APPLY), second.begin_click(&theirs, APPLY)];
    for reply in &both {
        reply.finished().await;
    }

    let applied = bot.stored(COOLDOWN).await;
    let (winner, loser) = if applied == 90 { (&both[0], &both[1]) } else { (&both[1], &both[0]) };
    assert_told(winner, "Done: the file is applied");
    assert_told(loser, "**Not applied:** the configuration has changed");
    let (from, to) = (applied, 120 - applied);
    assert!(
        preview(loser).contains(&format!("- opening.cooldown = {from}\n+ opening.cooldown = {to}\n")),
        "{}",
        preview(loser)
    );
    let again = if applied == 90 { &second } else { &town.admin };
    assert_told(&again.click(loser, APPLY).await, "Done: the file is applied");
    assert_eq!(bot.stored(COOLDOWN).await, to);
}

#[tokio::test]
async fn a_page_that_was_shown_before_does_not_undo_what_a_file_has_changed() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let wanted = with_cooldown(&town, 90).await;
    let form = town.manage("new-tickets starter", &town.inbox_message()).await;
    let wanted = edited(&wanted, "#starter = ", "starter = \"From the file\"\n#starter = ");
    let shown = import(&town.admin, &town, &wanted).await;
    town.admin.click(&shown, APPLY).await;

    let stale = town.admin.submit(&form, &[("value", "From the form")]).await;

    assert_told(&stale, "somebody");
    assert_eq!(bot.stored("SELECT settings ->> '$.beginning.starter' = 'From the file' FROM inbox").await, 1);
}

#[tokio::test]
async fn mistakes_are_named_with_line_and_key_and_change_nothing() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let desk = town.guild.text_channel("desk").create();
    desk.set_overwrite(Target::Bot, 0, CREATE_PRIVATE_THREADS);
    let voice = town.guild.voice_channel("voice").create();
    let wanted = with_cooldown(&town, 90).await;
    let line = 1 + wanted.lines().position(|line| line == "cooldown = 90").unwrap();
    let place = format!("destination = \"#help ({})\"", town.help.id());
    let stranger = "staff = [\"member 4242\"]\n";
    let staff = format!("staff = [\"@Moderators ({})\"]\n", town.moderators.id());
    let cases = [
        (
            edited(&wanted, "cooldown = 90", "cooldwon = 90"),
            format!(
                "Line {line}, `inbox.opening.cooldwon`: I know no such key; did you mean `inbox.opening.cooldown`?"
            ),
        ),
        (
            edited(&wanted, "cooldown = 90", "cooldown = 999999"),
            format!("Line {line}, `inbox.opening.cooldown`: this must be a whole number from 0 to 21600"),
        ),
        (edited(&wanted, &place, "destination = \"#nowhere\""), "nothing is called “nowhere”".to_owned()),
        (
            edited(&wanted, &place, &format!("destination = \"{}\"", desk.id())),
            "I lack **Create Private Threads** in this channel".to_owned(),
        ),
        (
            edited(&wanted, &place, &format!("destination = \"{}\"", voice.id())),
            "cannot have private threads".to_owned(),
        ),
        (edited(&wanted, &staff, stranger), "this is no member of this server".to_owned()),
        (edited(&wanted, "[server]", "[server"), "this is no TOML".to_owned()),
    ];

    for (text, expected) in cases {
        let refused = import(&town.admin, &town, &text).await;
        assert_told(&refused, "The file cannot be used; nothing was changed.");
        assert!(preview(&refused).contains(&expected), "{expected}: {}", preview(&refused));
        assert!(refused.buttons().is_empty());
    }
    let large = import(&town.admin, &town, &"#".repeat(300_000)).await;
    assert_told(&large, "I take up to 256 KiB");
    assert_eq!(bot.stored(COOLDOWN).await, 60);
}

#[tokio::test]
async fn what_is_no_longer_possible_at_the_click_is_refused_then() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let desk = town.guild.text_channel("desk").create();
    let text = with_cooldown(&town, 90).await;
    let place = format!("destination = \"#help ({})\"", town.help.id());
    let shown = import(&town.admin, &town, &edited(&text, &place, "destination = \"#desk\"")).await;
    assert!(preview(&shown).contains(&format!("  #desk → #desk ({})", desk.id())), "{}", preview(&shown));
    desk.set_overwrite(Target::Bot, 0, CREATE_PRIVATE_THREADS);

    let refused = town.admin.click(&shown, APPLY).await;

    assert!(preview(&refused).contains("I lack **Create Private Threads**"), "{}", refused.text());
    assert_eq!(bot.stored(COOLDOWN).await, 60);
}

#[tokio::test]
async fn a_name_that_means_another_channel_by_now_is_shown_again() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let desk = town.guild.text_channel("desk").create();
    let text = with_cooldown(&town, 90).await;
    let place = format!("destination = \"#help ({})\"", town.help.id());
    let shown = import(&town.admin, &town, &edited(&text, &place, "destination = \"#desk\"")).await;
    desk.set_name("old-desk");
    let new = town.guild.text_channel("desk").create();

    let again = town.admin.click(&shown, APPLY).await;

    assert_told(&again, "**Not applied:**");
    assert!(
        preview(&again).contains(&format!("+ opening.destination = \"#desk ({})\"", new.id())),
        "{}",
        preview(&again)
    );
    assert_told(&town.admin.click(&again, APPLY).await, "Done");
    assert_eq!(bot.stored("SELECT destination_id FROM inbox").await, new.id().cast_signed());
}

#[tokio::test]
async fn deleting_an_inbox_says_what_becomes_of_its_tickets_and_message_and_does_it_after_a_failure() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let text = with_cooldown(&town, 60).await;
    let inbox = town.inbox_message();
    let anna = town.member("anna");
    let thread = town.open_ticket(&anna, &inbox).await;
    let (head, _) = text.split_once("[[panel]]").unwrap();

    let shown = import(&town.admin, &town, head).await;
    let said = preview(&shown);
    let lost = sim.fault(Fault::on("DELETE", "/channels/{id}/messages/{id}").status(503).always());
    assert_told(&town.admin.click(&shown, APPLY).await, "Done");
    sim.wait_until("the first attempt", || lost.hits() > 0).await;
    bot.kill().await;
    lost.clear();
    bot.boot().await;

    assert!(
        said.contains("**Inbox 1 (Create Ticket) is deleted.** Its open ticket stays as it is, without an inbox"),
        "{said}"
    );
    assert!(said.contains("**Panel 1 is deleted,** with its message in #help"), "{said}");
    sim.wait_until("the message to be deleted", || !inbox.exists()).await;
    bot.settled().await;
    assert_eq!((bot.stored(INBOXES).await, bot.stored("SELECT count(*) FROM panel").await), (0, 0));
    assert!(!thread.is_archived());
    anna.leave(&thread);
    bot.wait_for_closed(1).await;
}

#[tokio::test]
async fn an_empty_server_gets_its_inboxes_from_a_file() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build_in(&sim, "de");
    let text = format!(
        "format = 1\n[server]\nid = \"{}\"\n[[inbox]]\nopening.destination = \"#help\"\nstaff = [\"@Moderators\"]\n",
        town.guild.id()
    );

    let shown = import(&town.admin, &town, &text).await;
    let done = town.admin.click(&shown, APPLY).await;
    assert_told(&done, "The new inbox in line 4 has the number 1");
    assert_eq!(bot.stored_text("SELECT locale FROM guild").await, "de");
    let posted = town.manage_named("repost", "1").await;
    assert_told(&posted, "Select this message");
    let source = town.admin.post(&town.help, "Fragen?");
    town.select(&source).await;

    let opened = town.member("anna").click(&town.inbox_message(), "Ticket erstellen").await;
    assert!(opened.links_to(&town.newest_thread()), "{}", opened.text());
}

#[tokio::test]
async fn a_button_is_of_no_use_to_others_nor_with_another_file() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let (town, village) = (Town::build(&sim), Town::build(&sim));
    let wanted = with_cooldown(&town, 90).await;
    let shown = import(&town.admin, &town, &wanted).await;
    let id = shown.components()[0]["components"][0]["custom_id"].as_str().unwrap().to_owned();
    let anna = town.member("anna");
    let guest = town.guild.join(&village.admin);

    for (who, id) in [(&anna, id.clone()), (&guest, id.clone()), (&town.admin, id[..id.len() - 1].to_owned() + "?")] {
        let forged = who.forge_component(&shown.message(), 2, &id, json!({})).await;
        assert_told(&forged, "no longer works");
    }
    // On a message without the file.
    let plain = import(&town.admin, &town, &export(&town.admin, &town).await).await;
    assert_told(&town.admin.forge_component(&plain.message(), 2, &id, json!({})).await, "not there any more");

    assert_eq!(bot.stored(COOLDOWN).await, 60);
}

#[tokio::test]
async fn a_file_that_has_vanished_is_asked_for_again() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let wanted = with_cooldown(&town, 90).await;
    let shown = import(&town.admin, &town, &wanted).await;
    sim.fault(Fault::on("GET", "/attachments/{channel}/{attachment}/{filename}").status(404));

    let gone = town.admin.click(&shown, APPLY).await;

    assert_told(&gone, "The file is not there any more");
    assert_eq!(bot.stored(COOLDOWN).await, 60);
    assert_told(&town.admin.click(&shown, APPLY).await, "Done");
}

#[tokio::test]
async fn who_could_read_more_is_named_and_hidden_channels_are_not() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let open = town.guild.text_channel("open").create();
    let secret = town.guild.text_channel("secret-plans").create();
    secret.set_overwrite(Target::everyone(), 0, VIEW_CHANNEL);
    secret.set_overwrite(Target::Bot, VIEW_CHANNEL, 0);
    let text = with_cooldown(&town, 60).await;
    let log = |channel: &str| edited(&text, "#reasons = false", &format!("channel = \"{channel}\"\n#reasons = false"));

    let shown = import(&town.admin, &town, &log("#open")).await;
    let refused = import(&town.admin, &town, &log("#secret-plans")).await;

    assert_told(&shown, &format!("**@everyone** can see <#{}>", open.id()));
    assert!(preview(&refused).contains("nothing is called “secret-plans”"), "{}", preview(&refused));
    assert!(!export(&town.admin, &town).await.contains("secret-plans"));
}

#[tokio::test]
async fn changes_that_do_not_fit_into_an_answer_come_as_a_file() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let text = with_cooldown(&town, 60).await;
    let new = |number: usize| {
        format!(
            "\n[[inbox]]\nopening.destination = \"#help\"\nbeginning.starter = \"Inbox {number}, {}\"\n",
            "long ".repeat(300)
        )
    };
    let many = text + &(0..20).map(new).collect::<String>();

    let shown = import(&town.admin, &town, &many).await;

    assert_told(&shown, "All changes are in the file `changes.txt`");
    let files = shown.message().attachments();
    let names: Vec<&str> = files.iter().map(|file| file.filename.as_str()).collect();
    assert_eq!(names, ["ticketbot.toml", "changes.txt"]);
    let all = String::from_utf8(files[1].bytes.clone()).unwrap();
    assert!((0..20).all(|number| all.contains(&format!("Inbox {number}, long"))), "{all}");
    assert!(preview(&shown).chars().count() <= 3_500);
    assert_told(&town.admin.click(&shown, APPLY).await, "has the number 21");
    assert_eq!(bot.stored(INBOXES).await, 21);
}
