//! The fields and files of a form.

use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;

/// A form as it was sent.
#[derive(Default)]
pub(super) struct Fields {
    values: Vec<(String, String)>,
    pub(super) files: Vec<File>,
}

/// An uploaded file.
pub(super) struct File {
    pub(super) field: String,
    pub(super) filename: String,
    pub(super) content_type: String,
    pub(super) bytes: Vec<u8>,
}

impl Fields {
    /// A field's value, or nothing.
    pub(super) fn text(&self, name: &str) -> &str {
        self.values.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub(super) fn id(&self, name: &str) -> Option<u64> {
        self.text(name).parse().ok()
    }

    /// All values of a field, in order.
    pub(super) fn all(&self, name: &str) -> Vec<String> {
        self.values.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
    }

    /// The fields whose names begin so, without that beginning.
    pub(super) fn named<'a>(&'a self, prefix: &str) -> Vec<(&'a str, &'a str)> {
        let named = self.values.iter().filter_map(|(name, value)| Some((name.strip_prefix(prefix)?, value.as_str())));
        named.collect()
    }

    pub(super) fn files_of(&self, field: &str) -> impl Iterator<Item = &File> {
        self.files.iter().filter(move |file| file.field == field)
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = (StatusCode, &'static str);

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let not_read = |_| (StatusCode::BAD_REQUEST, "The form could not be read.");
        let form = Multipart::from_request(request, state).await;
        let form = form.map_err(|_| (StatusCode::BAD_REQUEST, "This is not a form of the page."))?;
        read(form).await.map_err(not_read)
    }
}

async fn read(mut form: Multipart) -> Result<Fields, MultipartError> {
    let mut fields = Fields::default();
    while let Some(part) = form.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            None => fields.values.push((name, part.text().await?)),
            Some(filename) => {
                let content_type = part.content_type().unwrap_or("application/octet-stream").to_owned();
                let bytes = part.bytes().await?.to_vec();
                // A field without a file is sent as a file without a name.
                if !filename.is_empty() {
                    fields.files.push(File { field: name, filename, content_type, bytes });
                }
            }
        }
    }
    Ok(fields)
}
