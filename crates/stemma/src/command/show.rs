//! `show`, `origins`, `points`, `compare`: the pages of a case on the terminal.

use crate::cli::{Compare, Listed, Origins};
use crate::output::{Form, print_json, print_table};
use crate::terminal::{NOTHING, OK, bold, faint};
use align::Piece;
use anyhow::Result;
use case::{Access, Case, MOST_DRAWN};
use collate::Value;
use page::{
    BlamePage, ComparePage, OriginsPage, OverviewPage, PointRow, PointsPage, Reach, ReadingRow, VariantRow,
    VariantsPage, plural, stance, thousands, through, value_words,
};
use std::io::{Write, stdout};
use std::path::Path;

pub(crate) fn show(path: &Path, form: Form) -> Result<u8> {
    let case = Case::open(path, Access::Read)?;
    let page = OverviewPage::of(&case)?;
    if form == Form::Json {
        print_json([&page.json()])?;
        return Ok(OK);
    }
    print_overview(&page)?;
    Ok(if page.shelf.is_empty() { NOTHING } else { OK })
}

/// Documents listed on the terminal.
const LISTED: usize = 40;

pub(crate) fn print_overview(page: &OverviewPage) -> Result<()> {
    let mut out = stdout().lock();
    writeln!(out, "{}", bold(&page.counts()))?;
    if page.shelf.summaries {
        writeln!(out, "{}", page::SUMMARY_NOTE)?;
    }
    writeln!(out)?;
    for entry in page.shelf.shown().into_iter().take(LISTED) {
        let known = |known: &Option<model::Known>| known.as_ref().map(|known| known.value.clone());
        let published = known(&entry.published).unwrap_or_else(|| "date unknown".into());
        let signed =
            [known(&entry.byline), known(&entry.outlet)].into_iter().flatten().collect::<Vec<_>>().join(", ");
        let signed = if signed.is_empty() { String::new() } else { format!(" — {signed}") };
        writeln!(out, "  {:>2}  {}{signed}", page.shelf.sigil(entry.id), bold(entry.heading()))?;
        let about = format!(
            "origin {} · {} · {} · {}",
            page.shelf.origin_number(entry.origin),
            entry.file,
            published,
            plural(entry.words as usize, "word")
        );
        writeln!(out, "      {}", faint(&about))?;
    }
    if page.shelf.len() > LISTED {
        writeln!(out, "      … {}", plural(page.shelf.len() - LISTED, "more document"))?;
    }
    writeln!(out)?;
    for sentence in page.coverage.sentences(page.shelf.len()) {
        writeln!(out, "{}", faint(&sentence))?;
    }
    writeln!(out, "\n{}", bold("Where they part"))?;
    writeln!(
        out,
        "{}",
        faint(&format!("{}. Whether readings answer one question, the sentence tells.", page.top.sentence()))
    )?;
    for row in &page.top.rows {
        print_point(&mut out, row, 4)?;
    }
    Ok(())
}

fn print_point(out: &mut impl Write, row: &PointRow, readings: usize) -> Result<()> {
    writeln!(out, "\n{}  {}", bold(&row.question), faint(row.verdict.word()))?;
    for reading in row.readings.iter().take(readings) {
        let names = reading.sigils();
        writeln!(
            out,
            "  {:<5} {:<24} {}",
            names,
            value_words(&reading.value),
            shorten(&reading.sentence, &reading.quote)
        )?;
    }
    let more = row.more + row.readings.len().saturating_sub(readings);
    if more > 0 {
        writeln!(out, "  {}", faint(&plural(more, "more reading")))?;
    }
    Ok(())
}

