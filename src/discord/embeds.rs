//! Reads embeds of messages, and draws them as Discord takes them.

use poise::serenity_prelude as serenity;
use serenity::{CreateEmbed, CreateEmbedAuthor, CreateEmbedFooter, Timestamp};

use super::interaction::SelectedEmbed;
use crate::domain::embed::{Author, Embed, Field, Footer};

/// An embed of a message, with its pictures where `place` says.
pub fn read(from: &SelectedEmbed, mut place: impl FnMut(&String) -> String) -> Embed {
    Embed {
        title: from.title.clone(),
        description: from.description.clone(),
        url: from.url.clone(),
        timestamp: from.timestamp.clone(),
        color: from.color,
        image: from.image.as_ref().map(|image| place(&image.url)),
        thumbnail: from.thumbnail.as_ref().map(|image| place(&image.url)),
        footer: from
            .footer
            .as_ref()
            .map(|footer| Footer { text: footer.text.clone(), icon: footer.icon_url.as_ref().map(&mut place) }),
        author: from.author.as_ref().map(|author| Author {
            name: author.name.clone(),
            url: author.url.clone(),
            icon: author.icon_url.as_ref().map(&mut place),
        }),
        fields: from
            .fields
            .iter()
            .map(|field| Field {
                name: field.name.clone(),
                value: field.value.clone(),
                inline: field.inline.unwrap_or(false),
            })
            .collect(),
    }
}

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
