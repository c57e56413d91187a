//! `serve`, `report`, `export`: the pages in a browser, and files for other programs.

use crate::cli::{Export, Report};
use crate::terminal::OK;
use anyhow::{Context, Result, bail};
use case::{Access, Case};
use export::EXPORTERS;
use serve::Server;
use std::io::Write;
use std::path::Path;

pub(crate) fn serve(path: &Path, port: u16) -> Result<u8> {
    // Opened once before, so that a wrong path is said here and not in the browser.
    Case::open(path, Access::Read)?;
    let server = Server::bind(path.to_owned(), port).with_context(|| {
        format!("port {port}: cannot be served at; choose another with --port, or --port 0 for any")
    })?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}  (stop with Ctrl-C)", server.address())?;
    out.flush()?;
    drop(out);
    server.run().context("the workbench stopped")?;
    Ok(OK)
}

pub(crate) fn report(args: &Report) -> Result<u8> {
    write(&args.case, "report", &args.output)
}

pub(crate) fn export(args: &Export) -> Result<u8> {
    write(&args.case, &args.format, &args.output)
}

fn write(case: &Path, format: &str, output: &Path) -> Result<u8> {
    let case = Case::open(case, Access::Read)?;
    let exporter = EXPORTERS
        .iter()
        .find(|exporter| exporter.name == format)
        .with_context(|| format!("this program was built without the format {format}"))?;
    let written = (exporter.write)(&case)?;
    if output == Path::new("-") {
        std::io::stdout().write_all(written.as_bytes())?;
    } else {
        let place = || output.display().to_string();
        // A case holds what cannot be made again: nothing is ever written over one.
        if std::fs::read(output).is_ok_and(|bytes| bytes.starts_with(b"SQLite format 3\0")) {
            bail!("{}: is a case or another database and is not written over; name another file", place());
        }
        // Written beside and moved, so that no half report is ever seen.
        let beside = output.with_extension(format!("part-{}", std::process::id()));
        std::fs::write(&beside, written).with_context(place)?;
        std::fs::rename(&beside, output).with_context(place)?;
        eprintln!("{} written", output.display());
    }
    Ok(OK)
}
