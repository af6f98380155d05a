//! Discord's markdown as HTML.
//!
//! `prepare` rewrites what Discord and `CommonMark` read differently; comrak reads the rest, with its extensions for what
//! `CommonMark` has not (underline, spoilers, small text). Everything is written by templates, which escape it. What
//! Discord does not format is shown as it was written.

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, parse_document};
use maud::{Markup, html};

use super::prepare::{self, Block};
use super::{Sight, times};

/// A message's text, or another that allows everything.
pub(super) fn text(sight: &Sight, text: &str) -> Markup {
    html! {
        @for part in prepare::blocks(text) {
            @match part {
                Block::Code { code, is_quoted: false } => (code_block(&code)),
                Block::Code { code, is_quoted: true } => blockquote { (code_block(&code)) },
                Block::Text(text) => (read(&text, |root| html! { @for node in root.children() { (block(sight, node)) } })),
            }
        }
    }
}

/// One line without blocks: titles, names of fields.
pub(super) fn line(sight: &Sight, text: &str) -> Markup {
    read(&prepare::line(text), |root| html! { @for node in root.children() { (inlines(sight, node)) } })
}

fn read(text: &str, render: impl for<'a> FnOnce(&'a AstNode<'a>) -> Markup) -> Markup {
    let arena = Arena::new();
    render(parse_document(&arena, text, &options()))
}

fn code_block(code: &str) -> Markup {
    html! { pre tabindex="0" { code { (code) } } }
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.underline = true;
    options.extension.spoiler = true;
    options.extension.subtext = true;
    options.extension.autolink = true;
    options.parse.ignore_setext = true;
    // An escaped `\<@1>` is no mention.
    options.parse.escaped_char_spans = true;
    options
}

fn block<'a>(sight: &Sight, node: &'a AstNode<'a>) -> Markup {
    let value = node.data.borrow().value.clone();
    match value {
        NodeValue::Paragraph => html! { p { (inlines(sight, node)) } },
        // Headings of the page come first: those of messages are lower.
        NodeValue::Heading(heading) => match heading.level {
            1 => html! { p.h1 role="heading" aria-level="4" { (inlines(sight, node)) } },
            2 => html! { p.h2 role="heading" aria-level="5" { (inlines(sight, node)) } },
            3 => html! { p.h3 role="heading" aria-level="6" { (inlines(sight, node)) } },
            level => html! { p { ("#".repeat(level.into())) " " (inlines(sight, node)) } },
        },
        NodeValue::Subtext => html! { p.small { (inlines(sight, node)) } },
        NodeValue::BlockQuote => html! { blockquote { @for inner in node.children() { (block(sight, inner)) } } },
        NodeValue::List(list) => {
            let items = html! { @for item in node.children() { li { @for inner in item.children() { (block(sight, inner)) } } } };
            match list.list_type {
                comrak::nodes::ListType::Bullet => html! { ul { (items) } },
                comrak::nodes::ListType::Ordered => html! { ol start=(list.start) { (items) } },
            }
        }
        NodeValue::CodeBlock(code) => code_block(&code.literal),
        NodeValue::HtmlBlock(block) => html! { p { (pieces(sight, block.literal.trim_end())) } },
        NodeValue::ThematicBreak => html! { p { "---" } },
        _ => html! { p { (inlines(sight, node)) } },
    }
}

fn inlines<'a>(sight: &Sight, node: &'a AstNode<'a>) -> Markup {
    html! { @for inner in node.children() { (inline(sight, inner)) } }
}

fn inline<'a>(sight: &Sight, node: &'a AstNode<'a>) -> Markup {
    let value = node.data.borrow().value.clone();
    match value {
        NodeValue::Text(text) => pieces(sight, &text),
        NodeValue::SoftBreak | NodeValue::LineBreak => html! { br; },
        NodeValue::Code(code) => html! { code { (code.literal) } },
        NodeValue::HtmlInline(text) | NodeValue::Raw(text) => pieces(sight, &text),
        NodeValue::Emph => html! { em { (inlines(sight, node)) } },
        NodeValue::Strong => html! { strong { (inlines(sight, node)) } },
        NodeValue::Strikethrough => html! { s { (inlines(sight, node)) } },
        NodeValue::Underline => html! { u { (inlines(sight, node)) } },
        NodeValue::SpoileredText => spoiler(inlines(sight, node)),
        // Discord links no bare names of sites and no addresses of mail.
        NodeValue::Link(link) if link.url.starts_with("mailto:") || is_bare_site(&link.url, node) => {
            inlines(sight, node)
        }
        NodeValue::Link(link) => self::link(sight, &link.url, inlines(sight, node)),
        NodeValue::Image(link) => html! { "!" (self::link(sight, &link.url, inlines(sight, node))) },
        _ => inlines(sight, node),
    }
}

/// Hidden until it is opened, by mouse or keyboard.
pub(super) fn spoiler(hidden: Markup) -> Markup {
    html! { details.spoiler { summary { "Spoiler" } span { (hidden) } } }
}

