//! The form that an inbox asks to be filled in before a ticket is opened.
//!
//! Nobody sees it who may not open a ticket, and all rules are asked again when it comes back: nothing is reserved while
//! it is open, and nothing of it is kept. Its id is sealed for the person and works however long it was open. What
//! cannot be taken is given back as a file.

mod files;
mod msg;
mod post;

pub(super) use files::Fetched;
pub use msg::FormMsg;

use anyhow::Context as _;

use super::open;
use super::open_request::{About, OpenRequest, Stage};
use super::ways::request_again;
use crate::app::App;
use crate::discord::components::{self, Button};
use crate::discord::respond::{Answer, Drawing, Reply};
use crate::discord::rest::File;
use crate::discord::seal::Holder;
use crate::discord::{BotContext, forms, report};
use crate::domain::form::{Answers, Question, Unfit, Values, Why, Words, layout};
use crate::domain::ids::{InboxId, MessageId, TicketId, UserId};
use crate::domain::settings::Group;
use crate::error::{Error, Result};
use crate::i18n::{self, CommonMsg, Locale, Msg};
use crate::router::{Audience, Request, Route};
use crate::storage::inboxes::{self, Inbox};
use crate::storage::steps::Step;
use crate::tickets::TicketMsg;

/// The form. Whatever happened since it was shown is checked when it comes back.
pub(super) const FORM: Route =
    Route::form("opf", Audience::Addressee, |request| Box::pin(async move { on_form(&request).await }));

/// The same for a ticket about a message. The preview of its quote, on which the form was opened, comes back with it.
pub(super) const ABOUT_FORM: Route =
    Route::form("opq", Audience::Addressee, |request| Box::pin(async move { on_form_about(&request).await }));

/// Opens a ticket where the person has already read what comes before the form.
pub(super) const AGAIN: Route =
    Route::component("opa", Audience::Addressee, |request| Box::pin(async move { on_again(&request).await }))
        .before_waiting(open::PROMISE);

/// The same for a ticket about a message, whose quote the message with the button shows.
pub(super) const ABOUT_AGAIN: Route =
    Route::component("opb", Audience::Addressee, |request| Box::pin(async move { on_again_about(&request).await }))
        .before_waiting(open::PROMISE);

/// The questions of an inbox, and what was answered.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asked<'a> {
    pub questions: &'a [Question],
    pub answers: Option<&'a Answers>,
    /// There were answers, which can no longer be read.
    pub is_lost: bool,
}

impl Asked<'_> {
    /// What placeholders stand for.
    pub(super) fn values(&self, locale: &Locale) -> Values {
        match self.answers {
            Some(answers) => Values::of(self.questions, answers, &words(locale)),
            None => Values::empty(self.questions),
        }
    }
}

/// The words for a yes and a no.
pub fn words(locale: &Locale) -> Words {
    let say = |msg: FormMsg| i18n::render(locale, &msg);
    Words { yes: say(FormMsg::Yes), no: say(FormMsg::No) }
}

/// Answers on their way into a step.
pub(super) fn seal(app: &App, ticket: TicketId, answers: &Answers) -> Option<Vec<u8>> {
    app.text_seal.seal(ticket, &serde_json::to_string(answers).ok()?)
}

/// The answers that an opening has still to post. `Err`: they cannot be read, because the bot has a new token.
pub(super) fn unseal(app: &App, ticket: TicketId, step: &Step) -> std::result::Result<Option<Answers>, Unreadable> {
    let Some(sealed) = &step.sealed else { return Ok(None) };
    let text = app.text_seal.open(ticket, sealed).ok_or(Unreadable)?;
    serde_json::from_str(&text).map(Some).map_err(|_| Unreadable)
}

/// Sealed answers that do not open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unreadable;

/// The form of an inbox, for somebody who may open a ticket.
pub(super) fn show(state: &BotContext, asked: &OpenRequest, inbox: &Inbox) -> Reply {
    let (holder, revision) = (holder(asked), inbox.revisions.of(Group::Form));
    let id = match &asked.about {
        Some(about) => ABOUT_FORM.id_for(state, holder, &(inbox.id, revision, about.message, about.author)),
        None => FORM.id_for(state, holder, &(inbox.id, revision)),
    };
    let title = super::label(&inbox.settings.panel, &asked.guild_locale);
    Reply::Form(forms::of_questions(id, &title, &inbox.settings.form.questions, &words(&asked.reader)))
}

pub(super) fn holder(asked: &OpenRequest) -> Holder {
    Holder { guild: asked.guild, user: asked.member }
}

async fn on_again(request: &Request) -> Result<Answer> {
    let (inbox,) = request.content::<(InboxId,)>()?;
    begin_again(request, inbox, None).await
}

async fn on_again_about(request: &Request) -> Result<Answer> {
    let (inbox, message, author) = request.content::<(InboxId, MessageId, UserId)>()?;
    begin_again(request, inbox, Some(About::shown(request, message, author)?)).await
}

async fn begin_again(request: &Request, inbox: InboxId, about: Option<About>) -> Result<Answer> {
    let found = inboxes::find(&request.state.app.db, inbox).await.context("find an inbox")?;
    let found = found.filter(|found| Some(found.guild) == request.caller.guild).ok_or(TicketMsg::InboxUnknown)?;
    let asked = request_again(&request.state, &request.caller, request.interaction, &found).await?;
    let asked = OpenRequest { about, ..asked.at(Stage::Form) };
    open::answer(&request.state, &asked, false).await
}

