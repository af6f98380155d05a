//! Random configurations, and texts that are none.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::domain::canned_reply::Name;
use crate::domain::embed::{Author, Embed, Field};
use crate::domain::hours::{self, DayNames};
use crate::domain::panel_content::PanelContent;
use crate::domain::server_config::{BlockConfig, InboxKey, ReplyConfig};
use crate::domain::settings::{Control, ServerSettings, SettingValue, Settings};
use crate::domain::text::is_visible;
use crate::domain::zone::Zone;

/// What a value of any kind is made from.
type Seed = (bool, u32, Option<String>, Option<u64>);

const EMOJI: [&str; 3] = ["🎫", "<:ticket:81384788765712384>", "<a:wave:81384788765712385>"];
const WEEKS: [&str; 3] = ["Mon-Fri 09:00-17:00; Sat 10:00-14:00", "Sun 22:00-02:00", "Mon-Sun 00:00-24:00"];
const ZONES: [&str; 3] = ["Europe/Berlin", "America/Argentina/Buenos_Aires", "UTC"];

fn any_seed() -> impl Strategy<Value = Seed> {
    let text = prop::option::of(r"\PC{0,40}|(\PC|[\r\n\t\x00-\x1f]){0,40}|[a-z\n]{0,100}");
    (any::<bool>(), any::<u32>(), text, prop::option::of(1..7_u64))
}

/// A line that can be read, made from any text.
fn line(text: Option<&String>, most: usize) -> String {
    let line: String = text.iter().flat_map(|text| text.chars()).filter(|letter| !letter.is_control()).collect();
    let line: String = line.chars().take(most).collect();
    if is_visible(&line) { line } else { "Line".to_owned() }
}

/// Questions of each kind, and frequent answers: as many as `count`.
fn entries(key: &str, count: usize, (on, number, text, _): &Seed) -> Vec<Value> {
    // A letter may count as two.
    let written = line(text.as_ref(), 20);
    let kinds = |at: usize| match (usize::try_from(*number).unwrap_or(0) + at) % 6 {
        0 => json!({ "kind": "short", "least": number % 5, "most": 5 + number % 90 }),
        1 => json!({ "kind": "long" }),
        2 => json!({ "kind": "number", "least": -i64::from(*number), "most": number }),
        3 => json!({ "kind": "one", "menu": on, "options": [
            { "label": &written }, { "label": format!("{written}!"), "description": &written },
        ] }),
        4 => json!({ "kind": "consent", "text": &written }),
        _ => json!({ "kind": "file", "most": 1 + number % 3 }),
    };
    let entry = |at: usize| match key {
        "form.questions" => {
            let mut question = kinds(at);
            question["key"] = format!("key{at}").into();
            question["label"] = written.clone().into();
            question["required"] = (*on || question["kind"] == "consent").into();
            question
        }
        "frequent.answers" => {
            json!({ "title": format!("{at} {written}"), "text": text.as_ref().filter(|text| is_visible(text)).unwrap_or(&written) })
        }
        "message.embeds" => json!({
            "title": &written, "color": number % 0x100_0000, "footer": { "text": &written },
            "fields": [{ "name": &written, "value": format!("{at}"), "inline": on }],
        }),
        "message.files" => {
            json!({ "name": format!("{at}.png"), "size": number % 1_000_000, "digest": digest() })
        }
        other => panic!("no entries are known for {other}"),
    };
    (0..count).map(entry).collect()
}

/// Sets each setting to a value within its limits.
fn fill<S: Settings>(settings: &mut S, seeds: &[Seed], first: u64) {
    for (setting, seed) in S::EACH.iter().zip(seeds) {
        let (on, number, text, channel) = seed;
        let one_of = |each: &'static [&'static str]| channel.map(|_| each[*number as usize % each.len()]);
        let value = match setting.control() {
            Control::Switch => SettingValue::Switch(*on),
            Control::Number { least, most } => SettingValue::Number(least + number % (most.min(90) - least + 1)),
            Control::Text { most } => {
                let text = text.as_deref().map(|text| text.chars().take(most).collect::<String>());
                SettingValue::Text(text.filter(|text| is_visible(text)))
            }
            Control::Channel { is_required: false } => {
                SettingValue::Channel(channel.map(|number| ChannelId::new(first + number)))
            }
            Control::Channel { is_required: true } => {
                SettingValue::Channel(Some(ChannelId::new(first + channel.unwrap_or(1))))
            }
            Control::Roles { .. } => SettingValue::Roles(
                channel.iter().flat_map(|number| 11..=11 + number).map(|role| RoleId::new(first + role)).collect(),
            ),
            Control::Delay { most } => SettingValue::Number(if *on { number % (most + 1) } else { number % 90 * 60 }),
            Control::Choice(each) => SettingValue::Choice(each[*number as usize % each.len()]),
            Control::Emoji { .. } => SettingValue::Text(one_of(&EMOJI).map(str::to_owned)),
            Control::Zone => SettingValue::Zone(one_of(&ZONES).map(|zone| Zone::find(zone).unwrap())),
            Control::Hours => {
                SettingValue::Hours(one_of(&WEEKS).map(|week| hours::parse(week, &DayNames::english()).unwrap()))
            }
            Control::Until => SettingValue::Until(channel.map(|_| Timestamp::from_millis(i64::from(*number) * 1_000))),
            Control::List { most } => SettingValue::List(entries(
                setting.key,
                channel.map_or(0, |count| most.min(usize::try_from(count).unwrap())),
                seed,
            )),
        };
        assert!(setting.set(settings, value), "{}", setting.key);
    }
}

