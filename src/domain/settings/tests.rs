use proptest::prelude::*;
use serde_json::json;

use super::*;

const HELP: ChannelId = ChannelId::new(u64::MAX);

type Edit = fn(&mut InboxSettings);

fn read(stored: &Value) -> Result<InboxSettings, serde_json::Error> {
    serde_json::from_value(stored.clone())
}

fn any_settings() -> impl Strategy<Value = InboxSettings> {
    let text = || prop::option::of(r"\PC{0,60}|\PC*");
    (1..=u64::MAX, any::<u32>(), any::<u32>(), text(), text()).prop_map(
        |(destination, member_limit, cooldown, starter, ticket_name)| {
            let mut settings = InboxSettings::new(ChannelId::new(destination));
            settings.opening.member_limit = member_limit;
            settings.opening.cooldown = Duration::from_secs(cooldown.into());
            settings.beginning.starter = starter;
            settings.beginning.ticket_name = ticket_name;
            settings
        },
    )
}

#[test]
fn a_new_inbox_stores_nothing_but_where_its_tickets_go() {
    assert_eq!(Value::Object(to_stored(&InboxSettings::new(HELP))), json!({ "destination": u64::MAX.to_string() }));
}

#[test]
fn an_inbox_without_settings_has_the_defaults_of_every_inbox_so_far() {
    let settings = read(&json!({ "destination": "7" })).unwrap();

    assert_eq!(settings, InboxSettings::new(ChannelId::new(7)));
    assert_eq!(settings.opening.member_limit, 1);
    assert_eq!(settings.opening.cooldown, Duration::from_mins(1));
    assert_eq!((settings.beginning.starter, settings.beginning.ticket_name), (None, None));
}

#[test]
fn what_a_newer_version_has_stored_is_kept_through_a_change() {
    let stored = json!({
        "destination": "7",
        "opening": { "member_limit": 3, "roles": ["1"] },
        "later": { "zone": "Europe/Berlin" },
        "pinned": true,
    });

    let (mut after, _) =
        change(&read(&stored).unwrap(), &Revisions::default(), None, |settings| settings.opening.member_limit = 4)
            .unwrap();

    assert_eq!(to_stored(&after)["opening"], json!({ "member_limit": 4, "roles": ["1"] }));
    after.opening.member_limit = 3;
    assert_eq!(Value::Object(to_stored(&after)), stored);
}

#[test]
fn a_known_setting_that_cannot_be_read_is_an_error() {
    for broken in [
        json!({}),
        json!({ "destination": 7 }),
        json!({ "destination": "0" }),
        json!({ "destination": "7", "opening": { "cooldown": "soon" } }),
        json!({ "destination": "7", "opening": { "member_limit": -1 } }),
        json!({ "destination": "7", "beginning": { "starter": 1 } }),
        json!({ "destination": "7", "beginning": [] }),
    ] {
        assert!(read(&broken).is_err(), "{broken}");
    }
}

#[test]
fn a_change_is_counted_in_the_group_that_it_changes() {
    let (before, none) = (InboxSettings::new(HELP), Revisions::default());
    let table: [(Edit, &[Group]); 5] = [
        (|_| {}, &[]),
        (|settings| settings.destination = ChannelId::new(1), &[Group::Opening]),
        (|settings| settings.opening.cooldown = Duration::ZERO, &[Group::Opening]),
        (|settings| settings.beginning.starter = Some("Hi".to_owned()), &[Group::Beginning]),
        (
            |settings| {
                settings.destination = ChannelId::new(1);
                settings.opening.member_limit = 2;
                settings.beginning.ticket_name = Some("$counter".to_owned());
            },
            &[Group::Opening, Group::Beginning],
        ),
    ];
    for (at, (edit, changed)) in table.into_iter().enumerate() {
        let (_, revisions) = change(&before, &none, None, edit).unwrap();

        for group in Group::EACH {
            assert_eq!(revisions.of(*group), u32::from(changed.contains(group)), "{at}: {group:?}");
        }
    }
}

