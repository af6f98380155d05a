//! Rewrites Discord's markdown where `CommonMark` reads it differently.
//!
//! In Discord a quote is one line, `>>>` quotes the rest, and quotes are not nested. A list ends with its lines. Underlined
//! headings, indented code, rules, references, pictures, HTML and entities do not exist. A fence of code may begin within a
//! line.

/// A part of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// For comrak.
    Text(String),
    Code {
        code: String,
        is_quoted: bool,
    },
}

const FENCE: &str = "```";
/// A space that begins no code and is shown.
const SPACE: char = '\u{a0}';

/// The parts of a text in order.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut quotes_rest = false;
    let mut rest = text;
    while let Some((before, code, behind)) = fenced(rest) {
        let line = before.rsplit('\n').next().unwrap_or_default();
        let opens = if quotes_rest || !matches!(line, "> " | ">>> ") { "" } else { line };
        let text = before.strip_suffix(opens).unwrap_or(before);
        blocks.extend(text_block(text, &mut quotes_rest));
        let code = if opens == "> " { unquoted(&code) } else { code };
        quotes_rest |= opens == ">>> ";
        blocks.push(Block::Code { code, is_quoted: quotes_rest || !opens.is_empty() });
        rest = behind.strip_prefix('\n').unwrap_or(behind);
    }
    blocks.extend(text_block(rest, &mut quotes_rest));
    blocks
}

/// What stands before the next fenced code, the code, and what stands behind it. A fence that nothing closes is text.
fn fenced(text: &str) -> Option<(&str, String, &str)> {
    let (before, inside) = text.split_once(FENCE)?;
    let (code, behind) = inside.split_once(FENCE)?;
    let names_language =
        |line: &str| line.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-_.#".contains(letter));
    let code = match code.split_once('\n') {
        Some((language, rest)) if names_language(language) && !rest.trim().is_empty() => rest,
        _ => code,
    };
    (!code.trim().is_empty()).then(|| (before, code.trim_matches('\n').to_owned(), behind))
}

fn unquoted(code: &str) -> String {
    let lines: Vec<&str> = code.lines().map(|line| line.strip_prefix("> ").unwrap_or(line)).collect();
    lines.join("\n").trim_end_matches('\n').to_owned()
}

/// What a line belongs to: a quote, a list.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Kind {
    quote: bool,
    item: bool,
}

fn text_block(text: &str, quotes_rest: &mut bool) -> Option<Block> {
    let mut prepared = String::with_capacity(text.len());
    let mut before: Option<Kind> = None;
    let mut levels = Levels::default();
    for line in text.lines() {
        let opens_rest = line.strip_prefix(">>> ").filter(|_| !*quotes_rest);
        *quotes_rest |= opens_rest.is_some();
        let quoted = opens_rest.or(if *quotes_rest { Some(line) } else { line.strip_prefix("> ") });
        let content = quoted.unwrap_or(line);
        let kind = Kind { quote: quoted.is_some(), item: item(content).is_some() };
        if before.is_some_and(|before| before != kind) {
            // An empty line, so that CommonMark takes nothing along into the quote or list before it.
            prepared.push_str(if kind.quote && before.is_some_and(|before| before.quote) { ">\n" } else { "\n" });
            levels = Levels::default();
        }
        before = Some(kind);
        if kind.quote {
            prepared.push_str("> ");
        }
        match item(content) {
            Some((indent, marker, content)) => {
                prepared.extend(std::iter::repeat_n(' ', levels.place(indent, marker.len())));
                prepared.push_str(marker);
                plain(&mut prepared, content);
            }
            None => whole_line(&mut prepared, content),
        }
        prepared.push('\n');
    }
    (!prepared.trim().is_empty()).then_some(Block::Text(prepared))
}

/// Where items of nested lists have to begin for `CommonMark`; for Discord, any space more is a level more.
#[derive(Default)]
struct Levels(Vec<(usize, usize)>);

