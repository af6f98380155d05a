//! What stands on a panel above its buttons: a text and embeds, and the names of its files. The bot does not store it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::embed::{self, Embed, attached};
use super::text::{self, is_visible};

/// The most characters of a text (Discord: "Create Message", content).
pub const MAX_TEXT: usize = 2_000;

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PanelContent {
    pub text: String,
    pub embeds: Vec<Embed>,
    /// Names only.
    pub files: Vec<String>,
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
        if self.embeds.len() > embed::MOST {
            return Err(Wrong::TooManyEmbeds);
        }
        if let Some(wrong) = self.embeds.iter().position(|embed| !embed.fits()) {
            return Err(Wrong::Embed(wrong));
        }
        if self.embeds.iter().map(Embed::length).sum::<usize>() > embed::MAX_TOTAL {
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
        self.embeds.iter().flat_map(Embed::pictures).filter_map(|address| attached(address)).collect()
    }

    /// Takes out what is a file of the message. Returns the names.
    pub fn leave_files_out(&mut self) -> BTreeSet<String> {
        let mut names: BTreeSet<String> = self.pictures().into_iter().map(str::to_owned).collect();
        names.extend(std::mem::take(&mut self.files));
        for embed in &mut self.embeds {
            embed.retain_pictures(|address| attached(address).is_none());
        }
        self.embeds.retain(Embed::shows_something);
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::embed::{Field, address_of};

    fn embed(title: &str) -> Embed {
        Embed { title: Some(title.to_owned()), ..Embed::default() }
    }

    fn content(text: &str, embeds: Vec<Embed>) -> PanelContent {
        PanelContent { text: text.to_owned(), embeds, files: Vec::new() }
    }

    #[test]
    fn what_discord_would_refuse_is_refused_before() {
        let picture = |address: &str| Embed { image: Some(address.to_owned()), ..Embed::default() };
        // A field without a name, as people write it.
        let field = |name: &str| {
            let field = Field { name: name.to_owned(), value: "Value".to_owned(), inline: false };
            Embed { fields: vec![field], ..Embed::default() }
        };
        let long = Embed { description: Some("x".repeat(4_000)), ..Embed::default() };
        let table = [
            (content("Hello", Vec::new()), Ok(())),
            (content("", vec![embed("Help")]), Ok(())),
            (content("", vec![picture("https://example.com/a.png")]), Ok(())),
            (content("", vec![picture("attachment://a.png")]), Ok(())),
            (content(" \u{200b}", Vec::new()), Err(Wrong::Nothing)),
            (content(&"x".repeat(2_001), Vec::new()), Err(Wrong::Text)),
            (content("", vec![embed("x"); 11]), Err(Wrong::TooManyEmbeds)),
            (content("", vec![embed("Help"), Embed::default()]), Err(Wrong::Embed(1))),
            (content("", vec![embed(&"x".repeat(257))]), Err(Wrong::Embed(0))),
            (content("", vec![picture("javascript:alert(1)")]), Err(Wrong::Embed(0))),
            (content("", vec![picture("attachment://")]), Err(Wrong::Embed(0))),
            (content("", vec![Embed { color: Some(0x0100_0000), ..embed("Help") }]), Err(Wrong::Embed(0))),
            (content("", vec![field("\u{200b}")]), Ok(())),
            (content("", vec![field(" ")]), Err(Wrong::Embed(0))),
            (content("", vec![long.clone(), long]), Err(Wrong::AllEmbeds)),
        ];
        for (content, expected) in table {
            assert_eq!(content.check(), expected, "{content:?}");
        }
    }

    #[test]
    fn files_are_left_out_with_the_embeds_that_show_nothing_else() {
        let only_picture = Embed { image: Some(address_of("a.png")), ..Embed::default() };
        let with_title = Embed { thumbnail: Some(address_of("b.png")), ..embed("Help") };
        let mut content = content("Hello", vec![only_picture, with_title]);
        content.files.push("c.pdf".to_owned());

        let names = content.leave_files_out();

        assert_eq!(names.into_iter().collect::<Vec<_>>(), ["a.png", "b.png", "c.pdf"]);
        assert_eq!(content, PanelContent { text: "Hello".to_owned(), embeds: vec![embed("Help")], files: Vec::new() });
    }
}
