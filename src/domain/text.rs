//! Text as people see it: its length for Discord, where it may be cut, and whether it is visible.

use unicode_segmentation::UnicodeSegmentation;

/// Maximum marks on one letter. Scripts stack up to four; more only serve to cover other lines.
const MAX_MARKS: usize = 4;

/// Maximum joiners in a row. The longest meaningful ones are the tags of a flag: six and a terminator.
const MOST_JOINERS: usize = 8;

/// The length in UTF-16 units. Discord does not define its "characters"; this count is never less than that of Unicode
/// code points, so a text within a limit by this count is within it by either.
pub fn length(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// The longest prefix of at most `max` by [`length`] that ends between two graphemes (characters as perceived: an emoji
/// with its skin tone, a letter with its accents).
pub fn cut(text: &str, max: usize) -> &str {
    let mut used = 0;
    for (start, grapheme) in text.grapheme_indices(true) {
        used += length(grapheme);
        if used > max {
            return &text[..start];
        }
    }
    text
}

/// Whether a reader would see anything.
pub fn is_visible(text: &str) -> bool {
    text.chars().any(|c| !(c.is_whitespace() || is_blank(c) || is_hidden(c) || is_joiner(c)))
}

/// One line without marks that hide, reorder, imitate or cover: spaces of every kind become one plain space between
/// words; control and direction characters and stacked accents are removed. Joiners of emoji and scripts stay.
pub fn single_line(text: &str) -> String {
    let shown: String = text
        .chars()
        .map(|c| if is_blank(c) { ' ' } else { c })
        .filter(|c| c.is_whitespace() || !is_hidden(*c))
        .collect();
    limit_marks(&shown.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The same for a text of several lines, in which the spaces between words stay as many as they are. Blank lines at its
/// beginning and end are removed.
pub fn paragraph(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines = text.split('\n').map(|line| {
        let shown = line.chars().filter(|c| *c == '\t' || !is_hidden(*c));
        let spaced: String = shown.map(|c| if is_blank(c) || c.is_whitespace() { ' ' } else { c }).collect();
        limit_marks(spaced.trim_end())
    });
    let lines: Vec<String> = lines.collect();
    let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
    let end = lines.iter().rposition(|line| !line.is_empty()).map_or(first, |last| last + 1);
    lines[first..end].join("\n")
}

/// Keeps the first few of many marks or joiners in a row.
fn limit_marks(text: &str) -> String {
    let (mut marks, mut joiners) = (0, 0);
    let is_kept = |c: &char| {
        marks = if is_mark(*c) { marks + 1 } else { 0 };
        joiners = if is_joiner(*c) { joiners + 1 } else { 0 };
        marks <= MAX_MARKS && joiners <= MOST_JOINERS
    };
    text.chars().filter(is_kept).collect()
}

/// Escapes Markdown and mentions, so that the text appears literally in a message.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        // The dot too: after a number it makes a list, which shows 0042 as 42.
        if r"\*_~`|<>[]()#:-+.".contains(c) {
            out.push('\\');
        }
        out.push(c);
        if c == '@' {
            // A backslash does not stop @everyone; a zero-width space does.
            out.push('\u{200b}');
        }
    }
    out
}

/// The text without mentions of members.
pub fn without_mentions(text: &str) -> String {
    let mut parts = text.split("<@");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once('>') {
            Some((id, rest)) if !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()) => out.push_str(rest),
            _ => {
                out.push_str("<@");
                out.push_str(part);
            }
        }
    }
    out
}

/// Looks like a space but is a letter or symbol to Unicode: Hangul fillers, the empty Braille pattern, the blanks of
/// hieroglyphs, a note without a head.
const fn is_blank(c: char) -> bool {
    matches!(
        c,
        '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}' | '\u{13441}' | '\u{13442}' | '\u{1d159}'
    )
}

/// Is not drawn, and at most reorders its neighbours.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{200b}' | '\u{feff}'
            | '\u{200e}' | '\u{200f}' // marks of direction
            | '\u{2028}'..='\u{202e}' // separators; embedding and overriding of direction
            | '\u{2060}'..='\u{206f}' // word joiner, invisible operators; isolating of direction
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e001f}'
            // Reserved by Unicode for more of the kind.
            | '\u{e0080}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}')
}

/// Is drawn over, under or through the preceding letter.
const fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}'
        | '\u{483}'..='\u{489}' // Cyrillic
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}' // Hebrew
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' // Arabic
        | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}'
        | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}') // Thai
}

