//! The bot from end to end: the shipped code over the real wire to a simulated Discord, told as sentences about what
//! people see. One module per feature; `support` starts the bot, `town` is where the stories happen.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

mod admin;
mod answered;
mod answers;
mod backups;
mod copied_messages;
mod create_ticket;
mod daemon;
mod discord_fails;
mod failures;
mod forged;
mod gateway;
mod gateway_away;
mod gateway_closes;
mod gateway_shapes;
mod guilds;
mod hidden_channels;
mod inbox_check;
mod inbox_create;
mod inbox_delete;
mod inbox_destination;
mod inbox_list;
mod inbox_message;
mod inbox_repost;
mod inbox_source;
mod inbox_staff;
mod intake;
mod invariants;
mod journeys;
mod killed;
mod languages;
mod lifecycle;
mod limits;
mod load;
mod machine;
mod moving;
mod mutated_events;
mod new_tickets;
mod own_data;
mod owner;
mod panels;
mod privacy;
mod reconcile;
mod registered;
mod retention;
mod second_copy;
mod shards;
mod shards_apart;
mod support;
mod templates;
mod town;
mod wal;
mod while_away;
mod worlds;
