//! What a program needs that shows the world to people: changes, rights, offers, forms, a world that is kept.

use std::time::Duration;

use discord_sim::permissions::{KICK_MEMBERS, MANAGE_GUILD, MANAGE_THREADS, VIEW_AUDIT_LOG, VIEW_CHANNEL};
use discord_sim::{Draft, Filled, Sim, Snapshot, State};
use serde_json::{Value, json};

use crate::bot::{Bot, USUAL, text};

#[tokio::test]
async fn a_change_is_told_and_silence_is_not() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let anna = guild.member("anna").create();
    let mut changes = sim.changes();
    let (_, before) = sim.transcript_since(0);
    anna.post(&help, "Hello");
    assert!(changes.changed().await);
    assert!(tokio::time::timeout(Duration::from_millis(20), changes.changed()).await.is_err());
    let (lines, after) = sim.transcript_since(before);
    assert_eq!(after - before, lines.len());
    drop(sim);
    // Handles keep the world; only the simulator is gone.
    assert_eq!(help.messages().len(), 1);
}

#[tokio::test]
async fn a_simulator_that_is_not_strict_keeps_gaps_for_whoever_asks() {
    let sim = Sim::builder().strict(false).start().await;
    let bot = Bot::connect(&sim).await;
    assert_eq!(bot.call("GET", "/not/there", Value::Null).await.0, 501);
    assert_eq!(sim.gaps().len(), 1);
}

#[tokio::test]
async fn a_kept_world_goes_on_at_another_address() {
    let text = {
        let sim = Sim::builder().bot_name("helper").start().await;
        let guild = sim.guild("Home").locale("de").create();
        let staff = guild.role("Staff").permissions(MANAGE_THREADS).color(0x00_88_ff).create();
        let help = guild.text_channel("help").topic("Ask here").slowmode(5).create();
        let anna = guild.member("anna").nick("Änna").role(&staff).create();
        let file = Draft::text("look").file("a.png", [0, 127, 255], "image/png");
        anna.post_with(&help, file);
        let thread = anna.private_thread(&help, "mine");
        anna.archive(&thread);
        sim.advance(Duration::from_hours(5));
        sim.snapshot()
    };
    let kept = Snapshot::read(&text).unwrap();
    let sim = Sim::builder().continue_from(kept).start().await;
    let guild = sim.guilds().pop().unwrap();
    assert_eq!((sim.application_name().as_str(), guild.name().as_str()), ("helper", "Home"));
    let help = guild.channels().pop().unwrap();
    assert_eq!((help.topic().as_deref(), help.slowmode()), (Some("Ask here"), 5));
    let anna = guild.members().into_iter().find(|member| member.name() == "anna").unwrap();
    assert_eq!((anna.display_name().as_str(), anna.roles()[0].color()), ("Änna", 0x00_88_ff));
    let attachment = help.messages()[0].attachments().pop().unwrap();
    assert_eq!(attachment.bytes, [0, 127, 255]);
    assert!(attachment.url.starts_with(sim.base_url()), "{}", attachment.url);
    let thread = guild.threads().pop().unwrap();
    assert!(thread.is_archived() && thread.has_member(&anna));
    assert!(sim.clock().ahead_ms() >= 4 * 3_600_000);
    let later = anna.post(&help, "later");
    assert!(later.id() > thread.id());
    let bot = Bot::start(&sim, USUAL).await;
    bot.ok("POST", &format!("/channels/{}/messages", help.id()), json!({ "content": "The same bot" })).await;
    assert!(Snapshot::read("{}").is_err() && Snapshot::read("no").is_err());
}

#[tokio::test]
async fn time_begins_where_it_is_told_to() {
    let sim = Sim::builder().starts_at(1_796_000_000_000).start().await;
    assert!((1_796_000_000_000..1_796_000_060_000).contains(&sim.now_ms()));
}

