//! How the readings of a point are made ready for print: each with its sentence, who says it and on what it rests.

use crate::Shelf;
use crate::point::{PointRow, ReadingRow, RestsOn, Witness};
use crate::question::asked;
use crate::texts::Texts;
use annotate::Citation;
use case::{Case, Result};
use collate::{ALIKE, Closeness, Point, Reading, SHARED};
use model::passage::Passage;
use model::{Attribution, Certainty, DocId, Document, Offsets, SourceKind, Span};
use std::collections::BTreeMap;

/// The rows of points, in their order, with all their readings and without what each origin has there.
///
/// # Errors
/// Where the case cannot be read.
pub(crate) fn rows_of(case: &Case, shelf: &mut Shelf, points: &[Point]) -> Result<Vec<PointRow>> {
    fetch(case, shelf, points, usize::MAX)?;
    let mut texts = Readings::of(case, shelf);
    points.iter().map(|point| texts.row(point, usize::MAX)).collect()
}

/// Puts the documents that speak at points on the shelf.
pub(crate) fn fetch(case: &Case, shelf: &mut Shelf, points: &[Point], most: usize) -> Result<()> {
    for reading in points.iter().flat_map(|point| point.readings.iter().take(most)) {
        shelf.fetch(case, reading.witnesses.iter().map(|(id, ..)| *id))?;
    }
    Ok(())
}

/// Copies of a reading whose own words are looked up; the rest is counted.
const COPIES: usize = 12;

/// Texts already opened while readings are made.
pub(crate) struct Readings<'a> {
    case: &'a Case,
    shelf: &'a Shelf,
    known: BTreeMap<DocId, Opened>,
    /// Copies need no more than where their words stand.
    copied: Texts<'a>,
}

struct Opened {
    text: String,
    offsets: Offsets,
    passages: Vec<Passage>,
    sentences: Vec<Span>,
    said: Vec<Attribution>,
    claims: Vec<(Span, Certainty)>,
    citations: Vec<Citation>,
}

/// The words of a value with its noun, where they are not far from one another.
fn phrase(span: Span, noun: Option<Span>) -> Span {
    noun.map(|noun| noun.join(span)).filter(|both| both.len() < 200).unwrap_or(span)
}

/// The smallest statement that holds some words: how certainly it is said and by whom.
fn told(said: &[Attribution], text: &str, words: Span) -> Option<(Certainty, Vec<String>, SourceKind)> {
    let holds = |row: &&Attribution| row.content.iter().any(|span| span.covers(words));
    let mut row = said.iter().filter(holds).min_by_key(|row| row.content.covered())?;
    let (certainty, kind) = (row.certainty, row.kind);
    let mut chain = Vec::new();
    loop {
        let source: Vec<&str> = row.source.iter().filter_map(|span| span.get(text)).collect();
        if !source.is_empty() {
            chain.insert(0, source.join(" "));
        }
        match row.parent.and_then(|at| said.get(at as usize)) {
            Some(parent) if chain.len() < 5 => row = parent,
            _ => return Some((certainty, chain, kind)),
        }
    }
}

