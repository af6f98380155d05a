//! The settings of an inbox, and those of a server, each as one plain value, with defaults, limits and the check for
//! stale changes.
//!
//! Storage, a page in Discord and a file are projections of [`InboxSettings`] and [`ServerSettings`], without rules of
//! their own. A setting is one entry in `settings!` below: field, type, default and limit. Adding one changes that entry
//! and its texts (`setting-<group>-<name>`, the same with `-help`, and with `-value` for numbers and choices); its page
//! and the tables follow.
//!
//! Settings stored by a newer version are preserved, so that a downgrade and upgrade loses nothing. An unreadable value
//! of a known setting is an error: a silent default would be worse. Limits apply to changes only: a stored value stays
//! valid when its limit is lowered.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::admission::LONGEST_COOLDOWN;
use super::clock::Timestamp;
use super::embed::Embed;
use super::first_message::TemplateFile;
use super::form::Question;
use super::frequent::Frequent as FrequentAnswer;
use super::hours::Hours;
use super::ids::{ChannelId, RoleId};
use super::zone::Zone;
use super::{embed, first_message, form, frequent, starter, ticket_name};
use control::{Choice, Listed, SettingType};
use define::{choice, settings};
use limit::{Any, Characters, Checked, Delay, Limit, Roles, TypedEmoji};

pub use control::{Control, Setting, SettingGroup, SettingValue, Settings};
pub use log::LogKind;

mod control;
mod define;
mod limit;
mod log;
mod whole_seconds;

