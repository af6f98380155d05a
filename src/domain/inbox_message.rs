//! Plans the copy of a message as an inbox message: text in an embed, images as a gallery, other files attached again.
//! `discord::inbox_message` downloads the files and builds the message.

use std::collections::{BTreeSet, HashSet};

use super::text;

/// Maximum description of an embed, in characters (Discord: "Message", embed limits).
const MAX_DESCRIPTION: usize = 4096;

/// Maximum embeds of a message (Discord: "Create Message", `embeds`).
const MAX_EMBEDS: usize = 10;

/// Clients show embeds with the same URL as one gallery, of up to this many images.
const GALLERY: usize = 4;

/// Maximum files of a message (Discord: "Create Message", files).
const MAX_FILES: usize = 10;

/// The file name prefix of spoilers, which are hidden until clicked.
const SPOILER: &str = "SPOILER_";

/// A file of the copied message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attachment {
    pub filename: String,
    pub content_type: Option<String>,
    /// Bytes.
    pub size: u64,
    /// The download address.
    pub url: String,
    pub spoiler: bool,
    /// Alternative text.
    pub description: Option<String>,
}

/// The copied message. `E` is an opaque embed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source<E> {
    /// Link to the message; the common URL of a gallery's embeds.
    pub link: String,
    pub content: String,
    pub attachments: Vec<Attachment>,
    pub embeds: Vec<SourceEmbed<E>>,
    /// Other content, which cannot be copied.
    pub besides: Vec<LeftOut>,
}

/// An embed, and the addresses of its pictures that are files of the message and are deleted with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceEmbed<E> {
    pub embed: E,
    pub pictures: Vec<String>,
}

/// Content that a copy lacks, reported to the admin. Link previews are not reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeftOut {
    Sticker,
    Poll,
    /// The result of a poll: an embed that only Discord's clients can render.
    PollResult,
    /// A forwarded message: a copy would look like the admin's own words.
    Forward,
    /// Buttons, menus and other components: they belong to another application.
    Components,
    /// Embeds beside a text, or of a kind that only Discord creates.
    Embeds,
    /// The rest of a text too long for an embed.
    EndOfText,
    /// Pictures of embeds beyond the file limit of a message: they keep their old address.
    Pictures,
}

/// The message to post: at most ten embeds, and the files in the order of the source, those of its embeds last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan<E> {
    pub embeds: Vec<Embed<E>>,
    pub uploads: Vec<Upload>,
    pub left_out: Vec<LeftOut>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Embed<E> {
    /// Made from the source's text and images.
    Drawn {
        description: Option<String>,
        /// The name of an upload, for `attachment://`.
        image: Option<String>,
        /// Equal for the images of one gallery.
        url: Option<String>,
    },
    /// Copied as it is, except for pictures attached again: their old addresses, and the names of the uploads.
    Copied { embed: E, pictures: Vec<(String, String)> },
}

/// A file to attach again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// The download address.
    pub url: String,
    /// ASCII letters, digits, `_`, `.` and `-`: the only ones certain to work in `attachment://`. Unique in its plan.
    pub filename: String,
    pub description: Option<String>,
    /// Bytes; `None` for a picture of an embed, whose size Discord does not report.
    pub size: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// No text, files or embeds: a sticker or a poll, for instance.
    NothingToCopy,
    /// The files have `total` bytes, but only `max` are allowed.
    TooLarge { total: u64, max: u64 },
}

