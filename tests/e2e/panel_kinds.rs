//! Several kinds of tickets on one panel: how they are added, what members see, and what each kind keeps for itself.
//! `panel_drawing` is about edits that fail, `panel_menus` about menus.

use discord_sim::permissions::{CREATE_PRIVATE_THREADS, MANAGE_THREADS, VIEW_CHANNEL};
use discord_sim::{Channel, Mark, Message, Reply, Request, Sim, Target};
use serde_json::json;

use crate::admin::{assert_told, list, preview};
use crate::support::{TestBot, Town};
use crate::town::CREATE_TICKET;

const BUTTON: u64 = 2;

impl Town {
    /// `/inbox create panel`, up to the form.
    pub async fn begin_add(&self, panel: &str) -> Reply {
        self.admin.slash("inbox create").string("panel", panel).send().await
    }

    /// One more inbox on a panel, with this label.
    pub async fn add_inbox(&self, panel: &str, label: &str) -> Reply {
        let form = self.begin_add(panel).await;
        self.admin.submit(&form, &[("label", label)]).await
    }

    /// The same, with an emoji.
    pub async fn add_inbox_with(&self, panel: &str, label: &str, emoji: &str) -> Reply {
        let form = self.begin_add(panel).await;
        self.admin.submit(&form, &[("label", label), ("emoji", emoji)]).await
    }

    /// A channel of its own for tickets, with the usual staff.
    pub fn desk(&self, name: &str) -> Channel {
        self.guild.text_channel(name).allow_role(&self.moderators, MANAGE_THREADS).create()
    }
}

impl TestBot<'_> {
    /// Waits until every panel shows its newest state.
    pub async fn panels_are_drawn(&self) {
        self.wait_for("SELECT count(*) FROM panel WHERE drawn < shown AND message_id IS NOT NULL", 0).await;
    }
}

/// The labels of a message's buttons.
pub fn labels(message: &Message) -> Vec<String> {
    message.buttons().into_iter().map(|button| button.label).collect()
}

pub fn ids(message: &Message) -> Vec<String> {
    message.buttons().into_iter().filter_map(|button| button.custom_id).collect()
}

/// The edits of this message since then.
pub fn edits(sim: &Sim, mark: Mark, message: &Message) -> Vec<Request> {
    let path = format!("/channels/{}/messages/{}", message.channel_id(), message.id());
    let requests = sim.requests_since(mark).into_iter();
    requests.filter(|request| request.method == "PATCH" && request.path == path).collect()
}

#[tokio::test]
async fn three_kinds_on_one_panel_each_open_their_own_tickets() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = town.create_inbox().await;
    let desk = town.desk("desk");
    let mark = sim.mark();

    let form = town.begin_add(&panel.url()).await;
    let added = town.admin.submit(&form, &[("label", "Billing"), ("emoji", "💶")]).await;
    let form = town.admin.slash("inbox create").string("panel", "1").channel("destination", &desk).send().await;
    town.admin.submit(&form, &[("label", "Appeals")]).await;
    sim.advance(std::time::Duration::from_secs(10));
    bot.panels_are_drawn().await;

    assert_told(&added, "Inbox 2 is on the panel");
    assert!(added.links_to_message(&panel), "{}", added.text());
    assert_eq!(labels(&panel), [CREATE_TICKET, "Billing", "Appeals"]);
    assert_eq!(ids(&panel), ["create-ticket:1", "create-ticket:2", "create-ticket:3"]);
    assert_eq!(panel.components()[0]["components"][1]["emoji"]["name"], "💶");
    assert_eq!(panel.embeds()[0]["description"], "Do you need help?");
    let edits = edits(&sim, mark, &panel);
    assert_eq!(edits.len(), 2, "one for each");
    for edit in &edits {
        let fields: Vec<&String> = edit.body.as_object().unwrap().keys().collect();
        assert_eq!(fields, ["allowed_mentions", "components"]);
    }
    for (label, channel) in [(CREATE_TICKET, &town.help), ("Billing", &town.help), ("Appeals", &desk)] {
        let reply = town.member(&label.to_lowercase().replace(' ', "_")).click(&panel, label).await;
        let thread = town.newest_thread();
        assert!(reply.links_to(&thread), "{label}: {}", reply.text());
        assert_eq!(thread.parent_id(), channel.id(), "{label}");
    }
    assert_eq!(bot.stored("SELECT count(DISTINCT inbox_id) FROM ticket").await, 3);
}

