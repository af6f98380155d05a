//! Placeholders of discord-tickets, such as `{name}`: any number of braces, spaces inside, letters of either case.

use crate::domain::{starter, text, ticket_name};

/// What a placeholder stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Author,
    /// The author's name on the server; in names of channels only.
    DisplayName,
    Number,
    /// A figure about earlier tickets.
    Figure,
}

impl Slot {
    fn find(word: &str) -> Option<Self> {
        Some(match word.to_ascii_lowercase().as_str() {
            "name" | "username" => Self::Author,
            "nick" | "nickname" | "display" | "displayname" => Self::DisplayName,
            "num" | "number" => Self::Number,
            "avgresponsetime" | "avgresolutiontime" | "avgrating" => Self::Figure,
            _ => return None,
        })
    }
}

enum Part<'t> {
    Text(&'t str),
    Slot { slot: Slot, written: &'t str },
}

fn parts(template: &str) -> Vec<Part<'_>> {
    let (mut parts, mut plain, mut at) = (Vec::new(), 0, 0);
    while let Some(found) = template[at..].find('{') {
        let begin = at + found;
        match placeholder(&template[begin..]) {
            Some((slot, length)) => {
                parts.push(Part::Text(&template[plain..begin]));
                parts.push(Part::Slot { slot, written: &template[begin..begin + length] });
                at = begin + length;
                plain = at;
            }
            None => at = begin + 1,
        }
    }
    parts.push(Part::Text(&template[plain..]));
    parts
}

/// The placeholder at the beginning of a text, and its length in bytes.
fn placeholder(text: &str) -> Option<(Slot, usize)> {
    let one_space = |text: &str| text.chars().next().filter(|c| c.is_whitespace()).map_or(0, char::len_utf8);
    let inner = text.trim_start_matches('{');
    let inner = &inner[one_space(inner)..];
    let end = inner.find(|c: char| !c.is_ascii_alphabetic())?;
    let slot = Slot::find(&inner[..end])?;
    let after = &inner[end..];
    let after = &after[one_space(after)..];
    let rest = after.strip_prefix('}')?.trim_start_matches('}');
    Some((slot, text.len() - rest.len()))
}

/// A template of at most so many characters; a placeholder is never cut.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Template {
    pub(super) text: String,
    pub(super) is_cut: bool,
    room: usize,
}

impl Template {
    fn new(room: usize) -> Self {
        Self { text: String::new(), is_cut: false, room }
    }

    fn push(&mut self, piece: &str, kept: &str) {
        if self.is_cut {
            return;
        }
        self.is_cut = kept.len() < piece.len();
        self.room -= text::length(kept);
        self.text.push_str(kept);
    }

    fn push_text(&mut self, written: &str) {
        let piece = written.replace('$', "$$");
        self.push(&piece, text::cut(&piece, self.room));
    }

    fn push_placeholder(&mut self, name: &str) {
        let piece = format!("${{{name}}}");
        self.push(&piece, if text::length(&piece) > self.room { "" } else { &piece });
    }
}

/// A first message.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FirstMessage {
    pub(super) template: Template,
    /// It has a placeholder without a value here.
    pub(super) is_unfilled: bool,
}

/// The message, below mentions of the author and the staff as they stood above it.
pub(super) fn first_message(written: &str) -> FirstMessage {
    let written = text::paragraph(written);
    let parts = parts(&written);
    let names_author = parts.iter().any(|part| matches!(part, Part::Slot { slot: Slot::Author, .. }));
    let mentions = if names_author { "$staff\n" } else { "$author $staff\n" };
    let (mut template, mut is_unfilled) = (Template::new(starter::MAX_LENGTH), false);
    template.push(mentions, mentions);
    for part in parts {
        match part {
            Part::Text(text) => template.push_text(text),
            Part::Slot { slot: Slot::Author, .. } => template.push_placeholder("author"),
            Part::Slot { slot, written } => {
                // There, names on the server are filled in in names of channels only.
                is_unfilled |= slot != Slot::DisplayName;
                template.push_text(written);
            }
        }
    }
    template.text.truncate(template.text.trim_end().len());
    FirstMessage { template, is_unfilled }
}

/// The name of a ticket's channel as that of a thread.
pub(super) fn thread_name(written: &str) -> Template {
    let mut template = Template::new(ticket_name::MAX_LENGTH);
    for part in parts(&text::single_line(written)) {
        match part {
            Part::Text(text) | Part::Slot { slot: Slot::Figure, written: text } => template.push_text(text),
            Part::Slot { slot: Slot::Author | Slot::DisplayName, .. } => template.push_placeholder("author"),
            Part::Slot { slot: Slot::Number, .. } => template.push_placeholder("number"),
        }
    }
    template
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn placeholders_are_found_however_they_are_written() {
        for (written, expected) in [
            ("ticket-{num}", "ticket-${number}"),
            ("{{ Number }}-{ name}", "${number}-${author}"),
            ("{nick}{displayName}", "${author}${author}"),
            ("{nickname} costs $5", "${author} costs $$5"),
            ("{num", "{num"),
            ("{{num}", "${number}"),
            ("{other} {avgRating}", "{other} {avgRating}"),
            ("a\nb", "a b"),
            (" \u{200b} ", ""),
        ] {
            assert_eq!(thread_name(written).text, expected, "{written}");
        }
    }

    #[test]
    fn a_first_message_mentions_owner_and_staff_once() {
        for (written, text, is_unfilled) in [
            ("Hello {name}!", "$staff\nHello ${author}!", false),
            ("Hello!", "$author $staff\nHello!", false),
            ("", "$author $staff", false),
            ("{nick}: $1 {  num}", "$author $staff\n{nick}: $$1 {  num}", false),
            ("Ticket {num}", "$author $staff\nTicket {num}", true),
            ("We answer within { avgResponseTime }.", "$author $staff\nWe answer within { avgResponseTime }.", true),
        ] {
            let first = first_message(written);
            assert_eq!((first.template.text.as_str(), first.is_unfilled), (text, is_unfilled), "{written}");
        }
    }

    #[test]
    fn a_cut_leaves_no_half_of_a_placeholder() {
        let name = thread_name(&format!("{}{{num}}{}", "x".repeat(95), "y".repeat(50)));
        assert_eq!((name.text, name.is_cut), ("x".repeat(95), true));
        let name = thread_name(&format!("{}{{num}}", "x".repeat(91)));
        assert_eq!((name.text, name.is_cut), (format!("{}${{number}}", "x".repeat(91)), false));
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(written in r"([{} $a\u{2003}é]|name|num|avgRating){0,80}|\PC*") {
            prop_assert!(text::length(&first_message(&written).template.text) <= starter::MAX_LENGTH);
            prop_assert!(text::length(&thread_name(&written).text) <= ticket_name::MAX_LENGTH);
        }
    }
}
