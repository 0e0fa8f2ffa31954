//! Which returns of a queue are chosen, and sending their approvals one after the other: who came first goes first.

use std::collections::VecDeque;

use countersign_contract::endpoint::NoQuery;
use countersign_contract::returns::{
    ConfirmRefundEndpoint, GetReturn, PassReturnReviewEndpoint, ReturnDetail, ReturnSummary,
};
use countersign_domain::id::ReturnId;
use countersign_domain::permission::Permission;
use countersign_domain::policy::DenyReason;
use countersign_domain::returns::{ConfirmRefund, PassReturnReview, ReturnStage, ReturnStatus};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use crate::api::{Api, ApiError, Change};
use crate::i18n::reasons;
use crate::queries::live::invalidate_return_lists;
use crate::queries::{Cache, deliver};
use crate::session::SessionContext;
use crate::text;
use crate::ui::Shortcuts;

/// What became of a return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Its turn has not come.
    Waits,
    /// It is on its way.
    Sent,
    /// It passed, and stands there now.
    Passed(ReturnStatus),
    /// It did not pass.
    Refused(ApiError),
    /// Whether it passed is not known.
    Unknown(ApiError),
}

impl Fate {
    /// What an answer says.
    fn of(answer: Result<&ReturnDetail, &ApiError>) -> Self {
        match answer {
            Ok(detail) => Self::Passed(detail.subject.status),
            Err(error) if error.is_unknown() => Self::Unknown(error.clone()),
            Err(error) => Self::Refused(error.clone()),
        }
    }

    /// Whether it is known what became of it.
    fn is_settled(&self) -> bool {
        matches!(self, Self::Passed(_) | Self::Refused(_))
    }
}

/// How many returns of a batch it is known of what became of them, how many passed, and how many there are.
pub fn counts(rows: &[(ReturnSummary, Fate)]) -> (usize, usize, usize) {
    let settled = rows.iter().filter(|(_, fate)| fate.is_settled()).count();
    let passed = |(_, fate): &&(ReturnSummary, Fate)| matches!(fate, Fate::Passed(_));
    (settled, rows.iter().filter(passed).count(), rows.len())
}

/// A request, frozen: sent again under its first key where no answer came.
#[derive(Clone, Debug)]
struct Letter {
    id: ReturnId,
    change: Change,
}

/// The batch of a queue's page, which owns it.
#[derive(Clone, Copy)]
pub struct Batch {
    /// The queue.
    pub stage: ReturnStage,
    api: Api,
    cache: Cache,
    /// What is chosen, each as it was when it was chosen: that is what its approval is meant for.
    pub chosen: RwSignal<Vec<ReturnSummary>>,
    /// Whether it is asked before it is done.
    pub asks: RwSignal<bool>,
    /// What is on its way, or has arrived.
    pub rows: RwSignal<Vec<(ReturnSummary, Fate)>>,
    /// Whether it is being sent.
    pub is_sending: RwSignal<bool>,
    letters: StoredValue<VecDeque<Letter>>,
    /// Why several can't be approved together.
    pub refused: Memo<Option<String>>,
}

impl Batch {
    /// Nothing is chosen. Closing the browser while something is being sent asks first.
    pub fn new(stage: ReturnStage) -> Self {
        let session = expect_context::<SessionContext>();
        let is_sending = RwSignal::new(false);
        let refused = Memo::new(move |_| {
            let who = session.current()?;
            let permission = match stage {
                ReturnStage::Review => Permission::ReturnReview,
                ReturnStage::GoodsReceipt => return Some(text!(returns.batch.counted_singly)),
                ReturnStage::Refund => Permission::ReturnRefund,
            };
            if who.actor.holds(permission) {
                is_sending.get().then(|| text!(batch.busy))
            } else {
                Some(reasons::deny(&DenyReason::NeedsPermission { permission }))
            }
        });
        let leaving = window_event_listener(leptos::ev::beforeunload, move |event| {
            if is_sending.try_get_untracked() == Some(true) {
                event.prevent_default();
            }
        });
        on_cleanup(move || leaving.remove());
        Self {
            stage,
            api: expect_context(),
            cache: expect_context(),
            chosen: RwSignal::new(Vec::new()),
            asks: RwSignal::new(false),
            rows: RwSignal::new(Vec::new()),
            is_sending,
            letters: StoredValue::new(VecDeque::new()),
            refused,
        }
    }

