//! Payloads of the gateway, taken in by our door.
#![no_main]

use libfuzzer_sys::fuzz_target;
use poise::serenity_prelude::Interaction;
use serde::Deserialize;
use serde_json::value::RawValue;
use ticketbot::discord::event::{Event, Reported};
use ticketbot::discord::threads::Sighting;
use ticketbot::discord::{components, convert, forms};
use ticketbot::domain::clock::Timestamp;
use ticketbot::domain::custom_id::CustomId;
use ticketbot::domain::lifecycle;
use ticketbot::domain::ticket_name::{MAX_LENGTH, NameFacts, TicketName};

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
        Ok(Event::Interaction(interaction)) => match *interaction {
            Interaction::Component(component) => {
                let _ = CustomId::parse(&component.data.custom_id);
                let _ = components::chosen(&component);
                if let Ok(click) = convert::click(&component) {
                    let at = Timestamp::from_seconds(1_700_000_000);
                    let facts = NameFacts { at, author: &click.display_name, counter: 7 };
                    let name = TicketName::render("$author", &facts);
                    assert!(name.as_str().chars().count() <= MAX_LENGTH);
                }
            }
            Interaction::Modal(form) => {
                let _ = CustomId::parse(&form.data.custom_id);
                let _ = forms::written(&form);
            }
            _ => {}
        },
        Ok(Event::ThreadUpdated(seen)) => see(&seen),
        Ok(Event::GuildPresent(guild)) => guild.threads.iter().for_each(see),
        Ok(Event::ThreadsListed { threads, .. }) => threads.iter().for_each(see),
        _ => {}
    }
});

fn see(seen: &Sighting) {
    for by in [lifecycle::ArchivedBy::Person, lifecycle::ArchivedBy::Timer] {
        let event = lifecycle::Event::seen(seen.flags, by);
        assert_eq!(event.is_some(), seen.flags.changed_at.is_some());
    }
}
