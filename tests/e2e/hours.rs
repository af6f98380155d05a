//! Opening hours and pauses: what members are told, and how admins set them.

use std::time::Duration;

use discord_sim::{Message, Reply, Sim, Values};

use crate::admin::{assert_told, preview};
use crate::support::{TestBot, Town};
use crate::town::CREATE_TICKET;

/// Monday, 2026-11-30, 08:00 in UTC.
const MONDAY_EIGHT: i64 = 1_796_025_600_000;
const HOUR: Duration = Duration::from_hours(1);

async fn page(town: &Town, inbox: &Message, group: &str) -> Reply {
    let overview = town.manage("settings", inbox).await;
    town.admin.select(&overview, "#0", Values::strings([group])).await
}

async fn write(town: &Town, page: &Reply, button: &str, text: &str) -> Reply {
    let form = town.admin.click(page, button).await;
    town.admin.submit(&form, &[("value", text)]).await
}

async fn on_monday() -> Sim {
    Sim::builder().starts_at(MONDAY_EIGHT).start().await
}

fn moment(milliseconds: i64) -> String {
    format!("<t:{}:f>", milliseconds / 1_000)
}

#[tokio::test]
async fn outside_the_hours_a_member_is_told_when_staff_are_back_or_is_refused() {
    let sim = on_monday().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let page = page(&town, &inbox, "hours").await;
    assert!(preview(&page).contains("Without hours the inbox is always open"), "{}", preview(&page));

    let saved = write(&town, &page, "Opening hours …", "mon-fri 9-17").await;
    assert_told(&saved, "Saved. **Opening hours**: Mon-Fri 09:00-17:00");
    let nine = MONDAY_EIGHT + 3_600_000;
    assert!(preview(&saved).contains(&format!("Closed now; opens {}", moment(nine))), "{}", preview(&saved));
    let early = town.member("anna").click(&inbox, CREATE_TICKET).await;
    assert!(early.text().contains("is ready") && early.text().contains(&moment(nine)), "{}", early.text());

    let saved = town.admin.select(&saved, "#0", Values::strings(["refuse"])).await;
    assert_told(&saved, "**Outside the hours**: refused");
    bot.restart().await;
    let bert = town.member("bert");
    let refused = bert.click(&inbox, CREATE_TICKET).await;
    assert_told(&refused, "the staff is not here now");
    assert!(refused.text().contains(&moment(nine)), "{}", refused.text());
    // Berlin is an hour ahead.
    let saved = write(&town, &saved, "Time zone …", "berlin").await;
    assert_told(&saved, "Saved. **Time zone**: Europe/Berlin");
    assert!(preview(&saved).contains("Open now"), "{}", preview(&saved));
    let thread = town.open_ticket(&bert, &inbox).await;
    bot.settled().await;
    bert.leave(&thread);
    bot.wait_for_closed(1).await;
    // A refusal spends no cooldown, and the other rules hold within the hours.
    sim.advance(HOUR * 9);
    assert_told(&bert.click(&inbox, CREATE_TICKET).await, "the staff is not here now");
}

#[tokio::test]
async fn hours_and_zones_that_cannot_be_read_are_told_with_close_names_and_in_the_readers_language() {
    let sim = on_monday().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let page = page(&town, &inbox, "hours").await;

    assert_told(&write(&town, &page, "Opening hours …", "mon-fri 9-25").await, "I cannot read “9\\-25”");
    assert_told(&write(&town, &page, "Opening hours …", ";").await, "there are no hours");
    assert_told(&write(&town, &page, "Time zone …", "Europe/Berln").await, "`Europe/Berlin`");
    assert_told(&write(&town, &page, "Time zone …", "America/Argentina").await, "`America/Argentina/Buenos_Aires`");
    assert_told(&write(&town, &page, "Time zone …", "Gotham City").await, "I do not know this time zone");
    assert_eq!(bot.stored_text("SELECT settings FROM inbox").await, "{}");
    town.admin.set_locale("de");
    let page = self::page(&town, &inbox, "hours").await;
    let saved = write(&town, &page, "Öffnungszeiten …", "Di-Do 9-17").await;
    assert_told(&saved, "**Öffnungszeiten**: Di-Do 09:00-17:00");
    let form = town.admin.click(&saved, "Öffnungszeiten …").await.modal().expect("a form");
    assert_eq!(form.fields[0].value, "Di-Do 09:00-17:00");
    assert_eq!(bot.stored_text("SELECT settings ->> '$.hours.week' FROM inbox").await, "Tue-Thu 09:00-17:00");
}

