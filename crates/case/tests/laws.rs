//! The laws of a case: the order of adding changes nothing, grown equals built, removed equals never added,
//! and not one byte can be altered unseen.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use case::{Access, Case, Filters, Input, Query, SetField};
use model::DocId;
use proptest::prelude::*;
use read::Declared;
use std::path::{Path, PathBuf};

/// Sentences that accounts are put together from: some shared, some not, with numbers and dates.
const SENTENCES: &[&str] = &[
    "The ministry said on the evening of March 8 that 371 people were killed in the storm across the southern provinces.",
    "Witnesses on the main square counted about 40 soldiers and nobody could say from where they had come that night.",
    "The protests began on January 2 in the west, where workers had gathered outside the gates of the old refinery.",
    "A curfew was declared after the shops had been looted and the town hall had been burning for several hours already.",
    "Just over 3,500 guards landed at the harbour on March 9 and were driven to the depots along the northern road.",
    "“Nobody in the village believed the figures that were read out on the radio by a voice they had never heard before,” the teacher said.",
    "The railway to the capital stayed closed until the end of the week because the signal boxes had been destroyed.",
    "В ночь на пятое января в городе было объявлено чрезвычайное положение, и на улицы вышли тысячи людей.",
];

struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    fn new() -> Bench {
        Bench { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn case(&self, name: &str) -> Case {
        Case::open(&self.path(name), Access::Create).unwrap()
    }
}

fn input(name: usize, sentences: &[usize]) -> Input {
    let text: Vec<&str> = sentences.iter().map(|at| SENTENCES[at % SENTENCES.len()]).collect();
    Input {
        location: format!("{name:02}.txt"),
        bytes: text.join("\n").into_bytes(),
        declared: Declared {
            published: DAYS[sentences.iter().sum::<usize>() % DAYS.len()].map(str::to_owned),
            ..Declared::default()
        },
    }
}

/// When documents were published; documents of the same words on the same day.
const DAYS: [Option<&str>; 4] = [None, Some("2022-01-05"), Some("2022-01-09"), Some("2022-01")];

/// Everything a person could ask of a case, as rows; what depends on arrival is left out.
fn contents(case: &Case) -> Vec<Vec<Vec<Option<String>>>> {
    let questions = [
        "SELECT doc, text, hex(capture), part, name, title, byline, outlet, published, language, origin FROM document ORDER BY doc",
        "SELECT * FROM location ORDER BY doc, path",
        "SELECT * FROM passage ORDER BY doc, start",
        "SELECT * FROM notice ORDER BY doc, start, kind",
        "SELECT * FROM quantity ORDER BY doc, start",
        "SELECT * FROM time ORDER BY doc, start",
        "SELECT * FROM overlap ORDER BY a, b, a_start, b_start",
        "SELECT * FROM point ORDER BY kind, key",
        "SELECT text, hex(sha256), words, aligned FROM text ORDER BY text",
    ];
    questions.iter().map(|question| case.sql(question).unwrap().rows).collect()
}

fn build(bench: &Bench, name: &str, inputs: Vec<Input>) -> Case {
    let mut case = bench.case(name);
    case.add(inputs, |_| {}).unwrap();
    case
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_adding_changes_nothing_and_grown_equals_built(
        documents in proptest::collection::vec(proptest::collection::vec(0usize..8, 1..6), 1..12),
        order in any::<u64>(),
    ) {
        let bench = Bench::new();
        let inputs: Vec<Input> = documents.iter().enumerate().map(|(name, text)| input(name, text)).collect();
        let built = contents(&build(&bench, "built.stemma", inputs.clone()));
        let mut grown = bench.case("grown.stemma");
        let mut shuffled = inputs.clone();
        shuffled.sort_by_key(|input| model::CaptureId::of(format!("{order}{}", input.location).as_bytes()));
        for one in shuffled {
            grown.add(vec![one], |_| {}).unwrap();
        }
        prop_assert_eq!(&contents(&grown), &built);
        // Adding the same again changes nothing.
        let again = grown.add(inputs, |_| {}).unwrap();
        prop_assert_eq!(again.new, 0);
        prop_assert_eq!(&contents(&grown), &built);
        prop_assert_eq!(grown.verify().unwrap().faults, vec![]);
    }

    #[test]
    fn removed_equals_never_added(
        documents in proptest::collection::vec(proptest::collection::vec(0usize..8, 1..6), 2..10),
        which in 0usize..10,
    ) {
        let bench = Bench::new();
        let mut inputs: Vec<Input> = documents.iter().enumerate().map(|(name, text)| input(name, text)).collect();
        let which = which % inputs.len();
        let mut case = build(&bench, "all.stemma", inputs.clone());
        let gone = inputs.remove(which);
        // A twin of the same bytes is the same document: only one that is gone altogether can be compared.
        prop_assume!(inputs.iter().all(|other| other.bytes != gone.bytes));
        case.remove(case.find(gone.location.trim_end_matches(".txt")).unwrap()).unwrap();
        prop_assert_eq!(contents(&case), contents(&build(&bench, "without.stemma", inputs)));
    }
}

#[test]
fn a_round_up_of_five_texts_is_an_origin_of_its_own_in_any_order() {
    let bench = Bench::new();
    let words = |of: usize| (0..60).map(|word| format!("t{of}w{word}")).collect::<Vec<_>>().join(" ");
    let file = |name: &str, text: String| Input {
        location: name.to_owned(),
        bytes: text.into_bytes(),
        declared: Declared::default(),
    };
    let mut inputs: Vec<Input> = (0..5).map(|of| file(&format!("{of}.txt"), words(of))).collect();
    inputs.push(file("copy.txt", format!("{} as we hear", words(3))));
    inputs.push(file("round-up.txt", (0..5).map(words).collect::<Vec<_>>().join("\n\nAnd also this:\n\n")));
    let built = build(&bench, "built.stemma", inputs.clone());
    assert_eq!(built.counts().unwrap(), (7, 6));
    let mut grown = bench.case("grown.stemma");
    for one in inputs.into_iter().rev() {
        grown.add(vec![one], |_| {}).unwrap();
    }
    assert_eq!(contents(&grown), contents(&built));
    // Without the round-up, or without three of its texts, nothing else changes or all is one.
    grown.remove(grown.find("round-up").unwrap()).unwrap();
    assert_eq!(grown.counts().unwrap(), (6, 5));
}

#[test]
fn templates_are_counted_alike_however_they_came() {
    let bench = Bench::new();
    let own = |of: usize, words: usize| {
        (0..words).map(|word| format!("o{of}x{word}")).collect::<Vec<_>>().join(" ")
    };
    // Seventy texts carry one footer amid words of their own; every two of them share a passage besides.
    let inputs: Vec<Input> = (0..70)
        .map(|of| Input {
            location: format!("{of:02}.txt"),
            bytes: format!(
                "{} {} {} {}",
                own(of, 30),
                own(999, 40),
                own(1000 + of / 2, 40),
                own(500 + of, 30)
            )
            .into_bytes(),
            declared: Declared::default(),
        })
        .collect();
    let built = contents(&build(&bench, "built.stemma", inputs.clone()));
    let mut grown = build(&bench, "grown.stemma", inputs[..40].to_vec());
    for one in &inputs[40..] {
        grown.add(vec![one.clone()], |_| {}).unwrap();
    }
    assert_eq!(contents(&grown), built);
    for of in 0..30 {
        grown.remove(grown.find(&format!("{of:02}")).unwrap()).unwrap();
    }
    assert_eq!(contents(&grown), contents(&build(&bench, "less.stemma", inputs[30..].to_vec())));
}

#[test]
fn threads_change_nothing() {
    let bench = Bench::new();
    let inputs: Vec<Input> = (0..40).map(|name| input(name, &[name, name + 1, name * 3 + 2])).collect();
    let build_on = |threads: usize, name: &str| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| contents(&build(&bench, name, inputs.clone())))
    };
    assert_eq!(build_on(1, "one.stemma"), build_on(4, "four.stemma"));
}

