use serde_json::{Value, json};

use super::*;
use crate::domain::ids::{ChannelId, GuildId, MessageId, RoleId, UserId};
use crate::domain::permissions::Permissions;

fn user() -> Value {
    json!({ "id": "9", "username": "anna", "discriminator": "0", "avatar": null, "global_name": "Anna" })
}

/// An interaction with data of this kind.
fn interaction(kind: u64, data: &Value) -> Value {
    json!({
        "id": "1", "application_id": "2", "type": kind, "token": "aW50ZXJhY3Rpb24", "version": 1, "data": data,
        "guild_id": "4", "guild_locale": "fr", "guild": { "id": "4", "locale": "fr", "features": [] },
        "channel_id": "3", "channel": { "id": "3", "type": 0 }, "locale": "de", "app_permissions": "17",
        "member": { "user": user(), "nick": null, "permissions": "32", "pending": false, "roles": [], "flags": 0 },
        "entitlements": [], "authorizing_integration_owners": { "0": "4" }, "context": 0, "attachment_size_limit": 1,
        "message": { "id": "5", "channel_id": "3", "content": "", "author": user(), "type": 0 },
    })
}

fn click() -> Value {
    interaction(3, &json!({ "custom_id": "create-ticket", "component_type": 2, "id": 1 }))
}

fn read(json: &Value) -> Interaction {
    Interaction::read(&json.to_string()).unwrap_or_else(|| panic!("cannot be answered: {json}"))
}

fn read_click(json: &Value) -> (Caller, Pressed) {
    match read(json).asked {
        Asked::Component(caller, pressed) => (caller, pressed),
        other => panic!("read as {other:?}: {json}"),
    }
}

fn with(mut json: Value, pointer: &str, value: Value) -> Value {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    json.pointer_mut(parent).unwrap().as_object_mut().unwrap().insert(key.to_owned(), value);
    json
}

fn without(mut json: Value, pointer: &str) -> Value {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    json.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(key).unwrap();
    json
}

#[test]
fn a_click_is_read_as_far_as_it_is_used() {
    let interaction = read(&click());
    assert_eq!((interaction.id.get(), interaction.token.as_str()), (1, "aW50ZXJhY3Rpb24"));
    assert_eq!(interaction.reader.to_string(), "de");
    let (caller, pressed) = read_click(&click());
    assert_eq!(
        (caller.user, caller.guild, caller.channel),
        (UserId::new(9), Some(GuildId::new(4)), Some(ChannelId::new(3)))
    );
    assert_eq!(
        (caller.display_name.as_str(), caller.guild_locale.to_string().as_str(), caller.pending),
        ("Anna", "fr", false)
    );
    assert_eq!(caller.permissions, Some(Permissions::MANAGE_GUILD));
    assert_eq!(caller.bot_permissions, Some(Permissions::from_bits(17)));
    assert_eq!(caller.attachment_limit, 1);
    assert_eq!((pressed.custom_id.as_str(), pressed.message), ("create-ticket", Some(MessageId::new(5))));
}

/// Payloads met in the field, and variations.
#[test]
fn a_click_is_read_whatever_the_rest_of_it_looks_like() {
    let odd =
        [json!(null), json!([]), json!({}), json!("v2_a_0123"), json!(1_u64 << 40), json!(-1), json!({ "a": [null] })];
    for place in [
        "/member/user/avatar_decoration_data",
        "/member/user/avatar",
        "/member/user/public_flags",
        "/member/user/flags",
        "/member/user/discriminator",
        "/member/user/primary_guild",
        "/member/user/collectibles",
        "/member/avatar",
        "/member/flags",
        "/member/roles",
        "/member/joined_at",
        "/channel",
        "/guild",
        "/version",
        "/entitlements",
        "/authorizing_integration_owners",
        "/context",
        "/attachment_size_limit",
        "/message/author",
        "/message/embeds",
        "/message/components",
        "/message/poll",
        "/message/type",
        "/message/flags",
        "/data/component_type",
        "/data/id",
        "/application_id",
        "/new",
    ] {
        for value in &odd {
            let (caller, pressed) = read_click(&with(click(), place, value.clone()));
            assert_eq!((caller.user, caller.guild), (UserId::new(9), Some(GuildId::new(4))), "{place}: {value}");
            assert_eq!(
                (caller.channel, pressed.message),
                (Some(ChannelId::new(3)), Some(MessageId::new(5))),
                "{place}"
            );
        }
    }
    let decorated = json!({ "asset": "v2_a_0123456789abcdef", "sku_id": "7", "expires_at": null });
    read_click(&with(click(), "/member/user/avatar_decoration_data", decorated));
}

