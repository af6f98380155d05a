//! Finds answers again in the messages into which `layout` has written them.

use super::layout::QUOTE;

/// A question with its answer as they stand in messages: Discord's markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    pub question: String,
    /// Empty: it is in the next message.
    pub answer: String,
}

/// The answers with which the first message of a ticket ends.
pub fn at_end(text: &str) -> Vec<Quoted> {
    let lines: Vec<&str> = text.lines().collect();
    let (mut begin, mut line) = (lines.len(), lines.len());
    while line > 0 {
        if quotation(lines[line - 1]).is_none() {
            let is_answered = line < begin || begin == lines.len();
            if !is_answered || question(lines[line - 1]).is_none() {
                break;
            }
            begin = line - 1;
        }
        line -= 1;
    }
    let mut found = Vec::new();
    if begin < lines.len() {
        add(&mut found, &lines[begin..]);
    }
    found
}

/// Adds the answers of a message that holds nothing else; an answer may go on in it. False: it is another message.
pub fn go_on(found: &mut Vec<Quoted>, text: &str) -> bool {
    let lines: Vec<&str> = text.lines().collect();
    let begins_well = match lines.first() {
        Some(first) => question(first).is_some() || !found.is_empty(),
        None => false,
    };
    let is_another = |line: &&str| quotation(line).is_none() && question(line).is_none();
    if !begins_well || lines.iter().any(is_another) {
        return false;
    }
    add(found, &lines);
    true
}

/// Whether a message goes on with the answers before it. `follows`: there is one before; `has_files`: it has files.
pub fn goes_on(text: &str, follows: bool, has_files: bool) -> bool {
    let lines: Vec<&str> = text.lines().collect();
    let Some(first) = lines.first() else { return false };
    if question(first).is_none() && !(follows && quotation(first).is_some()) {
        return false;
    }
    let is_another = |line: &&&str| quotation(line).is_none() && question(line).is_none();
    match (lines.iter().filter(is_another).count(), lines.as_slice()) {
        (0, _) => true,
        // The last line says that the files above it are missing.
        (1, [.., file, last]) => has_files || (is_another(&last) && quotation(file).is_some()),
        _ => has_files,
    }
}

/// The question of a message that begins with one.
pub fn heading(text: &str) -> Option<&str> {
    text.lines().next().and_then(question)
}

fn add(found: &mut Vec<Quoted>, lines: &[&str]) {
    for line in lines {
        match (question(line), quotation(line), found.last_mut()) {
            (Some(question), ..) => found.push(Quoted { question: question.to_owned(), answer: String::new() }),
            (None, Some(quoted), Some(last)) => {
                if !last.answer.is_empty() {
                    last.answer.push('\n');
                }
                last.answer.push_str(quoted);
            }
            (None, ..) => {}
        }
    }
}

/// What `layout::heading` has written: within it, every star is escaped.
fn question(line: &str) -> Option<&str> {
    let inner = line.strip_prefix("**")?.strip_suffix("**").filter(|inner| !inner.is_empty())?;
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => _ = letters.next()?,
            '*' => return None,
            _ => {}
        }
    }
    Some(inner)
}

fn quotation(line: &str) -> Option<&str> {
    line.strip_prefix(QUOTE).or_else(|| (line == QUOTE.trim_end()).then_some(""))
}
