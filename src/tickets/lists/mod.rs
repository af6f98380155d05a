//! `/tickets list` and `/tickets history`: private lists of tickets, page by page.
//!
//! A page's buttons carry the whole list and the ticket at which the next page begins. Rights are checked again for each
//! page.

mod msg;
mod page;
mod reach;

pub use msg::ListMsg;

pub(super) use reach::{manages, staffed};

use std::sync::Arc;
use std::time::Duration;

use super::{TicketMsg, find_inbox};
use crate::discord::BotContext;
use crate::discord::interaction::Caller;
use crate::discord::respond::{Answer, Reply};
use crate::domain::delay::{self, Refusal};
use crate::domain::ids::{GuildId, UserId};
use crate::domain::ticket_list::{Kind, Listing, MOST_AGE, Order, Place, States};
use crate::error::Result;
use crate::i18n::CommonMsg;
use crate::router::{Audience, Request, Route};
use crate::storage::listing::Reach;
use reach::Known;

/// Another page, or the same one again.
pub(super) const PAGE: Route =
    Route::component("lst", Audience::Person, |request| Box::pin(async move { on_page(&request).await })).redraws();

/// What is asked of `/tickets list`.
#[derive(Debug, Default)]
pub struct Filter<'a> {
    pub states: Option<States>,
    pub inbox: Option<&'a str>,
    pub claimed_by: Option<UserId>,
    pub owner: Option<UserId>,
    pub older_than: Option<&'a str>,
    pub order: Option<Order>,
}

/// Lists open tickets, unless something else is asked for.
pub async fn list(state: &Arc<BotContext>, caller: &Caller, filter: Filter<'_>) -> Result<Reply> {
    let guild = caller.guild.ok_or(CommonMsg::GuildOnly)?;
    let inbox = match filter.inbox {
        Some(reference) => Some(find_inbox(&state.app, guild, reference).await?.id),
        None => None,
    };
    let listing = Listing {
        kind: Kind::Tickets,
        states: filter.states.unwrap_or(States::Open),
        inbox,
        claimed_by: filter.claimed_by,
        owner: filter.owner,
        older_than: filter.older_than.map(read_age).transpose()?,
        order: filter.order.unwrap_or(Order::Newest),
    };
    show(state, caller, guild, listing, Place::Start).await
}

/// Lists all tickets of one member, or of the caller.
pub async fn history(state: &Arc<BotContext>, caller: &Caller, member: Option<UserId>) -> Result<Reply> {
    let listing = Listing {
        kind: Kind::History,
        states: States::All,
        inbox: None,
        claimed_by: None,
        owner: Some(member.unwrap_or(caller.user)),
        older_than: None,
        order: Order::Newest,
    };
    show(state, caller, caller.guild.ok_or(CommonMsg::GuildOnly)?, listing, Place::Start).await
}

async fn on_page(request: &Request) -> Result<Answer> {
    let (listing, place) = request.content::<(Listing, Place)>()?;
    let guild = request.caller.guild.ok_or(CommonMsg::GuildOnly)?;
    Ok(show(&request.state, &request.caller, guild, listing, place).await?.into())
}

fn read_age(text: &str) -> Result<Duration> {
    delay::parse_up_to(text, MOST_AGE).map_err(|refusal| match refusal {
        Refusal::Unreadable => TicketMsg::DelayUnreadable.into(),
        Refusal::TooShort | Refusal::TooLong => ListMsg::AgeOutOfRange.into(),
    })
}

async fn show(
    state: &Arc<BotContext>,
    caller: &Caller,
    guild: GuildId,
    listing: Listing,
    place: Place,
) -> Result<Reply> {
    let Known { reach, is_partial } = if listing.owner == Some(caller.user) {
        Known { reach: Reach::Of { reader: caller.user, inboxes: Vec::new() }, is_partial: false }
    } else {
        reach::find(state, caller, guild, listing.inbox).await?
    };
    let reads_own_only = matches!(&reach, Reach::Of { inboxes, .. } if inboxes.is_empty());
    if reads_own_only && !is_partial && listing.owner.is_some_and(|owner| owner != caller.user) {
        return Err(ListMsg::OwnOnly.into());
    }
    let page = page::read(state, guild, &reach, &listing, place).await?;
    Ok(Reply::Redraw(page::draw(state, caller, guild, (&listing, place), &page, is_partial)))
}
