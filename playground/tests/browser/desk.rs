//! A browser in front of a playground.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};
use ticketbot_playground::Options;

use crate::support::Running;
use crate::webdriver::{Browser, Element, Refused};

/// The limit of every wait; nothing depends on it unless something is broken.
const PATIENCE: Duration = Duration::from_mins(1);
const BETWEEN_LOOKS: Duration = Duration::from_millis(40);

pub const WIDE: (u32, u32) = (1360, 860);
pub const PHONE: (u32, u32) = (390, 844);

/// A playground, and a browser that looks at it.
pub struct Desk {
    pub running: Running,
    pub browser: Browser,
    _profile: tempfile::TempDir,
}

impl Desk {
    /// `None` where there is no browser.
    pub async fn set_up(options: Options, (width, height): (u32, u32)) -> Option<Self> {
        let browsers = ["chromium", "chromium-browser", "google-chrome"];
        let (Some(program), Some(driver)) = (find(&browsers), find(&["chromedriver"])) else {
            let required = std::env::var_os("TICKETBOT_BROWSER").is_some_and(|value| value == "required");
            assert!(!required, "there is no chromium with chromedriver, and they are required");
            // Past the test harness, which shows nothing of tests that pass.
            let word = b"SKIPPED: no chromium with chromedriver: the page was not tested in a browser\n";
            let _ = std::io::stderr().write_all(word);
            return None;
        };
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
        let browser = Browser::start(&driver, json!({ "binary": program, "args": arguments })).await;
        let desk = Self { running: Running::start(options).await, browser, _profile: profile };
        desk.size(width, height, 1).await;
        Some(desk)
    }

    /// The size of the page in its own pixels, and how many of the screen's make one. A window cannot be as narrow as a
    /// phone, so the size is emulated.
    pub async fn size(&self, width: u32, height: u32, scale: u32) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": false });
        self.browser.chromium("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Looks at the page as this person.
    pub async fn be(&self, who: &str) {
        self.open(&format!("as/{who}")).await;
    }

    pub async fn open(&self, path: &str) {
        self.browser.goto(&format!("{}{path}", self.running.server.address())).await;
        self.is_live().await;
    }

    /// Waits until the page is connected.
    pub async fn is_live(&self) {
        self.find("body[data-ready][data-connected=yes]").await;
    }

    /// The same place as somebody else.
    pub async fn be_here(&self, who: &str) {
        let url = self.browser.url().await;
        let place = url.rsplit('/').next().unwrap();
        self.open(&format!("as/{who}/{place}")).await;
    }

    /// Waits for an element.
    pub async fn find(&self, css: &str) -> Element {
        self.find_by(css, "css selector", css, false).await
    }

    pub async fn click(&self, name: &str) {
        let named = format!(
            "//*[self::button or self::a or self::summary or self::label][normalize-space(.)=\"{name}\" or \
             .//span[@class='label' and normalize-space(.)=\"{name}\"]]"
        );
        self.clicks(async || self.find_by(name, "xpath", &named, true).await).await;
    }

    /// Waits for a visible button, link or entry with exactly this text.
    pub async fn offers(&self, name: &str) {
        let named = format!("//*[self::button or self::a or self::summary][normalize-space(.)=\"{name}\"]");
        self.find_by(name, "xpath", &named, true).await;
    }

    pub async fn click_css(&self, css: &str) {
        self.clicks(async || self.find(css).await).await;
    }

    pub async fn click_path(&self, path: &str) {
        self.clicks(async || self.find_by(path, "xpath", path, true).await).await;
    }

    /// The page may be drawn again between finding and clicking.
    async fn clicks(&self, find: impl AsyncFn() -> Element) {
        let clicking = async {
            while let Err(refused) = self.browser.click(&find().await).await {
                assert!(is_passing(&refused), "{refused}");
                tokio::time::sleep(BETWEEN_LOOKS).await;
            }
        };
        tokio::time::timeout(PATIENCE, clicking).await.expect("it can be clicked");
    }

    /// Opens a message's menu and picks an entry.
    pub async fn pick_on_message(&self, text: &str, entry: &str) {
        let path = format!("//article[contains(., \"{text}\")]//details[contains(@class, 'tools')]/summary");
        let summary = self.find_by(text, "xpath", &path, false).await;
        self.browser.execute("arguments[0].click()", json!([summary.json()])).await;
        self.click(entry).await;
    }

    /// Types text and keys.
    pub async fn type_into(&self, css: &str, text: &str) {
        let typing = async {
            while let Err(refused) = self.browser.type_into(&self.find(css).await, text).await {
                assert!(is_passing(&refused), "{refused}");
                tokio::time::sleep(BETWEEN_LOOKS).await;
            }
        };
        tokio::time::timeout(PATIENCE, typing).await.expect("one can type there");
    }

    pub async fn clear(&self, css: &str) {
        self.browser.clear(&self.find(css).await).await.unwrap();
    }

    /// Chooses from a list of the browser's own by what it shows.
    pub async fn choose(&self, css: &str, label: &str) {
        let list = self.find(css).await;
        let script = "const [list, label] = arguments; \
                      const option = [...list.options].find((option) => option.text.trim() === label); \
                      if (!option) return false; \
                      option.selected = true; list.dispatchEvent(new Event('change', { bubbles: true })); return true";
        let chosen = self.browser.execute(script, json!([list.json(), label])).await;
        assert_eq!(chosen, true, "{css} does not offer {label:?}");
    }

    /// Writes a message and sends it with Enter.
    pub async fn write(&self, text: &str) {
        self.type_into("form.write textarea", &format!("{text}{}", crate::webdriver::ENTER)).await;
        let plain: String = text.chars().filter(|letter| !"#*".contains(*letter)).collect();
        self.sees(plain.trim()).await;
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
        self.browser.execute(script, json!([css])).await.as_str().unwrap().to_owned()
    }

    pub async fn run(&self, script: &str) -> Value {
        self.browser.execute(script, json!([])).await
    }

    pub async fn run_async(&self, script: &str) -> Value {
        self.browser.execute_async(script).await
    }

    /// How many elements there are.
    pub async fn count(&self, css: &str) -> usize {
        self.browser.find_all("css selector", css).await.len()
    }

    pub async fn until(&self, what: &str, condition: impl AsyncFn() -> bool) {
        let waiting = async {
            while !condition().await {
                tokio::time::sleep(BETWEEN_LOOKS).await;
            }
        };
        if tokio::time::timeout(PATIENCE, waiting).await.is_err() {
            self.gives_up(what).await;
        }
    }

    /// Keeps a picture to be looked at.
    pub async fn picture(&self, name: &str) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("target/playground-pictures");
        std::fs::create_dir_all(&folder).unwrap();
        let picture = self.webp(80).await;
        std::fs::write(folder.join(format!("{name}.webp")), picture).unwrap();
    }

