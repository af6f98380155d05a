//! Quotes of messages: of one that a ticket is about, its texts made inert and the names of its files; and of the first
//! message of a ticket that has moved.

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

/// The most characters of a quote together with the addresses of its files (Discord: "Message", embed limits: 6,000).
const MAX_TOTAL: usize = 5_900;

/// Marks the address of a file that is hidden until it is clicked. It is not sent to the server.
const SPOILER: &str = "#spoiler";

/// The address of a file, with what its name does not tell.
pub fn address(url: &str, is_spoiler: bool) -> String {
    if is_spoiler { format!("{url}{SPOILER}") } else { url.to_owned() }
}

/// The addresses of files, as the preview beside a quote holds them: one on each line, by the file's name, as many as
/// there is room for.
pub fn link_files<'a>(quote: &str, urls: impl IntoIterator<Item = &'a str>) -> String {
    let room = MAX_TOTAL.saturating_sub(text::length(quote)).min(MAX_LENGTH);
    let mut out = String::new();
    for url in urls {
        let link = format!("📎 [{}]({url})\n", text::escape(&name_in(url)));
        if text::length(&out) + text::length(&link) <= room {
            out.push_str(&link);
        }
    }
    out
}

/// The addresses that [`link_files`] has written.
pub fn linked_files(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| line.rsplit_once("](")?.1.strip_suffix(')'))
}

/// The name of a file, as its address ends. Discord has replaced there what is not safe in a name.
pub fn name_in(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or("file");
    let is_hidden = url.ends_with(SPOILER) && !name.starts_with(HIDDEN);
    if is_hidden { format!("{HIDDEN}{name}") } else { name.to_owned() }
}

/// Begins the names of files that are hidden until they are clicked.
const HIDDEN: &str = "SPOILER_";

/// The same quote below a line, for a message without embeds: within what one message holds.
pub fn plain(line: &str, quote: &str) -> String {
    let quoted: Vec<String> = quote.lines().map(|line| format!("> {line}")).collect();
    let room = MAX_PLAIN.saturating_sub(text::length(line) + 1);
    if quoted.is_empty() { line.to_owned() } else { format!("{line}\n{}", cut(&quoted.join("\n"), room)) }
}

/// Quotes a text of one message below a line, in as many messages as it takes. What it quotes itself stays one quote.
pub fn pages(line: &str, text: &str) -> Vec<String> {
    let mut pages = vec![line.to_owned()];
    for written in text.lines() {
        let mut rest = written.strip_prefix(MARK).unwrap_or(written);
        loop {
            let used = pages.last().map_or(0, |page| text::length(page) + 1) + MARK.len();
            let room = MAX_PLAIN.saturating_sub(used);
            let is_full = room < LEAST_ROOM.min(text::length(rest));
            let part = piece(rest, if is_full { MAX_PLAIN - MARK.len() } else { room });
            let quoted = format!("{MARK}{part}");
            match pages.last_mut() {
                Some(page) if text::length(page) + 1 + text::length(&quoted) <= MAX_PLAIN => {
                    page.push('\n');
                    page.push_str(&quoted);
                }
                _ => pages.push(quoted),
            }
            rest = &rest[part.len()..];
            if rest.is_empty() {
                break;
            }
        }
    }
    pages
}

/// Begins a line of a quote.
const MARK: &str = "> ";

/// The least room in which a long line begins; with less, it begins in the next message.
const LEAST_ROOM: usize = 200;

/// The longest beginning of a line of Markdown within so many characters: all of it, or up to a space if one is near,
/// and never between a backslash and what it escapes. Never empty.
fn piece(line: &str, most: usize) -> &str {
    let kept = text::cut(line, most);
    if kept.len() == line.len() {
        return line;
    }
    if let Some(space) = kept.rfind(' ').filter(|space| kept.len() - space <= LEAST_ROOM) {
        return &kept[..=space];
    }
    let backslashes = kept.bytes().rev().take_while(|byte| *byte == b'\\').count();
    let kept = if backslashes % 2 == 1 { &kept[..kept.len() - 1] } else { kept };
    if kept.is_empty() {
        // One picture of many people, longer than a message.
        let end = line.char_indices().map(|(start, letter)| start + letter.len_utf8());
        return end.take_while(|end| text::length(&line[..*end]) <= most).last().map_or(line, |end| &line[..end]);
    }
    kept
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

    #[test]
    fn addresses_of_files_read_back_as_they_are_written() {
        let hidden = address("https://cdn.example/3/4/b.txt", true);
        let urls = ["https://cdn.example/1/2/a(1)_[x].png?ex=1&hm=2", &hidden];
        let written = link_files("Hello", urls);
        assert_eq!(linked_files(&written).collect::<Vec<_>>(), urls);
        assert_eq!(name_in(urls[0]), "a(1)_[x].png");
        assert_eq!(name_in(urls[1]), "SPOILER_b.txt");
        assert_eq!(linked_files("Hello\n> [x](y").count(), 0);
        let long = format!("https://cdn.example/{}", "x".repeat(600));
        assert!(linked_files(&link_files("", [long.as_str(); 10])).count() < 10, "what does not fit is left out whole");
    }

    #[test]
    fn a_message_is_quoted_in_as_many_messages_as_it_takes() {
        assert_eq!(pages("From:", "Hello\n\n**Q**\n> a\n> b"), ["From:\n> Hello\n> \n> **Q**\n> a\n> b"]);
        assert_eq!(pages("From:", ""), ["From:"]);
        let long = pages(&"f".repeat(150), &format!("{}\n{}", "x".repeat(1_900), "y".repeat(99)));
        assert_eq!(long.len(), 2, "{long:?}");
        assert_eq!(long.concat().matches('x').count(), 1_900);
        assert_eq!(long.concat().matches('y').count(), 99);
    }

    proptest! {
        #[test]
        fn of_a_quoted_message_nothing_is_lost_and_each_page_fits(
            line in "[a-z]{0,1700}", text in r"([a-z*\\ 😀]{0,900}\n?){0,3}",
        ) {
            let text = text::cut(&text, 2_000);
            let pages = pages(&line, text);
            for page in &pages {
                prop_assert!(text::length(page) <= MAX_PLAIN, "{}", text::length(page));
            }
            let written = |text: &str| text.chars().filter(|letter| !"> \n".contains(*letter)).collect::<String>();
            prop_assert_eq!(written(&pages.concat()), written(&format!("{line}{text}")));
        }

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
