//! Files that are applied to a database.

use proptest::prelude::*;
use serde_json::Value;
use tokio::runtime::Builder;

use super::random::any_config;
use super::*;
use crate::domain::settings::{Group, ServerGroup};
use crate::storage::{self, Database, inboxes, server_config as stored, server_settings, steps, template_files};

struct Store {
    db: Database,
    _home: tempfile::TempDir,
}

impl Store {
    async fn open() -> Self {
        let home = tempfile::tempdir().unwrap();
        let db = storage::open(&home.path().join("ticketbot.db"), &[]).await.unwrap();
        Self { db, _home: home }
    }

    async fn current(&self) -> ServerConfig {
        stored::find(&self.db, TOWN, NOW).await.unwrap().unwrap_or_default()
    }

    /// Applies a file; returns what is stored then.
    async fn apply(&self, text: &str) -> ServerConfig {
        let (current, directory) = (self.current().await, directory(1_000));
        let wanted = read(text.as_bytes(), bounds(&current, &directory)).unwrap();
        let mut tx = self.db.begin_write().await.unwrap();
        let target = Target { guild: TOWN, locale: "en-US", by: None, at: NOW };
        let applied = apply(&mut tx, target, &current, &wanted.config).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(applied.inboxes.len(), wanted.config.inboxes.len());
        self.current().await
    }

    /// The same with the messages that the stored steps post.
    async fn posted(&self, mut config: ServerConfig) -> ServerConfig {
        let mut tx = self.db.begin_write().await.unwrap();
        for panel in &mut config.panels {
            let steps = steps::list(&mut tx, panel.id.into()).await.unwrap();
            let [step] = &steps[..] else { panic!("not one step: {steps:?}") };
            let payload: Value = serde_json::from_str(&step.payload).unwrap();
            panel.message = Some(MessageId::new(9));
            panel.content = Some(serde_json::from_value(payload["content"].clone()).unwrap());
        }
        config
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn an_export_of_another_server_makes_the_same_file_here(config in any_config(2_000, false)) {
        let there = Export { guild: GuildId::new(2_000), locale: &Locale::default(), config: &config, directory: &directory(2_000) }.write();
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();

        let here = runtime.block_on(async {
            let store = Store::open().await;
            let stored = store.apply(&there).await;
            write(&store.posted(stored).await, &directory(1_000))
        });

        let mut expected = there.replace("id = \"2000\"", "id = \"1000\"");
        for number in (1..10).chain(11..20) {
            expected = expected.replace(&format!("({})", 2_000 + number), &format!("({})", 1_000 + number));
        }
        prop_assert_eq!(here, expected);
    }
}

#[tokio::test]
async fn what_is_applied_is_stored_as_it_was_written_and_counts_as_one_change_of_each_group() {
    let store = Store::open().await;
    let first = "format = 1\n[server]\nid = \"1000\"\nlog.channel = \"1002\"\n[[inbox]]\nopening.destination = \"1001\"\n\
                 [[inbox]]\nopening.destination = \"1002\"\nstaff = [\"role 1011\"]\n";
    let second = "format = 1\n[server]\nid = \"1000\"\nlog.reasons = true\n[[inbox]]\nnumber = 2\nopening.destination = \"1003\"\n\
                  opening.cooldown = 5\nwork.one_claimer = true\nstaff = [\"role 1012\"]\n";

    let before = store.apply(first).await;
    let after = store.apply(second).await;

    assert_eq!(before.inboxes.len(), 2);
    assert_eq!(before.server.log.channel, Some(ChannelId::new(1_002)));
    let [inbox] = &after.inboxes[..] else { panic!("{after:#?}") };
    assert_eq!((inbox.id, inbox.settings.destination), (Some(InboxId::new(2)), ChannelId::new(1_003)));
    assert!(inbox.settings.work.one_claimer && after.server.log.reasons);
    let found = inboxes::find(&store.db, InboxId::new(2)).await.unwrap().unwrap();
    let revisions = [Group::Opening, Group::Work, Group::Staff, Group::Closing].map(|group| found.revisions.of(group));
    assert_eq!(revisions, [1, 1, 1, 0]);
    let server = server_settings::find(&store.db, TOWN).await.unwrap().unwrap();
    assert_eq!(server.revisions.of(ServerGroup::CommonLog), 2);
    // Nothing changes by the same file.
    assert_eq!(store.apply(&write(&after, &directory(1_000))).await, after);
}

#[tokio::test]
async fn contents_of_files_stay_while_an_inbox_names_them() {
    let store = Store::open().await;
    let head = "format = 1\n[server]\nid = \"1000\"\n";
    let inbox = |number: &str| format!("[[inbox]]\n{number}opening.destination = \"1001\"\n");
    let file = format!("[[inbox.message.files]]\nname = \"a.png\"\nsize = 1\ndigest = \"{}\"\n", digest());
    store.apply(&format!("{head}{}", inbox(""))).await;
    let mut tx = store.db.begin_write().await.unwrap();
    for digest in [digest(), "0b".repeat(32)] {
        template_files::insert(&mut tx, TOWN, &digest, &[1]).await.unwrap();
    }
    tx.commit().await.unwrap();
    let used = async || template_files::list_used(&store.db, TOWN).await.unwrap();
    assert!(used().await.is_empty(), "no inbox names one");

    let with_file = format!("{head}{}{file}", inbox("number = 1\n"));
    store.apply(&with_file).await;
    assert_eq!(template_files::list(&store.db, TOWN).await.unwrap(), [digest()]);
    assert_eq!(used().await, *FILES);

    store.apply(head).await;
    assert!(template_files::list(&store.db, TOWN).await.unwrap().is_empty(), "its inbox is deleted");
}

#[tokio::test]
async fn a_block_that_has_ended_is_not_stored_again() {
    let store = Store::open().await;
    let block = |end: &str| format!("[[block]]\nmember = \"member 5\"\nends = {end}\n");
    let head = "format = 1\n[server]\nid = \"1000\"\n";

    // NOW is 2023-11-14T22:13:20Z.
    let ended = store.apply(&format!("{head}{}", block("2023-11-14T22:13:20Z"))).await;
    let goes_on = store.apply(&format!("{head}{}", block("2023-11-14T22:13:21Z"))).await;

    assert!(ended.blocks.is_empty());
    assert_eq!(goes_on.blocks.len(), 1);
}
