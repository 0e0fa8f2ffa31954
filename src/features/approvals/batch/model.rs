//! Approving several orders together, as plain data: which are chosen, which of them go, what became of each.

use std::collections::BTreeMap;

use countersign_contract::approval::{Approval, ApprovalOutcome};
use countersign_contract::order::OrderSummary;
use countersign_contract::problem::ProblemKind;
use countersign_domain::id::OrderId;
use countersign_domain::money::Money;
use countersign_domain::order::OrderStatus;
use countersign_domain::workflow::Stage;

use crate::api::ApiError;

/// The orders that are chosen, each as it was when it was chosen: that is what its approval is meant for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection(BTreeMap<OrderId, OrderSummary>);

impl Selection {
    /// Whether an order is chosen.
    pub fn has(&self, id: OrderId) -> bool {
        self.0.contains_key(&id)
    }

    /// How many are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Which.
    pub fn ids(&self) -> Vec<OrderId> {
        self.0.keys().copied().collect()
    }

    /// What they amount to.
    pub fn total(&self) -> Money {
        self.0.values().map(|order| order.total).sum()
    }

    /// Chooses an order, or no longer.
    pub fn toggle(&mut self, order: &OrderSummary) {
        if self.0.remove(&order.id).is_none() {
            self.0.insert(order.id, order.clone());
        }
    }

    /// Chooses all of these as they are now.
    pub fn choose(&mut self, orders: &[OrderSummary]) {
        self.0
            .extend(orders.iter().map(|order| (order.id, order.clone())));
    }

    /// Chooses an order no longer.
    pub fn forget(&mut self, id: OrderId) {
        self.0.remove(&id);
    }

    /// Whether all of these are chosen, and there are any.
    pub fn has_all(&self, orders: &[OrderSummary]) -> bool {
        !orders.is_empty() && orders.iter().all(|order| self.has(order.id))
    }

    /// Chooses nothing any more.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

/// Why a chosen order is not approved with the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skip {
    /// It has left the queue.
    Left,
    /// It is not what it was when it was chosen.
    Changed,
}

/// What is about to be approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The stage.
    pub stage: Stage,
    /// The orders, first-come first.
    pub orders: Vec<OrderSummary>,
    /// Those that are left out.
    pub skipped: Vec<(OrderSummary, Skip)>,
}

impl Plan {
    /// What becomes of `chosen` while the queue is `queue`: the order of the queue is that in which they are approved.
    pub fn new(stage: Stage, chosen: &Selection, queue: &[OrderSummary]) -> Self {
        let is_same = |now: &&OrderSummary| {
            let then = chosen.0.get(&now.id);
            then.is_some_and(|then| then.version == now.version)
        };
        let orders: Vec<OrderSummary> = queue.iter().filter(is_same).cloned().collect();
        let skip = |order: &OrderSummary| {
            if queue.iter().any(|now| now.id == order.id) {
                Skip::Changed
            } else {
                Skip::Left
            }
        };
        let goes = |order: &&OrderSummary| orders.iter().any(|other| other.id == order.id);
        let skipped = chosen
            .0
            .values()
            .filter(|order| !goes(order))
            .map(|order| (order.clone(), skip(order)))
            .collect();
        Self {
            stage,
            orders,
            skipped,
        }
    }

    /// What those amount to that go.
    pub fn total(&self) -> Money {
        self.orders.iter().map(|order| order.total).sum()
    }
}

/// What became of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Its turn has not come.
    Waits,
    /// It is on its way.
    Sent,
    /// It passed, and waits there now.
    Passed(OrderStatus),
    /// It did not pass.
    Refused(ProblemKind),
    /// Whether it passed is not known.
    Unknown(ApiError),
    /// It was left out.
    Skipped(Skip),
}

/// Orders on their way through a stage together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The stage.
    pub stage: Stage,
    /// Every order with what became of it.
    pub rows: Vec<(OrderSummary, Fate)>,
}

impl Run {
    /// A plan that is begun.
    pub fn new(plan: Plan) -> Self {
        let waits = plan.orders.into_iter().map(|order| (order, Fate::Waits));
        let skipped = plan
            .skipped
            .into_iter()
            .map(|(order, skip)| (order, Fate::Skipped(skip)));
        Self {
            stage: plan.stage,
            rows: waits.chain(skipped).collect(),
        }
    }

    /// Says what became of some orders.
    pub fn set(&mut self, ids: &[OrderId], fate: &Fate) {
        for (order, own) in &mut self.rows {
            if ids.contains(&order.id) {
                *own = fate.clone();
            }
        }
    }

    /// Takes in what the server says.
    pub fn learn(&mut self, approvals: &[Approval]) {
        for approval in approvals {
            let fate = match &approval.outcome {
                ApprovalOutcome::Passed { status, .. } => Fate::Passed(*status),
                ApprovalOutcome::Refused { problem } => Fate::Refused(problem.clone()),
            };
            self.set(&[approval.order_id], &fate);
        }
    }

    /// Whether an order may have passed with it, as it stood when it was chosen.
    pub fn takes(&self, order: &OrderSummary) -> bool {
        self.rows.iter().any(|(own, fate)| {
            let may_have_passed = matches!(fate, Fate::Sent | Fate::Passed(_) | Fate::Unknown(_));
            may_have_passed && own.id == order.id && order.version <= own.version
        })
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.rows.len()
    }

