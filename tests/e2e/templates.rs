//! A ticket's name and starter message on Discord, for any template and member name.

use discord_sim::permissions::MENTION_EVERYONE;
use discord_sim::{Message, Sim, Thread};

use crate::support::{TestBot, Town};

const SET_STARTER: &str = "UPDATE inbox SET settings = json_set(settings, '$.beginning.starter', $1)";
const SET_NAME: &str = "UPDATE inbox SET settings = json_set(settings, '$.beginning.ticket_name', $1)";

fn starter(thread: &Thread) -> Message {
    thread.messages().into_iter().find(|message| message.kind() == 0).expect("no starter message")
}

#[tokio::test]
async fn the_default_name_is_the_date_and_the_members_name_in_the_server() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let plain = town.member("plain");
    let global = town.guild.member("user1").global_name("Global").create();
    let nick = town.guild.member("user2").global_name("Global").nick("Nick").create();

    for (member, shown) in [(plain, "plain"), (global, "Global"), (nick, "Nick")] {
        let name = town.open_ticket(&member, &inbox).await.name();

        let (date, author) = name.split_once(' ').unwrap();
        assert_eq!(author, shown);
        assert_eq!(date.len(), "2026-01-31".len(), "{name}");
    }
}

#[tokio::test]
async fn a_template_of_names_is_filled_in_and_counts_tickets_across_restarts() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    bot.store(SET_NAME, "#${counter} $author costs $$5 $nothing").await;

    let first = town.open_ticket(&town.guild.member("a").nick("$counter").create(), &inbox).await;
    bot.restart().await;
    let second = town.open_ticket(&town.member("bert"), &inbox).await;

    assert_eq!(first.name(), "#0001 $counter costs $5 $nothing");
    assert_eq!(second.name(), "#0002 bert costs $5 $nothing");
}

#[tokio::test]
async fn a_name_of_nothing_to_see_or_of_too_much_still_makes_a_ticket() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    bot.store(SET_NAME, "$author").await;

    let hidden = town.open_ticket(&town.guild.member("a").nick("\u{3164}").create(), &inbox).await;
    bot.store(SET_NAME, "$author $author $author $author").await;
    let long = town.open_ticket(&town.guild.member("b").nick(&"👩‍🚀".repeat(6)).create(), &inbox).await;

    assert_eq!(hidden.name(), "ticket-0001");
    assert!(long.name().chars().count() <= 100);
    assert!(long.name().replace(' ', "").replace("👩‍🚀", "").is_empty(), "an emoji was cut: {}", long.name());
}

#[tokio::test]
async fn a_starter_pings_owner_and_staff_and_nobody_who_was_typed_into_it() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.guild.bot_role_permissions(discord_sim::permissions::BOT_DEFAULT | MENTION_EVERYONE);
    let inbox = town.create_inbox().await;
    let (mona, anna, bert) = (town.moderator("mona"), town.member("anna"), town.member("bert"));
    let guests = town.guild.role("Guests").mentionable(true).create();
    bert.give_role(&guests);
    let text = format!("@everyone @here {} {} $author $staff", bert.mention(), guests.mention());
    bot.store(SET_STARTER, text.as_str()).await;

    let thread = town.open_ticket(&anna, &inbox).await;

    let starter = starter(&thread);
    assert_eq!(starter.pinged(), [anna.id(), mona.id()].into());
    assert!(!starter.mentions_everyone());
    assert!(starter.text().starts_with("@everyone @here"), "{}", starter.text());
    assert!(!bert.sees(&thread) && !thread.has_member(&bert));
}

#[tokio::test]
async fn the_owner_is_in_the_thread_whatever_the_starter_says() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    for (number, template) in ["Hello!", "`$author`", r"\$author", "$$author", "$staff"].into_iter().enumerate() {
        let member = town.member(&format!("member{number}"));
        bot.store(SET_STARTER, template).await;

        let thread = town.open_ticket(&member, &inbox).await;

        assert!(thread.has_member(&member), "{template}");
        assert!(member.sees(&thread), "{template}");
    }
}

#[tokio::test]
async fn a_blank_starter_is_the_default_one() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    bot.store(SET_STARTER, " \u{200b} ").await;
    let anna = town.member("anna");

    let thread = town.open_ticket(&anna, &inbox).await;

    let text = starter(&thread).text();
    assert!(text.contains(&anna.mention()) && text.contains(&town.moderators.mention()), "{text}");
    assert!(text.contains("thank you for your ticket"), "{text}");
}

#[tokio::test]
async fn a_starter_that_is_too_long_is_cut_without_losing_anybody() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let (mona, anna) = (town.moderator("mona"), town.member("anna"));
    bot.store(SET_STARTER, format!("{} $author $staff", "👩‍🚀".repeat(500)).as_str()).await;

    let thread = town.open_ticket(&anna, &inbox).await;

    let text = starter(&thread).text();
    assert!(text.chars().count() <= 2_000 && text.encode_utf16().count() <= 2_000);
    assert!(text.ends_with(&format!("{} {}", anna.mention(), town.moderators.mention())), "{text}");
    assert!(anna.sees(&thread) && mona.was_pinged_in(&thread));
}

#[tokio::test]
async fn a_deleted_staff_role_is_not_mentioned_any_more() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    town.moderators.delete();
    sim.quiet().await;
    bot.wait_for("SELECT count(*) FROM inbox_staff", 0).await;

    let thread = town.open_ticket(&anna, &inbox).await;

    assert!(!starter(&thread).text().contains("<@&"), "{}", starter(&thread).text());
}

#[tokio::test]
async fn a_staff_role_deleted_while_the_bot_was_away_is_not_mentioned_either() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    bot.stop().await;
    town.moderators.delete();
    bot.boot().await;
    bot.wait_for("SELECT count(*) FROM inbox_staff", 0).await;

    let thread = town.open_ticket(&anna, &inbox).await;

    assert!(!starter(&thread).text().contains("<@&"), "{}", starter(&thread).text());
}