#[test]
fn what_discord_tells_twice_is_found_in_either_place() {
    let (caller, _) = read_click(&without(click(), "/channel_id"));
    assert_eq!(caller.channel, Some(ChannelId::new(3)));
    let (caller, _) = read_click(&without(without(click(), "/channel_id"), "/channel"));
    assert_eq!(caller.channel, Some(ChannelId::new(3)), "of the message");
    let bare = without(without(without(click(), "/channel_id"), "/channel"), "/message/channel_id");
    assert_eq!(read_click(&bare).0.channel, None);
    let (caller, _) = read_click(&without(without(click(), "/guild_id"), "/guild_locale"));
    assert_eq!((caller.guild, caller.guild_locale.to_string().as_str()), (Some(GuildId::new(4)), "fr"));
    // A direct message has the user elsewhere.
    let direct = with(without(click(), "/member"), "/user", user());
    assert_eq!(read_click(&direct).0.user, UserId::new(9));
}

#[test]
fn what_is_not_known_of_a_person_is_not_made_up() {
    let (caller, _) = read_click(&without(without(click(), "/member/permissions"), "/app_permissions"));
    assert_eq!((caller.permissions, caller.bot_permissions), (None, None));
    let (caller, _) = read_click(&with(with(click(), "/member/permissions", json!(32)), "/member/nick", json!("Ann")));
    assert_eq!((caller.permissions, caller.display_name.as_str()), (Some(Permissions::MANAGE_GUILD), "Ann"));
    let nameless = with(with(click(), "/member/user/global_name", json!(5)), "/member/user/username", json!([]));
    assert_eq!(read_click(&nameless).0.display_name, "");
    assert!(read_click(&with(click(), "/member/pending", json!(true))).0.pending);
    assert!(!read_click(&with(click(), "/member/pending", json!("yes"))).0.pending);
}

#[test]
fn with_id_and_token_alone_it_can_be_answered() {
    let bare = json!({ "id": 1, "token": "t" });
    assert!(matches!(read(&bare).asked, Asked::Unreadable(_)));
    for place in ["/type", "/member", "/data"] {
        assert!(matches!(read(&without(click(), place)).asked, Asked::Unreadable(_)), "{place}");
    }
    for (place, value) in [("/type", json!(99)), ("/member/user/id", json!("anna")), ("/data/custom_id", json!(null))] {
        let read = read(&with(click(), place, value));
        assert!(matches!(read.asked, Asked::Unreadable(_)), "{place}");
        assert_eq!(read.reader.to_string(), "de", "in their language");
    }
    for (place, value) in [
        ("/id", json!(0)),
        ("/id", json!(null)),
        ("/token", json!(5)),
        ("/token", json!("../x")),
        ("/token", json!("")),
    ] {
        assert!(Interaction::read(&with(click(), place, value.clone()).to_string()).is_none(), "{place}: {value}");
    }
}

#[test]
fn what_is_chosen_in_a_menu_is_told_apart_by_what_it_stands_for() {
    let data = json!({
        "custom_id": "x", "component_type": 7, "values": ["9", "7", "8", "red", 5, null],
        "resolved": { "users": { "9": { "avatar_decoration_data": [] } }, "members": { "8": null }, "roles": { "7": "?" } },
    });
    let expected = [
        Selected::Member(UserId::new(9)),
        Selected::Role(RoleId::new(7)),
        Selected::Member(UserId::new(8)),
        Selected::Value("red".to_owned()),
    ];
    assert_eq!(read_click(&interaction(3, &data)).1.values, expected);
    let unresolved = without(interaction(3, &data), "/data/resolved");
    assert!(read_click(&unresolved).1.values.iter().all(|value| value.staff().is_none()));
}

