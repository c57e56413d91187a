//! `says`: who says what, on whose word, how certainly.

use crate::cli::Says;
use crate::output::{Form, print_json, print_table};
use crate::terminal::{NOTHING, OK, bold, faint};
use anyhow::Result;
use case::{Access, Case};
use page::{SaysPage, Statement, plural};
use std::io::{Write, stdout};

/// Statements of one speaker on a list of all.
const SHOWN: usize = 5;

pub(crate) fn says(args: &Says, form: Form) -> Result<u8> {
    let case = Case::open(&args.case, Access::Read)?;
    let page = SaysPage::of(&case, args.who.as_deref(), form.rows(args.limit))?;
    if form != Form::Table && !page.reach.is_whole() {
        eprintln!("stemma: {}: {}", args.case.display(), page.coverage());
    }
    match form {
        Form::Json => print_json(&page.json())?,
        Form::Tsv => {
            let rows = page.speakers.iter().flat_map(|row| row.statements.iter().map(move |one| (row, one)));
            let rows: Vec<Vec<String>> = rows
                .map(|(row, one)| {
                    vec![
                        row.name.clone(),
                        row.kind.word().to_owned(),
                        one.certainty.word().to_owned(),
                        sigils(&page, one),
                        one.published.clone().unwrap_or_default(),
                        one.words.clone(),
                    ]
                })
                .collect();
            print_table(form, &["speaker", "kind", "certainty", "in", "published", "says"], &rows)?;
        }
        Form::Table => {
            let mut out = stdout().lock();
            writeln!(out, "{}", faint(&page.coverage()))?;
            for row in &page.speakers {
                let counts = format!(
                    "{} · {} · {}",
                    row.kind.word(),
                    plural(row.statements.len(), "statement"),
                    plural(row.origins, "origin")
                );
                writeln!(out, "\n{}  {}", bold(&row.name), faint(&counts))?;
                let shown = if args.who.is_some() { usize::MAX } else { SHOWN };
                for one in row.statements.iter().take(shown) {
                    let about = match (one.taken, one.chain.is_empty()) {
                        (true, _) => {
                            format!("{}, “{}” taken for the speaker before", one.stance(), one.source)
                        }
                        (false, false) => {
                            format!("{}, told by {}", one.stance(), one.chain.join(", told by "))
                        }
                        _ => one.stance().to_owned(),
                    };
                    writeln!(
                        out,
                        "  {:<6} {} {}",
                        sigils(&page, one),
                        one.words,
                        faint(&format!("({about})"))
                    )?;
                }
                if row.statements.len() > shown {
                    writeln!(
                        out,
                        "         {}",
                        faint(&plural(row.statements.len() - shown, "more statement"))
                    )?;
                }
            }
            if page.count > page.speakers.len() {
                let more = plural(page.count - page.speakers.len(), "speaker");
                writeln!(out, "\n{}", faint(&format!("{more} more; --limit shows them")))?;
            }
        }
    }
    Ok(if page.speakers.is_empty() { NOTHING } else { OK })
}

fn sigils(page: &SaysPage, one: &Statement) -> String {
    let sigils: Vec<String> =
        one.witnesses.iter().map(|(document, ..)| page.shelf.sigil(*document)).collect();
    sigils.join("=")
}
