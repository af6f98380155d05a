//! How answers look in messages.

use proptest::prelude::*;

use super::{filled, words};
use crate::domain::form::answers::Named;
use crate::domain::form::layout::{self, lay_out};
use crate::domain::form::quoted::{self, Quoted};
use crate::domain::form::{Answer, Answers, Value};
use crate::domain::ids::UserId;
use crate::domain::starter::MAX_LENGTH;
use crate::domain::text;

fn answer(label: &str, value: Value) -> Answer {
    Answer { key: "k".to_owned(), label: label.to_owned(), value }
}

#[test]
fn answers_stand_as_quotations_under_the_greeting() {
    let answers = Answers(vec![
        answer("Your *name*", Value::Text("Anna <@1>\n\n@everyone".to_owned())),
        answer("Kind", Value::Chosen(vec!["A".to_owned(), "B".to_owned()])),
        answer("Paid", Value::Yes(true)),
        answer("Who", Value::Members(vec![Named { user: UserId::new(7), name: "Bert".to_owned() }])),
        answer("Proof", Value::Files(filled(&[]).files.into_values().collect())),
    ]);
    let laid = lay_out("Hello!\n", &answers, &words());
    let expected = "Hello!\n\n**Your \\*name\\***\n> Anna \\<@\u{200b}1\\>\n> \n> @\u{200b}everyone\n**Kind**\n> A\n> B\n\
                    **Paid**\n> Yes\n**Who**\n> <@7>";
    assert_eq!(laid, [expected]);
    assert_eq!(lay_out("Hello!", &Answers::default(), &words()), ["Hello!"]);
}

#[test]
fn an_answer_that_does_not_fit_begins_a_message_or_goes_on_in_one() {
    let page = |length: usize| Value::Text("a".repeat(length));
    let lengths = |before: &str, answers: Vec<Answer>| -> Vec<usize> {
        lay_out(before, &Answers(answers), &words()).iter().map(|page| text::length(page)).collect()
    };
    let greeting = "g".repeat(1_000);
    // Heading, line breaks and quotation marks: ten characters, and a blank line.
    assert_eq!(lengths(&greeting, vec![answer("Q", page(990))]), [2_000]);
    assert_eq!(lengths(&greeting, vec![answer("Q", page(991))]), [1_000, 999]);
    assert_eq!(lengths(&greeting, vec![answer("Q", page(1_992))]), [1_000, 2_000]);
    assert_eq!(lengths(&greeting, vec![answer("Q", page(4_000))]).len(), 3);
    assert_eq!(lengths(&"g".repeat(1_900), vec![answer("Q", page(4_000))])[0], 1_900);
    let blank = format!("{}\n\n\n{}", "a".repeat(980), "b".repeat(1_900));
    let laid = lay_out(&greeting, &Answers(vec![answer("Q", Value::Text(blank))]), &words());
    assert!(laid.iter().all(|page| !page.ends_with("> ")), "{laid:?}");
}

/// What people write, among them what covers, turns, mentions, formats, and cannot be split.
fn any_written() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        r"[a-z ]{1,40}",
        any::<String>(),
        r"@everyone|@here|<@1>|<@&1>|<#1>|<t:1:R>|https://y\.z/\?a=b_c|discord\.gg/x",
        r"\*\*|__|~~|\|\||`{1,3}|[\r\n]{1,3}(#|>|>>>|-|-#|1\.|\+) |\\|\[x\]\(https://y\.z\)",
        r"[👩\u{1f3fd}\u{200d}❤🇩🇪🏴e\u{301}]{1,300}",
        r"[\u{202a}-\u{202e}\u{200b}\u{feff}\u{3164}]{1,9}",
        r"[*_\\]{1,900}",
    ];
    prop::collection::vec(part, 1..12).prop_map(|parts| parts.concat())
}

/// The text that a reader sees of quoted lines.
fn shown(pages: &[String]) -> String {
    let lines = pages.iter().flat_map(|page| page.split('\n')).filter_map(|line| line.strip_prefix("> "));
    let mut read = String::new();
    for line in lines {
        let mut rest = line.chars();
        while let Some(c) = rest.next() {
            read.push(if c == '\\' { rest.next().expect("an escaped character") } else { c });
        }
    }
    read.replace("@\u{200b}", "@")
}

