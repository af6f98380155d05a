//! The first message of a ticket: it adds owner and staff to the thread by mentioning them.
//!
//! A message may mention anybody in its text, but notifies and adds only those in its allowed mentions: this module
//! builds that list from the owner and the configured staff only. `discord` sends the message.

use std::collections::HashSet;
use std::hash::Hash;

use super::form::Values;
use super::ids::{RoleId, UserId};
use super::placeholder::{Template, Token};
use super::staff::StaffMember;
use super::text;

/// Used when a template renders to nothing visible.
pub const FALLBACK_TEMPLATE: &str = "$author $staff";

/// The placeholders with a value.
pub const PLACEHOLDERS: [&str; 2] = ["author", "staff"];

/// Maximum length, in characters (Discord: "Create Message", `content`).
pub const MAX_LENGTH: usize = 2000;

/// Maximum users, and maximum roles, in a message's allowed mentions (Discord: "Message", allowed mentions).
const MAX_ALLOWED: usize = 100;

/// The message's text and its allowed mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Starter {
    /// 1 to [`MAX_LENGTH`] characters, with no mention split.
    pub content: String,
    /// The content certainly mentions the author, which adds them to the thread. When false (the template has no
    /// `$author`, or quotes it as code), a separate request must add the owner.
    pub brings_author: bool,
    /// The mentioned author and staff members.
    pub users: Vec<UserId>,
    /// The mentioned staff roles.
    pub roles: Vec<RoleId>,
    /// Staff of `$staff` that did not fit.
    pub left_out: Vec<StaffMember>,
    /// Template text was cut.
    pub is_cut: bool,
}

/// A part of a rendered template, before fitting.
enum Piece {
    Text(String),
    Mention(String),
}

impl Starter {
    /// Renders `template`, or `default` when the template is blank, or else [`FALLBACK_TEMPLATE`].
    /// `form` has the values of further placeholders, which appear literally.
    pub fn render(template: &str, author: UserId, staff: &[StaffMember], default: Option<&str>, form: &Values) -> Self {
        let candidates = [template, default.unwrap_or_default()];
        candidates
            .into_iter()
            .filter(|candidate| text::is_visible(candidate))
            .map(|candidate| Self::fill(&Template::parse(candidate), author, staff, form))
            .find(|starter| text::is_visible(&starter.content))
            .unwrap_or_else(|| Self::fill(&Template::parse(FALLBACK_TEMPLATE), author, staff, form))
    }

    fn fill(template: &Template, author: UserId, staff: &[StaffMember], form: &Values) -> Self {
        let author_mention = StaffMember::Member(author).to_string();
        let asked: &[StaffMember] = if template.mentions("staff") { staff } else { &[] };
        let (mentioned, left_out) = fit(&author_mention, asked);

        let mut pieces = Vec::new();
        for token in template.tokens() {
            match token {
                Token::Placeholder { name, .. } if name == "author" => {
                    pieces.push(Piece::Mention(author_mention.clone()));
                }
                Token::Placeholder { name, .. } if name == "staff" => push_staff(&mut pieces, &mentioned),
                Token::Placeholder { name, .. } if form.get(name).is_some() => {
                    pieces.push(Piece::Text(text::escape(form.get(name).unwrap_or_default())));
                }
                token => pieces.push(Piece::Text(token.written())),
            }
        }
        let whole: String = pieces.iter().map(Piece::as_str).collect();
        let is_cut = text::length(whole.trim()) > MAX_LENGTH;
        let content = if is_cut { join(&pieces) } else { whole };
        let content = content.trim().to_owned();

        // Includes staff whose mention an admin wrote into the template.
        let configured = std::iter::once(StaffMember::Member(author)).chain(staff.iter().copied());
        let named: Vec<_> = unique(configured).filter(|member| content.contains(&member.to_string())).collect();
        let users = named.iter().filter_map(|member| match member {
            StaffMember::Member(user) => Some(*user),
            StaffMember::Role(_) => None,
        });
        let roles = named.iter().filter_map(|member| match member {
            StaffMember::Role(role) => Some(*role),
            StaffMember::Member(_) => None,
        });
        Self {
            brings_author: certainly_mentions(&content, &author_mention),
            users: users.take(MAX_ALLOWED).collect(),
            roles: roles.take(MAX_ALLOWED).collect(),
            left_out,
            is_cut,
            content,
        }
    }
}

