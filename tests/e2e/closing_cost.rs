//! The number of requests for every way of closing and re-opening a ticket.

use std::time::Duration;

use discord_sim::{Actor, Reply, Sim, Thread};

use crate::support::{TestBot, Town, requests_since};

const CLOSED: &str = "SELECT count(*) FROM ticket WHERE state = 'closed' AND NOT EXISTS (SELECT 1 FROM step)";
const OPEN: &str = "SELECT count(*) FROM ticket WHERE state = 'open' AND NOT EXISTS (SELECT 1 FROM step)";
const DORMANT: &str = "SELECT count(*) FROM ticket WHERE state = 'dormant' AND NOT EXISTS (SELECT 1 FROM step)";

#[derive(Clone, Copy, Debug)]
enum Way {
    OwnerLeaves,
    OwnerIsRemoved,
    OwnerLeavesServer,
    StaffArchive,
    StaffArchiveAndLock,
    TimerArchives,
    OwnerWakesIt,
    StaffReopen,
    StaffBringBack,
    /// After a re-opening, the time of a gateway event is uncertain. Whether locking is refused is known since the first
    /// close.
    OwnerLeavesAgain,
    StaffCloseWithTheButton,
    StaffReopenWithTheCommand,
}

/// The requests with and without Manage Threads. The bot may not read the audit log.
const TABLE: &[(Way, &[&str], &[&str])] = &[
    (Way::OwnerLeaves, &[NOTICE, BUTTONS, EDIT], &[NOTICE, BUTTONS, EDIT, EDIT]),
    (Way::OwnerIsRemoved, &[NOTICE, BUTTONS, EDIT], &[NOTICE, BUTTONS, EDIT, EDIT]),
    (Way::OwnerLeavesServer, &[NOTICE, BUTTONS, EDIT], &[NOTICE, BUTTONS, EDIT, EDIT]),
    (Way::StaffArchive, &[AUDIT, NOTICE, BUTTONS, EDIT], &[AUDIT, NOTICE, BUTTONS, EDIT, EDIT]),
    (Way::StaffArchiveAndLock, &[], &[]),
    (Way::TimerArchives, &[], &[]),
    (Way::OwnerWakesIt, &[MEMBER], &[MEMBER]),
    // Nothing to unlock if the bot could not lock.
    (Way::StaffReopen, &[MEMBER, EDIT, BUTTONS], &[MEMBER, BUTTONS]),
    (Way::StaffBringBack, &[MEMBER, EDIT, BUTTONS], &[MEMBER, BUTTONS]),
    (Way::OwnerLeavesAgain, &[MEMBER, NOTICE, BUTTONS, EDIT], &[MEMBER, NOTICE, BUTTONS, EDIT]),
    (Way::StaffCloseWithTheButton, &[ANSWER, NOTICE, BUTTONS, EDIT], &[ANSWER, NOTICE, BUTTONS, EDIT, EDIT]),
    (Way::StaffReopenWithTheCommand, &[EDIT, ADD, BUTTONS, NOTICE, ANSWER], &[EDIT, ADD, BUTTONS, NOTICE, ANSWER]),
];

const NOTICE: &str = "POST /channels/{channel}/messages";
const BUTTONS: &str = "PATCH /channels/{channel}/messages/{message}";
const EDIT: &str = "PATCH /channels/{channel}";
const MEMBER: &str = "GET /channels/{channel}/thread-members/{user}";
const ADD: &str = "PUT /channels/{channel}/thread-members/{user}";
const AUDIT: &str = "GET /guilds/{guild}/audit-logs";
const ANSWER: &str = "POST /interactions/{interaction}/{token}/callback";

struct Story<'s> {
    sim: &'s Sim,
    bot: TestBot<'s>,
    anna: Actor,
    mona: Actor,
    admin: Actor,
    ticket: Thread,
}

#[tokio::test]
async fn every_way_of_closing_and_reopening_asks_for_no_more_than_it_needs() {
    for &(way, moderating, minimal) in TABLE {
        for (moderates, expected) in [(true, moderating), (false, minimal)] {
            let sim = Sim::start().await;
            let story = Story::begin(&sim, moderates).await;
            let before = story.prepare(way).await;
            let mark = sim.mark();

            let form = story.ask(way).await;
            let mark = if form.is_some() { sim.mark() } else { mark };
            story.happen(way, form.as_ref());
            story.bot.wait_for(before, 1).await;
            sim.quiet().await;
            story.bot.settled().await;

            let asked: Vec<String> = requests_since(&sim, mark).iter().map(named).collect();
            assert_eq!(asked, expected, "{way:?}, moderates: {moderates}");
        }
    }
}

