//! Reads and writes what stands on a panel above its buttons.

use std::collections::BTreeMap;

use poise::serenity_prelude as serenity;
use serde::Deserialize;
use serde_json::Value;
use serenity::{CreateActionRow, CreateAllowedMentions, CreateMessage, EditMessage};

use super::attachments::{Downloader, MemoryPermit, Unreachable};
use super::embeds;
use super::interaction::{SelectedAttachment, SelectedEmbed, SelectedMessage};
use super::rest::{File, Rest, Route};
use super::rest_error::{Refusal, RestError};
use super::threads::{post_once, readable};
use crate::domain::embed::{Embed, address_of, attached};
use crate::domain::ids::{ChannelId, MessageId, UserId};
use crate::domain::panel_content::PanelContent;

/// The most bytes of the pictures of a panel: as many as a message of the bot can hold.
const MAX_PICTURES: u64 = 25_000_000;

/// The content of a message of the bot.
#[derive(Debug)]
pub struct Found {
    pub content: PanelContent,
    /// The addresses of its files, by their names.
    addresses: BTreeMap<String, String>,
    /// The files that no embed shows.
    files: Vec<SelectedAttachment>,
}

/// The embeds of an edit with their pictures.
struct Uploads {
    embeds: Vec<Embed>,
    files: Vec<File>,
    /// The ids of the files that the message keeps.
    kept: Vec<u64>,
    _permit: Option<MemoryPermit>,
}

/// Reads a message. A bot reads the text of its own messages without the intent for message content.
pub async fn read(rest: &Rest, channel: ChannelId, message: MessageId) -> Result<Found, RestError> {
    let found: Value = rest.get(Route::Message(channel, message)).fetch().await?;
    Ok(Found::of(&SelectedMessage::read(message, &found.to_string()), &rest.downloader))
}

/// Replaces text and embeds; what stands below stays, and files that no embed shows. `now`: what stands there.
pub async fn write(
    rest: &Rest,
    channel: ChannelId,
    message: MessageId,
    content: &PanelContent,
    now: &Found,
) -> Result<(), RestError> {
    let Uploads { embeds, files, kept, _permit } = upload_again(&rest.downloader, content, now).await?;
    let embeds = embeds.iter().map(embeds::draw).collect();
    let edit = EditMessage::new().content(&content.text).embeds(embeds).allowed_mentions(CreateAllowedMentions::new());
    rest.patch(Route::Message(channel, message)).json(&edit).files_beside(&kept, files).send().await
}

/// Fetches the pictures that embeds show of the message's own files, to be uploaded with the edit. With their addresses
/// alone, Discord takes the embeds for ones without files, and shows the files below the message as well
/// (discord-api-docs 4809, 5675). A picture that is gone is left out.
async fn upload_again(downloader: &Downloader, content: &PanelContent, now: &Found) -> Result<Uploads, RestError> {
    let shown = content.pictures();
    let permit = if shown.is_empty() { None } else { Some(downloader.reserve(MAX_PICTURES).await) };
    let (mut files, mut moved, mut left) = (Vec::new(), Vec::new(), MAX_PICTURES);
    for (name, address) in shown.into_iter().filter_map(|name| Some((name, now.addresses.get(name)?))) {
        match downloader.fetch(address, left).await {
            Ok(bytes) => {
                left = left.saturating_sub(bytes.len() as u64);
                files.push(File::new(name.to_owned(), bytes));
                moved.push(address);
            }
            Err(why @ Unreachable::Status(403 | 404 | 410)) => tracing::warn!(%why, "a picture of a panel is gone"),
            Err(Unreachable::TooLarge) => return Err(RestError::refused_locally(Refusal::TooLarge)),
            Err(why) => return Err(RestError::Uncertain(format!("a picture could not be fetched: {why}"))),
        }
    }
    let mut embeds = content.embeds.clone();
    for embed in &mut embeds {
        embed.retain_pictures(|address| {
            attached(address).is_none_or(|name| files.iter().any(|file: &File| file.name == name))
        });
    }
    embeds.retain(Embed::shows_something);
    let kept = now.files.iter().filter(|file| !moved.contains(&&file.url)).filter_map(|file| file.id).collect();
    Ok(Uploads { embeds, files, kept, _permit: permit })
}

