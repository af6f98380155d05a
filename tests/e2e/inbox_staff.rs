//! `/inbox staff`: who is mentioned in new tickets.

use discord_sim::{Actor, Fault, Message, Reply, Role, Sim, State, Thread, Values};

use crate::admin::{assert_told, chosen};
use crate::support::{TestBot, Town};

const COUNT_STAFF: &str = "SELECT count(*) FROM inbox_staff";

const ADD_STAFF: &str =
    "INSERT INTO inbox_staff (inbox_id, mention, position) SELECT 1, $1, count(*) FROM inbox_staff WHERE inbox_id = 1";

fn starter(thread: &Thread) -> Message {
    thread.messages().into_iter().find(|message| message.kind() == 0).expect("no starter message")
}

/// Selects exactly these in the menu of `card`.
async fn choose<'a>(
    town: &Town,
    card: &Reply,
    members: impl IntoIterator<Item = &'a Actor>,
    roles: impl IntoIterator<Item = &'a Role>,
) -> Reply {
    town.admin.select(card, "#0", Values::mentionables(members, roles)).await
}

/// Members with this name and a number, stored as staff after the moderators.
async fn store_members(bot: &TestBot<'_>, town: &Town, count: usize) -> Vec<Actor> {
    let members: Vec<_> = (0..count).map(|number| town.member(&format!("staff{number}"))).collect();
    for member in &members {
        bot.store(ADD_STAFF, member.mention().as_str()).await;
    }
    members
}

#[tokio::test]
async fn the_menu_shows_who_is_staff() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let members = store_members(&bot, &town, 1).await;

    let card = town.manage_selected("staff", &inbox).await;

    assert_told(&card, &town.moderators.mention());
    assert_told(&card, &members[0].mention());
    assert!(card.message().pinged().is_empty());
    let mut shown = chosen(&card);
    shown.sort_unstable();
    let mut stored = [town.moderators.id(), members[0].id()];
    stored.sort_unstable();
    assert_eq!(shown, stored);
}

#[tokio::test]
async fn a_change_is_saved_said_in_place_and_used_in_the_next_ticket() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let (sam, mona, anna) = (town.member("sam"), town.moderator("mona"), town.member("anna"));
    let card = town.manage("staff", &inbox).await;

    let changed = choose(&town, &card, [&sam], []).await;
    let thread = town.open_ticket(&anna, &inbox).await;

    assert_eq!(changed.message().id(), card.message().id());
    assert_told(&changed, "Saved");
    assert_told(&changed, &sam.mention());
    assert_eq!(chosen(&changed), [sam.id()]);
    assert_eq!(starter(&thread).pinged(), [anna.id(), sam.id()].into());
    assert!(!mona.was_pinged_in(&thread));
}

#[tokio::test]
async fn the_menu_can_be_used_again_after_a_change() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let (sam, tina) = (town.member("sam"), town.member("tina"));
    let card = town.manage("staff", &inbox).await;

    choose(&town, &card, [&sam], []).await;
    let second = choose(&town, &card, [&sam, &tina], []).await;

    assert_told(&second, &tina.mention());
    assert_eq!(bot.stored(COUNT_STAFF).await, 2);
}

#[tokio::test]
async fn choosing_the_same_changes_nothing_and_says_so() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let card = town.manage("staff", &inbox).await;

    let same = choose(&town, &card, [], [&town.moderators]).await;

    assert_told(&same, "Nothing changed");
    assert_eq!(chosen(&same), [town.moderators.id()]);
    assert_eq!(bot.stored("SELECT coalesce(revisions ->> '$.staff', 0) FROM inbox").await, 0);
}

#[tokio::test]
async fn a_menu_works_after_a_restart() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let sam = town.member("sam");
    let card = town.manage("staff", &inbox).await;
    bot.restart().await;

    let changed = choose(&town, &card, [&sam], []).await;

    assert_told(&changed, "Saved");
    assert_eq!(chosen(&changed), [sam.id()]);
}

#[tokio::test]
async fn a_stale_menu_overwrites_nothing_says_so_and_shows_how_it_is_now() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let (sam, tina) = (town.member("sam"), town.member("tina"));
    let older = town.manage("staff", &inbox).await;
    let newer = town.manage("staff", &inbox).await;
    choose(&town, &newer, [&sam], []).await;

    let stale = choose(&town, &older, [&tina], [&town.moderators]).await;
    let stored = bot.stored(COUNT_STAFF).await;
    let shown = chosen(&stale);
    let told = stale.text();
    let again = choose(&town, &older, [&sam, &tina], []).await;

    assert!(told.contains("not saved") && told.contains(&sam.mention()), "{told}");
    assert_eq!((stored, shown), (1, vec![sam.id()]));
    assert_told(&again, "Saved");
    assert_eq!(bot.stored(COUNT_STAFF).await, 2);
}

#[tokio::test]
async fn two_admins_who_choose_at_the_same_moment_lose_no_change_unnoticed() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let (owner, sam, tina) = (town.guild.owner(), town.member("sam"), town.member("tina"));
    let first = town.manage("staff", &inbox).await;
    let second = owner.slash("inbox staff").string("inbox", "1").send().await;

    let one = town.admin.begin_select(&first, "#0", Values::users([&sam]));
    let other = owner.begin_select(&second, "#0", Values::users([&tina]));
    let texts = [one.finished().await.text(), other.finished().await.text()];

    assert_eq!(texts.iter().filter(|text| text.contains("Saved")).count(), 1, "{texts:?}");
    assert_eq!(texts.iter().filter(|text| text.contains("not saved")).count(), 1, "{texts:?}");
    assert_eq!(bot.stored(COUNT_STAFF).await, 1);
}

