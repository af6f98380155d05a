//! `/replies`: admins add, change, remove and list the canned replies of a server. `tickets::reply` posts them.
//!
//! Forms carry the revision of the reply that they showed: of two changes, the second one overwrites nothing. What was
//! written in a form that is refused is shown again.

mod list;
mod msg;

pub use list::show as list;
pub use msg::RepliesMsg;

pub(super) use list::PAGE;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use anyhow::{Context as _, anyhow};

use super::{Admin, InboxMsg};
use crate::discord::BotContext;
use crate::discord::components;
use crate::discord::forms::{self, Field, Form};
use crate::discord::interaction::Caller;
use crate::discord::respond::{Answer, Choice, Reply};
use crate::domain::canned_reply::{self, Composed, MAX_NAME, MAX_TEXT, MOST, Name};
use crate::domain::ids::{InboxId, ParseIdError, ReplyId};
use crate::domain::text;
use crate::error::Result;
use crate::i18n::{self, Msg};
use crate::router::{Audience, Request, Route};
use crate::storage::replies::{self, CannedReply};
use crate::storage::{WriteTx, inboxes};
use crate::tickets::label;
use crate::tickets::reply::{People, compose};

/// The form of a new reply.
pub(super) const ADD: Route =
    Route::form("rad", Audience::Person, |request| Box::pin(async move { on_add(&request).await }));

/// The form of a reply that is changed.
pub(super) const EDIT: Route =
    Route::form("red", Audience::Person, |request| Box::pin(async move { on_edit(&request).await }));

/// Confirms that a reply is removed.
pub(super) const REMOVE: Route =
    Route::component("rrm", Audience::Person, |request| Box::pin(async move { on_remove(&request).await }));

/// The form's field for the name, beside [`forms::FIELD`] for the text.
const NAME: &str = "name";

/// For which inboxes a reply is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Scope(Option<InboxId>);

/// All inboxes, in ids of components and as a choice.
const ALL: &str = "all";

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            None => f.write_str(ALL),
            Some(inbox) => inbox.fmt(f),
        }
    }
}

impl FromStr for Scope {
    type Err = ParseIdError;

    fn from_str(text: &str) -> std::result::Result<Self, ParseIdError> {
        if text == ALL { Ok(Self(None)) } else { text.parse().map(|inbox| Self(Some(inbox))) }
    }
}

/// `/replies add`: the form of a new reply.
pub async fn begin(admin: &Admin<'_>, inbox: Option<&str>) -> Result<Reply> {
    if inboxes::count_of(&admin.state.app.db, admin.guild).await.context("count inboxes")? == 0 {
        return Err(InboxMsg::NoInboxes.into());
    }
    let scope = read_scope(admin, inbox).await?.unwrap_or(Scope(None));
    Ok(Reply::Form(form(admin, admin.id_of(&ADD, &(scope,)), &RepliesMsg::AddFormTitle, "", "")))
}

/// `/replies edit`: the form of a reply as it is now.
pub async fn show(admin: &Admin<'_>, name: &str, inbox: Option<&str>) -> Result<Reply> {
    let found = find(admin, name).await?;
    let scope = read_scope(admin, inbox).await?.unwrap_or(Scope(found.inbox));
    let id = admin.id_of(&EDIT, &(found.id, found.revision, scope));
    Ok(Reply::Form(form(admin, id, &RepliesMsg::EditFormTitle, &found.name, &found.text)))
}

/// `/replies remove`: asks first.
pub async fn ask_to_remove(admin: &Admin<'_>, name: &str) -> Result<Reply> {
    let found = find(admin, name).await?;
    let label = i18n::render(&admin.reader, &RepliesMsg::RemoveButton);
    Ok(Reply::Card {
        msg: RepliesMsg::RemoveAsked { name: text::escape(&found.name) }.into(),
        preview: Some(found.text),
        rows: vec![components::confirm_delete(&label, admin.id_of(&REMOVE, &(found.id,)))],
        in_place: false,
    })
}

/// The names of all replies of the server.
pub async fn suggest(state: &Arc<BotContext>, caller: &Caller, typed: &str) -> Result<Vec<Choice>> {
    let Some(guild) = caller.guild else { return Ok(Vec::new()) };
    let names = replies::list_names(&state.app.db, guild).await.context("list the names of replies")?;
    let names = canned_reply::matching(names.iter().map(|(name, _)| name.as_str()), typed, Choice::MOST);
    Ok(names.into_iter().map(|name| Choice { name: name.to_owned(), value: name.to_owned() }).collect())
}

