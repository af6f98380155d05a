//! `/inbox settings`: every setting of an inbox, or of the server, on private pages that change in place.
//!
//! `domain::settings` defines a setting once; its control, its place on a page and the keys of its texts follow. Ids of
//! components carry whose settings they are, the setting, and the revision of its group: a page from before another
//! change is refused and drawn anew. Nothing is kept in memory. What a change needs from Discord, and who could read
//! more by it, is checked at once (`advice`).

mod advice;
mod book;
mod msg;
mod offer;
mod page;
mod roles;
mod written;

pub use msg::{SettingText, SettingsMsg};
pub(super) use offer::OFFER;
pub(crate) use page::default_text;
pub(super) use page::title;
pub(super) use roles::REMOVE;
pub(crate) use written::bounds;

use anyhow::anyhow;

use super::{Admin, InboxMsg, channels, entries, first_message, panels, staff, templates};
use crate::discord::components::Button;
use crate::discord::forms::{self, Field};
use crate::discord::interaction::Selected;
use crate::discord::respond::{Answer, Reply};
use crate::domain::checkup::StaffChannel;
use crate::domain::ids::InboxId;
use crate::domain::permissions::{self, Permissions};
use crate::domain::selection::Task;
use crate::domain::settings::{Control, Group, SettingGroup as _, SettingValue};
use crate::domain::text;
use crate::error::{Error, Result};
use crate::i18n::{self, CommonMsg, Message, Msg};
use crate::router::{Audience, Request, Route};
use crate::storage::inboxes::Inbox;

use book::{Book, Item, Outcome, Scope};
use page::Part;
use written::Shown;

/// Leads to a page: a button, or a menu of groups or inboxes.
pub(super) const PAGE: Route =
    Route::component("spg", Audience::Person, |request| Box::pin(async move { on_page(&request).await })).redraws();

/// Changes a setting: a switch, or a menu of values or channels.
pub(super) const CHOOSE: Route =
    Route::component("sch", Audience::Person, |request| Box::pin(async move { on_choose(&request).await })).redraws();

/// Opens the form of a number or a text.
pub(super) const EDIT: Route =
    Route::component("sed", Audience::Person, |request| Box::pin(async move { on_edit(&request).await })).redraws();

/// That form.
pub(super) const FORM: Route =
    Route::form("sfm", Audience::Person, |request| Box::pin(async move { on_form(&request).await })).redraws();

/// The places that [`PAGE`] leads to, besides the groups.
const OVERVIEW: &str = "-";
const GROUPS: &str = "groups";
const INBOXES: &str = "inboxes";

/// The group of what a panel shows.
const PANEL: &str = "panel";

/// The settings with rules of their own.
const COOLDOWN: &str = "opening.cooldown";
const DESTINATION: &str = "opening.destination";
pub(super) const STARTER: &str = "beginning.starter";
pub(super) const TICKET_NAME: &str = "beginning.ticket_name";
const LABEL: &str = "panel.label";
const DESCRIPTION: &str = "panel.description";
const CLOSING: &str = "closing";
const PAUSE: &str = "pause";
const DELETE_DAYS: &str = "closing.delete_days";
const CARD_CHANNEL: &str = "work.card_channel";

/// Not a setting on a page, but checked like one.
const STAFF: &str = "staff";

/// The inbox's page, or without an inbox the server's.
pub async fn show(admin: &Admin<'_>, reference: Option<&str>) -> Result<Reply> {
    match reference {
        Some(reference) => admin.with_inbox(Some(reference), Task::Settings).await,
        None => show_overview(admin, Scope::Server).await,
    }
}

pub(super) async fn show_inbox(admin: &Admin<'_>, inbox: InboxId) -> Result<Reply> {
    show_overview(admin, Scope::Inbox(inbox)).await
}

async fn show_overview(admin: &Admin<'_>, scope: Scope) -> Result<Reply> {
    let book = Book::open(admin, scope).await?;
    Ok(Reply::Redraw(page::overview(admin, &book).await?))
}

