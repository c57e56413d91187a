//! `cargo xtask gazetteer SOURCE`: names of places and where they are, built once from GeoNames tables and shipped.
//!
//! Reads cities500.tsv.xz (id, name, latitude, longitude, country, admin1, population, other names), the tables of
//! first and second order divisions and country_names.json, all from a folder; needs `xz` to unpack.

use crate::root;
use anyhow::{Context, Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

/// One place: 19 bytes of the record table.
#[derive(Clone, Debug, Default)]
struct Record {
    id: u32,
    latitude: f32,
    longitude: f32,
    population: u32,
    country: u16,
    region: u16,
    class: u8,
    name: String,
}

const CITY: u8 = 0;
const REGION: u8 = 1;
const DISTRICT: u8 = 2;
const COUNTRY: u8 = 3;

/// Places of one name that are kept, most people first.
const PER_NAME: usize = 24;

pub(crate) fn build(source: &Path, treebank: &Path) -> Result<()> {
    let mut records: Vec<Record> = Vec::new();
    let mut names: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    let mut regions: BTreeMap<String, u16> = BTreeMap::new();
    let mut countries: BTreeMap<String, u16> = BTreeMap::new();
    let mut spoken = |name: &str, record: u32| {
        let key = annotate::place_key(name);
        if key.chars().filter(|c| c.is_alphabetic()).count() >= 2 {
            names.entry(key).or_default().insert(record);
        }
    };
    let cities = unpacked(&source.join("cities500.tsv.xz"))?;
    let mut means: BTreeMap<String, (f64, f64, f64)> = BTreeMap::new();
    for line in cities.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [id, name, latitude, longitude, country, admin, population, ..] = fields[..] else { continue };
        let (latitude, longitude): (f64, f64) = (latitude.parse()?, longitude.parse()?);
        let population: u32 = population.parse().unwrap_or(0);
        let region = format!("{country}.{admin}");
        for place in [country, region.as_str()] {
            let mean = means.entry(place.to_owned()).or_default();
            *mean = (mean.0 + latitude, mean.1 + longitude, mean.2 + 1.0);
        }
        let next = countries.len() as u16;
        let country = *countries.entry(country.to_owned()).or_insert(next);
        let next = regions.len() as u16 + 1;
        let region = *regions.entry(region).or_insert(next);
        let at = records.len() as u32;
        records.push(Record {
            id: id.parse()?,
            latitude: latitude as f32,
            longitude: longitude as f32,
            population,
            country,
            region,
            class: CITY,
            name: name.to_owned(),
        });
        spoken(name, at);
        let dated = annotate::dated_names().iter().filter(|dated| dated.id.to_string() == id);
        dated.for_each(|dated| spoken(&dated.name, at));
        // "Washington, D.C." is Washington.
        spoken(name.split(',').next().unwrap_or(name), at);
        for other in fields.get(7).unwrap_or(&"").split('|') {
            // Short names are codes more often than words, and other scripts are looked up by their letters.
            let letters = other.chars().filter(|c| c.is_alphabetic()).count();
            let readable = other.chars().all(|c| !c.is_alphabetic() || (c as u32) < 0x530);
            if letters >= 4 && readable && !other.chars().all(|c| c.is_lowercase() || !c.is_alphabetic()) {
                spoken(other, at);
            }
        }
    }
    let mean = |code: &str| means.get(code).map(|(a, b, n)| ((a / n) as f32, (b / n) as f32));
    let mut divisions: BTreeMap<String, u32> = BTreeMap::new();
    for line in std::fs::read_to_string(source.join("admin1CodesASCII.tsv"))?.lines() {
        let [code, name, ascii, id] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
        let (Some((latitude, longitude)), Some(region)) = (mean(code), regions.get(code)) else { continue };
        let country = countries[&code[..2]];
        let at = records.len() as u32;
        let record = Record {
            id: id.parse()?,
            latitude,
            longitude,
            population: 0,
            country,
            region: *region,
            class: REGION,
            name: name.to_owned(),
        };
        records.push(record);
        divisions.insert(code.to_owned(), at);
        for name in [name, ascii] {
            spoken(name, at);
            spoken(bare(name), at);
        }
    }
    for line in unpacked(&source.join("admin2Codes.tsv.xz"))?.lines() {
        let [code, name, ascii, id] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
        let first = code.rsplit_once('.').map_or("", |(first, _)| first);
        let (Some((latitude, longitude)), Some(region)) = (mean(first), regions.get(first)) else { continue };
        let at = records.len() as u32;
        records.push(Record {
            id: id.parse()?,
            latitude,
            longitude,
            population: 0,
            country: countries[&code[..2]],
            region: *region,
            class: DISTRICT,
            name: name.to_owned(),
        });
        spoken(name, at);
        spoken(ascii, at);
    }
    let world: BTreeMap<String, BTreeMap<String, Vec<String>>> =
        serde_json::from_slice(&std::fs::read(source.join("country_names.json"))?)?;
    for (code, languages) in &world {
        let Some((latitude, longitude)) = mean(code) else { continue };
        let at = records.len() as u32;
        let plain = plain(code, languages.get("en").map_or(&[], Vec::as_slice));
        records.push(Record {
            id: 0,
            latitude,
            longitude,
            population: 0,
            country: countries[code],
            region: 0,
            class: COUNTRY,
            name: plain,
        });
        for name in languages
            .iter()
            .filter(|(language, _)| ["en", "ru", "uk", "kk", "de", "fr", "es"].contains(&language.as_str()))
            .flat_map(|(_, names)| names)
        {
            spoken(name, at);
        }
    }
    write(&records, &names, &countries)?;
    common_words(treebank, &names)
}

