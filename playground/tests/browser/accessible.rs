//! What people with a screen reader, without a mouse or with weak eyes meet: checked by axe-core, where it is there.
//!
//! `.ci/run` fetches it with `npm pack axe-core` into `target/axe`.

use std::io::Write as _;
use std::path::Path;

use serde_json::Value;
use ticketbot_playground::{Options, Scene};

use crate::desk::{Desk, PHONE, WIDE};
use crate::webdriver::ENTER;

fn axe() -> Option<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("target/axe/package/axe.min.js");
    let read = std::fs::read_to_string(file).ok();
    if read.is_none() {
        let _ = std::io::stderr().write_all(b"SKIPPED: no axe-core in target/axe: accessibility was not checked\n");
    }
    read
}

/// Fails for what axe calls serious or critical, where there is axe.
pub async fn check_if_possible(desk: &Desk, what: &str) {
    if let Some(axe) = axe() {
        check(desk, &axe, what).await;
    }
}

/// Fails for what axe calls serious or critical.
async fn check(desk: &Desk, axe: &str, what: &str) {
    desk.run(axe).await;
    let script = "const done = arguments[arguments.length - 1]; axe.run(document, {}).then(done, (error) => done(String(error)));";
    let found = desk.run_async(script).await;
    let violations = found["violations"].as_array().unwrap_or_else(|| panic!("axe: {found}"));
    let is_serious = |violation: &&Value| violation["impact"] == "serious" || violation["impact"] == "critical";
    let serious: Vec<String> = violations.iter().filter(is_serious).map(told).collect();
    assert!(serious.is_empty(), "{what}: {serious:#?}");
    assert!(found["passes"].as_array().is_some_and(|passes| passes.len() > 10), "{what}: axe looked at nothing");
}

fn told(violation: &Value) -> String {
    let nodes = violation["nodes"].as_array().into_iter().flatten().take(3);
    let nodes: Vec<String> = nodes.map(|node| format!("{} {}", node["html"], node["failureSummary"])).collect();
    format!("{}: {} {}", violation["id"], violation["help"], nodes.join(" | "))
}

async fn go_dark(desk: &Desk) {
    desk.click_css("[data-theme-switch]").await;
    desk.find("[data-theme=dark]").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_on_the_page_is_seriously_inaccessible() {
    let Some(axe) = axe() else { return };
    let options = Options { scene: Scene::Inbox, ..Options::default() };
    let Some(desk) = Desk::set_up(options, WIDE).await else { return };
    desk.be("anna").await;
    desk.click("Create Ticket").await;
    desk.sees("Your ticket is ready").await;
    check(&desk, &axe, "light").await;
    desk.click_css(".who > summary").await;
    check(&desk, &axe, "who I am").await;
    go_dark(&desk).await;
    check(&desk, &axe, "dark").await;
    desk.picture("30-dark").await;
    desk.click("Operator").await;
    desk.run("document.querySelectorAll('#operator details').forEach((one) => { one.open = true; })").await;
    check(&desk, &axe, "operator, dark").await;
    desk.picture("31-dark-operator").await;
    desk.be_here("olga").await;
    desk.type_into("form.write textarea", &format!("/inbox new-tickets starter{ENTER}")).await;
    desk.type_into("form.command input[type=text]", &format!("1{ENTER}")).await;
    desk.find("dialog[open]").await;
    check(&desk, &axe, "form, dark").await;
    desk.picture("32-dark-form").await;
    desk.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_on_a_phone_is_seriously_inaccessible() {
    let Some(axe) = axe() else { return };
    let options = Options { scene: Scene::Inbox, ..Options::default() };
    let Some(desk) = Desk::set_up(options, PHONE).await else { return };
    desk.be("mona").await;
    check(&desk, &axe, "phone").await;
    desk.click_css("[data-toggle=places]").await;
    check(&desk, &axe, "phone, channels").await;
    desk.leave().await;
}
