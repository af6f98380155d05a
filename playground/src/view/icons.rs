//! Small drawings, so that the page looks the same whatever fonts there are.

use maud::{Markup, PreEscaped, html};

/// A drawing in a square of 16. Screen readers pass over it.
fn icon(paths: &'static str) -> Markup {
    html! { svg.drawn aria-hidden="true" viewBox="0 0 16 16" { (PreEscaped(paths)) } }
}

pub(super) fn lock() -> Markup {
    icon(r#"<rect x="3" y="7" width="10" height="7" rx="1.6"/><path d="M5.2 7V5a2.8 2.8 0 0 1 5.6 0v2" class="line"/>"#)
}

pub(super) fn thread() -> Markup {
    icon(r#"<path d="M4 2v6a3 3 0 0 0 3 3h6M10.500 8.200 13.200 11l-2.700 2.800" class="line"/>"#)
}

pub(super) fn hash() -> Markup {
    icon(
        r#"<path d="M6.200 2.500 4.800 13.500M11.200 2.500 9.800 13.500M2.800 5.800h11M2.200 10.200h11" class="line"/>"#,
    )
}

pub(super) fn voice() -> Markup {
    icon(
        r#"<path d="M2.500 6v4h2.600L9 13V3L5.100 6z"/><path d="M11 5.500a3.500 3.500 0 0 1 0 5M12.800 3.500a6.300 6.300 0 0 1 0 9" class="line"/>"#,
    )
}

pub(super) fn news() -> Markup {
    icon(
        r#"<path d="M2.500 6.500v3L11 12.800V3.200z"/><path d="M4.500 10v3h2v-2.200M13.200 6.300v3.400" class="line"/>"#,
    )
}

pub(super) fn forum() -> Markup {
    icon(r#"<path d="M2.500 3h11v8H7l-3 2.500V11H2.500z" class="line"/>"#)
}

pub(super) fn people() -> Markup {
    icon(
        r#"<circle cx="6" cy="5" r="2.600"/><path d="M1.500 13c0-2.600 2-4.200 4.500-4.200s4.500 1.600 4.500 4.200z"/><path d="M10.500 3a2.500 2.500 0 0 1 0 4.600M12 9.300c1.600.5 2.600 1.800 2.600 3.700" class="line"/>"#,
    )
}

pub(super) fn list() -> Markup {
    icon(r#"<path d="M2.500 4h11M2.500 8h11M2.500 12h11" class="line"/>"#)
}

pub(super) fn contrast() -> Markup {
    icon(r#"<circle cx="8" cy="8" r="5.800" class="line"/><path d="M8 2.200a5.800 5.800 0 0 1 0 11.600z"/>"#)
}

pub(super) fn clip() -> Markup {
    icon(
        r#"<path d="M12.500 7.300 7.600 12.200a3 3 0 0 1-4.200-4.200l5.300-5.300a2 2 0 0 1 2.800 2.800L6.300 10.700a1 1 0 0 1-1.400-1.400l4.500-4.500" class="line"/>"#,
    )
}

pub(super) fn close() -> Markup {
    icon(r#"<path d="m3.500 3.500 9 9m0-9-9 9" class="line"/>"#)
}

pub(super) fn more() -> Markup {
    icon(r#"<circle cx="3" cy="8" r="1.400"/><circle cx="8" cy="8" r="1.400"/><circle cx="13" cy="8" r="1.400"/>"#)
}

pub(super) fn file() -> Markup {
    icon(r#"<path d="M3.500 2h6l3 3v9h-9z" class="line"/><path d="M9 2v3.500h3.500" class="line"/>"#)
}
