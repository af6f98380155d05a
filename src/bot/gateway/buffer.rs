//! Keeps the read buffer from staying as large as the largest payload.
//!
//! The library's payloads are slices of its buffer. If none is alive when the buffer is used up, the library reuses it
//! at its grown size for the rest of the connection. If one is alive, it allocates a new buffer of the usual size, and
//! the large one is freed with its last payload.

use tokio_tungstenite::tungstenite::Utf8Bytes;

/// Most events fit; larger ones are read in parts.
pub(super) const READ_BUFFER: usize = 16 << 10;

/// The most bytes between two payloads of one buffer: the header of the second one's frame, and a control frame.
const GAP: usize = 256;

/// A large payload, until a payload comes from another buffer.
#[derive(Debug, Default)]
pub(super) struct LargePayload {
    kept: Option<Utf8Bytes>,
    /// Where the last payload ended in memory.
    end: usize,
}

impl LargePayload {
    /// Records a handled payload.
    ///
    /// Payloads of one buffer follow each other in memory. Two of different buffers may do so by chance. Then the large
    /// one is kept until the next buffer.
    pub(super) fn note(&mut self, payload: Utf8Bytes) {
        let range = payload.as_bytes().as_ptr_range();
        let same_buffer = (self.end..=self.end.saturating_add(GAP)).contains(&range.start.addr());
        self.end = range.end.addr();
        self.kept.take_if(|_| !same_buffer);
        if payload.len() > READ_BUFFER && self.kept.is_none() {
            self.kept = Some(payload);
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::{SinkExt as _, StreamExt as _};
    use tokio_tungstenite::WebSocketStream;
    use tokio_tungstenite::tungstenite::Message;
    use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

    use super::*;

    /// The library's behaviour that this file depends on.
    #[tokio::test]
    async fn the_buffer_of_a_large_payload_is_given_back_with_the_payload() {
        let (ours, theirs) = tokio::io::duplex(64 << 10);
        let config = WebSocketConfig::default().read_buffer_size(READ_BUFFER);
        let mut ours = WebSocketStream::from_raw_socket(ours, Role::Client, Some(config)).await;
        let mut theirs = WebSocketStream::from_raw_socket(theirs, Role::Server, None).await;
        let sizes = [100, 3 << 20, 100, 200 << 10, 100, 2 << 20, 100, 100, 15_000, 15_000, 15_000];
        let send = async {
            for size in sizes {
                theirs.send(Message::text("x".repeat(size))).await.unwrap();
            }
        };
        let read = async {
            let (mut large, mut given_back) = (LargePayload::default(), 0);
            for size in sizes {
                let Message::Text(text) = ours.next().await.unwrap().unwrap() else { panic!("no text") };
                assert_eq!(text.len(), size);
                let before = large.kept.as_ref().map(|kept| kept.len());
                large.note(text);
                let after = large.kept.as_ref().map(|kept| kept.len());
                given_back += usize::from(before.is_some() && before != after);
            }
            assert!(large.kept.is_none(), "a large payload is kept for ever");
            given_back
        };

        let ((), given_back) = tokio::join!(send, read);

        assert!(given_back >= 2);
    }
}
