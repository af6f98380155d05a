//! Many tickets of an inbox closed together, after an admin has seen their number.

use std::time::Duration;

use discord_sim::{Fault, Message, Reply, Sim};

use crate::admin::assert_told;
use crate::support::{TestBot, Town};

struct Raid<'s> {
    sim: &'s Sim,
    bot: TestBot<'s>,
    town: Town,
    inbox: Message,
}

impl<'s> Raid<'s> {
    /// One ticket from yesterday, and so many of now, each of another member.
    async fn begin(sim: &'s Sim, count: usize) -> Self {
        let bot = TestBot::start(sim).await;
        let town = Town::build(sim);
        let inbox = town.create_inbox().await;
        town.open_ticket(&town.member("old"), &inbox).await;
        bot.settled().await;
        sim.advance(Duration::from_hours(24));
        for number in 0..count {
            town.open_ticket(&town.member(&format!("raider{number}")), &inbox).await;
        }
        bot.settled().await;
        Self { sim, bot, town, inbox }
    }

    async fn ask(&self) -> Reply {
        let command = self.town.admin.slash("inbox close-tickets").string("inbox", "1");
        command.string("opened-within", "1h").send().await
    }

    async fn open(&self) -> i64 {
        self.bot.stored("SELECT count(*) FROM ticket WHERE state = 'open'").await
    }

    async fn wait_for_open(&self, count: i64) {
        for _ in 0..200 {
            self.sim.advance(Duration::from_secs(1));
            self.sim.quiet().await;
            if self.open().await == count {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("{} tickets are open, not {count}", self.open().await);
    }
}

#[tokio::test]
async fn an_admin_sees_the_number_and_closes_what_fits_one_after_the_other_also_after_a_restart() {
    let sim = Sim::start().await;
    let mut raid = Raid::begin(&sim, 5).await;

    let asked = raid.ask().await;
    assert_told(&asked, "5 open tickets of inbox 1 fit");
    assert_eq!(raid.open().await, 6, "nothing is closed before it is confirmed");
    raid.town.open_ticket(&raid.town.member("late"), &raid.inbox).await;
    let begun = raid.town.admin.click(&asked, "Close 5 tickets").await;
    assert_told(&begun, "5 tickets of inbox 1 are being closed");
    raid.bot.kill().await;
    raid.bot.boot().await;
    raid.wait_for_open(2).await;
    raid.bot.settled().await;

    let closed = raid.town.guild.threads().into_iter().filter(discord_sim::Thread::is_archived).count();
    assert_eq!(closed, 5);
    assert_eq!(raid.bot.stored("SELECT count(*) FROM timer WHERE kind = 'sweep'").await, 0);
    assert_told(&raid.ask().await, "One open ticket of inbox 1 fits");
}

#[tokio::test]
async fn trouble_with_one_ticket_holds_up_no_other_and_one_that_was_closed_meanwhile_is_left_alone() {
    let sim = Sim::start().await;
    let raid = Raid::begin(&sim, 3).await;
    let threads = raid.town.guild.threads();
    let asked = raid.ask().await;
    let broken = sim.fault(Fault::on("PATCH", &format!("/channels/{}", threads[1].id())).status(500).always());
    raid.town.admin.archive(&threads[3]);
    raid.bot.wait_for("SELECT count(*) FROM ticket WHERE state = 'closed'", 1).await;

    assert_told(&raid.town.admin.click(&asked, "Close 3 tickets").await, "2 tickets of inbox 1 are being closed");
    raid.wait_for_open(1).await;
    sim.wait_until("the other thread to be archived", || threads[2].is_archived()).await;

    assert!(!threads[1].is_archived());
    broken.clear();
    sim.advance(Duration::from_mins(10));
    sim.wait_until("the thread to be archived at last", || threads[1].is_archived()).await;
}

#[tokio::test]
async fn a_confirmation_of_another_server_or_person_closes_nothing() {
    let sim = Sim::start().await;
    let raid = Raid::begin(&sim, 2).await;
    let other = Town::build(&sim);
    other.create_inbox().await;

    let asked = other.admin.slash("inbox close-tickets").string("inbox", "1").send().await;

    assert!(asked.buttons().is_empty(), "{}", asked.text());
    assert_eq!(raid.open().await, 3);
    let wrong = raid.town.admin.slash("inbox close-tickets").string("inbox", "1").string("opened-within", "soon");
    assert_told(&wrong.send().await, "like `30m`");
}