/// The button that leads from an answer to what the inbox's button looks like.
pub(super) fn button_to(admin: &Admin<'_>, inbox: InboxId) -> Button {
    let id = admin.id_of(&PAGE, &(Scope::Inbox(inbox), PANEL.to_owned(), 0_u32));
    Button::secondary(id, say(admin, &SettingsMsg::SettingsButton))
}

/// The button that leads from the staff menu to the pages.
pub(super) fn back_to(admin: &Admin<'_>, inbox: InboxId) -> Button {
    page::back(admin, Scope::Inbox(inbox))
}

/// The name in storage.
pub(super) fn key_of(group: Group) -> &'static str {
    group.key()
}

/// What follows from a setting of an inbox that was just changed.
pub(super) async fn advise(admin: &Admin<'_>, inbox: &Inbox, key: &str) -> Vec<String> {
    advice::check(admin, &Book::Inbox(Box::new(inbox.clone())), key).await
}

/// The same of its staff.
pub(super) async fn advise_on_staff(admin: &Admin<'_>, inbox: &Inbox) -> Vec<String> {
    advise(admin, inbox, STAFF).await
}

/// The page with the channel of the tickets, which a command has just changed.
pub(super) async fn destination_changed(admin: &Admin<'_>, inbox: InboxId, said: &InboxMsg) -> Result<Reply> {
    page_after(admin, inbox, DESTINATION, said, None).await
}

/// The page with a setting that was just changed by a command: above it what is said about that, and a text set off.
pub(super) async fn page_after(
    admin: &Admin<'_>,
    inbox: InboxId,
    key: &str,
    said: &InboxMsg,
    preview: Option<String>,
) -> Result<Reply> {
    let book = Book::open(admin, Scope::Inbox(inbox)).await?;
    let item = book.item(key).ok_or_else(|| anyhow!("{key} is no setting"))?;
    let said: Vec<_> = [say(admin, said)].into_iter().chain(advice::check(admin, &book, key).await).collect();
    Ok(redraw(admin, &book, &item, &said, preview).await?.reply)
}

async fn on_page(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (scope, place, part) = request.content::<(Scope, String, u32)>()?;
    let chosen = || match request.pressed.values.first() {
        Some(Selected::Value(value)) => Ok(value.as_str()),
        _ => Err(Error::from(CommonMsg::OutdatedComponent)),
    };
    match place.as_str() {
        INBOXES => Ok(show(&admin, Some(chosen()?)).await?.into()),
        OVERVIEW => Ok(show_overview(&admin, scope).await?.into()),
        GROUPS => show_group(&admin, scope, chosen()?, part).await,
        group => show_group(&admin, scope, group, part).await,
    }
}

async fn show_group(admin: &Admin<'_>, scope: Scope, group: &str, part: u32) -> Result<Answer> {
    let book = Book::open(admin, scope).await?;
    if let (Book::Inbox(inbox), "staff") = (&book, group) {
        return Ok(staff::show(admin, inbox).await?.into());
    }
    if let (Book::Inbox(inbox), "message") = (&book, group) {
        return Ok(first_message::show(admin, inbox, &[]).into());
    }
    if let Book::Inbox(inbox) = &book
        && let Some(reply) = entries::show(admin, inbox, group)
    {
        return Ok(reply.into());
    }
    let mut group = book.group(group).ok_or(CommonMsg::OutdatedComponent)?;
    // Not again after each change: Discord allows few such requests.
    advice::mark_gone(admin, &mut group).await;
    roles::mark_gone(admin, &mut group).await;
    advice::mark_server_pause(admin, &book, &mut group).await?;
    let mut drawing = page::group(admin, &book, &group, Part::Number(part), &[], None);
    offer::add_to(admin, &book, &group, &mut drawing).await?;
    Ok(Reply::Redraw(drawing).into())
}

