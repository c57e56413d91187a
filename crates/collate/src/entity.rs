//! Actors: the mentions of many documents that name one person or body.
//!
//! Names are joined where their own words meet: the same words, a part of them that fits one longer name alone, an
//! abbreviation that a text explains or whose letters one name alone begins with. Given names, forms of address and
//! countries that differ keep them apart. Every join carries its reason; nothing is joined by likeness of sound.

use crate::place::Alias;
use annotate::name::{NameKey, name_key};
use model::{DocId, NameClass, Span};
use std::collections::{BTreeMap, BTreeSet};

/// A name where it stands.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct ActorMention {
    /// Its document.
    pub document: DocId,
    /// The origin of the document: copies weigh once.
    pub origin: DocId,
    /// Where.
    pub span: Span,
    /// What it is a name of.
    pub class: NameClass,
    /// The words.
    pub words: String,
}

/// A short form and the full name it is explained with, in one document.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Explained {
    /// The document.
    pub document: DocId,
    /// The origin of the document.
    pub origin: DocId,
    /// The full name.
    pub full: String,
    /// The short form.
    pub short: String,
}

/// Why two forms name one actor.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Join {
    /// The same words, titles and spelling apart.
    Same,
    /// Part of a longer name, the only one it fits.
    Part,
    /// An abbreviation a text explains.
    Explained,
    /// An abbreviation spelled by the first letters of one name.
    Letters,
    /// An analyst says so.
    Alias,
}

impl Join {
    /// The reason in words.
    pub fn words(self) -> &'static str {
        match self {
            Join::Same => "the same words, titles and spelling apart",
            Join::Part => "part of one longer name",
            Join::Explained => "a text explains the short form",
            Join::Letters => "first letters of one name",
            Join::Alias => "an alias of this case",
        }
    }
}

/// One person or body, with the mentions that name it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Actor {
    /// Person or organisation, as most mentions have it.
    pub class: NameClass,
    /// Its fullest common form.
    pub name: String,
    /// Mentions, as indices into the list given.
    pub mentions: Vec<usize>,
    /// Forms that were joined to the name, with the reason.
    pub joins: BTreeMap<String, Join>,
}

/// Forms that name one actor for certain: the same words of the same country in the same class.
struct Form {
    class: NameClass,
    key: NameKey,
    mentions: Vec<usize>,
    documents: BTreeSet<DocId>,
    origins: BTreeSet<DocId>,
    titled: bool,
    /// The first letters of all its words, where the country it is of is one of them.
    letters: Option<String>,
}

/// The actors of these mentions, those most mentioned first. The order of the mentions has no effect but on the indices.
pub fn actors(mentions: &[ActorMention], explained: &[Explained], aliases: &[Alias]) -> Vec<Actor> {
    let shorts = explained_shorts(explained);
    let mut forms = forms(mentions, &shorts);
    let index = Index::of(&forms);
    let aliased = aliased(&forms, aliases);
    let join = |at: usize| {
        aliased
            .get(&at)
            .map(|to| (*to, Join::Alias))
            .or_else(|| short_of(&forms, &index, at, &shorts))
            .or_else(|| part_of(&forms, &index, at))
    };
    let mut joined: Vec<Option<(usize, Join)>> = (0..forms.len()).map(join).collect();
    // What an analyst says stands: a join of our own that leads back from it is let go.
    for (from, to) in &aliased {
        let mut at = *to;
        for _ in 0..forms.len() {
            match joined[at] {
                Some((next, join)) if next == *from && join != Join::Alias => {
                    joined[at] = None;
                    break;
                }
                Some((next, _)) => at = next,
                None => break,
            }
        }
    }
    // Follow each form to the end of its row of joins.
    let root = |mut at: usize| {
        let mut steps = 0;
        while let Some((to, _)) = joined[at].filter(|_| steps < forms.len()) {
            at = to;
            steps += 1;
        }
        at
    };
    let mut actors: BTreeMap<usize, Actor> = BTreeMap::new();
    let roots: Vec<usize> = (0..forms.len()).map(root).collect();
    for (at, form) in forms.iter_mut().enumerate() {
        let actor = actors.entry(roots[at]).or_insert_with(|| Actor {
            class: form.class,
            name: String::new(),
            mentions: Vec::new(),
            joins: BTreeMap::new(),
        });
        let join = joined[at].map_or(Join::Same, |(_, join)| join);
        for mention in &form.mentions {
            actor.joins.entry(mentions[*mention].words.clone()).or_insert(join);
        }
        actor.mentions.append(&mut form.mentions);
    }
    let mut actors: Vec<Actor> = actors.into_values().map(|actor| named(actor, mentions)).collect();
    actors.sort_by(|a, b| (b.mentions.len(), &a.name).cmp(&(a.mentions.len(), &b.name)));
    actors
}

