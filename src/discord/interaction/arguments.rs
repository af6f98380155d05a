//! Members, roles and files as options, by id.
//!
//! serenity's own types need complete objects in the payload; of these only the id is used. What is known of a member is
//! in `Person`, and of a file in `GivenFile`.

use poise::serenity_prelude as serenity;
use poise::{SlashArgError, SlashArgument};
use serenity::{CommandInteraction, CommandOptionType, CreateCommandOption, ResolvedValue, Unresolved};

use crate::domain::ids::{RoleId, UserId};

/// A member.
#[derive(Clone, Copy, Debug)]
pub struct MemberArgument(pub UserId);

/// A role.
#[derive(Clone, Copy, Debug)]
pub struct RoleArgument(pub RoleId);

/// An uploaded file.
#[derive(Clone, Copy, Debug)]
pub struct FileArgument(pub u64);

#[poise::async_trait]
impl SlashArgument for MemberArgument {
    async fn extract(
        _: &serenity::Context,
        _: &CommandInteraction,
        value: &ResolvedValue<'_>,
    ) -> Result<Self, SlashArgError> {
        match value {
            ResolvedValue::Unresolved(Unresolved::User(user)) => Ok(Self((*user).into())),
            _ => Err(SlashArgError::new_command_structure_mismatch("a member was expected")),
        }
    }

    fn create(builder: CreateCommandOption) -> CreateCommandOption {
        builder.kind(CommandOptionType::User)
    }
}

#[poise::async_trait]
impl SlashArgument for RoleArgument {
    async fn extract(
        _: &serenity::Context,
        _: &CommandInteraction,
        value: &ResolvedValue<'_>,
    ) -> Result<Self, SlashArgError> {
        match value {
            ResolvedValue::Unresolved(Unresolved::RoleId(role)) => Ok(Self((*role).into())),
            _ => Err(SlashArgError::new_command_structure_mismatch("a role was expected")),
        }
    }

    fn create(builder: CreateCommandOption) -> CreateCommandOption {
        builder.kind(CommandOptionType::Role)
    }
}

#[poise::async_trait]
impl SlashArgument for FileArgument {
    async fn extract(
        _: &serenity::Context,
        _: &CommandInteraction,
        value: &ResolvedValue<'_>,
    ) -> Result<Self, SlashArgError> {
        match value {
            ResolvedValue::Unresolved(Unresolved::Attachment(file)) => Ok(Self(file.get())),
            _ => Err(SlashArgError::new_command_structure_mismatch("a file was expected")),
        }
    }

    fn create(builder: CreateCommandOption) -> CreateCommandOption {
        builder.kind(CommandOptionType::Attachment)
    }
}
