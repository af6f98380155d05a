//! Stores what a file wants, in the transaction of the caller.

use std::collections::BTreeMap;

use anyhow::{Context as _, anyhow};

use crate::domain::clock::Timestamp;
use crate::domain::happening::Happening;
use crate::domain::ids::{GuildId, InboxId, PanelId, UserId};
use crate::domain::panel_content::PanelContent;
use crate::domain::server_config::{BlockConfig, InboxConfig, InboxKey, ServerConfig};
use crate::domain::settings::{Revisions, Settings, change};
use crate::error::Result;
use crate::inboxes::{add_removal, add_writing, store_settings};
use crate::journal;
use crate::storage::blocks::{self, Block};
use crate::storage::inboxes::Deleted;
use crate::storage::{
    WriteTx, inbox_settings, inboxes, panels, replies, server_config, server_settings, template_files,
};

/// Where a file is applied, and by whom.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    pub guild: GuildId,
    /// The server's language, if nothing is stored about it yet.
    pub locale: &'a str,
    /// `None`: the operator.
    pub by: Option<UserId>,
    pub at: Timestamp,
}

/// What was stored.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Applied {
    /// The numbers of the wanted inboxes.
    pub inboxes: Vec<InboxId>,
    /// The numbers of the new panels, by those that they had.
    pub panels: BTreeMap<PanelId, PanelId>,
}

/// Stores all that differs from `current`, which the caller has loaded in `tx`, and what follows for messages as steps
/// and as panels to draw. Each changed group of settings counts as one change, so that pages that were drawn before are
/// recognised as stale.
pub async fn apply(
    tx: &mut WriteTx,
    target: Target<'_>,
    current: &ServerConfig,
    wanted: &ServerConfig,
) -> Result<Applied> {
    let guild = target.guild;
    server_config::insert_guild(tx, guild, target.locale).await.context("store a guild")?;
    if wanted.server != current.server {
        let stored = server_settings::load(tx, guild).await.context("load a server's settings")?;
        let stored = stored.ok_or_else(|| anyhow!("a guild was not stored"))?;
        let (settings, revisions) = changed(&stored.settings, &stored.revisions, &wanted.server)?;
        let written = server_settings::write(tx, guild, &settings, &revisions).await;
        written.context("store a server's settings")?;
    }
    let mut numbers = Vec::new();
    for inbox in &wanted.inboxes {
        numbers.push(match inbox.id.and_then(|id| current.inbox(id)) {
            Some(before) => update(tx, before, inbox).await?,
            None => server_config::insert_inbox(tx, guild, &inbox.settings, &inbox.staff, target.at)
                .await
                .context("store an inbox")?,
        });
    }
    let panels = insert_panels(tx, target, wanted).await?;
    place(tx, current, wanted, &numbers, &panels).await?;
    write_panels(tx, target, current, wanted, &panels).await?;
    store_replies(tx, guild, current, wanted, &numbers).await?;
    store_blocks(tx, target, current, wanted, &numbers).await?;
    // Last: a panel with a new inbox stays, although its only one is deleted.
    for inbox in current.deleted_in(wanted) {
        delete(tx, guild, inbox, target.at).await?;
    }
    // The inboxes of such a panel were put elsewhere.
    for panel in current.emptied_in(wanted) {
        if panels::delete_if_empty(tx, panel.id).await.context("delete a panel")? {
            add_removal(tx, guild, panel.channel, panel.message, target.at, None).await?;
        }
    }
    template_files::delete_unused(tx, guild).await.context("delete unused files")?;
    Ok(Applied { inboxes: numbers, panels })
}

async fn delete(tx: &mut WriteTx, guild: GuildId, inbox: InboxId, at: Timestamp) -> Result<()> {
    let deleted = inboxes::delete(tx, inbox).await.context("delete an inbox")?;
    if let Some(Deleted::WithPanel(panel)) = deleted {
        add_removal(tx, guild, panel.channel, panel.message, at, None).await?;
    }
    Ok(())
}

async fn update(tx: &mut WriteTx, before: &InboxConfig, after: &InboxConfig) -> Result<InboxId> {
    let id = before.id.ok_or_else(|| anyhow!("a stored inbox has no number"))?;
    if after.settings != before.settings {
        let stored = inboxes::load(tx, id).await.context("load an inbox")?;
        let stored = stored.ok_or_else(|| anyhow!("an inbox has gone"))?;
        let (settings, revisions) = changed(&stored.settings, &stored.revisions, &after.settings)?;
        store_settings(tx, &stored, &settings, &revisions).await?;
    }
    if after.staff != before.staff {
        inbox_settings::replace_staff(tx, id, &after.staff).await.context("store the staff of an inbox")?;
    }
    Ok(id)
}

/// The reading of a file has checked the limits.
fn changed<S: Settings>(before: &S, revisions: &Revisions, after: &S) -> Result<(S, Revisions)> {
    let changed = change(before, revisions, None, |settings| settings.clone_from(after));
    Ok(changed.map_err(|refused| anyhow!("settings of a file were refused: {refused:?}"))?)
}

/// Inserts the new panels. Their messages are posted when they have their inboxes.
async fn insert_panels(
    tx: &mut WriteTx,
    target: Target<'_>,
    wanted: &ServerConfig,
) -> Result<BTreeMap<PanelId, PanelId>> {
    let mut inserted = BTreeMap::new();
    for panel in wanted.panels.iter().filter(|panel| panel.is_new()) {
        let id = panels::insert_unposted(tx, target.guild, panel.channel, panel.style, target.at).await;
        inserted.insert(panel.id, id.context("store a panel")?);
    }
    Ok(inserted)
}