/// One in so many origins must write a name before it is taken for the actor's: a word too many that one of a hundred puts before
/// a name is no part of it.
const WRITE_IT: usize = 20;

/// The name of an actor: of the forms with most words of its own that are no slip the one most origins write.
fn named(mut actor: Actor, mentions: &[ActorMention]) -> Actor {
    actor.mentions.sort_by_key(|at| (mentions[*at].document, mentions[*at].span));
    // Words of its own and origins that write it so: copies weigh once.
    let mut counts: BTreeMap<&str, (BTreeSet<DocId>, usize)> = BTreeMap::new();
    for at in &actor.mentions {
        let mention = &mentions[*at];
        let own = name_key(&mention.words, mention.class).words.len();
        let count = counts.entry(&mention.words).or_insert_with(|| (BTreeSet::new(), own));
        count.0.insert(mention.origin);
    }
    let all: BTreeSet<DocId> = counts.values().flat_map(|(origins, _)| origins.iter().copied()).collect();
    let writing = |least: usize| -> BTreeSet<DocId> {
        let forms = counts.values().filter(|(_, own)| *own >= least);
        forms.flat_map(|(origins, _)| origins.iter().copied()).collect()
    };
    let own: BTreeSet<usize> = counts.values().map(|(_, own)| *own).collect();
    let most = own.into_iter().rev().find(|own| writing(*own).len() * WRITE_IT >= all.len());
    let sound = counts.iter().filter(|(_, (_, own))| most.is_none_or(|most| *own <= most));
    // A person's name stands without titles where anybody writes it so.
    let person = actor.class == NameClass::Person;
    let best = sound.max_by_key(|(words, (origins, own))| {
        let bare = person && name_key(words, NameClass::Person).titles.is_empty();
        (*own, bare, origins.len(), std::cmp::Reverse(words.len()), std::cmp::Reverse(**words))
    });
    actor.name = best.map(|(words, _)| (*words).to_owned()).unwrap_or_default();
    actor
}

/// What forms are told apart by: class, words, country, form of address, document.
type FormKey = (NameClass, Vec<String>, Option<String>, Option<char>, Option<DocId>);

fn forms(mentions: &[ActorMention], shorts: &Shorts) -> Vec<Form> {
    let mut forms: BTreeMap<FormKey, Form> = BTreeMap::new();
    for (at, mention) in mentions.iter().enumerate() {
        let person = mention.class == NameClass::Person;
        let class = if person { NameClass::Person } else { NameClass::Organisation };
        let key = name_key(&mention.words, class);
        // A title, a mark: no name of anybody.
        if key.words.is_empty() {
            continue;
        }
        // Where somebody holds office is part of a bare family name with its title, and of nobody's full name.
        let bare = person && key.words.len() == 1;
        let country = key.country.clone().filter(|_| !person || bare);
        let address = key.address.filter(|_| bare);
        // A short form that texts explain in several ways is one thing in each of them.
        let several = |short: &String| shorts.get(short).is_some_and(|full| full.len() > 1);
        let own = key.short.as_ref().filter(|short| several(short)).map(|_| mention.document);
        let form = forms.entry((class, key.words.clone(), country, address, own)).or_insert_with(|| Form {
            class,
            key: NameKey { short: None, ..key.clone() },
            mentions: Vec::new(),
            documents: BTreeSet::new(),
            origins: BTreeSet::new(),
            titled: false,
            letters: None,
        });
        // "Norwegian Harbour Board" is of Norway, and NHB for short all the same.
        if !person && key.country.is_some() {
            let letters = capitals(&mention.words);
            form.letters = Some(form.letters.take().map_or(letters.clone(), |known| known.min(letters)));
        }
        // The order of the mentions plays no part: of several the least.
        form.key.short = match (form.key.short.take(), key.short) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        form.titled |= !key.titles.is_empty();
        form.mentions.push(at);
        form.documents.insert(mention.document);
        form.origins.insert(mention.origin);
    }
    forms.into_values().collect()
}

