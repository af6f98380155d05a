//! Changes a list: one transaction, if nobody else has changed it since the page or the form was shown.

use anyhow::anyhow;

use super::fields;
use super::msg::EntryMsg;
use super::{At, FORM, List, Lists, pages};
use crate::discord::forms::Form;
use crate::discord::respond::{Answer, Drawing, Reply};
use crate::domain::form::Kind;
use crate::domain::ids::InboxId;
use crate::domain::settings::Base;
use crate::domain::text;
use crate::error::Result;
use crate::i18n::{self, CommonMsg, Message};
use crate::inboxes::settings::{self, SettingsMsg};
use crate::inboxes::{Admin, Changed};
use crate::router::Request;
use crate::storage::inboxes::Inbox;

fn say(admin: &Admin<'_>, msg: &dyn Message) -> String {
    i18n::render(&admin.reader, msg)
}

/// A change that is to be saved.
struct Edit {
    list: List,
    /// The entry that is shown afterwards.
    index: Option<usize>,
    revision: u32,
    saved: EntryMsg,
    /// What was written, for a form that came too late.
    sent: Option<String>,
}

pub(super) async fn on_change(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (inbox, At { list, index }, what, revision) = request.content::<(InboxId, At, String, u32)>()?;
    let found = admin.inbox(inbox).await?;
    let mut lists = Lists::of(&found);
    let count = list.count(&found);
    let index = index.filter(|index| *index < count);
    let edit = |index: Option<usize>, saved: EntryMsg| Edit { list, index, revision, saved, sent: None };
    let is_stale = found.revisions.of(list.group()) != revision;
    let edit = match (what.as_str(), index) {
        // The entry may be another one now.
        _ if is_stale => edit(None, EntryMsg::Saved),
        (pages::UP, Some(index @ 1..)) => {
            swap(&mut lists, list, index, index - 1);
            edit(Some(index - 1), EntryMsg::Moved)
        }
        (pages::DOWN, Some(index)) if index + 1 < count => {
            swap(&mut lists, list, index, index + 1);
            edit(Some(index + 1), EntryMsg::Moved)
        }
        (pages::REMOVE, Some(index)) => {
            match list {
                List::Questions => drop(lists.questions.remove(index)),
                List::Frequent => drop(lists.frequent.remove(index)),
            }
            edit(None, EntryMsg::Removed)
        }
        (pages::REQUIRED, Some(index)) if list == List::Questions => {
            lists.questions[index].required = !lists.questions[index].required;
            edit(Some(index), EntryMsg::Saved)
        }
        (pages::MENU, Some(index)) if list == List::Questions => {
            if let Kind::One { menu, .. } | Kind::Several { menu, .. } = &mut lists.questions[index].kind {
                *menu = !*menu;
            }
            edit(Some(index), EntryMsg::Saved)
        }
        _ => return Err(CommonMsg::OutdatedComponent.into()),
    };
    save(&admin, inbox, lists, edit).await
}

fn swap(lists: &mut Lists, list: List, one: usize, other: usize) {
    match list {
        List::Questions => lists.questions.swap(one, other),
        List::Frequent => lists.frequent.swap(one, other),
    }
}

pub(super) async fn on_edit(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (inbox, at, part) = request.content::<(InboxId, At, String)>()?;
    let found = admin.inbox(inbox).await?;
    let At { list, index } = at;
    if index.is_some_and(|index| index >= list.count(&found)) {
        return Ok(Reply::Redraw(pages::list(&admin, &found, list, &[say(&admin, &SettingsMsg::Stale)], None)).into());
    }
    let lists = Lists::of(&found);
    if fields::would_change(&lists, list, index, &part) {
        let said = [say(&admin, &EntryMsg::NotInForm)];
        return Ok(Reply::Redraw(page(&admin, &found, at, &said, None)).into());
    }
    let fields = fields::fields(&admin.reader, &lists, list, index, &part);
    if fields.is_empty() {
        return Err(CommonMsg::OutdatedComponent.into());
    }
    let title = match list {
        List::Questions => EntryMsg::QuestionTitle,
        List::Frequent => EntryMsg::FrequentTitle,
    };
    let id = admin.id_of(&FORM, &(inbox, at, part, found.revisions.of(list.group())));
    Ok(Reply::Form(Form::new(id, &say(&admin, &title), fields)).into())
}

pub(super) async fn on_form(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (inbox, At { list, index }, part, revision) = request.content::<(InboxId, At, String, u32)>()?;
    let found = admin.inbox(inbox).await?;
    let sent = |field: &str| request.pressed.text(field);
    let written = fields::written(sent).ok_or_else(|| anyhow!("a form came back without its fields"))?;
    let written = Some(written).filter(|written| text::is_visible(written));
    let mut lists = Lists::of(&found);
    let is_stale = found.revisions.of(list.group()) != revision;
    let shown = if is_stale {
        Ok(None)
    } else {
        let applied = fields::apply(&mut lists, list, index, &part, sent);
        applied.and_then(|at| fields::check(&lists, list).map(|()| Some(at)))
    };
    match shown {
        Ok(shown) => {
            let edit = Edit { list, index: shown, revision, saved: EntryMsg::Saved, sent: written };
            save(&admin, inbox, lists, edit).await
        }
        Err(wrong) => {
            let said = [say(&admin, &wrong)];
            Ok(Reply::Redraw(page(&admin, &found, At { list, index }, &said, written)).into())
        }
    }
}

async fn save(admin: &Admin<'_>, inbox: InboxId, lists: Lists, edit: Edit) -> Result<Answer> {
    let Edit { list, index, revision, saved, sent } = edit;
    let base = Base { group: list.group(), revision };
    let changed = admin
        .change_settings(inbox, Some(base), |settings| match list {
            List::Questions => settings.form.questions = lists.questions,
            List::Frequent => settings.frequent.answers = lists.frequent,
        })
        .await?;
    if let Changed::Stale(now) = changed {
        let msg = if sent.is_some() { SettingsMsg::StaleText } else { SettingsMsg::Stale };
        return Ok(Reply::Redraw(pages::list(admin, &now, list, &[say(admin, &msg)], sent)).into());
    }
    let now = admin.inbox(inbox).await?;
    tracing::info!(inbox.id = %inbox, setting = list.key(), "a list was changed");
    let mut said = vec![say(admin, &saved)];
    said.extend(settings::advise(admin, &now, list.key()).await);
    Ok(Reply::Redraw(page(admin, &now, At { list, index }, &said, None)).into())
}

/// The page of an entry, or of the whole list.
fn page(admin: &Admin<'_>, inbox: &Inbox, at: At, said: &[String], sent: Option<String>) -> Drawing {
    match at.index {
        Some(index) => pages::entry(admin, inbox, at.list, index, said, sent),
        None => pages::list(admin, inbox, at.list, said, sent),
    }
}
