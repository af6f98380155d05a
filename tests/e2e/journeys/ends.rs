//! The ends of the journeys.

use discord_sim::{Message, State, Thread};

use super::{DELETED, Journey, Scene};
use crate::town::CREATE_TICKET;

impl Scene<'_> {
    /// The member has their ticket, or gets it with the next click.
    pub async fn assert_served(&self) {
        let reply = self.anna.click(&self.inbox, CREATE_TICKET).await;
        let thread = self.town.newest_thread();
        assert!(reply.links_to(&thread) && self.anna.sees(&thread), "{}", reply.text());
        assert!(!thread.is_archived() && !thread.is_locked());
        let rows = self.ledger.rows().await;
        assert_eq!(rows.iter().filter(|row| row.state == "open").count(), 1, "{rows:#?}");
    }

    /// The expected end.
    pub async fn assert_end(&self, journey: Journey) {
        if let Some(log) = &self.log {
            let (files, lines): (Vec<_>, Vec<_>) =
                log.messages().into_iter().partition(|message| !message.attachments().is_empty());
            assert_eq!(files.len(), usize::from(journey == Journey::StaffArchiveExported), "{files:#?}");
            let lines: Vec<String> = lines.iter().map(Message::text).collect();
            let [opened, closed] = &lines[..] else { panic!("not two lines in the log: {lines:#?}") };
            assert!(opened.contains("has opened a ticket") && closed.contains("has closed the ticket"), "{lines:#?}");
        }
        if journey == Journey::OpenForm {
            self.assert_answers().await;
        }
        match journey.end() {
            "closed" => self.assert_closed(journey),
            DELETED => self.assert_deleted().await,
            "gone" => {
                assert!(self.town.guild.threads().is_empty(), "a thread is left");
                assert!(self.ledger.rows().await.is_empty(), "a ticket is left");
            }
            _ if journey == Journey::AdminDeletesInbox => self.assert_inbox_deleted().await,
            _ if journey == Journey::AdminAppliesFile => self.assert_file_applied().await,
            _ if journey.is_work() => self.assert_work(journey).await,
            _ => self.assert_served().await,
        }
        let moderator = self.moderator.mention();
        match journey {
            Journey::Claim => self.assert_said(&format!("{moderator} has claimed this ticket.")),
            Journey::Reply => self.assert_said(&format!("{moderator} replies:\nHi!")),
            _ => {}
        }
        if journey == Journey::OpenFor {
            self.assert_opened_for();
        }
        if journey == Journey::OpenAbout {
            let thread = self.town.newest_thread();
            let quotes = thread.messages().iter().filter(|message| message.text().starts_with("About ")).count();
            let was_linked = self.reply.as_ref().is_some_and(|reply| reply.links_to(&thread));
            assert!(quotes == 1 || (quotes == 0 && !was_linked), "{quotes} quotes, linked: {was_linked}");
        }
        if let Some(channel) = &self.cards {
            self.assert_card(channel, journey.end()).await;
        }
    }

    /// Said once, or not at all if the bot could not answer.
    fn assert_said(&self, line: &str) {
        let messages = self.thread.as_ref().unwrap().messages();
        let lines = messages.iter().filter(|message| message.text() == line);
        let answered = self.reply.as_ref().is_some_and(|reply| reply.state() == State::Answered);
        let lines = lines.count();
        assert!(lines == 1 || (lines == 0 && !answered), "{lines} lines, answered: {answered}");
    }

    /// Who has opened the ticket is said in it once; if the bot could not open it, the owner has done so herself.
    fn assert_opened_for(&self) {
        let line = format!("{} has opened this ticket for {}.", self.moderator.mention(), self.anna.mention());
        let thread = self.town.newest_thread();
        let lines = thread.messages().iter().filter(|message| message.text() == line).count();
        let was_linked = self.reply.as_ref().is_some_and(|reply| reply.links_to(&thread));
        assert!(lines == 1 || (lines == 0 && !was_linked), "{lines} lines, linked: {was_linked}");
    }

    pub(super) async fn ask_to_delete(&self) -> Message {
        self.moderator.slash("ticket delete").string("ticket", "1").at(&self.town.help).send().await.message()
    }

    /// The thread is gone, or goes with the next click: a click that the program never saw has done nothing.
    async fn assert_deleted(&self) {
        if !self.has_reached(DELETED).await {
            self.moderator.click(&self.ask_to_delete().await, "Delete the thread").await;
            self.wait_for(DELETED).await;
        }
        assert!(self.town.guild.threads().is_empty(), "the thread is left");
    }

    /// The message goes with its inbox, or both go with the next click. The ticket stays.
    async fn assert_inbox_deleted(&self) {
        if self.ledger.inboxes().await > 0 {
            assert!(self.inbox.exists(), "the inbox has lost its message");
            self.town.delete_inbox(&self.inbox).await;
            self.ledger.settled().await;
        }
        assert!(!self.inbox.exists(), "the message is left");
        assert_eq!(self.ledger.inboxes().await, 0);
        assert!(!self.thread.as_ref().unwrap().is_archived());
    }

    /// What an admin sees who imports a file with a second inbox on a new panel.
    pub(super) async fn import_file(&self) -> Message {
        let (guild, help) = (self.town.guild.id(), self.town.help.id());
        let text = format!(
            "format = 1\n[server]\nid = \"{guild}\"\n[[panel]]\nname = \"desk\"\nchannel = \"{help}\"\ntext = \"Welcome\"\n\
             [[inbox]]\nnumber = 1\non_panel = 1\nopening.destination = \"{help}\"\n\
             [[inbox]]\non_panel = \"desk\"\nopening.destination = \"{help}\"\n"
        );
        let import = self.town.admin.slash("inbox import").attachment("file", "desk.toml", text, "application/toml");
        import.at(&self.town.help).send().await.message()
    }

    /// The new panel is posted once, or both are there after the next click.
    async fn assert_file_applied(&self) {
        if self.ledger.inboxes().await < 2 {
            self.town.admin.click(self.asked.as_ref().unwrap(), "Apply it").await;
            self.ledger.settled().await;
        }
        assert_eq!(self.ledger.inboxes().await, 2);
        let is_panel = |message: &&Message| message.text() == "Welcome" && !message.buttons().is_empty();
        assert_eq!(self.town.help.messages().iter().filter(is_panel).count(), 1, "the new panel is there once");
        assert!(!self.thread.as_ref().unwrap().is_archived());
    }

    /// Archived and locked, with the starter, one notice and what was announced before.
    pub fn assert_closed(&self, journey: Journey) {
        let thread = self.thread.as_ref().unwrap();
        assert!(thread.is_archived() && thread.is_locked(), "the thread is not closed");
        let announced = usize::from(matches!(journey, Journey::ScheduledClose | Journey::OwnerAgrees));
        let messages = thread.messages().into_iter();
        let own: Vec<_> = messages.filter(|message| message.author_id() == self.sim.bot_id()).collect();
        let own = own.iter().filter(|message| message.kind() == 0 && !message.is_private());
        assert_eq!(own.count(), 2 + announced);
    }

    /// Nobody can use a button in a closed ticket.
    pub fn assert_no_dead_buttons(&self, journey: Journey) {
        if journey.end() == "closed" {
            let messages = self.thread.iter().flat_map(Thread::messages);
            let buttons: Vec<_> = messages.flat_map(|message| message.buttons()).collect();
            assert!(buttons.is_empty(), "dead buttons: {buttons:?}");
        }
    }
}
