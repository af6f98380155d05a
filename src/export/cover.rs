//! What the head of a file says about its ticket, and about the file itself.

use std::collections::BTreeMap;

use super::msg::ExportMsg;
use super::names::{Names, isolated, own_name, shown};
use crate::domain::clock::Timestamp;
use crate::domain::form::quoted::{self, Quoted};
use crate::domain::history::{Kind, Message, Person};
use crate::domain::ids::{GuildId, InboxId, MessageId, ThreadId, UserId};
use crate::domain::lifecycle::State;
use crate::domain::priority::Priority;
use crate::domain::text;
use crate::i18n::PriorityName;
use crate::storage::lifecycle::{OpenedBy, Record};

/// What is known of a ticket, whatever its messages say.
#[derive(Clone)]
pub struct Facts {
    pub guild: GuildId,
    pub guild_name: String,
    pub number: u32,
    pub thread: ThreadId,
    pub thread_name: String,
    /// With what its button says; `None`: it was deleted.
    pub inbox: Option<(InboxId, String)>,
    pub owner: UserId,
    pub state: State,
    pub priority: Priority,
    pub opened_at: Timestamp,
    /// If it was not the owner.
    pub opened_by: Option<UserId>,
    pub claimed_by: Option<UserId>,
    /// If it is closed.
    pub closed_at: Option<Timestamp>,
    pub closed_by: Option<UserId>,
    /// The bot's first message.
    pub starter: Option<MessageId>,
    /// Whether Discord lets the bot read what members write; `None`: it did not say.
    pub reads_content: Option<bool>,
    pub exported_at: Timestamp,
}

impl Facts {
    /// Of a ticket with a thread, in an inbox whose button says `label`. What has to be asked for is added later.
    pub fn new(record: &Record, thread: ThreadId, label: Option<String>, exported_at: Timestamp) -> Self {
        let is_closed = record.state == State::Closed;
        Self {
            guild: record.guild,
            guild_name: String::new(),
            number: record.number,
            thread,
            thread_name: String::new(),
            inbox: record.inbox.zip(label),
            owner: record.owner,
            state: record.state,
            priority: record.priority,
            opened_at: record.asked_at(),
            opened_by: match record.opened_by {
                OpenedBy::Other(user) => Some(user),
                OpenedBy::Owner | OpenedBy::Unknown => None,
            },
            claimed_by: record.claim.map(|claim| claim.by),
            closed_at: record.closed_at.filter(|_| is_closed),
            closed_by: record.closed_by.filter(|_| is_closed),
            starter: record.starter,
            reads_content: None,
            exported_at,
        }
    }

    /// The ticket's number, or the thread's id if it has none.
    pub fn name(&self) -> String {
        if self.number == 0 { self.thread.to_string() } else { self.number.to_string() }
    }

    /// The people it names, whether or not they have written.
    pub fn people(&self) -> impl Iterator<Item = UserId> {
        [Some(self.owner), self.opened_by, self.claimed_by, self.closed_by].into_iter().flatten()
    }
}

/// The head of one file.
pub struct Cover<'a> {
    pub facts: &'a Facts,
    pub names: &'a Names,
    /// What the owner answered before the ticket was opened.
    pub answers: &'a [Quoted],
    pub writers: &'a Writers,
    pub extent: Extent,
}

/// How much each has written, in all files that were made at once so far.
pub type Writers = BTreeMap<Author, u64>;

/// Who has written: somebody, or a webhook under one of its names.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Author {
    pub id: UserId,
    /// Of a webhook.
    pub name: Option<String>,
}

impl Author {
    pub fn of(person: &Person) -> Self {
        Self { id: person.id, name: person.is_webhook.then(|| own_name(person)) }
    }
}

/// Which part of a ticket a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// From 1.
    pub part: u32,
    /// Messages in it.
    pub messages: u64,
    pub end: PartEnd,
}

/// Why a file ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartEnd {
    /// There are no more messages.
    Last,
    /// The next part goes on.
    GoesOn,
    /// The messages after it could not be read.
    Cut,
}

/// What stands beside a label.
pub enum Fact {
    Person(UserId),
    Said(ExportMsg),
    Priority(PriorityName),
    At(Timestamp),
    Count(u64),
}

impl Cover<'_> {
    /// What is known of the ticket, with its labels.
    pub fn entries(&self) -> Vec<(ExportMsg, Fact)> {
        let facts = self.facts;
        let inbox = match &facts.inbox {
            Some((inbox, label)) => {
                ExportMsg::InboxValue { number: inbox.to_string(), label: isolated(&shown(label)).into_owned() }
            }
            None => ExportMsg::InboxGone,
        };
        let mut entries = vec![
            (ExportMsg::Owner, Fact::Person(facts.owner)),
            (ExportMsg::Inbox, Fact::Said(inbox)),
            (ExportMsg::ClaimedBy, facts.claimed_by.map_or(Fact::Said(ExportMsg::Nobody), Fact::Person)),
            (ExportMsg::Opened, Fact::At(facts.opened_at)),
        ];
        entries.extend(facts.opened_by.map(|by| (ExportMsg::OpenedBy, Fact::Person(by))));
        entries.extend(facts.closed_at.map(|at| (ExportMsg::Closed, Fact::At(at))));
        entries.extend(facts.closed_by.map(|by| (ExportMsg::ClosedBy, Fact::Person(by))));
        if facts.priority != Priority::None {
            entries.push((ExportMsg::Priority, Fact::Priority(PriorityName(facts.priority))));
        }
        entries.push((ExportMsg::Messages, Fact::Count(self.extent.messages)));
        entries
    }

    /// What is missing from the file.
    pub fn notes(&self) -> Vec<ExportMsg> {
        let part = u64::from(self.extent.part);
        let content = match self.facts.reads_content {
            Some(true) => None,
            Some(false) => Some(ExportMsg::NoteContent),
            None => Some(ExportMsg::NoteContentUnknown),
        };
        let extent = match (part, self.extent.end) {
            (1, PartEnd::Last) => None,
            (_, PartEnd::Last) => Some(ExportMsg::NoteLastPart { part }),
            (1, PartEnd::GoesOn) => Some(ExportMsg::NoteFirstPart),
            (_, PartEnd::GoesOn) => Some(ExportMsg::NotePart { part }),
            (_, PartEnd::Cut) => Some(ExportMsg::NoteCut),
        };
        content.into_iter().chain(extent).collect()
    }
}

