//! An export for programs. `docs/export.md` describes it, `docs/export.schema.json` exactly; a test compares them.

use serde_json::{Value, json};

use super::cover::{Author, Cover, PartEnd};
use super::names::Names;
use super::render::{Listed, Piece, Render};
use crate::domain::clock::Timestamp;
use crate::domain::history::{Attachment, Body, Embed, Forward, Kind, Message, Part, Person, Poll, PollResult};
use crate::domain::ids::UserId;

/// Of the schema. It changes with every change that a program would notice.
const VERSION: u32 = 1;

#[derive(Default)]
pub struct Json {
    has_messages: bool,
}

impl Render for Json {
    fn extension(&self) -> &'static str {
        "json"
    }

    fn begin_part(&mut self) {
        self.has_messages = false;
    }

    fn message(&mut self, message: &Message, names: &Names) -> Piece {
        let separator = if self.has_messages { ",\n" } else { "\n" };
        self.has_messages = true;
        let before = format!("{separator}{}", written(message, names));
        Piece { before, files: Vec::new(), after: String::new() }
    }

    fn embedded(&self, _: &Attachment) -> Option<(String, String)> {
        None
    }

    fn listed(&self, _: &Attachment, _: Listed) -> String {
        // They stand with their message.
        String::new()
    }

    fn head(&self, cover: &Cover<'_>) -> String {
        let mut head = head(cover).to_string();
        // The messages follow as the last field.
        head.pop();
        head.push_str(",\"messages\":[");
        head
    }

    fn tail(&self) -> String {
        "\n]}\n".to_owned()
    }
}

fn head(cover: &Cover<'_>) -> Value {
    let facts = cover.facts;
    let named = |user: UserId| {
        let known = cover.names.person(user);
        json!({
            "id": user.to_string(),
            "name": known.map(|person| &person.display_name),
            "username": known.map(|person| &person.username),
        })
    };
    let person = |author: &Author| match &author.name {
        Some(name) => json!({ "id": author.id.to_string(), "name": name, "username": null }),
        None => named(author.id),
    };
    let writers = cover.writers.iter().map(|(author, count)| json!({ "person": person(author), "messages": count }));
    let answers = cover.answers.iter().map(|answer| json!({ "question": answer.question, "answer": answer.answer }));
    json!({
        "format": "ticketbot-export",
        "version": VERSION,
        "exported_at": facts.exported_at.to_rfc3339(),
        "part": cover.extent.part,
        "end": match cover.extent.end {
            PartEnd::Last => "last",
            PartEnd::GoesOn => "goes_on",
            PartEnd::Cut => "cut",
        },
        "reads_content": facts.reads_content,
        "server": { "id": facts.guild.to_string(), "name": facts.guild_name },
        "ticket": {
            "number": (facts.number != 0).then_some(facts.number),
            "thread_id": facts.thread.to_string(),
            "thread_name": facts.thread_name,
            "inbox": facts.inbox.as_ref().map(|(inbox, _)| inbox.get()),
            "inbox_name": facts.inbox.as_ref().map(|(_, label)| label),
            "state": facts.state.as_str(),
            "priority": facts.priority.as_str(),
            "owner": named(facts.owner),
            "opened_at": facts.opened_at.to_rfc3339(),
            "opened_by": facts.opened_by.map(named),
            "claimed_by": facts.claimed_by.map(named),
            "closed_at": facts.closed_at.map(Timestamp::to_rfc3339),
            "closed_by": facts.closed_by.map(named),
        },
        "answers": answers.collect::<Vec<_>>(),
        "writers": writers.collect::<Vec<_>>(),
    })
}

