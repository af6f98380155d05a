//! What stands on a panel above its buttons: a text and embeds, and the names of its files. The bot does not store it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::text::{self, is_visible};

/// The most characters of a text (Discord: "Create Message", content).
pub const MAX_TEXT: usize = 2_000;

/// Discord: "Message", embed limits.
pub const MOST_EMBEDS: usize = 10;
const MAX_TITLE: usize = 256;
const MAX_DESCRIPTION: usize = 4_096;
const MOST_FIELDS: usize = 25;
const MAX_FIELD_NAME: usize = 256;
const MAX_FIELD_VALUE: usize = 1_024;
const MAX_FOOTER: usize = 2_048;
const MAX_AUTHOR: usize = 256;
pub const MAX_ALL_EMBEDS: usize = 6_000;
const MAX_COLOR: u32 = 0xff_ffff;

/// Before the name of a file of the message, in place of an address.
const ATTACHED: &str = "attachment://";

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PanelContent {
    pub text: String,
    pub embeds: Vec<PanelEmbed>,
    /// Names only.
    pub files: Vec<String>,
}

/// An embed. Pictures are addresses, or `attachment://` with the name of a file of the message.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PanelEmbed {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub color: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<EmbedAuthor>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<EmbedField>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thumbnail: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub footer: Option<EmbedFooter>,
    /// ISO 8601, as it was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmbedAuthor {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmbedFooter {
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmbedField {
    pub name: String,
    pub value: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inline: bool,
}

/// What Discord would refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// There is nothing to see.
    Nothing,
    Text,
    TooManyEmbeds,
    /// An embed without anything to see, or with a part that is too long.
    Embed(usize),
    /// All texts of all embeds together.
    AllEmbeds,
}

impl PanelContent {
    /// Refuses what Discord would refuse.
    pub fn check(&self) -> Result<(), Wrong> {
        if text::length(&self.text) > MAX_TEXT {
            return Err(Wrong::Text);
        }
        if self.embeds.len() > MOST_EMBEDS {
            return Err(Wrong::TooManyEmbeds);
        }
        if let Some(wrong) = self.embeds.iter().position(|embed| !embed.fits()) {
            return Err(Wrong::Embed(wrong));
        }
        if self.embeds.iter().map(PanelEmbed::length).sum::<usize>() > MAX_ALL_EMBEDS {
            return Err(Wrong::AllEmbeds);
        }
        let shows = is_visible(&self.text) || !self.embeds.is_empty() || !self.files.is_empty();
        if shows { Ok(()) } else { Err(Wrong::Nothing) }
    }

    /// Text and embeds are the same; files are only named.
    pub fn reads_like(&self, other: &Self) -> bool {
        (&self.text, &self.embeds) == (&other.text, &other.embeds)
    }

    /// The files of the message that its embeds show.
    pub fn pictures(&self) -> BTreeSet<&str> {
        self.embeds
            .iter()
            .flat_map(PanelEmbed::addresses)
            .filter_map(|address| address.strip_prefix(ATTACHED))
            .collect()
    }

    /// Takes out what is a file of the message. Returns the names.
    pub fn leave_files_out(&mut self) -> BTreeSet<String> {
        let mut names: BTreeSet<String> = self.pictures().into_iter().map(str::to_owned).collect();
        names.extend(std::mem::take(&mut self.files));
        for embed in &mut self.embeds {
            embed.leave_files_out();
        }
        self.embeds.retain(PanelEmbed::shows_something);
        names
    }
}

/// The name of a file of the message, if the address of a picture stands for one.
pub fn attached(address: &str) -> Option<&str> {
    address.strip_prefix(ATTACHED)
}

/// Stands for a file of the message.
pub fn address_of(name: &str) -> String {
    format!("{ATTACHED}{name}")
}

