//! Journeys of people who work on a ticket: it gets another owner, goes to another inbox, loses its claimer.

use discord_sim::permissions::MANAGE_THREADS;
use discord_sim::{Message, State};

use super::{Journey, Scene};

/// The end of a move to another channel: closed here, open there; or as before, if the bot did not take it up.
pub const MOVED: &str = "moved";

impl Journey {
    pub fn is_work(self) -> bool {
        matches!(self, Self::ClaimEnds | Self::Transfer | Self::Move | Self::MoveElsewhere)
    }
}

impl Scene<'_> {
    /// Up to the click that decides it.
    pub(super) async fn prepare_work(&mut self, journey: Journey) {
        let Some(thread) = self.thread.clone() else { return };
        match journey {
            Journey::ClaimEnds => {
                self.moderator.slash("ticket claim").at(&thread).send().await;
                self.ledger.settled().await;
            }
            Journey::Transfer => {
                let bert = self.town.member("bert");
                let command = self.moderator.slash("ticket transfer").user("member", &bert).boolean("remove", true);
                self.asked = Some(command.at(&thread).send().await.message());
            }
            Journey::Move => drop(self.town.create_inbox().await),
            Journey::MoveElsewhere => {
                let desk = self.town.guild.text_channel("desk").allow_role(&self.town.moderators, MANAGE_THREADS);
                self.town.create_inbox_to(&desk.create()).await;
                let command = self.moderator.slash("ticket move").string("inbox", "2").at(&thread);
                self.asked = Some(command.send().await.message());
            }
            _ => {}
        }
    }

    pub(super) fn begin_work(&mut self, journey: Journey) {
        let thread = self.thread.clone().unwrap();
        let click = |label: &str| Some(self.moderator.begin_click(self.asked.as_ref().unwrap(), label));
        match journey {
            Journey::ClaimEnds => self.moderator.take_role(&self.town.moderators),
            Journey::Transfer => self.reply = click("Transfer the ticket"),
            Journey::MoveElsewhere => self.reply = click("Move the ticket"),
            _ => self.reply = Some(self.moderator.slash("ticket move").string("inbox", "2").at(&thread).begin()),
        }
    }

    pub(super) async fn has_moved_or_stays(&self) -> bool {
        let rows = self.ledger.rows().await;
        let states: Vec<&str> = rows.iter().map(|row| row.state.as_str()).collect();
        rows.iter().all(|row| row.step.is_none()) && (states == ["open"] || states == ["closed", "open"])
    }

    /// The bot has said so.
    pub(super) fn has_ended_claim(&self) -> bool {
        let messages = self.thread.as_ref().unwrap().messages();
        messages.iter().any(|message| message.text().contains("is no longer in the staff"))
    }

    /// All of it has happened once, or, if the bot could not answer, nothing.
    pub(super) async fn assert_work(&self, journey: Journey) {
        let rows = self.ledger.rows().await;
        let thread = self.thread.as_ref().unwrap();
        let lines: Vec<String> = thread.messages().iter().map(Message::text).collect();
        let count = |part: &str| lines.iter().filter(|line| line.contains(part)).count();
        let answer = self.reply.as_ref().filter(|reply| reply.state() == State::Answered);
        let said_done = answer.is_some_and(|reply| {
            let text = reply.text();
            ["owns this ticket now", "is in inbox 2 now", "The ticket goes on in"]
                .iter()
                .any(|done| text.contains(done))
        });
        let anna = self.anna.id().cast_signed();
        let (said, happened) = match journey {
            // An event that is lost with the program: the next use of the claim finds out.
            Journey::ClaimEnds => {
                let said = count("is no longer in the staff");
                assert!(said <= 1, "{lines:#?}");
                return;
            }
            Journey::Transfer => {
                let is_anothers = rows[0].owner_id != anna;
                assert_eq!(thread.has_member(&self.anna), !is_anothers, "the former owner is removed");
                assert!(thread.members().contains(&rows[0].owner_id.cast_unsigned()), "the owner is in the ticket");
                (count("has transferred this ticket"), is_anothers)
            }
            Journey::Move => (count("has moved this ticket to another inbox"), rows[0].inbox_id == Some(2)),
            _ => {
                let has_moved = rows.len() == 2;
                if has_moved {
                    let successor = self.town.newest_thread();
                    assert!(thread.is_archived() && thread.is_locked() && !successor.is_archived());
                    let there = successor.messages();
                    let there = there.iter().filter(|message| message.text().contains("has moved here from"));
                    assert_eq!(there.count(), 1);
                    assert!(successor.has_member(&self.anna) && rows[1].slot.is_some() && rows[0].slot.is_none());
                } else {
                    assert_eq!(self.town.guild.threads().len(), 1, "a thread is left");
                    assert!(!thread.is_archived());
                }
                (count("It goes on here: https"), has_moved)
            }
        };
        assert_eq!(said, usize::from(happened), "{lines:#?}");
        assert!(happened || !said_done, "nothing has happened, and the asker was told otherwise");
    }
}