#[tokio::test]
async fn rights_are_told_without_using_them() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let staff = guild.role("Staff").permissions(MANAGE_THREADS | VIEW_AUDIT_LOG | KICK_MEMBERS).create();
    let help = guild.text_channel("help").create();
    let (anna, ben) = (guild.member("anna").create(), guild.member("ben").create());
    let mona = guild.member("mona").role(&staff).create();
    let late = guild.member("late").timed_out(Duration::from_mins(10)).create();
    let thread = help.arrange_thread_by_bot("ticket", &[&anna]);
    assert!(anna.may_write(&thread).is_ok() && ben.may_write(&thread).is_err() && late.may_write(&help).is_err());
    assert!(!anna.may_archive(&thread) && !anna.may_lock(&thread) && !anna.may_add_to(&thread));
    assert!(mona.may_archive(&thread) && mona.may_lock(&thread) && mona.may_rename(&thread));
    assert!(mona.may_add_to(&thread) && mona.may_remove_from(&thread) && mona.may_delete_thread(&thread));
    assert!(!anna.may_remove_from(&thread) && !anna.may_delete_thread(&thread) && !mona.may_unarchive(&thread));
    assert!(guild.owner().may_delete_channel(&help) && !mona.may_delete_channel(&help));
    assert!(mona.try_delete_channel(&help).is_err() && help.exists());
    mona.archive(&thread);
    assert!(mona.may_unarchive(&thread) && !mona.may_add_to(&thread));
    let message = anna.post(&help, "Hello");
    assert!(anna.may_edit_message(&message) && anna.may_delete_message(&message) && !ben.may_delete_message(&message));
    assert!(anna.may_attach(&help) && anna.may_start_private_thread(&help) && late.timed_out_until_ms().is_some());
    assert!(anna.audit_log().is_err());
    let entry = mona.audit_log().unwrap().remove(0);
    assert_eq!((entry.action, entry.user_id), ("thread_update", mona.id()));
    assert!(mona.try_kick(&ben).is_ok() && anna.try_kick(&mona).is_err());
    assert!(ben.may_write(&help).is_err() && anna.is_member());
}

#[tokio::test]
async fn silent_threads_are_archived_when_their_time_is_over() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let anna = guild.member("anna").create();
    let (silent, busy) = (anna.private_thread(&help, "silent"), anna.private_thread(&help, "busy"));
    sim.advance(Duration::from_mins(silent.auto_archive_duration() - 1));
    anna.write(&busy, "still here");
    sim.run_thread_timers();
    assert!(!silent.is_archived());
    sim.advance(Duration::from_mins(2));
    sim.run_thread_timers();
    assert!(silent.is_archived() && !busy.is_archived());
}

#[tokio::test]
async fn commands_are_offered_by_kind_right_and_place() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let admins = guild.role("Admins").permissions(MANAGE_GUILD).create();
    let help = guild.text_channel("help").create();
    let (anna, olga) = (guild.member("anna").create(), guild.member("olga").role(&admins).create());
    let bot = Bot::start(&sim, USUAL).await;
    let route = format!("/applications/{}/commands", bot.application);
    let admin = MANAGE_GUILD.to_string();
    let commands = json!([
        { "name": "about", "description": "About", "type": 1 },
        { "name": "setup", "description": "Set up", "type": 1, "default_member_permissions": admin },
        { "name": "Look at", "type": 2 },
    ]);
    bot.ok("PUT", &route, commands).await;
    let names = |person: &discord_sim::Actor, kind| {
        let offered = person.commands_at(&help, kind);
        offered.iter().map(|command| text(&command["name"]).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&anna, 1), ["about"]);
    assert_eq!(names(&olga, 1), ["about", "setup"]);
    assert_eq!(names(&anna, 2), ["Look at"]);
    let reply = anna.try_begin_member_menu("Look at", &olga, &help).unwrap();
    let interaction = bot.event("INTERACTION_CREATE").await;
    assert_eq!(interaction["data"]["target_id"], olga.id().to_string());
    assert_eq!(interaction["data"]["resolved"]["users"][olga.id().to_string()]["username"], "olga");
    assert_eq!((reply.state(), anna.interactions(&help).len(), olga.interactions(&help).len()), (State::Waiting, 1, 0));
}

