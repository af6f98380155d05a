//! Gives the commands their names and descriptions in every language of the catalog.
//!
//! Keys: `command-<name>-<subcommand>` with `.description`, and `.<option>` with `.<option>-description`. A choice names its key. Names in code
//! are English, because Discord and poise identify commands by them.

use std::borrow::Cow;

use poise::CommandParameter;

use crate::discord::Command;
use crate::i18n::{self, Locale};

/// Fills in every command, its subcommands and its options.
pub(super) fn apply(commands: &mut [Command]) {
    let locales = other_locales();
    for command in commands {
        apply_below(command, "command", &locales);
    }
}

/// Translations of a context menu entry's name.
pub(super) fn menu_names(key: &str) -> Vec<(String, String)> {
    translations(key, &other_locales())
}

fn apply_below(command: &mut Command, prefix: &str, locales: &[Locale]) {
    let key = key(prefix, command);
    if command.slash_action.is_some() {
        let description = format!("{key}.description");
        command.description = i18n::lookup(&Locale::default(), &description).map(Cow::Owned);
        command.name_localizations = cow(translations(&key, locales));
        command.description_localizations = cow(translations(&description, locales));
        for parameter in &mut command.parameters {
            apply_to_option(parameter, &key, locales);
        }
    }
    for subcommand in &mut command.subcommands {
        apply_below(subcommand, &key, locales);
    }
}

fn apply_to_option<U, E>(parameter: &mut CommandParameter<U, E>, command: &str, locales: &[Locale]) {
    let key = format!("{command}.{}", parameter.name);
    let description = format!("{key}-description");
    parameter.description = i18n::lookup(&Locale::default(), &description).map(Cow::Owned);
    // In code, a choice is named by its key in the catalog.
    for choice in parameter.choices.to_mut() {
        choice.localizations = cow(translations(&choice.name, locales));
        if let Some(name) = i18n::lookup(&Locale::default(), &choice.name) {
            choice.name = Cow::Owned(name);
        }
    }
    parameter.name_localizations = cow(translations(&key, locales));
    parameter.description_localizations = cow(translations(&description, locales));
}

fn key(prefix: &str, command: &Command) -> String {
    format!("{prefix}-{}", command.name)
}

fn other_locales() -> Vec<Locale> {
    i18n::locales().into_iter().filter(|locale| *locale != Locale::default()).collect()
}

fn translations(key: &str, locales: &[Locale]) -> Vec<(String, String)> {
    locales.iter().filter_map(|locale| Some((locale.to_string(), i18n::lookup_exact(locale, key)?))).collect()
}

type CowPairs = Cow<'static, [(Cow<'static, str>, Cow<'static, str>)]>;

fn cow(pairs: Vec<(String, String)>) -> CowPairs {
    pairs.into_iter().map(|(locale, text)| (Cow::Owned(locale), Cow::Owned(text))).collect()
}
