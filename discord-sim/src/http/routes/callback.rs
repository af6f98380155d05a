//! The first answer to an interaction.

use serde_json::{Value, json};

use super::body::{self, Origin};
use crate::http::call::{Answer, Call, Outcome, Route};
use crate::http::error::ApiError;
use crate::http::rate_limit::UNLIMITED;
use crate::world::World;
use crate::world::interaction::{Interaction, callback};
use crate::world::message::flag;
use crate::world::post::NewMessage;

pub(super) const ROUTES: &[Route] = &[Route {
    method: "POST",
    template: "/interactions/{interaction}/{token}/callback",
    fields: &["type", "data"],
    query: &["with_response"],
    limit: UNLIMITED,
    run: answer,
}];

fn answer(world: &mut World, call: &Call) -> Outcome {
    let kind = call.body["type"].as_u64().unwrap_or(0);
    let known = [
        callback::MESSAGE,
        callback::DEFERRED_MESSAGE,
        callback::DEFERRED_UPDATE,
        callback::UPDATE,
        callback::CHOICES,
        callback::MODAL,
    ];
    if !known.contains(&kind) {
        return Err(ApiError::not_simulated(&format!("interaction callback type {kind}")));
    }
    let id = call.id(0)?;
    let interaction = world.acknowledge(id, &call.params[1], kind)?;
    if let Err(error) = act(world, call, &interaction, kind) {
        world.unacknowledge(id);
        return Err(error);
    }
    if call.query_flag("with_response") {
        return Answer::ok(response(world, id, kind));
    }
    Ok(Answer::Empty)
}

fn act(world: &mut World, call: &Call, interaction: &Interaction, kind: u64) -> Result<(), ApiError> {
    let data = &call.body["data"];
    // Forms and updates of a component's message stay as private as they were.
    let stays = matches!(kind, callback::MESSAGE | callback::DEFERRED_MESSAGE);
    let private = !stays || data["flags"].as_u64().unwrap_or(0) & flag::EPHEMERAL != 0;
    world.check_may_answer(interaction, private)?;
    match kind {
        callback::MESSAGE => {
            body::check_fields(data, body::MESSAGE_FIELDS)?;
            let channel = interaction.channel_id;
            let new = body::new_message(world, data, &call.files, channel, Origin::Interaction)?;
            world.post_answer(interaction, new, true);
        }
        callback::DEFERRED_MESSAGE => {
            body::check_fields(data, &["flags", "tts?", "attachments?", "components?", "embeds?"])?;
            // "The only valid message flag you may use is EPHEMERAL."
            let flags = data["flags"].as_u64().unwrap_or(0) & flag::EPHEMERAL | flag::LOADING;
            world.post_answer(interaction, NewMessage { flags, ..NewMessage::default() }, true);
        }
        callback::DEFERRED_UPDATE => set_original(world, interaction),
        callback::UPDATE => {
            body::check_fields(data, body::MESSAGE_FIELDS)?;
            let source = interaction.source.ok_or_else(ApiError::unknown_message)?;
            let changes = body::message_changes(world, data, &call.files, source, Origin::Interaction)?;
            world.edit_message(source, changes)?;
            set_original(world, interaction);
        }
        callback::CHOICES => {
            body::check_fields(data, &["choices"])?;
            if data["choices"].as_array().is_none_or(|choices| choices.len() > 25) {
                return Err(ApiError::form(
                    "data.choices",
                    "BASE_TYPE_BAD_LENGTH",
                    "Must be between 0 and 25 in length.",
                ));
            }
            if let Some(interaction) = world.interactions.get_mut(&interaction.id) {
                interaction.choices = data["choices"].as_array().cloned();
            }
        }
        _ => {
            body::check_fields(data, &["custom_id", "title", "components"])?;
            if let Some(interaction) = world.interactions.get_mut(&interaction.id) {
                interaction.modal = Some(data.clone());
            }
        }
    }
    Ok(())
}

/// After an update, `@original` is the component's message.
fn set_original(world: &mut World, interaction: &Interaction) {
    if let Some(stored) = world.interactions.get_mut(&interaction.id) {
        stored.original = stored.source;
    }
}

/// <https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback>
fn response(world: &World, id: u64, kind: u64) -> Value {
    let interaction = &world.interactions[&id];
    let message = interaction.original.and_then(|id| world.messages.get(&id));
    let mut about = json!({ "id": id.to_string(), "type": interaction.kind });
    if let Some(message) = message {
        about["response_message_id"] = json!(message.id.to_string());
        about["response_message_loading"] = json!(interaction.thinking);
        about["response_message_ephemeral"] = json!(message.is_private());
    }
    let mut resource = json!({ "type": kind });
    // "Only present if type is either CHANNEL_MESSAGE_WITH_SOURCE or UPDATE_MESSAGE."
    if let (Some(message), callback::MESSAGE | callback::UPDATE) = (message, kind) {
        resource["message"] = world.message_json(message);
    }
    json!({ "interaction": about, "resource": resource })
}
