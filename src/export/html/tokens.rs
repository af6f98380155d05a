//! Finds what Discord reads as one piece, before the rest is read as markdown: mentions, timestamps, emoji and links; and
//! characters that mean something in `CommonMark` and nothing in Discord.
//!
//! Each piece becomes one character of a private range, which markdown leaves alone. Where markdown turns out to be code,
//! the piece is put back as it was written.

use crate::domain::ids::{ChannelId, RoleId, UserId};

/// A piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// Shown as it is.
    Literal(&'t str),
    User(UserId),
    Role(RoleId),
    Channel(ChannelId),
    /// A command by its name.
    Command(&'t str),
    /// Seconds since 1970, and the style.
    Time(i64, Option<char>),
    /// The name of a server's own emoji.
    Emoji(&'t str),
    Url(&'t str),
    /// A text with an address behind it.
    Masked(&'t str, &'t str),
}

/// A text with characters in place of its pieces.
pub(super) struct Protected<'t> {
    pub text: String,
    /// Each with how it was written.
    pieces: Vec<(Token<'t>, &'t str)>,
    links: Links,
}

/// Whether addresses are pieces: not within the text of a link.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Links {
    Found,
    Left,
}

/// Unicode's supplementary private use area A, which nobody's text needs.
const FIRST: u32 = 0xF_0000;
const LAST: u32 = 0xF_FFFD;

/// Whether a text may not contain it: it would be taken for a piece, or is a control character.
fn is_dropped(letter: char) -> bool {
    (FIRST..=0xF_FFFF).contains(&u32::from(letter)) || letter.is_control() && !matches!(letter, '\n' | '\t')
}

/// The text without what it may not contain.
pub(super) fn clean(text: &str) -> String {
    text.chars().filter(|letter| !is_dropped(*letter)).collect()
}

impl<'t> Protected<'t> {
    pub(super) fn new(links: Links) -> Self {
        Self { text: String::new(), pieces: Vec::new(), links }
    }

    /// The piece that a character stands for, and how it was written.
    pub(super) fn piece(&self, letter: char) -> Option<(Token<'t>, &'t str)> {
        let index = u32::from(letter).checked_sub(FIRST)?;
        self.pieces.get(usize::try_from(index).ok()?).copied()
    }

    /// A text of markdown as it was written.
    pub(super) fn restore(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for letter in text.chars() {
            match self.piece(letter) {
                Some((_, written)) => out.push_str(written),
                None => out.push(letter),
            }
        }
        out
    }

    /// Adds a piece.
    pub(super) fn push(&mut self, token: Token<'t>, written: &'t str) {
        let letter = u32::try_from(self.pieces.len()).ok().and_then(|index| FIRST.checked_add(index));
        match letter.filter(|letter| *letter <= LAST).and_then(char::from_u32) {
            Some(letter) => {
                self.pieces.push((token, written));
                self.text.push(letter);
            }
            // Longer than any message.
            None => self.text.push_str(written),
        }
    }

    pub(super) fn push_literal(&mut self, written: &'t str) {
        self.push(Token::Literal(written), written);
    }

    /// Adds a part of a line in which markdown works.
    pub(super) fn push_inline(&mut self, mut rest: &'t str) {
        let mut before = None;
        while let Some(letter) = rest.chars().next() {
            let taken = self.take(rest, letter, before);
            before = rest[..taken].chars().next_back();
            rest = &rest[taken..];
        }
    }

    /// Takes the next piece or character; returns its length.
    fn take(&mut self, rest: &'t str, letter: char, before: Option<char>) -> usize {
        let piece = match letter {
            '\\' => return self.take_escape(rest),
            '<' => self.special(rest),
            '[' if self.links == Links::Found => masked(rest),
            'h' if self.links == Links::Found && !before.is_some_and(char::is_alphanumeric) => {
                address(rest).map(|url| (Token::Url(url), url.len()))
            }
            _ => None,
        };
        if let Some((token, length)) = piece {
            self.push(token, &rest[..length]);
            return length;
        }
        let length = letter.len_utf8();
        let is_alone = !rest[length..].starts_with('~') && before != Some('~');
        match letter {
            '<' | '>' | '[' | ']' | '&' => self.push_literal(&rest[..length]),
            '~' if is_alone => self.push_literal(&rest[..length]),
            letter => self.text.push(letter),
        }
        length
    }

    /// A backslash and what it escapes.
    fn take_escape(&mut self, rest: &'t str) -> usize {
        let Some(escaped) = rest[1..].chars().next() else {
            self.push_literal(&rest[..1]);
            return 1;
        };
        let length = 1 + escaped.len_utf8();
        match escaped {
            '<' | '>' | '[' | ']' | '&' | '~' | '#' | '+' | '-' | '@' | ':' | '.' => {
                self.push(Token::Literal(&rest[1..length]), &rest[..length]);
            }
            // Markdown reads it.
            escaped if escaped.is_ascii_punctuation() => self.text.push_str(&rest[..length]),
            _ => {
                self.push_literal(&rest[..1]);
                return 1;
            }
        }
        length
    }

    /// What stands between angle brackets.
    fn special(&self, rest: &'t str) -> Option<(Token<'t>, usize)> {
        let end = rest.find('>')?;
        let inner = &rest[1..end];
        if inner.contains('\n') {
            return None;
        }
        let url = (self.links == Links::Found).then(|| address(inner)).flatten().filter(|url| *url == inner);
        url.map(Token::Url).or_else(|| special(inner)).map(|token| (token, end + 1))
    }
}

/// Discord: "Message Formatting".
fn special(inner: &str) -> Option<Token<'_>> {
    if let Some(role) = inner.strip_prefix("@&") {
        return role.parse().ok().map(Token::Role);
    }
    if let Some(user) = inner.strip_prefix('@') {
        return user.strip_prefix('!').unwrap_or(user).parse().ok().map(Token::User);
    }
    if let Some(channel) = inner.strip_prefix('#') {
        return channel.parse().ok().map(Token::Channel);
    }
    if let Some(time) = inner.strip_prefix("t:") {
        let (seconds, style) = match time.split_once(':') {
            Some((seconds, style)) => (seconds, Some(style)),
            None => (time, None),
        };
        let style = match style.map(str::parse::<char>) {
            None => None,
            Some(Ok(style)) => Some(style),
            Some(Err(_)) => return None,
        };
        return seconds.parse().ok().map(|seconds| Token::Time(seconds, style));
    }
    let (name, id) = inner.rsplit_once(':')?;
    id.parse::<RoleId>().ok()?;
    if let Some(command) = name.strip_prefix('/') {
        return Some(Token::Command(command)).filter(|_| !command.is_empty());
    }
    let emoji = name.strip_prefix("a:").or_else(|| name.strip_prefix(':'))?;
    let is_name = !emoji.is_empty() && emoji.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
    is_name.then_some(Token::Emoji(emoji))
}

