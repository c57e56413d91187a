//! What can be asked of the program. Help, completions and the manual are made from this.

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Reads a heap of accounts of one contested event and shows, for every statement, the exact words it comes from.
#[derive(Parser)]
#[command(
    name = "stemma",
    version,
    disable_help_subcommand = true,
    after_help = "\
Examples:
  stemma demo                                    build the bundled case and open it
  stemma add january.stemma accounts/            add a folder of texts, pages, JSONL or CSV
  stemma show january.stemma                     what is in it, and where the accounts part
  stemma search january.stemma '\"state of emergency\"'
  stemma serve january.stemma                    the same in the browser, on this machine only

Exit codes: 0 done, 1 nothing found or something refused, 2 a case does not fit its captures, 64 usage."
)]
pub(crate) struct Cli {
    /// Print one JSON value a line
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Build the bundled case, print what it shows, and serve it
    #[command(after_help = "Example:\n  stemma demo --no-serve")]
    Demo(Demo),
    /// Add accounts: files, folders, JSONL, CSV; what is known already is left as it is
    #[command(
        after_help = "A sources.csv beside the files (file,outlet,url,published,title,byline) declares what is known of them.\n\n\
        Examples:\n  stemma add case.stemma accounts/\n  stemma add case.stemma wire.txt --outlet 'Open Wire' --published 2022-01-08\n  cat posts.jsonl | stemma add case.stemma -"
    )]
    Add(Add),
    /// What is in a case: documents, origins, what is not read, where the accounts part
    #[command(after_help = "Example:\n  stemma show case.stemma")]
    Show(Show),
    /// Find words: phrase, prefix*, NEAR(a b, 6), -without, OR; words meet by their stems
    #[command(
        after_help = "Examples:\n  stemma search case.stemma 'state of emergency'\n  stemma search case.stemma '\"state of emergency\" -curfew' --since 2022-01-05\n  stemma search case.stemma 'NEAR(gas price, 6)' --json"
    )]
    Search(Search),
    /// Who shares text with whom; documents joined by shared text are one origin
    #[command(after_help = "Example:\n  stemma origins case.stemma --share 0.2")]
    Origins(Origins),
    /// Who shares text with a passage, earliest first; or which points it touches. Nothing is stored
    #[command(
        after_help = "The passage is a file, or - for standard input. Shared text needs at least twelve words in common; with --points one\n\
        sentence is enough.\n\n\
        Examples:\n  stemma trace case.stemma passage.txt\n  echo 'The mayor was arrested on 3 May.' | stemma trace case.stemma - --points"
    )]
    Trace(Trace),
    /// Where the accounts part: numbers, dates, names, who did it and whether it was so, side by side
    #[command(after_help = "Example:\n  stemma points case.stemma --json")]
    Points(Listed),
    /// Who is said to be behind what happened: the blamed against the origins that say so, hedge or deny
    #[command(after_help = "Example:\n  stemma blame case.stemma --json")]
    Blame(Listed),
    /// What the accounts call one person or one happening, and which of the words judge
    #[command(
        after_help = "A word judges where it is on the list of words that take a side; whether that is fair is not asked.\n\nExample:\n  stemma labels case.stemma"
    )]
    Labels(Listed),
    /// Who is named: persons and bodies, every name they are given, in which origins
    #[command(after_help = "Example:\n  stemma actors case.stemma --limit 20")]
    Actors(Listed),
    /// Who says what, on whose word, how certainly
    #[command(
        after_help = "Examples:\n  stemma says case.stemma\n  stemma says case.stemma 'interior ministry' --json"
    )]
    Says(Says),
    /// When: the days that the accounts of a case, or the records of a JSONL file, come back to
    #[command(
        after_help = "Examples:\n  stemma timeline case.stemma --dates 20\n  stemma timeline case.stemma --happenings\n  stemma timeline articles.jsonl --dates 40 --sentences 2 --json"
    )]
    Timeline(Timeline),
    /// Where: the places named, by the origins that name them
    #[command(
        after_help = "Days are those of the sentence a place stands in.\n\nExamples:\n  stemma places case.stemma --since 2019-03-01 --until 2019-03-31\n  stemma places case.stemma --origin 2 --json\n  stemma export case.stemma geojson -o places.geojson"
    )]
    Places(Places),
    /// What names mean in this case: from a CSV file of name,means
    #[command(
        after_help = "A meaning is another name (a place of the gazetteer, or an actor's full name) or a point in degrees north and east. An empty\nmeaning takes an alias back. Each is kept as a judgement.\n\nExample:\n  printf 'name,means\\nthe Pit,\"52.5, 13.4\"\\nDept A,Department of Agriculture\\n' > aliases.csv\n  stemma alias case.stemma aliases.csv"
    )]
    Alias(Alias),
    /// Two accounts aligned: shared text joined, the rest side by side
    #[command(after_help = "Example:\n  stemma compare case.stemma 000 001")]
    Compare(Compare),
    /// The workbench in the browser, on this machine only
    #[command(after_help = "Example:\n  stemma serve case.stemma --port 8080")]
    Serve(Serve),
    /// The pages of a case in one HTML file that needs nothing else
    #[command(after_help = "Example:\n  stemma report case.stemma -o case.html")]
    Report(Report),
    /// A case in another format: report, geojson
    #[command(after_help = "Example:\n  stemma export case.stemma geojson -o places.geojson")]
    Export(Export),
    /// Check every stored word and row against the archived bytes
    #[command(
        after_help = "Exit code 2 where something does not fit.\n\nExample:\n  stemma verify case.stemma"
    )]
    Verify(OneCase),
    /// Why a row is there: the rule, what it matched, its examples
    #[command(
        after_help = "Offsets count code points from 0.\n\nExamples:\n  stemma why case.stemma 000:15024\n  stemma why case.stemma account.txt:310-330\n  stemma why account.txt:310"
    )]
    Why(Why),
    /// Ask a case in SQL; nothing can be changed by it
    #[command(
        after_help = "Example:\n  stemma sql case.stemma 'select outlet, count(*) from document group by outlet'"
    )]
    Sql(Sql),
    /// Rows of files without a case: plain files, or JSONL lines {"id", "text", "published"}
    #[command(
        after_help = "Examples:\n  stemma annotate account.txt\n  stemma annotate --layer time corpus.jsonl > rows.jsonl"
    )]
    Annotate(Annotate),
    /// All text reuse in a corpus, without a case
    #[command(
        after_help = "Default: copies of probability 0.5 and more; --all prints templates and doubtful ones too.\n\n\
        Example:\n  stemma overlaps corpus.jsonl > overlaps.jsonl"
    )]
    Overlaps(Overlaps),
    /// Correct what is known of a document; the correction is kept as a judgement
    #[command(
        after_help = "Fields: title byline outlet url published language. An empty value means unknown.\n\nExample:\n  stemma set case.stemma 003 published=2022-01-13 outlet='Carnegie Europe' --why 'page footer'"
    )]
    Set(Set),
    /// Take a document out, as if it had never been added
    #[command(after_help = "Example:\n  stemma remove case.stemma 004")]
    Remove(Remove),
    /// Go on with what is not compared and not read yet
    #[command(after_help = "Example:\n  stemma run case.stemma")]
    Run(OneCase),
    /// What analysts decided
    #[command(after_help = "Example:\n  stemma log case.stemma")]
    Log(OneCase),
    /// Completions for a shell
    #[command(after_help = "Example:\n  stemma completions bash > /etc/bash_completion.d/stemma")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// The manual page
    #[command(after_help = "Example:\n  stemma man | man -l -")]
    Man,
}

