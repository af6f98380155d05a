//! What a file does on Discord: panels, lines in the log, and names of another server.

use discord_sim::permissions::SEND_MESSAGES;
use discord_sim::{Draft, Fault, Message, Request, Sim, Target, Values};
use serde_json::{Value, json};

use super::{APPLY, INBOXES, edited, export, import, panels_in, with_cooldown};
use crate::admin::{assert_told, preview};
use crate::support::{TestBot, Town};
use crate::town::SELECT;

#[tokio::test]
async fn the_file_of_another_server_adds_its_inboxes_by_the_names_that_are_unique_here() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let (town, village) = (Town::build(&sim), Town::build(&sim));
    town.create_inbox().await;
    let text = edited(&export(&town.admin, &town).await, "#cooldown = 60", "cooldown = 5");

    let shown = import(&village.admin, &village, &text).await;
    assert_told(&shown, "The file is from another server");
    let (help, moderators) = (village.help.id(), village.moderators.id());
    for part in [
        format!("+ staff: @Moderators ({moderators})\n"),
        format!("+ opening.destination = \"#help ({help})\"\n+ opening.cooldown = 5\n"),
        format!("  #help ({}) → #help ({help})\n", town.help.id()),
        format!("  @Moderators ({}) → @Moderators ({moderators})\n", town.moderators.id()),
    ] {
        assert!(preview(&shown).contains(&part), "{part:?}: {}", preview(&shown));
    }
    assert!(shown.buttons().is_empty() && shown.text().contains("Confirm each of them"), "{}", shown.text());
    let few = village.admin.try_select(&shown, "#0", Values::strings(["0"])).await;
    assert!(few.is_err(), "one of two is not enough");
    let confirmed = village.admin.select(&shown, "#0", Values::strings(["0", "1"])).await;
    assert_eq!(confirmed.message().id(), shown.message().id());
    bot.restart().await;
    let done = village.admin.click(&confirmed, APPLY).await;
    assert_told(&done, "has the number 2");
    sim.wait_until("its panel to be posted", || !panels_in(&village).is_empty()).await;
    assert_eq!(panels_in(&village)[0].embeds()[0]["description"], "Do you need help?");
    let here = format!("SELECT count(*) FROM inbox WHERE id = 2 AND guild_id = {}", village.guild.id());
    assert_eq!(bot.stored(Box::leak(here.into_boxed_str())).await, 1);

    village.guild.text_channel("help").create();
    let twice = import(&village.admin, &village, &text).await;
    assert!(preview(&twice).contains("several are called “help” in this server"), "{}", preview(&twice));
    assert_eq!(bot.stored(INBOXES).await, 2);
}

#[tokio::test]
async fn text_and_embeds_of_a_panel_stand_in_the_file_and_are_changed_by_it_also_after_a_failure() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.create_inbox().await;
    let text = export(&town.admin, &town).await;
    let wanted = edited(&text, "style = \"buttons\"\ntext = \"\"\n", "style = \"buttons\"\ntext = \"Hello\"\n");
    let wanted = edited(
        &wanted,
        "[[panel.embeds]]\ndescription = \"Do you need help?\"\n",
        "[[panel.embeds]]\ntitle = \"Help\"\ndescription = \"Choose below.\"\ncolor = 255\n",
    );

    let shown = import(&town.admin, &town, &wanted).await;
    for part in ["**Panel 1** in #help", "+ text = \"Hello\"\n", "- embeds: { description = \"Do you need help?\" }\n"]
    {
        assert!(preview(&shown).contains(part), "{part:?}: {}", preview(&shown));
    }
    let lost = sim.fault(Fault::on("PATCH", "/channels/{id}/messages/{id}").status(503).always());
    assert_told(&town.admin.click(&shown, APPLY).await, "Done");
    sim.wait_until("the first attempt", || lost.hits() > 0).await;
    bot.kill().await;
    lost.clear();
    bot.boot().await;

    sim.wait_until("the text to be written", || panels_in(&town).iter().any(|panel| panel.text() == "Hello")).await;
    bot.settled().await;
    let [panel] = &panels_in(&town)[..] else { panic!("not one panel") };
    assert_eq!(panel.text(), "Hello");
    assert_eq!(panel.embeds()[0]["title"], "Help");
    assert_told(&import(&town.admin, &town, &wanted).await, "Nothing would change.");
    assert_eq!(export(&town.admin, &town).await, wanted);
    assert_eq!(bot.stored("SELECT count(*) FROM step WHERE payload LIKE '%Choose below%'").await, 0);
}

