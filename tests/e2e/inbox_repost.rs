//! `/inbox repost`: an inbox outlives its message.

use discord_sim::permissions::EMBED_LINKS;
use discord_sim::{Fault, Message, Sim, Values};

use crate::admin::{assert_told, preview};
use crate::support::{TestBot, Town};
use crate::town::{CREATE_TICKET, SELECT};

const COUNT_ATTACHED: &str = "SELECT count(message_id) FROM panel";

/// The newest inbox message of a channel.
fn newest_inbox(messages: Vec<Message>) -> Message {
    messages.into_iter().rev().find(|message| !message.buttons().is_empty()).expect("no inbox is posted")
}

#[tokio::test]
async fn an_inbox_posted_again_keeps_its_settings_its_staff_and_its_counter() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let (sam, anna) = (town.member("sam"), town.member("anna"));
    let card = town.manage("staff", &inbox).await;
    town.admin.select(&card, "#0", Values::users([&sam])).await;
    let set = "UPDATE inbox SET settings = json_set(settings, '$.beginning.ticket_name', '$counter', '$.beginning.starter', $1)";
    bot.store(set, "Hi $author $staff").await;
    town.open_ticket(&town.member("bert"), &inbox).await;
    town.guild.owner().delete_message(&inbox);
    bot.wait_for(COUNT_ATTACHED, 0).await;

    let prompt = town.manage_named("repost", "1").await;
    let done = town.select(&town.admin.post(&town.help, "Here again")).await;
    let again = town.inbox_message();
    let thread = town.open_ticket(&anna, &again).await;

    assert_told(&prompt, SELECT);
    assert_told(&prompt, &town.help.mention());
    assert_told(&done, "with its settings");
    assert!(done.links_to_message(&again), "{}", done.text());
    assert_eq!(thread.name(), "0002");
    assert!(sam.was_pinged_in(&thread));
    assert!(thread.messages().iter().any(|message| message.text().starts_with("Hi ")));
    assert_eq!(bot.stored("SELECT count(*) FROM inbox").await, 1);
}

#[tokio::test]
async fn an_inbox_posted_elsewhere_leaves_no_old_message_and_tickets_go_where_they_went() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let lobby = town.guild.text_channel("lobby").slowmode(300).create();
    let command = town.admin.slash("inbox repost").string("inbox", &inbox.url()).channel("channel", &lobby);

    let prompt = command.send().await;
    let done = town.select(&town.admin.post(&town.help, "Moved")).await;
    let moved = newest_inbox(lobby.messages());
    let thread = town.open_ticket(&town.member("anna"), &moved).await;

    assert_told(&prompt, &lobby.mention());
    assert!(done.links_to_message(&moved), "{}", done.text());
    assert!(!inbox.exists());
    assert_eq!(thread.parent_id(), town.help.id());
}

#[tokio::test]
async fn an_inbox_that_is_still_there_is_posted_anew() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    town.manage("repost", &inbox).await;

    town.select(&town.admin.post(&town.help, "Anew")).await;
    sim.quiet().await;

    assert!(!inbox.exists());
    assert_eq!(bot.stored(COUNT_ATTACHED).await, 1);
    town.open_ticket(&town.member("anna"), &town.inbox_message()).await;
}

#[tokio::test]
async fn the_inbox_itself_can_be_what_it_shows_again() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let lobby = town.guild.text_channel("lobby").create();
    let command = town.admin.slash("inbox repost").string("inbox", "1").channel("channel", &lobby);
    command.send().await;

    let done = town.select(&inbox).await;

    assert_told(&done, "with its settings");
    assert_eq!(newest_inbox(lobby.messages()).embeds()[0]["description"], "Do you need help?");
    assert!(!inbox.exists());
}

#[tokio::test]
async fn permissions_that_are_missing_are_named_and_nothing_is_asked() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let lobby = town.guild.text_channel("lobby").deny_bot(EMBED_LINKS).create();
    let command = town.admin.slash("inbox repost").string("inbox", &inbox.url()).channel("channel", &lobby);

    let refused = command.send().await;
    let selected = town.select(&town.admin.post(&town.help, "Moved")).await;

    assert_told(&refused, "**Embed Links**");
    assert_told(&selected, "No command is waiting");
    assert!(inbox.exists());
}

