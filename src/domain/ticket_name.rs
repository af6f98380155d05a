//! The name of a ticket's thread: date, author and counter inserted into the inbox's template, made safe to show.
//!
//! Discord may still refuse a name (some words and numbers are forbidden in discoverable servers): `tickets::opening`
//! then tries [`TicketName::plainer`] ones.

use std::fmt;

use super::clock::Timestamp;
use super::form::Values;
use super::placeholder::Template;
use super::text;

/// The template of an inbox without one.
pub const DEFAULT_TEMPLATE: &str = "$year-$month-$day $author";

/// The placeholders with a value.
pub const PLACEHOLDERS: [&str; 6] = ["year", "month", "day", "author", "counter", "number"];

/// Maximum name of a thread, in characters (Discord: "Start Thread without Message", `name`).
pub const MAX_LENGTH: usize = 100;

/// A name within Discord's limits: 1 to [`MAX_LENGTH`] characters, one line, visible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketName(String);

/// The values for a name.
#[derive(Debug, Clone, Copy)]
pub struct NameFacts<'a> {
    /// When the ticket was requested; the date is in UTC.
    pub at: Timestamp,
    /// The member's name in the server.
    pub author: &'a str,
    /// The inbox's counter. Names show it modulo 10,000.
    pub counter: u32,
    pub number: u32,
    /// What was answered before.
    pub form: &'a Values,
}

impl TicketName {
    /// A blank template is [`DEFAULT_TEMPLATE`]; an invisible result is [`TicketName::fallback`].
    pub fn render(template: &str, facts: &NameFacts<'_>) -> Self {
        let template = if text::is_visible(template) { template } else { DEFAULT_TEMPLATE };
        let (year, month, day) = facts.at.date();
        let (year, month, day) = (format!("{year:04}"), format!("{month:02}"), format!("{day:02}"));
        let (counter, number) = (four_digits(facts.counter), facts.number.to_string());
        let name = Template::parse(template).render(|name| match name {
            "year" => Some(&year),
            "month" => Some(&month),
            "day" => Some(&day),
            "author" => Some(facts.author),
            "counter" => Some(&counter),
            "number" => Some(&number),
            other => facts.form.get(other),
        });

        let name = text::single_line(&name);
        let name = text::cut(&name, MAX_LENGTH).trim_end();
        if text::is_visible(name) { Self(name.to_owned()) } else { Self::fallback(facts.counter) }
    }

    /// A name that is always valid.
    pub fn fallback(counter: u32) -> Self {
        Self(format!("ticket-{}", four_digits(counter)))
    }

    /// What to try after Discord has refused this name, one after another. A number can be what is refused.
    pub fn plainer(&self, counter: u32) -> impl Iterator<Item = Self> {
        [Self::fallback(counter), Self("ticket".to_owned())].into_iter().filter(move |plain| plain != self)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Display for TicketName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn four_digits(counter: u32) -> String {
    format!("{:04}", counter % 10_000)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    static NO_FORM: Values = Values::NONE;

    fn facts(author: &str) -> NameFacts<'_> {
        // 2024-01-05, 23:59:59 in UTC
        NameFacts { at: Timestamp::from_seconds(1_704_499_199), author, counter: 10_042, number: 7, form: &NO_FORM }
    }

    fn render(template: &str, author: &str) -> String {
        TicketName::render(template, &facts(author)).into_string()
    }

    #[test]
    fn templates_are_filled_with_padded_numbers() {
        let table = [
            ("$year-$month-$day", "2024-01-05"),
            ("#${counter}_$author", "#0042_Ada"),
            ("$$year $nobody", "$year $nobody"),
            ("$number $author", "7 Ada"),
            ("", "2024-01-05 Ada"),
            (" \u{200b}", "2024-01-05 Ada"),
            ("  a \n b  ", "a b"),
        ];
        for (template, name) in table {
            assert_eq!(render(template, "Ada"), name, "{template:?}");
        }
    }

    #[test]
    fn an_authors_name_is_not_a_template() {
        assert_eq!(render("$author", "$counter"), "$counter");
    }

    #[test]
    fn an_author_cannot_turn_the_name_around() {
        assert_eq!(render("$author $counter", "\u{202e}Ada\n"), "Ada 0042");
    }

    #[test]
    fn a_name_without_anything_to_see_is_a_plain_one() {
        for author in ["", "   ", "\u{3164}", "\u{200d}\u{fe0f}", "\u{202e}"] {
            assert_eq!(render("$author", author), "ticket-0042", "{author:?}");
        }
        // One picture of forty people cannot be cut.
        assert_eq!(render("$author", &format!("👩{}", "\u{200d}👩".repeat(40))), "ticket-0042");
    }

    #[test]
    fn after_a_refused_name_come_the_counter_and_then_no_number_at_all() {
        let after = |template: &str| {
            let name = TicketName::render(template, &facts("Ada"));
            name.plainer(10_042).map(TicketName::into_string).collect::<Vec<_>>()
        };

        assert_eq!(after("$author"), ["ticket-0042", "ticket"]);
        assert_eq!(after("ticket-$counter"), ["ticket"], "the same is not asked for again");
        assert_eq!(after("ticket"), ["ticket-0042"]);
    }

    #[test]
    fn an_author_cannot_cover_the_names_above_and_below() {
        let piled = format!("Ad{}a", "\u{30d}\u{348}".repeat(70));
        assert_eq!(render("$counter $author", &piled), "0042 Ad\u{30d}\u{348}\u{30d}\u{348}a");
    }

    #[test]
    fn a_long_name_is_cut_before_the_emoji_that_does_not_fit() {
        let author = format!("{}👩‍🚀", "x".repeat(98));
        assert_eq!(render("$author", &author), "x".repeat(98));
        assert_eq!(render("$author", &"é".repeat(101)), "é".repeat(100));
    }

    proptest! {
        #[test]
        fn every_name_is_one_that_discord_can_take(
            template in r"(\$(author|counter|year)|\PC){0,60}|\PC{0,200}",
            author: String,
            counter: u32,
            millis: i64,
        ) {
            let facts = NameFacts { at: Timestamp::from_millis(millis), author: &author, counter, number: counter, form: &NO_FORM };
            let name = TicketName::render(&template, &facts).into_string();
            prop_assert!((1..=MAX_LENGTH).contains(&name.encode_utf16().count()));
            prop_assert!((1..=MAX_LENGTH).contains(&name.chars().count()));
            prop_assert!(text::is_visible(&name));
            prop_assert_eq!(name.trim(), &name);
            prop_assert_eq!(text::single_line(&name), name.clone(), "it has hidden or direction characters");
            let is_mark = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c);
            let has_marks = name.chars().any(is_mark);
            prop_assert!(!has_marks);
        }

        #[test]
        fn no_emoji_is_ever_split(pad in 0..100_usize, emoji in "[👩‍🚀|🇩🇪|👍🏽|e\u{301}]{1,40}") {
            let author = format!("{}{emoji}", "x".repeat(pad));
            let name = render("$author", &author);
            prop_assume!(name != "ticket-0042");
            let line = text::single_line(&author);
            let whole: Vec<_> = line.graphemes(true).collect();
            let kept: Vec<_> = name.graphemes(true).collect();
            prop_assert_eq!(&whole[..kept.len()], &kept[..]);
        }
    }
}
