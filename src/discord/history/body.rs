//! What a message says and shows: text, files, embeds, components, stickers, a poll.

use serde::Deserialize;
use serde_json::Value;

use super::message::moment;
use crate::discord::lenient;
use crate::domain::history::{Attachment, Body, Embed, Field, Part, Poll};

/// The mark of a spoiler: a flag since June 2026, before that the beginning of the name (Discord: "Message", attachment
/// flags).
const SPOILER: u64 = 1 << 3;
const SPOILER_NAME: &str = "SPOILER_";

/// Components are nested at most this deep (Discord: "Component Reference": a container, a row or section, a button).
const DEEPEST: usize = 5;

/// Discord's component types.
mod kind {
    pub(super) const BUTTON: u64 = 2;
    pub(super) const TEXT: u64 = 10;
    pub(super) const THUMBNAIL: u64 = 11;
    pub(super) const GALLERY: u64 = 12;
    pub(super) const FILE: u64 = 13;
    pub(super) const SEPARATOR: u64 = 14;
}

#[derive(Default, Deserialize)]
struct Wire {
    #[serde(default, deserialize_with = "lenient::option")]
    content: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    attachments: Vec<WireAttachment>,
    #[serde(default, deserialize_with = "lenient::list")]
    embeds: Vec<WireEmbed>,
    #[serde(default, deserialize_with = "lenient::list")]
    components: Vec<Value>,
    #[serde(default, deserialize_with = "lenient::list")]
    sticker_items: Vec<WireName>,
    #[serde(default, deserialize_with = "lenient::option")]
    poll: Option<WirePoll>,
}

#[derive(Deserialize)]
struct WireAttachment {
    #[serde(default, deserialize_with = "lenient::option")]
    filename: Option<String>,
    #[serde(default, deserialize_with = "lenient::option")]
    title: Option<String>,
    #[serde(default, deserialize_with = "lenient::number")]
    size: Option<u64>,
    #[serde(default, deserialize_with = "lenient::option")]
    content_type: Option<String>,
    #[serde(default, deserialize_with = "lenient::option")]
    description: Option<String>,
    #[serde(default, deserialize_with = "lenient::bits")]
    flags: Option<u64>,
    #[serde(default, deserialize_with = "lenient::option")]
    url: Option<String>,
}

#[derive(Deserialize)]
struct WireEmbed {
    #[serde(default, deserialize_with = "lenient::number")]
    color: Option<u32>,
    #[serde(default, deserialize_with = "lenient::option")]
    author: Option<WireName>,
    #[serde(default, deserialize_with = "lenient::option")]
    title: Option<String>,
    #[serde(default, deserialize_with = "lenient::option")]
    url: Option<String>,
    #[serde(default, deserialize_with = "lenient::option")]
    description: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    fields: Vec<WireField>,
    #[serde(default, deserialize_with = "lenient::option")]
    image: Option<WireUrl>,
    #[serde(default, deserialize_with = "lenient::option")]
    thumbnail: Option<WireUrl>,
    #[serde(default, deserialize_with = "lenient::option")]
    footer: Option<WireText>,
    #[serde(default, deserialize_with = "lenient::option")]
    timestamp: Option<String>,
}

#[derive(Deserialize)]
struct WireField {
    #[serde(default, deserialize_with = "lenient::option")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient::option")]
    value: Option<String>,
}

#[derive(Deserialize)]
struct WireName {
    #[serde(default, deserialize_with = "lenient::option")]
    name: Option<String>,
}

#[derive(Deserialize)]
struct WireText {
    #[serde(default, deserialize_with = "lenient::option")]
    text: Option<String>,
}

#[derive(Deserialize)]
struct WireUrl {
    #[serde(default, deserialize_with = "lenient::option")]
    url: Option<String>,
}

#[derive(Deserialize)]
struct WirePoll {
    #[serde(default, deserialize_with = "lenient::option")]
    question: Option<WireText>,
    #[serde(default, deserialize_with = "lenient::list")]
    answers: Vec<WireAnswer>,
    #[serde(default, deserialize_with = "lenient::option")]
    results: Option<WireResults>,
}

#[derive(Deserialize)]
struct WireAnswer {
    #[serde(default, deserialize_with = "lenient::number")]
    answer_id: Option<u64>,
    #[serde(default, deserialize_with = "lenient::option")]
    poll_media: Option<WireText>,
}

