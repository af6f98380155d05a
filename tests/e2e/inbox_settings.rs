//! `/inbox settings`: pages with every setting of an inbox, and of the server. A page changes in place, so each of its
//! states is looked at before the next click.

use discord_sim::permissions::{
    CREATE_PUBLIC_THREADS, READ_MESSAGE_HISTORY, SEND_MESSAGES, SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL,
};
use discord_sim::{Channel, Fault, Message, Reply, Sim, State, Values};

use crate::admin::{assert_told, chosen, list, preview};
use crate::support::{TestBot, Town};

/// The groups of an inbox's settings, by the values of the menu.
const GROUPS: [&str; 5] = ["opening", "beginning", "closing", "work", "log"];

const FAIL_INBOXES: &str =
    "CREATE TRIGGER full BEFORE UPDATE ON inbox BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END";

/// The page of a group.
async fn page(town: &Town, inbox: &Message, group: &str) -> Reply {
    let overview = town.manage("settings", inbox).await;
    town.admin.select(&overview, "#0", Values::strings([group])).await
}

/// Opens a form of a page, and sends it with this text.
async fn write(town: &Town, page: &Reply, button: &str, text: &str) -> Reply {
    let form = town.admin.click(page, button).await;
    town.admin.submit(&form, &[("value", text)]).await
}

/// A channel that only the moderators, the bot and admins see.
fn staff_channel(town: &Town, name: &str) -> Channel {
    let hidden = town.guild.text_channel(name).deny_everyone(VIEW_CHANNEL);
    let needed = VIEW_CHANNEL | SEND_MESSAGES | READ_MESSAGE_HISTORY | CREATE_PUBLIC_THREADS | SEND_MESSAGES_IN_THREADS;
    hidden.allow_role(&town.moderators, VIEW_CHANNEL).allow_bot(needed).create()
}

#[track_caller]
fn assert_shows(page: &Reply, part: &str) {
    assert!(page.is_private());
    assert!(preview(page).contains(part), "expected {part:?} in: {}", preview(page));
}

#[tokio::test]
async fn the_page_of_an_inbox_leads_to_each_group_and_back_in_place() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;

    let overview = town.manage("settings", &inbox).await;
    assert_shows(&overview, "**Closing**: Who closes");
    assert!(overview.links_to_message(&inbox));
    for (group, shown) in GROUPS.into_iter().zip([
        "**Cooldown:** 60 seconds (default)\nHow long a member waits",
        "**Mention of staff:** with a notification (default)",
        "**Delete threads:** never (default)",
        "**Card channel:** none (default)",
        "**Log channel:** none (default)",
    ]) {
        let page = town.admin.select(&overview, "#0", Values::strings([group])).await;
        assert_shows(&page, shown);
        assert_eq!(page.message().id(), overview.message().id());
        let back = town.admin.click(&page, "Back").await;
        assert_shows(&back, "**Closing**: Who closes");
    }
    let staff = town.admin.select(&overview, "#0", Values::strings(["staff"])).await;
    assert_eq!(chosen(&staff), [town.moderators.id()]);
    assert_shows(&town.admin.click(&staff, "Back").await, "**Closing**: Who closes");
}

#[tokio::test]
async fn a_switch_is_saved_and_shown_and_another_click_takes_it_back() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let page = page(&town, &inbox, "closing").await;

    let off = town.admin.click(&page, "Owners close").await;
    assert_told(&off, "Saved. **Owners close**: off");
    assert_shows(&off, "**Owners close: off** (default: on)");
    assert_eq!(bot.stored("SELECT settings ->> '$.closing.owners_may_close' FROM inbox").await, 0);
    assert_shows(&town.admin.click(&off, "Back").await, "(1 changed)");

    let closing = self::page(&town, &inbox, "closing").await;
    let on = town.admin.click(&closing, "Owners close").await;
    assert_told(&on, "Saved. **Owners close**: on");
    assert_eq!(bot.stored_text("SELECT settings FROM inbox").await, "{}", "a default is not stored");
}