impl Levels {
    /// The spaces before an item that was written with so many, with a marker of this length.
    fn place(&mut self, indent: usize, marker: usize) -> usize {
        while self.0.last().is_some_and(|(outer, _)| *outer >= indent) {
            self.0.pop();
        }
        let begins = self.0.last().map_or(0, |(_, content)| *content);
        self.0.push((indent, begins + marker));
        begins
    }
}

/// Indentation, marker and content of an item of a list.
fn item(line: &str) -> Option<(usize, &str, &str)> {
    let content = line.trim_start_matches(' ');
    let digits = content.len() - content.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    let marker = match content.as_bytes().get(digits)? {
        b'-' | b'*' if digits == 0 => 2,
        // As long as CommonMark reads it as a number.
        b'.' if (1..=9).contains(&digits) => digits + 2,
        _ => return None,
    };
    let (marker, inner) = content.split_at_checked(marker)?;
    (marker.ends_with(' ') && !inner.trim().is_empty()).then_some((line.len() - content.len(), marker, inner))
}

/// A line that may be a heading or small.
fn whole_line(prepared: &mut String, line: &str) {
    let begins = ["# ", "## ", "### ", "-# "].into_iter().find(|begins| line.starts_with(begins));
    match begins.map(|begins| (begins, line[begins.len()..].trim_start())) {
        Some((begins, content)) if !content.is_empty() => {
            prepared.push_str(begins);
            inline(prepared, content);
        }
        _ => plain(prepared, line),
    }
}

/// One line without blocks.
pub(super) fn line(text: &str) -> String {
    let mut prepared = String::with_capacity(text.len());
    plain(&mut prepared, &text.lines().collect::<Vec<_>>().join(" "));
    prepared
}

/// A line, or the content of an item, that begins nothing.
fn plain(prepared: &mut String, line: &str) {
    let content = line.trim_start();
    prepared.extend(line[..line.len() - content.len()].chars().map(|_| SPACE));
    let digits = content.len() - content.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    let is_rule = |mark: char| !content.is_empty() && content.chars().all(|letter| letter == mark || letter == ' ');
    if digits > 0 && content[digits..].starts_with(['.', ')']) {
        prepared.push_str(&content[..digits]);
        prepared.push('\\');
        inline(prepared, &content[digits..]);
        return;
    }
    let begins = content.starts_with(['#', '+', '=', '-', '>'])
        || content.starts_with("* ")
        || content.starts_with("~~~")
        || content.starts_with(FENCE)
        || content.starts_with('[') && (content.contains("]:") || !content.contains("]("))
        || ['*', '_'].into_iter().any(is_rule);
    if begins {
        prepared.push('\\');
        prepared.push_str(&content[..1]);
        inline(prepared, &content[1..]);
    } else {
        inline(prepared, content);
    }
}

/// Text within a line: entities and HTML are text, and a backslash at the end breaks no line.
fn inline(prepared: &mut String, text: &str) {
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let escaped = match letter {
            '\\' if rest.len() == 1 => "\\\\",
            '<' if !is_special(&rest[1..]) => "\\<",
            '&' => "&amp;",
            // Two of them strike through, one does not.
            '~' if !prepared.ends_with('~') && !rest[1..].starts_with('~') => "\\~",
            _ => "",
        };
        if !escaped.is_empty() {
            prepared.push_str(escaped);
            rest = &rest[1..];
            continue;
        }
        let length = match letter {
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            '`' => code_span(rest),
            // CommonMark reads entities in the addresses of `[…](…)` and `<…>`, but not in bare ones.
            'h' if !prepared.ends_with("](") && !prepared.ends_with('<') => bare_address(rest).unwrap_or(1),
            letter => letter.len_utf8(),
        };
        prepared.push_str(&rest[..length]);
        rest = &rest[length..];
    }
}