#[derive(Args)]
pub(crate) struct OneCase {
    /// The case
    pub(crate) case: PathBuf,
}

#[derive(Args)]
pub(crate) struct Demo {
    /// Where the case is built; the default is a new file in the temporary folder
    #[arg(long)]
    pub(crate) case: Option<PathBuf>,
    /// The port of the workbench; 0 takes any free one
    #[arg(long, default_value_t = 7022)]
    pub(crate) port: u16,
    /// Stop after printing
    #[arg(long)]
    pub(crate) no_serve: bool,
}

#[derive(Args)]
pub(crate) struct Add {
    /// The case; made where it does not exist
    pub(crate) case: PathBuf,
    /// Files and folders; - is standard input
    #[arg(required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// Who published them
    #[arg(long)]
    pub(crate) outlet: Option<String>,
    /// Their address
    #[arg(long)]
    pub(crate) url: Option<String>,
    /// When they were published (2022-01-13)
    #[arg(long, value_parser = date)]
    pub(crate) published: Option<String>,
    /// Their title
    #[arg(long)]
    pub(crate) title: Option<String>,
    /// Read names too, however many documents there are; without it that is left to `run` beyond a thousand
    #[arg(long)]
    pub(crate) wait: bool,
}

#[derive(Args)]
pub(crate) struct Show {
    /// The case
    pub(crate) case: PathBuf,
}

