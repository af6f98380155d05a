//! A new inbox: on a new panel, whose message an admin selects, or on an existing one (`add`).

use std::sync::Arc;

use anyhow::Context as _;

use super::channels::{self, Channels};
use super::message::{copy_of, notes, with_notes};
use super::{Admin, InboxMsg, add, panels, preflight, ready};
use crate::discord::guild::{BotMember, ChannelFacts};
use crate::discord::inbox_message::{self, Copy};
use crate::discord::interaction::SelectedMessage;
use crate::discord::respond::{Answer, Reply};
use crate::discord::rest::Rest;
use crate::domain::ids::{ChannelId, InboxId};
use crate::domain::selection::Step;
use crate::domain::server_config::MOST_INBOXES;
use crate::domain::settings::{InboxSettings, PanelEntry};
use crate::domain::staff::{StaffMember, default_staff};
use crate::error::{Error, Result};
use crate::i18n::{self, InboxLink, Locale, Relative};
use crate::storage::inboxes::{self, Deleted, NewInbox};
use crate::storage::panels::NewPanel;
use crate::storage::{self, Database};

/// What an admin asked for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Of a new panel.
    pub channel: Option<ChannelId>,
    /// An existing panel: a link to it, or the number of an inbox on it.
    pub panel: Option<&'a str>,
    pub destination: Option<ChannelId>,
    /// The inbox whose settings and staff are copied.
    pub like: Option<&'a str>,
}

/// The first step of `/inbox create`.
pub async fn begin(admin: &Admin<'_>, wanted: Wanted<'_>) -> Result<Reply> {
    refuse_too_many(admin).await?;
    let like = match wanted.like {
        Some(reference) => Some(admin.resolve_one(reference).await?),
        None => None,
    };
    let destination = wanted.destination.or(like.as_ref().map(|like| like.settings.destination));
    let like = like.map(|like| like.id);
    match (wanted.channel, wanted.panel) {
        (Some(channel), None) => {
            Creation { channel, destination: destination.unwrap_or(channel), like }.begin(admin).await
        }
        (None, Some(panel)) => add::ask(admin, panel, destination, like).await,
        _ => Err(InboxMsg::CreateWhere.into()),
    }
}

pub(super) async fn refuse_too_many(admin: &Admin<'_>) -> Result<()> {
    let count = inboxes::count_of(&admin.state.app.db, admin.guild).await.context("count inboxes")?;
    let limit = MOST_INBOXES as u64;
    if count < limit { Ok(()) } else { Err(InboxMsg::TooManyInboxes { limit }.into()) }
}

/// The settings and the staff with which an inbox begins: those of `like`, except what its button looks like.
pub(super) async fn beginning(
    admin: &Admin<'_>,
    like: Option<InboxId>,
    bot: &BotMember,
    destination: &ChannelFacts,
) -> Result<(InboxSettings, Vec<StaffMember>)> {
    let Some(like) = like else {
        let staff = default_staff(&destination.overwrites, admin.guild, bot.id, &bot.own_roles);
        return Ok((InboxSettings::new(destination.id), staff));
    };
    let like = admin.inbox(like).await?;
    let staff = inboxes::list_staff(&admin.state.app.db, like.id).await.context("list staff")?;
    let mut settings = like.settings;
    (settings.destination, settings.panel) = (destination.id, PanelEntry::default());
    Ok((settings, staff))
}

/// A new panel with one inbox.
pub(super) struct Creation {
    pub channel: ChannelId,
    pub destination: ChannelId,
    pub like: Option<InboxId>,
}

/// What a new panel shows above its button.
pub(super) enum Source<'a> {
    Selected(&'a SelectedMessage),
    Written(Copy),
}

impl Creation {
    pub(super) fn step(&self) -> Step {
        Step::CreateInbox { channel: self.channel, destination: Some(self.destination), like: self.like }
    }

