//! What stands where.

use std::time::Duration;

use super::{Parsed, assert_harmless, file, find, texts, usual};
use crate::domain::form::quoted::Quoted;
use crate::domain::history::{
    Attachment, Body, Command, Embed, Field, Forward, Kind, Message, Part, PollResult, Reaction, Reply,
};
use crate::domain::ids::MessageId;
use crate::domain::lifecycle::State;
use crate::export::cover::Facts;
use crate::export::samples::{AT, BOT, anna, bot, facts, message, names, said, webhook};

#[test]
fn the_head_says_what_the_ticket_is_about() {
    let answers = [
        Quoted { question: "Which order?".to_owned(), answer: "4711\nand 4712".to_owned() },
        Quoted { question: "Size".to_owned(), answer: "L".to_owned() },
    ];
    let page = Parsed::parse_document(&file(&facts(), &names(), &[message(0, anna(), said("Hello"))], &answers));
    assert_harmless(&page);
    assert_eq!(texts(&page, "title"), ["Ticket #12 · 2026-06-12 Anna"]);
    assert_eq!(texts(&page, "h1"), ["Ticket #12 closed"]);
    assert_eq!(texts(&page, ".server"), ["Harbour"]);
    let (labels, values) = (texts(&page, ".facts dt"), texts(&page, ".facts dd"));
    let entries: Vec<(&str, &str)> = labels.iter().zip(&values).map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let unknown = (5_u64 << 22).to_string();
    assert_eq!(
        entries,
        [
            ("Owner", "Anna @anna"),
            ("Inbox", "Inbox 3: Lost keys"),
            ("Claimed by", unknown.as_str()),
            ("Opened", "2026-06-12 14:03"),
            ("Closed", "2026-06-12 14:03"),
            ("Closed by", "tickets @tickets"),
            ("Priority", "High"),
            ("Messages", "1"),
        ]
    );
    assert_eq!(texts(&page, ".answers dt"), ["Which order?", "Size"]);
    assert_eq!(texts(&page, ".answers dd"), ["4711and 4712", "L"]);
    assert_eq!(texts(&page, ".people li"), ["Anna 3", "tickets 1"]);
    assert!(texts(&page, ".made")[0].contains("All times are in UTC."));
    assert!(find(&page, ".note").is_empty());
    assert_eq!(find(&page, "html")[0].value().attr("lang"), Some("en-US"));
}

#[test]
fn what_is_missing_stands_at_the_top() {
    let note = |facts: &Facts| {
        let page = Parsed::parse_document(&file(facts, &names(), &[message(0, anna(), Body::default())], &[]));
        assert_harmless(&page);
        (texts(&page, ".cover .note").concat(), texts(&page, ".unread").concat())
    };
    let (without, unread) = note(&Facts { reads_content: Some(false), ..facts() });
    assert!(without.contains("Message Content Intent") && without.contains("who wrote when"), "{without}");
    assert_eq!(unread, "text that the bot cannot read");
    let (unknown, _) = note(&Facts { reads_content: None, state: State::Open, ..facts() });
    assert!(unknown.starts_with("Discord did not say"), "{unknown}");
}

#[test]
fn messages_of_one_author_stand_together_under_the_day() {
    let page = usual(&[
        message(0, anna(), said("one")),
        message(5, anna(), said("two")),
        message(6, bot(), said("three")),
        message(20, bot(), said("four")),
        message(24 * 60, bot(), said("five")),
    ]);
    assert_eq!(texts(&page, ".day"), ["Friday, June 12, 2026", "Saturday, June 13, 2026"]);
    assert_eq!(texts(&page, ".name"), ["Anna", "tickets", "tickets", "tickets"]);
    assert_eq!(find(&page, ".message.more").len(), 1);
    assert_eq!(texts(&page, ".tag"), ["Owner", "app", "app", "app"]);
    assert_eq!(texts(&page, ".avatar"), ["A", "T", "T", "T"]);
    let times = find(&page, ".message time");
    assert_eq!(times[0].value().attr("datetime"), Some("2026-06-12T14:03:00.000Z"));
    assert_eq!(texts(&page, ".message .at")[..2], ["14:03", "14:08"]);
}

#[test]
fn replies_lead_to_their_message_if_it_is_in_the_file() {
    let first = message(0, anna(), said("Where is **my** key?"));
    let reply = |minute, to: &Message, shown| Message {
        reply_to: Some(Reply { message: to.id, shown }),
        ..message(minute, bot(), said("Here"))
    };
    let elsewhere = message(9, anna(), Body::default());
    let shown = || Some((anna(), "Where is **my** key?".to_owned()));
    let page =
        usual(&[first.clone(), reply(1, &first, shown()), reply(2, &elsewhere, shown()), reply(3, &first, None)]);
    let replies = find(&page, ".reply");
    let link = replies[0].select(&super::Selector::parse("a").unwrap()).next().expect("a link");
    assert_eq!(link.value().attr("href"), Some(format!("#m{}", first.id).as_str()));
    assert!(!find(&page, &format!("article[id='m{}']", first.id)).is_empty());
    assert!(replies[1].select(&super::Selector::parse("a").unwrap()).next().is_none());
    assert_eq!(texts(&page, ".reply")[0], "Anna Where is **my** key?");
    assert_eq!(texts(&page, ".reply")[2], "The message that this replies to is not there.");
}

