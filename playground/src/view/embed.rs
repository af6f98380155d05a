//! Embeds.

use maud::{Markup, html};
use serde_json::Value;

use super::{Sight, markdown, media, times};

pub(super) fn embed(sight: &Sight, embed: &Value) -> Markup {
    let text = |value: &Value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let color = embed["color"].as_u64();
    html! {
        article.embed {
            (bar(color))
            div.inside {
                @if let Some(name) = text(&embed["author"]["name"]) { p.author { (name) } }
                @if let Some(title) = text(&embed["title"]) {
                    p.title {
                        @match text(&embed["url"]) {
                            Some(url) => (markdown::link(sight, &url, markdown::line(sight, &title))),
                            None => (markdown::line(sight, &title)),
                        }
                    }
                }
                @if let Some(description) = text(&embed["description"]) { div.text { (markdown::text(sight, &description)) } }
                @if let Some(fields) = embed["fields"].as_array().filter(|fields| !fields.is_empty()) {
                    dl.fields {
                        @for field in fields {
                            div.field.inline[field["inline"] == true] {
                                dt { (markdown::line(sight, field["name"].as_str().unwrap_or_default())) }
                                dd { (markdown::text(sight, field["value"].as_str().unwrap_or_default())) }
                            }
                        }
                    }
                }
                @if let Some(url) = text(&embed["image"]["url"]) { div.picture { (media::picture(sight, &url, None)) } }
                @if let Some(url) = text(&embed["thumbnail"]["url"]) { div.thumbnail { (media::picture(sight, &url, None)) } }
                @if let Some(footer) = text(&embed["footer"]["text"]) {
                    p.footer { (footer) @if let Some(at) = moment(&embed["timestamp"]) { " · " (at) } }
                } @else if let Some(at) = moment(&embed["timestamp"]) {
                    p.footer { (at) }
                }
            }
        }
    }
}

fn moment(value: &Value) -> Option<Markup> {
    let format = &time::format_description::well_known::Rfc3339;
    let parsed = time::OffsetDateTime::parse(value.as_str()?, format).ok()?;
    Some(times::stamp(parsed.unix_timestamp(), Some('f'), 0))
}

/// The coloured edge. A style attribute would need a weaker content-security policy; a drawing does not.
pub(super) fn bar(color: Option<u64>) -> Markup {
    match color {
        Some(color) => html! {
            svg.bar aria-hidden="true" { rect width="100%" height="100%" fill=(format!("#{color:06x}")) {} }
        },
        None => html! { span.bar {} },
    }
}
