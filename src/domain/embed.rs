//! An embed as admins write it and as the bot keeps it. `discord` draws it.

use serde::{Deserialize, Serialize};

use super::text;

/// The most embeds of a message, and the most characters of all their texts together (Discord: "Create Message",
/// `embeds`; "Message", embed limits).
pub const MOST: usize = 10;
pub const MAX_TOTAL: usize = 6_000;

/// The most fields of an embed (Discord: "Message", embed limits).
pub const MOST_FIELDS: usize = 25;

/// Begins the address of a picture that is a file of the same message.
pub const ATTACHED: &str = "attachment://";

/// The most characters of an address: the longest one that browsers and Discord are known to take.
const MAX_ADDRESS: usize = 2_048;

/// An embed. Texts may be templates.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Embed {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub color: Option<u32>,
    /// The address of a picture, which may be [`ATTACHED`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thumbnail: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub footer: Option<Footer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<Author>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Footer {
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    pub name: String,
    pub value: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inline: bool,
}

/// Where a text stands, which decides its limit and how it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Title,
    Description,
    FieldName,
    FieldValue,
    Footer,
    Author,
}

impl Place {
    /// The most characters (Discord: "Message", embed limits).
    pub const fn limit(self) -> usize {
        match self {
            Self::Title | Self::FieldName | Self::Author => 256,
            Self::Description => 4_096,
            Self::FieldValue => 1_024,
            Self::Footer => 2_048,
        }
    }

    /// Whether a mention is shown as one there.
    pub const fn shows_mentions(self) -> bool {
        matches!(self, Self::Description | Self::FieldValue)
    }

    /// Whether Markdown formats there; elsewhere its escapes would be shown.
    pub const fn formats(self) -> bool {
        !matches!(self, Self::Footer | Self::Author)
    }
}

impl Embed {
    /// Every text, in the order in which it is read.
    pub fn texts(&self) -> impl Iterator<Item = (Place, &String)> {
        let fields = self.fields.iter();
        let fields = fields.flat_map(|field| [(Place::FieldName, &field.name), (Place::FieldValue, &field.value)]);
        let before = [
            self.author.as_ref().map(|author| (Place::Author, &author.name)),
            self.title.as_ref().map(|title| (Place::Title, title)),
            self.description.as_ref().map(|text| (Place::Description, text)),
        ];
        let footer = self.footer.iter().map(|footer| (Place::Footer, &footer.text));
        before.into_iter().flatten().chain(fields).chain(footer)
    }

    /// The same, to change them.
    pub fn texts_mut(&mut self) -> impl Iterator<Item = (Place, &mut String)> {
        let fields = self.fields.iter_mut();
        let fields =
            fields.flat_map(|field| [(Place::FieldName, &mut field.name), (Place::FieldValue, &mut field.value)]);
        let before = [
            self.author.as_mut().map(|author| (Place::Author, &mut author.name)),
            self.title.as_mut().map(|title| (Place::Title, title)),
            self.description.as_mut().map(|text| (Place::Description, text)),
        ];
        let footer = self.footer.iter_mut().map(|footer| (Place::Footer, &mut footer.text));
        before.into_iter().flatten().chain(fields).chain(footer)
    }

    /// The addresses of its pictures.
    pub fn pictures(&self) -> impl Iterator<Item = &String> {
        let icons = [
            self.footer.as_ref().and_then(|footer| footer.icon.as_ref()),
            self.author.as_ref().and_then(|author| author.icon.as_ref()),
        ];
        self.image.iter().chain(&self.thumbnail).chain(icons.into_iter().flatten())
    }

    /// The same, to change them.
    pub fn pictures_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let icons = [
            self.footer.as_mut().and_then(|footer| footer.icon.as_mut()),
            self.author.as_mut().and_then(|author| author.icon.as_mut()),
        ];
        self.image.iter_mut().chain(&mut self.thumbnail).chain(icons.into_iter().flatten())
    }

    /// Leaves out the pictures whose addresses do not pass.
    pub fn retain_pictures(&mut self, passes: impl Fn(&str) -> bool) {
        let footer = self.footer.as_mut().map(|footer| &mut footer.icon);
        let author = self.author.as_mut().map(|author| &mut author.icon);
        for picture in [&mut self.image, &mut self.thumbnail].into_iter().chain(footer).chain(author) {
            if picture.as_deref().is_some_and(|address| !passes(address)) {
                *picture = None;
            }
        }
    }

    /// Whether Discord takes it: an embed of nothing but a color or a link is refused.
    pub fn shows_something(&self) -> bool {
        self.image.is_some() || self.thumbnail.is_some() || self.texts().any(|(_, text)| !text.trim().is_empty())
    }
}

/// Refuses what Discord would refuse.
pub fn check(embeds: &[Embed]) -> bool {
    let texts = || embeds.iter().flat_map(Embed::texts);
    let total: usize = texts().map(|(_, text)| text::length(text)).sum();
    embeds.len() <= MOST
        && total <= MAX_TOTAL
        && texts().all(|(place, text)| text::length(text) <= place.limit())
        && embeds
            .iter()
            .all(|embed| embed.shows_something() && embed.fields.len() <= MOST_FIELDS && has_addresses(embed))
}

fn has_addresses(embed: &Embed) -> bool {
    let is_link = |address: &String| {
        let is_of_the_web = address.starts_with("https://") || address.starts_with("http://");
        is_of_the_web && address.len() <= MAX_ADDRESS && !address.contains(char::is_whitespace)
    };
    let is_picture = |address: &String| address.starts_with(ATTACHED) || is_link(address);
    let links = embed.url.iter().chain(embed.author.iter().filter_map(|author| author.url.as_ref()));
    links.into_iter().all(is_link) && embed.pictures().all(is_picture)
}
