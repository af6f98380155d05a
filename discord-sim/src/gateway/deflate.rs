//! Output with `compress=zlib-stream`: one zlib stream for the connection's life, flushed after each message.
//!
//! <https://discord.com/developers/docs/events/gateway#transport-compression>

use flate2::{Compress, Compression, FlushCompress};

pub(crate) struct Deflate(Compress);

impl Default for Deflate {
    fn default() -> Self {
        // The level changes the simulator's cost, not what the bot reads.
        Self(Compress::new(Compression::fast(), true))
    }
}

impl Deflate {
    /// The bytes of one message, which end with the suffix of a flush: 00 00 FF FF.
    pub(crate) fn message(&mut self, plain: &[u8]) -> Vec<u8> {
        let mut sent = Vec::with_capacity(plain.len() / 2 + 64);
        let begun = self.0.total_in();
        loop {
            let taken = usize::try_from(self.0.total_in() - begun).unwrap_or(plain.len());
            let status = self.0.compress_vec(&plain[taken..], &mut sent, FlushCompress::Sync);
            status.expect("deflate takes any bytes");
            // Spare room means that the output is complete.
            if sent.len() < sent.capacity() {
                return sent;
            }
            sent.reserve(sent.capacity());
        }
    }
}

#[cfg(test)]
mod tests {
    use flate2::{Decompress, FlushDecompress};

    use super::Deflate;

    #[test]
    fn messages_of_any_size_come_out_of_one_stream_as_they_went_in() {
        let (mut deflate, mut inflate) = (Deflate::default(), Decompress::new(true));
        let noise =
            |length: u32| (0..length).map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()[2]).collect::<Vec<u8>>();
        for length in [0, 1, 40, 60, 100, 1_000, 70_000, 1_000_000, 3] {
            let plain = noise(length);
            let sent = deflate.message(&plain);
            assert!(sent.ends_with(&[0, 0, 0xFF, 0xFF]), "{length}");
            let mut read = Vec::with_capacity(plain.len() + 64);
            inflate.decompress_vec(&sent, &mut read, FlushDecompress::Sync).unwrap();
            assert!(read == plain, "{length}");
        }
    }
}
