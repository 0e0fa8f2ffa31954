//! Properties of the order machine: random commands by random people, under every combination of switched stages.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use countersign_domain::actor::{Actor, Side};
use countersign_domain::customer::PaymentPolicy;
use countersign_domain::id::{CustomerId, VariantId, WarehouseId};
use countersign_domain::money::Money;
use countersign_domain::order::{Command, Event, Fact, Order, OrderStatus, Rejection, replay};
use countersign_domain::permission::{BuiltInRole, Permission};
use countersign_domain::policy::{Action, DenyReason, can};
use countersign_domain::price::DiscountShare;
use countersign_domain::quantity::Quantity;
use countersign_domain::workflow::Workflow;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::machine_steps::{Step, command_of, name_of, step};
use crate::rules_01_to_04::workflow_of;
use crate::world::*;

/// Every way an order may go in one command, written down independently of the code.
///
/// Forward over any stages that are off or not entered; to the side; and back to the order review or the customer's word
/// when a change was agreed.
fn allowed(from: OrderStatus, to: OrderStatus) -> bool {
    use OrderStatus as S;
    let side_or_back = matches!(
        to,
        S::SentBack | S::Voided | S::PendingOrderReview | S::PendingCustomerConfirmation
    );
    match from {
        S::Completed | S::Voided => false,
        S::SentBack => matches!(to, S::PendingOrderReview | S::Voided),
        // Everything has left: only more can be agreed on.
        S::PendingReceipt => matches!(to, S::Completed | S::PendingOrderReview),
        S::PendingOrderReview => to > from,
        S::PendingCustomerConfirmation => to > from || to == S::PendingOrderReview,
        S::PendingExecutiveApproval
        | S::PendingFinanceReview
        | S::InProduction
        | S::PendingOutboundReview
        | S::PendingShipment => to > from || side_or_back,
    }
}

/// What the policy must have allowed for a command to be accepted; the desk's timers ask no policy.
fn action_of(command: &Command) -> Option<Action> {
    Some(match command {
        Command::Resubmit(_) => Action::Resubmit,
        Command::Withdraw(_) => Action::Withdraw,
        Command::PassOrderReview(_) => Action::PassOrderReview,
        Command::ConfirmChanges | Command::DeclineChanges(_) => Action::AnswerChanges,
        Command::PassExecutiveApproval(_) => Action::PassExecutiveApproval,
        Command::PassFinanceReview(_) => Action::PassFinanceReview,
        Command::ReportProduction(_) | Command::PassProduction(_) => Action::Produce,
        Command::PassOutboundReview(_) => Action::PassOutboundReview,
        Command::Ship(_) => Action::Ship,
        Command::Receive(_) => Action::Receive,
        Command::CloseRemaining(_) => Action::CloseRemaining,
        Command::ReleaseLine(_) => Action::ReleaseLine,
        Command::SendBack(_) => Action::SendBack,
        Command::Void(_) => Action::Void,
        Command::RequestChange(_) => Action::RequestChange,
        Command::AnswerChange(_) => Action::AnswerChangeRequest,
        Command::ExpireConfirmation | Command::DeemReceived(_) => return None,
    })
}

fn people() -> Vec<Actor> {
    vec![
        boss(),
        customer(),
        reviewer(),
        finance(),
        warehouse(),
        shipper(),
        of_role(0x15, BuiltInRole::OrderReviewer),
        staff(
            0x16,
            &[Permission::OrderOutboundReview, Permission::CreditOverride],
        ),
        distributor(0x2, CustomerId(id(0x1ff))),
        timer(),
    ]
}

/// The total an order must have, worked out from its lines without the code under test.
fn total(order: &Order) -> Money {
    let amount = |price: Decimal, count: Decimal, discount: Decimal| {
        (price * count * (Decimal::ONE - discount))
            .round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
    };
    let lines: Decimal = order
        .lines
        .iter()
        .map(|line| {
            let charged = line.approved.get() - line.closed.get();
            let gross = amount(line.price.0, charged, line.discount.get());
            let share = line.share.map_or(Decimal::ZERO, |share| {
                let granted = share.quantity.get();
                if charged >= granted {
                    share.amount.0
                } else {
                    amount(share.amount.0 / granted, charged, Decimal::ZERO)
                }
            });
            (gross - share).max(Decimal::ZERO)
        })
        .sum();
    Money(lines + order.freight.0)
}

