//! What stands in a text file, and that nothing in it acts on a terminal or reorders a line.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::domain::form::quoted::Quoted;
use crate::domain::history::{Command, Field, Person, Reaction, Reply};
use crate::domain::ids::MessageId;
use crate::export::cover::{Author, Extent, Facts, PartEnd};
use crate::export::samples::{ANNA, AT, anna, bot, facts, message, names, said, webhook};

fn text() -> Text {
    Text::new(Locale::default(), ANNA, Zone::utc())
}

/// The lines below the title of a message, without their indentation.
fn lines(message: &Message) -> Vec<String> {
    let shown = text().message(message, &names()).before;
    let mut lines = shown.trim_end_matches('\n').split('\n');
    assert!(lines.next().is_some_and(|title| title.starts_with("2026-06-12 ")), "{shown}");
    lines.map(|line| line.strip_prefix(INDENT).unwrap_or_else(|| panic!("not indented: {line:?}")).to_owned()).collect()
}

fn of_body(body: Body) -> Vec<String> {
    lines(&message(0, anna(), body))
}

/// A field; an empty one is not sent.
fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// A mention of each kind, and a time.
const WRITTEN: &str = "<@8388608> <@&7> <#8> <t:0:R>";
const READ: &str = "@Anna @Support #help 1970-01-01 00:00";

#[test]
fn mentions_have_names_and_times_a_date_wherever_they_stand() {
    let embed = Embed {
        title: some(WRITTEN),
        description: some(WRITTEN),
        fields: vec![Field { name: WRITTEN.to_owned(), value: WRITTEN.to_owned() }],
        ..Embed::default()
    };
    let poll = Poll { question: WRITTEN.to_owned(), answers: vec![(WRITTEN.to_owned(), None)] };
    let result = PollResult { question: WRITTEN.to_owned(), answer: some(WRITTEN), votes: 1, total: 1 };
    let parts = vec![Part::Group(vec![Part::Spoiler(vec![Part::Text(WRITTEN.to_owned())])])];
    let body = Body { embeds: vec![embed], parts, poll: Some(poll), result: Some(result), ..said(WRITTEN) };
    let whole = Message {
        reply_to: Some(Reply { message: MessageId::new(1), shown: Some((bot(), WRITTEN.to_owned())) }),
        forwards: vec![Forward { body: said(WRITTEN), ..Forward::default() }],
        ..message(0, anna(), body)
    };
    assert_eq!(
        lines(&whole),
        [
            format!("> tickets: {READ}"),
            READ.to_owned(),
            READ.to_owned(),
            READ.to_owned(),
            format!("{READ}: {READ}"),
            "[Spoiler]".to_owned(),
            READ.to_owned(),
            format!("[Poll] {READ}"),
            format!("- {READ}"),
            format!("[Poll result] {READ}"),
            format!("- {READ} 1 of one vote"),
            "[Forwarded]".to_owned(),
            READ.to_owned(),
        ]
    );
}

#[test]
fn an_embed_is_there_as_a_whole() {
    let embed = Embed {
        color: Some(1),
        author: some("Shop"),
        title: some("Order"),
        url: some("https://shop.example"),
        description: some("paid"),
        fields: vec![Field { name: "Size".to_owned(), value: "L\nor M".to_owned() }],
        picture: some("https://shop.example/p.png"),
        thumbnail: some("https://shop.example/t.png"),
        footer: some("thanks"),
        at: Some(AT),
    };
    assert_eq!(
        of_body(Body { embeds: vec![embed], ..Body::default() }),
        [
            "Shop",
            "Order",
            "https://shop.example",
            "paid",
            "Size: L",
            "or M",
            "[Picture] https://shop.example/p.png",
            "[Picture] https://shop.example/t.png",
            "thanks · 2026-06-12 14:03",
        ]
    );
}

