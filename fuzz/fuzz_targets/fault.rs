//! What stands in an answer of Discord's that is no success, or of whoever answered in its place.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ticketbot::discord::{Refusal, RestError};

fuzz_target!(|input: (u16, &[u8])| {
    let (status, body) = input;
    let fault = RestError::from_answer(status, body);
    let shown = fault.to_string();
    assert!(shown.len() < 20_000 && !shown.contains(char::is_control), "{shown:?}");
    assert_eq!(fault.may_have_acted(), status >= 500);
    assert_eq!(fault.refusal() == Some(Refusal::Token), status == 401);
});
