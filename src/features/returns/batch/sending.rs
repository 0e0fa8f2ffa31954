//! Sending the approvals of a batch of returns, one after the other: who came first goes first.

use std::collections::VecDeque;

use countersign_contract::endpoint::NoQuery;
use countersign_contract::returns::{
    ConfirmRefundEndpoint, GetReturn, PassReturnReviewEndpoint, ReturnDetail, ReturnSummary,
};
use countersign_domain::id::ReturnId;
use countersign_domain::returns::{ConfirmRefund, PassReturnReview, ReturnStage, ReturnStatus};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use crate::api::{Api, ApiError, Change};
use crate::queries::live::invalidate_return_lists;
use crate::queries::{Cache, deliver};
use crate::text;
use crate::ui::Toasts;

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

/// Returns on their way through a stage together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The stage.
    pub stage: ReturnStage,
    /// Every return with what became of it.
    pub rows: Vec<(ReturnSummary, Fate)>,
}

/// The batch of this person, provided to the supplier's pages: it goes on while they look at another page, and its outcome
/// stays until they have read it.
#[derive(Clone, Copy)]
pub struct Batch {
    api: Api,
    cache: Cache,
    toasts: Toasts,
    /// The returns, while there is a batch.
    pub run: RwSignal<Option<Run>>,
    /// Whether it is being sent.
    pub is_sending: RwSignal<bool>,
    letters: StoredValue<VecDeque<Letter>>,
    /// How many places show it now.
    watchers: StoredValue<u32>,
}

impl Default for Batch {
    fn default() -> Self {
        Self::new()
    }
}

impl Batch {
    /// No batch. Closing the browser while one is being sent asks first.
    pub fn new() -> Self {
        let is_sending = RwSignal::new(false);
        let leaving = window_event_listener(leptos::ev::beforeunload, move |event| {
            if is_sending.try_get_untracked() == Some(true) {
                event.prevent_default();
            }
        });
        on_cleanup(move || leaving.remove());
        Self {
            api: expect_context(),
            cache: expect_context(),
            toasts: expect_context(),
            run: RwSignal::new(None),
            is_sending,
            letters: StoredValue::new(VecDeque::new()),
            watchers: StoredValue::new(0),
        }
    }

    /// Shows it as long as the current owner lives; where nothing does, its end is told by a message.
    pub fn watch(self) {
        self.watchers
            .update_value(|count| *count = count.saturating_add(1));
        on_cleanup(move || {
            self.watchers
                .try_update_value(|count| *count = count.saturating_sub(1));
        });
    }

    /// Begins a batch: who came first goes first. Does nothing while another is being sent.
    pub fn start(self, stage: ReturnStage, mut chosen: Vec<ReturnSummary>) {
        if self.is_sending.get_untracked() {
            return;
        }
        chosen.sort_by_key(|one| (one.submitted_at, one.id));
        let letters = chosen.iter().filter_map(|one| letter(stage, one));
        self.letters.set_value(letters.collect());
        let rows = chosen.into_iter().map(|one| (one, Fate::Waits)).collect();
        self.run.set(Some(Run { stage, rows }));
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
        if !self.is_sending.get_untracked() {
            self.letters.set_value(VecDeque::new());
            self.run.set(None);
        }
    }

    /// Whether a return left its queue, as it stood there, by this batch: it passed, or it is not known yet that it did.
    pub fn takes(self, one: &ReturnSummary) -> bool {
        let takes = |(own, fate): &(ReturnSummary, Fate)| {
            let may_have_passed = matches!(fate, Fate::Sent | Fate::Passed(_) | Fate::Unknown(_));
            may_have_passed && own.id == one.id && one.version <= own.version
        };
        self.run
            .with(|run| run.as_ref().is_some_and(|run| run.rows.iter().any(takes)))
    }

    /// Sends one after the other until one does not come through; one that is refused stops none of the others.
    fn send(self) {
        self.is_sending.set(true);
        let Self { api, cache, .. } = self;
        spawn_local(async move {
            while let Some(Some(Letter { id, change })) =
                self.letters.try_with_value(|letters| letters.front().cloned())
            {
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
                self.letters.try_update_value(VecDeque::pop_front);
                if let Ok((_, text)) = read {
                    cache.put::<GetReturn>(&id, &NoQuery {}, &text);
                }
                invalidate_return_lists(cache);
            }
            self.is_sending.try_set(false);
            self.say_end();
        });
    }

    fn tell(self, id: ReturnId, fate: Fate) {
        self.run.try_update(|run| {
            let mut rows = run.iter_mut().flat_map(|run| run.rows.iter_mut());
            if let Some((_, own)) = rows.find(|(one, _)| one.id == id) {
                *own = fate;
            }
        });
    }

    /// Where its outcome is not on the screen, a message says it.
    fn say_end(self) {
        if self.watchers.try_get_value() != Some(0) {
            return;
        }
        let all = self
            .run
            .try_with_untracked(|run| run.as_ref().map(|run| counts(&run.rows)));
        if let Some(Some((_, passed, count))) = all {
            let words = untrack(|| text!(returns.batch.ended, passed = passed, count = count));
            self.toasts.say(words);
        }
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
