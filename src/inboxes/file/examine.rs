//! Reads a file against the server as it is: what is stored, and what there is on Discord.

use anyhow::Context as _;
use futures_util::StreamExt as _;
use futures_util::stream;

use crate::checkup::{self, LOOKUPS, Posting};
use crate::discord::guild::{self, ChannelFacts, GuildView};
use crate::discord::panel_content;
use crate::domain::checkup::{Severity, StaffChannel};
use crate::domain::permissions::Permissions;
use crate::domain::server_config::{InboxConfig, ServerConfig};
use crate::domain::staff::StaffMember;
use crate::error::Result;
use crate::inboxes::{Admin, channels};
use crate::server_config::{
    self, Bounds, Channel, Comparison, ConfigProblem, Counts, Digest, Directory, Names, Problem, Read, compare,
};
use crate::storage::{server_config as stored, template_files};

/// How many panels are read at the same time.
const READS_AT_ONCE: usize = 10;

/// The most channels and roles that are confirmed: as many as fit into the menus of an answer.
const MOST_NAMES: usize = super::show::IN_MENU * super::show::MENUS;

/// What became of a file.
#[derive(Debug)]
pub(super) enum Examined {
    Problems(Vec<Problem>),
    /// It would change nothing.
    Nothing,
    Changes(Box<Changes>),
}

/// What a file would change.
#[derive(Debug)]
pub(super) struct Changes {
    /// What is stored, with what was read from panels.
    pub current: ServerConfig,
    pub wanted: Read,
    pub comparison: Comparison,
    pub change: Digest,
    /// Who could read more, as sentences.
    pub warnings: Vec<String>,
}

/// The server on Discord, as the bot and the asker see it.
pub(super) struct Surroundings {
    view: GuildView,
    channels: Vec<ChannelFacts>,
    /// Nobody learns the name of a channel that they cannot see.
    pub directory: Directory,
}

impl Surroundings {
    /// Three requests.
    pub(super) async fn look(admin: &Admin<'_>) -> Result<Self> {
        let rest = &admin.state.rest;
        let (view, listed) = tokio::join!(channels::view(admin), guild::channels(rest, admin.guild));
        let view = view?;
        let mut channels = listed.map_err(|fault| channels::explain(fault, "list the guild's channels"))?;
        channels.retain(|channel| {
            let may = view.members.permissions_in(channel, admin.user, &admin.roles);
            may.contains(Permissions::VIEW_CHANNEL)
        });
        let known_channels = channels.iter().map(|channel| {
            let known = Channel {
                name: channel.name.clone(),
                bot: view.bot.granted_in(channel),
                allows_private_threads: channel.allows_private_threads,
            };
            (channel.id, known)
        });
        let everyone = admin.guild.everyone();
        let roles = view.role_names.iter().filter(|(role, _)| **role != everyone);
        let names = Names::new(known_channels, roles.map(|(role, name)| (*role, name.clone())));
        Ok(Self { view, channels, directory: Directory { names: Some(names) } })
    }
}

impl Surroundings {
    /// Reads what stands on panels in channels that the asker sees: one request each, for at most as many panels as a server
    /// can have inboxes. What cannot be read is not written over.
    pub(super) async fn read_panels(&self, admin: &Admin<'_>, config: &mut ServerConfig) {
        let rest = &admin.state.rest;
        let is_seen = |channel| self.channels.iter().any(|facts| facts.id == channel);
        let shown = config.panels.iter_mut().filter(|panel| is_seen(panel.channel));
        let reads = shown.filter_map(|panel| Some((panel.message?, panel)));
        let reads = stream::iter(reads).for_each_concurrent(READS_AT_ONCE, |(message, panel)| async move {
            match panel_content::read(rest, panel.channel, message).await {
                Ok(found) => panel.content = Some(found.content),
                Err(fault) => tracing::warn!(panel.id = %panel.id, %fault, "the text of a panel could not be read"),
            }
        });
        reads.await;
    }
}