#[tokio::test]
async fn options_are_typed_and_suggestions_come_while_typing() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let hidden = guild.text_channel("hidden").deny_everyone(VIEW_CHANNEL).create();
    let anna = guild.member("anna").create();
    let bot = Bot::start(&sim, USUAL).await;
    let option = |name: &str, kind: u64| json!({ "name": name, "description": name, "type": kind });
    let mut town = option("town", 3);
    town["autocomplete"] = json!(true);
    let leaf = json!({ "name": "go", "description": "go", "type": 1, "options": [town, option("where", 7), option("times", 4)] });
    let command = json!({ "name": "trip", "description": "Trip", "type": 1, "options": [leaf] });
    bot.ok("PUT", &format!("/applications/{}/commands", bot.application), json!([command])).await;
    let typing =
        anna.slash("trip go").at(&help).typed("town", "Ber").typed("times", "2").try_begin_suggest("town").unwrap();
    let interaction = bot.event("INTERACTION_CREATE").await;
    assert_eq!(interaction["type"], 4);
    let options = &interaction["data"]["options"][0]["options"];
    assert_eq!((&options[0]["value"], &options[0]["focused"]), (&json!("Ber"), &json!(true)));
    assert!(typing.choices().is_none());
    let choices = json!([{ "name": "Berlin", "value": "b" }]);
    assert_eq!(bot.answer(&interaction, json!({ "type": 8, "data": { "choices": choices } })).await.0, 204);
    assert_eq!(typing.choices().unwrap()[0]["name"], "Berlin");
    assert!(anna.interactions(&help).is_empty(), "suggestions are no interactions to be shown");
    assert!(anna.slash("trip go").at(&help).typed("times", "two").try_begin().is_err());
    assert!(anna.slash("trip go").at(&help).typed("where", &hidden.id().to_string()).try_begin().is_err());
    anna.slash("trip go").at(&help).typed("where", &help.id().to_string()).typed("times", "3").try_begin().unwrap();
    let interaction = bot.event("INTERACTION_CREATE").await;
    let options = &interaction["data"]["options"][0]["options"];
    assert_eq!((&options[1]["value"], &options[0]["type"]), (&json!(3), &json!(7)));
}

#[expect(clippy::needless_pass_by_value, reason = "reads as data")]
fn label(component: Value) -> Value {
    json!({ "type": 18, "label": "Question", "component": component })
}

/// A guild with a panel, whose button opens whatever form the bot answers with.
struct Desk {
    sim: Sim,
    anna: discord_sim::Actor,
    staff: discord_sim::Role,
    panel: discord_sim::Message,
    bot: Bot,
}

impl Desk {
    async fn set_up() -> Self {
        let sim = Sim::start().await;
        let guild = sim.guild("Home").create();
        let help = guild.text_channel("help").create();
        let staff = guild.role("Staff").create();
        let anna = guild.member("anna").create();
        let row = json!({ "type": 1, "components": [{ "type": 2, "style": 1, "label": "Open", "custom_id": "open" }] });
        let panel = help.arrange_message_by_bot(&json!({ "content": "Panel", "components": [row] }));
        let bot = Bot::start(&sim, USUAL).await;
        Self { sim, anna, staff, panel, bot }
    }

    async fn ask(&self, components: Value) -> discord_sim::Reply {
        let reply = self.anna.try_begin_click(&self.panel, "open").unwrap();
        let interaction = self.bot.event("INTERACTION_CREATE").await;
        let modal = json!({ "custom_id": "form", "title": "Form", "components": components });
        let (status, body) = self.bot.answer(&interaction, json!({ "type": 9, "data": modal })).await;
        assert_eq!(status, 204, "{body}");
        reply
    }
}

fn options() -> Value {
    json!([{ "label": "One", "value": "1" }, { "label": "Two", "value": "2" }])
}