#[test]
fn a_form_is_read_past_the_parts_that_are_not_known() {
    let text = |id: &str, value: Value| json!({ "type": 4, "id": 2, "custom_id": id, "value": value });
    let label = |component: Value| json!({ "type": 18, "id": 1, "component": component });
    let components = json!([
        { "type": 10, "id": 9 },
        label(text("in-label", json!("one"))),
        { "type": 1, "components": [text("in-row", json!("two")), { "type": 3, "custom_id": "menu", "values": ["a"] }] },
        label(json!({ "type": 23, "custom_id": "ticked", "value": true })),
        label(json!({ "type": 19, "custom_id": "files", "values": ["77"] })),
        label(json!({ "type": 99, "custom_id": "new", "value": { "a": [] } })),
        { "type": 77, "components": { "a": 1 }, "component": [] },
        label(text("empty", json!(""))), null, 5, "x",
    ]);
    let read = read(&interaction(5, &json!({ "custom_id": "nam:1", "components": components })));
    let Asked::Form(_, form) = read.asked else { panic!("{read:?}") };
    for (field, expected) in [
        ("in-label", Some("one")),
        ("in-row", Some("two")),
        ("empty", Some("")),
        ("ticked", None),
        ("files", None),
        ("new", None),
        ("menu", None),
        ("value", None),
    ] {
        assert_eq!(form.text(field), expected, "{field}");
    }
}

