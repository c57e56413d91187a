//! The program as a person meets it: what it prints, how it fails, with which code it ends.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;
use std::process::{Command, Output};

struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Desk {
        Desk(tempfile::tempdir().unwrap())
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Desk {
        std::fs::write(self.0.path().join(name), bytes).unwrap();
        self
    }

    fn stemma(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_stemma"))
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .unwrap()
    }

    /// What a command prints, its errors after it, and its exit code.
    fn check(&self, arguments: &[&str], code: i32, expected: &str) -> String {
        let output = self.stemma(arguments);
        let printed =
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {printed}");
        assert!(printed.contains(expected), "{arguments:?}: {expected:?} is not in {printed}");
        printed
    }
}

#[test]
fn the_demo_counts_origins() {
    let desk = Desk::new();
    let printed = desk.check(&["demo", "--case", "d.stemma"], 0, "5 documents, 4 origins");
    assert!(printed.contains("A=B   about 5,000–7,000"), "{printed}");
    desk.check(&["verify", "d.stemma"], 0, "everything fits");
    desk.check(&["origins", "d.stemma", "--json"], 0, "\"unobserved\":true");
    desk.check(&["compare", "d.stemma", "000", "001"], 0, "same\t");
    desk.check(&["search", "d.stemma", "\"state of emergency\""], 0, "000-strigunov-manoilo:");
    desk.check(&["why", "d.stemma", "004:40"], 1, "no row in this sentence");
    desk.check(&["sql", "d.stemma", "select count(*) as n from document"], 0, "n\n5");
    desk.check(&["sql", "d.stemma", "delete from document"], 1, "only questions");
    desk.check(&["report", "d.stemma", "-o", "r.html"], 0, "r.html written");
}

#[test]
fn places_of_lists_can_be_asked_about() {
    let desk = Desk::new();
    desk.write("a.txt", "The port was closed. Nine dockers died on 3 May 1985.");
    desk.check(&["add", "a.stemma", "a.txt"], 0, "1 document");
    desk.check(&["why", "a.stemma", "a.txt:40-50"], 0, "1985-05-03");
    desk.check(&["why", "a.stemma", "b.txt:40"], 1, "no document `b.txt`");
    desk.check(&["why", "a.stemma", "a.txt:x-50"], 1, "`x-50` is no offset");
}

#[test]
fn every_view_counts_a_copy_once() {
    let desk = Desk::new();
    desk.check(&["demo", "--case", "d.stemma"], 0, "");
    for line in desk.check(&["points", "d.stemma", "--json"], 0, "").lines() {
        let point: serde_json::Value = serde_json::from_str(line).unwrap();
        let readings = point["readings"].as_array().unwrap();
        // One value of one origin is one reading, whatever copies give it.
        let said = |reading: &serde_json::Value| (reading["origin"].clone(), reading["value"].clone());
        let twice = (1..readings.len())
            .any(|at| readings[..at].iter().any(|other| said(other) == said(&readings[at])));
        assert!(point["origins"].as_u64() >= Some(2) && !twice, "{line}");
    }
    let found = desk.check(&["search", "d.stemma", "gangsters", "--json"], 0, "");
    assert!(
        found.contains("001-color-revolution")
            && found.lines().filter(|line| line.contains("gangsters")).count() == 1,
        "{found}"
    );
}

#[test]
fn a_bad_file_is_listed_and_the_rest_is_added() {
    let desk = Desk::new();
    desk.write("good.txt", "Words of an account.").write("empty.txt", " \n").write("scan.pdf", b"%PDF-1.7");
    std::fs::create_dir(desk.0.path().join("heap")).unwrap();
    for name in ["good.txt", "empty.txt", "scan.pdf"] {
        std::fs::rename(desk.0.path().join(name), desk.0.path().join("heap").join(name)).unwrap();
    }
    let printed = desk.check(&["add", "x.stemma", "heap"], 1, "1 added, 2 refused; now 1 document, 1 origin");
    assert!(
        printed.contains("stemma: empty.txt: is empty") && printed.contains("stemma: scan.pdf: is a PDF"),
        "{printed}"
    );
    desk.check(&["add", "x.stemma", "heap/good.txt"], 0, "0 added, 1 known already");
}

