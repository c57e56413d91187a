//! Forms of English words, by their endings.

/// Singular of an English plural, by its ending: enough to make one key of two forms.
pub(crate) fn singular(word: &str) -> String {
    match word {
        "people" | "police" | "aircraft" | "series" | "news" | "km" => word.to_owned(),
        "men" => "man".to_owned(),
        "women" => "woman".to_owned(),
        "children" => "child".to_owned(),
        "lives" | "wives" | "knives" => format!("{}fe", &word[..word.len() - 3]),
        _ if word.ends_with("men") && word.len() > 5 => format!("{}man", &word[..word.len() - 3]),
        _ if word.ends_with("ies") && word.len() > 4 => format!("{}y", &word[..word.len() - 3]),
        "viruses" | "buses" | "campuses" | "bonuses" | "statuses" | "censuses" | "choruses" | "minibuses" => {
            word[..word.len() - 2].to_owned()
        }
        _ if ["ches", "shes", "sses", "xes"].iter().any(|end| word.ends_with(end)) => {
            word[..word.len() - 2].to_owned()
        }
        _ if word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && word.len() > 3 => {
            word[..word.len() - 1].to_owned()
        }
        _ => word.to_owned(),
    }
}

/// Whether an English word looks like a plural noun.
pub(crate) fn is_plural(word: &str) -> bool {
    matches!(word, "people" | "men" | "women" | "children" | "police" | "aircraft" | "personnel")
        || word.ends_with("men") && word.len() > 5
        || word.ends_with('s')
            && !word.ends_with("ss")
            && !word.ends_with("us")
            && !word.ends_with("is")
            && word.len() > 3
}

/// Verbs of the next list that have a regular past beside the other: "showed".
const REGULAR_TOO: &[&str] = &["show", "learn", "spell"];

/// Past forms that no rule makes.
const IRREGULAR: &[(&str, &[&str])] = &[
    ("say", &["said"]),
    ("tell", &["told"]),
    ("think", &["thought"]),
    ("know", &["knew", "known"]),
    ("see", &["saw", "seen"]),
    ("hear", &["heard"]),
    ("feel", &["felt"]),
    ("find", &["found"]),
    ("understand", &["understood"]),
    ("write", &["wrote", "written"]),
    ("swear", &["swore", "sworn"]),
    ("teach", &["taught"]),
    ("seek", &["sought"]),
    ("spell", &["spelt"]),
    ("lay", &["laid"]),
    ("learn", &["learnt"]),
    ("show", &["shown"]),
    ("foresee", &["foresaw", "foreseen"]),
    ("read", &["read"]),
    ("put", &["put"]),
    ("forecast", &["forecast"]),
    ("withdraw", &["withdrew", "withdrawn"]),
    ("shoot", &["shot"]),
    ("cut", &["cut"]),
    ("shut", &["shut"]),
    ("burn", &["burnt", "burned"]),
    ("steal", &["stole", "stolen"]),
    ("blow", &["blew", "blown"]),
    ("take", &["took", "taken"]),
    ("retake", &["retook", "retaken"]),
    ("flee", &["fled"]),
    ("sink", &["sank", "sunk"]),
    ("begin", &["began", "begun"]),
    ("break", &["broke", "broken"]),
    ("set", &["set"]),
    ("overthrow", &["overthrew", "overthrown"]),
    ("buy", &["bought"]),
    ("slay", &["slew", "slain"]),
    ("hide", &["hid", "hidden"]),
    ("quit", &["quit"]),
    ("make", &["made"]),
    ("die", &["died", "dying"]),
    ("lead", &["led"]),
    ("undergo", &["underwent", "undergone"]),
    ("undertake", &["undertook", "undertaken"]),
    ("give", &["gave", "given"]),
    ("go", &["went", "gone"]),
    ("come", &["came"]),
    ("become", &["became"]),
    ("overcome", &["overcame"]),
    ("leave", &["left"]),
    ("get", &["got", "gotten"]),
    ("keep", &["kept"]),
    ("hold", &["held"]),
    ("uphold", &["upheld"]),
    ("bring", &["brought"]),
    ("stand", &["stood"]),
    ("withstand", &["withstood"]),
    ("lose", &["lost"]),
    ("meet", &["met"]),
    ("pay", &["paid"]),
    ("send", &["sent"]),
    ("sell", &["sold"]),
    ("speak", &["spoke", "spoken"]),
    ("spend", &["spent"]),
    ("run", &["ran"]),
    ("win", &["won"]),
    ("rise", &["rose", "risen"]),
    ("arise", &["arose", "arisen"]),
    ("fall", &["fell", "fallen"]),
    ("grow", &["grew", "grown"]),
    ("throw", &["threw", "thrown"]),
    ("draw", &["drew", "drawn"]),
    ("fly", &["flew", "flown"]),
    ("drive", &["drove", "driven"]),
    ("ride", &["rode", "ridden"]),
    ("choose", &["chose", "chosen"]),
    ("bear", &["bore", "born", "borne"]),
    ("catch", &["caught"]),
    ("fight", &["fought"]),
    ("build", &["built"]),
    ("rebuild", &["rebuilt"]),
    ("deal", &["dealt"]),
    ("forget", &["forgot", "forgotten"]),
    ("freeze", &["froze", "frozen"]),
    ("strike", &["struck", "stricken"]),
    ("swim", &["swam", "swum"]),
    ("wear", &["wore", "worn"]),
    ("tear", &["tore", "torn"]),
    ("wake", &["woke", "woken"]),
    ("bind", &["bound"]),
    ("bite", &["bit", "bitten"]),
    ("drink", &["drank", "drunk"]),
    ("eat", &["ate", "eaten"]),
    ("feed", &["fed"]),
    ("hang", &["hung"]),
    ("mean", &["meant"]),
    ("mistake", &["mistook", "mistaken"]),
    ("ring", &["rang", "rung"]),
    ("sit", &["sat"]),
    ("sleep", &["slept"]),
    ("slide", &["slid"]),
    ("stick", &["stuck"]),
    ("sweep", &["swept"]),
    ("swing", &["swung"]),
    ("weep", &["wept"]),
    ("mislead", &["misled"]),
    ("sing", &["sang", "sung"]),
    ("shake", &["shook", "shaken"]),
    ("spread", &["spread"]),
    ("lend", &["lent"]),
    ("bend", &["bent"]),
    ("cling", &["clung"]),
    ("creep", &["crept"]),
    ("dig", &["dug"]),
    ("forbid", &["forbade", "forbidden"]),
    ("shine", &["shone"]),
    ("spin", &["spun"]),
    ("oversee", &["oversaw", "overseen"]),
    ("undo", &["undid", "undone"]),
    ("rewrite", &["rewrote", "rewritten"]),
    ("hit", &["hit"]),
    ("hurt", &["hurt"]),
    ("split", &["split"]),
];

