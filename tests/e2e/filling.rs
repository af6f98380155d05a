//! Inboxes with forms, and people who fill them in.

use discord_sim::{Actor, Filled, Message, Reply, Thread};
use serde_json::{Value, json};

use crate::town::CREATE_TICKET;
use crate::working::Story;

pub fn text(value: &str) -> Filled {
    Filled::Text(value.to_owned())
}

pub fn values<const N: usize>(values: [&str; N]) -> Filled {
    Filled::Values(values.map(str::to_owned).into())
}

pub fn file(name: &str, bytes: usize) -> (String, String, Vec<u8>) {
    (name.to_owned(), "image/png".to_owned(), vec![b'x'; bytes])
}

pub fn question(key: &str, kind: &str) -> Value {
    json!({ "key": key, "label": format!("About {key}"), "kind": kind })
}

/// A question with more of its fields.
pub fn with(mut question: Value, more: &Value) -> Value {
    for (key, value) in more.as_object().into_iter().flatten() {
        question[key] = value.clone();
    }
    question
}

impl Story<'_> {
    /// All inboxes ask these.
    pub async fn ask(&self, questions: &[Value]) {
        self.set(&json!({ "form": { "questions": questions } }).to_string()).await;
    }

    /// Clicks on the panel, and gets the form.
    pub async fn form(&self, member: &Actor) -> Reply {
        let form = member.click(&self.inbox, CREATE_TICKET).await;
        assert!(form.modal().is_some(), "no form: {}", form.text());
        form
    }

    /// Fills in the form, and gets a ticket.
    pub async fn open_filled(&self, values: &[(&str, Filled)]) -> Thread {
        let form = self.form(&self.anna).await;
        let reply = fill(&self.anna, &form, values).await;
        let thread = self.town.guild.threads().pop().unwrap_or_else(|| panic!("no ticket: {}", reply.text()));
        assert!(reply.links_to(&thread), "unexpected answer: {}", reply.text());
        self.settled().await;
        thread
    }
}

pub fn begin_fill(member: &Actor, form: &Reply, values: &[(&str, Filled)]) -> Reply {
    member.try_begin_submit_filled(form, values).unwrap_or_else(|error| panic!("{error}"))
}

pub async fn fill(member: &Actor, form: &Reply, values: &[(&str, Filled)]) -> Reply {
    begin_fill(member, form, values).finished().await
}

/// What was given back to a member.
pub fn given_back(message: &Message) -> String {
    let files = message.attachments();
    assert_eq!(files.len(), 1, "{}", message.text());
    assert_eq!(files[0].filename, "answers.txt");
    String::from_utf8(files[0].bytes.clone()).expect("a text")
}