settings! {
    /// All settings of an inbox, except its staff.
    InboxSettings in Group;
    required [
        /// The channel in which threads are created. No default: an inbox never falls back to another channel.
        destination: ChannelId, of opening: Opening;
    ]
    beside [
        /// The members and roles who handle the tickets, kept in a separate list: see [`staff`](super::staff).
        Staff = "staff";
    ]
    /// How the inbox is offered on its panel.
    panel: PanelEntry {
        /// `None` is *Create Ticket* in the server's language. At most what a button holds (Discord: "Component
        /// Reference", button).
        label: Option<String> = None, Characters(80);
        /// As typed; `None`: no emoji.
        emoji: Option<String> = None, TypedEmoji;
        /// Of its button; entries of a menu have no color.
        color: ButtonColor = ButtonColor::Blue, Any;
        /// Below its label in a menu. At most what an entry holds (Discord: "Component Reference", string select).
        description: Option<String> = None, Characters(100);
    }
    /// How many tickets are opened, how often and where.
    opening: Opening {
        /// Open tickets per member; 0 is unlimited. At most 1,000, the number of threads of a server that can be active
        /// at once (Discord: "Threads", active thread limit).
        member_limit: u32 = 1, 0..=1_000;
        /// The least time between two tickets of one member; a longer slow mode of the panel's channel takes
        /// precedence.
        #[serde(with = "whole_seconds")]
        cooldown: Duration = Duration::from_mins(1), Duration::ZERO..=LONGEST_COOLDOWN;
        /// Open tickets of the inbox, of all members; 0 is unlimited.
        inbox_limit: u32 = 0, 0..=1_000;
    }
    /// Who may open tickets.
    access: Access {
        /// Members need one of these roles, any of them; empty: nobody needs one.
        required_roles: Vec<RoleId> = Vec::new(), Roles(MOST_ROLES);
        /// Members with one of these roles are refused.
        refused_roles: Vec<RoleId> = Vec::new(), Roles(MOST_ROLES);
        /// The least age of a member's account.
        #[serde(with = "whole_seconds")]
        account_age: Duration = Duration::ZERO, Delay(LONGEST_AGE);
        /// The least time since they joined the server.
        #[serde(with = "whole_seconds")]
        membership_age: Duration = Duration::ZERO, Delay(LONGEST_AGE);
    }
    /// When the staff is there.
    hours: OpeningHours {
        /// The zone of the hours; `None` is UTC.
        zone: Option<Zone> = None, Any;
        /// `None`: always.
        week: Option<Hours> = None, Any;
        /// What happens at other times.
        outside: Outside = Outside::Notice, Any;
    }
    /// A time without new tickets.
    pause: Pause {
        on: bool = false, Any;
        /// When it ends by itself.
        until: Option<Timestamp> = None, Any;
        /// What members are told.
        text: Option<String> = None, Characters(MAX_PAUSE_TEXT);
    }
    /// Answers to frequent questions, shown before.
    frequent: Frequent {
        /// None: nothing is shown.
        answers: Vec<FrequentAnswer> = Vec::new(), Checked { most: frequent::MOST, check: are_answers };
    }
    /// What members are asked before.
    form: Form {
        /// The questions; none: no form.
        questions: Vec<Question> = Vec::new(), Checked { most: form::MOST_QUESTIONS, check: are_questions };
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
    /// What the first message shows below its text.
    message: MessageParts {
        /// Their texts are templates.
        embeds: Vec<Embed> = Vec::new(), Checked { most: embed::MOST, check: embed::check };
        /// Their contents are stored beside the settings.
        files: Vec<TemplateFile> = Vec::new(), Checked {
            most: first_message::MOST_FILES, check: first_message::are_files
        };
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
        /// Owners may export their tickets while they are in them.
        owners_may_export: bool = true, Any;
    }
    /// The log of this inbox.
    log: Log {
        /// The channel; `None`: no log.
        channel: Option<ChannelId> = None, Any;
        /// Whether reasons are written into it.
        reasons: LogReasons = LogReasons::Alone, Any;
        /// A closed ticket is posted there as a file.
        attach_export: bool = false, Any;
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

fn are_questions(questions: &[Question]) -> bool {
    form::check(questions).is_ok()
}

fn are_answers(answers: &[FrequentAnswer]) -> bool {
    frequent::check(answers).is_ok()
}

impl Listed for Question {}
impl Listed for FrequentAnswer {}
impl Listed for Embed {}
impl Listed for TemplateFile {}

/// The most days of a setting: ten years.
const MOST_DAYS: u32 = 3_650;

/// The same as an age.
const LONGEST_AGE: Duration = Duration::from_hours(24 * 3_650);

/// The most characters of what members are told during a pause.
const MAX_PAUSE_TEXT: usize = 300;

/// The most roles of a setting: as many as a menu can show (Discord: "Component Reference", role select).
const MOST_ROLES: usize = 25;

settings! {
    /// All settings of a server that are not those of one inbox.
    #[derive(Default)]
    ServerSettings in ServerGroup;
    required []
    beside []
    /// How many tickets are opened in all inboxes together.
    limits: Limits {
        /// Open tickets of a member; 0 is unlimited.
        member_limit: u32 = 0, 0..=1_000;
        /// Tickets that are opened within a minute; 0 is unlimited. Against raids.
        minute_limit: u32 = 0, 0..=1_000;
    }
    /// A time without new tickets in the whole server.
    pause: ServerPause {
        on: bool = false, Any;
        /// When it ends by itself.
        until: Option<Timestamp> = None, Any;
        /// What members are told.
        text: Option<String> = None, Characters(MAX_PAUSE_TEXT);
    }
    /// The log of all inboxes of the server.
    log: CommonLog {
        /// The channel; `None`: no log.
        channel: Option<ChannelId> = None, Any;
        /// Reasons are written into it. Off: its readers may be staff of only some of the inboxes.
        reasons: bool = false, Any;
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

choice! {
    /// The color of a button.
    ButtonColor {
        Blue = "blue",
        Grey = "grey",
        Green = "green",
        Red = "red",
    }
}

choice! {
    /// How the first message of a ticket mentions the staff.
    MentionStaff {
        Ping = "ping",
        /// Without a notification.
        Silent = "silent",
        No = "no",
    }
}

choice! {
    /// What happens outside the opening hours.
    Outside {
        /// Tickets are opened, and the member is told when staff are back.
        Notice = "notice",
        Refuse = "refuse",
    }
}

/// Both pauses are alike.
macro_rules! pauses {
    ($($Pause:ident),+) => { $(
        impl $Pause {
            /// Whether it lasts at that time.
            pub fn lasts(&self, now: Timestamp) -> bool {
                self.on && self.until.is_none_or(|until| until > now)
            }

            /// Switches off a pause that has ended, so that it can be switched on again.
            pub fn settle(&mut self, now: Timestamp) {
                if self.until.is_some_and(|until| until <= now) {
                    (self.on, self.until) = (false, None);
                }
            }
        }
    )+ };
}

pauses!(Pause, ServerPause);

choice! {
    /// Whether who closes a ticket is asked for a reason.
    AskReason {
        Never = "never",
        Optional = "optional",
        Always = "always",
    }
}

choice! {
    /// Whether reasons are written into the log of an inbox.
    LogReasons {
        /// Unless it is also the log of other inboxes: its readers may be staff of only some of them.
        Alone = "alone",
        Always = "always",
        Never = "never",
    }
}

/// The values that differ from the default, by group, and unknown ones: untouched settings follow the default.
pub fn to_stored<S: Settings>(settings: &S) -> Map<String, Value> {
    let (mut own, default) = (object(settings), object(&settings.defaults()));
    own.retain(|key, value| match (value, default.get(key)) {
        (Value::Object(group), Some(Value::Object(default))) => {
            group.retain(|setting, value| default.get(setting) != Some(value));
            !group.is_empty()
        }
        _ => true,
    });
    own
}

fn object(settings: &impl Settings) -> Map<String, Value> {
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
    pub fn of(&self, group: impl SettingGroup) -> u32 {
        self.0.get(group.key()).copied().unwrap_or_default()
    }

    /// Counts a change.
    pub fn advance(&mut self, group: impl SettingGroup) {
        *self.0.entry(group.key().to_owned()).or_default() += 1;
    }

    /// Refuses a change based on an older revision of the group.
    pub fn check(&self, base: Base<impl SettingGroup>) -> Result<(), Refusal> {
        if self.of(base.group) == base.revision { Ok(()) } else { Err(Refusal::Stale) }
    }
}

/// The revision of a group that an editor started from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Base<G = Group> {
    pub group: G,
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
pub fn change<S: Settings>(
    before: &S,
    revisions: &Revisions,
    base: Option<Base<S::Group>>,
    edit: impl FnOnce(&mut S),
) -> Result<(S, Revisions), Refusal> {
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

#[cfg(test)]
mod tests;
