//! What a test holds: live handles on things of the world. Builders are omnipotent; what people may do is `actor`.

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

pub use channel::{Channel, Target};
pub use channel_builder::ChannelBuilder;
pub use fill::Fill;
pub use guild::{Guild, GuildBuilder};
pub use member::MemberBuilder;
pub use message::{Attachment, Button, Message, OnMessage};
pub use modal::{Field, Modal};
pub use reply::{Link, Reply, State};
pub use role::{Role, RoleBuilder};
pub use thread::Thread;

pub(crate) use message::walk_components;

/// Somewhere messages can be: a channel or a thread, or its bare id.
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
