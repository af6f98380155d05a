//! Messages made of components only (Discord: "Component Reference", version 2): one container of texts, sections,
//! separators and rows of buttons.
//!
//! Such a message has no other content, at most 40 components and at most 4,000 characters of text. Its mentions
//! notify those that its allowed mentions name, as those in ordinary texts do.

use serde_json::{Value, json};

use super::components::Button;
use crate::domain::text;

/// `IS_COMPONENTS_V2` (Discord: "Message", message flags). Once set, it stays.
pub const FLAG: u64 = 1 << 15;

/// The most components of a message, nested ones included.
const MOST_COMPONENTS: usize = 40;

/// The most characters of all texts of a message together, less one for each text that is cut to nothing.
const MOST_CHARACTERS: usize = 4_000 - MOST_COMPONENTS;

/// The most buttons of a row.
const MOST_BUTTONS: usize = 5;

/// Discord's component types.
mod kind {
    pub(super) const ROW: u8 = 1;
    pub(super) const SECTION: u8 = 9;
    pub(super) const TEXT: u8 = 10;
    pub(super) const SEPARATOR: u8 = 14;
    pub(super) const CONTAINER: u8 = 17;
}

/// A container, and a text above it.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    above: Option<String>,
    color: Option<u32>,
    blocks: Vec<Block>,
}

#[derive(Clone, Debug)]
enum Block {
    Text(String),
    /// A text with a button beside it.
    Section(String, Button),
    Separator,
    Row(Vec<Button>),
}

impl Layout {
    /// `color`: of the container's edge.
    pub fn new(color: u32) -> Self {
        Self { color: Some(color), ..Self::default() }
    }

    /// A text above the container.
    #[must_use]
    pub fn above(mut self, text: String) -> Self {
        self.above = Some(text);
        self
    }

    #[must_use]
    pub fn text(mut self, text: String) -> Self {
        self.blocks.push(Block::Text(text));
        self
    }

    /// A text with a button beside it.
    #[must_use]
    pub fn section(mut self, text: String, button: Button) -> Self {
        self.blocks.push(Block::Section(text, button));
        self
    }

    #[must_use]
    pub fn separator(mut self) -> Self {
        self.blocks.push(Block::Separator);
        self
    }

    /// As many rows as the buttons need; none without buttons.
    #[must_use]
    pub fn buttons(mut self, buttons: impl IntoIterator<Item = Button>) -> Self {
        let buttons: Vec<Button> = buttons.into_iter().collect();
        self.blocks.extend(buttons.chunks(MOST_BUTTONS).map(|row| Block::Row(row.to_vec())));
        self
    }

    /// The value of a message's `components`.
    pub fn components(&self) -> Value {
        let mut room = MOST_CHARACTERS;
        let above = self.above.as_deref().map(|above| shown(above, &mut room));
        let blocks: Vec<Value> = self.blocks.iter().map(|block| block.json(&mut room)).collect();
        debug_assert!(self.count() <= MOST_COMPONENTS, "{} components", self.count());
        let container = json!({ "type": kind::CONTAINER, "accent_color": self.color, "components": blocks });
        above.into_iter().chain([container]).collect()
    }

    fn count(&self) -> usize {
        let count = |block: &Block| match block {
            Block::Text(_) | Block::Separator => 1,
            Block::Section(..) => 3,
            Block::Row(buttons) => 1 + buttons.len(),
        };
        usize::from(self.above.is_some()) + 1 + self.blocks.iter().map(count).sum::<usize>()
    }
}

impl Block {
    fn json(&self, room: &mut usize) -> Value {
        match self {
            Self::Text(text) => shown(text, room),
            Self::Section(text, button) => {
                json!({ "type": kind::SECTION, "components": [shown(text, room)], "accessory": button.json() })
            }
            Self::Separator => json!({ "type": kind::SEPARATOR }),
            Self::Row(buttons) => {
                let buttons: Vec<Value> = buttons.iter().map(Button::json).collect();
                json!({ "type": kind::ROW, "components": buttons })
            }
        }
    }
}

/// A text as a component. Too long a text must not fail the message; Discord refuses an empty one.
fn shown(text: &str, room: &mut usize) -> Value {
    let cut = text::cut(text, *room);
    *room -= text::length(cut);
    let cut = if cut.trim().is_empty() { "…" } else { cut };
    json!({ "type": kind::TEXT, "content": cut })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn button(number: usize) -> Button {
        Button::secondary(format!("abc:{number}"), "x".repeat(100))
    }

    #[test]
    fn a_layout_is_a_container_below_a_text() {
        let link = Button::link("https://discord.com".to_owned(), "There".to_owned());
        let layout = Layout::new(0x00_FF_00)
            .above("<@1>".to_owned())
            .section("### Title".to_owned(), link)
            .separator()
            .text("Text".to_owned())
            .buttons([button(1)]);

        let components = layout.components();

        assert_eq!(components[0], json!({ "type": 10, "content": "<@1>" }));
        let container = &components[1];
        assert_eq!((&container["type"], &container["accent_color"]), (&json!(17), &json!(0x00_FF_00)));
        let kinds: Vec<_> = container["components"].as_array().unwrap().iter().map(|block| &block["type"]).collect();
        assert_eq!(kinds, [9, 14, 10, 1]);
        let accessory = &container["components"][0]["accessory"];
        assert_eq!((&accessory["style"], &accessory["url"]), (&json!(5), &json!("https://discord.com")));
        assert_eq!(container["components"][3]["components"][0]["label"], "x".repeat(80));
    }

    #[test]
    fn rows_have_at_most_five_buttons_and_none_is_empty() {
        let rows = |count: usize| {
            let components = Layout::new(0).buttons((0..count).map(button)).components();
            let blocks = components[0]["components"].as_array().unwrap().clone();
            blocks.iter().map(|row| row["components"].as_array().unwrap().len()).collect::<Vec<_>>()
        };
        assert_eq!(rows(0), [0_usize; 0]);
        assert_eq!(rows(5), [5]);
        assert_eq!(rows(7), [5, 2]);
    }

    #[test]
    fn texts_that_are_too_long_together_are_cut() {
        let layout = Layout::new(0).text("a".repeat(3_000)).text("b".repeat(3_000)).text("c".repeat(5_000));
        let components = layout.components();
        let blocks = components[0]["components"].as_array().unwrap();
        let lengths = blocks.iter().map(|block| block["content"].as_str().unwrap().chars().count());
        assert!(lengths.sum::<usize>() <= 4_000);
        assert!(blocks.iter().all(|block| !block["content"].as_str().unwrap().is_empty()));
    }
}
