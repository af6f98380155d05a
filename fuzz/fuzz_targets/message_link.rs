//! What admins write to name an inbox.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ticketbot::domain::message_link::InboxRef;

fuzz_target!(|text: &str| {
    match InboxRef::parse(text) {
        None => {}
        Some(InboxRef::Number(number)) => {
            assert!(number.get() > 0);
            assert_eq!(InboxRef::parse(&format!("#{number}")), Some(InboxRef::Number(number)));
        }
        Some(InboxRef::Message { guild, message }) => {
            assert!(text.contains("discord.com/channels/"));
            let link = format!("https://discord.com/channels/{guild}/1/{message}");
            assert_eq!(InboxRef::parse(&link), InboxRef::parse(text));
        }
    }
});
