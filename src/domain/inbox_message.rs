//! What a copied message becomes when it is posted again as an inbox message: text in an embed, images as a gallery,
//! other files attached again. A plan only: `discord::inbox_message` downloads the files and builds the message.

use std::collections::HashSet;

use super::text;

/// Longest description of an embed, in characters (Discord: "Message", embed limits).
const MAX_DESCRIPTION: usize = 4096;

/// Most embeds of a message (Discord: "Create Message", `embeds`).
const MAX_EMBEDS: usize = 10;

/// Clients show embeds of the same URL as one gallery, of up to this many images.
const GALLERY: usize = 4;

/// Files that are hidden until clicked are named so.
const SPOILER: &str = "SPOILER_";

/// A file of the message that is copied.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attachment {
    pub filename: String,
    pub content_type: Option<String>,
    /// Bytes.
    pub size: u64,
    /// Where to download it.
    pub url: String,
    pub spoiler: bool,
    /// Alternative text.
    pub description: Option<String>,
}

/// The message that is copied. `E` is an embed, which nothing here looks into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source<E> {
    /// Link to the message. The embeds of a gallery carry it as their common URL.
    pub link: String,
    pub content: String,
    pub attachments: Vec<Attachment>,
    pub embeds: Vec<E>,
}

/// What to post: at most ten embeds, and the files in the order of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan<E> {
    pub embeds: Vec<Embed<E>>,
    pub uploads: Vec<Upload>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Embed<E> {
    /// Made of the source's text and images.
    Drawn {
        description: Option<String>,
        /// The name of an upload, for `attachment://`.
        image: Option<String>,
        /// Equal for the images of one gallery.
        url: Option<String>,
    },
    /// Taken over as it is.
    Copied(E),
}

/// A file to attach again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Where to download it.
    pub url: String,
    /// ASCII letters, digits, `_`, `.` and `-`: the only ones sure to work in `attachment://`. Unique in its plan.
    pub filename: String,
    pub description: Option<String>,
    /// Bytes.
    pub size: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// No text, no files, no embeds: a sticker or a poll, for instance.
    NothingToCopy,
    /// The files have `total` bytes, of which only `max` are allowed.
    TooLarge { total: u64, max: u64 },
}

/// Plans the copy. Text counts before embeds: those beside a text are mostly previews of its links. Embeds without a
/// text come from a webhook or another bot, and are copied whole.
pub fn plan<E>(source: Source<E>, max_bytes: u64) -> Result<Plan<E>, Refused> {
    let has_text = text::is_visible(&source.content);
    if !has_text && source.attachments.is_empty() && source.embeds.is_empty() {
        return Err(Refused::NothingToCopy);
    }
    let total = source.attachments.iter().fold(0_u64, |sum, attachment| sum.saturating_add(attachment.size));
    if total > max_bytes {
        return Err(Refused::TooLarge { total, max: max_bytes });
    }

    let names = unique_names(&source.attachments);
    let embeds = if has_text || source.embeds.is_empty() {
        let images = source.attachments.iter().zip(&names).filter(|(attachment, _)| shown_as(attachment).is_some());
        let images: Vec<_> = images.map(|(_, name)| name.clone()).take(MAX_EMBEDS).collect();
        let text = has_text.then(|| text::cut(source.content.trim(), MAX_DESCRIPTION).to_owned());
        draw(text, images, &source.link)
    } else {
        source.embeds.into_iter().take(MAX_EMBEDS).map(Embed::Copied).collect()
    };
    let uploads = source.attachments.into_iter().zip(names).map(|(attachment, filename)| Upload {
        url: attachment.url,
        filename,
        description: attachment.description,
        size: attachment.size,
    });
    Ok(Plan { embeds, uploads: uploads.collect() })
}

/// An embed for each image, the text in the first; an embed of its own when there is none.
fn draw<E>(text: Option<String>, images: Vec<String>, link: &str) -> Vec<Embed<E>> {
    if images.is_empty() {
        let description = text.into_iter();
        return description.map(|text| Embed::Drawn { description: Some(text), image: None, url: None }).collect();
    }
    let url = |index: usize| match (images.len(), index / GALLERY) {
        (1, _) => None,
        (_, 0) => Some(link.to_owned()),
        // A gallery hides what is beyond its fourth image, so the next ones start another.
        (_, gallery) => Some(format!("{link}#{}", gallery + 1)),
    };
    let urls: Vec<_> = (0..images.len()).map(url).collect();
    let mut text = text;
    let drawn = images.into_iter().zip(urls);
    drawn.map(|(image, url)| Embed::Drawn { description: text.take(), image: Some(image), url }).collect()
}

/// The extension of an image that embeds can show (Discord: "Reference", using attachments within embeds). Spoilers are
/// not among them: an embed would give them away.
fn shown_as(attachment: &Attachment) -> Option<&'static str> {
    if is_spoiler(attachment) {
        return None;
    }
    let media_type = attachment.content_type.as_deref().map(|full| full.split(';').next().unwrap_or_default().trim());
    let extension = media_type.map_or_else(
        || attachment.filename.rsplit_once('.').map(|(_, extension)| extension),
        |media_type| media_type.strip_prefix("image/"),
    )?;
    match extension.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" => Some("jpg"),
        "png" => Some("png"),
        "webp" => Some("webp"),
        "gif" => Some("gif"),
        _ => None,
    }
}

fn is_spoiler(attachment: &Attachment) -> bool {
    attachment.spoiler || attachment.filename.starts_with(SPOILER)
}

fn unique_names(attachments: &[Attachment]) -> Vec<String> {
    let mut taken = HashSet::new();
    let mut names = Vec::new();
    for attachment in attachments {
        let (stem, extension) = safe_name(attachment);
        // Fewer names than files are taken, so one of these is free.
        let mut candidates = (1..=attachments.len()).map(|number| match number {
            1 => format!("{stem}{extension}"),
            _ => format!("{stem}-{number}{extension}"),
        });
        names.extend(candidates.find(|name| taken.insert(name.to_ascii_lowercase())));
    }
    names
}

/// The stem and the extension (with its dot, or empty) of a name for the file.
fn safe_name(attachment: &Attachment) -> (String, String) {
    let name = attachment.filename.trim_start_matches(SPOILER);
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let (mut stem, mut extension) = (ascii(stem, 60), ascii(extension, 12));
    if stem.is_empty() {
        "file".clone_into(&mut stem);
    }
    // `attachment://` goes by the extension.
    if let Some(shown) = shown_as(attachment)
        && !["jpg", "jpeg", "png", "webp", "gif"].contains(&extension.to_ascii_lowercase().as_str())
    {
        shown.clone_into(&mut extension);
    }
    let prefix = if is_spoiler(attachment) { SPOILER } else { "" };
    let dot = if extension.is_empty() { "" } else { "." };
    (format!("{prefix}{stem}"), format!("{dot}{extension}"))
}

/// Up to `max` safe characters, with one `_` for each run of others between them.
fn ascii(text: &str, max: usize) -> String {
    let is_safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    let words: Vec<_> = text.split(|c| !is_safe(c)).filter(|word| !word.is_empty()).collect();
    let mut name = words.join("_").trim_matches(['.', '_']).to_owned();
    name.truncate(max);
    name
}

#[cfg(test)]
mod tests;