impl PanelEmbed {
    fn fits(&self) -> bool {
        let within =
            |text: Option<&String>, most| text.is_none_or(|text| is_visible(text) && text::length(text) <= most);
        let field_fits = |field: &EmbedField| {
            within(Some(&field.name), MAX_FIELD_NAME) && within(Some(&field.value), MAX_FIELD_VALUE)
        };
        let is_address = |address: &String| {
            let is_web = ["https://", "http://"].iter().any(|scheme| address.starts_with(scheme));
            !address.chars().any(|letter| letter.is_whitespace() || letter.is_control())
                && (is_web || attached(address).is_some_and(|name| !name.is_empty()))
        };
        let is_link = |link: &String| is_address(link) && attached(link).is_none();
        let author_link = self.author.as_ref().and_then(|author| author.url.as_ref());
        self.shows_something()
            && within(self.title.as_ref(), MAX_TITLE)
            && within(self.description.as_ref(), MAX_DESCRIPTION)
            && self.fields.len() <= MOST_FIELDS
            && self.fields.iter().all(field_fits)
            && within(self.author.as_ref().map(|author| &author.name), MAX_AUTHOR)
            && within(self.footer.as_ref().map(|footer| &footer.text), MAX_FOOTER)
            && self.color.is_none_or(|color| color <= MAX_COLOR)
            && self.addresses().all(is_address)
            && self.url.iter().chain(author_link).all(is_link)
    }

    fn length(&self) -> usize {
        let texts = self.title.iter().chain(&self.description);
        let texts = texts.chain(self.author.as_ref().map(|author| &author.name));
        let texts = texts.chain(self.footer.as_ref().map(|footer| &footer.text));
        let fields = self.fields.iter().flat_map(|field| [&field.name, &field.value]);
        texts.chain(fields).map(|text| text::length(text)).sum()
    }

    fn shows_something(&self) -> bool {
        self.length() > 0 || self.image.is_some() || self.thumbnail.is_some()
    }

    /// Of its pictures.
    fn addresses(&self) -> impl Iterator<Item = &String> {
        let author = self.author.as_ref().and_then(|author| author.icon.as_ref());
        let footer = self.footer.as_ref().and_then(|footer| footer.icon.as_ref());
        self.image.iter().chain(&self.thumbnail).chain(author).chain(footer)
    }

    fn leave_files_out(&mut self) {
        let author = self.author.as_mut().map(|author| &mut author.icon);
        let footer = self.footer.as_mut().map(|footer| &mut footer.icon);
        for picture in [&mut self.image, &mut self.thumbnail].into_iter().chain(author).chain(footer) {
            picture.take_if(|address| attached(address).is_some());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn embed(title: &str) -> PanelEmbed {
        PanelEmbed { title: Some(title.to_owned()), ..PanelEmbed::default() }
    }

    fn content(text: &str, embeds: Vec<PanelEmbed>) -> PanelContent {
        PanelContent { text: text.to_owned(), embeds, files: Vec::new() }
    }

    #[test]
    fn what_discord_would_refuse_is_refused_before() {
        let picture = |address: &str| PanelEmbed { image: Some(address.to_owned()), ..PanelEmbed::default() };
        let long = PanelEmbed { description: Some("x".repeat(4_000)), ..PanelEmbed::default() };
        let table = [
            (content("Hello", Vec::new()), Ok(())),
            (content("", vec![embed("Help")]), Ok(())),
            (content("", vec![picture("https://example.com/a.png")]), Ok(())),
            (content("", vec![picture("attachment://a.png")]), Ok(())),
            (content(" \u{200b}", Vec::new()), Err(Wrong::Nothing)),
            (content(&"x".repeat(2_001), Vec::new()), Err(Wrong::Text)),
            (content("", vec![embed("x"); 11]), Err(Wrong::TooManyEmbeds)),
            (content("", vec![embed("Help"), PanelEmbed::default()]), Err(Wrong::Embed(1))),
            (content("", vec![embed(&"x".repeat(257))]), Err(Wrong::Embed(0))),
            (content("", vec![picture("javascript:alert(1)")]), Err(Wrong::Embed(0))),
            (content("", vec![picture("attachment://")]), Err(Wrong::Embed(0))),
            (content("", vec![long.clone(), long]), Err(Wrong::AllEmbeds)),
        ];
        for (content, expected) in table {
            assert_eq!(content.check(), expected, "{content:?}");
        }
    }

    #[test]
    fn files_are_left_out_with_the_embeds_that_show_nothing_else() {
        let only_picture = PanelEmbed { image: Some(address_of("a.png")), ..PanelEmbed::default() };
        let with_title = PanelEmbed { thumbnail: Some(address_of("b.png")), ..embed("Help") };
        let mut content = content("Hello", vec![only_picture, with_title]);
        content.files.push("c.pdf".to_owned());

        let names = content.leave_files_out();

        assert_eq!(names.into_iter().collect::<Vec<_>>(), ["a.png", "b.png", "c.pdf"]);
        assert_eq!(content, PanelContent { text: "Hello".to_owned(), embeds: vec![embed("Help")], files: Vec::new() });
    }
}
