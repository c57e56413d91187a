//! `demo`: the bundled case, from its texts to its pages.

use crate::cli::Demo;
use crate::command::add::add_heap;
use crate::command::{serve, show};
use crate::heap::Heap;
use crate::output::{Form, print_json};
use crate::terminal::{OK, is_terminal};
use anyhow::{Context, Result};
use case::{Access, Case, Input};
use page::OverviewPage;
use read::{Declared, Sources};
use std::io::Write;

/// The bundled accounts: our own summaries, so that they may be shipped.
const ACCOUNTS: &[(&str, &str)] = &[
    (
        "000-strigunov-manoilo.txt",
        include_str!("../../../../examples/kazakhstan-2022/000-strigunov-manoilo.txt"),
    ),
    (
        "001-color-revolution.txt",
        include_str!("../../../../examples/kazakhstan-2022/001-color-revolution.txt"),
    ),
    ("002-informnapalm.txt", include_str!("../../../../examples/kazakhstan-2022/002-informnapalm.txt")),
    ("003-anceschi.txt", include_str!("../../../../examples/kazakhstan-2022/003-anceschi.txt")),
    (
        "004-crisis-january-2022.txt",
        include_str!("../../../../examples/kazakhstan-2022/004-crisis-january-2022.txt"),
    ),
];
const SOURCES: &str = include_str!("../../../../examples/kazakhstan-2022/sources.csv");

pub(crate) fn demo(args: &Demo, form: Form) -> Result<u8> {
    let path = args.case.clone().unwrap_or_else(|| std::env::temp_dir().join("kazakhstan-2022.stemma"));
    if args.case.is_none() && path.exists() {
        std::fs::remove_file(&path)
            .with_context(|| format!("{}: an older demo cannot be replaced", path.display()))?;
    }
    let sources = Sources::read(SOURCES.as_bytes()).context("the bundled sources.csv")?;
    let inputs = ACCOUNTS.iter().map(|(name, text)| Input {
        location: (*name).to_owned(),
        bytes: text.as_bytes().to_vec(),
        declared: sources.of(name).cloned().unwrap_or_else(Declared::default),
    });
    add_heap(&path, Heap { inputs: inputs.collect(), refused: Vec::new() }, super::add::DEEP_AT_ONCE)?;
    let case = Case::open(&path, Access::Read)?;
    let page = OverviewPage::of(&case)?;
    match form {
        Form::Json => print_json([&page.json()])?,
        _ => {
            show::print_overview(&page)?;
            writeln!(std::io::stdout().lock(), "\nThe case: {}", path.display())?;
        }
    }
    if args.no_serve || !is_terminal() {
        return Ok(OK);
    }
    serve::serve(&path, args.port)
}
