//! The output: numbered headings, prose, and boxes with what a person sees.

use std::io::{IsTerminal as _, Write as _};
use std::sync::{Arc, Mutex, PoisonError};

/// The most characters in a line.
const WIDTH: usize = 96;
const INDENT: &str = "    ";

/// The narrator. Copies share one tale.
#[derive(Clone)]
pub struct Tale {
    colours: bool,
    step: Arc<Mutex<(usize, String)>>,
}

/// Terminal codes: see "Select Graphic Rendition".
#[derive(Clone, Copy)]
pub enum Style {
    Bold = 1,
    Dim = 2,
    Green = 32,
    Cyan = 36,
}

impl Tale {
    /// Uses colours if supported and wanted: <https://no-color.org>.
    pub fn new() -> Self {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self { colours: std::io::stdout().is_terminal() && !unwanted, step: Arc::default() }
    }

    /// Begins the next step.
    pub fn step(&self, what: &str) {
        let mut step = self.step.lock().unwrap_or_else(PoisonError::into_inner);
        *step = (step.0 + 1, what.to_owned());
        let number = step.0;
        drop(step);
        self.line("");
        self.line(&format!("{} {}", self.paint(Style::Cyan, &format!("{number:>2} ")), self.paint(Style::Bold, what)));
    }

    /// The last step, for reporting its failure.
    pub fn missed(&self) -> String {
        let step = self.step.lock().unwrap_or_else(PoisonError::into_inner);
        match &*step {
            (0, _) => "The story could not begin".to_owned(),
            (number, what) => format!("Step {number} ({what}) did not happen"),
        }
    }

    /// Prose, wrapped.
    pub fn says(&self, text: &str) {
        for line in wrap(text, WIDTH - INDENT.len()) {
            self.line(&format!("{INDENT}{line}"));
        }
    }

    /// A checked fact.
    pub fn proves(&self, text: &str) {
        for (number, line) in wrap(text, WIDTH - INDENT.len() - 2).iter().enumerate() {
            let mark = if number == 0 { self.paint(Style::Green, "✓") } else { " ".to_owned() };
            self.line(&format!("{INDENT}{mark} {line}"));
        }
    }

    /// A box with what a person sees: author or place, and content.
    pub fn shows(&self, head: &str, body: &[String]) {
        let bar = self.paint(Style::Cyan, "│");
        self.line(&format!("{INDENT}{bar} {}", self.paint(Style::Bold, head)));
        for line in body.iter().flat_map(|line| wrap(line, WIDTH - INDENT.len() - 4)) {
            self.line(&format!("{INDENT}{bar}   {line}"));
        }
    }

    /// A detail for the curious.
    pub fn whispers(&self, text: &str) {
        self.line(&format!("{INDENT}{}", self.paint(Style::Dim, text)));
    }

    #[expect(clippy::unused_self, reason = "the narrator tells every line, also those without colours")]
    pub fn line(&self, text: &str) {
        // A closed pipe, such as `head`'s, is not a failure.
        let _ = writeln!(std::io::stdout(), "{text}");
    }

    fn paint(&self, style: Style, text: &str) -> String {
        if self.colours { format!("\u{1b}[{}m{text}\u{1b}[0m", style as u8) } else { text.to_owned() }
    }
}

/// Wraps the text at that many characters, between words; a longer word stays whole.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}
