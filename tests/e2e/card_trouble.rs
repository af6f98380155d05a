//! Cards when channels are gone or forbidden, answers are lost and the bot is killed, and many change at once.

use std::time::Duration;

use discord_sim::permissions::{SEND_MESSAGES, VIEW_CHANNEL};
use discord_sim::{Fault, Sim, Target, Values};

use crate::cards::{Desk, to_cards};
use crate::support::{BETWEEN_LOOKS, LOOKS};

const POST: (&str, &str) = ("POST", "/channels/{id}/messages");

/// Of a card, not of a ticket's first message.
fn posting() -> Fault {
    Fault::on(POST.0, POST.1).only_if(|request| request.body["flags"] == 1 << 15)
}

#[tokio::test]
async fn a_deleted_channel_of_cards_does_no_harm_and_is_reported() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    let ticket = desk.open().await;
    desk.town.guild.owner().delete_channel(&desk.channel);
    desk.bot.wait_for("SELECT count(*) FROM ticket WHERE card_channel_id IS NOT NULL", 0).await;
    let mark = sim.mark();

    desk.claim(&ticket).await;
    desk.bot.wait_for_log("its channel waits").await;
    for _ in 0..3 {
        desk.mona.slash("ticket release").at(&ticket).send().await;
        desk.claim(&ticket).await;
    }
    sim.quiet().await;

    assert!(to_cards(&sim, mark, &desk.channel).len() <= 2, "{:?}", to_cards(&sim, mark, &desk.channel));
    let check = desk.town.admin.slash("inbox check").send().await;
    let report = format!("{} {:?}", check.text(), check.embeds());
    assert!(report.contains("The channel of its cards no longer exists"), "{report}");
}

#[tokio::test]
async fn a_forbidden_channel_is_reported_and_made_good_when_the_bot_may_post_again() {
    for taken in [VIEW_CHANNEL, SEND_MESSAGES] {
        let sim = Sim::start().await;
        let desk = Desk::set_up(&sim).await;
        desk.channel.set_overwrite(Target::Bot, 0, taken);

        let label = desk.inbox.buttons()[0].label.clone();
        desk.anna.click(&desk.inbox, &label).await;
        desk.bot.wait_for_log("its channel waits").await;
        let check = desk.town.admin.slash("inbox check").send().await;
        let report = format!("{} {:?}", check.text(), check.embeds());
        assert!(report.contains("the channel of its cards"), "{report}");
        assert!(desk.cards_in(&desk.channel).is_empty());

        desk.channel.clear_overwrite(Target::Bot);
        desk.bot.cards_are_drawn().await;

        assert!(desk.card().component_text().contains("**Open**"));
    }
}

#[tokio::test]
async fn everybody_who_reads_the_cards_and_is_not_staff_is_named_by_the_check() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;

    let check = desk.town.admin.slash("inbox check").send().await;

    let report = format!("{} {:?}", check.text(), check.embeds());
    assert!(report.contains("**@everyone** can see"), "{report}");
}

/// A post whose answer is lost, or whose bot is killed before it: there is one card, whenever the bot goes on.
#[tokio::test]
async fn a_lost_answer_and_a_kill_never_make_a_second_card() {
    for (killed, away) in [
        (false, Duration::from_secs(3)),
        (false, Duration::from_mins(10)),
        (true, Duration::from_secs(3)),
        (true, Duration::from_mins(10)),
        (true, Duration::from_hours(30)),
    ] {
        let sim = Sim::start().await;
        let mut desk = Desk::set_up(&sim).await;
        let lost = if killed { posting().hold_answer() } else { posting().drop_after().times(50) };
        let lost = sim.fault(lost);
        let label = desk.inbox.buttons()[0].label.clone();

        desk.anna.click(&desk.inbox, &label).await;
        if killed {
            sim.wait_until("the card's answer to be on its way", || lost.waiting() == 1).await;
            desk.bot.settled().await;
            desk.bot.kill().await;
        } else {
            sim.wait_until("the card's answer to be lost", || lost.hits() >= 1).await;
        }
        sim.advance(away);
        lost.clear();
        if killed {
            desk.bot.boot().await;
        }
        sim.advance(Duration::from_mins(1));
        desk.bot.cards_are_drawn().await;

        assert!(desk.card().component_text().contains("**Open**"), "killed: {killed}, away: {away:?}");
        desk.claim(&desk.town.newest_thread()).await;
        desk.bot.cards_are_drawn().await;
        assert!(desk.card().component_text().contains(&desk.mona.mention()));
    }
}

#[tokio::test]
async fn an_edit_that_discord_fails_is_made_good() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    let ticket = desk.open().await;
    let failing = sim.fault(Fault::on("PATCH", "/channels/{id}/messages/{message}").status(500).always());

    desk.claim(&ticket).await;
    desk.bot.wait_for_log("its channel waits").await;
    failing.clear();
    sim.advance(Duration::from_mins(1));
    desk.bot.cards_are_drawn().await;

    assert!(desk.card().component_text().contains(&desk.mona.mention()));
}

