mod random;

use std::time::Duration;

use super::*;
use crate::domain::admission::LONGEST_COOLDOWN;
use crate::domain::form::{Choice, Kind};
use crate::domain::settings::Outside;

const SERVER: &str = "1000";
const ALWAYS: &str = r#"["UTC",["00:00","23:59"],["00:00","23:59"],["00:00","23:59"],["00:00","23:59"],["00:00","23:59"],["00:00","23:59"],["00:00","23:59"]]"#;

/// A server as discord-tickets makes it.
fn server() -> SourceServer {
    SourceServer {
        id: SERVER.to_owned(),
        locale: "en-GB".to_owned(),
        blocklist: "[]".to_owned(),
        working_hours: ALWAYS.to_owned(),
        auto_tag: "[]".to_owned(),
        ..SourceServer::default()
    }
}

/// A category with what must be filled in, and its staff mentioned.
fn category() -> SourceCategory {
    SourceCategory {
        id: 3,
        guild: SERVER.to_owned(),
        name: "Support".to_owned(),
        channel_name: "ticket-{num}".to_owned(),
        staff_roles: r#"["11"]"#.to_owned(),
        ping_roles: r#"["11"]"#.to_owned(),
        required_roles: "[]".to_owned(),
        member_limit: Some(1),
        total_limit: Some(50),
        ..SourceCategory::default()
    }
}

fn question(label: &str) -> SourceQuestion {
    SourceQuestion {
        kind: "TEXT".to_owned(),
        label: label.to_owned(),
        required: true,
        style: Some(2),
        least: Some(0),
        most: Some(4_000),
        options: "[]".to_owned(),
        ..SourceQuestion::default()
    }
}

fn tag(name: &str, content: &str) -> SourceTag {
    SourceTag { id: 5, guild: SERVER.to_owned(), name: name.to_owned(), content: content.to_owned(), answers: false }
}

fn planned(servers: Vec<SourceServer>, categories: Vec<SourceCategory>, tags: Vec<SourceTag>) -> Plan {
    plan(&Found { servers, categories, tags }, |locale| format!("Topic ({locale})"))
}

/// The inbox of one category, and what is said about it.
fn judged(category: SourceCategory) -> (Option<Inbox>, Vec<(Subject, Trouble)>) {
    judged_in(server(), category)
}

fn judged_in(server: SourceServer, category: SourceCategory) -> (Option<Inbox>, Vec<(Subject, Trouble)>) {
    let plan = planned(vec![server], vec![category], Vec::new());
    let inbox = plan.servers.into_iter().next().and_then(|server| server.inboxes.into_iter().next());
    (inbox, plan.remarks.into_iter().map(|remark| (remark.subject, remark.what)).collect())
}

fn roles_of(ids: &[u64]) -> Vec<RoleId> {
    ids.iter().copied().map(RoleId::new).collect()
}

#[test]
fn what_discord_tickets_proposes_comes_over_without_a_remark() {
    let (inbox, remarks) = judged(category());
    let inbox = inbox.unwrap();

    let mut expected = InboxSettings::new(ChannelId::new(4));
    expected.panel.label = Some("Support".to_owned());
    expected.opening.inbox_limit = 50;
    expected.beginning.starter = Some("$author $staff".to_owned());
    expected.beginning.ticket_name = Some("ticket-${number}".to_owned());
    expected.beginning.close_button = false;
    assert_eq!(inbox.settings, expected);
    assert_eq!((inbox.source, inbox.staff), (3, vec![StaffMember::Role(RoleId::new(11))]));
    assert_eq!(remarks, []);
}

#[test]
fn rules_of_the_server_hold_in_each_of_its_inboxes() {
    let server = SourceServer {
        blocklist: r#"["21","22","21"]"#.to_owned(),
        working_hours: ALWAYS.replace("23:59", "12:00"),
        close_button: true,
        claim_button: true,
        ..server()
    };
    let claimed = SourceCategory { claiming: true, ..category() };

    let plan = planned(vec![server], vec![claimed, SourceCategory { id: 4, ..category() }], Vec::new());

    let inboxes = &plan.servers[0].inboxes;
    assert_eq!(inboxes.len(), 2);
    for inbox in inboxes {
        assert_eq!(inbox.settings.access.refused_roles, roles_of(&[21, 22]));
        assert!(inbox.settings.hours.week.is_some() && inbox.settings.hours.outside == Outside::Notice);
        assert!(inbox.settings.beginning.close_button);
        assert_eq!(inbox.settings.beginning.claim_button, inbox.source == 3, "where tickets were claimed");
    }
}