    /// Of how many it is known what became of them.
    pub fn settled(&self) -> usize {
        let is_settled = |(_, fate): &&(OrderSummary, Fate)| {
            matches!(fate, Fate::Passed(_) | Fate::Refused(_) | Fate::Skipped(_))
        };
        self.rows.iter().filter(is_settled).count()
    }

    /// How many passed.
    pub fn passed(&self) -> usize {
        let passed = |(_, fate): &&(OrderSummary, Fate)| matches!(fate, Fate::Passed(_));
        self.rows.iter().filter(passed).count()
    }

    /// How much of it is done, from 0 to 100.
    pub fn percent(&self) -> u32 {
        let share = self.settled().saturating_mul(100).checked_div(self.count());
        share.and_then(|share| u32::try_from(share).ok()).unwrap_or(100)
    }

    /// Why the orders that are left can't be approved now, where something is in the way.
    pub fn hindrance(&self) -> Option<&ApiError> {
        self.rows.iter().find_map(|(_, fate)| match fate {
            Fate::Unknown(error) => Some(error),
            _ => None,
        })
    }
}

/// Whether trying again may help where this was the answer: a rule may hold by now. What changed has to be looked at first.
pub fn may_try_again(problem: &ProblemKind) -> bool {
    matches!(
        problem,
        ProblemKind::Rejected { .. } | ProblemKind::Internal | ProblemKind::Unavailable
    )
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::order_view::sample;

    fn id(number: u128) -> OrderId {
        OrderId(Uuid::from_u128(number))
    }

    fn order(number: u128, version: u64) -> OrderSummary {
        OrderSummary {
            id: id(number),
            version,
            total: Money::new(1000, 2),
            ..sample::summary(OrderStatus::PendingFinanceReview)
        }
    }

    fn chosen(orders: &[OrderSummary]) -> Selection {
        let mut selection = Selection::default();
        selection.choose(orders);
        selection
    }

    #[test]
    fn choosing_twice_is_not_choosing() {
        let mut selection = chosen(&[order(1, 1), order(2, 1)]);
        assert_eq!((selection.count(), selection.total()), (2, Money::new(2000, 2)));
        selection.toggle(&order(1, 1));
        assert!(!selection.has(id(1)) && selection.has(id(2)));
        assert!(!selection.has_all(&[order(1, 1), order(2, 1)]));
        assert!(!Selection::default().has_all(&[]));
    }

    #[test]
    fn orders_go_in_the_order_of_the_queue_and_only_as_they_were_chosen() {
        let selection = chosen(&[order(1, 1), order(2, 1), order(3, 1)]);
        let queue = [order(3, 1), order(4, 1), order(1, 2)];
        let plan = Plan::new(Stage::FinanceReview, &selection, &queue);
        let going: Vec<OrderId> = plan.orders.iter().map(|order| order.id).collect();
        assert_eq!(going, [id(3)]);
        assert_eq!(plan.total(), Money::new(1000, 2));
        let skipped: Vec<_> = plan
            .skipped
            .iter()
            .map(|(order, skip)| (order.id, *skip))
            .collect();
        assert_eq!(skipped, [(id(1), Skip::Changed), (id(2), Skip::Left)]);
    }

    #[test]
    fn a_run_counts_what_is_known_of_its_orders() {
        let selection = chosen(&[order(1, 1), order(2, 1), order(3, 1), order(4, 1)]);
        let queue = [order(1, 1), order(2, 1), order(3, 1)];
        let mut run = Run::new(Plan::new(Stage::FinanceReview, &selection, &queue));
        assert_eq!((run.count(), run.settled(), run.percent()), (4, 1, 25));
        run.set(&[id(1), id(2), id(3)], &Fate::Sent);
        let passed = |number| Approval {
            order_id: id(number),
            outcome: ApprovalOutcome::Passed {
                status: OrderStatus::PendingOutboundReview,
                version: 3,
            },
        };
        let refused = Approval {
            order_id: id(2),
            outcome: ApprovalOutcome::Refused {
                problem: ProblemKind::Stale { version: 2 },
            },
        };
        run.learn(&[passed(1), refused, passed(3)]);
        assert_eq!((run.settled(), run.passed(), run.percent()), (4, 2, 100));
        let taken: Vec<bool> = (1..=4).map(|number| run.takes(&order(number, 1))).collect();
        assert_eq!(taken, [true, false, true, false]);
        assert!(
            !run.takes(&order(1, 4)),
            "it came back, and was taken by somebody else"
        );
        assert_eq!(run.hindrance(), None);
        run.set(&[id(3)], &Fate::Unknown(ApiError::Unreachable));
        assert_eq!(
            (run.settled(), run.hindrance()),
            (3, Some(&ApiError::Unreachable))
        );
    }

    #[test]
    fn what_changed_is_looked_at_before_it_is_tried_again() {
        assert!(!may_try_again(&ProblemKind::Stale { version: 2 }));
        assert!(!may_try_again(&ProblemKind::NotFound));
        assert!(may_try_again(&ProblemKind::Unavailable));
    }
}
