//! The sample's orders, played through the order machine in the order of time.
//!
//! Nothing is made up here: an order is submitted, decided and moved by the same rules as any other, with the payments,
//! the credit and the stock there were at that moment. So its history, its totals and the stock that is left are true.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, Utc};
use countersign_domain::actor::Actor;
use countersign_domain::id::{AccountId, CustomerId, DraftId, OrderId};
use countersign_domain::money::Money;
use countersign_domain::order::{
    self, Context, Event, Facts, NewLine, NewOrder, Order, OrderContent, OrderStatus, Priority,
};
use countersign_domain::price::resolve;
use countersign_domain::workflow::Workflow;
use countersign_testkit::sample::catalog::catalog;
use countersign_testkit::sample::customers;
use countersign_testkit::sample::orders::{self as plan, Hand, Moment, PlannedOrder, PlannedStep, Step};
use countersign_testkit::sample::warehouses::MAIN;
use rust_decimal::Decimal;

use super::goods::{Goods, ordering_size, pack_price, quantity};
use super::ids::id;
use super::people::{self, account_id};
use super::shelves::{Shelves, warehouse_id};
use super::steps::{commands, key, line_id, passes_if_waiting};
use super::{SeedError, delivery};
use crate::repo::customers::Customer;
use crate::repo::payments::Payment;
use crate::submission::full_name;

/// An order that was played.
pub(super) struct Played {
    /// The order as it stands.
    pub(super) order: Order,
    /// Everything that happened to it.
    pub(super) events: Vec<Event>,
    /// Whose it is.
    pub(super) customer: Customer,
    /// What was paid for it.
    pub(super) payments: Vec<Payment>,
    /// The longest lead time of its lines.
    lead_days: u32,
    /// A payment that finance has not seen yet.
    reported: Option<Money>,
    /// A step was refused: the order stays where it is.
    pub(super) stuck: bool,
}

/// The desk while the sample is played.
pub(super) struct Desk<'a> {
    workflow: &'a Workflow,
    offset: FixedOffset,
    goods: &'a Goods,
    shelves: Shelves,
    played: BTreeMap<u32, Played>,
}

/// What came of it.
pub(super) struct Outcome {
    /// The orders, the oldest first.
    pub(super) orders: Vec<Played>,
    /// The stock that is left.
    pub(super) shelves: Shelves,
}

impl<'a> Desk<'a> {
    /// Plays `orders`; `numbers` are theirs, in the order of submission.
    pub(super) fn play(
        orders: &[PlannedOrder],
        numbers: Vec<String>,
        goods: &'a Goods,
        workflow: &'a Workflow,
        offset: FixedOffset,
    ) -> Result<Outcome, SeedError> {
        let mut desk = Self {
            workflow,
            offset,
            goods,
            shelves: Shelves::before(orders)?,
            played: BTreeMap::new(),
        };
        let mut numbers = numbers.into_iter();
        for moment in plan::timeline(orders) {
            match moment {
                Moment::Submit(planned) => {
                    let number = numbers
                        .next()
                        .ok_or_else(|| SeedError::Sample("an order has no number".to_owned()))?;
                    let played = desk.submit(planned, number)?;
                    desk.played.insert(planned.number, played);
                }
                Moment::Step(planned, step) => desk.step(planned, step)?,
            }
        }
        Ok(Outcome {
            orders: desk.played.into_values().collect(),
            shelves: desk.shelves,
        })
    }

    fn submit(&self, planned: &PlannedOrder, number: String) -> Result<Played, SeedError> {
        let sample = find_customer(planned)?;
        let customer = people::customer(sample)?;
        let mut lines = Vec::with_capacity(planned.lines.len());
        let mut lead_days = 0;
        for (place, line) in planned.lines.iter().enumerate() {
            let (product, variant) = self.goods.find(line.sku)?;
            lead_days = lead_days.max(variant.lead_days);
            let terms = variant
                .prices
                .for_customer(customer.level_id, agreed_price(sample, line.sku));
            let amount = quantity(line.quantity)?;
            let price = resolve(&terms, amount);
            lines.push(NewLine {
                id: line_id(planned, place),
                product_id: product.id,
                variant_id: variant.id,
                sku: variant.sku.clone(),
                name: full_name(&product.name, &variant.name),
                unit: variant.ordering_unit().clone(),
                quantity: amount,
                price: price.unit,
                reasons: price.reasons,
                share: None,
                note: String::new(),
                made_to_order: variant.made_to_order,
            });
        }
        let address = people::addresses(sample)
            .into_iter()
            .nth(planned.address)
            .ok_or_else(|| SeedError::Sample(format!("{} has no such address", customer.code)))?;
        let content = OrderContent {
            delivery_method: delivery::of_order(lines.len()),
            lines,
            address,
            wanted_date: planned.wanted_date,
            priority: match planned.priority {
                plan::Priority::Normal => Priority::Normal,
                plan::Priority::Special => Priority::Special,
                plan::Priority::Urgent => Priority::Urgent,
            },
            note: planned.note.map_or_else(String::new, |note| note.zh.to_owned()),
            freight: Money::ZERO,
            promotions: Vec::new(),
        };
        let new = NewOrder {
            id: OrderId(id("order", &key(planned))),
            draft_id: DraftId(id("draft", &key(planned))),
            number,
            customer_id: customer.id,
            region_id: customer.region_id,
            content,
        };
        let actor = people::actor(planned.submitted_by, sample)?;
        let facts = Facts {
            policy: customer.policy.clone(),
            ..Facts::default()
        };
        let refused = |why: &dyn std::fmt::Debug| SeedError::Sample(format!("{}: {why:?}", key(planned)));
        let context = self.context(&actor, planned.submitted_at, &facts);
        let events = order::submit(new, &context).map_err(|rejection| refused(&rejection))?;
        let order = order::replay(&events).ok_or_else(|| refused(&"no order"))?;
        Ok(Played {
            order,
            events,
            customer,
            payments: Vec::new(),
            lead_days,
            reported: None,
            stuck: false,
        })
    }

