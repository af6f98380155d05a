//! Rewrites Discord's markdown where `CommonMark` reads it differently.
//!
//! Code blocks may begin within a line. Quotes end with their line, lists too, and neither is nested. `>>>` quotes the
//! rest. Entities, HTML, tables, rules, references and pictures do not exist, and four spaces are no code.

use super::tokens::{Links, Protected, Token};

/// A part of a text.
pub(super) enum Block<'t> {
    Text(Protected<'t>),
    Code { code: String, is_quoted: bool },
}

const FENCE: &str = "```";

/// The parts of a text in order.
pub(super) fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut quoting = false;
    let mut rest = text;
    while let Some((before, code, behind)) = next_code(rest) {
        let (before, is_quoted) = match before.rsplit('\n').next() {
            Some("> " | ">>> ") => (before.strip_suffix("> ").unwrap_or(before).trim_end_matches('>'), true),
            _ => (before, false),
        };
        let starts_quote = is_quoted && rest[before.len()..].starts_with(">>> ");
        blocks.extend(text_block(before, &mut quoting));
        quoting |= starts_quote;
        blocks.push(Block::Code { code: unquoted(code, is_quoted && !quoting), is_quoted: is_quoted || quoting });
        // The line break after the block belongs to it.
        rest = behind.strip_prefix('\n').unwrap_or(behind);
    }
    blocks.extend(text_block(rest, &mut quoting));
    blocks
}

/// What stands before the next code block, its code, and what stands behind it.
fn next_code(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.find(FENCE)?;
    let inside = &text[start + FENCE.len()..];
    let end = inside.find(FENCE)?;
    let code = without_language(&inside[..end]).trim_matches('\n');
    // Three more backticks may close it later.
    let end = end + inside[end..].len() - inside[end..].trim_start_matches('`').len();
    (!code.trim().is_empty()).then(|| (&text[..start], code, &inside[end..]))
}

/// The first line names the language if more follows.
fn without_language(code: &str) -> &str {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || "_+-.#".contains(letter);
    match code.split_once('\n') {
        Some((language, rest)) if language.chars().all(is_part) && !rest.trim().is_empty() => rest,
        _ => code,
    }
}

/// In a quote, each line of the code is one.
fn unquoted(code: &str, is_quoted: bool) -> String {
    if !is_quoted {
        return code.to_owned();
    }
    let lines: Vec<&str> = code.lines().map(|line| line.strip_prefix("> ").unwrap_or(line)).collect();
    lines.join("\n").trim_end_matches(['\n', '>']).to_owned()
}

/// What a line is, to keep what does not belong together apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    Quote,
    Item,
    Plain,
}

fn text_block<'t>(text: &'t str, quoting: &mut bool) -> Option<Block<'t>> {
    let mut protected = Protected::new(Links::Found);
    let mut before = None;
    for line in text.lines() {
        let (is_quote, content) = match line.strip_prefix(">>> ") {
            _ if *quoting => (true, line),
            Some(content) => {
                *quoting = true;
                (true, content)
            }
            None => line.strip_prefix("> ").map_or((false, line), |content| (true, content)),
        };
        let is_item = item(content).is_some();
        let kind = if is_quote {
            Line::Quote
        } else if is_item {
            Line::Item
        } else {
            Line::Plain
        };
        if before.is_some_and(|before| before != kind && before != Line::Plain) {
            protected.text.push('\n');
        }
        before = Some(kind);
        if is_quote {
            protected.text.push_str("> ");
        }
        push_line(&mut protected, content);
        protected.text.push('\n');
    }
    (!protected.text.trim().is_empty()).then_some(Block::Text(protected))
}

/// Indentation, marker and content of an item of a list.
fn item(line: &str) -> Option<(&str, &str, &str)> {
    let content = line.trim_start_matches(' ');
    let indent = &line[..line.len() - content.len()];
    let digits = content.len() - content.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    let marker = match content.get(digits..)?.chars().next()? {
        '-' | '*' if digits == 0 => 2,
        // As long as CommonMark reads it as a number.
        '.' if (1..=9).contains(&digits) => digits + 2,
        _ => return None,
    };
    let (marker, content) = content.split_at_checked(marker)?;
    (marker.ends_with(' ') && !content.trim().is_empty() && indent.len() <= 12).then_some((indent, marker, content))
}

fn push_line<'t>(protected: &mut Protected<'t>, line: &'t str) {
    if let Some((indent, marker, content)) = item(line) {
        protected.text.push_str(indent);
        protected.text.push_str(marker);
        // An item of an item is none.
        push_plain(protected, content);
        return;
    }
    let heading = line.len() - line.trim_start_matches('#').len();
    if (1..=3).contains(&heading) && line[heading..].starts_with(' ') {
        protected.text.push_str(&line[..=heading]);
        protected.push_inline(line[heading + 1..].trim_start());
        return;
    }
    if let Some(small) = line.strip_prefix("-# ") {
        protected.text.push_str("-# ");
        protected.push_inline(small);
        return;
    }
    push_plain(protected, line);
}

/// A line that begins nothing.
pub(super) fn push_plain<'t>(protected: &mut Protected<'t>, line: &'t str) {
    let mut rest = line;
    // Spaces stay visible and are no code.
    while let Some(space) = rest.chars().next().filter(|letter| letter.is_whitespace()) {
        protected.push(Token::Literal("\u{a0}"), &rest[..space.len_utf8()]);
        rest = &rest[space.len_utf8()..];
    }
    let is_rule = |mark: char| !rest.is_empty() && rest.chars().all(|letter| letter == mark || letter == ' ');
    let begins = rest.starts_with(['#', '+', '=', '-'])
        || ['*', '_'].into_iter().any(is_rule)
        || rest.starts_with("* ")
        || rest.starts_with(|letter: char| letter.is_ascii_digit())
        || rest.starts_with("~~~")
        || rest.strip_prefix(FENCE).is_some_and(|rest| !rest.contains('`'));
    if begins {
        let first = rest.chars().next().map_or(0, char::len_utf8);
        protected.push_literal(&rest[..first]);
        rest = &rest[first..];
    }
    protected.push_inline(rest);
}