/// The first letters of the words of a name that begin with a capital, in lower case.
fn capitals(words: &str) -> String {
    let first = words.split_whitespace().filter_map(|word| word.chars().next());
    first.filter(|c| c.is_uppercase()).flat_map(char::to_lowercase).collect()
}

type Shorts = BTreeMap<String, BTreeMap<(Vec<String>, Option<String>), BTreeSet<(DocId, DocId)>>>;

fn explained_shorts(explained: &[Explained]) -> Shorts {
    let mut shorts = Shorts::new();
    for one in explained {
        let key = name_key(&one.full, NameClass::Organisation);
        let short = annotate::place_key(&one.short).replace(' ', "");
        shorts
            .entry(short)
            .or_default()
            .entry((key.words, key.country))
            .or_default()
            .insert((one.document, one.origin));
    }
    shorts
}

/// Forms that an alias joins to another: that of the full name, else the first under the same alias. No row of joins leads
/// back to where it began: of aliases in a ring the last joins nothing.
fn aliased(forms: &[Form], aliases: &[Alias]) -> BTreeMap<usize, usize> {
    let mut of_words: BTreeMap<(NameClass, Vec<String>), Vec<usize>> = BTreeMap::new();
    for (at, form) in forms.iter().enumerate() {
        of_words.entry((form.class, form.key.words.clone())).or_default().push(at);
    }
    let of_name = |name: &str| -> Vec<usize> {
        let classes = [NameClass::Person, NameClass::Organisation];
        let known = |class| of_words.get(&(class, name_key(name, class).words)).cloned();
        classes.into_iter().filter_map(known).flatten().collect()
    };
    let mut joined: BTreeMap<usize, usize> = BTreeMap::new();
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for alias in aliases {
        let to = of_name(&alias.means).first().copied();
        for at in of_name(&alias.name) {
            let to = to.unwrap_or(*first.entry(&alias.means).or_insert(at));
            let end = std::iter::successors(Some(to), |at| joined.get(at).copied()).last();
            if end != Some(at) && !joined.contains_key(&at) {
                joined.insert(at, to);
            }
        }
    }
    joined
}

/// Where forms are found: by each of their words, and by their first letters.
struct Index {
    words: BTreeMap<String, Vec<usize>>,
    letters: BTreeMap<String, Vec<usize>>,
    /// Forms of address and countries that stand with the same bare name.
    addresses: BTreeMap<Vec<String>, BTreeSet<char>>,
    countries: BTreeMap<Vec<String>, BTreeSet<String>>,
}

impl Index {
    fn of(forms: &[Form]) -> Index {
        let mut index = Index {
            words: BTreeMap::new(),
            letters: BTreeMap::new(),
            addresses: BTreeMap::new(),
            countries: BTreeMap::new(),
        };
        for (at, form) in forms.iter().enumerate() {
            if form.class == NameClass::Person && form.key.words.len() == 1 {
                index.addresses.entry(form.key.words.clone()).or_default().extend(form.key.address);
                index.countries.entry(form.key.words.clone()).or_default().extend(form.key.country.clone());
            }
            for word in form.key.words.iter().filter(|word| word.chars().count() > 1) {
                index.words.entry(word.clone()).or_default().push(at);
            }
            if form.class != NameClass::Person && form.key.words.len() > 1 {
                let letters = form.key.words.iter().filter_map(|word| word.chars().next()).collect();
                index.letters.entry(letters).or_default().push(at);
            }
            if let Some(letters) = form.letters.clone().filter(|letters| letters.chars().count() > 1) {
                index.letters.entry(letters).or_default().push(at);
            }
        }
        index
    }

