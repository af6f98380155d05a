//! The page in a real browser: headless Chromium, driven over WebDriver. Pictures of each step go to
//! `target/playground-pictures`, to be looked at. Without Chromium and its driver the tests say so and do nothing, unless
//! the environment variable `TICKETBOT_BROWSER` is `required`.

#![expect(clippy::unwrap_used, reason = "a test that cannot drive the browser has failed")]

mod accessible;
mod desk;
mod everything;
mod journeys;
mod narrow;
#[path = "../support/mod.rs"]
mod support;
mod webdriver;
