//! A browser in front of a playground.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use ticketbot_playground::Options;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::support::Running;

/// The limit of every wait; nothing depends on it unless something is broken.
const PATIENCE: Duration = Duration::from_secs(15);
const BETWEEN_LOOKS: Duration = Duration::from_millis(40);

pub const WIDE: (u32, u32) = (1360, 860);
pub const PHONE: (u32, u32) = (390, 844);

/// A playground, and a browser that looks at it.
pub struct Desk {
    pub running: Running,
    pub client: Client,
    _driver: Child,
    _profile: tempfile::TempDir,
}

impl Desk {
    /// `None` where there is no browser.
    pub async fn set_up(options: Options, (width, height): (u32, u32)) -> Option<Self> {
        let (Some(browser), Some(driver)) =
            (find(&["chromium", "chromium-browser", "google-chrome"]), find(&["chromedriver"]))
        else {
            let required = std::env::var_os("TICKETBOT_BROWSER").is_some_and(|value| value == "required");
            assert!(!required, "there is no chromium with chromedriver, and they are required");
            // Past the test harness, which shows nothing of tests that pass.
            let _ = std::io::stderr()
                .write_all(b"SKIPPED: no chromium with chromedriver: the page was not tested in a browser\n");
            return None;
        };
        let (child, port) = start_driver(&driver).await;
        let profile = tempfile::tempdir().unwrap();
        let arguments = [
            "--headless=new".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-background-networking".to_owned(),
            "--force-color-profile=srgb".to_owned(),
            "--hide-scrollbars".to_owned(),
            format!("--user-data-dir={}", profile.path().display()),
            format!("--window-size={width},{height}"),
        ];
        // A window narrower than 500 pixels is emulated.
        let mut chrome = json!({ "binary": browser, "args": arguments });
        if width < 500 {
            chrome["mobileEmulation"] =
                json!({ "deviceMetrics": { "width": width, "height": height, "pixelRatio": 1.0, "touch": true } });
        }
        let capabilities = json!({ "goog:chromeOptions": chrome });
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities.as_object().unwrap().clone());
        let client = builder.connect(&format!("http://127.0.0.1:{port}")).await.unwrap();
        let running = Running::start(options).await;
        Some(Self { running, client, _driver: child, _profile: profile })
    }

    /// Looks at the page as this person.
    pub async fn be(&self, who: &str) {
        self.open(&format!("as/{who}")).await;
    }

    pub async fn open(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.running.server.address())).await.unwrap();
        self.find("body[data-ready]").await;
        self.find("body[data-connected=yes]").await;
    }

    /// The same place as somebody else.
    pub async fn be_here(&self, who: &str) {
        let url = self.client.current_url().await.unwrap();
        let place = url.path().rsplit('/').next().unwrap();
        self.open(&format!("as/{who}/{place}")).await;
    }

    /// Waits for an element.
    pub async fn find(&self, css: &str) -> Element {
        self.wait_for(css, Locator::Css(css)).await
    }

    /// Waits for a visible button, link or summary with exactly this text.
    pub async fn named(&self, name: &str) -> Element {
        let path = format!(
            "//*[self::button or self::a or self::summary or self::label][normalize-space(.)={0} or \
             .//span[@class='label' and normalize-space(.)={0}]]",
            quoted(name)
        );
        self.wait_for_visible(name, Locator::XPath(&path)).await
    }

    pub async fn click(&self, name: &str) {
        self.clicks(|| self.named(name)).await;
    }

    pub async fn click_css(&self, css: &str) {
        self.clicks(|| self.find(css)).await;
    }

    /// The page may be drawn again between finding and clicking.
    async fn clicks<F: Future<Output = Element>>(&self, find: impl Fn() -> F) {
        let clicking = async {
            while let Err(error) = find().await.click().await {
                assert!(is_passing(&error), "{error}");
                tokio::time::sleep(BETWEEN_LOOKS).await;
            }
        };
        tokio::time::timeout(PATIENCE, clicking).await.expect("it can be clicked");
    }

    /// Opens a message's menu and picks an entry.
    pub async fn pick_on_message(&self, text: &str, entry: &str) {
        let path = format!("//article[contains(., {})]//details[contains(@class, 'tools')]/summary", quoted(text));
        let script = "arguments[0].click()";
        let summary = self.wait_for(text, Locator::XPath(&path)).await;
        self.client.execute(script, vec![serde_json::to_value(&summary).unwrap()]).await.unwrap();
        self.click(entry).await;
    }

    pub async fn type_into(&self, css: &str, text: &str) {
        self.find(css).await.send_keys(text).await.unwrap();
    }

    pub async fn press(&self, css: &str, key: Key) {
        self.find(css).await.send_keys(&String::from(char::from(key))).await.unwrap();
    }

    /// Writes a message and sends it with Enter.
    pub async fn write(&self, text: &str) {
        self.type_into("form.write textarea", text).await;
        self.press("form.write textarea", Key::Enter).await;
        self.sees(text.trim_start_matches(['#', ' '])).await;
    }

    /// Waits until the messages contain this text.
    pub async fn sees(&self, text: &str) {
        self.sees_in("#messages", text).await;
    }

    pub async fn sees_in(&self, css: &str, text: &str) {
        self.until(&format!("{text:?} in {css}"), async || self.text(css).await.contains(text)).await;
    }

    pub async fn text(&self, css: &str) -> String {
        let script = "return document.querySelector(arguments[0])?.innerText ?? ''";
        let value = self.client.execute(script, vec![json!(css)]).await.unwrap();
        value.as_str().unwrap().to_owned()
    }

    /// A whole number that a script returns.
    pub async fn number(&self, script: &str) -> i64 {
        self.client.execute(script, vec![]).await.unwrap().as_i64().unwrap_or(-1)
    }

    pub async fn until<F: Future<Output = bool>>(&self, what: &str, mut condition: impl FnMut() -> F) {
        let waiting = async {
            while !condition().await {
                tokio::time::sleep(BETWEEN_LOOKS).await;
            }
        };
        if tokio::time::timeout(PATIENCE, waiting).await.is_err() {
            self.picture("failed").await;
            panic!("{what}: never. The page shows:\n{}", self.text("body").await);
        }
    }

    /// Keeps a picture to be looked at.
    pub async fn picture(&self, name: &str) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("target/playground-pictures");
        std::fs::create_dir_all(&folder).unwrap();
        let picture = self.client.screenshot().await.unwrap();
        std::fs::write(folder.join(format!("{name}.png")), picture).unwrap();
    }

    /// Closes the browser; what is not closed is killed.
    pub async fn leave(self) {
        let _ = self.client.clone().close().await;
        self.running.playground.end().await.unwrap();
    }

    async fn wait_for(&self, what: &str, locator: Locator<'_>) -> Element {
        match self.client.wait().at_most(PATIENCE).every(BETWEEN_LOOKS).for_element(locator).await {
            Ok(element) => element,
            Err(error) => {
                self.picture("failed").await;
                panic!("there is no {what}: {error}\n{}", self.text("body").await)
            }
        }
    }

    async fn wait_for_visible(&self, what: &str, locator: Locator<'_>) -> Element {
        let looking = async {
            loop {
                for element in self.client.find_all(locator).await.unwrap() {
                    if element.is_displayed().await.unwrap_or(false) {
                        return element;
                    }
                }
                tokio::time::sleep(BETWEEN_LOOKS).await;
            }
        };
        match tokio::time::timeout(PATIENCE, looking).await {
            Ok(element) => element,
            Err(_) => {
                self.picture("failed").await;
                panic!("there is no {what:?} to be seen:\n{}", self.text("body").await)
            }
        }
    }
}

fn is_passing(error: &CmdError) -> bool {
    error.is_stale_element_reference()
        || error.to_string().contains("click intercepted")
        || error.is_element_not_interactable()
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

fn find(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let candidates = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    candidates.into_iter().find(|file| file.is_file())
}

/// Starts the driver on a free port, which it prints.
async fn start_driver(program: &Path) -> (Child, u16) {
    let mut command = Command::new(program);
    command.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    loop {
        let line = lines.next_line().await.unwrap().expect("chromedriver ended at once");
        let port = line.strip_prefix("ChromeDriver was started successfully on port ");
        if let Some(port) = port.and_then(|port| port.trim_end_matches('.').parse().ok()) {
            return (child, port);
        }
    }
}