#[test]
fn a_form_of_endless_depth_is_no_danger() {
    let deep = format!("{}{}", r#"[{"component":"#.repeat(50_000), "[]");
    let json = interaction(5, &json!({ "custom_id": "nam:1", "components": "DEEP" })).to_string();
    let deep = json.replace(r#""DEEP""#, &(deep + &"}]".repeat(50_000)));
    assert!(Interaction::read(&deep).is_some());
}

fn menu(message: &Value) -> Value {
    let data = json!({
        "id": "6", "name": "Select this message", "type": 3, "target_id": "5", "resolved": { "messages": { "5": message } },
    });
    interaction(2, &data)
}

fn read_menu(json: &Value) -> SelectedMessage {
    match read(json).asked {
        Asked::Menu(_, Menu { target: MenuTarget::Message(message), .. }) => *message,
        other => panic!("read as {other:?}: {json}"),
    }
}

#[test]
fn a_selected_message_is_there_whatever_its_other_parts_look_like() {
    let embed = json!({ "type": "rich", "title": "T", "color": 5, "image": { "url": "https://a/b" }, "fields": [
        { "name": "n", "value": "v", "inline": true }, { "name": 5 }, null,
    ] });
    let file = json!({ "id": "1", "filename": "a.png", "url": "https://c/d", "size": 7, "flags": 8, "new": [] });
    let message = json!({
        "id": "5", "channel_id": "3", "content": "Hello", "author": user(), "attachments": [file, { "id": "2" }, 5],
        "embeds": [embed, null, { "type": "new" }, { "title": [] }], "components": [{ "type": 99 }], "type": 0,
    });
    let odd = [json!(null), json!([]), json!({}), json!(-5), json!("?"), json!({ "type": { "a": [null] } })];
    for place in [
        "author",
        "application",
        "application_id",
        "poll",
        "components",
        "type",
        "flags",
        "interaction",
        "interaction_metadata",
        "sticker_items",
        "mentions",
        "message_reference",
        "message_snapshots",
        "timestamp",
        "id",
        "channel_id",
        "webhook_id",
        "call",
        "thread",
        "new",
    ] {
        for value in &odd {
            let read = read_menu(&menu(&with(message.clone(), &format!("/{place}"), value.clone())));
            assert_eq!(
                (read.id, read.channel, read.content.as_str()),
                (MessageId::new(5), Some(ChannelId::new(3)), "Hello"),
                "{place}: {value}"
            );
            assert_eq!(read.attachments.len(), 1);
            assert_eq!((read.attachments[0].size, read.attachments[0].flags), (Some(7), Some(8)));
            assert_eq!(read.embeds.len(), 1, "{place}: {value}");
            assert_eq!((read.embeds[0].title.as_deref(), read.embeds[0].fields.len()), (Some("T"), 1));
        }
    }
    for value in &odd {
        let read = read_menu(&menu(&with(message.clone(), "/embeds", value.clone())));
        assert_eq!((read.embeds.len(), read.attachments.len()), (0, 1));
    }
}

#[test]
fn what_was_selected_must_be_known() {
    let message = json!({ "id": "5", "content": "Hello" });
    assert_eq!(read_menu(&without(menu(&message), "/data/target_id")).id, MessageId::new(5), "there is only one");
    let elsewhere = with(menu(&message), "/data/target_id", json!("6"));
    assert!(matches!(read(&elsewhere).asked, Asked::Unreadable(_)));
    assert!(matches!(read(&without(menu(&message), "/data/resolved")).asked, Asked::Unreadable(_)));
    let on_member = read(&with(menu(&message), "/data/type", json!(2))).asked;
    assert!(matches!(on_member, Asked::Menu(_, Menu { target: MenuTarget::Member(_), .. })), "a member's menu");
}

#[test]
fn a_command_reaches_poise_with_its_options_and_nothing_else() {
    let options = json!([{ "name": "new-tickets", "type": 2, "options": [{ "name": "create", "type": 1, "options": [
        { "name": "channel", "type": 7, "value": "77" },
        { "name": "inbox", "type": 3, "value": "12" },
        { "name": "count", "type": 4, "value": 5 },
        { "name": "new", "type": 99, "value": { "a": [] } },
        { "name": "odd", "type": 3, "value": {} }, null, { "type": 3, "value": "nameless" },
    ] }] }]);
    let data = json!({ "id": {}, "name": "inbox", "type": 1, "options": options, "resolved": { "channels": [null] } });
    let read = read(&with(interaction(2, &data), "/member/user/avatar_decoration_data", json!(["?"])));
    let Asked::Command(caller, command) = read.asked else { panic!("{read:?}") };

    let built = command.for_poise(&caller).expect("serenity reads what we build");

    assert_eq!(
        (built.data.name.as_str(), built.guild_id.map(poise::serenity_prelude::GuildId::get), built.user.id.get()),
        ("inbox", Some(4), 9)
    );
    assert_eq!(built.token, "", "poise has no use for it");
    let shown = format!("{:?}", built.data.options());
    assert!(shown.contains("Channel(PartialChannel { id: ChannelId(77)"), "{shown}");
    assert!(shown.contains(r#"String("12")"#) && shown.contains("Integer(5)"), "{shown}");
    assert!(!shown.contains("odd") && !shown.contains("new\""), "{shown}");
}

#[test]
fn a_command_in_a_direct_message_reaches_poise() {
    let data = json!({ "name": "privacy", "type": 1, "options": [{ "name": "show", "type": 1 }] });
    let direct = with(without(without(interaction(2, &data), "/member"), "/guild_id"), "/user", user());
    let read = read(&without(without(direct, "/guild"), "/channel_id"));
    let Asked::Command(caller, command) = read.asked else { panic!("{read:?}") };
    let built = command.for_poise(&caller).expect("serenity reads what we build");
    assert_eq!((built.guild_id, built.user.id.get()), (None, 9));
}

#[test]
fn what_is_being_typed_asks_for_choices() {
    let typed = |options: Value| read(&interaction(4, &json!({ "name": "ticket", "options": options }))).asked;
    let read_typing = |options| match typed(options) {
        Asked::Completion(typed) => typed.map(|(_, typing)| (typing.command, typing.option, typing.text)),
        other => panic!("{other:?}"),
    };
    let expected =
        |command: &str, option: &str, text: &str| Some((command.to_owned(), option.to_owned(), text.to_owned()));
    let option = |name: &str, value: Value| json!({ "name": name, "type": 3, "value": value, "focused": true });

    let direct = json!([{ "name": "other", "type": 3, "value": "x" }, option("ticket", json!("1"))]);
    assert_eq!(read_typing(direct.clone()), expected("ticket", "ticket", "1"));
    let below = json!([{ "name": "reopen", "type": 1, "options": direct }]);
    assert_eq!(read_typing(below.clone()), expected("ticket reopen", "ticket", "1"));
    let deepest = json!([{ "name": "group", "type": 2, "options": below }]);
    assert_eq!(read_typing(deepest.clone()), expected("ticket group reopen", "ticket", "1"));
    assert_eq!(
        read_typing(json!([{ "name": "g", "type": 2, "options": deepest }])),
        None,
        "deeper than Discord allows"
    );
    assert_eq!(read_typing(json!([option("count", json!(12))])), expected("ticket", "count", "12"));
    assert_eq!(read_typing(json!([null, 5, option("ticket", json!(null))])), expected("ticket", "ticket", ""));
    assert_eq!(read_typing(json!([{ "name": "ticket", "value": "1" }])), None, "nothing is being typed");

    let typing = interaction(4, &json!({ "name": "ticket" }));
    assert!(matches!(read(&without(without(typing, "/member"), "/data")).asked, Asked::Completion(None)));
}

#[test]
fn the_token_is_not_printed() {
    let shown = format!("{:?}", read(&click()));
    assert!(!shown.contains("aW50ZXJhY3Rpb24"), "{shown}");
}
