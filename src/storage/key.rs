//! Derives the value of `PRAGMA key` from the operator's key, once for all connections.
//!
//! SQLCipher would derive it for each connection, with 256,000 rounds of PBKDF2. A raw key is exactly the result of
//! that derivation, so files stay the same and any SQLCipher opens them with the passphrase.

use secrecy::{ExposeSecret as _, SecretString};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};

use super::open::OpenError;
use crate::domain::database_key::DatabaseKey;

#[cfg(feature = "encryption")]
use super::header::SALT;
#[cfg(feature = "encryption")]
use crate::domain::database_key::KeyForm;

/// The value of `PRAGMA key`, quotes included. Wiped when dropped.
pub(super) struct KeyPragma(SecretString);

impl KeyPragma {
    /// The value, inserted verbatim into a statement.
    pub(super) fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// The value without quotes, for `ATTACH … KEY`.
    pub(super) fn unquoted(&self) -> SecretString {
        let value = self.expose();
        let quote = &value[..1];
        value[1..value.len() - 1].replace(&quote.repeat(2), quote).into()
    }
}

/// `salt` is the file's; `None` for a new file.
#[cfg(feature = "encryption")]
pub(super) async fn key_pragma(
    key: &DatabaseKey,
    salt: Option<[u8; SALT]>,
    pragmas: &[(String, String)],
) -> Result<KeyPragma, OpenError> {
    let Some((algorithm, rounds)) = derivation(pragmas).filter(|_| key.form() != KeyForm::Raw) else {
        return by_sqlcipher(key);
    };
    let key = key.clone();
    // A quarter of a second of computation.
    let derived = tokio::task::spawn_blocking(move || derive(&key, salt, algorithm, rounds)).await;
    derived.map_err(|_| OpenError::KeyNotUsable("it could not be derived"))?
}

#[cfg(not(feature = "encryption"))]
pub(super) async fn key_pragma(
    _: &DatabaseKey,
    _: Option<[u8; super::header::SALT]>,
    _: &[(String, String)],
) -> Result<KeyPragma, OpenError> {
    Err(OpenError::NoCipher)
}

#[cfg(feature = "encryption")]
fn derive(
    key: &DatabaseKey,
    salt: Option<[u8; SALT]>,
    algorithm: ring::pbkdf2::Algorithm,
    rounds: std::num::NonZeroU32,
) -> Result<KeyPragma, OpenError> {
    let salt = salt.map_or_else(new_salt, Ok)?;
    let passphrase = secrecy::SecretSlice::from(passphrase_bytes(key));
    let mut derived = secrecy::SecretBox::new(Box::new([0_u8; 32]));
    {
        use secrecy::ExposeSecretMut as _;
        ring::pbkdf2::derive(algorithm, rounds, &salt, passphrase.expose_secret(), derived.expose_secret_mut());
    }
    Ok(KeyPragma(SecretString::from(format!("\"x'{}{}'\"", hex(derived.expose_secret()), hex(&salt)))))
}

#[cfg(feature = "encryption")]
fn new_salt() -> Result<[u8; SALT], OpenError> {
    let random = ring::rand::generate::<[u8; SALT]>(&ring::rand::SystemRandom::new());
    random.map(ring::rand::Random::expose).map_err(|_| OpenError::KeyNotUsable("the system gives no random numbers"))
}

/// For keys that cannot be derived here: each connection derives its own.
#[cfg(feature = "encryption")]
fn by_sqlcipher(key: &DatabaseKey) -> Result<KeyPragma, OpenError> {
    let text = match key.form() {
        KeyForm::Raw => return Ok(KeyPragma(format!("\"x'{}'\"", key.expose()).into())),
        KeyForm::Passphrase => key.expose().to_owned(),
        KeyForm::HexPassphrase => String::from_utf8(passphrase_bytes(key))
            .ok()
            .filter(|text| !text.contains('\0'))
            .ok_or(OpenError::KeyNotUsable("with these pragmas it must be text"))?,
    };
    let text = SecretString::from(text);
    Ok(KeyPragma(format!("'{}'", text.expose_secret().replace('\'', "''")).into()))
}

#[cfg(feature = "encryption")]
fn passphrase_bytes(key: &DatabaseKey) -> Vec<u8> {
    match key.form() {
        KeyForm::HexPassphrase => {
            let pairs = key.expose().as_bytes().chunks_exact(2);
            pairs.map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect()
        }
        _ => key.expose().as_bytes().to_vec(),
    }
}

/// The key was validated to contain only hexadecimal digits.
#[cfg(feature = "encryption")]
fn digit(character: u8) -> u8 {
    char::from(character).to_digit(16).and_then(|digit| u8::try_from(digit).ok()).unwrap_or(0)
}

