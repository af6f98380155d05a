//! What a member could send with a modified client: invented ids, other people's menus, other servers' inboxes.

use std::time::Duration;

use discord_sim::permissions::MANAGE_GUILD;
use discord_sim::{Message, Reply, Sim, Values};
use serde_json::json;

use crate::admin::assert_told;
use crate::support::{TestBot, Town};
use crate::town::{CREATE_TICKET, SELECT};

const BUTTON: u64 = 2;
const MENTIONABLE_MENU: u64 = 7;

/// The id behind the first component or the form of an answer.
fn id_behind(reply: &Reply) -> String {
    if let Some(form) = reply.modal() {
        return form.custom_id;
    }
    let components = reply.components();
    let found = components.iter().find_map(|row| row["components"][0]["custom_id"].as_str());
    found.expect("an id").to_owned()
}

/// What only an admin may change: settings, staff, and the number of inboxes.
async fn settings(bot: &TestBot<'_>) -> [i64; 4] {
    [
        bot.stored("SELECT count(*) FROM inbox").await,
        bot.stored("SELECT count(settings ->> '$.beginning.starter') + count(settings ->> '$.beginning.ticket_name') FROM inbox").await,
        bot.stored("SELECT count(*) + (SELECT coalesce(sum(revisions ->> '$.staff'), 0) FROM inbox) FROM inbox_staff").await,
        bot.stored("SELECT count(*) FROM pending_selection").await,
    ]
}

#[tokio::test]
async fn made_up_ids_of_menus_forms_and_confirmations_change_nothing() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    let before = settings(&bot).await;
    let stamp = format!("AAAAAA{}", "0123456789abcdef_-wxYZ");

    // The last one of each is from version 0.1.
    let buttons = ["del:1".to_owned(), format!("del:{stamp}:1"), "t1:delete:1".to_owned()];
    let menus = ["stf:1:0".to_owned(), format!("stf:{stamp}:1:0"), "t1:staff:1:0".to_owned()];
    for (kind, ids) in [(BUTTON, buttons), (MENTIONABLE_MENU, menus)] {
        for id in ids {
            let chosen = json!({ "values": [anna.id().to_string()], "resolved": {} });
            assert_told(&anna.forge_component(&inbox, kind, &id, chosen).await, "no longer works");
        }
    }
    for route in ["str", "nam"] {
        for id in [format!("{route}:1"), format!("{route}:{stamp}:1"), "t1:name:1".to_owned()] {
            assert_told(&anna.forge_form(&town.help, &id, "value", "hacked").await, "no longer works");
        }
    }

    assert_eq!(settings(&bot).await, before);
    assert!(inbox.exists());
}

#[tokio::test]
async fn a_menu_or_form_that_was_shown_to_an_admin_is_of_no_use_to_anybody_else() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    let asked = town.manage("delete", &inbox).await;
    let menu = town.manage("staff", &inbox).await;
    let form = town.manage("new-tickets name", &inbox).await;
    let before = settings(&bot).await;

    let chosen = json!({ "values": [anna.id().to_string()], "resolved": {} });
    let answers = [
        anna.forge_component(&asked.message(), BUTTON, &id_behind(&asked), json!({})).await,
        anna.forge_component(&menu.message(), MENTIONABLE_MENU, &id_behind(&menu), chosen).await,
        anna.forge_form(&town.help, &id_behind(&form), "value", "hacked").await,
    ];

    for answer in answers {
        assert_told(&answer, "no longer works");
    }
    assert_eq!(settings(&bot).await, before);
    // They still work for the admin.
    assert_told(&town.admin.submit(&form, &[("value", "$counter")]).await, "Saved");
    town.admin.select(&menu, "#0", Values::users([&town.admin])).await;
    town.admin.click(&asked, "Delete it").await;
    assert_eq!(bot.stored("SELECT count(*) FROM inbox").await, 0);
}

#[tokio::test]
async fn an_admin_of_one_server_can_do_nothing_to_the_inbox_of_another() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let (town, village) = (Town::build(&sim), Town::build(&sim));
    let inbox = town.create_inbox().await;
    let own = village.create_inbox().await;
    // An admin of the village who is an ordinary member of the town.
    let guest = town.guild.join(&village.admin);
    let asked = village.manage("delete", &own).await;
    let before = settings(&bot).await;

    let id = id_behind(&asked);
    let elsewhere = guest.forge_component(&inbox, BUTTON, &id, json!({})).await;
    let renumbered = id.strip_suffix(":2").map(|id| format!("{id}:1")).unwrap();
    assert_ne!(renumbered, id);
    let renumbered = village.admin.forge_component(&own, BUTTON, &renumbered, json!({})).await;

    assert_told(&elsewhere, "no longer works");
    assert_told(&renumbered, "no longer works");
    for reference in ["1", &inbox.url()] {
        assert_told(&village.manage_named("staff", reference).await, "no longer exists");
        assert_told(&village.manage_named("delete", reference).await, "no longer exists");
    }
    assert_eq!(settings(&bot).await, before);
}

