//! Parses Discord's JSON leniently: a missing, null or malformed field is absent, and affects neither its neighbours
//! nor the whole.
//!
//! Every helper is for `#[serde(default, deserialize_with = "…")]`. Each takes its value as raw text first, so that a
//! skipped value may hold anything: numbers out of range, invalid Unicode, unbounded nesting.

use std::collections::HashMap;
use std::str::FromStr;

use poise::serenity_prelude as serenity;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::domain::clock::Timestamp;

/// The value, if it has the expected shape.
pub fn option<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let raw = <&RawValue>::deserialize(deserializer)?;
    Ok(serde_json::from_str(raw.get()).ok())
}

/// A list. Malformed items are left out; anything but a list is an empty one.
pub fn list<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let raw = <&RawValue>::deserialize(deserializer)?;
    let items: Vec<&RawValue> = serde_json::from_str(raw.get()).unwrap_or_default();
    Ok(items.into_iter().filter_map(|item| serde_json::from_str(item.get()).ok()).collect())
}

/// An object by its keys, such as resolved ids. Entries with a malformed key are left out; the values stay raw.
pub fn map<'de, D, K>(deserializer: D) -> Result<HashMap<K, &'de RawValue>, D::Error>
where
    D: Deserializer<'de>,
    K: FromStr + Eq + std::hash::Hash,
{
    let raw = <&RawValue>::deserialize(deserializer)?;
    let entries: HashMap<String, &RawValue> = serde_json::from_str(raw.get()).unwrap_or_default();
    Ok(entries.into_iter().filter_map(|(key, value)| Some((key.parse().ok()?, value))).collect())
}

/// An id or a number, written as a number or as text.
pub fn number<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr,
{
    let raw = <&RawValue>::deserialize(deserializer)?;
    Ok(text_of(raw).and_then(|text| text.parse().ok()))
}

/// Flags or permissions, written as a number or as text. Bits above the lowest 64 are dropped.
pub fn bits<'de, D>(deserializer: D) -> Result<Option<u64>, D::Error>
where
    D: Deserializer<'de>,
{
    let known = |bits: u128| u64::try_from(bits & u128::from(u64::MAX)).ok();
    Ok(number::<D, u128>(deserializer)?.and_then(known))
}

/// A time (ISO 8601).
pub fn time<'de, D>(deserializer: D) -> Result<Option<Timestamp>, D::Error>
where
    D: Deserializer<'de>,
{
    let text: Option<String> = option(deserializer)?;
    let time = text.and_then(|text| serenity::Timestamp::parse(&text).ok());
    Ok(time.map(|time| Timestamp::from_millis(time.timestamp_millis())))
}

fn text_of(raw: &RawValue) -> Option<String> {
    let text = raw.get();
    if text.starts_with('"') { serde_json::from_str(text).ok() } else { Some(text.to_owned()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::ids::UserId;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    struct Read {
        #[serde(default, deserialize_with = "option")]
        text: Option<String>,
        #[serde(default, deserialize_with = "option")]
        flag: Option<bool>,
        #[serde(default, deserialize_with = "number")]
        id: Option<UserId>,
        #[serde(default, deserialize_with = "bits")]
        bits: Option<u64>,
        #[serde(default, deserialize_with = "list")]
        list: Vec<String>,
    }

    fn read(json: &str) -> Read {
        serde_json::from_str(json).expect("an object")
    }

    #[test]
    fn what_is_missing_null_or_odd_is_absent_and_costs_no_neighbour() {
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        let odd = ["null", "[]", "{}", "1e999", "-1.5", r#""\ud800""#, r#"{"a":{"b":[null]}}"#, deep.as_str()];
        for odd in odd {
            let json = format!(r#"{{"text":{odd},"flag":{odd},"id":{odd},"bits":{odd},"list":["a"],"new":{odd}}}"#);
            let found = read(&json);
            assert_eq!(found, Read { list: vec!["a".to_owned()], ..Read::default() }, "{json:.80}");
            let json = format!(r#"{{"text":"t","flag":true,"id":"7","bits":"8","list":{odd},"new":{odd}}}"#);
            let found = read(&json);
            assert_eq!(
                (found.text.as_deref(), found.flag, found.id, found.bits),
                (Some("t"), Some(true), Some(UserId::new(7)), Some(8))
            );
            assert!(found.list.is_empty(), "{json:.80}");
        }
    }

    #[test]
    fn ids_and_bits_may_be_numbers_or_text() {
        for (json, id, bits) in [
            (r#"{"id":"7","bits":"7"}"#, Some(7), Some(7)),
            (r#"{"id":7,"bits":7}"#, Some(7), Some(7)),
            (r#"{"id":0,"bits":0}"#, None, Some(0)),
            (r#"{"id":"18446744073709551615","bits":"18446744073709551615"}"#, Some(u64::MAX), Some(u64::MAX)),
            (r#"{"id":"18446744073709551617","bits":"18446744073709551617"}"#, None, Some(1)),
            (r#"{"id":7.0,"bits":7.5}"#, None, None),
            (r#"{"id":"seven","bits":""}"#, None, None),
        ] {
            let found = read(json);
            assert_eq!((found.id.map(UserId::get), found.bits), (id, bits), "{json}");
        }
    }

    #[test]
    fn a_list_is_read_item_by_item() {
        let found = read(r#"{"list":["a",null,5,"\ud800",{"b":[]},["c"],"d"]}"#);
        assert_eq!(found.list, ["a", "d"]);
    }

    proptest! {
        #[test]
        fn any_text_that_is_there_is_read(text: String) {
            let found = read(&serde_json::json!({ "text": text, "id": [], "list": [text] }).to_string());
            prop_assert_eq!(found.text.as_deref(), Some(text.as_str()));
            prop_assert_eq!(found.list, [text]);
        }
    }
}
