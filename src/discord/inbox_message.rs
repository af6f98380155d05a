//! Copies a selected message into an inbox message, as `domain::inbox_message` plans it.

use futures_util::future::try_join_all;
use poise::serenity_prelude as serenity;
use serde::Deserialize;
use serenity::{
    CreateAllowedMentions, CreateEmbed, CreateEmbedAuthor, CreateEmbedFooter, CreateMessage, EditMessage, Timestamp,
};

use super::attachments::{Downloader, Share, Unreachable};
use super::components;
use super::fault::Fault;
use super::interaction::{SelectedEmbed, SelectedMessage};
use super::rest::{File, Rest, Route};
use crate::domain::ids::{ChannelId, GuildId, MessageId};
use crate::domain::inbox_message::{Attachment, Embed, Plan, Refused, Source, plan};
use crate::i18n::{Locale, Msg, render};

/// A message that is ready to be posted, its files at hand.
#[derive(Debug)]
pub struct Copy {
    embeds: Vec<CreateEmbed>,
    files: Vec<File>,
    _share: Share,
}

/// What we read of a message that was posted.
#[derive(Debug, Deserialize)]
struct Posted {
    id: serenity::MessageId,
}

/// Why a message can't be copied.
#[derive(Debug)]
pub enum CopyError {
    Refused(Refused),
    Unreachable(Unreachable),
}

/// Plans the copy and fetches the files, of `max_bytes` in all.
pub async fn copy(
    from: &SelectedMessage,
    guild: GuildId,
    downloader: &Downloader,
    max_bytes: u64,
) -> Result<Copy, CopyError> {
    let Plan { embeds, uploads } = plan(source(from, guild), max_bytes).map_err(CopyError::Refused)?;
    let share = downloader.share(uploads.iter().map(|upload| upload.size).sum()).await;
    let fetches = uploads.into_iter().map(|upload| async move {
        let bytes = downloader.fetch(&upload.url, upload.size).await?;
        Ok(File { name: upload.filename, description: upload.description, bytes })
    });
    let files = try_join_all(fetches).await.map_err(CopyError::Unreachable)?;
    Ok(Copy { embeds: embeds.into_iter().map(draw).collect(), files, _share: share })
}

impl Copy {
    /// Posts the copy with the *Create Ticket* button under it.
    pub async fn post(self, rest: &Rest, channel: ChannelId, guild_locale: &Locale) -> Result<MessageId, Fault> {
        let message = CreateMessage::new()
            .embeds(self.embeds)
            .components(components::create_ticket(guild_locale))
            .allowed_mentions(CreateAllowedMentions::new());
        let posted: Posted = rest.post(Route::Messages(channel)).json(&message).files(self.files).fetch().await?;
        Ok(posted.id.into())
    }
}

impl Copy {
    /// Puts the copy in the place of what an inbox message shows now.
    pub async fn replace(
        self,
        rest: &Rest,
        channel: ChannelId,
        message: MessageId,
        guild_locale: &Locale,
    ) -> Result<(), Fault> {
        let edit = EditMessage::new()
            .embeds(self.embeds)
            .components(components::create_ticket(guild_locale))
            .allowed_mentions(CreateAllowedMentions::new());
        // The list of files is sent even when it is empty: that is what removes the old ones.
        rest.patch(Route::Message(channel, message)).json(&edit).files(self.files).send().await
    }
}

/// Takes an inbox message away again, as well as that works.
pub async fn delete(rest: &Rest, channel: ChannelId, message: MessageId, guild_locale: &Locale, why: &Msg) {
    let reason = render(guild_locale, why);
    if let Err(fault) = rest.delete(Route::Message(channel, message)).reason(&reason).send().await {
        tracing::warn!(channel.id = %channel, message.id = %message, %fault, "could not take an inbox message away");
    }
}

fn source(from: &SelectedMessage, guild: GuildId) -> Source<CreateEmbed> {
    let attachments = from.attachments.iter().map(|attachment| Attachment {
        filename: attachment.filename.clone(),
        content_type: attachment.content_type.clone(),
        size: attachment.size.unwrap_or(0),
        url: attachment.url.clone(),
        spoiler: attachment.filename.starts_with("SPOILER_"),
        description: attachment.description.clone(),
    });
    let channel = from.channel.map_or_else(String::new, |channel| channel.to_string());
    Source {
        link: format!("https://discord.com/channels/{guild}/{channel}/{}", from.id),
        content: from.content.clone(),
        attachments: attachments.collect(),
        embeds: from.embeds.iter().map(copy_embed).collect(),
    }
}

fn copy_embed(from: &SelectedEmbed) -> CreateEmbed {
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
        embed = embed.image(&image.url);
    }
    if let Some(thumbnail) = &from.thumbnail {
        embed = embed.thumbnail(&thumbnail.url);
    }
    if let Some(footer) = &from.footer {
        let text = CreateEmbedFooter::new(&footer.text);
        embed = embed.footer(footer.icon_url.iter().fold(text, CreateEmbedFooter::icon_url));
    }
    if let Some(author) = &from.author {
        let named = author.url.iter().fold(CreateEmbedAuthor::new(&author.name), CreateEmbedAuthor::url);
        embed = embed.author(author.icon_url.iter().fold(named, CreateEmbedAuthor::icon_url));
    }
    let fields = from.fields.iter().map(|field| (&field.name, &field.value, field.inline.unwrap_or(false)));
    embed.fields(fields)
}

fn draw(embed: Embed<CreateEmbed>) -> CreateEmbed {
    match embed {
        Embed::Copied(embed) => embed,
        Embed::Drawn { description, image, url } => {
            let mut drawn = CreateEmbed::new();
            if let Some(description) = description {
                drawn = drawn.description(description);
            }
            if let Some(image) = image {
                drawn = drawn.attachment(image);
            }
            if let Some(url) = url {
                drawn = drawn.url(url);
            }
            drawn
        }
    }
}
