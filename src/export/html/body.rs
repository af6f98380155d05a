//! What a message says and shows, without its files: text, embeds, components, stickers, a poll.

use maud::{Markup, html};

use super::markdown::{self, Reader, link};
use super::times;
use super::words::Words;
use crate::domain::history::{Body, Embed, Part, Poll, PollResult};
use crate::domain::text;
use crate::export::msg::ExportMsg;
use crate::export::names::shown;
use crate::i18n::{self, Locale};

/// The colour of an embed that has none is that of the page.
const WHITE: u32 = 0xFF_FF_FF;

pub(super) fn render(reader: Reader<'_>, body: &Body, words: &Words, locale: &Locale) -> Markup {
    html! {
        @if !body.text.is_empty() { div.text dir="auto" { (markdown::text(reader, &body.text)) } }
        @for embed in &body.embeds { (self::embed(reader, embed, words)) }
        @if !body.parts.is_empty() { div.parts { @for part in &body.parts { (self::part(reader, part, words)) } } }
        @for sticker in &body.stickers {
            p.label { (i18n::render(locale, &ExportMsg::Sticker { name: shown(sticker) })) }
        }
        @if let Some(poll) = &body.poll { (self::poll(reader, poll, words, locale)) }
        @if let Some(result) = &body.result { (self::result(reader, result, words, locale)) }
    }
}

fn embed(reader: Reader<'_>, embed: &Embed, words: &Words) -> Markup {
    let color = embed.color.filter(|color| *color <= WHITE);
    html! {
        div.embed dir="auto" {
            // A style of its own would need another policy.
            @if let Some(color) = color {
                svg.edge aria-hidden="true" { rect width="100%" height="100%" fill=(format!("#{color:06x}")) {} }
            }
            @if let Some(author) = &embed.author { p.small { bdi { (text::single_line(author)) } } }
            @if let Some(title) = &embed.title {
                div.title { @match &embed.url {
                    Some(url) => (link(url, &markdown::linked_line(reader, title))),
                    None => (markdown::line(reader, title)),
                } }
            }
            @if let Some(text) = &embed.description { div.text { (markdown::text(reader, text)) } }
            @if !embed.fields.is_empty() {
                dl { @for field in &embed.fields {
                    div {
                        dt { (markdown::line(reader, &field.name)) }
                        dd { (markdown::text(reader, &field.value)) }
                    }
                } }
            }
            @for url in [&embed.picture, &embed.thumbnail].into_iter().flatten() { (named(&words.picture, "", Some(url))) }
            @if embed.footer.is_some() || embed.at.is_some() {
                p.small {
                    @if let Some(footer) = &embed.footer { bdi { (text::single_line(footer)) } }
                    @if embed.footer.is_some() && embed.at.is_some() { " · " }
                    @if let Some(at) = embed.at { (times::full(reader.zone, at)) }
                }
            }
        }
    }
}

/// A component. Reading has bounded how deep they are nested.
fn part(reader: Reader<'_>, part: &Part, words: &Words) -> Markup {
    html! {
        @match part {
            Part::Text(text) => div.text dir="auto" { (markdown::text(reader, text)) },
            Part::Button { label, url: Some(url) } => span.button { (link(url, &html! { bdi { (shown(label)) } })) },
            Part::Button { label, url: None } => span.button { bdi { (shown(label)) } },
            Part::Menu(text) => span.button { (words.menu) ": " bdi { (text::single_line(text)) } },
            Part::Picture { text, url } => (named(&words.picture, text, url.as_deref())),
            Part::File { name, url } => (named(&words.file, name, url.as_deref())),
            Part::Spoiler(parts) => {
                (markdown::hidden(&words.spoiler, &html! { @for inner in parts { (self::part(reader, inner, words)) } }))
            },
            Part::Separator => div.separator {},
            Part::Group(parts) if parts.iter().all(is_control) => div { @for inner in parts { (self::part(reader, inner, words)) } },
            Part::Group(parts) => div.group { @for inner in parts { (self::part(reader, inner, words)) } },
        }
    }
}

/// A picture or file that is not on the page: what it is, which one, and where.
fn named(kind: &str, name: &str, url: Option<&str>) -> Markup {
    let name = text::single_line(name);
    let kind = html! { (kind) };
    html! {
        p.label {
            @match url { Some(url) => (link(url, &kind)), None => (kind) }
            @if !name.is_empty() { ": " bdi { (name) } }
        }
    }
}

/// A row of buttons has no frame.
fn is_control(part: &Part) -> bool {
    matches!(part, Part::Button { .. } | Part::Menu(_))
}

fn poll(reader: Reader<'_>, poll: &Poll, words: &Words, locale: &Locale) -> Markup {
    html! {
        div.poll dir="auto" {
            p.label { (words.poll) }
            div.title { (markdown::line(reader, &poll.question)) }
            ul { @for (answer, votes) in &poll.answers {
                li {
                    (markdown::line(reader, answer))
                    @if let Some(count) = votes {
                        " " span.mark { (i18n::render(locale, &ExportMsg::Votes { count: *count })) }
                    }
                }
            } }
        }
    }
}

fn result(reader: Reader<'_>, result: &PollResult, words: &Words, locale: &Locale) -> Markup {
    let say = |msg: ExportMsg| i18n::render(locale, &msg);
    html! {
        div.poll dir="auto" {
            p.label { (words.poll_result) }
            div.title { (markdown::line(reader, &result.question)) }
            div { @match &result.answer {
                Some(answer) => {
                    (markdown::line(reader, answer))
                    " " span.mark { (say(ExportMsg::VotesOf { votes: result.votes, total: result.total })) }
                }
                None => (say(ExportMsg::NoWinner { total: result.total })),
            } }
        }
    }
}