/// Is not drawn, but shapes its neighbours: joiners, variation selectors, the tags of flags.
const fn is_joiner(c: char) -> bool {
    matches!(c,
        '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{e0020}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_cut_never_splits_what_a_reader_takes_for_one_character() {
        let table = [
            ("abc", 3, "abc"),
            ("abc", 2, "ab"),
            ("abc", 0, ""),
            ("a😀", 2, "a"),
            ("a😀", 3, "a😀"),
            ("ae\u{301}", 2, "a"),
            ("👩‍🚀x", 4, ""),
            ("👩‍🚀x", 5, "👩‍🚀"),
            ("🇩🇪🇫🇷", 5, "🇩🇪"),
            ("\r\n", 1, ""),
        ];
        for (text, max, expected) in table {
            assert_eq!(cut(text, max), expected, "{text:?} {max}");
        }
    }

    #[test]
    fn mentions_of_members_are_left_out_and_nothing_else() {
        let table = [
            ("<@1> has closed", " has closed"),
            ("<@1>, <@23> and <@&4>", ",  and <@&4>"),
            ("a <@ b> <@> <@1", "a <@ b> <@> <@1"),
            ("", ""),
        ];
        for (text, expected) in table {
            assert_eq!(without_mentions(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_cannot_be_seen_is_not_visible() {
        for text in
            ["", " ", "\u{a0}\u{3000}", "\u{200b}\u{feff}", "\u{3164}", "\u{2800}", "\u{200d}\u{fe0f}", "\n\0\u{202e}"]
        {
            assert!(!is_visible(text), "{text:?}");
        }
        for text in ["a", " . ", "\u{200b}x", "😀", "\u{202e}a"] {
            assert!(is_visible(text), "{text:?}");
        }
    }

    #[test]
    fn a_single_line_hides_nothing() {
        let table = [
            ("  a  b ", "a b"),
            ("a\r\n\tb", "a b"),
            ("a\u{a0}b\u{2003}c\u{3164}d\u{2028}e", "a b c d e"),
            ("a\u{205f}b\u{202f}c\u{1680}d\u{13441}e\u{1d159}f", "a b c d e f"),
            ("a\u{202e}b\u{2066}c\u{200f}d", "abcd"),
            ("a\u{200b}b\u{feff}\0\u{7f}", "ab"),
            ("👩‍🚀❤\u{fe0f}", "👩‍🚀❤\u{fe0f}"),
            ("\u{645}\u{6cc}\u{200c}\u{62e}\u{648}", "\u{645}\u{6cc}\u{200c}\u{62e}\u{648}"),
            ("a\u{e0080}\u{e0fff}b", "ab"),
            // An English flag consists of tags; Vietnamese puts two marks on a letter.
            (
                "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
                "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            ),
            ("o\u{302}\u{301}", "o\u{302}\u{301}"),
        ];
        for (text, expected) in table {
            assert_eq!(single_line(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_paragraph_keeps_its_lines_and_hides_nothing() {
        let table = [
            ("", ""),
            (" \n\u{200b}\n ", ""),
            ("a", "a"),
            ("\r\n  if x:\r\n    y \n\n z\n", "  if x:\n    y\n\n z"),
            ("a\u{202e}b\rc\td", "ab\nc d"),
            ("a\u{2028}b\u{85}c", "abc"),
        ];
        for (text, expected) in table {
            assert_eq!(paragraph(text), expected, "{text:?}");
        }
    }

    #[test]
    fn escaped_text_has_no_effect() {
        assert_eq!(escape("**Ada** <@1> `x`"), r"\*\*Ada\*\* \<@".to_owned() + "\u{200b}1\\> \\`x\\`");
        assert_eq!(escape("@everyone"), "@\u{200b}everyone");
        assert_eq!(escape("Zoë 😀"), "Zoë 😀");
        assert_eq!(escape("0042. Ada"), r"0042\. Ada");
    }

    #[test]
    fn marks_piled_up_and_joiners_in_a_row_are_thinned_out() {
        let zalgo = format!("H{}i", "\u{301}\u{200b}\u{323}".repeat(40));
        assert_eq!(single_line(&zalgo), "H\u{301}\u{323}\u{301}\u{323}i");
        let smuggled = format!("a{}b", "\u{e0041}".repeat(90));
        assert_eq!(single_line(&smuggled), format!("a{}b", "\u{e0041}".repeat(8)));
        assert_eq!(single_line(&format!("a{}", "\u{200d}".repeat(90))).chars().count(), 9);
    }

    /// Text that people put into names to be noticed: direction marks, undrawn characters, stacked accents, mentions,
    /// Markdown.
    fn any_hostile_text() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            r"[a-z]{1,4}",
            any::<String>(),
            r"[\u{202a}-\u{202e}\u{2066}-\u{2069}\u{200e}\u{200f}\u{61c}]{1,3}",
            r"[\u{200b}-\u{200d}\u{2060}\u{feff}\u{ad}\u{3164}\u{2800}\u{fe0f}]{1,9}",
            r"[\u{300}-\u{36f}\u{e47}-\u{e4e}\u{64b}]{1,60}",
            r"[\u{e0000}-\u{e0fff}]{1,40}",
            r"@everyone|@here|<@1>|<@&1>|<#1>|<t:1:R>|<a:b:1>|</x:1>|:smile:",
            r"\*\*|__|~~|\|\||`{1,3}|\[x\]\(https://y\.z\)|https://y\.z|[\r\n]{1,2}(#|>|-|-#|1\.|\+) |\\",
            r"[👩\u{1f3fd}\u{200d}❤🇩🇪🏴]{1,12}",
        ];
        prop::collection::vec(part, 0..8).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn a_cut_is_the_longest_beginning_that_fits(text in r"(\PC|[👩‍🚀🇩é\u{301}😀]){0,30}", max in 0..40_usize) {
            let kept = cut(&text, max);
            prop_assert!(text.starts_with(kept));
            prop_assert!(length(kept) <= max && kept.chars().count() <= max);
            let next = text[kept.len()..].graphemes(true).next().unwrap_or_default();
            prop_assert!(kept == text || length(kept) + length(next) > max);
            prop_assert_eq!(kept.graphemes(true).chain(text[kept.len()..].graphemes(true)).collect::<Vec<_>>(),
                text.graphemes(true).collect::<Vec<_>>());
        }

        #[test]
        fn a_single_line_stays_as_it_is(text: String) {
            let line = single_line(&text);
            prop_assert!(!line.chars().any(char::is_control));
            prop_assert_eq!(line.trim(), &line);
            prop_assert_eq!(single_line(&line), line.clone());
            prop_assert_eq!(is_visible(&line), is_visible(&text));
        }

        #[test]
        fn a_hostile_paragraph_becomes_lines_that_cover_turn_and_hide_nothing(text in any_hostile_text()) {
            let tidied = paragraph(&text);
            prop_assert_eq!(paragraph(&tidied), tidied.clone());
            prop_assert_eq!(is_visible(&tidied), is_visible(&text));
            prop_assert!(!tidied.chars().any(|c| c != '\n' && (is_hidden(c) || is_blank(c))), "{:?}", tidied);
            let longest = |belongs: fn(char) -> bool| tidied.split(|c| !belongs(c)).map(|run| run.chars().count()).max();
            prop_assert!(longest(is_mark) <= Some(MAX_MARKS) && longest(is_joiner) <= Some(MOST_JOINERS));
        }

        #[test]
        fn a_hostile_name_becomes_a_line_that_covers_turns_and_hides_nothing(name in any_hostile_text()) {
            let line = single_line(&name);
            prop_assert_eq!(single_line(&line), line.clone());
            prop_assert_eq!(is_visible(&line), is_visible(&name));
            prop_assert!(!line.contains("  ") && !line.chars().any(|c| is_hidden(c) || is_blank(c)), "{:?}", line);
            let longest = |belongs: fn(char) -> bool| line.split(|c| !belongs(c)).map(|run| run.chars().count()).max();
            prop_assert!(longest(is_mark) <= Some(MAX_MARKS) && longest(is_joiner) <= Some(MOST_JOINERS));
        }

        #[test]
        fn escaped_text_reads_as_it_was_and_nothing_in_it_has_an_effect(text in any_hostile_text()) {
            let escaped = escape(&text);
            let (mut read, mut rest) = (String::new(), escaped.chars());
            while let Some(c) = rest.next() {
                let shown = if c == '\\' { rest.next().unwrap_or_default() } else { c };
                prop_assert!(c == '\\' || !r"*_~`|<>[]()#:-+.".contains(c), "{:?}", escaped);
                read.push(shown);
            }
            prop_assert_eq!(read.replace("@\u{200b}", "@"), text.replace("@\u{200b}", "@"));
            for mention in ["@everyone", "@here", "<@1", "<@&", "<#", "s://"] {
                prop_assert!(!escaped.contains(mention), "{:?}", escaped);
            }
        }
    }
}
