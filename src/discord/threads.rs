//! Private threads: make, fill, find, take away.

use std::time::Duration;

use poise::serenity_prelude as serenity;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;
use serenity::{
    AutoArchiveDuration, ChannelType, CreateAllowedMentions, CreateMessage, CreateThread, EditThread, ThreadMetadata,
};

use super::convert;
use super::fault::{Fault, Refusal};
use super::rest::{Request, Rest, Route};
use crate::domain::clock::Timestamp;
use crate::domain::command_sync::fingerprint;
use crate::domain::ids::{ChannelId, GuildId, MessageId, ThreadId, UserId};
use crate::domain::lifecycle::Flags;
use crate::domain::starter::Starter;

/// What we read of a thread (Discord: "Channel", channel object).
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
    /// Only in the event of its making; that it is missing there says that the bot was brought in.
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
    pub(super) fn sighting(&self) -> Option<Sighting> {
        let metadata = self.thread_metadata.as_ref()?;
        Some(Sighting {
            thread: self.id.into(),
            owner: self.owner_id.map(UserId::from),
            parent: self.parent_id.map(ChannelId::from),
            flags: convert::flags(metadata),
            last_posted: self.last_message_id.map(|message| MessageId::from(message).created_at()),
            auto_archive: Duration::from_mins(u16::from(metadata.auto_archive_duration).into()),
        })
    }
}

/// Reads a list item by item: what has a shape that we do not know is left out, and does not hide the others.
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

/// What we read of a message: who wrote it, never what.
#[derive(Debug, Deserialize)]
struct WireMessage {
    id: serenity::MessageId,
    #[serde(rename = "type")]
    kind: u8,
    author: WireAuthor,
}

#[derive(Debug, Deserialize)]
struct WireMessages(#[serde(deserialize_with = "readable")] Vec<WireMessage>);

#[derive(Debug, Deserialize)]
struct WireAuthor {
    id: serenity::UserId,
}

/// A message and an answer to one (Discord: "Message", message types). All others are Discord's own words, such as that
/// somebody was added to a thread.
const WRITTEN: [u8; 2] = [0, 19];

/// A private thread that the bot has made, as a list of active threads shows it.
#[derive(Clone, Debug)]
pub struct MadeThread {
    pub id: ThreadId,
    pub parent: ChannelId,
    pub name: String,
    pub made_at: Timestamp,
    pub sighting: Sighting,
}

/// A thread that exists, as it was seen in an event, an answer or a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sighting {
    pub thread: ThreadId,
    /// Who made it (Discord: "Channel", `owner_id`).
    pub owner: Option<UserId>,
    pub parent: Option<ChannelId>,
    pub flags: Flags,
    /// When something was last posted in it.
    pub last_posted: Option<Timestamp>,
    /// How long it has to be quiet before Discord archives it.
    pub auto_archive: Duration,
}

impl Sighting {
    /// Nothing was posted in it since then, not even by Discord.
    pub fn is_silent_since(&self, since: Timestamp) -> bool {
        self.last_posted.is_none_or(|last| last <= since)
    }
}

/// Who has written in a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posts {
    /// When the bot wrote first.
    pub own: Option<Timestamp>,
    /// Somebody else did.
    pub others: bool,
}

impl Posts {
    const NONE: Self = Self { own: None, others: false };

    fn among(shown: &[WireMessage], bot: UserId) -> Self {
        let written = shown.iter().filter(|message| WRITTEN.contains(&message.kind));
        let (own, others): (Vec<_>, Vec<_>) = written.partition(|message| UserId::from(message.author.id) == bot);
        let own = own.iter().map(|message| MessageId::from(message.id).created_at()).min();
        Self { own, others: !others.is_empty() }
    }
}

impl MadeThread {
    /// Whether its name has this fingerprint.
    pub fn has_name_like(&self, name_digest: &str) -> bool {
        fingerprint(&self.name) == name_digest
    }
}

/// Makes a private thread to which only staff may add people.
pub async fn create_private(rest: &Rest, parent: ChannelId, name: &str, reason: &str) -> Result<ThreadId, Fault> {
    let thread = CreateThread::new(name)
        .kind(ChannelType::PrivateThread)
        .invitable(false)
        // The longest there is: what is archived by the timer is harder to find, and a ticket ends by being closed.
        .auto_archive_duration(AutoArchiveDuration::OneWeek);
    let request = rest.post(Route::Threads(parent)).json(&thread).reason(reason).begins_ticket();
    let made = ThreadId::from(request.fetch::<WireThread>().await?.id);
    rest.note_begun(made);
    Ok(made)
}

