//! A simulated Discord on this machine: one in-memory world behind the real HTTP API v10 and gateway wire.
//!
//! A test arranges the world with builders ([`Sim::guild`], [`Guild::text_channel`], [`Guild::member`] …), starts the
//! bot against [`Sim::base_url`] and [`Sim::token`], lets people act ([`Actor::click`], [`Actor::slash`] …) and asks
//! what each of them sees ([`Reply`], [`Thread`], [`Message`]). The test controls faults and time ([`Sim::fault`],
//! [`Sim::gateway`], [`Sim::advance`]). An unsupported request fails the test instead of getting a silent default: see
//! [`Sim::gaps`].
//!
//! | module | holds |
//! | --- | --- |
//! | `world` | the state, Discord's rules, and which events a change causes |
//! | `http` | the API and the CDN: one file of routes per resource |
//! | `gateway` | the websocket: sessions, handshake, a test's control |
//! | `check` | documented limits and the OpenAPI description |
//! | `handles`, `actor` | what tests hold: guilds, channels, messages; people and their verbs |
//!
//! It imports neither the bot under test nor its Discord library.
//!
//! # Example
//!
//! The bot here is one HTTP request. A real one is started with [`Sim::base_url`] in place of `https://discord.com`.
//!
//! ```
//! use discord_sim::{Sim, permissions};
//!
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let sim = Sim::start().await;
//! let guild = sim.guild("Home").create();
//! let news = guild.text_channel("news").create();
//! let staff = guild.text_channel("staff").deny_everyone(permissions::VIEW_CHANNEL).create();
//! let anna = guild.member("anna").create();
//!
//! let url = format!("{}/api/v10/channels/{}/messages", sim.base_url(), news.id());
//! let request = reqwest::Client::new().post(url).header("Authorization", format!("Bot {}", sim.token()));
//! let answer = request.json(&serde_json::json!({ "content": "Hello" })).send().await?;
//!
//! assert_eq!(answer.status(), 200);
//! assert_eq!(news.messages()[0].text(), "Hello");
//! assert!(anna.sees(&news) && !anna.sees(&staff));
//! # Ok(())
//! # }
//! ```

mod actor;
mod check;
mod clock;
mod faults;
mod gateway;
mod handles;
mod http;
pub mod permissions;
mod record;
mod shared;
mod sim;
mod snapshot;
mod world;

pub use actor::{Actor, Draft, Filled, NotPossible, Slash, Values};
pub use clock::Clock;
pub use faults::{Fault, FaultHandle};
pub use gateway::{GatewayControl, Identify, SessionInfo};
pub use handles::{
    Attachment, Button, Channel, ChannelBuilder, ChannelKind, Field, Fill, Guild, GuildBuilder, Link, MemberBuilder,
    Message, Modal, OnMessage, Place, Reply, Role, RoleBuilder, State, Target, Thread,
};
pub use record::Request;
pub use shared::Changes;
pub use sim::{AuditEntry, Mark, Sim, SimBuilder};
pub use snapshot::{NotASnapshot, Snapshot};