#[tokio::test]
async fn an_inbox_whose_channel_is_gone_is_posted_in_another() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let (desk, lobby) = (town.guild.text_channel("desk").create(), town.guild.text_channel("lobby").create());
    town.create_inbox_to(&desk).await;
    town.help.delete();
    bot.wait_for(COUNT_ATTACHED, 0).await;

    let refused = town.manage_named("repost", "1").await;
    let command = town.admin.slash("inbox repost").string("inbox", "1").channel("channel", &lobby);
    command.send().await;
    let done = town.select(&town.admin.post(&lobby, "Here now")).await;
    let thread = town.open_ticket(&town.member("anna"), &newest_inbox(lobby.messages())).await;

    assert_told(&refused, "no longer exists");
    assert_told(&done, "with its settings");
    assert!(done.embeds().is_empty(), "{:?}", done.embeds());
    assert_eq!(thread.parent_id(), desk.id());
}

#[tokio::test]
async fn an_inbox_posted_again_without_a_destination_says_that_it_opens_no_tickets_yet() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let lobby = town.guild.text_channel("lobby").create();
    town.create_inbox().await;
    town.help.delete();
    bot.wait_for(COUNT_ATTACHED, 0).await;
    let command = town.admin.slash("inbox repost").string("inbox", "1").channel("channel", &lobby);
    command.send().await;

    let done = town.select(&town.admin.post(&lobby, "Here now")).await;
    let refused = town.member("anna").click(&newest_inbox(lobby.messages()), CREATE_TICKET).await;

    assert_told(&done, "with its settings");
    assert!(preview(&done).contains("`/inbox destination`"), "{}", preview(&done));
    assert_told(&refused, "no longer exists");
}

#[tokio::test]
async fn a_message_that_discord_refuses_leaves_the_step_open_and_the_inbox_as_it_is() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let source = town.admin.post(&town.help, "Again");
    town.manage("repost", &inbox).await;
    sim.fault(Fault::on("POST", "/channels/{id}/messages").error(400, 50035, "Invalid Form Body"));

    let refused = town.select(&source).await;
    let kept = inbox.exists();
    let done = town.select(&source).await;

    assert_told(&refused, "Choose another one");
    assert!(kept);
    assert_told(&done, "with its settings");
}

#[tokio::test]
async fn an_inbox_deleted_half_way_is_gone_and_nothing_is_posted() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let source = town.admin.post(&town.help, "Again");
    town.manage("repost", &inbox).await;
    town.delete_inbox(&inbox).await;

    let told = town.select(&source).await;

    assert_told(&told, "no longer exists");
    assert!(town.help.messages().iter().all(|message| message.is_private() || message.buttons().is_empty()));
}

#[tokio::test]
async fn the_step_survives_a_restart() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let source = town.admin.post(&town.help, "Again");
    town.manage("repost", &inbox).await;
    bot.restart().await;

    let done = town.select(&source).await;

    assert_told(&done, "with its settings");
}

#[tokio::test]
async fn two_admins_who_post_it_at_the_same_moment_leave_one_message_that_works() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let (owner, source) = (town.guild.owner(), town.admin.post(&town.help, "Again"));
    town.manage("repost", &inbox).await;
    owner.slash("inbox repost").string("inbox", "1").send().await;
    let posts = sim.fault(Fault::on("POST", "/channels/{id}/messages").hold_answer().times(2));

    let one = town.admin.begin_menu(SELECT, &source);
    let other = owner.begin_menu(SELECT, &source);
    sim.wait_until("both to be posted", || posts.waiting() == 2).await;
    posts.release();
    let answers = [one.finished().await, other.finished().await];
    sim.quiet().await;

    let messages = town.help.messages();
    let left: Vec<_> =
        messages.iter().filter(|message| !message.is_private() && !message.buttons().is_empty()).collect();
    assert_eq!(left.len(), 1, "{}", answers.map(|answer| answer.text()).join(" / "));
    town.open_ticket(&town.member("anna"), left[0]).await;
}
