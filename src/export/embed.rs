//! Puts a file of a message into the export, as base64, piece by piece while it arrives.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::spool::Spool;
use crate::discord::attachments::Downloader;
use crate::domain::history::Attachment;

/// The length of base64 for so many bytes.
pub const fn encoded(bytes: u64) -> u64 {
    bytes.div_ceil(3).saturating_mul(4)
}

/// Appends a file between two texts. False: it did not arrive as Discord said, and nothing was appended.
pub async fn append(
    downloader: &Downloader,
    spool: &mut Spool,
    file: &Attachment,
    (before, after): &(String, String),
) -> anyhow::Result<bool> {
    let mark = spool.len();
    spool.push(before.as_bytes()).await?;
    if !append_content(downloader, spool, file).await? {
        spool.truncate(mark).await?;
        return Ok(false);
    }
    spool.push(after.as_bytes()).await?;
    Ok(true)
}

async fn append_content(downloader: &Downloader, spool: &mut Spool, file: &Attachment) -> anyhow::Result<bool> {
    let Ok(mut download) = downloader.begin(&file.url, file.size).await else { return Ok(false) };
    // Base64 encodes three bytes at a time.
    let mut rest = Vec::new();
    loop {
        match download.next().await {
            Ok(Some(piece)) => rest.extend_from_slice(&piece),
            Ok(None) => break,
            Err(_) => return Ok(false),
        }
        let whole = rest.len() / 3 * 3;
        spool.push(STANDARD.encode(&rest[..whole]).as_bytes()).await?;
        rest.drain(..whole);
    }
    spool.push(STANDARD.encode(&rest).as_bytes()).await?;
    Ok(true)
}
