//! The server without a browser: who may ask, what is never shown, what is kept.

#![expect(clippy::unwrap_used, reason = "a test that cannot ask the server has failed")]

#[path = "support/mod.rs"]
mod support;

use std::time::Duration;

use discord_sim::{Button, Target, permissions};
use reqwest::header::HeaderMap;
use reqwest::multipart::{Form, Part};
use reqwest::{Client, StatusCode};
use ticketbot_playground::{Options, Scene};

use crate::support::{Running, program};

struct Page {
    running: Running,
    client: Client,
    /// Without a slash at its end.
    origin: String,
}

impl Page {
    async fn open(options: Options) -> Self {
        let running = Running::start(options).await;
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
        let origin = running.server.address().trim_end_matches('/').to_owned();
        Self { running, client, origin }
    }

    fn channel(&self, name: &str) -> u64 {
        let channels = self.running.playground.guild.channels();
        channels.into_iter().find(|channel| channel.name() == name).unwrap().id()
    }

    /// The fields of a click on the only panel.
    fn click(&self) -> Form {
        self.click_where(|_| true)
    }

    fn click_on(&self, label: &str) -> Form {
        self.click_where(|button| button.label == label)
    }

    fn click_where(&self, is_wanted: impl Fn(&Button) -> bool) -> Form {
        let help = self.running.playground.guild.channel(self.channel("help")).unwrap();
        let panels: Vec<_> =
            help.messages().into_iter().filter(|one| !one.is_private() && !one.buttons().is_empty()).collect();
        let [panel] = &panels[..] else { panic!("not one panel: {panels:?}") };
        let button = panel.buttons().into_iter().find(is_wanted).unwrap().custom_id.unwrap();
        form(&[("message", &panel.id().to_string()), ("button", &button)])
    }

    async fn get(&self, path: &str) -> (StatusCode, HeaderMap, String) {
        let response = self.client.get(format!("{}{path}", self.origin)).send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        (status, headers, response.text().await.unwrap())
    }

    /// As the page's script does it.
    async fn act(&self, path: &str, form: Form) -> (StatusCode, String) {
        let request = self.client.post(format!("{}{path}", self.origin)).multipart(form);
        let response = request.header("origin", &self.origin).header("x-playground", "1").send().await.unwrap();
        (response.status(), response.text().await.unwrap())
    }