/// A sentence cut to the line around the words quoted from it.
fn shorten(sentence: &str, quote: &str) -> String {
    const LONGEST: usize = 110;
    let characters: Vec<char> = sentence.replace(['\n', '\t', '\r'], " ").chars().collect();
    if characters.len() <= LONGEST {
        return characters.into_iter().collect();
    }
    let at = sentence.find(quote).map_or(0, |at| sentence[..at].chars().count());
    let start = (at + quote.chars().count().min(LONGEST) / 2)
        .saturating_sub(LONGEST / 2)
        .min(characters.len() - LONGEST);
    let cut: String = characters[start..start + LONGEST].iter().collect();
    format!(
        "{}{cut}{}",
        if start > 0 { "…" } else { "" },
        if start + LONGEST < characters.len() { "…" } else { "" }
    )
}

pub(crate) fn origins(args: &Origins, form: Form) -> Result<u8> {
    let case = Case::open(&args.case, Access::Read)?;
    let page = OriginsPage::of(&case, args.share)?;
    match form {
        Form::Json => print_json([&page.json()])?,
        Form::Tsv => {
            let rows = page
                .rows
                .iter()
                .flat_map(|row| row.documents.iter().map(move |document| (row.number, document)));
            let rows: Vec<Vec<String>> = rows
                .filter_map(|(number, (id, _))| {
                    let entry = page.shelf.get(*id)?;
                    Some(vec![
                        number.to_string(),
                        id.to_string(),
                        entry.file.clone(),
                        entry.heading().to_owned(),
                    ])
                })
                .collect();
            print_table(form, &["origin", "document", "file", "title"], &rows)?;
        }
        Form::Table => {
            let mut out = stdout().lock();
            writeln!(
                out,
                "{}",
                bold(&format!("{}, {}", plural(page.shelf.len(), "document"), plural(page.count, "origin")))
            )?;
            writeln!(
                out,
                "{}",
                faint("No shared text was found between origins; translation and paraphrase escape.")
            )?;
            for row in &page.rows {
                writeln!(out, "\n{}", bold(&format!("origin {}", row.number)))?;
                for (id, sigil) in &row.documents {
                    let entry = page.shelf.get(*id);
                    writeln!(
                        out,
                        "  {sigil:>2}  {}  {}",
                        entry.map_or("", |e| e.heading()),
                        faint(entry.map_or("", |e| &e.file))
                    )?;
                }
                for shared in &row.shared {
                    let ((a, b), share) = (&shared.sigils, shared.share * 100.0);
                    writeln!(
                        out,
                        "      {a} and {b} share {} ({share:.1} % of the shorter)",
                        plural(shared.words as usize, "equal word")
                    )?;
                }
                for sentence in
                    row.stemma.iter().flat_map(|stemma| stemma.sentences(|id| page.shelf.sigil(id)))
                {
                    writeln!(out, "      {sentence}")?;
                }
                for (id, day, _) in &row.captured {
                    let sigil = page.shelf.sigil(*id);
                    writeln!(
                        out,
                        "      {sigil} the page around it names {day}: that dates the capture, not the text"
                    )?;
                }
                for (id, kind, name, words) in &row.notices {
                    let sigil = page.shelf.sigil(*id);
                    let name = if name.is_empty() { String::new() } else { format!(": {name}") };
                    writeln!(out, "      {sigil} {}{name}  “{}”", kind.gloss(), shorten(words, ""))?;
                }
            }
            if !page.between.is_empty() {
                writeln!(out, "\n{}", bold("text shared between origins"))?;
                for shared in &page.between {
                    let ((a, b), share) = (&shared.sigils, shared.share * 100.0);
                    writeln!(
                        out,
                        "  {a} and {b}: {} ({share:.1} % of the shorter), {}",
                        plural(shared.words as usize, "equal word"),
                        shared.kind.word()
                    )?;
                }
            }
        }
    }
    Ok(if page.count == 0 { NOTHING } else { OK })
}

/// Says on standard error what a list of points leans on that was not read.
fn tell_unread(case: &Case) -> Result<()> {
    let (documents, _) = case.counts()?;
    let reach = Reach::of(case, "claim")?;
    if documents > MOST_DRAWN {
        eprintln!(
            "stemma: in a case of more than {MOST_DRAWN} documents who did what, what was so and what it is called is not laid side by side"
        );
    } else if !reach.is_whole() {
        eprintln!("stemma: {}", reach.words("Statements and deeds"));
    }
    Ok(())
}

