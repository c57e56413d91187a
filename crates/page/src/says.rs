//! Who says what, on whose word, how certainly.

use crate::frame::headed;
use crate::letters::letters;
use crate::links::encoded;
use crate::texts::{Standing, Texts};
use crate::{Links, Reach, Shelf, plural};
use case::{Case, Result};
use collate::Actor;
use maud::{Markup, html};
use model::{Attribution, Certainty, DocId, NameClass, SourceKind, Span};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The page.
pub struct SaysPage {
    /// Who speaks, those with statements in most origins first; of a single speaker only that one.
    pub speakers: Vec<SpeakerRow>,
    /// How many speakers there are.
    pub count: usize,
    /// For each origin the number of statements by kind of source, in the order of [`SourceKind::ALL`].
    pub kinds: Vec<(usize, DocId, [usize; 6])>,
    /// The speaker asked for.
    pub asked: Option<String>,
    /// How far it is read.
    pub reach: Reach,
    /// The documents.
    pub shelf: Shelf,
}

/// Somebody on whose word things are said.
pub struct SpeakerRow {
    /// The name of the actor, or the words where none is known.
    pub name: String,
    /// What kind of source.
    pub kind: SourceKind,
    /// Origins in which there are statements of this speaker.
    pub origins: usize,
    /// The statements; copies are one.
    pub statements: Vec<Statement>,
}

/// One thing said. Copies of it in documents of one origin are witnesses.
#[derive(Clone)]
pub struct Statement {
    /// What is said, as printed.
    pub words: String,
    /// The source as printed; empty where nobody is named.
    pub source: String,
    /// Whether the source is a pronoun that was taken for the speaker named last.
    pub taken: bool,
    /// How certainly.
    pub certainty: Certainty,
    /// Whether it is said to be so, or not to be so.
    pub polarity: model::Polarity,
    /// Numbers of references.
    pub refs: Vec<u32>,
    /// Through whom it is told, the outermost first.
    pub chain: Vec<String>,
    /// The rule that found it.
    pub by: &'static str,
    /// The number of its origin.
    pub origin: usize,
    /// When the document was published, where it is known.
    pub published: Option<String>,
    /// Where it stands, in each document of the origin that has it.
    pub witnesses: Vec<Standing>,
}

impl Statement {
    /// How certainly it is said, in words. A "no" within the words themselves is told as such: what is asserted is the negative statement.
    pub fn stance(&self) -> &'static str {
        let negative = self.polarity == model::Polarity::Negative;
        let within = || {
            let words = self.words.to_lowercase();
            words
                .split(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'')
                .any(|word| NOES.contains(&word) || word.ends_with("n't") || word.ends_with("n’t"))
        };
        match self.certainty {
            Certainty::Asserted if negative => "asserted (a negative statement)",
            Certainty::Probable if negative => {
                if within() {
                    "probable (a negative statement)"
                } else {
                    "probably not so"
                }
            }
            Certainty::Possible if negative => {
                if within() {
                    "possible (a negative statement)"
                } else {
                    "possibly not so"
                }
            }
            certainty => certainty.word(),
        }
    }
}

/// Words by which a statement is negative in itself.
const NOES: &[&str] =
    &["no", "not", "nobody", "none", "never", "nothing", "nor", "neither", "nowhere", "without", "cannot"];

/// Statements of one speaker on a page of all.
const SHOWN: usize = 6;
/// Letters of a statement that are printed.
const LETTERS: usize = 400;
/// Bytes before a pronoun in which the speaker it stands for is sought.
const NEAR: usize = 700;

/// Bytes from the beginning of a sentence within which its subject is named.
const OPENS: usize = 60;

const PRONOUNS: &[&str] = &["he", "she", "they", "it", "who"];