#[tokio::test]
async fn limits_names_and_staff_are_each_kinds_own() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = town.create_inbox().await;
    town.add_inbox("1", "Billing").await;
    bot.panels_are_drawn().await;
    let named = r#"{"panel":{"label":"Billing"},"beginning":{"ticket_name":"bill-$counter"}}"#;
    bot.store("UPDATE inbox SET settings = $1 WHERE id = 2", named).await;
    bot.store("DELETE FROM inbox_staff WHERE inbox_id = $1", 2).await;
    let anna = town.member("anna");

    let first = anna.click(&panel, CREATE_TICKET).await;
    let usual = town.newest_thread();
    let second = anna.click(&panel, "Billing").await;
    let bill = town.newest_thread();
    let third = anna.click(&panel, "Billing").await;

    assert!(first.links_to(&usual) && second.links_to(&bill) && usual.id() != bill.id());
    assert_eq!(bill.name(), "bill-0001");
    let mentioned = |thread: &discord_sim::Thread| thread.messages()[0].mentioned_roles();
    assert_eq!((mentioned(&usual), mentioned(&bill)), (vec![town.moderators.id()], vec![]));
    assert_told(&third, "You already have an open ticket here");
    assert!(third.links_to(&bill), "{}", third.text());
}

#[tokio::test]
async fn a_panel_has_up_to_twenty_five_inboxes_also_when_two_admins_add_the_last_one_at_once() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = town.create_inbox().await;
    let more = "WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < 23)
         INSERT INTO inbox (guild_id, panel_id, position, destination_id, created_at)
         SELECT i.guild_id, i.panel_id, n, i.destination_id, $1 FROM inbox i, more WHERE i.id = 1";
    bot.store(more, 0).await;
    let other = town.guild.owner();
    let forms = [
        (town.admin.clone(), town.begin_add("1").await),
        (other.clone(), other.slash("inbox create").string("panel", "1").send().await),
    ];

    let replies = forms.map(|(admin, form)| admin.begin_submit(&form, &[("label", "Last")]));
    let mut told = Vec::new();
    for reply in replies {
        told.push(reply.finished().await.text());
    }
    bot.panels_are_drawn().await;
    let full = town.begin_add("1").await;

    assert_eq!(told.iter().filter(|text| text.contains("is on the panel")).count(), 1, "{told:?}");
    assert_eq!(told.iter().filter(|text| text.contains("already has 25 inboxes")).count(), 1, "{told:?}");
    assert_told(&full, "already has 25 inboxes");
    let rows: Vec<usize> = panel.components().iter().map(|row| list(&row["components"]).len()).collect();
    assert_eq!(rows, [5, 5, 5, 5, 5]);
    assert_eq!(bot.stored("SELECT count(*) FROM inbox").await, 25);
}

#[tokio::test]
async fn two_admins_who_add_inboxes_at_once_both_see_them_on_the_panel() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = town.create_inbox().await;
    let other = town.guild.owner();
    let forms = [town.begin_add("1").await, other.slash("inbox create").string("panel", &panel.url()).send().await];

    let first = town.admin.begin_submit(&forms[0], &[("label", "Billing")]);
    let second = other.begin_submit(&forms[1], &[("label", "Appeals")]);
    let told = [first.finished().await, second.finished().await];
    sim.advance(std::time::Duration::from_secs(10));
    bot.panels_are_drawn().await;

    for reply in told {
        assert_told(&reply, "is on the panel");
    }
    let mut shown = labels(&panel);
    shown.sort();
    assert_eq!(shown, ["Appeals", "Billing", CREATE_TICKET]);
    assert_eq!(bot.stored("SELECT count(DISTINCT position) FROM inbox").await, 3);
}

