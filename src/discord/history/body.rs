//! What a message says and shows: text, files, embeds, stickers, a poll. Its components are in `parts`.

use serde::Deserialize;
use serde_json::Value;

use super::message::moment;
use super::parts;
use crate::discord::lenient;
use crate::domain::history::{Attachment, Body, Embed, Field, Poll, PollResult};

/// The mark of a spoiler: a flag since June 2026, before that the beginning of the name (Discord: "Message", attachment
/// flags).
const SPOILER: u64 = 1 << 3;
const SPOILER_NAME: &str = "SPOILER_";

/// The type of the embed that is the result of a poll (Discord: "Message", embed types).
const POLL_RESULT: &str = "poll_result";

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
    #[serde(rename = "type", default, deserialize_with = "lenient::option")]
    kind: Option<String>,
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
    poll_media: Option<WireMedia>,
}

/// What an answer of a poll shows.
#[derive(Default, Deserialize)]
struct WireMedia {
    #[serde(default, deserialize_with = "lenient::option")]
    text: Option<String>,
    #[serde(default, deserialize_with = "lenient::option")]
    emoji: Option<WireEmoji>,
}

/// An emoji, in a reaction or an answer of a poll.
#[derive(Deserialize)]
pub(super) struct WireEmoji {
    #[serde(default, deserialize_with = "lenient::option")]
    pub(super) id: Option<String>,
    #[serde(default, deserialize_with = "lenient::option")]
    pub(super) name: Option<String>,
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
    let is_result = |embed: &WireEmbed| embed.kind.as_deref() == Some(POLL_RESULT);
    let (results, embeds): (Vec<_>, Vec<_>) = wire.embeds.into_iter().partition(is_result);
    Body {
        text: wire.content.unwrap_or_default(),
        attachments: wire.attachments.into_iter().map(WireAttachment::attachment).collect(),
        embeds: embeds.into_iter().map(WireEmbed::embed).filter(|embed| *embed != Embed::default()).collect(),
        parts: parts::read(&wire.components),
        stickers: wire.sticker_items.into_iter().filter_map(|sticker| sticker.name).collect(),
        poll: wire.poll.map(WirePoll::poll),
        result: results.into_iter().next().map(WireEmbed::result),
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
        let field =
            |field: WireField| Field { name: field.name.unwrap_or_default(), value: field.value.unwrap_or_default() };
        Embed {
            color: self.color,
            author: self.author.and_then(|author| author.name),
            title: self.title,
            url: self.url,
            description: self.description,
            fields: self.fields.into_iter().map(field).collect(),
            picture: self.image.and_then(|picture| picture.url),
            thumbnail: self.thumbnail.and_then(|picture| picture.url),
            footer: self.footer.and_then(|footer| footer.text),
            at: self.timestamp.as_deref().and_then(moment),
        }
    }

    /// Discord: "Poll", poll results: fields that are written for programs.
    fn result(self) -> PollResult {
        let value = |name: &str| {
            let field = self.fields.iter().find(|field| field.name.as_deref() == Some(name))?;
            field.value.as_deref().filter(|value| !value.is_empty())
        };
        let number = |name: &str| value(name).and_then(|value| value.parse().ok()).unwrap_or(0);
        let emoji = WireEmoji {
            id: value("victor_answer_emoji_id").map(str::to_owned),
            name: value("victor_answer_emoji_name").map(str::to_owned),
        };
        let answer = with_emoji(Some(emoji), value("victor_answer_text").unwrap_or_default());
        PollResult {
            question: value("poll_question_text").unwrap_or_default().to_owned(),
            answer: Some(answer).filter(|answer| !answer.is_empty()),
            votes: number("victor_answer_votes"),
            total: number("total_votes"),
        }
    }
}

impl WireEmoji {
    /// The emoji, or the name of a server's own.
    pub(super) fn shown(self) -> Option<String> {
        let name = self.name.filter(|name| !name.is_empty())?;
        Some(if self.id.is_some() { format!(":{name}:") } else { name })
    }
}

