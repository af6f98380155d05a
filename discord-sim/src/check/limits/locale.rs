//! Localized texts: a map from one of Discord's locales to a text under the same rules as the original.
//! <https://docs.discord.com/developers/interactions/application-commands#localization>

use super::field::{Field, Found, length};

/// <https://docs.discord.com/developers/reference#locales>. The OpenAPI description also lists `ar` and `he`.
const LOCALES: [&str; 32] = [
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR",
    "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko",
];

/// The texts of `<key>_localizations`, after checking their locales.
pub(super) fn texts<'a>(parent: &Field<'a>, key: &str, found: &mut Found) -> Vec<Field<'a>> {
    let Some(map) = parent.get(&format!("{key}_localizations")) else {
        return Vec::new();
    };
    let members = map.members();
    for (locale, _) in members.iter().filter(|(locale, _)| !LOCALES.contains(locale)) {
        let sentence = format!("Unknown locale '{locale}'.");
        found.push(map.fault_at(locale, "BASE_TYPE_CHOICES", sentence));
    }
    members.into_iter().map(|(_, text)| text).collect()
}

/// The length of this key's longest text in any language.
pub(super) fn longest(parent: &Field<'_>, key: &str) -> usize {
    let localized = parent.get(&format!("{key}_localizations"));
    let localized = localized.map_or_else(Vec::new, |map| map.members());
    let localized = localized.iter().filter_map(|(_, text)| text.text());
    localized.chain(parent.text_of(key)).map(length).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::limits::tests::assert_faults;

    #[test]
    fn only_discords_own_locales_are_known() {
        let body = json!({ "name": "a", "name_localizations": { "de": "b", "de-DE": "c", "en": "d" } });
        let mut found = Found::new();
        assert_eq!(texts(&Field::root(&body), "name", &mut found).len(), 3);
        assert_faults(
            &found,
            &["name_localizations.de-DE BASE_TYPE_CHOICES", "name_localizations.en BASE_TYPE_CHOICES"],
        );
    }

    #[test]
    fn the_longest_text_counts_whatever_its_language() {
        let body =
            json!({ "name": "abc", "name_localizations": { "de": "größer" }, "description_localizations": null });
        assert_eq!(longest(&Field::root(&body), "name"), 6);
        assert_eq!(longest(&Field::root(&body), "description"), 0);
    }
}
