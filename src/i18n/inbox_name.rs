//! How people know an inbox: by what its button says, and by its number.

use fluent_templates::fluent_bundle::FluentValue;

use super::message::CommonMsg;
use super::{Arg, Locale, render};
use crate::domain::ids::InboxId;
use crate::domain::settings::PanelEntry;
use crate::domain::text;

/// What the button of an inbox says.
pub fn inbox_label(entry: &PanelEntry, guild_locale: &Locale) -> String {
    let own = entry.label.as_deref().map(text::single_line).filter(|label| text::is_visible(label));
    own.unwrap_or_else(|| render(guild_locale, &CommonMsg::CreateTicketButton))
}

/// An inbox by its number, with what its button says, if it still has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxName {
    pub inbox: InboxId,
    /// Not escaped.
    pub label: Option<String>,
}

/// Several of them. Truncated, each by itself and all together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxNames(pub Vec<InboxName>);

impl InboxNames {
    const SHOWN: usize = 10;
    /// Characters of a label, before escaping.
    const LABEL: usize = 25;
}

impl InboxName {
    fn written(&self, most: usize) -> String {
        match &self.label {
            Some(label) => format!("{} ({})", self.inbox, text::escape(text::cut(label, most))),
            None => self.inbox.to_string(),
        }
    }
}

impl Arg for InboxName {
    fn value(&self, _: &Locale) -> FluentValue<'static> {
        self.written(usize::MAX).into()
    }
    fn sample() -> Self {
        Self { inbox: InboxId::new(3), label: Some("Bills".to_owned()) }
    }
}

impl Arg for Option<InboxName> {
    /// The name, or `none`: a message selects on it.
    fn value(&self, locale: &Locale) -> FluentValue<'static> {
        self.as_ref().map_or_else(|| "none".into(), |name| name.value(locale))
    }
    fn sample() -> Self {
        Some(InboxName::sample())
    }
}

impl Arg for InboxNames {
    fn value(&self, _: &Locale) -> FluentValue<'static> {
        let mut names: Vec<_> = self.0.iter().take(Self::SHOWN).map(|name| name.written(Self::LABEL)).collect();
        if self.0.len() > Self::SHOWN {
            names.push(format!("… (+{})", self.0.len() - Self::SHOWN));
        }
        names.join(", ").into()
    }
    fn sample() -> Self {
        Self(vec![InboxName::sample(), InboxName { inbox: InboxId::new(4), label: None }])
    }
}
