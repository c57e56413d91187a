//! Speeds and sizes, written into evals/SPEED.md with the machine they were seen on. Every measurement checks
//! its result: a wrong answer is no time.

use crate::corpus::{Random, heap};
use crate::{data, root};
use anyhow::{Result, ensure};
use case::{Access, Case, Filters, Input, Query};
use page::{ComparePage, Links, OriginsPage, OverviewPage, PointsPage, ReaderPage, SearchPage};
use read::Declared;
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

pub(crate) fn bench(documents: usize) -> Result<()> {
    let mut out = String::from(HEAD);
    writeln!(out, "Machine: {}.\n", machine())?;
    writeln!(out, "| what | on | figure |\n|---|---|---|")?;
    let folder = tempfile::tempdir()?;
    accounts(&mut out, folder.path())?;
    if let Some(corpus) = data("reuse/corpusS.jsonl") {
        let bytes = std::fs::read(&corpus)?;
        let path = folder.path().join("s.stemma");
        large(&mut out, &path, "corpus S, 8,902 documents", bytes, 8_902)?;
        rival(&mut out, folder.path(), &corpus)?;
    }
    if let Some(topics) = data("timelines") {
        news(&mut out, &folder.path().join("n.stemma"), &topics)?;
    }
    let path = folder.path().join("g.stemma");
    let name = format!("{documents} generated documents");
    large(&mut out, &path, &name, heap(documents).into_bytes(), documents)?;
    writeln!(out, "| peak memory of all of the above in one process | | {} MB |", peak_megabytes())?;
    std::fs::write(root().join("evals/SPEED.md"), &out)?;
    print!("{out}");
    Ok(())
}

const HEAD: &str = "# Speed and size

Written by `cargo run --release -p xtask -- bench`. Wall clock on a shared machine: trust ratios, not seconds. Every line checks its result first.
Sentences have a benchmark of their own beside two rivals: `cargo bench -p model`.

";

fn machine() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let model =
        read("/proc/cpuinfo").lines().find_map(|line| line.strip_prefix("model name\t: ").map(str::to_owned));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{} threads of {}", threads, model.unwrap_or_else(|| "an unknown processor".into()))
}

fn peak_megabytes() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
    line.trim().trim_end_matches(" kB").trim().parse::<usize>().unwrap_or(0) / 1024
}

fn milliseconds(mut work: impl FnMut() -> Result<()>, times: usize) -> Result<Vec<f64>> {
    let mut seen = Vec::new();
    for _ in 0..times {
        let start = Instant::now();
        work()?;
        seen.push(start.elapsed().as_secs_f64() * 1e3);
    }
    seen.sort_by(f64::total_cmp);
    Ok(seen)
}

fn median_and_p95(seen: &[f64]) -> String {
    format!(
        "median {:.1} ms, p95 {:.1} ms of {}",
        seen[seen.len() / 2],
        seen[(seen.len() * 95 / 100).min(seen.len() - 1)],
        seen.len()
    )
}

/// The bundled accounts: adding them, and each page.
fn accounts(out: &mut String, folder: &Path) -> Result<()> {
    let mut inputs = Vec::new();
    let mut files: Vec<_> =
        std::fs::read_dir(root().join("examples/kazakhstan-2022"))?.collect::<Result<_, _>>()?;
    files.sort_by_key(|file| file.file_name());
    for file in files.iter().filter(|file| file.path().extension().is_some_and(|ending| ending == "txt")) {
        let location = file.file_name().to_string_lossy().into_owned();
        inputs.push(Input { location, bytes: std::fs::read(file.path())?, declared: Declared::default() });
    }
    let mut number = 0;
    let seen = milliseconds(
        || {
            number += 1;
            let mut case = Case::open(&folder.join(format!("a{number}.stemma")), Access::Create)?;
            case.add(inputs.clone(), |_| {})?;
            ensure!(case.counts()? == (5, 4), "5 documents, 4 origins");
            Ok(case.close()?)
        },
        9,
    )?;
    writeln!(out, "| new case, add, close | five bundled summaries | {} |", median_and_p95(&seen))?;
    let path = folder.join("a1.stemma");
    let ids: Vec<_> = Case::open(&path, Access::Read)?.order()?;
    let (a, b) = (ids[0].0, ids[1].0);
    type Make = Box<dyn Fn(&Case) -> Result<usize>>;
    let pages: Vec<(&str, Make)> = vec![
        ("case", Box::new(|case| Ok(OverviewPage::of(case)?.html(Links::Served).0.len()))),
        (
            "origins",
            Box::new(|case| Ok(OriginsPage::of(case, case::ORIGIN_SHARE)?.html(Links::Served).0.len())),
        ),
        ("points", Box::new(|case| Ok(PointsPage::of(case, 100)?.html(Links::Served).0.len()))),
        ("reader", Box::new(move |case| Ok(ReaderPage::of(case, a, None)?.html(Links::Served).0.len()))),
        ("compare", Box::new(move |case| Ok(ComparePage::of(case, a, b)?.html(Links::Served).0.len()))),
        (
            "search",
            Box::new(|case| {
                Ok(SearchPage::of(case, "state of emergency", &Filters::default(), 40)?
                    .html(Links::Served)
                    .0
                    .len())
            }),
        ),
    ];
    for (name, make) in pages {
        let mut bytes = 0;
        let seen = milliseconds(
            || {
                bytes = make(&Case::open(&path, Access::Read)?)?;
                ensure!(bytes > 500, "the page is not empty");
                Ok(())
            },
            40,
        )?;
        writeln!(
            out,
            "| page `{name}`, opening the case included | five bundled summaries | {}; {bytes} bytes of body |",
            median_and_p95(&seen)
        )?;
    }
    Ok(())
}

