//! The journeys of a ticket on which accidents happen: what people do, and the end without accidents.

mod cards;
mod ends;
mod forms;
mod kinds;
mod working;

use std::time::Duration;

use discord_sim::{Actor, Channel, Fault, FaultHandle, Message, Reply, Sim, State, Target, Thread};

use self::kinds::DELETED;
pub use self::kinds::{Point, announcement, is_answer};
use crate::invariants::{Click, Expected, Ledger, Row};
use crate::support::{BETWEEN_LOOKS, LOOKS};
use crate::town::{CREATE_TICKET, Town};

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Journey {
    Open {
        moderates: bool,
    },
    OpenElsewhere,
    /// Staff open it for the owner, with the command.
    OpenFor,
    /// With a quote of a message.
    OpenAbout,
    /// Discord is so slow that the member sees "thinking…" first.
    OpenSlowly,
    /// The bot may create the thread but not write in it.
    OpenRefused,
    /// A form with more answers than fit into one message, and a file, comes back.
    OpenForm,
    OwnerLeaves,
    OwnerLeavesGuild,
    StaffArchive,
    StaffBringBack,
    /// The inbox has a log.
    StaffArchiveLogged,
    /// The log gets the ticket as a file, too.
    StaffArchiveExported,
    Claim,
    /// A moderator sends a canned reply.
    Reply,
    /// A moderator confirms that a closed ticket is to be deleted.
    ModeratorDeletes,
    /// An admin confirms that the inbox is deleted; its message goes with it, its ticket stays.
    AdminDeletesInbox,
    /// An admin applies a file with a new panel, whose message is posted once.
    AdminAppliesFile,
    /// With the button, and a reason.
    StaffClose,
    /// The time has come that staff had set.
    ScheduledClose,
    StaffAsk,
    OwnerAgrees,
    OwnerKeeps,
    StaffReopen,
    /// A ticket is opened in an inbox with cards.
    CardPosted,
    /// A ticket with a card is closed.
    CardFollows,
    /// The same, after the channel of the cards was changed.
    CardMoves,
    /// Its claimer is no longer staff.
    ClaimEnds,
    Transfer,
    Move,
    /// To an inbox of another channel.
    MoveElsewhere,
}

/// A world before one journey.
pub struct Scene<'s> {
    pub sim: &'s Sim,
    pub ledger: Ledger,
    pub town: Town,
    pub anna: Actor,
    pub moderator: Actor,
    pub inbox: Message,
    pub thread: Option<Thread>,
    /// The answer to who began the journey.
    pub reply: Option<Reply>,
    pub log: Option<Channel>,
    /// Who opens a ticket by it.
    opener: Option<Actor>,
    /// What the journey begins with a click on.
    asked: Option<Message>,
    /// Asks for the reason of a closing.
    form: Option<Reply>,
    slow: Option<FaultHandle>,
    /// Where the card is in the end.
    cards: Option<Channel>,
    /// It begins with a ticket that was closed, and told so.
    was_closed: bool,
}

impl<'s> Scene<'s> {
    /// With a bot that already listens.
    pub async fn prepare(sim: &'s Sim, ledger: Ledger, journey: Journey) -> Self {
        let town = Town::build(sim);
        if journey != (Journey::Open { moderates: false }) {
            town.let_bot_moderate();
        }
        let inbox = match journey {
            Journey::OpenElsewhere | Journey::OpenRefused => {
                let moderate = discord_sim::permissions::MANAGE_THREADS;
                let desk = town.guild.text_channel("desk").allow_role(&town.moderators, moderate).create();
                let inbox = town.create_inbox_to(&desk).await;
                if journey == Journey::OpenRefused {
                    desk.set_overwrite(Target::Bot, 0, discord_sim::permissions::SEND_MESSAGES_IN_THREADS);
                }
                inbox
            }
            _ => town.create_inbox().await,
        };
        let (anna, moderator) = (town.member("anna"), town.moderator("mo"));
        let mut scene = Self {
            sim,
            ledger,
            town,
            anna,
            moderator,
            inbox,
            thread: None,
            reply: None,
            opener: None,
            asked: None,
            log: None,
            form: None,
            slow: None,
            cards: None,
            was_closed: matches!(journey, Journey::StaffReopen | Journey::StaffBringBack),
        };
        if journey == Journey::OpenAbout {
            let message = scene.anna.post(&scene.town.help, "My login is broken.");
            scene.asked = Some(scene.anna.menu("Open a ticket about this", &message).await.message());
        }
        if journey.has_cards() {
            scene.put_cards_in("cards").await;
        }
        scene.set_log(journey).await;
        if !journey.opens() {
            scene.thread = Some(scene.town.open_ticket(&scene.anna, &scene.inbox).await);
            scene.ledger.settled().await;
        }
        if journey == Journey::OpenForm {
            scene.ask_before().await;
        }
        scene.arrange(journey).await;
        scene.prepare_work(journey).await;
        sim.quiet().await;
        scene
    }

