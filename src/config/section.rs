//! Reads TOML key by key, from the operator's file first and from the defaults below it.
//!
//! Not through serde: its errors quote the value, which may be the token, and it stops at the first error: see
//! `docs/decisions/0006-operator-parts.md`. These messages name the place, the key and the kind of its value.

use std::collections::BTreeSet;

use secrecy::SecretString;
use toml::de::{DeTable, DeValue};

use super::problems::Problems;
use super::source::{At, Place, Source};
use super::suggestion::unknown_key;
use super::token::Token;
use crate::failure::Failure;

/// One table of the configuration. Each key is taken once; [`Section::finish`] refuses the remaining ones.
///
/// Notes each problem and continues with the key's default, so that all problems are reported at once.
pub(super) struct Section<'a> {
    /// With its trailing dot, or empty for the whole file.
    prefix: String,
    /// The operator's file, if any, then the defaults.
    layers: Vec<Layer<'a>>,
    problems: &'a Problems,
}

struct Layer<'a> {
    source: &'a Source,
    table: DeTable<'a>,
}

impl<'a> Section<'a> {
    /// Parses `sources`, the one with precedence first.
    ///
    /// # Errors
    ///
    /// Invalid TOML, one line each. Nothing else is checked then.
    pub(super) fn parse(sources: &[&'a Source], problems: &'a Problems) -> Result<Self, Failure> {
        let parse = |source: &&'a Source| Ok(Layer { source, table: parse(source)? });
        Ok(Self { prefix: String::new(), layers: sources.iter().map(parse).collect::<Result<_, _>>()?, problems })
    }

    /// The table `name` in this one.
    pub(super) fn section(&mut self, name: &str) -> Section<'a> {
        let prefix = format!("{}{name}.", self.prefix);
        let mut inner = Section { prefix, layers: Vec::new(), problems: self.problems };
        for layer in &mut self.layers {
            let Some(value) = layer.table.remove(name) else { continue };
            let start = value.span().start;
            match value.into_inner() {
                DeValue::Table(table) => inner.layers.push(Layer { source: layer.source, table }),
                other => {
                    let place = layer.source.place(start, format!("{}{name}", self.prefix));
                    let problem = format!("must be a table, but {} stands there", kind(&other));
                    self.problems.note(place.problem(problem));
                }
            }
        }
        inner
    }

    pub(super) fn text(&mut self, name: &str) -> At<String> {
        self.take(name, read_text)
    }

    pub(super) fn secret(&mut self, name: &str) -> At<SecretString> {
        self.take(name, |_, place, value| match value {
            DeValue::String(text) => Ok(At { value: SecretString::from(text.into_owned()), place }),
            other => Err(wrong_kind(&place, "text in quotes", &other)),
        })
    }

    pub(super) fn integer(&mut self, name: &str) -> At<i64> {
        self.take(name, |_, place, value| match value {
            DeValue::Integer(integer) => match i64::from_str_radix(integer.as_str(), integer.radix()) {
                Ok(value) => Ok(At { value, place }),
                Err(_) => Err(place.problem("is a number beyond all bounds")),
            },
            other => Err(wrong_kind(&place, "a whole number", &other)),
        })
    }

    /// A string or a number, as text.
    pub(super) fn text_or_integer(&mut self, name: &str) -> At<String> {
        self.take(name, |source, place, value| match value {
            DeValue::Integer(integer) => {
                let value = i64::from_str_radix(integer.as_str(), integer.radix());
                // An integer that does not fit is out of every range.
                Ok(At { value: value.map_or_else(|_| integer.as_str().to_owned(), |value| value.to_string()), place })
            }
            value @ DeValue::String(_) => read_text(source, place, value),
            other => Err(wrong_kind(&place, "text in quotes or a whole number", &other)),
        })
    }

    pub(super) fn boolean(&mut self, name: &str) -> At<bool> {
        self.take(name, |_, place, value| match value {
            DeValue::Boolean(value) => Ok(At { value, place }),
            other => Err(wrong_kind(&place, "true or false", &other)),
        })
    }

    pub(super) fn texts(&mut self, name: &str) -> Vec<At<String>> {
        let texts = self.take(name, |source, place, value| {
            let DeValue::Array(items) = value else {
                return Err(wrong_kind(&place, "a list, such as [\"a\", \"b\"],", &value));
            };
            let read = |item: toml::Spanned<DeValue<'a>>| {
                read_text(source, source.place(item.span().start, place.key.clone()), item.into_inner())
            };
            let value = items.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
            Ok(At { value, place })
        });
        texts.value
    }

    /// Finishes this table: a key that nobody has taken is unknown.
    pub(super) fn finish(self) {
        for layer in self.layers {
            for (key, _) in layer.table {
                let line = layer.source.place(key.span().start, String::new()).line;
                self.problems.note(unknown_key(&layer.source.label, line, &self.prefix, key.get_ref()));
            }
        }
    }

    /// The value of the first layer with a readable one. Removes it from all layers.
    fn take<T>(
        &mut self,
        name: &str,
        read: impl Fn(&'a Source, Place, DeValue<'a>) -> Result<At<T>, Failure>,
    ) -> At<T> {
        let key = format!("{}{name}", self.prefix);
        let mut found = None;
        for layer in &mut self.layers {
            let Some(value) = layer.table.remove(name).filter(|_| found.is_none()) else { continue };
            let place = layer.source.place(value.span().start, key.clone());
            found = self.problems.take(read(layer.source, place, value.into_inner()));
        }
        #[expect(clippy::expect_used, reason = "a test proves that the defaults have every key, each of its kind")]
        found.expect("a default for every key")
    }
}

fn parse(source: &Source) -> Result<DeTable<'_>, Failure> {
    let (table, errors) = DeTable::parse_recoverable(source.expose());
    let problems = Problems::default();
    let mut lines = BTreeSet::new();
    for error in errors {
        let line = source.place(error.span().map_or(0, |span| span.start), String::new()).line;
        // Further errors on the same line mostly follow from the first.
        if lines.insert(line) {
            problems.note(not_toml(source, line, &error));
        }
    }
    problems.into_result()?;
    Ok(table.into_inner())
}

fn read_text(_: &Source, place: Place, value: DeValue<'_>) -> Result<At<String>, Failure> {
    let DeValue::String(text) = value else {
        return Err(wrong_kind(&place, "text in quotes", &value));
    };
    // --dump-config and messages print settings; a token pasted beside its key must not appear there.
    if Token::is_inside(&text) {
        return Err(place
            .problem("holds what looks like a bot token")
            .help("Write the token under `bot.token`, or into a file that `bot.token_file` names."));
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

/// The parser's `Display` prints the line and perhaps the token; its message alone quotes nothing.
fn not_toml(source: &Source, line: usize, error: &toml::de::Error) -> Failure {
    Failure::config(format!("{}, line {line}, is not valid TOML", source.label))
        .cause(error.message())
        .help("Quote text, write each key once and tables in brackets: see https://toml.io.")
}
