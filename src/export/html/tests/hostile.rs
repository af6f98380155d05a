//! People will try.

use proptest::prelude::*;

use super::{assert_harmless, file, texts};
use crate::domain::form::quoted::Quoted;
use crate::domain::history::{
    Attachment, Body, Command, Embed, Field, Forward, Kind, Message, Part, Person, Poll, PollResult, Reaction, Reply,
};
use crate::domain::ids::MessageId;
use crate::export::cover::Facts;
use crate::export::names::Names;
use crate::export::samples::{ANNA, anna, bot, facts, message, names, said};

const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</p></div></article></main></body></html><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</code></pre><script>alert(1)</script>",
    "<!-- <script>",
    "<![CDATA[ <script> ]]>",
    "<svg onload=alert(1)><foreignObject>",
    "<a href=javascript:alert(1)>x</a>",
    "[x](javascript:alert(1)) [y](data:text/html,<script>alert(1)</script>)",
    "[x](https://a.example/\"onmouseover=\"alert(1))",
    "https://a.example/\"onmouseover=\"alert(1)",
    "<https://a.example/\"><script>alert(1)</script>>",
    "javascript:alert(1)",
    "<javascript:alert(1)>",
    "![x](https://a.example/x.png)",
    "&lt;script&gt;&#60;script&#62;&quot;",
    "```html\n<script>alert(1)</script>\n```",
    "`<script>alert(1)</script>`",
    "<t:9999999999999999:F><t:-9999999999999999><t:1:\">",
    "<:\"><script>:1> </\"><script>:1>",
    "<@\"><script>> <@&\"> <#\">",
    "[link]: https://a.example \"title\"\n[link]",
    "<meta http-equiv=refresh content=0;url=https://a.example>",
    "<base href=https://a.example><form action=https://a.example><input>",
    "\u{202e}\u{2066}\u{200f}gnp.exe\u{0}\u{1b}[31m\u{7}",
    "\u{f0000}\u{f0001}\u{fffff}",
    "||<script>|| **<script>** __<script>__ ~~<script>~~ > <script> - <script>",
];

fn person(text: &str) -> Person {
    Person { display_name: text.to_owned(), username: text.to_owned(), ..anna() }
}

fn body(text: &str, content_type: &str) -> Body {
    let some = || Some(text.to_owned());
    Body {
        text: text.to_owned(),
        attachments: vec![
            Attachment {
                name: text.to_owned(),
                size: 3,
                content_type: Some(content_type.to_owned()),
                description: some(),
                is_spoiler: content_type.len().is_multiple_of(2),
                url: text.to_owned(),
            };
            2
        ],
        embeds: vec![Embed {
            color: Some(u32::MAX),
            author: some(),
            title: some(),
            url: some(),
            description: some(),
            fields: vec![Field { name: text.to_owned(), value: text.to_owned() }],
            picture: some(),
            thumbnail: some(),
            footer: some(),
            at: None,
        }],
        parts: vec![
            Part::Text(text.to_owned()),
            Part::Group(vec![
                Part::Button { label: text.to_owned(), url: some() },
                Part::Button { label: text.to_owned(), url: None },
                Part::Menu(text.to_owned()),
                Part::Picture { text: text.to_owned(), url: some() },
                Part::File { name: text.to_owned(), url: some() },
                Part::Separator,
            ]),
            Part::Spoiler(vec![Part::Text(text.to_owned()), Part::Picture { text: text.to_owned(), url: None }]),
        ],
        stickers: vec![text.to_owned()],
        poll: Some(Poll { question: text.to_owned(), answers: vec![(text.to_owned(), Some(1))] }),
        result: Some(PollResult { question: text.to_owned(), answer: some(), votes: 1, total: 2 }),
    }
}

/// One text in every field.
fn everywhere(text: &str, content_type: &str) -> String {
    let whole = Message {
        body: body(text, content_type),
        mentions: vec![person(text)],
        reply_to: Some(Reply { message: MessageId::new(1), shown: Some((person(text), text.to_owned())) }),
        forwards: vec![Forward { body: body(text, content_type), mentions: vec![person(text)], ..Forward::default() }],
        command: Some(Command { by: person(text), name: Some(text.to_owned()) }),
        reactions: vec![Reaction { emoji: text.to_owned(), count: 1 }],
        is_pinned: true,
        ..message(0, person(text), Body::default())
    };
    let system = [Kind::Added, Kind::Removed, Kind::Renamed, Kind::Pinned, Kind::Other(99)].map(|kind| Message {
        kind,
        mentions: vec![person(text)],
        ..message(1, person(text), said(text))
    });
    let hook = message(2, Person { is_webhook: true, ..person(text) }, said(text));
    let messages: Vec<Message> = [whole].into_iter().chain(system).chain([hook]).collect();
    let mut known = names();
    known.add(&person(text));
    let facts = Facts { guild_name: text.to_owned(), thread_name: text.to_owned(), ..facts() };
    let answers = [Quoted { question: text.to_owned(), answer: text.to_owned() }];
    file(&facts, &known, &messages, &answers)
}

