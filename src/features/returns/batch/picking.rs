//! Choosing returns of a queue.

use countersign_contract::returns::ReturnSummary;
use countersign_domain::id::ReturnId;
use countersign_domain::permission::Permission;
use countersign_domain::policy::DenyReason;
use countersign_domain::returns::ReturnStage;
use leptos::prelude::*;

use crate::features::returns::batch::sending::Batch;
use crate::i18n::reasons;
use crate::queue_view::{listen_to_choosing, row_in_focus};
use crate::session::SessionContext;
use crate::text;

/// What is chosen of a queue, and whether it is asked about. Owned by the queue's page.
#[derive(Clone, Copy)]
pub struct Picking {
    /// The queue.
    pub stage: ReturnStage,
    /// What is on the list.
    waiting: Memo<Vec<ReturnSummary>>,
    /// The open return.
    open: Memo<Option<ReturnId>>,
    /// What is chosen, each as it was when it was chosen: that is what its approval is meant for.
    pub chosen: RwSignal<Vec<ReturnSummary>>,
    /// Whether it is asked before it is done.
    pub asks: RwSignal<bool>,
    /// What is on its way, or has arrived.
    pub batch: Batch,
    /// Why several can't be approved together.
    pub refused: Memo<Option<String>>,
}

impl Picking {
    /// Nothing is chosen.
    pub fn new(stage: ReturnStage, waiting: Memo<Vec<ReturnSummary>>, open: Memo<Option<ReturnId>>) -> Self {
        let session = expect_context::<SessionContext>();
        let batch = expect_context::<Batch>();
        let refused = Memo::new(move |_| {
            let who = session.current()?;
            let permission = match stage {
                ReturnStage::Review => Permission::ReturnReview,
                ReturnStage::GoodsReceipt => return Some(text!(returns.batch.counted_singly)),
                ReturnStage::Refund => Permission::ReturnRefund,
            };
            if who.actor.holds(permission) {
                batch.is_sending.get().then(|| text!(batch.busy))
            } else {
                Some(reasons::deny(&DenyReason::NeedsPermission { permission }))
            }
        });
        Self {
            stage,
            waiting,
            open,
            chosen: RwSignal::new(Vec::new()),
            asks: RwSignal::new(false),
            batch,
            refused,
        }
    }

    /// The keys: see [`listen_to_choosing`].
    pub fn listen(self) {
        let choose = Signal::derive(|| text!(returns.batch.key_choose));
        let approve = Signal::derive(|| text!(returns.batch.key_approve));
        listen_to_choosing(
            (choose, move || self.toggle_here()),
            (approve, move || self.ask()),
            move || self.take_back(),
        );
    }

    /// Whether a return is chosen. Tracks it.
    pub fn has(self, id: ReturnId) -> bool {
        self.chosen.with(|chosen| chosen.iter().any(|one| one.id == id))
    }

    /// Whether everything that is shown is chosen. Tracks it.
    pub fn has_all(self) -> bool {
        self.waiting
            .with(|waiting| !waiting.is_empty() && waiting.iter().all(|one| self.has(one.id)))
    }

    /// Chooses a return of the list, or no longer.
    pub fn toggle(self, id: ReturnId) {
        let one = self
            .waiting
            .with_untracked(|waiting| waiting.iter().find(|one| one.id == id).cloned());
        self.chosen.update(|chosen| {
            let before = chosen.len();
            chosen.retain(|other| other.id != id);
            if chosen.len() == before {
                chosen.extend(one);
            }
        });
    }

    /// Chooses everything that is shown, or nothing where all of it is.
    pub fn toggle_all(self) {
        let has_all = untrack(|| self.has_all());
        let chosen = if has_all {
            Vec::new()
        } else {
            self.waiting.get_untracked()
        };
        self.chosen.set(chosen);
    }

    /// Chooses a return no longer. The page may be gone by now.
    pub fn forget(self, id: ReturnId) {
        self.chosen.try_update(|chosen| chosen.retain(|one| one.id != id));
    }

    /// Shows what is about to be approved.
    pub fn ask(self) {
        let may = self.refused.with_untracked(Option::is_none);
        if may && self.chosen.with_untracked(|chosen| !chosen.is_empty()) {
            self.asks.set(true);
        }
    }

    /// Takes the last step back: the question, else the choice.
    pub fn take_back(self) {
        if self.asks.get_untracked() {
            self.asks.set(false);
        } else {
            self.chosen.set(Vec::new());
        }
    }

    /// Approves what was shown.
    pub fn approve(self) {
        let chosen = self.chosen.get_untracked();
        self.asks.set(false);
        self.chosen.set(Vec::new());
        self.batch.start(self.stage, chosen);
    }

    /// The return in whose row the focus is, else the open one.
    fn toggle_here(self) {
        if let Some(id) = row_in_focus("data-return").or_else(|| self.open.get_untracked()) {
            self.toggle(id);
        }
    }
}
