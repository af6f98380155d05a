//! Discord's markdown, as its help describes it.

use crate::domain::zone::Zone;
use crate::export::html::markdown::{Reader, line, plain, text};
use crate::export::samples::names;

fn shown(source: &str) -> String {
    let names = names();
    text(Reader { names: &names, zone: &Zone::utc(), spoiler: "Spoiler", is_linked: false }, source).0
}

#[test]
fn texts_are_formatted_as_discord_formats_them() {
    let spoiler =
        |text: &str| format!("<details class=\"spoiler\"><summary>Spoiler</summary><span>{text}</span></details>");
    let table = [
        ("plain", "<div>plain</div>".to_owned()),
        ("*i* _i_ **b** ***bi***", "<div><em>i</em> <em>i</em> <strong>b</strong> <em><strong>bi</strong></em></div>".to_owned()),
        ("__u__ ~~s~~ ~no~", "<div><u>u</u> <s>s</s> ~no~</div>".to_owned()),
        ("||hidden||", format!("<div>{}</div>", spoiler("hidden"))),
        ("`a **b** <@8388608>`", "<div><code>a **b** &lt;@8388608&gt;</code></div>".to_owned()),
        ("one\ntwo", "<div>one<br>two</div>".to_owned()),
        ("one\n\ntwo", "<div>one</div><div>two</div>".to_owned()),
        ("# One\n## Two\n### Three\n#### Four\n#no", "<div class=\"h1\">One</div><div class=\"h2\">Two</div><div class=\"h3\">Three</div><div>#### Four<br>#no</div>".to_owned()),
        ("-# small", "<div class=\"sub\">small</div>".to_owned()),
        ("> quoted\nnot", "<blockquote><div>quoted</div></blockquote><div>not</div>".to_owned()),
        (">no quote", "<div>&gt;no quote</div>".to_owned()),
        ("> > flat", "<blockquote><div>&gt; flat</div></blockquote>".to_owned()),
        ("a\n>>> b\nc\n\nd", "<div>a</div><blockquote><div>b<br>c</div><div>d</div></blockquote>".to_owned()),
        ("- a\n- b\nc", "<ul><li><div>a</div></li><li><div>b</div></li></ul><div>c</div>".to_owned()),
        ("- a\n  - b", "<ul><li><div>a</div><ul><li><div>b</div></li></ul></li></ul>".to_owned()),
        ("7. a\n8. b", "<ol start=\"7\"><li><div>a</div></li><li><div>b</div></li></ol>".to_owned()),
        ("2026. That year", "<ol start=\"2026\"><li><div>That year</div></li></ol>".to_owned()),
        ("```rust\nlet a = 1 < 2;\n```", "<pre tabindex=\"0\"><code>let a = 1 &lt; 2;</code></pre>".to_owned()),
        ("a ```b``` c", "<div>a</div><pre tabindex=\"0\"><code>b</code></pre><div>\u{a0}c</div>".to_owned()),
        ("> ```\n> code\n> ```", "<blockquote><pre tabindex=\"0\"><code>code</code></pre></blockquote>".to_owned()),
        ("``` open", "<div>``` open</div>".to_owned()),
        ("    four", "<div>\u{a0}\u{a0}\u{a0}\u{a0}four</div>".to_owned()),
        ("a\n---\nb\n===", "<div>a<br>---<br>b<br>===</div>".to_owned()),
        (r"\*no\* \<@8388608> \[a](https://b.example)", "<div>*no* &lt;@8388608&gt; [a](<a href=\"https://b.example\" title=\"https://b.example\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">https://b.example</a>)</div>".to_owned()),
    ];
    for (source, expected) in table {
        assert_eq!(shown(source), expected, "{source:?}");
    }
}

#[test]
fn mentions_have_names_times_a_date_and_emoji_theirs() {
    let mention = |text: &str| format!("<div><span class=\"mention\"><bdi>{text}</bdi></span></div>");
    let table = [
        ("<@8388608>", mention("@Anna")),
        ("<@!8388608>", mention("@Anna")),
        ("<@99>", mention("@99")),
        ("<@&7>", mention("@Support")),
        ("<@&99>", mention("@unknown role")),
        ("<@&1>", mention("@everyone")),
        ("<#8>", "<div><a class=\"mention\" href=\"https://discord.com/channels/1/8\"><bdi>#help</bdi></a></div>".to_owned()),
        ("<#99>", "<div><a class=\"mention\" href=\"https://discord.com/channels/1/99\"><bdi>#99</bdi></a></div>".to_owned()),
        ("**<@8388608>**", "<div><strong><span class=\"mention\"><bdi>@Anna</bdi></span></strong></div>".to_owned()),
        ("<:my_old_key:5>", "<div><span class=\"emoji\">:my_old_key:</span></div>".to_owned()),
        ("</ticket close:5>", "<div><span class=\"mention\">/ticket close</span></div>".to_owned()),
        ("<t:0:d>", "<div><time datetime=\"1970-01-01T00:00:00.000Z\" title=\"1970-01-01 00:00 UTC\">1970-01-01</time></div>".to_owned()),
        ("<t:0:R>", "<div><time datetime=\"1970-01-01T00:00:00.000Z\" title=\"1970-01-01 00:00 UTC\">1970-01-01 00:00</time></div>".to_owned()),
    ];
    for (source, expected) in table {
        assert_eq!(shown(source), expected, "{source:?}");
    }
}

#[test]
fn links_lead_to_the_web_only_and_show_where() {
    let link = |url: &str, class: &str, text: &str| {
        format!(
            "<div><a{class} href=\"{url}\" title=\"{url}\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">{text}</a></div>"
        )
    };
    let masked = " class=\"masked\"";
    let table = [
        ("https://a.example/x_y_z", link("https://a.example/x_y_z", "", "https://a.example/x_y_z")),
        ("<https://a.example>", link("https://a.example", "", "https://a.example")),
        ("[a *b*](https://a.example)", link("https://a.example", masked, "a <em>b</em>")),
        (
            "[<#8>](https://a.example)",
            link("https://a.example", masked, "<span class=\"mention\"><bdi>#help</bdi></span>"),
        ),
        ("[https://good.example](https://evil.example)", link("https://evil.example", masked, "https://good.example")),
        ("[a](javascript:alert(1))", "<div>[a](javascript:alert(1))</div>".to_owned()),
        ("<mailto:a@b.example>", "<div>&lt;mailto:a@b.example&gt;</div>".to_owned()),
    ];
    for (source, expected) in table {
        assert_eq!(shown(source), expected, "{source:?}");
    }
}

#[test]
fn a_line_has_no_blocks() {
    let names = names();
    let shown = |source: &str| {
        line(Reader { names: &names, zone: &Zone::utc(), spoiler: "Spoiler", is_linked: false }, source).0
    };
    for (source, expected) in [
        ("# not **big**", "# not <strong>big</strong>"),
        ("- item\nmore", "- item more"),
        ("***", "***"),
        ("```code```", "<code>code</code>"),
        ("1. one", "1. one"),
        ("", ""),
    ] {
        assert_eq!(shown(source), expected, "{source:?}");
    }
}

#[test]
fn an_excerpt_is_plain_text_with_names() {
    assert_eq!(
        plain(&Zone::utc(), &names(), "<@8388608> **see** <#8>, <@&7> <@&99> <:key:5> </ticket close:5> <t:0:R>"),
        "@Anna **see** #help, @Support @unknown role :key: /ticket close 1970-01-01 00:00"
    );
}