    async fn see(&self, path: &str, text: &str) {
        let looking = async {
            while !self.get(path).await.2.contains(text) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(Duration::from_mins(1), looking).await.unwrap_or_else(|_| panic!("{text:?} never came"));
    }
}

fn form(fields: &[(&str, &str)]) -> Form {
    fields.iter().fold(Form::new(), |form, (name, value)| form.text((*name).to_owned(), (*value).to_owned()))
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_page_may_ask_and_no_page_shows_a_token() {
    let page = Page::open(Options { scene: Scene::Inbox, ..Options::default() }).await;
    let help = page.channel("help");
    let path = format!("/as/olga/{help}");
    let (status, headers, text) = page.get(&path).await;
    assert_eq!(status, StatusCode::OK);
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'; script-src 'self'") && !policy.contains("unsafe"), "{policy}");
    assert!(!text.contains("style=\"") && !text.contains("onclick"), "the policy forbids it");
    assert!(text.contains("A simulation, not Discord"));
    let token = page.running.playground.sim.token();
    let secret = token.rsplit('.').next().unwrap();
    assert!(!text.contains(token) && !text.contains(secret), "the page shows the token");
    assert!(!text.contains("aW50ZXJhY3Rpb246"), "the page shows an interaction's token");

    let elsewhere =
        page.client.get(format!("{}{path}", page.origin)).header("host", "evil.example").send().await.unwrap();
    assert_eq!(elsewhere.status(), StatusCode::FORBIDDEN);
    for origin in [None, Some("http://evil.example"), Some("null")] {
        let mut request =
            page.client.post(format!("{}{path}/do/write", page.origin)).multipart(form(&[("text", "Hi")]));
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        assert_eq!(request.send().await.unwrap().status(), StatusCode::FORBIDDEN, "{origin:?}");
    }
    let address = page.running.server.address();
    assert!(address.starts_with("http://127.0.0.1:"), "{address}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_may_not_see_or_do_is_not_there() {
    let page = Page::open(Options::default()).await;
    let (help, moderators) = (page.channel("help"), page.channel("moderators"));
    let (_, _, text) = page.get(&format!("/as/anna/{moderators}")).await;
    assert!(text.contains("Nothing to see here") && !text.contains("I am here until six"), "anna sees #moderators");
    let (_, _, text) = page.get(&format!("/as/mona/{moderators}")).await;
    assert!(text.contains("I am here until six"));
    // Olga may use /inbox, anna may not.
    assert!(page.get(&format!("/as/olga/{help}")).await.2.contains("data-path=\"inbox create\""));
    assert!(!page.get(&format!("/as/anna/{help}")).await.2.contains("data-path=\"inbox create\""));
    // Neither does a request that the page would not send do it.
    let (status, text) = page.act(&format!("/as/anna/{help}/do/write"), form(&[("text", "Hello")])).await;
    assert_eq!(status, StatusCode::CONFLICT, "{text}");
    let (status, _) = page.act(&format!("/as/anna/{moderators}/do/write"), form(&[("text", "Hello")])).await;
    assert_eq!(status, StatusCode::CONFLICT);
    let command = form(&[("path", "inbox create"), ("option.channel", &help.to_string())]);
    assert_eq!(page.act(&format!("/as/anna/{help}/do/command"), command).await.0, StatusCode::CONFLICT);
    let (_, _, text) = page.get(&format!("/as/tom/{help}")).await;
    assert!(text.contains("You are timed out"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn markdown_is_shown_and_nothing_in_it_becomes_html() {
    let page = Page::open(Options::default()).await;
    let general = page.channel("general");
    let path = format!("/as/anna/{general}");
    let text = "**bold** __under__ ||secret|| `code` <b>no</b> <script>alert(1)</script> <@1> <t:0:R> [x](javascript:alert(1))";
    assert_eq!(page.act(&format!("{path}/do/write"), form(&[("text", text)])).await.0, StatusCode::OK);
    let (_, _, shown) = page.get(&path).await;
    for expected in [
        "<strong>bold</strong>",
        "<u>under</u>",
        "<summary>Spoiler</summary>",
        "<code>code</code>",
        "&lt;script&gt;",
        "years ago",
    ] {
        assert!(shown.contains(expected), "{expected} is missing");
    }
    assert!(!shown.contains("<script>alert") && !shown.contains("<b>no") && !shown.contains("href=\"javascript"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_discord_and_commonmark_read_differently_is_shown_as_in_discord() {
    let page = Page::open(Options::default()).await;
    let path = format!("/as/anna/{}", page.channel("general"));
    let address = "https://example.org/?a=b&amp;c=d&amp;lt;";
    let inner = format!("{address}e");
    let link = |address: &str, text: &str| {
        format!("<a href=\"{address}\" title=\"{address}\" target=\"_blank\" rel=\"noopener noreferrer\">{text}</a>")
    };
    let table = [
        ("> quoted\nplain", "<blockquote><p>quoted</p></blockquote><p>plain</p>".to_owned()),
        (">>> quoted\nrest", "<blockquote><p>quoted<br>rest</p></blockquote>".to_owned()),
        ("> > flat", "<blockquote><p>&gt; flat</p></blockquote>".to_owned()),
        ("- one\nplain", "<ul><li><p>one</p></li></ul><p>plain</p>".to_owned()),
        ("- one\n  - two", "<ul><li><p>one</p><ul><li><p>two</p></li></ul></li></ul>".to_owned()),
        ("one\n===\ntwo\n---", "<p>one<br>===<br>two<br>---</p>".to_owned()),
        ("one\n\n    two", "<p>one</p><p>\u{a0}\u{a0}\u{a0}\u{a0}two</p>".to_owned()),
        ("[one]: <two>\n[one]", "<p>[one]: &lt;two&gt;<br>[one]</p>".to_owned()),
        ("<div>a & *b*</div> &lt;", "<p>&lt;div&gt;a &amp; <em>b</em>&lt;/div&gt; &amp;lt;</p>".to_owned()),
        ("`a & &lt;` ~one~", "<p><code>a &amp; &amp;lt;</code> ~one~</p>".to_owned()),
        ("www.example.org a@example.org", "<p>www.example.org a@example.org</p>".to_owned()),
        ("https://example.org/?a=b&c=d&lt;e", format!("<p>{}</p>", link(&inner, &inner))),
        ("<https://example.org/?a=b&c=d&lt;>", format!("<p>{}</p>", link(address, address))),
        ("![one](https://example.org/?a=b&c=d&lt;)", format!("<p>!{}</p>", link(address, "one"))),
        ("a ```b``` c", "<p>a</p><pre tabindex=\"0\"><code>b</code></pre><p>\u{a0}c</p>".to_owned()),
        (
            "# Big\n#small\n#### four",
            "<p class=\"h1\" role=\"heading\" aria-level=\"4\">Big</p><p>#small<br>#### four</p>".to_owned(),
        ),
    ];
    for (text, _) in &table {
        assert_eq!(page.act(&format!("{path}/do/write"), form(&[("text", text)])).await.0, StatusCode::OK);
    }
    let (_, _, shown) = page.get(&path).await;
    let texts = shown.split("<div class=\"text\">").skip(1).filter_map(|text| text.split("</div></div>").next());
    let texts: Vec<&str> = texts.collect();
    for (text, expected) in table {
        assert!(texts.contains(&expected.as_str()), "{text:?} is not {expected}\n{texts:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_are_shown_and_other_files_are_only_downloaded() {
    let page = Page::open(Options::default()).await;
    let general = page.channel("general");
    let path = format!("/as/anna/{general}");
    let png = Part::bytes(&b"\x89PNG picture"[..]).file_name("a.png").mime_str("image/png").unwrap();
    let html = Part::bytes(&b"<script>alert(1)</script>"[..]).file_name("b.html").mime_str("text/html").unwrap();
    let sent = Form::new().text("text", "look").part("files", png).part("files", html);
    assert_eq!(page.act(&format!("{path}/do/write"), sent).await.0, StatusCode::OK);
    let (_, _, shown) = page.get(&path).await;
    let links: Vec<&str> = shown.split("\"/files/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let link = |name: &str| format!("/files/{}", links.iter().find(|link| link.ends_with(name)).unwrap());
    let (_, headers, _) = page.get(&link("a.png")).await;
    assert_eq!(
        (&headers["content-type"], &headers["content-disposition"]),
        (&"image/png".parse().unwrap(), &"inline".parse().unwrap())
    );
    let (_, headers, _) = page.get(&link("b.html")).await;
    assert_eq!(
        (&headers["content-type"], &headers["content-disposition"]),
        (&"application/octet-stream".parse().unwrap(), &"attachment".parse().unwrap())
    );
    assert_eq!(headers["x-content-type-options"], "nosniff");
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_reads_the_bot_in_their_own_language() {
    let page = Page::open(Options { scene: Scene::Inbox, ..Options::default() }).await;
    let help = page.channel("help");
    let path = format!("/as/claire/{help}");
    assert_eq!(page.act(&format!("{path}/do/click"), page.click()).await.0, StatusCode::OK);
    page.see(&path, "Only you can see this").await;
    let french = page.get(&path).await.2;
    assert_eq!(page.act(&format!("{path}/do/language"), form(&[("locale", "de")])).await.0, StatusCode::OK);
    assert_eq!(page.act(&format!("{path}/do/click"), page.click()).await.0, StatusCode::OK);
    page.see(&path, "Ticket").await;
    assert!(french.contains("Votre ticket") || french.contains("ticket est"), "the answer is not French");
}

#[tokio::test(flavor = "multi_thread")]
async fn three_kinds_of_tickets_are_on_one_panel_with_their_forms() {
    let page = Page::open(Options { scene: Scene::Kinds, ..Options::default() }).await;
    // The admin's answers, with which it was made, are gone.
    let olgas = page.get(&format!("/as/olga/{}", page.channel("help"))).await.2;
    assert!(olgas.contains("How can we help?") && !olgas.contains("Only you can see this"), "{olgas}");
    let path = format!("/as/anna/{}", page.channel("help"));
    for (label, asked) in [("Report a member", "Whom do you want to report?"), ("Work with us", "How old are you?")] {
        page.act(&format!("{path}/do/click"), page.click_on(label)).await;
        page.see(&path, asked).await;
    }
    page.act(&format!("{path}/do/click"), page.click_on("Ask a question")).await;
    page.see(&path, "When are you open?").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_goes_by_for_discord_and_for_the_bot() {
    let page = Page::open(Options { scene: Scene::Busy, ..Options::default() }).await;
    let help = page.channel("help");
    let desk = page.get(&format!("/as/mona/{}", page.channel("moderators"))).await.2;
    assert!(desk.contains("<a class=\"button link\" href=\"/as/mona/"), "a button to a ticket is no plain button");
    let active = || page.running.playground.guild.threads().into_iter().filter(|thread| !thread.is_archived()).count();
    let before = active();
    assert!(before > 20, "{before} tickets are open");
    let act = page.act(&format!("/as/olga/{help}/do/advance"), form(&[("seconds", "691200")])).await;
    assert_eq!(act.0, StatusCode::OK, "{}", act.1);
    assert_eq!(active(), 0, "Discord's timer did not archive them");
    page.see(&format!("/as/mona/{}", page.channel("moderators")), "Discuss").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operator_reads_the_check_as_the_owner_whoever_they_are() {
    let page = Page::open(Options { scene: Scene::Inbox, ..Options::default() }).await;
    let path = format!("/as/anna/{}", page.channel("general"));
    let help = page.running.playground.guild.channel(page.channel("help")).unwrap();
    help.set_overwrite(Target::everyone(), 0, permissions::VIEW_CHANNEL);
    assert_eq!(page.act(&format!("{path}/do/check"), form(&[("on", "yes")])).await.0, StatusCode::OK);
    page.see(&path, "<span class=\"mention\">").await;
    page.see(&path, "#help</a>").await;
    let shown = page.get(&path).await.2;
    assert!(!shown.contains("#unknown"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_a_dead_bot_does_not_answer_is_named() {
    let page = Page::open(Options::default()).await;
    let path = format!("/as/olga/{}", page.channel("help"));
    assert_eq!(page.act(&format!("{path}/do/bot-kill"), form(&[("on", "yes")])).await.0, StatusCode::OK);
    page.see(&path, "was killed").await;
    assert_eq!(page.act(&format!("{path}/do/command"), form(&[("path", "inbox check")])).await.0, StatusCode::OK);
    page.see(&path, "<span class=\"mention\">/inbox check</span> The application did not respond.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn channels_are_deleted_by_those_who_may_and_roles_by_the_operator() {
    let page = Page::open(Options { scene: Scene::Inbox, ..Options::default() }).await;
    let guild = &page.running.playground.guild;
    let help = page.channel("help");
    let sure = || form(&[("sure", "yes")]);
    let deletes = |who: &str| format!("/as/{who}/{help}/do/delete-channel");
    assert!(!page.get(&format!("/as/anna/{help}")).await.2.contains("Delete channel"));
    assert_eq!(page.act(&deletes("anna"), sure()).await.0, StatusCode::CONFLICT);
    assert!(page.get(&format!("/as/olga/{help}")).await.2.contains("Delete channel"));
    let (status, text) = page.act(&deletes("olga"), sure()).await;
    assert_eq!((status, text.as_str()), (StatusCode::OK, "{\"go\":\"/as/olga\"}"));
    assert!(page.get(&format!("/as/olga/{help}")).await.2.contains("Nothing to see here"));
    assert_eq!(page.act(&deletes("olga"), sure()).await.0, StatusCode::CONFLICT);

    let general = format!("/as/olga/{}", page.channel("general"));
    let role = guild.roles().into_iter().find(|role| role.name() == "Moderators").unwrap();
    for (id, status) in [
        (guild.id(), StatusCode::CONFLICT),
        (guild.bot_role().id(), StatusCode::CONFLICT),
        (role.id(), StatusCode::OK),
        (role.id(), StatusCode::CONFLICT),
    ] {
        let answer = page.act(&format!("{general}/do/delete-role"), form(&[("role", &id.to_string())])).await;
        assert_eq!(answer.0, status, "{}", answer.1);
    }
    assert!(page.running.playground.person("mona").unwrap().roles().is_empty());
    assert!(!page.get(&general).await.2.contains("@Moderators"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bots_clock_moves_with_discords() {
    let page = Page::open(Options { scene: Scene::Inbox, ..Options::default() }).await;
    let path = format!("/as/anna/{}", page.channel("help"));
    page.act(&format!("{path}/do/click"), page.click()).await;
    page.see(&path, "Your ticket is ready").await;
    let ticket = page.running.playground.guild.threads().pop().unwrap();
    let left = page.act(&format!("/as/anna/{}/do/leave", ticket.id()), form(&[("sure", "yes")])).await;
    assert_eq!(left.0, StatusCode::OK, "{}", left.1);
    page.see(&format!("/as/mona/{}", ticket.id()), "has been closed").await;
    page.act(&format!("{path}/do/click"), page.click()).await;
    page.see(&path, "You can open the next one").await;
    assert_eq!(page.act(&format!("{path}/do/advance"), form(&[("seconds", "120")])).await.0, StatusCode::OK);
    page.act(&format!("{path}/do/click"), page.click()).await;
    let opened = async {
        while page.running.playground.guild.threads().len() < 2 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), opened).await.expect("the bot still makes anna wait");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_world_goes_on_with_its_bot() {
    let folder = tempfile::tempdir().unwrap();
    let keep = Some(folder.path().join("kept"));
    let options = Options { scene: Scene::Inbox, keep: keep.clone(), ..Options::default() };
    {
        let page = Page::open(options.clone()).await;
        page.running.playground.end().await.unwrap();
    }
    let page = Page::open(options).await;
    let help = page.channel("help");
    // There is one panel: the scene is not played twice.
    assert_eq!(page.act(&format!("/as/anna/{help}/do/click"), page.click()).await.0, StatusCode::OK);
    page.see(&format!("/as/anna/{help}"), "Your ticket is ready").await;
    page.running.playground.end().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_folder_whose_bot_would_reach_discord_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("config.toml"), "discord.api_base = \"https://discord.com\"\n").unwrap();
    let options = Options { keep: Some(folder.path().to_owned()), bot: Some(program()), ..Options::default() };
    let refused = ticketbot_playground::Playground::start(&options).await.map(|_| ()).unwrap_err();
    assert!(format!("{refused:#}").contains("on its simulated Discord only"), "{refused:#}");
}

/// As `/inbox export` makes it, shortened.
const EXPORTED: &str = r##"
format = 1
[server]
id = "81384788765712384"
[[panel]]
number = 4
channel = "#welcome desk (81384788765712385)"
style = "buttons"
text = "Rehearsed"
[[inbox]]
number = 9
on_panel = 4
staff = ["@Front Office (81384788765712386)"]
opening.destination = "#tickets (81384788765712387)"
panel.label = "Ask us"
"##;

#[tokio::test(flavor = "multi_thread")]
async fn the_configuration_of_a_server_is_rehearsed_from_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.toml");
    std::fs::write(&file, EXPORTED).unwrap();

    let page = Page::open(Options { import: Some(file), ..Options::default() }).await;

    let desk = page.channel("welcome desk");
    page.see(&format!("/as/anna/{desk}"), "Ask us").await;
    page.see(&format!("/as/anna/{desk}"), "Rehearsed").await;
    let guild = &page.running.playground.guild;
    assert!(guild.roles().iter().any(|role| role.name() == "Front Office"));
}
