use proptest::prelude::*;

use super::*;

const MAX: u64 = 5_000_000;

fn file(filename: &str, content_type: &str) -> Attachment {
    Attachment {
        filename: filename.to_owned(),
        content_type: Some(content_type.to_owned()),
        size: 10,
        url: format!("https://cdn.example/{filename}"),
        ..Attachment::default()
    }
}

fn images(count: usize) -> Vec<Attachment> {
    (1..=count).map(|number| file(&format!("{number}.png"), "image/png")).collect()
}

fn source(content: &str, attachments: Vec<Attachment>) -> Source<u8> {
    Source {
        link: "https://link".to_owned(),
        content: content.to_owned(),
        attachments,
        embeds: Vec::new(),
        besides: Vec::new(),
    }
}

fn drawn(description: Option<&str>, image: Option<&str>, url: Option<&str>) -> Embed<u8> {
    Embed::Drawn {
        description: description.map(str::to_owned),
        image: image.map(str::to_owned),
        url: url.map(str::to_owned),
    }
}

fn bare(embed: u8) -> SourceEmbed<u8> {
    SourceEmbed { embed, pictures: Vec::new() }
}

fn with_pictures(embed: u8, pictures: &[&str]) -> SourceEmbed<u8> {
    SourceEmbed { embed, pictures: pictures.iter().map(|url| (*url).to_owned()).collect() }
}

fn copied(embed: u8, pictures: &[(&str, &str)]) -> Embed<u8> {
    let pictures = pictures.iter().map(|(url, name)| ((*url).to_owned(), (*name).to_owned())).collect();
    Embed::Copied { embed, pictures }
}

fn names(plan: &Plan<u8>) -> Vec<&str> {
    plan.uploads.iter().map(|upload| upload.filename.as_str()).collect()
}

#[test]
fn text_becomes_the_description_of_an_embed() {
    let plan = plan(source(" Need help?\n", Vec::new()), MAX).unwrap();
    assert_eq!(plan.embeds, [drawn(Some("Need help?"), None, None)]);
    assert_eq!(plan.uploads, []);
}

#[test]
fn one_image_goes_into_the_embed_of_the_text() {
    let plan = plan(source("Help", images(1)), MAX).unwrap();
    assert_eq!(plan.embeds, [drawn(Some("Help"), Some("1.png"), None)]);
    assert_eq!(names(&plan), ["1.png"]);
}

#[test]
fn images_share_a_url_in_galleries_of_four() {
    let plan = plan(source("Help", images(6)), MAX).unwrap();
    let (first, second) = (Some("https://link"), Some("https://link#2"));
    let expected = [
        drawn(Some("Help"), Some("1.png"), first),
        drawn(None, Some("2.png"), first),
        drawn(None, Some("3.png"), first),
        drawn(None, Some("4.png"), first),
        drawn(None, Some("5.png"), second),
        drawn(None, Some("6.png"), second),
    ];
    assert_eq!(plan.embeds, expected);
}

#[test]
fn images_alone_are_enough() {
    let plan = plan(source("", images(1)), MAX).unwrap();
    assert_eq!(plan.embeds, [drawn(None, Some("1.png"), None)]);
}

#[test]
fn other_files_and_spoilers_are_attached_in_their_order_without_an_embed() {
    let hidden = Attachment { spoiler: true, ..file("end.png", "image/png") };
    let files = vec![
        file("rules.pdf", "application/pdf"),
        hidden,
        file("SPOILER_x.gif", "image/gif"),
        file("v.svg", "image/svg+xml"),
    ];
    let plan = plan(source("", files), MAX).unwrap();
    assert_eq!(plan.embeds, []);
    assert_eq!(names(&plan), ["rules.pdf", "SPOILER_end.png", "SPOILER_x.gif", "v.svg"]);
}

#[test]
fn an_image_is_known_by_its_media_type_and_else_by_its_extension() {
    let untyped = |filename: &str| Attachment { content_type: None, ..file(filename, "") };
    let table = [
        (file("a.png", "image/png; charset=binary"), true),
        (file("a.png", "text/plain"), false),
        (file("photo", "image/jpeg"), true),
        (file("a.avif", "image/avif"), false),
        (untyped("a.PNG"), true),
        (untyped("a.webp"), true),
        (untyped("png"), false),
        (untyped("a.txt"), false),
    ];
    for (attachment, is_image) in table {
        let plan = plan(source("", vec![attachment.clone()]), MAX).unwrap();
        assert_eq!(plan.embeds.len(), usize::from(is_image), "{attachment:?}");
    }
}