#[derive(Deserialize)]
struct WireResults {
    #[serde(default, deserialize_with = "lenient::list")]
    answer_counts: Vec<WireCount>,
}

#[derive(Deserialize)]
struct WireCount {
    #[serde(default, deserialize_with = "lenient::number")]
    id: Option<u64>,
    #[serde(default, deserialize_with = "lenient::number")]
    count: Option<u64>,
}

/// The body of a message or of a forwarded one.
pub(super) fn read(json: &str) -> Body {
    let wire: Wire = serde_json::from_str(json).unwrap_or_default();
    Body {
        text: wire.content.unwrap_or_default(),
        attachments: wire.attachments.into_iter().map(WireAttachment::attachment).collect(),
        embeds: wire.embeds.into_iter().map(WireEmbed::embed).filter(|embed| *embed != Embed::default()).collect(),
        parts: wire.components.iter().filter_map(|component| part(component, DEEPEST)).collect(),
        stickers: wire.sticker_items.into_iter().filter_map(|sticker| sticker.name).collect(),
        poll: wire.poll.map(WirePoll::poll),
    }
}

impl WireAttachment {
    fn attachment(self) -> Attachment {
        let stored = self.filename.unwrap_or_default();
        Attachment {
            is_spoiler: self.flags.unwrap_or(0) & SPOILER != 0 || stored.starts_with(SPOILER_NAME),
            // The title is the name as the person uploaded it, if Discord changed it.
            name: self.title.filter(|title| !title.is_empty()).unwrap_or(stored),
            size: self.size.unwrap_or(0),
            content_type: self.content_type,
            description: self.description,
            url: self.url.unwrap_or_default(),
        }
    }
}

impl WireEmbed {
    fn embed(self) -> Embed {
        let picture = self.image.into_iter().chain(self.thumbnail).find_map(|picture| picture.url);
        let field =
            |field: WireField| Field { name: field.name.unwrap_or_default(), value: field.value.unwrap_or_default() };
        Embed {
            color: self.color,
            author: self.author.and_then(|author| author.name),
            title: self.title,
            url: self.url,
            description: self.description,
            fields: self.fields.into_iter().map(field).collect(),
            picture,
            footer: self.footer.and_then(|footer| footer.text),
            at: self.timestamp.as_deref().and_then(moment),
        }
    }
}

impl WirePoll {
    fn poll(self) -> Poll {
        let counts = self.results.map(|results| results.answer_counts);
        let votes = |answer: Option<u64>| {
            let counts = counts.as_ref()?;
            Some(counts.iter().find(|counted| counted.id == answer).and_then(|counted| counted.count).unwrap_or(0))
        };
        let answers = self.answers.into_iter().map(|answer| {
            let text = answer.poll_media.and_then(|media| media.text).unwrap_or_default();
            (text, votes(answer.answer_id))
        });
        Poll { answers: answers.collect(), question: self.question.and_then(|asked| asked.text).unwrap_or_default() }
    }
}

