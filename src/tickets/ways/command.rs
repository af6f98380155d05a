//! `/ticket open`: for oneself, or by staff for another member.

use std::sync::Arc;

use super::WaysMsg;
use super::access::{self, Place};
use crate::discord::BotContext;
use crate::discord::guild::KEPT_FOR;
use crate::discord::interaction::{Caller, Person};
use crate::discord::respond::{Answer, Choice};
use crate::domain::ids::{GuildId, InteractionId};
use crate::domain::message_link::InboxRef;
use crate::domain::reach;
use crate::error::Result;
use crate::i18n::{self, CommonMsg};
use crate::tickets::people::PeopleMsg;
use crate::tickets::{label, open};

/// Opens a ticket in the named inbox. `member`: whose it is to be.
pub async fn open(
    state: &Arc<BotContext>,
    caller: &Caller,
    interaction: InteractionId,
    reference: &str,
    member: Option<&Person>,
) -> Result<Answer> {
    let guild = caller.guild.ok_or(CommonMsg::GuildOnly)?;
    let place = find(state, guild, reference).await?;
    let owner = member.filter(|member| member.user != caller.user);
    let asked = access::request(state, caller, interaction, &place, owner).await?;
    open::answer(state, &asked, false).await
}

/// An inbox by its number or a link to its message. Those of other servers do not exist here.
async fn find(state: &BotContext, guild: GuildId, reference: &str) -> Result<Place> {
    let named = InboxRef::parse(reference).ok_or(PeopleMsg::MoveWhere)?;
    let is_named = |place: &Place| match named {
        InboxRef::Number(inbox) => place.inbox.id == inbox,
        InboxRef::Message { message, .. } => place.inbox.message() == Some(message),
    };
    // The first on its panel, for a link to one with several.
    let mut fitting: Vec<Place> = Place::list(state, guild).await?.into_iter().filter(is_named).collect();
    if fitting.is_empty() { Err(PeopleMsg::MoveWhere.into()) } else { Ok(fitting.swap_remove(0)) }
}

/// The inboxes that the caller can use, while one is typed. A number, or a part of a label or of a channel's
/// name, finds them.
pub async fn suggest(state: &Arc<BotContext>, caller: &Caller, typed: &str) -> Result<Vec<Choice>> {
    let Some(guild) = caller.guild else { return Ok(Vec::new()) };
    let places = Place::list(state, guild).await?;
    let wanted = access::channels_of(&places);
    let now = state.app.clock.monotonic();
    let since = now.saturating_sub(KEPT_FOR);
    let sight = state.sights.look(&state.rest, guild, wanted, since, now).await.map_err(access::explain_fault)?;
    let typed = typed.trim().trim_start_matches('#').to_lowercase();
    let choices = places.iter().filter_map(|place| {
        let approach = access::approach(caller, place, None, &sight);
        // Staff can open tickets for others where they could not read their own.
        let can_use = approach.is_staff || reach::check(&approach).is_ok();
        let channel = sight.channel(place.destination()).filter(|_| can_use)?;
        let number = place.inbox.id.to_string();
        let label = label(&place.inbox.settings.panel, &caller.guild_locale);
        let has_typed = |name: &str| name.to_lowercase().contains(&typed);
        let is_meant = number.starts_with(&typed) || has_typed(&label) || has_typed(&channel.name);
        let msg = WaysMsg::SuggestedInbox { inbox: place.inbox.id, label, channel: channel.name.clone() };
        is_meant.then(|| Choice { name: i18n::render(&caller.reader, &msg), value: number })
    });
    Ok(choices.take(Choice::MOST).collect())
}
