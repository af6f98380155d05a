//! Copies a selected message into an inbox message, as `domain::inbox_message` plans.

use futures_util::future::try_join_all;
use poise::serenity_prelude as serenity;
use serde::Deserialize;
use serenity::{CreateActionRow, CreateAllowedMentions, CreateEmbed, CreateMessage, EditMessage};

use super::attachments::{Downloader, MemoryPermit, Unreachable};
use super::embeds;
use super::interaction::{SelectedEmbed, SelectedMessage};
use super::rest::{File, Rest, Route};
use super::rest_error::{Refusal, RestError};
use crate::domain::embed::{self, address_of};
use crate::domain::ids::{ChannelId, GuildId, MessageId};
use crate::domain::inbox_message::{Attachment, Embed, LeftOut, Plan, Refused, Source, SourceEmbed, plan};
use crate::domain::text;

/// A message ready to post, with its files.
#[derive(Debug)]
pub struct Copy {
    pub embeds: Vec<embed::Embed>,
    pub files: Vec<File>,
    /// The parts of the source it omits.
    pub left_out: Vec<LeftOut>,
    _permit: Option<MemoryPermit>,
}

/// The fields read of a posted message.
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

fn drawn(embeds: &[embed::Embed]) -> Vec<CreateEmbed> {
    embeds.iter().map(embeds::draw).collect()
}

/// Plans the copy and downloads the files, at most `max_bytes`.
pub async fn copy(
    from: &SelectedMessage,
    guild: GuildId,
    downloader: &Downloader,
    max_bytes: u64,
) -> Result<Copy, CopyError> {
    let Plan { embeds, uploads, left_out } =
        plan(source(from, guild, downloader), max_bytes).map_err(CopyError::Refused)?;
    let known: u64 = uploads.iter().filter_map(|upload| upload.size).sum();
    let mut left = max_bytes.saturating_sub(known);
    let has_unknown = uploads.iter().any(|upload| upload.size.is_none());
    let permit = downloader.reserve(if has_unknown { max_bytes } else { known }).await;
    let (known, unknown): (Vec<_>, Vec<_>) = uploads.into_iter().partition(|upload| upload.size.is_some());
    let fetches = known.into_iter().map(|upload| async move {
        let bytes = downloader.fetch(&upload.url, upload.size.unwrap_or(0)).await?;
        Ok(File::new(upload.filename, bytes).described(upload.description))
    });
    let mut files = try_join_all(fetches).await.map_err(CopyError::Unreachable)?;
    // Embed images, whose sizes Discord omits: one after another, within the remaining bytes.
    for upload in unknown {
        let bytes = downloader.fetch(&upload.url, left).await.map_err(|why| match why {
            Unreachable::TooLarge => CopyError::Refused(Refused::TooLarge { total: max_bytes + 1, max: max_bytes }),
            other => CopyError::Unreachable(other),
        })?;
        left = left.saturating_sub(bytes.len() as u64);
        files.push(File::new(upload.filename, bytes).described(upload.description));
    }
    Ok(Copy { embeds: embeds.into_iter().map(place).collect(), files, left_out, _permit: Some(permit) })
}

impl Copy {
    /// A text instead of a copied message.
    pub fn written(title: Option<&str>, text: Option<&str>) -> Self {
        let (title, description) = (title.map(str::to_owned), text.map(str::to_owned));
        let embed = embed::Embed { title, description, ..embed::Embed::default() };
        Self { embeds: vec![embed], files: Vec::new(), left_out: Vec::new(), _permit: None }
    }

    /// Posts the copy with the buttons or the menu of a panel under it.
    pub async fn post(
        self,
        rest: &Rest,
        channel: ChannelId,
        rows: Vec<CreateActionRow>,
    ) -> Result<MessageId, RestError> {
        let message = CreateMessage::new()
            .embeds(drawn(&self.embeds))
            .components(rows)
            .allowed_mentions(CreateAllowedMentions::new());
        let posted: Posted = rest.post(Route::Messages(channel)).json(&message).files(self.files).fetch().await?;
        Ok(posted.id.into())
    }
}

impl Copy {
    /// Replaces the content of a panel; what stands below it stays.
    pub async fn replace(self, rest: &Rest, channel: ChannelId, message: MessageId) -> Result<(), RestError> {
        let edit = EditMessage::new().embeds(drawn(&self.embeds)).allowed_mentions(CreateAllowedMentions::new());
        // An empty list of files is sent, too: it removes the old ones.
        rest.patch(Route::Message(channel, message)).json(&edit).files(self.files).send().await
    }
}

