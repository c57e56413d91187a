//! A table of aliases: what names mean in one case.

use crate::Error;
use crate::encoding::decode;

/// Reads a table with the columns `name` and `means`: each name with its meaning, `None` where the cell is empty.
///
/// # Errors
/// Where a column is missing, a row has no name, or the table is broken.
pub fn aliases(bytes: &[u8]) -> Result<Vec<(String, Option<String>)>, Error> {
    let text = decode(bytes, None).text;
    let mut rows = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let wrong = |line: u64, cause: String| Error::Sources { line, cause };
    let header = rows.headers().map_err(|cause| wrong(1, cause.to_string()))?.clone();
    let column = |name: &str| {
        header.iter().position(|known| known.eq_ignore_ascii_case(name)).ok_or_else(|| {
            wrong(
                1,
                format!("no column `{name}` (columns: {})", header.iter().collect::<Vec<_>>().join(", ")),
            )
        })
    };
    let (name, means) = (column("name")?, column("means")?);
    let mut aliases = Vec::new();
    for row in rows.records() {
        let row = row.map_err(|cause| {
            let line = cause.position().map_or(1, csv::Position::line);
            wrong(line, cause.to_string())
        })?;
        let line = row.position().map_or(1, csv::Position::line);
        let Some(name) = row.get(name).filter(|name| !name.is_empty()) else {
            return Err(wrong(line, "names nothing".into()));
        };
        let means = row.get(means).filter(|means| !means.is_empty()).map(str::to_owned);
        if let Some((north, east)) = means.as_deref().and_then(|means| means.split_once(','))
            && let (Ok(north), Ok(east)) = (north.trim().parse::<f32>(), east.trim().parse::<f32>())
            && !(north.abs() <= 90.0 && east.abs() <= 180.0)
        {
            return Err(wrong(
                line,
                "lies outside the world; write degrees north and east, as in 52.5, 13.4".into(),
            ));
        }
        aliases.push((name.to_owned(), means));
    }
    Ok(aliases)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_aliases_is_read_and_a_broken_one_told() {
        let read =
            aliases(b"name,means\nDept A,Department of Agriculture\nthe Pit,\"52.5, 13.4\"\nold,\n").unwrap();
        assert_eq!(read[1], ("the Pit".to_owned(), Some("52.5, 13.4".to_owned())));
        assert_eq!(read[2].1, None);
        assert!(aliases(b"a,b\n1,2\n").unwrap_err().to_string().contains("name"));
        assert!(aliases(b"name,means\n,x\n").is_err());
        assert!(
            aliases(b"name,means\nx,\"NaN, 3\"\n").is_err() && aliases(b"name,means\nx,\"91, 3\"\n").is_err()
        );
        let error = aliases(b"name,means\n\"x\ny\",z\n,q\n").unwrap_err();
        assert!(error.to_string().starts_with("line 4"), "{error}");
    }
}
