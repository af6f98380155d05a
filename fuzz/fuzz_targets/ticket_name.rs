//! Placeholders and the names of tickets: a template before the first line break, a member's name behind it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ticketbot::domain::form::Values;
use ticketbot::domain::clock::Timestamp;
use ticketbot::domain::placeholder::{Template, Token};
use ticketbot::domain::text;
use ticketbot::domain::ticket_name::{MAX_LENGTH, NameFacts, TicketName};

fuzz_target!(|input: (i64, u32, &str)| {
    let (millis, counter, text) = input;
    let (template, author) = text.split_once('\n').unwrap_or((text, "Ada"));

    let parsed = Template::parse(template);
    let written: String = parsed.tokens().iter().map(Token::written).collect();
    assert_eq!(parsed.render(|_| None), written);
    if !template.contains("$$") {
        assert_eq!(written, template);
    }

    let facts = NameFacts { at: Timestamp::from_millis(millis), author, counter, number: !counter, form: &Values::NONE };
    let name = TicketName::render(template, &facts).into_string();
    assert!((1..=MAX_LENGTH).contains(&text::length(&name)), "{name:?}");
    assert!(name.chars().count() <= MAX_LENGTH && text::is_visible(&name), "{name:?}");
    assert_eq!(name.trim(), name);
    assert_eq!(text::single_line(&name), name, "it is one line already");

    let escaped = text::escape(author);
    assert!(!escaped.contains("@everyone") && !escaped.contains("@here"), "{escaped:?}");
    assert!(!escaped.replace("\\:", "").contains(':'), "an address is left in {escaped:?}");
    for max in [0, 1, 50, 100] {
        let kept = text::cut(author, max);
        assert!(author.starts_with(kept) && text::length(kept) <= max);
    }
});