/// Has texts and embeds written where they change.
async fn write_panels(
    tx: &mut WriteTx,
    target: Target<'_>,
    current: &ServerConfig,
    wanted: &ServerConfig,
    new: &BTreeMap<PanelId, PanelId>,
) -> Result<()> {
    for panel in &wanted.panels {
        let Some(content) = &panel.content else { continue };
        if let Some(id) = new.get(&panel.id) {
            add_writing(tx, target.guild, *id, true, content, target.at).await?;
            continue;
        }
        let now: Option<&PanelContent> = current.panel(panel.id).and_then(|panel| panel.content.as_ref());
        let stays = wanted.on_panel(panel.id).next().is_some();
        if stays && panel.message.is_some() && now.is_none_or(|now| !now.reads_like(content)) {
            add_writing(tx, target.guild, panel.id, false, content, target.at).await?;
        }
    }
    Ok(())
}

/// Puts each inbox where it belongs. `ids`: the numbers of the wanted inboxes; `new`: those of new panels.
async fn place(
    tx: &mut WriteTx,
    current: &ServerConfig,
    wanted: &ServerConfig,
    ids: &[InboxId],
    new: &BTreeMap<PanelId, PanelId>,
) -> Result<()> {
    let mut moved = Vec::new();
    for panel in wanted.panels.iter().filter(|panel| panel.is_new()) {
        let order = wanted.on_panel(panel.id).filter_map(|(place, _)| ids.get(place).copied()).collect();
        moved.extend(new.get(&panel.id).map(|id| (*id, order)));
    }
    for panel in &current.panels {
        let before: Vec<InboxId> = current.on_panel(panel.id).filter_map(|(_, inbox)| inbox.id).collect();
        let after: Vec<InboxId> = wanted.on_panel(panel.id).filter_map(|(place, _)| ids.get(place).copied()).collect();
        // Before any inbox moves.
        panels::keep_lone_button(tx, panel.id).await.context("keep what a button stands for")?;
        if before != after {
            moved.push((panel.id, after));
        }
        let style = wanted.panel(panel.id).map_or(panel.style, |wanted| wanted.style);
        if style != panel.style {
            panels::set_style(tx, panel.id, style).await.context("store the style of a panel")?;
        }
    }
    let was_on_panel = |id: InboxId| current.inbox(id).is_some_and(|inbox| inbox.panel.is_some());
    for (inbox, id) in wanted.inboxes.iter().zip(ids) {
        if inbox.panel.is_none() && was_on_panel(*id) {
            panels::take_off(tx, *id).await.context("take an inbox off its panel")?;
        }
    }
    for (panel, order) in moved {
        panels::arrange(tx, panel, &order).await.context("put inboxes on a panel")?;
    }
    Ok(())
}

fn number_of(inbox: Option<InboxKey>, ids: &[InboxId]) -> Result<Option<InboxId>> {
    Ok(match inbox {
        None => None,
        Some(InboxKey::Known(id)) => Some(id),
        Some(InboxKey::New(place)) => Some(ids.get(place).copied().ok_or_else(|| anyhow!("an inbox was not stored"))?),
    })
}

async fn store_replies(
    tx: &mut WriteTx,
    guild: GuildId,
    current: &ServerConfig,
    wanted: &ServerConfig,
    ids: &[InboxId],
) -> Result<()> {
    let stored = replies::load_all(tx, guild).await.context("load canned replies")?;
    let id_of = |key: &str| stored.iter().find(|(_, name)| name == key).map(|(id, _)| *id);
    for reply in current.replies.iter().filter(|reply| wanted.reply(&reply.name).is_none()) {
        if let Some(id) = id_of(reply.name.key()) {
            replies::delete_in(tx, guild, id).await.context("delete a canned reply")?;
        }
    }
    for reply in wanted.replies.iter().filter(|reply| current.reply(&reply.name) != Some(reply)) {
        let inbox = number_of(reply.inbox, ids)?;
        let is_done = match id_of(reply.name.key()) {
            Some(id) => replies::change(tx, id, inbox, &reply.name, &reply.text).await,
            None => replies::insert(tx, guild, inbox, &reply.name, &reply.text).await,
        };
        if !is_done.context("store a canned reply")? {
            return Err(anyhow!("two canned replies have one name").into());
        }
    }
    Ok(())
}

async fn store_blocks(
    tx: &mut WriteTx,
    target: Target<'_>,
    current: &ServerConfig,
    wanted: &ServerConfig,
    ids: &[InboxId],
) -> Result<()> {
    let extent = |block: &BlockConfig| (block.user, block.inbox);
    for block in &current.blocks {
        if !wanted.blocks.iter().any(|other| extent(other) == extent(block)) {
            let inbox = number_of(block.inbox, ids)?;
            if blocks::take_back(tx, target.guild, block.user, inbox).await.context("take a block back")? {
                let happening =
                    Happening::Unblocked { by: target.by, who: block.user, inboxes: inbox.into_iter().collect() };
                journal::note_block_of_file(tx, target.guild, inbox, block.user, happening, target.at).await?;
            }
        }
    }
    for block in wanted.blocks.iter().filter(|block| !current.blocks.contains(block)) {
        let block = Block {
            guild: target.guild,
            inbox: number_of(block.inbox, ids)?,
            user: block.user,
            by: target.by,
            at: target.at,
            ends_at: block.ends_at,
        };
        blocks::set(tx, &block).await.context("store a block")?;
        let happening = Happening::Blocked {
            by: target.by,
            who: block.user,
            inboxes: block.inbox.into_iter().collect(),
            ends_at: block.ends_at.map(Timestamp::millis),
        };
        journal::note_block_of_file(tx, target.guild, block.inbox, block.user, happening, target.at).await?;
    }
    Ok(())
}
