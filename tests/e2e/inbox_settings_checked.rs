//! `/inbox settings`: who may use the pages, and what is checked when something is set.

use std::time::Duration;

use discord_sim::permissions::{
    BOT_DEFAULT, CREATE_PRIVATE_THREADS, MANAGE_GUILD, MANAGE_THREADS, SEND_MESSAGES, VIEW_CHANNEL,
};
use discord_sim::{Fault, Message, Reply, Sim, Values};
use serde_json::json;

use crate::admin::{assert_told, chosen, list, preview};
use crate::support::{TestBot, Town};

const BUTTON: u64 = 2;
const MENU: u64 = 3;

/// What pages change.
const SETTINGS: &str = "SELECT group_concat(settings || revisions || coalesce(card_channel_id, 0)) FROM inbox";

async fn page(town: &Town, inbox: &Message, group: &str) -> Reply {
    let overview = town.manage("settings", inbox).await;
    town.admin.select(&overview, "#0", Values::strings([group])).await
}

async fn write(town: &Town, page: &Reply, button: &str, text: &str) -> Reply {
    let form = town.admin.click(page, button).await;
    town.admin.submit(&form, &[("value", text)]).await
}

/// The ids of all components of a page.
fn ids(page: &Reply) -> Vec<String> {
    let components = page.components();
    let inner = components.iter().flat_map(|row| list(&row["components"]));
    inner.filter_map(|component| component["custom_id"].as_str()).map(str::to_owned).collect()
}

#[tokio::test]
async fn ids_that_were_made_up_or_shown_to_somebody_else_change_nothing() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    let page = page(&town, &inbox, "closing").await;
    let form = town.admin.click(&page, "Stay visible …").await.modal().expect("a form");
    let before = bot.stored_text(SETTINGS).await;
    let stamp = "AAAAAA0123456789abcdef_-wxYZ";

    let mut forged: Vec<String> = ids(&page);
    forged.extend(["spg", "sch", "sed"].map(|route| format!("{route}:{stamp}:1:closing.owners_may_close:0")));
    for id in forged {
        for kind in [BUTTON, MENU] {
            let told = anna.forge_component(&inbox, kind, &id, json!({ "values": ["always"], "resolved": {} })).await;
            assert_told(&told, "no longer works");
        }
    }
    for id in [form.custom_id, format!("sfm:{stamp}:1:closing.visible_hours:0")] {
        assert_told(&anna.forge_form(&town.help, &id, "value", "5").await, "no longer works");
    }

    assert_eq!(bot.stored_text(SETTINGS).await, before);
}

#[tokio::test]
async fn an_admin_with_a_changed_client_sets_nothing_that_a_page_does_not_offer() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let closing = page(&town, &inbox, "closing").await;
    let before = bot.stored_text(SETTINGS).await;

    for id in ids(&closing).iter().filter(|id| id.starts_with("sch")) {
        let chosen = json!({ "values": ["whatever"], "resolved": {} });
        let told = town.admin.forge_component(&closing.message(), MENU, id, chosen).await;
        assert_told(&told, "no longer works");
    }
    let form = town.admin.click(&closing, "Stay visible …").await.modal().expect("a form");
    let told = town.admin.forge_form(&town.help, &form.custom_id, "value", "169").await;

    assert_told(&told, "a whole number from 0 to 168");
    assert_eq!(bot.stored_text(SETTINGS).await, before);
}

#[tokio::test]
async fn the_inbox_of_another_server_is_not_reached() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let (town, village) = (Town::build(&sim), Town::build(&sim));
    let inbox = town.create_inbox().await;
    let own = village.create_inbox().await;
    let guest = town.guild.join(&village.admin);
    let closing = page(&village, &own, "closing").await;

    for reference in ["1", &inbox.url()] {
        assert_told(&village.manage_named("settings", reference).await, "no longer exists");
    }
    for id in ids(&closing) {
        let told = guest.forge_component(&inbox, BUTTON, &id, json!({})).await;
        assert_told(&told, "no longer works");
    }

    assert_eq!(bot.stored("SELECT count(*) FROM inbox WHERE settings <> '{}'").await, 0);
}