#[test]
fn sources_beside_files_are_declared() {
    let desk = Desk::new();
    desk.write("a.txt", "Words.").write("sources.csv", "file,outlet,published\na.txt,The Daily,2022-01-05\n");
    desk.check(&["add", "x.stemma", "a.txt"], 0, "1 added");
    desk.check(
        &["sql", "x.stemma", "select outlet, published, published_from from document"],
        0,
        "The Daily\t2022-01-05\tdeclared",
    );
    desk.check(&["search", "x.stemma", "words", "--since", "2022-01-06"], 1, "nothing found");
    desk.check(
        &["set", "x.stemma", "a", "published=2022-01-07", "--why", "footer"],
        0,
        "published is 2022-01-07",
    );
    desk.check(&["search", "x.stemma", "words", "--since", "2022-01-06"], 0, "a:0-5:");
    desk.check(&["log", "x.stemma"], 0, "footer");
    desk.write("sources.csv", "file,published\na.txt,soon\n");
    desk.check(&["add", "x.stemma", "a.txt"], 1, "sources.csv: line 2: `soon` is not a date");
}

#[test]
fn errors_say_path_cause_and_what_to_do() {
    let desk = Desk::new();
    desk.write("words.txt", "Words.").write("empty.txt", "");
    desk.check(
        &["show", "none.stemma"],
        1,
        "none.stemma: no such case; make one with `stemma add none.stemma PATH…`",
    );
    desk.check(&["show", "words.txt"], 1, "words.txt: is no Stemma case");
    desk.check(&["add", "words.txt", "words.txt"], 1, "words.txt: is no Stemma case");
    desk.check(&["add", "x.stemma", "nowhere"], 1, "nowhere: cannot be read");
    desk.check(&["add", "x.stemma", "empty.txt"], 1, "nothing could be added; no case was made");
    assert!(!desk.0.path().join("x.stemma").exists());
    desk.check(&["add", "x.stemma", "words.txt"], 0, "1 added");
    desk.check(&["remove", "x.stemma", "other"], 1, "no document `other`");
    desk.check(&["search", "x.stemma", "\"open"], 64, "is opened and not closed");
    desk.check(&["no-such-command"], 64, "unrecognized subcommand");
    desk.check(&["origins", "x.stemma", "--share", "7"], 64, "is no share");
    desk.check(&["set", "x.stemma", "words", "colour=red"], 1, "`colour` cannot be set; fields are title");
}

#[test]
fn a_passage_is_traced_to_every_document_that_carries_it() {
    let desk = Desk::new();
    let words = "the council met on the fifth day and decided to close every road that leads into the valley";
    desk.write("b.txt", format!("As told later: {words}."))
        .write("a.txt", format!("Қ. {words}!"))
        .write("c.txt", "Other words.");
    desk.check(&["add", "x.stemma", "b.txt", "--published", "2022-01-02"], 0, "");
    desk.check(&["add", "x.stemma", "a.txt", "--published", "2022-01-05"], 0, "");
    desk.check(&["add", "x.stemma", "c.txt"], 0, "");
    desk.write("p.txt", words);
    let printed = desk.check(&["trace", "x.stemma", "p.txt"], 0, "2022-01-02\t1\tb:15-");
    assert!(printed.lines().nth(2).unwrap().starts_with("2022-01-05\t"), "{printed}");
    desk.check(&["trace", "x.stemma", "c.txt"], 1, "No shared text was found");
}