fn written(message: &Message, names: &Names) -> Value {
    let person = |person: &Person| self::person(person, names);
    let mut json = body(&message.body);
    let more = json!({
        "id": message.id.to_string(),
        "at": message.at().to_rfc3339(),
        "kind": match message.kind {
            Kind::Written => "written",
            Kind::Added => "added",
            Kind::Removed => "removed",
            Kind::Renamed => "renamed",
            Kind::Pinned => "pinned",
            Kind::Other(_) => "other",
        },
        "author": person(&message.author),
        "readable": !message.is_unreadable(),
        "edited_at": message.edited_at.map(Timestamp::to_rfc3339),
        "pinned": message.is_pinned,
        "mentions": message.mentions.iter().map(person).collect::<Vec<_>>(),
        "reply_to": message.reply_to.as_ref().map(|reply| json!({
            "id": reply.message.to_string(),
            "author": reply.shown.as_ref().map(|(author, _)| person(author)),
            "text": reply.shown.as_ref().map(|(_, text)| text),
        })),
        "command": message.command.as_ref().map(|command| json!({ "by": person(&command.by), "name": command.name })),
        "forwards": message.forwards.iter().map(|forward| self::forward(forward, names)).collect::<Vec<_>>(),
        "reactions": message.reactions.iter()
            .map(|reaction| json!({ "emoji": reaction.emoji, "count": reaction.count })).collect::<Vec<_>>(),
    });
    extend(&mut json, more);
    json
}

fn forward(forward: &Forward, names: &Names) -> Value {
    let mut json = body(&forward.body);
    let more = json!({
        "at": forward.at.map(Timestamp::to_rfc3339),
        "edited_at": forward.edited_at.map(Timestamp::to_rfc3339),
        "mentions": forward.mentions.iter().map(|mentioned| person(mentioned, names)).collect::<Vec<_>>(),
    });
    extend(&mut json, more);
    json
}

fn extend(json: &mut Value, more: Value) {
    if let (Value::Object(json), Value::Object(more)) = (json, more) {
        json.extend(more);
    }
}

fn person(person: &Person, names: &Names) -> Value {
    json!({
        "id": person.id.to_string(),
        "name": names.of(person),
        "username": person.username,
        "app": person.is_app,
    })
}

fn body(body: &Body) -> Value {
    json!({
        "text": body.text,
        "attachments": body.attachments.iter().map(file).collect::<Vec<_>>(),
        "embeds": body.embeds.iter().map(embed).collect::<Vec<_>>(),
        "components": body.parts.iter().map(part).collect::<Vec<_>>(),
        "stickers": body.stickers,
        "poll": body.poll.as_ref().map(poll),
        "poll_result": body.result.as_ref().map(result),
    })
}

fn file(file: &Attachment) -> Value {
    json!({
        "name": file.name,
        "size": file.size,
        "content_type": file.content_type,
        "description": file.description,
        "spoiler": file.is_spoiler,
    })
}

fn embed(embed: &Embed) -> Value {
    json!({
        "color": embed.color,
        "author": embed.author,
        "title": embed.title,
        "url": embed.url,
        "description": embed.description,
        "fields": embed.fields.iter()
            .map(|field| json!({ "name": field.name, "value": field.value })).collect::<Vec<_>>(),
        "picture": embed.picture,
        "thumbnail": embed.thumbnail,
        "footer": embed.footer,
        "at": embed.at.map(Timestamp::to_rfc3339),
    })
}

fn part(part: &Part) -> Value {
    let each = |parts: &[Part]| parts.iter().map(self::part).collect::<Vec<_>>();
    match part {
        Part::Text(text) => json!({ "kind": "text", "text": text }),
        Part::Button { label, url } => json!({ "kind": "button", "text": label, "url": url }),
        Part::Menu(text) => json!({ "kind": "menu", "text": text }),
        Part::Picture { text, url } => json!({ "kind": "picture", "text": text, "url": url }),
        Part::File { name, url } => json!({ "kind": "file", "text": name, "url": url }),
        Part::Separator => json!({ "kind": "separator" }),
        Part::Group(parts) => json!({ "kind": "group", "parts": each(parts) }),
        Part::Spoiler(parts) => json!({ "kind": "spoiler", "parts": each(parts) }),
    }
}

fn poll(poll: &Poll) -> Value {
    let answers = poll.answers.iter().map(|(text, votes)| json!({ "text": text, "votes": votes }));
    json!({ "question": poll.question, "answers": answers.collect::<Vec<_>>() })
}

fn result(result: &PollResult) -> Value {
    json!({ "question": result.question, "answer": result.answer, "votes": result.votes, "total": result.total })
}