/// Deletes an inbox message. One that is gone already is no error.
pub async fn remove(rest: &Rest, channel: ChannelId, message: MessageId, reason: &str) -> Result<(), RestError> {
    match rest.delete(Route::Message(channel, message)).reason(reason).send().await {
        Err(fault) if matches!(fault.refusal(), Some(Refusal::UnknownMessage | Refusal::Unknown)) => Ok(()),
        answered => answered,
    }
}

/// Deletes an inbox message, best effort.
pub async fn delete(rest: &Rest, channel: ChannelId, message: MessageId, reason: &str) {
    if let Err(fault) = remove(rest, channel, message, reason).await {
        tracing::warn!(channel.id = %channel, message.id = %message, %fault, "could not delete an inbox message");
    }
}

fn source(from: &SelectedMessage, guild: GuildId, downloader: &Downloader) -> Source<SelectedEmbed> {
    let attachments = from.attachments.iter().map(|attachment| Attachment {
        filename: attachment.filename.clone(),
        content_type: attachment.content_type.clone(),
        size: attachment.size.unwrap_or(0),
        url: attachment.url.clone(),
        // By flag, or by name, which `domain` recognises.
        spoiler: attachment.is_spoiler(),
        description: attachment.description.clone(),
    });
    let channel = from.channel.map_or_else(String::new, |channel| channel.to_string());
    let copied = from.embeds.iter().filter(|embed| kind(embed) != Kind::Discords);
    let mut embeds: Vec<_> = copied
        .map(|embed| {
            let is_of_the_message = |url: &&String| downloader.is_attachment(url);
            let pictures = pictures(embed).into_iter().filter(is_of_the_message).cloned().collect();
            SourceEmbed { embed: embed.clone(), pictures }
        })
        .collect();
    if text::is_visible(&from.content) {
        // Discord rebuilds link previews from the text.
        embeds.retain(|embed| kind(&embed.embed) == Kind::Written);
    }
    Source {
        link: format!("https://discord.com/channels/{guild}/{channel}/{}", from.id),
        content: from.content.clone(),
        attachments: attachments.collect(),
        embeds,
        besides: besides(from),
    }
}

/// A message's content besides text, files and embeds.
fn besides(from: &SelectedMessage) -> Vec<LeftOut> {
    let own_kind = |name| from.embeds.iter().any(|embed| embed.kind.as_deref() == Some(name));
    let discords = from.embeds.iter().any(|embed| kind(embed) == Kind::Discords);
    let parts = [
        (from.has_stickers, LeftOut::Sticker),
        (from.has_poll, LeftOut::Poll),
        (own_kind(POLL_RESULT), LeftOut::PollResult),
        (from.has_forward, LeftOut::Forward),
        (from.has_components, LeftOut::Components),
        (discords && !own_kind(POLL_RESULT), LeftOut::Embeds),
    ];
    parts.into_iter().filter_map(|(is_there, part)| is_there.then_some(part)).collect()
}

/// A poll's result, in fields that only Discord's clients can render (Discord: "Message", poll result embed).
const POLL_RESULT: &str = "poll_result";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// By a webhook or a bot.
    Written,
    /// By Discord, of a link in the text.
    Preview,
    /// By Discord, without readable text.
    Discords,
}

/// Discord: "Message", embed types.
fn kind(embed: &SelectedEmbed) -> Kind {
    match embed.kind.as_deref() {
        None | Some("rich") => Kind::Written,
        Some("article" | "gifv" | "image" | "link" | "video") => Kind::Preview,
        Some(_) => Kind::Discords,
    }
}

/// All URLs that an embed shows.
fn pictures(embed: &SelectedEmbed) -> Vec<&String> {
    let image = embed.image.iter().chain(&embed.thumbnail).map(|picture| &picture.url);
    let footer = embed.footer.iter().filter_map(|footer| footer.icon_url.as_ref());
    let author = embed.author.iter().filter_map(|author| author.icon_url.as_ref());
    image.chain(footer).chain(author).collect()
}

/// The planned embed, with its pictures at their new addresses.
fn place(planned: Embed<SelectedEmbed>) -> embed::Embed {
    match planned {
        Embed::Copied { embed, pictures } => copy_embed(&embed, &pictures),
        Embed::Drawn { description, image, url } => {
            embed::Embed { description, image: image.as_deref().map(address_of), url, ..embed::Embed::default() }
        }
    }
}

fn copy_embed(from: &SelectedEmbed, moved: &[(String, String)]) -> embed::Embed {
    embeds::read(from, |url| {
        let uploaded = moved.iter().find(|(old, _)| old == url).map(|(_, name)| address_of(name));
        uploaded.unwrap_or_else(|| url.clone())
    })
}
