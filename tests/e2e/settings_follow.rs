//! What follows from a change is said wherever the change was made: on a page, by a short cut, in the menu of the staff.

use discord_sim::permissions::{ATTACH_FILES, MANAGE_THREADS, READ_MESSAGE_HISTORY, VIEW_CHANNEL};
use discord_sim::{Reply, Sim, Values};
use serde_json::json;

use crate::admin::{assert_told, preview};
use crate::filling::question;
use crate::support::{TestBot, Town};

async fn page(town: &Town, group: &'static str) -> Reply {
    let overview = town.manage_named("settings", "1").await;
    town.admin.select(&overview, "#0", Values::strings([group])).await
}

fn title(reply: &Reply) -> String {
    let embeds = reply.embeds();
    embeds.iter().find_map(|embed| embed["title"].as_str()).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn staff_who_could_not_see_or_hear_of_tickets_are_named_when_they_are_chosen() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let deaf = town.guild.role("Deaf").create();
    let blind = town.guild.role("Blind").mentionable(true).create();
    town.help.set_overwrite(discord_sim::Target::role(&blind), 0, VIEW_CHANNEL);
    let menu = town.manage("staff", &inbox).await;

    let told = town.admin.select(&menu, "#0", Values::roles([&town.moderators, &deaf, &blind])).await;

    assert_told(&told, "Saved");
    let below = preview(&told);
    let cannot_see = format!("cannot see <#{}>, where its tickets go: {}.", town.help.id(), blind.mention());
    let not_mentioned = format!("I may not mention these staff roles in <#{}>", town.help.id());
    assert!(below.contains(&cannot_see) && below.contains(&not_mentioned), "{below}");
    assert!(below.contains(&deaf.mention()) && !below.contains(&town.moderators.mention()), "{below}");
    assert!(told.message().pinged().is_empty());
    let fine = town.admin.select(&told, "#0", Values::roles([&town.moderators])).await;
    assert_told(&fine, "Saved");
    assert_eq!(preview(&fine), "");
}

#[tokio::test]
async fn a_new_channel_of_tickets_is_checked_for_everything_that_depends_on_it_by_page_and_by_command() {
    for by_command in [false, true] {
        let sim = Sim::start().await;
        let bot = TestBot::start(&sim).await;
        let town = Town::build(&sim);
        town.create_inbox().await;
        let log = town.guild.text_channel("log").deny_everyone(VIEW_CHANNEL).allow_bot(VIEW_CHANNEL).create();
        let settings = json!({
            "form": { "questions": [question("proof", "file")] }, "log": { "attach_export": true },
            "closing": { "delete_days": 7 },
        });
        bot.store("UPDATE inbox SET settings = $1", settings.to_string().as_str()).await;
        bot.store("UPDATE inbox SET log_channel_id = $1", log.id().cast_signed()).await;
        let guests = town.guild.role("Guests").create();
        let desk = town.guild.text_channel("desk").deny_role(&town.moderators, VIEW_CHANNEL);
        let desk = desk.allow_role(&guests, MANAGE_THREADS).deny_bot(ATTACH_FILES | READ_MESSAGE_HISTORY).create();

        let told = if by_command {
            town.redirect("1", &desk).await
        } else {
            let opening = page(&town, "opening").await;
            town.admin.select(&opening, "#0", Values::channels([&desk])).await
        };

        for part in [
            format!("cannot see <#{}>, where its tickets go: {}", desk.id(), town.moderators.mention()),
            format!("I lack **Attach Files** in <#{}>: I cannot post the files of the form", desk.id()),
            format!("I lack **Read Message History** in <#{}>: closed tickets are not posted as files", desk.id()),
            format!("I lack **Manage Threads** in <#{}>: threads there are not deleted", desk.id()),
            format!(
                "have **Manage Threads** in <#{}>: {}. They can read all tickets there",
                desk.id(),
                guests.mention()
            ),
        ] {
            assert_told(&told, &part);
        }
        assert_eq!(title(&told), "Inbox 1 · Create Ticket · Opening", "by command: {by_command}");
        assert!(!told.buttons().is_empty() && told.message().pinged().is_empty());
    }
}

