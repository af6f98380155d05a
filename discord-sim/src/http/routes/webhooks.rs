//! Uses of an interaction's token after the initial answer: followups, and edits.

use super::body::{self, Origin};
use crate::http::call::{Answer, Call, Outcome, Route};
use crate::http::error::ApiError;
use crate::http::rate_limit::WEBHOOK;
use crate::world::World;
use crate::world::interaction::Interaction;
use crate::world::message::flag;

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "POST",
        template: "/webhooks/{application}/{token}",
        fields: body::MESSAGE_FIELDS,
        // Sent for webhooks; an application's answers always show their components.
        query: &["wait", "with_components"],
        limit: WEBHOOK,
        run: follow_up,
    },
    Route {
        method: "GET",
        template: "/webhooks/{application}/{token}/messages/{message}",
        fields: &[],
        query: &[],
        limit: WEBHOOK,
        run: |world, call| {
            let interaction = interaction(world, call)?.clone();
            let id = target(world, call, &interaction)?;
            Answer::ok(world.message_json(&world.messages[&id]))
        },
    },
    Route {
        method: "PATCH",
        template: "/webhooks/{application}/{token}/messages/{message}",
        fields: body::MESSAGE_FIELDS,
        query: &["with_components"],
        limit: WEBHOOK,
        run: edit,
    },
    Route {
        method: "DELETE",
        template: "/webhooks/{application}/{token}/messages/{message}",
        fields: &[],
        query: &[],
        limit: WEBHOOK,
        run: |world, call| {
            let interaction = interaction(world, call)?.clone();
            let id = target(world, call, &interaction)?;
            world.delete_message(id);
            if interaction.original == Some(id) {
                world.settle(interaction.id);
            }
            Ok(Answer::Empty)
        },
    },
];

fn interaction<'a>(world: &'a World, call: &Call) -> Result<&'a Interaction, ApiError> {
    if call.id(0)? != world.app.id {
        return Err(ApiError::unknown_webhook());
    }
    world.interaction_by_token(&call.params[1])
}

/// The path's message: `@original`, or one this interaction created.
fn target(world: &World, call: &Call, interaction: &Interaction) -> Result<u64, ApiError> {
    let id = if call.params[2] == "@original" {
        interaction.original.ok_or_else(ApiError::unknown_message)?
    } else {
        let id = call.id(2)?;
        let own = interaction.followups.contains(&id) || interaction.original == Some(id);
        // A component's message can also be edited with that click's token.
        if own || interaction.source == Some(id) { id } else { return Err(ApiError::unknown_message()) }
    };
    let message = world.messages.get(&id).filter(|message| !message.deleted);
    message.map(|message| message.id).ok_or_else(ApiError::unknown_message)
}

/// "When using this endpoint directly after responding with `DEFERRED_CHANNEL_MESSAGE_WITH_SOURCE`, this endpoint will
/// function as Edit Original Interaction Response."
fn follow_up(world: &mut World, call: &Call) -> Outcome {
    let interaction = interaction(world, call)?.clone();
    let id = if let (true, Some(original)) = (interaction.thinking, interaction.original) {
        fill(world, call, original)?;
        world.settle(interaction.id);
        original
    } else {
        let channel = interaction.channel_id;
        let private = call.body["flags"].as_u64().unwrap_or(0) & flag::EPHEMERAL != 0;
        world.check_may_answer(&interaction, private)?;
        let new = body::new_message(world, &call.body, &call.files, channel, Origin::Interaction)?;
        world.post_answer(&interaction, new, false)
    };
    Answer::ok(world.message_json(&world.messages[&id]))
}

fn edit(world: &mut World, call: &Call) -> Outcome {
    let interaction = interaction(world, call)?.clone();
    let id = target(world, call, &interaction)?;
    fill(world, call, id)?;
    if interaction.original == Some(id) {
        world.settle(interaction.id);
    }
    Answer::ok(world.message_json(&world.messages[&id]))
}

fn fill(world: &mut World, call: &Call, id: u64) -> Result<(), ApiError> {
    let changes = body::message_changes(world, body::top(call), &call.files, id, Origin::Interaction)?;
    world.edit_message(id, changes)
}
