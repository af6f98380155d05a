//! Templates with `$name` and `${name}`: parsed to tokens once, rendered any number of times.
//!
//! The rules are those of Python's `string.Template.safe_substitute`, for which existing inboxes were written: `$$` is
//! a dollar sign, and unknown text stays unchanged. The caller defines the names.

/// A parsed template. Parsing cannot fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    tokens: Vec<Token>,
}

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// Never empty, never adjacent to another one.
    Text(String),
    Placeholder {
        name: String,
        /// Written as `${name}`.
        braced: bool,
    },
}

impl Template {
    pub fn parse(text: &str) -> Self {
        let mut tokens = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(dollar) = rest.find('$') {
            plain.push_str(&rest[..dollar]);
            rest = &rest[dollar + 1..];
            if let Some(after) = rest.strip_prefix('$') {
                plain.push('$');
                rest = after;
            } else if let Some((token, after)) = placeholder(rest) {
                push_text(&mut tokens, &mut plain);
                tokens.push(token);
                rest = after;
            } else {
                plain.push('$');
            }
        }
        plain.push_str(rest);
        push_text(&mut tokens, &mut plain);
        Self { tokens }
    }

    /// Inserts the values. Names without a value stay unchanged; values are not parsed.
    pub fn render<'v>(&self, lookup: impl Fn(&str) -> Option<&'v str>) -> String {
        let mut out = String::new();
        for token in &self.tokens {
            match token {
                Token::Text(text) => out.push_str(text),
                Token::Placeholder { name, .. } => match lookup(name) {
                    Some(value) => out.push_str(value),
                    None => out.push_str(&token.written()),
                },
            }
        }
        out
    }

    /// Each name once, in order of appearance.
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for token in &self.tokens {
            if let Token::Placeholder { name, .. } = token
                && !names.contains(&name.as_str())
            {
                names.push(name);
            }
        }
        names
    }

    pub fn mentions(&self, name: &str) -> bool {
        self.names().contains(&name)
    }

    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }
}

impl Token {
    /// The token's source text.
    pub fn written(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Placeholder { name, braced: true } => format!("${{{name}}}"),
            Self::Placeholder { name, braced: false } => format!("${name}"),
        }
    }
}

fn push_text(tokens: &mut Vec<Token>, plain: &mut String) {
    if !plain.is_empty() {
        tokens.push(Token::Text(std::mem::take(plain)));
    }
}

/// Parses the text after a dollar sign; `None` when it is no placeholder.
fn placeholder(rest: &str) -> Option<(Token, &str)> {
    let (braced, inner) = rest.strip_prefix('{').map_or((false, rest), |inner| (true, inner));
    let end = inner.bytes().position(|byte| byte != b'_' && !byte.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let (name, after) = inner.split_at(end);
    if name.is_empty() || name.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let after = if braced { after.strip_prefix('}')? } else { after };
    Some((Token::Placeholder { name: name.to_owned(), braced }, after))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value(name: &str) -> Option<&'static str> {
        match name {
            "author" => Some("Ada"),
            "_x1" => Some("$author"),
            "empty" => Some(""),
            _ => None,
        }
    }

    #[test]
    fn templates_render_as_pythons_safe_substitute_does() {
        let table = [
            ("", ""),
            ("plain", "plain"),
            ("$author", "Ada"),
            ("${author}", "Ada"),
            ("${author}s", "Adas"),
            ("$authors", "$authors"),
            ("$author-$author", "Ada-Ada"),
            ("$authoré", "Adaé"),
            ("a$empty${empty}b", "ab"),
            ("$Author $AUTHOR", "$Author $AUTHOR"),
            ("$nobody ${nobody}", "$nobody ${nobody}"),
            ("$$author $$$author $$", "$author $Ada $"),
            ("$${author}", "${author}"),
            ("5$ 5$5 $", "5$ 5$5 $"),
            ("${author", "${author"),
            ("${ author}", "${ author}"),
            ("${}", "${}"),
            ("${1a} ${a-b}", "${1a} ${a-b}"),
            ("${$author}", "${Ada}"),
            ("$é", "$é"),
            ("$_x1", "$author"),
        ];
        for (template, rendered) in table {
            assert_eq!(Template::parse(template).render(value), rendered, "{template:?}");
        }
    }

    #[test]
    fn names_come_once_in_order_of_appearance() {
        let template = Template::parse("$b ${a} $b $$c ${d");
        assert_eq!(template.names(), ["b", "a"]);
        assert!(template.mentions("a"));
        assert!(!template.mentions("c"));
    }

    proptest! {
        #[test]
        fn every_text_is_a_template(text in r"[$${}a-c_0é ]{0,20}|\PC*") {
            let template = Template::parse(&text);
            // Without values only `$$` changes.
            let tokens: String = template.tokens().iter().map(Token::written).collect();
            prop_assert_eq!(template.render(|_| None), tokens);
            if !text.contains("$$") {
                prop_assert_eq!(template.render(|_| None), text);
            }
        }

        #[test]
        fn values_are_never_expanded_again(inserted in r"[$${}a]{0,10}") {
            let rendered = Template::parse("<$a>").render(|_| Some(&inserted));
            prop_assert_eq!(rendered, format!("<{inserted}>"));
        }
    }
}