/// The address at the beginning of a text, without the punctuation that ends a sentence.
fn address(text: &str) -> Option<&str> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| text.starts_with(scheme))?;
    let is_end = |letter: char| letter.is_whitespace() || matches!(letter, '<' | '>');
    let mut url = &text[..text.find(is_end).unwrap_or(text.len())];
    while let Some(last) = url.chars().next_back() {
        let is_open = |open, close| url.matches(open).count() < url.matches(close).count();
        let is_cut = match last {
            '.' | ',' | ':' | ';' | '!' | '?' | '"' | '\'' | '*' | '_' | '~' | '|' | '`' => true,
            ')' => is_open('(', ')'),
            ']' => is_open('[', ']'),
            _ => false,
        };
        if !is_cut {
            break;
        }
        url = &url[..url.len() - last.len_utf8()];
    }
    (url.len() > scheme.len()).then_some(url)
}

/// A text in brackets with an address in parentheses.
fn masked(rest: &str) -> Option<(Token<'_>, usize)> {
    let end = rest.find("](")?;
    let label = &rest[1..end];
    if label.trim().is_empty() || label.contains(['[', ']', '\n']) {
        return None;
    }
    let behind = &rest[end + 2..];
    let mut depth = 1_u32;
    let close = behind.char_indices().find_map(|(at, letter)| {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })?;
    let inner = &behind[..close];
    let url = inner.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')).unwrap_or(inner);
    let has_scheme = url.starts_with("https://") || url.starts_with("http://");
    let is_url = has_scheme && !url.contains(|letter: char| letter.is_whitespace() || matches!(letter, '<' | '>'));
    is_url.then_some((Token::Masked(label, url), end + 2 + close + 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pieces(text: &str) -> Vec<Token<'_>> {
        let mut protected = Protected::new(Links::Found);
        protected.push_inline(text);
        protected.pieces.iter().map(|(token, _)| *token).filter(|token| !matches!(token, Token::Literal(_))).collect()
    }

    #[test]
    fn what_stands_between_angle_brackets_is_one_piece() {
        let table = [
            ("<@1>", vec![Token::User(UserId::new(1))]),
            ("<@!1> <@&2>", vec![Token::User(UserId::new(1)), Token::Role(RoleId::new(2))]),
            ("<#3>", vec![Token::Channel(ChannelId::new(3))]),
            ("<:my_key:4> <a:wave:5>", vec![Token::Emoji("my_key"), Token::Emoji("wave")]),
            ("<t:7> <t:-7:R>", vec![Token::Time(7, None), Token::Time(-7, Some('R'))]),
            ("</ticket close:9>", vec![Token::Command("ticket close")]),
            ("<@> <@0> <@x> <#> <:a b:4> <t:x> <t:1:RR> </:9> <> < @1>", vec![]),
            (r"\<@1>", vec![]),
            (r"\\<@1>", vec![Token::User(UserId::new(1))]),
        ];
        for (text, expected) in table {
            assert_eq!(pieces(text), expected, "{text}");
        }
    }

    #[test]
    fn addresses_end_where_a_reader_would_end_them() {
        let table = [
            ("see https://a.example/x_y_z.", vec![Token::Url("https://a.example/x_y_z")]),
            ("(https://a.example/b(c))", vec![Token::Url("https://a.example/b(c)")]),
            ("**https://a.example**", vec![Token::Url("https://a.example")]),
            ("<https://a.example/?a=1&b=2>", vec![Token::Url("https://a.example/?a=1&b=2")]),
            ("[a *b*](https://a.example/(c))", vec![Token::Masked("a *b*", "https://a.example/(c)")]),
            ("[a](<https://a.example>)", vec![Token::Masked("a", "https://a.example")]),
            (
                "xhttps://a.example http:// javascript:alert(1) [a](javascript:alert(1)) [ ](https://a.example)",
                vec![Token::Url("https://a.example")],
            ),
        ];
        for (text, expected) in table {
            assert_eq!(pieces(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_comes_back_as_it_was_written(text in r"([<>@#:&!/t0-9a\\~\[\]()h]|https://|\PC){0,80}") {
            let text = clean(&text);
            for links in [Links::Found, Links::Left] {
                let mut protected = Protected::new(links);
                protected.push_inline(&text);
                prop_assert_eq!(protected.restore(&protected.text), text.as_str());
            }
        }

        #[test]
        fn a_cleaned_text_holds_no_piece(text in r"(\PC|[\u{f0000}-\u{fffff}]|\u{0}|\u{1b}){0,40}") {
            prop_assert!(clean(&text).chars().all(|letter| !is_dropped(letter)));
        }
    }
}
