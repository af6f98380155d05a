//! The pages on which admins write the questions of a form: one at a time, in place, with a preview.

use discord_sim::permissions::ATTACH_FILES;
use discord_sim::{Filled, Message, Reply, Sim, Target, Values};
use serde_json::{Value, json};

use crate::admin::{assert_told, preview};
use crate::filling::{fill, question, text, with};
use crate::support::{TestBot, Town};

struct Desk<'s> {
    bot: TestBot<'s>,
    town: Town,
    inbox: Message,
}

impl<'s> Desk<'s> {
    async fn begin(sim: &'s Sim) -> Self {
        let bot = TestBot::start(sim).await;
        let town = Town::build(sim);
        let inbox = town.create_inbox().await;
        Self { bot, town, inbox }
    }

    async fn page(&self) -> Reply {
        let overview = self.town.manage("settings", &self.inbox).await;
        self.town.admin.select(&overview, "#0", Values::strings(["form"])).await
    }

    async fn store(&self, questions: Value) {
        self.bot
            .store("UPDATE inbox SET settings = $1", json!({ "form": { "questions": questions } }).to_string().as_str())
            .await;
    }

    async fn stored(&self) -> Value {
        let stored = self.bot.stored_text("SELECT coalesce(settings -> '$.form.questions', '[]') FROM inbox").await;
        serde_json::from_str(&stored).expect("a list")
    }

    /// Adds a question of a kind, with the button of that name.
    async fn add(&self, page: &Reply, kind: &str, fields: &[(&str, &str)]) -> Reply {
        let kinds = self.town.admin.click(page, "Add").await;
        let form = self.town.admin.click(&kinds, kind).await;
        self.town.admin.submit(&form, fields).await
    }

    async fn open(&self, page: &Reply, index: &str) -> Reply {
        self.town.admin.select(page, "#0", Values::strings([index])).await
    }
}

/// The name of a kind, its value, and what is written in the form.
type KindCase<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

#[tokio::test]
async fn questions_of_every_kind_are_added_one_at_a_time_and_seen_in_the_preview() {
    let sim = Sim::start().await;
    let desk = Desk::begin(&sim).await;
    let admin = &desk.town.admin;
    let kinds: [KindCase<'_>; 9] = [
        ("Short text", "short", &[("label", "Your name"), ("help", "As in the shop")]),
        ("Long text", "long", &[("label", "What is it?"), ("key", "what")]),
        ("Whole number", "number", &[("label", "Your age")]),
        ("One of a list", "one", &[("label", "Kind"), ("options", "Shop | Orders\nOther")]),
        ("Several of a list", "several", &[("label", "Games"), ("options", "A\nB\nC")]),
        ("Yes or no", "yes_no", &[("label", "Paid?")]),
        ("Consent", "consent", &[("label", "Rules"), ("options", "I agree | really")]),
        ("Member", "member", &[("label", "About whom?")]),
        ("File", "file", &[("label", "Proof")]),
    ];
    for (button, kind, fields) in kinds {
        desk.store(json!([])).await;
        desk.bot.store("UPDATE inbox SET revisions = $1", "{}").await;
        let page = desk.page().await;
        assert!(preview(&page).contains("There are no questions"), "{}", preview(&page));

        let added = desk.add(&page, button, fields).await;

        assert_told(&added, "Saved.");
        assert!(preview(&added).contains(button), "{}", preview(&added));
        let stored = desk.stored().await;
        assert_eq!((stored[0]["kind"].as_str(), stored[0]["label"].as_str()), (Some(kind), Some(fields[0].1)));
        assert_eq!(added.message().id(), page.message().id(), "in place");
        let all = admin.click(&added, "All entries").await;
        let form = admin.click(&all, "Preview").await;
        let label = &form.modal().expect("the form").components[0];
        assert_eq!(label["label"], fields[0].1);
        if kind == "one" {
            assert_eq!(label["component"]["options"][0]["description"], "Orders");
        }
    }
    assert_eq!(desk.bot.stored("SELECT count(*) FROM ticket").await, 0);
}

#[tokio::test]
async fn the_preview_sends_nothing_and_shows_how_it_would_look() {
    let sim = Sim::start().await;
    let desk = Desk::begin(&sim).await;
    desk.store(json!([question("name", "short"), question("age", "number")])).await;
    let page = desk.page().await;
    let form = desk.town.admin.click(&page, "Preview").await;

    let taken = fill(&desk.town.admin, &form, &[("name", text("*Olga*")), ("age", text("7"))]).await;
    assert_told(&taken, "nothing was sent and nothing is kept");
    assert!(preview(&taken).contains("**About name**\n> \\*Olga\\*\n**About age**\n> 7"), "{}", preview(&taken));
    let form = desk.town.admin.click(&taken, "Preview").await;
    let refused = fill(&desk.town.admin, &form, &[("name", text("Olga")), ("age", text("seven"))]).await;

    assert_told(&refused, "One of your answers would not be taken");
    assert!(desk.town.guild.threads().is_empty());
}

