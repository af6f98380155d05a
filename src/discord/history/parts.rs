//! The components of a message, without what they do.

use serde_json::Value;

use super::body::{WireEmoji, with_emoji};
use crate::domain::history::Part;

/// Components are nested at most this deep (Discord: "Component Reference": a container, a row or section, a button).
const DEEPEST: usize = 5;

/// Discord's component types.
mod kind {
    pub(super) const BUTTON: u64 = 2;
    pub(super) const TEXT: u64 = 10;
    pub(super) const THUMBNAIL: u64 = 11;
    pub(super) const GALLERY: u64 = 12;
    pub(super) const FILE: u64 = 13;
    pub(super) const SEPARATOR: u64 = 14;
}

/// Components of any shape.
pub(super) fn read(components: &[Value]) -> Vec<Part> {
    components.iter().filter_map(|component| part(component, DEEPEST)).collect()
}

/// A component. What it holds is shown even if its own kind is not known.
fn part(component: &Value, levels: usize) -> Option<Part> {
    let text = |name: &str| component[name].as_str().unwrap_or_default().to_owned();
    let address = |media: &Value| media["url"].as_str().map(str::to_owned);
    let inner = || {
        let levels = levels.checked_sub(1)?;
        let listed = component["components"].as_array().into_iter().flatten();
        let accessory = component.get("accessory").filter(|accessory| accessory.is_object());
        let parts: Vec<Part> = listed.chain(accessory).filter_map(|component| part(component, levels)).collect();
        (!parts.is_empty()).then_some(Part::Group(parts))
    };
    let shown = match component["type"].as_u64()? {
        kind::BUTTON => {
            let of_emoji = |field: &str| component["emoji"][field].as_str().map(str::to_owned);
            let emoji = WireEmoji { id: of_emoji("id"), name: of_emoji("name") };
            Part::Button { label: with_emoji(Some(emoji), &text("label")), url: address(component) }
        }
        // Menus of strings, users, roles, mentionables and channels.
        3 | 5..=8 => Part::Menu(text("placeholder")),
        kind::TEXT => Part::Text(text("content")),
        kind::THUMBNAIL => Part::Picture { text: text("description"), url: address(&component["media"]) },
        kind::GALLERY => {
            let items = component["items"].as_array()?.iter();
            let picture = |item: &Value| {
                let text = item["description"].as_str().unwrap_or_default().to_owned();
                covered(item, Part::Picture { text, url: address(&item["media"]) })
            };
            Part::Group(items.map(picture).collect())
        }
        kind::FILE => Part::File { name: text("name"), url: address(&component["file"]) },
        kind::SEPARATOR => Part::Separator,
        _ => inner()?,
    };
    Some(covered(component, shown))
}

/// A container, picture or file may be a spoiler.
fn covered(component: &Value, part: Part) -> Part {
    if component["spoiler"] == true { Part::Spoiler(vec![part]) } else { part }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Part;
    use crate::discord::history::body::read;

    #[test]
    fn components_are_read_whatever_holds_them() {
        let button = json!({ "type": 2, "label": "Close", "emoji": { "name": "🔒" } });
        let body = read(
            &json!({ "components": [
                { "type": 17, "components": [
                    { "type": 9, "components": [{ "type": 10, "content": "Text" }], "accessory": button },
                    { "type": 14 },
                    { "type": 1, "components": [{ "type": 3, "placeholder": "Choose" }] },
                    { "type": 12, "items": [{ "description": "A key" }] },
                ] },
                { "type": 99, "components": [{ "type": 10, "content": "New" }] },
                { "type": 1, "components": [] },
                "nonsense",
            ] })
            .to_string(),
        );
        let Part::Group(container) = &body.parts[0] else { panic!("no container") };
        let Part::Group(section) = &container[0] else { panic!("no section") };
        assert!(section[0] == Part::Text("Text".to_owned()));
        assert!(section[1] == Part::Button { label: "🔒 Close".to_owned(), url: None });
        assert!(container[1] == Part::Separator);
        assert!(container[2] == Part::Group(vec![Part::Menu("Choose".to_owned())]));
        assert!(container[3] == Part::Group(vec![Part::Picture { text: "A key".to_owned(), url: None }]));
        assert!(body.parts[1] == Part::Group(vec![Part::Text("New".to_owned())]));
        assert_eq!(body.parts.len(), 2, "an empty row is left out");
    }

    #[test]
    fn components_nested_without_end_are_cut() {
        let mut nested = json!({ "type": 10, "content": "deep" });
        for _ in 0..100 {
            nested = json!({ "type": 17, "components": [nested] });
        }
        assert!(read(&json!({ "components": [nested] }).to_string()).parts.is_empty());
    }

    #[test]
    fn spoilers_cover_containers_pictures_and_files_which_have_addresses() {
        let media = |name: &str| json!({ "url": format!("https://cdn.discordapp.com/{name}") });
        let body = read(
            &json!({ "components": [
                { "type": 17, "spoiler": true, "components": [{ "type": 10, "content": "Text" }] },
                { "type": 12, "items": [
                    { "media": media("a"), "description": "A", "spoiler": true }, { "media": media("b"), "spoiler": false },
                ] },
                { "type": 13, "file": media("c"), "name": "c.txt", "spoiler": true },
                { "type": 9, "components": [{ "type": 10, "content": "Text" }],
                  "accessory": { "type": 11, "media": media("d"), "spoiler": "?" } },
            ] })
            .to_string(),
        );
        let text = || Part::Text("Text".to_owned());
        let url = |name: &str| Some(format!("https://cdn.discordapp.com/{name}"));
        let picture = |text: &str, name: &str| Part::Picture { text: text.to_owned(), url: url(name) };
        assert!(body.parts[0] == Part::Spoiler(vec![Part::Group(vec![text()])]));
        assert!(body.parts[1] == Part::Group(vec![Part::Spoiler(vec![picture("A", "a")]), picture("", "b")]));
        assert!(body.parts[2] == Part::Spoiler(vec![Part::File { name: "c.txt".to_owned(), url: url("c") }]));
        assert!(body.parts[3] == Part::Group(vec![text(), picture("", "d")]));
    }
}
