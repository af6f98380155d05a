//! The files of a form: what the bot could not post again is refused before there is a ticket, all others are fetched,
//! because they vanish after a time.

use anyhow::Context as _;
use futures_util::future::try_join_all;

use super::{Failure, FormMsg};
use crate::app::Identity;
use crate::discord::BotContext;
use crate::discord::attachments::{Downloader, MemoryPermit, Unreachable};
use crate::discord::guild::{BotMember, ChannelFacts};
use crate::discord::rest::File;
use crate::domain::form::answers::Upload;
use crate::domain::ids::ChannelId;
use crate::domain::permissions::Permissions;
use crate::domain::text;
use crate::i18n::{AtLeast, AtMost};
use crate::router::Request;
use crate::storage::inboxes::Inbox;
use crate::tickets::admit::admit;
use crate::tickets::open_request::OpenRequest;

/// The most bytes of all files of a form. One request of the bot has at most 25 MiB (Discord: "Reference", uploading
/// files).
const MOST_BYTES: u64 = 25_000_000;

/// The most bytes of a file unless the interaction names another limit (Discord: "Reference", uploading files).
const FILE_BYTES: u64 = 10 << 20;

/// Fetched files, by question.
#[derive(Debug, Default)]
pub(in crate::tickets) struct Fetched {
    pub(super) groups: Vec<Vec<File>>,
    _permit: Option<MemoryPermit>,
}

impl Fetched {
    /// There are no files.
    pub(in crate::tickets) const NONE: Self = Self { groups: Vec::new(), _permit: None };
}

/// Fetches the files of a request that may open a ticket.
pub(super) async fn fetch(request: &Request, inbox: &Inbox, asked: &OpenRequest) -> Result<Fetched, Failure> {
    let Some(answers) = asked.answers() else { return Ok(Fetched::NONE) };
    let groups: Vec<&[Upload]> = answers.files().map(|(_, files)| files).collect();
    if groups.is_empty() {
        return Ok(Fetched::NONE);
    }
    check_sizes(request.pressed.upload_limit, groups.iter().copied().flatten())?;
    // Nothing is requested for who may not open a ticket.
    let app = &request.state.app;
    let mut tx = app.db.begin_write().await.context("begin to ask for a ticket")?;
    admit(&mut tx, asked, app.now()).await?;
    drop(tx);
    let channel = inbox.settings.destination;
    if !may_attach(&request.state, asked, channel).await {
        return Err(FormMsg::FilesForbidden { channel }.into());
    }
    let downloader = &request.state.rest.downloader;
    let permit = downloader.reserve(groups.iter().copied().flatten().map(|file| file.size).sum()).await;
    let mut fetched = Vec::new();
    for group in groups {
        let files = try_join_all(group.iter().map(|file| fetch_one(downloader, file))).await;
        fetched.push(files.map_err(|file| Failure::Again(FormMsg::FileGone { file }))?);
    }
    Ok(Fetched { groups: fetched, _permit: Some(permit) })
}

/// The files of one question as far as they are still there, and the names of the others.
pub(super) async fn fetch_again(downloader: &Downloader, files: &[Upload]) -> (Vec<File>, Vec<String>) {
    let _share = downloader.reserve(files.iter().map(|file| file.size).sum()).await;
    let (mut fetched, mut gone) = (Vec::new(), Vec::new());
    for upload in files {
        match fetch_one(downloader, upload).await {
            Ok(file) => fetched.push(file),
            Err(_) => gone.push(upload.name.clone()),
        }
    }
    (fetched, gone)
}

/// `Err`: its name, for a message.
async fn fetch_one(downloader: &Downloader, upload: &Upload) -> Result<File, String> {
    let limit = if upload.size == 0 { FILE_BYTES } else { upload.size };
    match downloader.fetch(&upload.url, limit).await {
        Ok(bytes) => Ok(File::new(upload.name.clone(), bytes)),
        Err(fault) => {
            let fault: Unreachable = fault;
            tracing::warn!(%fault, "a file of a form could not be fetched");
            Err(shown(&upload.name))
        }
    }
}

fn shown(name: &str) -> String {
    text::escape(text::cut(&text::single_line(name), 100))
}

/// Whether the bot may post files where the tickets go. The request shows what it may do where it is made; for another
/// channel that is read. Without an answer it may: where that is wrong, the ticket names the files.
async fn may_attach(state: &BotContext, asked: &OpenRequest, channel: ChannelId) -> bool {
    let here = asked.bot_permissions.filter(|_| asked.channel == Some(channel));
    let granted = match (here, state.app.identity()) {
        (Some(granted), _) => granted,
        (None, Some(Identity { bot, .. })) => {
            let view = BotMember::fetch(&state.rest, asked.guild, bot);
            match tokio::join!(view, ChannelFacts::fetch(&state.rest, channel)) {
                (Ok(bot), Ok(channel)) => bot.granted_in(&channel),
                _ => return true,
            }
        }
        (None, None) => return true,
    };
    granted.contains(Permissions::ATTACH_FILES)
}

fn check_sizes<'a>(limit: Option<u64>, files: impl Iterator<Item = &'a Upload>) -> Result<(), Failure> {
    let most = limit.unwrap_or(FILE_BYTES).min(MOST_BYTES);
    let mut sum = 0;
    for Upload { name, size, .. } in files {
        if *size > most {
            let msg = FormMsg::FileTooLarge { file: shown(name), size: AtLeast(*size), most: AtMost(most) };
            return Err(Failure::Again(msg));
        }
        sum += *size;
    }
    if sum > MOST_BYTES {
        return Err(Failure::Again(FormMsg::FilesTooLarge { size: AtLeast(sum), most: AtMost(MOST_BYTES) }));
    }
    Ok(())
}
