//! `actors`: who is named, under which names.

use crate::cli::Listed;
use crate::output::{Form, print_json, print_table};
use crate::terminal::{NOTHING, OK, bold, faint};
use anyhow::Result;
use case::{Access, Case};
use page::{ActorsPage, plural};
use std::io::{Write, stdout};

pub(crate) fn actors(args: &Listed, form: Form) -> Result<u8> {
    let case = Case::open(&args.case, Access::Read)?;
    let page = ActorsPage::of(&case, form.rows(args.limit))?;
    if form != Form::Table && !page.reach.is_whole() {
        eprintln!("stemma: {}: {}", args.case.display(), page.coverage());
    }
    match form {
        Form::Json => print_json(&page.json())?,
        Form::Tsv => {
            let rows: Vec<Vec<String>> = page
                .rows
                .iter()
                .flat_map(|row| row.forms.iter().map(move |form| (row, form)))
                .map(|(row, form)| {
                    let origins: Vec<String> =
                        form.origins.iter().map(|(number, _)| number.to_string()).collect();
                    let class = row.class.word().to_owned();
                    vec![
                        row.name.clone(),
                        class,
                        form.words.clone(),
                        form.mentions.to_string(),
                        origins.join(" "),
                    ]
                })
                .collect();
            print_table(form, &["actor", "class", "called", "times", "origins"], &rows)?;
        }
        Form::Table => {
            let mut out = stdout().lock();
            writeln!(out, "{}", faint(&page.coverage()))?;
            for row in &page.rows {
                let counts = format!(
                    "{} · {} · {} · named {}",
                    row.class.word(),
                    plural(row.origins, "origin"),
                    plural(row.documents, "document"),
                    plural(row.mentions, "time")
                );
                writeln!(out, "\n{}  {}", bold(&row.name), faint(&counts))?;
                for form in row.forms.iter().take(8) {
                    let sigils: Vec<String> =
                        form.origins.iter().take(12).map(|(_, own)| page.shelf.sigils_in(own)).collect();
                    writeln!(
                        out,
                        "  {:>4}  {:<44} {}",
                        form.mentions,
                        form.words.replace(|c: char| c.is_control(), " "),
                        sigils.join(" ")
                    )?;
                }
                if row.forms.len() > 8 {
                    writeln!(out, "        {}", faint(&plural(row.forms.len() - 8, "more form")))?;
                }
            }
            if page.count > page.rows.len() {
                writeln!(
                    out,
                    "\n{}",
                    faint(&format!(
                        "{} more; --limit shows them",
                        plural(page.count - page.rows.len(), "actor")
                    ))
                )?;
            }
        }
    }
    Ok(if page.rows.is_empty() { NOTHING } else { OK })
}
