//! The open draft's last moment.
//!
//! What is typed reaches the store a moment later, and a page that is closed in that moment has no time for a transaction.
//! So every pause and the end of the page also write the draft into a place that is written at once (localStorage; see
//! protocol.md for what was measured). At the next start the two are reconciled here.

use serde::{Deserialize, Serialize};

use crate::draft::Draft;
use crate::drafts::Opened;
use crate::record::Record;

/// The open draft as it was on the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mirror {
    /// The draft.
    pub draft: Draft,
    /// The version of the stored draft it builds on; `None` when it was never stored.
    pub base: Option<u64>,
}

impl Record for Mirror {
    const SCHEMA: u32 = 1;
}

/// What to go on with after a start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reconciled {
    /// What is stored has everything.
    Stored,
    /// The mirror has more: it is to be saved over what is stored.
    Mirror,
    /// Both were changed since: their person decides.
    Both,
}

/// Compares what is stored of the mirror's draft with the mirror.
///
/// `stored` is `None` when the draft is not there: it was never written - or it was submitted or removed after the mirror
/// was made, in which case `base` says that it once was, and bringing it back would order it twice.
pub fn reconcile(mirror: &Mirror, stored: Option<&Opened>) -> Reconciled {
    match (stored, mirror.base) {
        (None, None) if !mirror.draft.is_empty() => Reconciled::Mirror,
        (None, _) => Reconciled::Stored,
        (Some(stored), _) if stored.kept.draft == mirror.draft => Reconciled::Stored,
        (Some(stored), Some(base)) if stored.version == base => Reconciled::Mirror,
        // The mirror's draft was saved once and goes on from there: it is only older.
        (Some(stored), base) if base.is_none_or(|base| base < stored.version) => Reconciled::Both,
        (Some(_), _) => Reconciled::Stored,
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use countersign_domain::id::DraftId;
    use uuid::Uuid;

    use super::{Mirror, Reconciled, reconcile};
    use crate::draft::Draft;
    use crate::drafts::{Kept, Opened};

    fn draft(note: &str) -> Draft {
        Draft {
            note: note.to_owned(),
            ..Draft::begin(DraftId(Uuid::from_u128(1)))
        }
    }

    fn stored(note: &str, version: u64) -> Opened {
        Opened {
            kept: Kept {
                draft: draft(note),
                changed_at: DateTime::UNIX_EPOCH,
            },
            version,
        }
    }

    fn mirror(note: &str, base: Option<u64>) -> Mirror {
        Mirror {
            draft: draft(note),
            base,
        }
    }

    #[test]
    fn the_last_moment_is_brought_back() {
        let stored = stored("two", 4);
        assert_eq!(
            reconcile(&mirror("two s", Some(4)), Some(&stored)),
            Reconciled::Mirror
        );
        assert_eq!(
            reconcile(&mirror("two", Some(4)), Some(&stored)),
            Reconciled::Stored
        );
        assert_eq!(reconcile(&mirror("first words", None), None), Reconciled::Mirror);
        assert_eq!(reconcile(&mirror("", None), None), Reconciled::Stored);
    }

    #[test]
    fn what_another_tab_went_on_with_is_asked_about() {
        assert_eq!(
            reconcile(&mirror("mine", Some(4)), Some(&stored("theirs", 5))),
            Reconciled::Both
        );
    }

    #[test]
    fn what_was_submitted_or_removed_does_not_come_back() {
        assert_eq!(reconcile(&mirror("sent", Some(4)), None), Reconciled::Stored);
    }
}
