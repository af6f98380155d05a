//! What the first message of a ticket shows below its text: embeds whose texts are templates, and files. Both are copied
//! from a message that an admin has selected.
//!
//! Nobody is notified by what stands here: mentions count in the text alone (`starter`).

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::embed::{Embed, MAX_TOTAL, Place, attached};
use super::form::Values;
use super::ids::UserId;
use super::permissions::Permissions;
use super::placeholder::{Template, Token};
use super::staff::StaffMember;
use super::starter::cut_outside_marks;
use super::text;

/// The most files of a message (Discord: "Create Message", files).
pub const MOST_FILES: usize = 10;

/// The most characters of a file's name, and of its alternative text (Discord: "Message", attachment: 1,024).
const MAX_NAME: usize = 100;
const MAX_ABOUT: usize = 1_024;

/// The most bytes of a file: those of a whole request (Discord: "Reference", uploading files).
const MOST_BYTES: u64 = 25_000_000;

/// Hexadecimal digits of a digest.
const DIGEST: usize = 64;

/// Stands for a field that is empty once it is filled in: Discord takes none without a name and a value.
const EMPTY: &str = "–";

/// A file that every ticket of an inbox gets. Its content is stored beside the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateFile {
    pub name: String,
    /// Alternative text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of its content, by which it is found.
    pub digest: String,
}

/// Refuses what could not be posted.
pub fn are_files(files: &[TemplateFile]) -> bool {
    let mut names = HashSet::new();
    files.len() <= MOST_FILES
        && files.iter().all(|file| {
            let is_safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
            let has_name = !file.name.is_empty() && file.name.len() <= MAX_NAME && file.name.chars().all(is_safe);
            let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
            let has_digest = file.digest.len() == DIGEST && file.digest.bytes().all(is_hex);
            let about = file.description.as_deref().unwrap_or_default();
            file.size <= MOST_BYTES
                && has_name
                && has_digest
                && text::length(about) <= MAX_ABOUT
                && names.insert(file.name.to_ascii_lowercase())
        })
}

/// What the bot needs to post this in a thread, beside what it needs for the text.
pub fn needs(embeds: &[Embed], files: &[TemplateFile]) -> Permissions {
    let of = |is_there: bool, needed| if is_there { needed } else { Permissions::NONE };
    of(!embeds.is_empty(), Permissions::EMBED_LINKS) | of(!files.is_empty(), Permissions::ATTACH_FILES)
}

/// What placeholders stand for.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    pub author: UserId,
    /// Their name, for places that show no mentions; `None`: it is not known.
    pub name: Option<&'a str>,
    pub staff: &'a [StaffMember],
    /// In the place of mentions of the staff.
    pub staff_word: &'a str,
    pub form: &'a Values,
}

/// Whether somebody's name is needed, because no mention is shown in that place.
pub fn needs_name(embeds: &[Embed]) -> bool {
    let plain = embeds.iter().flat_map(Embed::texts).filter(|(place, _)| !place.shows_mentions());
    plain.into_iter().any(|(_, text)| Template::parse(text).mentions("author"))
}

/// The embeds with their placeholders filled in, within Discord's limits. Those that show nothing then are left out.
pub fn fill(embeds: &[Embed], facts: Facts<'_>) -> Vec<Embed> {
    let mut filled: Vec<Embed> = embeds.to_vec();
    for (place, text) in filled.iter_mut().flat_map(Embed::texts_mut) {
        *text = shorten(&fill_text(text, place, facts), place.limit());
    }
    let lengths = filled.iter().flat_map(Embed::texts).map(|(_, text)| text::length(text)).collect();
    let most = common_limit(lengths, MAX_TOTAL);
    for (_, text) in filled.iter_mut().flat_map(Embed::texts_mut) {
        *text = shorten(text, most);
    }
    filled.iter_mut().for_each(tidy);
    filled.retain(Embed::shows_something);
    filled
}

/// The embeds without the pictures that are files of the message, unless they are among these.
pub fn with_files(embeds: &mut Vec<Embed>, files: &[&str]) {
    for embed in embeds.iter_mut() {
        embed.retain_pictures(|address| attached(address).is_none_or(|name| files.contains(&name)));
    }
    embeds.retain(Embed::shows_something);
}

