//! Reads and writes opening hours.

use super::{DAY, DayNames, Hours};

/// Why a text is no opening hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// This part could not be read.
    Unreadable(String),
    /// It names no hours.
    Empty,
}

/// Reads hours with names of days in this language, or in English. Days stand before their hours and hold until others
/// are named; without days, hours hold every day. Hours that end before they begin cross midnight.
pub fn parse(text: &str, names: &DayNames) -> Result<Hours, Refusal> {
    let english = DayNames::english();
    let day = |word: &str| names.find(word).or_else(|| english.find(word));
    let (mut days, mut stretches, mut waiting) = (Vec::new(), Vec::new(), None);
    for word in words(text) {
        let unreadable = || Refusal::Unreadable(word.clone());
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            let (from, to) =
                word.split_once('-').and_then(|(from, to)| Some((time(from)?, time(to)?))).ok_or_else(unreadable)?;
            if from == to || from == DAY {
                return Err(unreadable());
            }
            let to = if to < from { to + DAY } else { to };
            let on: Vec<usize> = if days.is_empty() { (0..7).collect() } else { days.clone() };
            stretches.extend(on.into_iter().map(|day| (day * DAY + from, day * DAY + to)));
            waiting = None;
        } else {
            if waiting.is_none() {
                days.clear();
            }
            match word.split_once('-') {
                Some((from, to)) => {
                    let (from, to) = day(from).zip(day(to)).ok_or_else(unreadable)?;
                    days.extend((0..=(to + 7 - from) % 7).map(|off| (from + off) % 7));
                }
                None => days.push(day(&word).ok_or_else(unreadable)?),
            }
            waiting = Some(word.clone());
        }
    }
    match waiting {
        Some(word) => Err(Refusal::Unreadable(word)),
        None => Hours::new(stretches).ok_or(Refusal::Empty),
    }
}

/// Words in lower case, ranges joined: `mon-fri`, `09:00-17:00`.
fn words(text: &str) -> Vec<String> {
    let dashes = text.to_lowercase().replace(['–', '—', '−'], "-");
    let mut joined = String::new();
    for part in dashes.split('-').map(|part| part.trim_matches(|c: char| c.is_whitespace())) {
        if !joined.is_empty() {
            joined.push('-');
        }
        joined.push_str(part);
    }
    let parts = joined.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
    parts.map(|word| word.trim_end_matches(':')).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Minutes of the day, at most 24:00: `9`, `09:00`, `17h30`, `9.30`, `5pm`.
fn time(text: &str) -> Option<usize> {
    let (text, half) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(text), _) => (text, Some(0)),
        (_, Some(text)) => (text, Some(12)),
        _ => (text, None),
    };
    let (hour, minute) = match text.find([':', 'h', '.']) {
        Some(at) => (&text[..at], Some(&text[at + 1..]).filter(|minute| !minute.is_empty())),
        None => (text, None),
    };
    let number = |text: &str| -> Option<usize> {
        let is_short = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|_| is_short)
    };
    let (hour, minute) = (number(hour)?, minute.map_or(Some(0), number)?);
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    Some(hour * 60 + minute).filter(|minutes| minute < 60 && *minutes <= DAY)
}

/// The hours as they would be written, which [`parse`] reads as the same.
pub fn write(hours: &Hours, names: &DayNames) -> String {
    let mut days: [Vec<String>; 7] = Default::default();
    for &(begin, end) in &hours.spans {
        for (day, from, to) in by_day(begin, end) {
            days[day].push(format!("{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60));
        }
    }
    let mut parts = Vec::new();
    let mut day = 0;
    while day < 7 {
        let last = (day..7).take_while(|next| days[*next] == days[day]).last().unwrap_or(day);
        if !days[day].is_empty() {
            let range = if last > day {
                format!("{}-{}", names.short[day], names.short[last])
            } else {
                names.short[day].clone()
            };
            parts.push(format!("{range} {}", days[day].join(", ")));
        }
        day = last + 1;
    }
    parts.join("; ")
}

/// A stretch as parts of at most a day: the day, and from when to when; an end before the beginning is on the next day.
fn by_day(begin: usize, end: usize) -> Vec<(usize, usize, usize)> {
    let is_short = end - begin < DAY || (end - begin == DAY && begin.is_multiple_of(DAY));
    if is_short {
        let to = if end.is_multiple_of(DAY) { DAY } else { end % DAY };
        return vec![(begin / DAY % 7, begin % DAY, to)];
    }
    let next = (begin / DAY + 1) * DAY;
    let mut parts = vec![(begin / DAY % 7, begin % DAY, DAY)];
    if next < end {
        parts.extend(by_day(next, end));
    }
    parts
}
