//! Tickets are claimed and released through their cards, also dormant ones.

use std::time::Duration;

use discord_sim::{Fault, Sim};
use serde_json::json;

use crate::cards::Desk;

#[tokio::test]
async fn claiming_wakes_a_dormant_ticket_and_a_claim_that_is_refused_lets_it_rest() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    let ticket = desk.open().await;
    let (sue, tom) = (desk.staff("sue").await, desk.staff("tom").await);
    desk.click(&sue, "Claim").await;
    desk.bot.settled().await;
    sim.advance(Duration::from_hours(7 * 24));
    sim.thread_timer_archives(&ticket);
    desk.bot.wait_for_states(&["dormant"]).await;
    desk.bot.cards_are_drawn().await;
    let said = ticket.messages().len();

    assert!(desk.click(&sue, "Claim").await.starts_with("You have already claimed this ticket."));
    desk.bot.store("UPDATE inbox SET settings = $1", r#"{"work":{"one_claimer":true}}"#).await;
    assert!(desk.click(&tom, "Claim").await.contains("allows one claim only"));
    assert!(ticket.is_archived() && ticket.messages().len() == said);

    desk.bot.store("UPDATE inbox SET settings = $1", "{}").await;
    assert_eq!(desk.click(&tom, "Claim").await, "You have claimed this ticket.");

    desk.bot.wait_for_states(&["open"]).await;
    desk.bot.settled().await;
    assert!(ticket.has_member(&tom) && !ticket.is_archived());
    let line = ticket.messages().pop().unwrap();
    let expected = format!("{} has claimed this ticket. Before, {} had claimed it.", tom.mention(), sue.mention());
    assert_eq!(line.text(), expected);
    assert_eq!(line.pinged(), [sue.id()].into(), "who is overtaken hears of it");
}

#[tokio::test]
async fn who_cannot_be_brought_into_a_dormant_ticket_does_not_claim_it_and_is_told() {
    for (code, told) in
        [(160_005, "This ticket is locked"), (50_013, "I am missing permissions"), (50_001, "I do not see")]
    {
        let sim = Sim::start().await;
        let desk = Desk::set_up(&sim).await;
        let ticket = desk.open().await;
        let sue = desk.staff("sue").await;
        sim.advance(Duration::from_hours(7 * 24));
        sim.thread_timer_archives(&ticket);
        desk.bot.wait_for_states(&["dormant"]).await;
        desk.bot.cards_are_drawn().await;
        let edit = Fault::on("PATCH", &format!("/channels/{}", ticket.id()));
        sim.fault(edit.error(403, code, "Refused").always());

        let answers = [desk.click(&sue, "Claim").await, desk.click(&sue, "Join").await];

        assert!(answers.iter().all(|answer| answer.contains(told)), "{answers:?}");
        assert!(!ticket.has_member(&sue) && ticket.is_archived());
        assert_eq!(desk.bot.stored("SELECT count(*) FROM ticket WHERE claimed_by IS NOT NULL").await, 0);
        assert_eq!(desk.bot.states().await, ["dormant"]);
    }
}

#[tokio::test]
async fn of_two_who_claim_a_dormant_ticket_at_the_same_time_one_wins_and_it_wakes() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    let ticket = desk.open().await;
    let (sue, tom) = (desk.staff("sue").await, desk.staff("tom").await);
    desk.bot.store("UPDATE inbox SET settings = $1", r#"{"work":{"one_claimer":true}}"#).await;
    sim.advance(Duration::from_hours(7 * 24));
    sim.thread_timer_archives(&ticket);
    desk.bot.wait_for_states(&["dormant"]).await;
    desk.bot.cards_are_drawn().await;

    let answers = tokio::join!(desk.click(&sue, "Claim"), desk.click(&tom, "Claim"));

    let answers = [answers.0, answers.1];
    let won = answers.iter().filter(|answer| *answer == "You have claimed this ticket.").count();
    assert_eq!(won, 1, "{answers:?}");
    desk.bot.wait_for_states(&["open"]).await;
    desk.bot.settled().await;
    let lines = ticket.messages().iter().filter(|message| message.text().contains("has claimed")).count();
    assert_eq!(lines, 1);
}

#[tokio::test]
async fn who_has_claimed_a_ticket_releases_it_from_its_card_also_after_a_restart() {
    let sim = Sim::start().await;
    let mut desk = Desk::set_up(&sim).await;
    let ticket = desk.open().await;
    let (sue, tom) = (desk.staff("sue").await, desk.staff("tom").await);
    desk.click(&sue, "Claim").await;
    desk.bot.cards_are_drawn().await;

    let asked = sue.click(&desk.card(), "Claim").await;
    let late = sue.click(&desk.card(), "Claim").await;
    assert_eq!((Desk::labels(&asked.message()), asked.is_private()), (vec!["Release".to_owned()], true));
    desk.bot.restart().await;
    let released = sue.click(&asked, "Release").await;
    desk.bot.cards_are_drawn().await;

    assert_eq!(released.text(), "This ticket is free for others again.");
    assert!(released.buttons().is_empty() && desk.card().component_text().contains("Claimed** by nobody"));
    let line = format!("{} has released this ticket. Nobody has claimed it now.", sue.mention());
    assert!(ticket.messages().iter().any(|message| message.text() == line));
    assert_eq!(sue.click(&late, "Release").await.text(), "Nobody has claimed this ticket.");
    desk.click(&tom, "Claim").await;
    let told = sue.click(&late, "Release").await.text();
    assert_eq!(told, format!("In the meantime, {} has claimed this ticket.", tom.mention()));
    let forged = tom.forge_component(&desk.card(), 2, &late.buttons()[0].custom_id.clone().unwrap(), json!({})).await;
    assert!(forged.text().contains("no longer works"), "{}", forged.text());
    let by = desk.bot.stored("SELECT claimed_by FROM ticket").await;
    assert_eq!(by, tom.id().cast_signed());
}
