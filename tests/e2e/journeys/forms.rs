//! A form on a journey.

use discord_sim::{Filled, Message};
use serde_json::json;

use super::Scene;
use crate::filling::{begin_fill, file, question, text, with};
use crate::town::CREATE_TICKET;

/// The words of the long answer, which needs two messages.
const WORDS: usize = 600;

impl Scene<'_> {
    /// The inbox has a form, which is open.
    pub(super) async fn ask_before(&mut self) {
        let questions = [with(question("long", "long"), &json!({ "most": 4000 })), question("proof", "file")];
        self.ledger
            .store_text("UPDATE inbox SET settings = $1", &json!({ "form": { "questions": questions } }).to_string())
            .await;
        self.form = Some(self.anna.click(&self.inbox, CREATE_TICKET).await);
    }

    pub(super) fn begin_filled(&mut self) {
        let values = [("long", text(&"word ".repeat(WORDS))), ("proof", Filled::Files(vec![file("a.png", 5)]))];
        self.opener = Some(self.anna.clone());
        self.reply = Some(begin_fill(&self.anna, self.form.as_ref().unwrap(), &values));
    }

    /// All answers are there once, or there is no ticket, and nobody was told of one. From now on there is no form.
    pub(super) async fn assert_answers(&self) {
        self.ledger.store_text("UPDATE inbox SET settings = $1", "{}").await;
        let Some(thread) = self.town.guild.threads().pop() else {
            // Such as: a file could not be fetched.
            assert!(self.reply.iter().all(|reply| reply.links().is_empty()), "there is no ticket");
            return;
        };
        let messages = thread.messages();
        let words: usize = messages.iter().map(|message| message.text().matches("word").count()).sum();
        assert_eq!(words, WORDS, "{:#?}", messages.iter().map(Message::text).collect::<Vec<_>>());
        let headed = messages.iter().filter(|message| message.text().starts_with("**About proof**"));
        assert_eq!(headed.count(), 1, "the file is there or named once");
    }
}