/// An emoji before a text.
pub(super) fn with_emoji(emoji: Option<WireEmoji>, text: &str) -> String {
    let emoji = emoji.and_then(WireEmoji::shown).unwrap_or_default();
    format!("{emoji} {text}").trim().to_owned()
}

impl WirePoll {
    fn poll(self) -> Poll {
        let counts = self.results.map(|results| results.answer_counts);
        let votes = |answer: Option<u64>| {
            let counts = counts.as_ref()?;
            Some(counts.iter().find(|counted| counted.id == answer).and_then(|counted| counted.count).unwrap_or(0))
        };
        let answers = self.answers.into_iter().map(|answer| {
            let media = answer.poll_media.unwrap_or_default();
            (with_emoji(media.emoji, &media.text.unwrap_or_default()), votes(answer.answer_id))
        });
        Poll { answers: answers.collect(), question: self.question.and_then(|asked| asked.text).unwrap_or_default() }
    }
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
                      "thumbnail": { "url": "https://y" },
                      "timestamp": "2026-01-01T00:00:00Z" },
                    { "type": "gifv" },
                ],
                "sticker_items": [{ "name": "Wave" }, {}],
                "poll": { "question": { "text": "Q" }, "answers": [
                    { "answer_id": 1, "poll_media": { "text": "Yes", "emoji": { "id": null, "name": "👍" } } },
                    { "answer_id": 2, "poll_media": { "text": "No", "emoji": { "id": "5", "name": "nope" } } },
                    { "answer_id": 3, "poll_media": { "text": "Later", "emoji": 7 } },
                ], "results": { "answer_counts": [{ "id": 2, "count": 4 }] } },
            })
            .to_string(),
        );
        assert_eq!(body.embeds.len(), 1, "an embed without content is left out");
        let embed = &body.embeds[0];
        assert_eq!((embed.title.as_deref(), embed.fields.len(), embed.color), (Some("T"), 1, Some(255)));
        assert_eq!((embed.author.as_deref(), embed.footer.as_deref()), (Some("A"), Some("F")));
        assert_eq!((embed.picture.as_deref(), embed.thumbnail.as_deref()), (Some("https://x"), Some("https://y")));
        assert!(embed.at.is_some());
        assert_eq!(body.stickers, ["Wave"]);
        let poll = body.poll.expect("a poll");
        let answers: Vec<_> = poll.answers.iter().map(|(text, votes)| (text.as_str(), *votes)).collect();
        assert_eq!(answers, [("👍 Yes", Some(0)), (":nope: No", Some(4)), ("Later", Some(0))]);
    }

    #[test]
    fn the_result_of_a_poll_is_read_from_the_fields_of_its_embed() {
        let result = |fields: &Value| {
            let body = read(&json!({ "embeds": [{ "type": "poll_result", "fields": fields }] }).to_string());
            assert!(body.embeds.is_empty() && !body.is_empty());
            let result = body.result.expect("a result");
            (result.question, result.answer, result.votes, result.total)
        };
        let fields = json!([
            { "name": "poll_question_text", "value": "Better?" },
            { "name": "victor_answer_id", "value": "1" },
            { "name": "victor_answer_text", "value": "Yes" },
            { "name": "victor_answer_emoji_name", "value": "👍" },
            { "name": "victor_answer_votes", "value": "3" },
            { "name": "total_votes", "value": "4" },
        ]);
        assert_eq!(result(&fields), ("Better?".to_owned(), Some("👍 Yes".to_owned()), 3, 4));
        let tie =
            json!([{ "name": "poll_question_text", "value": "Better?" }, { "name": "total_votes", "value": "4" }, 3]);
        assert_eq!(result(&tie), ("Better?".to_owned(), None, 0, 4));
        assert_eq!(result(&json!("?")), (String::new(), None, 0, 0));
    }
}