/// What the forms of one English word have in common, by their endings: "kill" of "killed", "kills" and "killing", "infect" of
/// "infection". No word of itself, and two words may have one.
pub fn base(word: &str) -> String {
    let lower = word.to_lowercase();
    let irregular = IRREGULAR.iter().find(|(_, past)| past.contains(&lower.as_str()));
    let mut base = irregular.map_or_else(|| singular(&lower), |(bare, _)| (*bare).to_owned());
    for (end, least) in [("ing", 3), ("ied", 3), ("ed", 3), ("ly", 4), ("ion", 4)] {
        let Some(rest) = base.strip_suffix(end).filter(|rest| rest.chars().count() >= least) else {
            continue;
        };
        base = if end == "ied" { format!("{rest}y") } else { rest.to_owned() };
        let mut letters = base.chars().rev();
        let doubled = letters.next().filter(|last| letters.next() == Some(*last));
        if doubled.is_some_and(|last| !matches!(last, 'l' | 's' | 'z') && last.is_ascii()) {
            base.pop();
        }
        break;
    }
    if base.chars().count() > 3 && base.ends_with('e') {
        base.pop();
    }
    base
}

/// Whether a word in lower case names a day of the week.
pub fn is_weekday(lower: &str) -> bool {
    matches!(lower, "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")
}

/// Whether a word names a month.
pub fn is_month(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
    )
}

/// Whether a word in lower case is a past form that no rule makes.
pub(crate) fn is_irregular_past(word: &str) -> bool {
    IRREGULAR.iter().any(|(bare, past)| past.contains(&word) && *bare != word)
}

/// The forms of an English verb by its bare form.
pub(crate) fn verb_forms(verb: &str) -> Vec<String> {
    let mut forms = vec![verb.to_owned()];
    let vowel = |byte: u8| b"aeiou".contains(&byte);
    let bytes = verb.as_bytes();
    let last = bytes.last().copied().unwrap_or(b' ');
    let before = bytes.len().checked_sub(2).map_or(b' ', |at| bytes[at]);
    let irregular = IRREGULAR.iter().find(|(bare, _)| *bare == verb);
    let (stem, cut) = (verb, &verb[..verb.len().saturating_sub(1)]);
    match last {
        b'e' => {
            forms.extend([format!("{stem}s"), format!("{stem}d"), format!("{cut}ing"), format!("{stem}ing")])
        }
        b'y' if !vowel(before) => {
            forms.extend([format!("{cut}ies"), format!("{cut}ied"), format!("{stem}ing")]);
        }
        b's' | b'x' | b'z' => forms.extend([format!("{stem}es"), format!("{stem}ed"), format!("{stem}ing")]),
        b'h' => {
            forms.extend([format!("{stem}es"), format!("{stem}s"), format!("{stem}ed"), format!("{stem}ing")])
        }
        _ => {
            forms.extend([format!("{stem}s"), format!("{stem}ed"), format!("{stem}ing")]);
            if vowel(before) && !vowel(last) {
                let last = char::from(last);
                forms.extend([format!("{stem}{last}ed"), format!("{stem}{last}ing")]);
            }
        }
    }
    if let Some((_, past)) = irregular {
        let regular = REGULAR_TOO.contains(&verb);
        forms
            .retain(|form| regular || !form.ends_with("ed") && (verb.ends_with('d') || !form.ends_with('d')));
        forms.extend(past.iter().map(|form| (*form).to_owned()));
    }
    forms
}
