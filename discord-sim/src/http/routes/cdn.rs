//! Uploaded files, as `cdn.discordapp.com` serves them.

use crate::http::call::{Answer, Call, Outcome, Route};
use crate::http::error::ApiError;
use crate::http::rate_limit::UNLIMITED;
use crate::world::World;

pub(super) const ROUTES: &[Route] = &[Route {
    method: "GET",
    template: "/attachments/{channel}/{attachment}/{filename}",
    fields: &[],
    query: &["ex", "is", "hm", "width", "height", "format"],
    limit: UNLIMITED,
    run: download,
}];

fn download(world: &mut World, call: &Call) -> Outcome {
    let file = world.files.get(&call.id(1)?);
    let channel = call.id(0)?;
    match file.filter(|file| file.channel_id == channel) {
        Some(file) => Ok(Answer::Bytes(file.content_type.clone(), file.bytes.clone())),
        None => Err(ApiError::not_found()),
    }
}
