//! Method: how was this computed?

use crate::Links;
use crate::frame::headed;
use crate::points::CRUDE;
use annotate::EXTRACTORS;
use annotate::rules::rules;
use case::{Case, Judgement, ORIGIN_SHARE, Result};
use maud::{Markup, html};
use read::READERS;
use serde_json::{Value, json};

/// Readers, extractors, rules with their examples, thresholds, and what analysts decided.
pub struct MethodPage {
    /// The judgements of the case.
    pub judgements: Vec<Judgement>,
}

impl MethodPage {
    /// The method page of a case.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn of(case: &Case) -> Result<MethodPage> {
        Ok(MethodPage { judgements: case.judgements()? })
    }

    /// As a page.
    pub fn html(&self, _: Links) -> Markup {
        html! {
            (headed("Method", "how this was computed"))
            p .lead { "By rules, on this machine, without a network. The same accounts give the same rows in any order of adding. No verdict on truth, no rank of outlets." }
            section {
                h2 #method-reading { "Reading" }
                dl { @for reader in READERS { dt { (reader.name) } dd { (reader.about) } } }
                p { "Page residue (teasers, comment counters) is marked and is not taken for the author’s words. Numbers are not read from it, nor from lists of references; times are, and are laid side by side with nothing." }
                p #method-places { "Places are names of GeoNames (CC BY 4.0), laid by their document alone; regions and countries lie at the middle of their towns or at the point the World Factbook gives. Read in English only." }
            }
            section {
                h2 #method-origins { "Origins" }
                p { "Two texts are compared word for word when they share at least two rare runs of four words. Runs that more than fifty texts hold tie each text only to the next, and count only where they make the two one origin. The first shared stretch of two texts has at least twelve equal words, further ones seven. Documents are one origin where shared stretches hold at least " (crate::origins::percent(ORIGIN_SHARE)) " of the shorter one’s own words. Words that both quote are nobody’s own, nor are words in runs that more than fifty texts hold, nor a short head or footer that two other texts have too. A text pasted together from three others that share nothing, or from two that were there before it, is an origin of its own." }
                p { "Which document came from which: documents of an origin are laid on one another; places where they differ give a tree, and dates, notices, lost passages and readings that occur nowhere else give its root. A direction counts as told from a probability of 85 % on, calibrated on generated copy trees; below that it is unknown. Hollow marks are texts nobody here has: the tree needs them, or a document names them." }
                p { "Reads as pasted: a passage that spells a name otherwise than the rest, changes between British and American spelling, has other spaces or quotation marks, speaks of “this month” without a date, or opens a quotation that never closes. One such sign is weak." }
                p { "Known gaps: a round-up of two undated texts joins them; a footer that only two documents carry counts as shared text; text shared by more than fifty documents is shown between neighbours only; unobserved texts are often missed, or guessed where none was; translation and paraphrase escape." }
            }
            section {
                h2 #method-points { "Points" }
                p { (CRUDE) }
                p { "Two values part where they cannot both hold: numbers without a common value, days that do not touch, yes against no. Of statements in like words only the days, the sums, and yes and no are compared. A reading counts for the origin of its passage." }
            }
            section {
                h2 #method-names { "Actors" }
                p { "Names are found by learnt weights and joined by rules: the fullest form, a last name beside it in one text, initials, a title. Each form on the page of actors tells why it was taken for the same; some are missed, and some stand apart that are one." }
            }
            section {
                h2 #method-says { "Says" }
                p { "Statements are found by rules over a parsed sentence, in English: about half of what a careful reader marks is found, and of what is found a good half is marked so by a reader too. A pronoun is taken for the speaker named before where the text allows it, and that is told." }
            }
            section {
                h2 #method-timeline { "Timeline" }
                p { "A day matters by the origins that name it, more where they still name it days later and where they open with it. Beside it stand the sentences that tell of it best, one of every origin before a second of any. Happenings are points of dates; times too vague for one day stand on no row." }
            }
            section {
                h2 #method-search { "Search" }
                p { "Words are sought by their stems, phrases as they stand. A hit in a copy is shown with the text it equals. Documents whose day of publication is unknown are left out where days are asked for." }
            }
            section {
                h2 #method-trace { "Trace" }
                p { "A passage is compared like a document: twelve equal words begin a shared stretch. What it tells is laid beside the readings of each point it touches; it is not kept." }
            }
            section {
                h2 { "Rules" }
                @for extractor in EXTRACTORS { p { strong { (extractor.name) } " (version " (extractor.version) ", reads " (extractor.languages.join(", ")) "): " (extractor.about) "." } }
                @for rule in rules() {
                    h3 id=(rule.id) { code { (rule.id) } }
                    p { (rule.about) }
                    ul { @for example in &rule.finds { li { "finds " q { (example) } } } @for words in &rule.ignores { li { "ignores " q { (words) } } } }
                }
            }
            section {
                h2 { "Judgements" }
                @if self.judgements.is_empty() { p { "None yet. `stemma set` corrects what is known of a document and keeps the correction here." } }
                ol { @for j in &self.judgements { li { (j.at) ": " (j.field.as_deref().unwrap_or("")) " of " (format!("{:012x}", j.document)) " is " (j.value.as_deref().unwrap_or("unknown")) " (was " (j.before.as_deref().unwrap_or("unknown")) ")" @if !j.why.is_empty() { ", because " (j.why) } } } }
            }
        }
    }

    /// As JSON.
    pub fn json(&self) -> Value {
        json!({
            "readers": READERS.iter().map(|r| json!({"name": r.name, "about": r.about})).collect::<Vec<_>>(),
            "extractors": EXTRACTORS.iter().map(|e| json!({"name": e.name, "version": e.version, "about": e.about, "languages": e.languages})).collect::<Vec<_>>(),
            "rules": rules().iter().map(|r| json!({"id": r.id, "about": r.about, "finds": r.finds, "ignores": r.ignores})).collect::<Vec<_>>(),
            "origin_share": ORIGIN_SHARE,
            "judgements": self.judgements.iter().map(|j| json!({"n": j.number, "at": j.at, "field": j.field, "document": format!("{:012x}", j.document), "value": j.value, "before": j.before, "why": j.why})).collect::<Vec<_>>(),
        })
    }
}
