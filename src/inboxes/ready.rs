//! A ready-made text for a new panel, beside *Select this message*: used as it is, or edited in a form first.
//!
//! Ids carry the step of `/inbox create` that the text completes. The step is stored until it is done, so that a double
//! click makes one inbox; here it does not expire within minutes, because writing takes longer than selecting.

use anyhow::{Context as _, anyhow};
use poise::serenity_prelude::CreateActionRow;

use super::create::{Creation, Source};
use super::{Admin, InboxMsg};
use crate::discord::components::{self, Button};
use crate::discord::forms::{self, Field};
use crate::discord::inbox_message::Copy;
use crate::discord::respond::{Answer, Reply};
use crate::domain::ids::{ChannelId, InboxId};
use crate::domain::selection::Pending;
use crate::domain::text;
use crate::error::{Error, Result};
use crate::i18n::{self, Relative};
use crate::router::{Audience, Request, Route};
use crate::storage::selections;

/// Posts the panel with the ready-made text.
pub(super) const USE: Route =
    Route::component("rdu", Audience::Person, |request| Box::pin(async move { on_use(&request).await }));

/// Opens the form.
pub(super) const EDIT: Route =
    Route::component("rde", Audience::Person, |request| Box::pin(async move { on_edit(&request) }));

/// The form with title and text.
pub(super) const FORM: Route =
    Route::form("rdf", Audience::Person, |request| Box::pin(async move { on_form(&request).await }));

const TITLE: &str = "title";
const TEXT: &str = "text";

/// The most characters of an embed's title (Discord: "Message", embed limits), and of a text input (Discord: "Component
/// Reference", text input).
const MOST_TITLE: usize = 256;
const MOST_TEXT: usize = 4_000;

/// The step that the text completes: channel, destination, and the inbox whose settings are copied, or [`NONE`].
type Content = (ChannelId, ChannelId, String);

const NONE: &str = "-";

/// The buttons below the answer to `/inbox create`.
pub(super) fn buttons(admin: &Admin<'_>, creation: &Creation) -> Vec<CreateActionRow> {
    let content = content_of(creation);
    let say = |msg: &InboxMsg| i18n::render(&admin.reader, msg);
    components::row([
        Button::primary(admin.id_of(&USE, &content), say(&InboxMsg::UseTextButton)),
        Button::secondary(admin.id_of(&EDIT, &content), say(&InboxMsg::EditTextButton)),
    ])
}

/// The text as the panel would show it, in the server's language.
pub(super) fn preview(admin: &Admin<'_>) -> String {
    let (title, text) = ready_made(admin);
    format!("**{title}**\n{text}")
}

fn ready_made(admin: &Admin<'_>) -> (String, String) {
    let say = |msg: &InboxMsg| i18n::render(&admin.guild_locale, msg);
    (say(&InboxMsg::ReadyTitle), say(&InboxMsg::ReadyText))
}

fn content_of(creation: &Creation) -> Content {
    let like = creation.like.map_or_else(|| NONE.to_owned(), |like| like.to_string());
    (creation.channel, creation.destination, like)
}

fn read(request: &Request) -> Result<Creation> {
    let (channel, destination, like) = request.content::<Content>()?;
    let like: Option<InboxId> = match like.as_str() {
        NONE => None,
        number => Some(number.parse().map_err(|_| anyhow!("a sealed id with a forged inbox"))?),
    };
    Ok(Creation { channel, destination, like })
}

async fn on_use(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (title, text) = ready_made(&admin);
    complete(&admin, read(request)?, Copy::written(Some(&title), Some(&text))).await
}

fn on_edit(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (title, text) = ready_made(&admin);
    let title = Field {
        label: &InboxMsg::ReadyTitleFormLabel,
        placeholder: &InboxMsg::ReadyTitleFormPlaceholder,
        value: &title,
        max_length: MOST_TITLE,
        long: false,
    };
    let text = Field {
        label: &InboxMsg::ReadyTextFormLabel,
        placeholder: &InboxMsg::ReadyTextFormPlaceholder,
        value: &text,
        max_length: MOST_TEXT,
        long: true,
    };
    let id = admin.id_of(&FORM, &content_of(&read(request)?));
    let fields = [(TITLE, title), (TEXT, text)];
    Ok(Reply::Form(forms::fields(&admin.reader, id, &InboxMsg::ReadyFormTitle, &fields)).into())
}

async fn on_form(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let field = |id| request.pressed.text(id).ok_or_else(|| anyhow!("a form came back without its field"));
    let (title, text) = (text::single_line(field(TITLE)?), field(TEXT)?.trim());
    let visible = |written: &str| text::is_visible(written);
    let shown = (Some(title.as_str()).filter(|title| visible(title)), Some(text).filter(|text| visible(text)));
    let outcome = match shown {
        (None, None) => Err(InboxMsg::ReadyEmpty.into()),
        (title, text) => complete(&admin, read(request)?, Copy::written(title, text)).await,
    };
    match outcome {
        // With what was written, so that it need not be written again.
        Err(Error::User(msg)) => {
            let written = [shown.0, shown.1].into_iter().flatten().collect::<Vec<_>>().join("\n\n");
            let preview = Some(written).filter(|written| !written.is_empty());
            Ok(Reply::Card { msg, preview, rows: Vec::new(), in_place: false }.into())
        }
        outcome => outcome,
    }
}

/// Completes the step with this text, once.
async fn complete(admin: &Admin<'_>, creation: Creation, copy: Copy) -> Result<Answer> {
    let app = &admin.state.app;
    let _running = app.selecting.begin_alone((admin.guild, admin.user)).ok_or(InboxMsg::SelectionRunning)?;
    let step = creation.step();
    let pending = selections::find(&app.db, admin.guild, admin.user).await.context("find a pending selection")?;
    let tried = pending.filter(|pending| pending.step == step).ok_or(InboxMsg::ReadyOver)?;
    let retry = Pending::new(step, app.now());
    let answer =
        admin.attempt(&tried, retry, creation.finish(admin, Source::Written(copy), Relative(retry.expires_at))).await?;
    // In the place of the buttons.
    let reply = match answer.reply {
        Reply::Card { msg, preview, rows, .. } => Reply::Card { msg, preview, rows, in_place: true },
        other => other,
    };
    Ok(Answer { reply, ..answer })
}
