//! The questions of a category as a form.

use serde_json::Value;

use super::{Notes, SourceCategory, SourceQuestion, Subject, Trouble, line};
use crate::domain::form::{
    self, Choice, Kind, MAX_CHOICE, MAX_HELP, MAX_LABEL, MOST_CHOICES, MOST_QUESTIONS, Question,
};
use crate::domain::text;

/// The most characters of an answer there, whatever a question allows.
const MOST_CHARACTERS: u16 = 1_000;

/// The fewest of a topic.
const LEAST_OF_TOPIC: u16 = 5;

/// `maxLength` of a question that nobody has set.
const UNSET: i64 = 4_000;

pub(super) fn judge(category: &SourceCategory, topic: &str, notes: &mut Notes) -> Vec<Question> {
    let mut questions = Vec::new();
    for (number, source) in (1..).zip(&category.questions) {
        if number > MOST_QUESTIONS {
            notes.add(Subject::Category(category.id), Trouble::TooManyQuestions);
            break;
        }
        let mut note = |what| notes.add(Subject::Question(category.id, number), what);
        match question(source, &questions, &mut note) {
            Some(question) => questions.push(question),
            None => note(Trouble::Unfit),
        }
    }
    if category.questions.is_empty() && category.asks_topic {
        let kind = Kind::Long { least: LEAST_OF_TOPIC, most: MOST_CHARACTERS };
        let label = text::cut(topic, MAX_LABEL).to_owned();
        questions.push(Question { key: "topic".to_owned(), label, help: None, required: true, kind });
    }
    if !category.topic_question.is_empty() {
        notes.add(Subject::Category(category.id), Trouble::ChannelTopic);
    }
    questions
}

/// `None`: Discord would refuse it.
fn question(source: &SourceQuestion, others: &[Question], note: &mut impl FnMut(Trouble)) -> Option<Question> {
    let label = line(&source.label, MAX_LABEL, note)?;
    let help = line(&source.placeholder, MAX_HELP, note);
    let kind = match source.kind.as_str() {
        "TEXT" => written(source),
        "MENU" => chosen(source, note),
        _ => return None,
    };
    let key = form::key_for(&label, others);
    let question = Question { key, label, help, required: source.required, kind };
    form::check(std::slice::from_ref(&question)).ok()?;
    if text::is_visible(&source.value) {
        note(Trouble::Prefilled);
    }
    Some(question)
}

fn written(source: &SourceQuestion) -> Kind {
    let number = |number: i64| u16::try_from(number.clamp(0, MOST_CHARACTERS.into())).unwrap_or(MOST_CHARACTERS);
    let most = source.most.map(number).filter(|most| *most > 0).unwrap_or(MOST_CHARACTERS);
    let least = source.least.map_or(0, number).min(most);
    if source.style == Some(1) { Kind::Short { least, most } } else { Kind::Long { least, most } }
}

fn chosen(source: &SourceQuestion, note: &mut impl FnMut(Trouble)) -> Kind {
    let mut options: Vec<Choice> = Vec::new();
    let entries: Vec<Value> = serde_json::from_str(&source.options).unwrap_or_default();
    for entry in entries {
        let part = |name: &str| entry[name].as_str().unwrap_or_default().to_owned();
        let label = line(&part("label"), MAX_CHOICE, note);
        let description = line(&part("description"), MAX_CHOICE, note);
        let is_new = |label: &String| options.iter().all(|other| other.label != *label);
        match label.filter(is_new).filter(|_| options.len() < MOST_CHOICES) {
            Some(label) => options.push(Choice { label, description }),
            None => note(Trouble::Choices),
        }
        if !part("emoji").is_empty() {
            note(Trouble::Emoji);
        }
    }
    let count = |number: i64| u8::try_from(number.max(1)).unwrap_or(u8::MAX);
    let all = u8::try_from(options.len()).unwrap_or(u8::MAX).max(1);
    let most = source.most.filter(|most| *most != UNSET).map_or(1, count).min(all);
    match most {
        1 => Kind::One { menu: true, options },
        _ => Kind::Several { menu: true, least: source.least.map_or(1, count).min(most), most: Some(most), options },
    }
}