/// Examines a file.
pub(super) async fn examine(admin: &Admin<'_>, bytes: &[u8]) -> Result<Examined> {
    let surroundings = Surroundings::look(admin).await?;
    let (db, now) = (&admin.state.app.db, admin.state.app.now());
    let mut current = stored::find(db, admin.guild, now).await.context("read a configuration")?.unwrap_or_default();
    surroundings.read_panels(admin, &mut current).await;
    let files = template_files::list_used(db, admin.guild).await.context("list the files of first messages")?;
    let directory = &surroundings.directory;
    let records_days = admin.state.app.limits().records_days;
    let bounds = Bounds { guild: admin.guild, current: &current, directory, records_days, files: &files, now };
    let wanted = match server_config::read(bytes, bounds) {
        Ok(wanted) => wanted,
        Err(problems) => return Ok(Examined::Problems(problems)),
    };
    if !wanted.is_own && wanted.by_name.len() > MOST_NAMES {
        let limit = MOST_NAMES as u64;
        return Ok(Examined::Problems(vec![Problem::of_whole(ConfigProblem::TooManyNames { limit })]));
    }
    let strangers = find_strangers(admin, &wanted).await?;
    if !strangers.is_empty() {
        return Ok(Examined::Problems(strangers));
    }
    let counts = Counts::read(db, &current, &wanted.config).await.context("count tickets")?;
    let comparison = compare(&current, &wanted, directory, &admin.guild_locale, &counts);
    if comparison.is_empty() {
        return Ok(Examined::Nothing);
    }
    let warnings = warn(admin, &surroundings, &current, &wanted.config);
    let change = Digest::of_change(admin.guild, &current, &wanted.config);
    Ok(Examined::Changes(Box::new(Changes { current, wanted, comparison, change, warnings })))
}

/// New staff who are not in the server; the first ones are asked for.
async fn find_strangers(admin: &Admin<'_>, wanted: &Read) -> Result<Vec<Problem>> {
    let mut strangers = Vec::new();
    for member in wanted.new_members.iter().take(LOOKUPS) {
        let is_here = guild::has_member(&admin.state.rest, admin.guild, member.user).await;
        if !is_here.map_err(|fault| anyhow::Error::new(fault).context("look for a member"))? {
            strangers.push(member.clone().into_problem());
        }
    }
    Ok(strangers)
}

/// Who could read more than before by new channels of cards and logs.
fn warn(admin: &Admin<'_>, around: &Surroundings, current: &ServerConfig, wanted: &ServerConfig) -> Vec<String> {
    let mut found = Vec::new();
    let all: Vec<StaffMember> = wanted.inboxes.iter().flat_map(|inbox| inbox.staff.iter().copied()).collect();
    let mut check = |channel, usage: StaffChannel, staff: &[StaffMember]| {
        let facts = around.channels.iter().find(|facts| Some(facts.id) == channel);
        let Some(facts) = facts else { return };
        let posting = Posting { channel: facts.id, usage, needs: usage.needs(), staff };
        let risks = posting.judge(&around.view, facts).into_iter();
        for finding in risks.filter(|finding| finding.severity() == Severity::Risk) {
            let sentence = checkup::with_mark(&admin.reader, &finding);
            if !found.contains(&sentence) {
                found.push(sentence);
            }
        }
    };
    if wanted.server.log.channel != current.server.log.channel {
        check(wanted.server.log.channel, StaffChannel::Log, &all);
    }
    for inbox in &wanted.inboxes {
        let before = inbox.id.and_then(|id| current.inbox(id)).map(|before| &before.settings);
        let InboxConfig { settings, staff, .. } = inbox;
        if before.and_then(|before| before.work.card_channel) != settings.work.card_channel {
            check(settings.work.card_channel, StaffChannel::Cards, staff);
        }
        if before.and_then(|before| before.log.channel) != settings.log.channel {
            check(settings.log.channel, StaffChannel::Log, staff);
        }
    }
    found
}
