//! The quote of a message that a ticket is about: its texts, made inert, and the names of its files.

use super::text;

/// The most characters of a quote: what an embed holds (Discord: "Message", embed limits: 4,096), with room for an end.
const MAX_LENGTH: usize = 4_000;

/// The most characters of a line of text (Discord: "Create Message", `content`).
const MAX_PLAIN: usize = 2_000;

/// Quotes these parts, each a paragraph of its own, and these names of files. Nothing in it formats, links or mentions.
/// Empty if nothing can be seen. Cut to what an embed holds.
pub fn quote<'a>(parts: impl IntoIterator<Item = &'a str>, files: impl IntoIterator<Item = &'a str>) -> String {
    let parts = parts.into_iter().map(str::trim).filter(|part| text::is_visible(part)).map(text::escape);
    let mut paragraphs: Vec<String> = parts.collect();
    let files: Vec<String> =
        files.into_iter().map(|name| format!("📎 {}", text::escape(&text::single_line(name)))).collect();
    if !files.is_empty() {
        paragraphs.push(files.join("\n"));
    }
    cut(&paragraphs.join("\n\n"), MAX_LENGTH)
}

/// The same quote below a line, for a message without embeds: within what one message holds.
pub fn plain(line: &str, quote: &str) -> String {
    let quoted: Vec<String> = quote.lines().map(|line| format!("> {line}")).collect();
    let room = MAX_PLAIN.saturating_sub(text::length(line) + 1);
    if quoted.is_empty() { line.to_owned() } else { format!("{line}\n{}", cut(&quoted.join("\n"), room)) }
}

/// Cuts escaped text, never between a backslash and what it escapes.
fn cut(whole: &str, most: usize) -> String {
    if text::length(whole) <= most {
        return whole.to_owned();
    }
    let kept = text::cut(whole, most.saturating_sub(1));
    let backslashes = kept.bytes().rev().take_while(|byte| *byte == b'\\').count();
    let kept = if backslashes % 2 == 1 { &kept[..kept.len() - 1] } else { kept };
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn texts_and_names_of_files_are_quoted_inert() {
        let table: [(&[&str], &[&str], &str); 6] = [
            (&["Hello"], &[], "Hello"),
            (&[" a ", "", "\u{200b}", "b\nc"], &[], "a\n\nb\nc"),
            (&["**x** @everyone"], &[], "\\*\\*x\\*\\* @\u{200b}everyone"),
            (&[], &["a.png", "b\n.txt"], "📎 a\\.png\n📎 b \\.txt"),
            (&["x"], &["y"], "x\n\n📎 y"),
            (&[], &[], ""),
        ];
        for (parts, files, expected) in table {
            assert_eq!(quote(parts.iter().copied(), files.iter().copied()), expected);
        }
    }

    #[test]
    fn a_plain_quote_stands_below_its_line() {
        assert_eq!(plain("About:", "a\nb"), "About:\n> a\n> b");
        assert_eq!(plain("About:", ""), "About:");
        assert!(text::length(&plain("About:", &quote([&*"x".repeat(5_000)], []))) <= MAX_PLAIN);
    }

    proptest! {
        #[test]
        fn a_quote_fits_and_ends_with_no_open_escape(text in r"[*\\a😀\n.]{0,60}", times in 1..200_usize) {
            let quoted = quote([&*text.repeat(times)], []);
            prop_assert!(text::length(&quoted) <= MAX_LENGTH);
            let body = quoted.strip_suffix('…').unwrap_or(&quoted);
            prop_assert!(body.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 0, "{}", quoted);
            prop_assert!(text::length(&plain("About:", &quoted)) <= MAX_PLAIN);
        }
    }
}
