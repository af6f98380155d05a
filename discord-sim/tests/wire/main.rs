//! The simulator, asked as a bot would ask it: over real HTTP and a real websocket.

#![expect(clippy::unwrap_used, reason = "a test that meets an error has failed")]

mod archive;
mod bot;
mod commands;
mod components;
mod compression;
mod faults;
mod files;
mod gateway;
mod gateway_faults;
mod hidden;
mod interactions;
mod loud;
mod membership;
mod messages;
mod moderation;
mod permissions;
mod rate_limits;
mod reading;
mod replies;
mod shown;