#[test]
fn a_change_that_was_begun_before_another_one_is_refused() {
    let (group, first) = (Group::Beginning, Some(Base { group: Group::Beginning, revision: 0 }));
    let edit = |settings: &mut InboxSettings| settings.beginning.starter = Some("Hi".to_owned());
    let (settings, revisions) = change(&InboxSettings::new(HELP), &Revisions::default(), first, edit).unwrap();

    let stale = change(&settings, &revisions, first, |settings| settings.beginning.starter = None);
    let fresh = change(&settings, &revisions, Some(Base { group, revision: 1 }), |settings| {
        settings.beginning.starter = None;
    });
    let elsewhere = Base { group: Group::Opening, revision: 0 };
    let other = change(&settings, &revisions, Some(elsewhere), |settings| settings.opening.member_limit = 2);

    assert_eq!(stale.unwrap_err(), Refusal::Stale);
    assert_eq!(fresh.unwrap().1.of(group), 2);
    assert!(other.is_ok(), "changes of other groups do not matter");
}

#[test]
fn a_stored_value_beyond_its_limit_stays_until_it_is_changed() {
    let mut before = InboxSettings::new(HELP);
    before.opening.member_limit = 5_000;
    let cooldown = |settings: &mut InboxSettings| settings.opening.cooldown = Duration::from_secs(90);

    let (kept, _) = change(&before, &Revisions::default(), None, cooldown).unwrap();
    let refused = change(&before, &Revisions::default(), None, |settings| settings.opening.member_limit = 4_999);

    assert_eq!(kept.opening.member_limit, 5_000);
    assert_eq!(refused.unwrap_err(), Refusal::BeyondLimit { setting: "opening.member_limit" });
}

/// A value of each kind that is not the setting's default.
fn other_value<S: Settings>(setting: &Setting<S>, settings: &S) -> SettingValue {
    match (setting.control(), setting.get(settings)) {
        (Control::Switch, SettingValue::Switch(on)) => SettingValue::Switch(!on),
        (Control::Number { least, most }, now) => {
            SettingValue::Number(if now == SettingValue::Number(most) { least } else { most })
        }
        (Control::Text { .. }, _) => SettingValue::Text(Some("Hi".to_owned())),
        (Control::Emoji { .. }, _) => SettingValue::Text(Some("🪴".to_owned())),
        (Control::Channel { .. }, _) => SettingValue::Channel(Some(ChannelId::new(9))),
        (Control::Roles { .. }, _) => SettingValue::Roles(vec![RoleId::new(8), RoleId::new(9)]),
        (Control::Delay { most }, _) => SettingValue::Number(most),
        (Control::Zone, _) => SettingValue::Zone(Zone::find("Berlin").ok()),
        (Control::Hours, _) => {
            SettingValue::Hours(crate::domain::hours::parse("9-17", &crate::domain::hours::DayNames::english()).ok())
        }
        (Control::Until, _) => SettingValue::Until(Some(Timestamp::from_seconds(9))),
        (Control::Choice(each), now) => {
            let other = each.iter().find(|choice| SettingValue::Choice(choice) != now);
            SettingValue::Choice(other.expect("a choice"))
        }
        (Control::List { .. }, _) => SettingValue::List(vec![entry_of(setting.key)]),
        (control, value) => panic!("{}: {control:?} does not fit {value:?}", setting.key),
    }
}

/// An entry of a list.
fn entry_of(setting: &str) -> Value {
    match setting {
        "form.questions" => json!({ "key": "name", "label": "Your name", "kind": "short", "most": 50 }),
        "frequent.answers" => json!({ "title": "How?", "text": "Like this." }),
        "message.embeds" => json!({ "title": "Welcome", "color": 3, "fields": [{ "name": "a", "value": "b" }] }),
        "message.files" => json!({ "name": "a.png", "size": 3, "digest": "a0".repeat(32) }),
        _ => panic!("{setting} has no sample"),
    }
}

