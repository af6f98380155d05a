//! Removes threads: deletes them, or does what is permitted.

use super::archive;
use crate::discord::rest::{Rest, Route};
use crate::discord::rest_error::{Refusal, RestError};
use crate::domain::ids::ThreadId;

/// The outcome of removing a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removed {
    Deleted,
    /// Deleting needs Manage Threads, but the creator may archive.
    Archived,
    /// Neither: it is unchanged.
    OutOfReach,
}

/// Deletes a thread. Needs Manage Threads.
pub async fn delete(rest: &Rest, thread: ThreadId, reason: &str) -> Result<(), RestError> {
    match rest.delete(Route::Channel(thread.as_channel())).reason(reason).send().await {
        Err(fault) if fault.refusal() == Some(Refusal::Unknown) => Ok(()),
        answered => answered,
    }
}

/// Deletes a thread, or does what is permitted.
pub async fn remove(rest: &Rest, thread: ThreadId, reason: &str) -> Result<Removed, RestError> {
    match delete(rest, thread, reason).await {
        Ok(()) => Ok(Removed::Deleted),
        Err(fault) => match fault.refusal() {
            Some(Refusal::MissingPermissions | Refusal::TwoFactor | Refusal::MissingAccess) => {
                match archive(rest, thread, false, reason).await {
                    Ok(_) => Ok(Removed::Archived),
                    Err(fault) if fault.refusal() == Some(Refusal::Unknown) => Ok(Removed::Deleted),
                    Err(fault) if fault.is_final() => Ok(Removed::OutOfReach),
                    Err(fault) => Err(fault),
                }
            }
            _ => Err(fault),
        },
    }
}
