//! The program is killed at every step of opening, closing and re-opening a ticket, started again, and must put
//! everything right within one pass, without anybody's help.
//!
//! The steps are not written down here: a first run without accidents shows which requests the program makes and how
//! many transactions it commits, and every state between two of them becomes a world of its own. A new step is covered
//! from the moment it is written.

use std::time::Duration;

use discord_sim::{Actor, Fault, FaultHandle, Message, Reply, Sim, Thread};

use crate::daemon::Daemon;
use crate::invariants::{Click, Expected};
use crate::town::{CREATE_TICKET, Town};

/// What is under way when the program is killed.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Journey {
    Open {
        moderates: bool,
    },
    OpenElsewhere,
    /// Discord takes so long that the member is shown "thinking…" first.
    OpenSlowly,
    OwnerLeaves,
    OwnerLeavesGuild,
    StaffArchive,
    StaffBringBack,
}

/// Where the program is when it is killed: a request of the journey, by its place.
#[derive(Clone, Copy, Debug)]
struct Point {
    request: usize,
    /// Discord has acted, and the answer is on its way.
    acted: bool,
}

/// A world with one journey in it.
struct World<'s> {
    sim: &'s Sim,
    daemon: Daemon<'s>,
    town: Town,
    anna: Actor,
    moderator: Actor,
    inbox: Message,
    thread: Option<Thread>,
    reply: Option<Reply>,
    slow: Option<FaultHandle>,
}

#[tokio::test]
async fn opening_a_ticket() {
    assert_survives(Journey::Open { moderates: true }, 3).await;
}

#[tokio::test]
async fn opening_a_ticket_without_manage_threads() {
    assert_survives(Journey::Open { moderates: false }, 3).await;
}

#[tokio::test]
async fn opening_a_ticket_in_another_channel() {
    assert_survives(Journey::OpenElsewhere, 4).await;
}

#[tokio::test]
async fn opening_a_ticket_while_the_member_is_shown_that_it_takes_time() {
    assert_survives(Journey::OpenSlowly, 4).await;
}

#[tokio::test]
async fn closing_a_ticket_whose_owner_leaves() {
    assert_survives(Journey::OwnerLeaves, 3).await;
}

#[tokio::test]
async fn closing_a_ticket_whose_owner_leaves_the_server() {
    assert_survives(Journey::OwnerLeavesGuild, 3).await;
}

#[tokio::test]
async fn closing_a_ticket_that_staff_archive() {
    assert_survives(Journey::StaffArchive, 3).await;
}

#[tokio::test]
async fn reopening_a_ticket_whose_owner_is_brought_back() {
    assert_survives(Journey::StaffBringBack, 2).await;
}

/// `at_least`: requests that the journey is known to need, so that an empty recording is noticed.
async fn assert_survives(journey: Journey, at_least: usize) {
    let points = record(journey).await;
    assert!(points.len() >= at_least, "{journey:?} has only {} steps", points.len());
    let mut known = 0;
    let mut worlds = 0;
    for point in points.into_iter().map(Some).chain([None]) {
        let committed = kill_at(journey, point, None).await;
        worlds += 1;
        // What was committed since the last point was committed one by one.
        for between in known + 1..committed {
            kill_at(journey, point, Some(between)).await;
            worlds += 1;
        }
        known = known.max(committed);
    }
    println!("{journey:?}: killed in {worlds} states");
}

/// What the program asks of Discord on this journey. After a request that only looks, nothing has changed.
async fn record(journey: Journey) -> Vec<Point> {
    let sim = Sim::start().await;
    let mut world = World::prepare(&sim, journey).await;
    let mark = sim.mark();
    world.begin(journey);
    world.arrive(journey).await;
    let requests = sim.requests_since(mark);
    let points = requests.iter().enumerate().flat_map(|(request, asked)| {
        let acted: &[bool] = if asked.method == "GET" { &[false] } else { &[false, true] };
        acted.iter().map(move |&acted| Point { request, acted })
    });
    points.collect()
}

/// Kills the program there (`None`: at the end), lets it have committed only so many transactions, starts it again and
/// checks everything. Returns how many it had committed.
async fn kill_at(journey: Journey, point: Option<Point>, kept: Option<usize>) -> usize {
    println!("{journey:?}, {point:?}, kept {kept:?}");
    let sim = Sim::start().await;
    let mut world = World::prepare(&sim, journey).await;
    let wal = world.daemon.wal();
    let before = wal.commits();
    match point {
        Some(Point { request, acted }) => {
            let fault = Fault::on("*", "*").skip(request);
            let held = sim.fault(if acted { fault.hold_answer() } else { fault.hold() });
            world.begin(journey);
            // What two events lead to can vary by a request: then this journey has no such place.
            tokio::select! {
                () = sim.wait_until("the program to be there", || held.waiting() == 1) => {}
                () = world.arrive(journey) => {}
            }
            world.daemon.kill().await;
            held.clear();
        }
        None => {
            world.begin(journey);
            world.arrive(journey).await;
            world.daemon.kill().await;
        }
    }
    let committed = wal.commits() - before;
    if let Some(kept) = kept {
        wal.keep(before + kept);
    }
    world.come_back(journey).await;
    committed
}