#[tokio::test]
async fn who_may_use_the_command_without_managing_the_server_can_use_a_page_for_a_quarter_of_an_hour() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let manager = town.guild.role("More managers").permissions(MANAGE_GUILD).create();
    let bert = town.member("bert");
    bert.give_role(&manager);
    let overview = bert.slash("inbox settings").string("inbox", &inbox.url()).send().await;
    let page = bert.select(&overview, "#0", Values::strings(["closing"])).await;
    bert.take_role(&manager);

    let soon = bert.click(&page, "Owners close").await;
    sim.advance(Duration::from_mins(16));
    let late = bert.click(&page, "Owners re-open").await;

    assert_told(&soon, "Saved");
    assert!(!late.text().contains("Saved"), "{}", late.text());
    assert_eq!(bot.stored("SELECT revisions ->> '$.closing' FROM inbox").await, 1);
}

#[tokio::test]
async fn who_could_read_more_by_a_channel_is_named() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let (guests, zoe) = (town.guild.role("Guests").create(), town.member("zoe"));
    let open = town.guild.text_channel("open").create();
    let shared = town.guild.text_channel("shared").deny_everyone(VIEW_CHANNEL).allow_bot(VIEW_CHANNEL);
    let shared = shared.allow_role(&town.moderators, VIEW_CHANNEL).allow_role(&guests, VIEW_CHANNEL);
    let shared = shared.allow_member(&zoe, VIEW_CHANNEL).create();

    for group in ["work", "log"] {
        let page = page(&town, &inbox, group).await;
        let told = town.admin.select(&page, "#0", Values::channels([&open])).await;
        assert_told(&told, "Saved.");
        assert_told(&told, &format!("**@everyone** can see <#{}>", open.id()));
        let told = town.admin.select(&told, "#0", Values::channels([&shared])).await;
        assert_told(&told, &format!("{} {}", guests.mention(), zoe.mention()));
        assert!(!told.text().contains(&town.moderators.mention()), "{}", told.text());
        assert!(told.message().pinged().is_empty());
    }
}

#[tokio::test]
async fn what_the_bot_lacks_in_a_channel_is_named() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let mute = town.guild.text_channel("mute").deny_everyone(VIEW_CHANNEL).allow_bot(VIEW_CHANNEL);
    let mute = mute.deny_bot(SEND_MESSAGES).create();
    let hidden = town.guild.text_channel("hidden").deny_everyone(VIEW_CHANNEL).create();
    let page = page(&town, &inbox, "log").await;

    let told = town.admin.select(&page, "#0", Values::channels([&mute])).await;
    assert_told(&told, &format!("I lack **Send Messages** in <#{}>, the channel of the log", mute.id()));
    let told = town.admin.select(&told, "#0", Values::channels([&hidden])).await;
    assert_told(&told, &format!("I lack **View Channel** in <#{}>", hidden.id()));
}

#[tokio::test]
async fn a_channel_where_no_tickets_can_be_made_is_refused_and_the_page_shows_the_old_one() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let shut = town.guild.text_channel("shut").deny_bot(CREATE_PRIVATE_THREADS).create();
    let blind = town.guild.text_channel("blind").deny_role(&town.moderators, VIEW_CHANNEL).create();
    let page = page(&town, &inbox, "opening").await;

    let refused = town.admin.select(&page, "#0", Values::channels([&shut])).await;
    assert_told(&refused, "Create Private Threads");
    assert_eq!(chosen(&refused), [town.help.id()]);
    let set = town.admin.select(&refused, "#0", Values::channels([&blind])).await;

    assert_told(&set, "Saved. **Channel of tickets**");
    assert_told(&set, &format!("cannot see <#{}>, where its tickets go: {}", blind.id(), town.moderators.mention()));
    assert_told(&set, "Without **Manage Threads**");
    assert_eq!(bot.stored("SELECT destination_id FROM inbox").await, blind.id().cast_signed());
}

#[tokio::test]
async fn threads_are_deleted_only_where_the_bot_may_and_while_records_are_kept() {
    let sim = Sim::start().await;
    let mut bot = TestBot::configured(&sim, "retention.closed_tickets_days = 30\n");
    bot.boot().await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let page = page(&town, &inbox, "closing").await;

    let too_late = write(&town, &page, "Delete threads …", "31").await;
    assert_told(&too_late, "a whole number from 0 to 30");
    assert_told(&too_late, "keeps the records of closed tickets for 30 days");
    let without = write(&town, &too_late, "Delete threads …", "30").await;
    assert_told(&without, "**Delete threads**: 30 days after closing");
    assert_told(
        &without,
        &format!("I lack **Manage Threads** in <#{}>: threads there are not deleted", town.help.id()),
    );
    town.guild.bot_role_permissions(BOT_DEFAULT | MANAGE_THREADS);
    let with = write(&town, &without, "Delete threads …", "7").await;

    assert_eq!(with.text(), "Saved. **Delete threads**: 7 days after closing");
}

