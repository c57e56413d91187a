//! The documentation names everything there is: readers, extractors, exporters, addresses, commands, dependencies.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;
use std::process::Command;

/// A file of the project: cargo runs a test in the folder of its crate.
fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new("../..").join(path)).unwrap()
}

#[test]
fn everything_in_a_list_is_documented() {
    let commands = read("docs/commands.md");
    let named = |name: &str| {
        assert!(commands.contains(&format!("`{name}`")), "docs/commands.md does not name `{name}`")
    };
    read::READERS.iter().for_each(|reader| named(reader.name));
    annotate::EXTRACTORS.iter().for_each(|extractor| named(extractor.name));
    export::EXPORTERS.iter().for_each(|exporter| named(exporter.name));
    serve::ROUTES.iter().for_each(|(route, _)| named(route));
}

#[test]
fn every_command_is_documented_and_has_an_example() {
    let commands = read("docs/commands.md");
    let help = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_stemma")).args(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let all = help(&["--help"]);
    let listed =
        all.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names: Vec<&str> = listed
        .filter_map(|line| line.strip_prefix("  ")?.split(char::is_whitespace).next())
        .filter(|name| !name.is_empty())
        .collect();
    assert!(names.len() > 12, "{names:?}");
    for name in names {
        assert!(commands.contains(&format!("| `{name}` |")), "docs/commands.md does not list `{name}`");
        assert!(help(&[name, "--help"]).contains("Example"), "`stemma {name} --help` shows no example");
    }
}

#[test]
fn every_dependency_says_why() {
    let (manifest, reasons) = (read("Cargo.toml"), read("docs/dependencies.md"));
    let section = manifest.split("[workspace.dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    for line in section.lines().filter(|line| line.contains('=') && !line.contains("path =")) {
        let name = line.split([' ', '=']).next().unwrap();
        assert!(reasons.contains(name), "docs/dependencies.md does not say why {name}");
    }
}

#[test]
fn every_table_of_the_case_is_explained() {
    let format = read("docs/case-format.md");
    for line in read("crates/case/src/schema.sql")
        .lines()
        .filter(|line| line.starts_with("CREATE") && line.contains("TABLE"))
    {
        let name = line.split_whitespace().skip_while(|word| *word != "TABLE").nth(1).unwrap();
        assert!(format.contains(&format!("`{name}`")), "docs/case-format.md does not explain {name}");
    }
}
