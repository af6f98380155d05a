//! Private threads: create, fill, find, remove.

mod posts;
mod remove;

pub use posts::{
    FirstPost, Posts, edit_message, first_own_post, has_written_after, post_first, post_line, post_notice,
    post_quietly, post_with_buttons, posts_since,
};
pub(super) use posts::{WRITTEN, post_once, post_once_with};
pub use remove::{Removed, delete, remove};

use std::time::Duration;

use poise::serenity_prelude as serenity;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use serenity::{AutoArchiveDuration, ChannelType, CreateThread, EditThread, ThreadMetadata};

use super::convert;
use super::rest::{Rest, Route};
use super::rest_error::{Refusal, RestError};
use crate::domain::clock::Timestamp;
use crate::domain::command_sync::fingerprint;
use crate::domain::ids::{ChannelId, GuildId, MessageId, ThreadId, UserId};
use crate::domain::lifecycle::Flags;

/// What is read of a thread (Discord: "Channel", channel object).
#[derive(Debug, Deserialize)]
pub(super) struct WireThread {
    id: serenity::ChannelId,
    #[serde(rename = "type")]
    kind: ChannelType,
    #[serde(default)]
    name: String,
    guild_id: Option<serenity::GuildId>,
    parent_id: Option<serenity::ChannelId>,
    owner_id: Option<serenity::UserId>,
    last_message_id: Option<serenity::MessageId>,
    thread_metadata: Option<ThreadMetadata>,
    /// Present only if the thread is new; otherwise the bot was added to it.
    #[serde(default)]
    newly_created: bool,
}

impl WireThread {
    fn flags(&self) -> Flags {
        self.thread_metadata.as_ref().map_or(Flags::NEW, convert::flags)
    }

    pub(super) fn guild(&self) -> Option<GuildId> {
        self.guild_id.map(GuildId::from)
    }

    pub(super) fn is_new(&self) -> bool {
        self.newly_created
    }

    /// `None` for what is no thread.
    pub(super) fn sighting(&self) -> Option<ThreadSnapshot> {
        let metadata = self.thread_metadata.as_ref()?;
        Some(ThreadSnapshot {
            thread: self.id.into(),
            owner: self.owner_id.map(UserId::from),
            parent: self.parent_id.map(ChannelId::from),
            flags: convert::flags(metadata),
            last_posted: self.last_message_id.map(|message| MessageId::from(message).created_at()),
            auto_archive: Duration::from_mins(u16::from(metadata.auto_archive_duration).into()),
        })
    }
}

/// Reads a list item by item: malformed items are left out without affecting the others.
pub(super) fn readable<'de, D: Deserializer<'de>, T: DeserializeOwned>(list: D) -> Result<Vec<T>, D::Error> {
    let items = Vec::<Box<RawValue>>::deserialize(list)?;
    Ok(items.iter().filter_map(|item| serde_json::from_str(item.get()).ok()).collect())
}

#[derive(Debug, Deserialize)]
struct WireThreads {
    #[serde(deserialize_with = "readable")]
    threads: Vec<WireThread>,
}

impl WireThreads {
    fn made_by(self, bot: UserId) -> Vec<MadeThread> {
        let is_own = |thread: &WireThread| {
            thread.kind == ChannelType::PrivateThread && thread.owner_id.map(UserId::from) == Some(bot)
        };
        let made = self.threads.into_iter().filter(is_own).filter_map(|thread| {
            let id = ThreadId::from(thread.id);
            Some(MadeThread {
                id,
                parent: thread.parent_id?.into(),
                made_at: id.created_at(),
                sighting: thread.sighting()?,
                name: thread.name,
            })
        });
        made.collect()
    }
}

/// A private thread created by the bot, from a list of active threads.
#[derive(Clone, Debug)]
pub struct MadeThread {
    pub id: ThreadId,
    pub parent: ChannelId,
    pub name: String,
    pub made_at: Timestamp,
    pub sighting: ThreadSnapshot,
}

/// A thread that exists, seen in an event, a response or a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThreadSnapshot {
    pub thread: ThreadId,
    /// Its creator (Discord: "Channel", `owner_id`).
    pub owner: Option<UserId>,
    pub parent: Option<ChannelId>,
    pub flags: Flags,
    /// The time of the last post.
    pub last_posted: Option<Timestamp>,
    /// The inactivity after which Discord archives it.
    pub auto_archive: Duration,
}

impl ThreadSnapshot {
    /// No post since then, not even a system message.
    pub fn is_silent_since(&self, since: Timestamp) -> bool {
        self.last_posted.is_none_or(|last| last <= since)
    }
}

impl MadeThread {
    /// Whether its name has this fingerprint.
    pub fn has_name_like(&self, name_digest: &str) -> bool {
        fingerprint(&self.name) == name_digest
    }
}

/// Creates a private thread; only staff may add people.
pub async fn create_private(rest: &Rest, parent: ChannelId, name: &str, reason: &str) -> Result<ThreadId, RestError> {
    let thread = CreateThread::new(name)
        .kind(ChannelType::PrivateThread)
        .invitable(false)
        // The maximum: a thread archived by the timer is harder to find, and a ticket ends by being closed.
        .auto_archive_duration(AutoArchiveDuration::OneWeek);
    let request = rest.post(Route::Threads(parent)).json(&thread).reason(reason).begins_ticket();
    let made = ThreadId::from(request.fetch::<WireThread>().await?.id);
    rest.note_begun(made);
    Ok(made)
}