#[tokio::test]
async fn the_button_opens_tickets_of_the_servers_own_inbox_and_on_no_other_message() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let (town, village) = (Town::build(&sim), Town::build(&sim));
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    let berta = village.member("berta");
    let theirs: Message = anna.post(&town.help, "Create Ticket");

    let on_a_members_message = anna.forge_component(&theirs, BUTTON, "create-ticket", json!({})).await;
    let from_another_server = berta.forge_component(&inbox, BUTTON, "create-ticket", json!({})).await;

    assert_told(&on_a_members_message, "I no longer know this inbox");
    assert_told(&from_another_server, "I no longer know this inbox");
    assert_eq!(bot.stored("SELECT count(*) FROM ticket").await, 0);
    assert!(town.guild.threads().is_empty() && village.guild.threads().is_empty());
    town.open_ticket(&anna, &inbox).await;
}

#[tokio::test]
async fn an_id_of_one_kind_is_not_taken_for_another() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let form = town.manage("new-tickets starter", &inbox).await;
    let asked = town.manage("delete", &inbox).await;
    let before = settings(&bot).await;

    let form_as_button = town.admin.forge_component(&inbox, BUTTON, &id_behind(&form), json!({})).await;
    let button_as_form = town.admin.forge_form(&town.help, &id_behind(&asked), "value", "x").await;
    let ticket_as_form = town.admin.forge_form(&town.help, "create-ticket", "value", "x").await;

    for answer in [form_as_button, button_as_form, ticket_as_form] {
        assert_told(&answer, "no longer works");
    }
    assert_eq!(settings(&bot).await, before);
}

#[tokio::test]
async fn who_lost_manage_server_soon_loses_what_was_shown_to_them() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let chiefs = town.guild.role("Chiefs").permissions(MANAGE_GUILD).create();
    let carl = town.guild.member("carl").role(&chiefs).create();
    let asked = carl.slash("inbox delete").string("inbox", &inbox.url()).send().await;
    let still_admins = town.manage("new-tickets name", &inbox).await;
    carl.take_role(&chiefs);
    sim.advance(Duration::from_mins(15));

    let refused = carl.click(&asked, "Delete it").await;
    let saved = town.admin.submit(&still_admins, &[("value", "$counter")]).await;

    assert_told(&refused, "too old to be used");
    assert_eq!(bot.stored("SELECT count(*) FROM inbox").await, 1);
    assert!(inbox.exists());
    assert_told(&saved, "Saved");
}

#[tokio::test]
async fn a_step_that_one_admin_began_is_not_anothers_to_complete() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let other = town.guild.owner();
    town.run_create(&town.help, None).await;
    let text = other.post(&town.help, "Do you need help?");

    let refused = other.menu(SELECT, &text).await;

    assert_told(&refused, "No command is waiting for a message");
    assert_eq!(bot.stored("SELECT count(*) FROM inbox").await, 0);
    assert_told(&town.admin.menu(SELECT, &text).await, "Your inbox is ready");
}

#[tokio::test]
async fn clicks_that_are_refused_leave_no_row_however_many_there_are() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    town.open_ticket(&anna, &inbox).await;
    let everything = "SELECT (SELECT count(*) FROM ticket) + (SELECT count(*) FROM guild) + (SELECT count(*) FROM inbox)
         + (SELECT count(*) FROM inbox_staff) + (SELECT count(*) FROM pending_selection) + (SELECT count(*) FROM setting)
         + (SELECT counter FROM inbox)";
    let before = bot.stored(everything).await;

    for number in 0..20 {
        assert_told(&anna.click(&inbox, CREATE_TICKET).await, "already have an open ticket");
        let id = format!("del:AAAA{number:02}{}:1", "0".repeat(22));
        assert_told(&anna.forge_component(&inbox, BUTTON, &id, json!({})).await, "no longer works");
    }

    assert_eq!(bot.stored(everything).await, before);
}

#[tokio::test]
async fn when_a_crowd_opens_tickets_the_next_member_is_told_and_takes_no_place() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    let crowd = "WITH RECURSIVE crowd (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM crowd WHERE n < 100)
         INSERT INTO ticket (guild_id, inbox_id, owner_id, parent_id, state, slot, number, reserved_at)
         SELECT guild_id, id, n, destination_id, 'opening', 1, n, $1 FROM inbox, crowd";
    bot.store(crowd, sim.now_ms()).await;

    let refused = anna.click(&inbox, CREATE_TICKET).await;

    assert_told(&refused, "Many people are opening tickets");
    assert_eq!(bot.stored("SELECT count(*) FROM ticket").await, 100);
    bot.store("DELETE FROM ticket WHERE owner_id = $1", 1).await;
    town.open_ticket(&anna, &inbox).await;
}

#[tokio::test]
async fn a_server_can_have_so_many_inboxes_and_no_more() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.create_inbox().await;
    for _ in 0..249 {
        bot.store(
            "INSERT INTO inbox (guild_id, destination_id, created_at)
             SELECT guild_id, destination_id, $1 FROM inbox WHERE id = 1",
            0,
        )
        .await;
    }

    let refused = town.run_create(&town.help, None).await;

    assert_told(&refused, "already has 250 inboxes");
    bot.store("DELETE FROM inbox WHERE id = $1", 9).await;
    assert_told(&town.run_create(&town.help, None).await, SELECT);
}
