//! Downloads the files of a message that an admin selected, from Discord's own servers only.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Discord's attachment hosts (Discord: "Reference", CDN and proxied media).
const HOSTS: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];

/// The time-out for one file. Files are bounded by `max_attachment_size` (megabytes).
const TIMEOUT: Duration = Duration::from_secs(20);

/// How many bytes of files may be in memory at once, over all inbox messages being made: as many as one may have (the
/// largest `bot.inbox.max_attachment_size`), or several smaller ones. Sending a message takes as much again.
const BUDGET: u64 = 25_000_000;

/// The budget's unit, in bytes.
const UNIT: u64 = 1_000;

/// Why a download failed. It never holds the address, which carries a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreachable {
    #[error("the address is not Discord's")]
    ForeignAddress,
    #[error("the server answered with status {0}")]
    Status(u16),
    #[error("the file did not arrive")]
    Transfer,
    #[error("the file is larger than Discord said")]
    TooLarge,
}

/// A part of the budget, held while the files are in memory.
#[derive(Debug)]
pub struct MemoryPermit(
    #[expect(dead_code, reason = "held, and given back when it is dropped")] Option<OwnedSemaphorePermit>,
);

/// A file that arrives piece by piece.
pub struct Download {
    response: reqwest::Response,
    left: u64,
}

impl Download {
    /// `None`: it has arrived.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, Unreachable> {
        let Some(piece) = self.response.chunk().await.map_err(|_| Unreachable::Transfer)? else { return Ok(None) };
        self.left = self.left.checked_sub(piece.len() as u64).ok_or(Unreachable::TooLarge)?;
        Ok(Some(piece.to_vec()))
    }
}

/// Downloads attachments.
#[derive(Clone, Debug)]
pub struct Downloader {
    client: reqwest::Client,
    budget: Arc<Semaphore>,
    /// The scheme, host and port of a simulated Discord, which serves its own files.
    simulator: Option<String>,
}

impl Downloader {
    /// `api_base` is the operator's own address of Discord's API, if set.
    pub fn new(api_base: Option<&str>) -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder().timeout(TIMEOUT).redirect(reqwest::redirect::Policy::none()).build()?;
        let budget = Arc::new(Semaphore::new(units(BUDGET) as usize));
        Ok(Self { client, budget, simulator: api_base.map(|base| format!("{}/", base.trim_end_matches('/'))) })
    }

    /// Waits until this many bytes of files may be downloaded, first come, first served.
    pub async fn reserve(&self, bytes: u64) -> MemoryPermit {
        // A request above the budget would wait forever. The budget is never closed.
        MemoryPermit(Arc::clone(&self.budget).acquire_many_owned(units(bytes.min(BUDGET))).await.ok())
    }

    /// Downloads `url`, at most `limit` bytes.
    pub async fn fetch(&self, url: &str, limit: u64) -> Result<Vec<u8>, Unreachable> {
        let mut download = self.begin(url, limit).await?;
        let mut bytes = Vec::new();
        while let Some(piece) = download.next().await? {
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes)
    }

    /// Begins to download `url`, at most `limit` bytes.
    pub async fn begin(&self, url: &str, limit: u64) -> Result<Download, Unreachable> {
        if !self.is_discords(url) {
            return Err(Unreachable::ForeignAddress);
        }
        let response = self.client.get(url).send().await.map_err(|_| Unreachable::Transfer)?;
        if !response.status().is_success() {
            return Err(Unreachable::Status(response.status().as_u16()));
        }
        Ok(Download { response, left: limit })
    }

    /// Whether this is a message's file, which is deleted with the message. Others, such as avatars, stay.
    pub fn is_attachment(&self, url: &str) -> bool {
        let path = reqwest::Url::parse(url).map(|url| url.path().to_owned());
        self.is_discords(url) && path.is_ok_and(|path| path.starts_with("/attachments/"))
    }

    fn is_discords(&self, url: &str) -> bool {
        if let Some(simulator) = &self.simulator
            && url.starts_with(simulator.as_str())
        {
            return true;
        }
        reqwest::Url::parse(url).is_ok_and(|url| {
            url.scheme() == "https" && url.host_str().is_some_and(|host| HOSTS.contains(&host)) && url.port().is_none()
        })
    }
}

fn units(bytes: u64) -> u32 {
    u32::try_from(bytes.div_ceil(UNIT)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use futures_util::FutureExt as _;
    use proptest::prelude::*;

    use super::*;

    static DOWNLOADER: LazyLock<Downloader> = LazyLock::new(|| Downloader::new(None).unwrap());

    proptest! {
        #[test]
        fn no_address_but_discords_is_fetched(
            scheme in "https?|ftp|file|data", before in r"[a-z@:/\\#?.%0-9]{0,9}", host in "(cdn\\.discordapp\\.com|media\\.discordapp\\.net|localhost)?",
            after in r"[a-z@:/\\#?.%0-9]{0,9}",
        ) {
            let url = format!("{scheme}://{before}{host}{after}");
            if DOWNLOADER.is_discords(&url) {
                let parsed = reqwest::Url::parse(&url).unwrap();
                prop_assert_eq!(parsed.scheme(), "https");
                prop_assert!(HOSTS.iter().any(|known| parsed.host_str() == Some(known)), "{}", url);
            }
        }
    }

    #[test]
    fn however_many_inboxes_are_made_their_files_have_a_bound_together() {
        let downloader = Downloader::new(None).unwrap();
        let held: Vec<MemoryPermit> = (0..5).map(|_| downloader.reserve(5_000_000).now_or_never().unwrap()).collect();
        let mut sixth = Box::pin(downloader.reserve(1));
        assert!(sixth.as_mut().now_or_never().is_none(), "there is no room left");

        drop(held);
        let sixth = sixth.now_or_never().unwrap();
        assert!(downloader.reserve(u64::MAX).now_or_never().is_none(), "the budget is in use");
        drop(sixth);
        assert!(downloader.reserve(u64::MAX).now_or_never().is_some(), "a larger message takes the whole budget");
    }

    #[test]
    fn files_are_fetched_from_discord_only() {
        let downloader = Downloader::new(Some("http://127.0.0.1:4000")).unwrap();
        let cases = [
            ("https://cdn.discordapp.com/attachments/1/2/a.png?ex=1", true),
            ("https://media.discordapp.net/attachments/1/2/a.png", true),
            ("http://127.0.0.1:4000/attachments/1/2/a.png", true),
            ("http://cdn.discordapp.com/attachments/1/2/a.png", false),
            ("https://cdn.discordapp.com.evil.example/a.png", false),
            ("https://cdn.discordapp.com@evil.example/a.png", false),
            ("https://cdn.discordapp.com:8443/a.png", false),
            ("http://127.0.0.1:40001/a.png", false),
            ("http://169.254.169.254/latest", false),
            ("file:///etc/passwd", false),
        ];
        for (url, expected) in cases {
            assert_eq!(downloader.is_discords(url), expected, "{url}");
        }
    }

    #[test]
    fn only_files_of_messages_go_with_them() {
        for (url, expected) in [
            ("https://cdn.discordapp.com/attachments/1/2/a.png?ex=1", true),
            ("https://media.discordapp.net/attachments/1/2/a.png", true),
            ("https://cdn.discordapp.com/avatars/1/a.png", false),
            ("https://example.org/attachments/1/2/a.png", false),
            ("attachments/1", false),
        ] {
            assert_eq!(DOWNLOADER.is_attachment(url), expected, "{url}");
        }
    }
}