/// News articles: the deep tier on one thread, and points laid side by side. A token is what the set cut off as one.
fn news(out: &mut String, path: &Path, topics: &Path) -> Result<()> {
    let (mut heap, mut tokens, mut count, mut last) = (String::new(), 0, 0, String::new());
    let mut folders: Vec<_> = std::fs::read_dir(topics)?.collect::<Result<_, _>>()?;
    folders.sort_by_key(|folder| folder.file_name());
    for folder in folders {
        let Ok(articles) = std::fs::read_to_string(folder.path().join("articles.jsonl")) else { continue };
        for line in articles.lines() {
            let row: Value = serde_json::from_str(line)?;
            let sentences = row["sents"].as_array().into_iter().flatten();
            let text = sentences.filter_map(Value::as_str).collect::<Vec<_>>().join("\n");
            tokens += text.split_whitespace().count();
            last = json!({"id": format!("{}-{count}", folder.file_name().display()), "published": row["pub"], "text": text}).to_string();
            heap.push_str(&last);
            heap.push('\n');
            count += 1;
        }
    }
    let name = format!("{count} news articles (T17)");
    let input =
        |bytes: Vec<u8>| Input { location: "news.jsonl".into(), bytes, declared: Declared::default() };
    let mut case = Case::open(path, Access::Create)?;
    case.add(vec![input(heap.into_bytes())], |_| {})?;
    let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    let start = Instant::now();
    let read = one_thread.install(|| case.read_deep(usize::MAX, |_| {}))?;
    ensure!(read == case.counts()?.0, "every document is read");
    let rate = tokens as f64 / 1e3 / start.elapsed().as_secs_f64();
    writeln!(
        out,
        "| deep tier (tags, parse, names, statements, claims), one thread, stored | {name} | {rate:.0}k tokens/s |"
    )?;
    let points = |case: &Case| -> Result<f64> {
        let start = Instant::now();
        let page = PointsPage::of(case, 100)?;
        ensure!(page.rows.len() == 100 && page.counts.1 > 20, "points part");
        Ok(start.elapsed().as_secs_f64())
    };
    let fresh = points(&case)?;
    writeln!(out, "| points of all kinds, laid side by side anew | {name} | {fresh:.2} s |")?;
    let edited = last.replace("\"id\":\"", "\"id\":\"edited ").replace(" said ", " told reporters ");
    let start = Instant::now();
    case.add(vec![input(edited.into_bytes())], |_| {})?;
    case.read_deep(usize::MAX, |_| {})?;
    let added = start.elapsed().as_secs_f64();
    writeln!(
        out,
        "| one more (an edited copy), deep tier included; then its points | {name} | {added:.2} s; {:.2} s |",
        points(&case)?
    )?;
    Ok(case.close()?)
}

/// A large heap: adding it, adding one more, searching, size.
fn large(out: &mut String, path: &Path, name: &str, bytes: Vec<u8>, documents: usize) -> Result<()> {
    let heap_bytes = bytes.len();
    let start = Instant::now();
    let mut case = Case::open(path, Access::Create)?;
    case.add(vec![Input { location: "heap.jsonl".into(), bytes, declared: Declared::default() }], |_| {})?;
    let (found, origins) = case.counts()?;
    ensure!(found == documents, "{found} documents");
    let text = case.sql("SELECT sum(length(CAST(body AS BLOB))) FROM text")?.rows[0][0]
        .clone()
        .unwrap_or_default()
        .parse::<f64>()?;
    case.close()?;
    let seconds = start.elapsed().as_secs_f64();
    let size = std::fs::metadata(path)?.len() as f64;
    writeln!(
        out,
        "| add | {name} | {seconds:.1} s, {:.1} MB/s of {:.1} MB text; {origins} origins |",
        text / 1e6 / seconds,
        text / 1e6
    )?;
    writeln!(
        out,
        "| size of the case | {name} | {:.1} MB, {:.2} × text (heap file {:.1} MB) |",
        size / 1e6,
        size / text,
        heap_bytes as f64 / 1e6
    )?;
    one_more(out, path, name)?;
    searches(out, path, name)
}

