//! The part of W3C WebDriver that the tests need, over reqwest.
//!
//! A library for it would change features of crates that the bot is built with, and have everything built twice: see
//! docs/decisions/0008-playground.md. <https://www.w3.org/TR/webdriver2/>

use std::path::Path;
use std::process::Stdio;

use reqwest::{Client, Method};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// The key of an element's reference in JSON.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A key that is no character (W3C: "Keyboard actions").
pub const ENTER: &str = "\u{e007}";

/// WebDriver's word for what went wrong, such as `stale element reference`.
#[derive(Debug)]
pub struct Refused {
    pub error: String,
    pub message: String,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}: {}", self.error, self.message)
    }
}

/// A browser that is driven.
pub struct Browser {
    client: Client,
    /// The session's address.
    session: String,
    _driver: Child,
}

/// An element of the page.
#[derive(Clone, Debug)]
pub struct Element(String);

impl Browser {
    /// Starts the driver and a browser with these options of Chromium.
    pub async fn start(driver: &Path, options: Value) -> Self {
        let (child, port) = start_driver(driver).await;
        let client = Client::builder().no_proxy().build().unwrap();
        let base = format!("http://127.0.0.1:{port}");
        let capabilities = json!({ "capabilities": { "alwaysMatch": { "goog:chromeOptions": options } } });
        let answer = send(&client, Method::POST, &format!("{base}/session"), Some(capabilities)).await.unwrap();
        let session = format!("{base}/session/{}", answer["sessionId"].as_str().unwrap());
        Self { client, session, _driver: child }
    }

    pub async fn post(&self, path: &str, body: Value) -> Result<Value, Refused> {
        send(&self.client, Method::POST, &format!("{}/{path}", self.session), Some(body)).await
    }

    async fn get(&self, path: &str) -> Result<Value, Refused> {
        send(&self.client, Method::GET, &format!("{}/{path}", self.session), None).await
    }

    pub async fn goto(&self, url: &str) {
        self.post("url", json!({ "url": url })).await.unwrap();
    }

    pub async fn url(&self) -> String {
        self.get("url").await.unwrap().as_str().unwrap().to_owned()
    }

    pub async fn find_all(&self, using: &str, value: &str) -> Vec<Element> {
        let found = self.post("elements", json!({ "using": using, "value": value })).await.unwrap();
        let elements = found.as_array().unwrap().iter();
        elements.map(|element| Element(element[ELEMENT].as_str().unwrap().to_owned())).collect()
    }

    /// Runs a script; elements among the arguments are elements there.
    pub async fn execute(&self, script: &str, arguments: Value) -> Value {
        self.post("execute/sync", json!({ "script": script, "args": arguments })).await.unwrap()
    }

    /// Runs a script that calls its last argument when it is done.
    pub async fn execute_async(&self, script: &str) -> Value {
        self.post("execute/async", json!({ "script": script, "args": [] })).await.unwrap()
    }

    /// A command of Chromium's own protocol.
    pub async fn chromium(&self, command: &str, parameters: Value) -> Value {
        self.post("goog/cdp/execute", json!({ "cmd": command, "params": parameters })).await.unwrap()
    }

    pub async fn click(&self, element: &Element) -> Result<(), Refused> {
        self.post(&format!("element/{}/click", element.0), json!({})).await.map(|_| ())
    }

    pub async fn clear(&self, element: &Element) -> Result<(), Refused> {
        self.post(&format!("element/{}/clear", element.0), json!({})).await.map(|_| ())
    }

    pub async fn type_into(&self, element: &Element, text: &str) -> Result<(), Refused> {
        self.post(&format!("element/{}/value", element.0), json!({ "text": text })).await.map(|_| ())
    }

    pub async fn is_displayed(&self, element: &Element) -> bool {
        self.get(&format!("element/{}/displayed", element.0)).await.is_ok_and(|shown| shown == true)
    }

    /// Closes the browser.
    pub async fn close(&self) {
        let _ = send(&self.client, Method::DELETE, &self.session, None).await;
    }
}

impl Element {
    /// Its form among a script's arguments.
    pub fn json(&self) -> Value {
        json!({ ELEMENT: self.0 })
    }
}

async fn send(client: &Client, method: Method, url: &str, body: Option<Value>) -> Result<Value, Refused> {
    let mut request = client.request(method, url);
    if let Some(body) = body {
        request = request.json(&body);
    }
    let response = request.send().await.unwrap();
    let succeeded = response.status().is_success();
    let mut answer: Value = response.json().await.unwrap();
    let value = answer["value"].take();
    if succeeded {
        return Ok(value);
    }
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    Err(Refused { error: text("error"), message: text("message") })
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