/// Each setting is read, set and stored by its control, and belongs to the group that its key names.
fn check_each<S: Settings + serde::de::DeserializeOwned + std::fmt::Debug>(before: &S)
where
    S::Group: std::fmt::Debug,
{
    for setting in S::EACH {
        let other = other_value(setting, before);
        let (after, _) = change(before, &Revisions::default(), None, |settings| {
            assert!(setting.set(settings, other.clone()), "{}", setting.key);
        })
        .unwrap();

        assert_eq!(setting.get(&after), other, "{}", setting.key);
        assert_eq!(after.changed_since(before), [setting.group], "{}", setting.key);
        assert!(setting.key.starts_with(&format!("{}.", setting.group.key())), "{}", setting.key);
        let stored = Value::Object(to_stored(&after));
        assert_eq!(serde_json::from_value::<S>(stored).unwrap(), after, "{}", setting.key);
        assert_eq!(Setting::<S>::find(setting.key).map(|found| found.key), Some(setting.key));
        let of_another_kind = match other {
            SettingValue::Switch(_) => SettingValue::Number(1),
            _ => SettingValue::Switch(true),
        };
        let mut same = after.clone();
        assert!(!setting.set(&mut same, of_another_kind), "{}", setting.key);
        assert_eq!(same, after);
    }
}

#[test]
fn each_setting_is_edited_by_its_control() {
    check_each(&InboxSettings::new(HELP));
    check_each(&ServerSettings::default());
}

#[test]
fn a_server_without_settings_has_no_log_and_tells_no_reasons() {
    let server = ServerSettings::default();

    assert_eq!(Value::Object(to_stored(&server)), json!({}));
    assert_eq!((server.log.channel, server.log.reasons), (None, false));
    assert!(server.log.writes(LogKind::Opened) && server.log.writes(LogKind::Blocked));
}

#[test]
fn each_switch_of_a_log_is_its_own() {
    let kinds = [
        (LogKind::Opened, "opened"),
        (LogKind::Claimed, "claimed"),
        (LogKind::Closed, "closed"),
        (LogKind::Reopened, "reopened"),
        (LogKind::Moved, "moved"),
        (LogKind::People, "people"),
        (LogKind::Deleted, "deleted"),
        (LogKind::Blocked, "blocked"),
    ];
    for (kind, name) in kinds {
        let settings: ServerSettings = serde_json::from_value(json!({ "log": { name: false } })).unwrap();
        for (other, _) in kinds {
            assert_eq!(settings.log.writes(other), other != kind, "{name}: {other:?}");
        }
    }
}

proptest! {
    #[test]
    fn settings_read_back_as_they_were_stored(settings in any_settings()) {
        let stored = Value::Object(to_stored(&settings));
        let text = stored.to_string();

        prop_assert_eq!(read(&stored).unwrap(), settings.clone());
        prop_assert_eq!(serde_json::from_str::<InboxSettings>(&text).unwrap(), settings);
    }

    #[test]
    fn a_change_is_made_exactly_when_what_it_changes_is_within_the_limits(before in any_settings(), after in any_settings()) {
        let outcome = change(&before, &Revisions::default(), None, |settings| *settings = after.clone());

        let characters = |text: &Option<String>| text.as_ref().map_or(0, |text| text.chars().count());
        let (opening, beginning) = (&after.opening, &after.beginning);
        let within = (opening.member_limit == before.opening.member_limit || opening.member_limit <= 1_000)
            && (opening.cooldown == before.opening.cooldown || opening.cooldown.as_secs() <= 21_600)
            && (beginning.starter == before.beginning.starter || characters(&beginning.starter) <= 2_000)
            && (beginning.ticket_name == before.beginning.ticket_name || characters(&beginning.ticket_name) <= 100);
        prop_assert_eq!(outcome.is_ok(), within);
        if let Ok((stored, _)) = outcome {
            prop_assert_eq!(stored, after);
        }
    }

    #[test]
    fn any_text_is_settings_or_an_error(text in r#"\PC*|\{("destination":"7"|"opening":\{"cooldown":[0-9a-z"]{0,6}\}|,){0,4}\}"#) {
        if let Ok(settings) = serde_json::from_str::<InboxSettings>(&text) {
            prop_assert_eq!(read(&Value::Object(to_stored(&settings))).unwrap(), settings);
        }
    }
}