/// Replies and blocks, the latter in `has_blocks` only. They are for inboxes 1 to `inboxes`, or for all.
fn others(seeds: &[Seed], inboxes: i64, has_blocks: bool) -> (Vec<ReplyConfig>, Vec<BlockConfig>) {
    let inbox = |number: u32| {
        let number = i64::from(number) % (inboxes + 1);
        (number > 0).then(|| InboxKey::Known(InboxId::new(number)))
    };
    let replies = seeds.iter().enumerate().map(|(at, (_, number, text, _))| ReplyConfig {
        name: Name::parse(&format!("{at} {}", line(text.as_ref(), 20))).unwrap(),
        inbox: inbox(*number),
        text: text.clone().filter(|text| is_visible(text)).unwrap_or_else(|| "Hello\n$author".to_owned()),
    });
    let mut replies: Vec<_> = replies.collect();
    replies.sort_by(|one, other| one.name.key().cmp(other.name.key()));
    let blocks = seeds.iter().zip(1..).filter(|_| has_blocks).map(|((on, number, ..), user)| BlockConfig {
        user: UserId::new(user),
        inbox: inbox(*number),
        ends_at: on.then(|| Timestamp::from_millis(2_000_000_000_000 + i64::from(*number))),
    });
    let mut blocks: Vec<_> = blocks.collect();
    blocks.sort_unstable();
    (replies, blocks)
}

/// The configuration of a server whose ids begin at `first`; `has_blocks`: some members are blocked.
pub(super) fn any_config(first: u64, has_blocks: bool) -> impl Strategy<Value = ServerConfig> {
    let staff = move || {
        let roles = prop::collection::btree_set(11..20_u64, 0..4);
        roles.prop_map(move |roles| {
            roles.into_iter().map(|role| StaffMember::Role(RoleId::new(first + role))).collect::<Vec<_>>()
        })
    };
    let seeds = || prop::collection::vec(any_seed(), 80);
    let inbox = (seeds(), staff(), prop::option::of(1..4_i64)).prop_map(move |(seeds, staff, panel)| {
        let mut settings = InboxSettings::new(ChannelId::new(first + 1));
        fill(&mut settings, &seeds, first);
        InboxConfig { id: None, panel: panel.map(PanelId::new), settings, staff }
    });
    (seeds(), prop::collection::vec(inbox, 0..4), 0..4_usize).prop_map(move |(seeds, mut inboxes, few)| {
        assert!(seeds.len() >= InboxSettings::EACH.len().max(ServerSettings::EACH.len()));
        let mut server = ServerSettings::default();
        fill(&mut server, &seeds, first);
        inboxes.sort_by_key(|inbox| (inbox.panel.is_none(), inbox.panel));
        let used: BTreeSet<PanelId> = inboxes.iter().filter_map(|inbox| inbox.panel).collect();
        let number_of = |panel| PanelId::new(1 + i64::try_from(used.range(..panel).count()).unwrap());
        for (number, inbox) in (1..).zip(&mut inboxes) {
            inbox.id = Some(InboxId::new(number));
            inbox.panel = inbox.panel.map(number_of);
        }
        let panels =
            (1..).zip(seeds.iter().take(used.len())).map(|(number, seed)| panel(number, seed, first)).collect();
        let (replies, blocks) = others(&seeds[..few], i64::try_from(inboxes.len()).unwrap(), has_blocks);
        ServerConfig { server, panels, inboxes, replies, blocks }
    })
}

