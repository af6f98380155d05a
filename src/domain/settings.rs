//! The settings of an inbox as one plain value, with defaults, limits and the check for stale changes.
//!
//! Storage, a page in Discord and a file are projections of [`InboxSettings`] by serde, without rules of their own. A
//! setting is one entry in `settings!` below: field, type, default and limit. Adding one changes that entry and its
//! texts; the tables stay unchanged.
//!
//! Settings stored by a newer version are preserved, so that a downgrade and upgrade loses nothing. An unreadable value
//! of a known setting is an error: a silent default would be worse. Limits apply to changes only: a stored value stays
//! valid when its limit is lowered.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::admission::LONGEST_COOLDOWN;
use super::ids::ChannelId;
use super::{starter, ticket_name};

/// Defines the groups of settings. One page or form changes a group as a whole; it has one revision.
macro_rules! settings {
    ($(
        $(#[$group_doc:meta])*
        $group:ident: $Group:ident {
            $( $(#[$about:meta])* $name:ident: $type:ty = $default:expr, $limit:expr; )+
        }
    )+) => {
        /// A unit of change with one revision.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Group {
            $( $(#[$group_doc])* $Group, )+
            /// The members and roles who handle the tickets, kept in a separate list: see [`staff`](super::staff).
            Staff,
        }

        impl Group {
            pub const EACH: &[Self] = &[$(Self::$Group,)+ Self::Staff];

            /// Its name in storage and files.
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
            #[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
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

        /// All settings of an inbox, except its staff.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub struct InboxSettings {
            /// The channel in which threads are created. No default: an inbox never falls back to another channel.
            pub destination: ChannelId,
            $( $(#[$group_doc])* #[serde(default)] pub $group: $Group, )+
            #[serde(flatten)]
            unknown: BTreeMap<String, Value>,
        }

        impl InboxSettings {
            /// All defaults.
            pub fn new(destination: ChannelId) -> Self {
                Self { destination, $($group: $Group::default(),)+ unknown: BTreeMap::new() }
            }

            /// The groups that differ.
            fn changed_since(&self, before: &Self) -> Vec<Group> {
                let mut changed = Vec::new();
                $( if self.$group != before.$group { changed.push(Group::$Group); } )+
                if self.destination != before.destination && !changed.contains(&Group::Opening) {
                    changed.push(Group::Opening);
                }
                changed
            }

            /// Refuses a changed value beyond its limit.
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
    /// Who may open tickets, how many, how often and where.
    opening: Opening {
        /// Open tickets per member; 0 is unlimited. At most 1,000, the number of threads of a server that can be active
        /// at once (Discord: "Threads", active thread limit).
        member_limit: u32 = 1, 0..=1_000;
        /// The least time between two tickets of one member; a longer slow mode of the panel's channel takes
        /// precedence.
        #[serde(with = "whole_seconds")]
        cooldown: Duration = Duration::from_mins(1), Duration::ZERO..=LONGEST_COOLDOWN;
    }
    /// The beginning of a ticket.
    beginning: Beginning {
        /// The template of the first message; `None` is the default sentence in the guild's language.
        starter: Option<String> = None, Characters(starter::MAX_LENGTH);
        /// The template of the thread's name; `None` is [`ticket_name::DEFAULT_TEMPLATE`].
        ticket_name: Option<String> = None, Characters(ticket_name::MAX_LENGTH);
        /// How the first message mentions the staff.
        mention_staff: MentionStaff = MentionStaff::Ping, Any;
        /// The first message has a *Close* button.
        close_button: bool = true, Any;
        /// The first message has a *Claim* button.
        claim_button: bool = false, Any;
    }
    /// How tickets end and come back.
    closing: Closing {
        /// Owners may close their tickets.
        owners_may_close: bool = true, Any;
        /// Whether who closes is asked for a reason.
        ask_reason: AskReason = AskReason::Optional, Any;
        /// Owners may re-open their tickets.
        owners_may_reopen: bool = false, Any;
        /// For how many days after the closing; 0 is without an end.
        reopen_days: u32 = 0, 0..=MOST_DAYS;
        /// A closed ticket's thread is archived after so many hours; 0 is at once. At most seven days: Discord archives
        /// a quiet thread then at the latest.
        visible_hours: u32 = 0, 0..=168;
        /// A closed ticket's thread is deleted after so many days; 0 is never.
        delete_days: u32 = 0, 0..=MOST_DAYS;
    }
    /// How the staff works.
    work: Work {
        /// The channel with a card for each ticket.
        card_channel: Option<ChannelId> = None, Any;
        /// A card mentions the staff.
        mention_on_card: bool = false, Any;
        /// A claimed ticket is not taken over by another claim.
        one_claimer: bool = false, Any;
        /// Owners may add members to their tickets.
        owners_may_add: bool = false, Any;
    }
    /// The log of this inbox.
    log: Log {
        /// The channel; `None`: no log.
        channel: Option<ChannelId> = None, Any;
        /// Reasons are written into it.
        reasons: bool = true, Any;
        /// What is written into it.
        opened: bool = true, Any;
        claimed: bool = true, Any;
        closed: bool = true, Any;
        reopened: bool = true, Any;
        moved: bool = true, Any;
        people: bool = true, Any;
        deleted: bool = true, Any;
        blocked: bool = true, Any;
    }
}

/// The most days of a setting: ten years.
const MOST_DAYS: u32 = 3_650;

/// How the first message of a ticket mentions the staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionStaff {
    Ping,
    /// Without a notification.
    Silent,
    No,
}

/// Whether who closes a ticket is asked for a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AskReason {
    Never,
    Optional,
    Always,
}

impl InboxSettings {
    /// The values that differ from the default, by group, and unknown ones: untouched settings follow the default.
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
        // A struct with text keys serializes to an object.
        _ => unreachable!("settings did not serialize to an object"),
    }
}

/// The number of changes of each group.
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

    /// Refuses a change based on an older revision of the group.
    pub fn check(&self, base: Base) -> Result<(), Refusal> {
        if self.of(base.group) == base.revision { Ok(()) } else { Err(Refusal::Stale) }
    }
}

/// The revision of a group that an editor started from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Base {
    pub group: Group,
    pub revision: u32,
}

/// Why a change is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The group has changed since.
    Stale,
    /// `setting` is group and name, as in `opening.cooldown`.
    BeyondLimit { setting: &'static str },
}

/// Applies a change, or refuses it, and increments the revision of each changed group. `base` is `None` for a change
/// that sets a value whatever it was before.
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

/// The allowed values of a setting.
trait Limit<T> {
    fn allows(&self, value: &T) -> bool;
}

impl<T: PartialOrd> Limit<T> for RangeInclusive<T> {
    fn allows(&self, value: &T) -> bool {
        self.contains(value)
    }
}

/// Every value of the type.
struct Any;

impl<T> Limit<T> for Any {
    fn allows(&self, _: &T) -> bool {
        true
    }
}

/// A maximum number of characters.
struct Characters(usize);

impl Limit<Option<String>> for Characters {
    fn allows(&self, value: &Option<String>) -> bool {
        value.as_deref().is_none_or(|text| text.chars().count() <= self.0)
    }
}

/// A duration stored as a whole number of seconds.
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
