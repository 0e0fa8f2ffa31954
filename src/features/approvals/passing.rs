//! Approving the open order and going on at once: the next one is on the screen while the server still decides about this one.
//!
//! Until it has agreed the order counts as on its way. What it refuses comes back, with the reason.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use countersign_contract::Endpoint;
use countersign_contract::endpoint::NoQuery;
use countersign_contract::order::{
    GetOrder, OrderDetail, OrderSummary, PassExecutiveApproval, PassFinanceReviewEndpoint,
    PassOrderReviewEndpoint,
};
use countersign_domain::id::OrderId;
use countersign_domain::order::{PassFinanceReview, PassOrderReview, PassStage};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Serialize;
use uuid::Uuid;

use crate::api::{Api, ApiError, Change, now};
use crate::order_view::Deed;
use crate::queries::live::{invalidate_order, invalidate_order_lists};
use crate::queries::{Cache, deliver};

/// After one order was approved the next one is not for so long: the second half of a double click, or of a key pressed
/// twice, was meant for the first.
const REST: TimeDelta = TimeDelta::milliseconds(500);

/// How far an approval is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    /// On its way.
    Sent,
    /// The server agreed.
    Passed,
    /// It did not, or it is not known.
    Refused(ApiError),
}

/// An approval that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Sent {
    id: OrderId,
    version: u64,
    deed: Deed,
    change: Change,
    state: State,
}

/// The approvals that were made in a queue. Owned by its page.
#[derive(Clone, Copy)]
pub struct Passing {
    api: Api,
    cache: Cache,
    sent: RwSignal<Vec<Sent>>,
    /// What else this person took out of the queue, and the versions that it left with.
    taken: RwSignal<BTreeMap<OrderId, u64>>,
    last: StoredValue<Option<DateTime<Utc>>>,
}

impl Passing {
    /// None yet.
    pub fn new() -> Self {
        Self {
            api: expect_context::<Api>(),
            cache: expect_context::<Cache>(),
            sent: RwSignal::new(Vec::new()),
            taken: RwSignal::new(BTreeMap::new()),
            last: StoredValue::new(None),
        }
    }

    /// Whether the last approval is so short ago that this one may be the same press again.
    pub fn is_resting(self) -> bool {
        let last = self.last.get_value();
        last.is_some_and(|last| now() - last < REST)
    }

    /// A change that was not sent here took an order out of the queue, which it left with this version.
    pub fn remember(self, id: OrderId, version: u64) {
        self.taken.try_update(|taken| taken.insert(id, version));
    }

    /// Whether a row is not to be shown: its approval is on its way, or this person has taken it out of the queue.
    pub fn hides(self, order: &OrderSummary) -> bool {
        let is_before = |left_with: &u64| order.version < *left_with;
        if self
            .taken
            .with(|taken| taken.get(&order.id).is_some_and(is_before))
        {
            return true;
        }
        self.sent.with(|sent| {
            sent.iter().any(|sent| {
                let is_under_way = matches!(sent.state, State::Sent | State::Passed);
                is_under_way && sent.id == order.id && order.version <= sent.version
            })
        })
    }

    /// How many are on their way.
    pub fn count(self) -> usize {
        self.sent
            .with(|sent| sent.iter().filter(|sent| sent.state == State::Sent).count())
    }

    /// Why an order came back as it is, if it did.
    pub fn refusal(self, id: OrderId, version: u64) -> Option<(Deed, ApiError)> {
        self.sent.with(|sent| {
            sent.iter().rev().find_map(|sent| match &sent.state {
                State::Refused(error) if sent.id == id && version <= sent.version => {
                    Some((sent.deed, error.clone()))
                }
                _ => None,
            })
        })
    }

    /// The last refusal of an order, whatever became of it since.
    pub fn last_refusal(self, id: OrderId) -> Option<(Deed, ApiError)> {
        self.refusal(id, 0)
    }

    /// Sends the approval of an order as it is shown. `then` hears what came of it.
    ///
    /// One that is on its way already is not sent twice; one of which it is not known whether it arrived is sent again as it
    /// was.
    pub fn send(
        self,
        deed: Deed,
        detail: &OrderDetail,
        then: impl FnOnce(Result<Arc<OrderDetail>, ApiError>) + 'static,
    ) {
        let (id, version) = (detail.order.id, detail.order.version);
        let before = self.sent.with_untracked(|sent| {
            let same = |sent: &&Sent| (sent.id, sent.version, sent.deed) == (id, version, deed);
            sent.iter().find(same).cloned()
        });
        let change = match before {
            Some(Sent {
                state: State::Sent | State::Passed,
                ..
            }) => return,
            Some(Sent {
                state: State::Refused(error),
                change,
                ..
            }) if error.is_unknown() => Some(change),
            _ => change_of(deed, id, version),
        };
        let Some(change) = change else { return };
        self.last.set_value(Some(now()));
        self.sent.update(|sent| {
            sent.retain(|sent| sent.id != id);
            sent.push(Sent {
                id,
                version,
                deed,
                change: change.clone(),
                state: State::Sent,
            });
        });
        spawn_local(async move {
            let answer = deliver(self.api, &change).await;
            let answer = answer.and_then(|text| Api::decode::<OrderDetail>(&text).map(|reply| (reply, text)));
            let outcome = match answer {
                Ok((reply, text)) => {
                    self.cache.put::<GetOrder>(&id, &NoQuery {}, &text);
                    self.settle(id, State::Passed);
                    Ok(Arc::new(reply))
                }
                Err(error) => {
                    // Somebody may have been faster: what is shown again is what there is now.
                    invalidate_order(self.cache, id);
                    self.settle(id, State::Refused(error.clone()));
                    Err(error)
                }
            };
            invalidate_order_lists(self.cache);
            then(outcome);
        });
    }

    fn settle(self, id: OrderId, state: State) {
        self.sent.try_update(|all| {
            if let Some(sent) = all.iter_mut().find(|sent| sent.id == id) {
                sent.state = state;
            }
        });
    }
}

/// The change that a deed is which asks for nothing.
fn change_of(deed: Deed, id: OrderId, version: u64) -> Option<Change> {
    match deed {
        Deed::PassOrderReview => Some(freeze::<PassOrderReviewEndpoint>(
            id,
            &PassOrderReview::default(),
            version,
        )),
        Deed::PassExecutiveApproval => Some(freeze::<PassExecutiveApproval>(
            id,
            &PassStage::default(),
            version,
        )),
        Deed::PassFinanceReview => Some(freeze::<PassFinanceReviewEndpoint>(
            id,
            &PassFinanceReview::default(),
            version,
        )),
        _ => None,
    }
}

fn freeze<E>(id: OrderId, body: &E::Body, version: u64) -> Change
where
    E: Endpoint<Path = OrderId>,
    E::Body: Serialize,
{
    Change::new::<E>(&id, body, &Uuid::new_v4().to_string(), Some(version))
}
