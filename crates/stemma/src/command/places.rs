//! `places` and `alias`: where, and what names mean in a case.

use crate::cli::{Alias, Places};
use crate::command::add::now;
use crate::output::{Form, print_json, print_table, say};
use crate::terminal::{NOTHING, OK, bold, faint};
use anyhow::{Context, Result};
use case::{Access, Case};
use collate::Ground;
use page::{PlacesPage, View, Wanted, plural};
use serde_json::json;
use std::io::{Read, Write, stdin, stdout};
use std::path::Path;

pub(crate) fn places(args: &Places, form: Form) -> Result<u8> {
    let case = Case::open(&args.case, Access::Read)?;
    let wanted = Wanted { origin: args.origin, since: args.since.clone(), until: args.until.clone() };
    let page = PlacesPage::of(&case, &wanted, View::Case, form.rows(args.limit))?;
    match form {
        Form::Json => print_json(&page.json())?,
        Form::Tsv => {
            let rows = page.rows.iter().map(|row| {
                let place = row.place.as_ref();
                let point =
                    |of: fn(&model::Place) -> f32| place.map_or(String::new(), |place| of(place).to_string());
                let days = row.days.clone().unwrap_or_default();
                vec![
                    row.name.clone(),
                    place.map_or("", |place| place.class.word()).to_owned(),
                    place.map_or("", |place| place.country.as_str()).to_owned(),
                    point(|place| place.latitude),
                    point(|place| place.longitude),
                    row.origins.to_string(),
                    row.mentions.to_string(),
                    days.0,
                    days.1,
                ]
            });
            let head =
                ["place", "class", "country", "lat", "lon", "origins", "times", "first day", "last day"];
            print_table(form, &head, &rows.collect::<Vec<_>>())?;
        }
        Form::Table => print(&page)?,
    }
    Ok(if page.rows.is_empty() { NOTHING } else { OK })
}

fn print(page: &PlacesPage) -> Result<()> {
    let mut out = stdout().lock();
    writeln!(out, "{}\n", faint(&page.coverage()))?;
    for row in &page.rows {
        let place = row.place.as_ref();
        let what = place.map_or("not in the gazetteer".to_owned(), |place| {
            format!("{} {}", place.class.word(), place.country)
        });
        let days = match &row.days {
            Some((first, last)) if first == last => first.clone(),
            Some((first, last)) => format!("{first} to {last}"),
            None => String::new(),
        };
        let counts = format!("{} · {}", plural(row.origins, "origin"), plural(row.mentions, "time"));
        let padded = format!("{:<26}", row.name.replace(|c: char| c.is_control(), " "));
        writeln!(out, "{} {:<20} {counts:<24} {}", bold(&padded), what, faint(&days))?;
        for form in &row.forms {
            let told = match (form.ground, &form.in_use) {
                (Ground::Document, None) if form.words == row.name => continue,
                (Ground::Document, None) => String::new(),
                (Ground::Document, Some(in_use)) => format!("so called {in_use}"),
                (ground, _) => format!("laid here {}", ground.words()),
            };
            let sigils: Vec<String> =
                form.origins.iter().take(12).map(|(_, own)| page.shelf.sigils_in(own)).collect();
            writeln!(
                out,
                "  {:<28} {} {}",
                form.words.replace(|c: char| c.is_control(), " "),
                sigils.join(" "),
                faint(&told)
            )?;
        }
    }
    if page.count > page.rows.len() {
        let more = format!("{} more; --limit shows them", plural(page.count - page.rows.len(), "place"));
        writeln!(out, "\n{}", faint(&more))?;
    }
    Ok(())
}

pub(crate) fn alias(args: &Alias, form: Form) -> Result<u8> {
    let mut bytes = Vec::new();
    let place = || args.file.display().to_string();
    match args.file == Path::new("-") {
        true => drop(stdin().read_to_end(&mut bytes)?),
        false => bytes = std::fs::read(&args.file).with_context(place)?,
    }
    let aliases = read::aliases(&bytes).with_context(place)?;
    let case = Case::open(&args.case, Access::Write)?;
    let added = case.set_aliases(&aliases, &now(), &args.why)?;
    let known = case.aliases()?.len();
    case.close()?;
    match form {
        Form::Json => print_json([&json!({"added": added, "aliases": known})])?,
        _ => {
            let kept = plural(added, "judgement");
            say(&format!(
                "{kept} added; this case has {}",
                if known == 1 { "1 alias".into() } else { format!("{known} aliases") }
            ))?;
        }
    }
    Ok(OK)
}
