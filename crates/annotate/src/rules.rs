//! Rule files: what each rule is for, and the examples it must find and ignore.

use serde::Deserialize;
use std::sync::LazyLock;

/// A rule as its file describes it.
#[derive(Clone, Debug, Deserialize)]
pub struct Rule {
    /// Its id, as rows carry it.
    pub id: String,
    /// What it does.
    pub about: String,
    /// Examples, as `words = value`.
    pub finds: Vec<String>,
    /// Words in which it must find nothing.
    pub ignores: Vec<String>,
}

#[derive(Deserialize)]
struct RuleFile {
    rule: Vec<Rule>,
}

#[derive(Deserialize)]
pub(crate) struct Classes {
    pub(crate) classes: Vec<Vec<String>>,
    #[serde(default)]
    pub(crate) fates: Vec<String>,
}

impl Classes {
    /// Reads a table of word classes that ships with the program.
    pub(crate) fn read(file: &str) -> Classes {
        toml::from_str(file).expect("a table of word classes that ships with the program is valid")
    }

    /// With the classes of another table, such as that of another language.
    pub(crate) fn with(mut self, other: Classes) -> Classes {
        self.classes.extend(other.classes);
        self.fates.extend(other.fates);
        self
    }

    /// The class a word belongs to.
    pub(crate) fn class_of(&self, word: &str) -> Option<&str> {
        let class = self.classes.iter().find(|class| class[1..].iter().any(|member| member == word))?;
        Some(&class[0])
    }
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let read = |file: &str| {
        toml::from_str::<RuleFile>(file).expect("a rule file that ships with the program is valid").rule
    };
    let files = crate::EXTRACTORS.iter().map(|extractor| extractor.rules).chain([crate::hedge::RULES]);
    files.flat_map(read).collect()
});

/// All rules of all extractors and of hedges.
pub fn rules() -> &'static [Rule] {
    &RULES
}

/// The rule of this id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}
