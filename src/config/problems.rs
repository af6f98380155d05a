//! Collects the problems of a configuration, so that the operator can fix them at once.

use std::cell::RefCell;

use crate::failure::Failure;

/// The problems so far.
#[derive(Debug, Default)]
pub(super) struct Problems(RefCell<Vec<Failure>>);

impl Problems {
    pub(super) fn note(&self, problem: Failure) {
        self.0.borrow_mut().push(problem);
    }

    /// The value, or `None` after noting its problem: reading continues without it.
    pub(super) fn take<T>(&self, result: Result<T, Failure>) -> Option<T> {
        result.map_err(|problem| self.note(problem)).ok()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    /// All problems as one failure.
    pub(super) fn into_result(self) -> Result<(), Failure> {
        Failure::all(self.0.into_inner()).map_or(Ok(()), Err)
    }
}