/// A request's route, independent of the names of its placeholders.
fn named(request: &discord_sim::Request) -> String {
    let known = [
        ("POST", "/channels/{id}/messages", NOTICE),
        ("PATCH", "/channels/{id}", EDIT),
        ("GET", "/channels/{id}/thread-members/{user}", MEMBER),
        ("PUT", "/channels/{id}/thread-members/{user}", ADD),
        ("PATCH", "/channels/{id}/messages/{message}", BUTTONS),
        ("GET", "/guilds/{id}/audit-logs", AUDIT),
        ("POST", "/interactions/{id}/{token}/callback", ANSWER),
    ];
    let known = known.into_iter().find(|(method, route, _)| request.is(method, route));
    known.map_or_else(|| format!("{} {}", request.method, request.path), |(_, _, name)| name.to_owned())
}

impl<'s> Story<'s> {
    async fn begin(sim: &'s Sim, moderates: bool) -> Self {
        let bot = TestBot::start(sim).await;
        let town = Town::build(sim);
        if moderates {
            town.let_bot_moderate();
        }
        let inbox = town.create_inbox().await;
        let (anna, mona) = (town.member("anna"), town.moderator("mona"));
        let ticket = town.open_ticket(&anna, &inbox).await;
        // No event from before its opening can still arrive.
        sim.advance(Duration::from_mins(5));
        Self { sim, bot, anna, mona, admin: town.admin.clone(), ticket }
    }

    /// The situation before, and how it ends.
    async fn prepare(&self, way: Way) -> &'static str {
        match way {
            Way::StaffReopen | Way::OwnerLeavesAgain | Way::StaffReopenWithTheCommand => {
                self.mona.archive(&self.ticket);
                self.bot.wait_for(CLOSED, 1).await;
            }
            Way::StaffBringBack => {
                self.anna.leave(&self.ticket);
                self.bot.wait_for(CLOSED, 1).await;
                self.sim.quiet().await;
                self.mona.unarchive(&self.ticket);
                self.bot.wait_for("SELECT count(*) FROM ticket WHERE archived = 0", 1).await;
                self.bot.settled().await;
            }
            Way::OwnerWakesIt => {
                self.sleep();
                self.bot.wait_for(DORMANT, 1).await;
            }
            _ => {}
        }
        self.sim.quiet().await;
        if matches!(way, Way::OwnerLeavesAgain) {
            self.mona.unarchive(&self.ticket);
            self.bot.wait_for(OPEN, 1).await;
            self.sim.quiet().await;
        }
        match way {
            Way::TimerArchives => DORMANT,
            Way::OwnerWakesIt | Way::StaffReopen | Way::StaffBringBack | Way::StaffReopenWithTheCommand => OPEN,
            _ => CLOSED,
        }
    }

    fn sleep(&self) {
        self.sim.advance(Duration::from_hours(7 * 24));
        self.sim.thread_timer_archives(&self.ticket);
    }

    /// The form for the reason is not counted.
    async fn ask(&self, way: Way) -> Option<Reply> {
        if !matches!(way, Way::StaffCloseWithTheButton) {
            return None;
        }
        Some(self.mona.click(&self.ticket.messages()[0], "Close").await)
    }

    fn happen(&self, way: Way, form: Option<&Reply>) {
        match way {
            Way::StaffCloseWithTheButton => drop(self.mona.begin_submit(form.unwrap(), &[("value", "Solved.")])),
            Way::StaffReopenWithTheCommand => {
                // There the bot need not ask for her permissions.
                drop(self.admin.slash("ticket reopen").string("ticket", "1").begin());
            }
            Way::OwnerLeaves | Way::OwnerLeavesAgain => self.anna.leave(&self.ticket),
            Way::OwnerIsRemoved => self.mona.remove(&self.ticket, &self.anna),
            Way::OwnerLeavesServer => self.anna.leave_guild(),
            Way::StaffArchive => self.mona.archive(&self.ticket),
            Way::StaffArchiveAndLock => self.mona.archive_and_lock(&self.ticket),
            Way::TimerArchives => self.sleep(),
            Way::OwnerWakesIt => drop(self.anna.write(&self.ticket, "Still there?")),
            Way::StaffReopen => self.mona.unarchive(&self.ticket),
            Way::StaffBringBack => self.mona.add(&self.ticket, &self.anna),
        }
    }
}
