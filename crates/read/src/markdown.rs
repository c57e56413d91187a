//! Markdown: kept as it is; headings by `#`, and the front matter read for title, author and date.

use crate::encoding::decode;
use crate::{Draft, Error, Hint, Likelihood, Reader, Refusal, plain};
use model::passage::Markup;
use model::{Known, KnownFrom};

pub(crate) const MARKDOWN: Reader = Reader {
    name: "markdown",
    about: "Markdown with optional front matter (title, author, date, outlet, url); the text is never altered",
    endings: &["md", "markdown"],
    recognise,
    read,
};

/// Marks such as `#` and `-` stand in plain text too, so the name decides.
fn recognise(_: &[u8], hint: &Hint) -> Likelihood {
    match hint.ends_with(MARKDOWN.endings) {
        true => Likelihood::Likely,
        false => Likelihood::No,
    }
}

fn read(bytes: &[u8], _: &Hint) -> Result<Vec<Result<Draft, Refusal>>, Error> {
    let decoded = decode(bytes, None);
    let front = front_matter(&decoded.text);
    let matter: Vec<(String, String)> = front.map(|(fields, _)| fields).unwrap_or_default();
    let body = front_matter(&decoded.text).map_or(0, |(_, end)| end);
    let mut draft = plain::of_text(decoded.text, Markup::Markdown);
    draft.passages.retain(|passage| passage.span.start() >= body);
    draft.notices.retain(|notice| notice.span.start() >= body);
    draft.warnings.extend(decoded.warning);
    for (field, value) in matter {
        let known = Known::new(value, KnownFrom::Metadata);
        match field.as_str() {
            "title" => draft.title = known.or(draft.title),
            "author" | "authors" | "byline" => draft.byline = known.or(draft.byline),
            "date" | "published" => draft.published = known.or(draft.published),
            "outlet" | "publisher" | "site" => draft.outlet = known.or(draft.outlet),
            "url" | "link" => draft.url = known.or(draft.url),
            _ => {}
        }
    }
    Ok(vec![Ok(draft)])
}

/// The fields between two `---` lines at the top, and the byte at which the text after them begins.
fn front_matter(text: &str) -> Option<(Vec<(String, String)>, usize)> {
    let rest = text.strip_prefix("---")?.trim_start_matches('\r').strip_prefix('\n')?;
    let close = rest.find("\n---")?;
    let fields = rest[..close].lines().filter_map(|line| line.split_once(':'));
    let fields = fields
        .map(|(field, value)| {
            (field.trim().to_lowercase(), value.trim().trim_matches(['"', '\'']).to_owned())
        })
        .collect();
    let end = text.len() - rest.len() + close + 4;
    Some((fields, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_no_part_of_the_passages() {
        let bytes = b"---\ntitle: \"Two versions\"\ndate: 2022-01-13\n---\n\n# Head\n\nWords.\n";
        let drafts = read(bytes, &Hint::named("a.md")).unwrap();
        let draft = drafts[0].as_ref().unwrap();
        assert_eq!(draft.title.as_ref().unwrap().value, "Two versions");
        assert_eq!(draft.passages.len(), 2);
        assert_eq!(draft.passages[1].span.of(&draft.text), "Words.");
    }
}