#[tokio::test]
async fn a_new_inbox_gets_settings_and_staff_of_another_but_not_the_look_of_its_button() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let desk = town.desk("desk");
    let panel = town.create_inbox_to(&desk).await;
    let settings = r#"{"panel":{"label":"Old","color":"red"},"opening":{"cooldown":0},"later":{"x":1}}"#;
    bot.store("UPDATE inbox SET member_limit = 7, settings = $1", settings).await;
    bot.store("INSERT INTO inbox_staff VALUES (1, $1, 5)", format!("<@{}>", town.admin.id()).as_str()).await;

    let form = town.admin.slash("inbox create").string("panel", "1").string("like", "1").send().await;
    town.admin.submit(&form, &[("label", "New")]).await;
    let prompt = town.admin.slash("inbox create").channel("channel", &town.help).string("like", "2").send().await;
    town.select(&town.admin.post(&town.help, "Another panel")).await;
    bot.panels_are_drawn().await;

    assert!(prompt.links_to(&desk), "its tickets go where those of the other go: {}", prompt.text());
    assert_eq!(labels(&panel), ["Old", "New"]);
    assert_eq!(panel.buttons()[1].style, 1);
    let same = "SELECT count(*) FROM inbox WHERE member_limit = 7 AND settings ->> '$.opening.cooldown' = 0
         AND settings ->> '$.later.x' = 1 AND settings ->> '$.panel.color' IS NULL";
    assert_eq!(bot.stored(same).await, 2);
    assert_eq!(bot.stored("SELECT count(*) FROM inbox_staff WHERE inbox_id > 1").await, 4);
    assert_eq!(bot.stored("SELECT count(DISTINCT destination_id) FROM inbox").await, 1);
}

#[tokio::test]
async fn either_a_channel_or_a_panel_is_named() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.create_inbox().await;

    let neither = town.admin.slash("inbox create").send().await;
    let both = town.admin.slash("inbox create").channel("channel", &town.help).string("panel", "1").send().await;

    for refused in [neither, both] {
        assert_told(&refused, "Enter either `channel`");
    }
    assert_eq!(bot.stored("SELECT count(*) FROM pending_selection").await, 0);
}

#[tokio::test]
async fn the_channel_of_a_new_kinds_tickets_is_checked_and_nothing_is_made_without_it() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = town.create_inbox().await;
    let hidden = town.guild.text_channel("hidden").create();
    let form = town.admin.slash("inbox create").string("panel", "1").channel("destination", &hidden).send().await;
    hidden.set_overwrite(Target::bot(), 0, VIEW_CHANNEL);

    let refused = town.admin.submit(&form, &[("label", "Billing")]).await;

    assert_told(&refused, "**View Channel**");
    assert_eq!(labels(&panel), [CREATE_TICKET]);
    assert_eq!(bot.stored("SELECT count(*) FROM inbox").await, 1);
}

#[tokio::test]
async fn a_deleted_kind_goes_from_the_panel_and_the_last_one_has_the_button_without_a_number_again() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = town.create_inbox().await;
    town.add_inbox("1", "Billing").await;
    bot.panels_are_drawn().await;
    sim.advance(std::time::Duration::from_secs(10));

    let asked = town.manage_named("delete", "1").await;
    assert_told(&asked, "The other inbox stays");
    let done = town.admin.click(&asked, "Delete it").await;
    bot.panels_are_drawn().await;

    assert_told(&done, "is deleted");
    assert_eq!((labels(&panel), ids(&panel)), (vec!["Billing".to_owned()], vec!["create-ticket".to_owned()]));
    let mark = sim.mark();
    town.member("anna").click(&panel, "Billing").await;
    assert_eq!(sim.requests_since(mark).len(), 3);
    assert_eq!(bot.stored("SELECT inbox_id FROM ticket").await, 2);
    town.admin.click(&town.manage_named("delete", "2").await, "Delete it").await;
    assert!(!panel.exists());
    assert_eq!(bot.stored("SELECT count(*) FROM panel").await, 0);
}

