//! Shows an admin the form as members see it. What they fill in goes nowhere: they see how it would stand in a ticket.

use super::List;
use super::msg::EntryMsg;
use super::pages;
use crate::discord::forms;
use crate::discord::respond::{Answer, Reply};
use crate::domain::form::{Answers, layout};
use crate::domain::ids::InboxId;
use crate::domain::text;
use crate::error::Result;
use crate::i18n;
use crate::inboxes::Admin;
use crate::router::{Audience, Request, Route};
use crate::tickets::{self, words};

/// Shows the form.
pub(in crate::inboxes) const PREVIEW: Route =
    Route::component("lpv", Audience::Person, |request| Box::pin(async move { on_preview(&request).await })).redraws();

/// The form that was filled in.
pub(in crate::inboxes) const PREVIEWED: Route =
    Route::form("lpf", Audience::Person, |request| Box::pin(async move { on_previewed(&request).await })).redraws();

async fn on_preview(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (inbox,) = request.content::<(InboxId,)>()?;
    let found = admin.inbox(inbox).await?;
    let questions = &found.settings.form.questions;
    if questions.is_empty() {
        return Ok(Reply::Redraw(pages::list(&admin, &found, List::Questions, &[], None)).into());
    }
    let title = tickets::label(&found.settings.panel, &admin.guild_locale);
    let id = admin.id_of(&PREVIEWED, &(inbox,));
    Ok(Reply::Form(forms::of_questions(id, &title, questions, &words(&admin.reader))).into())
}

async fn on_previewed(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (inbox,) = request.content::<(InboxId,)>()?;
    let found = admin.inbox(inbox).await?;
    let (msg, shown) = match Answers::check(&found.settings.form.questions, &request.pressed.filled) {
        Ok(answers) => {
            let pages = layout::lay_out("", &answers, &words(&admin.guild_locale));
            let files = answers.files().map(|(answer, files)| {
                let names = files.iter().map(|file| layout::quote(&layout::short_name(&file.name)));
                std::iter::once(layout::heading(&answer.label)).chain(names).collect::<Vec<_>>().join("\n")
            });
            let whole: Vec<String> = pages.into_iter().chain(files).collect();
            (EntryMsg::PreviewDone, Some(text::cut(&whole.join("\n"), 3_000).to_owned()))
        }
        Err(unfit) => (EntryMsg::PreviewRefused { problems: unfit.len() as u64 }, None),
    };
    let said = [i18n::render(&admin.reader, &msg)];
    let shown = shown.filter(|shown| text::is_visible(shown));
    Ok(Reply::Redraw(pages::list(&admin, &found, List::Questions, &said, shown)).into())
}