#[derive(Args)]
pub(crate) struct Search {
    /// The case
    pub(crate) case: PathBuf,
    /// What to find
    pub(crate) question: String,
    /// Published on or after (documents of unknown date are left out)
    #[arg(long, value_parser = date)]
    pub(crate) since: Option<String>,
    /// Published on or before
    #[arg(long, value_parser = date)]
    pub(crate) until: Option<String>,
    /// One outlet
    #[arg(long)]
    pub(crate) outlet: Option<String>,
    /// One language (en, ru, kk)
    #[arg(long)]
    pub(crate) language: Option<String>,
    /// One origin, by its number
    #[arg(long)]
    pub(crate) origin: Option<usize>,
    /// One document, by name or id
    #[arg(long)]
    pub(crate) document: Option<String>,
    /// Texts looked into
    #[arg(long, default_value_t = 50)]
    pub(crate) limit: usize,
}

#[derive(Args)]
pub(crate) struct Origins {
    /// The case
    pub(crate) case: PathBuf,
    /// The share of the shorter document's words from which two documents are one origin, 0.01 to 1
    #[arg(long, default_value_t = case::ORIGIN_SHARE, value_parser = share)]
    pub(crate) share: f64,
}

#[derive(Args)]
pub(crate) struct Trace {
    /// The case
    pub(crate) case: PathBuf,
    /// A file with the passage; - is standard input
    pub(crate) passage: PathBuf,
    /// The points it touches and who differs, instead of who shares its words
    #[arg(long)]
    pub(crate) points: bool,
}

#[derive(Args)]
pub(crate) struct Listed {
    /// The case
    pub(crate) case: PathBuf,
    /// Rows printed; 50 on a terminal, all as JSON and in a pipe
    #[arg(long)]
    pub(crate) limit: Option<usize>,
}

#[derive(Args)]
pub(crate) struct Says {
    /// The case
    pub(crate) case: PathBuf,
    /// One speaker, by a name or part of one
    pub(crate) who: Option<String>,
    /// Speakers printed; 50 on a terminal, all as JSON and in a pipe
    #[arg(long)]
    pub(crate) limit: Option<usize>,
}

#[derive(Args)]
pub(crate) struct Timeline {
    /// The case, or a JSONL file of {"id", "text", "published"}
    pub(crate) case: PathBuf,
    /// Days
    #[arg(long, default_value_t = 20)]
    pub(crate) dates: usize,
    /// Sentences a day
    #[arg(long, default_value_t = 1)]
    pub(crate) sentences: usize,
    /// Happenings with every date the accounts give them, instead of days
    #[arg(long)]
    pub(crate) happenings: bool,
}

#[derive(Args)]
pub(crate) struct Places {
    /// The case
    pub(crate) case: PathBuf,
    /// Only where the sentence speaks of this day or a later one
    #[arg(long, value_parser = date)]
    pub(crate) since: Option<String>,
    /// Only where the sentence speaks of this day or an earlier one
    #[arg(long, value_parser = date)]
    pub(crate) until: Option<String>,
    /// One origin, by its number
    #[arg(long)]
    pub(crate) origin: Option<usize>,
    /// Rows printed; 50 on a terminal, all as JSON and in a pipe
    #[arg(long)]
    pub(crate) limit: Option<usize>,
}

#[derive(Args)]
pub(crate) struct Alias {
    /// The case
    pub(crate) case: PathBuf,
    /// A CSV file with the columns name and means; - is standard input
    pub(crate) file: PathBuf,
    /// The reason
    #[arg(long, default_value = "")]
    pub(crate) why: String,
}

#[derive(Args)]
pub(crate) struct Compare {
    /// The case
    pub(crate) case: PathBuf,
    /// Two documents, by name or id, side by side; more give a table of where they differ
    #[arg(required = true, num_args = 2..)]
    pub(crate) documents: Vec<String>,
}

#[derive(Args)]
pub(crate) struct Serve {
    /// The case
    pub(crate) case: PathBuf,
    /// The port; 0 takes any free one
    #[arg(long, default_value_t = 7022)]
    pub(crate) port: u16,
}

