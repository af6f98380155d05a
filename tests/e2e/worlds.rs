//! Many short worlds, in which people, Discord, the network and the machine act at random. In the end everything works
//! for one pass, and all invariants must hold.
//!
//! A world follows from its seed alone, as far as concurrency allows; a failure prints its seed. `TICKETBOT_SEED` is
//! the first seed (a number, or `random`), `TICKETBOT_WORLDS` the number of worlds; for hours: `TICKETBOT_SEED=random
//! TICKETBOT_WORLDS=100000 cargo test --test e2e worlds -- --nocapture`.

mod closing;
mod deleting;
mod forms;
mod mishaps;
mod native;
mod people;
mod place;

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::time::Duration;

use discord_sim::{Actor, FaultHandle, Reply, Sim, Thread};
use fastrand::Rng;
use futures_util::StreamExt as _;

use crate::invariants::{Click, Expected};
use crate::support::TestBot;
use crate::town::CREATE_TICKET;

use self::place::Place;

const WORLDS: u64 = 24;
const STEPS: usize = 30;
const AT_ONCE: usize = 4;

#[tokio::test]
async fn whatever_happens_no_ticket_is_lost_and_none_is_made_twice() {
    let first = match env::var("TICKETBOT_SEED").as_deref() {
        Ok("random") => fastrand::u64(..),
        Ok(seed) => seed.parse().expect("TICKETBOT_SEED is a number or \"random\""),
        Err(_) => 1,
    };
    let worlds = env::var("TICKETBOT_WORLDS").map_or(WORLDS, |worlds| worlds.parse().expect("a number of worlds"));
    let lives = (0..worlds).map(|number| async move {
        let seed = first.wrapping_add(number);
        let naming = Naming(seed);
        live(seed).await;
        drop(naming);
    });
    futures_util::stream::iter(lives).buffer_unordered(AT_ONCE).collect::<Vec<()>>().await;
    println!("{worlds} worlds of {STEPS} steps from seed {first}");
}

/// Prints the seed of a failed assertion.
struct Naming(u64);

impl Drop for Naming {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("to see one of these worlds again: TICKETBOT_SEED={} TICKETBOT_WORLDS=1", self.0);
        }
    }
}

async fn live(seed: u64) {
    let sim = Sim::start().await;
    let mut world = World::begin(&sim, seed).await;
    for _ in 0..STEPS {
        world.step().await;
    }
    world.end().await;
}

/// Steps, and cards to draw.
const LEFT_TO_DO: &str = "SELECT (SELECT count(*) FROM step) + (SELECT count(*) FROM ticket
     WHERE card_shown < shown AND opened_at IS NOT NULL)";

struct World<'s> {
    sim: &'s Sim,
    dice: Rng,
    bot: TestBot<'s>,
    is_up: bool,
    /// Where things happen right now.
    here: Place,
    /// The other server of the same bot.
    there: Place,
    faults: Vec<FaultHandle>,
    holds_events: bool,
    clicks: Vec<Click>,
    reopened: BTreeMap<u64, usize>,
    left: BTreeSet<u64>,
    reasons: BTreeSet<u64>,
    waiting: BTreeSet<u64>,
    /// Everybody who ever left the server: a ticket may be opened for them at that moment.
    leavers: BTreeSet<u64>,
    /// Channels that the bot may not view.
    hidden: BTreeSet<u64>,
    /// Threads that the bot was removed from, or that a restored database does not know.
    out_of_reach: BTreeSet<u64>,
    removed_from: BTreeSet<u64>,
    has_backup: bool,
    /// Who was asked whether to delete which thread.
    asked: Vec<(Actor, Reply, Thread)>,
    /// Who was asked for a reason, or whether to close which thread.
    closers: Vec<(Actor, Reply, u64)>,
    /// Threads that may be closed by themselves at a time.
    timed: BTreeSet<u64>,
    diary: Vec<String>,
}

