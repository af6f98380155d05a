//! Who reaches which inbox without its panel, worked out from the channels' own overwrites: what an interaction tells of
//! permissions is about the channel in which it was made.

use std::collections::BTreeSet;

use anyhow::Context as _;

use super::WaysMsg;
use crate::discord::guild::GuildSight;
use crate::discord::interaction::{Caller, Person};
use crate::discord::{BotContext, Refusal as Refused, RestError};
use crate::domain::ids::{ChannelId, GuildId, InteractionId, RoleId, UserId};
use crate::domain::permissions::{self, Permissions};
use crate::domain::reach::{self, Approach, Refusal};
use crate::domain::staff::StaffMember;
use crate::error::{Error, Result};
use crate::i18n::{CommonMsg, Mention};
use crate::storage::inboxes::{self, Inbox};
use crate::tickets::TicketMsg;
use crate::tickets::desk::is_listed;
use crate::tickets::lists::manages;
use crate::tickets::open_request::{OpenRequest, Which};
use crate::tickets::people::PeopleMsg;

/// An inbox of the caller's server, with its staff.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub inbox: Inbox,
    pub staff: Vec<StaffMember>,
}

impl Place {
    pub(super) async fn list(state: &BotContext, guild: GuildId) -> Result<Vec<Self>> {
        let all = inboxes::list_with_staff(&state.app.db, guild).await.context("list inboxes and their staff")?;
        Ok(all.into_iter().map(|(inbox, staff)| Self { inbox, staff }).collect())
    }

    pub(super) fn destination(&self) -> ChannelId {
        self.inbox.settings.destination
    }

    /// The channel of its panel, as long as the panel has its message.
    pub(super) fn panel(&self) -> Option<ChannelId> {
        self.inbox.message().map(|_| self.inbox.channel())
    }
}

/// The channels on which access to these inboxes depends.
pub(super) fn channels_of<'a>(places: impl IntoIterator<Item = &'a Place>) -> BTreeSet<ChannelId> {
    places.into_iter().flat_map(|place| place.panel().into_iter().chain([place.destination()])).collect()
}

/// Whether the caller is staff of an inbox, or moderates the channel of its tickets as far as it is seen.
pub(super) fn is_staff(caller: &Caller, place: &Place, sight: &GuildSight) -> bool {
    let moderates = || {
        let granted = sight.permissions_in(place.destination(), caller.user, &caller.roles);
        granted.is_some_and(|granted| permissions::missing(Permissions::MANAGE_THREADS, granted).is_empty())
    };
    is_known_staff(caller, place) || moderates()
}

fn is_known_staff(caller: &Caller, place: &Place) -> bool {
    manages(caller) || is_listed(&place.staff, caller.user, &caller.roles)
}

/// How the caller comes to an inbox. `owner`: another member, for whom the ticket is to be.
pub(super) fn approach(caller: &Caller, place: &Place, owner: Option<&Person>, sight: &GuildSight) -> Approach {
    let own: (UserId, &[RoleId]) = (caller.user, &caller.roles);
    let (user, roles) = owner.map_or(own, |owner| (owner.user, owner.roles.as_deref().unwrap_or_default()));
    Approach {
        is_staff: is_staff(caller, place, sight),
        is_for_other: owner.is_some(),
        in_panel: place.panel().and_then(|panel| sight.permissions_in(panel, caller.user, &caller.roles)),
        in_destination: sight.permissions_in(place.destination(), user, roles),
    }
}

/// The same, as far as the interaction itself tells.
fn approach_seen(caller: &Caller, place: &Place) -> Approach {
    let here = |channel| caller.permissions.filter(|_| caller.channel == Some(channel));
    Approach {
        is_staff: is_known_staff(caller, place),
        is_for_other: false,
        in_panel: place.panel().and_then(here),
        in_destination: here(place.destination()),
    }
}

/// The request to open a ticket in this inbox, if the caller reaches it. `owner`: another member, for whom it is to be.
pub(super) async fn request(
    state: &BotContext,
    caller: &Caller,
    interaction: InteractionId,
    place: &Place,
    owner: Option<&Person>,
) -> Result<OpenRequest> {
    if let Some(owner) = owner {
        check_person(owner)?;
    }
    // In the panel's own channel the interaction tells everything.
    if owner.is_some() || reach::check(&approach_seen(caller, place)).is_err() {
        let guild = place.inbox.guild;
        let sight = GuildSight::fetch(&state.rest, guild, channels_of([place])).await.map_err(explain_fault)?;
        let approach = approach(caller, place, owner, &sight);
        reach::check(&approach).map_err(|refusal| explain(refusal, place, owner))?;
    }
    let which = Which::Seen { inbox: place.inbox.id, panel: place.inbox.message(), destination: place.destination() };
    match owner {
        Some(owner) => OpenRequest::for_other(caller, interaction, which, owner),
        None => OpenRequest::of(caller, interaction, which),
    }
}

/// The request of somebody to whom something of this inbox was shown before, in private. Who uses it beside the panel still
/// sees the panel; anywhere else, whether they reach the inbox is asked again.
pub(in crate::tickets) async fn request_again(
    state: &BotContext,
    caller: &Caller,
    interaction: InteractionId,
    inbox: &Inbox,
) -> Result<OpenRequest> {
    if inbox.message().is_some() && caller.channel == Some(inbox.channel()) {
        return OpenRequest::of(caller, interaction, Which::Shown(inbox.id));
    }
    let staff = inboxes::list_staff(&state.app.db, inbox.id).await.context("list the staff")?;
    request(state, caller, interaction, &Place { inbox: inbox.clone(), staff }, None).await
}

/// Refuses whoever cannot own a ticket.
pub(super) fn check_person(person: &Person) -> Result<()> {
    match person {
        Person { is_bot: true, .. } => Err(WaysMsg::ForBot.into()),
        Person { roles: None, user, .. } => Err(WaysMsg::ForNobody { who: Mention(*user) }.into()),
        _ => Ok(()),
    }
}

fn explain(refusal: Refusal, place: &Place, owner: Option<&Person>) -> Error {
    let channel = place.destination();
    match (refusal, owner.map(|owner| Mention(owner.user))) {
        (Refusal::Unknown, _) => PeopleMsg::MoveWhere.into(),
        (Refusal::StaffOnly, _) => TicketMsg::StaffOnly.into(),
        (Refusal::Unseen, _) => WaysMsg::Unseen.into(),
        (Refusal::OwnerCannotSee, None) => TicketMsg::DestinationHidden.into(),
        (Refusal::OwnerCannotSee, Some(who)) => WaysMsg::OwnerCannotSee { who, channel }.into(),
        (Refusal::OwnerCannotWrite, None) => WaysMsg::CannotWrite { channel }.into(),
        (Refusal::OwnerCannotWrite, Some(who)) => WaysMsg::OwnerCannotWrite { who, channel }.into(),
    }
}

/// The meaning of a guild that Discord does not show: if only its commands were added, they work without the bot.
pub(super) fn explain_fault(fault: RestError) -> Error {
    match fault.refusal() {
        Some(Refused::Unknown | Refused::MissingAccess) => CommonMsg::BotNotInServer.into(),
        None if !matches!(fault, RestError::Broken(_) | RestError::Limited(_)) => {
            tracing::warn!(%fault, "could not find out who sees an inbox");
            TicketMsg::DiscordUnavailable.into()
        }
        _ => anyhow::Error::new(fault).context("find out who sees an inbox").into(),
    }
}