impl SaysPage {
    /// The speakers of a case, so many at most, or the one asked for with everything said.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn of(case: &Case, asked: Option<&str>, limit: usize) -> Result<SaysPage> {
        let mut shelf = Shelf::of(case)?;
        let said = case.said()?;
        let (mentions, actors) = case.actors()?;
        let mut names: BTreeMap<DocId, Vec<(Span, usize)>> = BTreeMap::new();
        for (number, actor) in actors.iter().enumerate() {
            for at in &actor.mentions {
                names.entry(mentions[*at].document).or_default().push((mentions[*at].span, number));
            }
        }
        names.values_mut().for_each(|known| known.sort_unstable());
        let mut texts = Texts::of(case);
        let mut kinds: BTreeMap<DocId, [usize; 6]> = BTreeMap::new();
        let mut speakers: BTreeMap<(SourceKind, String), BTreeMap<(usize, String), Statement>> =
            BTreeMap::new();
        for rows in said.chunk_by(|a, b| a.0 == b.0) {
            let Some((document, origin, _)) = rows.first() else { continue };
            shelf.fetch(case, [*document])?;
            let published = shelf
                .get(*document)
                .and_then(|entry| entry.published.as_ref().map(|known| known.value.clone()));
            let number = shelf.origin_number(*origin);
            let empty = Vec::new();
            let named = names.get(document).unwrap_or(&empty);
            let mut spoken: Vec<Spoken> = Vec::new();
            let mut pending = Vec::new();
            let mut speakers_of: Vec<Option<String>> = Vec::new();
            for (_, _, row) in rows {
                let source = speaker(row, named, &actors, texts.text(*document)?);
                let class = match &source {
                    Some(Told::Actor(actor)) => Some(actors[*actor].class),
                    _ => None,
                };
                let mut told = source.map(|source| match source {
                    Told::Actor(actor) => actors[actor].name.clone(),
                    Told::Words(words) => words,
                });
                let cue = row.cue.first().map_or(row.content.hull().start(), |cue| cue.start());
                let mut taken = false;
                let pronoun = told
                    .as_ref()
                    .map(|name| name.to_lowercase())
                    .filter(|name| PRONOUNS.contains(&name.as_str()));
                if let Some(pronoun) = pronoun {
                    let text = texts.text(*document)?;
                    let before = meant(&pronoun, cue, &spoken, named, &actors, text);
                    taken = before.is_some();
                    told = before.or(told);
                } else if let Some(name) =
                    told.as_ref().filter(|_| matches!(row.kind, SourceKind::Named | SourceKind::Anonymous))
                {
                    spoken.push(Spoken { at: cue, name: name.clone(), class });
                }
                speakers_of.push(told.clone());
                let words = joined(texts.text(*document)?, &row.content.iter().collect::<Vec<_>>());
                let statement = Statement {
                    source: joined(texts.text(*document)?, &row.source),
                    taken,
                    certainty: row.certainty,
                    polarity: row.polarity,
                    refs: row.refs.clone(),
                    chain: Vec::new(),
                    by: row.by,
                    origin: number,
                    published: published.clone(),
                    witnesses: Vec::new(),
                    words,
                };
                pending.push((row.parent, statement, told, row.kind, *document, *origin, row.content.hull()));
            }
            for (parent, mut statement, told, kind, document, origin, hull) in pending {
                statement.chain = chain(rows, parent, &speakers_of);
                let words = folded(&statement.words);
                let name = told.unwrap_or_else(|| nobody(kind).to_owned());
                let standing = texts.place(document, hull)?;
                let own =
                    speakers.entry((kind, name)).or_default().entry((number, words)).or_insert(statement);
                // Copies count once, for each origin and kind of source.
                if own.witnesses.is_empty() {
                    kinds.entry(origin).or_default()[kind as usize] += 1;
                }
                // Said twice in one document it has one witness there.
                if own.witnesses.iter().all(|(known, ..)| *known != document) {
                    own.witnesses.push(standing);
                }
            }
        }
        let mut rows: Vec<SpeakerRow> = speakers
            .into_iter()
            .map(|((kind, name), statements)| {
                let mut statements: Vec<Statement> = statements.into_values().collect();
                statements.sort_by_cached_key(|one| {
                    (one.published.clone(), one.origin, one.witnesses.first().map(|first| first.1))
                });
                let origins = statements.iter().map(|one| one.origin).collect::<BTreeSet<_>>().len();
                SpeakerRow { name, kind, origins, statements }
            })
            .collect();
        rows.sort_by_cached_key(|row| {
            let named = matches!(row.kind, SourceKind::Named | SourceKind::Anonymous);
            (!named, std::cmp::Reverse((row.origins, row.statements.len())), row.name.clone())
        });
        if let Some(asked) = asked {
            let wanted = asked.to_lowercase();
            rows.retain(|row| {
                row.name.to_lowercase().contains(&wanted)
                    || row.statements.iter().any(|one| one.source.to_lowercase().contains(&wanted))
            });
        }
        let count = rows.len();
        rows.truncate(limit);
        let mut kinds: Vec<(usize, DocId, [usize; 6])> =
            kinds.into_iter().map(|(origin, counts)| (shelf.origin_number(origin), origin, counts)).collect();
        kinds.sort_unstable_by_key(|(number, ..)| *number);
        Ok(SaysPage {
            speakers: rows,
            count,
            kinds,
            asked: asked.map(str::to_owned),
            reach: Reach::of(case, "attribution")?,
            shelf,
        })
    }

    /// How far it is read, in words.
    pub fn coverage(&self) -> String {
        self.reach.words("Statements")
    }

    /// As a page.
    pub fn html(&self, links: Links) -> Markup {
        html! {
            (headed("Says", "who says what, on whose word"))
            p .lead {
                "Statements by the one on whose word they stand, with the certainty the text gives them; whether they are true is not asked. Copies count once. "
                "Found by rules over a parsed sentence: about half of what a careful reader marks is found, and of what is found a good half is marked so by a reader too."
            }
            p .coverage { (self.coverage()) " " (plural(self.count, "speaker")) @if self.count > self.speakers.len() { ", the first " (self.speakers.len()) " are shown" } "." }
            @if links == Links::Served {
                form .question action="/says" {
                    label for="who" { "What one of them says" }
                    input #who name="who" size="24" value=[&self.asked] ;
                    button { "Show" }
                }
            }
            @if self.asked.is_none() { (self.on_whose_word(links)) }
            @if self.speakers.is_empty() {
                p { @match &self.asked { Some(who) => { "No statement of “" (who) "” was found. That is no sign of silence: about half of all statements are missed." }, None => "No statement was found." } }
            }
            @for row in &self.speakers {
                article .point {
                    h2 .actor { (row.name) }
                    p .verdict { span .tag { (row.kind.word()) } " " (plural(row.statements.len(), "statement")) ", " (plural(row.origins, "origin")) "." }
                    ul .plain {
                        @let shown = if self.asked.is_some() { usize::MAX } else { SHOWN };
                        @for one in row.statements.iter().take(shown) { (self.statement(one, links)) }
                    }
                    @if row.statements.len() > shown {
                        @let more = plural(row.statements.len() - shown, "more statement");
                        p .by { @if links == Links::Served { a href=(format!("/says?who={}", encoded(&row.name))) { (more) } } @else { (more) } }
                    }
                }
            }
        }
    }

    fn statement(&self, one: &Statement, links: Links) -> Markup {
        html! {
            li {
                @if let Some((document, place, passage)) = one.witnesses.first() {
                    a .quote href=(links.words(*document, *place, *passage)) { (cut(&one.words)) }
                }
                " " span .by {
                    (one.stance())
                    @if !one.source.is_empty() { ", by “" (one.source) "”" }
                    @if one.taken { " (taken for the speaker named before)" }
                    @if !one.chain.is_empty() { ", told by " (one.chain.join(", told by ")) }
                    @for number in &one.refs { " [" (number) "]" }
                    @if let Some(date) = &one.published { ", " (date) }
                }
                " " span .sigil {
                    (letters(links, &self.shelf, &one.witnesses))
                }
            }
        }
    }

    /// For each origin, on whose word its statements stand.
    fn on_whose_word(&self, links: Links) -> Markup {
        html! {
            h2 { "On whose word" }
            div .wide {
                table {
                    thead { tr { th { "Origin" } @for kind in SourceKind::ALL { th .number { (kind.word()) } } } }
                    tbody {
                        @for (number, _, counts) in self.kinds.iter().take(40) {
                            tr {
                                th scope="row" .sigil { a href=(links.origin(*number)) { (self.shelf.sigils_of(*number)) } }
                                @for count in counts { td .number { (count) } }
                            }
                        }
                    }
                }
            }
            p .by { "Attributed statements by kind of source; what the author says flatly is not counted." }
        }
    }

    /// As JSON, one value a statement.
    pub fn json(&self) -> Vec<Value> {
        let statement = |row: &SpeakerRow, one: &Statement| {
            let witnesses: Vec<Value> = one
                .witnesses
                .iter()
                .map(|(document, place, _)| json!({"document": document.to_string(), "file": self.shelf.get(*document).map(|entry| &entry.file), "start": place.0, "end": place.1}))
                .collect();
            json!({
                "speaker": row.name, "kind": row.kind.word(), "source": one.source, "taken": one.taken, "text": one.words,
                "certainty": one.certainty.word(), "polarity": one.polarity.word(), "refs": one.refs, "chain": one.chain, "rule": one.by,
                "origin": one.origin, "published": one.published, "witnesses": witnesses,
            })
        };
        self.speakers
            .iter()
            .flat_map(|row| row.statements.iter().map(move |one| statement(row, one)))
            .collect()
    }
}