/// A panel with a text, or with embeds, or with both.
fn panel(number: i64, seed: &Seed, first: u64) -> PanelConfig {
    let (on, size, text, channel) = seed;
    let visible = text.clone().filter(|text| is_visible(text));
    let picture = on.then(|| "https://example.com/a.png?b=1&c".to_owned());
    let embed = Embed {
        title: Some(line(text.as_ref(), 40)),
        description: visible.clone(),
        color: channel.map(|_| size % 0x100_0000),
        author: on.then(|| Author { name: line(text.as_ref(), 20), url: None, icon: picture.clone() }),
        fields: (0..size % 3)
            .map(|_| Field { name: line(text.as_ref(), 9), value: "1\n2".to_owned(), inline: *on })
            .collect(),
        image: picture,
        ..Embed::default()
    };
    let count = if visible.is_none() { 1 } else { *size as usize % 3 };
    let content = PanelContent { text: visible.unwrap_or_default(), embeds: vec![embed; count], files: Vec::new() };
    PanelConfig {
        id: PanelId::new(number),
        channel: ChannelId::new(first + channel.unwrap_or(1)),
        message: Some(MessageId::new(9)),
        style: if *on { PanelStyle::Menu } else { PanelStyle::Buttons },
        content: Some(content),
    }
}

/// The inboxes of a configuration, with nothing set.
fn bare(config: &ServerConfig) -> ServerConfig {
    let mut bare = config.clone();
    bare.server = ServerSettings::default();
    for inbox in &mut bare.inboxes {
        inbox.settings = InboxSettings::new(ChannelId::new(1_009));
        inbox.staff.clear();
    }
    bare
}

/// Parts of files, with mistakes.
fn any_file() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("format = 1".to_owned()),
        Just("[server]\nid = \"1000\"".to_owned()),
        Just("[server]\nid = \"2000\"".to_owned()),
        Just("[[inbox]]".to_owned()),
        Just("[[panel]]".to_owned()),
        r"\[(inbox|server|panel)(\.(opening|log|beginning|work|opning))?\]",
        r"(number|on_panel) = ([0-9]{1,25}|-1|true|\[\]|1\.5)",
        r"(staff|channel|destination|member_limit|starter|cooldown) = .{0,20}",
        r#"(channel|destination|card_channel) = "(#channel-[0-9]|#channel-1 \(100[0-9]\)|[0-9]{0,25}|<#1001>)""#,
        r#"staff = \[("(@Role 1[0-9]|member [0-9]{1,3}|role 1011)", ?){0,3}\]"#,
        r"\PC{0,30}",
    ];
    prop::collection::vec(line, 0..20).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_file_stands_for_what_it_was_written_from(config in any_config(1_000, true)) {
        for directory in [directory(1_000), Directory::default()] {
            let text = write(&config, &directory);
            let same = read(text.as_bytes(), bounds(&config, &directory)).unwrap();
            prop_assert_eq!(&same.config, &config);
            prop_assert!(compare(&config, &same, &directory, &Locale::default(), &Counts::default()).is_empty());

            let windows = read(text.replace('\n', "\r\n").as_bytes(), bounds(&config, &directory)).unwrap();
            prop_assert_eq!(&windows, &same);

            let bare = bare(&config);
            let whole = read(text.as_bytes(), bounds(&bare, &directory)).unwrap();
            prop_assert_eq!(&whole.config, &config);
            prop_assert_eq!(compare(&bare, &whole, &directory, &Locale::default(), &Counts::default()).is_empty(), bare == config);
            prop_assert_eq!(write(&whole.config, &directory), text);
        }
    }

    #[test]
    fn a_file_that_was_damaged_is_refused_or_read(config in any_config(1_000, true), at: prop::sample::Index, with in ".{0,3}", cut in 0..9_usize) {
        let directory = directory(1_000);
        let mut letters: Vec<char> = write(&config, &directory).chars().collect();
        let at = at.index(letters.len());
        letters.splice(at..(at + cut).min(letters.len()), with.chars());
        let damaged: String = letters.into_iter().collect();
        if let Ok(found) = read(damaged.as_bytes(), bounds(&config, &directory)) {
            let _shown = compare(&config, &found, &directory, &Locale::default(), &Counts::default()).render(&Locale::default(), Style::Plain);
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_a_configuration_or_has_problems(text in any_file()) {
        let (current, directory) = (town(), directory(1_000));
        match read(text.as_bytes(), bounds(&current, &directory)) {
            Ok(found) => {
                prop_assert_eq!(found.lines.len(), found.config.inboxes.len());
                let _shown = compare(&current, &found, &directory, &Locale::default(), &Counts::default())
                    .render(&Locale::default(), Style::Markdown);
            }
            Err(problems) => {
                let lines = text.lines().count() as u64 + 1;
                prop_assert!(!problems.is_empty() && problems.iter().all(|problem| (1..=lines).contains(&problem.line)));
            }
        }
    }

    #[test]
    fn no_bytes_break_it(bytes: Vec<u8>) {
        let (current, directory) = (town(), Directory::default());
        let _read = read(&bytes, bounds(&current, &directory));
    }
}