/// A panel with two pictures in its embeds and a file below them.
async fn panel_with_pictures(town: &Town) -> Message {
    let embed = |title: &str, name: &str| json!({ "title": title, "image": { "url": format!("attachment://{name}") } });
    let draft = Draft::text("").embed(embed("One", "a.png")).embed(embed("Two", "b.png"));
    let draft = draft.file("a.png", [1], "image/png").file("b.png", [2, 2], "image/png");
    let source = town.guild.webhook_post(&town.help, draft.file("rules.txt", *b"rules", "text/plain"));
    town.run_create(&town.help, None).await;
    let done = town.admin.menu(SELECT, &source).await;
    assert!(done.text().contains("is ready"), "{}", done.text());
    town.inbox_message()
}

/// The sizes of the pictures that its embeds show, and the names of the files below.
fn files_of(panel: &Message) -> (Vec<usize>, Vec<String>) {
    let (embeds, shown) = (panel.embeds(), panel.embedded_files());
    let file_of = |embed: &Value| shown.iter().find(|file| embed["image"]["url"] == file.url);
    let sizes = embeds.iter().filter_map(file_of).map(|file| file.bytes.len());
    (sizes.collect(), panel.attachments().into_iter().map(|file| file.filename).collect())
}

#[tokio::test]
async fn pictures_of_a_panel_are_shown_once_and_its_files_stay_whatever_a_file_changes() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = panel_with_pictures(&town).await;
    let rules = vec!["rules.txt".to_owned()];
    assert_eq!(files_of(&panel), (vec![1, 2], rules.clone()));
    let text = export(&town.admin, &town).await;

    // Only the text, although the pictures cannot be fetched at first.
    let wanted = edited(&text, "title = \"One\"", "title = \"New\"");
    let lost = sim.fault(Fault::on("GET", "/attachments/{c}/{a}/{f}").status(503).only_if(is_picture).always());
    let shown = import(&town.admin, &town, &wanted).await;
    assert_told(&town.admin.click(&shown, APPLY).await, "Done");
    sim.wait_until("the first attempt", || lost.hits() > 0).await;
    bot.kill().await;
    lost.clear();
    bot.boot().await;
    sim.wait_until("the text to be written", || panel.embeds()[0]["title"] == "New").await;
    bot.settled().await;
    assert_eq!(files_of(&panel), (vec![1, 2], rules.clone()));
    assert_eq!(export(&town.admin, &town).await, wanted);

    // One picture takes the place of the other.
    let wanted = edited(&wanted, "attachment://a.png", "attachment://b.png");
    town.admin.click(&import(&town.admin, &town, &wanted).await, APPLY).await;
    sim.wait_until("the picture to change", || files_of(&panel).0 == [2, 2]).await;
    bot.settled().await;
    assert_eq!(files_of(&panel), (vec![2, 2], rules.clone()));
    assert!(panel.embedded_files().iter().all(|file| file.filename == "b.png"), "the other one is gone");

    // A picture that Discord no longer has is left out, with the embed that shows nothing else.
    let gone = sim.fault(Fault::on("GET", "/attachments/{c}/{a}/{f}").status(404).only_if(is_picture).always());
    let wanted = edited(&wanted, "title = \"New\"\n", "");
    town.admin.click(&import(&town.admin, &town, &wanted).await, APPLY).await;
    sim.wait_until("the text to be written", || panel.embeds().len() == 1).await;
    bot.settled().await;
    gone.clear();
    assert_eq!(panel.embeds()[0]["title"], "Two");
    assert_eq!(files_of(&panel), (Vec::new(), rules));
    assert_eq!(panel.buttons().len(), 1);
}

fn is_picture(request: &Request) -> bool {
    request.path.contains(".png")
}

#[tokio::test]
async fn a_new_panel_is_posted_once_with_its_inboxes_although_the_answer_was_lost() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let desk = town.guild.text_channel("desk").create();
    let panel = "[[panel]]\nname = \"desk\"\nchannel = \"#desk\"\nstyle = \"menu\"\ntext = \"Welcome\"\n";
    let inbox = "[[inbox]]\non_panel = \"desk\"\nopening.destination = \"#help\"\n";
    let text = format!("format = 1\n[server]\nid = \"{}\"\n{panel}{inbox}{inbox}", town.guild.id());
    let shown = import(&town.admin, &town, &text).await;
    assert!(preview(&shown).contains(&format!("**A new panel** in #desk ({})", desk.id())), "{}", preview(&shown));
    let lost = sim.fault(Fault::on("POST", "/channels/{id}/messages").act_then_status(502));

    let done = town.admin.click(&shown, APPLY).await;
    assert_told(&done, "The new panel in line 4 has the number 1");
    sim.wait_until("the answer to be lost", || lost.hits() > 0).await;
    bot.settled().await;

    let [message] = &desk.messages()[..] else { panic!("not one message: {}", desk.messages().len()) };
    assert_eq!(message.text(), "Welcome");
    let anna = town.member("anna");
    anna.select(message, "#0", Values::strings(["2"])).await;
    sim.wait_until("a ticket", || !town.guild.threads().is_empty() && anna.sees(&town.newest_thread())).await;
    let unchanged = import(&town.admin, &town, &export(&town.admin, &town).await).await;
    assert_told(&unchanged, "Nothing would change.");
}

