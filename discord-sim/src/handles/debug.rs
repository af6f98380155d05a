//! `Debug` of handles: names that a person recognises in a failed assertion.

use std::fmt::{Debug, Formatter, Result};

use super::{Channel, Guild, Message, Reply, Role, Thread};
use crate::actor::Actor;

macro_rules! debug_as {
    ($($handle:ty: $($method:ident),+;)+) => {
        $(impl Debug for $handle {
            fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
                let mut shown = formatter.debug_struct(stringify!($handle));
                $(shown.field(stringify!($method), &self.$method());)+
                shown.finish()
            }
        })+
    };
}

debug_as! {
    Guild: id, name;
    Role: id, name;
    Channel: id, name;
    Thread: id, name, members;
    Message: id, text;
    Reply: state, text;
    Actor: id, name;
}