#[tokio::test]
async fn a_paused_inbox_opens_no_tickets_until_the_pause_ends_by_itself() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let (inbox, other) = (town.create_inbox().await, town.create_inbox().await);
    let page = page(&town, &inbox, "pause").await;
    let page = write(&town, &page, "Text …", "Back after the *holidays*.").await;
    let page = write(&town, &page, "End …", "2h").await;
    assert!(preview(&page).contains("The pause is off"), "{}", preview(&page));

    let on = town.admin.click(&page, "Paused").await;
    assert_told(&on, "Saved. **Paused**: on");
    bot.restart().await;
    let anna = town.member("anna");
    let refused = anna.click(&inbox, CREATE_TICKET).await;
    assert_told(&refused, "new tickets are paused here until <t:");
    assert!(refused.text().contains("Back after the *holidays*."), "{}", refused.text());
    let check = town.admin.slash("inbox check").send().await;
    assert!(preview(&check).contains("ℹ️ New tickets are paused until"), "{}", preview(&check));
    town.open_ticket(&town.member("bert"), &other).await;

    sim.advance(HOUR * 2);
    town.open_ticket(&anna, &inbox).await;
    let again = self::page(&town, &inbox, "pause").await;
    assert!(preview(&again).contains("**Paused:** off (default)"), "{}", preview(&again));
    let on = town.admin.click(&again, "Paused").await;
    assert!(preview(&on).contains("paused until you switch this off"), "{}", preview(&on));
    assert_told(&town.member("carl").click(&inbox, CREATE_TICKET).await, "new tickets are paused here at the moment");
}

#[tokio::test]
async fn a_paused_server_opens_no_tickets_in_any_inbox_and_another_server_does() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let (town, elsewhere) = (Town::build(&sim), Town::build(&sim));
    let (first, second) = (town.create_inbox().await, town.create_inbox().await);
    let third = elsewhere.create_inbox().await;
    let page = town.admin.slash("inbox settings").send().await;
    let page = town.admin.select(&page, "#0", Values::strings(["pause"])).await;

    let on = town.admin.click(&page, "Paused").await;
    assert_told(&on, "Saved. **Paused**: on");
    let anna = town.member("anna");
    let (one, two) = tokio::join!(anna.click(&first, CREATE_TICKET), anna.click(&second, CREATE_TICKET));
    for refused in [one, two] {
        assert_told(&refused, "new tickets are paused here at the moment");
    }
    elsewhere.open_ticket(&elsewhere.member("otto"), &third).await;
    let check = preview(&town.admin.slash("inbox check").send().await);
    assert_eq!(check.matches("ℹ️ New tickets are paused in the whole server, without an end.").count(), 1, "{check}");
    let check = preview(&elsewhere.admin.slash("inbox check").send().await);
    assert!(!check.contains("paused"), "{check}");

    assert_told(&town.admin.click(&on, "Paused").await, "Saved. **Paused**: off");
    town.open_ticket(&anna, &first).await;
    let check = preview(&town.admin.slash("inbox check").send().await);
    assert!(!check.contains("paused"), "{check}");
    assert_eq!(bot.stored("SELECT count(*) FROM ticket").await, 2);
}

