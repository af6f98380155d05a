//! Parses a person's reference to a ticket: its number, a mention of its thread, or a link to it.

use super::ids::{GuildId, ThreadId};

/// A reference to a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TicketRef {
    Number(u32),
    Thread(ThreadId),
    /// A link, which also names a server.
    Link {
        guild: GuildId,
        thread: ThreadId,
    },
}

/// A number above this is a thread's id: ids of 2015 have 17 digits.
const LARGEST_NUMBER: usize = 9;

impl TicketRef {
    /// `None`: it is none of them.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(mentioned) = text.strip_prefix("<#").and_then(|rest| rest.strip_suffix('>')) {
            return mentioned.parse().ok().map(Self::Thread);
        }
        if let Some(path) = super::message_link::path_in_discord(text) {
            let mut parts = path.trim_end_matches('/').split('/');
            let (guild, thread) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
            // A link to one of its messages is a link to it.
            let message = parts.next().is_none_or(|message| message.parse::<ThreadId>().is_ok());
            return (message && parts.next().is_none()).then_some(Self::Link { guild, thread });
        }
        let digits = text.strip_prefix('#').unwrap_or(text);
        if digits.len() > LARGEST_NUMBER {
            return digits.parse().ok().map(Self::Thread);
        }
        let is_plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse().ok().filter(|number| is_plain && *number > 0).map(Self::Number)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_mentions_and_links_are_understood() {
        let thread = ThreadId::new(175_928_847_299_117_063);
        let link = Some(TicketRef::Link { guild: GuildId::new(1), thread });
        let table = [
            ("12", Some(TicketRef::Number(12))),
            (" #0012 ", Some(TicketRef::Number(12))),
            ("<#175928847299117063>", Some(TicketRef::Thread(thread))),
            ("175928847299117063", Some(TicketRef::Thread(thread))),
            ("https://discord.com/channels/1/175928847299117063", link),
            ("<https://ptb.discord.com/channels/1/175928847299117063/>", link),
            ("https://discord.com/channels/1/175928847299117063/5", link),
            ("https://discord.com/channels/1/175928847299117063/5/6", None),
            ("https://discord.com/channels/1", None),
            ("https://discord.com.evil.example/channels/1/2", None),
            ("0", None),
            ("+1", None),
            ("", None),
            ("#", None),
            ("<#>", None),
            ("ticket", None),
        ];
        for (text, expected) in table {
            assert_eq!(TicketRef::parse(text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(text: String) {
            let _read = TicketRef::parse(&text);
        }
    }
}
