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
    Source { link: "https://link".to_owned(), content: content.to_owned(), attachments, embeds: Vec::new() }
}

fn drawn(description: Option<&str>, image: Option<&str>, url: Option<&str>) -> Embed<u8> {
    Embed::Drawn {
        description: description.map(str::to_owned),
        image: image.map(str::to_owned),
        url: url.map(str::to_owned),
    }
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
    let plan = plan(Source { embeds: vec![7, 8], ..source(" \u{200b}", images(1)) }, MAX).unwrap();
    assert_eq!(plan.embeds, [Embed::Copied(7), Embed::Copied(8)]);
    assert_eq!(names(&plan), ["1.png"]);
}

#[test]
fn a_text_counts_before_embeds() {
    let plan = plan(Source { embeds: vec![7], ..source("https://example.org", Vec::new()) }, MAX).unwrap();
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
        embeds in prop::collection::vec(any::<u8>(), 0..=10),
    ) {
        let source = Source { embeds, ..source(&content, attachments.clone()) };
        let Ok(plan) = plan(source, MAX) else { return Ok(()) };

        prop_assert!(plan.embeds.len() <= MAX_EMBEDS);
        prop_assert!(!plan.embeds.is_empty() || !plan.uploads.is_empty());
        prop_assert!(plan.uploads.iter().map(|upload| upload.size).sum::<u64>() <= MAX);
        let urls: Vec<_> = attachments.iter().map(|attachment| &attachment.url).collect();
        prop_assert_eq!(plan.uploads.iter().map(|upload| &upload.url).collect::<Vec<_>>(), urls);
        let lower: HashSet<_> = names(&plan).iter().map(|name| name.to_ascii_lowercase()).collect();
        prop_assert_eq!(lower.len(), plan.uploads.len());
        for upload in &plan.uploads {
            prop_assert!(!upload.filename.is_empty() && upload.filename.len() <= 100);
            prop_assert!(upload.filename.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.-".contains(&b)));
        }
        for embed in &plan.embeds {
            if let Embed::Drawn { description, image, .. } = embed {
                prop_assert!(description.is_some() || image.is_some());
                prop_assert!(image.iter().all(|image| names(&plan).contains(&image.as_str()) && !image.starts_with(SPOILER)));
            }
        }
    }
}