    /// The first step: names all switches in one answer, and asks for what the panel shows.
    async fn begin(self, admin: &Admin<'_>) -> Result<Reply> {
        let channels = Channels::read(admin, self.channel, self.destination).await?;
        let Channels { view, channel, destination } = &channels;
        let (settings, staff) = beginning(admin, self.like, &view.bot, destination).await?;
        let remarks = preflight::remarks(admin, view, Some(channel), destination, &settings, &staff);
        match channels.refuse_missing() {
            Err(Error::User(msg)) => {
                let preview = (!remarks.is_empty()).then(|| remarks.join("\n"));
                return Ok(Reply::Card { msg, preview, rows: Vec::new(), in_place: false });
            }
            refused => refused?,
        }
        let until = admin.wait_for(self.step()).await?;
        let text = ready::preview(admin);
        let preview =
            if remarks.is_empty() { text } else { format!("{}\n\n⎯⎯⎯⎯⎯⎯\n\n{text}", remarks.join("\n")) };
        Ok(Reply::Card {
            msg: InboxMsg::SelectInboxMessage { channel: self.channel, destination: self.destination, until }.into(),
            preview: Some(preview),
            rows: ready::buttons(admin, &self),
            in_place: false,
        })
    }

    /// The second step: posts the panel with a button below it, and stores the inbox.
    pub(super) async fn finish(self, admin: &Admin<'_>, source: Source<'_>, until: Relative) -> Result<Answer> {
        let (app, rest) = (&admin.state.app, &admin.state.rest);
        refuse_too_many(admin).await?;
        let channels = channels::check(admin, self.channel, self.destination).await?;
        let (settings, staff) = beginning(admin, self.like, &channels.view.bot, &channels.destination).await?;
        let (copy, selected) = match source {
            Source::Selected(selected) => (copy_of(admin, selected, until).await?, Some(selected)),
            Source::Written(copy) => (copy, None),
        };
        let left_out = copy.left_out.clone();
        let rows = panels::rows_of_new(&settings.panel, &admin.guild_locale);
        let message = copy.post(rest, self.channel, rows).await;
        let message = message.map_err(|fault| super::message::explain(fault, until))?;

        let link = InboxLink { guild: admin.guild, channel: self.channel, message };
        let done = if staff.is_empty() {
            InboxMsg::InboxCreatedNoStaff { inbox: link }
        } else {
            InboxMsg::InboxCreated { inbox: link }
        };
        let panel = NewPanel { channel: self.channel, message, slowmode: channels.channel.slowmode };
        let inbox = match inboxes::insert(&app.db, &new_inbox(admin, settings, staff), panel).await {
            Ok(inbox) => inbox,
            Err(error) => {
                delete_panel_message(rest, link, &admin.guild_locale).await;
                return Err(anyhow::Error::new(error).context("store an inbox").into());
            }
        };
        tracing::info!(guild.id = %admin.guild, channel.id = %self.channel, message.id = %message, "inbox created");
        let (state, locale) = (Arc::clone(admin.state), admin.guild_locale.clone());
        let notes = match selected {
            Some(selected) => notes(admin, self.channel, selected, &left_out).await,
            None => Vec::new(),
        };
        let done = with_notes(done, &notes);
        Ok(Answer::undone_by(done, async move {
            if let Err(error) = take_back(&state.app.db, inbox).await {
                tracing::error!(inbox.id = %inbox, %error, "could not undo an inbox");
            }
            delete_panel_message(&state.rest, link, &locale).await;
        }))
    }
}

pub(super) fn new_inbox(admin: &Admin<'_>, settings: InboxSettings, staff: Vec<StaffMember>) -> NewInbox {
    let at = admin.state.app.now();
    NewInbox { guild: admin.guild, guild_locale: admin.guild_locale.to_string(), settings, staff, at }
}

/// Another process has answered: its inbox stands, and this one goes.
pub(super) async fn take_back(db: &Database, inbox: InboxId) -> storage::Result<Option<Deleted>> {
    let mut tx = db.begin_write().await?;
    let deleted = inboxes::delete(&mut tx, inbox).await?;
    tx.commit().await?;
    Ok(deleted)
}

/// A button of an unknown inbox would only disappoint.
async fn delete_panel_message(rest: &Rest, inbox: InboxLink, guild_locale: &Locale) {
    let reason = i18n::render(guild_locale, &InboxMsg::InboxUndoneAuditReason);
    inbox_message::delete(rest, inbox.channel, inbox.message, &reason).await;
}