/// Posts text and embeds with buttons or a menu below. Idempotent for one nonce.
pub async fn post(
    rest: &Rest,
    channel: ChannelId,
    content: &PanelContent,
    rows: Vec<CreateActionRow>,
    nonce: &str,
) -> Result<MessageId, RestError> {
    let embeds = content.embeds.iter().map(embeds::draw).collect();
    let message = CreateMessage::new()
        .content(&content.text)
        .embeds(embeds)
        .components(rows)
        .allowed_mentions(CreateAllowedMentions::new());
    Ok(post_once(&message, nonce, || rest.post(Route::Messages(channel))).await?.id.into())
}

/// A message of the bot among the newest 50 of a channel that was posted after that one, with this content and with components.
pub async fn find_posted(
    rest: &Rest,
    channel: ChannelId,
    bot: UserId,
    content: &PanelContent,
    is_other: impl Fn(MessageId) -> bool,
) -> Result<Option<MessageId>, RestError> {
    let Messages(messages) = rest.get(Route::Messages(channel)).fetch().await?;
    let posted =
        messages.into_iter().filter(|message| message["components"].as_array().is_some_and(|rows| !rows.is_empty()));
    let mut posted = posted.filter_map(|message| {
        let id = message["id"].as_str()?.parse::<MessageId>().ok()?;
        let read = SelectedMessage::read(id, &message.to_string());
        (read.author == Some(bot) && !is_other(id)).then_some(read)
    });
    let found = posted.find(|message| Found::of(message, &rest.downloader).content.reads_like(content));
    Ok(found.map(|message| message.id))
}

#[derive(Debug, Deserialize)]
struct Messages(#[serde(deserialize_with = "readable")] Vec<Value>);

impl Found {
    fn of(message: &SelectedMessage, downloader: &Downloader) -> Self {
        let mut addresses = BTreeMap::new();
        let mut picture = |address: &String| {
            let name = file_name(address).filter(|_| downloader.is_attachment(address));
            name.map_or_else(|| address.clone(), |name| address_of(&note(&mut addresses, name, address)))
        };
        let is_written = |embed: &&SelectedEmbed| matches!(embed.kind.as_deref(), None | Some("rich"));
        let embeds = message.embeds.iter().filter(is_written).map(|embed| embeds::read(embed, &mut picture)).collect();
        let names = message.attachments.iter().map(|file| file.filename.clone()).collect();
        for file in &message.attachments {
            addresses.entry(file.filename.clone()).or_insert_with(|| file.url.clone());
        }
        let content = PanelContent { text: message.content.clone(), embeds, files: names };
        Self { content, addresses, files: message.attachments.clone() }
    }
}

/// The last part of an address, without what follows a question mark.
fn file_name(address: &str) -> Option<&str> {
    let path = address.split(['?', '#']).next()?;
    path.rsplit('/').next().filter(|name| !name.is_empty())
}

/// Notes a file of a message. Returns what it is called here: its name, with a number if another file has the same.
fn note(addresses: &mut BTreeMap<String, String>, name: &str, address: &str) -> String {
    let (stem, extension) = name.split_at(name.rfind('.').unwrap_or(name.len()));
    let (mut called, mut number) = (name.to_owned(), 1);
    while addresses.get(&called).is_some_and(|known| known != address) {
        number += 1;
        called = format!("{stem}-{number}{extension}");
    }
    addresses.insert(called.clone(), address.to_owned());
    called
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_one_name_are_told_apart_by_a_number() {
        let mut addresses = BTreeMap::new();
        let mut note = |name: &str, address: &str| note(&mut addresses, name, address);

        assert_eq!([note("a.png", "1"), note("a.png", "2"), note("a.png", "1")], ["a.png", "a-2.png", "a.png"]);
        assert_eq!([note("a-2.png", "3"), note("b", "4"), note("b", "5")], ["a-2-2.png", "b", "b-2"]);
    }
}
