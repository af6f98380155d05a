//! Puts a file of a message into the export, as base64, piece by piece while it arrives.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::deadline::Deadline;
use super::spool::Spool;
use crate::discord::attachments::{Downloader, Unreachable};
use crate::domain::history::Attachment;

/// The length of base64 for so many bytes.
pub const fn encoded(bytes: u64) -> u64 {
    bytes.div_ceil(3).saturating_mul(4)
}

/// Appends a file between two texts. `Unreachable`: it did not arrive as Discord said or in time, and nothing was appended.
pub async fn append(
    (downloader, deadline): (&Downloader, &Deadline<'_>),
    spool: &mut Spool,
    file: &Attachment,
    (before, after): &(String, String),
) -> anyhow::Result<Result<(), Unreachable>> {
    let mark = spool.len();
    spool.push(before.as_bytes()).await?;
    if let Err(fault) = append_content((downloader, deadline), spool, file).await? {
        spool.truncate(mark).await?;
        return Ok(Err(fault));
    }
    spool.push(after.as_bytes()).await?;
    Ok(Ok(()))
}

async fn append_content(
    (downloader, deadline): (&Downloader, &Deadline<'_>),
    spool: &mut Spool,
    file: &Attachment,
) -> anyhow::Result<Result<(), Unreachable>> {
    // Only the network is waited for with a deadline: a spool that is left while it writes would lose what it holds.
    let begun = deadline.before(downloader.begin(&file.url, file.size)).await;
    let mut download = match begun.unwrap_or(Err(Unreachable::Transfer)) {
        Ok(download) => download,
        Err(fault) => return Ok(Err(fault)),
    };
    // Base64 encodes three bytes at a time.
    let mut rest = Vec::new();
    loop {
        let arrived = deadline.before(download.next()).await;
        match arrived.unwrap_or(Err(Unreachable::Transfer)) {
            Ok(Some(piece)) => rest.extend_from_slice(&piece),
            Ok(None) => break,
            Err(fault) => return Ok(Err(fault)),
        }
        let whole = rest.len() / 3 * 3;
        spool.push(STANDARD.encode(&rest[..whole]).as_bytes()).await?;
        rest.drain(..whole);
    }
    spool.push(STANDARD.encode(&rest).as_bytes()).await?;
    Ok(Ok(()))
}
