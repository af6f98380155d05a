//! The settings of an inbox as one plain value: what there is, its default, its limits, and when a change is stale.
//!
//! Storage, a page in Discord and a file are projections of [`InboxSettings`] by serde, and have no rules of their own. A setting
//! is one entry in [`settings!`] below: field, type, default and limit. Adding one touches that entry and the texts that ask for
//! it; storage keeps it without a change of tables.
//!
//! What a newer version has stored and this one does not know is kept as it is, so that going back to an older version and
//! forward again loses nothing. A known setting whose value cannot be read is an error: opening tickets by a default that nobody
//! chose would be worse than saying so. A stored value beyond its limit counts, and only a change is checked: a limit that was
//! lowered takes nothing away.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::admission::LONGEST_COOLDOWN;
use super::ids::ChannelId;
use super::{starter, ticket_name};

/// Defines the groups of settings. A group is changed as a whole by one page or form, and has one revision.
macro_rules! settings {
    ($(
        $(#[$group_doc:meta])*
        $group:ident: $Group:ident {
            $( $(#[$about:meta])* $name:ident: $type:ty = $default:expr, $limit:expr; )+
        }
    )+) => {
        /// What is changed together and has one revision.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Group {
            $( $(#[$group_doc])* $Group, )+
            /// The members and roles who look after the tickets. They are a list of their own, see [`staff`](super::staff).
            Staff,
        }

        impl Group {
            pub const EACH: &[Self] = &[$(Self::$Group,)+ Self::Staff];

            /// Its name wherever settings are written down.
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$Group => stringify!($group),)+
                    Self::Staff => "staff",
                }
            }
        }

        $(
            $(#[$group_doc])*
            #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
            #[serde(default)]
            pub struct $Group {
                $( $(#[$about])* pub $name: $type, )+
                #[serde(flatten)]
                unknown: BTreeMap<String, Value>,
            }

            impl Default for $Group {
                fn default() -> Self {
                    Self { $($name: $default,)+ unknown: BTreeMap::new() }
                }
            }
        )+

        /// Everything that admins can set for an inbox, apart from its staff.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub struct InboxSettings {
            /// The channel in which threads are made. It has no default: an inbox never falls back to another channel.
            pub destination: ChannelId,
            $( $(#[$group_doc])* #[serde(default)] pub $group: $Group, )+
            #[serde(flatten)]
            unknown: BTreeMap<String, Value>,
        }

        impl InboxSettings {
            /// Everything at its default.
            pub fn new(destination: ChannelId) -> Self {
                Self { destination, $($group: $Group::default(),)+ unknown: BTreeMap::new() }
            }

            /// The groups in which these differ from others.
            fn changed_since(&self, before: &Self) -> Vec<Group> {
                let mut changed = Vec::new();
                $( if self.$group != before.$group { changed.push(Group::$Group); } )+
                if self.destination != before.destination && !changed.contains(&Group::Opening) {
                    changed.push(Group::Opening);
                }
                changed
            }

            /// Refuses what was changed to a value beyond its limit.
            fn check_change(&self, before: &Self) -> Result<(), Refusal> {
                $($(
                    let (new, old) = (&self.$group.$name, &before.$group.$name);
                    if new != old && !Limit::allows(&$limit, new) {
                        let setting = concat!(stringify!($group), ".", stringify!($name));
                        return Err(Refusal::BeyondLimit { setting });
                    }
                )+)+
                Ok(())
            }
        }
    };
}

settings! {
    /// Who may open tickets, how many and how often, and where they go.
    opening: Opening {
        /// Tickets that one member may have open at once; 0 is any number. At most 1,000, which is how many threads of a server
        /// can be active at once (Discord: "Threads", active thread limit).
        member_limit: u32 = 1, 0..=1_000;
        /// The least time between two tickets of one member; the slow mode of the panel's channel counts where it is longer.
        #[serde(with = "whole_seconds")]
        cooldown: Duration = Duration::from_mins(1), Duration::ZERO..=LONGEST_COOLDOWN;
    }
    /// What a new ticket begins with.
    beginning: Beginning {
        /// The template of the first message; `None` is the default sentence in the guild's language.
        starter: Option<String> = None, Characters(starter::MAX_LENGTH);
        /// The template of the thread's name; `None` is [`ticket_name::DEFAULT_TEMPLATE`].
        ticket_name: Option<String> = None, Characters(ticket_name::MAX_LENGTH);
    }
}

impl InboxSettings {
    /// Only what is not at its default, by group, and what is not known: what nobody has touched follows the default.
    pub fn to_stored(&self) -> Map<String, Value> {
        let (mut own, default) = (object(self), object(&Self::new(self.destination)));
        own.retain(|key, value| match (value, default.get(key)) {
            (Value::Object(group), Some(Value::Object(default))) => {
                group.retain(|setting, value| default.get(setting) != Some(value));
                !group.is_empty()
            }
            _ => true,
        });
        own
    }
}

fn object(settings: &InboxSettings) -> Map<String, Value> {
    match serde_json::to_value(settings) {
        Ok(Value::Object(object)) => object,
        // A struct with text keys is an object.
        _ => unreachable!("settings that are no JSON object"),
    }
}

/// How often each group was changed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Revisions(BTreeMap<String, u32>);

impl Revisions {
    pub fn of(&self, group: Group) -> u32 {
        self.0.get(group.key()).copied().unwrap_or_default()
    }

    /// Counts a change.
    pub fn advance(&mut self, group: Group) {
        *self.0.entry(group.key().to_owned()).or_default() += 1;
    }

    /// Refuses a change that was begun before another one of the same group.
    pub fn check(&self, base: Base) -> Result<(), Refusal> {
        if self.of(base.group) == base.revision { Ok(()) } else { Err(Refusal::Stale) }
    }
}

/// What somebody saw of a group when they began to change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Base {
    pub group: Group,
    pub revision: u32,
}

/// Why a change is not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The group was changed since.
    Stale,
    /// `setting` is the group and the setting, as in `opening.cooldown`.
    BeyondLimit { setting: &'static str },
}

/// Makes a change, or says why not, and counts it in each group that it changes. `base` is `None` for a change that says in one
/// step what shall be, whatever was there before.
pub fn change(
    before: &InboxSettings,
    revisions: &Revisions,
    base: Option<Base>,
    edit: impl FnOnce(&mut InboxSettings),
) -> Result<(InboxSettings, Revisions), Refusal> {
    if let Some(base) = base {
        revisions.check(base)?;
    }
    let (mut after, mut revisions) = (before.clone(), revisions.clone());
    edit(&mut after);
    after.check_change(before)?;
    for group in after.changed_since(before) {
        revisions.advance(group);
    }
    Ok((after, revisions))
}

/// What a setting may be.
trait Limit<T> {
    fn allows(&self, value: &T) -> bool;
}

impl<T: PartialOrd> Limit<T> for RangeInclusive<T> {
    fn allows(&self, value: &T) -> bool {
        self.contains(value)
    }
}

/// At most so many characters.
struct Characters(usize);

impl Limit<Option<String>> for Characters {
    fn allows(&self, value: &Option<String>) -> bool {
        value.as_deref().is_none_or(|text| text.chars().count() <= self.0)
    }
}

/// A time written as a whole number of seconds.
mod whole_seconds {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(time: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(time.as_secs())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        u64::deserialize(deserializer).map(Duration::from_secs)
    }
}

#[cfg(test)]
mod tests;
