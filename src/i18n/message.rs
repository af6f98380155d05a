//! Declares a module's messages: an enum whose variants have a key in the catalog and typed arguments.
//!
//! A field's name is the argument's name in the Fluent files (`until` is `{ $until }`). Each module's enum is in its
//! own `msg.rs`, and the shared ones are here; [`crate::messages`] lists the modules for the tests that render every message.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use super::args::{Args, Relative};
use super::locale::Locale;
use crate::domain::ids::UserId;

/// A message for a person.
pub trait Message: fmt::Debug + Send + Sync + 'static {
    /// Its key in the Fluent files.
    fn key(&self) -> &'static str;

    #[doc(hidden)]
    fn args(&self, locale: &Locale) -> Args;
}

/// A message of any module, for code that passes messages on without knowing modules.
#[derive(Clone, Debug)]
pub struct Msg(Arc<dyn Message>);

impl<M: Message> From<M> for Msg {
    fn from(message: M) -> Self {
        Self(Arc::new(message))
    }
}

impl Deref for Msg {
    type Target = dyn Message;

    fn deref(&self) -> &Self::Target {
        &*self.0
    }
}

/// Declares a module's messages: the enum, its [`Message`] and a sample of each for the tests.
macro_rules! messages {
    ($room:ident; $( $(#[$meta:meta])* $name:ident $({ $($field:ident: $kind:ty),+ $(,)? })? = $key:literal; )+) => {
        /// A message of this module.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $room { $( $(#[$meta])* $name $({ $($field: $kind),+ })?, )+ }

        impl $crate::i18n::Message for $room {
            fn key(&self) -> &'static str {
                match self { $( Self::$name $({ $($field: _),+ })? => $key, )+ }
            }

            fn args(&self, #[allow(unused_variables)] locale: &$crate::i18n::Locale) -> $crate::i18n::Args {
                match self {
                    $( Self::$name $({ $($field),+ })? => $crate::i18n::Args::from([
                        $($( (stringify!($field).into(), $crate::i18n::Arg::value($field, locale)) ),+)?
                    ]), )+
                }
            }
        }

        impl $room {
            /// One of each message, for the tests that render them all.
            pub(crate) fn samples() -> impl Iterator<Item = $crate::i18n::Msg> {
                [ $( Self::$name $({ $($field: <$kind as $crate::i18n::Arg>::sample()),+ })?, )+ ].into_iter().map(Into::into)
            }
        }
    };
}

pub(crate) use messages;

messages! {
    CommonMsg;

    CreateTicketButton = "create-ticket-button";
    GuildOnly = "guild-only";
    BotNotInServer = "bot-not-in-server";
    OutdatedComponent = "outdated-component";
    ComponentExpired = "component-expired";
    OutdatedCommand = "outdated-command";
    TooSlowForForm = "too-slow-for-form";
    ShuttingDown = "shutting-down";
    RateLimited { until: Relative } = "rate-limited";
    StorageUnavailable { code: String, owner: Option<UserId> } = "storage-unavailable";
    Unexpected { code: String, owner: Option<UserId> } = "unexpected";
}