#[tokio::test]
async fn a_panel_that_could_not_be_posted_or_would_open_nothing_is_refused() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let desk = town.guild.text_channel("desk").create();
    desk.set_overwrite(Target::Bot, 0, SEND_MESSAGES);
    let file = |panel: &str, inbox: &str| {
        let head = format!("format = 1\n[server]\nid = \"{}\"\n[[panel]]\nname = \"new\"\n", town.guild.id());
        format!("{head}{panel}[[inbox]]\n{inbox}opening.destination = \"#help\"\n")
    };
    let (here, on_it) = ("channel = \"#help\"\n", "on_panel = \"new\"\n");
    let cases = [
        (file("channel = \"#desk\"\ntext = \"Hi\"\n", on_it), "I lack **Send Messages** in this channel"),
        (file(&format!("{here}text = \"Hi\"\n"), ""), "no inbox of the file is on this new panel"),
        (file(here, on_it), "`panel.text`: this must be given"),
        (file(&format!("{here}text = \" \"\n"), on_it), "a panel needs a text or an embed"),
        (file(&format!("{here}text = \"Hi\"\nembeds = [{{ titel = \"Hi\" }}]\n"), on_it), "did you mean `title`?"),
        (file(&format!("{here}embeds = [{{ color = 1 }}]\n"), on_it), "Discord does not take this embed"),
        (file(&format!("{here}text = \"Hi\"\n"), "on_panel = \"old\"\n"), "there is no panel \"old\" in this server"),
    ];
    for (text, expected) in cases {
        let refused = import(&town.admin, &town, &text).await;
        assert!(preview(&refused).contains(expected), "{expected}: {}", preview(&refused));
    }
    assert_eq!(bot.stored(INBOXES).await, 0);
}

#[tokio::test]
async fn blocks_of_a_file_are_written_into_the_log_and_threads_that_wait_to_be_deleted_are_counted() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let log = town.guild.text_channel("log").create();
    let text = with_cooldown(&town, 60).await;
    let anna = town.member("anna");
    let block = format!("\n[[block]]\nmember = \"member {}\"\n", anna.id());
    let wanted = edited(&text, "[server.log]\n", &format!("[server.log]\nchannel = \"{}\"\n", log.id()));
    let wanted = edited(&wanted, "#delete_days = 0\n", "delete_days = 30\n");
    let shown = import(&town.admin, &town, &format!("{wanted}{block}")).await;
    assert!(preview(&shown).contains("none of a ticket that is closed already is deleted"), "{}", preview(&shown));
    town.admin.click(&shown, APPLY).await;
    sim.wait_until("a line in the log", || !log.messages().is_empty()).await;
    let line = |at: usize| log.messages()[at].text();
    assert_eq!(line(0), format!("{} has blocked {} from opening tickets.", town.admin.mention(), anna.mention()));

    let shown = import(&town.admin, &town, &wanted).await;
    town.admin.click(&shown, APPLY).await;
    sim.wait_until("another line", || log.messages().len() == 2).await;
    assert_eq!(line(1), format!("{} has unblocked {}.", town.admin.mention(), anna.mention()));
    let thread = town.open_ticket(&anna, &town.inbox_message()).await;
    anna.leave(&thread);
    bot.wait_for_closed(1).await;
    let shown = import(&town.admin, &town, &edited(&wanted, "delete_days = 30", "delete_days = 10")).await;
    assert!(
        preview(&shown).contains("**Threads of inbox 1 (Create Ticket):** one waits to be deleted, at the time"),
        "{}",
        preview(&shown)
    );
    let shown = import(&town.admin, &town, &edited(&wanted, "delete_days = 30", "delete_days = 0")).await;
    assert!(preview(&shown).contains("one waits to be deleted; it stays"), "{}", preview(&shown));
}
