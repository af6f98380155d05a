//! The form with duration and reason of a block: from a member's context menu, and from a ticket's info.

use std::sync::Arc;

use super::{BlockMsg, Blocker, Wanted, add};
use crate::discord::BotContext;
use crate::discord::forms::{self, Field};
use crate::discord::interaction::Caller;
use crate::discord::respond::{Answer, Reply};
use crate::discord::seal::Holder;
use crate::domain::ids::UserId;
use crate::domain::reason;
use crate::error::Result;
use crate::i18n::CommonMsg;
use crate::router::{Audience, Request, Route};

/// Opens the form.
pub(in crate::tickets) const ASK: Route =
    Route::component("blk", Audience::Person, |request| Box::pin(async move { on_ask(&request).await }));

/// The form.
pub(in crate::tickets) const FORM: Route =
    Route::form("blf", Audience::Person, |request| Box::pin(async move { on_form(&request).await }));

/// The ids of its fields.
const TIME: &str = "time";
const REASON: &str = "reason";

/// The most characters of a duration.
const LONGEST_TIME: usize = 40;

async fn on_ask(request: &Request) -> Result<Answer> {
    let (user,) = request.content::<(UserId,)>()?;
    Ok(ask(&request.state, &request.caller, user).await?.into())
}

/// The form to block a member, for whoever may block anybody.
pub async fn ask(state: &Arc<BotContext>, caller: &Caller, user: UserId) -> Result<Reply> {
    let blocker = Blocker::new(state, caller).await?;
    blocker.reach(None)?;
    let holder = Holder { guild: caller.guild.ok_or(CommonMsg::GuildOnly)?, user: caller.user };
    let time = Field {
        label: &BlockMsg::TimeLabel,
        placeholder: &BlockMsg::TimePlaceholder,
        value: "",
        max_length: LONGEST_TIME,
        long: false,
    };
    let reason = Field {
        label: &BlockMsg::ReasonLabel,
        placeholder: &BlockMsg::ReasonPlaceholder,
        value: "",
        max_length: reason::MAX_LENGTH,
        long: true,
    };
    let id = FORM.id_for(state, holder, &(user,));
    let fields = [(TIME, time), (REASON, reason)];
    Ok(Reply::Form(forms::fields(&caller.reader, id, &BlockMsg::FormTitle, &fields)))
}

async fn on_form(request: &Request) -> Result<Answer> {
    let (user,) = request.content::<(UserId,)>()?;
    let wanted = Wanted { user, inbox: None, time: request.pressed.text(TIME), reason: request.pressed.text(REASON) };
    Ok(add(&request.state, &request.caller, wanted).await?.into())
}
