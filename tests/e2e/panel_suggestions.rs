//! What admins are offered while they type an inbox or a panel.

use discord_sim::Sim;

use crate::support::{TestBot, Town};
use crate::working::choices;

/// The options of `/inbox …` that name an inbox.
const INBOX_OPTIONS: [&str; 8] =
    ["destination", "message", "staff", "settings", "new-tickets starter", "new-tickets name", "repost", "delete"];

#[tokio::test]
async fn whatever_takes_an_inbox_offers_them_by_number_and_label() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let (town, village) = (Town::build(&sim), Town::build(&sim));
    town.create_inbox().await;
    village.create_inbox().await;
    town.add_inbox("1", "Billing").await;
    let one = ("Inbox 1 · Create Ticket".to_owned(), "1".to_owned());
    let three = ("Inbox 3 · Billing".to_owned(), "3".to_owned());

    for subcommand in INBOX_OPTIONS {
        let typed = |text: &str| town.admin.slash(&format!("inbox {subcommand}")).string("inbox", text);
        assert_eq!(choices(typed(""), "inbox").await, [one.clone(), three.clone()], "{subcommand}");
        assert_eq!(choices(typed("3"), "inbox").await, std::slice::from_ref(&three), "{subcommand}");
        assert_eq!(choices(typed("bILL"), "inbox").await, std::slice::from_ref(&three), "{subcommand}");
        assert_eq!(choices(typed("#2"), "inbox").await, [], "of another server: {subcommand}");
    }
    let like = town.admin.slash("inbox create").string("like", "ticket");
    assert_eq!(choices(like, "like").await, [one]);
}

#[tokio::test]
async fn panels_are_offered_with_what_is_on_them_unless_their_message_is_gone() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.create_inbox().await;
    town.add_inbox("1", "Billing").await;
    let other = town.create_inbox().await;
    let typed = |text: &str| town.admin.slash("inbox create").string("panel", text);

    let all = choices(typed(""), "panel").await;
    let fitting = choices(typed("billing"), "panel").await;
    town.guild.owner().delete_message(&other);
    bot.wait_for("SELECT count(message_id) FROM panel", 1).await;
    let left = choices(typed("ticket"), "panel").await;

    let first = ("Panel of inbox 1: Create Ticket · Billing".to_owned(), "1".to_owned());
    assert_eq!(all, [first.clone(), ("Panel of inbox 3: Create Ticket".to_owned(), "3".to_owned())]);
    assert_eq!(fitting, std::slice::from_ref(&first));
    assert_eq!(left, [first]);
}

#[tokio::test]
async fn only_admins_are_offered_anything() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.create_inbox().await;

    let of_member = town.member("anna").slash("inbox settings").string("inbox", "").try_begin_suggest("inbox");

    assert!(of_member.is_err(), "Discord does not even offer the command");
}