fn unique<T: Copy + Eq + Hash>(items: impl Iterator<Item = T>) -> impl Iterator<Item = T> {
    let mut seen = HashSet::new();
    items.filter(move |item| seen.insert(*item))
}

/// Splits staff into those whose mentions fit into a message beside the author's, and the rest.
fn fit(author_mention: &str, staff: &[StaffMember]) -> (Vec<StaffMember>, Vec<StaffMember>) {
    let mut room = MAX_LENGTH - text::length(author_mention);
    let (mut users, mut roles) = (1, 0);
    let mut fitting: Vec<_> = unique(staff.iter().copied()).collect();
    let count = fitting.iter().take_while(|member| {
        let allowed = match member {
            StaffMember::Member(_) => &mut users,
            StaffMember::Role(_) => &mut roles,
        };
        let needed = text::length(&member.to_string()) + 1;
        let fits = *allowed < MAX_ALLOWED && needed <= room;
        *allowed += 1;
        room = room.saturating_sub(needed);
        fits
    });
    let left_out = fitting.split_off(count.count());
    (fitting, left_out)
}

fn push_staff(pieces: &mut Vec<Piece>, staff: &[StaffMember]) {
    for (index, member) in staff.iter().enumerate() {
        if index > 0 {
            pieces.push(Piece::Text(" ".to_owned()));
        }
        pieces.push(Piece::Mention(member.to_string()));
    }
}

/// Joins pieces that are too long, cutting text so that each mention stays once.
fn join(pieces: &[Piece]) -> String {
    let mentions: HashSet<_> = pieces.iter().filter_map(Piece::mention).collect();
    let reserved: usize = mentions.iter().map(|mention| text::length(mention) + 1).sum();
    let mut room = MAX_LENGTH.saturating_sub(reserved);
    let mut full = false;
    let mut placed = HashSet::new();
    let mut out = String::new();
    for piece in pieces {
        let length = text::length(piece.as_str());
        if let Some(mention) = piece.mention()
            && placed.insert(mention)
        {
            if full && !out.is_empty() {
                out.push(' ');
            }
            out.push_str(mention);
        } else if full {
            // No room left; the remaining mentions have theirs reserved.
        } else if length <= room {
            room -= length;
            out.push_str(piece.as_str());
        } else {
            full = true;
            if piece.mention().is_none() && room > 0 {
                out.push_str(cut_outside_marks(piece.as_str(), room - 1));
                out.push('…');
            }
        }
    }
    out
}

impl Piece {
    fn as_str(&self) -> &str {
        match self {
            Self::Text(text) | Self::Mention(text) => text,
        }
    }

    fn mention(&self) -> Option<&str> {
        match self {
            Self::Text(_) => None,
            Self::Mention(mention) => Some(mention),
        }
    }
}

/// Cuts like [`text::cut`], but not within `<…>`: mentions, emoji and times in the template.
pub(super) fn cut_outside_marks(whole: &str, max: usize) -> &str {
    let kept = text::cut(whole, max);
    let Some(start) = kept.rfind('<') else { return kept };
    let mark = whole[start..].split_once('>').map(|(mark, _)| mark);
    let is_cut = mark.is_some_and(|mark| !mark.contains(char::is_whitespace) && start + mark.len() >= kept.len());
    if is_cut { &kept[..start] } else { kept }
}

/// Whether Discord certainly parses `mention` as one: not after a backslash, in backticks, a link or an angle bracket.
/// A wrong "no" costs one request, a wrong "yes" a ticket without its owner.
fn certainly_mentions(content: &str, mention: &str) -> bool {
    content.match_indices(mention).any(|(start, _)| {
        let (before, after) = (&content[..start], &content[start + mention.len()..]);
        let is_quoted = before.contains('`') && after.contains('`');
        !is_quoted && !before.ends_with('\\') && !is_in_link(before, after)
    })
}

/// Whether the place between `before` and `after` may be inside a link's address or text.
fn is_in_link(before: &str, after: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let in_address = word.contains("://") || word.rfind('<') > word.rfind('>');
    let in_words = before.rfind('[') > before.rfind(']') && after.contains("](");
    in_address || in_words || before.rfind("](") > before.rfind(')')
}

#[cfg(test)]
mod tests;