#[tokio::test]
async fn staff_who_would_not_notice_a_ticket_are_a_warning() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let quiet = town.guild.role("Quiet").create();
    let staff = town.manage("staff", &inbox).await;
    town.admin.select(&staff, "#0", Values::roles([&quiet])).await;
    let cards = town.guild.text_channel("cards").deny_everyone(VIEW_CHANNEL).allow_role(&quiet, VIEW_CHANNEL);
    let cards = cards.allow_bot(VIEW_CHANNEL | SEND_MESSAGES).create();
    let warning = "Neither the first message nor a card mentions the staff";

    let page = page(&town, &inbox, "beginning").await;
    let off = town.admin.select(&page, "#0", Values::strings(["no"])).await;
    assert!(preview(&off).contains(warning), "{}", preview(&off));
    let work = self::page(&town, &inbox, "work").await;
    assert!(preview(&work).contains(warning));
    let useless = town.admin.click(&work, "Mention on cards").await;
    assert!(preview(&useless).contains("Without a card channel"), "{}", preview(&useless));
    let useful = town.admin.select(&useless, "#0", Values::channels([&cards])).await;
    assert!(!preview(&useful).contains(warning), "{}", preview(&useful));
    assert_told(&useful, &format!("may not mention these staff roles in <#{}>", cards.id()));
    let page = self::page(&town, &inbox, "beginning").await;
    let silent = town.admin.select(&page, "#0", Values::strings(["silent"])).await;
    assert_told(&silent, &quiet.mention());
}

#[tokio::test]
async fn a_check_that_discord_does_not_answer_is_said_and_the_setting_stays() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let open = town.guild.text_channel("open").create();
    let page = page(&town, &inbox, "work").await;
    sim.fault(Fault::on("GET", "/guilds/{id}").error(400, 50109, "The request body contains invalid JSON."));

    let told = town.admin.select(&page, "#0", Values::channels([&open])).await;

    assert_told(&told, "Saved.");
    assert_told(&told, "I could not check my permissions");
    assert_eq!(bot.stored("SELECT card_channel_id FROM inbox").await, open.id().cast_signed());
}

#[tokio::test]
async fn a_channel_that_was_deleted_is_said_and_another_can_be_chosen() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let (old, new) = (town.guild.text_channel("old").create(), town.guild.text_channel("new").create());
    let log = page(&town, &inbox, "log").await;
    town.admin.select(&log, "#0", Values::channels([&old])).await;
    old.delete();

    let shown = page(&town, &inbox, "log").await;
    assert!(preview(&shown).contains("The channel of the log no longer exists"), "{}", preview(&shown));
    assert!(!chosen(&shown).contains(&old.id()), "a menu must not offer it");
    let set = town.admin.select(&shown, "#0", Values::channels([&new])).await;

    assert_told(&set, &format!("Saved. **Log channel**: <#{}>", new.id()));
    assert!(!preview(&set).contains("no longer exists"), "{}", preview(&set));
}

#[tokio::test]
async fn staff_who_cannot_see_the_cards_are_named() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let cards = town.guild.text_channel("cards").deny_everyone(VIEW_CHANNEL).allow_bot(VIEW_CHANNEL).create();
    let page = page(&town, &inbox, "work").await;

    let told = town.admin.select(&page, "#0", Values::channels([&cards])).await;

    assert_told(&told, &format!("staff roles cannot see <#{}>", cards.id()));
    assert_told(&told, &town.moderators.mention());
}

#[tokio::test]
async fn deleting_that_is_switched_off_ends_for_the_tickets_closed_so_far() {
    const DELETIONS: &str = "SELECT count(*) FROM timer WHERE kind = 'delete'";
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.let_bot_moderate();
    let inbox = town.create_inbox().await;
    let (anna, mona) = (town.member("anna"), town.moderator("mona"));
    let closing = page(&town, &inbox, "closing").await;
    write(&town, &closing, "Delete threads …", "2").await;
    let ticket = town.open_ticket(&anna, &inbox).await;
    mona.archive(&ticket);
    bot.wait_for(DELETIONS, 1).await;

    write(&town, &closing, "Delete threads …", "0").await;

    assert_eq!(bot.stored(DELETIONS).await, 0);
}