#[tokio::test]
async fn a_panel_from_before_is_not_edited_until_an_admin_changes_it() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = town.create_inbox().await;
    let mark = sim.mark();

    town.guild.set_locale("de");
    bot.restart().await;
    town.open_ticket(&town.member("anna"), &panel).await;
    town.help.set_slowmode(5);
    sim.quiet().await;

    assert_eq!(edits(&sim, mark, &panel).len(), 0);
    assert_eq!(labels(&panel), [CREATE_TICKET]);
    let added = town.admin.submit(&town.begin_add("1").await, &[("label", "Rechnungen")]).await;
    bot.panels_are_drawn().await;
    assert_told(&added, "Inbox 2 is on the panel");
    assert_eq!(labels(&panel), ["Ticket erstellen", "Rechnungen"]);
}

#[tokio::test]
async fn a_panel_of_another_server_is_never_reached_by_number_link_or_id() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let (town, village) = (Town::build(&sim), Town::build(&sim));
    let theirs = village.create_inbox().await;
    let own = town.create_inbox().await;
    village.add_inbox("1", "Theirs").await;
    bot.panels_are_drawn().await;
    let before = bot.stored_text("SELECT group_concat(shown || '-' || revision) FROM panel").await;
    let anna = town.member("anna");

    for reference in ["1", "3", &theirs.url()] {
        assert_told(&town.begin_add(reference).await, "no longer exists");
        let like = town.admin.slash("inbox create").channel("channel", &town.help).string("like", reference);
        assert_told(&like.send().await, "no longer exists");
        assert_told(&town.manage_named("settings", reference).await, "no longer exists");
    }
    let form = village.begin_add("1").await;
    let id = form.modal().unwrap().custom_id;
    let stolen = town.admin.forge_form(&town.help, &id, "label", "Stolen").await;
    let forged = anna.forge_component(&own, BUTTON, "create-ticket:1", json!({})).await;
    let invented = anna.forge_component(&own, BUTTON, "create-ticket:99", json!({})).await;

    assert_told(&stolen, "no longer works");
    for reply in [forged, invented] {
        assert_told(&reply, "no longer offered here");
    }
    assert_eq!(bot.stored("SELECT count(*) FROM inbox").await, 3);
    assert_eq!(bot.stored("SELECT count(*) FROM ticket").await, 0);
    assert_eq!(bot.stored_text("SELECT group_concat(shown || '-' || revision) FROM panel").await, before);
}

#[tokio::test]
async fn of_a_panel_with_several_inboxes_a_menu_asks_for_one() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = town.create_inbox().await;
    town.add_inbox("1", "Billing").await;
    bot.panels_are_drawn().await;
    let second = || discord_sim::Values::strings(["Inbox 2 · Billing"]);
    let choose = async |asked: &Reply| {
        assert_told(asked, "Several inboxes are on this panel");
        town.admin.select(asked, "#0", second()).await
    };

    let by_link = choose(&town.manage("settings", &panel).await).await;
    let by_message = choose(&town.manage_selected("staff", &panel).await).await;
    let name = choose(&town.manage("new-tickets name", &panel).await).await;
    let desk = town.desk("desk");
    let moved = choose(&town.redirect(&panel.url(), &desk).await).await;
    let deleted = choose(&town.manage("delete", &panel).await).await;

    assert_eq!(by_link.embeds()[0]["title"], "Settings of inbox 2 · Billing");
    assert_told(&by_message, "Staff of this inbox");
    assert!(name.modal().is_some());
    assert_told(&moved, &desk.mention());
    assert_told(&deleted, "Delete inbox 2");
    assert_eq!(bot.stored("SELECT id FROM inbox ORDER BY destination_id DESC").await, 2);
}

#[tokio::test]
async fn what_was_typed_for_a_new_inbox_is_given_back_if_it_is_refused() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.create_inbox().await;
    let form = town.begin_add("1").await;
    let fields = [("label", "Billing"), ("emoji", "💶"), ("description", "About money")];
    town.help.set_overwrite(Target::Bot, 0, CREATE_PRIVATE_THREADS);

    let refused = town.admin.submit(&form, &fields).await;

    assert_told(&refused, "Create Private Threads");
    assert_eq!(preview(&refused), "Billing\n💶\nAbout money");
    town.help.clear_overwrite(Target::Bot);
    assert_told(&town.admin.submit(&form, &fields).await, "2");
    assert_eq!(bot.stored("SELECT count(*) FROM inbox").await, 2);
}