    /// What people did before the journey.
    async fn arrange(&mut self, journey: Journey) {
        let Some(thread) = self.thread.clone() else { return };
        match journey {
            Journey::StaffBringBack => {
                self.anna.leave(&thread);
                self.wait_for("closed").await;
            }
            Journey::StaffReopen | Journey::ModeratorDeletes => {
                self.moderator.archive(&thread);
                self.wait_for("closed").await;
                if journey == Journey::ModeratorDeletes {
                    self.asked = Some(self.ask_to_delete().await);
                }
            }
            Journey::AdminDeletesInbox => self.asked = Some(self.town.manage("delete", &self.inbox).await.message()),
            Journey::AdminAppliesFile => self.asked = Some(self.import_file().await),
            Journey::StaffClose => {
                self.form = Some(self.moderator.click(&thread.messages()[0], "Close").await);
            }
            Journey::ScheduledClose => {
                self.moderator.slash("ticket close").at(&thread).string("in", "1h").send().await;
                self.ledger.settled().await;
                self.ledger.pass_first_cleanup(self.sim).await;
            }
            Journey::OwnerAgrees | Journey::OwnerKeeps => {
                self.moderator.slash("ticket ask-to-close").at(&thread).send().await;
            }
            Journey::Reply => {
                let sql = "INSERT INTO reply (guild_id, name, name_key, text) SELECT id, 'hi', 'hi', 'Hi!' FROM guild WHERE id > $1";
                self.ledger.store(sql, 0_u64).await;
            }
            Journey::CardFollows => self.wait_for("open").await,
            Journey::CardMoves => {
                self.wait_for("open").await;
                self.put_cards_in("more-cards").await;
            }
            _ => {}
        }
        self.ledger.settled().await;
    }

    /// What the person whose click was lost does: it again.
    pub async fn ensure(&self, journey: Journey) {
        let Some(thread) = self.thread.as_ref().filter(|_| journey.is_reported()) else { return };
        self.ledger.settled().await;
        if self.has_reached(journey.end()).await {
            return;
        }
        match journey {
            Journey::StaffClose | Journey::OwnerAgrees => {
                self.moderator.slash("ticket close").at(thread).send().await;
            }
            Journey::StaffReopen => {
                self.moderator.slash("ticket reopen").string("ticket", &thread.url()).send().await;
            }
            _ => {}
        }
        self.wait_for(journey.end()).await;
    }

    /// What people do.
    pub fn begin(&mut self, journey: Journey) {
        if journey == Journey::OpenSlowly {
            let slow = Fault::on("POST", "/channels/{id}/threads").delay_answer(Duration::from_millis(2_500));
            self.slow = Some(self.sim.fault(slow));
        }
        let thread = || self.thread.as_ref().unwrap();
        match journey {
            Journey::OpenFor => {
                self.opener = Some(self.anna.clone());
                let command = self.moderator.slash("ticket open").string("inbox", "1").user("member", &self.anna);
                self.reply = Some(command.begin());
            }
            Journey::OpenAbout => {
                self.opener = Some(self.anna.clone());
                self.reply = Some(self.anna.begin_click(self.asked.as_ref().unwrap(), "Open a ticket"));
            }
            Journey::OpenForm => self.begin_filled(),
            _ if journey.opens() => {
                self.opener = Some(self.anna.clone());
                self.reply = Some(self.anna.begin_click(&self.inbox, CREATE_TICKET));
            }
            Journey::OwnerLeaves => self.anna.leave(thread()),
            Journey::OwnerLeavesGuild => self.anna.leave_guild(),
            Journey::ModeratorDeletes => {
                self.reply = Some(self.moderator.begin_click(self.asked.as_ref().unwrap(), "Delete the thread"));
            }
            Journey::AdminDeletesInbox | Journey::AdminAppliesFile => {
                let button = if journey == Journey::AdminDeletesInbox { "Delete it" } else { "Apply it" };
                self.reply = Some(self.town.admin.begin_click(self.asked.as_ref().unwrap(), button));
            }
            _ if journey.is_archived_by_hand() => self.moderator.archive(thread()),
            Journey::Claim => {
                self.reply = Some(self.moderator.slash("ticket claim").at(thread()).begin());
            }
            Journey::Reply => {
                self.reply = Some(self.moderator.slash("reply").string("name", "hi").at(thread()).begin());
            }
            Journey::StaffClose => {
                let form = self.form.as_ref().unwrap();
                self.reply = Some(self.moderator.begin_submit(form, &[("value", "Solved.")]));
            }
            Journey::ScheduledClose => {
                self.sim.advance(Duration::from_mins(61));
                self.ledger.set_clock_ahead(Ledger::CLEANUP + Duration::from_mins(61));
            }
            Journey::StaffAsk => self.reply = Some(self.moderator.slash("ticket ask-to-close").at(thread()).begin()),
            Journey::OwnerAgrees => self.reply = Some(self.anna.begin_click(&announcement(thread()), "Close it")),
            Journey::OwnerKeeps => self.reply = Some(self.anna.begin_click(&announcement(thread()), "Keep it open")),
            Journey::StaffReopen => {
                let command = self.moderator.slash("ticket reopen").string("ticket", &thread().url());
                self.reply = Some(command.begin());
            }
            Journey::ClaimEnds | Journey::Transfer | Journey::Move | Journey::MoveElsewhere => self.begin_work(journey),
            _ => {
                self.moderator.unarchive(thread());
                self.moderator.add(thread(), &self.anna);
            }
        }
    }