fn fill_text(template: &str, place: Place, facts: Facts<'_>) -> String {
    let literal = |value: &str| if place.formats() { text::escape(value) } else { value.to_owned() };
    let mut out = String::new();
    for token in Template::parse(template).tokens() {
        let Token::Placeholder { name, .. } = token else {
            out.push_str(&token.written());
            continue;
        };
        match (name.as_str(), facts.form.get(name)) {
            ("author", _) => match facts.name.filter(|_| !place.shows_mentions()) {
                Some(name) => out.push_str(&literal(&text::single_line(name))),
                None => out.push_str(&StaffMember::Member(facts.author).to_string()),
            },
            ("staff", _) if place.shows_mentions() => {
                let mentions: Vec<String> = facts.staff.iter().map(StaffMember::to_string).collect();
                out.push_str(&mentions.join(" "));
            }
            ("staff", _) => out.push_str(facts.staff_word),
            (_, Some(value)) => out.push_str(&literal(value)),
            (_, None) => out.push_str(&token.written()),
        }
    }
    out
}

/// At most so many characters, with a sign of the end that is missing. Never cut within a mention, nor between a
/// backslash and what it escapes.
fn shorten(whole: &str, most: usize) -> String {
    if text::length(whole) <= most {
        return whole.to_owned();
    }
    let kept = cut_outside_marks(whole, most.saturating_sub(1));
    let backslashes = kept.bytes().rev().take_while(|byte| *byte == b'\\').count();
    let kept = if backslashes % 2 == 1 { &kept[..kept.len() - 1] } else { kept };
    format!("{}…", kept.trim_end())
}

/// The length to which each text is cut so that all together are within `total`: the longest ones lose most.
fn common_limit(mut lengths: Vec<usize>, total: usize) -> usize {
    lengths.sort_unstable();
    let (mut left, mut count) = (total, lengths.len());
    for length in lengths {
        if length > left / count {
            return left / count;
        }
        left -= length;
        count -= 1;
    }
    usize::MAX
}

