//! Live handles on the world for tests. Builders may do everything; `actor` limits people to what they may do.

mod channel;
mod channel_builder;
mod debug;
mod fill;
mod guild;
mod member;
mod message;
mod modal;
mod reply;
mod role;
mod thread;

pub use channel::{Channel, ChannelKind, Target};
pub use channel_builder::ChannelBuilder;
pub use fill::Fill;
pub use guild::{Guild, GuildBuilder};
pub use member::MemberBuilder;
pub use message::{Attachment, Button, Message, OnMessage};
pub use modal::{Field, Modal};
pub use reply::{Link, Reply, State};
pub use role::{Role, RoleBuilder};
pub use thread::Thread;

pub(crate) use message::{attachment, walk_components};

/// A place of messages: a channel or a thread, or its bare id.
pub trait Place {
    fn place_id(&self) -> u64;
}

impl Place for u64 {
    fn place_id(&self) -> u64 {
        *self
    }
}

impl<T: Place + ?Sized> Place for &T {
    fn place_id(&self) -> u64 {
        (**self).place_id()
    }
}
