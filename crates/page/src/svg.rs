//! Drawings, made here and not in the browser: they print, they need no script, and each mark is a link.

use crate::Links;
use crate::descent::Stemma;
use crate::origins::OriginRow;
use maud::{Markup, html};
use model::DocId;

const COLUMN: usize = 104;
const ROW: usize = 62;
const TOP: usize = 46;

/// A place on the drawing.
struct Place<'r> {
    x: usize,
    y: usize,
    kind: Kind<'r>,
}

enum Kind<'r> {
    Document(DocId, &'r str),
    Unobserved(Option<&'r str>),
}

struct Line {
    from: (usize, usize),
    to: (usize, usize),
    class: &'static str,
}

/// The origins as small trees, the oldest text above: unobserved texts hollow, unknown directions dashed.
pub(crate) fn origins(rows: &[&OriginRow], links: Links) -> Markup {
    let mut places: Vec<Place> = Vec::new();
    let mut lines: Vec<Line> = Vec::new();
    let mut labels: Vec<(usize, usize)> = Vec::new();
    let mut left = 0;
    for row in rows {
        let (width, mut own, mut drawn) = match &row.stemma {
            Some(stemma) => tree(stemma, row, left),
            None => column(row, left),
        };
        labels.push((left * COLUMN + width * COLUMN / 2, row.number));
        places.append(&mut own);
        lines.append(&mut drawn);
        left += width;
    }
    let (width, height) = (left.max(1) * COLUMN, places.iter().map(|place| place.y).max().unwrap_or(0) + 30);
    html! {
        figure .stemma {
            svg viewBox=(format!("0 0 {width} {height}")) width=(width) height=(height) role="graphics-document" aria-label="Origins and their documents" {
                @for line in &lines { line class=(line.class) x1=(line.from.0) y1=(line.from.1) x2=(line.to.0) y2=(line.to.1) {} }
                g role="list" {
                    @for (x, number) in &labels { text .label x=(x) y="18" text-anchor="middle" { "origin " (number) } }
                    @for place in &places {
                        g role="listitem" {
                            @match &place.kind {
                                Kind::Document(id, sigil) => {
                                    a href=(links.document(*id)) aria-label=(format!("document {sigil}")) {
                                        circle .witness cx=(place.x) cy=(place.y) r="15" {}
                                        text .sigil x=(place.x) y=(place.y + 5) text-anchor="middle" { (sigil) }
                                    }
                                }
                                Kind::Unobserved(name) => {
                                    circle .unobserved cx=(place.x) cy=(place.y) r="9" {}
                                    text .label x=(place.x + 15) y=(place.y + 4) { (name.unwrap_or("?")) }
                                }
                            }
                        }
                    }
                }
            }
            figcaption { "Each letter is a document, each hollow mark a text nobody here has. Texts further down come from those above; along a dashed line which came first cannot be told; a dotted line brings some passages only." }
        }
    }
}

type Drawn<'r> = (usize, Vec<Place<'r>>, Vec<Line>);

/// Documents of an origin without a tree: one, or too many to be laid in one.
fn column<'r>(row: &'r OriginRow, left: usize) -> Drawn<'r> {
    let x = left * COLUMN + COLUMN / 2;
    let shown = row.documents.iter().take(12).enumerate();
    let places: Vec<Place> = shown
        .map(|(down, (id, sigil))| Place { x, y: TOP + down * ROW, kind: Kind::Document(*id, sigil) })
        .collect();
    let lines = places.windows(2).map(|two| line(&two[0], &two[1], "unknown")).collect();
    (1, places, lines)
}

fn line(from: &Place, to: &Place, class: &'static str) -> Line {
    let radius = |place: &Place| if matches!(place.kind, Kind::Document(..)) { 15 } else { 9 };
    let y = |at: usize, other: usize, radius: usize| match at.cmp(&other) {
        std::cmp::Ordering::Less => at + radius,
        std::cmp::Ordering::Greater => at - radius,
        std::cmp::Ordering::Equal => at,
    };
    Line { from: (from.x, y(from.y, to.y, radius(from))), to: (to.x, y(to.y, from.y, radius(to))), class }
}

fn tree<'r>(stemma: &'r Stemma, row: &'r OriginRow, left: usize) -> Drawn<'r> {
    let mut drawing = Drawing {
        stemma,
        row,
        places: Vec::new(),
        lines: Vec::new(),
        of: vec![Vec::new(); stemma.nodes.len()],
    };
    let mut next = left;
    for root in (0..stemma.nodes.len()).filter(|node| stemma.parent_of(*node).is_none()) {
        next = drawing.below(root, next, 0);
    }
    for step in &stemma.steps {
        let class = match (step.second, step.is_told()) {
            (true, _) => "second",
            (false, true) => "known",
            (false, false) => "unknown",
        };
        let Some(from) = drawing.of[step.parent].first() else { continue };
        for to in &drawing.of[step.child] {
            drawing.lines.push(line(&drawing.places[*from], &drawing.places[*to], class));
        }
    }
    (next.max(left + 1) - left, drawing.places, drawing.lines)
}

struct Drawing<'r> {
    stemma: &'r Stemma,
    row: &'r OriginRow,
    places: Vec<Place<'r>>,
    lines: Vec<Line>,
    /// The places of each node.
    of: Vec<Vec<usize>>,
}

impl<'r> Drawing<'r> {
    /// Draws a node and all below it from a column on; gives the next free one.
    fn below(&mut self, node: usize, left: usize, depth: usize) -> usize {
        let children = self.stemma.steps.iter().filter(|step| step.parent == node && !step.second);
        let mut next = left;
        for child in children.map(|step| step.child).collect::<Vec<_>>() {
            next = self.below(child, next, depth + 1);
        }
        let own = &self.stemma.nodes[node];
        let width = (next - left).max(own.documents.len()).max(1);
        let y = TOP + depth * ROW;
        let count = own.documents.len().max(1);
        for at in 0..count {
            let x = left * COLUMN + width * COLUMN * (2 * at + 1) / (2 * count);
            let kind = match own.documents.get(at) {
                Some(id) => {
                    let sigil = self.row.documents.iter().find(|(other, _)| other == id);
                    Kind::Document(*id, sigil.map_or("", |(_, sigil)| sigil))
                }
                None => Kind::Unobserved(own.named.as_deref()),
            };
            self.of[node].push(self.places.len());
            self.places.push(Place { x, y, kind });
        }
        // Equal texts hang together without an order.
        for two in self.of[node].windows(2) {
            let (a, b) = (&self.places[two[0]], &self.places[two[1]]);
            self.lines.push(Line { from: (a.x + 15, a.y), to: (b.x - 15, b.y), class: "unknown" });
        }
        left + width
    }
}
