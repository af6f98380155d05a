//! An emoji as an admin types it: Unicode's, or one of a server.
//!
//! Read leniently: only Discord knows which emoji exist, and a panel leaves out those that it refuses.

use unicode_segmentation::UnicodeSegmentation;

use super::text;

/// The most characters of an emoji as typed: `<a:`, a name of 32, a colon, an id of 20, `>`.
pub const MAX_LENGTH: usize = 64;

/// An emoji.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Emoji {
    Unicode(String),
    /// `<:name:id>`, or `<a:name:id>` if it is animated.
    Custom {
        name: String,
        id: u64,
        is_animated: bool,
    },
}

impl Emoji {
    pub fn parse(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        if text::length(typed) > MAX_LENGTH {
            return None;
        }
        match typed.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) {
            Some(inner) => Self::parse_custom(inner),
            None => is_one(typed).then(|| Self::Unicode(typed.to_owned())),
        }
    }

    fn parse_custom(inner: &str) -> Option<Self> {
        let mut parts = inner.split(':');
        let (kind, name, id) = (parts.next()?, parts.next()?, parts.next()?);
        let is_name =
            (1..=32).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
        if parts.next().is_some() || !matches!(kind, "" | "a") || !is_name || !is_id {
            return None;
        }
        let id = id.parse().ok().filter(|id| *id != 0)?;
        Some(Self::Custom { name: name.to_owned(), id, is_animated: kind == "a" })
    }

    /// The id of a server's emoji.
    pub const fn id(&self) -> Option<u64> {
        match self {
            Self::Unicode(_) => None,
            Self::Custom { id, .. } => Some(*id),
        }
    }
}

/// The combining frame of keycaps such as 1️⃣.
const KEYCAP: char = '\u{20e3}';

/// One visible character that is no plain letter, digit or sign.
fn is_one(typed: &str) -> bool {
    let mut graphemes = typed.graphemes(true);
    let is_single = graphemes.next().is_some() && graphemes.next().is_none();
    let is_plain = typed.starts_with(|c: char| c.is_ascii()) && !typed.ends_with(KEYCAP);
    is_single && !is_plain && text::is_visible(typed)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn emoji_are_recognised_however_they_are_built() {
        for typed in ["🪴", " 🪴 ", "❤️", "👩‍🚀", "🇩🇪", "👍🏽", "1️⃣", "#️⃣", "ℹ️", "©", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"]
        {
            assert_eq!(Emoji::parse(typed), Some(Emoji::Unicode(typed.trim().to_owned())), "{typed:?}");
        }
        let custom = |is_animated| Some(Emoji::Custom { name: "leaf_1".to_owned(), id: 7, is_animated });
        assert_eq!(Emoji::parse("<:leaf_1:7>"), custom(false));
        assert_eq!(Emoji::parse(" <a:leaf_1:7> "), custom(true));
    }

    #[test]
    fn what_is_no_emoji_is_refused() {
        let long = format!("<:{}:1>", "x".repeat(33));
        let table = [
            "",
            " ",
            "a",
            "1",
            "#",
            ":leaf:",
            "leaf",
            "🪴🪴",
            "🪴x",
            "<:leaf:>",
            "<:leaf:0>",
            "<:leaf:+1>",
            "<b:leaf:1>",
            "<:leaf:1:2>",
            "<::1>",
            "<:le af:1>",
            "<@1>",
            "<#1>",
            "\u{200b}",
            "<:leaf:99999999999999999999>",
            &long,
        ];
        for typed in table {
            assert_eq!(Emoji::parse(typed), None, "{typed:?}");
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(typed: String) {
            let _read = Emoji::parse(&typed);
        }
    }
}
