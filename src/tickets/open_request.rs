//! A request to open a ticket: which inbox, for whom, and what its interaction shows of them.

use std::fmt;

use anyhow::anyhow;
use poise::serenity_prelude::CreateEmbed;

use crate::discord::interaction::{Caller, Person};
use crate::domain::admission::By;
use crate::domain::clock::Timestamp;
use crate::domain::form::Answers;
use crate::domain::ids::{ChannelId, GuildId, InboxId, InteractionId, MessageId, RoleId, UserId};
use crate::domain::permissions::Permissions;
use crate::domain::quote;
use crate::domain::settings::InboxSettings;
use crate::error::Result;
use crate::i18n::{CommonMsg, Locale};
use crate::router::Request;

/// A member's request.
#[derive(Clone, Debug)]
pub struct OpenRequest {
    pub interaction: InteractionId,
    pub guild: GuildId,
    pub guild_locale: Locale,
    pub inbox: Which,
    /// Where it is made, if Discord sent it.
    pub channel: Option<ChannelId>,
    /// The owner of the ticket.
    pub member: UserId,
    /// Staff who open it for the owner: the rules about members and times do not hold. `None`: the owner.
    pub opened_by: Option<UserId>,
    /// The name in the guild. Used for the thread's name, never stored or logged.
    pub display_name: String,
    /// Their roles.
    pub roles: Vec<RoleId>,
    /// When they joined the guild, if Discord sent it.
    pub joined_at: Option<Timestamp>,
    /// Whether they have yet to pass the guild's screening.
    pub pending: bool,
    /// Until when they are timed out, or were, if Discord sent it.
    pub timed_out_until: Option<Timestamp>,
    /// What it is about: quoted in the ticket.
    pub about: Option<About>,
    /// The member's permissions in `channel`, if Discord sent them.
    pub member_permissions: Option<Permissions>,
    /// What the member may do in another channel, which was asked for; `None` for what nobody can tell.
    pub elsewhere: Option<(ChannelId, Option<Permissions>)>,
    /// The bot's permissions in `channel`, if Discord sent them.
    pub bot_permissions: Option<Permissions>,
    pub stage: Stage,
    /// The language of who asks.
    pub reader: Locale,
}

/// A message that a ticket is about.
#[derive(Clone)]
pub struct About {
    pub channel: ChannelId,
    pub message: MessageId,
    pub author: UserId,
    /// Its text, made inert; empty if it has none.
    pub text: String,
    /// The addresses of the files that are copied into the ticket.
    pub files: Vec<String>,
}

impl About {
    /// The message whose quote the private message shows on which something was used. A private answer stands in the
    /// channel of the message that it was opened on.
    pub fn shown(request: &Request, message: MessageId, author: UserId) -> Result<Self> {
        let channel = request.caller.channel.ok_or_else(|| anyhow!("a component was used in no channel"))?;
        let text = request.pressed.set_off.clone().unwrap_or_default();
        let files = request.pressed.further.first().into_iter().flat_map(|text| quote::linked_files(text));
        Ok(Self { channel, message, author, text, files: files.map(str::to_owned).collect() })
    }

    /// What a private message shows from which it is read again.
    pub fn embeds(&self) -> Vec<CreateEmbed> {
        let files = quote::link_files(&self.text, self.files.iter().map(String::as_str));
        let shown = [&self.text, &files].into_iter().filter(|text| !text.is_empty());
        shown.map(|text| CreateEmbed::new().description(text)).collect()
    }
}

/// Without the text.
impl fmt::Debug for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("About").field("message", &self.message).finish_non_exhaustive()
    }
}

/// How a request names its inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The inbox of a button that names none, on the panel with this message.
    FirstOn(MessageId),
    /// This inbox, if it is on the panel with this message.
    On(MessageId, InboxId),
    /// This inbox, if it still has the panel and the channel of tickets that it had when it was looked at: who sees
    /// them was asked before.
    Seen { inbox: InboxId, panel: Option<MessageId>, destination: ChannelId },
    /// This inbox, which the bot has shown to the caller beside its panel: its id was sealed for them.
    Shown(InboxId),
}

/// What has come before, and what has still to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Whatever the inbox wants members to read and to fill in.
    Begin,
    /// The form.
    Form,
    /// The ticket, with the answers of its form.
    Open(Option<Answers>),
}

impl OpenRequest {
    /// For the caller themselves.
    pub fn of(caller: &Caller, interaction: InteractionId, inbox: Which) -> Result<Self> {
        let caller = caller.clone();
        Ok(Self {
            interaction,
            guild: caller.guild.ok_or(CommonMsg::GuildOnly)?,
            guild_locale: caller.guild_locale,
            inbox,
            channel: caller.channel,
            member: caller.user,
            opened_by: None,
            about: None,
            display_name: caller.display_name,
            roles: caller.roles,
            joined_at: caller.joined_at,
            pending: caller.pending,
            timed_out_until: caller.timed_out_until,
            member_permissions: caller.permissions,
            elsewhere: None,
            bot_permissions: caller.bot_permissions,
            stage: Stage::Begin,
            reader: caller.reader,
        })
    }

    /// Who asks for it.
    pub fn by(&self) -> By {
        if self.opened_by.is_some() { By::Staff } else { By::Owner }
    }

    /// For another member, by the caller. Says nothing of what they may do in a channel.
    pub fn for_other(caller: &Caller, interaction: InteractionId, inbox: Which, owner: &Person) -> Result<Self> {
        Ok(Self {
            member: owner.user,
            opened_by: Some(caller.user),
            display_name: owner.display_name.clone(),
            pending: owner.is_pending,
            timed_out_until: owner.timed_out_until,
            roles: owner.roles.clone().unwrap_or_default(),
            joined_at: None,
            channel: None,
            member_permissions: None,
            bot_permissions: None,
            ..Self::of(caller, interaction, inbox)?
        })
    }

    #[must_use]
    pub fn at(self, stage: Stage) -> Self {
        Self { stage, ..self }
    }

    /// The form that came back.
    pub fn answers(&self) -> Option<&Answers> {
        match &self.stage {
            Stage::Open(answers) => answers.as_ref(),
            Stage::Begin | Stage::Form => None,
        }
    }

    /// What the member may do in the channel of the tickets, as far as that is known. Outside the channel that the request
    /// was made in, adding them to the thread shows at least whether they see it.
    pub fn permissions_in(&self, destination: ChannelId) -> Option<Permissions> {
        if self.channel == Some(destination) {
            return self.member_permissions;
        }
        self.elsewhere.filter(|(channel, _)| *channel == destination).and_then(|(_, permissions)| permissions)
    }

    /// Whether to ask what the member may do in the channel of the tickets: not where that was done before.
    pub fn is_unseen(&self, destination: ChannelId) -> bool {
        self.by() == By::Owner
            && !matches!(self.inbox, Which::Seen { .. })
            && self.channel != Some(destination)
            && self.elsewhere.is_none_or(|(channel, _)| channel != destination)
    }

    /// Whether the inbox wants something before the ticket is opened. Who opens one for another fills in no form.
    pub fn is_asked(&self, settings: &InboxSettings) -> bool {
        if self.by() != By::Owner {
            return false;
        }
        let has_form = !settings.form.questions.is_empty();
        match self.stage {
            Stage::Begin => has_form || !settings.frequent.answers.is_empty(),
            Stage::Form => has_form,
            Stage::Open(_) => false,
        }
    }
}