/// Why a form was not taken.
enum Failure {
    /// Another try may succeed.
    Again(FormMsg),
    Refused(Error),
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Refused(error.into())
    }
}

async fn on_form(request: &Request) -> Result<Answer> {
    let (inbox, revision) = request.content::<(InboxId, u32)>()?;
    take(request, inbox, revision, None).await
}

async fn on_form_about(request: &Request) -> Result<Answer> {
    let (inbox, revision, message, author) = request.content::<(InboxId, u32, MessageId, UserId)>()?;
    take(request, inbox, revision, Some(About::shown(request, message, author)?)).await
}

async fn take(request: &Request, inbox: InboxId, revision: u32, about: Option<About>) -> Result<Answer> {
    let found = inboxes::find(&request.state.app.db, inbox).await;
    let found = found.map(|found| found.filter(|found| Some(found.guild) == request.caller.guild));
    let questions = match &found {
        Ok(Some(inbox)) => inbox.settings.form.questions.clone(),
        _ => Vec::new(),
    };
    let submitted = match found {
        Ok(found) => submit(request, found, revision, about.clone()).await,
        Err(error) => Err(anyhow::Error::new(error).context("find an inbox").into()),
    };
    match submitted {
        Ok(answer) => Ok(answer),
        Err(Failure::Again(why)) => give_back(request, &questions, &why.into(), Some((inbox, about))),
        Err(Failure::Refused(error)) => {
            let why = report::explain(&request.state.app, request.interaction, error);
            give_back(request, &questions, &why, None)
        }
    }
}

async fn submit(
    request: &Request,
    inbox: Option<Inbox>,
    revision: u32,
    about: Option<About>,
) -> std::result::Result<Answer, Failure> {
    let inbox = inbox.ok_or(TicketMsg::InboxUnknown)?;
    let answers = Answers::check(&inbox.settings.form.questions, &request.pressed.filled);
    let answers = answers.map_err(|unfit| {
        let is_changed = inbox.revisions.of(Group::Form) != revision;
        if is_changed { Failure::Again(FormMsg::Changed) } else { Failure::Again(not_taken(request, &unfit)) }
    })?;
    let asked = request_again(&request.state, &request.caller, request.interaction, &inbox).await?;
    let asked = OpenRequest { about, ..asked.at(Stage::Open(Some(answers))) };
    let fetched = files::fetch(request, &inbox, &asked).await?;
    Ok(open::answer_with(&request.state, &asked, fetched, false).await?)
}

/// Each answer that is not taken, with the reason.
fn not_taken(request: &Request, unfit: &[Unfit]) -> FormMsg {
    let lines = unfit.iter().map(|Unfit { label, why }| {
        let label = layout::heading(label);
        let msg = match *why {
            Why::Missing => FormMsg::Missing { label },
            Why::TooShort { least } => FormMsg::TooShort { label, least: least.into() },
            Why::TooLong { most } => FormMsg::TooLong { label, most: most.into() },
            Why::NoNumber => FormMsg::NoNumber { label },
            Why::OutOfRange { least, most } => {
                let bound = |bound: Option<i64>| bound.map_or_else(|| "none".to_owned(), |bound| bound.to_string());
                FormMsg::OutOfRange { label, least: bound(least), most: bound(most) }
            }
            Why::Count { least, most } => FormMsg::WrongCount { label, least: least as u64, most: most as u64 },
            Why::NotOffered | Why::Changed => FormMsg::NotOffered { label },
        };
        i18n::render(&request.caller.reader, &msg)
    });
    FormMsg::NotTaken { problems: lines.collect::<Vec<_>>().join("\n") }
}

/// Says why the form was not taken, and gives back what was written. `again`: with a button to the form of this inbox, and
/// with the quote that the ticket is to have.
fn give_back(
    request: &Request,
    questions: &[Question],
    why: &Msg,
    again: Option<(InboxId, Option<About>)>,
) -> Result<Answer> {
    let reader = &request.caller.reader;
    let text = layout::plain(questions, &request.pressed.filled, &words(reader));
    let (mut rows, mut embeds) = (Vec::new(), Vec::new());
    if let Some((inbox, about)) = again {
        let holder = Holder { guild: request.caller.guild.ok_or(CommonMsg::GuildOnly)?, user: request.caller.user };
        let id = match &about {
            Some(about) => ABOUT_AGAIN.id_for(&request.state, holder, &(inbox, about.message, about.author)),
            None => AGAIN.id_for(&request.state, holder, &(inbox,)),
        };
        rows = components::row([Button::primary(id, i18n::render(reader, &FormMsg::AgainButton))]);
        embeds = about.iter().flat_map(About::embeds).collect();
    }
    let why = i18n::render(reader, &**why);
    if text.is_empty() {
        return Ok(Reply::Document(Drawing { content: why, embeds, rows }, Vec::new()).into());
    }
    let content = i18n::render(reader, &FormMsg::GivenBack { why });
    let file = File::new(i18n::render(reader, &FormMsg::FileName), text.into_bytes());
    Ok(Reply::Document(Drawing { content, embeds, rows }, vec![file]).into())
}
