//! Discord's markdown as HTML.
//!
//! `tokens` takes out what Discord reads as one piece, `prepare` what `CommonMark` and Discord read differently; comrak
//! reads the rest. Everything is written by templates, which escape it. What Discord does not format is shown as it was
//! written. A line is a `div`, because a `p` cannot hold what is hidden until it is opened.

use comrak::nodes::{AstNode, ListType, NodeValue};
use comrak::{Arena, Options, parse_document};
use maud::{Markup, html};

use super::prepare::{Block, blocks, push_plain};
use super::times;
use super::tokens::{Links, Protected, Token, clean};
use crate::domain::clock::Timestamp;
use crate::domain::zone::Zone;
use crate::export::names::{Names, isolated};
use crate::export::times::moment;

/// Formatting nested deeper than this is shown without formatting. Discord's client has fewer levels.
const DEEPEST: usize = 12;

/// What it takes to show a text.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub names: &'a Names,
    pub zone: &'a Zone,
    /// The word on a hidden text.
    pub spoiler: &'a str,
    /// Within a link, nothing else is one.
    pub is_linked: bool,
}

/// A message's text, or another that allows everything.
pub(super) fn text(reader: Reader<'_>, text: &str) -> Markup {
    let text = clean(text);
    html! {
        @for block in blocks(&text) {
            @match block {
                Block::Code { code, is_quoted: false } => (code_block(&code)),
                Block::Code { code, is_quoted: true } => blockquote { (code_block(&code)) },
                Block::Text(protected) => (read(&protected, |root| children(reader, &protected, root, DEEPEST))),
            }
        }
    }
}

/// One line without blocks: titles, names of fields.
pub(super) fn line(reader: Reader<'_>, text: &str) -> Markup {
    inline_text(reader, &clean(text))
}

/// The same within a link.
pub(super) fn linked_line(reader: Reader<'_>, text: &str) -> Markup {
    line(Reader { is_linked: true, ..reader }, text)
}

fn inline_text(reader: Reader<'_>, text: &str) -> Markup {
    let links = if reader.is_linked { Links::Left } else { Links::Found };
    let line = text.lines().collect::<Vec<_>>().join(" ");
    let mut protected = Protected::new(links);
    push_plain(&mut protected, &line);
    read(&protected, |root| html! { @for block in root.children() { (inlines(reader, &protected, block, DEEPEST)) } })
}

fn read(protected: &Protected<'_>, render: impl for<'a> FnOnce(&'a AstNode<'a>) -> Markup) -> Markup {
    let arena = Arena::new();
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.underline = true;
    options.extension.spoiler = true;
    options.extension.subtext = true;
    options.parse.ignore_setext = true;
    render(parse_document(&arena, &protected.text, &options))
}

fn code_block(code: &str) -> Markup {
    html! { pre tabindex="0" { code { (code) } } }
}

fn children<'a>(reader: Reader<'_>, protected: &Protected<'_>, node: &'a AstNode<'a>, levels: usize) -> Markup {
    html! { @for inner in node.children() { (block(reader, protected, inner, levels)) } }
}

fn block<'a>(reader: Reader<'_>, protected: &Protected<'_>, node: &'a AstNode<'a>, levels: usize) -> Markup {
    let Some(levels) = levels.checked_sub(1) else { return html! { div { (flat(reader, protected, node)) } } };
    let inner = || inlines(reader, protected, node, levels);
    let value = node.data.borrow().value.clone();
    match value {
        // Headings of the page come first: those of messages are no part of its outline.
        NodeValue::Heading(heading) if heading.level <= 3 => {
            html! { div class={ "h" (heading.level) } { (inner()) } }
        }
        NodeValue::Heading(heading) => html! { div { ("#".repeat(heading.level.into())) " " (inner()) } },
        NodeValue::Subtext => html! { div.sub { (inner()) } },
        NodeValue::BlockQuote => html! { blockquote { (children(reader, protected, node, levels)) } },
        NodeValue::List(list) => {
            let items = html! { @for item in node.children() { li { (children(reader, protected, item, levels)) } } };
            match list.list_type {
                ListType::Bullet => html! { ul { (items) } },
                ListType::Ordered => html! { ol start=(list.start) { (items) } },
            }
        }
        NodeValue::CodeBlock(code) => code_block(&protected.restore(&code.literal)),
        NodeValue::HtmlBlock(block) => html! { div { (pieces(reader, protected, block.literal.trim_end())) } },
        NodeValue::ThematicBreak => html! { div { "---" } },
        _ => html! { div { (inner()) } },
    }
}

fn inlines<'a>(reader: Reader<'_>, protected: &Protected<'_>, node: &'a AstNode<'a>, levels: usize) -> Markup {
    html! { @for inner in node.children() { (inline(reader, protected, inner, levels)) } }
}

