//! Reuse: pairs, spans and probabilities against generated heaps of which it is known who copied whom.

use super::Row;
use super::heaps::{Heap, hard, small};
use crate::data;
use align::{CorpusOverlap, OverlapKind, corpus_overlaps};
use anyhow::Result;
use model::Offsets;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

#[derive(Deserialize)]
pub(super) struct Truth {
    /// Source, derivative, class, then spans and host.
    pub(super) pairs: Vec<Vec<serde_json::Value>>,
}

#[derive(Deserialize)]
struct Text {
    id: String,
    text: String,
}

/// Texts by name, and what is true of them.
type Standard = (Vec<(String, String)>, Truth);

/// The standard set: its texts and truth, or `None` where it is absent.
fn standard() -> Result<Option<Standard>> {
    let (Some(corpus), Some(truth)) = (data("reuse/corpusS.jsonl"), data("reuse/truthS.json")) else {
        return Ok(None);
    };
    let lines = std::fs::read_to_string(corpus)?;
    let texts = lines.lines().map(serde_json::from_str::<Text>).collect::<Result<Vec<_>, _>>()?;
    let truth = serde_json::from_slice(&std::fs::read(truth)?)?;
    Ok(Some((texts.into_iter().map(|text| (text.id, text.text)).collect(), truth)))
}

/// A document and code points in it.
type Place = (String, usize, usize);

fn texts_of(texts: &[(String, String)]) -> Vec<&str> {
    texts.iter().map(|(_, text)| text.as_str()).collect()
}

/// The texts of the standard set that nobody copied and that copy nobody, and the sources.
pub(super) fn base(texts: &[(String, String)]) -> Vec<(String, String)> {
    texts.iter().filter(|(name, _)| !name.starts_with('d')).cloned().collect()
}

/// Every overlap with what its judgement rests on and whether the pair is one, for fitting the curve:
/// tab-separated.
pub(crate) fn evidence() -> Result<String> {
    let mut out = String::from(
        "set\tlabel\tclass\ta\tb\tprobability\tkind\trarity\tprints\tfrequent\tholders\tshare\tdensity\tinside\twords\tslots\tprarity\ttexts\n",
    );
    let Some((texts, truth)) = standard()? else { return Ok(out) };
    let base = base(&texts);
    let word = |pair: &[serde_json::Value], at: usize| {
        pair.get(at).and_then(|v| v.as_str()).unwrap_or_default().to_owned()
    };
    let pairs = truth.pairs.iter().map(|pair| (word(pair, 0), word(pair, 1), word(pair, 2))).collect();
    let mut sets = vec![("S".to_owned(), Heap { texts, pairs }), ("H".to_owned(), hard(&base, 7))];
    sets.extend(small(&base, 11).into_iter().map(|heap| ("N".to_owned(), heap)));
    for (set, heap) in &sets {
        let classes = Classes::of(heap);
        for row in corpus_overlaps(&texts_of(&heap.texts), annotate::quoted_spans) {
            let (a, b) = (&heap.texts[row.a].0, &heap.texts[row.b].0);
            let class = classes.of_pair(a, b);
            let e = row.evidence;
            writeln!(
                out,
                "{set}\t{}\t{}\t{a}\t{b}\t{:.4}\t{}\t{:.1}\t{}\t{}\t{}\t{:.3}\t{:.3}\t{}\t{}\t{}\t{:.1}\t{}",
                u8::from(class.is_some()),
                class.unwrap_or("-"),
                row.probability,
                row.kind.word(),
                e.rarity,
                e.prints,
                e.frequent,
                e.holders,
                e.share,
                e.density,
                e.inside,
                row.overlap.matched,
                e.slots,
                e.pair_rarity,
                heap.texts.len(),
            )?;
        }
    }
    Ok(out)
}

/// Which pairs are true.
struct Classes<'h> {
    pairs: BTreeMap<(&'h str, &'h str), &'h str>,
    sources: BTreeMap<&'h str, BTreeSet<&'h str>>,
}

impl<'h> Classes<'h> {
    fn of(heap: &'h Heap) -> Classes<'h> {
        let mut sources: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut pairs = BTreeMap::new();
        for (source, copy, class) in &heap.pairs {
            sources.entry(copy).or_default().insert(source);
            pairs.insert((source.as_str().min(copy), source.as_str().max(copy)), class.as_str());
        }
        Classes { pairs, sources }
    }

    /// The class of a true pair; "siblings" for two copies of one source.
    fn of_pair(&self, a: &str, b: &str) -> Option<&'h str> {
        let siblings = match (self.sources.get(a), self.sources.get(b)) {
            (Some(a), Some(b)) => !a.is_disjoint(b),
            _ => false,
        };
        self.pairs.get(&(a.min(b), a.max(b))).copied().or(siblings.then_some("siblings"))
    }
}

