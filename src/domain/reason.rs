//! The reason of a closing, as a person wrote it.

use super::text;

/// The most characters of a reason. Escaped and quoted it fits into a message with room for a sentence.
pub const MAX_LENGTH: usize = 400;

/// The most lines; the rest is joined to the last one.
const MAX_LINES: usize = 10;

/// The reason without what hides, reorders or covers, and without blank lines. `None`: there is nothing to read.
pub fn tidy(written: &str) -> Option<String> {
    let mut tidied = tidy_once(written)?;
    // A cut text can end in marks that are left out where they stand alone. Each pass makes it shorter.
    loop {
        let again = tidy_once(&tidied)?;
        if text::length(&again) >= text::length(&tidied) {
            return Some(again);
        }
        tidied = again;
    }
}

fn tidy_once(written: &str) -> Option<String> {
    if !text::is_visible(written) {
        return None;
    }
    let lines: Vec<String> = written.lines().map(text::single_line).filter(|line| text::is_visible(line)).collect();
    let (shown, more) = lines.split_at(lines.len().min(MAX_LINES));
    let mut tidied = shown.join("\n");
    for line in more {
        tidied.push(' ');
        tidied.push_str(line);
    }
    Some(text::cut(&tidied, MAX_LENGTH).trim_end().to_owned())
}

/// The reason as a quotation in a message: it appears literally, and mentions and links nothing.
pub fn quote(reason: &str) -> String {
    let lines: Vec<String> = reason.lines().map(|line| format!("> {}", text::escape(line))).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_reason_is_kept_without_what_is_not_seen() {
        let table = [
            ("Solved.", Some("Solved.")),
            ("  Solved.  \r\n\r\n Thanks! ", Some("Solved.\nThanks!")),
            ("a\u{202e}b", Some("ab")),
            ("", None),
            (" \n\u{200b}\n ", None),
        ];
        for (written, expected) in table {
            assert_eq!(tidy(written).as_deref(), expected, "{written:?}");
        }
        assert_eq!(tidy(&"line\n".repeat(30)).map(|reason| reason.lines().count()), Some(MAX_LINES));
    }

    #[test]
    fn a_quoted_reason_mentions_and_links_nothing() {
        let quoted = quote("See https://evil.example <@1> @everyone\n# Now");
        assert_eq!(quoted, "> See https\\://evil\\.example \\<@\u{200b}1\\> @\u{200b}everyone\n> \\# Now");
    }

    proptest! {
        #[test]
        fn a_quoted_reason_leaves_room_for_a_sentence(written in r"(\PC|[@#\n*]){0,900}") {
            if let Some(reason) = tidy(&written) {
                prop_assert!(text::is_visible(&reason) && text::length(&reason) <= MAX_LENGTH);
                prop_assert_eq!(tidy(&reason), Some(reason.clone()), "it stays as it is");
                let quoted = quote(&reason);
                prop_assert!(text::length(&quoted) <= 1_600, "{}", text::length(&quoted));
                prop_assert!(quoted.lines().all(|line| line.starts_with("> ")));
            }
        }
    }
}