#[tokio::test]
async fn text_radio_buttons_and_check_boxes_come_back_as_discord_sends_them() {
    let desk = Desk::set_up().await;
    let form = desk
        .ask(json!([
            { "type": 10, "content": "Please answer." },
            label(json!({ "type": 4, "custom_id": "text", "style": 2 })),
            label(json!({ "type": 21, "custom_id": "one", "options": options(), "required": false })),
            label(json!({ "type": 22, "custom_id": "some", "options": options(), "min_values": 1 })),
            label(json!({ "type": 23, "custom_id": "yes" })),
        ]))
        .await;
    let text = ("text", Filled::Text("Hi".to_owned()));
    let some = ("some", Filled::Values(vec!["Two".to_owned()]));
    let refused = [
        vec![("text", Filled::Text(String::new())), some.clone()],
        vec![text.clone()],
        vec![text.clone(), ("some", Filled::Values(vec!["3".to_owned()]))],
        vec![text.clone(), some.clone(), ("one", Filled::Text("3".to_owned()))],
        vec![("nothing", Filled::Flag(true))],
    ];
    for values in refused {
        assert!(desk.anna.try_begin_submit_filled(&form, &values).is_err(), "{values:?}");
    }
    desk.anna.try_begin_submit_filled(&form, &[text, some, ("yes", Filled::Flag(true))]).unwrap();
    let sent = desk.bot.event("INTERACTION_CREATE").await;
    let field = |index: usize| &sent["data"]["components"][index]["component"];
    assert_eq!((&field(1)["value"], &field(2)["value"]), (&json!("Hi"), &Value::Null));
    assert_eq!((&field(3)["values"], &field(4)["value"]), (&json!(["2"]), &json!(true)));
}

#[tokio::test]
async fn menus_and_files_come_back_with_the_objects_behind_the_ids() {
    let desk = Desk::set_up().await;
    let form = desk
        .ask(json!([
            label(json!({ "type": 3, "custom_id": "list", "options": options() })),
            label(json!({ "type": 7, "custom_id": "who", "max_values": 2 })),
            label(json!({ "type": 8, "custom_id": "where", "required": false, "min_values": 0 })),
            label(json!({ "type": 19, "custom_id": "file" })),
        ]))
        .await;
    let ids = vec![desk.anna.id().to_string(), desk.staff.id().to_string()];
    let file = ("a.txt".to_owned(), "text/plain".to_owned(), b"text".to_vec());
    let values = [
        ("list", Filled::Values(vec!["1".to_owned()])),
        ("who", Filled::Values(ids.clone())),
        ("file", Filled::Files(vec![file])),
    ];
    desk.anna.try_begin_submit_filled(&form, &values).unwrap();
    let sent = desk.bot.event("INTERACTION_CREATE").await;
    let (data, field) = (&sent["data"], |index: usize| &sent["data"]["components"][index]["component"]);
    assert_eq!((&field(0)["values"], &field(1)["values"]), (&json!(["1"]), &json!(ids)));
    assert_eq!(field(2)["values"], json!([]));
    assert_eq!(data["resolved"]["roles"][&ids[1]]["name"], "Staff");
    let upload = text(&field(3)["values"][0]);
    assert_eq!(data["resolved"]["attachments"][upload]["filename"], "a.txt");
    assert_eq!(desk.sim.file(upload.parse().unwrap()).unwrap().bytes, b"text");
}

#[tokio::test]
async fn a_menu_takes_only_what_it_offers() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let hidden = guild.text_channel("hidden").deny_everyone(VIEW_CHANNEL).create();
    let anna = guild.member("anna").create();
    let row = |menu: Value| json!({ "type": 1, "components": [menu] });
    let menus = [row(json!({ "type": 8, "custom_id": "where" })), row(json!({ "type": 5, "custom_id": "who" }))];
    let panel = help.arrange_message_by_bot(&json!({ "content": "Panel", "components": menus }));
    let bot = Bot::start(&sim, USUAL).await;
    for wrong in [hidden.id().to_string(), anna.id().to_string(), "help".to_owned()] {
        assert!(anna.try_begin_select_values(&panel, "where", std::slice::from_ref(&wrong)).is_err(), "{wrong}");
    }
    anna.try_begin_select_values(&panel, "where", &[help.id().to_string()]).unwrap();
    let sent = bot.event("INTERACTION_CREATE").await;
    assert_eq!(sent["data"]["resolved"]["channels"][help.id().to_string()]["name"], "help");
    anna.try_begin_select_values(&panel, "who", &[anna.id().to_string()]).unwrap();
    assert_eq!(bot.event("INTERACTION_CREATE").await["data"]["component_type"], 5);
}