/// Adds a member to a thread. Discord refuses when they cannot see its parent.
pub async fn add_member(rest: &Rest, thread: ThreadId, user: UserId) -> Result<(), Fault> {
    rest.put(Route::ThreadMember(thread.as_channel(), user)).follows_in(thread).send().await
}

/// Posts the starter message, which brings in whom it mentions. Posted twice with one nonce, it stands once.
pub async fn post_starter(rest: &Rest, thread: ThreadId, starter: &Starter, nonce: &str) -> Result<MessageId, Fault> {
    let mentions = CreateAllowedMentions::new()
        .users(starter.users.iter().copied().map(serenity::UserId::from))
        .roles(starter.roles.iter().copied().map(serenity::RoleId::from));
    let message = CreateMessage::new().content(&starter.content).allowed_mentions(mentions);
    let posted = post_once(&message, nonce, || rest.post(Route::Messages(thread.as_channel())).ends_in(thread)).await?;
    if posted.flags.as_u64().is_some_and(|flags| flags & ROLES_NOT_ADDED != 0) {
        // Their members are too many to be added one by one; those who are staff by name are in.
        tracing::warn!(thread.id = %thread, "Discord added nobody of a staff role to a ticket: it has too many members");
    }
    Ok(posted.id.into())
}

/// `FAILED_TO_MENTION_SOME_ROLES_IN_THREAD` (Discord: "Message", message flags).
const ROLES_NOT_ADDED: u64 = 1 << 8;

/// What we read of a message that was posted.
#[derive(Debug, Deserialize)]
struct Posted {
    id: serenity::MessageId,
    #[serde(default)]
    flags: Value,
}

/// Posts a text that mentions nobody. Posted twice with one nonce, it stands once.
pub async fn post_notice(rest: &Rest, thread: ThreadId, text: &str, nonce: &str) -> Result<MessageId, Fault> {
    let message = CreateMessage::new().content(text).allowed_mentions(CreateAllowedMentions::new());
    Ok(post_once(&message, nonce, || rest.post(Route::Messages(thread.as_channel()))).await?.id.into())
}

/// Discord drops the second of two messages with one nonce "in the past few minutes" (Discord: "Create Message",
/// `enforce_nonce`), so it may be posted again at once when no answer came.
async fn post_once<'a>(
    message: &CreateMessage,
    nonce: &str,
    request: impl Fn() -> Request<'a>,
) -> Result<Posted, Fault> {
    let message = message.clone().nonce(serenity::Nonce::String(nonce.to_owned())).enforce_nonce(true);
    let post = || request().json(&message).fetch();
    match post().await {
        Err(fault) if fault.may_have_acted() => post().await,
        answered => answered,
    }
}

/// The same among the newest posts, however much was written since.
pub async fn newest_posts_since(
    rest: &Rest,
    seen: &Sighting,
    since: Timestamp,
    bot: UserId,
) -> Result<Option<Posts>, Fault> {
    if seen.is_silent_since(since) {
        return Ok(Some(Posts::NONE));
    }
    let shown = shown(rest.get(Route::Messages(seen.thread.as_channel()))).await?;
    Ok(shown.map(|mut shown| {
        shown.retain(|message| MessageId::from(message.id).created_at() > since);
        Posts::among(&shown, bot)
    }))
}