#[test]
fn prints_that_become_too_frequent_take_their_pairs_with_them_in_any_order() {
    let bench = Bench::new();
    // Sixty texts share one sentence: more than a print may be held by. Each has words of its own around it.
    let own = |name: usize| (0..30).map(|word| format!("w{name}x{word}")).collect::<Vec<_>>().join(" ");
    let inputs: Vec<Input> = (0..60)
        .map(|name| Input {
            location: format!("{name:02}.txt"),
            bytes: format!("{}\n{}", SENTENCES[0], own(name)).into_bytes(),
            declared: Declared::default(),
        })
        .collect();
    let built = contents(&build(&bench, "built.stemma", inputs.clone()));
    let mut grown = build(&bench, "grown.stemma", inputs[..45].to_vec());
    for one in &inputs[45..] {
        grown.add(vec![one.clone()], |_| {}).unwrap();
    }
    assert_eq!(contents(&grown), built);
    for name in 40..60 {
        grown.remove(grown.find(&format!("{name:02}")).unwrap()).unwrap();
    }
    assert_eq!(contents(&grown), contents(&build(&bench, "forty.stemma", inputs[..40].to_vec())));
}

#[test]
fn a_story_in_more_copies_than_a_print_may_have_is_still_one_origin() {
    let bench = Bench::new();
    let inputs: Vec<Input> = (0..70)
        .map(|name| Input {
            location: format!("{name:02}.txt"),
            bytes: format!("{}\n{}\nEnding{name} by somebody{name}.", SENTENCES[0], SENTENCES[4])
                .into_bytes(),
            declared: Declared::default(),
        })
        .collect();
    let built = build(&bench, "built.stemma", inputs.clone());
    assert_eq!(built.counts().unwrap(), (70, 1));
    let mut grown = build(&bench, "grown.stemma", inputs[..40].to_vec());
    for one in &inputs[40..] {
        grown.add(vec![one.clone()], |_| {}).unwrap();
    }
    assert_eq!(contents(&grown), contents(&built));
    for name in [3, 11, 60, 42, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22] {
        grown.remove(grown.find(&format!("{name:02}")).unwrap()).unwrap();
    }
    assert_eq!(grown.counts().unwrap(), (49, 1));
}

