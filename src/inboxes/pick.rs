//! How an admin chooses a command's message or inbox: with *Select this message*, with a number, or with a link. Of a
//! panel with several inboxes, a menu asks for one.

use anyhow::Context as _;

use super::create::{Creation, Source};
use super::{Admin, channels, delete, first_message, message, panels, settings, staff, templates};
use crate::discord::components::{self, Entry};
use crate::discord::interaction::{Selected, SelectedMessage};
use crate::discord::respond::{Answer, Reply};
use crate::domain::ids::InboxId;
use crate::domain::message_link::InboxRef;
use crate::domain::selection::{self, Pending, Step, Task};
use crate::error::Result;
use crate::i18n::{self, CommonMsg, InboxList, Relative};
use crate::inboxes::InboxMsg;
use crate::router::{Audience, Request, Route};
use crate::storage::inboxes::{self, Inbox};
use crate::storage::panels::Face;
use crate::storage::selections;

/// The inboxes that an admin has named.
enum Named {
    One(Box<Inbox>),
    /// All of a panel with several.
    Panel(Vec<Inbox>),
}

impl Named {
    fn of(mut inboxes: Vec<Inbox>) -> Option<Self> {
        match inboxes.len() {
            0 => None,
            1 => inboxes.pop().map(|inbox| Self::One(Box::new(inbox))),
            _ => Some(Self::Panel(inboxes)),
        }
    }
}