/// All inboxes together, and each of them.
pub async fn suggest_scopes(state: &Arc<BotContext>, caller: &Caller, typed: &str) -> Result<Vec<Choice>> {
    let Some(guild) = caller.guild else { return Ok(Vec::new()) };
    let all = Choice { name: i18n::render(&caller.reader, &RepliesMsg::ScopeAll), value: ALL.to_owned() };
    let inboxes = inboxes::list(&state.app.db, guild).await.context("list inboxes")?;
    let inboxes = inboxes.into_iter().map(|found| {
        let (inbox, label) = (found.id, label(&found.settings.panel, &caller.guild_locale));
        Choice {
            name: i18n::render(&caller.reader, &RepliesMsg::ScopeInbox { inbox, label }),
            value: inbox.to_string(),
        }
    });
    let typed = typed.trim().to_lowercase();
    let fits = |choice: &Choice| choice.value.starts_with(&typed) || choice.name.to_lowercase().contains(&typed);
    Ok(std::iter::once(all).chain(inboxes).filter(fits).take(Choice::MOST).collect())
}

async fn find(admin: &Admin<'_>, name: &str) -> Result<CannedReply> {
    let found = match Name::parse(name) {
        Some(name) => replies::find_named(&admin.state.app.db, admin.guild, &name).await.context("find a reply")?,
        None => None,
    };
    Ok(found.ok_or(RepliesMsg::Unknown)?)
}

/// `None`: nothing was asked for.
async fn read_scope(admin: &Admin<'_>, reference: Option<&str>) -> Result<Option<Scope>> {
    match reference {
        None => Ok(None),
        Some(reference) if reference.trim().eq_ignore_ascii_case(ALL) => Ok(Some(Scope(None))),
        Some(reference) => Ok(Some(Scope(Some(admin.resolve_one(reference).await?.id)))),
    }
}

fn form(admin: &Admin<'_>, id: String, title: &RepliesMsg, name: &str, text: &str) -> Form {
    let placeholder = &RepliesMsg::TextFormPlaceholder;
    let name = Field {
        label: &RepliesMsg::NameFormLabel,
        placeholder: &RepliesMsg::NameFormPlaceholder,
        value: name,
        max_length: MAX_NAME,
        long: false,
    };
    let text = Field { label: &RepliesMsg::TextFormLabel, placeholder, value: text, max_length: MAX_TEXT, long: true };
    forms::fields(&admin.reader, id, title, &[(NAME, name), (forms::FIELD, text)]).required()
}

async fn on_add(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (scope,) = request.content::<(Scope,)>()?;
    save(&admin, &Sent::read(request)?, scope, None).await
}

async fn on_edit(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (reply, revision, scope) = request.content::<(ReplyId, u32, Scope)>()?;
    save(&admin, &Sent::read(request)?, scope, Some((reply, revision))).await
}

/// What was written in a form.
struct Sent<'a> {
    name: &'a str,
    text: &'a str,
}

impl<'a> Sent<'a> {
    fn read(request: &'a Request) -> Result<Self> {
        let field = |id| request.pressed.text(id).ok_or_else(|| anyhow!("a form came back without its field"));
        Ok(Self { name: field(NAME)?, text: field(forms::FIELD)?.trim() })
    }

    /// Nothing was saved; what was written is shown, so that it need not be written again.
    fn refused(&self, msg: impl Into<Msg>) -> Answer {
        let preview = Some(self.shown());
        Reply::Card { msg: msg.into(), preview, rows: Vec::new(), in_place: false }.into()
    }

    fn shown(&self) -> String {
        shown(self.name, self.text)
    }
}

fn shown(name: &str, text: &str) -> String {
    format!("**{}**\n{text}", text::escape(name))
}

