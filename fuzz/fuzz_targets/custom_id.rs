//! Custom ids, as anybody can forge them: taken apart to something that is spelt the same, or to nothing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ticketbot::domain::custom_id::{self, Content};
use ticketbot::domain::ids::{InboxId, UserId};

fuzz_target!(|text: &str| {
    let (route, behind) = custom_id::split(text);
    assert!(text.starts_with(route) && text.ends_with(behind));
    let content = custom_id::unsealed(behind).map_or(behind, |(_, content)| content);
    if let Some(read) = <(InboxId, u32)>::read(content) {
        assert_eq!(read.write(), content);
    }
    if let Some(read) = <(UserId,)>::read(content) {
        assert_eq!(read.write(), content);
    }
});