fn alter(path: &Path, change: &str) {
    let db = rusqlite::Connection::open(path).unwrap();
    assert_eq!(db.execute(change, []).unwrap(), 1, "{change}");
}

#[test]
fn not_one_byte_is_altered_unseen() {
    let changes = [
        "UPDATE text SET body = replace(body, '371', '372') WHERE text = (SELECT min(text) FROM text)",
        "UPDATE quantity SET low = low + 1 WHERE doc IN (SELECT min(doc) FROM quantity)",
        "UPDATE passage SET kind = 'residue' WHERE doc IN (SELECT min(doc) FROM passage)",
        "UPDATE overlap SET a_end = a_end - 1",
        "DELETE FROM overlap",
        "UPDATE document SET origin = (SELECT max(doc) FROM document)",
        "UPDATE text SET words = words + 1",
        "UPDATE document SET language = 'kk' WHERE doc = (SELECT min(doc) FROM document)",
        "DELETE FROM document WHERE doc = (SELECT min(doc) FROM document)",
        "UPDATE capture SET bytes = zeroblob(length(bytes)) WHERE id = (SELECT min(id) FROM capture)",
    ];
    for change in changes {
        let bench = Bench::new();
        let case = build(&bench, "x.stemma", vec![input(0, &[0]), input(1, &[5, 0])]);
        assert_eq!(case.verify().unwrap().faults, []);
        case.close().unwrap();
        let path = bench.path("x.stemma");
        let db = rusqlite::Connection::open(&path).unwrap();
        db.execute_batch("PRAGMA foreign_keys = 0").unwrap();
        assert!(db.execute(change, []).unwrap() > 0, "{change}");
        drop(db);
        let faults = Case::open(&path, Access::Read).unwrap().verify().unwrap().faults;
        assert!(!faults.is_empty(), "{change}");
    }
}

#[test]
fn a_byte_altered_in_the_file_itself_is_seen() {
    let bench = Bench::new();
    build(&bench, "x.stemma", vec![input(0, &[0])]).close().unwrap();
    let path = bench.path("x.stemma");
    let mut bytes = std::fs::read(&path).unwrap();
    let at = bytes.windows(10).position(|window| window == b"371 people").unwrap();
    bytes[at] = b'2';
    std::fs::write(&path, bytes).unwrap();
    assert!(!Case::open(&path, Access::Read).unwrap().verify().unwrap().faults.is_empty());
}

