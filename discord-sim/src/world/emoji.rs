//! Emoji of components: Discord refuses the whole message for one that does not exist.

use serde_json::Value;

use super::World;
use crate::check::{FieldError, form_body};
use crate::http::error::ApiError;

/// Observed for buttons and for entries of menus: <https://github.com/discord/discord-api-docs/issues/8071>.
const CODE: &str = "BUTTON_COMPONENT_INVALID_EMOJI";

impl World {
    /// Refuses components with emoji that Discord does not know, or that are of no guild of the bot.
    pub(crate) fn check_emoji(&self, components: &Value) -> Result<(), ApiError> {
        let mut found = Vec::new();
        self.find_unknown_emoji("components", components, &mut found);
        if found.is_empty() {
            return Ok(());
        }
        let errors = Some(form_body(&found)["errors"].clone());
        Err(ApiError { errors, ..ApiError::new(400, 50035, "Invalid Form Body") })
    }

    fn find_unknown_emoji(&self, path: &str, part: &Value, found: &mut Vec<FieldError>) {
        match part {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.find_unknown_emoji(&format!("{path}[{index}]"), item, found);
                }
            }
            Value::Object(fields) => {
                for (key, field) in fields {
                    let below = format!("{path}.{key}");
                    if key != "emoji" {
                        self.find_unknown_emoji(&below, field, found);
                    } else if let Some(wrong) = self.unknown_part(field) {
                        let message = "Invalid emoji".to_owned();
                        found.push(FieldError { path: format!("{below}.{wrong}"), code: CODE, message });
                    }
                }
            }
            _ => {}
        }
    }

    /// The field for which an emoji is refused.
    fn unknown_part(&self, emoji: &Value) -> Option<&'static str> {
        if emoji.is_null() {
            return None;
        }
        if let Some(id) = emoji["id"].as_str() {
            let id = id.parse().unwrap_or(0);
            let bot_sees = |guild: &&super::guild::Guild| guild.has_bot();
            let is_known = self.guilds.values().filter(bot_sees).any(|guild| guild.emoji.contains_key(&id));
            return (!is_known).then_some("id");
        }
        let is_emoji = emoji["name"].as_str().is_some_and(is_unicode_emoji);
        (!is_emoji).then_some("name")
    }
}

/// Not Discord's list: letters, digits and signs of ordinary texts are no emoji, unless marked as one.
fn is_unicode_emoji(name: &str) -> bool {
    let is_marked = name.ends_with(['\u{fe0f}', '\u{20e3}']);
    let is_text = |letter: char| letter.is_ascii() || letter.is_alphanumeric();
    !name.is_empty() && (is_marked || !name.contains(is_text))
}

#[cfg(test)]
mod tests {
    use super::is_unicode_emoji;

    #[test]
    fn letters_are_no_emoji_unless_they_are_marked_as_one() {
        for (name, expected) in
            [("🪴", true), ("1️⃣", true), ("ℹ️", true), ("", false), ("x", false), ("ä", false), (":leaf:", false)]
        {
            assert_eq!(is_unicode_emoji(name), expected, "{name:?}");
        }
    }
}