/// Of a click and a pause at the same moment one comes first; afterwards nobody opens a ticket.
#[tokio::test]
async fn a_click_at_the_moment_of_a_pause_opens_a_ticket_or_is_refused() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let page = page(&town, &inbox, "pause").await;
    let anna = town.member("anna");

    let (_, clicked) = tokio::join!(town.admin.click(&page, "Paused"), anna.click(&inbox, CREATE_TICKET));

    let opened = clicked.text().contains("is ready");
    assert!(opened || clicked.text().contains("paused here"), "{}", clicked.text());
    assert_eq!(town.guild.threads().len(), usize::from(opened));
    assert_told(&town.member("bert").click(&inbox, CREATE_TICKET).await, "paused here");
}

#[tokio::test]
async fn hours_that_cannot_be_read_or_come_too_late_are_shown_again() {
    let sim = on_monday().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let page = page(&town, &inbox, "hours").await;
    for (sent, told) in [("mon-fri 9-17, sat 9-25", "I cannot read"), (";;; ;", "there are no hours")] {
        let refused = write(&town, &page, "Opening hours …", sent).await;
        assert_told(&refused, told);
        assert!(preview(&refused).contains(sent), "{}", preview(&refused));
    }
    let form = town.admin.click(&page, "Opening hours …").await;
    write(&town, &page, "Time zone …", "berlin").await;

    let late = town.admin.submit(&form, &[("value", "mon-fri 9-17")]).await;
    assert_told(&late, "below this sentence is what you wrote");
    assert!(preview(&late).starts_with("mon-fri 9-17\n"), "{}", preview(&late));

    // Nothing was written: nothing is shown.
    let form = town.admin.click(&late, "Opening hours …").await;
    write(&town, &late, "Time zone …", "UTC").await;
    let late = town.admin.submit(&form, &[("value", "")]).await;
    assert_told(&late, "after this page was shown");
    assert_eq!(bot.stored("SELECT count(settings ->> '$.hours.week') FROM inbox").await, 0);
}

#[tokio::test]
async fn hours_that_are_too_long_for_a_form_are_not_opened_in_one() {
    let sim = on_monday().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    // Each day has other hours, so that none are written together.
    let stretches: Vec<String> = (0..22).map(|hour| format!("{hour:02}:00-{hour:02}:30")).collect();
    let week = |hours: &dyn Fn(usize) -> std::ops::Range<usize>| {
        let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].into_iter().enumerate();
        days.map(|(at, day)| format!("{day} {}", stretches[hours(at)].join(", "))).collect::<Vec<_>>().join("; ")
    };
    let settings = serde_json::json!({ "hours": { "week": week(&|day| day..22) } }).to_string();
    bot.store("UPDATE inbox SET settings = $1", settings.as_str()).await;

    let told = town.admin.click(&page(&town, &inbox, "hours").await, "Opening hours …").await;

    assert!(told.modal().is_none());
    assert_told(&told, "**Opening hours** is too long for a form");
    // Twelve stretches on each day fit.
    bot.store("UPDATE inbox SET settings = $1", "{}").await;
    let saved = write(&town, &page(&town, &inbox, "hours").await, "Opening hours …", &week(&|day| day..day + 12)).await;
    assert_told(&saved, "Saved. **Opening hours**");
    assert!(town.admin.click(&saved, "Opening hours …").await.modal().is_some());
}

#[tokio::test]
async fn the_form_for_the_end_of_a_pause_shows_the_time_that_is_left() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let page = page(&town, &inbox, "pause").await;
    let page = write(&town, &page, "End …", "2h").await;
    let stored = "SELECT settings ->> '$.pause.until' FROM inbox";
    let until = bot.stored(stored).await;
    let left = async || town.admin.click(&page, "End …").await;

    let form = left().await;
    assert_eq!(form.modal().expect("a form").fields[0].value, "2h");
    assert_told(&town.admin.submit(&form, &[]).await, "Nothing changed");
    assert_eq!(bot.stored(stored).await, until);
    sim.advance(Duration::from_mins(30));
    let form = left().await;
    assert_eq!(form.modal().expect("a form").fields[0].value, "1h30m");
    assert_told(&town.admin.submit(&form, &[("value", "")]).await, "**End**");
    assert_eq!(bot.stored("SELECT count(settings ->> '$.pause.until') FROM inbox").await, 0);
}