fn assert_everywhere_harmless(text: &str, content_type: &str) {
    assert_harmless(&scraper::Html::parse_document(&everywhere(text, content_type)));
}

#[test]
fn nothing_that_people_write_acts_whatever_field_it_is_in() {
    let types = ["image/png", "video/mp4", "text/html", "image/png\"><script>"];
    for text in HOSTILE {
        for content_type in types {
            assert_everywhere_harmless(text, content_type);
        }
    }
}

#[test]
fn what_people_write_is_there_to_read_as_they_wrote_it() {
    let texts_of = |text: &str| texts(&super::usual(&[message(0, anna(), said(text))]), ".text").concat();
    for text in [
        "<script>alert(1)</script>",
        "a < b && c > d",
        "&lt;b&gt; &amp; &#60;",
        "[x](javascript:alert(1))",
        "[link]: https://a.example",
        "![x](y)",
        "<b>not bold</b>",
        "| a | b |",
        "1) one",
        "+ plus",
        "=== --- ***",
        "snake_case_name and 2 * 3 * 4",
        "C:\\path\\file <x>",
    ] {
        assert_eq!(texts_of(text), text);
    }
    assert_eq!(texts_of(r"¯\_(ツ)_/¯"), "¯_(ツ)_/¯");
}

#[test]
fn a_page_that_renders_names_isolates_their_direction() {
    let page = everywhere("\u{202e}evil", "image/png");
    let parsed = scraper::Html::parse_document(&page);
    for name in texts(&parsed, ".name, .name bdi, figcaption bdi, .server bdi") {
        assert!(!name.contains('\u{202e}'), "{name}");
    }
    assert!(!super::find(&parsed, ".text[dir=auto]").is_empty());
}

/// Depth costs stack, and length squared would cost minutes.
#[test]
fn texts_made_to_be_deep_or_slow_are_rendered_on_a_small_stack() {
    let patterns = [
        "> ",
        ">>> ",
        "- ",
        "* ",
        "1. ",
        "*a ",
        "**a",
        "_a ",
        "__a",
        "~~a ",
        "||a ",
        "*_**__~~||",
        "[",
        "](",
        "[a](",
        "[[]]",
        "`",
        "``a",
        "```",
        "```a\n",
        "<",
        "<@",
        "<@1>",
        "&",
        "\\",
        "\\<",
        "https://",
        "https://a.b/(",
        "(",
        "#",
        "# ",
        "-# ",
        "\n",
        "\t",
        "    ",
        "\u{f0000}",
        "<!--",
        "<a ",
        "&amp;",
        "|",
        "~",
        "!",
        "a\u{301}",
        "\u{202e}",
    ];
    let deep = move || {
        for pattern in patterns {
            let text: String = pattern.repeat(4_000 / pattern.len());
            let embed = Embed { title: Some(text.clone()), ..Embed::default() };
            super::usual(&[message(0, anna(), Body { embeds: vec![embed], ..said(&text) })]);
        }
    };
    // Half of what a worker of the runtime has.
    let worker = std::thread::Builder::new().stack_size(1 << 20).spawn(deep).expect("a thread");
    worker.join().expect("no text is too deep");
}

#[test]
fn a_huge_code_block_stays_one_block() {
    let code = format!("```rust\n{}\n```", "let x = \"</code>\";\n".repeat(200));
    let page = super::usual(&[message(0, bot(), said(&code))]);
    let blocks = texts(&page, "pre code");
    assert_eq!((blocks.len(), blocks[0].lines().count()), (1, 200));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_out_of_its_place(
        pieces in proptest::collection::vec(prop_oneof![
            proptest::sample::select(HOSTILE).prop_map(str::to_owned),
            r#"[*_~|`>#<\[\]()\\&!"'=\- \n@:t/0-9a-zA-Z]{0,12}"#.prop_map(|text: String| text),
            r"\PC{0,4}".prop_map(|text: String| text),
        ], 0..6),
        content_type in proptest::sample::select(&["image/png", "text/html", "video/mp4"][..]),
    ) {
        assert_everywhere_harmless(&pieces.concat(), content_type);
    }

    /// Letters, digits and words are never lost, whatever stands around them.
    #[test]
    fn no_word_is_lost(text in r#"([a-z]{1,4}|[*_~|`>#<\[\]()\\&!"'=\- \n@:/0-9.]){0,40}"#) {
        let page = super::usual(&[message(0, anna(), said(&text))]);
        let shown = texts(&page, ".text").concat();
        // A language before code, and the numbers of a list, stand in no text.
        let letters = |text: &str| text.chars().filter(char::is_ascii_alphabetic).collect::<String>();
        let is_plain = !text.contains("```");
        let expected: String = letters(&text);
        let shown = letters(&shown.replace("Spoiler", ""));
        prop_assert!(!is_plain || shown == expected, "{:?}: {:?} is not {:?}", text, shown, expected);
    }
}

#[test]
fn a_member_cannot_pass_for_another_by_an_invisible_name() {
    let mut known: Names = names();
    known.add(&person("\u{200b}\u{2060}"));
    assert_eq!(known.of_user(ANNA), anna().id.to_string().as_str());
}