    /// Forms that share the rarest of these words, in order.
    fn sharing(&self, words: &[String]) -> &[usize] {
        let lists = words.iter().filter_map(|word| self.words.get(word));
        lists.min_by_key(|list| list.len()).map_or(&[], Vec::as_slice)
    }
}

/// The form an abbreviation stands for.
fn short_of(forms: &[Form], index: &Index, at: usize, shorts: &Shorts) -> Option<(usize, Join)> {
    let form = &forms[at];
    let short = form.key.short.as_ref()?;
    if form.class == NameClass::Person {
        return None;
    }
    let fits = |key: &NameKey, country: &Option<String>| {
        let apart = |a: &Option<String>, b: &Option<String>| a.is_some() && b.is_some() && a != b;
        !apart(&key.country, country) && !apart(&form.key.country, &key.country)
    };
    let find = |words: &Vec<String>, country: &Option<String>| {
        let mut exact: Option<usize> = None;
        for other in index.sharing(words).iter().copied().filter(|other| *other != at) {
            let known = &forms[other];
            if known.class == form.class && &known.key.words == words && fits(&known.key, country) {
                let better = exact.is_none_or(|held| forms[held].origins.len() < known.origins.len());
                exact = if better { Some(other) } else { exact };
            }
        }
        exact
    };
    if let Some(full) = shorts.get(short) {
        // What the documents of the mention say themselves comes first; where texts differ nothing else counts.
        let own: Vec<_> = full
            .iter()
            .filter(|(_, said)| said.iter().any(|(document, _)| form.documents.contains(document)))
            .collect();
        let all = if own.is_empty() && full.len() == 1 { full.iter().collect() } else { own };
        let origins = |said: &BTreeSet<(DocId, DocId)>| {
            said.iter().map(|(_, origin)| *origin).collect::<BTreeSet<DocId>>().len()
        };
        let best = all
            .iter()
            .max_by_key(|((words, country), said)| (origins(said), std::cmp::Reverse((words, country))));
        match best {
            Some(((words, country), _)) => {
                if let Some(found) = find(words, country) {
                    return Some((found, Join::Explained));
                }
            }
            None => return None,
        }
    }
    let spelled: BTreeSet<usize> = [annotate::name::fold_spelling(short), short.clone()]
        .iter()
        .filter_map(|letters| index.letters.get(letters))
        .flatten()
        .copied()
        .filter(|other| *other != at && fits(&forms[*other].key, &form.key.country))
        // Two letters fit too many names: some text must have both.
        .filter(|other| short.chars().count() > 2 || !forms[*other].documents.is_disjoint(&form.documents))
        .collect();
    let first = *spelled.first()?;
    // Two names with these letters: cannot tell, unless they are the same words of another country's.
    let same = spelled.iter().all(|other| forms[*other].key.words == forms[first].key.words);
    same.then_some((first, Join::Letters))
}

