//! Free freight after submission: the review may say what the delivery costs, the customer pays none of it (rule 6).

use countersign_domain::id::PromotionId;
use countersign_domain::money::Money;
use countersign_domain::order::{
    Change, Command, Fact, FreightReview, OrderContent, OrderStatus, PassOrderReview,
};
use countersign_domain::promotion::OrderReason;
use countersign_domain::text::LocalText;
use countersign_domain::workflow::Workflow;

use crate::world::*;

fn name() -> LocalText {
    LocalText::new("满额包邮", "Free delivery")
}

/// The usual order, whose delivery a promotion has made free.
fn carried_for_nothing() -> OrderContent {
    OrderContent {
        freight: Money::ZERO,
        promotions: vec![OrderReason::FreeFreight {
            promotion_id: PromotionId(id(1)),
            name: name(),
            freight: Money::ZERO,
        }],
        ..usual_content()
    }
}

fn freight(amount: &str) -> Command {
    Command::PassOrderReview(PassOrderReview {
        freight: Some(FreightReview {
            freight: money(amount),
            reason: "two pallets".to_owned(),
        }),
        ..PassOrderReview::default()
    })
}

/// Rule 6.
#[test]
fn what_the_delivery_costs_is_said_and_not_charged() {
    let mut desk = Desk::with(carried_for_nothing(), Workflow::default());
    let before = desk.order.total;
    let facts = desk.must(&reviewer(), freight("25.00"));
    let waived = Change::FreightWaived {
        name: name(),
        from: Money::ZERO,
        to: money("25.00"),
        reason: "two pallets".to_owned(),
    };
    let reviewed = facts.iter().find_map(|fact| match fact {
        Fact::Reviewed { changes, .. } => Some(changes.clone()),
        _ => None,
    });
    assert_eq!(reviewed, Some(vec![waived]));
    assert_eq!((desk.order.freight, desk.order.total), (Money::ZERO, before));
    assert_eq!(desk.order.free_freight(), Some((&name(), money("25.00"))));
    assert_eq!(desk.order.freight_cost(), money("25.00"));
    assert_ne!(
        desk.status(),
        OrderStatus::PendingCustomerConfirmation,
        "it costs the customer nothing"
    );
}

#[test]
fn without_the_promotion_the_same_review_is_charged_and_confirmed() {
    let content = OrderContent {
        promotions: Vec::new(),
        ..carried_for_nothing()
    };
    let mut desk = Desk::with(content, Workflow::default());
    let before = desk.order.total;
    desk.must(&reviewer(), freight("25.00"));
    assert_eq!(desk.order.total, before + money("25.00"));
    assert_eq!(desk.order.freight_cost(), money("25.00"));
    assert_eq!(desk.status(), OrderStatus::PendingCustomerConfirmation);
}
