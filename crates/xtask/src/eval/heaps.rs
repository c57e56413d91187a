//! Generated heaps of which it is known who copied whom: harder ones than the standard set, and small ones in
//! which footers repeat.

use crate::corpus::Random;

/// Texts and who copied whom.
#[derive(Default)]
pub(super) struct Heap {
    /// Name and text.
    pub(super) texts: Vec<(String, String)>,
    /// Source, copy, class.
    pub(super) pairs: Vec<(String, String, String)>,
}

const EDITS: [(&str, usize); 3] = [("edit40", 40), ("edit50", 50), ("edit60", 60)];
const MISREADINGS: [(&str, usize); 2] = [("ocr8", 8), ("ocr12", 12)];

/// Heavily edited and misread copies, single sentences quoted in other texts, and sentences woven into others.
/// Sources and hosts are drawn from `base`; each source gives two copies of different classes.
pub(super) fn hard(base: &[(String, String)], seed: u64) -> Heap {
    let mut random = Random(seed);
    let pool: Vec<&str> = base.iter().flat_map(|(_, text)| text.split_whitespace()).collect();
    let mut order: Vec<usize> = (0..base.len()).collect();
    shuffle(&mut order, &mut random);
    let (sources, rest) = order.split_at(base.len() / 4);
    let (mut hosts, mut others) = (rest.iter(), Vec::new());
    let mut heap = Heap::default();
    for source in sources {
        let (name, text) = &base[*source];
        heap.texts.push((name.clone(), text.clone()));
        let first = random.below(8);
        for class in [first, (first + 1 + random.below(7)) % 8] {
            let host = |hosts: &mut std::slice::Iter<usize>| hosts.next().map(|at| base[*at].1.as_str());
            let made = match class {
                0..3 => Some((EDITS[class].0, edited(text, EDITS[class].1, &pool, &mut random))),
                3..5 => {
                    let (class, percent) = MISREADINGS[class - 3];
                    Some((class, misread(text, percent, &mut random)))
                }
                5 => host(&mut hosts)
                    .and_then(|host| quoted(text, host, 0, &pool, &mut random))
                    .map(|made| ("quote", made)),
                6 => host(&mut hosts)
                    .and_then(|host| quoted(text, host, 10, &pool, &mut random))
                    .map(|made| ("quote-edit10", made)),
                _ => host(&mut hosts).map(|host| ("mosaic", mosaic(text, host, &pool, &mut random))),
            };
            let Some((class, text)) = made else { continue };
            let copy = format!("{name}.{class}");
            heap.texts.push((copy.clone(), text));
            heap.pairs.push((name.clone(), copy, class.to_owned()));
        }
    }
    others.extend(hosts.map(|at| base[*at].clone()));
    heap.texts.extend(others);
    heap
}

/// Footers and heads of invented outlets, as they stand under and above every text.
const FOOTERS: [&str; 10] = [
    "The views expressed in this article are those of the author and do not necessarily reflect the position of Harbour Review or its editors.",
    "Plain Dealer Online is an independent outlet. Sign up for our newsletter and follow us on social media. All rights reserved.",
    "Reporting by the capital bureau; editing by the night desk. Our standards: the Northern Wire trust principles.",
    "If you liked this story, share it with a friend. Support our journalism with a monthly donation. You can unsubscribe at any time.",
    "About the author: a research fellow at the Institute for Steppe Studies, where he leads the programme on regional security and energy.",
    "This material may not be published, broadcast, rewritten or redistributed in whole or part without the express permission of the Valley Press.",
    "Read more of our coverage on the unrest here. To contact the newsroom write to the editors. Terms of use and privacy policy apply.",
    "Founded in 1994, the Observer of the East publishes analysis of politics, economics and culture from across the continent each Thursday.",
    "Comments are moderated and may take some time to appear. Please keep to the rules of discussion and respect other readers at all times.",
    "With material from agencies. The editorial board is not responsible for the content of external pages to which this page refers.",
];