/// The one longer name that holds all the words of this one.
fn part_of(forms: &[Form], index: &Index, at: usize) -> Option<(usize, Join)> {
    let form = &forms[at];
    let words = &form.key.words;
    if words.is_empty() {
        return None;
    }
    let person = form.class == NameClass::Person;
    let longer = |other: &usize| {
        let known = &forms[*other];
        if *other == at || known.class != form.class {
            return false;
        }
        if person {
            let office = form.titled && words.len() == 1 && !known.titled;
            let letters = |words: &[String]| words.iter().map(String::len).sum::<usize>();
            let apart = match (&form.key.address, &known.key.address) {
                (Some(a), Some(b)) => a != b,
                (Some(_), None) => index.addresses.get(words).is_some_and(|held| held.len() > 1),
                _ => false,
            };
            let abroad = matches!((&form.key.country, &known.key.country), (Some(a), Some(b)) if a != b)
                && words.len() == 1;
            let longer = letters(&known.key.words) > letters(words) && is_within(words, &known.key.words);
            let bare = words.len() == 1
                && known.key.words == *words
                && (form.key.country.is_some() && known.key.country.is_none()
                    || form.key.address.is_some() && known.key.address.is_none());
            // Many bear one given name: alone it means whom its own texts name in full.
            let given = words.len() == 1 && !form.titled && known.key.words.last() != words.last();
            if given && known.documents.is_disjoint(&form.documents) {
                return false;
            }
            (longer || bare && index.countries.get(words).is_none_or(|held| held.len() < 2))
                && !office
                && !apart
                && !abroad
        } else {
            // The same body with and without its country.
            known.key.words == *words && form.key.country.is_none() && known.key.country.is_some()
        }
    };
    let all: Vec<usize> = index.sharing(words).iter().copied().filter(longer).collect();
    let near: Vec<usize> =
        all.iter().copied().filter(|other| !forms[*other].documents.is_disjoint(&form.documents)).collect();
    let candidates = if near.is_empty() { all } else { near };
    let best = *candidates.iter().max_by_key(|other| {
        let known = &forms[**other];
        // Family names come last; a name that is only the beginning of another is a weaker sign.
        let last = known.key.words.last() == words.last();
        (last, known.origins.len(), known.key.words.len(), std::cmp::Reverse(**other))
    })?;
    // Two people of one family name in the same texts: cannot tell, unless one is a longer form of the other.
    let rival = candidates.iter().any(|other| {
        let (a, b) = (&forms[*other].key, &forms[best].key);
        let same = if person {
            is_within(&a.words, &b.words) || is_within(&b.words, &a.words)
        } else {
            a.country == b.country
        };
        let last = a.words.last() == words.last() || b.words.last() != words.last();
        *other != best && !same && last && forms[*other].origins.len() * 4 > forms[best].origins.len()
    });
    (!rival).then_some((best, Join::Part))
}

