//! `/inbox new-tickets starter` and `/inbox new-tickets name`: the texts of new tickets.

use discord_sim::{Message, Modal, Reply, Sim, Thread};

use crate::admin::{assert_told, preview};
use crate::support::{TestBot, Town};

const COUNT_STARTERS: &str = "SELECT count(settings ->> '$.beginning.starter') FROM inbox";
const COUNT_NAMES: &str = "SELECT count(settings ->> '$.beginning.ticket_name') FROM inbox";

fn starter(thread: &Thread) -> Message {
    thread.messages().into_iter().find(|message| message.kind() == 0).expect("no starter message")
}

#[track_caller]
fn form(reply: &Reply) -> Modal {
    reply.modal().unwrap_or_else(|| panic!("no form: {}", reply.text()))
}

/// The content of a form's only field.
#[track_caller]
fn current(reply: &Reply) -> String {
    form(reply).fields[0].value.clone()
}

/// What a new ticket would begin with or be called; below it stands the page.
fn preview_of(saved: &Reply) -> String {
    saved.embeds()[0]["description"].as_str().unwrap_or_default().to_owned()
}

/// Writes `text` into the only field and sends the form.
async fn fill_in(town: &Town, reply: &Reply, text: &str) -> Reply {
    town.admin.submit(reply, &[(&form(reply).fields[0].custom_id, text)]).await
}

#[tokio::test]
async fn the_starter_is_saved_shown_as_it_will_look_and_used_in_the_next_ticket() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let (mona, anna) = (town.moderator("mona"), town.member("anna"));
    let opened = town.manage_selected("new-tickets starter", &inbox).await;

    let saved = fill_in(&town, &opened, "Welcome $author, ${staff} reads this for $5.").await;
    let thread = town.open_ticket(&anna, &inbox).await;
    let shown = town.manage("new-tickets starter", &inbox).await;

    let text = |member: &str| format!("Welcome {member}, {} reads this for $5.", town.moderators.mention());
    assert_told(&saved, "Saved");
    assert_eq!(preview_of(&saved), text(&town.admin.mention()));
    assert_eq!(starter(&thread).text(), text(&anna.mention()));
    assert!(mona.was_pinged_in(&thread));
    assert_eq!(current(&shown), "Welcome $author, ${staff} reads this for $5.");
}

#[tokio::test]
async fn the_starters_form_begins_with_the_default_in_the_servers_language() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build_in(&sim, "de");
    let inbox = town.create_inbox().await;

    let opened = town.manage("new-tickets starter", &inbox).await;
    let saved = fill_in(&town, &opened, &current(&opened)).await;

    assert!(current(&opened).contains("danke für dein Ticket"), "{}", current(&opened));
    assert_told(&saved, "default");
    // Stored as the default, so that it follows the server's language.
    assert_eq!(bot.stored(COUNT_STARTERS).await, 0);
}

#[tokio::test]
async fn an_emptied_starter_is_the_default_again() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    bot.store("UPDATE inbox SET settings = json_set(settings, '$.beginning.starter', $1)", "Hello").await;
    let opened = town.manage("new-tickets starter", &inbox).await;

    let reset = fill_in(&town, &opened, "").await;
    let thread = town.open_ticket(&anna, &inbox).await;

    assert_told(&reset, "The default is back");
    assert!(preview_of(&reset).contains("thank you for your ticket"), "{}", preview_of(&reset));
    assert!(starter(&thread).text().contains("thank you for your ticket"), "{}", starter(&thread).text());
    assert_eq!(bot.stored(COUNT_STARTERS).await, 0);
}

#[tokio::test]
async fn a_starter_of_blanks_is_the_default() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let opened = town.manage("new-tickets starter", &inbox).await;

    let reset = fill_in(&town, &opened, " \n\u{200b} ").await;

    assert_told(&reset, "The default is back");
    assert_eq!(bot.stored(COUNT_STARTERS).await, 0);
}

