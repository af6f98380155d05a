//! The page of a panel: its inboxes in their order, one of which can be moved, and whether it has buttons or a menu.
//!
//! Ids carry the panel, the chosen inbox and the panel's revision: a change that was decided on an outdated page is
//! refused, with the page as it is now.

use anyhow::{Context as _, anyhow};
use poise::serenity_prelude::CreateEmbed;

use super::{label, name_of, show};
use crate::discord::components::{self, Button, Entry};
use crate::discord::interaction::Selected;
use crate::discord::respond::{Answer, Drawing, Reply};
use crate::domain::ids::{InboxId, PanelId};
use crate::domain::panel::{Direction, Panel, Style, moved};
use crate::domain::text;
use crate::error::{Error, Result};
use crate::i18n::{self, CommonMsg, InboxLink, Message};
use crate::inboxes::settings;
use crate::inboxes::{Admin, InboxMsg};
use crate::router::{Audience, Request, Route};
use crate::storage::inboxes::{self, Inbox};
use crate::storage::{WriteTx, panels};

/// Shows the page, also for another inbox, chosen in its menu.
pub(in crate::inboxes) const PAGE: Route =
    Route::component("ppg", Audience::Person, |request| Box::pin(async move { on_page(&request).await })).redraws();

/// Sets the style.
pub(in crate::inboxes) const STYLE: Route =
    Route::component("pst", Audience::Person, |request| Box::pin(async move { on_style(&request).await })).redraws();

/// Moves the chosen inbox by one place.
pub(in crate::inboxes) const MOVE: Route =
    Route::component("pmv", Audience::Person, |request| Box::pin(async move { on_move(&request).await })).redraws();

/// Most characters of an embed's description (Discord: "Message", embed limits: 4,096).
const DESCRIPTION: usize = 4_000;

/// The button that leads to the page of an inbox's panel.
pub(in crate::inboxes) fn button_to(admin: &Admin<'_>, panel: PanelId, inbox: InboxId) -> Button {
    let label = say(admin, &InboxMsg::PanelPageButton);
    Button::secondary(admin.id_of(&PAGE, &(panel, inbox)), label)
}

async fn on_page(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (panel, inbox) = request.content::<(PanelId, InboxId)>()?;
    let chosen = match request.pressed.values.first() {
        None => inbox,
        Some(Selected::Value(value)) => value.parse().map_err(|_| Error::from(CommonMsg::OutdatedComponent))?,
        Some(_) => return Err(CommonMsg::OutdatedComponent.into()),
    };
    draw(&admin, panel, chosen, Vec::new()).await
}

async fn on_style(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (panel, inbox, revision) = request.content::<(PanelId, InboxId, u32)>()?;
    let style: Option<Style> = match request.pressed.values.first() {
        Some(Selected::Value(value)) => value.parse().ok(),
        _ => None,
    };
    let style = style.ok_or(CommonMsg::OutdatedComponent)?;
    let mut tx = admin.state.app.db.begin_write().await.context("begin a change of a panel")?;
    let (before, _) = load(&admin, &mut tx, panel).await?;
    if before.revision != revision {
        drop(tx);
        return refuse_stale(&admin, panel, inbox).await;
    }
    if before.style == style {
        drop(tx);
        return draw(&admin, panel, inbox, vec![InboxMsg::PanelUnchanged]).await;
    }
    panels::set_style(&mut tx, panel, style).await.context("store the style of a panel")?;
    tx.commit().await.context("commit a change of a panel")?;
    tracing::info!(guild.id = %admin.guild, panel.id = %panel, style = style.as_str(), "the style of a panel was changed");
    changed(&admin, panel, inbox, &before).await
}

async fn on_move(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (panel, inbox, direction, revision) = request.content::<(PanelId, InboxId, Direction, u32)>()?;
    let mut tx = admin.state.app.db.begin_write().await.context("begin a change of a panel")?;
    let (before, order) = load(&admin, &mut tx, panel).await?;
    if before.revision != revision {
        drop(tx);
        return refuse_stale(&admin, panel, inbox).await;
    }
    let Some(order) = moved(&order, inbox, direction) else {
        drop(tx);
        return draw(&admin, panel, inbox, vec![InboxMsg::PanelUnchanged]).await;
    };
    panels::set_order(&mut tx, panel, &order).await.context("store the order of a panel")?;
    tx.commit().await.context("commit a change of a panel")?;
    tracing::info!(guild.id = %admin.guild, panel.id = %panel, "the order of a panel was changed");
    changed(&admin, panel, inbox, &before).await
}

