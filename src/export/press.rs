//! Renders messages beside the runtime's thread: a hundred of them may take some milliseconds.

use std::sync::Arc;

use anyhow::Context as _;

use super::names::Names;
use super::render::{Piece, Render};
use crate::domain::history::Message;

/// A renderer with the names it knows. It is away while it works.
pub struct Press(Option<Box<Inner>>);

pub struct Inner {
    pub renderer: Box<dyn Render>,
    pub names: Names,
}

impl Press {
    pub fn new(renderer: Box<dyn Render>, names: Names) -> Self {
        Self(Some(Box::new(Inner { renderer, names })))
    }

    /// `Err` after it has panicked.
    pub fn get(&mut self) -> anyhow::Result<&mut Inner> {
        self.0.as_deref_mut().context("a renderer is gone")
    }

    /// Renders the messages from this one on.
    pub async fn render(&mut self, messages: &Arc<Vec<Message>>, from: usize) -> anyhow::Result<Vec<Piece>> {
        let (mut inner, messages) = (self.0.take().context("a renderer is gone")?, Arc::clone(messages));
        let work = move || {
            let Inner { renderer, names } = &mut *inner;
            let pieces = messages[from..].iter().map(|message| renderer.message(message, names)).collect();
            (inner, pieces)
        };
        let (inner, pieces) = tokio::task::spawn_blocking(work).await.context("render messages")?;
        self.0 = Some(inner);
        Ok(pieces)
    }
}