/// Whether all words stand in the longer name in their order; an initial stands for any word it begins.
fn is_within(words: &[String], longer: &[String]) -> bool {
    let mut rest = longer.iter();
    words.iter().all(|word| {
        rest.any(|known| {
            let initial = word.chars().count() == 1 || known.chars().count() == 1;
            known == word || initial && known.chars().next() == word.chars().next()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(mentions: &[(i64, &str, NameClass)], explained: &[(&str, &str)]) -> Vec<Vec<String>> {
        let id = |n| DocId::from_number(n).unwrap();
        let mentions: Vec<ActorMention> = mentions
            .iter()
            .enumerate()
            .map(|(at, (document, words, class))| ActorMention {
                document: id(*document),
                origin: id(*document),
                span: Span::new(at, at + 1),
                class: *class,
                words: (*words).to_owned(),
            })
            .collect();
        let explained: Vec<Explained> = explained
            .iter()
            .map(|(full, short)| Explained {
                document: id(1),
                origin: id(1),
                full: (*full).into(),
                short: (*short).into(),
            })
            .collect();
        actors(&mentions, &explained, &[])
            .iter()
            .map(|actor| actor.mentions.iter().map(|at| mentions[*at].words.clone()).collect())
            .collect()
    }

    #[test]
    fn titles_parts_and_spellings_are_one_person() {
        use NameClass::Person;
        let found = of(
            &[
                (1, "Prime Minister Sergey Volkov", Person),
                (1, "Volkov", Person),
                (2, "Mr. Volkov", Person),
                (2, "S. Volkov", Person),
                (2, "Sergei Volkov", Person),
            ],
            &[],
        );
        assert_eq!(found.len(), 1, "{found:?}");
    }

    #[test]
    fn two_of_one_family_name_stay_two() {
        use NameClass::Person;
        let found = of(&[(1, "Ann Marsh", Person), (1, "Paul Marsh", Person), (1, "Marsh", Person)], &[]);
        assert_eq!(found.len(), 3, "{found:?}");
        let found = of(&[(1, "Paul Marsh", Person), (1, "President Marsh", Person)], &[]);
        assert_eq!(found.len(), 2, "{found:?}");
    }

    #[test]
    fn what_tells_people_apart_keeps_them_apart() {
        use NameClass::{Organisation, Person};
        let found = of(&[(1, "Mr. Marsh", Person), (1, "Mrs. Marsh", Person), (1, "Ann Marsh", Person)], &[]);
        assert_eq!(found.len(), 3, "{found:?}");
        let found =
            of(&[(1, "Norwegian President Marsh", Person), (2, "Peruvian President Marsh", Person)], &[]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(of(&[(1, "Mr.", Person), (1, "†", Organisation)], &[]).len(), 0);
    }

    #[test]
    fn the_order_of_mentions_plays_no_part() {
        use NameClass::Organisation;
        let names = ["UN", "U.N.", "United Nations"];
        for order in [[0, 1, 2], [1, 0, 2], [2, 1, 0]] {
            let mentions: Vec<_> = order.iter().map(|at| (1, names[*at], Organisation)).collect();
            assert_eq!(of(&mentions, &[]).len(), 1, "{order:?}");
        }
    }

    #[test]
    fn abbreviations_meet_their_names() {
        use NameClass::Organisation;
        let found = of(
            &[
                (1, "State Harbour Police of Norway", Organisation),
                (1, "HMP", Organisation),
                (2, "SHP", Organisation),
                (2, "the State Harbour Police", Organisation),
                (2, "the State Harbour Police of Peru", Organisation),
            ],
            &[("State Harbour Police", "HMP")],
        );
        assert_eq!(found[0].len(), 4, "{found:?}");
    }

    #[test]
    fn a_country_in_a_name_has_its_letter() {
        const ORGANISATION: NameClass = NameClass::Organisation;
        let found = of(&[(1, "NHB", ORGANISATION), (2, "Norwegian Harbour Board", ORGANISATION)], &[]);
        assert_eq!(found, [vec!["NHB".to_owned(), "Norwegian Harbour Board".to_owned()]]);
    }

    #[test]
    fn a_given_name_or_two_letters_join_nobody_of_another_text() {
        let people = [(1, "Mohamed", NameClass::Person), (2, "Mohamed Elgoran", NameClass::Person)];
        assert_eq!(of(&people, &[]).len(), 2);
        let same = [(1, "Mohamed", NameClass::Person), (1, "Mohamed Elgoran", NameClass::Person)];
        assert_eq!(of(&same, &[]).len(), 1);
        let family = [(1, "Elgoran", NameClass::Person), (2, "Mohamed Elgoran", NameClass::Person)];
        assert_eq!(of(&family, &[]).len(), 1);
        let papers = [(1, "EU", NameClass::Organisation), (2, "El Universal", NameClass::Organisation)];
        assert_eq!(of(&papers, &[]).len(), 2);
    }

    #[test]
    fn aliases_join_and_a_ring_of_them_does_not_turn() {
        let named = |names: &[&str], aliases: &[(&str, &str)]| -> Vec<(String, usize)> {
            let id = DocId::from_number(1).unwrap();
            let mention = |(at, words): (usize, &&str)| ActorMention {
                document: id,
                origin: id,
                span: Span::new(at * 20, at * 20 + 10),
                class: NameClass::Person,
                words: (*words).to_owned(),
            };
            let mentions: Vec<ActorMention> = names.iter().enumerate().map(mention).collect();
            let aliases: Vec<Alias> = aliases
                .iter()
                .map(|(name, means)| Alias { name: (*name).into(), means: (*means).into() })
                .collect();
            actors(&mentions, &[], &aliases)
                .into_iter()
                .map(|actor| (actor.name, actor.mentions.len()))
                .collect()
        };
        let one = named(&["Ada Okafor", "Okafor", "Lena Brandt"], &[("Ada Okafor", "Okafor")]);
        assert_eq!(one.iter().map(|(_, count)| *count).max(), Some(2), "{one:?}");
        assert_eq!(named(&["Ada Okafor", "Lena Brandt"], &[("Lena Brandt", "Ada Okafor")]).len(), 1);
        let ring = [("Ada Okafor", "Lena Brandt"), ("Lena Brandt", "Tom Reyes"), ("Tom Reyes", "Ada Okafor")];
        assert_eq!(named(&["Ada Okafor", "Lena Brandt", "Tom Reyes"], &ring).len(), 1);
    }
}