#[tokio::test]
async fn a_card_that_is_refused_does_not_keep_the_others_from_being_drawn() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    let ticket = desk.open().await;
    let path = format!("/messages/{}", desk.card().id());
    sim.fault(
        Fault::on("PATCH", "/channels/{id}/messages/{message}")
            .error(400, 50035, "Invalid Form Body")
            .always()
            .only_if(move |request| request.path.ends_with(&path)),
    );

    desk.claim(&ticket).await;
    desk.bot.wait_for_log("its channel waits").await;
    let bert = desk.town.member("bert");
    let label = desk.inbox.buttons()[0].label.clone();
    bert.click(&desk.inbox, &label).await;
    for _ in 0..LOOKS {
        if desk.cards_in(&desk.channel).len() == 2 && desk.bot.log().contains("a message is refused") {
            return;
        }
        sim.advance(Duration::from_secs(10));
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
    panic!("the other card was never posted");
}

#[tokio::test]
async fn sixty_old_tickets_that_change_at_once_stay_within_discords_limits() {
    const TICKETS: usize = 60;
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    // Discord lets a channel start 50 threads in five minutes.
    let other = desk.town.create_inbox_to(&desk.town.guild.text_channel("desk").create()).await;
    desk.put_cards_in(&desk.channel).await;
    for number in 0..TICKETS {
        let inbox = if number % 2 == 0 { &desk.inbox } else { &other };
        desk.town.member(&format!("member{number}")).click(inbox, crate::town::CREATE_TICKET).await;
    }
    desk.bot.cards_are_drawn().await;
    assert_eq!(desk.cards_in(&desk.channel).len(), TICKETS);
    sim.advance(Duration::from_hours(2));
    sim.enforce_rate_limits(true);
    let mark = sim.mark();

    desk.bot.store("UPDATE ticket SET shown = shown + $1", 1).await;
    // A change of the bot's own, which makes it look.
    let first = desk.town.help.threads().remove(0);
    desk.claim(&first).await;
    let due = "SELECT count(*) FROM ticket WHERE card_shown < shown";
    for _ in 0..LOOKS {
        if desk.bot.stored(due).await == 0 {
            break;
        }
        sim.advance(Duration::from_millis(500));
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }

    let requests = sim.requests_since(mark);
    let refused = requests.iter().filter(|request| request.status == Some(429)).count();
    assert_eq!(refused, 0, "Discord's limits were met");
    // The claim itself may come after its card was drawn.
    let drawn = to_cards(&sim, mark, &desk.channel).len();
    assert!((TICKETS..=TICKETS + 1).contains(&drawn), "{drawn} requests");
    assert_eq!(desk.bot.stored(due).await, 0);
}

#[tokio::test]
async fn open_tickets_get_cards_when_they_are_offered_and_slowly() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    desk.bot.store("UPDATE inbox SET card_channel_id = NULL WHERE id >= $1", 0).await;
    for number in 0..3 {
        desk.open_by(&desk.town.member(&format!("member{number}"))).await;
    }
    sim.advance(Duration::from_hours(1));
    let admin = &desk.town.admin;
    let overview = desk.town.manage("settings", &desk.inbox).await;
    let page = admin.select(&overview, "#0", Values::strings(["work"])).await;
    let chosen = admin.select(&page, "#0", Values::channels([&desk.channel])).await;
    desk.open().await;
    assert_eq!(desk.cards_in(&desk.channel).len(), 1, "only the new ticket has a card");
    // The offer stays on the page.
    let overview = desk.town.manage("settings", &desk.inbox).await;
    let page = admin.select(&overview, "#0", Values::strings(["work"])).await;
    assert!(page.buttons().iter().any(|button| button.label == "Post cards for 3 open tickets"));
    let mark = sim.mark();
    let offered = admin.click(&chosen, "Post cards for 3 open tickets").await;
    assert!(offered.text().contains("3 open tickets are being posted"), "{}", offered.text());
    assert!(!offered.buttons().iter().any(|button| button.label.starts_with("Post cards")), "it is offered once");

    let bert = desk.town.member("bert");
    let label = desk.inbox.buttons()[0].label.clone();
    bert.click(&desk.inbox, &label).await;
    for _ in 0..LOOKS {
        if desk.cards_in(&desk.channel).len() == 5 {
            break;
        }
        sim.advance(Duration::from_millis(100));
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }

    let cards = format!("/channels/{}/messages", desk.channel.id());
    let at: Vec<i64> =
        sim.requests_since(mark).iter().filter(|request| request.path == cards).map(|request| request.at_ms).collect();
    assert_eq!(at.len(), 4);
    // The offered ones are apart; the new ticket's card waits for none of them.
    let mut gaps: Vec<i64> = at.windows(2).map(|two| two[1] - two[0]).collect();
    gaps.sort_unstable();
    assert!(gaps[1] >= 2_900, "{gaps:?}");
}

#[tokio::test]
async fn a_card_that_a_restored_backup_does_not_know_is_found_again_and_not_posted_twice() {
    let sim = Sim::start().await;
    let mut desk = Desk::set_up(&sim).await;
    let ticket = desk.open().await;
    desk.bot.stop().await;
    // As it was before the card was posted.
    desk.bot.store("UPDATE ticket SET card_channel_id = NULL, card_id = NULL, card_shown = $1", 0).await;
    let mark = sim.mark();

    desk.bot.boot().await;
    desk.claim(&ticket).await;
    desk.bot.cards_are_drawn().await;

    assert!(desk.card().component_text().contains(&desk.mona.mention()), "{}", desk.card().component_text());
    assert!(!to_cards(&sim, mark, &desk.channel).contains(&"POST".to_owned()));
}