#[test]
fn forwards_edits_reactions_and_commands_are_marked() {
    let whole = Message {
        edited_at: Some(AT + Duration::from_mins(1)),
        is_pinned: true,
        forwards: vec![Forward { body: said("from elsewhere"), at: Some(AT), ..Forward::default() }],
        command: Some(Command { by: anna(), name: Some("ticket info".to_owned()) }),
        reactions: vec![Reaction { emoji: "👍".to_owned(), count: 3 }],
        ..message(0, bot(), Body::default())
    };
    let page = usual(&[whole]);
    assert_eq!(texts(&page, ".forwarded"), ["Forwarded · 2026-06-12 14:03from elsewhere"]);
    assert_eq!(texts(&page, ".mark"), ["edited", "pinned"]);
    assert_eq!(find(&page, ".mark")[0].value().attr("title"), Some("edited 2026-06-12 14:04"));
    assert_eq!(texts(&page, ".reactions li"), ["👍 3"]);
    assert_eq!(texts(&page, ".reply"), ["Anna used /ticket info"]);
    assert!(find(&page, ".unread").is_empty());
}

#[test]
fn system_messages_are_lines() {
    let system = |minute, kind, text| Message { kind, mentions: vec![anna()], ..message(minute, bot(), said(text)) };
    let page = usual(&[
        system(0, Kind::Added, ""),
        system(1, Kind::Removed, ""),
        system(2, Kind::Renamed, "new name"),
        system(3, Kind::Pinned, ""),
        system(4, Kind::Other(42), ""),
    ]);
    assert_eq!(
        texts(&page, ".system"),
        [
            "tickets added Anna. 14:03",
            "tickets removed Anna. 14:04",
            "tickets renamed the thread: new name 14:05",
            "tickets pinned a message. 14:06",
            "A message of Discord about tickets. 14:07",
        ]
    );
    assert!(find(&page, ".message").is_empty());
}

#[test]
fn embeds_have_their_colour_without_a_style_of_their_own() {
    let embed = Embed {
        color: Some(0x00_FF_80),
        author: Some("Shop".to_owned()),
        title: Some("Order".to_owned()),
        url: Some("https://shop.example".to_owned()),
        description: Some("**paid**".to_owned()),
        fields: vec![Field { name: "Size".to_owned(), value: "L".to_owned() }],
        picture: Some("https://shop.example/p.png".to_owned()),
        thumbnail: Some("https://shop.example/t.png".to_owned()),
        footer: Some("thanks".to_owned()),
        at: Some(AT),
    };
    let page = usual(&[message(0, bot(), Body { embeds: vec![embed], ..Body::default() })]);
    assert_eq!(find(&page, ".embed rect")[0].value().attr("fill"), Some("#00ff80"));
    assert_eq!(texts(&page, ".embed .title a"), ["Order"]);
    assert_eq!(texts(&page, ".embed strong"), ["paid"]);
    assert_eq!(texts(&page, ".embed dt, .embed dd"), ["Size", "L"]);
    assert_eq!(texts(&page, ".embed .small"), ["Shop", "thanks · 2026-06-12 14:03"]);
    let addresses: Vec<_> =
        find(&page, ".embed .label a").iter().filter_map(|link| link.value().attr("href")).collect();
    assert_eq!(addresses, ["https://shop.example/p.png", "https://shop.example/t.png"]);
    assert!(find(&page, "img").is_empty(), "pictures of embeds are remote");
}

#[test]
fn files_are_shown_saved_or_listed_by_their_kind() {
    let kinds = ["image/png", "image/png; charset=x", "image/svg+xml", "text/html", "audio/mpeg", "video/webm"];
    for (kind, shown) in kinds.into_iter().zip(["img", "img", "a.file", "a.file", "audio", "video"]) {
        let file = |name: &str| Attachment {
            name: name.to_owned(),
            size: 1_500_000,
            content_type: Some(kind.to_owned()),
            description: Some("A key".to_owned()),
            is_spoiler: false,
            url: String::new(),
        };
        let page =
            usual(&[message(0, anna(), Body { attachments: vec![file("a.x"), file("b.x")], ..said("two files") })]);
        let found = find(&page, &format!(".files figure {shown}"));
        assert_eq!(found.len(), 1, "{kind}");
        if shown == "img" {
            assert_eq!(found[0].value().attr("alt"), Some("A key"));
            assert_eq!(found[0].value().attr("tabindex"), Some("0"), "it can be selected, which enlarges it");
        }
        assert!(texts(&page, "figcaption")[0].ends_with("1.5 MB"), "{:?}", texts(&page, "figcaption"));
        assert_eq!(texts(&page, ".absent"), ["b.x · 1.5 MB · not in this export, which would be too large"]);
    }
}