impl Admin<'_> {
    /// Waits for a selected message; the newest step replaces earlier ones. Returns the deadline.
    pub(super) async fn wait_for(&self, step: Step) -> Result<Relative> {
        let app = &self.state.app;
        let pending = Pending::new(step, app.now());
        let stored = selections::put(&app.db, self.guild, self.user, &pending).await;
        stored.context("store a pending selection")?;
        Ok(Relative(pending.expires_at))
    }

    /// Runs a task on the inbox that `reference` names, or asks for one to be selected.
    pub async fn with_inbox(&self, reference: Option<&str>, task: Task) -> Result<Reply> {
        match reference {
            Some(reference) => self.perform_on(task, self.resolve(reference).await?).await,
            None => Ok(InboxMsg::SelectInbox { until: self.wait_for(Step::PickInbox(task)).await? }.into()),
        }
    }

    /// What this number or link names in this guild.
    async fn resolve(&self, reference: &str) -> Result<Named> {
        match InboxRef::parse(reference).ok_or(InboxMsg::InboxReferenceUnclear)? {
            InboxRef::Number(number) => Ok(Named::One(Box::new(self.inbox(number).await?))),
            InboxRef::Message { guild, message } => {
                let mut found = inboxes::list_on_message(&self.state.app.db, message).await.context("find a panel")?;
                found.retain(|found| found.guild == self.guild && guild == self.guild);
                Ok(Named::of(found).ok_or(InboxMsg::InboxGone)?)
            }
        }
    }

    /// The one inbox that `reference` names.
    pub(super) async fn resolve_one(&self, reference: &str) -> Result<Inbox> {
        match self.resolve(reference).await? {
            Named::One(inbox) => Ok(*inbox),
            Named::Panel(inboxes) => {
                let inboxes = InboxList(inboxes.iter().map(|inbox| inbox.id).collect());
                Err(InboxMsg::NameOneInbox { inboxes }.into())
            }
        }
    }

    /// The inbox that `reference` names, or any of the panel, for what concerns the whole panel.
    pub(super) async fn resolve_any(&self, reference: &str) -> Result<Inbox> {
        match self.resolve(reference).await? {
            Named::One(inbox) => Ok(*inbox),
            Named::Panel(inboxes) => Ok(inboxes.into_iter().next().ok_or(InboxMsg::InboxGone)?),
        }
    }

    /// The panel that `reference` links to, or on which the inbox of this number is. Its message exists.
    pub(super) async fn resolve_panel(&self, reference: &str) -> Result<Face> {
        let inbox = self.resolve_any(reference).await?;
        super::link(&inbox)?;
        let panel = inbox.panel.ok_or(InboxMsg::InboxDetached { inbox: inbox.id })?;
        self.face(panel.id).await
    }

    /// The second step: uses the selected message for the command that this admin has started. A failed attempt can be
    /// repeated.
    pub async fn select(&self, selected: &SelectedMessage) -> Result<Answer> {
        let app = &self.state.app;
        // A double click uses the message once.
        let running = app.selecting.begin_alone((self.guild, self.user)).ok_or(InboxMsg::SelectionRunning)?;
        let pending = selections::find(&app.db, self.guild, self.user).await.context("find a pending selection")?;
        let step = selection::check(pending, app.now()).map_err(|refusal| match refusal {
            selection::Refusal::Nothing => InboxMsg::NothingPending,
            selection::Refusal::Expired => InboxMsg::SelectionExpired,
        })?;
        let tried = pending.ok_or(InboxMsg::NothingPending)?;
        let retry = Pending::new(step, app.now());
        let outcome = self.attempt(&tried, retry, self.complete(step, selected, Relative(retry.expires_at))).await;
        drop(running);
        outcome
    }

    /// Does what completes a step: it ends, or after a failure lasts as long as `retry`.
    pub(super) async fn attempt(
        &self,
        tried: &Pending,
        retry: Pending,
        work: impl Future<Output = Result<Answer>>,
    ) -> Result<Answer> {
        let db = &self.state.app.db;
        let outcome = Box::pin(work).await;
        let stored = if outcome.is_ok() {
            selections::finish(db, self.guild, self.user, tried).await
        } else {
            selections::extend(db, self.guild, self.user, tried, retry.expires_at).await
        };
        stored.context("store how a selection ended")?;
        outcome
    }

    async fn complete(&self, step: Step, selected: &SelectedMessage, until: Relative) -> Result<Answer> {
        let reply = match step {
            Step::CreateInbox { channel, destination, like } => {
                let creation = Creation { channel, destination: destination.unwrap_or(channel), like };
                return creation.finish(self, Source::Selected(selected), until).await;
            }
            Step::PickInbox(task) => {
                let mut found =
                    inboxes::list_on_message(&self.state.app.db, selected.id).await.context("find a panel")?;
                found.retain(|found| found.guild == self.guild);
                self.perform_on(task, Named::of(found).ok_or(InboxMsg::NotAnInbox { until })?).await?
            }
            Step::CopyFirst { inbox } => first_message::finish(self, inbox, selected, until).await?,
            Step::ReplaceMessage { inbox } => message::replace(self, inbox, selected, until).await?,
            Step::Repost { inbox, channel } => message::finish_repost(self, inbox, channel, selected, until).await?,
        };
        Ok(reply.into())
    }

    async fn perform_on(&self, task: Task, named: Named) -> Result<Reply> {
        match (named, task) {
            (Named::One(inbox), _) => self.perform(task, *inbox).await,
            // The content is the panel's.
            (Named::Panel(inboxes), Task::ReplaceMessage) => {
                let first = inboxes.into_iter().next().ok_or(InboxMsg::InboxGone)?;
                self.perform(task, first).await
            }
            (Named::Panel(inboxes), _) => self.ask_which(task, &inboxes),
        }
    }

    async fn perform(&self, task: Task, inbox: Inbox) -> Result<Reply> {
        match task {
            Task::SetDestination(channel) => channels::set_destination(self, &inbox, channel).await,
            Task::ReplaceMessage => message::ask_for_source(self, &inbox).await,
            Task::EditStaff => staff::show(self, &inbox).await,
            Task::EditStarter => Ok(templates::show_starter(self, &inbox)),
            Task::EditFirst => Ok(first_message::show(self, &inbox, &[])),
            Task::EditName => Ok(templates::show_name(self, &inbox)),
            Task::Settings => settings::show_inbox(self, inbox.id).await,
            Task::Delete => delete::ask_for(self, &inbox).await,
        }
    }

    /// Shows a menu of the inboxes of a panel.
    fn ask_which(&self, task: Task, inboxes: &[Inbox]) -> Result<Reply> {
        let first = inboxes.first().ok_or(InboxMsg::InboxGone)?;
        let entries = inboxes.iter().map(|inbox| Entry {
            value: inbox.id.to_string(),
            label: panels::name_of(self, inbox),
            description: None,
            is_chosen: false,
        });
        let placeholder = i18n::render(&self.reader, &InboxMsg::ChooseInboxPlaceholder);
        Ok(Reply::Card {
            msg: InboxMsg::WhichInbox { panel: super::link(first)? }.into(),
            preview: None,
            rows: vec![components::menu(self.id_of(&WHICH, &(task,)), &placeholder, entries)],
            in_place: false,
        })
    }
}

/// The menu of the inboxes of a panel.
pub(super) const WHICH: Route =
    Route::component("pwi", Audience::Person, |request| Box::pin(async move { on_chosen(&request).await }));

async fn on_chosen(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (task,) = request.content::<(Task,)>()?;
    let inbox: Option<InboxId> = match request.pressed.values.first() {
        Some(Selected::Value(value)) => value.parse().ok(),
        _ => None,
    };
    let inbox = admin.inbox(inbox.ok_or(CommonMsg::OutdatedComponent)?).await?;
    // In the place of the menu.
    Ok(match admin.perform(task, inbox).await? {
        Reply::Card { msg, preview, rows, .. } => Reply::Card { msg, preview, rows, in_place: true },
        Reply::Text(msg) => Reply::Card { msg, preview: None, rows: Vec::new(), in_place: true },
        other => other,
    }
    .into())
}