/// Names that are words first: forms of a treebank that stand in lower case at least as often as with a capital.
fn common_words(treebank: &Path, names: &BTreeMap<String, BTreeSet<u32>>) -> Result<()> {
    let mut counts: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for entry in std::fs::read_dir(treebank)? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "conllu") {
            continue;
        }
        for line in std::fs::read_to_string(&path)?.lines() {
            let Some(form) = line.split('\t').nth(1) else { continue };
            let count = counts.entry(form.to_lowercase()).or_default();
            match form.starts_with(char::is_lowercase) {
                true => count.0 += 1,
                false => count.1 += 1,
            }
        }
    }
    let common: Vec<&str> = counts
        .iter()
        .filter(|(word, (lower, upper))| *lower >= 2 && lower >= upper && names.contains_key(*word))
        .map(|(word, _)| word.as_str())
        .collect();
    std::fs::write(root().join("crates/annotate/gazetteer/common.txt"), common.join("\n") + "\n")?;
    println!("{} of the names are words first", common.len());
    Ok(())
}

/// What a country is called in plain English: its first name that is no style of state.
fn plain(code: &str, names: &[String]) -> String {
    const PLAIN: &[(&str, &str)] = &[
        ("SY", "Syria"),
        ("LA", "Laos"),
        ("MD", "Moldova"),
        ("VA", "Vatican City"),
        ("BN", "Brunei"),
        ("CD", "DR Congo"),
    ];
    const STYLES: [&str; 9] = [
        "Republic of",
        "Republic",
        "Federation",
        "State of",
        "of America",
        "Province of",
        "Holy See",
        "Kingdom of",
        ",",
    ];
    if let Some((_, name)) = PLAIN.iter().find(|(known, _)| *known == code) {
        return (*name).to_owned();
    }
    let styled =
        |name: &&String| STYLES.iter().any(|style| name.contains(style)) && !name.ends_with("ican Republic");
    names.iter().find(|name| !styled(name)).or(names.first()).cloned().unwrap_or_default()
}

