//! The bot's first message in a ticket: its text with the mentions and the answers of a form, what stands below it, and
//! its buttons; and what follows it because it has no room.
//!
//! What stands below the text must not cost anybody their ticket: files that are gone are left out, and where Discord
//! refuses the whole message, the text is posted alone.

use poise::serenity_prelude::CreateActionRow;

use super::form::{self, FormMsg};
use super::opening::Opening;
use super::{TicketMsg, claim, closing};
use crate::app::App;
use crate::discord::attachments::{Downloader, MemoryPermit};
use crate::discord::components::{self, Button};
use crate::discord::rest::File;
use crate::discord::threads::{self, FirstPost};
use crate::discord::{Refusal, RestResult};
use crate::domain::embed::Embed;
use crate::domain::first_message::{self, TemplateFile};
use crate::domain::form::answers::Upload;
use crate::domain::form::{Values, layout};
use crate::domain::ids::{GuildId, MessageId, ThreadId, UserId};
use crate::domain::settings::{Beginning, InboxSettings, MentionStaff};
use crate::domain::staff::StaffMember;
use crate::domain::starter::Starter;
use crate::i18n::{self, Locale};
use crate::storage::buttons::Buttons;
use crate::storage::template_files;

/// The message, ready to send.
pub(super) struct FirstMessage {
    pub starter: Starter,
    /// Below the text.
    pub embeds: Vec<Embed>,
    pub attached: Vec<TemplateFile>,
    /// Nobody is notified.
    pub is_silent: bool,
    pub rows: Vec<CreateActionRow>,
    /// A bit for each button.
    pub buttons: u8,
    /// Further messages with answers.
    pub further: Vec<String>,
    /// Uploaded files, each question with its heading in a message of its own.
    pub files: Vec<(String, Vec<Upload>)>,
}

/// Whose ticket it is; the name is needed only where the settings ask for it.
#[derive(Clone, Copy, Debug)]
pub struct Author<'a> {
    pub user: UserId,
    pub name: Option<&'a str>,
}

impl FirstMessage {
    pub(super) fn render(
        settings: &InboxSettings,
        form: form::Asked<'_>,
        owner: Author<'_>,
        staff: &[StaffMember],
        locale: &Locale,
    ) -> Self {
        let beginning = &settings.beginning;
        let values = form.values(locale);
        let (mut starter, embeds) = compose(settings, owner, staff, &values, locale);
        let (mut further, mut files) = (Vec::new(), Vec::new());
        if let Some(answers) = form.answers {
            let mut pages = layout::lay_out(&starter.content, answers, &form::words(locale)).into_iter();
            starter.content = pages.next().unwrap_or(starter.content);
            further.extend(pages);
            let groups = answers.files();
            files.extend(groups.map(|(answer, files)| (layout::heading(&answer.label), files.to_vec())));
        }
        if form.is_lost {
            further.push(i18n::render(locale, &FormMsg::AnswersLost));
        }
        Self {
            starter,
            embeds,
            attached: settings.message.files.clone(),
            is_silent: beginning.mention_staff == MentionStaff::Silent,
            rows: buttons(beginning, locale),
            buttons: bits(beginning),
            further,
            files,
        }
    }
}

/// The text of a first message, and the embeds below it.
pub fn compose(
    settings: &InboxSettings,
    author: Author<'_>,
    staff: &[StaffMember],
    values: &Values,
    locale: &Locale,
) -> (Starter, Vec<Embed>) {
    let default = i18n::render(locale, &TicketMsg::DefaultStarter);
    let template = settings.beginning.starter.as_deref().unwrap_or_default();
    let mentioned = if settings.beginning.mention_staff == MentionStaff::No { &[] } else { staff };
    let starter = Starter::render(template, author.user, mentioned, Some(&default), values);
    let staff_word = i18n::render(locale, &TicketMsg::StaffWord);
    let facts = first_message::Facts {
        author: author.user,
        name: author.name,
        // Nobody is notified there.
        staff,
        staff_word: &staff_word,
        form: values,
    };
    (starter, first_message::fill(&settings.message.embeds, facts))
}

/// The files of a first message that are there, with what bounds the memory of all of them. Without those that are gone,
/// their pictures leave the embeds, too.
pub async fn attach(
    app: &App,
    downloader: &Downloader,
    guild: GuildId,
    files: &[TemplateFile],
    embeds: &mut Vec<Embed>,
) -> (Vec<File>, Option<MemoryPermit>) {
    let mut attached = Vec::new();
    let mut permit = None;
    if !files.is_empty() {
        permit = Some(downloader.reserve(files.iter().map(|file| file.size).sum()).await);
    }
    for file in files {
        match template_files::find(&app.db, guild, &file.digest).await {
            Ok(Some(bytes)) => {
                attached.push(File::new(file.name.clone(), bytes).described(file.description.clone()));
            }
            Ok(None) => tracing::warn!(guild.id = %guild, "a file of a first message is gone"),
            Err(error) => tracing::error!(guild.id = %guild, %error, "could not read a file of a first message"),
        }
    }
    let names: Vec<&str> = attached.iter().map(|file| file.name.as_str()).collect();
    first_message::with_files(embeds, &names);
    (attached, permit)
}

impl Opening<'_> {
    /// Posts the first message, without what stands below its text if Discord refuses that.
    pub(super) async fn post_first(&self, thread: ThreadId) -> RestResult<MessageId> {
        let (app, rest) = (self.tools.app, self.tools.rest);
        let FirstMessage { starter, is_silent, rows, attached, embeds, .. } = &self.first;
        let mut embeds = embeds.clone();
        let (files, permit) = attach(app, &rest.downloader, self.guild, attached, &mut embeds).await;
        let is_plain = embeds.is_empty() && files.is_empty();
        let post = |embeds, files| FirstPost { starter, is_silent: *is_silent, rows: rows.clone(), embeds, files };
        let posted = threads::post_first(rest, thread, post(&embeds, files), &self.step.nonce).await;
        drop(permit);
        match posted {
            Err(fault) if !is_plain && fault.refusal().is_some_and(|why| why != Refusal::Unknown) => {
                tracing::warn!(ticket.id = %self.ticket, %fault, "Discord refused what stands below a first message's text");
                // Nothing was posted, so the nonce is still free.
                threads::post_first(rest, thread, post(&[], Vec::new()), &self.step.nonce).await
            }
            posted => posted,
        }
    }
}

/// The bits of [`Buttons::Shown`]. Messages of earlier versions have the first one.
const CLOSE: u8 = 1;
const CLAIM: u8 = 2;

fn bits(beginning: &Beginning) -> u8 {
    let bit = |is_on: bool, bit: u8| if is_on { bit } else { 0 };
    bit(beginning.close_button, CLOSE) | bit(beginning.claim_button, CLAIM)
}

/// What the first message of an open ticket should show.
pub(super) fn wanted_buttons(beginning: &Beginning) -> Buttons {
    Buttons::of(bits(beginning))
}

/// The buttons of an open ticket.
pub(super) fn buttons(beginning: &Beginning, locale: &Locale) -> Vec<CreateActionRow> {
    let label = |msg: TicketMsg| i18n::render(locale, &msg);
    let close = beginning.close_button.then(|| Button::danger(closing::BUTTON.id(&()), label(TicketMsg::CloseButton)));
    let claim = beginning.claim_button.then(|| Button::secondary(claim::BUTTON.id(&()), label(TicketMsg::ClaimButton)));
    components::row(close.into_iter().chain(claim))
}
