//! Posts what follows the first message of a ticket: answers that did not fit, and files, one message for each question
//! with files. Files that cannot be posted are named: they must not cost the member their ticket.

use super::{FormMsg, files};
use crate::discord::threads;
use crate::discord::{Refusal, RestError};
use crate::domain::form::layout;
use crate::domain::ids::ThreadId;
use crate::i18n;
use crate::tickets::opening::{Obstacle, Opening};

impl Opening<'_> {
    /// `posted`: how many messages of the bot are there, the first one among them.
    pub(in crate::tickets) async fn post_rest(&self, thread: ThreadId, posted: usize) -> Result<(), Obstacle> {
        let mut number = 1;
        for text in &self.first.further {
            if number >= posted {
                let sent =
                    threads::post_quietly(self.tools.rest, thread, text, Vec::new(), &self.nonce_of(number)).await;
                sent.map_err(|fault| Obstacle::in_thread(fault, "post an answer"))?;
            }
            number += 1;
        }
        for group in 0..self.first.files.len() {
            if number >= posted {
                self.post_files(thread, group, &self.nonce_of(number)).await?;
            }
            number += 1;
        }
        Ok(())
    }

    /// Two messages of one ticket have different ones. At most 25 characters (Discord: "Create Message").
    fn nonce_of(&self, number: usize) -> String {
        format!("{}{number}", self.step.nonce)
    }

    async fn post_files(&self, thread: ThreadId, group: usize, nonce: &str) -> Result<(), Obstacle> {
        let rest = self.tools.rest;
        let (heading, uploads) = &self.first.files[group];
        let (fetched, gone) = match self.fetched.groups.get(group) {
            Some(fetched) => (fetched.clone(), Vec::new()),
            None => files::fetch_again(&rest.downloader, uploads).await,
        };
        let text = self.text_of(heading, &gone);
        let has_files = !fetched.is_empty();
        let fault = match threads::post_quietly(rest, thread, &text, fetched, nonce).await {
            Ok(()) => return Ok(()),
            Err(fault) => fault,
        };
        if !has_files || fault.refusal() == Some(Refusal::Unknown) {
            return Err(Obstacle::in_thread(fault, "post files"));
        }
        tracing::warn!(ticket.id = %self.ticket, %fault, "files of a form could not be posted");
        let all: Vec<String> = uploads.iter().map(|upload| upload.name.clone()).collect();
        let text = self.text_of(heading, &all);
        // The same nonce: if the files were posted after all, nothing is posted.
        let named: Result<(), RestError> = threads::post_quietly(rest, thread, &text, Vec::new(), nonce).await;
        named.map_err(|fault| Obstacle::in_thread(fault, "name files"))
    }

    /// The question, and the files that are not there.
    fn text_of(&self, heading: &str, missing: &[String]) -> String {
        let mut lines = vec![heading.to_owned()];
        lines.extend(missing.iter().map(|name| layout::quote(&layout::short_name(name))));
        lines.extend((!missing.is_empty()).then(|| i18n::render(&self.guild_locale, &FormMsg::FilesNotPosted)));
        lines.join("\n")
    }
}
