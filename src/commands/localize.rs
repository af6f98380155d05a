//! Gives the commands their names and descriptions in every language of the catalog.
//!
//! Keys: `command-<name>-<subcommand>` with `.description`, and `.<option>` with `.<option>-description`. The names in
//! code are the English ones, because Discord and poise find a command by them.

use std::borrow::Cow;

use poise::CommandParameter;
use poise::serenity_prelude::CreateCommand;

use crate::discord::Command;
use crate::i18n::{self, Locale};

/// Fills in every command, its subcommands and its options.
pub(super) fn apply(commands: &mut [Command]) {
    let locales = other_locales();
    for command in commands {
        apply_below(command, "command", &locales);
    }
}

/// What is sent to Discord. Context menu entries are localised here, because poise does not do it.
pub fn registration(commands: &[Command]) -> Vec<CreateCommand> {
    let locales = other_locales();
    let mut wanted = Vec::new();
    for command in commands {
        wanted.extend(command.create_as_slash_command());
        if let Some(menu) = command.create_as_context_menu_command() {
            let names = translations(&key("command", command), &locales);
            wanted.push(names.into_iter().fold(menu, |menu, (locale, name)| menu.name_localized(locale, name)));
        }
    }
    wanted
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
    parameter.name_localizations = cow(translations(&key, locales));
    parameter.description_localizations = cow(translations(&description, locales));
}

fn key(prefix: &str, command: &Command) -> String {
    let name = command.context_menu_name.as_deref().unwrap_or(&command.name);
    format!("{prefix}-{}", name.to_lowercase().replace(' ', "-"))
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