#[test]
fn embeds_without_a_text_are_copied_whole_and_files_stay_beside_them() {
    let plan = plan(Source { embeds: vec![bare(7), bare(8)], ..source(" \u{200b}", images(1)) }, MAX).unwrap();
    assert_eq!(plan.embeds, [copied(7, &[]), copied(8, &[])]);
    assert_eq!(names(&plan), ["1.png"]);
}

#[test]
fn a_text_counts_before_embeds() {
    let plan = plan(Source { embeds: vec![bare(7)], ..source("https://example.org", Vec::new()) }, MAX).unwrap();
    assert_eq!(plan.embeds, [drawn(Some("https://example.org"), None, None)]);
}

#[test]
fn a_sticker_is_nothing_to_copy() {
    assert_eq!(plan(source("", Vec::new()), MAX), Err(Refused::NothingToCopy));
}

#[test]
fn the_size_limit_is_for_all_files_together() {
    let total = |max| plan(source("", images(2)), max);
    assert!(total(20).is_ok());
    assert_eq!(total(19), Err(Refused::TooLarge { total: 20, max: 19 }));
    let huge = Attachment { size: u64::MAX, ..file("a", "") };
    let refused = plan(source("", vec![huge.clone(), huge]), MAX);
    assert_eq!(refused, Err(Refused::TooLarge { total: u64::MAX, max: MAX }));
}

#[test]
fn file_names_are_made_safe_and_unique() {
    let files = [
        "Foto von mir.PNG",
        "grüße.png",
        "../../etc/passwd",
        "图片.png",
        "a.png",
        "A.png",
        "a.png",
        "a-2.png",
        ".png",
        "",
        "x.tar.gz",
    ];
    let files = files.into_iter().map(|name| file(name, "text/plain")).collect();
    let plan = plan(source("", files), MAX).unwrap();
    let expected = [
        "Foto_von_mir.PNG",
        "gr_e.png",
        "file.etc_passwd",
        "file.png",
        "a.png",
        "A-2.png",
        "a-3.png",
        "a-2-2.png",
        "file-2.png",
        "file",
        "x.tar.gz",
    ];
    assert_eq!(names(&plan), expected);
}

#[test]
fn an_image_without_a_fitting_extension_gets_one() {
    let plan = plan(source("", vec![file("photo", "image/jpeg"), file("b.bin", "image/png")]), MAX).unwrap();
    assert_eq!(names(&plan), ["photo.jpg", "b.png"]);
}

#[test]
fn pictures_that_would_go_with_their_message_are_attached_again_each_once() {
    let (cat, dog) = ("https://cdn.example/1/cat.png?ex=1", "https://cdn.example/2/cat.png");
    let embeds = vec![with_pictures(7, &[cat, dog]), with_pictures(8, &[cat])];

    let plan = plan(Source { embeds, ..source("", vec![file("cat.png", "image/png")]) }, MAX).unwrap();

    assert_eq!(names(&plan), ["cat.png", "cat-2.png", "cat-3.png"]);
    assert_eq!(plan.uploads.iter().map(|upload| upload.size).collect::<Vec<_>>(), [Some(10), None, None]);
    assert_eq!(plan.embeds, [copied(7, &[(cat, "cat-2.png"), (dog, "cat-3.png")]), copied(8, &[(cat, "cat-2.png")])]);
    assert_eq!(plan.left_out, []);
}

#[test]
fn pictures_beyond_the_files_that_a_message_can_have_stay_where_they_are_and_are_told() {
    let urls: Vec<String> = (0..4).map(|number| format!("https://cdn.example/{number}.png")).collect();
    let pictures: Vec<&str> = urls.iter().map(String::as_str).collect();

    let plan = plan(Source { embeds: vec![with_pictures(7, &pictures)], ..source("", images(8)) }, MAX).unwrap();

    assert_eq!(plan.uploads.len(), MAX_FILES);
    assert_eq!(plan.embeds, [copied(7, &[(pictures[0], "0.png"), (pictures[1], "1-2.png")])]);
    assert_eq!(plan.left_out, [LeftOut::Pictures]);
}