    /// A picture of the page.
    pub async fn webp(&self, quality: u8) -> Vec<u8> {
        let parameters = json!({ "format": "webp", "quality": quality });
        let picture = self.browser.chromium("Page.captureScreenshot", parameters).await;
        from_base64(picture["data"].as_str().unwrap())
    }

    /// Closes the browser and stops the bot.
    pub async fn leave(self) {
        self.browser.close().await;
        self.running.playground.end().await.unwrap();
    }

    async fn find_by(&self, what: &str, using: &str, value: &str, visible: bool) -> Element {
        let looking = async {
            loop {
                for element in self.browser.find_all(using, value).await {
                    if !visible || self.browser.is_displayed(&element).await {
                        return element;
                    }
                }
                tokio::time::sleep(BETWEEN_LOOKS).await;
            }
        };
        match tokio::time::timeout(PATIENCE, looking).await {
            Ok(element) => element,
            Err(_) => self.gives_up(what).await,
        }
    }

    async fn gives_up(&self, what: &str) -> ! {
        self.picture("failed").await;
        panic!("{what}: never. The page shows:\n{}", self.text("body").await);
    }
}

/// What happens when the page is drawn again meanwhile.
fn is_passing(refused: &Refused) -> bool {
    ["stale element reference", "element click intercepted", "element not interactable"]
        .contains(&refused.error.as_str())
}

fn find(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|file| file.is_file())
}

fn from_base64(text: &str) -> Vec<u8> {
    let value = |digit: u8| match digit {
        b'A'..=b'Z' => Some(digit - b'A'),
        b'a'..=b'z' => Some(digit - b'a' + 26),
        b'0'..=b'9' => Some(digit - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0_u32, 0);
    for digit in text.bytes().filter_map(value) {
        bits = bits << 6 | u32::from(digit);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 255).unwrap_or(0));
        }
    }
    bytes
}