    /// `Shift+A` asks before it approves, `Esc` takes back; `choose` chooses the return in whose row the focus is.
    pub fn listen(self, choose: impl Fn() + Send + Sync + 'static) {
        let Some(shortcuts) = use_context::<Shortcuts>() else {
            return;
        };
        let key = |name, label, run| shortcuts.on_press(name, label, run);
        key(
            "x",
            Signal::derive(|| text!(returns.batch.key_choose)),
            Callback::new(move |()| choose()),
        );
        key(
            "A",
            Signal::derive(|| text!(returns.batch.key_approve)),
            Callback::new(move |()| self.ask()),
        );
        key(
            "Escape",
            Signal::derive(|| text!(batch.key_clear)),
            Callback::new(move |()| self.take_back()),
        );
    }

    /// Whether a return is chosen. Tracks it.
    pub fn has(self, id: ReturnId) -> bool {
        self.chosen.with(|chosen| chosen.iter().any(|one| one.id == id))
    }

    /// Chooses a return, or no longer.
    pub fn toggle(self, one: &ReturnSummary) {
        self.chosen.update(|chosen| {
            let before = chosen.len();
            chosen.retain(|other| other.id != one.id);
            if chosen.len() == before {
                chosen.push(one.clone());
            }
        });
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
        let mut chosen = self.chosen.get_untracked();
        self.asks.set(false);
        self.chosen.set(Vec::new());
        chosen.sort_by_key(|one| (one.submitted_at, one.id));
        let letters = chosen.iter().filter_map(|one| letter(self.stage, one));
        self.letters.set_value(letters.collect());
        self.rows
            .set(chosen.into_iter().map(|one| (one, Fate::Waits)).collect());
        self.send();
    }

    /// Sends what is left, what may have arrived already under its first key.
    pub fn go_on(self) {
        if !self.is_sending.get_untracked() {
            self.send();
        }
    }

    /// Its outcome was read.
    pub fn dismiss(self) {
        self.letters.set_value(VecDeque::new());
        self.rows.set(Vec::new());
    }

    /// Sends one after the other until one does not come through; one that is refused stops none of the others. The page may be
    /// gone by now: what was asked for is done all the same.
    fn send(self) {
        self.is_sending.set(true);
        let mut letters = self.letters.get_value();
        let Self { api, cache, .. } = self;
        spawn_local(async move {
            while let Some(Letter { id, change }) = letters.front().cloned() {
                self.tell(id, Fate::Sent);
                let answer = deliver(api, &change).await;
                let read =
                    answer.and_then(|text| Api::decode::<ReturnDetail>(&text).map(|read| (read, text)));
                let fate = Fate::of(read.as_ref().map(|(detail, _)| detail));
                let is_known = fate.is_settled();
                self.tell(id, fate);
                if !is_known {
                    break;
                }
                letters.pop_front();
                if let Ok((_, text)) = read {
                    cache.put::<GetReturn>(&id, &NoQuery {}, &text);
                }
                invalidate_return_lists(cache);
            }
            self.letters.try_set_value(letters);
            self.is_sending.try_set(false);
        });
    }

    fn tell(self, id: ReturnId, fate: Fate) {
        self.rows.try_update(|rows| {
            if let Some((_, own)) = rows.iter_mut().find(|(one, _)| one.id == id) {
                *own = fate;
            }
        });
    }
}

/// The approval of a return as it is; none where a stage is passed one by one.
fn letter(stage: ReturnStage, one: &ReturnSummary) -> Option<Letter> {
    let (id, version) = (one.id, Some(one.version));
    let key = Uuid::new_v4().to_string();
    let change = match stage {
        ReturnStage::Review => {
            Change::new::<PassReturnReviewEndpoint>(&id, &PassReturnReview::default(), &key, version)
        }
        ReturnStage::Refund => {
            Change::new::<ConfirmRefundEndpoint>(&id, &ConfirmRefund::default(), &key, version)
        }
        ReturnStage::GoodsReceipt => return None,
    };
    Some(Letter { id, change })
}