#[tokio::test]
async fn an_inbox_that_begins_like_another_is_checked_for_what_it_takes_over() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.create_inbox().await;
    let form = json!({ "form": { "questions": [question("proof", "file")] } }).to_string();
    bot.store("UPDATE inbox SET settings = $1", form.as_str()).await;
    let guests = town.guild.role("Guests").create();
    let desk = town.guild.text_channel("desk").deny_bot(ATTACH_FILES).allow_role(&guests, MANAGE_THREADS).create();

    let command = town.admin.slash("inbox create").channel("channel", &town.help).channel("destination", &desk);
    let asked = command.string("like", "1").send().await;

    let below = preview(&asked);
    assert!(below.contains(&format!("I lack **Attach Files** in <#{}>", desk.id())), "{below}");
    assert!(below.contains(&format!("{}. They can read all tickets there", guests.mention())), "{below}");
}

#[tokio::test]
async fn whoever_reads_reasons_in_a_log_is_named_when_reasons_are_switched_on() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.create_inbox().await;
    let guests = town.guild.role("Guests").create();
    let log = town.guild.text_channel("log").deny_everyone(VIEW_CHANNEL).allow_bot(VIEW_CHANNEL);
    let log = log.allow_role(&guests, VIEW_CHANNEL).create();
    bot.store("UPDATE inbox SET log_channel_id = $1", log.id().cast_signed()).await;
    bot.store("UPDATE guild SET log_channel_id = $1", log.id().cast_signed()).await;
    let readers = format!("not staff of the inboxes concerned: {}", guests.mention());

    let check = |told: &Reply, names: bool| {
        assert_told(told, "Saved.");
        assert_eq!(told.text().contains(&readers), names, "{}", told.text());
    };

    let of_inbox = page(&town, "log").await;
    for (chosen, names) in [("always", true), ("never", false), ("alone", true)] {
        check(&town.admin.select(&of_inbox, "#1", Values::strings([chosen])).await, names);
    }
    let of_server = town.admin.slash("inbox settings").send().await;
    let of_server = town.admin.select(&of_server, "#0", Values::strings(["log"])).await;
    for names in [true, false] {
        check(&town.admin.click(&of_server, "Reasons").await, names);
    }
}

#[tokio::test]
async fn a_short_cut_ends_on_the_page_of_what_it_has_changed() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;

    for (command, text) in [("new-tickets starter", "Welcome!"), ("new-tickets name", "Case $counter")] {
        let form = town.manage(command, &inbox).await;
        bot.restart().await;
        let field = form.modal().expect("a form").fields[0].custom_id.clone();
        let saved = town.admin.submit(&form, &[(&field, text)]).await;
        assert_told(&saved, "Saved");
        assert_eq!(title(&saved), "Inbox 1 · Create Ticket · Beginning", "{command}");
        let back = town.admin.click(&saved, "Back").await;
        assert_eq!(title(&back), "Settings of inbox 1 · Create Ticket");
    }
}

#[tokio::test]
async fn pages_name_inboxes_by_their_labels_and_say_who_is_staff_and_what_is_paused() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.create_inbox().await;
    let label = json!({ "panel": { "label": "*Billing* @here" } }).to_string();
    bot.store("UPDATE inbox SET settings = $1", label.as_str()).await;

    let server = town.admin.slash("inbox settings").send().await;
    let labels = server.components()[1]["components"][0]["options"][0]["label"].clone();
    let before = town.manage_named("settings", "1").await;
    let pause = town.admin.select(&server, "#0", Values::strings(["pause"])).await;
    let paused = town.admin.click(&pause, "Paused").await;
    let server = town.admin.click(&paused, "Back").await;
    let after = town.manage_named("settings", "1").await;
    let own = page(&town, "pause").await;

    assert_eq!(labels, "Inbox 1 · *Billing* @here");
    assert_eq!(title(&before), "Settings of inbox 1 · \\*Billing\\* @\u{200b}here");
    assert!(preview(&before).contains("(one role or member)") && !preview(&before).contains("paused"));
    assert!(preview(&server).contains("New tickets are paused until you switch this off"), "{}", preview(&server));
    for page in [&after, &own] {
        assert!(preview(page).contains("The whole server is paused until"), "{}", preview(page));
    }
}