/// Whether comrak added the scheme, as in `www.example.org`.
fn is_bare_site<'a>(url: &str, node: &'a AstNode<'a>) -> bool {
    let shown = node.first_child().map(|text| text.data.borrow().value.clone());
    matches!(shown, Some(NodeValue::Text(text)) if text.starts_with("www.") && url.strip_prefix("http://") == Some(&text))
}

/// Links into this Discord stay on the page; others are shown with their address.
pub(super) fn link(sight: &Sight, url: &str, text: Markup) -> Markup {
    if let Some((place, message)) = place_in(sight, url) {
        // A bare address is shown as what it leads to.
        if text.0 == html! { (url) }.0 {
            return html! { (channel(sight, place)) @if message { span.mention { "› message" } } };
        }
        return html! { a.mention href=(sight.link_to(place)) { (text) } };
    }
    match href(sight, url) {
        Some((href, _)) => html! { a href=(href) title=(href) target="_blank" rel="noopener noreferrer" { (text) } },
        None => html! { (text) " (" (url) ")" },
    }
}

/// Where an address leads from this page, and whether it stays there.
pub(super) fn href(sight: &Sight, url: &str) -> Option<(String, bool)> {
    if let Some((place, _)) = place_in(sight, url) {
        return Some((sight.link_to(place), true));
    }
    (url.starts_with("https://") || url.starts_with("http://")).then(|| (url.to_owned(), false))
}

/// The channel of `https://discord.com/channels/GUILD/CHANNEL[/MESSAGE]`, and whether a message is named.
fn place_in(sight: &Sight, url: &str) -> Option<(u64, bool)> {
    let rest = url.strip_prefix("https://discord.com/channels/")?;
    let mut parts = rest.split('/').map(|part| part.parse::<u64>().ok());
    let (guild, channel) = (parts.next()??, parts.next()??);
    (guild == sight.guild.id()).then(|| (channel, parts.next().flatten().is_some()))
}

/// Text with mentions, timestamps and emoji of the server.
fn pieces(sight: &Sight, text: &str) -> Markup {
    let mut rest = text;
    let mut shown = Vec::new();
    while let Some(start) = rest.find('<') {
        let found = rest[start + 1..].find('>').map(|end| start + 1 + end);
        let Some(end) = found else { break };
        match special(sight, &rest[start + 1..end]) {
            Some(markup) => {
                shown.push(plain(&rest[..start]));
                shown.push(markup);
                rest = &rest[end + 1..];
            }
            None => {
                shown.push(plain(&rest[..=start]));
                rest = &rest[start + 1..];
            }
        }
    }
    shown.push(plain(rest));
    html! { @for piece in &shown { (piece) } }
}

fn plain(text: &str) -> Markup {
    let mut parts = text.split("@everyone");
    let first = parts.next().unwrap_or_default();
    html! { (first) @for part in parts { span.mention { "@everyone" } (part) } }
}

/// What stands between `<` and `>`.
fn special(sight: &Sight, inner: &str) -> Option<Markup> {
    let id = |text: &str| text.parse::<u64>().ok();
    if let Some(rest) = inner.strip_prefix("@&") {
        let role = id(rest)?;
        let known = sight.guild.roles().into_iter().find(|known| known.id() == role);
        let name = known.map_or_else(|| "deleted-role".to_owned(), |role| role.name());
        return Some(html! { span.mention { "@" (name) } });
    }
    if let Some(rest) = inner.strip_prefix('@') {
        let user = id(rest.strip_prefix('!').unwrap_or(rest))?;
        let me = user == sight.me.id();
        return Some(html! { span.mention.me[me] { "@" (sight.name_of(user)) } });
    }
    if let Some(rest) = inner.strip_prefix('#') {
        return Some(channel(sight, id(rest)?));
    }
    if let Some(rest) = inner.strip_prefix("t:") {
        let (seconds, style) =
            rest.split_once(':').map_or((rest, None), |(seconds, style)| (seconds, style.chars().next()));
        return Some(times::stamp(seconds.parse().ok()?, style, sight.now_ms));
    }
    if let Some(rest) = inner.strip_prefix('/') {
        let (name, number) = rest.rsplit_once(':')?;
        id(number)?;
        return Some(html! { span.mention { "/" (name) } });
    }
    let emoji = inner.strip_prefix("a:").or_else(|| inner.strip_prefix(':'))?;
    let (name, number) = emoji.split_once(':')?;
    id(number)?;
    Some(html! { span.emoji title=(name) { ":" (name) ":" } })
}

/// A mention of a channel or thread; one that this person does not see has no name.
pub(super) fn channel(sight: &Sight, id: u64) -> Markup {
    let seen = sight.me.sees(&id);
    let name = sight.guild.channel(id).map(|channel| channel.name());
    let name = name.or_else(|| sight.guild.thread(id).map(|thread| thread.name()));
    match name.filter(|_| seen) {
        Some(name) => html! { a.mention href=(sight.link_to(id)) { "#" (name) } },
        None => html! { span.mention.unknown { "#unknown" } },
    }
}
