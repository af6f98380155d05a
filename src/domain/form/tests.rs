mod layout;

use proptest::prelude::*;
use serde_json::json;

use super::answers::{NO, Upload, YES};
use super::*;
use crate::domain::ids::UserId;

fn question(key: &str, kind: Kind) -> Question {
    Question { key: key.to_owned(), label: format!("About {key}"), help: None, required: true, kind }
}

fn list(count: usize) -> Vec<Choice> {
    (0..count).map(|number| Choice { label: format!("Entry {number}"), description: None }).collect()
}

fn text(value: &str) -> Given {
    Given::Text(value.to_owned())
}

fn values<const N: usize>(values: [&str; N]) -> Given {
    Given::Values(values.map(str::to_owned).into())
}

fn filled(fields: &[(&str, Given)]) -> Filled {
    let fields = fields.iter().map(|(key, given)| ((*key).to_owned(), given.clone())).collect();
    let names = [(UserId::new(7), "Bert".to_owned())].into();
    let upload = Upload {
        name: "a.png".to_owned(),
        size: 5,
        url: "https://cdn.discordapp.com/attachments/1/2/a.png".to_owned(),
    };
    Filled { fields, names, files: [("9".to_owned(), upload)].into() }
}

/// The check box of the only consent.
fn agreed(questions: &[Question]) -> Given {
    Given::Values(questions.iter().filter_map(Question::agreement).collect())
}

fn check_one(question: &Question, given: Given) -> Result<Option<Value>, Why> {
    match Answers::check(std::slice::from_ref(question), &filled(&[(&question.key, given)])) {
        Ok(answers) => Ok(answers.0.into_iter().next().map(|answer| answer.value)),
        Err(unfit) => Err(unfit[0].why),
    }
}

fn words() -> Words {
    Words { yes: "Yes".to_owned(), no: "No".to_owned() }
}

/// One of each kind.
fn all_kinds() -> Vec<Question> {
    KINDS.iter().map(|name| question(name, Kind::new(name, list(3)).expect("a kind"))).collect()
}

#[test]
fn every_kind_of_question_reads_back_as_it_is_stored_in_json_and_toml() {
    let limited = [
        Kind::Short { least: 3, most: 9 },
        Kind::Number { least: Some(-5), most: Some(i64::MAX) },
        Kind::One { menu: true, options: read_choices("A | With words\nB") },
        Kind::Several { menu: true, least: 2, most: Some(3), options: list(4) },
        Kind::Member { most: 5 },
        Kind::File { most: 10 },
    ];
    let more = limited.into_iter().map(|kind| Question {
        help: Some("Help".to_owned()),
        required: false,
        ..question("more", kind)
    });
    for question in all_kinds().into_iter().chain(more) {
        let stored = serde_json::to_value(&question).unwrap();
        assert_eq!(serde_json::from_value::<Question>(stored.clone()).unwrap(), question, "{stored}");
        let file = toml::to_string(&question).unwrap();
        assert_eq!(toml::from_str::<Question>(&file).unwrap(), question, "{file}");
        assert_eq!(stored["kind"], question.kind.name());
    }
}

#[test]
fn a_question_stores_nothing_but_what_differs_from_the_defaults() {
    let stored = |kind| serde_json::to_value(question("k", kind)).unwrap();
    assert_eq!(stored(Kind::YesNo), json!({ "key": "k", "label": "About k", "kind": "yes_no" }));
    assert_eq!(stored(Kind::Member { most: 1 }), json!({ "key": "k", "label": "About k", "kind": "member" }));
    let read = serde_json::from_value::<Question>(json!({ "key": "k", "label": "About k", "kind": "long" })).unwrap();
    assert_eq!(read, question("k", Kind::Long { least: 0, most: 1_000 }));
}

