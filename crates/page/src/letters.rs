//! The short names of documents as every page prints them: copies of one origin joined by "=", each leading to its own words.

use crate::texts::Standing;
use crate::{Links, Shelf};
use maud::{Markup, html};

/// Those who have some words: "A=B", each a link to the words as that document has them.
pub(crate) fn letters(links: Links, shelf: &Shelf, witnesses: &[Standing]) -> Markup {
    html! {
        @for (at, (document, chars, passage)) in witnesses.iter().enumerate() {
            @if at > 0 { "=" }
            a href=(links.words(*document, *chars, *passage)) title=[Some(shelf.heading(*document)).filter(|name| !name.is_empty())] { (shelf.sigil(*document)) }
        }
    }
}

/// Those who have some words, origin by origin, so many origins at most: "A=B C …".
pub(crate) fn letters_by_origin(
    links: Links,
    shelf: &Shelf,
    origins: &[(usize, Vec<Standing>)],
    most: usize,
) -> Markup {
    html! {
        @for (at, (_, witnesses)) in origins.iter().take(most).enumerate() {
            @if at > 0 { " " }
            (letters(links, shelf, witnesses))
        }
        @if origins.len() > most { " …" }
    }
}
