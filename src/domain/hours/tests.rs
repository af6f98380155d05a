use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Hours {
    parse(text, &DayNames::english()).unwrap_or_else(|refusal| panic!("{text:?}: {refusal:?}"))
}

fn german() -> DayNames {
    let full = ["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"];
    DayNames { full: full.map(str::to_owned), short: ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"].map(str::to_owned) }
}

/// The second of a time in UTC, as RFC 3339 writes it.
fn at(text: &str) -> Timestamp {
    Timestamp::from_seconds(text.parse::<jiff::Timestamp>().expect("a time").as_second())
}

fn berlin() -> Zone {
    Zone::find("Europe/Berlin").expect("a zone")
}

#[test]
fn hours_that_end_on_the_next_day_are_told_apart() {
    for (text, expected) in [
        ("9-17", false),
        ("9-5", true),
        ("Sat 22-2", true),
        ("Sun 22-2", true),
        ("Mon 22-24", false),
        ("Mon 00:00-24:00", false),
        ("Mon-Sun 0-24", false),
    ] {
        assert_eq!(read(text).cross_midnight(), expected, "{text}");
    }
}

#[test]
fn hours_are_read_as_people_write_them_and_written_in_one_way() {
    let table = [
        ("Mon-Fri 09:00-17:00", "Mon-Fri 09:00-17:00"),
        ("mon-fri 9-17", "Mon-Fri 09:00-17:00"),
        ("Monday to 9-17", ""),
        ("Mon - Fri: 9:00 – 17:00", "Mon-Fri 09:00-17:00"),
        ("9am-5pm", "Mon-Sun 09:00-17:00"),
        (
            "Mon, Wed 8h30-12h, 13h-17h15; Sat 10-14",
            "Mon 08:30-12:00, 13:00-17:15; Wed 08:30-12:00, 13:00-17:15; Sat 10:00-14:00",
        ),
        ("Mon-Fri 09:00-17:00, Sat 10:00-14:00; 22:00-02:00", "Mon-Fri 09:00-17:00; Sat 10:00-14:00, 22:00-02:00"),
        ("Sun 22-2", "Sun 22:00-02:00"),
        ("Fri-Mon 10-12", "Mon 10:00-12:00; Fri-Sun 10:00-12:00"),
        ("Mon 9-12 Mon 11-15", "Mon 09:00-15:00"),
        ("Mon 9-24 Tue 0-2", "Mon 09:00-02:00"),
        ("Mon 00:00-24:00", "Mon 00:00-24:00"),
        ("0-24", "Mon-Sun 00:00-24:00"),
        ("Mon 12-24 Tue 0-24 Wed 0-6", "Mon 12:00-24:00; Tue 00:00-24:00; Wed 00:00-06:00"),
        ("12am-12pm", "Mon-Sun 00:00-12:00"),
    ];
    for (text, written) in table {
        match parse(text, &DayNames::english()) {
            Ok(hours) => assert_eq!(write(&hours, &DayNames::english()), written, "{text:?}"),
            Err(refusal) => assert!(written.is_empty(), "{text:?}: {refusal:?}"),
        }
    }
    let german = german();
    let hours = parse("Mo-Do 9-17 Uhr", &german);
    assert_eq!(hours, Err(Refusal::Unreadable("uhr".to_owned())));
    let hours = parse("Di-Do 9-17", &german).expect("German");
    assert_eq!(write(&hours, &DayNames::english()), "Tue-Thu 09:00-17:00");
    assert_eq!(write(&hours, &german), "Di-Do 09:00-17:00");
    assert_eq!(parse("Tue-Thu 9-17", &german), Ok(hours), "English is understood, too");
}

#[test]
fn what_is_no_hours_is_refused_with_the_part() {
    let unreadable = |part: &str| Err(Refusal::Unreadable(part.to_owned()));
    for (text, expected) in [
        ("", Err(Refusal::Empty)),
        (" ;, ", Err(Refusal::Empty)),
        ("Mon", unreadable("mon")),
        ("Mon 9-17 Tue", unreadable("tue")),
        ("Mon 9", unreadable("9")),
        ("Mon 9-25", unreadable("9-25")),
        ("Mon 9:60-17", unreadable("9:60-17")),
        ("Mon 9-9", unreadable("9-9")),
        ("Mon 24-2", unreadable("24-2")),
        ("Mon 13pm-15", unreadable("13pm-15")),
        ("M 9-17", unreadable("m")),
        ("Mon-Xyz 9-17", unreadable("mon-xyz")),
        ("always", unreadable("always")),
        ("Mon ٩-17", unreadable("٩-17")),
    ] {
        assert_eq!(parse(text, &DayNames::english()), expected, "{text:?}");
    }
}

#[test]
fn the_next_opening_is_right_where_clocks_change() {
    let table = [
        // hours, zone, now, next opening (none: open)
        ("Mon-Fri 9-17", "UTC", "2026-11-30T08:59:30Z", Some("2026-11-30T09:00:00Z")),
        ("Mon-Fri 9-17", "UTC", "2026-11-30T09:00:00Z", None),
        ("Mon-Fri 9-17", "UTC", "2026-11-30T16:59:59Z", None),
        ("Mon-Fri 9-17", "UTC", "2026-11-30T17:00:00Z", Some("2026-12-01T09:00:00Z")),
        ("Mon-Fri 9-17", "UTC", "2026-12-04T17:00:00Z", Some("2026-12-07T09:00:00Z")),
        ("Sun 22-2", "UTC", "2026-11-30T01:59:00Z", None),
        ("Sun 22-2", "UTC", "2026-11-30T02:00:00Z", Some("2026-12-06T22:00:00Z")),
        // Berlin: UTC+1 in winter, UTC+2 in summer; clocks change on 2026-03-29 and 2026-10-25 at 01:00 UTC.
        ("Mon-Fri 9-17", "Europe/Berlin", "2026-03-27T17:00:00Z", Some("2026-03-30T07:00:00Z")),
        ("Mon-Fri 9-17", "Europe/Berlin", "2026-10-23T17:00:00Z", Some("2026-10-26T08:00:00Z")),
        // 02:30 is skipped: open from 03:00 summer time on.
        ("Sun 2:30-4", "Europe/Berlin", "2026-03-29T00:30:00Z", Some("2026-03-29T01:00:00Z")),
        // The whole stretch is skipped.
        ("Sun 2:15-2:45", "Europe/Berlin", "2026-03-29T00:30:00Z", Some("2026-04-05T00:15:00Z")),
        // 02:30 comes twice, and is open twice.
        ("Sun 2:30-2:45", "Europe/Berlin", "2026-10-25T00:00:00Z", Some("2026-10-25T00:30:00Z")),
        ("Sun 2:30-2:45", "Europe/Berlin", "2026-10-25T00:50:00Z", Some("2026-10-25T01:30:00Z")),
        ("Sun 2:30-2:45", "Europe/Berlin", "2026-10-25T01:50:00Z", Some("2026-11-01T01:30:00Z")),
        // Across midnight of the change.
        ("Sat 22-4", "Europe/Berlin", "2026-03-29T01:30:00Z", None),
        ("Sat 22-4", "Europe/Berlin", "2026-03-29T02:00:00Z", Some("2026-04-04T20:00:00Z")),
        // New York: UTC-5, and UTC-4 from 2026-03-08 07:00 UTC on.
        ("Sun 8-9", "America/New_York", "2026-03-08T06:00:00Z", Some("2026-03-08T12:00:00Z")),
        ("Sun 8-9", "America/New_York", "2026-03-01T06:00:00Z", Some("2026-03-01T13:00:00Z")),
        // Half hours, and the other hemisphere.
        ("Mon 9-10", "Asia/Kolkata", "2026-11-30T03:29:00Z", Some("2026-11-30T03:30:00Z")),
        ("Mon 9-10", "Australia/Lord_Howe", "2026-10-03T00:00:00Z", Some("2026-10-04T22:00:00Z")),
    ];
    for (hours, zone, now, expected) in table {
        let found = read(hours).next_opening(&Zone::find(zone).expect("a zone"), at(now));
        assert_eq!(found, expected.map(at), "{hours} in {zone} at {now}");
    }
}

#[test]
fn hours_are_stored_as_english_text_and_read_back() {
    let hours = read("Mon-Fri 9-17; Sat 22-2");
    let stored = serde_json::to_value(&hours).unwrap();
    assert_eq!(stored, serde_json::json!("Mon-Fri 09:00-17:00; Sat 22:00-02:00"));
    assert_eq!(serde_json::from_value::<Hours>(stored).unwrap(), hours);
    assert!(serde_json::from_value::<Hours>(serde_json::json!("soon")).is_err());
}

fn any_hours() -> impl Strategy<Value = Hours> {
    prop::collection::vec((0..WEEK, 1..=WEEK), 1..6).prop_map(|stretches| {
        let stretches = stretches.into_iter().map(|(begin, length)| (begin, begin + length));
        Hours::new(stretches).expect("an open minute")
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_as_the_same(hours in any_hours()) {
        for names in [DayNames::english(), german()] {
            let text = write(&hours, &names);
            prop_assert_eq!(parse(&text, &names), Ok(hours.clone()), "{}", text);
        }
    }

    #[test]
    fn any_text_is_hours_or_refused(text in r"((mon|fri|so|[0-9]{1,3})?[-:;, h]?){0,9}|\PC*") {
        if let Ok(hours) = parse(&text, &german()) {
            prop_assert!(!hours.spans.is_empty());
        }
    }

    /// The opening is the first open minute after that time, minute by minute.
    #[test]
    fn the_next_opening_is_the_first_open_minute(hours in any_hours(), minute in 29_800_000..29_860_000_i64) {
        let now = Timestamp::from_seconds(minute * 60);
        let zone = berlin();
        let is_open = |second: i64| hours.next_opening(&zone, Timestamp::from_seconds(second)).is_none();
        if let Some(opens) = hours.next_opening(&zone, now) {
            prop_assert!(opens > now && is_open(opens.seconds()));
            prop_assert!((minute..opens.seconds() / 60).step_by(7).all(|minute| !is_open(minute * 60)));
        }
    }
}