/// Takes out what Discord refuses when it is empty.
fn tidy(embed: &mut Embed) {
    let is_blank = |text: &str| text.trim().is_empty();
    embed.title.take_if(|title| is_blank(title));
    embed.description.take_if(|text| is_blank(text));
    embed.footer.take_if(|footer| is_blank(&footer.text));
    embed.author.take_if(|author| is_blank(&author.name));
    for field in &mut embed.fields {
        for text in [&mut field.name, &mut field.value] {
            if is_blank(text) {
                EMPTY.clone_into(text);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::embed::{self, Author, Field, Footer, address_of};
    use crate::domain::form::{Kind, Question};
    use crate::domain::ids::RoleId;

    const STAFF: [StaffMember; 2] = [StaffMember::Role(RoleId::new(5)), StaffMember::Member(UserId::new(6))];

    /// A form whose question stands for its answer.
    fn form(answer: &str) -> Values {
        Values::sample(&[Question {
            key: "order".to_owned(),
            label: answer.to_owned(),
            help: None,
            required: true,
            kind: Kind::Short { least: 0, most: 100 },
        }])
    }

    fn facts(form: &Values) -> Facts<'_> {
        Facts { author: UserId::new(7), name: Some("An_na"), staff: &STAFF, staff_word: "staff", form }
    }

    fn everywhere(text: &str) -> Embed {
        let text = || text.to_owned();
        Embed {
            title: Some(text()),
            description: Some(text()),
            footer: Some(Footer { text: text(), icon: None }),
            author: Some(Author { name: text(), url: None, icon: None }),
            fields: vec![Field { name: text(), value: text(), inline: false }],
            ..Embed::default()
        }
    }

    #[test]
    fn each_place_shows_placeholders_in_its_own_way() {
        let form = form("A*1*");
        let filled = fill(&[everywhere("$author|${staff}|$form_order|$$5|$other")], facts(&form));
        let shown: Vec<(Place, &str)> = filled[0].texts().map(|(place, text)| (place, text.as_str())).collect();
        let mentions = "<@7>|<@&5> <@6>|A\\*1\\*|$5|$other";
        let escaped = "An\\_na|staff|A\\*1\\*|$5|$other";
        let plain = "An_na|staff|A*1*|$5|$other";
        assert_eq!(
            shown,
            [
                (Place::Author, plain),
                (Place::Title, escaped),
                (Place::Description, mentions),
                (Place::FieldName, escaped),
                (Place::FieldValue, mentions),
                (Place::Footer, plain),
            ]
        );
    }

    #[test]
    fn an_embed_of_empty_answers_is_left_out_and_a_field_shows_that_there_is_none() {
        let form = form("");
        let answer = Embed { description: Some("$form_order".to_owned()), color: Some(1), ..Embed::default() };
        let field = Field { name: "Order".to_owned(), value: "$form_order".to_owned(), inline: true };
        let fields = Embed { fields: vec![field], ..Embed::default() };

        let filled = fill(&[answer, fields], facts(&form));

        assert_eq!(filled.len(), 1);
        assert_eq!(filled[0].fields[0].value, "–");
    }

    #[test]
    fn a_name_is_needed_only_where_no_mention_is_shown() {
        let of = |place: &str| -> Embed { serde_json::from_str(place).unwrap() };
        assert!(!needs_name(&[of(r#"{"description":"$author"}"#)]));
        assert!(!needs_name(&[of(r#"{"title":"$$author"}"#)]));
        assert!(needs_name(&[of(r#"{"description":"x"}"#), of(r#"{"footer":{"text":"${author}"}}"#)]));
    }

    #[test]
    fn pictures_whose_files_are_gone_are_left_out_and_with_them_embeds_of_nothing_else() {
        let picture = |name: &str| Embed { image: Some(address_of(name)), ..Embed::default() };
        let remote = Embed { thumbnail: Some("https://example.org/a.png".to_owned()), ..Embed::default() };
        let mut embeds = vec![picture("a.png"), picture("b.png"), remote.clone()];

        with_files(&mut embeds, &["b.png"]);

        assert_eq!(embeds, [picture("b.png"), remote]);
    }

    #[test]
    fn the_longest_texts_lose_most() {
        assert_eq!(common_limit(vec![10, 20, 30], 60), usize::MAX);
        assert_eq!(common_limit(vec![100, 1, 1], 52), 50);
        assert_eq!(common_limit(vec![100, 100, 1], 21), 10);
        assert_eq!(common_limit(Vec::new(), 5), usize::MAX);
    }

    #[test]
    fn files_have_safe_names_each_once_and_a_digest() {
        let file =
            |name: &str, digest: String| TemplateFile { name: name.to_owned(), description: None, size: 1, digest };
        let good = || "a0".repeat(32);
        assert!(are_files(&[file("a.png", good()), file("b.png", good())]));
        for odd in ["", "../a", "a b", "ä.png"] {
            assert!(!are_files(&[file(odd, good())]), "{odd}");
        }
        assert!(!are_files(&[file("a.png", good()), file("A.png", good())]));
        assert!(!are_files(&[file("a.png", "A0".repeat(32))]));
        assert!(!are_files(&[file("a.png", "a0".to_owned())]));
    }

    proptest! {
        #[test]
        fn what_is_filled_in_is_within_the_limits_whatever_is_answered(
            template in r"(\$form_order|\$author|\$staff|[a-z <>@\\]){0,12}",
            answer in r"[*\\a@<😀]{0,150}", times in 1..60_usize, count in 1..11_usize,
        ) {
            let form = form(&answer);
            let embeds = vec![everywhere(&template.repeat(times)); count];

            let filled = fill(&embeds, facts(&form));

            prop_assert!(embed::check(&filled), "{:?}", filled);
            for (_, text) in filled.iter().flat_map(Embed::texts) {
                if let Some(body) = text.strip_suffix('…') {
                    prop_assert!(!body.ends_with("<@7"), "{}", text);
                }
            }
        }
    }
}