#[tokio::test]
async fn one_of_several_values_is_chosen_in_a_menu() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let page = page(&town, &inbox, "closing").await;

    let changed = town.admin.select(&page, "#0", Values::strings(["Reason for closing: required"])).await;
    assert_told(&changed, "Saved. **Reason for closing**: required");
    let again = town.admin.select(&changed, "#0", Values::strings(["always"])).await;
    assert_told(&again, "Nothing changed");
    assert_eq!(bot.stored_text("SELECT settings ->> '$.closing.ask_reason' FROM inbox").await, "always");
}

#[tokio::test]
async fn a_channel_is_chosen_in_a_menu_and_taken_away_in_it() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let cards = staff_channel(&town, "cards");
    let page = page(&town, &inbox, "work").await;

    let set = town.admin.select(&page, "#0", Values::channels([&cards])).await;
    assert_eq!(set.text(), format!("Saved. **Card channel**: <#{}>", cards.id()), "nobody else reads it");
    assert_eq!(chosen(&set), [cards.id()]);
    assert_eq!(bot.stored("SELECT card_channel_id FROM inbox").await, cards.id().cast_signed());

    let unset = town.admin.select(&set, "#0", Values::none()).await;
    assert_told(&unset, "Saved. **Card channel**: none");
    assert_eq!(bot.stored("SELECT card_channel_id IS NULL FROM inbox").await, 1);
}

#[tokio::test]
async fn a_number_is_written_in_a_form_and_a_wrong_one_is_told_with_the_range() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let page = page(&town, &inbox, "opening").await;
    let form = town.admin.click(&page, "Cooldown …").await.modal().expect("a form");
    assert_eq!((form.title.as_str(), form.fields[0].value.as_str()), ("Cooldown", "60"));
    assert_eq!(form.fields[0].label, "0 to 21600 seconds, or 5m");

    let saved = write(&town, &page, "Cooldown …", " 90 ").await;
    assert_told(&saved, "Saved. **Cooldown**: 90 seconds");
    assert_shows(&saved, "**Cooldown: 90 seconds** (default: 60 seconds)");
    assert_eq!(saved.message().id(), page.message().id());
    for wrong in ["21601", "-1", "1.5", "soon", "99999999", "٣"] {
        let told = write(&town, &saved, "Cooldown …", wrong).await;
        assert_told(&told, "**Cooldown** must be a whole number from 0 to 21600");
    }
    assert_eq!(bot.stored("SELECT settings ->> '$.opening.cooldown' FROM inbox").await, 90);
    assert_told(&write(&town, &saved, "Cooldown …", "").await, "**Cooldown**: 60 seconds");
}

#[tokio::test]
async fn the_first_message_is_written_in_a_form_and_shown_as_it_will_look() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let page = page(&town, &inbox, "beginning").await;

    let saved = write(&town, &page, "First message …", &format!("Hello $author! {}", "long ".repeat(50))).await;
    assert_told(&saved, "would begin like this");
    assert_shows(&saved, &format!("Hello {}!", town.admin.mention()));
    assert_shows(&saved, "Hello $author! long");
    assert_shows(&saved, "long…** (default: $author, thank you");
    let too_long = write(&town, &saved, "First message …", &"$staff".repeat(333)).await;
    assert_told(&too_long, "would be longer than Discord allows");
    assert_shows(&too_long, "$staff$staff");
    let named = write(&town, &too_long, "Name of the thread …", "*$counter*").await;
    assert_told(&named, "would be called");
    assert_shows(&named, "\\*0001\\*");
    assert_eq!(bot.stored_text("SELECT settings ->> '$.beginning.ticket_name' FROM inbox").await, "*$counter*");
    assert!(
        bot.stored_text("SELECT settings ->> '$.beginning.starter' FROM inbox").await.starts_with("Hello $author!")
    );
}

#[tokio::test]
async fn a_page_from_before_another_change_is_refused_and_shows_what_is_set_now() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let (old, new) = (page(&town, &inbox, "closing").await, page(&town, &inbox, "closing").await);
    town.admin.click(&new, "Owners re-open").await;

    let refused = town.admin.click(&old, "Owners close").await;
    assert_told(&refused, "Not saved: somebody changed these settings");
    assert_shows(&refused, "**Owners re-open: on** (default: off)");
    assert_shows(&refused, "**Owners close:** on (default)");
    assert_told(&town.admin.click(&refused, "Owners close").await, "Saved. **Owners close**: off");
    assert_eq!(bot.stored("SELECT revisions ->> '$.closing' FROM inbox").await, 2);
    // Changes of another group do not matter.
    let work = page(&town, &inbox, "work").await;
    town.admin.click(&page(&town, &inbox, "closing").await, "Owners close").await;
    assert_told(&town.admin.click(&work, "One claimer only").await, "Saved.");
}

