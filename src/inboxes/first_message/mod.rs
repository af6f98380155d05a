//! The page of what the first message of tickets shows below its text: copied from a message that an admin selects, shown
//! in a preview, and removed.
//!
//! Embeds are settings; the contents of files are stored beside them (`storage::template_files`).

mod msg;

pub use msg::FirstMsg;

use anyhow::{Context as _, anyhow};
use poise::serenity_prelude::CreateEmbed;

use super::message::{copy_of, emoji_stand_as_words, note, omissions};
use super::{Admin, Changed, InboxMsg, settings, store_settings};
use crate::discord::components::{self, Button};
use crate::discord::inbox_message::Copy;
use crate::discord::interaction::SelectedMessage;
use crate::discord::respond::{Answer, Drawing, Reply};
use crate::discord::{embeds, rest};
use crate::domain::embed::{self, Embed};
use crate::domain::first_message::{TemplateFile, are_files};
use crate::domain::form::Values;
use crate::domain::ids::InboxId;
use crate::domain::selection::Step;
use crate::domain::settings::{Base, Group, MessageParts, Refusal, SettingGroup as _, change};
use crate::domain::text;
use crate::error::Result;
use crate::i18n::{self, AtLeast, AtMost, CommonMsg, Message, Relative};
use crate::inboxes::settings::{SettingText, SettingsMsg};
use crate::router::{Audience, Request, Route};
use crate::storage::inboxes::{self, Inbox};
use crate::storage::template_files;
use crate::tickets::first_message::{Author, attach, compose};

/// Waits for a selected message.
pub(super) const USE: Route =
    Route::component("fmu", Audience::Person, |request| Box::pin(async move { on_use(&request).await })).redraws();

/// Shows how a ticket would begin.
pub(super) const PREVIEW: Route =
    Route::component("fmp", Audience::Person, |request| Box::pin(async move { on_preview(&request).await })).redraws();

/// Removes it, after asking.
pub(super) const REMOVE: Route =
    Route::component("fmr", Audience::Person, |request| Box::pin(async move { on_remove(&request).await })).redraws();

/// What a click on a button to remove says.
const ASK: &str = "ask";
const YES: &str = "yes";
const NO: &str = "no";

/// The files of all first messages of a server may be so many times as large as those of one.
const SERVER_FILES: u64 = 4;

/// The page.
pub(super) fn show(admin: &Admin<'_>, inbox: &Inbox, said: &[String]) -> Reply {
    let say = |msg: &dyn Message| i18n::render(&admin.reader, msg);
    let parts = &inbox.settings.message;
    let is_set = is_set(parts);
    let remove = is_set.then(|| Button::danger(remove_id(admin, inbox, ASK), say(&FirstMsg::RemoveButton)));
    let buttons = [
        Button::primary(admin.id_of(&USE, &(inbox.id,)), say(&FirstMsg::UseButton)),
        Button::secondary(admin.id_of(&PREVIEW, &(inbox.id,)), say(&FirstMsg::PreviewButton)),
    ];
    let mut rows = components::row(buttons.into_iter().chain(remove));
    rows.extend(components::row([settings::back_to(admin, inbox.id)]));
    let shown = if is_set {
        FirstMsg::Shown { embeds: parts.embeds.len() as u64, files: parts.files.len() as u64 }
    } else {
        FirstMsg::ShownNothing
    };
    let files = parts.files.iter().map(|file| format!("📎 {}", text::escape(&file.name)));
    let lines: Vec<String> = [say(&shown)].into_iter().chain(files).chain([say(&FirstMsg::Help)]).collect();
    Reply::Redraw(page(admin, inbox, &lines.join("\n"), said, rows))
}

fn page(
    admin: &Admin<'_>,
    inbox: &Inbox,
    description: &str,
    said: &[String],
    rows: Vec<poise::serenity_prelude::CreateActionRow>,
) -> Drawing {
    let group = i18n::render(&admin.reader, &SettingText::new(Group::MessageParts.name()));
    let title = settings::title(admin, inbox, group);
    let embeds = vec![CreateEmbed::new().title(title).description(description)];
    Drawing { content: text::cut(&said.join("\n"), 2_000).to_owned(), embeds, rows }
}

fn is_set(parts: &MessageParts) -> bool {
    !parts.embeds.is_empty() || !parts.files.is_empty()
}

fn remove_id(admin: &Admin<'_>, inbox: &Inbox, what: &str) -> String {
    admin.id_of(&REMOVE, &(inbox.id, what.to_owned(), inbox.revisions.of(Group::MessageParts)))
}

async fn on_use(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (inbox,) = request.content::<(InboxId,)>()?;
    let inbox = admin.inbox(inbox).await?;
    let until = admin.wait_for(Step::CopyFirst { inbox: inbox.id }).await?;
    let said = i18n::render(&admin.reader, &FirstMsg::Select { until });
    Ok(show(&admin, &inbox, &[said]).into())
}

/// The second step: keeps a copy of the selected message.
pub(super) async fn finish(
    admin: &Admin<'_>,
    inbox: InboxId,
    selected: &SelectedMessage,
    until: Relative,
) -> Result<Reply> {
    let inbox = admin.inbox(inbox).await?;
    let copy = copy_of(admin, selected, until).await?;
    let left_out = copy.left_out.clone();
    let inbox = keep(admin, inbox.id, copy, until).await?;
    let mut said = vec![i18n::render(&admin.reader, &FirstMsg::Saved)];
    said.extend(omissions(admin, &left_out));
    let channel = inbox.settings.destination;
    let has_words = emoji_stand_as_words(admin, channel, selected).await;
    said.extend(has_words.then(|| note(admin, &FirstMsg::WithoutEmoji { channel })));
    said.extend(settings::advise(admin, &inbox, "message.embeds").await);
    Ok(show(admin, &inbox, &said))
}