#[test]
fn what_would_be_no_form_is_refused_with_the_question_that_is_wrong() {
    let kind = |kind| question("k", kind);
    let entry = |label: &str| Choice { label: label.to_owned(), description: None };
    let several = |least, most| Kind::Several { menu: false, least, most, options: list(4) };
    let one = |options| kind(Kind::One { menu: false, options });
    let plain = || kind(Kind::YesNo);
    let cases = [
        (plain(), None),
        (Question { key: "a_1".repeat(10), ..plain() }, None),
        (Question { key: String::new(), ..plain() }, Some(Wrong::Key)),
        (Question { key: "Key".to_owned(), ..plain() }, Some(Wrong::Key)),
        (Question { key: "k".repeat(33), ..plain() }, Some(Wrong::Key)),
        (Question { label: "é".repeat(45), ..plain() }, None),
        (Question { label: "é".repeat(46), ..plain() }, Some(Wrong::Label)),
        (Question { label: "😀".repeat(23), ..plain() }, Some(Wrong::Label)),
        (Question { label: " \u{200b}".to_owned(), ..plain() }, Some(Wrong::Label)),
        (Question { label: "a\nb".to_owned(), ..plain() }, Some(Wrong::Label)),
        (Question { help: Some("h".repeat(100)), ..plain() }, None),
        (Question { help: Some("h".repeat(101)), ..plain() }, Some(Wrong::Help)),
        (Question { help: Some(String::new()), ..plain() }, Some(Wrong::Help)),
        (kind(Kind::Short { least: 0, most: 0 }), Some(Wrong::Length)),
        (kind(Kind::Short { least: 9, most: 8 }), Some(Wrong::Length)),
        (kind(Kind::Long { least: 4_000, most: 4_000 }), None),
        (kind(Kind::Long { least: 0, most: 4_001 }), Some(Wrong::Length)),
        (kind(Kind::Number { least: Some(2), most: Some(2) }), None),
        (kind(Kind::Number { least: Some(2), most: Some(1) }), Some(Wrong::Range)),
        (one(list(25)), None),
        (one(list(26)), Some(Wrong::Choices)),
        (one(Vec::new()), Some(Wrong::Choices)),
        (one(vec![entry("a"), entry("a")]), Some(Wrong::ChoiceTwice)),
        (one(vec![entry(&"a".repeat(101))]), Some(Wrong::Choice)),
        (one(vec![entry("")]), Some(Wrong::Choice)),
        (one(vec![Choice { description: Some("d".repeat(101)), ..entry("a") }]), Some(Wrong::Choice)),
        (kind(several(1, None)), None),
        (kind(several(4, Some(4))), None),
        (kind(several(0, None)), Some(Wrong::Count)),
        (kind(several(3, Some(2))), Some(Wrong::Count)),
        (kind(several(1, Some(5))), Some(Wrong::Count)),
        (kind(several(5, None)), Some(Wrong::Count)),
        (kind(Kind::Consent { text: String::new() }), Some(Wrong::Choice)),
        (kind(Kind::Member { most: 0 }), Some(Wrong::Count)),
        (kind(Kind::Member { most: 26 }), Some(Wrong::Count)),
        (kind(Kind::File { most: 11 }), Some(Wrong::Count)),
    ];
    for (wrong, expected) in cases {
        let first = question("first", Kind::YesNo);
        let found = check(&[first, wrong.clone()]);
        assert_eq!(found.err(), expected.map(|what| Fault { question: 1, what }), "{wrong:?}");
    }
    assert_eq!(check(&[plain(), plain()]), Err(Fault { question: 1, what: Wrong::KeyTwice }));
    let six: Vec<_> = (0..6).map(|number| question(&format!("k{number}"), Kind::YesNo)).collect();
    assert_eq!(check(&six), Err(Fault { question: 5, what: Wrong::TooMany }));
    assert_eq!(check(&six[..5]), Ok(()));
}

#[test]
fn a_list_is_shown_so_that_discord_takes_it() {
    let one = |count, menu| Kind::One { menu, options: list(count) }.shown();
    let several = |count, menu| Kind::Several { menu, least: 1, most: None, options: list(count) }.shown();
    assert_eq!(
        (one(1, false), one(2, false), one(10, false)),
        (Some(Shown::Menu), Some(Shown::Radio), Some(Shown::Radio))
    );
    assert_eq!((one(11, false), one(5, true)), (Some(Shown::Menu), Some(Shown::Menu)));
    assert_eq!((several(1, false), several(10, false)), (Some(Shown::Boxes), Some(Shown::Boxes)));
    assert_eq!((several(11, false), several(2, true)), (Some(Shown::Menu), Some(Shown::Menu)));
    assert_eq!(Kind::YesNo.shown(), None);
}