/// Rows of all reuse sets.
pub(super) fn rows() -> Result<Vec<Row>> {
    let standard = standard()?;
    let mut rows = standard_rows(standard.as_ref())?;
    rows.extend(hard_rows(standard.as_ref()));
    let base = standard.as_ref().map(|(texts, _)| base(texts));
    rows.extend(super::trees::rows(base.as_deref()));
    Ok(rows)
}

/// Rows of the copy trees alone.
pub(super) fn tree_rows() -> Result<Vec<Row>> {
    let standard = standard()?;
    let base = standard.as_ref().map(|(texts, _)| base(texts));
    Ok(super::trees::rows(base.as_deref()))
}

fn likely(row: &CorpusOverlap) -> bool {
    row.kind != OverlapKind::Template && row.probability >= 0.5
}

fn standard_rows(standard: Option<&Standard>) -> Result<Vec<Row>> {
    const SET: &str = "reuse, corpus S";
    const MEASURES: [(&str, &str); 4] = [
        (
            "pair recall",
            "generated reuse corpus, 8,902 documents, 4,482 pairs of 15 classes: copies of probability ≥ .5",
        ),
        (
            "pair precision",
            "pairs that are true or two derivatives of one source; the others are the agency re-using its own text and market reports of one form (read by hand: evals/reuse-residue.md)",
        ),
        ("least class recall", "the class found least"),
        (
            "span IoU, least of exact, truncated, excerpts ≥ 20 %; of edit30, ocr5, excerpt 10 %",
            "characters of the derivative, means by class",
        ),
    ];
    let Some((texts, truth)) = standard else {
        return Ok(MEASURES.map(|(measure, about)| Row { set: SET, measure, value: None, about }).into());
    };
    let ordered = |a: &str, b: &str| (a.min(b).to_owned(), a.max(b).to_owned());
    let mut found: BTreeMap<(String, String), Vec<Place>> = BTreeMap::new();
    for row in corpus_overlaps(&texts_of(texts), annotate::quoted_spans).iter().filter(|row| likely(row)) {
        let (a, b) = (&texts[row.a], &texts[row.b]);
        let place = |(name, text): &(String, String), span: model::Span| {
            let (start, end) = Offsets::new(text).chars_of_span(text, span);
            (name.clone(), start, end)
        };
        let spans = found.entry(ordered(&a.0, &b.0)).or_default();
        spans.extend([place(a, row.overlap.a), place(b, row.overlap.b)]);
    }
    let mut sources: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut pairs: BTreeSet<(String, String)> = BTreeSet::new();
    // Class: pairs found, pairs, summed IoU.
    let mut classes: BTreeMap<String, (usize, usize, f64)> = BTreeMap::new();
    for pair in &truth.pairs {
        let word = |at: usize| pair.get(at).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
        let number = |at: usize| pair.get(at).and_then(|value| value.as_u64()).unwrap_or_default() as usize;
        let (source, copy, class) = (word(0), word(1), word(2));
        sources.entry(copy.clone()).or_default().insert(source.clone());
        let key = ordered(&source, &copy);
        let counts = classes.entry(class).or_default();
        counts.1 += 1;
        if let Some(spans) = found.get(&key) {
            counts.0 += 1;
            let own = spans.iter().filter(|(name, ..)| *name == copy).map(|(_, start, end)| *start..*end);
            let covered: BTreeSet<usize> = own.flatten().collect();
            let gold: BTreeSet<usize> = (number(5)..number(6)).collect();
            let both = covered.intersection(&gold).count() as f64;
            counts.2 += both / (covered.len() as f64 + gold.len() as f64 - both);
        }
        pairs.insert(key);
    }
    let siblings = |a: &str, b: &str| match (sources.get(a), sources.get(b)) {
        (Some(a), Some(b)) => !a.is_disjoint(b),
        _ => false,
    };
    let right = found.keys().filter(|pair| pairs.contains(*pair)).count();
    let good = found.keys().filter(|pair| pairs.contains(*pair) || siblings(&pair.0, &pair.1)).count();
    let least = classes
        .iter()
        .map(|(class, counts)| (counts.0 as f64 / counts.1 as f64, class))
        .min_by(|a, b| a.0.total_cmp(&b.0));
    let iou = |wanted: &[&str]| {
        let of = |class: &&str| classes.get(*class).map_or(0.0, |counts| counts.2 / counts.0.max(1) as f64);
        wanted.iter().map(of).fold(1.0, f64::min)
    };
    let values = [
        format!("{:.4}", right as f64 / pairs.len() as f64),
        format!(
            "{:.4} ({} of {} pairs otherwise)",
            good as f64 / found.len().max(1) as f64,
            found.len() - good,
            found.len()
        ),
        least.map_or_else(String::new, |(recall, class)| format!("{recall:.3} ({class})")),
        format!(
            "{:.3}; {:.3}",
            iou(&["exact+bp", "trunc50", "trunc25", "ex20", "ex40", "ex60"]),
            iou(&["edit30", "ocr5", "ex10"])
        ),
    ];
    let row = |((measure, about), value)| Row { set: SET, measure, value: Some(value), about };
    Ok(MEASURES.into_iter().zip(values).map(row).collect())
}