/// Stores settings and contents in one transaction. Returns the inbox as it is then.
async fn keep(admin: &Admin<'_>, inbox: InboxId, mut copy: Copy, until: Relative) -> Result<Inbox> {
    // More pictures than files stay where they are. Their signatures end; Discord signs an address without one.
    for address in copy.embeds.iter_mut().flat_map(Embed::pictures_mut) {
        if admin.state.rest.downloader.is_attachment(address) {
            address.truncate(address.find('?').unwrap_or(address.len()));
        }
    }
    let files: Vec<TemplateFile> = copy.files.iter().map(described).collect();
    if !embed::check(&copy.embeds) || !are_files(&files) {
        return Err(FirstMsg::NotKept { until }.into());
    }
    let app = &admin.state.app;
    let most = app.limits().attachments.saturating_mul(SERVER_FILES);
    let mut tx = app.db.begin_write().await.context("begin to copy a first message")?;
    let before = inboxes::load(&mut tx, inbox).await.context("load an inbox")?;
    let before = before.filter(|found| found.guild == admin.guild).ok_or(InboxMsg::InboxGone)?;
    let changed = change(&before.settings, &before.revisions, None::<Base>, |settings| {
        settings.message.embeds.clone_from(&copy.embeds);
        settings.message.files.clone_from(&files);
    });
    let (settings, revisions) =
        changed.map_err(|refusal: Refusal| anyhow!("a first message was refused: {refusal:?}"))?;
    store_settings(&mut tx, &before, &settings, &revisions).await?;
    for (file, described) in copy.files.iter().zip(&files) {
        let stored =
            template_files::insert(&mut tx, admin.guild, &described.digest, file.bytes().unwrap_or_default()).await;
        stored.context("store a file of a first message")?;
    }
    template_files::delete_unused(&mut tx, admin.guild).await.context("delete unused files")?;
    let total = template_files::total(&mut tx, admin.guild).await.context("sum up the files of first messages")?;
    if total > most {
        return Err(FirstMsg::ServerFull { total: AtLeast(total), limit: AtMost(most), until }.into());
    }
    tx.commit().await.context("commit a first message")?;
    tracing::info!(guild.id = %admin.guild, inbox.id = %inbox, files = files.len(), "a first message was copied");
    Ok(Inbox { settings, revisions, ..before })
}

fn described(file: &rest::File) -> TemplateFile {
    let digest = ring::digest::digest(&ring::digest::SHA256, file.bytes().unwrap_or_default());
    TemplateFile {
        name: file.name.clone(),
        description: file.description.clone(),
        size: file.size(),
        digest: digest.as_ref().iter().fold(String::new(), |digits, byte| format!("{digits}{byte:02x}")),
    }
}

/// Exactly as a ticket of the admin would begin, with each question in the place of its answer.
async fn on_preview(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (inbox,) = request.content::<(InboxId,)>()?;
    let inbox = admin.inbox(inbox).await?;
    let state = admin.state;
    let staff = inboxes::list_staff(&state.app.db, inbox.id).await.context("list staff")?;
    let values = Values::sample(&inbox.settings.form.questions);
    let author = Author { user: admin.user, name: Some(&admin.display_name) };
    let (starter, mut below) = compose(&inbox.settings, author, &staff, &values, &admin.guild_locale);
    let files = &inbox.settings.message.files;
    let (files, _permit) = attach(&state.app, &state.rest.downloader, admin.guild, files, &mut below).await;
    let embeds = below.iter().map(embeds::draw).collect();
    Ok(Reply::Document(Drawing { content: starter.content, embeds, rows: Vec::new() }, files).into())
}

async fn on_remove(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (inbox, what, revision) = request.content::<(InboxId, String, u32)>()?;
    let found = admin.inbox(inbox).await?;
    let say = |msg: &dyn Message| i18n::render(&admin.reader, msg);
    match what.as_str() {
        NO => return Ok(show(&admin, &found, &[]).into()),
        ASK => {
            let buttons = [
                Button::danger(remove_id(&admin, &found, YES), say(&FirstMsg::RemoveYesButton)),
                Button::secondary(remove_id(&admin, &found, NO), say(&FirstMsg::RemoveNoButton)),
            ];
            let rows = components::row(buttons);
            return Ok(Reply::Redraw(page(&admin, &found, &say(&FirstMsg::RemoveAsk), &[], rows)).into());
        }
        YES => {}
        _ => return Err(CommonMsg::OutdatedComponent.into()),
    }
    let base = Base { group: Group::MessageParts, revision };
    let changed =
        admin.change_settings(inbox, Some(base), |settings| settings.message = MessageParts::default()).await?;
    if let Changed::Stale(now) = changed {
        return Ok(show(&admin, &now, &[say(&SettingsMsg::Stale)]).into());
    }
    let mut tx = admin.state.app.db.begin_write().await.context("begin to delete files")?;
    template_files::delete_unused(&mut tx, admin.guild).await.context("delete unused files")?;
    tx.commit().await.context("commit the deletion of files")?;
    Ok(show(&admin, &admin.inbox(inbox).await?, &[say(&FirstMsg::Removed)]).into())
}