impl<'s> World<'s> {
    async fn prepare(sim: &'s Sim, journey: Journey) -> Self {
        let daemon = Daemon::start(sim).await;
        let town = Town::build(sim);
        if journey != (Journey::Open { moderates: false }) {
            town.let_bot_moderate();
        }
        let inbox = match journey {
            Journey::OpenElsewhere => {
                let desk = town.guild.text_channel("desk").allow_role(&town.moderators, 1 << 34).create();
                town.create_inbox_to(&desk).await
            }
            _ => town.create_inbox().await,
        };
        let (anna, moderator) = (town.member("anna"), town.moderator("mo"));
        let mut world = Self { sim, daemon, town, anna, moderator, inbox, thread: None, reply: None, slow: None };
        match journey {
            Journey::Open { .. } | Journey::OpenElsewhere | Journey::OpenSlowly => {}
            _ => world.thread = Some(world.town.open_ticket(&world.anna, &world.inbox).await),
        }
        if journey == Journey::StaffBringBack {
            world.anna.leave(world.thread.as_ref().unwrap());
            world.wait_for("closed").await;
        }
        sim.quiet().await;
        world
    }

    /// What people do.
    fn begin(&mut self, journey: Journey) {
        let thread = || self.thread.as_ref().unwrap();
        if journey == Journey::OpenSlowly {
            let slow = Fault::on("POST", "/channels/{id}/threads").delay_answer(Duration::from_millis(2_500));
            self.slow = Some(self.sim.fault(slow));
        }
        match journey {
            Journey::Open { .. } | Journey::OpenElsewhere | Journey::OpenSlowly => {
                self.reply = Some(self.anna.begin_click(&self.inbox, CREATE_TICKET));
            }
            Journey::OwnerLeaves => self.anna.leave(thread()),
            Journey::OwnerLeavesGuild => self.anna.leave_guild(),
            Journey::StaffArchive => self.moderator.archive(thread()),
            Journey::StaffBringBack => {
                self.moderator.unarchive(thread());
                self.moderator.add(thread(), &self.anna);
            }
        }
    }

    /// How the journey ends without an accident.
    async fn arrive(&self, journey: Journey) {
        if let Some(reply) = &self.reply {
            reply.finished().await;
        }
        self.wait_for(journey.end()).await;
        self.sim.quiet().await;
    }

    async fn wait_for(&self, state: &str) {
        for _ in 0..500 {
            let rows = self.daemon.ledger().rows().await;
            if rows.iter().all(|row| row.state == state && row.closing.is_none()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("not {state}: {:#?}", self.daemon.ledger().rows().await);
    }

    /// The program is started again, and everything must be right without anybody doing anything.
    async fn come_back(&mut self, journey: Journey) {
        if let Some(slow) = self.slow.take() {
            slow.clear();
        }
        if self.reply.is_some() {
            // Discord tells the member that nothing came, unless they are shown "thinking…".
            self.sim.advance(Duration::from_secs(4));
        }
        self.daemon.boot().await;
        self.daemon.ledger().settled().await;
        if self.thread.is_some() {
            self.wait_for(journey.end()).await;
        }
        self.sim.quiet().await;

        let (clicks, left) = match &self.thread {
            None => {
                let reply = self.reply.clone().unwrap();
                (vec![Click { member: self.anna.clone(), reply }], Vec::new())
            }
            Some(thread) => (Vec::new(), vec![thread.id()]),
        };
        let expected = Expected {
            guilds: vec![&self.town.guild],
            clicks,
            left: left.into_iter().collect(),
            killed: true,
            ..Expected::default()
        };
        self.daemon.ledger().check(self.sim, &expected).await;
        match journey.end() {
            "closed" => self.assert_closed(),
            _ => self.assert_served().await,
        }
    }

    fn assert_closed(&self) {
        let thread = self.thread.as_ref().unwrap();
        assert!(thread.is_archived() && thread.is_locked(), "the thread is not closed");
        assert_eq!(thread.messages().iter().filter(|message| message.author_id() == self.sim.bot_id()).count(), 2);
    }

    /// The member has their ticket, or gets it with the next click.
    async fn assert_served(&self) {
        let reply = self.anna.click(&self.inbox, CREATE_TICKET).await;
        let thread = self.town.newest_thread();
        assert!(reply.links_to(&thread) && self.anna.sees(&thread), "{}", reply.text());
        assert!(!thread.is_archived() && !thread.is_locked());
        let rows = self.daemon.ledger().rows().await;
        assert_eq!(rows.iter().filter(|row| row.state == "open").count(), 1, "{rows:#?}");
    }
}

impl Journey {
    /// The state in which its ticket ends.
    fn end(self) -> &'static str {
        match self {
            Self::Open { .. } | Self::OpenElsewhere | Self::OpenSlowly | Self::StaffBringBack => "open",
            Self::OwnerLeaves | Self::OwnerLeavesGuild | Self::StaffArchive => "closed",
        }
    }
}
