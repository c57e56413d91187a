//! HTML: the main text of a page, its title, by-line, outlet, address and date.
//!
//! `dom_smoothie` finds the article; its tree is then walked here, so that headings, list entries and block
//! quotes keep their kind. Evidence counts more than tidiness: where little of the page's running text is
//! in the article, the document carries a warning that says how much.

use crate::encoding::decode;
use crate::{Draft, Error, Hint, Likelihood, Reader, Refusal, notice};
use dom_query::{Document as Tree, NodeRef};
use dom_smoothie::{Article, Config, Readability};
use model::{Known, KnownFrom, Passage, PassageKind, Span, Warning};

pub(crate) const HTML: Reader = Reader {
    name: "html",
    about: "web pages: main text, title, by-line, outlet, canonical link, date of publication",
    endings: &["html", "htm", "xhtml"],
    recognise,
    read,
};

/// Elements nested deeper than this are read as plain text.
const DEPTH_LIMIT: usize = 256;

fn recognise(bytes: &[u8], hint: &Hint) -> Likelihood {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let head = head.trim_start_matches('\u{FEFF}').trim_start();
    let opens = ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| head.starts_with(tag));
    let behind_comment = (head.starts_with("<?xml") || head.starts_with("<!--")) && head.contains("<html");
    let named = hint.ends_with(HTML.endings) && head.starts_with('<');
    match opens || behind_comment || named {
        true => Likelihood::Likely,
        false => Likelihood::No,
    }
}

fn read(bytes: &[u8], _: &Hint) -> Result<Vec<Result<Draft, Refusal>>, Error> {
    let decoded = decode(bytes, declared_encoding(bytes).as_deref());
    let page = Tree::from(decoded.text.as_str());
    let deep = is_deeper_than(&page, DEPTH_LIMIT);
    let article = if deep { None } else { article(&decoded.text) };
    let mut writer = Writer::default();
    match &article {
        Some(article) => {
            writer.walk(&Tree::fragment(article.content.clone()).root(), PassageKind::Paragraph, 0)
        }
        None => writer.walk(&page.html_root(), PassageKind::Paragraph, 0),
    }
    writer.close(PassageKind::Paragraph);
    let mut draft = Draft::default();
    draft.warnings.extend(decoded.warning);
    describe(&mut draft, &page, article.as_ref());
    draft.warnings.extend(lost_words(&page, &writer.text, article.is_some()));
    (draft.text, draft.passages) = with_title(writer, draft.title.as_ref());
    notice::read_notices(&mut draft);
    Ok(vec![Ok(draft)])
}

/// Whether elements nest deeper than this; finding the article would take quadratic time there.
fn is_deeper_than(page: &Tree, limit: usize) -> bool {
    let mut depth = 0usize;
    let mut at = page.html_root();
    loop {
        if let Some(child) = at.first_child() {
            depth += 1;
            if depth > limit {
                return true;
            }
            at = child;
            continue;
        }
        loop {
            if depth == 0 {
                return false;
            }
            if let Some(next) = at.next_sibling() {
                at = next;
                break;
            }
            let Some(parent) = at.parent() else { return false };
            depth -= 1;
            at = parent;
        }
    }
}

fn article(html: &str) -> Option<Article> {
    let config = Config { char_threshold: 200, ..Config::default() };
    Readability::new(html, None, Some(config)).ok()?.parse().ok()
}

/// The encoding named in the first bytes of a page (`<meta charset=…>`).
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let (_, rest) = head.split_once("charset=")?;
    let label: String = rest
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_alphanumeric() || "-_:".contains(*c))
        .collect();
    (!label.is_empty()).then_some(label)
}

fn describe(draft: &mut Draft, page: &Tree, article: Option<&Article>) {
    let attribute =
        |selector: &str, name: &str| page.select(selector).attr(name).map(|value| value.to_string());
    let first = |values: Vec<Option<String>>| {
        values.into_iter().flatten().find_map(|value| Known::new(value, KnownFrom::Metadata))
    };
    let title = page.select("title").text().to_string();
    draft.title = first(vec![article.map(|a| a.title.clone()), Some(title)]);
    draft.byline =
        first(vec![article.and_then(|a| a.byline.clone()), attribute("meta[name='author']", "content")]);
    draft.outlet = first(vec![
        article.and_then(|a| a.site_name.clone()),
        attribute("meta[property='og:site_name']", "content"),
    ]);
    draft.url = first(vec![
        attribute("link[rel='canonical']", "href"),
        attribute("meta[property='og:url']", "content"),
        article.and_then(|a| a.url.clone()),
    ]);
    draft.language = first(vec![attribute("html", "lang").and_then(|tag| crate::language_tag(&tag))]);
    let dates = [
        article.and_then(|a| a.published_time.clone()),
        attribute("meta[property='article:published_time']", "content"),
        attribute("meta[name='date']", "content"),
        attribute("meta[name='dc.date']", "content"),
        attribute("meta[itemprop='datePublished']", "content"),
        attribute("time[itemprop='datePublished']", "datetime"),
        attribute("article time", "datetime"),
        attribute("time", "datetime"),
    ];
    draft.published = dates.into_iter().flatten().find_map(|date| {
        let read = crate::published_date(&date)?;
        Known::new(read, KnownFrom::Metadata)
    });
}