/// Small heaps of texts of few outlets, most under the footer of their outlet, with a few copies and excerpts among
/// them.
pub(super) fn small(base: &[(String, String)], seed: u64) -> Vec<Heap> {
    let mut random = Random(seed);
    let mut order: Vec<usize> = (0..base.len()).collect();
    shuffle(&mut order, &mut random);
    let heaps = order.chunks(30).take(60).enumerate();
    heaps
        .map(|(number, members)| {
            let mut heap = Heap::default();
            let outlets = 2 + random.below(6);
            let copies = 3 + random.below(3);
            for (at, member) in members.iter().enumerate() {
                let (name, text) = &base[*member];
                let footer = FOOTERS[(number + random.below(outlets)) % FOOTERS.len()];
                let mut text = text.clone();
                if at > 0 && at <= copies {
                    let (source, words) = &base[members[0]];
                    let class = ["republished", "excerpt", "excerpt", "edited", "excerpt"][at - 1];
                    text = match class {
                        "republished" => words.clone(),
                        "edited" => {
                            edited(words, 15, &["quite", "again", "the", "reported", "late"], &mut random)
                        }
                        _ => pasted(&excerpt(words, &mut random), &text, &mut random),
                    };
                    heap.pairs.push((source.clone(), name.clone(), class.to_owned()));
                }
                if random.below(10) < 7 {
                    text = format!("{text}\n\n{footer}");
                }
                heap.texts.push((name.clone(), text));
            }
            heap
        })
        .collect()
}

fn shuffle(order: &mut [usize], random: &mut Random) {
    for at in (1..order.len()).rev() {
        order.swap(at, random.below(at + 1));
    }
}

/// A text in which each word is met with a chance of `percent`: 40 in 100 replaced, 30 left out, 30 followed by
/// another.
pub(super) fn edited(text: &str, percent: usize, pool: &[&str], random: &mut Random) -> String {
    let paragraphs = text.split("\n\n").map(|paragraph| {
        let mut words = Vec::new();
        for word in paragraph.split_whitespace() {
            if random.below(100) >= percent {
                words.push(word);
                continue;
            }
            match random.below(10) {
                0..4 => words.push(pool[random.below(pool.len())]),
                4..7 => {}
                _ => words.extend([word, pool[random.below(pool.len())]]),
            }
        }
        words.join(" ")
    });
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

/// A text with `percent` of its letters misread, lost or added, as a scanner does it.
fn misread(text: &str, percent: usize, random: &mut Random) -> String {
    let letter = |random: &mut Random| char::from(b'a' + random.below(26) as u8);
    let mut out = String::new();
    for c in text.chars() {
        if c == '\n' || random.below(100) >= percent {
            out.push(c);
            continue;
        }
        match random.below(20) {
            0..14 => out.push(letter(random)),
            14..17 => {}
            _ => out.extend([c, letter(random)]),
        }
    }
    out
}

fn sentences(text: &str) -> Vec<&str> {
    let spans =
        model::sentence::sentences(text, &model::passage::passages(text, model::passage::Markup::Plain));
    spans.into_iter().map(|span| span.of(text)).collect()
}

/// A host with one sentence of 12 to 30 words of the text between its paragraphs.
fn quoted(text: &str, host: &str, percent: usize, pool: &[&str], random: &mut Random) -> Option<String> {
    let long: Vec<&str> = sentences(text)
        .into_iter()
        .filter(|sentence| (12..=30).contains(&sentence.split_whitespace().count()))
        .collect();
    let sentence = long.get(random.below(long.len().max(1)))?;
    Some(pasted(&edited(sentence, percent, pool, random), host, random))
}

fn pasted(passage: &str, host: &str, random: &mut Random) -> String {
    let mut paragraphs: Vec<&str> = host.split("\n\n").collect();
    paragraphs.insert(random.below(paragraphs.len() + 1), passage);
    paragraphs.join("\n\n")
}

/// A fifth to two fifths of a text, in one piece.
fn excerpt(text: &str, random: &mut Random) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let count = (words.len() / 5 + random.below(words.len() / 5 + 1)).max(20).min(words.len());
    let from = random.below(words.len() - count + 1);
    words[from..from + count].join(" ")
}

/// Sentences of the text, one word in twenty edited, in turn with those of a host.
fn mosaic(text: &str, host: &str, pool: &[&str], random: &mut Random) -> String {
    let own: Vec<String> =
        sentences(text).into_iter().map(|sentence| edited(sentence, 5, pool, random)).collect();
    let other = sentences(host);
    let mut out = Vec::new();
    for at in 0..own.len().max(other.len()) {
        out.extend(own.get(at).map(String::as_str));
        out.extend(other.get(at));
    }
    out.join(" ")
}
