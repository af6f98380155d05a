//! What a copied message becomes when it is posted again as an inbox message: text in an embed, images as a gallery,
//! other files attached again. A plan only: `discord::inbox_message` downloads the files and builds the message.

use std::collections::{BTreeSet, HashSet};

use super::text;

/// Longest description of an embed, in characters (Discord: "Message", embed limits).
const MAX_DESCRIPTION: usize = 4096;

/// Most embeds of a message (Discord: "Create Message", `embeds`).
const MAX_EMBEDS: usize = 10;

/// Clients show embeds of the same URL as one gallery, of up to this many images.
const GALLERY: usize = 4;

/// Most files of a message (Discord: "Create Message", files).
const MAX_FILES: usize = 10;

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
    pub embeds: Vec<SourceEmbed<E>>,
    /// What else it holds, none of which can be copied.
    pub besides: Vec<LeftOut>,
}

/// An embed, and the addresses of those of its pictures that go when its message goes: those of files of that message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceEmbed<E> {
    pub embed: E,
    pub pictures: Vec<String>,
}

/// What a copy does not show of its source, for the admin to know. A preview of a link is not missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeftOut {
    Sticker,
    Poll,
    /// What a poll has come to: an embed that only Discord's clients can word.
    PollResult,
    /// What was forwarded: a bot is shown the original, but a copy of it would look like the admin's own words.
    Forward,
    /// Buttons, menus and whatever else is made of components: they would ask somebody else's application.
    Components,
    /// Embeds beside a text, or of a kind that only Discord makes.
    Embeds,
    /// The end of a text that is longer than an embed can hold.
    EndOfText,
    /// Pictures of embeds beyond the files that a message can have: they stay at their old address.
    Pictures,
}

/// What to post: at most ten embeds, and the files in the order of the source, those of its embeds last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan<E> {
    pub embeds: Vec<Embed<E>>,
    pub uploads: Vec<Upload>,
    pub left_out: Vec<LeftOut>,
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
    /// Taken over as it is, but for pictures that are attached again: their old addresses, and the names of the uploads.
    Copied { embed: E, pictures: Vec<(String, String)> },
}

/// A file to attach again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Where to download it.
    pub url: String,
    /// ASCII letters, digits, `_`, `.` and `-`: the only ones sure to work in `attachment://`. Unique in its plan.
    pub filename: String,
    pub description: Option<String>,
    /// Bytes; `None` for a picture of an embed, whose size Discord does not say.
    pub size: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// No text, no files, no embeds: a sticker or a poll, for instance.
    NothingToCopy,
    /// The files have `total` bytes, of which only `max` are allowed.
    TooLarge { total: u64, max: u64 },
}

/// Plans the copy. Text counts before embeds: those beside a text are mostly previews of its links. Embeds without a
/// text come from a webhook or another bot, and are copied whole, with those of their pictures that would go with the
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

/// The pictures of the embeds that are copied, each once, as files, as many as there is room for; and whether there are more.
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

/// Whether a text shows emoji of a server other than the one whose emoji these are: without *Use External Emoji* they stand
/// as words in a message of the bot's. They are written `<:name:id>`, or `<a:name:id>` (Discord: "Reference", formats).
pub fn has_foreign_emoji(text: &str, own: &BTreeSet<u64>) -> bool {
    text.split('<').skip(1).any(|part| {
        let mark = part.split_once('>').map(|(mark, _)| mark.strip_prefix('a').unwrap_or(mark));
        let id = mark.and_then(|mark| mark.strip_prefix(':')?.split_once(':')?.1.parse::<u64>().ok());
        id.is_some_and(|id| !own.contains(&id))
    })
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
