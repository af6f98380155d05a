//! The first inbox in one go: one command, one click, and members can open tickets.

use std::time::Duration;

use discord_sim::permissions::{
    CREATE_PRIVATE_THREADS, MANAGE_THREADS, SEND_MESSAGES, SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL,
};
use discord_sim::{Channel, Fault, Message, Reply, Sim, Target};

use crate::admin::{assert_told, preview};
use crate::support::{TestBot, Town};
use crate::town::{CREATE_TICKET, SELECT};

const USE: &str = "Use this text";
const EDIT: &str = "Edit the text";
const POST: (&str, &str) = ("POST", "/channels/{id}/messages");

fn panels(channel: &Channel) -> Vec<Message> {
    channel
        .messages()
        .into_iter()
        .filter(|message| message.buttons().iter().any(|button| button.custom_id.as_deref() == Some("create-ticket")))
        .collect()
}

async fn begin(town: &Town) -> Reply {
    town.run_create(&town.help, None).await
}

#[tokio::test]
async fn one_command_and_one_click_lead_to_the_first_ticket() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);

    let prompt = begin(&town).await;
    assert_told(&prompt, SELECT);
    assert!(preview(&prompt).contains("Do you need help?"), "{}", preview(&prompt));
    let done = town.admin.click(&prompt, USE).await;

    assert_told(&done, "Your inbox is ready");
    assert_eq!(done.message().id(), prompt.message().id(), "in the place of the buttons");
    assert!(done.buttons().is_empty());
    let panel = panels(&town.help).pop().unwrap();
    assert!(done.links_to_message(&panel));
    assert_eq!(panel.embeds()[0]["title"], "Do you need help?");
    town.open_ticket(&town.member("anna"), &panel).await;
    assert_eq!(bot.stored("SELECT count(*) FROM inbox_staff").await, 1);
    assert_eq!(bot.stored("SELECT count(*) FROM pending_selection").await, 0);
}

#[tokio::test]
async fn the_text_can_be_edited_first_also_after_the_time_for_selecting_and_a_restart() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let prompt = begin(&town).await;
    let form = town.admin.click(&prompt, EDIT).await;
    let title = form.modal().unwrap().field("title").unwrap().value.clone();
    sim.advance(Duration::from_mins(20));
    bot.restart().await;

    let done = town.admin.submit(&form, &[("title", "Support"), ("text", "Ask us.\n**Anything.**")]).await;

    assert_eq!(title, "Do you need help?");
    assert_told(&done, "Your inbox is ready");
    let embed = panels(&town.help).pop().unwrap().embeds()[0].clone();
    assert_eq!((&embed["title"], &embed["description"]), (&"Support".into(), &"Ask us.\n**Anything.**".into()));
}

#[tokio::test]
async fn the_text_is_in_the_language_of_the_server_and_the_answer_in_that_of_the_reader() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build_in(&sim, "de");

    let prompt = begin(&town).await;
    town.admin.click(&prompt, USE).await;

    assert!(prompt.text().contains("Your inbox is ready"), "{}", prompt.text());
    let panel = panels(&town.help).pop().unwrap();
    assert_eq!(panel.embeds()[0]["title"], "Brauchst du Hilfe?");
    assert_eq!(panel.buttons()[0].label, "Ticket erstellen");
}

#[tokio::test]
async fn a_double_click_and_both_ways_at_once_make_one_inbox() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let prompt = begin(&town).await;
    let form = town.admin.click(&prompt, EDIT).await;
    let text = town.admin.post(&town.help, "Help!");

    let replies = [
        town.admin.begin_click(&prompt, USE),
        town.admin.begin_click(&prompt, USE),
        town.admin.begin_menu(SELECT, &text),
        town.admin.begin_submit(&form, &[]),
    ];
    for reply in &replies {
        reply.finished().await;
    }
    let late = town.admin.submit(&form, &[("title", "Mine"), ("text", "My text")]).await;

    assert_eq!(bot.stored("SELECT count(*) FROM inbox").await, 1);
    assert_eq!(panels(&town.help).len(), 1);
    assert_told(&late, "already been used");
    assert!(preview(&late).contains("My text"), "nothing is lost: {}", preview(&late));
}

#[tokio::test]
async fn buttons_of_an_earlier_command_do_nothing_after_another_one() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let old = begin(&town).await;
    let other = town.guild.text_channel("other").create();
    let new = town.run_create(&other, None).await;

    let refused = town.admin.click(&old, USE).await;
    let done = town.admin.click(&new, USE).await;

    assert_told(&refused, "already been used");
    assert_told(&done, "Your inbox is ready");
    assert_eq!((panels(&town.help).len(), panels(&other).len()), (0, 1));
    assert_eq!(bot.stored("SELECT count(*) FROM inbox").await, 1);
}