    /// The journey's end without an accident.
    pub async fn arrive(&self, journey: Journey) {
        if let Some(reply) = &self.reply {
            reply.finished().await;
        }
        self.wait_for(journey.end()).await;
        if journey == Journey::ClaimEnds {
            self.sim.wait_until("the claim to end", || self.has_ended_claim()).await;
            self.wait_for(journey.end()).await;
        }
        self.sim.quiet().await;
    }

    /// Waits for `there`. Two events may lead to one request more or less: then the moment is missing this time, and
    /// the journey ends instead.
    pub async fn arrive_or(&self, journey: Journey, there: impl Fn() -> bool) {
        for _ in 0..LOOKS {
            if there() {
                return;
            }
            let answered = self.reply.iter().all(|reply| matches!(reply.state(), State::Answered | State::Failed));
            let has_acted = journey != Journey::ClaimEnds || self.has_ended_claim();
            if answered && has_acted && self.has_reached(journey.end()).await {
                // No database access here, so that this may be dropped half-way.
                return tokio::select! {
                    biased;
                    () = self.sim.wait_until("it to be there", &there) => {}
                    () = self.sim.quiet() => {}
                };
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
        panic!("neither there nor at the end: {:#?}", self.ledger.rows().await);
    }

    /// The program's requests to Discord on this journey.
    pub async fn record(&mut self, journey: Journey) -> Vec<Point> {
        let mark = self.sim.mark();
        self.begin(journey);
        self.arrive(journey).await;
        let requests = self.sim.requests_since(mark).into_iter().enumerate();
        requests.map(|(request, asked)| Point::of(request, &asked)).collect()
    }

    /// Waits until every ticket is in this state with no step left.
    pub async fn wait_for(&self, state: &str) {
        for _ in 0..LOOKS {
            if self.has_reached(state).await {
                return;
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
        panic!("not {state}: {:#?}", self.ledger.rows().await);
    }

    async fn has_reached(&self, state: &str) -> bool {
        if state == working::MOVED {
            return self.has_moved_or_stays().await;
        }
        let is_at = |row: &Row| match state {
            DELETED => row.state == "closed" && row.thread_gone == 1,
            state => row.state == state,
        };
        self.ledger.rows().await.iter().all(|row| is_at(row) && row.step.is_none() && !row.card_is_due)
    }

    /// Discord is fast again.
    pub fn end_slowness(&mut self) {
        if let Some(slow) = self.slow.take() {
            slow.clear();
        }
    }

    /// What must hold in the end. `unanswered`: Discord itself had to answer the click.
    pub fn expected(&self, unanswered: bool) -> Expected<'_> {
        let click = self.opener.clone().zip(self.reply.clone()).map(|(member, reply)| Click { member, reply });
        Expected {
            guilds: vec![&self.town.guild],
            clicks: click.into_iter().collect(),
            left: self.thread.iter().map(Thread::id).collect(),
            reopened: self.thread.iter().filter(|_| self.was_closed).map(|thread| (thread.id(), 1)).collect(),
            cards: self.cards.clone().into_iter().collect(),
            logs: self.log.clone().into_iter().collect(),
            killed: unanswered,
            ..Expected::default()
        }
    }
}