/// The panel of this guild and the order of its inboxes; they cannot change until `tx` ends.
async fn load(admin: &Admin<'_>, tx: &mut WriteTx, panel: PanelId) -> Result<(Panel, Vec<InboxId>)> {
    let mut on_it = inboxes::load_on(tx, panel).await.context("load the inboxes of a panel")?;
    on_it.retain(|inbox| inbox.guild == admin.guild);
    let loaded = on_it.first().and_then(|inbox| inbox.panel).ok_or(InboxMsg::InboxGone)?;
    Ok((loaded, on_it.iter().map(|inbox| inbox.id).collect()))
}

async fn refuse_stale(admin: &Admin<'_>, panel: PanelId, inbox: InboxId) -> Result<Answer> {
    draw(admin, panel, inbox, vec![InboxMsg::PanelPageStale]).await
}

/// The change is stored: its message follows.
async fn changed(admin: &Admin<'_>, panel: PanelId, inbox: InboxId, before: &Panel) -> Result<Answer> {
    let mut said = vec![say(admin, &InboxMsg::PanelChanged)];
    if before.message.is_some() {
        said.extend(show(admin, before, None).await);
    }
    page(admin, panel, inbox, &said).await
}

async fn draw(admin: &Admin<'_>, panel: PanelId, inbox: InboxId, said: Vec<InboxMsg>) -> Result<Answer> {
    let said: Vec<String> = said.iter().map(|msg| say(admin, msg)).collect();
    page(admin, panel, inbox, &said).await
}

async fn page(admin: &Admin<'_>, panel: PanelId, chosen: InboxId, said: &[String]) -> Result<Answer> {
    let face = admin.face(panel).await?;
    let found = face.inboxes.iter().find(|inbox| inbox.id == chosen).or(face.inboxes.first());
    let chosen = found.ok_or_else(|| anyhow!("a panel without inboxes"))?.id;
    let Panel { channel, style, revision, message, .. } = face.panel;
    let mut lines = vec![match message {
        Some(message) => {
            say(admin, &InboxMsg::PanelPageLink { panel: InboxLink { guild: admin.guild, channel, message } })
        }
        None => say(admin, &InboxMsg::PanelPageDetached { channel }),
    }];
    lines.extend(face.inboxes.iter().map(|inbox| line(admin, inbox, chosen)));
    if face.inboxes.len() == 1 && style == Style::Menu {
        lines.push(say(admin, &InboxMsg::PanelMenuNeedsTwo));
    }
    let id = |route: &Route| admin.id_of(route, &(panel, chosen, revision));
    let inboxes = face.inboxes.iter().map(|inbox| Entry {
        value: inbox.id.to_string(),
        label: name_of(admin, inbox),
        description: None,
        is_chosen: inbox.id == chosen,
    });
    let styles = Style::EACH.into_iter().map(|each| Entry {
        value: each.as_str().to_owned(),
        label: say(admin, &style_msg(each)),
        description: None,
        is_chosen: each == style,
    });
    let step = |direction, msg: &InboxMsg| {
        Button::secondary(admin.id_of(&MOVE, &(panel, chosen, direction, revision)), say(admin, msg))
    };
    let mut rows = vec![
        components::menu(admin.id_of(&PAGE, &(panel, chosen)), &say(admin, &InboxMsg::ChooseInboxPlaceholder), inboxes),
        components::menu(id(&STYLE), &say(admin, &InboxMsg::PanelStylePlaceholder), styles),
    ];
    rows.extend(components::row([
        step(Direction::Up, &InboxMsg::PanelUpButton),
        step(Direction::Down, &InboxMsg::PanelDownButton),
        settings::button_to(admin, chosen),
    ]));
    let embed = CreateEmbed::new()
        .title(say(admin, &InboxMsg::PanelPageTitle))
        .description(text::cut(&lines.join("\n"), DESCRIPTION));
    Ok(Reply::Redraw(Drawing { content: said.join("\n"), embeds: vec![embed], rows }).into())
}

fn style_msg(style: Style) -> InboxMsg {
    match style {
        Style::Buttons => InboxMsg::PanelStyleButtons,
        Style::Menu => InboxMsg::PanelStyleMenu,
    }
}

fn line(admin: &Admin<'_>, inbox: &Inbox, chosen: InboxId) -> String {
    let label = text::escape(&label(&inbox.settings.panel, &admin.guild_locale));
    let line = InboxMsg::InboxLineOnPanel { inbox: inbox.id, label, destination: inbox.settings.destination };
    let mark = if inbox.id == chosen { "▸ " } else { "" };
    format!("{mark}{}", say(admin, &line))
}

fn say(admin: &Admin<'_>, msg: &dyn Message) -> String {
    i18n::render(&admin.reader, msg)
}
