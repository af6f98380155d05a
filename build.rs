//! Tells cargo what the embedded files are: `sqlx::migrate!` and `static_loader!` read folders that cargo does not watch by itself.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
    println!("cargo:rerun-if-changed=locales");
}
