//! One more inbox on an existing panel: a form asks what its button says, and no message is posted.

use std::sync::Arc;

use anyhow::{Context as _, anyhow};

use super::message::with_notes;
use super::{Admin, InboxMsg, channels, create, panels, preflight, settings};
use crate::discord::components;
use crate::discord::forms::{self, Field};
use crate::discord::report;
use crate::discord::respond::{Answer, Reply};
use crate::domain::emoji::{self, Emoji};
use crate::domain::ids::{ChannelId, InboxId, PanelId};
use crate::domain::panel::MOST_INBOXES;
use crate::domain::settings::PanelEntry;
use crate::domain::text;
use crate::error::Result;
use crate::i18n::{self, Message};
use crate::router::{Audience, Request, Route};
use crate::storage::inboxes::{self, Deleted, Placed};

/// The form: the panel, the channel of the tickets, and the inbox whose settings are copied, or [`NONE`].
pub(super) const FORM: Route =
    Route::form("ncp", Audience::Person, |request| Box::pin(async move { on_form(&request).await }));

const NONE: &str = "-";

/// The fields.
const LABEL: &str = "label";
const EMOJI: &str = "emoji";
const DESCRIPTION: &str = "description";

/// Shows the form. Tickets go to `destination`, else to the panel's channel.
pub(super) async fn ask(
    admin: &Admin<'_>,
    panel: &str,
    destination: Option<ChannelId>,
    like: Option<InboxId>,
) -> Result<Reply> {
    let face = admin.resolve_panel(panel).await?;
    refuse_full(face.inboxes.len())?;
    let like = like.map_or_else(|| NONE.to_owned(), |like| like.to_string());
    let id = admin.id_of(&FORM, &(face.panel.id, destination.unwrap_or(face.panel.channel), like));
    let field = |label, placeholder, max_length| Field { label, placeholder, value: "", max_length, long: false };
    let label = field(&InboxMsg::AddLabelFormLabel, &InboxMsg::AddLabelFormPlaceholder, 80);
    let emoji = field(&InboxMsg::AddEmojiFormLabel, &InboxMsg::AddEmojiFormPlaceholder, emoji::MAX_LENGTH);
    let about = field(&InboxMsg::AddDescriptionFormLabel, &InboxMsg::AddDescriptionFormPlaceholder, 100);
    let fields = [(LABEL, label), (EMOJI, emoji), (DESCRIPTION, about)];
    Ok(Reply::Form(forms::fields(&admin.reader, id, &InboxMsg::AddFormTitle, &fields)))
}

fn refuse_full(count: usize) -> Result<()> {
    if count < MOST_INBOXES { Ok(()) } else { Err(full().into()) }
}

fn full() -> InboxMsg {
    InboxMsg::PanelFull { limit: MOST_INBOXES as u64 }
}

/// Whatever refuses it, what was typed is given back.
async fn on_form(request: &Request) -> Result<Answer> {
    match add(request).await {
        Err(error) => {
            let msg = report::explain(&request.state.app, request.interaction, error);
            let typed = [LABEL, EMOJI, DESCRIPTION].into_iter().filter_map(|id| request.pressed.text(id));
            let typed: Vec<&str> = typed.filter(|typed| text::is_visible(typed)).collect();
            let preview = (!typed.is_empty()).then(|| typed.join("\n"));
            Ok(Reply::Card { msg, preview, rows: Vec::new(), in_place: false }.into())
        }
        added => added,
    }
}

async fn add(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (panel, destination, like) = request.content::<(PanelId, ChannelId, String)>()?;
    let like = if like == NONE { None } else { Some(like.parse().map_err(|_| anyhow!("a forged inbox"))?) };
    create::refuse_too_many(&admin).await?;
    let face = admin.face(panel).await?;
    let (view, destination) = channels::check_for_tickets(&admin, destination).await?;
    let (mut settings, staff) = create::beginning(&admin, like, &view.bot, &destination).await?;
    let mut notes = Vec::new();
    let say = |msg: &dyn Message| i18n::render(&admin.reader, msg);
    settings.panel = read_entry(request)?;
    if request.pressed.text(EMOJI).is_some_and(text::is_visible) && settings.panel.emoji.is_none() {
        notes.push(say(&InboxMsg::NotAnEmoji));
    }
    notes.extend(preflight::remarks(&admin, &view, None, &destination, &settings, &staff));
    let new = create::new_inbox(&admin, settings, staff);
    let placed = inboxes::insert_on(&admin.state.app.db, &new, panel, MOST_INBOXES).await;
    let inbox = match placed.context("store an inbox on a panel")? {
        Placed::Done(inbox) => inbox,
        Placed::Full => return Err(full().into()),
        Placed::Gone => return Err(InboxMsg::PanelGone.into()),
    };
    tracing::info!(guild.id = %admin.guild, panel.id = %panel, inbox.id = %inbox, "inbox added to a panel");
    notes.extend(panels::show(&admin, &face.panel, Some(inbox)).await);
    let mut done = with_notes(InboxMsg::InboxAdded { inbox, panel: panels::link_to(&face)? }, &notes);
    if let Reply::Card { rows, .. } = &mut done {
        rows.extend(components::row([settings::button_to(&admin, inbox)]));
    }
    Ok(Answer::undone_by(done, undo(&admin, inbox)))
}

fn read_entry(request: &Request) -> Result<PanelEntry> {
    let field = |id| {
        let sent = request.pressed.text(id).ok_or_else(|| anyhow!("a form came back without its field"))?;
        let sent = text::single_line(sent);
        Ok::<_, anyhow::Error>(Some(sent).filter(|sent| text::is_visible(sent)))
    };
    let cut = |sent: String, most| text::cut(&sent, most).to_owned();
    let mut entry = PanelEntry::default();
    entry.label = field(LABEL)?.map(|sent| cut(sent, 80));
    entry.emoji = field(EMOJI)?.filter(|typed| Emoji::parse(typed).is_some());
    entry.description = field(DESCRIPTION)?.map(|sent| cut(sent, 100));
    Ok(entry)
}

/// Another process has answered: its inbox stands.
fn undo(admin: &Admin<'_>, inbox: InboxId) -> impl Future<Output = ()> + Send + use<> {
    let (state, guild) = (Arc::clone(admin.state), admin.guild);
    async move {
        match create::take_back(&state.app.db, inbox).await {
            Ok(Some(Deleted::From(panel))) => drop(panels::draw_now(&state, guild, &panel).await),
            Ok(_) => {}
            Err(error) => tracing::error!(inbox.id = %inbox, %error, "could not undo an inbox"),
        }
    }
}
