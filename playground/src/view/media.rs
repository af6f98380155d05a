//! Files and pictures. Only those that were uploaded here are shown; nothing is loaded from elsewhere.

use discord_sim::Attachment;
use maud::{Markup, html};
use serde_json::Value;

use super::{Sight, icons, markdown};

/// Kinds of pictures that every browser shows and that carry no script.
pub(super) const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/// The path of an uploaded file on this page.
pub(super) fn path(sight: &Sight, url: &str) -> Option<String> {
    let rest = url.strip_prefix(sight.playground.sim.base_url())?.strip_prefix("/attachments/")?;
    let mut parts = rest.split('?').next()?.split('/');
    let (_, id, name) = (parts.next()?, parts.next()?, parts.next()?);
    Some(format!("/files/{id}/{name}"))
}

/// A picture of an embed or component.
pub(super) fn picture(sight: &Sight, url: &str, description: Option<&str>) -> Markup {
    let description = description.unwrap_or("Picture");
    match path(sight, url) {
        Some(path) => html! { img src=(path) alt=(description) loading="lazy"; },
        None => html! {
            span.elsewhere { "Picture from elsewhere, not loaded: " (markdown::link(sight, url, html! { (url) })) }
        },
    }
}

/// A message's attachments.
pub(super) fn attachments(sight: &Sight, files: &[Attachment], raw: &Value) -> Markup {
    if files.is_empty() {
        return html! {};
    }
    html! { div.files { @for file in files { (attachment(sight, file, raw)) } } }
}

fn attachment(sight: &Sight, file: &Attachment, raw: &Value) -> Markup {
    let id = file.id.to_string();
    let about = raw["attachments"].as_array().into_iter().flatten().find(|about| about["id"] == id.as_str());
    let flagged = about.is_some_and(|about| about["flags"].as_u64().unwrap_or(0) & 8 != 0);
    let description = about.and_then(|about| about["description"].as_str()).unwrap_or(&file.filename);
    let path = path(sight, &file.url).unwrap_or_default();
    let is_picture = file.content_type.as_deref().is_some_and(|kind| PICTURES.contains(&kind));
    let shown = if is_picture {
        html! { a href=(path) { img src=(path) alt=(description) loading="lazy"; } }
    } else {
        html! { a.file href=(path) download=(file.filename) { (icons::file()) (file.filename) " " small { (size(file.size)) } } }
    };
    if flagged || file.filename.starts_with("SPOILER_") { markdown::spoiler(shown) } else { shown }
}

fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}
