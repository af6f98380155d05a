//! Reads and writes what stands on a panel above its buttons.

use std::collections::BTreeMap;

use poise::serenity_prelude as serenity;
use serde::Deserialize;
use serde_json::Value;
use serenity::{CreateActionRow, CreateAllowedMentions, CreateEmbed, CreateMessage, EditMessage};

use super::attachments::Downloader;
use super::embeds;
use super::interaction::{SelectedEmbed, SelectedMessage};
use super::rest::{Rest, Route};
use super::rest_error::RestError;
use super::threads::{post_once, readable};
use crate::domain::embed::{Embed, address_of, attached};
use crate::domain::ids::{ChannelId, MessageId, UserId};
use crate::domain::panel_content::PanelContent;

/// The content of a message of the bot.
#[derive(Debug)]
pub struct Found {
    pub content: PanelContent,
    /// The addresses of its files, by their names.
    addresses: BTreeMap<String, String>,
}

/// Reads a message. A bot reads the text of its own messages without the intent for message content.
pub async fn read(rest: &Rest, channel: ChannelId, message: MessageId) -> Result<Found, RestError> {
    let found: Value = rest.get(Route::Message(channel, message)).fetch().await?;
    Ok(Found::of(&SelectedMessage::read(message, &found.to_string()), &rest.downloader))
}

/// Replaces text and embeds; files and what stands below stay. `now`: what stands there, for the files that embeds show.
pub async fn write(
    rest: &Rest,
    channel: ChannelId,
    message: MessageId,
    content: &PanelContent,
    now: &Found,
) -> Result<(), RestError> {
    let embeds = content.embeds.iter().map(|embed| draw(embed, &now.addresses)).collect();
    let edit = EditMessage::new().content(&content.text).embeds(embeds).allowed_mentions(CreateAllowedMentions::new());
    rest.patch(Route::Message(channel, message)).json(&edit).send().await
}

/// Posts text and embeds with buttons or a menu below. Idempotent for one nonce.
pub async fn post(
    rest: &Rest,
    channel: ChannelId,
    content: &PanelContent,
    rows: Vec<CreateActionRow>,
    nonce: &str,
) -> Result<MessageId, RestError> {
    let embeds = content.embeds.iter().map(|embed| draw(embed, &BTreeMap::new())).collect();
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
            let Some(name) = name else { return address.clone() };
            addresses.insert(name.to_owned(), address.clone());
            address_of(name)
        };
        let is_written = |embed: &&SelectedEmbed| matches!(embed.kind.as_deref(), None | Some("rich"));
        let embeds = message.embeds.iter().filter(is_written).map(|embed| embeds::read(embed, &mut picture)).collect();
        let files = message.attachments.iter().map(|file| file.filename.clone()).collect();
        for file in &message.attachments {
            addresses.entry(file.filename.clone()).or_insert_with(|| file.url.clone());
        }
        Self { content: PanelContent { text: message.content.clone(), embeds, files }, addresses }
    }
}

/// The last part of an address, without what follows a question mark.
fn file_name(address: &str) -> Option<&str> {
    let path = address.split(['?', '#']).next()?;
    path.rsplit('/').next().filter(|name| !name.is_empty())
}

/// Draws an embed with the files of a message at their addresses.
fn draw(embed: &Embed, addresses: &BTreeMap<String, String>) -> CreateEmbed {
    let mut embed = embed.clone();
    for picture in embed.pictures_mut() {
        if let Some(address) = attached(picture).and_then(|name| addresses.get(name)) {
            picture.clone_from(address);
        }
    }
    embeds::draw(&embed)
}
