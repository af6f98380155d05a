//! Draws an embed as Discord takes it.

use poise::serenity_prelude as serenity;
use serenity::{CreateEmbed, CreateEmbedAuthor, CreateEmbedFooter, Timestamp};

use crate::domain::embed::Embed;

pub fn draw(from: &Embed) -> CreateEmbed {
    let mut embed = CreateEmbed::new();
    if let Some(title) = &from.title {
        embed = embed.title(title);
    }
    if let Some(description) = &from.description {
        embed = embed.description(description);
    }
    if let Some(url) = &from.url {
        embed = embed.url(url);
    }
    if let Some(timestamp) = from.timestamp.as_deref().and_then(|text| Timestamp::parse(text).ok()) {
        embed = embed.timestamp(timestamp);
    }
    if let Some(color) = from.color {
        embed = embed.color(color);
    }
    if let Some(image) = &from.image {
        embed = embed.image(image);
    }
    if let Some(thumbnail) = &from.thumbnail {
        embed = embed.thumbnail(thumbnail);
    }
    if let Some(footer) = &from.footer {
        let text = CreateEmbedFooter::new(&footer.text);
        embed = embed.footer(footer.icon.iter().fold(text, CreateEmbedFooter::icon_url));
    }
    if let Some(author) = &from.author {
        let named = author.url.iter().fold(CreateEmbedAuthor::new(&author.name), CreateEmbedAuthor::url);
        embed = embed.author(author.icon.iter().fold(named, CreateEmbedAuthor::icon_url));
    }
    embed.fields(from.fields.iter().map(|field| (&field.name, &field.value, field.inline)))
}