#[tokio::test]
async fn a_starter_that_mentions_make_too_long_is_refused_and_the_old_one_stays() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    bot.store("UPDATE inbox SET settings = json_set(settings, '$.beginning.starter', $1)", "Hello").await;
    let opened = town.manage("new-tickets starter", &inbox).await;

    let refused = fill_in(&town, &opened, &format!("$author {}", "x".repeat(1_992))).await;

    assert_told(&refused, "Not saved");
    assert_told(&refused, "2,000");
    assert_eq!(bot.stored("SELECT count(*) FROM inbox WHERE settings ->> '$.beginning.starter' = 'Hello'").await, 1);
}

#[tokio::test]
async fn a_starter_that_just_fits_is_taken() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let opened = town.manage("new-tickets starter", &inbox).await;
    let text = "é".repeat(2_000);

    let saved = fill_in(&town, &opened, &text).await;

    assert_told(&saved, "Saved");
    assert_eq!(preview_of(&saved), text);
}

#[tokio::test]
async fn a_starter_that_names_everyone_pings_nobody_but_owner_and_staff() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let everything = discord_sim::permissions::BOT_DEFAULT | discord_sim::permissions::MENTION_EVERYONE;
    town.guild.bot_role_permissions(everything);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    let opened = town.manage("new-tickets starter", &inbox).await;

    let saved = fill_in(&town, &opened, "@everyone @here $author").await;
    let thread = town.open_ticket(&anna, &inbox).await;

    assert!(saved.message().pinged().is_empty());
    assert_eq!(starter(&thread).pinged(), [anna.id()].into());
    assert!(!starter(&thread).mentions_everyone());
}

#[tokio::test]
async fn the_name_is_saved_shown_as_it_will_look_and_used_in_the_next_ticket() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    town.admin.set_nick(Some("O*l*ga"));
    let opened = town.manage_selected("new-tickets name", &inbox).await;

    let saved = fill_in(&town, &opened, "#$counter $author").await;
    let thread = town.open_ticket(&town.member("anna"), &inbox).await;
    let second = town.open_ticket(&town.member("bert"), &inbox).await;
    let shown = town.manage("new-tickets name", &inbox).await;

    assert_told(&saved, "Saved");
    assert_eq!(preview_of(&saved).replace('\\', ""), "#0001 O*l*ga");
    assert_eq!((thread.name().as_str(), second.name().as_str()), ("#0001 anna", "#0002 bert"));
    assert_eq!(current(&shown), "#$counter $author");
}

#[tokio::test]
async fn the_names_form_begins_with_the_default_and_sent_back_keeps_it() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;

    let opened = town.manage("new-tickets name", &inbox).await;
    let saved = fill_in(&town, &opened, &current(&opened)).await;

    assert_eq!(current(&opened), "$year-$month-$day $author");
    assert_told(&saved, "default");
    assert_eq!(bot.stored(COUNT_NAMES).await, 0);
}

#[tokio::test]
async fn an_emptied_name_is_the_default_again() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    bot.store("UPDATE inbox SET settings = json_set(settings, '$.beginning.ticket_name', $1)", "Ticket").await;
    let opened = town.manage("new-tickets name", &inbox).await;

    let reset = fill_in(&town, &opened, "").await;
    let thread = town.open_ticket(&town.member("anna"), &inbox).await;

    assert_told(&reset, "The default is back");
    assert!(preview_of(&reset).ends_with(" olga"), "{}", preview_of(&reset));
    assert!(thread.name().ends_with(" anna") && thread.name().starts_with("20"), "{}", thread.name());
    assert_eq!(bot.stored(COUNT_NAMES).await, 0);
}

#[tokio::test]
async fn forms_explain_their_placeholders_within_discords_limits() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let expected = [
        ("new-tickets starter", &["$author", "$staff"][..]),
        ("new-tickets name", &["$year", "$month", "$day", "$author", "$counter"][..]),
    ];
    for locale in ["en-US", "en-GB", "de", "fr", "ja"] {
        town.admin.set_locale(locale);
        for (command, placeholders) in expected {
            let form = form(&town.manage(command, &inbox).await);

            let field = &form.fields[0];
            let explained = format!("{} {}", field.label, field.placeholder);
            for placeholder in placeholders {
                assert!(explained.contains(placeholder), "{locale} {command}: no {placeholder} in {explained}");
            }
            assert!((1..=45).contains(&form.title.chars().count()), "{locale}: {}", form.title);
            assert!((1..=45).contains(&field.label.chars().count()), "{locale}: {}", field.label);
            assert!((1..=100).contains(&field.placeholder.chars().count()), "{locale}: {}", field.placeholder);
            assert!(!field.required && form.custom_id.len() <= 100);
        }
    }
}