proptest! {
    #[test]
    fn nothing_of_an_answer_is_lost_or_has_an_effect_and_every_message_fits(
        written in prop::collection::vec(any_written(), 1..5),
        greeting in 0..2_000_usize,
    ) {
        let answers = Answers(written.iter().map(|written| answer("Q", Value::Text(text::paragraph(written)))).collect());
        let before = format!("x{}", "g".repeat(greeting));
        let before = text::cut(&before, MAX_LENGTH);
        let pages = lay_out(before, &answers, &words());

        prop_assert!(pages[0].starts_with(before));
        let quoted: Vec<String> = [&[pages[0][before.len()..].to_owned()], &pages[1..]].concat();
        for page in &pages {
            prop_assert!(text::length(page) <= MAX_LENGTH && page.chars().count() <= MAX_LENGTH, "{}", page.len());
        }
        let without_spaces = |text: &str| text.split_whitespace().collect::<String>();
        let whole: String = answers.0.iter().map(|answer| match &answer.value {
            Value::Text(text) => text.clone(),
            _ => String::new(),
        }).collect();
        prop_assert_eq!(without_spaces(&shown(&quoted)), without_spaces(&whole.replace("@\u{200b}", "@")));
        for page in &quoted {
            for effect in ["@everyone", "@here", "<@1", "<@&1", "<#", "<t:", "s://", "](", "```"] {
                prop_assert!(!page.contains(effect), "{:?} in {:?}", effect, page);
            }
        }
        // What is no quotation is the heading of an answer.
        let lines = quoted.iter().flat_map(|page| page.split('\n'));
        prop_assert!(lines.filter(|line| !line.starts_with("> ")).all(|line| line.is_empty() || line == "**Q**"));
    }

    #[test]
    fn answers_are_found_again_in_their_messages(
        written in prop::collection::vec(("[a-zA-Z*?_ ]{1,20}[a-z?*]", any_written()), 1..5),
        greeting in 0..1_999_usize,
    ) {
        let answers: Vec<Answer> = written.iter()
            .map(|(label, written)| answer(label, Value::Text(text::paragraph(written))))
            .filter(|answer| matches!(&answer.value, Value::Text(text) if text::is_visible(text)))
            .collect();
        let answers = Answers(answers);
        let pages = lay_out(&format!("x{}", "g".repeat(greeting)), &answers, &words());

        // Discord removes spaces around a message.
        let mut pages = pages.iter().map(|page| page.trim());
        let mut found = quoted::at_end(pages.next().unwrap());
        for page in pages {
            prop_assert!(quoted::go_on(&mut found, page), "{:?}", page);
        }

        prop_assert_eq!(found.len(), answers.0.len());
        for (found, answer) in found.iter().zip(&answers.0) {
            prop_assert_eq!(format!("**{}**", found.question), layout::heading(&answer.label));
            let Value::Text(text) = &answer.value else { unreachable!("only texts") };
            let without_spaces = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(without_spaces(&found.answer), without_spaces(&text::escape(text)));
        }
    }
}

fn quoted(question: &str, answer: &str) -> Quoted {
    Quoted { question: question.to_owned(), answer: answer.to_owned() }
}

#[test]
fn only_the_end_of_the_first_message_is_read_as_answers() {
    let text = "**Rules**\n> be nice\nThank you.\n\n**Which order?**\n> 4711\n**What happened?**\n> It\n> \n> broke";
    assert_eq!(quoted::at_end(text), [quoted("Which order?", "4711"), quoted("What happened?", "It\n\nbroke")]);
    for other in ["", "Hello\n> a quotation", "**a** or **b**\n> c", "**Q**\n> a\nBye", "****\n> a"] {
        assert!(quoted::at_end(other).is_empty(), "{other}");
    }
}

#[test]
fn answers_go_on_in_messages_that_hold_nothing_else() {
    let mut found = quoted::at_end("Hello\n\n**One**\n> a");
    assert!(quoted::go_on(&mut found, "> b\n**Two**\n> c"));
    for other in ["", "Closed.\n> Solved", "**Two**\n> c\nmore", "Hello"] {
        assert!(!quoted::go_on(&mut found, other), "{other}");
    }
    assert_eq!(found, [quoted("One", "a\nb"), quoted("Two", "c")]);
    assert!(!quoted::go_on(&mut Vec::new(), "> a quotation"));
}