pub(crate) fn points(args: &Listed, form: Form) -> Result<u8> {
    let case = Case::open(&args.case, Access::Read)?;
    tell_unread(&case)?;
    let page = PointsPage::of(&case, form.rows(args.limit))?;
    match form {
        Form::Json => print_json(&page.json())?,
        Form::Tsv => {
            let rows =
                page.rows.iter().flat_map(|row| row.readings.iter().map(move |reading| (row, reading)));
            let rows: Vec<Vec<String>> = rows
                .map(|(row, reading)| {
                    let place = format!("{}:{}-{}", reading.file, reading.chars.0, reading.chars.1);
                    vec![
                        row.kind.word().to_owned(),
                        row.question.clone(),
                        row.verdict.word().to_owned(),
                        reading.origin.to_string(),
                        place,
                        value_words(&reading.value),
                        reading.sentence.clone(),
                    ]
                })
                .collect();
            print_table(
                form,
                &["kind", "question", "verdict", "origin", "place", "value", "sentence"],
                &rows,
            )?;
        }
        Form::Table => {
            let mut out = stdout().lock();
            let (points, conflicts) = page.counts;
            writeln!(
                out,
                "{}",
                bold(&format!("{}, {} conflicts", plural(points, "point"), thousands(conflicts as f64)))
            )?;
            for row in &page.rows {
                print_point(&mut out, row, usize::MAX)?;
            }
            if points > page.rows.len() {
                let more = plural(points - page.rows.len(), "more point");
                writeln!(out, "\n{}", faint(&format!("{more}; --limit shows them")))?;
            }
        }
    }
    Ok(if page.rows.is_empty() { NOTHING } else { OK })
}

/// What the accounts call one thing.
pub(crate) fn labels(args: &Listed, form: Form) -> Result<u8> {
    let case = Case::open(&args.case, Access::Read)?;
    tell_unread(&case)?;
    let page = PointsPage::labels(&case, form.rows(args.limit))?;
    let label = |reading: &ReadingRow| match &reading.value {
        Value::Label(label) => label.clone(),
        _ => String::new(),
    };
    if form == Form::Json {
        print_json(&page.json())?;
    } else {
        let rows = page.rows.iter().flat_map(|row| {
            row.readings.iter().map(move |reading| {
                let judges = if annotate::is_loaded(&label(reading)) { "judges" } else { "" };
                let place = format!("{}:{}-{}", reading.file, reading.chars.0, reading.chars.1);
                vec![
                    row.question.clone(),
                    label(reading),
                    judges.to_owned(),
                    reading.sigils(),
                    place,
                    reading.quote.replace(['\n', '\r', '\t'], " "),
                ]
            })
        });
        print_table(
            form,
            &["question", "label", "judges", "in", "place", "words"],
            &rows.collect::<Vec<_>>(),
        )?;
    }
    Ok(if page.rows.is_empty() { NOTHING } else { OK })
}

/// Who is said to be behind what happened.
pub(crate) fn blame(args: &Listed, form: Form) -> Result<u8> {
    let case = Case::open(&args.case, Access::Read)?;
    tell_unread(&case)?;
    let page = BlamePage::of(&case, form.rows(args.limit))?;
    let cells = |reading: &ReadingRow| {
        vec![
            page.shelf.sigils_of(reading.origin),
            stance(reading).to_owned(),
            through(reading),
            format!("{}:{}-{}", reading.file, reading.chars.0, reading.chars.1),
            reading.quote.replace(['\n', '\r', '\t'], " "),
        ]
    };
    if form == Form::Json {
        print_json(&page.json())?;
    } else {
        let rows = page.rows.iter().flat_map(|row| {
            row.point.readings.iter().map(move |reading| {
                [vec![row.place.clone().unwrap_or_default(), row.who.clone()], cells(reading)].concat()
            })
        });
        print_table(
            form,
            &["what happened in", "behind it", "origin", "says", "by", "place", "words"],
            &rows.collect::<Vec<_>>(),
        )?;
    }
    Ok(if page.rows.is_empty() { NOTHING } else { OK })
}