/// A component. What it holds is shown even if its own kind is not known.
fn part(component: &Value, levels: usize) -> Option<Part> {
    let text = |name: &str| component[name].as_str().unwrap_or_default().to_owned();
    let inner = || {
        let levels = levels.checked_sub(1)?;
        let listed = component["components"].as_array().into_iter().flatten();
        let accessory = component.get("accessory").filter(|accessory| accessory.is_object());
        let parts: Vec<Part> = listed.chain(accessory).filter_map(|component| part(component, levels)).collect();
        (!parts.is_empty()).then_some(Part::Group(parts))
    };
    Some(match component["type"].as_u64()? {
        kind::BUTTON => {
            let emoji = component["emoji"]["name"].as_str().unwrap_or_default();
            let label = format!("{emoji} {}", text("label")).trim().to_owned();
            Part::Button { label, url: component["url"].as_str().map(str::to_owned) }
        }
        // Menus of strings, users, roles, mentionables and channels.
        3 | 5..=8 => Part::Menu(text("placeholder")),
        kind::TEXT => Part::Text(text("content")),
        kind::THUMBNAIL => Part::Picture(text("description")),
        kind::GALLERY => {
            let items = component["items"].as_array()?.iter();
            let described = |item: &Value| item["description"].as_str().unwrap_or_default().to_owned();
            Part::Group(items.map(|item| Part::Picture(described(item))).collect())
        }
        kind::FILE => Part::File(text("name")),
        kind::SEPARATOR => Part::Separator,
        _ => inner()?,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn files_are_read_with_the_name_that_the_person_gave() {
        let body = read(
            &json!({ "attachments": [
                { "filename": "a_.txt", "title": "ä.txt", "size": 7, "url": "https://cdn.discordapp.com/x", "description": "A list" },
                { "filename": "SPOILER_b.png", "content_type": "image/png" },
                { "filename": "c.png", "flags": 8 },
                null,
            ] })
            .to_string(),
        );
        let found: Vec<_> =
            body.attachments.iter().map(|file| (file.name.as_str(), file.size, file.is_spoiler)).collect();
        assert_eq!(found, [("ä.txt", 7, false), ("SPOILER_b.png", 0, true), ("c.png", 0, true)]);
    }

    #[test]
    fn embeds_stickers_and_polls_are_read() {
        let body = read(
            &json!({
                "embeds": [
                    { "title": "T", "description": "D", "color": 255, "fields": [{ "name": "N", "value": "V" }, 3],
                      "footer": { "text": "F" }, "author": { "name": "A" }, "image": { "url": "https://x" },
                      "timestamp": "2026-01-01T00:00:00Z" },
                    { "type": "gifv" },
                ],
                "sticker_items": [{ "name": "Wave" }, {}],
                "poll": { "question": { "text": "Q" }, "answers": [
                    { "answer_id": 1, "poll_media": { "text": "Yes" } }, { "answer_id": 2, "poll_media": { "text": "No" } },
                ], "results": { "answer_counts": [{ "id": 2, "count": 4 }] } },
            })
            .to_string(),
        );
        assert_eq!(body.embeds.len(), 1, "an embed without content is left out");
        let embed = &body.embeds[0];
        assert_eq!((embed.title.as_deref(), embed.fields.len(), embed.color), (Some("T"), 1, Some(255)));
        assert_eq!((embed.author.as_deref(), embed.footer.as_deref()), (Some("A"), Some("F")));
        assert!(embed.picture.is_some() && embed.at.is_some());
        assert_eq!(body.stickers, ["Wave"]);
        let poll = body.poll.expect("a poll");
        assert_eq!(poll.answers, [("Yes".to_owned(), Some(0)), ("No".to_owned(), Some(4))]);
    }

    #[test]
    fn components_are_read_whatever_holds_them() {
        let button = json!({ "type": 2, "label": "Close", "emoji": { "name": "🔒" } });
        let body = read(
            &json!({ "components": [
                { "type": 17, "components": [
                    { "type": 9, "components": [{ "type": 10, "content": "Text" }], "accessory": button },
                    { "type": 14 },
                    { "type": 1, "components": [{ "type": 3, "placeholder": "Choose" }] },
                    { "type": 12, "items": [{ "description": "A key" }] },
                ] },
                { "type": 99, "components": [{ "type": 10, "content": "New" }] },
                { "type": 1, "components": [] },
                "nonsense",
            ] })
            .to_string(),
        );
        let Part::Group(container) = &body.parts[0] else { panic!("no container") };
        let Part::Group(section) = &container[0] else { panic!("no section") };
        assert!(section[0] == Part::Text("Text".to_owned()));
        assert!(section[1] == Part::Button { label: "🔒 Close".to_owned(), url: None });
        assert!(container[1] == Part::Separator);
        assert!(container[2] == Part::Group(vec![Part::Menu("Choose".to_owned())]));
        assert!(container[3] == Part::Group(vec![Part::Picture("A key".to_owned())]));
        assert!(body.parts[1] == Part::Group(vec![Part::Text("New".to_owned())]));
        assert_eq!(body.parts.len(), 2, "an empty row is left out");
    }

    #[test]
    fn components_nested_without_end_are_cut() {
        let mut nested = json!({ "type": 10, "content": "deep" });
        for _ in 0..100 {
            nested = json!({ "type": 17, "components": [nested] });
        }
        assert!(read(&json!({ "components": [nested] }).to_string()).parts.is_empty());
    }
}