/// A setting that a component names. Another version may have had other settings.
async fn named(admin: &Admin<'_>, scope: Scope, key: &str) -> Result<(Book, Item)> {
    let book = Book::open(admin, scope).await?;
    let item = book.item(key).ok_or(CommonMsg::OutdatedComponent)?;
    Ok((book, item))
}

async fn on_choose(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (scope, key, revision) = request.content::<(Scope, String, u32)>()?;
    let (book, item) = named(&admin, scope, &key).await?;
    let values = &request.pressed.values;
    let chosen = match values.first() {
        Some(Selected::Value(value)) => Some(value.as_str()),
        _ => None,
    };
    let value = match (item.control, &item.now, chosen) {
        (Control::Roles { .. }, ..) => roles::chosen(&admin, values),
        _ if values.len() > usize::from(chosen.is_some()) => {
            return Err(anyhow!("a menu of settings came back with something else").into());
        }
        (Control::Switch, SettingValue::Switch(on), None) => Some(SettingValue::Switch(!on)),
        (Control::Choice(_), _, Some(chosen)) => item.control.choice(chosen),
        (Control::Channel { is_required: false }, _, None) => Some(SettingValue::Channel(None)),
        (Control::Channel { .. }, _, Some(channel)) => {
            channel.parse().ok().map(|channel| SettingValue::Channel(Some(channel)))
        }
        _ => None,
    };
    let value = value.ok_or(CommonMsg::OutdatedComponent)?;
    let said = match refuse(&admin, &item, &value).await {
        Ok(()) => return save(&admin, scope, &item, revision, value, Notes::default()).await,
        Err(Error::User(msg)) => say(&admin, &*msg),
        Err(error) => return Err(error),
    };
    // The menu goes back to what is set.
    redraw(&admin, &book, &item, &[said], None).await
}

/// What may not be set at all. Everything else is set with a warning.
async fn refuse(admin: &Admin<'_>, item: &Item, value: &SettingValue) -> Result<()> {
    match value {
        SettingValue::Channel(Some(channel)) if item.key == DESTINATION && *value != item.now => {
            channels::check_destination(admin, *channel).await
        }
        _ => Ok(()),
    }
}

/// What is said about a change that was saved.
#[derive(Default)]
struct Notes {
    /// Instead of the sentence with the new value.
    saved: Option<Msg>,
    preview: Option<String>,
    /// What was written, for a form that came too late.
    sent: Option<String>,
}

async fn save(
    admin: &Admin<'_>,
    scope: Scope,
    item: &Item,
    revision: u32,
    value: SettingValue,
    notes: Notes,
) -> Result<Answer> {
    let (outcome, book) = book::edit(admin, scope, item, revision, value).await?;
    let item = book.item(item.key).ok_or_else(|| anyhow!("a setting has gone"))?;
    let Notes { saved, preview, sent } = notes;
    Ok(match outcome {
        Outcome::Saved => {
            let name = page::word(&admin.reader, item.name);
            let value = page::value(admin, &item, &item.now);
            let saved = saved.map_or_else(|| say(admin, &SettingsMsg::Saved { name, value }), |msg| say(admin, &*msg));
            let mut said: Vec<_> = [saved].into_iter().chain(advice::check(admin, &book, item.key).await).collect();
            let mut book = book;
            if let (Book::Inbox(inbox), PANEL) = (&book, item.group)
                && let Some(panel) = inbox.panel.filter(|panel| panel.message.is_some())
            {
                said.extend(panels::show(admin, &panel, None).await);
                // Discord may have refused the emoji.
                book = Book::open(admin, scope).await?;
            }
            redraw(admin, &book, &item, &said, preview).await?
        }
        Outcome::Unchanged => redraw(admin, &book, &item, &[say(admin, &SettingsMsg::Unchanged)], None).await?,
        Outcome::Stale => {
            let msg = if sent.is_some() { SettingsMsg::StaleText } else { SettingsMsg::Stale };
            redraw(admin, &book, &item, &[say(admin, &msg)], sent).await?
        }
    })
}

