//! `sources.csv`: what is declared of the files beside it.

use crate::Error;
use crate::encoding::decode;
use std::collections::BTreeMap;

/// What was declared of a capture from outside, by options or a `sources.csv`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Declared {
    /// Title.
    pub title: Option<String>,
    /// Who signed it.
    pub byline: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// When it was published.
    pub published: Option<String>,
}

impl Declared {
    /// These, and where they are silent those of `other`.
    pub fn or(self, other: &Declared) -> Declared {
        Declared {
            title: self.title.or_else(|| other.title.clone()),
            byline: self.byline.or_else(|| other.byline.clone()),
            outlet: self.outlet.or_else(|| other.outlet.clone()),
            url: self.url.or_else(|| other.url.clone()),
            published: self.published.or_else(|| other.published.clone()),
        }
    }
}

/// A `sources.csv`: file name to what is declared of it.
#[derive(Clone, Debug, Default)]
pub struct Sources(BTreeMap<String, Declared>);

impl Sources {
    /// Reads the table: a column `file`, and any of `title byline author outlet url published`.
    ///
    /// # Errors
    /// Where the column `file` is missing, a row names no file, or a date is not understood.
    pub fn read(bytes: &[u8]) -> Result<Sources, Error> {
        let text = decode(bytes, None).text;
        let mut rows =
            csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
        let wrong = |line: u64, cause: String| Error::Sources { line, cause };
        let header = rows.headers().map_err(|cause| wrong(1, cause.to_string()))?.clone();
        let column =
            |names: &[&str]| header.iter().position(|h| names.iter().any(|n| n.eq_ignore_ascii_case(h)));
        let file = column(&["file"]).ok_or_else(|| {
            wrong(1, format!("no column `file` (columns: {})", header.iter().collect::<Vec<_>>().join(", ")))
        })?;
        let mut declared = BTreeMap::new();
        for (at, row) in rows.records().enumerate() {
            let line = at as u64 + 2;
            let row = row.map_err(|cause| wrong(line, cause.to_string()))?;
            let field = |names: &[&str]| {
                column(names).and_then(|at| row.get(at)).filter(|value| !value.is_empty()).map(str::to_owned)
            };
            let name = row
                .get(file)
                .filter(|name| !name.is_empty())
                .ok_or_else(|| wrong(line, "names no file".into()))?;
            let published = field(&["published", "date"]);
            if let Some(date) = published.as_ref().filter(|date| crate::published_date(date).is_none()) {
                return Err(wrong(line, format!("`{date}` is not a date; write it as 2022-01-13")));
            }
            let entry = Declared {
                title: field(&["title"]),
                byline: field(&["byline", "author"]),
                outlet: field(&["outlet"]),
                url: field(&["url"]),
                published,
            };
            declared.insert(name.to_owned(), entry);
        }
        Ok(Sources(declared))
    }

    /// What is declared of the file of this name.
    pub fn of(&self, file: &str) -> Option<&Declared> {
        self.0.get(file)
    }

    /// The files named.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_sources() {
        let sources = Sources::read(b"file,outlet,published\na.txt,Daily,2022-01-13\n").unwrap();
        assert_eq!(sources.of("a.txt").unwrap().outlet.as_deref(), Some("Daily"));
        assert!(sources.of("b.txt").is_none());
        let error = Sources::read(b"file,published\na.txt,soon\n").unwrap_err();
        assert_eq!(error.to_string(), "line 2: `soon` is not a date; write it as 2022-01-13");
    }
}