#[test]
fn what_cannot_be_copied_is_told_and_is_not_enough_alone() {
    let besides = vec![LeftOut::Poll, LeftOut::Sticker];
    let beside_a_text = plan(Source { besides: besides.clone(), ..source("Help", Vec::new()) }, MAX).unwrap();
    assert_eq!(beside_a_text.left_out, [LeftOut::Sticker, LeftOut::Poll]);
    assert_eq!(plan(Source { besides, ..source("", Vec::new()) }, MAX), Err(Refused::NothingToCopy));

    let embed = plan(Source { embeds: vec![bare(7)], ..source("Help", Vec::new()) }, MAX).unwrap();
    assert_eq!(embed.left_out, [LeftOut::Embeds]);

    let long = "x".repeat(MAX_DESCRIPTION + 1);
    assert_eq!(plan(source(&long, Vec::new()), MAX).unwrap().left_out, [LeftOut::EndOfText]);
    assert_eq!(plan(source(&long[1..], Vec::new()), MAX).unwrap().left_out, []);
}

#[test]
fn only_emoji_of_other_servers_are_foreign() {
    let own = BTreeSet::from([5]);
    for (text, expected) in [
        ("no emoji", false),
        ("<:ours:5> <a:ours:5>", false),
        ("<:ours:5> <:theirs:6>", true),
        ("<a:theirs:6>", true),
        ("<@6> <#6> <:broken:> <:6> <t:6:R> <6", false),
        ("\u{1F600}", false),
    ] {
        assert_eq!(has_foreign_emoji(text, &own), expected, "{text}");
    }
}

fn any_embed() -> impl Strategy<Value = SourceEmbed<u8>> {
    let picture = r"https://cdn\.example/[a-z]{1,2}(\.png)?(\?ex=1)?";
    (any::<u8>(), prop::collection::vec(picture, 0..4)).prop_map(|(embed, pictures)| SourceEmbed { embed, pictures })
}

fn any_attachment() -> impl Strategy<Value = Attachment> {
    let content_type =
        prop::option::of(prop::sample::select(vec!["image/png", "image/gif", "text/plain", "image/avif", "x"]));
    (r"\PC{0,20}|[ab]{1,2}(\.(png|gif|txt))?", content_type, any::<u64>(), any::<bool>()).prop_map(
        |(filename, content_type, size, spoiler)| Attachment {
            content_type: content_type.map(str::to_owned),
            size: size >> 44,
            spoiler,
            ..file(&filename, "")
        },
    )
}

proptest! {
    #[test]
    fn every_plan_is_within_discords_limits(
        content in r"\PC{0,40}",
        attachments in prop::collection::vec(any_attachment(), 0..=10),
        embeds in prop::collection::vec(any_embed(), 0..=12),
    ) {
        let source = Source { embeds, ..source(&content, attachments.clone()) };
        let Ok(plan) = plan(source, MAX) else { return Ok(()) };

        prop_assert!(plan.embeds.len() <= MAX_EMBEDS);
        prop_assert!(!plan.embeds.is_empty() || !plan.uploads.is_empty());
        prop_assert!(plan.uploads.iter().filter_map(|upload| upload.size).sum::<u64>() <= MAX);
        let urls: Vec<_> = attachments.iter().map(|attachment| &attachment.url).collect();
        let (own, pictures) = plan.uploads.split_at(attachments.len());
        prop_assert_eq!(own.iter().map(|upload| &upload.url).collect::<Vec<_>>(), urls);
        prop_assert!(own.iter().all(|upload| upload.size.is_some()) && pictures.iter().all(|upload| upload.size.is_none()));
        prop_assert!(plan.uploads.len() <= MAX_FILES);
        let lower: HashSet<_> = names(&plan).iter().map(|name| name.to_ascii_lowercase()).collect();
        prop_assert_eq!(lower.len(), plan.uploads.len());
        for upload in &plan.uploads {
            prop_assert!(!upload.filename.is_empty() && upload.filename.len() <= 100);
            prop_assert!(upload.filename.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.-".contains(&b)));
        }
        for embed in &plan.embeds {
            match embed {
                Embed::Drawn { description, image, .. } => {
                    prop_assert!(description.is_some() || image.is_some());
                    prop_assert!(image.iter().all(|image| names(&plan).contains(&image.as_str()) && !image.starts_with(SPOILER)));
                }
                Embed::Copied { pictures, .. } => {
                    let is_upload = |(url, name): &(String, String)| {
                        plan.uploads.iter().any(|upload| upload.url == *url && upload.filename == *name)
                    };
                    prop_assert!(pictures.iter().all(is_upload));
                }
            }
        }
    }
}