#[test]
fn questions_become_a_form() {
    let menu = SourceQuestion {
        kind: "MENU".to_owned(),
        options: r#"[{"label":"One","description":"The first"},{"label":"Two"},{"label":"Two"},{"label":""},7]"#
            .to_owned(),
        ..question("Which?")
    };
    let questions = vec![
        SourceQuestion {
            style: Some(1),
            least: Some(3),
            most: Some(12),
            placeholder: "A-1".to_owned(),
            ..question("Order")
        },
        SourceQuestion { required: false, value: "…".to_owned(), ..question("Order") },
        menu.clone(),
        SourceQuestion { least: Some(2), most: Some(9), ..menu },
        SourceQuestion { kind: "DATE".to_owned(), ..question("When?") },
        question("And?"),
    ];

    let (inbox, remarks) = judged(SourceCategory { questions, asks_topic: true, ..category() });

    let asked = inbox.unwrap().settings.form.questions;
    let choice = |label: &str, description: Option<&str>| Choice {
        label: label.to_owned(),
        description: description.map(str::to_owned),
    };
    let options = vec![choice("One", Some("The first")), choice("Two", None)];
    let kinds: Vec<_> = asked.iter().map(|question| (question.key.as_str(), question.kind.clone())).collect();
    assert_eq!(
        kinds,
        [
            ("order", Kind::Short { least: 3, most: 12 }),
            ("order2", Kind::Long { least: 0, most: 1_000 }),
            ("which", Kind::One { menu: true, options: options.clone() }),
            ("which2", Kind::Several { menu: true, least: 2, most: Some(2), options }),
        ]
    );
    assert_eq!((asked[0].help.as_deref(), asked[0].required, asked[1].required), (Some("A-1"), true, false));
    let of = |number, what| (Subject::Question(3, number), what);
    assert_eq!(
        remarks,
        [
            of(2, Trouble::Prefilled),
            of(3, Trouble::Choices),
            of(4, Trouble::Choices),
            of(5, Trouble::Unfit),
            (Subject::Category(3), Trouble::TooManyQuestions),
        ]
    );
}

#[test]
fn a_topic_is_asked_for_in_the_servers_language_where_nothing_else_is() {
    let asks = SourceCategory { asks_topic: true, ..category() };

    let (inbox, remarks) = judged_in(SourceServer { locale: "fr".to_owned(), ..server() }, asks);

    let asked = inbox.unwrap().settings.form.questions;
    assert_eq!(asked.len(), 1);
    assert_eq!((asked[0].label.as_str(), &asked[0].kind), ("Topic (fr)", &Kind::Long { least: 5, most: 1_000 }));
    assert_eq!(remarks, []);
}

