//! `gateway.shards` and `gateway.range`: the number of shards, and those that this process runs.

use std::ops::RangeInclusive;

use super::source::At;
use crate::domain::shards::{MOST_SHARDS, ShardRange};
use crate::failure::Failure;

const AUTO: &str = "auto";
const ALL: &str = "all";

/// `None`: as many as Discord recommends, all of them here.
pub(super) fn resolve(shards: &At<String>, range: &At<String>) -> Result<Option<ShardRange>, Failure> {
    let ids = match range.value.trim() {
        ALL => None,
        written => Some(parse_range(written).ok_or_else(|| {
            range.problem("must be \"all\", one shard such as \"2\", or a range such as \"0-3\"; shards count from 0")
        })?),
    };
    if shards.value.trim() == AUTO {
        return match ids {
            None => Ok(None),
            Some(_) => Err(range.problem(
                "needs a number under `gateway.shards`, because all processes that share the load must count with the \
                 same total",
            )),
        };
    }
    let total = parse_number(shards.value.trim()).filter(|total| (1..=MOST_SHARDS).contains(total));
    let total = total.ok_or_else(|| shards.problem(format!("must be \"auto\" or from 1 to {MOST_SHARDS}")))?;
    let share = match ids {
        None => Some(ShardRange::whole(total)),
        Some(ids) => ShardRange::new(total, ids),
    };
    share.map(Some).ok_or_else(|| {
        range.problem(format!(
            "must be within the {total} that `gateway.shards` sets, from 0 to {}, lower end first",
            total - 1
        ))
    })
}

fn parse_range(written: &str) -> Option<RangeInclusive<u32>> {
    let (first, last) = written.split_once('-').unwrap_or((written, written));
    Some(parse_number(first.trim())?..=parse_number(last.trim())?)
}

/// Digits only: no sign.
fn parse_number(written: &str) -> Option<u32> {
    let digits = written.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| written.parse().ok()).flatten()
}
