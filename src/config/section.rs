//! Reading TOML key by key, from the operator's file first and from the defaults below it.
//!
//! By hand rather than through serde, because serde's errors quote what they found, and what they found may be the
//! token. Here a message is made of the place, the key, and the kind of value that stands there.

use secrecy::SecretString;
use toml::de::{DeTable, DeValue};

use super::source::{At, Place, Source};
use super::suggestion::unknown_key;
use super::token::Token;
use crate::failure::Failure;

/// One table of the configuration. Each key is taken once; [`Section::finish`] refuses what is left.
pub(super) struct Section<'a> {
    /// With its dot at the end, or empty for the whole file.
    prefix: String,
    /// The operator's file, if there is one, then the defaults.
    layers: Vec<Layer<'a>>,
}

struct Layer<'a> {
    source: &'a Source,
    table: DeTable<'a>,
}

impl<'a> Section<'a> {
    /// Parses `sources`, the one that wins first.
    pub(super) fn parse(sources: &[&'a Source]) -> Result<Self, Failure> {
        let parse = |source: &&'a Source| {
            let table = DeTable::parse(source.expose()).map_err(|error| not_toml(source, &error))?;
            Ok(Layer { source, table: table.into_inner() })
        };
        Ok(Self { prefix: String::new(), layers: sources.iter().map(parse).collect::<Result<_, _>>()? })
    }

    /// The table `name` in this one.
    pub(super) fn section(&mut self, name: &str) -> Result<Section<'a>, Failure> {
        let mut inner = Section { prefix: format!("{}{name}.", self.prefix), layers: Vec::new() };
        for layer in &mut self.layers {
            let Some(value) = layer.table.remove(name) else {
                continue;
            };
            let start = value.span().start;
            match value.into_inner() {
                DeValue::Table(table) => inner.layers.push(Layer { source: layer.source, table }),
                other => {
                    let place = layer.source.place(start, format!("{}{name}", self.prefix));
                    return Err(place.problem(format!("must be a table, but {} stands there", kind(&other))));
                }
            }
        }
        Ok(inner)
    }

    pub(super) fn text(&mut self, name: &str) -> Result<At<String>, Failure> {
        let (place, value) = self.take(name)?;
        read_text(place, value)
    }

    pub(super) fn secret(&mut self, name: &str) -> Result<At<SecretString>, Failure> {
        match self.take(name)? {
            (place, DeValue::String(text)) => Ok(At { value: SecretString::from(text.into_owned()), place }),
            (place, other) => Err(wrong_kind(&place, "text in quotes", &other)),
        }
    }

    pub(super) fn integer(&mut self, name: &str) -> Result<At<i64>, Failure> {
        match self.take(name)? {
            (place, DeValue::Integer(integer)) => match i64::from_str_radix(integer.as_str(), integer.radix()) {
                Ok(value) => Ok(At { value, place }),
                Err(_) => Err(place.problem("is a number beyond all bounds")),
            },
            (place, other) => Err(wrong_kind(&place, "a whole number", &other)),
        }
    }

    /// A word or a number, as it would be written.
    pub(super) fn text_or_integer(&mut self, name: &str) -> Result<At<String>, Failure> {
        match self.take(name)? {
            (place, DeValue::Integer(integer)) => {
                let value = i64::from_str_radix(integer.as_str(), integer.radix());
                // What does not fit is out of bounds for whoever asks.
                Ok(At { value: value.map_or_else(|_| integer.as_str().to_owned(), |value| value.to_string()), place })
            }
            (place, value @ DeValue::String(_)) => read_text(place, value),
            (place, other) => Err(wrong_kind(&place, "text in quotes or a whole number", &other)),
        }
    }

    pub(super) fn boolean(&mut self, name: &str) -> Result<At<bool>, Failure> {
        match self.take(name)? {
            (place, DeValue::Boolean(value)) => Ok(At { value, place }),
            (place, other) => Err(wrong_kind(&place, "true or false", &other)),
        }
    }

    pub(super) fn texts(&mut self, name: &str) -> Result<Vec<At<String>>, Failure> {
        let (place, value, source) = self.take_with_source(name)?;
        let DeValue::Array(items) = value else {
            return Err(wrong_kind(&place, "a list, such as [\"a\", \"b\"],", &value));
        };
        let read = |item: toml::Spanned<DeValue<'a>>| {
            read_text(source.place(item.span().start, place.key.clone()), item.into_inner())
        };
        items.into_iter().map(read).collect()
    }

    /// Ends the reading of this table: a key that nobody asked for is one that ticketbot does not know.
    pub(super) fn finish(self) -> Result<(), Failure> {
        for layer in self.layers {
            let first = layer.table.into_iter().map(|(key, _)| key).min_by_key(|key| key.span().start);
            if let Some(key) = first {
                let line = layer.source.place(key.span().start, String::new()).line;
                return Err(unknown_key(&layer.source.label, line, &self.prefix, key.get_ref()));
            }
        }
        Ok(())
    }

    fn take(&mut self, name: &str) -> Result<(Place, DeValue<'a>), Failure> {
        self.take_with_source(name).map(|(place, value, _)| (place, value))
    }

    /// The value of the first layer that has one. It is taken from the layers below as well.
    fn take_with_source(&mut self, name: &str) -> Result<(Place, DeValue<'a>, &'a Source), Failure> {
        let key = format!("{}{name}", self.prefix);
        let mut found = None;
        for layer in &mut self.layers {
            if let Some(value) = layer.table.remove(name) {
                found.get_or_insert((layer.source, value));
            }
        }
        // Cannot happen: a test proves that the defaults have every key.
        let (source, value) = found.ok_or_else(|| Failure::config(format!("`{key}` has no default")))?;
        Ok((source.place(value.span().start, key), value.into_inner(), source))
    }
}

fn read_text(place: Place, value: DeValue<'_>) -> Result<At<String>, Failure> {
    let DeValue::String(text) = value else {
        return Err(wrong_kind(&place, "text in quotes", &value));
    };
    // Settings are printed by --dump-config and in messages; a token pasted beside its key must not come out there.
    if Token::is_inside(&text) {
        return Err(place
            .problem("holds what looks like a bot token")
            .next("Write the token under `bot.token`, or into a file that `bot.token_file` names."));
    }
    Ok(At { value: text.into_owned(), place })
}

fn wrong_kind(place: &Place, expected: &str, found: &DeValue<'_>) -> Failure {
    place.problem(format!("must be {expected} but is {}", kind(found)))
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// The parser's own `Display` would print the line, and with it perhaps the token; its message alone quotes nothing.
fn not_toml(source: &Source, error: &toml::de::Error) -> Failure {
    let line = source.place(error.span().map_or(0, |span| span.start), String::new()).line;
    Failure::config(format!("{}, line {line}, is not valid TOML", source.label))
        .because(error.message())
        .next("Text stands in quotes, each key once, tables in brackets: see https://toml.io.")
}
