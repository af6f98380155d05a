//! `/inbox list`: the inboxes of a server and their problems.

use discord_sim::permissions::{CREATE_PRIVATE_THREADS, VIEW_CHANNEL};
use discord_sim::{Reply, Sim, Target};

use crate::admin::{assert_told, preview};
use crate::support::{TestBot, Town};
use crate::town::CREATE_TICKET;

async fn list(town: &Town) -> Reply {
    town.admin.slash("inbox list").send().await
}

#[tokio::test]
async fn a_server_without_inboxes_is_told_how_to_create_one() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let (town, village) = (Town::build(&sim), Town::build(&sim));
    village.create_inbox().await;

    let listed = list(&town).await;

    assert_told(&listed, "`/inbox create`");
}

#[tokio::test]
async fn every_inbox_is_listed_with_its_number_its_link_and_where_its_tickets_go() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let desk = town.guild.text_channel("desk").create();
    let first = town.create_inbox().await;
    let second = town.create_inbox_to(&desk).await;

    let listed = list(&town).await;

    assert_told(&listed, "2 inboxes");
    let text = preview(&listed);
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert!(lines[0].contains("**1**") && lines[0].contains(&first.url()), "{text}");
    assert!(lines[0].contains(&town.help.mention()), "{text}");
    assert!(lines[1].contains("**2**") && lines[1].contains(&second.url()), "{text}");
    assert!(lines[1].contains(&desk.mention()), "{text}");
    assert!(!text.contains('❌'), "{text}");
}

#[tokio::test]
async fn an_inbox_without_its_message_is_listed_with_how_to_post_it_again() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    town.guild.owner().delete_message(&inbox);
    bot.wait_for("SELECT count(message_id) FROM panel", 0).await;

    let text = preview(&list(&town).await);

    assert!(text.contains("**1**") && text.contains('❌') && text.contains("`/inbox repost`"), "{text}");
    assert!(!text.contains(&inbox.url()), "{text}");
}

#[tokio::test]
async fn an_inbox_whose_channel_was_deleted_while_the_bot_was_away_is_noticed() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let desk = town.guild.text_channel("desk").create();
    town.create_inbox_to(&desk).await;
    bot.stop().await;
    town.help.delete();
    bot.boot().await;

    let text = preview(&town.admin.slash("inbox list").at(&desk).send().await);

    assert!(text.contains('❌') && text.contains("`/inbox repost`"), "{text}");
}

#[tokio::test]
async fn a_deleted_destination_opens_no_ticket_elsewhere_and_admins_see_why() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let desk = town.guild.text_channel("desk").create();
    let inbox = town.create_inbox_to(&desk).await;
    desk.delete();
    sim.quiet().await;

    let refused = town.member("anna").click(&inbox, CREATE_TICKET).await;
    let text = preview(&list(&town).await);

    assert_told(&refused, "no longer exists");
    assert!(town.guild.threads().is_empty());
    assert!(text.contains('❌') && text.contains("`/inbox destination`"), "{text}");
}

#[tokio::test]
async fn a_destination_that_the_bot_cannot_see_opens_no_ticket_and_admins_see_why() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let desk = town.guild.text_channel("desk").create();
    let inbox = town.create_inbox_to(&desk).await;
    desk.set_overwrite(Target::bot(), 0, VIEW_CHANNEL);

    let refused = town.member("anna").click(&inbox, CREATE_TICKET).await;
    let text = preview(&list(&town).await);

    assert_told(&refused, "No ticket was opened");
    assert!(town.guild.threads().is_empty());
    assert!(text.contains('❌') && text.contains("**View Channel**"), "{text}");
}

#[tokio::test]
async fn permissions_that_a_destination_lacks_are_listed() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    town.help.set_overwrite(Target::bot(), 0, CREATE_PRIVATE_THREADS);

    let refused = town.member("anna").click(&inbox, CREATE_TICKET).await;
    let text = preview(&list(&town).await);

    assert_told(&refused, "No ticket was opened");
    assert!(text.contains('❌') && text.contains("**Create Private Threads**"), "{text}");
    assert!(text.contains(&inbox.url()), "{text}");
}

#[tokio::test]
async fn a_destination_that_members_cannot_see_opens_no_ticket_they_could_not_read() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.let_bot_moderate();
    let desk = town.guild.text_channel("desk").allow_member(&town.admin, VIEW_CHANNEL).allow_bot(VIEW_CHANNEL).create();
    desk.set_overwrite(Target::everyone(), 0, VIEW_CHANNEL);
    let inbox = town.create_inbox_to(&desk).await;

    let refused = town.member("anna").click(&inbox, CREATE_TICKET).await;

    assert_told(&refused, "you cannot see the channel");
    assert!(town.guild.threads().is_empty());
}

#[tokio::test]
async fn a_list_that_is_too_long_says_how_many_are_left_out() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.create_inbox().await;
    for _ in 0..99 {
        bot.store(
            "INSERT INTO inbox (guild_id, destination_id, created_at)
             SELECT guild_id, destination_id, $1 FROM inbox WHERE id = 1",
            0,
        )
        .await;
    }

    let listed = list(&town).await;

    assert_told(&listed, "100 inboxes");
    let text = preview(&listed);
    let shown = text.lines().filter(|line| line.starts_with("**")).count();
    assert!(text.chars().count() <= 4_096);
    assert!(text.trim_end().ends_with(&format!("{} more", 100 - shown)), "{text}");
}
