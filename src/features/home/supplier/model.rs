//! What staff's home page shows, as plain data.

use chrono::{DateTime, Utc};
use countersign_contract::home::{DayFigure, QueueCount};
use countersign_contract::order::OrderSummary;
use countersign_domain::actor::Actor;
use countersign_domain::money::Money;
use countersign_domain::policy::permission_at;
use countersign_domain::workflow::{Stage, StageSwitches};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::route::Route;

/// The orders that wait at a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Queue {
    /// The stage.
    pub stage: Stage,
    /// How many.
    pub count: u32,
    /// How many of them are past their deadline.
    pub late: u32,
    /// The nearest deadline.
    pub nearest_due_at: Option<DateTime<Utc>>,
    /// Whether it is this person who acts there.
    pub own: bool,
}

/// The queues of the stages that are on or where something still waits, this person's own first.
pub fn queues(counts: &[QueueCount], actor: &Actor, stages: &StageSwitches) -> Vec<Queue> {
    let queue = |stage: Stage| {
        let count = counts.iter().find(|queue| queue.status.stage() == Some(stage));
        Queue {
            stage,
            count: count.map_or(0, |queue| queue.count),
            late: count.map_or(0, |queue| queue.late),
            nearest_due_at: count.and_then(|queue| queue.nearest_due_at),
            own: permission_at(stage).is_some_and(|permission| actor.holds(permission)),
        }
    };
    let mut queues: Vec<Queue> = Stage::ALL
        .into_iter()
        .filter(|stage| *stage != Stage::Submit)
        .map(queue)
        .filter(|queue| stages.is_on(queue.stage) || queue.count > 0)
        .collect();
    queues.sort_by_key(|queue| !queue.own);
    queues
}

/// Where an order that is late is best looked at: in its queue, where the next one follows, if this person acts there.
pub fn way_to(order: &OrderSummary, actor: &Actor) -> Route {
    let stage = order.status.stage();
    let own = stage.filter(|stage| permission_at(*stage).is_some_and(|permission| actor.holds(permission)));
    match own {
        Some(stage) => Route::Queue {
            stage,
            open: Some(order.id),
            filter: Default::default(),
        },
        None => Route::Order(order.id),
    }
}

/// What the chart measures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    /// How many orders.
    #[default]
    Orders,
    /// What they amount to.
    Amount,
}

impl Measure {
    /// The measure of a day.
    fn of(self, day: &DayFigure) -> Decimal {
        match self {
            Self::Orders => Decimal::from(day.orders),
            Self::Amount => day.amount.0.max(Decimal::ZERO),
        }
    }
}

/// The height of each day's bar, from 0 to 100. A day with anything at all has a bar that can be seen.
pub fn heights(days: &[DayFigure], measure: Measure) -> Vec<u32> {
    let most = best(days, measure).map_or(Decimal::ZERO, |day| measure.of(day));
    let height = |day: &DayFigure| {
        let value = measure.of(day);
        if value.is_zero() {
            return 0;
        }
        let share = value.saturating_mul(Decimal::ONE_HUNDRED).checked_div(most);
        share
            .and_then(|share| share.to_u32())
            .unwrap_or(100)
            .clamp(1, 100)
    };
    days.iter().map(height).collect()
}

/// The day with the most, the last one of several; none where there was nothing on any day.
pub fn best(days: &[DayFigure], measure: Measure) -> Option<&DayFigure> {
    days.iter()
        .filter(|day| !measure.of(day).is_zero())
        .max_by_key(|day| measure.of(day))
}

/// All the orders of the days, and what they amount to.
pub fn totals(days: &[DayFigure]) -> (u32, Money) {
    let orders = days.iter().fold(0_u32, |sum, day| sum.saturating_add(day.orders));
    (orders, days.iter().map(|day| day.amount).sum())
}

#[cfg(test)]
mod tests {
    use chrono::{Days, NaiveDate};
    use countersign_domain::actor::Side;
    use countersign_domain::id::AccountId;
    use countersign_domain::order::OrderStatus;
    use countersign_domain::permission::BuiltInRole;
    use countersign_domain::policy::{Action, can};
    use countersign_domain::workflow::Workflow;
    use uuid::Uuid;

