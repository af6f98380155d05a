//! The cooldown begins with the ticket that a member opens, not with one that others give them.

use discord_sim::Sim;

use crate::admin::assert_told;
use crate::town::CREATE_TICKET;
use crate::working::Story;

impl Story<'_> {
    /// Only the cooldown limits how many tickets somebody has.
    async fn without_limit(&self) {
        self.bot.store("UPDATE inbox SET member_limit = $1", 0).await;
    }

    /// Anna gets a ticket at once, and no second one.
    async fn assert_anna_has_waited_for_nothing(&self, panel: &discord_sim::Message) {
        let tickets = self.town.guild.threads().len();
        let opened = self.anna.click(panel, CREATE_TICKET).await;
        self.settled().await;
        assert_eq!(self.town.guild.threads().len(), tickets + 1, "{}", opened.text());
        assert_told(&self.anna.click(panel, CREATE_TICKET).await, "You opened a ticket here just now");
    }
}

#[tokio::test]
async fn a_ticket_that_staff_opened_for_a_member_starts_no_cooldown() {
    let sim = Sim::start().await;
    let mut story = Story::begin(&sim).await;
    story.without_limit().await;
    story.mona.slash("ticket open").string("inbox", "1").user("member", &story.anna).send().await;
    assert_eq!(story.town.guild.threads().len(), 1);
    story.bot.restart().await;

    story.assert_anna_has_waited_for_nothing(&story.inbox).await;
}

#[tokio::test]
async fn a_ticket_that_a_member_was_given_by_another_starts_no_cooldown() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.without_limit().await;
    let ticket = story.town.open_ticket(&story.bert, &story.inbox).await;
    story.settled().await;
    let asked = story.mona.slash("ticket transfer").user("member", &story.anna).at(&ticket).send().await;
    assert_told(&story.mona.click(&asked, "Transfer the ticket").await, "owns this ticket now");

    story.assert_anna_has_waited_for_nothing(&story.inbox).await;
}

#[tokio::test]
async fn a_ticket_that_was_moved_to_another_channel_starts_no_cooldown_there() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let room = story.town.desk("room");
    let panel = story.town.create_inbox_to(&room).await;
    story.without_limit().await;
    let ticket = story.open().await;
    let asked = story.mona.slash("ticket move").string("inbox", "2").at(&ticket).send().await;
    story.mona.click(&asked, "Move the ticket").await;
    story.settled().await;
    assert_eq!(room.threads().len(), 1);

    story.assert_anna_has_waited_for_nothing(&panel).await;
}
