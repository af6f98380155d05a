//! The page at the width of a phone.

use ticketbot_playground::{Options, Scene};

use crate::desk::{Desk, PHONE};

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_is_opened_at_the_width_of_a_phone() {
    let options = Options { scene: Scene::Inbox, ..Options::default() };
    let Some(desk) = Desk::set_up(options, PHONE).await else { return };
    desk.be("anna").await;
    assert_eq!(desk.run("return innerWidth").await, 390);
    nothing_is_cut_off(&desk).await;
    desk.picture("20-phone").await;
    desk.click_css("[data-toggle=places]").await;
    desk.find("#places.shown").await;
    desk.picture("21-phone-channels").await;
    desk.click_css("[data-toggle=places]").await;
    desk.click("Create Ticket").await;
    desk.sees("Your ticket is ready").await;
    desk.click_css("#messages .private a.mention").await;
    desk.sees("thank you for your ticket").await;
    desk.write("Hello from the harbour").await;
    nothing_is_cut_off(&desk).await;
    desk.picture("22-phone-ticket").await;
    desk.click("Operator").await;
    desk.find("#operator.shown").await;
    nothing_is_cut_off(&desk).await;
    desk.picture("23-phone-operator").await;
    desk.leave().await;
}

async fn nothing_is_cut_off(desk: &Desk) {
    let wide = desk.run("return document.documentElement.scrollWidth").await.as_u64().unwrap();
    assert!(wide <= 390, "the page is {wide} pixels wide");
}
