//! Channels that the bot may not view: Discord omits them from its lists and sends them obfuscated. It proves only that
//! the bot may not view them.

use std::time::Duration;

use discord_sim::permissions::{SEND_MESSAGES, VIEW_CHANNEL};
use discord_sim::{Channel, Fault, Message, Sim, Target};

use crate::admin::{assert_told, preview};
use crate::support::{TestBot, Town};
use crate::town::CREATE_TICKET;

const DETACHED: &str = "SELECT count(*) FROM panel WHERE message_id IS NULL";
const SLOWMODE: &str = "SELECT slowmode_seconds FROM panel";

/// A town with its inbox in *help*, six hours of slow mode, and tickets in a desk channel.
async fn with_desk(sim: &Sim) -> (Town, Channel, Message) {
    let town = Town::build(sim);
    let desk = town.guild.text_channel("desk").create();
    town.help.set_slowmode(21_600);
    let inbox = town.create_inbox_to(&desk).await;
    (town, desk, inbox)
}

fn hide(channel: &Channel) {
    channel.set_overwrite(Target::bot(), 0, VIEW_CHANNEL);
}

fn show(channel: &Channel) {
    channel.clear_overwrite(Target::bot());
}

/// The lines below an answer that start with this mark.
fn marked<'a>(text: &'a str, mark: &str) -> Vec<&'a str> {
    text.lines().filter(|line| line.starts_with(mark)).collect()
}

#[tokio::test]
async fn list_and_check_name_a_hidden_channel_and_the_permission_instead_of_calling_it_gone() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let (town, desk, inbox) = with_desk(&sim).await;
    hide(&town.help);
    hide(&desk);

    let listed = preview(&town.admin.slash("inbox list").send().await);
    let checked = town.admin.slash("inbox check").send().await;

    assert_told(&checked, "❌ Does not work: 2 · ⚠️ Risks: 0");
    for text in [listed, preview(&checked)] {
        let lines = marked(&text, "❌");
        assert_eq!(lines.len(), 2, "{text}");
        for (line, channel) in lines.into_iter().zip([&town.help, &desk]) {
            assert!(line.contains(&channel.mention()) && line.contains("**View Channel**"), "{text}");
        }
        assert!(text.contains(&inbox.url()) && !text.contains("gone") && !text.contains("few minutes"), "{text}");
    }
}

#[tokio::test]
async fn what_is_hidden_stays_as_it_was_known_whatever_the_gateway_and_lists_leave_out() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let (town, desk, inbox) = with_desk(&sim).await;
    hide(&town.help);
    hide(&desk);
    sim.quiet().await;
    assert_eq!((bot.stored(SLOWMODE).await, bot.stored(DETACHED).await), (21_600, 0));

    // As in a new session, and in the daily pass.
    bot.restart().await;
    let mark = sim.mark();
    sim.advance(Duration::from_hours(25));
    let asked = |channel: &Channel| {
        let path = format!("/channels/{}", channel.id());
        sim.requests_since(mark).iter().any(|request| request.method == "GET" && request.path.ends_with(&path))
    };
    sim.wait_until("each of them to be asked for", || asked(&town.help) && asked(&desk)).await;
    sim.quiet().await;

    assert_eq!((bot.stored(SLOWMODE).await, bot.stored(DETACHED).await), (21_600, 0));
    show(&town.help);
    show(&desk);
    sim.quiet().await;
    town.open_ticket(&town.member("anna"), &inbox).await;
}

#[tokio::test]
async fn a_slow_mode_that_changed_unseen_counts_as_soon_as_the_channel_is_seen_again() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let (town, _desk, _inbox) = with_desk(&sim).await;
    hide(&town.help);
    town.help.set_slowmode(90);
    sim.quiet().await;
    assert_eq!(bot.stored(SLOWMODE).await, 21_600);

    show(&town.help);

    bot.wait_for(SLOWMODE, 90).await;
}

#[tokio::test]
async fn a_hidden_channel_that_is_deleted_is_gone_whether_the_bot_listens_or_not() {
    for listens in [true, false] {
        let sim = Sim::start().await;
        let mut bot = TestBot::start(&sim).await;
        let (town, desk, _inbox) = with_desk(&sim).await;
        hide(&town.help);
        sim.quiet().await;
        if !listens {
            bot.stop().await;
        }
        town.help.delete();
        if !listens {
            bot.boot().await;
        }

        bot.wait_for(DETACHED, 1).await;
        let text = preview(&town.admin.slash("inbox list").at(&desk).send().await);
        assert!(text.contains("`/inbox repost`") && !text.contains("View Channel"), "{text}");
    }
}

#[tokio::test]
async fn a_channel_that_a_list_leaves_out_and_nobody_knows_of_is_called_neither_gone_nor_hidden() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let (town, desk, inbox) = with_desk(&sim).await;
    hide(&desk);
    let _down = sim.fault(Fault::on("GET", "/channels/{channel}").status(503).always());

    let listed = preview(&town.admin.slash("inbox list").send().await);
    let checked = preview(&town.admin.slash("inbox check").send().await);

    assert!(listed.contains(&inbox.url()) && !listed.contains('❌'), "{listed}");
    assert!(checked.contains("because Discord did not answer") && !checked.contains('❌'), "{checked}");
}

#[tokio::test]
async fn a_category_that_the_bot_may_not_view_decides_nothing_for_its_channels() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.let_bot_moderate();
    let area = town.guild.category("area").deny_everyone(VIEW_CHANNEL | SEND_MESSAGES).create();
    let desk = town.guild.text_channel("desk").in_category(&area).allow_everyone(VIEW_CHANNEL).create();
    let inbox = town.create_inbox_to(&desk).await;

    let checked = town.admin.slash("inbox check").send().await;

    assert!(!checked.text().contains("Does not work: 1"), "{}", preview(&checked));
    town.open_ticket(&town.member("anna"), &inbox).await;
}

#[tokio::test]
async fn a_click_whose_destination_is_hidden_is_answered_and_costs_no_cooldown() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let (town, desk, inbox) = with_desk(&sim).await;
    let anna = town.member("anna");
    hide(&desk);

    let refused = anna.click(&inbox, CREATE_TICKET).await;
    show(&desk);
    sim.quiet().await;

    assert_told(&refused, "No ticket was opened");
    assert_eq!(bot.stored("SELECT count(*) FROM ticket").await, 0);
    town.open_ticket(&anna, &inbox).await;
}