/// A warning where the article holds less than half of the words in the page's paragraphs.
fn lost_words(page: &Tree, text: &str, found: bool) -> Option<Warning> {
    let words = |text: &str| text.split_whitespace().count();
    let all: usize = page.select("body p").iter().map(|p| words(&p.text())).sum();
    let hint = "open the page and compare; save the article as text if words are missing";
    match found {
        false => Some(Warning::whole("no article was found in the page; all its words are kept", hint)),
        true if words(text) * 2 < all => Some(Warning::whole(
            format!("the article holds {} of the {all} words in the page's paragraphs", words(text)),
            hint,
        )),
        true => None,
    }
}

/// Puts the title on top where the text does not begin with it: what a page is called is evidence too.
fn with_title(writer: Writer, title: Option<&Known>) -> (String, Vec<Passage>) {
    let Some(title) = title.filter(|title| !writer.text.starts_with(title.value.as_str())) else {
        return (writer.text, writer.passages);
    };
    let head = format!("{}\n\n", title.value);
    let heading =
        Span::checked(0, title.value.len()).map(|span| Passage { span, kind: PassageKind::Heading });
    let rest = writer.passages.iter().map(|p| Passage { span: p.span.shifted(head.len()), ..*p });
    let passages = heading.into_iter().chain(rest).collect();
    (head + &writer.text, passages)
}

/// Writes the tree as text, one block after another, noting what each block is.
#[derive(Default)]
struct Writer {
    text: String,
    passages: Vec<Passage>,
    /// Words of the block being written, white space folded.
    block: String,
}

impl Writer {
    fn walk(&mut self, node: &NodeRef, kind: PassageKind, depth: usize) {
        for child in node.children_it(false) {
            if child.is_text() {
                self.push(&child.text());
                continue;
            }
            let Some(name) = child.node_name() else { continue };
            let inner = match &*name {
                "script" | "style" | "noscript" | "template" | "svg" | "iframe" | "button" | "form"
                | "nav" | "head" => continue,
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => PassageKind::Heading,
                "li" => PassageKind::List,
                "blockquote" => PassageKind::Quote,
                _ => kind,
            };
            if depth >= DEPTH_LIMIT {
                self.push(&child.text());
                continue;
            }
            match is_block(&name) {
                true => {
                    self.close(kind);
                    self.walk(&child, inner, depth + 1);
                    self.close(inner);
                }
                false => self.walk(&child, inner, depth + 1),
            }
            if matches!(&*name, "td" | "th") {
                self.push(" ");
            }
        }
    }

    fn push(&mut self, text: &str) {
        for c in text.chars() {
            match c.is_ascii_whitespace() {
                true if self.block.is_empty() || self.block.ends_with(' ') => {}
                true => self.block.push(' '),
                false => self.block.push(c),
            }
        }
    }

    fn close(&mut self, kind: PassageKind) {
        let words = self.block.trim();
        if !words.is_empty() {
            if let Some(last) = self.passages.last() {
                let tight = last.kind == PassageKind::List && kind == PassageKind::List;
                self.text.push_str(if tight { "\n" } else { "\n\n" });
            }
            let start = self.text.len();
            self.text.push_str(words);
            self.passages.push(Passage { span: Span::new(start, self.text.len()), kind });
        }
        self.block.clear();
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "header"
            | "footer"
            | "aside"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "blockquote"
            | "pre"
            | "figure"
            | "figcaption"
            | "table"
            | "tr"
            | "thead"
            | "tbody"
            | "hr"
            | "br"
            | "address"
            | "body"
            | "html"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html><html lang="en-GB"><head><title>Curfew in the city - The Daily</title>
<meta property="og:site_name" content="The Daily"><meta property="article:published_time" content="2022-01-05T18:00:00Z">
<link rel="canonical" href="https://daily.example/curfew"></head><body><nav>Home | World</nav>
<article><h1>Curfew in the city</h1><p>The ministry said on Wednesday evening that a curfew would begin at eleven, after a day in which
several thousand people had walked through the centre, and asked everybody to stay at home until the morning.</p>
<blockquote><p>Nobody was told why the trains had stopped, one passenger said, and nobody has been told since that day.</p></blockquote>
<ul><li>The airport was closed until further notice, and flights were sent elsewhere.</li><li>Shops closed at noon, &amp; banks did not open.</li></ul>
<p>The ministry gave no figure for those detained, and the police did not answer questions about <script>alert(1)</script>the dead.</p></article></body></html>"#;

    #[test]
    fn a_page_gives_its_article_with_its_structure() {
        let drafts = read(PAGE.as_bytes(), &Hint::named("x.html")).unwrap();
        let draft = drafts[0].as_ref().unwrap();
        let value = |known: &Option<Known>| known.as_ref().map(|k| k.value.clone()).unwrap_or_default();
        assert_eq!(value(&draft.outlet), "The Daily");
        assert_eq!(value(&draft.url), "https://daily.example/curfew");
        assert_eq!(value(&draft.published), "2022-01-05T18:00:00Z");
        assert_eq!(value(&draft.language), "en");
        let kinds: Vec<_> = draft.passages.iter().map(|p| p.kind).collect();
        assert!(kinds.contains(&PassageKind::Quote) && kinds.contains(&PassageKind::List), "{kinds:?}");
        assert!(!draft.text.contains("alert") && draft.text.contains("noon, & banks"));
        for passage in &draft.passages {
            assert!(passage.span.get(&draft.text).is_some_and(|words| !words.trim().is_empty()));
        }
    }

    #[test]
    fn a_deep_page_is_no_danger() {
        let page =
            format!("<html><body>{}words{}</body></html>", "<div>".repeat(20_000), "</div>".repeat(20_000));
        let drafts = read(page.as_bytes(), &Hint::named("x.html")).unwrap();
        assert!(drafts[0].as_ref().unwrap().text.contains("words"));
    }
}