#[test]
fn a_spoiler_is_covered_until_it_is_opened() {
    let file = Attachment {
        name: "a.png".to_owned(),
        content_type: Some("image/png".to_owned()),
        is_spoiler: true,
        ..Attachment::default()
    };
    let page = usual(&[message(0, anna(), Body { attachments: vec![file], ..said("||hidden||") })]);
    assert_eq!(find(&page, "details.spoiler img").len(), 1);
    assert!(find(&page, "details[open]").is_empty());
    assert_eq!(texts(&page, "details.spoiler summary"), ["Spoiler", "Spoiler"]);
}

#[test]
fn somebody_whom_nobody_named_has_an_id() {
    let facts = Facts { closed_by: Some(BOT), opened_by: Some(crate::domain::ids::UserId::new(77)), ..facts() };
    let page = Parsed::parse_document(&file(&facts, &names(), &[], &[]));
    assert!(texts(&page, ".facts dd").contains(&"77".to_owned()));
}

#[test]
fn people_who_write_through_one_webhook_stand_apart_under_their_own_names() {
    let reply = Message {
        reply_to: Some(Reply { message: MessageId::new(1), shown: Some((webhook("Otto"), "Hello".to_owned())) }),
        ..message(3, webhook("Ida"), said("four"))
    };
    let page = usual(&[
        message(0, webhook("Otto"), said("one")),
        message(1, webhook("Otto"), said("two")),
        message(2, webhook("Ida"), said("three")),
        reply,
    ]);
    assert_eq!(texts(&page, ".name"), ["Otto", "Ida", "Ida"]);
    assert_eq!(texts(&page, ".avatar"), ["O", "I", "I"]);
    assert_eq!(find(&page, ".message.more").len(), 1);
    assert_eq!(texts(&page, ".reply"), ["Otto Hello"]);
}

#[test]
fn results_of_polls_are_sentences_and_no_fields() {
    let result = |answer: Option<&str>| {
        let answer = answer.map(str::to_owned);
        let result = PollResult { question: "Better?".to_owned(), answer, votes: 3, total: 4 };
        texts(&usual(&[message(0, anna(), Body { result: Some(result), ..Body::default() })]), ".poll").concat()
    };
    assert_eq!(result(Some("👍 Yes")), "Poll resultBetter?👍 Yes 3 of 4 votes");
    assert_eq!(result(None), "Poll resultBetter?No answer won, with 4 votes.");
}

#[test]
fn pictures_and_files_of_components_are_linked_and_spoilers_covered() {
    let url = || Some("https://cdn.discordapp.com/a.png".to_owned());
    let parts = vec![
        Part::Picture { text: "A key".to_owned(), url: url() },
        Part::File { name: "a.txt".to_owned(), url: url() },
        Part::Spoiler(vec![Part::Group(vec![Part::Text("hidden".to_owned())])]),
    ];
    let page = usual(&[message(0, bot(), Body { parts, ..Body::default() })]);
    assert_eq!(texts(&page, ".parts > .label"), ["Picture: A key", "File: a.txt"]);
    assert_eq!(texts(&page, ".parts > .label a"), ["Picture", "File"]);
    assert_eq!(texts(&page, "details.spoiler .text"), ["hidden"]);
}

#[test]
fn long_labels_are_not_cut() {
    let long = "word ".repeat(60).trim().to_owned();
    let some = || Some(long.clone());
    let embed = Embed { author: some(), footer: some(), ..Embed::default() };
    let parts = vec![Part::Menu(long.clone()), Part::Picture { text: long.clone(), url: None }];
    let page = usual(&[message(0, bot(), Body { embeds: vec![embed], parts, ..Body::default() })]);
    for selector in [".embed .small:first-child", ".embed .small:last-child", ".parts .button", ".parts .label"] {
        assert!(texts(&page, selector).concat().ends_with(&long), "{selector}");
    }
}

/// Neither a script nor an address could show a picture larger: the style does.
#[test]
fn a_selected_or_printed_picture_has_the_room_of_the_page() {
    let page = usual(&[message(0, anna(), said("Hello"))]);
    let style = texts(&page, "style").concat();
    let (screen, print) = style.split_once("@media print").expect("a style for print");
    assert!(screen.contains("img:focus { max-width: 100%; max-height: none;"));
    assert!(print.contains("img { max-width: 100%; max-height: none; }"));
}