#[derive(Args)]
pub(crate) struct Report {
    /// The case
    pub(crate) case: PathBuf,
    /// The file to be written; - is standard output
    #[arg(short, long, default_value = "-")]
    pub(crate) output: PathBuf,
}

#[derive(Args)]
pub(crate) struct Export {
    /// The case
    pub(crate) case: PathBuf,
    /// The format
    #[arg(value_parser = formats())]
    pub(crate) format: String,
    /// The file to be written; - is standard output
    #[arg(short, long, default_value = "-")]
    pub(crate) output: PathBuf,
}

fn formats() -> clap::builder::PossibleValuesParser {
    export::EXPORTERS
        .iter()
        .map(|exporter| clap::builder::PossibleValue::new(exporter.name).help(exporter.about))
        .into()
}

#[derive(Args)]
pub(crate) struct Why {
    /// The case, or a file with an offset (account.txt:310)
    pub(crate) first: String,
    /// A row id, or a document with an offset (000:15024)
    pub(crate) place: Option<String>,
}

#[derive(Args)]
pub(crate) struct Sql {
    /// The case
    pub(crate) case: PathBuf,
    /// A question
    pub(crate) question: String,
}

#[derive(Args)]
pub(crate) struct Annotate {
    /// Files; - is standard input
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Beside vague numbers what this table makes of them, as `mapped`: acled or ccc; open leaves them as they are
    #[arg(long, default_value = "open", value_parser = ["open", "acled", "ccc"])]
    pub(crate) vague: String,
    /// One layer only: time, quantity, place, name, attribution, claim, seam, hedge, citation, sum, address
    #[arg(long)]
    pub(crate) layer: Option<String>,
    /// Lay the places of these names and find none: JSONL of {"id", "start", "end"} in code points, or of {"id", "toponyms": [{"start", "end"}]}
    #[arg(long, value_name = "FILE")]
    pub(crate) mentions: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Overlaps {
    /// JSONL, CSV or text files; - is standard input
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Print templates and doubtful overlaps too
    #[arg(long)]
    pub(crate) all: bool,
    /// Memory it may take (500M, 4G); a corpus that needs more is worked on in parts that lie on the disk
    #[arg(long, default_value = "4G", value_parser = bytes)]
    pub(crate) memory: u64,
    /// A folder for these parts; after a kill the same command with the same folder goes on where it was
    #[arg(long)]
    pub(crate) work: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Set {
    /// The case
    pub(crate) case: PathBuf,
    /// The document, by name or id
    pub(crate) document: String,
    /// field=value
    #[arg(required = true, value_parser = pair)]
    pub(crate) values: Vec<(String, String)>,
    /// The reason
    #[arg(long, default_value = "")]
    pub(crate) why: String,
}

#[derive(Args)]
pub(crate) struct Remove {
    /// The case
    pub(crate) case: PathBuf,
    /// Documents, by name or id
    #[arg(required = true)]
    pub(crate) documents: Vec<String>,
}

fn date(words: &str) -> Result<String, String> {
    read::published_date(words).ok_or_else(|| "is not a date; write it as 2022-01-13".to_owned())
}

fn share(words: &str) -> Result<f64, String> {
    words
        .parse()
        .ok()
        .filter(|share| (0.01..=1.0).contains(share))
        .ok_or_else(|| "is no share; write 0.01 to 1".to_owned())
}

fn pair(words: &str) -> Result<(String, String), String> {
    let (field, value) = words.split_once('=').ok_or("write field=value")?;
    Ok((field.trim().to_owned(), value.to_owned()))
}

/// An amount of memory: a number of bytes, with K, M or G for the powers of 1024.
fn bytes(text: &str) -> Result<u64, String> {
    let text = text.trim().trim_end_matches(['b', 'B']);
    let (number, power) = match text.char_indices().last() {
        Some((at, 'k' | 'K')) => (&text[..at], 10),
        Some((at, 'm' | 'M')) => (&text[..at], 20),
        Some((at, 'g' | 'G')) => (&text[..at], 30),
        _ => (text, 0),
    };
    let number: u64 =
        number.trim().parse().map_err(|_| "write a number and K, M or G, as in 4G".to_owned())?;
    number
        .checked_mul(1 << power)
        .filter(|bytes| *bytes > 0)
        .ok_or_else(|| "is no amount of memory".to_owned())
}
