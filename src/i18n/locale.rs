//! A reader's language, from Discord's locale.

use std::fmt;

use fluent_templates::LanguageIdentifier;

/// A Discord locale ("en-US", "pt-BR"). Accepts any value: a language without a file falls back to English.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Locale(LanguageIdentifier);

impl Locale {
    /// The language in which every message exists.
    pub const DEFAULT: &'static str = "en-US";

    /// Parses Discord's locale; an invalid one becomes the default, never an error.
    pub fn from_discord(name: &str) -> Self {
        Self(name.parse().or_else(|_| Self::DEFAULT.parse()).expect("the default locale is well-formed"))
    }

    /// Whether this catalog writes 1,5 for one and a half. Languages without a file use English.
    pub(super) fn writes_decimal_comma(&self) -> bool {
        matches!(self.0.language.as_str(), "de" | "fr")
    }

    pub(super) fn id(&self) -> &LanguageIdentifier {
        &self.0
    }
}

impl Default for Locale {
    fn default() -> Self {
        Self::from_discord(Self::DEFAULT)
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::ids::{RoleId, UserId};
    use crate::domain::staff::StaffMember;
    use crate::i18n::{CommonMsg, MentionList, render};
    use crate::inboxes::InboxMsg;

    proptest! {
        #[test]
        fn any_name_is_a_language_in_which_everything_can_be_read(
            name in "[a-zA-Z]{2,3}([_-][a-zA-Z0-9]{1,9}){0,3}|(?s).{0,40}", text: String, id in 1..=u64::MAX,
        ) {
            let locale = Locale::from_discord(&name);
            let code = render(&locale, &CommonMsg::Unexpected { code: text.clone(), owner: Some(UserId::new(id)) });
            prop_assert!(code.contains(&text) && code.contains(&id.to_string()), "{}", code);
            let staff = MentionList(vec![StaffMember::Role(RoleId::new(id)); 200]);
            let longest = render(&locale, &InboxMsg::StaffMenuStale { staff, beyond: u64::MAX });
            prop_assert!(longest.chars().count() <= 2_000, "{}", longest);
        }
    }

    #[test]
    fn discords_names_are_kept_and_nonsense_reads_english() {
        for (given, expected) in [("de", "de"), ("pt-BR", "pt-BR"), ("", "en-US"), ("no such language!", "en-US")] {
            assert_eq!(Locale::from_discord(given).to_string(), expected);
        }
    }
}
