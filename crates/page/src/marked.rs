//! Text with marks: numbers, dates, shared text and hits, which may overlap.

use maud::{Markup, html};
use model::Span;

/// Something to be marked in a text.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    pub(crate) span: Span,
    /// The class of the style sheet: `q` number, `t` date, `shared`, `notice`.
    pub(crate) class: &'static str,
    /// What is said of it on hover and to a screen reader.
    pub(crate) title: String,
}

/// The words of `within`, cut where marks begin and end. A piece under several marks carries all their classes.
/// `hit` is set apart as `<mark id="hit">`.
pub(crate) fn marked(text: &str, within: Span, marks: &[Mark], hit: Option<Span>) -> Markup {
    let mut cuts: Vec<usize> = vec![within.start(), within.end()];
    let near: Vec<&Mark> = marks.iter().filter(|mark| mark.span.meet(within).is_some()).collect();
    let hit = hit.and_then(|hit| hit.meet(within));
    for span in near.iter().map(|mark| mark.span).chain(hit) {
        cuts.extend([span.start(), span.end()].into_iter().filter(|at| within.contains(*at)));
    }
    cuts.sort_unstable();
    cuts.dedup();
    let pieces: Vec<Span> = cuts.windows(2).filter_map(|pair| Span::checked(pair[0], pair[1])).collect();
    html! {
        @for piece in pieces {
            @let over: Vec<&&Mark> = near.iter().filter(|mark| mark.span.covers(piece)).collect();
            @let words = piece.get(text).unwrap_or("");
            @let classes = over.iter().map(|mark| mark.class).collect::<Vec<_>>().join(" ");
            @let title = over.iter().map(|mark| mark.title.as_str()).collect::<Vec<_>>().join("; ");
            @match (hit.is_some_and(|hit| hit.covers(piece)), over.is_empty()) {
                (true, _) => { mark id=[hit.filter(|hit| hit.start() == piece.start()).map(|_| "hit")] class=(classes) title=[(!title.is_empty()).then_some(&title)] { (words) } }
                (false, true) => { (words) }
                (false, false) => { span class=(classes) title=(title) { (words) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_may_overlap_and_text_is_escaped() {
        let text = "a <b> c";
        let mark = |from, to, class| Mark { span: Span::new(from, to), class, title: class.to_owned() };
        let marks = [mark(0, 5, "q"), mark(2, 7, "t")];
        let html = marked(text, Span::new(0, 7), &marks, Some(Span::new(6, 7))).into_string();
        assert_eq!(
            html,
            "<span class=\"q\" title=\"q\">a </span><span class=\"q t\" title=\"q; t\">&lt;b&gt;</span>\
             <span class=\"t\" title=\"t\"> </span><mark id=\"hit\" class=\"t\" title=\"t\">c</mark>"
        );
    }
}
