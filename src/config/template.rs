//! The configuration file that a first run writes.

use super::DEFAULTS;
use super::token::Token;

/// The token, and every other key with its explanation but commented out, so that later defaults apply.
///
/// Explanations start with `# `, commented keys with `#` alone.
pub(crate) fn new_config_file(token: &Token) -> String {
    let mut text = String::from(
        "# The configuration of ticketbot. Lines that begin with # are explanations or hold the default;\n\
         # to change a setting, remove the # before it.\n\n",
    );
    // The defaults start with their own description; the operator's part follows it.
    for line in DEFAULTS.lines().skip_while(|line| !line.starts_with("# Paths may")) {
        if line == "token = \"\"" {
            text.push_str("token = \"");
            // Only letters, digits, dots, dashes and underscores: nothing that TOML would escape.
            text.push_str(token.expose());
            text.push('"');
        } else {
            if line.starts_with(|first: char| first.is_ascii_lowercase()) {
                text.push('#');
            }
            text.push_str(line);
        }
        text.push('\n');
    }
    text
}
