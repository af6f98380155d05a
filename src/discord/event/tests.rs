use serde_json::{Value, json};

use super::*;

fn read(kind: &str, data: &Value) -> Result<Event, Unread> {
    Reported::read(kind, &data.to_string()).map(|reported| reported.event)
}

#[test]
fn kinds_are_looked_up_in_a_sorted_list() {
    assert!(IRRELEVANT.is_sorted());
    for kind in IRRELEVANT {
        assert_eq!(read(kind, &json!(null)).unwrap_err(), Unread::Irrelevant, "{kind}");
    }
    assert_eq!(read("SOMETHING_NEW", &json!({})).unwrap_err(), Unread::Unknown);
}

#[test]
fn what_is_not_used_may_have_any_shape() {
    let odd = json!({ "id": "7", "rate_limit_per_user": 5, "type": "new", "name": [], "flags": { "a": null } });
    let Ok(Event::ChannelUpdated(channel)) = read("CHANNEL_UPDATE", &odd) else { panic!("not read") };
    assert_eq!(channel, ChannelView { id: ChannelId::new(7), slowmode: Some(Duration::from_secs(5)) });
}

#[test]
fn messages_without_text_and_those_of_bots_mean_nothing() {
    for (content, bot, expected) in [
        ("", json!(null), Unread::Unknown),
        ("", json!(false), Unread::Irrelevant),
        ("sync \u{1F600}\n", json!(true), Unread::Irrelevant),
        // Parsed as a whole, and a message needs more fields.
        ("sync", json!(false), Unread::Unknown),
    ] {
        let message = json!({ "content": content, "author": { "bot": bot } });
        assert_eq!(read("MESSAGE_CREATE", &message).unwrap_err(), expected, "{message}");
    }
    let unsaid = json!({ "content": "", "author": {} });
    assert_eq!(read("MESSAGE_CREATE", &unsaid).unwrap_err(), Unread::Irrelevant);
}

#[test]
fn who_was_added_or_removed_by_whom_is_read_from_the_message_about_it() {
    let message = json!({
        "type": 1, "id": "9", "guild_id": "5", "channel_id": "7", "content": "8",
        "author": { "id": "3", "bot": true }, "mentions": [{ "id": "8", "username": "b" }, {}],
    });
    let with = |field: &str, value: Value| {
        let mut message = message.clone();
        message[field] = value;
        read("MESSAGE_CREATE", &message)
    };
    let [guild, thread, by, who] = [5, 7, 3, 8];
    let expected = PeopleChanged {
        guild: GuildId::new(guild),
        thread: ThreadId::new(thread),
        by: UserId::new(by),
        who: vec![UserId::new(who)],
        added: true,
    };
    let Ok(Event::PeopleChanged(added)) = with("type", json!(1)) else { panic!("not read") };
    assert_eq!(added, expected);
    let Ok(Event::PeopleChanged(removed)) = with("type", json!(2)) else { panic!("not read") };
    assert_eq!(removed, PeopleChanged { added: false, ..expected });
    for (field, value) in
        [("type", json!(4)), ("mentions", json!([])), ("mentions", json!(5)), ("guild_id", json!(null))]
    {
        assert_eq!(with(field, value.clone()).unwrap_err(), Unread::Irrelevant, "{field}: {value}");
    }
}

#[test]
fn a_guild_that_leaves_something_out_is_not_taken_for_one_that_has_none() {
    let whole = json!({ "id": "5", "preferred_locale": "de", "channels": [{ "id": "6" }], "roles": [], "threads": [] });
    assert!(matches!(read("GUILD_CREATE", &whole), Ok(Event::GuildPresent(guild)) if guild.channels.len() == 1));
    for field in ["preferred_locale", "channels", "roles", "threads"] {
        let mut partial = whole.clone();
        partial.as_object_mut().unwrap().remove(field);
        assert_eq!(read("GUILD_CREATE", &partial).unwrap_err(), Unread::Unknown, "{field}");
        partial["unavailable"] = json!(true);
        assert_eq!(read("GUILD_CREATE", &partial).unwrap_err(), Unread::Irrelevant, "{field}");
    }
}

#[test]
fn an_outage_is_no_farewell() {
    let gone = |unavailable: Value| read("GUILD_DELETE", &json!({ "id": "5", "unavailable": unavailable }));
    assert_eq!(gone(json!(true)).unwrap_err(), Unread::Irrelevant);
    assert!(matches!(gone(json!(false)), Ok(Event::GuildLeft(guild)) if guild == GuildId::new(5)));
    assert!(matches!(read("GUILD_DELETE", &json!({ "id": "5" })), Ok(Event::GuildLeft(_))));
}

#[test]
fn a_session_without_a_shard_has_every_guild() {
    let guilds = json!([{ "id": "5", "unavailable": true }]);
    let Ok(Event::Ready { share, guilds }) = read("READY", &json!({ "guilds": guilds })) else { panic!("not read") };
    assert_eq!((share, guilds.into_iter().collect::<Vec<_>>()), (ShardRange::ALL, vec![GuildId::new(5)]));

    let Ok(Event::Ready { share, .. }) = read("READY", &json!({ "guilds": [], "shard": [1, 2] })) else {
        panic!("not read")
    };
    assert_eq!(share, ShardRange::new(2, 1..=1).unwrap());
}

#[test]
fn of_a_channel_that_the_bot_cannot_view_only_its_id_is_taken_for_true() {
    let seen = |more: Value| {
        let mut channel = json!({ "id": "7", "type": 0, "name": "___hidden___", "rate_limit_per_user": 0 });
        channel.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        match read("CHANNEL_UPDATE", &channel) {
            Ok(Event::ChannelUpdated(view)) => (view.id, view.slowmode),
            other => panic!("{other:?}"),
        }
    };
    let id = ChannelId::new(7);
    assert_eq!(seen(json!({ "flags": 1 << 17 })), (id, None));
    assert_eq!(seen(json!({ "flags": 1 << 17 | 1 << 4, "rate_limit_per_user": null })), (id, None));
    assert_eq!(seen(json!({ "rate_limit_per_user": null })), (id, None), "not shown is not none");
    // The name is no evidence: any channel may have it.
    assert_eq!(seen(json!({ "flags": 1 << 4 })), (id, Some(Duration::ZERO)));
    assert_eq!(seen(json!({ "flags": null })), (id, Some(Duration::ZERO)));
}
