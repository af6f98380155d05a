//! Keeps the read buffer from staying as large as the largest payload.
//!
//! The library's payloads are slices of its buffer. If none is alive when the buffer is used up, the library reuses it
//! at its grown size for the rest of the connection. If one is alive, it allocates a new buffer of the usual size, and
//! the large one is freed with its last payload.

use tokio_tungstenite::tungstenite::Utf8Bytes;

/// Most events fit; larger ones are read in parts.
pub(super) const READ_BUFFER: usize = 16 << 10;

/// The last large payload, until a payload comes from another buffer.
#[derive(Debug, Default)]
pub(super) struct LargePayload(Option<Utf8Bytes>);

impl LargePayload {
    /// Records a handled payload.
    pub(super) fn note(&mut self, payload: Utf8Bytes) {
        self.0.take_if(|kept| is_of_another_buffer(&payload, kept));
        if payload.len() > READ_BUFFER && self.0.is_none() {
            self.0 = Some(payload);
        }
    }
}

/// After a large payload its buffer has room for at most as much again.
fn is_of_another_buffer(payload: &Utf8Bytes, kept: &Utf8Bytes) -> bool {
    let buffer = kept.as_bytes().as_ptr_range();
    let end = buffer.end.addr() + kept.len();
    !(buffer.start.addr()..end).contains(&payload.as_bytes().as_ptr().addr())
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
        let sizes = [100, 3 << 20, 100, 200 << 10, 100, 2 << 20, 100, 100];
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
                let before = large.0.as_ref().map(|kept| kept.len());
                large.note(text);
                let after = large.0.as_ref().map(|kept| kept.len());
                given_back += usize::from(before.is_some() && before != after);
            }
            assert!(large.0.is_none(), "a large payload is kept for ever");
            given_back
        };

        let ((), given_back) = tokio::join!(send, read);

        assert!(given_back >= 2);
    }
}
