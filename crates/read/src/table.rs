//! CSV and TSV: a header row with `text`, and the same optional columns as JSONL.

use crate::encoding::decode;
use crate::{Error, Hint, Likelihood, Reader, Refusal, record};

pub(crate) const CSV: Reader = Reader {
    name: "csv",
    about: "CSV or TSV with a header row: `text` and optional `id title url published outlet author`",
    endings: &["csv", "tsv"],
    recognise,
    read,
};

fn recognise(bytes: &[u8], hint: &Hint) -> Likelihood {
    let first = decode(&bytes[..bytes.len().min(4096)], None).text;
    let header = header_of(first.lines().next().unwrap_or(""));
    let named = hint.ends_with(CSV.endings);
    match named || header.len() > 1 && header.iter().any(|column| column == "text") {
        true => Likelihood::Likely,
        false => Likelihood::No,
    }
}

fn header_of(line: &str) -> Vec<String> {
    line.split(delimiter(line)).map(|column| column.trim().trim_matches('"').to_lowercase()).collect()
}

/// The mark that parts the columns: the commonest of tab, semicolon and comma in the header.
fn delimiter(header: &str) -> char {
    let count = |c| header.matches(c).count();
    ['\t', ';', ','].into_iter().max_by_key(|c| count(*c)).filter(|c| count(*c) > 0).unwrap_or(',')
}

fn read(bytes: &[u8], _: &Hint) -> Result<Vec<Result<crate::Draft, Refusal>>, Error> {
    let decoded = decode(bytes, None);
    let delimiter = delimiter(decoded.text.lines().next().unwrap_or("")) as u8;
    let mut rows =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(decoded.text.as_bytes());
    let columns: Vec<String> = match rows.headers() {
        Ok(header) => header.iter().map(|column| column.trim().to_lowercase()).collect(),
        Err(cause) => return Err(Error::NoTextColumn { columns: cause.to_string() }),
    };
    if !columns.iter().any(|column| column == "text") {
        return Err(Error::NoTextColumn { columns: columns.join(", ") });
    }
    let drafts = rows.records().enumerate().map(|(part, row)| {
        let row = row.map_err(|cause| Refusal::of_line(part + 2, cause.to_string()))?;
        let field = |name: &str| {
            let at = columns.iter().position(|column| column == name)?;
            row.get(at).filter(|value| !value.is_empty()).map(str::to_owned)
        };
        record::of_fields(part as u32, field)
            .map(|draft| record::warned(draft, decoded.warning.as_ref()))
            .map_err(|cause| Refusal::of_line(part + 2, cause))
    });
    Ok(drafts.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_fields_keep_their_line_ends_and_semicolons_work() {
        let rows =
            read("id;text;outlet\na;\"One;\nstill one\";Daily\nb;;X\n".as_bytes(), &Hint::default()).unwrap();
        assert_eq!(rows[0].as_ref().unwrap().text, "One;\nstill one");
        assert!(rows[1].is_err(), "a record without words is refused");
    }

    #[test]
    fn a_table_without_text_says_which_columns_it_has() {
        let error = read(b"id,body\na,b\n", &Hint::default()).unwrap_err();
        assert!(error.to_string().contains("id, body"), "{error}");
    }
}
