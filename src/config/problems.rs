//! What is wrong with a configuration: gathered, so that the operator can mend it in one go.

use std::cell::RefCell;

use crate::failure::Failure;

/// All that was found so far.
#[derive(Debug, Default)]
pub(super) struct Problems(RefCell<Vec<Failure>>);

impl Problems {
    pub(super) fn note(&self, problem: Failure) {
        self.0.borrow_mut().push(problem);
    }

    /// The value, or `None` with its problem noted: the reading goes on without it.
    pub(super) fn take<T>(&self, result: Result<T, Failure>) -> Option<T> {
        result.map_err(|problem| self.note(problem)).ok()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    /// All of them as one failure.
    pub(super) fn into_result(self) -> Result<(), Failure> {
        Failure::all(self.0.into_inner()).map_or(Ok(()), Err)
    }
}