/// A division's name without the word for what it is.
fn bare(name: &str) -> &str {
    const WORDS: [&str; 14] = [
        " Region",
        " Oblast",
        "skaya Oblast'",
        " Oblysy",
        " Province",
        " State",
        " County",
        " Governorate",
        " Department",
        " Prefecture",
        " Voivodeship",
        " District",
        " Krai",
        " Kray",
    ];
    WORDS.iter().find_map(|word| name.strip_suffix(word)).unwrap_or(name)
}

pub(crate) fn unpacked(path: &Path) -> Result<String> {
    let output =
        Command::new("xz").arg("-dc").arg(path).output().context("xz is needed to unpack the tables")?;
    if !output.status.success() {
        bail!("{}: cannot be unpacked", path.display());
    }
    Ok(String::from_utf8(output.stdout)?)
}

fn write(
    records: &[Record],
    names: &BTreeMap<String, BTreeSet<u32>>,
    countries: &BTreeMap<String, u16>,
) -> Result<()> {
    let folder = root().join("crates/annotate/gazetteer");
    std::fs::create_dir_all(&folder)?;
    // Lists of the places of one name; one place alone stands in the value itself.
    let mut lists: Vec<u8> = Vec::new();
    let mut builder = fst::MapBuilder::memory();
    for (name, places) in names {
        let mut places: Vec<u32> = places.iter().copied().collect();
        places.sort_by_key(|at| {
            let record = &records[*at as usize];
            (!matches!(record.class, COUNTRY | REGION), std::cmp::Reverse(record.population), *at)
        });
        places.truncate(PER_NAME);
        let value = match places[..] {
            [one] => u64::from(one) << 1 | 1,
            _ => {
                let at = lists.len() as u64;
                lists.push(places.len() as u8);
                places.iter().for_each(|place| lists.extend_from_slice(&place.to_le_bytes()));
                at << 1
            }
        };
        builder.insert(name, value)?;
    }
    std::fs::write(folder.join("names.fst"), builder.into_inner()?)?;
    let mut table = Vec::with_capacity(records.len() * 19);
    let mut words: Vec<u8> = Vec::new();
    let mut known: BTreeMap<&str, u32> = BTreeMap::new();
    for record in records {
        let word = *known.entry(&record.name).or_insert_with(|| {
            let at = words.len() as u32;
            let length = (0..=record.name.len().min(255))
                .rev()
                .find(|at| record.name.is_char_boundary(*at))
                .unwrap_or(0);
            words.push(length as u8);
            words.extend_from_slice(&record.name.as_bytes()[..length]);
            at
        });
        // Three bytes hold a ten-thousandth of a degree, about eleven metres; two the logarithm of a population.
        let degrees = |value: f32| ((f64::from(value) * 10_000.0).round() as i32).to_le_bytes();
        let people = ((f64::from(record.population) + 1.0).log2() * 2048.0).round() as u16;
        table.extend_from_slice(&record.id.to_le_bytes());
        table.extend_from_slice(&degrees(record.latitude)[..3]);
        table.extend_from_slice(&degrees(record.longitude)[..3]);
        table.extend_from_slice(&people.to_le_bytes());
        table.push(u8::try_from(record.country)?);
        table.extend_from_slice(&record.region.to_le_bytes());
        table.push(record.class);
        table.extend_from_slice(&word.to_le_bytes()[..3]);
    }
    let mut codes = vec![String::new(); countries.len()];
    for (code, at) in countries {
        codes[usize::from(*at)].clone_from(code);
    }
    let parts = [codes.concat().into_bytes(), lists, words, table];
    let mut out = Vec::new();
    for part in &parts {
        out.extend_from_slice(&(part.len() as u32).to_le_bytes());
    }
    parts.iter().for_each(|part| out.extend_from_slice(part));
    std::fs::write(folder.join("places.bin"), &out)?;
    println!("{} names, {} places", names.len(), records.len());
    Ok(())
}