fn inline<'a>(reader: Reader<'_>, protected: &Protected<'_>, node: &'a AstNode<'a>, levels: usize) -> Markup {
    let Some(levels) = levels.checked_sub(1) else { return flat(reader, protected, node) };
    let inner = || inlines(reader, protected, node, levels);
    let value = node.data.borrow().value.clone();
    match value {
        NodeValue::Text(text) => pieces(reader, protected, &text),
        NodeValue::HtmlInline(text) | NodeValue::Raw(text) => pieces(reader, protected, &text),
        NodeValue::SoftBreak | NodeValue::LineBreak => html! { br; },
        NodeValue::Code(code) => html! { code { (protected.restore(&code.literal)) } },
        NodeValue::Emph => html! { em { (inner()) } },
        NodeValue::Strong => html! { strong { (inner()) } },
        NodeValue::Strikethrough => html! { s { (inner()) } },
        NodeValue::Underline => html! { u { (inner()) } },
        NodeValue::SpoileredText => hidden(reader.spoiler, &inner()),
        _ => inner(),
    }
}

/// A part of the text without formatting, however deep it is.
fn flat<'a>(reader: Reader<'_>, protected: &Protected<'_>, node: &'a AstNode<'a>) -> Markup {
    let mut text = String::new();
    for inner in node.descendants() {
        match &inner.data.borrow().value {
            NodeValue::Text(part) => text.push_str(part),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::CodeBlock(code) => text.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
            _ => {}
        }
    }
    pieces(reader, protected, &text)
}

/// Hidden until it is opened, by mouse or keyboard, without a script.
pub(super) fn hidden(label: &str, content: &Markup) -> Markup {
    html! { details.spoiler { summary { (label) } span { (content) } } }
}

/// Text and its pieces.
fn pieces(reader: Reader<'_>, protected: &Protected<'_>, text: &str) -> Markup {
    let mut shown = Vec::new();
    let mut rest = text;
    while let Some((at, letter)) = rest.char_indices().find(|(_, letter)| protected.piece(*letter).is_some()) {
        let (before, behind) = rest.split_at(at);
        shown.push(html! { (before) });
        if let Some((token, _)) = protected.piece(letter) {
            shown.push(piece(reader, token));
        }
        rest = &behind[letter.len_utf8()..];
    }
    html! { @for piece in &shown { (piece) } (rest) }
}

fn piece(reader: Reader<'_>, token: Token<'_>) -> Markup {
    let names = reader.names;
    match token {
        Token::Literal(text) => html! { (text) },
        Token::User(user) => html! { span.mention { bdi { "@" (names.of_user(user)) } } },
        Token::Role(role) => html! { span.mention { bdi { "@" (names.of_role(role)) } } },
        Token::Channel(channel) if reader.is_linked => {
            html! { span.mention { bdi { "#" (names.of_channel(channel)) } } }
        }
        Token::Channel(channel) => {
            html! { a.mention href=(names.address_of(channel)) { bdi { "#" (names.of_channel(channel)) } } }
        }
        Token::Command(name) => html! { span.mention { "/" (name) } },
        Token::Time(seconds, style) => times::stamp(reader.zone, seconds, style),
        Token::Emoji(name) => html! { span.emoji { ":" (name) ":" } },
        Token::Url(url) => link(url, &html! { (url) }),
        Token::Masked(label, url) => link(url, &inline_text(Reader { is_linked: true, ..reader }, label)),
    }
}

/// A link to the web. Other addresses are not links.
pub(super) fn link(url: &str, text: &Markup) -> Markup {
    if url.starts_with("https://") || url.starts_with("http://") {
        // An address that is not what a reader sees is printed, too.
        let is_masked = text.0 != html! { (url) }.0;
        return html! {
            a class=[is_masked.then_some("masked")] href=(url) title=(url) target="_blank" rel="noopener noreferrer nofollow" { (text) }
        };
    }
    html! { (text) }
}

/// A text without markdown's effects: names stand for mentions, times are written out.
pub(in crate::export) fn plain(zone: &Zone, names: &Names, text: &str) -> String {
    let text = clean(text);
    let mut protected = Protected::new(Links::Left);
    protected.push_inline(&text);
    let shown: String = protected.text.chars().fold(String::new(), |mut shown, letter| {
        match protected.piece(letter).map(|(token, written)| (token, written.to_owned())) {
            Some((Token::User(user), _)) => shown.extend(["@", &*isolated(&names.of_user(user))]),
            Some((Token::Role(role), _)) => shown.extend(["@", &*isolated(names.of_role(role))]),
            Some((Token::Channel(channel), _)) => shown.extend(["#", &*isolated(&names.of_channel(channel))]),
            Some((Token::Command(name), _)) => shown.extend(["/", name]),
            Some((Token::Time(seconds, _), _)) => shown += &moment(zone.wall(Timestamp::from_seconds(seconds))),
            Some((Token::Emoji(name), _)) => shown.extend([":", name, ":"]),
            Some((_, written)) => shown += &written,
            None => shown.push(letter),
        }
        shown
    });
    shown
}
