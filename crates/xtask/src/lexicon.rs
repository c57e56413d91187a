//! The lexicon that ships: what kind of thing English words name, and which words are names of people.

use crate::root;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::path::Path;

/// Builds `crates/annotate/lexicon` from the database files of WordNet and a folder of census lists of names.
pub(crate) fn build(wordnet: &Path, census: &Path) -> Result<()> {
    let folder = root().join("crates/annotate/lexicon");
    std::fs::create_dir_all(&folder)?;
    let words = words(wordnet)?;
    write(&folder.join("words.fst"), &words)?;
    let people = people(census)?;
    write(&folder.join("people.fst"), &people)?;
    println!("{} words, {} names of people", words.len(), people.len());
    Ok(())
}

fn write(path: &Path, words: &BTreeMap<String, u64>) -> Result<()> {
    let mut builder = fst::MapBuilder::memory();
    for (word, value) in words {
        builder.insert(word, *value)?;
    }
    Ok(std::fs::write(path, builder.into_inner()?)?)
}

fn read(path: &Path) -> Result<String> {
    let bytes = std::fs::read(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Single words with the classes of their first sense as a noun (bits 0–5) and as a verb (6–11), counted from 1;
/// whether they are adjectives (12) and adverbs (13), and whether verbs more often than nouns (14).
fn words(wordnet: &Path) -> Result<BTreeMap<String, u64>> {
    let mut words: BTreeMap<String, u64> = BTreeMap::new();
    let plain = |word: &str| word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    for (part, shift) in [("noun", 0), ("verb", 6), ("adj", 12), ("adv", 13)] {
        let classes: BTreeMap<String, u64> = read(&wordnet.join(format!("data.{part}")))?
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_digit()))
            .filter_map(|line| {
                let mut fields = line.split(' ');
                Some((fields.next()?.to_owned(), fields.next()?.parse().ok()?))
            })
            .collect();
        for line in read(&wordnet.join(format!("index.{part}")))?.lines() {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let (Some(word), Some(pointers)) = (
                fields.first().filter(|word| plain(word)),
                fields.get(3).and_then(|n| n.parse::<usize>().ok()),
            ) else {
                continue;
            };
            let Some(class) = fields.get(6 + pointers).and_then(|offset| classes.get(*offset)) else {
                continue;
            };
            *words.entry((*word).to_owned()).or_default() |= match part {
                "noun" | "verb" => (class + 1) << shift,
                _ => 1 << shift,
            };
        }
    }
    let mut uses: BTreeMap<String, [u64; 2]> = BTreeMap::new();
    for line in read(&wordnet.join("cntlist.rev"))?.lines() {
        let mut fields = line.split(' ');
        let (Some((word, sense)), Some(count)) = (
            fields.next().and_then(|key| key.split_once('%')),
            fields.nth(1).and_then(|n| n.parse::<u64>().ok()),
        ) else {
            continue;
        };
        match sense.as_bytes().first() {
            Some(b'1') => uses.entry(word.to_owned()).or_default()[0] += count,
            Some(b'2') => uses.entry(word.to_owned()).or_default()[1] += count,
            _ => {}
        }
    }
    for (word, [noun, verb]) in uses {
        if verb > noun {
            words.entry(word).and_modify(|value| *value |= 1 << 14);
        }
    }
    Ok(words)
}

/// Names that the census of 1990 counts: given (bit 0), family (bit 1), and either among the thousand commonest (bit 2).
fn people(census: &Path) -> Result<BTreeMap<String, u64>> {
    let mut people: BTreeMap<String, u64> = BTreeMap::new();
    for (file, bit) in [("dist.male.first", 1), ("dist.female.first", 1), ("dist.all.last", 2)] {
        for (rank, line) in read(&census.join(file))?.lines().enumerate() {
            let Some(name) = line.split_whitespace().next() else { continue };
            *people.entry(name.to_lowercase()).or_default() |= bit | u64::from(rank < 1000) << 2;
        }
    }
    Ok(people)
}