#[tokio::test]
async fn a_form_works_after_a_restart() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let starter = town.manage("new-tickets starter", &inbox).await;
    bot.restart().await;
    let starter_saved = fill_in(&town, &starter, "Hello $author").await;
    let name = town.manage("new-tickets name", &inbox).await;
    bot.restart().await;
    let name_saved = fill_in(&town, &name, "$counter").await;

    assert_told(&starter_saved, "Saved");
    assert_told(&name_saved, "Saved");
    assert_eq!((bot.stored(COUNT_STARTERS).await, bot.stored(COUNT_NAMES).await), (1, 1));
}

#[tokio::test]
async fn a_form_that_was_opened_before_another_admins_change_overwrites_nothing_and_shows_both_texts() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let owner = town.guild.owner();
    let cases = [("starter", "of the owner $author", COUNT_STARTERS), ("name", "of-the-owner", COUNT_NAMES)];
    for (command, theirs, count) in cases {
        let command = format!("new-tickets {command}");
        let older = town.manage(&command, &inbox).await;
        let newer = owner.slash(&format!("inbox {command}")).string("inbox", "1").send().await;
        owner.submit(&newer, &[(&form(&newer).fields[0].custom_id, theirs)]).await;

        let stale = fill_in(&town, &older, "mine $author").await;
        let again = town.manage(&command, &inbox).await;
        let saved = fill_in(&town, &again, "mine $author").await;

        assert_told(&stale, "Not saved");
        assert!(
            preview(&stale).starts_with(theirs) && preview(&stale).ends_with("mine $author"),
            "{}",
            preview(&stale)
        );
        assert_eq!(current(&again), theirs);
        assert_told(&saved, "Saved");
        assert_eq!(bot.stored(count).await, 1);
    }
}

#[tokio::test]
async fn of_two_admins_who_send_a_form_at_the_same_moment_one_is_told() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let owner = town.guild.owner();
    let mine = town.manage("new-tickets name", &inbox).await;
    let theirs = owner.slash("inbox new-tickets name").string("inbox", "1").send().await;
    let field = form(&theirs).fields[0].custom_id.clone();

    let one = town.admin.begin_submit(&mine, &[(&field, "mine")]);
    let other = owner.begin_submit(&theirs, &[(&field, "theirs")]);
    let (one, other) = (one.finished().await, other.finished().await);

    let texts = [one.text(), other.text()];
    assert_eq!(texts.iter().filter(|text| text.starts_with("Saved")).count(), 1, "{texts:?}");
    assert_eq!(texts.iter().filter(|text| text.starts_with("Not saved")).count(), 1, "{texts:?}");
}

#[tokio::test]
async fn a_form_for_an_inbox_that_was_deleted_meanwhile_says_so() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let starter = town.manage("new-tickets starter", &inbox).await;
    let name = town.manage("new-tickets name", &inbox).await;
    town.delete_inbox(&inbox).await;

    let starter_told = fill_in(&town, &starter, "Hello").await;
    let name_told = fill_in(&town, &name, "Ticket").await;

    assert_told(&starter_told, "no longer exists");
    assert_told(&name_told, "no longer exists");
}

#[tokio::test]
async fn a_wrong_message_is_refused_and_the_form_comes_with_the_right_one() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let wrong = town.admin.post(&town.help, "Hello!");
    for command in ["new-tickets starter", "new-tickets name"] {
        let refused = town.manage_selected(command, &wrong).await;
        let opened = town.select(&inbox).await;

        assert_told(&refused, "not one of my inboxes");
        assert!(opened.modal().is_some(), "{command}: {}", opened.text());
    }
}

#[tokio::test]
async fn texts_of_an_inbox_without_its_message_can_be_changed_by_its_number() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    town.guild.owner().delete_message(&inbox);
    bot.wait_for("SELECT count(message_id) FROM panel", 0).await;
    let opened = town.manage_named("new-tickets name", "1").await;

    let saved = fill_in(&town, &opened, "$counter").await;

    assert_told(&saved, "Saved");
}