#[tokio::test]
async fn a_form_from_before_another_change_is_refused_and_the_text_is_not_lost() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let page = page(&town, &inbox, "beginning").await;
    let form = town.admin.click(&page, "First message …").await;
    town.admin.click(&page, "Close button").await;

    let refused = town.admin.submit(&form, &[("value", "A long text of mine")]).await;

    assert_told(&refused, "somebody changed these settings after the form was shown");
    assert_shows(&refused, "A long text of mine");
    assert_eq!(bot.stored("SELECT count(settings ->> '$.beginning.starter') FROM inbox").await, 0);
}

#[tokio::test]
async fn of_two_clicks_at_the_same_moment_one_counts() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let page = page(&town, &inbox, "closing").await;

    let (one, two) = tokio::join!(town.admin.click(&page, "Owners close"), town.admin.click(&page, "Owners close"));

    let saved = [&one, &two].into_iter().filter(|reply| reply.text().contains("Saved")).count();
    assert!(saved <= 1, "{} / {}", one.text(), two.text());
    assert_eq!(bot.stored("SELECT revisions ->> '$.closing' FROM inbox").await, 1);
}

#[tokio::test]
async fn pages_and_forms_work_after_a_restart() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let page = page(&town, &inbox, "opening").await;
    let form = town.admin.click(&page, "Tickets per member …").await;

    bot.restart().await;
    let saved = town.admin.submit(&form, &[("value", "3")]).await;
    assert_told(&saved, "**Tickets per member**: at most 3");
    bot.restart().await;
    let again = write(&town, &saved, "Tickets per member …", "0").await;

    assert_told(&again, "**Tickets per member**: any number");
    assert_eq!(bot.stored("SELECT member_limit FROM inbox").await, 0);
}

#[tokio::test]
async fn the_server_has_a_page_of_its_own_that_leads_to_its_inboxes() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.create_inbox().await;
    let second = town.create_inbox().await;
    let log = staff_channel(&town, "log");

    let server = town.admin.slash("inbox settings").send().await;
    let inbox = town.admin.select(&server, "#1", Values::strings(["Inbox 2 · Create Ticket"])).await;
    assert!(inbox.links_to_message(&second));
    let server = town.admin.click(&inbox, "Settings of the server").await;
    let page = town.admin.select(&server, "#0", Values::strings(["log"])).await;
    assert_shows(&page, "**Reasons:** off (default)");
    let set = town.admin.select(&page, "#0", Values::channels([&log])).await;
    assert_eq!(set.text(), format!("Saved. **Log channel**: <#{}>", log.id()));
    let set = town.admin.click(&set, "Reasons").await;

    assert_told(&set, "Saved. **Reasons**: on");
    assert_eq!(bot.stored("SELECT log_channel_id FROM guild").await, log.id().cast_signed());
    assert_eq!(bot.stored_text("SELECT settings FROM guild").await, r#"{"log":{"reasons":true}}"#);
    assert_eq!(bot.stored("SELECT revisions ->> '$.log' FROM guild").await, 2);
    assert_eq!(bot.stored("SELECT count(*) FROM inbox WHERE settings <> '{}' OR revisions <> '{}'").await, 0);
}

#[tokio::test]
async fn a_server_without_inboxes_has_no_settings() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);

    assert_told(&town.admin.slash("inbox settings").send().await, "no inboxes");
    assert_told(&town.manage_named("settings", "1").await, "no longer exists");
}

#[tokio::test]
async fn a_page_of_an_inbox_that_was_deleted_says_so() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let page = page(&town, &inbox, "closing").await;
    let form = town.admin.click(&page, "Stay visible …").await;
    town.delete_inbox(&inbox).await;

    assert_told(&town.admin.click(&page, "Owners close").await, "no longer exists");
    assert_told(&town.admin.submit(&form, &[("value", "2")]).await, "no longer exists");
    assert_told(&town.admin.click(&page, "Back").await, "no longer exists");
}