#[test]
fn a_key_is_made_from_the_label_and_differs_from_the_others() {
    let others = [question("order", Kind::YesNo), question("order2", Kind::YesNo)];
    let table = [
        ("Your name", "your_name"),
        ("  What?! Is -- it  ", "what_is_it"),
        ("Größe & Höhe", "gr_e_h_he"),
        ("注文番号", "question"),
        ("Order", "order3"),
        ("", "question"),
    ];
    for (label, key) in table {
        assert_eq!(key_for(label, &others), key, "{label:?}");
        assert!(is_key(&key_for(label, &others)));
    }
    assert!(is_key(&key_for(&"long words ".repeat(9), &[])));
}

#[test]
fn entries_are_written_one_a_line_with_their_descriptions() {
    let text = "Shop | Orders and invoices\nOther\na|b";
    let read = read_choices(&format!("\n {text} \r\n\n \u{200b} \n"));
    assert_eq!(write_choices(&read), text);
    assert_eq!(read.len(), 3);
    assert_eq!(read[0].description.as_deref(), Some("Orders and invoices"));
}

#[test]
fn a_list_is_written_in_a_form_only_if_it_is_read_back_as_it_was() {
    let entry = |label: &str, description: Option<&str>| Choice {
        label: label.to_owned(),
        description: description.map(str::to_owned),
    };
    let long = |count| (0..count).map(|at| entry(&format!("{at:0100}"), Some(&"d".repeat(100)))).collect::<Vec<_>>();
    let cases = [
        (list(25), true),
        (long(19), true),
        (long(20), false),
        (vec![entry("Shop", Some("All | of it"))], true),
        (vec![entry("Shop | Orders", None)], false),
        (vec![entry("a  b", None)], false),
        (vec![entry("a", Some("b\u{200b}"))], false),
    ];
    for (options, expected) in cases {
        assert_eq!(Kind::One { menu: false, options: options.clone() }.is_writable(), expected, "{options:?}");
    }
    assert!(all_kinds().iter().all(|question| question.kind.is_writable()));
}

#[test]
fn each_kind_takes_its_answers_and_nothing_else() {
    let short = question("k", Kind::Short { least: 3, most: 5 });
    let number = question("k", Kind::Number { least: Some(1), most: Some(99) });
    let one = question("k", Kind::One { menu: false, options: list(3) });
    let several = question("k", Kind::Several { menu: false, least: 2, most: Some(2), options: list(3) });
    let yes_no = question("k", Kind::YesNo);
    let consent = question("k", Kind::Consent { text: "I agree".to_owned() });
    let member = question("k", Kind::Member { most: 1 });
    let file = question("k", Kind::File { most: 1 });
    let said = |text: &str| Ok(Some(Value::Text(text.to_owned())));
    let chose = |entries: &[&str]| Ok(Some(Value::Chosen(entries.iter().map(|entry| (*entry).to_owned()).collect())));
    let count = |least, most| Err(Why::Count { least, most });
    let range = || Err(Why::OutOfRange { least: Some(1), most: Some(99) });
    let cases = [
        (&short, text("hello"), said("hello")),
        (&short, text(" a\u{202e}b "), said("ab")),
        (&short, text("ab"), Err(Why::TooShort { least: 3 })),
        (&short, text("abcdef"), Err(Why::TooLong { most: 5 })),
        (&short, text("   "), Err(Why::Missing)),
        (&short, values(["hello"]), Err(Why::Changed)),
        (&number, text(" 42 "), said("42")),
        (&number, text("007"), said("007")),
        (&number, text("+5"), said("+5")),
        (&number, text("0"), range()),
        (&number, text("-5"), range()),
        (&number, text("100"), range()),
        (&number, text("4.5"), Err(Why::NoNumber)),
        (&number, text("1 000"), Err(Why::NoNumber)),
        (&number, text("٣"), Err(Why::NoNumber)),
        (&number, text("--5"), Err(Why::NoNumber)),
        (&number, text(&"9".repeat(39)), Err(Why::NoNumber)),
        (&one, text("Entry 1"), chose(&["Entry 1"])),
        (&one, values(["Entry 1"]), chose(&["Entry 1"])),
        (&one, values(["Entry 1", "Entry 2"]), count(1, 1)),
        (&one, text("Entry 9"), Err(Why::NotOffered)),
        (&one, Given::Nothing, Err(Why::Missing)),
        (&one, Given::Flag(true), Err(Why::Changed)),
        (&several, values(["Entry 2", "Entry 0", "Entry 2"]), chose(&["Entry 0", "Entry 2"])),
        (&several, values(["Entry 0"]), count(2, 2)),
        (&several, values(["Entry 0", "?"]), Err(Why::NotOffered)),
        (&several, values([]), Err(Why::Missing)),
        (&yes_no, text(YES), Ok(Some(Value::Yes(true)))),
        (&yes_no, text(NO), Ok(Some(Value::Yes(false)))),
        (&yes_no, text("maybe"), Err(Why::NotOffered)),
        (&yes_no, Given::Flag(true), Err(Why::Changed)),
        (&consent, Given::Values(vec![consent.agreement().unwrap()]), chose(&["I agree"])),
        (&consent, values(["agreed"]), Err(Why::Changed)),
        (&consent, values([]), Err(Why::Missing)),
        (&consent, Given::Flag(false), Err(Why::Changed)),
        (&member, values(["x"]), Err(Why::NotOffered)),
        (&member, values(["7", "8"]), count(1, 1)),
        (&file, values(["9"]), Ok(Some(Value::Files(vec![filled(&[]).files["9"].clone()])))),
        (&file, values(["8"]), Err(Why::NotOffered)),
        (&file, text("9"), Err(Why::Changed)),
    ];
    for (question, given, expected) in cases {
        assert_eq!(check_one(question, given.clone()), expected, "{:?}: {given:?}", question.kind.name());
    }
    let Ok(Some(Value::Members(members))) = check_one(&member, values(["7"])) else { panic!("a member") };
    assert_eq!((members[0].user, members[0].name.as_str()), (UserId::new(7), "Bert"));
}

