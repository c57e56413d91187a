//! Judgements: what an analyst decided, never changed and never lost.
//!
//! Each judgement carries the hash of the one before, so that a changed or missing one shows. Judgements are
//! anchored to a document, or to a span and the hash of its words, never to a derived id.

use crate::error::Result;
use crate::store::Case;
use collate::Alias;
use model::{CaptureId, DocId};
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeMap;

/// The kind of judgements on what a name means.
const ALIAS: &str = "alias";

/// One decision.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Judgement {
    /// Its number, from 1.
    pub number: i64,
    /// When it was made, ISO 8601 in UTC.
    pub at: String,
    /// What kind: `corrected` (a field of a document) or `alias` (what a name means).
    pub kind: String,
    /// The document it is about; 0 = the whole case.
    pub document: i64,
    /// The field corrected, or the name.
    pub field: Option<String>,
    /// The new value, or what the name means; `None` = unknown, or no alias any more.
    pub value: Option<String>,
    /// The value before.
    pub before: Option<String>,
    /// The analyst's reason.
    pub why: String,
    previous: [u8; 32],
    hash: [u8; 32],
}

impl Judgement {
    /// The hash over everything the judgement says and the hash before it.
    fn seal(&self) -> [u8; 32] {
        let mut sealed = self.previous.to_vec();
        let document = self.document.to_string();
        let number = self.number.to_string();
        let fields = [
            Some(&number),
            Some(&self.at),
            Some(&self.kind),
            Some(&document),
            self.field.as_ref(),
            self.value.as_ref(),
            self.before.as_ref(),
            Some(&self.why),
        ];
        for field in fields {
            let (mark, words) = field.map_or((0u8, ""), |words| (1, words.as_str()));
            sealed.push(mark);
            sealed.extend((words.len() as u64).to_le_bytes());
            sealed.extend(words.as_bytes());
        }
        CaptureId::of(&sealed).0
    }
}

impl Case {
    /// All judgements, in the order they were made.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn judgements(&self) -> Result<Vec<Judgement>> {
        let question =
            "SELECT n, at, kind, doc, field, value, before, why, previous, hash FROM judgement ORDER BY n";
        let mut statement = self.db.prepare_cached(question).map_err(|cause| self.error(cause))?;
        let rows = statement.query_map([], |row| {
            Ok(Judgement {
                number: row.get(0)?,
                at: row.get(1)?,
                kind: row.get(2)?,
                document: row.get(3)?,
                field: row.get(4)?,
                value: row.get(5)?,
                before: row.get(6)?,
                why: row.get(7)?,
                previous: row.get(8)?,
                hash: row.get(9)?,
            })
        });
        rows.and_then(Iterator::collect).map_err(|cause| self.error(cause))
    }

    /// Adds the judgement that a field of a document has this value.
    pub(crate) fn judge_value(
        &self,
        document: DocId,
        field: &str,
        value: Option<&str>,
        before: Option<&str>,
        at: &str,
        why: &str,
    ) -> Result<()> {
        self.judge("corrected", document.number(), field, value, before, at, why)
    }

    /// What names mean in this case: of several judgements on one name the last holds.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn aliases(&self) -> Result<Vec<Alias>> {
        let mut aliases = BTreeMap::new();
        for judgement in self.judgements()?.into_iter().filter(|judgement| judgement.kind == ALIAS) {
            let Some(name) = judgement.field else { continue };
            match judgement.value {
                Some(means) => aliases.insert(name, means),
                None => aliases.remove(&name),
            };
        }
        Ok(aliases.into_iter().map(|(name, means)| Alias { name, means }).collect())
    }

    /// Judges what names mean in this case; no meaning takes an earlier one back. Names that mean so already are
    /// left out. Gives how many judgements were added.
    ///
    /// # Errors
    /// Where the case cannot be written.
    pub fn set_aliases(&self, aliases: &[(String, Option<String>)], at: &str, why: &str) -> Result<usize> {
        self.atomically(|| {
            let mut known: BTreeMap<String, String> =
                self.aliases()?.into_iter().map(|alias| (alias.name, alias.means)).collect();
            let mut added = 0;
            for (name, means) in aliases {
                let before = known.get(name).cloned();
                if before == *means {
                    continue;
                }
                self.judge(ALIAS, 0, name, means.as_deref(), before.as_deref(), at, why)?;
                match means {
                    Some(means) => known.insert(name.clone(), means.clone()),
                    None => known.remove(name),
                };
                added += 1;
            }
            Ok(added)
        })
    }

    #[expect(clippy::too_many_arguments, reason = "the columns of a judgement, each once")]
    fn judge(
        &self,
        kind: &str,
        document: i64,
        field: &str,
        value: Option<&str>,
        before: Option<&str>,
        at: &str,
        why: &str,
    ) -> Result<()> {
        let last = "SELECT n, hash FROM judgement ORDER BY n DESC LIMIT 1";
        let last = self.db.query_row(last, [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, [u8; 32]>(1)?)));
        let (number, previous) = last.optional().map_err(|cause| self.error(cause))?.unwrap_or((0, [0; 32]));
        let mut judgement = Judgement {
            number: number + 1,
            at: at.to_owned(),
            kind: kind.to_owned(),
            document,
            field: Some(field.to_owned()),
            value: value.map(str::to_owned),
            before: before.map(str::to_owned),
            why: why.to_owned(),
            previous,
            hash: [0; 32],
        };
        judgement.hash = judgement.seal();
        self.run(
            "INSERT INTO judgement (n, at, kind, doc, field, value, before, why, previous, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                judgement.number,
                judgement.at,
                judgement.kind,
                judgement.document,
                judgement.field,
                judgement.value,
                judgement.before,
                judgement.why,
                judgement.previous,
                judgement.hash
            ],
        )?;
        Ok(())
    }

    /// The numbers of judgements that do not fit the chain.
    pub(crate) fn broken_judgements(&self) -> Result<Vec<i64>> {
        let mut before = ([0; 32], 0);
        let mut broken = Vec::new();
        for judgement in self.judgements()? {
            let fits = judgement.previous == before.0
                && judgement.number == before.1 + 1
                && judgement.hash == judgement.seal();
            if !fits {
                broken.push(judgement.number);
            }
            before = (judgement.hash, judgement.number);
        }
        Ok(broken)
    }
}