#[test]
fn components_say_what_they_are_and_where_they_lead() {
    let url = || some("https://a.example");
    let parts = vec![
        Part::Button { label: "Open".to_owned(), url: url() },
        Part::Button { label: "Close".to_owned(), url: None },
        Part::Menu("Choose".to_owned()),
        Part::Picture { text: "A key".to_owned(), url: url() },
        Part::Picture { text: String::new(), url: None },
        Part::Separator,
        Part::Spoiler(vec![Part::File { name: "a.txt".to_owned(), url: url() }]),
    ];
    assert_eq!(
        of_body(Body { parts, ..Body::default() }),
        [
            "[Open] https://a.example",
            "[Close]",
            "[Menu: Choose]",
            "[Picture: A key] https://a.example",
            "[Picture]",
            "[Spoiler]",
            "[File: a.txt] https://a.example",
        ]
    );
}

#[test]
fn files_have_their_alternative_text_and_say_that_they_are_spoilers() {
    let file = |description: Option<&str>, is_spoiler| Attachment {
        name: "a.png".to_owned(),
        size: 1_500,
        description: description.map(str::to_owned),
        is_spoiler,
        ..Attachment::default()
    };
    let attachments = vec![file(None, false), file(Some("A key"), true), file(Some("\u{200b}"), false)];
    assert_eq!(
        of_body(Body { attachments, ..Body::default() }),
        ["[File: a.png, 2 kB]", "[File: a.png, 2 kB, Spoiler] A key", "[File: a.png, 2 kB]"]
    );
}

#[test]
fn commands_forwards_replies_and_reactions_are_named() {
    let command = |name| Some(Command { by: anna(), name });
    let whole = Message {
        command: command(some("ticket info")),
        reply_to: Some(Reply { message: MessageId::new(1), shown: Some((webhook("Otto"), String::new())) }),
        forwards: vec![Forward {
            body: said("from elsewhere"),
            at: Some(AT),
            edited_at: Some(AT),
            mentions: Vec::new(),
        }],
        reactions: vec![Reaction { emoji: "👍".to_owned(), count: 3 }],
        ..message(0, bot(), Body::default())
    };
    assert_eq!(
        lines(&whole),
        [
            "> Otto: [a message without text]",
            "> Anna used /ticket info",
            "[Forwarded · 2026-06-12 14:03 · edited 2026-06-12 14:03]",
            "from elsewhere",
            "👍 3",
        ]
    );
    let used = Message { command: command(None), ..message(0, bot(), said("Hello")) };
    assert_eq!(lines(&used), ["> Anna used the app", "Hello"]);
}

#[test]
fn a_webhook_has_the_name_of_each_message_and_no_other() {
    let title = |person: Person| text().message(&message(0, person, said("Hello")), &names()).before;
    assert!(title(webhook("Otto")).starts_with("2026-06-12 14:03  Otto [app]\n"));
    assert!(title(webhook("Ida")).starts_with("2026-06-12 14:03  Ida [app]\n"));
    assert!(title(anna()).starts_with("2026-06-12 14:03  Anna (@anna) [Owner]\n"));
}

#[test]
fn a_name_from_right_to_left_stays_in_its_place() {
    let name = "\u{5d0}\u{5e0}\u{5d4}";
    let person = Person { id: UserId::new(77), display_name: name.to_owned(), ..anna() };
    let mut known = names();
    known.add(&person);
    let isolated = format!("\u{2068}{name}\u{2069}");
    let written = text().message(&message(0, person, said("<@77> and <@8388608>")), &known).before;
    assert_eq!(written, format!("2026-06-12 14:03  {isolated} (@anna)\n    @{isolated} and @Anna\n\n"));
}

/// Texts that would turn a line around, hide it or act on a terminal.
const HOSTILE: [&str; 6] = [
    "\u{202e}gnp.exe\u{202c}",
    "\u{2066}a\u{2067}b\u{2068}c",
    "\u{2069}\u{2069}\u{2069}end",
    "\u{1b}[31mred\u{7}",
    "a\u{2028}b\u{2029}c\u{85}d",
    "\r\n2026-06-12 14:03  Anna (@anna)\n----\n",
];

