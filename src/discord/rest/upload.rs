//! Files to upload with a message: from memory, or from a temporary file that is read while it is sent.

use std::fs;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::sync::Arc;

use futures_util::stream;
use reqwest::Body;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::discord::rest_error::RestError;

/// A file to upload.
#[derive(Clone, Debug)]
pub struct File {
    pub name: String,
    pub description: Option<String>,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Memory(Vec<u8>),
    Spooled(Spooled),
}

/// The content of a temporary file between two texts.
#[derive(Clone, Debug)]
pub struct Spooled {
    pub head: Vec<u8>,
    /// Nothing else reads or writes it meanwhile.
    pub file: Arc<fs::File>,
    /// Its length in bytes.
    pub length: u64,
    pub tail: Vec<u8>,
}

/// The bytes of a temporary file that are in memory at once.
const CHUNK: u64 = 256 * 1024;

impl File {
    pub fn new(name: String, bytes: Vec<u8>) -> Self {
        Self { name, description: None, content: Content::Memory(bytes) }
    }

    pub fn spooled(name: String, content: Spooled) -> Self {
        Self { name, description: None, content: Content::Spooled(content) }
    }

    #[must_use]
    pub fn described(self, description: Option<String>) -> Self {
        Self { description, ..self }
    }

    /// The content, if it is in memory.
    pub fn bytes(&self) -> Option<&[u8]> {
        match &self.content {
            Content::Memory(bytes) => Some(bytes),
            Content::Spooled(_) => None,
        }
    }

    /// Bytes.
    pub fn size(&self) -> u64 {
        match &self.content {
            Content::Memory(bytes) => bytes.len() as u64,
            Content::Spooled(spooled) => spooled.size(),
        }
    }

    fn part(&self) -> Part {
        let part = match &self.content {
            Content::Memory(bytes) => Part::bytes(bytes.clone()),
            Content::Spooled(spooled) => Part::stream_with_length(spooled.clone().body(), spooled.size()),
        };
        part.file_name(self.name.clone())
    }
}

impl Spooled {
    fn size(&self) -> u64 {
        self.head.len() as u64 + self.length + self.tail.len() as u64
    }

    fn body(self) -> Body {
        let pieces = stream::unfold((self, Next::Head), |(mut spooled, next)| async move {
            let (piece, next) = match next {
                Next::Head => (Ok(std::mem::take(&mut spooled.head)), Next::File(0)),
                Next::File(from) if from < spooled.length => {
                    let length = CHUNK.min(spooled.length - from);
                    (read(Arc::clone(&spooled.file), from, length).await, Next::File(from + length))
                }
                Next::File(_) => (Ok(std::mem::take(&mut spooled.tail)), Next::End),
                Next::End => return None,
            };
            Some((piece, (spooled, next)))
        });
        Body::wrap_stream(pieces)
    }
}

/// The next piece of a body.
enum Next {
    Head,
    /// From this byte on.
    File(u64),
    End,
}

/// Reads beside the runtime's thread.
async fn read(file: Arc<fs::File>, from: u64, length: u64) -> std::io::Result<Vec<u8>> {
    let reading = tokio::task::spawn_blocking(move || {
        let mut bytes = Vec::new();
        let mut file = &*file;
        file.seek(SeekFrom::Start(from))?;
        file.take(length).read_to_end(&mut bytes)?;
        Ok(bytes)
    });
    reading.await.map_err(std::io::Error::other)?
}

/// The form of a request with files.
pub(super) fn form(body: Option<&Value>, files: &[File]) -> Result<Form, RestError> {
    let payload = body.map(Value::to_string).unwrap_or_default();
    let payload =
        Part::text(payload).mime_str("application/json").map_err(|_| RestError::Broken("the form of an upload"))?;
    let form = Form::new().part("payload_json", payload);
    Ok(files.iter().enumerate().fold(form, |form, (id, file)| form.part(format!("files[{id}]"), file.part())))
}

/// The value of a message's `attachments`: the ids of those that it keeps, then the new ones.
pub(super) fn listed(kept: &[u64], files: &[File]) -> Value {
    let file = |(id, file): (usize, &File)| json!({ "id": id, "filename": file.name, "description": file.description });
    let kept = kept.iter().map(|id| json!({ "id": id.to_string() }));
    kept.chain(files.iter().enumerate().map(file)).collect()
}
