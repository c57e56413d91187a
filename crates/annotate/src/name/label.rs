//! The labels of words in names: outside, or the beginning or inside of a name of some class.

use model::NameClass;

/// Labels: 0 outside, then two for each class of names, its beginning and its inside.
pub(super) const LABELS: usize = 1 + 2 * NameClass::ALL.len();

/// The label of a word that begins (or goes on in) a name of a class.
pub(super) fn label(class: NameClass, inside: bool) -> usize {
    1 + 2 * class as usize + usize::from(inside)
}

/// The class of a label and whether it is the inside of a name; `None` outside names.
pub(super) fn class_of(label: usize) -> Option<(NameClass, bool)> {
    let at = label.checked_sub(1)?;
    NameClass::ALL.get(at / 2).map(|class| (*class, at % 2 == 1))
}

/// Whether a label may follow another: the inside of a name only behind its beginning or inside.
pub(super) fn follows(before: usize, label: usize) -> bool {
    match class_of(label) {
        Some((class, true)) => class_of(before).is_some_and(|(known, _)| known == class),
        _ => true,
    }
}