    fn step(&mut self, planned: &PlannedOrder, step: &PlannedStep) -> Result<(), SeedError> {
        let Some(mut played) = self.played.remove(&planned.number) else {
            return Err(SeedError::Sample(format!("{} comes too late", key(planned))));
        };
        if !played.stuck {
            match &step.step {
                Step::ReportPayment(payment) => played.reported = Some(self.due(&played, *payment)),
                Step::ConfirmPayment => confirm(&mut played, step)?,
                _ => self.take(planned, step, &mut played)?,
            }
        }
        self.played.insert(planned.number, played);
        Ok(())
    }

    fn take(
        &mut self,
        planned: &PlannedOrder,
        step: &PlannedStep,
        played: &mut Played,
    ) -> Result<(), SeedError> {
        let waits_at = played.order.status.stage();
        if passes_if_waiting(&step.step).is_some_and(|stage| waits_at != Some(stage)) {
            return Ok(());
        }
        let actor = people::actor(step.hand, find_customer(planned)?)?;
        let facts = self.facts(played);
        let today = step.at.with_timezone(&self.offset).date_naive();
        for command in commands(planned, &played.order, &step.step, today)? {
            let context = self.context(&actor, step.at, &facts);
            match order::decide(&played.order, command, &context) {
                Ok(events) => {
                    for event in events {
                        self.shelves.follow(&played.order, &event);
                        order::apply(&mut played.order, &event);
                        played.events.push(event);
                    }
                }
                Err(rejection) => {
                    // A demonstration with one order fewer on its way is better than none at all.
                    tracing::warn!(order = played.order.number, ?rejection, step = ?step.step, "a sample step was refused");
                    played.stuck = true;
                }
            }
        }
        Ok(())
    }

    fn context<'c>(&'c self, actor: &'c Actor, now: DateTime<Utc>, facts: &'c Facts) -> Context<'c> {
        Context {
            actor,
            now,
            today: now.with_timezone(&self.offset).date_naive(),
            workflow: self.workflow,
            facts,
        }
    }

    fn facts(&self, played: &Played) -> Facts {
        Facts {
            policy: played.customer.policy.clone(),
            paid: paid(played),
            exposure: self.exposure(played.customer.id),
            stock: self.shelves.free(&played.order),
            default_warehouse: Some(warehouse_id(MAIN.code)),
            lead_days: played.lead_days,
            // The sample's people worked through their queues in turn.
            waiting_before: 0,
        }
    }

    /// What the customer has not paid of its other orders (rule 8). The order looked at is not among the played ones.
    fn exposure(&self, customer: CustomerId) -> Money {
        self.played
            .values()
            .filter(|other| other.customer.id == customer)
            .filter(|other| !matches!(other.order.status, OrderStatus::Voided | OrderStatus::SentBack))
            .map(|other| (other.order.total - paid(other)).max(Money::ZERO))
            .sum()
    }

    /// How much a payment is.
    fn due(&self, played: &Played, payment: plan::Payment) -> Money {
        let total = played.order.total;
        match payment {
            plan::Payment::Percent(percent) => self
                .workflow
                .currency
                .round(total.0 * percent / Decimal::ONE_HUNDRED),
            plan::Payment::Rest => (total - paid(played)).max(Money::ZERO),
        }
    }
}

/// The confirmation of the payment reported last. Nothing is confirmed twice.
fn confirm(played: &mut Played, step: &PlannedStep) -> Result<(), SeedError> {
    let amount = played.reported.take().filter(|amount| *amount > Money::ZERO);
    let (Some(amount), Some(by)) = (amount, confirmer(step.hand)) else {
        return Ok(());
    };
    let place = played.payments.len() + 1;
    played.payments.push(Payment {
        id: id("payment", &format!("{} {place}", played.order.id)),
        order_id: played.order.id,
        customer_id: played.customer.id,
        amount,
        reference: format!("网银转账 {}-{place}", played.order.number),
        confirmed_by: by,
        confirmed_at: step.at,
    });
    Ok(())
}

fn confirmer(hand: Hand) -> Option<AccountId> {
    match hand {
        Hand::Staff(login) => Some(account_id(login)),
        Hand::Customer => None,
    }
}

fn paid(played: &Played) -> Money {
    played.payments.iter().map(|payment| payment.amount).sum()
}

fn find_customer(planned: &PlannedOrder) -> Result<&'static customers::Customer, SeedError> {
    customers::find(planned.customer)
        .ok_or_else(|| SeedError::Sample(format!("there is no customer {}", planned.customer)))
}

/// The price agreed with a customer per ordering unit.
pub(super) fn agreed_price(customer: &customers::Customer, sku: &str) -> Option<Money> {
    let (_, price) = customer.agreed_prices.iter().find(|(known, _)| *known == sku)?;
    let (_, variant) = catalog().find(sku)?;
    Some(pack_price(*price, ordering_size(variant)))
}
