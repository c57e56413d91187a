//! The `stemma` program: argv, paths, clock and terminal live here and nowhere else.

mod cli;
mod command;
mod corpus;
mod heap;
mod output;
mod terminal;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = match cli::Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let usage = error.use_stderr();
            // Nothing can be done where the terminal is gone.
            let _ = error.print();
            return ExitCode::from(if usage { terminal::USAGE } else { terminal::OK });
        }
    };
    match command::run(cli) {
        Ok(code) => ExitCode::from(code),
        Err(error) if terminal::is_broken_pipe(&error) => ExitCode::from(terminal::OK),
        Err(error) => {
            eprintln!("stemma: {error:#}");
            ExitCode::from(terminal::code_of(&error))
        }
    }
}
