//! Payloads of the gateway, taken in by our door.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde::Deserialize;
use serde_json::value::RawValue;
use ticketbot::discord::event::{Event, Reported};
use ticketbot::discord::threads::ThreadSnapshot;
use ticketbot::domain::lifecycle::Flags;

#[derive(Deserialize)]
struct Payload<'a> {
    #[serde(borrow)]
    t: &'a str,
    #[serde(borrow)]
    d: &'a RawValue,
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(payload) = serde_json::from_slice::<Payload<'_>>(bytes) else { return };
    match Reported::read(payload.t, payload.d.get()).map(|reported| reported.event) {
        Ok(Event::ThreadUpdated(seen)) => see(&seen),
        Ok(Event::GuildPresent(guild)) => guild.threads.iter().for_each(see),
        Ok(Event::ThreadsListed { threads, .. }) => threads.iter().for_each(see),
        _ => {}
    }
});

/// Once stored, the same report is no news.
fn see(seen: &ThreadSnapshot) {
    let stored = Flags::NEW.updated(seen.flags);
    assert_eq!(stored, seen.flags);
    assert!(stored.knows_all_of(seen.flags) && stored.updated(seen.flags) == stored);
}
