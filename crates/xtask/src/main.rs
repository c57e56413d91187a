//! The project's own tasks: `cargo xtask test`, `cargo xtask eval`, `cargo xtask bench`.

mod bench;
mod browser;
mod clusters;
mod corpus;
mod eval;
mod gazetteer;
mod lexicon;
mod outlines;
mod train;

use anyhow::{Result, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

const USAGE: &str = "cargo xtask test    every test, the browser's included
cargo xtask eval    accuracies into evals/SCORES.md
cargo xtask tag FILE   times of JSONL records {id, dct, text}, and the seconds of one pass: for benches/time
cargo xtask gazetteer SOURCE TREEBANK   the gazetteer that ships, from GeoNames tables and a folder of CoNLL-U
cargo xtask outlines SOURCE   outlines of countries for maps, from Natural Earth and GeoNames tables
cargo xtask lexicon WORDNET CENSUS   the lexicon that ships, from WordNet's database files and census lists of names
cargo xtask clusters VECTORS   classes of words in like company, from word vectors (JSON)
cargo xtask train names    weights that ship, learnt from the free sets
cargo xtask words VECTORS   numbers of the commonest words, from word vectors (JSON): what nets stand on
cargo xtask train parser   a tagger and parser, learnt from the treebank and measured
cargo xtask heap N  N generated documents as JSONL
cargo xtask evidence   what each overlap of the reuse sets rests on, as a table: to fit the curve of probabilities
cargo xtask bench   speeds and sizes into evals/SPEED.md   [--documents N]";

fn main() -> ExitCode {
    match task() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn task() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["test"] => test(),
        ["eval"] => eval::eval(),
        ["eval", part] => eval::look(part),
        ["tag", file] => {
            print!("{}", eval::tag(Path::new(file))?);
            Ok(())
        }
        ["gazetteer", source, treebank] => gazetteer::build(Path::new(source), Path::new(treebank)),
        ["outlines", source] => outlines::build(Path::new(source)),
        ["lexicon", wordnet, census] => lexicon::build(Path::new(wordnet), Path::new(census)),
        ["clusters", vectors] => clusters::build(Path::new(vectors)),
        ["words", vectors] => clusters::words(Path::new(vectors)),
        ["train", "parser"] => train::parser(),
        ["train", "names"] => train::names(),
        ["heap", number] => {
            print!("{}", corpus::heap(number.parse()?));
            Ok(())
        }
        ["evidence"] => {
            print!("{}", eval::evidence()?);
            Ok(())
        }
        ["bench"] => bench::bench(100_000),
        ["bench", "--documents", number] => bench::bench(number.parse()?),
        _ => bail!("usage:\n{USAGE}"),
    }
}

/// The root of the project. Cargo tells it at run time: a binary from a target folder that outlives its clone was
/// built elsewhere.
fn root() -> PathBuf {
    let own = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    own.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()).join("../..")
}

/// Where texts to measure on may lie; `None` where they are absent.
fn data(file: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("STEMMA_DATA").map_or_else(|| root().join("../shared/data"), PathBuf::from);
    Some(folder.join(file)).filter(|path| path.exists())
}

/// Runs a command in the project's root and fails as it fails.
fn run(command: &mut Command) -> Result<()> {
    let status = command.current_dir(root()).status()?;
    if !status.success() {
        bail!("{command:?} failed");
    }
    Ok(())
}

fn test() -> Result<()> {
    run(Command::new("cargo").args(["test", "--workspace", "--locked"]))?;
    browser::test()
}
