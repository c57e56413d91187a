//! The commands: one file each where there is more to do than to ask and print.

mod actors;
mod add;
mod annotate;
mod ask;
mod change;
mod demo;
mod overlaps;
mod places;
mod says;
mod serve;
mod show;
mod timeline;
mod trace;
mod why;

use crate::cli::{Cli, Command};
use crate::output::Form;
use crate::terminal::OK;
use anyhow::Result;
use clap::CommandFactory;
use std::io::Write;

/// Runs a command and gives its exit code.
pub(crate) fn run(cli: Cli) -> Result<u8> {
    let form = Form::of(cli.json);
    match cli.command {
        Command::Demo(args) => demo::demo(&args, form),
        Command::Add(args) => add::add(&args, form),
        Command::Show(args) => show::show(&args.case, form),
        Command::Search(args) => ask::search(&args, form),
        Command::Origins(args) => show::origins(&args, form),
        Command::Trace(args) => trace::trace(&args, form),
        Command::Actors(args) => actors::actors(&args, form),
        Command::Timeline(args) => timeline::timeline(&args, form),
        Command::Says(args) => says::says(&args, form),
        Command::Places(args) => places::places(&args, form),
        Command::Alias(args) => places::alias(&args, form),
        Command::Points(args) => show::points(&args, form),
        Command::Blame(args) => show::blame(&args, form),
        Command::Labels(args) => show::labels(&args, form),
        Command::Compare(args) => show::compare(&args, form),
        Command::Serve(args) => serve::serve(&args.case, args.port),
        Command::Report(args) => serve::report(&args),
        Command::Export(args) => serve::export(&args),
        Command::Verify(args) => ask::verify(&args.case, form),
        Command::Why(args) => why::why(&args, form),
        Command::Sql(args) => ask::sql(&args, form),
        Command::Annotate(args) => annotate::annotate(&args),
        Command::Overlaps(args) => overlaps::overlaps(&args),
        Command::Set(args) => change::set(&args, form),
        Command::Remove(args) => change::remove(&args, form),
        Command::Run(args) => change::run(&args.case, form),
        Command::Log(args) => change::log(&args.case, form),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "stemma", &mut script);
            std::io::stdout().lock().write_all(&script)?;
            Ok(OK)
        }
        Command::Man => {
            clap_mangen::Man::new(Cli::command()).render(&mut std::io::stdout())?;
            Ok(OK)
        }
    }
}
