//! Who sees which channels of a guild: its roles and the overwrites of some channels, requested from Discord together.
//!
//! It is kept for some seconds: while somebody types, each letter asks again, and many members may open tickets at once.
//! Decisions of who else is let in, and refusals, request it anew.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::{ChannelFacts, GuildRoles, channels};
use crate::discord::rest::Rest;
use crate::discord::rest_error::RestError;
use crate::domain::ids::{ChannelId, GuildId, RoleId, UserId};
use crate::domain::permissions::Permissions;

/// The roles of a guild and some of its channels.
#[derive(Clone, Debug)]
pub struct GuildSight {
    roles: GuildRoles,
    channels: BTreeMap<ChannelId, ChannelFacts>,
    /// The channels that were asked for; some may be hidden or gone.
    wanted: BTreeSet<ChannelId>,
}

impl GuildSight {
    /// Two concurrent requests, however many channels are wanted.
    pub async fn fetch(rest: &Rest, guild: GuildId, wanted: BTreeSet<ChannelId>) -> Result<Self, RestError> {
        let (roles, listed) = tokio::try_join!(GuildRoles::fetch(rest, guild), channels(rest, guild))?;
        let listed = listed.into_iter().filter(|channel| wanted.contains(&channel.id));
        Ok(Self { roles, channels: listed.map(|channel| (channel.id, channel)).collect(), wanted })
    }

    /// The channel; `None`: it is gone, or the bot cannot see it.
    pub fn channel(&self, channel: ChannelId) -> Option<&ChannelFacts> {
        self.channels.get(&channel)
    }

    /// What a member with these roles may do in a channel; `None`: as above.
    pub fn permissions_in(&self, channel: ChannelId, user: UserId, roles: &[RoleId]) -> Option<Permissions> {
        self.channel(channel).map(|facts| self.roles.permissions_in(facts, user, roles))
    }
}

/// How long a sight is kept: longer than a word takes to type, shorter than a change of permissions is waited for.
pub const KEPT_FOR: Duration = Duration::from_secs(10);

/// The most guilds that are kept.
const MOST_GUILDS: usize = 200;

/// The sights of guilds in which somebody types or opens a ticket.
#[derive(Debug, Default)]
pub struct Sights(Mutex<HashMap<GuildId, Arc<tokio::sync::Mutex<Option<Kept>>>>>);

#[derive(Debug)]
struct Kept {
    sight: Arc<GuildSight>,
    /// By a clock that only goes forward.
    at: Duration,
}

impl Sights {
    /// A sight that covers these channels and was requested since then. Of several who ask at the same time, one requests
    /// it.
    pub async fn look(
        &self,
        rest: &Rest,
        guild: GuildId,
        wanted: BTreeSet<ChannelId>,
        since: Duration,
        now: Duration,
    ) -> Result<Arc<GuildSight>, RestError> {
        let place = self.place_of(guild);
        let mut kept = place.lock().await;
        if let Some(Kept { sight, at }) = &*kept
            && *at >= since
            && wanted.is_subset(&sight.wanted)
        {
            return Ok(Arc::clone(sight));
        }
        let sight = Arc::new(GuildSight::fetch(rest, guild, wanted).await?);
        *kept = Some(Kept { sight: Arc::clone(&sight), at: now });
        Ok(sight)
    }

    fn place_of(&self, guild: GuildId) -> Arc<tokio::sync::Mutex<Option<Kept>>> {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if places.len() >= MOST_GUILDS && !places.contains_key(&guild) {
            places.clear();
        }
        Arc::clone(places.entry(guild).or_default())
    }
}