#[tokio::test]
async fn the_buttons_are_for_the_admin_alone() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let prompt = begin(&town).await;
    let id = prompt.buttons()[0].custom_id.clone().unwrap();
    let other = town.guild.owner();
    let message = town.admin.post(&town.help, "Anything");

    for actor in [&other, &town.member("anna")] {
        let forged = actor.forge_component(&message, 2, &id, serde_json::json!({})).await;
        assert_told(&forged, "no longer works");
    }

    assert_eq!(bot.stored("SELECT count(*) FROM inbox").await, 0);
}

#[tokio::test]
async fn a_refused_text_is_given_back_and_can_be_sent_again() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let prompt = begin(&town).await;
    let form = town.admin.click(&prompt, EDIT).await;
    let blocked = Fault::on(POST.0, POST.1).error(400, 200_000, "Message was blocked by automatic moderation");
    sim.fault(blocked);

    let refused = town.admin.submit(&form, &[("title", "Bad"), ("text", "words")]).await;
    let again = town.admin.submit(&form, &[("title", ""), ("text", "\u{200b}")]).await;
    let done = town.admin.submit(&form, &[("title", ""), ("text", "Good words")]).await;

    assert_told(&refused, "AutoMod");
    assert!(preview(&refused).contains("Bad\n\nwords"), "{}", preview(&refused));
    assert_told(&again, "Write a title or a text");
    assert_told(&done, "Your inbox is ready");
    assert_eq!(panels(&town.help)[0].embeds()[0].get("title"), None);
    assert_eq!(bot.stored("SELECT count(*) FROM inbox").await, 1);
}

#[tokio::test]
async fn a_kill_while_the_panel_is_posted_leaves_the_step_to_be_done_again() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let prompt = begin(&town).await;
    let held = sim.fault(Fault::on(POST.0, POST.1).hold());
    let _unanswered = town.admin.begin_click(&prompt, USE);
    sim.wait_until("the panel to be on its way", || held.waiting() == 1).await;

    bot.kill().await;
    held.clear();
    bot.boot().await;
    let done = town.admin.click(&prompt, USE).await;

    assert_told(&done, "Your inbox is ready");
    assert_eq!(bot.stored("SELECT count(*) FROM inbox").await, 1);
}

#[tokio::test]
async fn one_answer_names_every_switch_for_the_bot_the_staff_and_the_members() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let quiet = town.guild.role("Quiet").mentionable(false).create();
    let tickets = town.guild.text_channel("tickets").allow_role(&quiet, MANAGE_THREADS).deny_everyone(VIEW_CHANNEL);
    let tickets = tickets.allow_bot(VIEW_CHANNEL).create();
    town.help.set_overwrite(Target::bot(), 0, SEND_MESSAGES);
    tickets.set_overwrite(Target::bot(), VIEW_CHANNEL, CREATE_PRIVATE_THREADS);
    town.help.set_overwrite(Target::everyone(), 0, VIEW_CHANNEL);
    town.help.set_overwrite(Target::member(&town.admin), VIEW_CHANNEL, 0);
    tickets.set_overwrite(Target::member(&town.admin), VIEW_CHANNEL, 0);
    town.help.set_overwrite(Target::bot(), VIEW_CHANNEL, SEND_MESSAGES);

    let refused = town.run_create(&town.help, Some(&tickets)).await;
    let told = format!("{}\n{}", refused.text(), preview(&refused));
    town.help.set_overwrite(Target::bot(), VIEW_CHANNEL, 0);
    tickets.set_overwrite(Target::bot(), VIEW_CHANNEL, 0);
    let prompt = town.run_create(&town.help, Some(&tickets)).await;

    for part in [
        "**Send Messages**",
        "**Create Private Threads**",
        &format!("I may not mention these staff roles in {}", tickets.mention()),
        &format!("These staff roles cannot see {}", tickets.mention()),
        &format!("@everyone lacks **View Channel** in {}", town.help.mention()),
        &format!("@everyone lacks **View Channel** in {}", tickets.mention()),
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(!refused.text().contains(SELECT) && refused.buttons().is_empty());
    assert_told(&prompt, SELECT);
    assert!(preview(&prompt).contains("These staff roles cannot see"), "{}", preview(&prompt));
    assert!(preview(&prompt).ends_with("You and the staff talk there in private."), "{}", preview(&prompt));
    assert_eq!(bot.stored("SELECT count(*) FROM pending_selection").await, 1);
}

#[tokio::test]
async fn where_nothing_is_in_the_way_the_answer_is_the_text_alone() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);

    let prompt = begin(&town).await;
    town.help.set_overwrite(Target::everyone(), 0, SEND_MESSAGES_IN_THREADS);
    town.help.set_overwrite(Target::bot(), SEND_MESSAGES_IN_THREADS, 0);
    let of_members = begin(&town).await;

    assert!(preview(&prompt).starts_with("**Do you need help?**"), "{}", preview(&prompt));
    assert!(preview(&of_members).contains("**Send Messages in Threads**"), "{}", preview(&of_members));
    let done = town.admin.click(&of_members, USE).await;
    assert_told(&done, "Your inbox is ready");
    let labels: Vec<String> = panels(&town.help)[0].buttons().into_iter().map(|button| button.label).collect();
    assert_eq!(labels, [CREATE_TICKET]);
}
