//! Which language each person reads.

use discord_sim::{Message, Reply, Sim, Values};

use crate::admin::preview;
use crate::support::{TestBot, Town};

/// Every text of an answer, checked for what no person should read.
#[track_caller]
fn read(reply: &Reply) -> String {
    let form = reply.modal().map(|form| {
        let fields: Vec<_> = form.fields.iter().map(|f| format!("{}\n{}", f.label, f.placeholder)).collect();
        format!("{}\n{}", form.title, fields.join("\n"))
    });
    let buttons: Vec<_> = reply.buttons().into_iter().map(|button| button.label).collect();
    let text = format!("{}\n{}\n{}\n{}", reply.text(), preview(reply), form.unwrap_or_default(), buttons.join("\n"));
    assert!(!text.trim().is_empty(), "an empty answer");
    for mark in ['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'] {
        assert!(!text.contains(mark), "a direction mark in {text:?}");
    }
    for trace in ["Unknown localization", "{ $", "{$", "}", "⚠️ "] {
        assert!(!text.contains(trace), "{trace:?} in {text:?}");
    }
    text
}

/// What an admin reads on a walk through the commands.
async fn walk(town: &Town, inbox: &Message) -> Vec<String> {
    let desk = town.guild.text_channel("desk").create();
    let mut texts = Vec::new();
    texts.push(read(&town.run_create(&desk, Some(&town.help)).await));
    texts.push(read(&town.admin.slash("inbox message").send().await));
    texts.push(read(&town.select(inbox).await));
    texts.push(read(&town.select(inbox).await));
    texts.push(read(&town.redirect(&inbox.url(), &desk).await));
    texts.push(read(&town.redirect("999", &desk).await));
    let card = town.manage("staff", inbox).await;
    texts.push(read(&card));
    texts.push(read(&town.admin.select(&card, "#0", Values::none()).await));
    for command in ["new-tickets starter", "new-tickets name"] {
        let form = town.manage(command, inbox).await;
        texts.push(read(&form));
        texts.push(read(&town.admin.submit(&form, &[]).await));
    }
    texts.push(read(&town.admin.slash("inbox list").send().await));
    let opened = town.admin.click(inbox, "create-ticket").await;
    let thread = town.newest_thread();
    assert!(opened.links_to(&thread), "no link in {:?}", opened.text());
    texts.push(read(&opened));
    texts.push(read(&town.admin.click(inbox, "create-ticket").await));
    texts.push(read(&town.manage("delete", inbox).await));
    texts
}

/// Texts without the parts that differ between worlds.
fn without_numbers(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| text.chars().filter(|c| !c.is_ascii_digit()).collect()).collect()
}

async fn walk_in(guild_locale: &str, locale: &str) -> Vec<String> {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    town.guild.set_locale(guild_locale);
    town.admin.set_locale(locale);
    without_numbers(&walk(&town, &inbox).await)
}

#[tokio::test]
async fn a_language_without_translation_reads_complete_english() {
    let english = walk_in("en-US", "en-US").await;

    for locale in ["ja", "pt-BR", "es-419", "zh-TW", "no"] {
        assert_eq!(walk_in("en-US", locale).await, english, "{locale}");
    }
}

#[tokio::test]
async fn a_translated_language_reads_no_english_sentence() {
    let english = walk_in("en-US", "en-US").await;

    for locale in ["de", "fr"] {
        for (own, english) in walk_in(locale, locale).await.iter().zip(&english) {
            assert_ne!(own, english, "{locale}");
        }
    }
}

#[tokio::test]
async fn what_everybody_reads_is_in_the_servers_language_and_private_answers_in_the_readers() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build_in(&sim, "de");
    let inbox = town.create_inbox().await;
    let anna = town.guild.member("anna").locale("fr").create();

    let reply = anna.click(&inbox, "Ticket erstellen").await;
    let thread = town.newest_thread();

    assert!(reply.text().contains("Ton ticket est prêt"), "{}", reply.text());
    let starter = thread.messages().into_iter().find(|message| message.kind() == 0).unwrap();
    assert!(starter.text().contains("danke für dein Ticket"), "{}", starter.text());
    let created = sim.audit_log(&town.guild).into_iter().filter_map(|entry| entry.reason).collect::<Vec<_>>();
    let expected = format!("Ein Ticket für das Mitglied {}", anna.id());
    assert!(created.contains(&expected), "{created:?}");
}
