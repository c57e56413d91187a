//! Singular and plural of English words, by their endings.

/// Singular of an English plural, by its ending: enough to make one key of two forms.
pub(crate) fn singular(word: &str) -> String {
    match word {
        "people" | "police" | "aircraft" | "series" | "news" | "km" => word.to_owned(),
        "men" => "man".to_owned(),
        "women" => "woman".to_owned(),
        "children" => "child".to_owned(),
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
