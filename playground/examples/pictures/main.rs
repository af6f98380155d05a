//! Makes the pictures of README.md and docs/ from the playground: `scripts/pictures`.
//!
//! The scene, the names and the simulated time are always the same, so that a picture differs only if the page or the bot
//! does.

#![expect(clippy::unwrap_used, reason = "without a picture there is nothing to go on with")]

#[path = "../../tests/browser/desk.rs"]
#[expect(dead_code, reason = "written for tests, which use all of it")]
mod desk;
mod figures;
#[path = "../../tests/support/mod.rs"]
mod support;
#[path = "../../tests/browser/webdriver.rs"]
mod webdriver;

use std::path::Path;

use discord_sim::Draft;
use ticketbot_playground::{Options, Scene};

use crate::desk::{Desk, WIDE};

/// A Friday afternoon: 2026-06-12T14:00:00Z.
const AFTERNOON: i64 = 1_781_272_800_000;

/// All pictures together, in bytes.
const LARGEST: u64 = 800_000;

#[tokio::main]
async fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("docs/pictures");
    std::fs::create_dir_all(&folder).unwrap();
    let options = |scene| Options { scene, starts_at: Some(AFTERNOON), ..Options::default() };
    let desk = Desk::set_up(options(Scene::Inbox), WIDE).await.expect("a browser");
    let studio = Studio { desk: &desk, folder: &folder };
    studio.ticket().await;
    studio.export().await;
    desk.leave().await;
    let desk = Desk::set_up(options(Scene::Kinds), WIDE).await.expect("a browser");
    let studio = Studio { desk: &desk, folder: &folder };
    studio.form().await;
    desk.leave().await;
    let desk = Desk::set_up(options(Scene::Busy), WIDE).await.expect("a browser");
    let studio = Studio { desk: &desk, folder: &folder };
    studio.afternoon().await;
    studio.figures().await;
    desk.leave().await;
    let files = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().metadata().unwrap().len());
    let total: u64 = files.sum();
    println!("{} kB in {}", total / 1_000, folder.display());
    assert!(total < LARGEST, "the pictures have become too large");
}

struct Studio<'a> {
    desk: &'a Desk,
    folder: &'a Path,
}

impl Studio<'_> {
    async fn take(&self, name: &str) {
        // Nothing that the mouse or the keyboard happens to be on.
        self.desk.run("document.activeElement?.blur()").await;
        let picture = self.desk.webp(72).await;
        std::fs::write(self.folder.join(format!("{name}.webp")), picture).unwrap();
    }

    async fn ticket(&self) {
        let desk = self.desk;
        desk.size(1080, 620, 2).await;
        desk.be("anna").await;
        desk.click("Create Ticket").await;
        desk.sees("Your ticket is ready").await;
        self.take("panel").await;
        desk.click_css("#messages .private a.mention").await;
        desk.is_live().await;
        desk.write("I lost my key to the boathouse. It has a blue ribbon.").await;
        desk.be_here("mona").await;
        desk.write("A *blue* ribbon? Found it! It is at the bar, see you on **Sunday**.").await;
        self.take("ticket").await;
        desk.size(390, 700, 2).await;
        desk.be_here("anna").await;
        self.take("phone").await;
        desk.size(1080, 620, 2).await;
        desk.be("olga").await;
        desk.type_into("form.write textarea", &format!("/inbox settings{}", webdriver::ENTER)).await;
        desk.type_into("form.command [name='option.inbox']", &format!("1{}", webdriver::ENTER)).await;
        desk.sees("Only you can see this").await;
        self.take("settings").await;
    }

    async fn form(&self) {
        let desk = self.desk;
        desk.size(1080, 620, 2).await;
        desk.be("anna").await;
        desk.click_path("//button[contains(., 'Report a member')]").await;
        desk.sees_in("dialog", "Whom do you want to report?").await;
        self.take("form").await;
    }

    /// The same ticket as a file.
    async fn export(&self) {
        let playground = &self.desk.running.playground;
        playground.sim.set_content_intent(true);
        let (anna, mona) = (playground.person("anna").unwrap(), playground.person("mona").unwrap());
        let ticket = playground.guild.threads().remove(0);
        let thanks = anna.post(&ticket, "Oh, thank you! Is the bar open on Sunday?");
        let hours = "From `10:00` until the last guest leaves. You need:\n1. your membership card\n2. a smile";
        mona.post_with(&ticket, Draft::text(hours).reply_to(&thanks));
        let reply = mona.slash("ticket export").at(&ticket).send().await;
        playground.sim.wait_until("the file", || !reply.message().attachments().is_empty()).await;
        let folder = tempfile::tempdir().unwrap();
        let page = folder.path().join("ticket.html");
        std::fs::write(&page, &reply.message().attachments()[0].bytes).unwrap();
        self.desk.size(1080, 900, 2).await;
        self.desk.browser.goto(&format!("file://{}", page.display())).await;
        self.take("export").await;
    }

    async fn afternoon(&self) {
        let desk = self.desk;
        desk.size(1080, 620, 2).await;
        desk.be("mona").await;
        desk.click_path("//nav//a[contains(., 'moderators')]").await;
        desk.sees("Discuss").await;
        self.take("cards").await;
        desk.size(1440, 760, 2).await;
        desk.be("mona").await;
        desk.click_css("[data-theme-switch]").await;
        desk.click("Operator").await;
        desk.click_css("#in-channel > summary").await;
        desk.click("Send Messages in Threads").await;
        desk.sees_in("#in-channel", "Send Messages in Threads (denied here)").await;
        desk.click("Ask the bot now").await;
        desk.sees_in("#checkup", "Send Messages in Threads").await;
        desk.click_css("#in-channel > summary").await;
        desk.run("document.getElementById('op-check').scrollIntoView()").await;
        self.take("check").await;
    }

    async fn figures(&self) {
        let desk = self.desk;
        let docs = self.folder.parent().unwrap();
        let document = std::fs::read_to_string(docs.join("performance.md")).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let page = folder.path().join("figures.html");
        std::fs::write(&page, figures::page(&document)).unwrap();
        desk.size(980, 350, 2).await;
        desk.browser.goto(&format!("file://{}", page.display())).await;
        self.take("figures").await;
    }
}
