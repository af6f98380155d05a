//! The temporary file of one part. It has no name: it is gone when it is closed, also after a crash.

use std::fs::File;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::sync::Arc;

use anyhow::Context as _;

/// Written to the file as soon as so many bytes have come together.
const BUFFER: usize = 256 * 1024;

pub struct Spool {
    file: Arc<File>,
    /// Bytes in the file.
    written: u64,
    buffer: Vec<u8>,
}

impl Spool {
    pub async fn new() -> anyhow::Result<Self> {
        let file = blocking(tempfile::tempfile).await.context("create a temporary file")?;
        Ok(Self { file: Arc::new(file), written: 0, buffer: Vec::new() })
    }

    pub fn len(&self) -> u64 {
        self.written + self.buffer.len() as u64
    }

    pub async fn push(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= BUFFER { self.flush().await } else { Ok(()) }
    }

    /// Takes back everything beyond this length.
    pub async fn truncate(&mut self, length: u64) -> anyhow::Result<()> {
        if let Some(kept) = length.checked_sub(self.written) {
            self.buffer.truncate(usize::try_from(kept).unwrap_or(usize::MAX));
            return Ok(());
        }
        self.buffer.clear();
        let file = Arc::clone(&self.file);
        blocking(move || file.set_len(length)).await.context("shorten a temporary file")?;
        self.written = length;
        Ok(())
    }

    async fn flush(&mut self) -> anyhow::Result<()> {
        let (file, from, buffer) = (Arc::clone(&self.file), self.written, std::mem::take(&mut self.buffer));
        let writing = blocking(move || {
            let mut file = &*file;
            file.seek(SeekFrom::Start(from))?;
            file.write_all(&buffer)?;
            Ok(buffer)
        });
        let mut buffer = writing.await.context("write a temporary file")?;
        self.written += buffer.len() as u64;
        buffer.clear();
        self.buffer = buffer;
        Ok(())
    }

    /// The file and its length.
    pub async fn finish(mut self) -> anyhow::Result<(Arc<File>, u64)> {
        self.flush().await?;
        Ok((self.file, self.written))
    }
}

/// Works beside the runtime's thread.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> std::io::Result<T> + Send + 'static) -> std::io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(std::io::Error::other)?
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    async fn content(spool: Spool) -> Vec<u8> {
        let (file, length) = spool.finish().await.unwrap();
        let (mut bytes, mut file) = (Vec::new(), &*file);
        file.seek(SeekFrom::Start(0)).unwrap();
        file.read_to_end(&mut bytes).unwrap();
        assert_eq!(bytes.len() as u64, length);
        bytes
    }

    #[tokio::test]
    async fn what_is_taken_back_is_gone_whether_or_not_it_was_written() {
        for size in [10, BUFFER + 10, 3 * BUFFER] {
            let mut spool = Spool::new().await.unwrap();
            spool.push(b"before").await.unwrap();
            let mark = spool.len();
            for _ in 0..3 {
                spool.push(&vec![b'x'; size]).await.unwrap();
            }
            spool.truncate(mark).await.unwrap();
            assert_eq!(spool.len(), mark);
            spool.push(b" after").await.unwrap();
            assert_eq!(content(spool).await, b"before after", "{size}");
        }
    }
}