#[tokio::test]
async fn a_database_that_cannot_write_is_told_and_the_page_works_later() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let page = page(&town, &inbox, "closing").await;
    bot.store(FAIL_INBOXES, 0).await;

    let failed = town.admin.click(&page, "Owners close").await;
    bot.store("DROP TRIGGER full", 0).await;
    let saved = town.admin.click(&page, "Owners close").await;

    assert!(failed.is_private() && !failed.text().contains("Saved"), "{}", failed.text());
    assert_told(&saved, "Saved. **Owners close**: off");
}

#[tokio::test]
async fn a_change_that_takes_long_to_check_is_shown_on_the_page() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let cards = staff_channel(&town, "cards");
    let page = page(&town, &inbox, "work").await;
    let slow = sim.fault(Fault::on("GET", "/guilds/{id}").hold());

    let set = town.admin.begin_select(&page, "#0", Values::channels([&cards]));
    sim.wait_until("the interaction to be deferred", || set.state() != State::Waiting).await;
    slow.release();
    set.finished().await;

    sim.wait_until("the page", || page.message().text().contains("Saved. **Card channel**")).await;
}

#[tokio::test]
async fn a_form_that_is_sent_as_it_was_opened_changes_nothing() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let filled = r#"{"access":{"account_age":90},"hours":{"zone":"Europe/Berlin","week":"Mon-Fri 09:00-17:00"},
        "opening":{"cooldown":90},"panel":{"emoji":"💶"}}"#;
    for settings in ["{}", filled] {
        bot.store("UPDATE inbox SET settings = $1", settings).await;
        let before = bot.stored_text("SELECT settings FROM inbox").await;
        let mut forms = 0;
        for group in ["panel", "opening", "hours", "pause", "beginning", "closing", "work", "log", "access"] {
            let page = page(&town, &inbox, group).await;
            for button in page.buttons().iter().filter(|button| button.label.ends_with(" …")) {
                let form = town.admin.click(&page, &button.label).await;
                if form.modal().is_none() {
                    continue;
                }
                let sent = town.admin.submit(&form, &[]).await;
                assert_told(&sent, "Nothing changed");
                forms += 1;
            }
        }
        assert!(forms > 8, "{forms}");
        assert_eq!(bot.stored_text("SELECT settings FROM inbox").await, before);
    }
    // The words that are the default are no words of one's own.
    let page = page(&town, &inbox, "panel").await;
    write(&town, &page, "Label …", "Help me").await;
    let page = self::page(&town, &inbox, "panel").await;
    assert_told(&write(&town, &page, "Label …", "Create Ticket").await, "Saved.");
    assert_eq!(bot.stored("SELECT count(settings ->> '$.panel.label') FROM inbox").await, 0);
}

#[tokio::test]
async fn every_page_is_taken_by_discord_in_every_language_and_fits_a_phone() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    for language in ["en-US", "en-GB", "de", "fr", "ja"] {
        let town = Town::build_in(&sim, language);
        let inbox = town.create_inbox().await;
        town.admin.set_locale(language);
        let mut pages = vec![town.manage("settings", &inbox).await, town.admin.slash("inbox settings").send().await];
        for group in GROUPS {
            pages.push(page(&town, &inbox, group).await);
        }
        for page in pages {
            let rows = page.components();
            assert!(page.is_private() && (1..=5).contains(&rows.len()), "{language}: {}", preview(&page));
            for row in &rows {
                let buttons = list(&row["components"]);
                assert!(buttons.len() <= 3, "{language}: {row}");
            }
            for button in rows.iter().flat_map(|row| list(&row["components"])) {
                let Some(label) = button["label"].as_str().filter(|label| label.ends_with(" …")) else { continue };
                let form = town.admin.click(&page, label).await.modal().expect("a form");
                assert!(form.fields[0].label.chars().count() <= 45);
            }
        }
    }
    assert!(!bot.log().contains("could not show"), "an answer was refused");
}
