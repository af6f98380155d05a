//! `/inbox export` and `/inbox import`: the configuration of the server as a file (`server_config`).
//!
//! An import shows what would change, with a button that applies it. The file stays attached to that private answer and is
//! read again from there: nothing is kept in memory or stored. The button's sealed id holds the digests of the file and of
//! the change that was shown. If anything has changed since, the new differences are shown instead.

mod examine;
mod show;

use anyhow::{Context as _, anyhow};

use super::Admin;
use crate::discord::attachments::Unreachable;
use crate::discord::interaction::SelectedAttachment;
use crate::discord::respond::{Answer, Drawing, Reply};
use crate::discord::rest::File;
use crate::error::Result;
use crate::i18n;
use crate::router::{Audience, Request, Route};
use crate::server_config::{self, ConfigMsg, Digest, Export, MAX_SIZE, Target};
use crate::storage::server_config as stored;
use examine::{Examined, Surroundings};

/// Applies a file.
pub(super) const APPLY: Route =
    Route::component("cfa", Audience::Person, |request| Box::pin(async move { on_apply(&request).await })).redraws();

/// All entries of a menu were chosen: what was found by its name is confirmed.
pub(super) const CONFIRM: Route =
    Route::component("cfm", Audience::Person, |request| Box::pin(async move { on_confirm(&request).await })).redraws();

/// The name of the file in answers.
const NAME: &str = "ticketbot.toml";

/// `/inbox export`.
pub async fn export(admin: &Admin<'_>) -> Result<Reply> {
    let surroundings = Surroundings::look(admin).await?;
    let config =
        stored::find(&admin.state.app.db, admin.guild, admin.state.app.now()).await.context("read a configuration")?;
    let mut config = config.unwrap_or_default();
    surroundings.read_panels(admin, &mut config).await;
    let text =
        Export { guild: admin.guild, locale: &admin.guild_locale, config: &config, directory: &surroundings.directory }
            .write();
    let too_large = (text.len() > MAX_SIZE).then_some(ConfigMsg::ExportTooLarge { limit: (MAX_SIZE / 1024) as u64 });
    let lines = [ConfigMsg::Exported { inboxes: config.inboxes.len() as u64 }].into_iter().chain(too_large);
    let lines: Vec<String> = lines.map(|msg| i18n::render(&admin.reader, &msg)).collect();
    let file = File::new(NAME.to_owned(), text.into_bytes());
    Ok(Reply::Document(Drawing { content: lines.join("\n"), ..Drawing::default() }, vec![file]))
}

/// `/inbox import`. `file`: as Discord describes it.
pub async fn import(admin: &Admin<'_>, file: Option<&SelectedAttachment>) -> Result<Reply> {
    let file = file.ok_or_else(|| anyhow!("a file came in without a description"))?;
    if file.size.is_some_and(|size| size > MAX_SIZE as u64) {
        return Err(too_large().into());
    }
    let bytes = download(admin, file).await?;
    let examined = examine::examine(admin, &bytes).await?;
    Ok(show::show(admin, &examined, bytes, None))
}

/// The answer is drawn again, without the menu, and with the button when all is confirmed.
async fn on_confirm(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (file, change, confirmed) = request.content::<(Digest, Digest, u8)>()?;
    let bytes = find(&admin, &request.pressed.files, file).await?;
    let examined = examine::examine(&admin, &bytes).await?;
    match &examined {
        Examined::Changes(found) if found.change == change => {
            Ok(Reply::Redraw(show::changes(&admin, found, file, confirmed).0).into())
        }
        _ => Ok(show::show(&admin, &examined, bytes, Some(&ConfigMsg::ChangedMeanwhile)).into()),
    }
}

async fn on_apply(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (file, change) = request.content::<(Digest, Digest)>()?;
    let bytes = find(&admin, &request.pressed.files, file).await?;
    let examined = examine::examine(&admin, &bytes).await?;
    let Examined::Changes(found) = &examined else { return Ok(show::show(&admin, &examined, bytes, None).into()) };
    let app = &admin.state.app;
    let mut tx = app.db.begin_write().await.context("begin to apply a configuration")?;
    let mut current =
        stored::load(&mut tx, admin.guild, app.now()).await.context("read a configuration")?.unwrap_or_default();
    current.take_contents_of(&found.current);
    if Digest::of_change(admin.guild, &current, &found.wanted.config) != change {
        drop(tx);
        // What was compared may be older than what is stored now: compared again, with nothing in between.
        let again = examine::examine(&admin, &bytes).await?;
        return Ok(show::show(&admin, &again, bytes, Some(&ConfigMsg::ChangedMeanwhile)).into());
    }
    let locale = admin.guild_locale.to_string();
    let target = Target { guild: admin.guild, locale: &locale, by: Some(admin.user), at: app.now() };
    let applied = server_config::apply(&mut tx, target, &current, &found.wanted.config).await?;
    tx.commit().await.context("commit a configuration")?;
    app.alarm.ring();
    app.panel_drawers.wake();
    tracing::info!(guild.id = %admin.guild, inboxes = applied.inboxes.len(), "a configuration was applied");
    Ok(show::applied(&admin, found, &applied))
}

/// The file of an answer with this digest.
async fn find(admin: &Admin<'_>, files: &[SelectedAttachment], wanted: Digest) -> Result<Vec<u8>> {
    for file in files.iter().filter(|file| file.filename == NAME) {
        let bytes = download(admin, file).await?;
        if Digest::of(&bytes) == wanted {
            return Ok(bytes);
        }
    }
    Err(ConfigMsg::FileGone.into())
}

async fn download(admin: &Admin<'_>, file: &SelectedAttachment) -> Result<Vec<u8>> {
    let limit = MAX_SIZE as u64;
    let downloader = &admin.state.rest.downloader;
    let _permit = downloader.reserve(limit).await;
    match downloader.fetch(&file.url, limit).await {
        Ok(bytes) => Ok(bytes),
        Err(Unreachable::TooLarge) => Err(too_large().into()),
        Err(Unreachable::Status(403 | 404)) => Err(ConfigMsg::FileGone.into()),
        Err(why) => {
            tracing::warn!(guild.id = %admin.guild, %why, "could not download a configuration");
            Err(ConfigMsg::FileUnreachable.into())
        }
    }
}

fn too_large() -> ConfigMsg {
    ConfigMsg::FileTooLarge { limit: (MAX_SIZE / 1024) as u64 }
}
