//! A setting for code that treats all of them alike: its control and its value. `limit` has what it may be.

use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Refusal;
use crate::domain::clock::Timestamp;
use crate::domain::hours::Hours;
use crate::domain::ids::{ChannelId, RoleId};
use crate::domain::zone::Zone;

/// Settings that belong together, in groups with one revision each.
pub trait Settings: Clone + PartialEq + Serialize + 'static {
    type Group: SettingGroup;

    /// Every setting, by group, in the order of pages.
    const EACH: &'static [Setting<Self>];

    /// The same with all defaults; what has no default stays.
    #[must_use]
    fn defaults(&self) -> Self;

    /// The groups that differ.
    fn changed_since(&self, before: &Self) -> Vec<Self::Group>;

    /// Refuses a changed value beyond its limit.
    fn check_change(&self, before: &Self) -> Result<(), Refusal>;
}

/// A unit of change with one revision.
pub trait SettingGroup: Copy + PartialEq + 'static {
    const EACH: &'static [Self];

    /// Its name in storage and files.
    fn key(self) -> &'static str;

    /// The catalog key of its name.
    fn name(self) -> &'static str;

    /// The catalog key of what it is about.
    fn help(self) -> &'static str;

    /// The group with this name in storage.
    fn find(key: &str) -> Option<Self> {
        Self::EACH.iter().copied().find(|group| group.key() == key)
    }
}

/// One setting, for pages and files that treat all of them alike.
#[derive(Debug)]
pub struct Setting<S: Settings> {
    pub group: S::Group,
    /// Group and name, as in `opening.cooldown`.
    pub key: &'static str,
    /// The catalog key of its name.
    pub name: &'static str,
    /// The catalog key of what it means.
    pub help: &'static str,
    /// The catalog key of its value in words: of a number, or of one of several.
    pub value: &'static str,
    pub(super) control: fn() -> Control,
    pub(super) get: fn(&S) -> SettingValue,
    pub(super) set: fn(&mut S, SettingValue) -> bool,
}

impl<S: Settings> Setting<S> {
    /// The setting with this key.
    pub fn find(key: &str) -> Option<&'static Self> {
        S::EACH.iter().find(|setting| setting.key == key)
    }

    pub fn control(&self) -> Control {
        (self.control)()
    }

    /// Whether it must be given, because it has no default.
    pub fn is_required(&self) -> bool {
        self.control() == Control::Channel { is_required: true }
    }

    pub fn get(&self, settings: &S) -> SettingValue {
        (self.get)(settings)
    }

    /// `false`: the setting has no such value, and nothing was changed. Limits are checked by
    /// [`change`](super::change).
    #[must_use]
    pub fn set(&self, settings: &mut S, value: SettingValue) -> bool {
        (self.set)(settings, value)
    }
}

/// How a setting is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Control {
    Switch,
    /// A whole number from `least` to `most`; of a duration its seconds.
    Number {
        least: u32,
        most: u32,
    },
    /// At most so many characters; an empty text is the default.
    Text {
        most: usize,
    },
    /// A text that is an emoji; an empty one is none.
    Emoji {
        most: usize,
    },
    Channel {
        is_required: bool,
    },
    /// At most so many roles.
    Roles {
        most: usize,
    },
    /// A span of time of at most so many seconds, written as in `7d`; 0 is none.
    Delay {
        most: u32,
    },
    /// A time zone.
    Zone,
    /// Weekly hours.
    Hours,
    /// A time, written as the span of time until then.
    Until,
    /// One of these.
    Choice(&'static [&'static str]),
    /// A list of at most so many entries, with a page of its own.
    List {
        most: usize,
    },
}

/// A value of any setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingValue {
    Switch(bool),
    Number(u32),
    Text(Option<String>),
    Channel(Option<ChannelId>),
    /// In order, each once.
    Roles(Vec<RoleId>),
    Zone(Option<Zone>),
    Hours(Option<Hours>),
    Until(Option<Timestamp>),
    Choice(&'static str),
    /// Each entry as it is stored.
    List(Vec<Value>),
}

impl Control {
    /// One of the choices.
    pub fn choice(self, chosen: &str) -> Option<SettingValue> {
        let Self::Choice(each) = self else { return None };
        each.iter().find(|choice| **choice == chosen).map(|choice| SettingValue::Choice(choice))
    }
}

/// A type of settings.
pub trait SettingType: Sized {
    fn to_value(&self) -> SettingValue;

    fn from_value(value: SettingValue) -> Option<Self>;
}

/// One of several values, each with its name in storage.
pub trait Choice: Copy + PartialEq + 'static {
    const EACH: &'static [Self];
    const NAMES: &'static [&'static str];
}

impl<T: Choice> SettingType for T {
    fn to_value(&self) -> SettingValue {
        let at = T::EACH.iter().position(|each| each == self);
        SettingValue::Choice(at.and_then(|at| T::NAMES.get(at)).copied().unwrap_or_default())
    }

    fn from_value(value: SettingValue) -> Option<Self> {
        let SettingValue::Choice(name) = value else { return None };
        T::NAMES.iter().position(|each| *each == name).and_then(|at| T::EACH.get(at)).copied()
    }
}

/// Implements [`SettingType`] for a type that one kind of value holds.
macro_rules! held {
    ($($type:ty as $kind:ident;)+) => { $(
        impl SettingType for $type {
            fn to_value(&self) -> SettingValue {
                SettingValue::$kind(self.clone())
            }

            fn from_value(value: SettingValue) -> Option<Self> {
                match value {
                    SettingValue::$kind(value) => Some(value),
                    _ => None,
                }
            }
        }
    )+ };
}

held! {
    bool as Switch;
    u32 as Number;
    Option<String> as Text;
    Option<ChannelId> as Channel;
    Option<Zone> as Zone;
    Option<Hours> as Hours;
    Option<Timestamp> as Until;
}

/// An entry of a list.
pub trait Listed: Serialize + DeserializeOwned {}

impl<T: Listed> SettingType for Vec<T> {
    fn to_value(&self) -> SettingValue {
        // A struct with text keys serializes.
        SettingValue::List(self.iter().filter_map(|entry| serde_json::to_value(entry).ok()).collect())
    }

    fn from_value(value: SettingValue) -> Option<Self> {
        let SettingValue::List(entries) = value else { return None };
        entries.into_iter().map(|entry| serde_json::from_value(entry).ok()).collect()
    }
}

/// A channel that cannot be left out.
impl SettingType for ChannelId {
    fn to_value(&self) -> SettingValue {
        SettingValue::Channel(Some(*self))
    }

    fn from_value(value: SettingValue) -> Option<Self> {
        Option::<Self>::from_value(value).flatten()
    }
}

/// In whole seconds.
impl SettingType for Duration {
    fn to_value(&self) -> SettingValue {
        SettingValue::Number(seconds(*self))
    }

    fn from_value(value: SettingValue) -> Option<Self> {
        u32::from_value(value).map(|seconds| Self::from_secs(seconds.into()))
    }
}

/// In order, each once: the order of a menu means nothing.
impl SettingType for Vec<RoleId> {
    fn to_value(&self) -> SettingValue {
        SettingValue::Roles(self.clone())
    }

    fn from_value(value: SettingValue) -> Option<Self> {
        let SettingValue::Roles(mut roles) = value else { return None };
        roles.sort_unstable();
        roles.dedup();
        Some(roles)
    }
}

pub(super) fn seconds(time: Duration) -> u32 {
    u32::try_from(time.as_secs()).unwrap_or(u32::MAX)
}
