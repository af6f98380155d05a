//! What the head of a file says about its ticket, and about the file itself.

use std::collections::BTreeMap;

use super::msg::ExportMsg;
use super::names::Names;
use crate::domain::clock::Timestamp;
use crate::domain::history::{Field, Kind, Message};
use crate::domain::ids::{GuildId, InboxId, MessageId, ThreadId, UserId};
use crate::domain::lifecycle::State;
use crate::domain::priority::Priority;
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
    /// `None`: it was deleted.
    pub inbox: Option<InboxId>,
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
    /// Of a ticket with a thread. What has to be asked for is added later.
    pub fn new(record: &Record, thread: ThreadId, exported_at: Timestamp) -> Self {
        let is_closed = record.state == State::Closed;
        Self {
            guild: record.guild,
            guild_name: String::new(),
            number: record.number,
            thread,
            thread_name: String::new(),
            inbox: record.inbox,
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
    pub answers: &'a [Answer],
    /// How much each has written, in all files so far.
    pub writers: &'a BTreeMap<UserId, u64>,
    pub extent: Extent,
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
        let inbox = match facts.inbox {
            Some(inbox) => ExportMsg::InboxValue { number: inbox.to_string() },
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

/// A question of a form with its answer, in Discord's markdown.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    pub question: String,
    pub answer: String,
}

/// Collects a form's answers from the messages with which a ticket begins: there each is a quote below a bold line with
/// the question (`domain::form`), or a field of an embed. Those that do not fit into the first message are in the bot's
/// next ones.
#[derive(Default)]
pub struct Answers {
    pub found: Vec<Answer>,
    /// The author of the first message, while only they have written.
    author: Option<UserId>,
}

impl Answers {
    pub fn learn(&mut self, message: &Message, is_first: bool) {
        if is_first {
            self.author = Some(message.author.id);
            let fields = message.body.embeds.iter().flat_map(|embed| &embed.fields);
            let answer = |field: &Field| Answer { question: field.name.clone(), answer: field.value.clone() };
            self.found.extend(fields.map(answer));
        }
        if self.author != Some(message.author.id) || message.kind != Kind::Written {
            self.author = None;
            return;
        }
        let before = self.found.len();
        let mut lines = message.body.text.lines().peekable();
        // An answer may go on from the message before.
        let rest = quoted(&mut lines);
        if let Some(last) = self.found.last_mut().filter(|_| !rest.is_empty() && !is_first) {
            last.answer.push('\n');
            last.answer += &rest;
        }
        while let Some(line) = lines.next() {
            let question = line.strip_prefix("**").and_then(|line| line.strip_suffix("**"));
            let answer = quoted(&mut lines);
            if let Some(question) = question.filter(|_| !answer.is_empty()) {
                self.found.push(Answer { question: question.to_owned(), answer });
            }
        }
        if !is_first && rest.is_empty() && self.found.len() == before {
            self.author = None;
        }
    }
}

fn quoted<'l>(lines: &mut std::iter::Peekable<impl Iterator<Item = &'l str>>) -> String {
    let mut quoted = Vec::new();
    while let Some(line) = lines.peek().and_then(|line| line.strip_prefix('>')) {
        quoted.push(line.strip_prefix(' ').unwrap_or(line));
        lines.next();
    }
    quoted.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::history::{Body, Embed, Person};

    fn message(author: u64, text: &str, fields: &[(&str, &str)]) -> Message {
        let field = |(name, value): &(&str, &str)| Field { name: (*name).to_owned(), value: (*value).to_owned() };
        let embed = Embed { fields: fields.iter().map(field).collect(), ..Embed::default() };
        let (display_name, username) = (String::new(), String::new());
        Message {
            id: MessageId::new(1),
            kind: Kind::Written,
            author: Person { id: UserId::new(author), display_name, username, is_app: true },
            edited_at: None,
            is_pinned: false,
            body: Body { text: text.to_owned(), embeds: vec![embed], ..Body::default() },
            mentions: Vec::new(),
            reply_to: None,
            forwards: Vec::new(),
            command: None,
            reactions: Vec::new(),
        }
    }

    fn found(messages: &[(u64, &str)]) -> Vec<(String, String)> {
        let mut answers = Answers::default();
        for (index, (author, text)) in messages.iter().enumerate() {
            answers.learn(&message(*author, text, &[]), index == 0);
        }
        answers.found.into_iter().map(|found| (found.question, found.answer)).collect()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(question, answer)| ((*question).to_owned(), (*answer).to_owned())).collect()
    }

    #[test]
    fn answers_are_quotes_below_a_question_in_bold() {
        let text = "<@1>, hello!\n\n**Which order?**\n> 4711\n**What happened?**\n> It\n>\n> broke\nThank you.";
        assert_eq!(found(&[(2, text)]), pairs(&[("Which order?", "4711"), ("What happened?", "It\n\nbroke")]));
        assert!(found(&[(2, "Hello\n> a quote without a question")]).is_empty());
        assert!(found(&[(2, "")]).is_empty());
        let mut fields = Answers::default();
        fields.learn(&message(2, "", &[("Size", "L")]), true);
        assert!(fields.found == [Answer { question: "Size".to_owned(), answer: "L".to_owned() }]);
    }

    #[test]
    fn answers_go_on_in_the_next_messages_of_the_bot_and_nowhere_else() {
        let first = (2, "Hello\n\n**One**\n> a");
        let more = (2, "> b\n**Two**\n> c");
        assert_eq!(found(&[first, more]), pairs(&[("One", "a\nb"), ("Two", "c")]));
        assert_eq!(found(&[first, (3, "hi"), more]), pairs(&[("One", "a")]), "somebody has written");
        assert_eq!(found(&[first, (2, "Closed.\n> Solved"), more]), pairs(&[("One", "a")]), "a notice is no answer");
    }
}