/// Collects a form's answers from the messages with which a ticket begins.
#[derive(Default)]
pub struct Answers {
    found: Vec<Quoted>,
    /// The author of the first message, while nobody else has written and everything they wrote was answers.
    author: Option<UserId>,
}

impl Answers {
    /// Those in the first messages of a ticket.
    pub fn among(messages: &[Message], starter: Option<MessageId>) -> Self {
        let mut answers = Self::default();
        for message in messages {
            answers.learn(message, starter == Some(message.id));
        }
        Self { author: None, ..answers }
    }

    pub fn learn(&mut self, message: &Message, is_first: bool) {
        if message.kind != Kind::Written {
            return;
        }
        let (text, files) = (&message.body.text, &message.body.attachments);
        if is_first {
            self.author = Some(message.author.id);
            self.found = quoted::at_end(text);
        } else if self.author != Some(message.author.id) {
            self.author = None;
        } else if let Some(question) = quoted::heading(text).filter(|_| !files.is_empty()) {
            let names: Vec<String> = files.iter().map(|file| text::escape(&shown(&file.name))).collect();
            self.found.push(Quoted { question: question.to_owned(), answer: names.join("\n") });
        } else if !quoted::go_on(&mut self.found, text) {
            self.author = None;
        }
    }

    pub fn found(&self) -> Vec<Quoted> {
        self.found.iter().filter(|found| !found.answer.is_empty()).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::history::{Attachment, Body, Person};

    fn message(author: u64, text: &str) -> Message {
        let (display_name, username) = (String::new(), String::new());
        Message {
            id: MessageId::new(1),
            kind: Kind::Written,
            author: Person { id: UserId::new(author), display_name, username, is_app: true, is_webhook: false },
            edited_at: None,
            is_pinned: false,
            body: Body { text: text.to_owned(), ..Body::default() },
            mentions: Vec::new(),
            reply_to: None,
            forwards: Vec::new(),
            command: None,
            reactions: Vec::new(),
        }
    }

    fn found(messages: &[Message]) -> Vec<(String, String)> {
        let mut answers = Answers::default();
        messages.iter().enumerate().for_each(|(index, message)| answers.learn(message, index == 0));
        answers.found().into_iter().map(|found| (found.question, found.answer)).collect()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(question, answer)| ((*question).to_owned(), (*answer).to_owned())).collect()
    }

    #[test]
    fn answers_go_on_in_the_next_messages_of_the_bot_and_nowhere_else() {
        let first = || message(2, "Hello\n\n**One**\n> a\n**Two**");
        let more = || message(2, "> b\n**Three**\n> c");
        assert_eq!(found(&[first(), more()]), pairs(&[("One", "a"), ("Two", "b"), ("Three", "c")]));
        assert_eq!(found(&[first(), message(3, "hi"), more()]), pairs(&[("One", "a")]), "somebody has written");
        let notice = message(2, "Closed.\n> Solved");
        assert_eq!(found(&[first(), notice, more()]), pairs(&[("One", "a")]), "a notice is no answer");
        let joined = Message { kind: Kind::Added, ..message(2, "") };
        assert_eq!(found(&[first(), joined, more()]).len(), 3, "what Discord says is nobody's text");
    }

    #[test]
    fn answers_that_were_found_before_are_not_found_again() {
        let first = message(2, "Hello\n\n**One**\n> a");
        let more = || Message { id: MessageId::new(2), ..message(2, "**Two**\n> b") };
        let mut answers = Answers::among(&[first, more()], Some(MessageId::new(1)));
        answers.learn(&more(), false);
        let found: Vec<String> = answers.found().into_iter().map(|found| found.question).collect();
        assert_eq!(found, ["One", "Two"]);
    }

    #[test]
    fn files_of_a_form_answer_its_question() {
        let mut upload = message(2, "**Proof**");
        let named = |name: &str| Attachment { name: name.to_owned(), ..Attachment::default() };
        upload.body.attachments = vec![named("a_1.png"), named("b.png")];
        assert_eq!(found(&[message(2, "Hello"), upload.clone()]), pairs(&[("Proof", "a\\_1\\.png\nb\\.png")]));
        upload.author.id = UserId::new(3);
        assert!(found(&[message(2, "Hello"), upload]).is_empty());
    }
}