/// Harder heaps, made with seeds that no weight was fitted on, and how well the probabilities hold.
fn hard_rows(standard: Option<&Standard>) -> Vec<Row> {
    const HARD: &str = "reuse, hard heap";
    const SMALL: &str = "reuse, small heaps";
    let row = |set, measure, value, about| Row { set, measure, value, about };
    let base = standard.map(|(texts, _)| base(texts));
    let hard = base.as_ref().map(|base| Found::of(&[hard(base, 2022)]));
    let small = base.as_ref().map(|base| Found::of(&small(base, 1979)));
    let reliability = hard.iter().chain(&small).flat_map(|found| found.probabilities.iter().copied());
    vec![
        row(
            HARD,
            "pair recall / precision",
            hard.as_ref().map(Found::recall_and_precision),
            "40–60 % of words edited, 8–12 % of letters misread, one quoted sentence of 12–30 words plain or edited, mosaics; made from corpus S with a seed no weight was fitted on",
        ),
        row(HARD, "recall by class", hard.as_ref().map(Found::by_class), "the same"),
        row(
            SMALL,
            "pair recall / precision",
            small.as_ref().map(Found::recall_and_precision),
            "60 heaps of 30 texts under the footers of few outlets, with 3 to 5 copies or excerpts each; another seed than the weights were fitted on, the same footers",
        ),
        row(
            "reuse, probabilities",
            "ECE",
            base.as_ref().map(|_| ece(reliability)),
            "both heaps: every overlap found, ten bins; mean probability against share that is copying",
        ),
    ]
}

/// What was found in heaps of which the truth is known.
#[derive(Default)]
struct Found {
    /// By class: pairs found, pairs.
    classes: BTreeMap<String, (usize, usize)>,
    good: usize,
    false_pairs: usize,
    probabilities: Vec<(f64, bool)>,
}

impl Found {
    fn of(heaps: &[Heap]) -> Found {
        let mut found = Found::default();
        for heap in heaps {
            let classes = Classes::of(heap);
            let mut pairs: BTreeSet<(&str, &str)> = BTreeSet::new();
            for row in &corpus_overlaps(&texts_of(&heap.texts), annotate::quoted_spans) {
                let (a, b) = (heap.texts[row.a].0.as_str(), heap.texts[row.b].0.as_str());
                found.probabilities.push((row.probability, classes.of_pair(a, b).is_some()));
                if likely(row) {
                    pairs.insert((a.min(b), a.max(b)));
                }
            }
            for (source, copy, class) in &heap.pairs {
                let counts = found.classes.entry(class.clone()).or_default();
                counts.1 += 1;
                counts.0 +=
                    usize::from(pairs.contains(&(source.as_str().min(copy), source.as_str().max(copy))));
            }
            let good = pairs.iter().filter(|(a, b)| classes.of_pair(a, b).is_some()).count();
            found.good += good;
            found.false_pairs += pairs.len() - good;
        }
        found
    }

    fn recall_and_precision(&self) -> String {
        let (right, all) =
            self.classes.values().fold((0, 0), |sum, counts| (sum.0 + counts.0, sum.1 + counts.1));
        let precision = self.good as f64 / (self.good + self.false_pairs).max(1) as f64;
        format!("{:.3} / {precision:.3} (of {all} pairs)", right as f64 / all.max(1) as f64)
    }

    fn by_class(&self) -> String {
        let class = |(class, counts): (&String, &(usize, usize))| {
            format!("{class} {:.2}", counts.0 as f64 / counts.1.max(1) as f64)
        };
        self.classes.iter().map(class).collect::<Vec<_>>().join(", ")
    }
}

/// Expected calibration error over ten bins.
pub(super) fn ece(probabilities: impl Iterator<Item = (f64, bool)>) -> String {
    let mut bins = [(0usize, 0.0, 0usize); 10];
    for (probability, right) in probabilities {
        let bin = &mut bins[((probability * 10.0) as usize).min(9)];
        *bin = (bin.0 + 1, bin.1 + probability, bin.2 + usize::from(right));
    }
    let all: usize = bins.iter().map(|bin| bin.0).sum();
    let error: f64 =
        bins.iter().map(|(_, sum, right)| (sum - *right as f64).abs()).sum::<f64>() / all.max(1) as f64;
    let full: Vec<String> = bins
        .iter()
        .filter(|bin| bin.0 > 0)
        .map(|(count, sum, right)| format!("{:.2}→{:.2}", sum / *count as f64, *right as f64 / *count as f64))
        .collect();
    format!("{error:.3} ({})", full.join(" "))
}
