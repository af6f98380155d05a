//! Parses an admin's reference to an inbox: its number, or a link to its message.

use super::ids::{GuildId, InboxId, MessageId};

/// A parsed reference; the inbox may not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InboxRef {
    Number(InboxId),
    Message { guild: GuildId, message: MessageId },
}

/// The hosts of message links copied from clients.
const HOSTS: [&str; 3] = ["discord.com/", "ptb.discord.com/", "canary.discord.com/"];

/// What follows `channels/` in a link to Discord.
pub(super) fn path_in_discord(text: &str) -> Option<&str> {
    let address = text.trim_start_matches('<').trim_end_matches('>').strip_prefix("https://")?;
    HOSTS.iter().find_map(|host| address.strip_prefix(host))?.strip_prefix("channels/")
}

impl InboxRef {
    /// Parses `3`, `#3` or `https://discord.com/channels/<guild>/<channel>/<message>`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(number) = text.strip_prefix('#').unwrap_or(text).parse() {
            return Some(Self::Number(number));
        }
        let path = path_in_discord(text)?;
        let mut parts = path.trim_end_matches('/').split('/');
        let (guild, _channel, message) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        Some(Self::Message { guild: guild.parse().ok()?, message: message.parse().ok()? })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_and_message_links_are_understood() {
        let number = Some(InboxRef::Number(InboxId::new(3)));
        let link = Some(InboxRef::Message { guild: GuildId::new(1), message: MessageId::new(3) });
        let table = [
            ("3", number),
            (" #3 ", number),
            ("https://discord.com/channels/1/2/3", link),
            ("<https://canary.discord.com/channels/1/2/3/>", link),
            ("https://ptb.discord.com/channels/1/2/3", link),
            ("https://discord.com/channels/1/2", None),
            ("https://discord.com/channels/@me/2/3", None),
            ("https://discord.com.evil.example/channels/1/2/3", None),
            ("https://discord.com/channels/1/2/3/4", None),
            ("0", None),
            ("", None),
        ];
        for (text, expected) in table {
            assert_eq!(InboxRef::parse(text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(text: String) {
            let _read = InboxRef::parse(&text);
        }

        #[test]
        fn a_link_is_read_however_it_was_copied(
            guild in 1..=u64::MAX, channel in 1..=u64::MAX, message in 1..=u64::MAX,
            host in prop::sample::select(HOSTS.to_vec()), wrapped: bool, slash: bool, space in "[ \n\t]{0,2}",
        ) {
            let link = format!("https://{host}channels/{guild}/{channel}/{message}{}", if slash { "/" } else { "" });
            let text = if wrapped { format!("{space}<{link}>{space}") } else { format!("{space}{link}{space}") };
            let expected = InboxRef::Message { guild: GuildId::new(guild), message: MessageId::new(message) };
            prop_assert_eq!(InboxRef::parse(&text), Some(expected));
        }

        #[test]
        fn a_link_with_one_letter_changed_never_leads_to_another_host(at: prop::sample::Index, letter in any::<char>()) {
            let link = "https://discord.com/channels/11/22/33";
            let mut letters: Vec<char> = link.chars().collect();
            letters[at.index(link.len())] = letter;
            let text: String = letters.into_iter().collect();
            if InboxRef::parse(&text).is_some() {
                prop_assert!(text.contains("https://discord.com/channels/"), "{}", text);
            }
        }
    }
}