pub(crate) fn compare(args: &Compare, form: Form) -> Result<u8> {
    let case = Case::open(&args.case, Access::Read)?;
    if args.documents.len() > 2 {
        return compare_many(&case, args, form);
    }
    let first = case.find(&args.documents[0])?;
    let mut shared = false;
    for other in &args.documents[1..] {
        let page = ComparePage::of(&case, first, case.find(other)?)?;
        shared |= page.words > 0;
        match form {
            Form::Json => print_json([&page.json()])?,
            Form::Tsv | Form::Table => print_compare(&page, form)?,
        }
    }
    Ok(if shared { OK } else { NOTHING })
}

fn compare_many(case: &Case, args: &Compare, form: Form) -> Result<u8> {
    let ids: Vec<model::DocId> =
        args.documents.iter().map(|name| case.find(name)).collect::<Result<_, _>>()?;
    let page = VariantsPage::of(case, &ids)?;
    let sigils = page.sigils();
    let columns: Vec<&str> = std::iter::once("after").chain(sigils.iter().map(String::as_str)).collect();
    let cells = |row: &VariantRow| -> Vec<String> {
        let reading = |(at, reading): (usize, &Option<(u32, Option<model::Span>)>)| match reading {
            None => "(lacks the passage)".to_owned(),
            Some((_, span)) => page.words(at, *span).replace(['\n', '\r', '\t'], " "),
        };
        std::iter::once(format!("… {}", row.before.replace(['\n', '\r', '\t'], " ")))
            .chain(row.readings.iter().enumerate().map(reading))
            .collect()
    };
    match form {
        Form::Json => print_json([&page.json()])?,
        _ => {
            if form == Form::Table {
                writeln!(stdout().lock(), "{}\n", page.sentence())?;
            }
            print_table(form, &columns, &page.rows.iter().map(cells).collect::<Vec<_>>())?;
        }
    }
    Ok(if page.rows.is_empty() { NOTHING } else { OK })
}

fn print_compare(page: &ComparePage, form: Form) -> Result<()> {
    let (a, b) = (&page.shelf.sigil(page.a.id), &page.shelf.sigil(page.b.id));
    if form == Form::Tsv {
        let rows: Vec<Vec<String>> = page
            .pieces
            .iter()
            .map(|piece| {
                let (kind, x, y) = match piece {
                    Piece::Same { a, b } => ("same", Some(*a), Some(*b)),
                    Piece::Apart { a, b } => ("apart", *a, *b),
                };
                let words = |span: Option<model::Span>, text: &str| {
                    span.map(|s| s.of(text).to_owned()).unwrap_or_default()
                };
                vec![kind.to_owned(), words(x, &page.a.text), words(y, &page.b.text)]
            })
            .collect();
        return Ok(print_table(form, &["kind", a, b], &rows)?);
    }
    let mut out = stdout().lock();
    writeln!(
        out,
        "{}\n{}\n",
        bold(&format!("{a} {}  beside  {b} {}", page.a.heading(), page.b.heading())),
        page.sentence()
    )?;
    for piece in &page.pieces {
        match piece {
            Piece::Same { a, .. } => {
                let words = a.of(&page.a.text);
                let count = words.split_whitespace().count();
                writeln!(
                    out,
                    "  =   {} {}",
                    shorten(words, ""),
                    faint(&format!("({} in both)", plural(count, "word")))
                )?;
            }
            Piece::Apart { a: x, b: y } => {
                for (sigil, span, text) in [(a, x, &page.a.text), (b, y, &page.b.text)] {
                    if let Some(span) = span {
                        writeln!(out, "  {}   {}", bold(sigil), span.of(text).replace('\n', "\n      "))?;
                    }
                }
            }
        }
    }
    Ok(())
}
