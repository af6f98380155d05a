//! Custom ids, as anybody can forge them: read to something that is spelt the same and fits, or to nothing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ticketbot::domain::custom_id::{CustomId, MAX_LENGTH};

fuzz_target!(|text: &str| {
    if let Some(id) = CustomId::parse(text) {
        assert_eq!(id.to_string(), text);
        assert!(text.len() <= MAX_LENGTH);
    }
});