async fn redraw(
    admin: &Admin<'_>,
    book: &Book,
    item: &Item,
    said: &[String],
    preview: Option<String>,
) -> Result<Answer> {
    let Some(mut group) = book.group(item.group) else { return Ok(CommonMsg::OutdatedComponent.into()) };
    roles::mark_gone(admin, &mut group).await;
    advice::mark_server_pause(admin, book, &mut group).await?;
    let mut drawing = page::group(admin, book, &group, Part::With(item.key), said, preview);
    offer::add_to(admin, book, &group, &mut drawing).await?;
    Ok(Reply::Redraw(drawing).into())
}

fn say(admin: &Admin<'_>, msg: &dyn Message) -> String {
    i18n::render(&admin.reader, msg)
}

async fn on_edit(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (scope, key) = request.content::<(Scope, String)>()?;
    let (book, item) = named(&admin, scope, &key).await?;
    let group = book.group(item.group).ok_or(CommonMsg::OutdatedComponent)?;
    let id = admin.id_of(&FORM, &(scope, key, group.revision));
    let Shown { label, placeholder, current, most, long } =
        written::form(&admin, &item).ok_or(CommonMsg::OutdatedComponent)?;
    if !forms::is_within(&current, most) {
        let name = page::word(&admin.reader, item.name);
        return redraw(&admin, &book, &item, &[say(&admin, &SettingsMsg::NotInForm { name })], None).await;
    }
    let name = SettingText::new(item.name);
    let field = Field { label: &*label, placeholder: &*placeholder, value: &current, max_length: most, long };
    Ok(Reply::Form(forms::one_field(&admin.reader, id, &name, &field)).into())
}

async fn on_form(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (scope, key, revision) = request.content::<(Scope, String, u32)>()?;
    let (book, item) = named(&admin, scope, &key).await?;
    // A field that could not be read is not an empty text, which would reset the setting.
    let sent = request.pressed.text(forms::FIELD);
    let sent = sent.ok_or_else(|| anyhow!("a form came back without its field"))?.trim();
    // What takes long to write is shown again if it was not saved.
    let is_kept = matches!(item.control, Control::Text { .. } | Control::Hours) && text::is_visible(sent);
    let kept = is_kept.then(|| sent.to_owned());
    let accepted = match (&book, item.key) {
        (Book::Inbox(inbox), STARTER) => templates::accept_starter(&admin, inbox, sent).await,
        (Book::Inbox(inbox), TICKET_NAME) => templates::accept_name(&admin, inbox, sent).await,
        _ => match written::read(&admin, &item, sent) {
            Ok(value) => {
                let notes = Notes { sent: kept, ..Notes::default() };
                return save(&admin, scope, &item, revision, value, notes).await;
            }
            Err(wrong) => {
                let said: Vec<_> = wrong.iter().map(|msg| say(&admin, msg)).collect();
                return redraw(&admin, &book, &item, &said, kept).await;
            }
        },
    };
    match accepted {
        Ok(templates::Accepted { own, preview, msg }) => {
            let notes = Notes { saved: Some(msg.into()), preview: Some(preview), sent: kept };
            save(&admin, scope, &item, revision, SettingValue::Text(own), notes).await
        }
        // With the text, so that it need not be written again.
        Err(Error::User(msg)) => redraw(&admin, &book, &item, &[say(&admin, &*msg)], kept).await,
        Err(error) => Err(error),
    }
}

/// What the bot needs in the channel of a setting.
pub(crate) fn channel_needs(key: &str) -> Permissions {
    match key {
        DESTINATION => permissions::DESTINATION_NEEDS,
        CARD_CHANNEL => StaffChannel::Cards.needs(),
        _ => StaffChannel::Log.needs(),
    }
}

/// Whether the channel of a setting must be one that has private threads.
pub(crate) fn needs_private_threads(key: &str) -> bool {
    key == DESTINATION
}