#[test]
fn what_is_optional_may_be_left_out_except_consent() {
    for question in all_kinds() {
        let question = Question { required: false, ..question };
        let expected = if question.key == "consent" { Err(Why::Missing) } else { Ok(None) };
        for given in [Given::Nothing, Given::Values(Vec::new()), text("")] {
            let found = check_one(&question, given.clone());
            let is_of_another_shape = matches!(found, Err(Why::Changed | Why::NotOffered));
            assert!(found == expected || is_of_another_shape, "{}: {given:?}: {found:?}", question.key);
        }
        assert_eq!(check_one(&question, Given::Nothing), expected, "{}", question.key);
    }
}

#[test]
fn answers_stand_as_long_as_their_questions_do() {
    let (name, age) = (
        question("name", Kind::Short { least: 0, most: 9 }),
        question("age", Kind::Number { least: None, most: None }),
    );
    let sent = filled(&[("name", text("Anna")), ("age", text("9"))]);
    let why = |questions: &[Question]| {
        Answers::check(questions, &sent).map_err(|unfit| unfit.into_iter().map(|unfit| unfit.why).collect::<Vec<_>>())
    };

    let taken = Answers::check(&[name.clone(), age.clone()], &sent).unwrap();
    let relabelled = Question { label: "How old?".to_owned(), ..age.clone() };
    let rearranged = Answers::check(&[relabelled, name.clone()], &sent).unwrap();
    assert_eq!(taken.0.iter().map(|answer| answer.key.as_str()).collect::<Vec<_>>(), ["name", "age"]);
    assert_eq!((rearranged.0[0].label.as_str(), rearranged.0[1].key.as_str()), ("How old?", "name"));

    assert_eq!(why(std::slice::from_ref(&name)), Err(vec![Why::Changed]), "a question is gone");
    let other_kind = question("age", Kind::YesNo);
    assert_eq!(why(&[name.clone(), other_kind]), Err(vec![Why::NotOffered]));
    let new = question("new", Kind::YesNo);
    assert_eq!(why(&[name.clone(), age.clone(), new.clone()]), Err(vec![Why::Missing]));
    assert!(why(&[name, age, Question { required: false, ..new }]).is_ok(), "a new question that may be left out");
}

/// What is said about it fits into one message.
#[test]
fn of_what_was_never_asked_only_as_much_is_named_as_a_form_can_have() {
    let keys: Vec<String> = (0..60).map(|number| format!("{number}").repeat(5_000)).collect();
    let fields: Vec<(&str, Given)> = keys.iter().map(|key| (key.as_str(), text("?"))).collect();

    let unfit = Answers::check(&[], &filled(&fields)).unwrap_err();

    assert_eq!(unfit.len(), MOST_QUESTIONS);
    assert!(unfit.iter().all(|unfit| unfit.label.len() == MAX_KEY && unfit.why == Why::Changed), "{unfit:?}");
}