fn one_more(out: &mut String, path: &Path, name: &str) -> Result<()> {
    let bodies = Case::open(path, Access::Read)?.sql("SELECT body FROM text ORDER BY text LIMIT 15")?.rows;
    let mut bodies = bodies.into_iter().filter_map(|row| row.into_iter().next().flatten());
    let mut number = 0;
    let seen = milliseconds(
        || {
            number += 1;
            let body = bodies.next().unwrap_or_default();
            let bytes = format!("A head of its own, number {number}.\n\n{body}\n").into_bytes();
            let mut case = Case::open(path, Access::Write)?;
            let input =
                Input { location: format!("more-{number}.txt"), bytes, declared: Declared::default() };
            let added = case.add(vec![input], |_| {})?;
            ensure!(added.new == 1, "one more document");
            Ok(case.close()?)
        },
        15,
    )?;
    writeln!(
        out,
        "| open, add one more (an edited copy), settle lineage and points, close | {name} | {} |",
        median_and_p95(&seen)
    )?;
    Ok(())
}

fn searches(out: &mut String, path: &Path, name: &str) -> Result<()> {
    let case = Case::open(path, Access::Read)?;
    // Words of the texts themselves, common and rare, alone, in pairs, in a row and by their beginning.
    let mut random = Random(7);
    let bodies = case.sql("SELECT body FROM text ORDER BY text LIMIT 400")?.rows;
    let mut questions = Vec::new();
    for row in &bodies {
        let body = row[0].clone().unwrap_or_default();
        let words: Vec<&str> =
            body.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)).collect();
        if words.len() < 10 {
            continue;
        }
        let at = random.below(words.len() - 3);
        questions.push(match questions.len() % 4 {
            0 => words[at].to_owned(),
            1 => format!("{} {}", words[at], words[random.below(words.len())]),
            2 => format!("\"{} {}\"", words[at], words[at + 1]),
            _ => format!("{}*", words[at].chars().take(5).collect::<String>()),
        });
    }
    let mut asked = questions.iter();
    let mut found = 0;
    let seen = milliseconds(
        || {
            let query = Query::parse(asked.next().map_or("said", String::as_str))?;
            found += usize::from(!case.search(&query, &Filters::default(), 20)?.hits.is_empty());
            Ok(())
        },
        questions.len(),
    )?;
    ensure!(
        found * 10 >= questions.len() * 8,
        "words of the texts are found: {found} of {}",
        questions.len()
    );
    writeln!(out, "| search with spans in 20 texts | {name} | {} |", median_and_p95(&seen))?;
    Ok(())
}

/// The same corpus into SQLite with full-text search by sqlite-utils, where it is installed: no rows, no lineage.
fn rival(out: &mut String, folder: &Path, corpus: &Path) -> Result<()> {
    let found = Command::new("sqlite-utils").arg("--version").output();
    if !found.is_ok_and(|output| output.status.success()) {
        writeln!(
            out,
            "| rival: sqlite-utils insert, enable-fts | corpus S | not run (pip install sqlite-utils) |"
        )?;
        return Ok(());
    }
    let mut ratios = Vec::new();
    for round in 0..3 {
        let ours = folder.join(format!("r{round}.stemma"));
        let start = Instant::now();
        let mut case = Case::open(&ours, Access::Create)?;
        case.add(
            vec![Input {
                location: "s.jsonl".into(),
                bytes: std::fs::read(corpus)?,
                declared: Declared::default(),
            }],
            |_| {},
        )?;
        case.close()?;
        let own = start.elapsed().as_secs_f64();
        let theirs = folder.join(format!("r{round}.db"));
        let start = Instant::now();
        let insert = Command::new("sqlite-utils")
            .args(["insert", "--nl", "--pk", "id"])
            .arg(&theirs)
            .arg("docs")
            .arg(corpus)
            .status()?;
        let index =
            Command::new("sqlite-utils").arg("enable-fts").arg(&theirs).args(["docs", "text"]).status()?;
        ensure!(insert.success() && index.success(), "sqlite-utils loads the corpus");
        ratios.push(start.elapsed().as_secs_f64() / own);
    }
    ratios.sort_by(f64::total_cmp);
    writeln!(
        out,
        "| add, beside sqlite-utils insert + enable-fts (no rows, no lineage), interleaved | corpus S | sqlite-utils takes {:.2} × our time (median of 3) |",
        ratios[1]
    )?;
    Ok(())
}
