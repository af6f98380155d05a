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
    desk.write("How late are you open on a day like this one?").await;
    desk.sees("How late").await;
    nothing_is_cut_off(&desk).await;
    let covered = desk.run(COVERED).await;
    assert_eq!(covered, serde_json::json!([]), "buttons lie on texts");
    desk.picture("22-phone-ticket").await;
    desk.click("Operator").await;
    desk.find("#operator.shown").await;
    nothing_is_cut_off(&desk).await;
    desk.picture("23-phone-operator").await;
    desk.leave().await;
}

/// The texts on which a button with the menu of a message lies.
const COVERED: &str = "
    const buttons = [...document.querySelectorAll('#messages .tools > summary')].map((one) => one.getBoundingClientRect());
    if (!buttons.length) return ['there is no button'];
    const texts = document.createTreeWalker(document.getElementById('messages'), NodeFilter.SHOW_TEXT);
    const covered = [];
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      if (text.parentElement.closest('.tools')) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      for (const line of range.getClientRects()) {
        const lies = (one) => one.left < line.right && line.left < one.right && one.top < line.bottom && line.top < one.bottom;
        if (buttons.some(lies)) covered.push(text.data);
      }
    }
    return covered;";

#[tokio::test(flavor = "multi_thread")]
async fn the_operators_panel_covers_nothing_on_a_small_screen_of_a_computer() {
    let options = Options { scene: Scene::Inbox, ..Options::default() };
    for (width, height) in [(1280, 800), (1024, 700)] {
        let Some(desk) = Desk::set_up(options.clone(), (width, height)).await else { return };
        desk.be("olga").await;
        desk.click("Operator").await;
        desk.find("#operator.shown").await;
        desk.picture(&format!("24-operator-{width}")).await;
        let covered = desk
            .run(
                "return [...document.querySelectorAll('#composer .write button, #head .menu > summary, #messages .button, #operator h2')]
                   .filter((one) => {
                     const { x, y, width, height } = one.getBoundingClientRect();
                     const there = document.elementFromPoint(x + width - 2, y + height / 2);
                     return !(one === there || one.contains(there));
                   })
                   .map((one) => one.textContent)",
            )
            .await;
        assert_eq!(covered, serde_json::json!([]), "at {width} pixels");
        desk.leave().await;
    }
}

async fn nothing_is_cut_off(desk: &Desk) {
    let wide = desk.run("return document.documentElement.scrollWidth").await.as_u64().unwrap();
    assert!(wide <= 390, "the page is {wide} pixels wide");
}
