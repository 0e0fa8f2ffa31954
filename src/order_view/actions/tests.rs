//! What a bar of actions offers, to whom and in which order.

use countersign_domain::id::{AccountId, CustomerId};
use countersign_domain::permission::BuiltInRole;
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

fn customer(order: &Order) -> Actor {
    Actor {
        account_id: AccountId(Uuid::from_u128(8)),
        side: Side::Distributor {
            customer_id: order.customer_id,
        },
        stands_in_for: Vec::new(),
    }
}

fn deeds(offers: &[Offer]) -> Vec<Deed> {
    offers.iter().map(|offer| offer.deed).collect()
}

#[test]
fn what_may_be_done_stands_before_what_may_not() {
    let order = sample::order(OrderStatus::PendingFinanceReview);
    let offers = offers(
        &staff(BuiltInRole::FinanceReviewer),
        &order,
        Money::ZERO,
        None,
        &Workflow::default(),
    );
    assert_eq!(
        deeds(&offers),
        [
            Deed::PassFinanceReview,
            Deed::EnterPayment,
            Deed::SendBack,
            Deed::Void
        ]
    );
    assert_eq!(main_deed(&offers), Some(Deed::PassFinanceReview));
    assert_eq!(
        offers.last().map(|offer| offer.allowed.clone()),
        Some(Err(Rejection::Denied {
            reason: DenyReason::NeedsPermission {
                permission: Permission::OrderVoid
            }
        }))
    );
}

#[test]
fn without_the_permission_nothing_stands_as_the_main_action() {
    let order = sample::order(OrderStatus::PendingOrderReview);
    let offers = offers(
        &staff(BuiltInRole::WarehouseReviewer),
        &order,
        Money::ZERO,
        None,
        &Workflow::default(),
    );
    assert_eq!(deeds(&offers).first(), Some(&Deed::SendBack));
    assert_eq!(main_deed(&offers), None);
}

#[test]
fn a_customer_may_withdraw_until_the_review_and_is_told_why_not_later() {
    let early = sample::order(OrderStatus::PendingOrderReview);
    let workflow = Workflow::default();
    let first = offers(&customer(&early), &early, Money::ZERO, None, &workflow);
    assert_eq!(first[0].allowed, Ok(()));
    let late = sample::order(OrderStatus::PendingFinanceReview);
    let then = offers(&customer(&late), &late, Money::ZERO, None, &workflow);
    assert_eq!(deeds(&then), [Deed::RequestChange, Deed::Withdraw]);
    assert_eq!(then[1].allowed, Err(DenyReason::AlreadyReviewed.into()));
}

#[test]
fn the_other_side_answers_a_proposal_before_anything_else_and_the_proposer_does_not() {
    let mut order = sample::order(OrderStatus::PendingFinanceReview);
    order.change_request = Some(sample::change_request(&order));
    let workflow = Workflow::default();
    let lead = staff(BuiltInRole::SystemAdministrator);
    let answers = offers(&lead, &order, Money::ZERO, None, &workflow);
    assert_eq!(main_deed(&answers), Some(Deed::AnswerChange));
    let own = offers(&customer(&order), &order, Money::ZERO, None, &workflow);
    assert_eq!(deeds(&own), [Deed::Withdraw]);
}

#[test]
fn a_held_line_is_released_by_whoever_may_modify_and_shown_to_nobody_else() {
    let mut order = sample::order(OrderStatus::PendingShipment);
    order.lines[0].held = true;
    let workflow = Workflow::default();
    let offered = |role| deeds(&offers(&staff(role), &order, order.total, None, &workflow));
    assert!(offered(BuiltInRole::OrderReviewer).contains(&Deed::ReleaseLine));
    assert!(!offered(BuiltInRole::Shipper).contains(&Deed::ReleaseLine));
}

#[test]
fn a_sent_back_order_is_edited_first_and_voided_second() {
    let order = sample::order(OrderStatus::SentBack);
    let offers = offers(&customer(&order), &order, Money::ZERO, None, &Workflow::default());
    assert_eq!(deeds(&offers), [Deed::Resubmit, Deed::Void]);
    assert!(offers.iter().all(|offer| offer.allowed.is_ok()));
}

#[test]
fn another_customers_order_offers_nothing_that_may_be_done() {
    let order = sample::order(OrderStatus::PendingOrderReview);
    let stranger = Actor {
        account_id: AccountId(Uuid::from_u128(7)),
        side: Side::Distributor {
            customer_id: CustomerId(Uuid::from_u128(77)),
        },
        stands_in_for: Vec::new(),
    };
    let offers = offers(&stranger, &order, Money::ZERO, None, &Workflow::default());
    assert!(offers.iter().all(|offer| offer.allowed.is_err()));
}

#[test]
fn received_goods_are_returned_by_their_customer_and_by_who_may_enter_it_for_them() {
    let mut order = sample::order(OrderStatus::Completed);
    order.lines[0].received = order.lines[0].ordered;
    let offered = |actor| deeds(&offers(&actor, &order, order.total, None, &Workflow::default()));
    assert_eq!(offered(customer(&order)), [Deed::ReturnGoods]);
    assert_eq!(offered(staff(BuiltInRole::OrderReviewer)), [Deed::ReturnGoods]);
    assert_eq!(offered(staff(BuiltInRole::Shipper)), []);
}

#[test]
fn what_ended_and_is_paid_offers_nothing() {
    let order = sample::order(OrderStatus::Completed);
    let finance = staff(BuiltInRole::FinanceReviewer);
    let workflow = Workflow::default();
    assert_eq!(offers(&finance, &order, order.total, None, &workflow), []);
    let open = offers(&finance, &order, Money::ZERO, None, &workflow);
    assert_eq!(deeds(&open), [Deed::EnterPayment]);
    let voided = sample::order(OrderStatus::Voided);
    assert_eq!(offers(&finance, &voided, Money::ZERO, None, &workflow), []);
}

#[test]
fn what_the_finance_review_would_refuse_is_refused_before_it_is_pressed() {
    use countersign_domain::order::CreditUse;

    let order = sample::order(OrderStatus::PendingFinanceReview);
    let workflow = Workflow::default();
    let first = |role, funding: &Funding| {
        let offers = offers(&staff(role), &order, Money::ZERO, Some(funding), &workflow);
        let pass = offers
            .into_iter()
            .find(|offer| offer.deed == Deed::PassFinanceReview);
        pass.map(|offer| offer.allowed).expect("it is offered")
    };
    let unpaid = Funding::Ahead {
        due: Money::new(10, 0),
        paid: Money::ZERO,
    };
    assert!(matches!(
        first(BuiltInRole::FinanceReviewer, &unpaid),
        Err(Rejection::PaymentMissing { .. })
    ));
    let used = |limit| {
        Funding::OnAccount(CreditUse {
            limit: Money::new(limit, 0),
            others: Money::new(10, 0),
            order: Money::new(5, 0),
        })
    };
    assert!(matches!(
        first(BuiltInRole::FinanceReviewer, &used(14)),
        Err(Rejection::CreditExceeded { .. })
    ));
    assert_eq!(first(BuiltInRole::FinanceReviewer, &used(15)), Ok(()));
    // Who may not pass it at all is told that.
    assert!(matches!(
        first(BuiltInRole::Shipper, &unpaid),
        Err(Rejection::Denied { .. })
    ));
}
