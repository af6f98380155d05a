//! The lists of an inbox that have pages of their own: the questions of its form, and its answers to frequent questions.
//! One page shows a list, one an entry, which is written in forms; entries are moved and removed by buttons.
//!
//! Ids carry the inbox, the list with the index of an entry, and the revision of the list: a page from before another
//! change is refused and drawn anew. Nothing is kept in memory.

mod edit;
mod fields;
mod msg;
mod pages;
mod preview;

pub(crate) use fields::fault_of_entries;
pub use msg::EntryMsg;
pub(super) use preview::{PREVIEW, PREVIEWED};

use std::fmt;
use std::str::FromStr;

use super::{Admin, settings};
use crate::discord::interaction::Selected;
use crate::discord::respond::{Answer, Reply};
use crate::domain::form::{self, Question};
use crate::domain::frequent::{self, Frequent};
use crate::domain::ids::InboxId;
use crate::domain::settings::Group;
use crate::error::Result;
use crate::i18n::CommonMsg;
use crate::router::{Audience, Request, Route};
use crate::storage::inboxes::Inbox;

/// Leads to a list, or to an entry of it.
pub(super) const PAGE: Route =
    Route::component("lpg", Audience::Person, |request| Box::pin(async move { on_page(&request).await })).redraws();

/// Switches, moves or removes an entry.
pub(super) const CHANGE: Route =
    Route::component("lch", Audience::Person, |request| Box::pin(async move { edit::on_change(&request).await }))
        .redraws();

/// Opens a form of an entry.
pub(super) const EDIT: Route =
    Route::component("led", Audience::Person, |request| Box::pin(async move { edit::on_edit(&request).await }))
        .redraws();

/// That form.
pub(super) const FORM: Route =
    Route::form("lfm", Audience::Person, |request| Box::pin(async move { edit::on_form(&request).await })).redraws();

/// A list of an inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    Questions,
    Frequent,
}

/// A list, or an entry of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct At {
    list: List,
    index: Option<usize>,
}

impl List {
    const fn group(self) -> Group {
        match self {
            Self::Questions => Group::Form,
            Self::Frequent => Group::Frequent,
        }
    }

    /// The setting.
    const fn key(self) -> &'static str {
        match self {
            Self::Questions => "form.questions",
            Self::Frequent => "frequent.answers",
        }
    }

    const fn most(self) -> usize {
        match self {
            Self::Questions => form::MOST_QUESTIONS,
            Self::Frequent => frequent::MOST,
        }
    }

    fn count(self, inbox: &Inbox) -> usize {
        match self {
            Self::Questions => inbox.settings.form.questions.len(),
            Self::Frequent => inbox.settings.frequent.answers.len(),
        }
    }

    const fn whole(self) -> At {
        At { list: self, index: None }
    }

    const fn at(self, index: usize) -> At {
        At { list: self, index: Some(index) }
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.list {
            List::Questions => "q",
            List::Frequent => "f",
        })?;
        self.index.map_or(Ok(()), |index| index.fmt(f))
    }
}

impl FromStr for At {
    type Err = ();

    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        let (list, index) = match text.split_at_checked(1) {
            Some(("q", index)) => (List::Questions, index),
            Some(("f", index)) => (List::Frequent, index),
            _ => return Err(()),
        };
        let index = if index.is_empty() { None } else { Some(index.parse().map_err(|_| ())?) };
        Ok(Self { list, index })
    }
}

/// Both lists, while one of them is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Lists {
    questions: Vec<Question>,
    frequent: Vec<Frequent>,
}

impl Lists {
    fn of(inbox: &Inbox) -> Self {
        Self { questions: inbox.settings.form.questions.clone(), frequent: inbox.settings.frequent.answers.clone() }
    }
}

/// The page of a group of settings that is such a list.
pub(super) fn show(admin: &Admin<'_>, inbox: &Inbox, group: &str) -> Option<Reply> {
    let list = [List::Questions, List::Frequent].into_iter().find(|list| settings::key_of(list.group()) == group)?;
    Some(Reply::Redraw(pages::list(admin, inbox, list, &[], None)))
}

async fn on_page(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (inbox, at, part) = request.content::<(InboxId, At, String)>()?;
    let inbox = admin.inbox(inbox).await?;
    let chosen = match request.pressed.values.first() {
        Some(Selected::Value(value)) => value.parse().ok(),
        _ => None,
    };
    let index = at.index.or(chosen).filter(|index| *index < at.list.count(&inbox));
    let drawing = match (part.as_str(), index) {
        (pages::ADD, _) => pages::add(&admin, &inbox),
        (pages::REMOVE, Some(index)) => pages::remove(&admin, &inbox, at.list, index),
        (pages::SHOW, Some(index)) => pages::entry(&admin, &inbox, at.list, index, &[], None),
        (pages::SHOW | pages::REMOVE, None) => pages::list(&admin, &inbox, at.list, &[], None),
        _ => return Err(CommonMsg::OutdatedComponent.into()),
    };
    Ok(Reply::Redraw(drawing).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::custom_id::{Content as _, MAX_CONTENT};

    #[test]
    fn every_place_and_form_fits_into_an_id() {
        let longest = (InboxId::new(i64::MAX), List::Questions.at(24), "new-consent".to_owned(), u32::MAX);
        assert!(longest.write().len() <= MAX_CONTENT);
        assert_eq!(<(InboxId, At, String, u32)>::read(&longest.write()), Some(longest));
        for at in [List::Questions.whole(), List::Frequent.whole(), List::Frequent.at(9)] {
            assert_eq!(at.to_string().parse(), Ok(at));
        }
        for odd in ["", "x", "q-1", "qq", "1", "é"] {
            assert_eq!(odd.parse::<At>(), Err(()), "{odd}");
        }
    }
}