/// Adds a member to a thread. Discord refuses when they cannot see its parent.
pub async fn add_member(rest: &Rest, thread: ThreadId, user: UserId) -> Result<(), RestError> {
    rest.put(Route::ThreadMember(thread.as_channel(), user)).follows_in(thread).send().await
}

/// Archives a thread, and locks it if requested and permitted: locking needs Manage Threads, archiving the bot's own
/// thread does not. Returns the resulting flags.
pub async fn archive(rest: &Rest, thread: ThreadId, lock: bool, reason: &str) -> Result<Flags, RestError> {
    let answered = match edit_archived(rest, thread, true, lock, reason).await {
        Err(fault) if lock && fault.is_forbidden() => edit_archived(rest, thread, true, false, reason).await,
        answered => answered,
    };
    match answered {
        Err(fault) if fault.refusal() == Some(Refusal::ThreadArchived) => {
            archive_archived(rest, thread, lock, reason).await
        }
        answered => answered,
    }
}

/// The same for a thread that is archived already. It can only be locked together with un-archiving it (Discord:
/// "Channel", Modify Channel), and is archived again.
async fn archive_archived(rest: &Rest, thread: ThreadId, lock: bool, reason: &str) -> Result<Flags, RestError> {
    if lock {
        match edit_archived(rest, thread, false, true, reason).await {
            Ok(_) => return edit_archived(rest, thread, true, false, reason).await,
            Err(fault) if fault.is_forbidden() => {}
            Err(fault) => return Err(fault),
        }
    }
    let found: WireThread = rest.get(Route::Channel(thread.as_channel())).fetch().await?;
    Ok(found.flags())
}

async fn edit_archived(
    rest: &Rest,
    thread: ThreadId,
    archived: bool,
    lock: bool,
    reason: &str,
) -> Result<Flags, RestError> {
    let mut edit = EditThread::new().archived(archived);
    if lock {
        edit = edit.locked(true);
    }
    let edited: WireThread = rest.patch(Route::Channel(thread.as_channel())).json(&edit).reason(reason).fetch().await?;
    Ok(edited.flags())
}

/// Un-archives an unlocked thread of the bot.
pub async fn unarchive(rest: &Rest, thread: ThreadId) -> Result<(), RestError> {
    reopen(rest, thread, true, false).await.map(drop)
}

/// Un-archives a thread, or unlocks it, which needs Manage Threads, or both. Returns the resulting flags.
pub async fn reopen(rest: &Rest, thread: ThreadId, unarchive: bool, unlock: bool) -> Result<Flags, RestError> {
    let mut edit = EditThread::new();
    if unarchive {
        edit = edit.archived(false);
    }
    if unlock {
        edit = edit.locked(false);
    }
    let edited: WireThread = rest.patch(Route::Channel(thread.as_channel())).json(&edit).fetch().await?;
    Ok(edited.flags())
}

/// A guild's active private threads created by the bot.
pub async fn list_made(rest: &Rest, guild: GuildId, bot: UserId) -> Result<Vec<MadeThread>, RestError> {
    let active: WireThreads = rest.get(Route::ActiveThreads(guild)).fetch().await?;
    Ok(active.made_by(bot))
}

/// A channel's newest archived private threads created by the bot; empty without Read Message History (Discord: "List
/// Joined Private Archived Threads") or the channel. `Err` if the bot cannot view it: it may have threads.
pub async fn list_archived(rest: &Rest, parent: ChannelId, bot: UserId) -> Result<Vec<MadeThread>, RestError> {
    let refused = match rest.get(Route::ArchivedThreads(parent)).fetch::<WireThreads>().await {
        Ok(archived) => return Ok(archived.made_by(bot)),
        Err(fault) if fault.is_final() => fault,
        Err(fault) => return Err(fault),
    };
    let is_doubtful = refused.refusal() == Some(Refusal::MissingAccess);
    match if is_doubtful { rest.get(Route::Channel(parent)).send().await } else { Ok(()) } {
        Err(fault) if fault.refusal() != Some(Refusal::Unknown) => Err(fault),
        _ => Ok(Vec::new()),
    }
}

/// Requests a thread; `None` if Discord says that it is gone.
pub async fn look(rest: &Rest, thread: ThreadId) -> Result<Option<ThreadSnapshot>, RestError> {
    match rest.get(Route::Channel(thread.as_channel())).fetch::<WireThread>().await {
        Ok(found) => Ok(found.sighting()),
        Err(fault) if fault.refusal() == Some(Refusal::Unknown) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// Whether a user is in a thread; false only if Discord says so.
pub async fn has_member(rest: &Rest, thread: ThreadId, user: UserId) -> Result<bool, RestError> {
    match rest.get(Route::ThreadMember(thread.as_channel(), user)).send().await {
        Ok(()) => Ok(true),
        Err(fault) if fault.refusal() == Some(Refusal::UnknownMember) => Ok(false),
        Err(fault) => Err(fault),
    }
}