/// What must hold of any order at any time.
fn sound(order: &Order) -> Result<(), TestCaseError> {
    prop_assert_eq!(order.total, total(order));
    for line in &order.lines {
        let parts = |quantity: fn(&countersign_domain::order::ReceiptLine) -> Quantity| -> Quantity {
            let receipts = order
                .shipments
                .iter()
                .filter_map(|shipment| shipment.receipt.as_ref());
            receipts
                .flat_map(|receipt| &receipt.lines)
                .filter(|received| received.line_id == line.id)
                .map(quantity)
                .sum()
        };
        let shipped: Quantity = order
            .shipments
            .iter()
            .flat_map(|shipment| &shipment.lines)
            .filter(|part| part.line_id == line.id)
            .map(|part| part.quantity)
            .sum();
        prop_assert_eq!(line.shipped, shipped);
        prop_assert!(
            line.shipped + line.closed <= line.approved,
            "shipped is within approved"
        );
        prop_assert_eq!(line.received, parts(|received| received.received));
        prop_assert_eq!(line.short, parts(|received| received.short));
        prop_assert_eq!(line.damaged, parts(|received| received.damaged));
        prop_assert!(
            line.received + line.short + line.damaged <= line.shipped,
            "received is within shipped"
        );
        prop_assert!(
            line.reserved_total() <= line.remaining(),
            "reserved is within what remains"
        );
    }
    let ids: BTreeSet<_> = order.shipments.iter().map(|shipment| shipment.id).collect();
    prop_assert_eq!(ids.len(), order.shipments.len());
    match order.status {
        OrderStatus::Completed => {
            prop_assert!(!order.has_remaining() && order.unreceived().next().is_none());
            prop_assert!(!order.shipments.is_empty());
        }
        OrderStatus::Voided | OrderStatus::SentBack => {
            prop_assert!(order.shipments.is_empty());
            prop_assert!(order.lines.iter().all(|line| line.reserved.is_empty()));
        }
        OrderStatus::PendingReceipt => prop_assert!(!order.has_remaining()),
        OrderStatus::PendingCustomerConfirmation => prop_assert!(order.confirmation.is_some()),
        _ => {}
    }
    Ok(())
}

/// What must hold of any command that was accepted.
fn sound_step(
    desk: &Desk,
    before: &Order,
    actor: &Actor,
    command: &Command,
    events: &[Event],
) -> Result<(), TestCaseError> {
    match action_of(command) {
        Some(action) => prop_assert_eq!(can(actor, action, before, &desk.workflow), Ok(())),
        None => prop_assert_eq!(&actor.side, &Side::System),
    }
    prop_assert!(!events.is_empty());
    let by = (actor.side != Side::System).then_some(actor.account_id);
    prop_assert!(events.iter().all(|event| event.at == desk.now && event.by == by));
    let mut at = before.status;
    let mut reserved: BTreeMap<(VariantId, WarehouseId), Quantity> = BTreeMap::new();
    for event in events {
        match &event.fact {
            Fact::StatusChanged { from, to } => {
                prop_assert_eq!(*from, at);
                at = *to;
                entered(desk, *to)?;
            }
            Fact::StockReserved {
                line_id,
                warehouse_id,
                quantity,
            } => {
                let line = desk.line(*line_id);
                *reserved.entry((line.variant_id, *warehouse_id)).or_default() +=
                    quantity.times(line.unit.factor);
            }
            Fact::Shipped { .. } if desk.facts.policy == PaymentPolicy::Prepaid => {
                prop_assert!(desk.facts.paid >= desk.order.total, "nothing leaves unpaid");
            }
            _ => {}
        }
    }
    prop_assert!(
        at == before.status || allowed(before.status, at),
        "{:?} to {:?}",
        before.status,
        at
    );
    prop_assert_eq!(at, desk.order.status);
    for ((variant, warehouse), quantity) in reserved {
        let free = desk
            .facts
            .stock
            .iter()
            .find(|stock| (stock.variant_id, stock.warehouse_id) == (variant, warehouse));
        prop_assert!(
            free.is_some_and(|stock| quantity <= stock.free),
            "no more is reserved than is free"
        );
    }
    Ok(())
}