#[test]
fn whatever_changes_its_meaning_is_told_once() {
    let text = str::to_owned;
    let long = |count: usize| "x".repeat(count);
    let many: Vec<String> = (1..=30).map(|id| format!("\"{id}\"")).collect();
    let many = format!("[{}]", many.join(","));
    let table: Vec<(SourceCategory, Vec<Trouble>)> = vec![
        (SourceCategory { name: long(81), description: long(101), ..category() }, vec![Trouble::TextCut]),
        (SourceCategory { opening_message: long(2_000), ..category() }, vec![Trouble::TextCut]),
        (SourceCategory { channel_name: long(101), ..category() }, vec![Trouble::TextCut]),
        (SourceCategory { opening_message: text("No. {num}"), ..category() }, vec![Trouble::Unfilled]),
        (SourceCategory { emoji: text("?"), ..category() }, vec![Trouble::Emoji]),
        (SourceCategory { image: text("https://x.y/z.png"), ..category() }, vec![Trouble::Image]),
        (SourceCategory { slow_mode: Some(5), ..category() }, vec![Trouble::SlowMode]),
        (SourceCategory { feedback: true, ..category() }, vec![Trouble::Feedback]),
        (SourceCategory { topic_question: text("a"), ..category() }, vec![Trouble::ChannelTopic]),
        (SourceCategory { member_limit: None, ..category() }, vec![Trouble::NoNumber]),
        (SourceCategory { member_limit: Some(0), total_limit: Some(-5), ..category() }, vec![Trouble::Paused]),
        (SourceCategory { total_limit: Some(i64::MAX), ..category() }, vec![Trouble::Clamped]),
        (SourceCategory { cooldown: Some(i64::MAX), ..category() }, vec![Trouble::Clamped]),
        (SourceCategory { required_roles: text(r#"["1000","31"]"#), ..category() }, vec![]),
        (SourceCategory { required_roles: text(r#"["31","32"]"#), ..category() }, vec![Trouble::AnyRole]),
        (SourceCategory { required_roles: text("everybody"), ..category() }, vec![Trouble::NoList]),
        (SourceCategory { staff_roles: text(r#"["11","x",5,null]"#), ..category() }, vec![Trouble::NoRole]),
        (SourceCategory { staff_roles: many.clone(), ping_roles: many, ..category() }, vec![Trouble::TooManyRoles]),
        (
            SourceCategory { staff_roles: text(r#"["1000"]"#), ping_roles: text("[]"), ..category() },
            vec![Trouble::Everyone],
        ),
        (SourceCategory { ping_roles: text("[]"), ..category() }, vec![Trouble::MentionsAll]),
        (SourceCategory { ping_roles: text(r#"["11","12"]"#), ..category() }, vec![Trouble::PingedOthers]),
    ];
    for (source, expected) in table {
        let (inbox, remarks) = judged(source.clone());
        let expected: Vec<_> = expected.into_iter().map(|what| (Subject::Category(3), what)).collect();
        assert_eq!(remarks, expected, "{source:?}");
        assert!(inbox.is_some() && !remarks.iter().any(|(_, what)| what.leaves_out()), "{source:?}");
    }
}

#[test]
fn limits_that_let_nobody_in_pause_the_inbox_and_do_not_become_no_limit() {
    for limits in [(Some(0), Some(50)), (Some(1), Some(0)), (Some(-1), Some(-1))] {
        let (inbox, _) = judged(SourceCategory { member_limit: limits.0, total_limit: limits.1, ..category() });
        assert!(inbox.unwrap().settings.pause.on, "{limits:?}");
    }
    let blocked = SourceServer { blocklist: format!(r#"["{SERVER}"]"#), ..server() };
    let (inbox, remarks) = judged_in(blocked, category());
    let settings = inbox.unwrap().settings;
    assert!(settings.pause.on && settings.access.refused_roles.is_empty());
    assert_eq!(remarks, [(Subject::Category(3), Trouble::Paused)]);
}

#[test]
fn a_cooldown_is_rounded_up_and_without_one_ticketbots_holds() {
    let cooldown =
        |millis| judged(SourceCategory { cooldown: millis, ..category() }).0.unwrap().settings.opening.cooldown;
    for (millis, expected) in [
        (None, Duration::from_mins(1)),
        (Some(0), Duration::from_mins(1)),
        (Some(-1), Duration::from_mins(1)),
        (Some(1), Duration::from_secs(1)),
        (Some(300_500), Duration::from_secs(301)),
        (Some(i64::MAX), LONGEST_COOLDOWN),
    ] {
        assert_eq!(cooldown(millis), expected, "{millis:?}");
    }
}

#[test]
fn tags_become_canned_replies() {
    let tags = vec![
        tag("Refunds", "It takes $5 and\ntwo days. "),
        SourceTag { id: 6, answers: true, ..tag("  Opening\u{200b} hours ", "Nine to five.") },
        SourceTag { id: 7, ..tag(" ", "text") },
        SourceTag { id: 8, ..tag("Long", &"x".repeat(1_501)) },
    ];

    let plan = planned(vec![server()], vec![category()], tags.clone());

    let replies: Vec<_> = plan.servers[0].replies.iter().map(|reply| (reply.name.as_str(), reply.text.len())).collect();
    assert_eq!(replies, [("Refunds", 26), ("Opening hours", 13), ("Long", 1_500)]);
    assert_eq!(plan.servers[0].replies[0].text, "It takes $$5 and\ntwo days.");
    let told: Vec<_> = plan.remarks.iter().map(|remark| (remark.subject, remark.what)).collect();
    assert_eq!(
        told,
        [(Subject::Tag(6), Trouble::Answers), (Subject::Tag(7), Trouble::Blank), (Subject::Tag(8), Trouble::TextCut)]
    );

    let alone = planned(vec![server()], Vec::new(), tags);
    assert!(alone.servers.is_empty() && alone.remarks.iter().all(|remark| remark.what == Trouble::NoInbox));
}

#[test]
fn what_a_server_has_beside_its_categories_is_told() {
    let source = SourceServer {
        blocklist: "?".to_owned(),
        working_hours: "?".to_owned(),
        log_channel: Some("general".to_owned()),
        closes_stale: true,
        auto_tag: "\"all\"".to_owned(),
        last_number: i64::MAX,
        tickets: 5,
        open_tickets: 2,
        ..server()
    };

    let (_, remarks) = judged_in(source, category());

    let told: Vec<_> = remarks.into_iter().map(|(_, what)| what).collect();
    assert_eq!(
        told,
        [
            Trouble::NoList,
            Trouble::NoLog,
            Trouble::Stale,
            Trouble::AutoTag,
            Trouble::OpenTickets(2),
            Trouble::ClosedTickets(3),
            Trouble::NoNumber
        ]
    );
    let fine = SourceServer { log_channel: Some("40".to_owned()), last_number: 57, tickets: 57, ..server() };
    let plan = planned(vec![fine], vec![category()], Vec::new());
    assert_eq!((plan.servers[0].log, plan.servers[0].last_number), (Some(ChannelId::new(40)), 57));
}

#[test]
fn rows_of_no_server_are_named_and_a_server_has_its_most_inboxes() {
    let nowhere = SourceServer { id: "town".to_owned(), ..server() };
    let lost = SourceCategory { id: 9, guild: "77".to_owned(), ..category() };
    let many = (1..=252).map(|id| SourceCategory { id, ..category() });

    let plan = planned(vec![nowhere, server()], many.chain([lost]).collect(), Vec::new());

    assert_eq!(plan.servers[0].inboxes.len(), MOST_INBOXES);
    let told: Vec<_> = plan.remarks.iter().map(|remark| (remark.guild, remark.subject, remark.what)).collect();
    let town = Some(GuildId::new(1000));
    assert_eq!(
        told,
        [
            (None, Subject::Server, Trouble::NoId),
            (town, Subject::Category(251), Trouble::TooManyCategories),
            (town, Subject::Category(252), Trouble::TooManyCategories),
            (None, Subject::Category(9), Trouble::NoServer),
        ]
    );
}
