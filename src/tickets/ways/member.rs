//! *Open a ticket for…*, in a member's context menu: staff choose one of their inboxes, in a private menu if there are
//! several.

use std::sync::Arc;

use anyhow::{Context as _, anyhow};

use super::WaysMsg;
use super::access::{self, Place};
use crate::discord::guild::GuildSight;
use crate::discord::interaction::{Caller, Person, Selected};
use crate::discord::members::{self, Member};
use crate::discord::respond::{Answer, Reply};
use crate::discord::seal::Holder;
use crate::discord::{BotContext, components};
use crate::domain::ids::{GuildId, InboxId, InteractionId, UserId};
use crate::error::Result;
use crate::i18n::{self, CommonMsg, Mention};
use crate::router::{Audience, Request, Route};
use crate::tickets::{label, open};

/// The most entries of a menu (Discord: "Component Reference", string select).
pub(super) const MOST_ENTRIES: usize = 25;

/// Opens a ticket for a member, or asks in which inbox.
pub async fn ask(
    state: &Arc<BotContext>,
    caller: &Caller,
    interaction: InteractionId,
    member: &Person,
) -> Result<Answer> {
    let guild = caller.guild.ok_or(CommonMsg::GuildOnly)?;
    let (places, sight) = staffed(state, caller, guild).await?;
    if places.is_empty() {
        return Err(WaysMsg::NoInboxOfYours.into());
    }
    access::check_person(member)?;
    if let [place] = places.as_slice() {
        let owner = Some(member).filter(|member| member.user != caller.user);
        let asked = access::request(state, caller, interaction, place, owner).await?;
        return open::answer(state, &asked, false).await;
    }
    let id = MENU.id_for(state, Holder { guild, user: caller.user }, &(member.user,));
    let entries = places.iter().take(MOST_ENTRIES).map(|place| entry(caller, place, &sight));
    let placeholder = i18n::render(&caller.reader, &WaysMsg::WhichInbox);
    let menu = components::menu(id, &placeholder, entries);
    let who = Mention(member.user);
    let msg = if places.len() > MOST_ENTRIES { WaysMsg::ForWhichOfMore { who } } else { WaysMsg::ForWhich { who } };
    Ok(Reply::Card { msg: msg.into(), preview: None, rows: vec![menu], in_place: false }.into())
}

/// The inboxes whose staff the caller is.
pub(super) async fn staffed(state: &BotContext, caller: &Caller, guild: GuildId) -> Result<(Vec<Place>, GuildSight)> {
    let places = Place::list(state, guild).await?;
    let sight = GuildSight::fetch(&state.rest, guild, access::channels_of(&places)).await;
    let sight = sight.map_err(access::explain_fault)?;
    Ok((places.into_iter().filter(|place| access::is_staff(caller, place, &sight)).collect(), sight))
}

/// An inbox in a menu.
pub(super) fn entry(caller: &Caller, place: &Place, sight: &GuildSight) -> components::Entry {
    let inbox = place.inbox.id;
    let channel = sight.channel(place.destination()).map(|channel| channel.name.clone()).unwrap_or_default();
    let label = label(&place.inbox.settings.panel, &caller.guild_locale);
    let label = i18n::render(&caller.reader, &WaysMsg::SuggestedInbox { inbox, label, channel });
    components::Entry { value: inbox.to_string(), label, description: None, is_chosen: false }
}

/// The menu of inboxes, made for who asked.
pub(in crate::tickets) const MENU: Route =
    Route::component("omu", Audience::Person, |request| Box::pin(async move { on_choose(&request).await }))
        .before_waiting(open::PROMISE);

async fn on_choose(request: &Request) -> Result<Answer> {
    let (state, caller) = (&request.state, &request.caller);
    let (user,) = request.content::<(UserId,)>()?;
    let place = chosen(state, caller, request.pressed.values.first()).await?;
    let guild = place.inbox.guild;
    let member = members::find(&state.rest, guild, user).await.context("read a member")?;
    // Bots were refused before.
    let person = person(user, member);
    let owner = Some(&person).filter(|person| person.user != caller.user);
    let asked = access::request(state, caller, request.interaction, &place, owner).await?;
    open::answer(state, &asked, true).await
}

/// Somebody as just read; `None`: they are not in the guild.
pub(super) fn person(user: UserId, member: Option<Member>) -> Person {
    match member {
        Some(Member { display_name, is_pending, timed_out_until, roles }) => {
            Person { display_name, is_pending, timed_out_until, roles: Some(roles), ..Person::unknown(user) }
        }
        None => Person::unknown(user),
    }
}

/// The inbox that was chosen in a menu of them.
pub(super) async fn chosen(state: &BotContext, caller: &Caller, chosen: Option<&Selected>) -> Result<Place> {
    let guild = caller.guild.ok_or(CommonMsg::GuildOnly)?;
    let Some(Selected::Value(value)) = chosen else {
        return Err(anyhow!("a menu of inboxes came back without one").into());
    };
    let inbox: InboxId = value.parse().map_err(|_| CommonMsg::OutdatedComponent)?;
    let found = Place::list(state, guild).await?.into_iter().find(|place| place.inbox.id == inbox);
    Ok(found.ok_or(WaysMsg::InboxGone)?)
}