impl<'s> World<'s> {
    async fn begin(sim: &'s Sim, seed: u64) -> Self {
        let mut dice = Rng::with_seed(seed);
        let mut bot = TestBot::configured(sim, "");
        // Minutes ahead of Discord's, behind it, or right.
        bot.set_clock_off(300_000 * dice.i64(-1..=1));
        bot.boot().await;
        let here = Place::build(sim, &bot, &mut dice).await;
        let there = Place::build(sim, &bot, &mut dice).await;
        let settings = closing::SETTINGS[dice.usize(..closing::SETTINGS.len())];
        bot.store("UPDATE inbox SET settings = $1", settings).await;
        bot.store("UPDATE inbox SET member_limit = $1", i64::from(dice.u8(1..3))).await;
        Self {
            sim,
            dice,
            bot,
            is_up: true,
            here,
            there,
            faults: Vec::new(),
            holds_events: false,
            clicks: Vec::new(),
            reopened: BTreeMap::new(),
            left: BTreeSet::new(),
            reasons: BTreeSet::new(),
            waiting: BTreeSet::new(),
            leavers: BTreeSet::new(),
            hidden: BTreeSet::new(),
            out_of_reach: BTreeSet::new(),
            removed_from: BTreeSet::new(),
            has_backup: false,
            asked: Vec::new(),
            closers: Vec::new(),
            timed: BTreeSet::new(),
            diary: Vec::new(),
        }
    }

    async fn step(&mut self) {
        if self.dice.u8(..4) == 0 {
            std::mem::swap(&mut self.here, &mut self.there);
        }
        if self.here.is_away() {
            return self.bot_may_return();
        }
        match self.dice.u8(..134) {
            0..30 => self.click(),
            30..36 => self.owner_leaves(),
            36..38 => self.moderator_deletes(),
            38..47 => self.staff_act().await,
            47..52 => self.staff_work().await,
            52..58 => self.owner_writes(),
            58..61 => self.timer_archives(),
            61..64 => self.somebody_comes_or_goes(),
            64..74 => self.request_fails(),
            74..81 => self.gateway_fails(),
            81..83 => self.resumed_with_repeats().await,
            83..89 => self.killed_or_started().await,
            89..92 => self.restarted().await,
            92..94 => self.time_passes(),
            94..97 => self.bot_loses_or_regains_sight(),
            97..101 => self.bot_is_removed_from_a_thread(),
            101..103 => self.bot_is_removed(),
            103..106 => self.backed_up_or_restored().await,
            106..116 => self.people_close(),
            116..121 => self.somebody_decides(),
            121..126 => self.staff_use_a_card(),
            126..131 => self.people_reopen(),
            _ => self.rest().await,
        }
    }

    fn note(&mut self, what: impl Into<String>) {
        self.diary.push(what.into());
    }

    fn click(&mut self) {
        if self.dice.bool() && self.somebody_fills_in() {
            return;
        }
        let member = self.dice.choice(self.here.members.clone()).unwrap();
        let inbox = self.dice.choice(self.here.inboxes.clone()).unwrap();
        if !member.is_member() {
            return;
        }
        self.note(format!("{} clicks", member.name()));
        let reply = member.begin_click(&inbox, CREATE_TICKET);
        self.clicks.push(Click { member, reply });
    }

    /// One of the bot's threads, if any.
    fn a_thread(&mut self) -> Option<Thread> {
        let threads: Vec<_> = self.here.town.guild.threads().into_iter().filter(Thread::is_private).collect();
        self.dice.choice(threads)
    }

    /// A thread, and the member whose ticket it seems to be.
    fn a_ticket(&mut self) -> Option<(Thread, Actor)> {
        let thread = self.a_thread()?;
        let member = self.here.members.iter().find(|member| thread.has_member(member))?.clone();
        Some((thread, member))
    }

    fn is_reason(&mut self, thread: &Thread) {
        self.reasons.insert(thread.id());
        self.waiting.remove(&thread.id());
    }

    fn owner_leaves(&mut self) {
        let Some((thread, owner)) = self.a_ticket() else { return };
        if owner.try_leave(&thread).is_ok() {
            self.note(format!("{} leaves {}", owner.name(), thread.id()));
            self.is_reason(&thread);
            self.left.insert(thread.id());
        }
    }

