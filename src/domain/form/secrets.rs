//! Recognises questions that ask for passwords and tokens, in the languages of the program. Discord forbids bots to ask
//! for them (Discord: "Developer Policy"). A wrong guess only shows a warning.

/// Anywhere in the text, as in "Discord-Passwort".
const PARTS: [&str; 26] = [
    "password",
    "passwd",
    "passphrase",
    "passcode",
    "passwort",
    "passwörter",
    "kennwort",
    "kennwörter",
    "mot de passe",
    "mots de passe",
    "api key",
    "api-key",
    "apikey",
    "api-schlüssel",
    "clé api",
    "clé d’api",
    "clé d'api",
    "private key",
    "secret key",
    "privater schlüssel",
    "clé privée",
    "zugangsdaten",
    "anmeldedaten",
    "login data",
    "credentials",
    "identifiants de connexion",
];

/// As words of their own: "secretary" and "spin" are none.
const WORDS: [&str; 16] = [
    "token", "tokens", "jeton", "jetons", "secret", "secrets", "pin", "pins", "tan", "tans", "cvv", "cvc", "2fa",
    "mfa", "otp", "totp",
];

/// Whether the text names such a thing.
pub(super) fn named(text: &str) -> bool {
    let text = text.to_lowercase();
    PARTS.iter().any(|part| text.contains(part))
        || text.split(|letter: char| !letter.is_alphanumeric()).any(|word| WORDS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_for_passwords_and_tokens_are_found_in_three_languages() {
        for text in [
            "Your password",
            "PASSWORDS?",
            "Bot token",
            "What is your API key?",
            "Dein Discord-Passwort",
            "Bitte Kennwort angeben",
            "Zugangsdaten zum Server",
            "Votre mot de passe",
            "Jeton du bot",
            "2FA code",
            "PIN/TAN",
        ] {
            assert!(named(text), "{text}");
        }
        for text in [
            "",
            "Order number",
            "Secretary",
            "Spinning",
            "Passport number",
            "Tokenisation",
            "Distanz",
            "Wort",
            "Compass",
        ] {
            assert!(!named(text), "{text}");
        }
    }
}
