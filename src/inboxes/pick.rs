//! How an admin chooses a command's message or inbox: with *Select this message*, or with a link.

use anyhow::Context as _;

use super::create::Creation;
use super::{Admin, channels, message, staff, templates};
use crate::discord::interaction::SelectedMessage;
use crate::discord::respond::{Answer, Reply};
use crate::domain::message_link::InboxRef;
use crate::domain::selection::{self, Pending, Step, Task};
use crate::error::Result;
use crate::i18n::Relative;
use crate::inboxes::InboxMsg;
use crate::storage::inboxes::{self, Inbox};
use crate::storage::selections;

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
            Some(reference) => self.perform(task, self.resolve(reference).await?).await,
            None => Ok(InboxMsg::SelectInbox { until: self.wait_for(Step::PickInbox(task)).await? }.into()),
        }
    }

    /// The inbox of this guild with this number or link.
    pub(super) async fn resolve(&self, reference: &str) -> Result<Inbox> {
        match InboxRef::parse(reference).ok_or(InboxMsg::InboxReferenceUnclear)? {
            InboxRef::Number(number) => self.inbox(number).await,
            InboxRef::Message { guild, message } => {
                let found = inboxes::find_first_on(&self.state.app.db, message).await.context("find an inbox")?;
                Ok(found.filter(|found| found.guild == self.guild && guild == self.guild).ok_or(InboxMsg::InboxGone)?)
            }
        }
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
        let outcome = Box::pin(self.complete(step, selected, Relative(retry.expires_at))).await;
        let stored = if outcome.is_ok() {
            selections::finish(&app.db, self.guild, self.user, &tried).await
        } else {
            selections::extend(&app.db, self.guild, self.user, &tried, retry.expires_at).await
        };
        drop(running);
        stored.context("store how a selection ended")?;
        outcome
    }

    async fn complete(&self, step: Step, selected: &SelectedMessage, until: Relative) -> Result<Answer> {
        let reply = match step {
            Step::CreateInbox { channel, destination } => {
                let creation = Creation { channel, destination: destination.unwrap_or(channel) };
                return creation.finish(self, selected, until).await;
            }
            Step::PickInbox(task) => {
                let found = inboxes::find_first_on(&self.state.app.db, selected.id).await;
                let inbox = found.context("find an inbox")?.filter(|found| found.guild == self.guild);
                self.perform(task, inbox.ok_or(InboxMsg::NotAnInbox { until })?).await?
            }
            Step::ReplaceMessage { inbox } => message::replace(self, inbox, selected, until).await?,
            Step::Repost { inbox, channel } => message::finish_repost(self, inbox, channel, selected, until).await?,
        };
        Ok(reply.into())
    }

    async fn perform(&self, task: Task, inbox: Inbox) -> Result<Reply> {
        match task {
            Task::SetDestination(channel) => channels::set_destination(self, &inbox, channel).await,
            Task::ReplaceMessage => message::ask_for_source(self, &inbox).await,
            Task::EditStaff => staff::show(self, &inbox).await,
            Task::EditStarter => Ok(templates::show_starter(self, &inbox)),
            Task::EditName => Ok(templates::show_name(self, &inbox)),
        }
    }
}
