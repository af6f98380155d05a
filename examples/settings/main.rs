//! Prints `docs/settings.md`, made from the definition of the settings: `cargo run --example settings > docs/settings.md`.

fn main() {
    print!("{}", ticketbot::settings_document());
}