/// Messages that Discord shows; `None` when it does not show them, or none.
async fn shown(request: Request<'_>) -> Result<Option<Vec<WireMessage>>, Fault> {
    match request.fetch::<WireMessages>().await {
        Ok(WireMessages(shown)) if shown.is_empty() => Ok(None),
        Ok(WireMessages(shown)) => Ok(Some(shown)),
        Err(fault) if matches!(fault.refusal(), Some(Refusal::MissingAccess | Refusal::MissingPermissions)) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// Who has written in a thread since then; `None` when Discord does not show it, for which it wants Read Message History
/// (Discord: "Get Channel Messages").
pub async fn posts_since(rest: &Rest, seen: &Sighting, since: Timestamp, bot: UserId) -> Result<Option<Posts>, Fault> {
    if seen.is_silent_since(since) {
        return Ok(Some(Posts::NONE));
    }
    let route = Route::MessagesAfter(seen.thread.as_channel(), MessageId::first_at(since));
    Ok(shown(rest.get(route)).await?.map(|shown| Posts::among(&shown, bot)))
}

/// Archives a thread, and locks it where asked and granted: locking needs Manage Threads, archiving a thread of one's own
/// does not. Returns what the thread is like now.
pub async fn archive(rest: &Rest, thread: ThreadId, lock: bool, reason: &str) -> Result<Flags, Fault> {
    match edit_archived(rest, thread, lock, reason).await {
        Err(fault) if lock && fault.is_forbidden() => edit_archived(rest, thread, false, reason).await,
        answered => answered,
    }
}

async fn edit_archived(rest: &Rest, thread: ThreadId, lock: bool, reason: &str) -> Result<Flags, Fault> {
    let mut edit = EditThread::new().archived(true);
    if lock {
        edit = edit.locked(true);
    }
    let edited: WireThread = rest.patch(Route::Channel(thread.as_channel())).json(&edit).reason(reason).fetch().await?;
    Ok(edited.flags())
}

/// Lets people write in a thread again. Needs Manage Threads.
pub async fn unlock(rest: &Rest, thread: ThreadId) -> Result<Flags, Fault> {
    let edit = EditThread::new().locked(false);
    let edited: WireThread = rest.patch(Route::Channel(thread.as_channel())).json(&edit).fetch().await?;
    Ok(edited.flags())
}

/// What became of a thread that should not be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removed {
    Deleted,
    /// We may not delete it (that needs Manage Threads), but its maker may archive it.
    Archived,
    /// Not even that: it stays as it is.
    OutOfReach,
}

/// Takes a thread away again, as far as we are allowed to.
pub async fn remove(rest: &Rest, thread: ThreadId, reason: &str) -> Result<Removed, Fault> {
    match rest.delete(Route::Channel(thread.as_channel())).reason(reason).send().await {
        Ok(()) => Ok(Removed::Deleted),
        Err(fault) => match fault.refusal() {
            Some(Refusal::Unknown) => Ok(Removed::Deleted),
            Some(Refusal::MissingPermissions | Refusal::TwoFactor | Refusal::MissingAccess) => {
                match archive(rest, thread, false, reason).await {
                    Ok(_) => Ok(Removed::Archived),
                    Err(fault) if fault.refusal() == Some(Refusal::Unknown) => Ok(Removed::Deleted),
                    Err(fault) if fault.is_final() => Ok(Removed::OutOfReach),
                    Err(fault) => Err(fault),
                }
            }
            _ => Err(fault),
        },
    }
}

/// The active private threads of a guild that the bot itself has made.
pub async fn list_made(rest: &Rest, guild: GuildId, bot: UserId) -> Result<Vec<MadeThread>, Fault> {
    let active: WireThreads = rest.get(Route::ActiveThreads(guild)).fetch().await?;
    Ok(active.made_by(bot))
}

/// The newest archived private threads of a channel that the bot itself has made; none where Discord does not show them,
/// for which it wants Read Message History (Discord: "List Joined Private Archived Threads").
pub async fn list_archived(rest: &Rest, parent: ChannelId, bot: UserId) -> Result<Vec<MadeThread>, Fault> {
    match rest.get(Route::ArchivedThreads(parent)).fetch::<WireThreads>().await {
        Ok(archived) => Ok(archived.made_by(bot)),
        Err(fault) if fault.is_final() => Ok(Vec::new()),
        Err(fault) => Err(fault),
    }
}

/// Looks whether a thread is still there; `None` when Discord says that it is not.
pub async fn look(rest: &Rest, thread: ThreadId) -> Result<Option<Sighting>, Fault> {
    match rest.get(Route::Channel(thread.as_channel())).fetch::<WireThread>().await {
        Ok(found) => Ok(found.sighting()),
        Err(fault) if fault.refusal() == Some(Refusal::Unknown) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// Whether somebody is in a thread; yes, unless Discord says that they are not.
pub async fn has_member(rest: &Rest, thread: ThreadId, user: UserId) -> Result<bool, Fault> {
    match rest.get(Route::ThreadMember(thread.as_channel(), user)).send().await {
        Ok(()) => Ok(true),
        Err(fault) if fault.refusal() == Some(Refusal::UnknownMember) => Ok(false),
        Err(fault) => Err(fault),
    }
}