    /// Waits until everything that happened has been processed.
    async fn calm_down(&self) {
        self.sim.wait_until("a session", || self.sim.gateway().connected() > 0).await;
        self.sim.quiet().await;
        self.bot.ledger().settled().await;
        self.sim.quiet().await;
    }

    fn owner_writes(&mut self) {
        let Some((thread, owner)) = self.a_ticket() else { return };
        if owner.try_write(&thread, "hello?").is_ok() {
            self.note(format!("{} writes in {}", owner.name(), thread.id()));
            *self.reopened.entry(thread.id()).or_default() += 1;
        }
    }

    fn timer_archives(&mut self) {
        let Some(thread) = self.a_thread() else { return };
        if !self.hidden.is_empty() {
            // What the bot looks for in a hidden channel, it gives up after an hour.
            self.out_of_reach.extend(self.here.threads().into_iter().chain(self.there.threads()));
        }
        self.sim.advance(Duration::from_hours(7 * 24));
        if !thread.is_archived() {
            self.note(format!("the timer archives {}", thread.id()));
            self.sim.thread_timer_archives(&thread);
            // Whether a person or the timer did it is not always known.
            self.is_reason(&thread);
        }
    }

    fn somebody_comes_or_goes(&mut self) {
        let place = self.dice.usize(..self.here.members.len());
        let member = self.here.members[place].clone();
        if member.is_member() {
            self.note(format!("{} leaves the server", member.name()));
            for thread in member.threads() {
                self.is_reason(&thread);
                self.left.insert(thread.id());
            }
            self.leavers.insert(member.id());
            member.leave_guild();
        } else {
            self.note(format!("{} comes back", member.name()));
            self.here.members[place] = self.here.town.guild.join(&member);
        }
    }

    async fn killed_or_started(&mut self) {
        self.events_come();
        if self.is_up {
            self.note("killed");
            self.bot.kill().await;
            self.is_up = false;
        } else {
            self.start().await;
        }
    }

    async fn start(&mut self) {
        self.note("started");
        self.faults_end();
        self.bot.boot().await;
        self.is_up = true;
    }

    async fn restarted(&mut self) {
        if self.is_up {
            self.note("stopped");
            self.events_come();
            self.bot.stop().await;
            self.is_up = false;
        }
    }

    fn time_passes(&mut self) {
        let time = Duration::from_secs(self.dice.u64(1..200));
        self.note(format!("{time:?} pass"));
        self.sim.advance(time);
    }

    async fn rest(&mut self) {
        if self.is_up && !self.holds_events {
            self.note("all is calm");
            self.faults_end();
            self.bot_sees_everything();
            self.calm_down().await;
        }
    }

    /// Everything works again, and one pass later all invariants must hold.
    async fn end(mut self) {
        self.events_come();
        self.faults_end();
        self.bot_sees_everything();
        self.bot_is_back();
        if !self.is_up {
            self.start().await;
        }
        self.sim.wait_until("a session", || self.sim.gateway().connected() > 0).await;
        self.sim.advance(Duration::from_mins(2));
        self.sim.quiet().await;
        if self.bot.stored(LEFT_TO_DO).await > 0 {
            // The longest wait between two attempts.
            self.sim.advance(Duration::from_mins(40));
            self.sim.quiet().await;
        }
        self.bot.wait_for("SELECT count(*) FROM step", 0).await;
        self.forms_are_closed();
        let expected = Expected {
            guilds: vec![&self.here.town.guild, &self.there.town.guild],
            clicks: std::mem::take(&mut self.clicks),
            reopened: std::mem::take(&mut self.reopened),
            waiting: std::mem::take(&mut self.waiting),
            with_reason: Some(std::mem::take(&mut self.reasons)),
            left: std::mem::take(&mut self.left),
            leavers: std::mem::take(&mut self.leavers),
            out_of_reach: std::mem::take(&mut self.out_of_reach),
            removed_from: std::mem::take(&mut self.removed_from),
            cards: vec![self.here.cards.clone(), self.there.cards.clone()],
            logs: vec![self.here.log.clone(), self.there.log.clone()],
            killed: true,
        };
        self.bot.ledger().check_soon(self.sim, &expected).await;
    }
}

impl Drop for World<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("what happened:\n{}", self.diary.join("\n"));
        }
    }
}
