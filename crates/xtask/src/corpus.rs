//! A generated heap: accounts of invented words, a fifth of them edited copies of others. The same on every
//! machine, so that sizes and counts can be compared.

use std::fmt::Write;

/// A small generator of random numbers (SplitMix64), so that no version of a library changes the heap.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// A number below `bound`, small ones far more often, as words are used (Zipf).
    fn zipf(&mut self, bound: usize) -> usize {
        let unit = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        ((bound as f64).powf(unit) as usize).min(bound) - 1
    }
}

const SYLLABLES: [&str; 24] = [
    "ba", "ko", "ri", "ta", "lu", "men", "sor", "ve", "na", "ti", "gra", "po", "shi", "de", "lan", "mo",
    "fer", "zu", "ke", "ral", "ost", "in", "ar", "el",
];
const PLAIN: [&str; 12] =
    ["the", "of", "and", "in", "that", "was", "with", "from", "by", "on", "had", "said"];

fn word(number: usize) -> String {
    let mut rest = number + 7;
    let mut word = String::new();
    while rest > 0 {
        word.push_str(SYLLABLES[rest % SYLLABLES.len()]);
        rest /= SYLLABLES.len();
    }
    word
}

fn sentence(random: &mut Random) -> String {
    let mut words: Vec<String> = Vec::new();
    for _ in 0..10 + random.below(14) {
        words.push(match random.below(5) {
            0 | 1 => PLAIN[random.below(PLAIN.len())].to_owned(),
            _ => word(random.zipf(40_000)),
        });
    }
    if random.below(4) == 0 {
        words.push(format!("{} troops on January {}", 1000 + random.below(9000), 1 + random.below(28)));
    }
    let mut sentence = words.join(" ");
    sentence[..1].make_ascii_uppercase();
    sentence + "."
}

/// `count` records as JSONL.
pub(crate) fn heap(count: usize) -> String {
    let mut random = Random(2022);
    let mut sources: Vec<Vec<String>> = Vec::new();
    let mut out = String::new();
    for number in 0..count {
        let copied = random.below(5) == 0 && !sources.is_empty();
        let text: Vec<String> = match copied {
            true => {
                let source = &sources[random.below(sources.len())];
                source
                    .iter()
                    .map(|old| if random.below(6) == 0 { sentence(&mut random) } else { old.clone() })
                    .collect()
            }
            false => (0..12 + random.below(16)).map(|_| sentence(&mut random)).collect(),
        };
        let paragraphs: Vec<String> = text.chunks(4).map(|chunk| chunk.join(" ")).collect();
        let _ = writeln!(
            out,
            "{{\"id\":\"g{number}\",\"text\":\"{}\",\"outlet\":\"Outlet {}\"}}",
            paragraphs.join("\\n\\n"),
            number % 97
        );
        if sources.len() < 2000 {
            sources.push(text);
        }
    }
    out
}
