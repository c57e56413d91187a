//! Drawings, made here and not in the browser: they print, they need no script, and each mark is a link.

use crate::Links;
use crate::origins::OriginRow;
use maud::{Markup, html};

const COLUMN: usize = 132;
const ROW: usize = 44;

/// The origins as small trees: each a node, with its documents below. Documents of one origin hang together
/// by dashed lines: that they share text is known, which came first is not.
pub(crate) fn origins(rows: &[OriginRow], links: Links) -> Markup {
    let columns = rows.len();
    let deepest = rows.iter().map(|row| row.documents.len()).max().unwrap_or(0);
    let (width, height) = (columns * COLUMN, 56 + deepest * ROW);
    html! {
        figure .stemma {
            svg viewBox=(format!("0 0 {width} {height}")) width=(width) height=(height) role="graphics-document" aria-label="Origins and their documents" {
                g role="list" {
                    @for (at, row) in rows.iter().enumerate() {
                        @let x = at * COLUMN + COLUMN / 2;
                        g role="listitem" {
                            text .label x=(x) y="18" text-anchor="middle" { "origin " (row.number) }
                            @for (down, (entry, sigil)) in row.documents.iter().enumerate() {
                                @let y = 48 + down * ROW;
                                @if down > 0 { line .unknown x1=(x) x2=(x) y1=(y - ROW + 15) y2=(y - 15) {} }
                                a href=(links.document(*entry)) aria-label=(format!("document {sigil}, origin {}", row.number)) {
                                    circle .witness cx=(x) cy=(y) r="15" {}
                                    text .sigil x=(x) y=(y + 5) text-anchor="middle" { (sigil) }
                                }
                            }
                        }
                    }
                }
            }
            figcaption { "Each letter is a document. A dashed line joins documents that share at least half of the shorter one’s words; the direction is unknown." }
        }
    }
}
