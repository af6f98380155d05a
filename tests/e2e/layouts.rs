//! The layouts that README recommends, done as it says: every command and click stands there.

use std::time::Duration;

use discord_sim::permissions::{MANAGE_THREADS, VIEW_CHANNEL};
use discord_sim::{Actor, Channel, Message, Reply, Sim, Target, Values};

use crate::admin::{assert_told, list};
use crate::filling::{fill, text};
use crate::panel_kinds::labels;
use crate::support::{TestBot, Town};
use crate::town::CREATE_TICKET;

/// README says so, in the section with the layouts.
#[track_caller]
fn as_written(step: &str) {
    let readme = include_str!("../../README.md");
    let section = readme.split("### Set it up like this").nth(1).and_then(|rest| rest.split("\n### ").next());
    let section = section.expect("the section with the layouts");
    assert!(section.contains(step), "README does not say {step:?}");
}

async fn first_inbox(town: &Town, channel: &Channel) -> Message {
    as_written("`/inbox create channel:#help`");
    let prompt = town.admin.slash("inbox create").channel("channel", channel).send().await;
    as_written("*Use this text*");
    let done = town.admin.click(&prompt, "Use this text").await;
    assert_told(&done, "Your inbox is ready");
    channel.messages().into_iter().rev().find(|message| !message.buttons().is_empty()).expect("a panel")
}

/// A page of `/inbox settings`.
async fn page(admin: &Actor, inbox: &str, group: &str) -> Reply {
    let overview = admin.slash("inbox settings").string("inbox", inbox).send().await;
    admin.select(&overview, "#0", Values::strings([group])).await
}

#[tokio::test]
async fn one_inbox_takes_one_command_and_one_click() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);

    let panel = first_inbox(&town, &town.help).await;

    as_written("**four steps**");
    let (anna, mona) = (town.member("anna"), town.moderator("mona"));
    let ticket = town.open_ticket(&anna, &panel).await;
    assert!(ticket.has_member(&anna) && mona.was_pinged_in(&ticket));
}

#[tokio::test]
async fn three_kinds_on_one_panel_ask_their_own_questions() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = first_inbox(&town, &town.help).await;

    as_written("`/inbox settings inbox:1` → *Panel* → *Label …*: `Question`");
    let form = town.admin.click(&page(&town.admin, "1", "panel").await, "Label …").await;
    town.admin.submit(&form, &[("value", "Question")]).await;
    for (label, command) in [("Report", "`Report`"), ("Application", "`Application`")] {
        as_written("`/inbox create panel:1`");
        as_written(command);
        let form = town.admin.slash("inbox create").string("panel", "1").send().await;
        assert_told(&town.admin.submit(&form, &[("label", label)]).await, "is on the panel");
    }
    as_written("`/inbox settings inbox:2` → *Form* → *Add* → *Member*: `Who is it about?`");
    as_written("`/inbox settings inbox:3` → *Form* → *Add* → *Long text*: `Why you?`");
    for (inbox, kind, label) in [("2", "Member", "Who is it about?"), ("3", "Long text", "Why you?")] {
        let kinds = town.admin.click(&page(&town.admin, inbox, "form").await, "Add").await;
        let form = town.admin.click(&kinds, kind).await;
        assert_told(&town.admin.submit(&form, &[("label", label), ("key", "answer")]).await, "Saved.");
    }
    as_written("`/inbox settings inbox:1` → *Panel* → *Panel …* → *A menu*");
    let of_panel = town.admin.click(&page(&town.admin, "1", "panel").await, "Panel …").await;
    town.admin.select(&of_panel, "#1", Values::strings(["menu"])).await;
    sim.advance(Duration::from_secs(10));
    bot.panels_are_drawn().await;

    let entries = list(&panel.components()[0]["components"][0]["options"]).to_vec();
    let shown: Vec<&str> = entries.iter().filter_map(|entry| entry["label"].as_str()).collect();
    assert_eq!(shown, ["Question", "Report", "Application"]);
    let anna = town.member("anna");
    let choose = |kind: &'static str| anna.select(&panel, "opm", Values::strings([kind]));
    choose("1").await;
    sim.wait_until("a ticket", || !town.guild.threads().is_empty()).await;
    bot.settled().await;
    sim.advance(Duration::from_mins(2));
    let form = choose("3").await;
    let opened = fill(&anna, &form, &[("answer", text("I am kind."))]).await;
    let ticket = town.newest_thread();
    assert!(opened.links_to(&ticket), "{}", opened.text());
    let first = ticket.messages().into_iter().find(|message| message.author_id() == sim.bot_id()).expect("a message");
    assert!(first.text().contains("**Why you?**\n> I am kind"), "{}", first.text());
    assert!(choose("2").await.modal().is_some(), "the other kind asks its own question");
}

#[tokio::test]
async fn two_teams_read_only_the_tickets_of_their_own_channel() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let admins = town.guild.role("Admins").mentionable(true).create();
    let ada = town.guild.member("ada").role(&admins).create();
    let desk = town.guild.text_channel("to-the-admins").create();
    as_written("*Manage Threads* in `#help` to your moderators and in `#to-the-admins` to your admins");
    desk.set_overwrite(Target::role(&admins), MANAGE_THREADS | VIEW_CHANNEL, 0);
    let panel = first_inbox(&town, &town.help).await;

    as_written("`/inbox create panel:1 destination:#to-the-admins`");
    let command = town.admin.slash("inbox create").string("panel", "1").channel("destination", &desk);
    let form = command.send().await;
    as_written("`Appeals`");
    town.admin.submit(&form, &[("label", "Appeals")]).await;
    sim.advance(Duration::from_secs(10));
    bot.panels_are_drawn().await;

    assert_eq!(labels(&panel), [CREATE_TICKET, "Appeals"]);
    let (anna, bert, mona) = (town.member("anna"), town.member("bert"), town.moderator("mona"));
    let question = town.open_ticket(&anna, &panel).await;
    bert.click(&panel, "Appeals").await;
    let appeal = town.newest_thread();
    assert_eq!((question.parent_id(), appeal.parent_id()), (town.help.id(), desk.id()));
    assert!(mona.was_pinged_in(&question) && ada.was_pinged_in(&appeal));
    assert!(mona.sees(&question) && !mona.sees(&appeal), "each team reads its own channel");
    assert!(ada.sees(&appeal) && !ada.sees(&question));
}