/// Plans the copy. Text takes precedence over embeds: those beside a text are mostly link previews. Embeds without a
/// text come from a webhook or another bot, and are copied whole, with the pictures that would be deleted with the
/// source.
pub fn plan<E>(source: Source<E>, max_bytes: u64) -> Result<Plan<E>, Refused> {
    let has_text = text::is_visible(&source.content);
    if !has_text && source.attachments.is_empty() && source.embeds.is_empty() {
        return Err(Refused::NothingToCopy);
    }
    let total = source.attachments.iter().fold(0_u64, |sum, attachment| sum.saturating_add(attachment.size));
    if total > max_bytes {
        return Err(Refused::TooLarge { total, max: max_bytes });
    }

    let mut left_out = source.besides;
    let mut files = source.attachments;
    let own_files = files.len();
    let copies_embeds = !has_text && !source.embeds.is_empty();
    if copies_embeds {
        let (fitting, beyond) = fitting_pictures(&source.embeds, MAX_FILES.saturating_sub(own_files));
        left_out.extend(beyond.then_some(LeftOut::Pictures));
        files.extend(fitting);
    } else if !source.embeds.is_empty() {
        left_out.push(LeftOut::Embeds);
    }
    let names = unique_names(&files);
    let embeds = if copies_embeds {
        let uploaded = |url: &String| {
            let file = files.iter().zip(&names).skip(own_files).find(|(file, _)| file.url == *url);
            file.map(|(_, name)| (url.clone(), name.clone()))
        };
        let copied = source.embeds.into_iter().take(MAX_EMBEDS);
        copied
            .map(|SourceEmbed { embed, pictures }| {
                let pictures = pictures.iter().filter_map(uploaded).collect();
                Embed::Copied { embed, pictures }
            })
            .collect()
    } else {
        let images = files.iter().zip(&names).filter(|(attachment, _)| shown_as(attachment).is_some());
        let images: Vec<_> = images.map(|(_, name)| name.clone()).take(MAX_EMBEDS).collect();
        let whole = source.content.trim();
        let text = has_text.then(|| text::cut(whole, MAX_DESCRIPTION).to_owned());
        left_out.extend(text.as_ref().is_some_and(|text| text.len() < whole.len()).then_some(LeftOut::EndOfText));
        draw(text, images, &source.link)
    };
    let uploads = files.into_iter().zip(names).enumerate().map(|(place, (attachment, filename))| Upload {
        url: attachment.url,
        filename,
        description: attachment.description,
        size: (place < own_files).then_some(attachment.size),
    });
    left_out.sort();
    left_out.dedup();
    Ok(Plan { embeds, uploads: uploads.collect(), left_out })
}

/// The distinct pictures of the copied embeds as files, as many as fit; and whether there are more.
fn fitting_pictures<E>(embeds: &[SourceEmbed<E>], room: usize) -> (Vec<Attachment>, bool) {
    let mut seen = HashSet::new();
    let urls = embeds.iter().take(MAX_EMBEDS).flat_map(|embed| &embed.pictures).filter(|url| seen.insert(*url));
    let urls: Vec<&String> = urls.collect();
    let named = |url: &&String| Attachment {
        filename: url.split(['?', '#']).next().and_then(|path| path.rsplit('/').next()).unwrap_or_default().to_owned(),
        url: (*url).clone(),
        ..Attachment::default()
    };
    (urls.iter().take(room).map(named).collect(), urls.len() > room)
}

/// Whether a text has emoji of another server than the one owning `own`: without *Use External Emoji* they appear as
/// text in the bot's message. They are written `<:name:id>` or `<a:name:id>` (Discord: "Reference", formats).
pub fn has_foreign_emoji(text: &str, own: &BTreeSet<u64>) -> bool {
    text.split('<').skip(1).any(|part| {
        let mark = part.split_once('>').map(|(mark, _)| mark.strip_prefix('a').unwrap_or(mark));
        let id = mark.and_then(|mark| mark.strip_prefix(':')?.split_once(':')?.1.parse::<u64>().ok());
        id.is_some_and(|id| !own.contains(&id))
    })
}

/// An embed for each image, the text in the first; a single embed when there is no image.
fn draw<E>(text: Option<String>, images: Vec<String>, link: &str) -> Vec<Embed<E>> {
    if images.is_empty() {
        let description = text.into_iter();
        return description.map(|text| Embed::Drawn { description: Some(text), image: None, url: None }).collect();
    }
    let url = |index: usize| match (images.len(), index / GALLERY) {
        (1, _) => None,
        (_, 0) => Some(link.to_owned()),
        // A gallery hides images after the fourth, so the next ones start another.
        (_, gallery) => Some(format!("{link}#{}", gallery + 1)),
    };
    let urls: Vec<_> = (0..images.len()).map(url).collect();
    let mut text = text;
    let drawn = images.into_iter().zip(urls);
    drawn.map(|(image, url)| Embed::Drawn { description: text.take(), image: Some(image), url }).collect()
}

/// The extension of an image that embeds can show (Discord: "Reference", using attachments within embeds). Spoilers are
/// excluded: an embed would reveal them.
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
        // One of these is free: fewer names are taken than there are files.
        let mut candidates = (1..=attachments.len()).map(|number| match number {
            1 => format!("{stem}{extension}"),
            _ => format!("{stem}-{number}{extension}"),
        });
        names.extend(candidates.find(|name| taken.insert(name.to_ascii_lowercase())));
    }
    names
}

/// The stem and the extension (with its dot, or empty) of a safe name for the file.
fn safe_name(attachment: &Attachment) -> (String, String) {
    let name = attachment.filename.trim_start_matches(SPOILER);
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let (mut stem, mut extension) = (ascii(stem, 60), ascii(extension, 12));
    if stem.is_empty() {
        "file".clone_into(&mut stem);
    }
    // `attachment://` relies on the extension.
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
