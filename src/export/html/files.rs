//! Files of messages on the page: pictures, sounds and films to look at, others to save; or only their name and size.

use maud::{Markup, html};

use super::words::Words;
use crate::domain::history::Attachment;
use crate::domain::text;
use crate::export::msg::ExportMsg;
use crate::export::render::Listed;
use crate::i18n::{self, AtLeast, Locale};

/// How a browser shows a file. Everything that is not listed here is offered to be saved, as bytes without a type, so that
/// no browser opens it as a page: HTML and SVG, too.
enum Media {
    Picture,
    Sound,
    Film,
}

fn media(content_type: &str) -> Option<(Media, &'static str)> {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    Some(match essence.as_str() {
        "image/png" => (Media::Picture, "image/png"),
        "image/jpeg" => (Media::Picture, "image/jpeg"),
        "image/gif" => (Media::Picture, "image/gif"),
        "image/webp" => (Media::Picture, "image/webp"),
        "image/avif" => (Media::Picture, "image/avif"),
        "audio/mpeg" => (Media::Sound, "audio/mpeg"),
        "audio/ogg" => (Media::Sound, "audio/ogg"),
        "audio/wav" | "audio/x-wav" => (Media::Sound, "audio/wav"),
        "video/mp4" => (Media::Film, "video/mp4"),
        "video/webm" => (Media::Film, "video/webm"),
        _ => return None,
    })
}

/// What stands before and after the base64 of a file.
pub(super) fn embedded(file: &Attachment, words: &Words, locale: &Locale) -> (String, String) {
    // A character that no name has marks where the content goes.
    const CONTENT: &str = "\u{0}";
    let kind = file.content_type.as_deref().and_then(media);
    let (name, described) = (name(file), file.description.as_deref().map(text::single_line).unwrap_or_default());
    let alt = if described.is_empty() { &name } else { &described };
    let source = |kind: &str| format!("data:{kind};base64,{CONTENT}");
    let content = match kind {
        // A picture that is selected is shown larger.
        Some((Media::Picture, kind)) => html! { img tabindex="0" src=(source(kind)) alt=(alt) title=(alt); },
        Some((Media::Sound, kind)) => html! { audio controls preload="none" title=(alt) src=(source(kind)) {} },
        Some((Media::Film, kind)) => html! { video controls preload="none" title=(alt) src=(source(kind)) {} },
        None => html! {},
    };
    let (bytes, is_shown) = (source("application/octet-stream"), kind.is_some());
    let whole = html! {
        figure {
            @match kind {
                Some(_) if file.is_spoiler => (super::markdown::hidden(&words.spoiler, &content)),
                Some(_) => (content),
                None => a.file href=(bytes) download=(name) { bdi { (name) } },
            }
            figcaption { @if is_shown { bdi { (name) } " · " } (size(file, locale)) }
        }
    };
    let (before, after) = whole.0.split_once(CONTENT).unwrap_or((&whole.0, ""));
    (before.to_owned(), after.to_owned())
}

/// A file that is not on the page.
pub(super) fn listed(file: &Attachment, locale: &Locale, why: Listed) -> Markup {
    let why = match why {
        Listed::ByFormat => None,
        Listed::TooLarge => Some(ExportMsg::TooLargeHere),
        Listed::Unreachable => Some(ExportMsg::Unreachable),
    };
    html! {
        p.absent {
            bdi { (name(file)) } " · " (size(file, locale))
            @if let Some(why) = why { " · " (i18n::render(locale, &why)) }
        }
    }
}

fn name(file: &Attachment) -> String {
    let name = text::single_line(&file.name);
    if name.is_empty() { "file".to_owned() } else { name }
}

/// In the unit that a reader expects; exact figures are in the JSON.
fn size(file: &Attachment, locale: &Locale) -> String {
    match file.size {
        bytes @ 0..1_000 => format!("{bytes} B"),
        bytes @ 1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        bytes => i18n::render(locale, &ExportMsg::Size { size: AtLeast(bytes) }),
    }
}