    use super::*;
    use crate::order_view::sample;

    fn staff(role: BuiltInRole) -> Actor {
        Actor {
            account_id: AccountId(Uuid::from_u128(9)),
            side: Side::Supplier {
                permissions: role.default_permissions(),
                regions: Vec::new(),
            },
            stands_in_for: Vec::new(),
        }
    }

    fn days(orders: &[u32]) -> Vec<DayFigure> {
        let first = NaiveDate::from_ymd_opt(2026, 11, 1).expect("a day of this century");
        let day = |(passed, orders): (u64, &u32)| DayFigure {
            date: first.checked_add_days(Days::new(passed)).unwrap_or(first),
            orders: *orders,
            amount: Money::new(i64::from(*orders) * 1000, 2),
        };
        (0..).zip(orders).map(day).collect()
    }

    fn waiting(status: OrderStatus, count: u32) -> QueueCount {
        QueueCount {
            status,
            count,
            late: 0,
            nearest_due_at: None,
        }
    }

    #[test]
    fn a_queue_is_ones_own_exactly_where_the_policy_lets_one_act() {
        let acts = [
            (Stage::OrderReview, Action::PassOrderReview),
            (Stage::ExecutiveApproval, Action::PassExecutiveApproval),
            (Stage::FinanceReview, Action::PassFinanceReview),
            (Stage::Production, Action::Produce),
            (Stage::OutboundReview, Action::PassOutboundReview),
            (Stage::Ship, Action::Ship),
        ];
        for role in BuiltInRole::ALL {
            let actor = staff(role);
            for (stage, action) in acts {
                let status = OrderStatus::waiting_at(stage).expect("orders wait at these stages");
                let may = can(&actor, action, &sample::order(status), &Workflow::default()).is_ok();
                let own = permission_at(stage).is_some_and(|permission| actor.holds(permission));
                assert_eq!(may, own, "{role:?} at {stage:?}");
            }
        }
    }

    #[test]
    fn ones_own_queues_stand_first_and_what_is_off_shows_only_while_something_waits() {
        let actor = staff(BuiltInRole::FinanceReviewer);
        let stages = StageSwitches::default();
        let shown = queues(&[], &actor, &stages);
        assert_eq!(shown.first().map(|queue| queue.stage), Some(Stage::FinanceReview));
        assert!(shown.iter().all(|queue| queue.stage != Stage::Production));
        let shown = queues(&[waiting(OrderStatus::InProduction, 2)], &actor, &stages);
        let production = shown.iter().find(|queue| queue.stage == Stage::Production);
        assert_eq!(production.map(|queue| queue.count), Some(2));
    }

    #[test]
    fn bars_are_measured_against_the_best_day_and_never_vanish() {
        let days = days(&[0, 1, 400, 200]);
        assert_eq!(heights(&days, Measure::Orders), [0, 1, 100, 50]);
        assert_eq!(heights(&days, Measure::Amount), [0, 1, 100, 50]);
        assert_eq!(totals(&days), (601, Money::new(601_000, 2)));
    }

    #[test]
    fn days_without_orders_have_no_bars_and_no_best_day() {
        let days = days(&[0, 0]);
        assert_eq!(heights(&days, Measure::Orders), [0, 0]);
        assert_eq!(best(&days, Measure::Amount), None);
    }

    #[test]
    fn a_late_order_is_opened_in_its_queue_by_who_acts_there() {
        let order = sample::summary(OrderStatus::PendingFinanceReview);
        let in_queue = Route::Queue {
            stage: Stage::FinanceReview,
            open: Some(order.id),
            filter: Default::default(),
        };
        assert_eq!(way_to(&order, &staff(BuiltInRole::FinanceReviewer)), in_queue);
        assert_eq!(
            way_to(&order, &staff(BuiltInRole::OrderReviewer)),
            Route::Order(order.id)
        );
    }
}