/// Checks and stores a reply: a new one, or one that was at this revision.
async fn save(admin: &Admin<'_>, sent: &Sent<'_>, scope: Scope, base: Option<(ReplyId, u32)>) -> Result<Answer> {
    let Some(name) = Name::parse(sent.name) else { return Ok(sent.refused(RepliesMsg::NameUnfit)) };
    if !text::is_visible(sent.text) {
        return Ok(sent.refused(RepliesMsg::TextEmpty));
    }
    let preview = preview(admin, scope, sent.text).await?;
    if !preview.is_whole() {
        return Ok(sent.refused(RepliesMsg::TextTooLong));
    }
    let mut tx = admin.state.app.db.begin_write().await.context("begin to save a reply")?;
    let saved = text::escape(name.as_str());
    let msg = match scope.0 {
        None => RepliesMsg::SavedForAll { name: saved },
        Some(inbox) => {
            let found = inboxes::load(&mut tx, inbox).await.context("load an inbox")?;
            let Some(found) = found.filter(|found| found.guild == admin.guild) else {
                return Ok(sent.refused(InboxMsg::InboxGone));
            };
            let label = text::escape(&label(&found.settings.panel, &admin.guild_locale));
            RepliesMsg::SavedForInbox { name: saved, inbox, label }
        }
    };
    let refused = match base {
        None => insert(admin, &mut tx, sent, scope, &name).await?,
        Some(base) => change(admin, &mut tx, sent, scope, &name, base).await?,
    };
    if let Some(refused) = refused {
        return Ok(refused);
    }
    tx.commit().await.context("commit a reply")?;
    tracing::info!(guild.id = %admin.guild, "a canned reply was saved");
    let preview = Some(preview.content);
    Ok(Reply::Card { msg: msg.into(), preview, rows: Vec::new(), in_place: false }.into())
}

async fn insert(
    admin: &Admin<'_>,
    tx: &mut WriteTx,
    sent: &Sent<'_>,
    scope: Scope,
    name: &Name,
) -> Result<Option<Answer>> {
    if replies::count(tx, admin.guild).await.context("count replies")? >= MOST {
        return Ok(Some(sent.refused(RepliesMsg::TooMany { most: MOST })));
    }
    let is_new = replies::insert(tx, admin.guild, scope.0, name, sent.text).await.context("store a reply")?;
    Ok((!is_new).then(|| sent.refused(RepliesMsg::NameTaken)))
}

async fn change(
    admin: &Admin<'_>,
    tx: &mut WriteTx,
    sent: &Sent<'_>,
    scope: Scope,
    name: &Name,
    (reply, revision): (ReplyId, u32),
) -> Result<Option<Answer>> {
    let found = replies::load(tx, reply).await.context("load a reply")?;
    let Some(found) = found.filter(|found| found.guild == admin.guild) else {
        return Ok(Some(sent.refused(RepliesMsg::Gone)));
    };
    if found.revision != revision {
        // Two replies fit into an embed (Discord: "Message", embed limits: 4,096 characters).
        let both = format!("{}\n\n⎯⎯⎯⎯⎯⎯\n\n{}", shown(&found.name, &found.text), sent.shown());
        let msg = RepliesMsg::Stale.into();
        return Ok(Some(Reply::Card { msg, preview: Some(both), rows: Vec::new(), in_place: false }.into()));
    }
    let is_free = replies::change(tx, reply, scope.0, name, sent.text).await.context("change a reply")?;
    Ok((!is_free).then(|| sent.refused(RepliesMsg::NameTaken)))
}

/// How the reply would be posted by this admin in a ticket of their own.
async fn preview(admin: &Admin<'_>, scope: Scope, text: &str) -> Result<Composed> {
    let staff = match scope.0 {
        Some(inbox) => inboxes::list_staff(&admin.state.app.db, inbox).await.context("list staff")?,
        None => Vec::new(),
    };
    let people = People { by: admin.user, owner: admin.user, claimer: None, staff: &staff };
    let inbox = match scope.0 {
        Some(inbox) => Some(admin.inbox(inbox).await?),
        None => None,
    };
    Ok(compose(&admin.guild_locale, people, inbox.as_ref(), text))
}

async fn on_remove(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (reply,) = request.content::<(ReplyId,)>()?;
    let is_deleted = replies::delete(&admin.state.app.db, admin.guild, reply).await.context("delete a reply")?;
    let msg = if is_deleted { RepliesMsg::Removed } else { RepliesMsg::Gone };
    Ok(Reply::Card { msg: msg.into(), preview: None, rows: Vec::new(), in_place: true }.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::custom_id::{Content as _, MAX_CONTENT};

    #[test]
    fn every_form_fits_into_an_id() {
        let (reply, inbox) = (ReplyId::new(i64::MAX), InboxId::new(i64::MAX));
        for scope in [Scope(None), Scope(Some(inbox))] {
            let content = (reply, u32::MAX, scope);
            assert!(content.write().len() <= MAX_CONTENT, "{}", content.write());
            assert_eq!(<(ReplyId, u32, Scope)>::read(&content.write()), Some(content));
        }
    }
}