/// A whole file with this text in every field.
fn everywhere(text_of_person: &str) -> String {
    let some = || Some(text_of_person.to_owned());
    let own = || text_of_person.to_owned();
    let person = || Person { display_name: own(), username: own(), id: UserId::new(78), ..anna() };
    let body = || Body {
        text: own(),
        attachments: vec![Attachment { name: own(), description: some(), ..Attachment::default() }],
        embeds: vec![Embed {
            author: some(),
            title: some(),
            url: some(),
            description: some(),
            fields: vec![Field { name: own(), value: own() }],
            picture: some(),
            thumbnail: some(),
            footer: some(),
            ..Embed::default()
        }],
        parts: vec![
            Part::Text(own()),
            Part::Button { label: own(), url: some() },
            Part::Menu(own()),
            Part::Picture { text: own(), url: some() },
            Part::Spoiler(vec![Part::File { name: own(), url: some() }]),
        ],
        stickers: vec![own()],
        poll: Some(Poll { question: own(), answers: vec![(own(), Some(1))] }),
        result: Some(PollResult { question: own(), answer: some(), votes: 1, total: 2 }),
    };
    let whole = Message {
        reply_to: Some(Reply { message: MessageId::new(1), shown: Some((person(), own())) }),
        forwards: vec![Forward { body: body(), mentions: vec![person()], ..Forward::default() }],
        command: Some(Command { by: person(), name: some() }),
        reactions: vec![Reaction { emoji: own(), count: 1 }],
        ..message(0, person(), body())
    };
    let renamed =
        Message { kind: Kind::Renamed, mentions: vec![person()], ..message(1, person(), said(text_of_person)) };
    let mut known = names();
    known.add(&person());
    let facts = Facts { guild_name: own(), thread_name: own(), owner: UserId::new(78), ..facts() };
    let answers = [Quoted { question: own(), answer: own() }];
    let writers = BTreeMap::from([(Author { id: ANNA, name: None }, 1)]);
    let extent = Extent { part: 1, messages: 2, end: PartEnd::Last };
    let cover = Cover { facts: &facts, names: &known, answers: &answers, writers: &writers, extent };
    let mut text = text();
    let written: String = [whole, renamed].iter().map(|message| text.message(message, &known).before).collect();
    text.head(&cover) + &written
}

fn assert_harmless(file: &str) {
    for line in file.lines() {
        let open = line.chars().fold(0_i32, |open, letter| match letter {
            '\u{2068}' => open + 1,
            '\u{2069}' => {
                assert!(open > 0, "an isolation ends that has not begun: {line:?}");
                open - 1
            }
            '\u{2028}'..='\u{202e}' | '\u{2066}' | '\u{2067}' => panic!("a mark of direction: {line:?}"),
            letter => {
                assert!(letter == '\t' || !letter.is_control(), "a control character: {line:?}");
                open
            }
        });
        assert_eq!(open, 0, "an isolation does not end: {line:?}");
    }
}

#[test]
fn nothing_that_people_write_reorders_a_line_or_acts_on_a_terminal() {
    for text in HOSTILE {
        assert_harmless(&everywhere(text));
    }
    let titles = everywhere(HOSTILE[5]);
    assert_eq!(titles.lines().filter(|line| *line == "----").count(), 1, "nobody ends the head but the file");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_text_reorders_a_line(
        pieces in proptest::collection::vec(prop_oneof![
            proptest::sample::select(&HOSTILE[..]).prop_map(str::to_owned),
            r"[\u{202a}-\u{202e}\u{2066}-\u{2069}\u{5d0}-\u{5ea}<@#:t0-9a-z> \n]{0,12}".prop_map(|text: String| text),
            r"\PC{0,4}".prop_map(|text: String| text),
        ], 0..6),
    ) {
        assert_harmless(&everywhere(&pieces.concat()));
    }
}
