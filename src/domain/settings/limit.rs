//! The allowed values of a setting.

use std::ops::RangeInclusive;
use std::time::Duration;

use super::control::{Choice, Control, Listed, seconds};
use crate::domain::clock::Timestamp;
use crate::domain::emoji::{self, Emoji};
use crate::domain::hours::Hours;
use crate::domain::ids::{ChannelId, RoleId};
use crate::domain::zone::Zone;

/// The allowed values of a setting.
pub(super) trait Limit<T> {
    fn allows(&self, value: &T) -> bool;

    fn control(&self) -> Control;
}

impl Limit<u32> for RangeInclusive<u32> {
    fn allows(&self, value: &u32) -> bool {
        self.contains(value)
    }

    fn control(&self) -> Control {
        Control::Number { least: *self.start(), most: *self.end() }
    }
}

impl Limit<Duration> for RangeInclusive<Duration> {
    fn allows(&self, value: &Duration) -> bool {
        self.contains(value)
    }

    fn control(&self) -> Control {
        Control::Number { least: seconds(*self.start()), most: seconds(*self.end()) }
    }
}

/// A maximum span of time; shorter ones down to none are allowed.
pub(super) struct Delay(pub(super) Duration);

impl Limit<Duration> for Delay {
    fn allows(&self, value: &Duration) -> bool {
        *value <= self.0
    }

    fn control(&self) -> Control {
        Control::Delay { most: seconds(self.0) }
    }
}

/// A maximum number of roles.
pub(super) struct Roles(pub(super) usize);

impl Limit<Vec<RoleId>> for Roles {
    fn allows(&self, value: &Vec<RoleId>) -> bool {
        value.len() <= self.0
    }

    fn control(&self) -> Control {
        Control::Roles { most: self.0 }
    }
}

/// Every value of the type.
pub(super) struct Any;

impl Limit<bool> for Any {
    fn allows(&self, _: &bool) -> bool {
        true
    }

    fn control(&self) -> Control {
        Control::Switch
    }
}

impl Limit<Option<ChannelId>> for Any {
    fn allows(&self, _: &Option<ChannelId>) -> bool {
        true
    }

    fn control(&self) -> Control {
        Control::Channel { is_required: false }
    }
}

/// Implements [`Limit`] for a type all of whose values are allowed.
macro_rules! any {
    ($($type:ty as $control:ident;)+) => { $(
        impl Limit<$type> for Any {
            fn allows(&self, _: &$type) -> bool {
                true
            }

            fn control(&self) -> Control {
                Control::$control
            }
        }
    )+ };
}

any! {
    Option<Zone> as Zone;
    Option<Hours> as Hours;
    Option<Timestamp> as Until;
}

impl<T: Choice> Limit<T> for Any {
    fn allows(&self, _: &T) -> bool {
        true
    }

    fn control(&self) -> Control {
        Control::Choice(T::NAMES)
    }
}

/// A list that passes a check of its own.
pub(super) struct Checked<T> {
    pub(super) most: usize,
    pub(super) check: fn(&[T]) -> bool,
}

impl<T: Listed> Limit<Vec<T>> for Checked<T> {
    fn allows(&self, value: &Vec<T>) -> bool {
        (self.check)(value)
    }

    fn control(&self) -> Control {
        Control::List { most: self.most }
    }
}

/// An emoji, as typed.
pub(super) struct TypedEmoji;

impl Limit<Option<String>> for TypedEmoji {
    fn allows(&self, value: &Option<String>) -> bool {
        value.as_deref().is_none_or(|typed| Emoji::parse(typed).is_some())
    }

    fn control(&self) -> Control {
        Control::Emoji { most: emoji::MAX_LENGTH }
    }
}

/// A maximum number of characters.
pub(super) struct Characters(pub(super) usize);

impl Limit<Option<String>> for Characters {
    fn allows(&self, value: &Option<String>) -> bool {
        value.as_deref().is_none_or(|text| text.chars().count() <= self.0)
    }

    fn control(&self) -> Control {
        Control::Text { most: self.0 }
    }
}
