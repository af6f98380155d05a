//! `/reply`: one of the staff sends a canned reply, as it is or changed in a form first.
//!
//! The bot posts it in the thread of the ticket under a line with the name of whoever sends it. `inboxes::replies` has
//! what admins do with replies.

mod msg;

pub use msg::ReplyMsg;

use std::sync::Arc;

use anyhow::Context as _;

use super::change::Change;
use super::desk::Desk;
use super::steps::{self, KINDS};
use super::{TicketMsg, label, language_of};
use crate::discord::BotContext;
use crate::discord::forms::{self, Field};
use crate::discord::interaction::Caller;
use crate::discord::respond::{Answer, Choice, Reply};
use crate::discord::seal::Holder;
use crate::domain::canned_reply::{self, Composed, Facts, MAX_TEXT, Name};
use crate::domain::ids::{InboxId, TicketId, UserId};
use crate::domain::lifecycle::State;
use crate::domain::rights::Action;
use crate::domain::staff::StaffMember;
use crate::domain::text;
use crate::error::Result;
use crate::i18n::{self, Locale, Mention};
use crate::router::{Audience, Request, Route};
use crate::storage::inboxes::{self, Inbox};
use crate::storage::replies;
use crate::work::{Held, Tools};

/// The form in which a reply is changed before it is posted.
pub(super) const FORM: Route =
    Route::form("rpl", Audience::Person, |request| Box::pin(async move { on_form(&request).await }));

/// Posts a reply in the ticket of the thread, or shows it in a form first.
pub async fn send(state: &Arc<BotContext>, caller: &Caller, name: &str, edit: bool) -> Result<Answer> {
    let desk = Desk::here(state, caller).await?;
    check(&desk).await?;
    let found = match Name::parse(name) {
        Some(name) => replies::find_named(&state.app.db, desk.record.guild, &name).await.context("find a reply")?,
        None => None,
    };
    let found = found.filter(|reply| is_for(reply.inbox, &desk)).ok_or(ReplyMsg::Unknown)?;
    if !edit {
        return post(&desk, &found.text).await;
    }
    let holder = Holder { guild: desk.record.guild, user: caller.user };
    let id = FORM.id_for(state, holder, &(desk.record.ticket,));
    let field = Field {
        label: &ReplyMsg::FormLabel,
        placeholder: &ReplyMsg::FormPlaceholder,
        value: &found.text,
        max_length: MAX_TEXT,
        long: true,
    };
    Ok(Reply::Form(forms::one_field(&caller.reader, id, &ReplyMsg::FormTitle, &field).required()).into())
}

async fn on_form(request: &Request) -> Result<Answer> {
    let (ticket,) = request.content::<(TicketId,)>()?;
    let desk = Desk::of(&request.state, &request.caller, ticket).await?;
    check(&desk).await?;
    let written = request.pressed.text(forms::FIELD).unwrap_or_default();
    if !text::is_visible(written) {
        return Err(ReplyMsg::Empty.into());
    }
    post(&desk, written).await
}

/// The names of replies for the ticket of the thread. Who may not send them gets none.
pub async fn suggest(state: &Arc<BotContext>, caller: &Caller, typed: &str) -> Result<Vec<Choice>> {
    let desk = Desk::here(state, caller).await?;
    desk.check(Action::Reply).await?;
    let names = replies::list_names(&state.app.db, desk.record.guild).await.context("list the names of replies")?;
    let names = names.iter().filter(|(_, inbox)| is_for(*inbox, &desk)).map(|(name, _)| name.as_str());
    let names = canned_reply::matching(names, typed, Choice::MOST).into_iter();
    Ok(names.map(|name| Choice { name: name.to_owned(), value: name.to_owned() }).collect())
}

fn is_for(inbox: Option<InboxId>, desk: &Desk<'_>) -> bool {
    inbox.is_none() || inbox == desk.record.inbox
}

/// Refuses who may not, and tickets in which nothing can be posted.
async fn check(desk: &Desk<'_>) -> Result<()> {
    desk.check(Action::Reply).await?;
    match desk.record.state {
        State::Closed => return Err(TicketMsg::TicketIsClosed.into()),
        State::Opening => return Err(TicketMsg::TicketNotReady.into()),
        State::Open | State::Dormant => {}
    }
    desk.check_posting(&desk.record)
}

/// Stores the reply with the step that posts it, and answers first. A text that would be cut is given back.
async fn post(desk: &Desk<'_>, template: &str) -> Result<Answer> {
    let (state, by) = (desk.state, desk.caller.user);
    let locale = language_of(&state.app, desk.record.guild).await?;
    let mut change = Change::begin(state, desk.record.ticket).await?;
    let claimer = change.record.claim.map(|claim| claim.by);
    let people = People { by, owner: change.record.owner, claimer, staff: &desk.staff };
    let inbox = match change.record.inbox {
        Some(inbox) => inboxes::load(&mut change.tx, inbox).await.context("load a ticket's inbox")?,
        None => None,
    };
    let reply = compose(&locale, people, inbox.as_ref(), template);
    if reply.is_cut {
        let preview = Some(template.to_owned());
        return Ok(Reply::Card { msg: ReplyMsg::TooLong.into(), preview, rows: Vec::new(), in_place: false }.into());
    }
    let tools = Tools { app: &state.app, rest: &state.rest };
    let step = steps::add_reply(tools, &mut change.tx, &change.record, by, &reply).await?;
    change.tx.commit().await.context("commit a reply")?;
    let held = Held::new(state, step);
    let msg = if reply.has_all_staff { ReplyMsg::Sent } else { ReplyMsg::SentWithoutSome };
    Ok(Answer::followed_by(msg, async move { held.carry_out(KINDS).await }))
}

/// Who a reply may name.
#[derive(Clone, Copy, Debug)]
pub struct People<'a> {
    pub by: UserId,
    pub owner: UserId,
    pub claimer: Option<UserId>,
    pub staff: &'a [StaffMember],
}

/// A reply as it is posted in a ticket of this inbox, in the server's language.
pub fn compose(locale: &Locale, people: People<'_>, inbox: Option<&Inbox>, template: &str) -> Composed {
    let People { by, owner, claimer, staff } = people;
    let heading = i18n::render(locale, &ReplyMsg::Heading { by: Mention(by) });
    let nobody = i18n::render(locale, &ReplyMsg::Nobody);
    let inbox = inbox.map(|inbox| text::escape(&label(&inbox.settings.panel, locale)));
    let inbox = inbox.as_deref().unwrap_or(canned_reply::NO_INBOX);
    canned_reply::compose(&heading, template, Facts { owner, staff, claimer, nobody: &nobody, inbox })
}