#[test]
fn a_corpus_gives_the_same_rows_in_any_order_and_in_little_memory() {
    let desk = Desk::new();
    let story =
        |of: usize| (0..80).map(|word| format!("w{of}x{}", word * 7 % 61)).collect::<Vec<_>>().join(" ");
    let mut lines: Vec<String> = (0..40)
        .map(|of| format!("{{\"id\":\"t{of:02}\",\"text\":\"{} “quoted” é {}\"}}", story(of), story(of / 3)))
        .collect();
    lines.push("no record".into());
    lines.push(format!("{{\"id\":\"twin\",\"text\":\"{} “quoted” é {}\"}}", story(7), story(2)));
    desk.write("a.jsonl", lines.join("\n"));
    let rows = |arguments: &[&str]| -> Vec<String> {
        let output = desk.stemma(arguments);
        assert_eq!(output.status.code(), Some(1), "a line was refused");
        assert!(String::from_utf8_lossy(&output.stderr).contains("line "), "{output:?}");
        String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
    };
    let all = rows(&["overlaps", "--all", "a.jsonl"]);
    assert!(all.len() > 20 && all.iter().any(|row| row.contains("\"b\":\"twin\"")), "{all:?}");
    assert_eq!(rows(&["overlaps", "--all", "--memory", "1K", "a.jsonl"]), all);
    assert_eq!(rows(&["overlaps", "--all", "--memory", "1K", "--work", "w", "a.jsonl"]), all);
    assert!(!desk.0.path().join("w").exists(), "the work folder is emptied");
    lines.reverse();
    desk.write("b.jsonl", lines.join("\n"));
    assert_eq!(rows(&["overlaps", "--all", "b.jsonl"]), all);
    desk.check(&["overlaps", "--memory", "much", "a.jsonl"], 64, "write a number and K, M or G");
}