#[tokio::test]
async fn more_staff_than_a_menu_holds_is_listed_and_nobody_is_lost_by_a_change() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let members = store_members(&bot, &town, 39).await;

    let card = town.manage("staff", &inbox).await;
    let listed = card.text();
    let shown = chosen(&card);
    let changed = choose(&town, &card, &members[..23], [&town.moderators]).await;

    for member in &members {
        assert!(listed.contains(&member.mention()), "{} is not listed: {listed}", member.name());
    }
    assert!(listed.contains("15"), "{listed}");
    assert_eq!(shown.len(), 25);
    assert_told(&changed, "Saved");
    assert_eq!(bot.stored(COUNT_STAFF).await, 39);
    assert!(!changed.text().contains(&members[23].mention()), "{}", changed.text());
    assert!(changed.text().contains(&members[38].mention()), "{}", changed.text());
}

#[tokio::test]
async fn all_staff_are_listed_however_many_there_are() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let members = store_members(&bot, &town, 99).await;

    let card = town.manage("staff", &inbox).await;

    let shown = format!("{}\n{}", card.text(), crate::admin::preview(&card));
    for member in &members {
        assert!(shown.contains(&member.mention()), "{} is not listed: {shown}", member.name());
    }
}

#[tokio::test]
async fn a_deleted_role_makes_open_menus_stale_so_that_nobody_behind_it_is_lost() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let members = store_members(&bot, &town, 25).await;
    let card = town.manage("staff", &inbox).await;
    town.moderators.delete();
    bot.wait_for(COUNT_STAFF, 25).await;

    // The menu shows all but the last member, who has since moved into its range.
    let stale = choose(&town, &card, &members[1..24], []).await;

    assert_told(&stale, "not saved");
    assert_eq!(bot.stored(COUNT_STAFF).await, 25);
}

#[tokio::test]
async fn a_role_deleted_unnoticed_is_dropped_and_whoever_takes_its_place_can_be_removed() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    bot.store("DELETE FROM inbox_staff WHERE mention <> $1", "").await;
    bot.store(ADD_STAFF, "<@&1234567890123456>").await;
    let members = store_members(&bot, &town, 26).await;

    let card = town.manage("staff", &inbox).await;
    let shown = chosen(&card);
    let changed = choose(&town, &card, &members[..24], []).await;

    assert!(!card.text().contains("<@&"), "{}", card.text());
    assert_eq!(shown, members[..25].iter().map(Actor::id).collect::<Vec<_>>());
    assert_told(&changed, "Saved");
    assert!(!changed.text().contains(&members[24].mention()), "{}", changed.text());
    assert_eq!(bot.stored(COUNT_STAFF).await, 25);
}

#[tokio::test]
async fn emptied_staff_means_that_nobody_is_mentioned_until_somebody_is_chosen() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let (mona, anna) = (town.moderator("mona"), town.member("anna"));
    let card = town.manage("staff", &inbox).await;

    let emptied = town.admin.select(&card, "#0", Values::none()).await;
    let thread = town.open_ticket(&anna, &inbox).await;
    let shown = town.manage("staff", &inbox).await;

    assert_told(&emptied, "no staff");
    assert_told(&shown, "no staff");
    assert!(chosen(&shown).is_empty());
    assert!(!mona.was_pinged_in(&thread));
    assert!(!starter(&thread).text().contains("<@&"), "{}", starter(&thread).text());
    assert_eq!(bot.stored(COUNT_STAFF).await, 0);
}

#[tokio::test]
async fn everyone_is_never_staff() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let everyone = town.guild.everyone();
    let card = town.manage("staff", &inbox).await;

    let changed = choose(&town, &card, [], [&town.moderators, &everyone]).await;

    assert_told(&changed, "Nothing changed");
    assert_eq!(chosen(&changed), [town.moderators.id()]);
    assert_eq!(bot.stored(COUNT_STAFF).await, 1);
}

#[tokio::test]
async fn the_menu_of_a_deleted_inbox_answers() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let sam = town.member("sam");
    let card = town.manage("staff", &inbox).await;
    town.delete_inbox(&inbox).await;

    let told = choose(&town, &card, [&sam], []).await;

    assert_told(&told, "no longer exists");
    assert_eq!(bot.stored(COUNT_STAFF).await, 0);
}

#[tokio::test]
async fn staff_of_an_inbox_without_its_message_can_be_changed_by_its_number() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let sam = town.member("sam");
    town.guild.owner().delete_message(&inbox);
    bot.wait_for("SELECT count(message_id) FROM panel", 0).await;

    let card = town.manage_named("staff", "1").await;
    let changed = choose(&town, &card, [&sam], []).await;

    assert_told(&changed, &sam.mention());
}

#[tokio::test]
async fn a_menu_that_could_not_be_shown_leaves_the_step_open() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    sim.fault(Fault::on("GET", "/guilds/{id}").error(400, 50109, "The request body contains invalid JSON."));

    let failed = town.manage_selected("staff", &inbox).await;
    let card = town.select(&inbox).await;

    assert_told(&failed, "unexpected");
    assert_told(&card, &town.moderators.mention());
}

#[tokio::test]
async fn a_menu_that_took_long_to_show_works_like_any_other() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let sam = town.member("sam");
    let slow = sim.fault(Fault::on("GET", "/guilds/{id}").hold());
    let card = town.admin.slash("inbox staff").string("inbox", &inbox.url()).begin();
    sim.wait_until("the interaction to be deferred", || card.state() == State::Thinking).await;
    slow.release();
    card.finished().await;

    let changed = choose(&town, &card, [&sam], []).await;

    assert!(card.is_private());
    assert_told(&changed, "Saved");
    assert_eq!(changed.message().id(), card.message().id());
}
