//! Method: how was this computed?

use crate::Links;
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
            h1 { "How this was computed" }
            p .lead { "By rules, on this machine, without a network. The same accounts give the same rows in any order of adding. No verdict on truth, no rank of outlets." }
            section {
                h2 { "Reading" }
                dl { @for reader in READERS { dt { (reader.name) } dd { (reader.about) } } }
                p { "Page residue (teasers, comment counters) is marked and is not taken for the author’s words. Numbers are not read from it, nor from lists of references; times are, and are laid side by side with nothing." }
                p { "Places are names of GeoNames (CC BY 4.0), laid by their document alone; regions and countries lie at the middle of their towns or at the point the World Factbook gives. Read in English only." }
            }
            section {
                h2 { "Origins" }
                p { "Two texts are compared word for word when they share at least two rare runs of four words. Runs that more than fifty texts hold tie each text only to the next, and count only where they make the two one origin. The first shared stretch of two texts has at least twelve equal words, further ones seven. Documents are one origin where shared stretches hold at least " (crate::origins::percent(ORIGIN_SHARE)) " of the shorter one’s own words. Words that both quote are nobody’s own, nor are words in runs that more than fifty texts hold, nor a short head or footer that two other texts have too. A text pasted together from three others that share nothing, or from two that were there before it, is an origin of its own." }
                p { "Which document came from which: documents of an origin are laid on one another; places where they differ give a tree, and dates, notices, lost passages and readings that occur nowhere else give its root. A direction counts as told from a probability of 85 % on, calibrated on generated copy trees; below that it is unknown. Hollow marks are texts nobody here has: the tree needs them, or a document names them." }
                p { "Reads as pasted: a passage that spells a name otherwise than the rest, changes between British and American spelling, has other spaces or quotation marks, speaks of “this month” without a date, or opens a quotation that never closes. One such sign is weak." }
                p { "Known gaps: a round-up of two undated texts joins them; a footer that only two documents carry counts as shared text; text shared by more than fifty documents is shown between neighbours only; unobserved texts are often missed, or guessed where none was; translation and paraphrase escape." }
            }
            section {
                h2 { "Points" }
                p { (CRUDE) }
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
