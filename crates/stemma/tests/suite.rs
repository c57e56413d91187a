//! The suite: texts with what is to be found in them, read as a specification.
//!
//! Every Markdown file below `tests/suite` is run. Blocks: `sentences` (one sentence a line), `text` (rows with
//! carets under their words), `passages` (kinds and notices). `STEMMA_UPDATE=1` rewrites what is expected.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use model::Span;
use model::passage::{Markup, passages};
use model::time::Value;
use read::Hint;
use std::fmt::Write;
use std::path::{Path, PathBuf};

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for entry in entries {
        match entry.is_dir() {
            true => files(&entry, found),
            false => found.push(entry),
        }
    }
}

fn suite() -> Vec<PathBuf> {
    let mut found = Vec::new();
    files(Path::new("../../tests/suite"), &mut found);
    found
}

#[test]
fn the_suite_holds() {
    let update = std::env::var("STEMMA_UPDATE").is_ok_and(|value| value == "1");
    let (mut blocks, mut wrong) = (0, String::new());
    for file in suite() {
        let before = std::fs::read_to_string(&file).unwrap();
        let after = rewritten(&before, &mut blocks);
        if before != after && update {
            std::fs::write(&file, &after).unwrap();
        } else if before != after {
            for (expected, got) in
                before.lines().zip(after.lines()).filter(|(expected, got)| expected != got).take(5)
            {
                let _ = writeln!(wrong, "{}:\n  expected {expected}\n  found    {got}", file.display());
            }
        }
    }
    assert!(blocks >= 8, "the suite was not found");
    assert!(wrong.is_empty(), "{wrong}STEMMA_UPDATE=1 rewrites what is expected");
}

/// A file with the expectations of every block made anew.
fn rewritten(file: &str, blocks: &mut usize) -> String {
    let mut out = String::new();
    let mut lines = file.lines();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let Some(kind) = line.strip_prefix("```").filter(|kind| !kind.is_empty()) else { continue };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        *blocks += 1;
        out.push_str(&match kind {
            "sentences" => sentences(&block),
            "text" => rows(&block, "en"),
            "text ru" => rows(&block, "ru"),
            "passages" => kinds(&block),
            _ => block.iter().map(|line| format!("{line}\n")).collect(),
        });
        out.push_str("```\n");
    }
    out
}

fn sentences(block: &[&str]) -> String {
    let paragraphs = block.split(|line| line.is_empty()).map(|lines| {
        let text = lines.join(" ");
        let mut found = Vec::new();
        model::sentence::sentences_of(&text, Span::new(0, text.len()), &mut found);
        found.iter().map(|sentence| format!("{}\n", sentence.of(&text))).collect::<String>()
    });
    paragraphs.collect::<Vec<_>>().join("\n")
}

fn rows(block: &[&str], language: &str) -> String {
    let kept: Vec<&str> = block.iter().filter(|line| !line.trim_start().starts_with('^')).copied().collect();
    let text = kept.join("\n");
    let layers = annotate::annotate(&text, Some(language));
    let bound = |bound: Option<f64>| {
        bound.map(|value| format!("{}", (value * 10.0).round() / 10.0)).unwrap_or_default()
    };
    let quantities = layers.quantities.iter().map(|row| {
        (row.span, format!("quantity [{},{}] {} by {}", bound(row.low), bound(row.high), row.counted, row.by))
    });
    let times = layers.times.iter().map(|row| {
        let beside = if row.about.is_empty() { String::new() } else { format!(" beside {}", row.about) };
        let modifier = row.modifier.map(|modifier| format!(" {}", modifier.timex())).unwrap_or_default();
        let to = row.to.map(|to| format!(" to {}", Value::Calendar(to).timex())).unwrap_or_default();
        (row.span, format!("time {}{modifier}{to}{beside} by {}", row.value.timex(), row.by))
    });
    let mut found: Vec<(Span, String)> = quantities.chain(times).collect();
    found.sort();
    let mut out = String::new();
    let mut start = 0;
    for line in kept {
        let _ = writeln!(out, "{line}");
        for (span, row) in
            found.iter().filter(|(span, _)| (start..start + line.len() + 1).contains(&span.start()))
        {
            let before = text[start..span.start()].chars().count();
            let _ =
                writeln!(out, "{}{} {row}", " ".repeat(before), "^".repeat(span.of(&text).chars().count()));
        }
        start += line.len() + 1;
    }
    out
}

fn kinds(block: &[&str]) -> String {
    let own = |line: &&str| -> String {
        match line.split_once("| ").filter(|(kind, _)| kind.trim().chars().all(char::is_alphabetic)) {
            Some((_, words)) => words.to_owned(),
            None => (*line).to_owned(),
        }
    };
    let text: Vec<String> =
        block.iter().filter(|line| !line.trim_start().starts_with('^')).map(own).collect();
    let text = text.join("\n");
    let reading = read::read(text.as_bytes(), &Hint::named("suite.txt")).unwrap();
    let document = &reading.documents[0];
    let mut out = String::new();
    let mut start = 0;
    for line in text.lines() {
        let range = start..start + line.len() + 1;
        let passage = document.passages.iter().find(|passage| range.contains(&passage.span.start()));
        match passage {
            Some(passage) => _ = writeln!(out, "{:>9} | {line}", passage.kind.word()),
            None => _ = writeln!(out, "{line}"),
        }
        for notice in document.notices.iter().filter(|notice| range.contains(&notice.span.start())) {
            let name = notice.name.map(|name| format!(": {}", name.of(&text))).unwrap_or_default();
            let _ = writeln!(out, "          ^ {}{name}", notice.kind.word());
        }
        start += line.len() + 1;
    }
    out
}

#[test]
fn sentences_of_every_suite_file_join_to_its_passages() {
    for file in suite() {
        let text = std::fs::read_to_string(file).unwrap();
        let blocks = passages(&text, Markup::Plain);
        let joined: String = model::sentence::sentences(&text, &blocks).iter().map(|s| s.of(&text)).collect();
        let bare = |words: &str| words.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let whole: String = blocks.iter().map(|p| p.span.of(&text)).collect();
        assert_eq!(bare(&joined), bare(&whole));
    }
}
