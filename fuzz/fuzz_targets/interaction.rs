//! Interactions of any shape: with an id and a token they can be answered, and what was read of them is used.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde::Deserialize;
use serde_json::value::RawValue;
use ticketbot::discord::interaction::{Asked, Interaction};
use ticketbot::domain::form::Values;
use ticketbot::domain::clock::Timestamp;
use ticketbot::domain::custom_id;
use ticketbot::domain::ticket_name::{MAX_LENGTH, NameFacts, TicketName};

/// The fields of an interaction, without its id and its token.
#[derive(Deserialize)]
struct Payload<'a> {
    #[serde(borrow)]
    d: &'a RawValue,
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(payload) = serde_json::from_slice::<Payload<'_>>(bytes) else { return };
    let _ = Interaction::read(payload.d.get());
    let Some(fields) = payload.d.get().strip_prefix('{') else { return };
    let comma = if fields.trim_start().starts_with('}') { "" } else { "," };
    let answerable = format!(r#"{{"id":"1","token":"t"{comma}{fields}"#);
    let asked = match Interaction::read(&answerable) {
        Some(interaction) => interaction.asked,
        // It brought an id or a token of its own.
        None => return,
    };
    match asked {
        Asked::Component(caller, pressed) | Asked::Form(caller, pressed) => {
            let _ = custom_id::split(&pressed.custom_id);
            let _ = pressed.text("value");
            let at = Timestamp::from_seconds(1_700_000_000);
            let name =
                TicketName::render("$author", &NameFacts { at, author: &caller.display_name, counter: 7, number: 7, form: &Values::NONE });
            assert!(name.as_str().chars().count() <= MAX_LENGTH);
        }
        Asked::Command(caller, command) => {
            command.for_poise(&caller).expect("serenity reads what we build");
        }
        Asked::Menu(..) | Asked::Completion(_) | Asked::Unreadable(_) => {}
    }
});