/// Nobody enters a stage that is off (rule 1), but for what is left over where nobody ships: it waits at the outbound review.
fn entered(desk: &Desk, status: OrderStatus) -> Result<(), TestCaseError> {
    let on = status
        .stage()
        .is_none_or(|stage| desk.workflow.stages.is_on(stage));
    let rest = status == OrderStatus::PendingOutboundReview && !desk.workflow.stages.ship;
    let receipt = status == OrderStatus::PendingReceipt;
    prop_assert!(on || rest && !receipt, "{:?} is off", status);
    Ok(())
}

#[derive(Default)]
struct Seen {
    statuses: BTreeSet<OrderStatus>,
    commands: BTreeSet<&'static str>,
}

fn run(mask: usize, settings: u8, steps: &[Step], seen: &RefCell<Seen>) -> Result<(), TestCaseError> {
    let people = people();
    let mut workflow: Workflow = workflow_of(mask);
    workflow.executive_threshold = (settings & 1 == 1).then(|| money("100"));
    workflow.second_check = settings & 2 == 2;
    workflow.one_stage_per_person = settings & 4 == 4;
    let mut content = usual_content();
    content.lines[0].made_to_order = settings & 8 == 8;
    if settings & 16 == 16 {
        content.lines[1].variant_id = content.lines[0].variant_id;
        content.lines[1].unit.factor = quantity("12");
    }
    if settings & 32 == 32 {
        // 12.35 off, spread over both lines.
        for (line, amount) in content.lines.iter_mut().zip(["3.20", "9.15"]) {
            line.share = Some(DiscountShare {
                amount: money(amount),
                quantity: line.quantity,
            });
        }
    }
    let mut desk = Desk::with(content, workflow);
    for step in steps {
        step.turn_the_world(&mut desk);
        let command = command_of(step, &desk.order);
        let actor = match step.natural_actor(&desk.order) {
            Some(actor) => actor,
            None => people[step.who % people.len()].clone(),
        };
        let before = desk.order.clone();
        let outcome = desk.act(&actor, command.clone());
        if !actor.sees(before.customer_id, before.region_id) {
            let reason = DenyReason::Unknown;
            prop_assert_eq!(&outcome, &Err(Rejection::Denied { reason }));
        }
        match outcome {
            Err(_) => prop_assert_eq!(&desk.order, &before),
            Ok(events) => {
                sound_step(&desk, &before, &actor, &command, &events)?;
                sound(&desk.order)?;
                let mut seen = seen.borrow_mut();
                seen.statuses.insert(desk.order.status);
                seen.commands.insert(name_of(&command));
            }
        }
    }
    prop_assert_eq!(desk.order.version, desk.events.len() as u64);
    let json = serde_json::to_string(&desk.events).expect("events are plain data");
    let events: Vec<Event> = serde_json::from_str(&json).expect("what was written can be read");
    let replayed = replay(&events);
    prop_assert_eq!(
        replayed.as_ref(),
        Some(&desk.order),
        "replaying gives the same order"
    );
    Ok(())
}

#[test]
fn no_sequence_of_commands_under_any_switches_leaves_the_rules() {
    let seen = RefCell::new(Seen::default());
    for mask in 0..128 {
        let config = Config {
            cases: 40,
            failure_persistence: None,
            ..Config::default()
        };
        let strategy = (0u8..64, proptest::collection::vec(step(), 1..45));
        let outcome =
            TestRunner::new(config).run(&strategy, |(settings, steps)| run(mask, settings, &steps, &seen));
        if let Err(failure) = outcome {
            panic!("switches {mask:07b}: {failure}");
        }
    }
    // The sequences are worth something only if they get everywhere.
    let seen = seen.into_inner();
    assert_eq!(seen.statuses.len(), OrderStatus::ALL.len(), "{:?}", seen.statuses);
    assert_eq!(seen.commands.len(), 20, "{:?}", seen.commands);
}
