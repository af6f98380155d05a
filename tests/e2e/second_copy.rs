//! A second copy of the bot, with the same token and a separate database: the one that answers second reverts its work.

use discord_sim::{Message, Sim};

use crate::support::{TestBot, Town};
use crate::town::{CREATE_TICKET, SELECT};

const SAID: &str = "another process has answered this interaction";

/// How often the copies answer: who is first varies between clicks.
const CLICKS: usize = 6;

#[tokio::test]
async fn two_copies_leave_one_ticket_a_click_and_say_what_is_the_matter() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.let_bot_moderate();
    let inbox = town.create_inbox().await;
    bot.stop().await;
    let mut copy = TestBot::configured(&sim, "");
    std::fs::copy(bot.database(), copy.database()).unwrap();
    bot.boot().await;
    copy.launch().await;
    sim.wait_until("both copies to listen", || sim.gateway().connected() == 2).await;

    for number in 0..CLICKS {
        let member = town.member(&format!("member{number}"));
        let reply = member.click(&inbox, CREATE_TICKET).await;
        sim.wait_until("the second thread to go", || {
            let said = bot.log().matches(SAID).count() + copy.log().matches(SAID).count();
            said == number + 1 && town.guild.threads().iter().filter(|thread| thread.exists()).count() == number + 1
        })
        .await;
        sim.quiet().await;

        let threads = town.guild.threads();
        let own = threads.iter().find(|thread| thread.exists() && reply.links_to(*thread));
        assert!(own.is_some_and(|thread| thread.has_member(&member)), "{}", reply.text());
    }

    // The row of the last thread goes after it.
    bot.settled().await;
    copy.settled().await;
    assert_eq!(bot.states().await.len() + copy.states().await.len(), CLICKS, "a row for each ticket, in one of them");
}

#[tokio::test]
async fn of_two_copies_the_second_takes_its_inbox_message_back() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let mut copy = TestBot::configured(&sim, "");
    copy.launch().await;
    sim.wait_until("both copies to listen", || sim.gateway().connected() == 2).await;
    let town = Town::build(&sim);
    sim.quiet().await;
    let prompt = town.run_create(&town.help, None).await;
    assert!(prompt.text().contains(SELECT), "{}", prompt.text());
    sim.quiet().await;
    let text = town.admin.post(&town.help, "Do you need help?");

    let done = town.admin.menu(SELECT, &text).await;
    let is_panel = |message: &Message| !message.is_private() && !message.buttons().is_empty();
    let posted = || town.help.messages().iter().filter(|message| is_panel(message)).count();
    sim.wait_until("the second inbox message to go", || posted() == 1).await;
    sim.quiet().await;

    assert!(done.text().contains("Your inbox is ready") && done.links_to_message(&town.inbox_message()));
    let rows = [bot.stored("SELECT count(*) FROM inbox").await, copy.stored("SELECT count(*) FROM inbox").await];
    assert_eq!(rows.iter().sum::<i64>(), 1);
}