/// The length of code between backticks, or of backticks that nothing closes.
fn code_span(text: &str) -> usize {
    let ticks = text.len() - text.trim_start_matches('`').len();
    let mut at = ticks;
    while let Some(next) = text[at..].find('`') {
        let start = at + next;
        let run = text[start..].len() - text[start..].trim_start_matches('`').len();
        at = start + run;
        if run == ticks {
            return at;
        }
    }
    ticks
}

/// The length of an address that begins here, as comrak finds it: without what looks like an entity at its end.
fn bare_address(text: &str) -> Option<usize> {
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return None;
    }
    let length = text.find(|letter: char| letter.is_whitespace() || letter == '<').unwrap_or(text.len());
    let address = text[..length].trim_end_matches(|letter| "?!.,:*_~'\")".contains(letter));
    let start = address.strip_suffix(';').and_then(|address| address.rfind('&')).unwrap_or(length);
    let is_entity = |name: &str| name.chars().all(|letter| letter.is_ascii_alphanumeric() || "&#;".contains(letter));
    Some(if start < length && is_entity(&address[start..]) { start } else { length })
}

/// Whether a mention, a timestamp, an emoji or an address follows `<`.
fn is_special(inner: &str) -> bool {
    let Some((inner, _)) = inner.split_once('>') else { return false };
    let begins = ["@", "#", "t:", ":", "a:", "https://", "http://"].into_iter().any(|begins| inner.starts_with(begins));
    // A command has its id; what ends an HTML element has none.
    begins || inner.starts_with('/') && inner.contains(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_discord_reads_differently_is_prepared() {
        for (text, expected) in [
            ("a & b", "a &amp; b\n"),
            ("`&` ``<`&``", "`&` ``<`&``\n"),
            ("> one\ntwo", "> one\n\ntwo\n"),
            ("> one\n> - two\n> three", "> one\n>\n> - two\n>\n> three\n"),
            (">>> one\ntwo", "> one\n> two\n"),
            ("> > one", "> \\> one\n"),
            (">one", "\\>one\n"),
            ("    far", "\u{a0}\u{a0}\u{a0}\u{a0}far\n"),
            ("one\n===\n---\n***", "one\n\\===\n\\---\n\\***\n"),
            ("- one\n - two\n      - three\nfour", "- one\n  - two\n    - three\n\nfour\n"),
            ("one\n7. two", "one\n\n7. two\n"),
            ("1) one\n+ two", "1\\) one\n\\+ two\n"),
            ("[one]: https://example.org", "\\[one]: https://example.org\n"),
            ("<b>one</b> <@1> </ticket close:1>", "\\<b>one\\</b> <@1> </ticket close:1>\n"),
            ("https://example.org/?a=b&lt;=c", "https://example.org/?a=b&lt;=c\n"),
            ("[one](https://example.org/?a&b)", "[one](https://example.org/?a&amp;b)\n"),
            ("~one~ ~~two~~", "\\~one\\~ ~~two~~\n"),
            ("https://example.org/?a&lt;.", "https://example.org/?a&amp;lt;.\n"),
            ("one\\", "one\\\\\n"),
            ("``` one", "\\``` one\n"),
        ] {
            assert_eq!(blocks(text), [Block::Text(expected.to_owned())], "{text:?}");
        }
    }

    #[test]
    fn code_begins_within_a_line_and_is_quoted_with_its_quote() {
        let code = |code: &str, is_quoted| Block::Code { code: code.to_owned(), is_quoted };
        let text = |text: &str| Block::Text(text.to_owned());
        for (source, expected) in [
            ("```\n& <b>\n```", vec![code("& <b>", false)]),
            ("```rust\nlet a;\n```", vec![code("let a;", false)]),
            ("a ```b```\nc", vec![text("a \n"), code("b", false), text("c\n")]),
            ("> ```\n> a\n> ```\nb", vec![code("a", true), text("b\n")]),
            (">>> ```\na\n```\nb", vec![code("a", true), text("> b\n")]),
        ] {
            assert_eq!(blocks(source), expected, "{source:?}");
        }
    }
}
