//! Plain text: kept as it is; title, by-line and notices read out of its words.

use crate::encoding::decode;
use crate::{Draft, Error, Hint, Likelihood, Reader, Refusal, notice};
use model::passage::{Markup, passages};

pub(crate) const PLAIN: Reader = Reader {
    name: "text",
    about: "plain text in any common encoding; the text is never altered",
    endings: &["txt", "text"],
    recognise: |_, _| Likelihood::Possible,
    read,
};

fn read(bytes: &[u8], _: &Hint) -> Result<Vec<Result<Draft, Refusal>>, Error> {
    let decoded = decode(bytes, None);
    let mut draft = of_text(decoded.text, Markup::Plain);
    draft.warnings.extend(decoded.warning);
    Ok(vec![Ok(draft)])
}

/// A draft of a text whose structure is in its line ends.
pub(crate) fn of_text(text: String, markup: Markup) -> Draft {
    let mut draft = Draft { passages: passages(&text, markup), text, ..Draft::default() };
    notice::read_notices(&mut draft);
    draft
}