#[test]
fn a_correction_is_a_judgement_that_cannot_be_changed() {
    let bench = Bench::new();
    let case = build(&bench, "x.stemma", vec![input(0, &[0]), input(1, &[7])]);
    let id: DocId = case.find("00").unwrap();
    case.set(id, &[(SetField::Published, "January 13, 2022")], "2026-01-01T00:00:00Z", "footer").unwrap();
    assert!(case.set(id, &[(SetField::Published, "soon")], "2026-01-01T00:00:00Z", "").is_err());
    let document = case.document(id).unwrap();
    assert_eq!(document.published.unwrap().value, "2022-01-13");
    assert_eq!(case.judgements().unwrap().len(), 1);
    assert_eq!(case.verify().unwrap().faults, []);
    case.close().unwrap();
    let db = rusqlite::Connection::open(bench.path("x.stemma")).unwrap();
    assert!(db.execute("UPDATE judgement SET value = '2022-01-14'", []).is_err());
    db.execute_batch("DROP TRIGGER judgement_is_never_changed").unwrap();
    alter(&bench.path("x.stemma"), "UPDATE judgement SET value = '2022-01-14'");
    assert_eq!(Case::open(&bench.path("x.stemma"), Access::Read).unwrap().verify().unwrap().faults.len(), 1);
}

#[test]
fn a_correction_of_the_language_reads_the_rows_again() {
    let bench = Bench::new();
    let case = build(&bench, "x.stemma", vec![input(0, &[0])]);
    let id = case.find("00").unwrap();
    assert!(!case.layers(id).unwrap().is_empty());
    case.set(id, &[(SetField::Language, "")], "2026-01-01T00:00:00Z", "").unwrap();
    assert_eq!(case.verify().unwrap().faults, []);
    case.set(id, &[(SetField::Language, "de")], "2026-01-01T00:00:00Z", "").unwrap();
    assert!(case.layers(id).unwrap().is_empty());
    assert_eq!(case.verify().unwrap().faults, []);
}

#[test]
fn the_same_words_of_two_outlets_are_two_documents_of_one_origin() {
    let bench = Bench::new();
    let declared = |outlet: &str| Declared { outlet: Some(outlet.into()), ..Declared::default() };
    let one = Input { declared: declared("One Daily"), ..input(0, &[0, 1]) };
    let other = Input { declared: declared("Other Daily"), ..input(1, &[0, 1]) };
    let case = build(&bench, "x.stemma", vec![one, other]);
    assert_eq!(case.counts().unwrap(), (2, 1));
    let found = case.search(&Query::parse("\"371 people\"").unwrap(), &Filters::default(), 10).unwrap();
    assert_eq!((found.hits.len(), found.hits[0].copies.len()), (1, 1), "a copy is no second voice");
    let filtered = Filters { outlet: Some("other daily".into()), ..Filters::default() };
    assert_eq!(case.search(&Query::parse("people").unwrap(), &filtered, 10).unwrap().hits[0].copies.len(), 0);
}

#[test]
fn the_same_bytes_in_two_places_are_one_document_with_two_locations() {
    let bench = Bench::new();
    let case = build(
        &bench,
        "x.stemma",
        vec![input(0, &[0]), Input { location: "copy/00.txt".into(), ..input(0, &[0]) }],
    );
    assert_eq!(case.counts().unwrap(), (1, 1));
    assert_eq!(case.locations(case.find("00").unwrap()).unwrap(), ["00.txt", "copy/00.txt"]);
}

#[test]
fn what_is_no_case_is_refused_and_left_alone() {
    let bench = Bench::new();
    let path = bench.path("x.txt");
    std::fs::write(&path, "an account").unwrap();
    for access in [Access::Read, Access::Write, Access::Create] {
        assert!(Case::open(&path, access).is_err());
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "an account");
    assert!(Case::open(&bench.path("none.stemma"), Access::Read).is_err());
}
