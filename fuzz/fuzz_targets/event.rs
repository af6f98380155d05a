//! Payloads of the gateway: what serenity reads, our door takes in.
#![no_main]

use libfuzzer_sys::fuzz_target;
use poise::serenity_prelude as serenity;
use serenity::{Event, GatewayEvent, Interaction};
use ticketbot::discord::threads::Sighting;
use ticketbot::discord::{components, convert, forms};
use ticketbot::domain::clock::Timestamp;
use ticketbot::domain::custom_id::CustomId;
use ticketbot::domain::lifecycle;
use ticketbot::domain::ticket_name::{MAX_LENGTH, NameFacts, TicketName};

fuzz_target!(|bytes: &[u8]| {
    let Ok(GatewayEvent::Dispatch(_, event)) = serde_json::from_slice(bytes) else { return };
    match event {
        Event::InteractionCreate(created) => match created.interaction {
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
        Event::ThreadUpdate(update) => see(&update.thread),
        Event::ThreadCreate(created) => see(&created.thread),
        Event::ChannelUpdate(update) => {
            let _ = convert::overwrites(&update.channel.permission_overwrites);
            see(&update.channel);
        }
        Event::GuildCreate(created) => created.guild.threads.iter().for_each(see),
        Event::ThreadListSync(sync) => sync.threads.iter().for_each(see),
        _ => {}
    }
});

fn see(thread: &serenity::GuildChannel) {
    if let Some(seen) = Sighting::of(thread) {
        for by in [lifecycle::ArchivedBy::Person, lifecycle::ArchivedBy::Timer] {
            let event = lifecycle::Event::seen(seen.flags, by);
            assert_eq!(event.is_some(), seen.flags.changed_at.is_some());
        }
    }
}
