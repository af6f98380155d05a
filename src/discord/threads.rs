//! Private threads: make, fill, find, take away.

use std::time::Duration;

use poise::serenity_prelude as serenity;
use serenity::{AutoArchiveDuration, ChannelType, CreateAllowedMentions, CreateMessage, CreateThread, EditThread, Http};

use super::fault::{Fault, Refusal};
use crate::domain::clock::Timestamp;
use crate::domain::command_sync::fingerprint;
use crate::domain::ids::{ChannelId, GuildId, ThreadId, UserId};
use crate::domain::starter::Starter;

/// How far our clock and Discord's may be apart when a thread is matched to its reservation.
const CLOCK_SKEW: Duration = Duration::from_secs(60);

/// A private thread that the bot has made, as a list of active threads shows it.
#[derive(Clone, Debug)]
pub struct MadeThread {
    pub id: ThreadId,
    pub parent: ChannelId,
    pub name: String,
    pub made_at: Timestamp,
    /// Nothing was ever posted in it.
    pub empty: bool,
}

/// A thread that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sighting {
    pub thread: ThreadId,
    pub empty: bool,
}

impl MadeThread {
    pub fn sighting(&self) -> Sighting {
        Sighting { thread: self.id, empty: self.empty }
    }

    /// Whether this is the thread that was asked for at `since` in `parent`, under a name with this fingerprint.
    pub fn is_planned(&self, parent: ChannelId, name_digest: &str, since: Timestamp) -> bool {
        self.parent == parent && self.made_at + CLOCK_SKEW >= since && fingerprint(&self.name) == name_digest
    }
}

/// Makes a private thread to which only staff may add people.
pub async fn create_private(http: &Http, parent: ChannelId, name: &str, reason: &str) -> Result<ThreadId, Fault> {
    let thread = CreateThread::new(name)
        .kind(ChannelType::PrivateThread)
        .invitable(false)
        // The longest there is: what is archived by the timer is harder to find, and a ticket ends by being closed.
        .auto_archive_duration(AutoArchiveDuration::OneWeek)
        .audit_log_reason(reason);
    let made = serenity::ChannelId::from(parent).create_thread(http, thread).await?;
    Ok(made.id.into())
}

/// Adds a member to a thread. Discord refuses when they cannot see its parent.
pub async fn add_member(http: &Http, thread: ThreadId, user: UserId) -> Result<(), Fault> {
    Ok(http.add_thread_channel_member(thread.into(), user.into()).await?)
}

/// Posts the starter message, which brings in whom it mentions. Posted twice with one nonce, it stands once.
pub async fn post_starter(http: &Http, thread: ThreadId, starter: &Starter, nonce: &str) -> Result<(), Fault> {
    let mentions = CreateAllowedMentions::new()
        .users(starter.users.iter().copied().map(serenity::UserId::from))
        .roles(starter.roles.iter().copied().map(serenity::RoleId::from));
    let message = CreateMessage::new()
        .content(&starter.content)
        .allowed_mentions(mentions)
        .nonce(serenity::Nonce::String(nonce.to_owned()))
        .enforce_nonce(true);
    serenity::ChannelId::from(thread).send_message(http, message).await?;
    Ok(())
}

/// Posts a text that mentions nobody.
pub async fn post_notice(http: &Http, thread: ThreadId, text: &str) -> Result<(), Fault> {
    let message = CreateMessage::new().content(text).allowed_mentions(CreateAllowedMentions::new());
    serenity::ChannelId::from(thread).send_message(http, message).await?;
    Ok(())
}

/// Archives a thread, and locks it where asked. Locking needs Manage Threads.
pub async fn archive(http: &Http, thread: ThreadId, lock: bool, reason: &str) -> Result<(), Fault> {
    let mut edit = EditThread::new().archived(true).audit_log_reason(reason);
    if lock {
        edit = edit.locked(true);
    }
    serenity::ChannelId::from(thread).edit_thread(http, edit).await?;
    Ok(())
}

/// Lets people write in a thread again. Needs Manage Threads.
pub async fn unlock(http: &Http, thread: ThreadId) -> Result<(), Fault> {
    serenity::ChannelId::from(thread).edit_thread(http, EditThread::new().locked(false)).await?;
    Ok(())
}

/// What became of a thread that should not be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removed {
    Deleted,
    /// We may not delete it (that needs Manage Threads), but its maker may archive it.
    Archived,
}

/// Takes a thread away again, as far as we are allowed to.
pub async fn remove(http: &Http, thread: ThreadId, reason: &str) -> Result<Removed, Fault> {
    match http.delete_channel(thread.into(), Some(reason)).await.map_err(Fault::from) {
        Ok(_) => Ok(Removed::Deleted),
        Err(fault) => match fault.refusal() {
            Some(Refusal::Unknown) => Ok(Removed::Deleted),
            Some(Refusal::MissingPermissions | Refusal::MissingAccess) => {
                archive(http, thread, false, reason).await?;
                Ok(Removed::Archived)
            }
            _ => Err(fault),
        },
    }
}

/// The active private threads of a guild that the bot itself has made.
pub async fn list_made(http: &Http, guild: GuildId, bot: UserId) -> Result<Vec<MadeThread>, Fault> {
    let active = http.get_guild_active_threads(guild.into()).await?;
    let ours = active.threads.into_iter().filter(|thread| {
        thread.kind == ChannelType::PrivateThread && thread.owner_id == Some(bot.into())
    });
    Ok(ours
        .filter_map(|thread| {
            let id = ThreadId::from(thread.id);
            Some(MadeThread {
                id,
                parent: thread.parent_id?.into(),
                made_at: id.created_at(),
                empty: thread.last_message_id.is_none(),
                name: thread.name,
            })
        })
        .collect())
}

/// Looks whether a thread is still there; `None` when Discord says that it is not.
pub async fn look(http: &Http, thread: ThreadId) -> Result<Option<Sighting>, Fault> {
    match http.get_channel(thread.into()).await.map_err(Fault::from) {
        Ok(serenity::Channel::Guild(found)) => {
            Ok(Some(Sighting { thread, empty: found.last_message_id.is_none() }))
        }
        Ok(_) => Ok(None),
        Err(fault) if fault.refusal() == Some(Refusal::Unknown) => Ok(None),
        Err(fault) => Err(fault),
    }
}