#[tokio::test]
async fn a_question_is_changed_switched_moved_and_removed_after_asking() {
    let sim = Sim::start().await;
    let desk = Desk::begin(&sim).await;
    let admin = &desk.town.admin;
    desk.store(json!([question("one", "short"), question("two", "long")])).await;
    let page = desk.page().await;
    let second = desk.open(&page, "1").await;
    assert!(preview(&second).contains("Long text, required"), "{}", preview(&second));
    assert!(preview(&second).contains("1 to 1000 characters"), "{}", preview(&second));

    let form = admin.click(&second, "Change the text …").await;
    let renamed = admin.submit(&form, &[("label", "  Second  "), ("help", ""), ("key", "")]).await;
    assert_told(&renamed, "Saved.");
    let form = admin.click(&renamed, "Limits and choices …").await;
    let limited = admin.submit(&form, &[("least", "5"), ("most", "4000")]).await;
    let optional = admin.click(&limited, "Required").await;
    assert!(preview(&optional).contains("may be left out"));
    let moved = admin.click(&optional, "Move up").await;
    assert_told(&moved, "another place");
    let expected = json!([
        { "key": "second", "label": "Second", "kind": "long", "least": 5, "most": 4000, "required": false },
        { "key": "one", "label": "About one", "kind": "short", "most": 100 },
    ]);
    assert_eq!(desk.stored().await, expected);

    let asked = admin.click(&moved, "Remove").await;
    assert!(preview(&asked).contains("Do you want to remove **Second**?"));
    let kept = admin.click(&asked, "Keep it").await;
    assert_eq!(desk.stored().await, expected);
    let asked = admin.click(&kept, "Remove").await;
    assert_told(&admin.click(&asked, "Remove it").await, "Removed.");
    assert_eq!(desk.stored().await.as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn what_discord_would_refuse_is_not_saved_and_not_lost() {
    let sim = Sim::start().await;
    let desk = Desk::begin(&sim).await;
    let admin = &desk.town.admin;
    desk.store(json!([question("name", "short")])).await;
    let page = desk.page().await;
    let entry = desk.open(&page, "0").await;
    for (button, fields, told) in [
        ("Change the text …", vec![("key", "My key")], "a key has 1 to 32 small letters"),
        ("Change the text …", vec![("label", "\u{200b}")], "a question needs a text"),
        ("Limits and choices …", vec![("least", "9"), ("most", "8")], "the least number must not be above"),
        ("Limits and choices …", vec![("most", "many")], "no whole number"),
    ] {
        let form = admin.click(&entry, button).await;
        let refused = admin.submit(&form, &fields).await;
        assert_told(&refused, told);
        let last = fields.last().map(|(_, value)| *value).unwrap_or_default();
        assert!(preview(&refused).contains(last.trim_matches('\u{200b}')));
    }
    let options: Vec<String> = (0..26).map(|number| number.to_string()).collect();
    let page = desk.page().await;
    let refused = desk.add(&page, "One of a list", &[("label", "Kind"), ("options", &options.join("\n"))]).await;
    assert_told(&refused, "a list needs 1 to 25 entries");
    assert!(preview(&refused).contains("25"));
    assert_eq!(desk.stored().await, json!([question("name", "short")]), "nothing was changed");
}

#[tokio::test]
async fn a_page_or_form_from_before_another_change_is_refused_with_the_fresh_one() {
    let sim = Sim::start().await;
    let desk = Desk::begin(&sim).await;
    let admin = &desk.town.admin;
    desk.store(json!([question("one", "short"), question("two", "long")])).await;
    let old = desk.open(&desk.page().await, "0").await;
    let form = admin.click(&old, "Change the text …").await;
    let new = desk.open(&desk.page().await, "1").await;
    admin.click(&new, "Move up").await;

    let refused = admin.click(&old, "Required").await;
    assert_told(&refused, "Not saved: somebody changed these settings");
    assert!(preview(&refused).contains("1. **About two**"), "{}", preview(&refused));
    let late = admin.submit(&form, &[("label", "A long text of mine")]).await;

    assert_told(&late, "after the form was shown");
    assert!(preview(&late).contains("A long text of mine"));
    assert_eq!(desk.bot.stored("SELECT revisions ->> '$.form' FROM inbox").await, 1);
}

#[tokio::test]
async fn of_two_changes_at_the_same_moment_one_counts_and_a_restart_keeps_the_page() {
    let sim = Sim::start().await;
    let mut desk = Desk::begin(&sim).await;
    desk.store(json!([question("one", "short"), question("two", "long")])).await;
    let page = desk.open(&desk.page().await, "0").await;
    let (one, two) = {
        let admin = &desk.town.admin;
        let (one, two) = (admin.begin_click(&page, "Required"), admin.begin_click(&page, "Move down"));
        tokio::join!(one.finished(), two.finished())
    };
    assert!(!one.text().is_empty() && !two.text().is_empty());
    assert_eq!(desk.bot.stored("SELECT revisions ->> '$.form' FROM inbox").await, 1);
    let page = desk.page().await;

    desk.bot.restart().await;

    assert_told(&desk.add(&page, "Yes or no", &[("label", "Paid?")]).await, "Saved.");
    assert_eq!(desk.stored().await.as_array().map(Vec::len), Some(3));
}

#[tokio::test]
async fn a_question_for_a_password_and_missing_permissions_for_files_are_warned_of() {
    let sim = Sim::start().await;
    let desk = Desk::begin(&sim).await;
    let secret = desk.add(&desk.page().await, "Short text", &[("label", "Your password")]).await;
    assert!(preview(&secret).contains("seems to ask for a password or a token"), "{}", preview(&secret));
    let attach = discord_sim::permissions::ATTACH_FILES;
    desk.town.help.set_overwrite(discord_sim::Target::Bot, 0, attach);

    let file = desk.add(&desk.page().await, "File", &[("label", "Proof")]).await;

    assert_told(&file, "I lack **Attach Files**");
    assert_eq!(desk.stored().await.as_array().map(Vec::len), Some(2), "saved all the same");
}

#[tokio::test]
async fn forms_and_pages_are_as_discord_wants_them_in_every_language() {
    for locale in ["en-GB", "de", "fr"] {
        let sim = Sim::start().await;
        let desk = Desk::begin(&sim).await;
        let reader = desk
            .town
            .guild
            .member("reader")
            .role(&desk.town.guild.role("M").permissions(discord_sim::permissions::MANAGE_GUILD).create())
            .locale(locale)
            .create();
        let entries = json!([{ "label": "A" }, { "label": "B" }]);
        let one = with(question("kind", "one"), &json!({ "options": entries }));
        let several = with(question("several", "several"), &json!({ "options": entries }));
        let consent = with(question("ok", "consent"), &json!({ "text": "Yes" }));
        desk.store(json!([one, several, consent, question("member", "member"), question("file", "file")])).await;

        let overview = reader.slash("inbox settings").string("inbox", &desk.inbox.url()).send().await;
        let page = reader.select(&overview, "#0", Values::strings(["form"])).await;
        for index in ["0", "1", "2", "3", "4"] {
            let entry = reader.select(&page, "#0", Values::strings([index])).await;
            for button in entry.buttons().iter().filter(|button| button.label.contains('…')) {
                assert!(reader.click(&entry, &button.label).await.modal().is_some(), "{locale}: {}", button.label);
            }
            let back = entry.buttons().last().unwrap().label.clone();
            assert!(!reader.click(&entry, &back).await.components().is_empty());
        }
        let member = desk.town.guild.member("anna").locale(locale).create();
        let form = member.click(&desk.inbox, crate::town::CREATE_TICKET).await;
        let given = [
            ("kind", text("A")),
            ("several", Filled::Values(vec!["B".to_owned()])),
            ("ok", Filled::Values(vec!["Yes".to_owned()])),
            ("member", Filled::Values(vec![member.id().to_string()])),
            ("file", Filled::Files(vec![crate::filling::file("a.png", 5)])),
        ];
        let opened = fill(&member, &form, &given).await;
        assert!(opened.links_to(&desk.town.newest_thread()), "{locale}: {}", opened.text());
    }
}

#[tokio::test]
async fn the_check_names_attach_files_where_tickets_go_only_while_the_form_asks_for_files() {
    let sim = Sim::start().await;
    let desk = Desk::begin(&sim).await;
    desk.town.let_bot_moderate();
    let channel = desk.town.guild.text_channel("desk").create();
    desk.town.redirect("1", &channel).await;
    channel.set_overwrite(Target::bot(), 0, ATTACH_FILES);
    let check = async || preview(&desk.town.admin.slash("inbox check").send().await);

    desk.store(json!([question("name", "short")])).await;
    assert!(!check().await.contains("Attach Files"));
    desk.store(json!([question("name", "short"), question("proof", "file")])).await;
    let report = check().await;
    assert!(report.contains(&format!("❌ I lack **Attach Files** in {}", channel.mention())), "{report}");
    channel.clear_overwrite(Target::bot());
    assert!(!check().await.contains("Attach Files"));
}

#[tokio::test]
async fn a_limit_is_taken_away_by_emptying_its_field_whatever_the_kind() {
    let sim = Sim::start().await;
    let desk = Desk::begin(&sim).await;
    let admin = &desk.town.admin;
    let both: &[(&str, &str)] = &[("least", ""), ("most", "")];
    let entries = json!([{ "label": "A" }, { "label": "B" }, { "label": "C" }]);
    let cases = [
        ("number", json!({ "least": 1, "most": 5 }), both, json!({})),
        ("short", json!({ "least": 2, "most": 9 }), both, json!({ "most": 100 })),
        ("long", json!({ "least": 2, "most": 9 }), both, json!({ "most": 1000 })),
        ("several", json!({ "least": 2, "most": 3, "options": entries }), both, json!({ "options": entries })),
        ("member", json!({ "most": 3 }), &both[1..], json!({})),
        ("file", json!({ "most": 3 }), &both[1..], json!({})),
    ];
    for (kind, limits, emptied, left) in cases {
        desk.store(json!([with(question("q", kind), &limits)])).await;
        let entry = desk.open(&desk.page().await, "0").await;
        let form = admin.click(&entry, "Limits and choices …").await;

        let saved = admin.submit(&form, emptied).await;

        assert_told(&saved, "Saved.");
        assert_eq!(desk.stored().await, json!([with(question("q", kind), &left)]), "{kind}");
        // Too late, there is nothing to show again.
        let form = admin.click(&saved, "Limits and choices …").await;
        admin.click(&saved, "Required").await;
        let late = admin.submit(&form, emptied).await;
        assert_told(&late, "Not saved: somebody changed these settings");
    }
}

#[tokio::test]
async fn a_list_that_a_form_would_change_is_not_opened_in_one() {
    let sim = Sim::start().await;
    let desk = Desk::begin(&sim).await;
    let admin = &desk.town.admin;
    let long = |at: usize| json!({ "label": format!("{at:0100}"), "description": "d".repeat(100) });
    let twenty_five: Vec<Value> = (0..25).map(long).collect();
    for (kind, entries) in [
        ("one", json!(twenty_five)),
        ("several", json!(twenty_five)),
        ("one", json!([{ "label": "Shop | Orders" }, { "label": "Other" }])),
        ("several", json!([{ "label": "Two  spaces" }])),
    ] {
        let questions = json!([with(question("q", kind), &json!({ "options": entries }))]);
        desk.store(questions.clone()).await;
        let entry = desk.open(&desk.page().await, "0").await;

        let told = admin.click(&entry, "Limits and choices …").await;

        assert!(told.modal().is_none());
        assert_told(&told, "A form cannot show this list as it is");
        assert!(preview(&told).contains("About q"), "{}", preview(&told));
        // Its words have a form of their own.
        let form = admin.click(&told, "Change the text …").await;
        assert_told(&admin.submit(&form, &[]).await, "Saved.");
        assert_eq!(desk.stored().await, questions);
    }
}

#[tokio::test]
async fn a_question_that_may_be_left_out_has_no_minimum_in_the_form_and_is_checked_afterwards() {
    let sim = Sim::start().await;
    let desk = Desk::begin(&sim).await;
    let least = json!({ "least": 5, "required": false });
    desk.store(json!([with(question("name", "short"), &least), with(question("what", "long"), &least)])).await;
    let anna = desk.town.member("anna");
    let form = anna.click(&desk.inbox, crate::town::CREATE_TICKET).await;
    for label in form.modal().expect("a form").components {
        assert_eq!((&label["component"]["min_length"], &label["component"]["required"]), (&json!(0), &json!(false)));
    }

    let refused = fill(&anna, &form, &[("name", text("abc")), ("what", text(""))]).await;
    assert_told(&refused, "**About name** needs at least 5 characters");
    let opened = fill(&anna, &form, &[("name", text("")), ("what", text(""))]).await;

    assert!(opened.links_to(&desk.town.newest_thread()), "{}", opened.text());
}
