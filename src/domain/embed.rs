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
const ATTACHED: &str = "attachment://";

const MAX_COLOR: u32 = 0xff_ffff;

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
    /// The address of a picture, or of a file of the message ([`address_of`]).
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

    /// Whether Discord takes it, apart from the limit for all embeds of a message.
    pub fn fits(&self) -> bool {
        let is_picture = |address: &String| attached(address).map_or_else(|| is_link(address), |name| !name.is_empty());
        let links = self.url.iter().chain(self.author.iter().filter_map(|author| author.url.as_ref()));
        self.shows_something()
            && self.texts().all(|(place, text)| !text.trim().is_empty() && text::length(text) <= place.limit())
            && self.fields.len() <= MOST_FIELDS
            && self.color.is_none_or(|color| color <= MAX_COLOR)
            && self.pictures().all(is_picture)
            && links.into_iter().all(|link| is_link(link))
    }

    /// The characters of its texts.
    pub fn length(&self) -> usize {
        self.texts().map(|(_, text)| text::length(text)).sum()
    }
}

/// Refuses what Discord would refuse.
pub fn check(embeds: &[Embed]) -> bool {
    embeds.len() <= MOST
        && embeds.iter().all(Embed::fits)
        && embeds.iter().map(Embed::length).sum::<usize>() <= MAX_TOTAL
}

/// The name of a file of the message, if the address of a picture stands for one.
pub fn attached(address: &str) -> Option<&str> {
    address.strip_prefix(ATTACHED)
}

/// Stands for a file of the message.
pub fn address_of(name: &str) -> String {
    format!("{ATTACHED}{name}")
}

fn is_link(address: &str) -> bool {
    let is_of_the_web = address.starts_with("https://") || address.starts_with("http://");
    let is_odd = |letter: char| letter.is_whitespace() || letter.is_control();
    is_of_the_web && address.len() <= MAX_ADDRESS && !address.contains(is_odd)
}