#[cfg(feature = "encryption")]
fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// How SQLCipher 4 derives the key under the operator's pragmas; `None` where SQLCipher must do it itself.
/// <https://www.zetetic.net/sqlcipher/sqlcipher-api/>
#[cfg(feature = "encryption")]
fn derivation(pragmas: &[(String, String)]) -> Option<(ring::pbkdf2::Algorithm, std::num::NonZeroU32)> {
    use ring::pbkdf2::{PBKDF2_HMAC_SHA1, PBKDF2_HMAC_SHA256, PBKDF2_HMAC_SHA512};
    let (mut algorithm, mut rounds) = (PBKDF2_HMAC_SHA512, 256_000);
    for (name, value) in pragmas {
        let value = value.trim_matches('\'');
        match name.as_str() {
            "kdf_iter" => rounds = value.parse().ok()?,
            "cipher_kdf_algorithm" => {
                algorithm = match value.to_ascii_uppercase().as_str() {
                    "PBKDF2_HMAC_SHA1" => PBKDF2_HMAC_SHA1,
                    "PBKDF2_HMAC_SHA256" => PBKDF2_HMAC_SHA256,
                    "PBKDF2_HMAC_SHA512" => PBKDF2_HMAC_SHA512,
                    _ => return None,
                };
            }
            // Files of older versions, and files without their salt.
            "cipher_compatibility" | "cipher_salt" | "cipher_plaintext_header_size" => return None,
            _ => {}
        }
    }
    Some((algorithm, std::num::NonZeroU32::new(rounds)?))
}

#[cfg(all(test, feature = "encryption"))]
mod tests {
    use super::*;

    fn passphrase(text: &str) -> DatabaseKey {
        DatabaseKey::parse(KeyForm::Passphrase, text).unwrap()
    }

    fn set(pragmas: &[(&str, &str)]) -> Vec<(String, String)> {
        pragmas.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[tokio::test]
    async fn the_key_is_derived_with_the_salt_of_the_file_as_pbkdf2_has_it() {
        // Made with Python: hashlib.pbkdf2_hmac("sha512", b"pass", bytes(range(16)), 1000, 32).
        let salt: [u8; SALT] = std::array::from_fn(|at| u8::try_from(at).unwrap());
        let pragma = key_pragma(&passphrase("pass"), Some(salt), &set(&[("kdf_iter", "1000")])).await.unwrap();

        assert_eq!(
            pragma.expose(),
            "\"x'827c811ce5346812d95651ab6937eb656b99751861a1442b3adc75ebf8c4c99b000102030405060708090a0b0c0d0e0f'\""
        );
    }

    #[tokio::test]
    async fn two_new_files_never_get_the_same_salt() {
        let rounds = set(&[("kdf_iter", "1")]);
        let [one, other] = [
            key_pragma(&passphrase("pass"), None, &rounds).await.unwrap(),
            key_pragma(&passphrase("pass"), None, &rounds).await.unwrap(),
        ];
        assert_ne!(one.expose(), other.expose());
    }

    #[tokio::test]
    async fn what_only_sqlcipher_can_derive_is_left_to_it_and_quoted() {
        let old = set(&[("cipher_compatibility", "3")]);
        let pragma = key_pragma(&passphrase("it's"), Some([0; SALT]), &old).await.unwrap();
        assert_eq!((pragma.expose(), pragma.unquoted().expose_secret()), ("'it''s'", "it's"));

        let digits = "ab".repeat(32);
        let raw = DatabaseKey::parse(KeyForm::Raw, &digits).unwrap();
        let pragma = key_pragma(&raw, Some([0; SALT]), &[]).await.unwrap();
        assert_eq!(pragma.expose(), format!("\"x'{digits}'\""));
        assert_eq!(pragma.unquoted().expose_secret(), format!("x'{digits}'"));
    }

    #[test]
    fn bytes_given_as_digits_are_those_bytes() {
        let key = DatabaseKey::parse(KeyForm::HexPassphrase, "00fFa1").unwrap();
        assert_eq!(passphrase_bytes(&key), [0x00, 0xff, 0xa1]);
    }
}

/// The cargo feature `encryption`.
pub fn has_encryption() -> bool {
    cfg!(feature = "encryption")
}

/// Whether a pragma describes how a file is encrypted.
pub(super) fn is_of_cipher(pragma: &str) -> bool {
    pragma.starts_with("cipher_") || pragma == "kdf_iter"
}

/// Stops SQLCipher from printing errors to standard error; the program reports them itself.
pub(super) async fn silence_cipher() {
    if !has_encryption() {
        return;
    }
    // Applies to the whole process. On failure, SQLCipher's lines merely appear beside ours.
    let options = SqliteConnectOptions::new().in_memory(true).filename(":memory:");
    if let Ok(mut connection) = options.connect().await {
        let _loud = sqlx::query("PRAGMA cipher_log_level = NONE").execute(&mut connection).await;
        let _closed = connection.close().await;
    }
}