/// The first letters of a long statement.
fn cut(words: &str) -> String {
    match words.char_indices().nth(LETTERS) {
        Some((at, _)) => format!("{} …", words[..at].trim_end()),
        None => words.to_owned(),
    }
}

/// Words as copies share them: letters and digits in lower case, whatever stands between them.
fn folded(words: &str) -> String {
    let kept = |word: &&str| !word.is_empty();
    words.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(kept).collect::<Vec<_>>().join(" ")
}

/// The words of some spans on one line, without what would move a terminal's pen.
fn joined(text: &str, spans: &[Span]) -> String {
    let plain = |words: &str| {
        words
            .split(|c: char| c.is_whitespace() || c.is_control())
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let words: Vec<String> = spans.iter().filter_map(|span| span.get(text)).map(plain).collect();
    words.join(" … ")
}

/// Who a source is.
enum Told {
    Actor(usize),
    Words(String),
}

/// The actor that a source speaks of, else its words; `None` where it has none.
fn speaker(row: &Attribution, named: &[(Span, usize)], actors: &[Actor], text: &str) -> Option<Told> {
    row.source.first()?;
    let known = row.source.iter().find_map(|span| {
        let from = named.partition_point(|(known, _)| known.end() <= span.start());
        let inside = named[from..].iter().take_while(|(known, _)| known.start() < span.end());
        let meant = |(known, actor): &&(Span, usize)| {
            span.covers(*known) && case::is_meant(text, *span, *known, actors[*actor].class)
        };
        let found: Vec<&(Span, usize)> = inside.filter(meant).collect();
        let person = found.iter().rev().find(|(_, actor)| actors[*actor].class == NameClass::Person);
        person.or(found.first()).map(|(_, actor)| *actor)
    });
    Some(known.map_or_else(|| Told::Words(joined(text, &row.source)), Told::Actor))
}

/// A source that was met on the way through a document.
struct Spoken {
    /// Where its cue stands.
    at: usize,
    /// Its name or its words.
    name: String,
    /// What it is a name of, where it is one.
    class: Option<NameClass>,
}

/// Whom a pronoun at a cue means: somebody by name with whom the sentence before it opens, else the last source that it can stand for.
/// `None` = cannot tell.
fn meant(
    pronoun: &str,
    cue: usize,
    spoken: &[Spoken],
    named: &[(Span, usize)],
    actors: &[Actor],
    text: &str,
) -> Option<String> {
    let person = matches!(pronoun, "he" | "she");
    let near = |at: usize| at < cue && cue - at < NEAR;
    let last = spoken.iter().rev().filter(|one| near(one.at)).find(|one| match pronoun {
        "he" | "she" => one.class.is_none_or(|class| class == NameClass::Person),
        "it" => one.class != Some(NameClass::Person),
        _ => true,
    });
    if person {
        let own = text.get(..cue)?.rfind(['.', '!', '?', '\n']).map_or(0, |at| at + 1);
        let before = text.get(..own.saturating_sub(1))?;
        let from = before.rfind(['.', '!', '?', '\n']).map_or(0, |at| at + 1);
        let first = named.partition_point(|(known, _)| known.start() < from);
        let opens = named[first..].iter().take_while(|(known, _)| known.end() <= own);
        let mut opens = opens.filter(|(known, actor)| {
            known.start() < from + OPENS && actors[*actor].class == NameClass::Person
        });
        if let Some((known, actor)) = opens.next()
            && last.is_none_or(|last| last.at < known.start() || last.class.is_none())
        {
            return Some(actors[*actor].name.clone());
        }
    }
    last.map(|last| last.name.clone())
}

/// What stands for a speaker where there is none.
fn nobody(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Author => "the author",
        SourceKind::Nobody => "nobody",
        SourceKind::Evidence => "evidence",
        _ => "nobody named",
    }
}

/// Through whom a statement is told: the speakers of the statements that hold it, the outermost first.
fn chain(
    rows: &[(DocId, DocId, Attribution)],
    parent: Option<u32>,
    speakers: &[Option<String>],
) -> Vec<String> {
    let mut chain = Vec::new();
    let mut parent = parent;
    while let Some(at) = parent.map(|at| at as usize).filter(|at| *at < rows.len() && chain.len() < 5) {
        if let Some(Some(speaker)) = speakers.get(at) {
            chain.insert(0, speaker.clone());
        }
        parent = rows[at].2.parent;
    }
    chain
}
