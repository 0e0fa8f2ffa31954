//! The open draft with how it stands with it.

use countersign_domain::id::DraftId;
use countersign_sync::draft::Draft;
use countersign_sync::drafts::copies::Known;
use countersign_sync::drafts::{Listed, Opened};

use crate::queries::draft::history::{History, StepKind};

/// The open draft and how it stands with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The draft.
    pub draft: Draft,
    /// Whether the device has it.
    pub keeping: Keeping,
    /// Whether the server has it as well, for the account's other devices.
    pub is_on_server: bool,
    /// Whether the server does not take it: it is too large, or there are too many.
    pub is_refused: bool,
    /// What another tab or device made of it meanwhile: their person decides before anything else is kept.
    pub theirs: Option<Theirs>,
    /// All drafts of this account as they are kept.
    pub all: Vec<DraftName>,
    /// How many drafts on this device can't be read by this app.
    pub unreadable: usize,
    /// Grows whenever the draft was changed elsewhere than in the fields of a page, which then have to be made anew.
    pub(super) generation: u32,
    /// The version that is kept; `None` until it is.
    pub(super) base: Option<u64>,
    /// What was done to the draft since it was opened here. It ends with every other version of the draft.
    pub(super) history: History,
}

/// What the open draft has become elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Theirs {
    /// In another tab.
    Tab(Box<Opened>),
    /// On another device.
    Device(Box<Known>),
}

impl Theirs {
    /// The draft.
    pub fn draft(&self) -> &Draft {
        match self {
            Self::Tab(opened) => &opened.kept.draft,
            Self::Device(known) => &known.draft,
        }
    }
}

/// A draft in the list to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftName {
    /// The draft.
    pub id: DraftId,
    /// What its writer calls it; may be empty.
    pub name: String,
    /// How many lines it has.
    pub lines: usize,
}

/// Whether the device has what is on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// It has.
    Kept,
    /// It is being written.
    Writing,
    /// It has; what another tab had submitted or removed lives on as a draft of its own.
    KeptAsCopy,
    /// It has no room: what is not kept is gone once the page is closed.
    Full,
    /// The browser gives no storage: what is on the screen is gone once the page is closed.
    Off,
    /// A newer version of the app has been here, and only that one may write.
    Newer,
}

impl Kept {
    /// A draft nobody has kept yet.
    pub(super) fn begin(draft: Draft) -> Self {
        Self {
            draft,
            keeping: Keeping::Kept,
            is_on_server: false,
            is_refused: false,
            theirs: None,
            all: Vec::new(),
            unreadable: 0,
            generation: 0,
            base: None,
            history: History::default(),
        }
    }

    /// What was done last and can be taken back. Nothing while two versions are in question: it is about one of them.
    pub fn last_step(&self) -> Option<&StepKind> {
        self.history.last().filter(|_| self.theirs.is_none())
    }

    /// What was taken back last and can be done again.
    pub fn next_step(&self) -> Option<&StepKind> {
        self.history.last_taken_back().filter(|_| self.theirs.is_none())
    }

    /// Goes on with `opened`, as it is kept.
    pub(super) fn take(&mut self, opened: Opened) {
        self.draft = opened.kept.draft;
        self.base = Some(opened.version);
        self.is_refused = false;
        self.theirs = None;
        self.history = History::default();
        self.show_anew();
    }

    /// Goes on with a draft nobody has kept yet.
    pub(super) fn take_new(&mut self, draft: Draft) {
        self.draft = draft;
        self.is_on_server = false;
        self.is_refused = false;
        self.base = None;
        self.theirs = None;
        self.history = History::default();
        self.show_anew();
    }

    pub(super) fn show_anew(&mut self) {
        self.generation = self.generation.wrapping_add(1);
    }

    /// Takes in what is kept of all drafts.
    pub(super) fn list(&mut self, listed: &[Listed]) {
        let name = |listed: &Listed| match listed {
            Listed::Draft(opened) => Some(DraftName {
                id: opened.kept.draft.id,
                name: opened.kept.draft.name.clone(),
                lines: opened.kept.draft.lines.len(),
            }),
            Listed::Unreadable { .. } => None,
        };
        self.all = listed.iter().filter_map(name).collect();
        self.unreadable = listed.len() - self.all.len();
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use countersign_domain::id::DraftId;
    use countersign_sync::draft::Draft;
    use countersign_sync::drafts::Opened;
    use uuid::Uuid;

    use super::{Kept, Theirs};
    use crate::queries::draft::history::StepKind;

    fn draft(number: u128) -> Draft {
        Draft::begin(DraftId(Uuid::from_u128(number)))
    }

    fn opened(draft: Draft) -> Opened {
        let changed_at = DateTime::<Utc>::UNIX_EPOCH;
        let kept = countersign_sync::drafts::Kept { draft, changed_at };
        Opened { kept, version: 2 }
    }

    /// A draft into which something was typed.
    fn typed() -> Kept {
        let mut kept = Kept::begin(draft(1));
        kept.draft.note = "soon".to_owned();
        kept.history.record(draft(1), &kept.draft);
        assert_eq!(kept.last_step(), Some(&StepKind::Note));
        kept
    }

    #[test]
    fn every_other_version_ends_the_history() {
        let mut kept = typed();
        kept.take(opened(draft(1)));
        assert_eq!(kept.last_step(), None);
        let mut kept = typed();
        kept.take_new(draft(2));
        assert_eq!(kept.last_step(), None);
    }

    #[test]
    fn nothing_is_taken_back_while_it_is_asked_which_version_counts() {
        let mut kept = typed();
        kept.theirs = Some(Theirs::Tab(Box::new(opened(draft(1)))));
        assert_eq!(kept.last_step(), None);
    }
}