#[test]
fn several_copies_are_laid_on_one_another_and_their_descent_is_told() {
    let desk = Desk::new();
    let words: Vec<String> = (0..120).map(|n| format!("word{n}")).collect();
    let (first, second) =
        (words.join(" "), words.join(" ").replace("word40", "other words").replace("word90 ", ""));
    let third = second.replace("word10", "less").replace("word70", "more of it");
    for (name, text, day) in
        [("a.txt", &first, "2022-01-02"), ("b.txt", &second, "2022-01-04"), ("c.txt", &third, "2022-01-06")]
    {
        desk.write(name, text);
        desk.check(&["add", "x.stemma", name, "--published", day], 0, "");
    }
    desk.check(&["compare", "x.stemma", "a", "b", "c"], 0, "word40\tother words\tother words");
    let printed = desk.check(&["origins", "x.stemma", "--json"], 0, "\"stemma\"");
    let page: serde_json::Value = serde_json::from_str(printed.lines().next().unwrap()).unwrap();
    let steps: Vec<(u64, u64)> = page["rows"][0]["stemma"]["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| (step["parent"].as_u64().unwrap(), step["child"].as_u64().unwrap()))
        .collect();
    let nodes = page["rows"][0]["stemma"]["nodes"].as_array().unwrap();
    let id = |name: &str| {
        desk.check(
            &["sql", "x.stemma", &format!("select printf('%012x', doc) from document where name = '{name}'")],
            0,
            "",
        )
        .lines()
        .nth(1)
        .unwrap()
        .to_owned()
    };
    let node = |name: &str| {
        let id = id(name);
        nodes.iter().position(|node| node["documents"].as_array().unwrap().iter().any(|d| *d == id)).unwrap()
            as u64
    };
    assert!(steps.contains(&(node("a"), node("b"))) && steps.contains(&(node("b"), node("c"))), "{printed}");
}

#[test]
fn a_copy_set_with_other_apostrophes_is_folded_and_long_questions_are_answered() {
    let desk = Desk::new();
    let words: Vec<String> = (0..60).map(|n| format!("word{n}")).collect();
    let story = format!("The interior ministry didn't say why. {} So it stayed closed.", words.join(" "));
    desk.write("a.txt", &story).write(
        "b.txt",
        story.replace('\'', "’").replace("word20 ", "word20 and other things that came between "),
    );
    desk.check(&["add", "x.stemma", "a.txt", "b.txt"], 0, "2 documents, 1 origin");
    for question in ["ministry", "closed", &format!("\"{}\"", words[25..].join(" "))] {
        desk.check(&["search", "x.stemma", question], 0, "1 hit in 2 documents, 1 origin");
    }
    desk.check(&["search", "x.stemma", &format!("{} zebra", words.join(" "))], 1, "nothing found");
    desk.check(&["search", "x.stemma", &vec!["many"; 200].join(" ")], 64, "more than 128 words");
}

#[test]
fn declared_languages_are_tags_and_the_same_bytes_in_two_formats_two_documents() {
    let desk = Desk::new();
    let record = |id: &str, language: &str| {
        format!("{{\"id\":\"{id}\",\"text\":\"Then 40 soldiers came.\",\"language\":\"{language}\"}}\n")
    };
    desk.write("l.jsonl", record("a", "en-US") + &record("b", "EN") + &record("c", "Volapuk"));
    desk.check(&["add", "x.stemma", "l.jsonl"], 0, "3 added");
    desk.check(
        &[
            "sql",
            "x.stemma",
            "select group_concat(language, ' ') from (select language from document where name < 'c')",
        ],
        0,
        "en en",
    );
    desk.check(&["sql", "x.stemma", "select text from warning"], 0, "`Volapuk` is no language tag");
    desk.write("w.md", "# Head\n\nWords.").write("w.txt", "# Head\n\nWords.");
    desk.check(&["add", "y.stemma", "w.md", "w.txt"], 0, "2 added; now 2 documents, 1 origin");
    desk.check(&["add", "z.stemma", "w.txt", "w.md"], 0, "2 added; now 2 documents, 1 origin");
    let ids = ["sql", "", "select group_concat(doc) from document"];
    let (y, z) = (desk.stemma(&[ids[0], "y.stemma", ids[2]]), desk.stemma(&[ids[0], "z.stemma", ids[2]]));
    assert_eq!(y.stdout, z.stdout);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_listed_and_waited_for_by_nobody() {
    let desk = Desk::new();
    let heap = desk.0.path().join("heap");
    std::fs::create_dir(&heap).unwrap();
    desk.write("heap/a.txt", "Words.")
        .write("heap/Sources.CSV", "file,outlet\na.txt,The Daily\ngone.txt,The Daily\n");
    assert!(Command::new("mkfifo").arg(heap.join("p")).status().unwrap().success());
    std::os::unix::fs::symlink(desk.0.path(), heap.join("up")).unwrap();
    let printed = desk.check(&["add", "x.stemma", "heap"], 1, "1 added, 3 refused");
    for told in ["p: is no file", "up: is a link to a folder", "names `gone.txt`, which is not there"] {
        assert!(printed.contains(told), "{printed}");
    }
    desk.check(&["sql", "x.stemma", "select outlet from document"], 0, "The Daily");
}

#[test]
fn a_report_is_never_written_over_a_case() {
    let desk = Desk::new();
    desk.write("a.txt", "Words.");
    desk.check(&["add", "x.stemma", "a.txt"], 0, "1 added");
    desk.check(&["report", "x.stemma", "-o", "x.stemma"], 1, "x.stemma: is a case or another database");
    desk.check(&["show", "x.stemma"], 0, "1 document, 1 origin");
}

#[test]
fn a_failed_correction_changes_nothing() {
    let desk = Desk::new();
    desk.write("a.txt", "Words.");
    desk.check(&["add", "x.stemma", "a.txt"], 0, "1 added");
    desk.check(&["set", "x.stemma", "a", "title=New", "published=soon"], 1, "is not a date");
    desk.check(&["sql", "x.stemma", "select count(*) from judgement"], 0, "\n0");
    desk.check(&["set", "x.stemma", "a", "title=New", "--json"], 0, "{\"document\"");
    desk.check(&["remove", "x.stemma", "a", "a"], 0, "1 document removed; now 0 documents, 0 origins");
}

#[test]
fn records_are_told_by_any_of_their_first_lines_and_a_bad_byte_spoils_one() {
    let desk = Desk::new();
    desk.write("j.txt", "{\"id\":\"a\"}\n{\"id\":\"b\",\"text\":\"Words one two.\"}\n");
    desk.check(&["add", "x.stemma", "j.txt"], 1, "1 added, 1 refused");
    let mut lines = "{\"id\":\"c\",\"text\":\"Протесты начались вечером.\"}\n".as_bytes().to_vec();
    lines.extend(b"{\"id\":\"d\",\"text\":\"bad \xd0 byte\"}\n");
    desk.write("k.jsonl", lines);
    desk.check(&["add", "x.stemma", "k.jsonl"], 0, "2 added");
    desk.check(&["search", "x.stemma", "протест"], 0, "c:0-8:");
    desk.check(&["sql", "x.stemma", "select name from warning join document using (doc)"], 0, "name\nd\n");
}

#[test]
fn two_programs_may_add_at_once() {
    let desk = Desk::new();
    for name in 0..20 {
        desk.write(&format!("{name}.txt"), format!("Words of account {name}."));
    }
    let add = || {
        let files: Vec<String> = (0..20).map(|name| format!("{name}.txt")).collect();
        let mut command = Command::new(env!("CARGO_BIN_EXE_stemma"));
        command.args(["add", "x.stemma"]).args(files).current_dir(desk.0.path()).spawn().unwrap()
    };
    let mut both = [add(), add(), add()];
    for one in &mut both {
        assert!(one.wait().unwrap().success());
    }
    desk.check(&["show", "x.stemma"], 0, "20 documents, 20 origins");
    desk.check(&["verify", "x.stemma"], 0, "everything fits");
}

#[test]
fn an_altered_byte_ends_with_two() {
    let desk = Desk::new();
    desk.write("a.txt", "Exactly 371 people were counted.");
    desk.check(&["add", "x.stemma", "a.txt"], 0, "1 added");
    let path = desk.0.path().join("x.stemma");
    let mut bytes = std::fs::read(&path).unwrap();
    let at = bytes.windows(10).position(|window| window == b"371 people").unwrap();
    bytes[at] = b'9';
    std::fs::write(&path, bytes).unwrap();
    desk.check(&["verify", "x.stemma"], 2, "1 fault found");
}

#[test]
fn annotate_speaks_code_points_and_echoes_ids() {
    let desk = Desk::new();
    desk.write("x.jsonl", "{\"id\":7,\"text\":\"Әр күні: 2,000 men.\",\"published\":\"\"}\nbroken\n{\"id\":\"b\",\"text\":\"on March 5\",\"dct\":null}\n");
    let output = desk.stemma(&["annotate", "x.jsonl"]);
    assert_eq!(output.status.code(), Some(1), "a refused line is told");
    let rows: Vec<serde_json::Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(
        (rows[0]["id"].as_str(), rows[0]["start"].as_u64(), rows[0]["end"].as_u64()),
        (Some("7"), Some(9), Some(14))
    );
    assert_eq!((rows[1]["id"].as_str(), rows[1]["edtf"].as_str()), (Some("b"), Some("XXXX-03-05")));
    desk.check(&["annotate", "--layer", "mood", "x.jsonl"], 1, "no layer `mood`");
}

#[test]
fn a_case_carries_no_path_of_this_machine() {
    let desk = Desk::new();
    std::fs::create_dir(desk.0.path().join("heap")).unwrap();
    desk.write("heap/a.txt", "Words of an account.");
    let heap = desk.0.path().join("heap");
    desk.check(&["add", "x.stemma", heap.to_str().unwrap()], 0, "1 added");
    let bytes = std::fs::read(desk.0.path().join("x.stemma")).unwrap();
    let folder: &Path = desk.0.path();
    let needle = folder.file_name().unwrap().as_encoded_bytes();
    assert!(!bytes.windows(needle.len()).any(|window| window == needle));
}

#[test]
fn places_lie_where_the_case_does_and_an_alias_holds() {
    let desk = Desk::new();
    desk.write(
        "a.txt",
        "Crowds gathered in Lublin on 5 March 2021. Warsaw rejected the demand. The Kiln burned.\n",
    );
    desk.write("b.txt", "On 6 March 2021 shops in Lublin and Zamosc were shut. Poland was quiet.\n");
    desk.check(&["add", "p.stemma", "a.txt", "b.txt"], 0, "2 documents");
    let row = |arguments: &[&str], name: &str| -> Option<serde_json::Value> {
        let output = desk.stemma(arguments);
        let printed = String::from_utf8(output.stdout).unwrap();
        printed
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
            .find(|row| row["name"] == name)
    };
    let lublin = row(&["places", "p.stemma", "--json"], "Lublin").unwrap();
    assert_eq!((lublin["origins"].as_u64(), lublin["first_day"].as_str()), (Some(2), Some("2021-03-05")));
    assert_eq!(row(&["places", "p.stemma", "--json"], "Warsaw").unwrap()["literal"], 0);
    let late = ["places", "p.stemma", "--since", "2021-03-06", "--json"];
    assert_eq!(row(&late, "Lublin").unwrap()["origins"], 1);
    desk.write("alias.csv", "name,means\nLublin,Krakow\n");
    desk.check(&["alias", "p.stemma", "alias.csv"], 0, "1 alias");
    desk.check(&["alias", "p.stemma", "alias.csv"], 0, "0 judgements added");
    assert!(row(&["places", "p.stemma", "--json"], "Lublin").is_none());
    desk.check(&["log", "p.stemma"], 0, "Krakow");
    desk.write("broken.csv", "what\nx\n");
    desk.check(&["alias", "p.stemma", "broken.csv"], 1, "broken.csv: line 1: no column `name`");
    let drawn = desk.check(&["export", "p.stemma", "geojson"], 0, "FeatureCollection");
    let drawn: serde_json::Value = serde_json::from_str(&drawn).unwrap();
    let features = drawn["features"].as_array().unwrap();
    assert!(
        features
            .iter()
            .all(|feature| feature["properties"]["class"] != "country" || feature["geometry"].is_null())
    );
    desk.check(&["verify", "p.stemma"], 0, "everything fits");
}

#[test]
fn a_timeline_counts_origins_with_and_without_a_case() {
    let desk = Desk::new();
    let record = |id: &str, text: &str, published: &str| {
        serde_json::json!({"id": id, "text": text, "published": published}).to_string() + "\n"
    };
    let wire = "The dam above the town broke on 3 May 2021. Nobody was hurt in the night.";
    let other = "A minister came to the dam on 5 May 2021, two days after it had failed.";
    let lines =
        [record("a", wire, "2021-05-04"), record("b", wire, "2021-05-04"), record("c", other, "2021-05-09")]
            .concat();
    desk.write("t.jsonl", lines);
    let printed = desk.check(&["timeline", "t.jsonl", "--json"], 0, "2021-05-03");
    let first: serde_json::Value = serde_json::from_str(printed.lines().next().unwrap()).unwrap();
    assert_eq!((first["documents"].as_u64(), first["origins"].as_u64()), (Some(2), Some(1)));
    desk.check(&["add", "t.stemma", "t.jsonl"], 0, "3 documents");
    let printed = desk.check(&["timeline", "t.stemma", "--json"], 0, "2021-05-05");
    let first: serde_json::Value = serde_json::from_str(printed.lines().next().unwrap()).unwrap();
    assert_eq!((first["date"].as_str(), first["origins"].as_u64()), (Some("2021-05-03"), Some(1)));
    desk.check(&["timeline", "nowhere.stemma"], 1, "nowhere.stemma");
}

#[test]
fn statements_stand_under_their_speakers_and_copies_once() {
    let desk = Desk::new();
    let told = "The harbour was shut on Monday. “We have no crane that still works,” said Mary Okafor, the harbour master. She denied the charges.\n";
    desk.write("a.txt", told).write("b.txt", format!("{told}Read more.\n"));
    desk.write(
        "c.txt",
        "According to Mary Okafor, the crane had allegedly been sold in the spring of that year.\n",
    );
    desk.check(&["add", "s.stemma", "a.txt", "b.txt", "c.txt"], 0, "3 documents");
    let printed = desk.check(&["says", "s.stemma", "Okafor", "--json"], 0, "no crane");
    let rows: Vec<serde_json::Value> =
        printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let crane: Vec<_> =
        rows.iter().filter(|row| row["text"].as_str().unwrap().contains("no crane")).collect();
    assert_eq!(crane.len(), 1, "{printed}");
    assert_eq!(crane[0]["certainty"], "asserted");
    desk.check(&["verify", "s.stemma"], 0, "everything fits");
}

/// The questions, verdicts and origins of the points of some files.
fn points_of(desk: &Desk, case: &str, files: &[(String, String)]) -> Vec<String> {
    let mut arguments = vec!["add", case];
    for (name, text) in files {
        desk.write(name, text);
        arguments.push(name);
    }
    desk.check(&arguments, 0, "");
    let printed = desk.check(&["points", case, "--json"], 0, "");
    let point = |line: &str| {
        let point: serde_json::Value = serde_json::from_str(line).unwrap();
        format!("{} {} {}", point["question"], point["verdict"], point["origins"])
    };
    let mut points: Vec<String> = printed.lines().filter(|line| line.starts_with('{')).map(point).collect();
    points.sort_unstable();
    points
}

#[test]
fn copies_change_no_point() {
    let desk = Desk::new();
    let one = "Some 40 sailors were killed when the ferry sank beside the lighthouse of Holmby. The harbour master was dismissed by the mayor on \
        March 3, 1984. The rescue was unplanned, and the fishermen of the village carried lanterns down to the shingle all night long.";
    let other = "At least 90 sailors were killed as the ferry sank off the lighthouse at Holmby. On March 9, 1984 the council dismissed the harbour \
        master. A committee of three judges has since heard the pilots, who blame the fog and a chart that nobody had corrected.";
    let mut files = vec![("a.txt".to_owned(), one.to_owned()), ("b.txt".to_owned(), other.to_owned())];
    let alone = points_of(&desk, "two.stemma", &files);
    assert!(alone.iter().any(|point| point.contains("sailors") && point.contains("conflict")), "{alone:?}");
    assert!(alone.iter().any(|point| point.contains("dismissed the harbour master")), "{alone:?}");
    for number in 0..12 {
        files.push((format!("copy{number}.txt"), format!("Copy {number} of the wire.\n\n{one}")));
    }
    assert_eq!(points_of(&desk, "many.stemma", &files), alone);
}

#[test]
fn two_towns_for_one_beginning_part() {
    let desk = Desk::new();
    let files = [
        ("a.txt".to_owned(), "The riots began in Bergen, the paper wrote.".to_owned()),
        (
            "b.txt".to_owned(),
            "It is known that the riots broke out in Oslo. People stayed at home.".to_owned(),
        ),
    ];
    let points = points_of(&desk, "two.stemma", &files);
    assert!(
        points.iter().any(|point| point.starts_with("\"Where did the protests begin?\" \"conflict\"")),
        "{points:?}"
    );
}

#[test]
fn rival_dates_stand_on_one_row_and_what_nobody_dates_gets_no_day() {
    let desk = Desk::new();
    desk.write("a.txt", "The harbour master Anna Holm was dismissed on March 3, 1984. The guards arrested Peter Lund.").write(
        "b.txt",
        "On March 9, 1984 Anna Holm was dismissed, which the whole town saw coming. Peter Lund was arrested by customs men.",
    );
    desk.check(&["add", "t.stemma", "a.txt", "b.txt"], 0, "");
    desk.check(&["timeline", "t.stemma", "--happenings"], 0, "[ 3 March 1984 | 9 March 1984 ]");
    let printed = desk.check(&["timeline", "t.stemma", "--happenings", "--json"], 0, "");
    let rows: Vec<serde_json::Value> =
        printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |name: &str| rows.iter().find(|row| row["question"].as_str().unwrap().contains(name)).unwrap();
    assert_eq!(of("Holm")["dates"].as_array().unwrap().len(), 2, "{printed}");
    assert_eq!(of("Lund")["dates"].as_array().unwrap().len(), 0, "{printed}");
    assert_eq!(of("Lund")["undated"].as_array().unwrap().len(), 2, "{printed}");
    desk.check(&["timeline", "a.txt", "--happenings"], 64, "happenings are read from a case");
}

#[test]
fn the_blamed_stand_against_the_origins_that_say_so_or_deny() {
    let desk = Desk::new();
    desk.write("a.txt", "Ruritania orchestrated the riots, people say.").write(
        "c.txt",
        "The paper of the next day: it is clear that Ruritania did not orchestrate the riots.",
    );
    desk.check(&["add", "b.stemma", "a.txt", "c.txt"], 0, "");
    let printed = desk.check(&["blame", "b.stemma", "--json"], 0, "");
    let row: serde_json::Value = serde_json::from_str(printed.lines().next().unwrap()).unwrap();
    let says: Vec<&str> =
        row["readings"].as_array().unwrap().iter().map(|one| one["says"].as_str().unwrap()).collect();
    assert!(says.contains(&"denied") && says.len() == 2, "{printed}");
    assert_eq!(row["verdict"], "conflict");
}

/// The points of a case of some accounts: question, verdict and values.
fn asked_of(accounts: &[&str]) -> Vec<(String, String, Vec<String>)> {
    let desk = Desk::new();
    let names: Vec<String> = (0..accounts.len()).map(|at| format!("{at}.txt")).collect();
    for (name, account) in names.iter().zip(accounts) {
        desk.write(name, account);
    }
    let mut add = vec!["add", "c.stemma"];
    add.extend(names.iter().map(String::as_str));
    desk.check(&add, 0, "");
    let printed = desk.check(&["points", "c.stemma", "--json"], 0, "");
    let rows = printed.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    rows.map(|row| {
        let words = |of: &serde_json::Value| of.as_str().map_or_else(|| of.to_string(), str::to_owned);
        let values = row["readings"].as_array().unwrap().iter().map(|one| words(&one["value"])).collect();
        (words(&row["question"]), words(&row["verdict"]), values)
    })
    .collect()
}

#[test]
fn a_denial_stands_against_what_it_denies() {
    let points = asked_of(&["Ruritania denied any role in the riots.", "Ruritania was behind the riots."]);
    let asked = points.iter().find(|(question, ..)| question == "Was Ruritania behind what happened?");
    let (_, verdict, values) = asked.unwrap();
    assert_eq!((verdict.as_str(), values.as_slice()), ("conflict", &["no".to_owned(), "yes".to_owned()][..]));
}

#[test]
fn a_toll_that_rises_from_day_to_day_is_no_conflict() {
    let told =
        |day: u8, words: &str| format!("The flood\n\nPublished: {day} March 2021\n\nThe death toll {words}.");
    let (first, last) = (told(12, "stood at 34"), told(14, "rose from 34 to 41"));
    assert_eq!(asked_of(&[&first, &last])[0].1, "compatible");
    let other = told(12, "stood at 52");
    assert_eq!(asked_of(&[&first, &other])[0].1, "conflict");
}

#[test]
fn the_day_of_the_saying_is_not_the_day_of_what_is_said() {
    let points = asked_of(&[
        "Tolley was arrested, his lawyer said on 12 March 2021.",
        "Tolley was arrested on 10 March 2021.",
    ]);
    assert!(points.iter().all(|(_, verdict, _)| verdict == "compatible"), "{points:?}");
}

#[test]
fn one_deed_told_of_two_days_parts() {
    let points = asked_of(&[
        "Two trains collided near Holm on 8 March 2021.",
        "The trains collided near Holm on 9 March 2021.",
    ]);
    assert!(points.iter().any(|(_, verdict, _)| verdict == "conflict"), "{points:?}");
}