#[test]
fn placeholders_stand_for_answers_in_one_line() {
    let questions = all_kinds();
    let sent = filled(&[
        ("short", text("Anna")),
        ("long", text(&format!("a\nb {}", "long ".repeat(60)))),
        ("one", text("Entry 1")),
        ("several", values(["Entry 0", "Entry 2"])),
        ("yes_no", text(NO)),
        ("consent", agreed(&questions)),
        ("member", values(["7"])),
        ("file", values(["9"])),
    ]);
    let optional: Vec<_> = questions.iter().map(|question| Question { required: false, ..question.clone() }).collect();
    let answers = Answers::check(&optional, &sent).unwrap();
    let values = Values::of(&optional, &answers, &words());

    let value = |key: &str| values.get(&format!("form_{key}"));
    assert_eq!(value("short"), Some("Anna"));
    assert!(value("long").is_some_and(|long| long.starts_with("a b long") && long.ends_with('…')));
    assert_eq!((value("one"), value("several")), (Some("Entry 1"), Some("Entry 0, Entry 2")));
    assert_eq!((value("yes_no"), value("consent")), (Some("No"), Some("Entry 0")));
    assert_eq!((value("member"), value("file"), value("number")), (Some("Bert"), Some("a.png"), Some("")));
    assert_eq!((value("other"), Values::NONE.get("form_short")), (None, None));
    assert_eq!(Values::sample(&questions).get("form_short"), Some("About short"));
    assert_eq!(Values::empty(&questions).get("form_short"), Some(""));
}

#[test]
fn a_member_whose_answers_are_not_taken_gets_them_as_they_were() {
    let sent = filled(&[
        ("short", text("**Anna**")),
        ("gone", text("a\n\nb")),
        ("yes_no", text(YES)),
        ("several", values(["Entry 0", "Entry 2"])),
        ("consent", agreed(&all_kinds())),
        ("member", values(["7"])),
        ("file", values(["9"])),
        ("number", text("")),
    ]);
    assert_eq!(
        super::layout::plain(&all_kinds(), &sent, &words()),
        "About short\n\n**Anna**\n\n\ngone\n\na\n\nb\n\n\nAbout yes_no\n\nYes\n\n\nAbout several\n\nEntry 0\nEntry 2\n\n\n\
         About consent\n\nEntry 0\n\n\nAbout member\n\nBert\n\n\nAbout file\n\na.png"
    );
}

proptest! {
    #[test]
    fn any_form_that_comes_back_is_taken_or_refused(
        which in prop::collection::vec((0..9_usize, any::<bool>()), 0..6),
        given in prop::collection::vec((0..9_usize, prop_oneof![
            any::<String>().prop_map(Given::Text),
            prop::sample::select(vec!["yes", "no", "Entry 0", "12", ""]).prop_map(text),
            prop::collection::vec(prop::sample::select(vec!["Entry 0", "Entry 1", "9", "7", "agreed-", "?"]), 0..4)
                .prop_map(|values| Given::Values(values.into_iter().map(str::to_owned).collect())),
            any::<bool>().prop_map(Given::Flag),
            Just(Given::Nothing),
        ]), 0..7),
    ) {
        let kinds = all_kinds();
        let questions: Vec<Question> = which.into_iter().map(|(kind, required)| Question { required, ..kinds[kind].clone() }).collect();
        let fields: Vec<(&str, Given)> = given.iter().map(|(kind, given)| (KINDS[*kind], given.clone())).collect();
        let sent = filled(&fields);
        if let Ok(answers) = Answers::check(&questions, &sent) {
            for question in questions.iter().filter(|question| question.is_required()) {
                prop_assert!(answers.0.iter().any(|answer| answer.key == question.key));
            }
            let stored = serde_json::to_string(&answers).unwrap();
            prop_assert_eq!(serde_json::from_str::<Answers>(&stored).unwrap(), answers.clone());
            let _ = Values::of(&questions, &answers, &words());
        }
        let _ = super::layout::plain(&questions, &sent, &words());
    }
}
