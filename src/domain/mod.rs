//! Types and pure rules of tickets and inboxes.
//!
//! Everything here is a function of its arguments: no I/O, no async, no call to the clock (only `clock::SystemClock`
//! reads it). A rule takes facts and returns a decision; the caller acts on it. Texts are in `i18n`, SQL in `storage`,
//! serenity in `discord`.

pub mod admission;
pub mod canned_reply;
pub mod card;
pub mod checkup;
pub mod clock;
pub mod command_sync;
pub mod custom_id;
pub mod database_key;
pub mod delay;
pub mod discord_tickets;
pub mod embed;
pub mod emoji;
pub mod first_message;
pub mod form;
pub mod frequent;
pub mod happening;
pub mod history;
pub mod hours;
pub mod ids;
pub mod import;
pub mod inbox_message;
pub mod lifecycle;
pub mod message_link;
pub mod panel;
pub mod panel_content;
pub mod permissions;
pub mod personal;
pub mod placeholder;
pub mod priority;
pub mod quote;
pub mod reach;
pub mod reason;
pub mod rights;
pub mod selection;
pub mod server_config;
pub mod settings;
pub mod shards;
pub mod staff;
pub mod starter;
pub mod text;
pub mod ticket_list;
pub mod ticket_name;
pub mod ticket_ref;
pub mod zone;
