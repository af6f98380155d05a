//! Messages, answers and threads as a person sees them.

use discord_sim::{Message, Reply, Sim, Thread};
use serde_json::Value;

use crate::markup::Names;
use crate::stage::Stage;
use crate::tale::Tale;

/// Shows what people see on this stage.
pub struct Show<'a> {
    pub sim: &'a Sim,
    pub stage: &'a Stage,
    pub tale: &'a Tale,
}

impl Show<'_> {
    /// The answer to a click or command.
    pub fn answer(&self, reader: &str, reply: &Reply) {
        let head =
            if reply.is_private() { format!("ticketbot, only {reader} sees this") } else { "ticketbot".to_owned() };
        let body: Vec<String> = reply.messages().iter().flat_map(|message| self.body_of(message)).collect();
        self.tale.shows(&head, &body);
    }

    /// A message that everybody in its channel sees.
    pub fn message(&self, message: &Message) {
        let author = self.stage.name_of(self.sim, message.author_id());
        self.tale.shows(&author, &self.body_of(message));
    }

    /// A thread: its name, its members, its messages.
    pub fn thread(&self, thread: &Thread) {
        let members: Vec<String> = thread.members().iter().map(|id| self.stage.name_of(self.sim, *id)).collect();
        let state = match (thread.is_archived(), thread.is_locked()) {
            (true, true) => ", archived and locked",
            (true, false) => ", archived",
            (false, true) => ", locked",
            (false, false) => "",
        };
        let mut body = vec![format!("in it: {}", members.join(", "))];
        for message in thread.messages() {
            let author = self.stage.name_of(self.sim, message.author_id());
            body.extend(self.body_of(&message).iter().map(|line| format!("{author}: {line}")));
        }
        self.tale.shows(&format!("private thread \u{201c}{}\u{201d}{state}", thread.name()), &body);
    }

    fn body_of(&self, message: &Message) -> Vec<String> {
        let names = self.names();
        let mut body: Vec<String> = message.text().lines().map(|line| names.read(line)).collect();
        for embed in message.embeds() {
            let texts = [&embed["title"], &embed["description"]];
            let lines = texts.into_iter().filter_map(Value::as_str).flat_map(str::lines);
            body.extend(lines.map(|line| format!("▌ {}", names.read(line))));
        }
        body.extend(message.attachments().iter().map(|file| format!("[file {}]", file.filename)));
        let buttons: Vec<String> = message.buttons().iter().map(|button| format!("[ {} ]", button.label)).collect();
        if !buttons.is_empty() {
            body.push(buttons.join(" "));
        }
        body
    }

    fn names(&self) -> Names {
        let Stage { guild, olga, mona, anna, bert, lena, .. } = self.stage;
        let people = [olga, mona, anna, bert, lena].map(|person| (person.id(), person.name()));
        let channels = guild.channels().into_iter().map(|channel| (channel.id(), channel.name()));
        let threads = guild.threads().into_iter().map(|thread| (thread.id(), thread.name()));
        let roles = self.stage.roles.iter().map(|role| (role.id(), role.name()));
        let bot = (self.sim.bot_id(), "ticketbot".to_owned());
        let names = people.into_iter().chain(channels).chain(threads).chain(roles).chain([bot]).collect();
        Names { names, now_ms: self.sim.now_ms() }
    }
}