impl<'a> Readings<'a> {
    pub(crate) fn of(case: &'a Case, shelf: &'a Shelf) -> Readings<'a> {
        Readings { case, shelf, known: BTreeMap::new(), copied: Texts::of(case) }
    }

    fn open(&mut self, id: DocId) -> Result<&Opened> {
        if !self.known.contains_key(&id) {
            let document = self.case.document(id)?;
            let sentences = model::sentence::sentences(&document.text, &document.passages);
            let offsets = Offsets::new(&document.text);
            let layers = self.case.layers(id)?;
            let claims = layers.claims.iter().map(|claim| (claim.span, claim.certainty)).collect();
            let citations = annotate::citations(&document.text, &document.passages);
            let Document { text, passages, .. } = document;
            let opened =
                Opened { text, offsets, passages, sentences, said: layers.attributions, claims, citations };
            self.known.insert(id, opened);
        }
        Ok(&self.known[&id])
    }

    /// A point with so many readings at most.
    pub(crate) fn row(&mut self, point: &Point, most: usize) -> Result<PointRow> {
        let mut nouns: BTreeMap<String, usize> = BTreeMap::new();
        let mut readings = Vec::new();
        for reading in point.readings.iter().take(most) {
            readings.push(self.reading(reading, &mut nouns)?);
        }
        readings.sort_by(|a, b| (a.origin, &a.sigil).cmp(&(b.origin, &b.sigil)));
        let mut nouns: Vec<(String, usize)> = nouns.into_iter().collect();
        nouns.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
        let nouns: Vec<String> = nouns.into_iter().map(|(noun, _)| noun).collect();
        Ok(PointRow {
            kind: point.kind,
            key: point.key.clone(),
            question: asked(point, &nouns),
            verdict: point.verdict,
            asks: point.asks.clone(),
            series: point.series,
            origins: point.origins,
            documents: point.documents,
            more: point.readings.len() - readings.len(),
            readings,
            alike: point.closeness != Closeness::default(),
            place: 0,
            cells: Vec::new(),
        })
    }

    /// The words of a point's question, for a second look: what is counted or was done to, as printed, and the name in its key.
    pub(crate) fn words(&mut self, point: &Point) -> Result<Vec<String>> {
        if let Some(words) = point.key.strip_prefix(ALIKE) {
            return Ok(words.split(", ").map(str::to_owned).collect());
        }
        let mut words: Vec<String> = Vec::new();
        for (document, _, noun) in point.readings.iter().flat_map(|reading| reading.witnesses.iter().copied())
        {
            let Some(noun) = noun else { continue };
            let printed = noun.get(&self.open(document)?.text).unwrap_or_default();
            words.extend(printed.split_whitespace().next_back().map(str::to_owned));
        }
        let key = point.key.split(SHARED).next().unwrap_or_default();
        let name = key.rsplit([':', '·']).next().unwrap_or_default();
        words.extend(name.split_whitespace().next_back().map(str::to_owned));
        if words.is_empty() {
            words.extend(point.asks.iter().flat_map(|(class, _)| annotate::class_words(class)));
        }
        words.sort_unstable();
        words.dedup();
        Ok(words)
    }

    fn reading(&mut self, reading: &Reading, nouns: &mut BTreeMap<String, usize>) -> Result<ReadingRow> {
        // The witness whose name comes first stands for the origin; the others are its copies.
        let shelf = self.shelf;
        let mut witnesses = reading.witnesses.clone();
        witnesses.sort_by_key(|(id, span, _)| (shelf.place(*id), *span));
        let (document, span, noun) = witnesses[0];
        let mut others: Vec<(DocId, Span)> = witnesses
            .iter()
            .filter(|(id, ..)| *id != document)
            .map(|(id, span, noun)| (*id, phrase(*span, *noun)))
            .collect();
        others.dedup_by_key(|(id, _)| *id);
        let mut copies = Vec::new();
        for (id, words) in others.iter().take(COPIES) {
            let (document, chars, passage) = self.copied.place(*id, *words)?;
            copies.push(Witness { document, sigil: shelf.sigil(document), chars, passage });
        }
        let further = others.iter().skip(COPIES).map(|(id, _)| *id).collect();
        let times = witnesses.iter().filter(|(id, ..)| *id == document).count();
        let opened = self.open(document)?;
        let sentence =
            model::sentence::sentence_at(&opened.sentences, span.start()).unwrap_or(span).join(span);
        let quote = noun
            .filter(|noun| sentence.covers(*noun) && noun.join(span).len() < 200)
            .map_or(span, |noun| noun.join(span));
        let first = noun.is_some_and(|noun| opened.sentences.iter().any(|own| own.start() == noun.start()));
        if let Some(noun) = noun.and_then(|noun| noun.get(&opened.text)) {
            // Names keep their capitals; the first letter of a sentence tells nothing.
            let name = !first || noun.chars().skip(1).any(char::is_uppercase);
            *nouns.entry(if name { noun.to_owned() } else { noun.to_lowercase() }).or_default() += 1;
        }
        let passage =
            opened.passages.iter().find(|passage| passage.span.covers(span)).map_or(0, |p| p.span.start());
        let entry = shelf.get(document);
        let told = told(&opened.said, &opened.text, quote);
        let cited = opened.citations.iter().filter(|one| one.phrase.meet(quote).is_some());
        let refs: Vec<(u32, Option<String>)> =
            cited.map(|one| (one.number, one.link.map(|link| link.of(&opened.text).to_owned()))).collect();
        let rests_on = match (&refs.iter().find_map(|(_, link)| link.as_ref()), &told) {
            (Some(link), _) if shelf.has_address(link) => RestsOn::CaseDocument,
            (Some(_), _) => RestsOn::CitedDocument,
            (None, Some((.., SourceKind::Named))) => RestsOn::NamedSource,
            (None, Some((.., SourceKind::Anonymous | SourceKind::Unspecified))) => RestsOn::AnonymousSource,
            _ => RestsOn::Nothing,
        };
        // A hedge in the clause itself lowers what its speaker says.
        let hedged =
            opened.claims.iter().filter(|(claim, _)| *claim == span).map(|(_, certainty)| *certainty).max();
        let told = match (told, hedged.filter(|hedged| *hedged > Certainty::Asserted)) {
            (Some((certainty, chain, _)), hedged) => {
                Some((hedged.map_or(certainty, |hedged| hedged.max(certainty)), chain))
            }
            (None, Some(hedged)) => Some((hedged, Vec::new())),
            (None, None) => None,
        };
        Ok(ReadingRow {
            refs,
            rests_on,
            document,
            sigil: shelf.sigil(document),
            file: entry.map(|entry| entry.file.clone()).unwrap_or_default(),
            origin: shelf.origin_number(reading.origin),
            value: reading.value.clone(),
            chars: opened.offsets.chars_of_span(&opened.text, quote),
            quote: quote.of(&opened.text).to_owned(),
            sentence: sentence.of(&opened.text).to_owned(),
            within: Span::new(span.start() - sentence.start(), span.end() - sentence.start()),
            passage,
            copies,
            further,
            times,
            told,
        })
    }
}
