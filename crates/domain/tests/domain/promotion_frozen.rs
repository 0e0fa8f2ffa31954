//! A discount on the order once it is submitted: frozen with the lines (rule 6), and part of whatever happens to them.

use countersign_domain::id::{ChangeRequestId, LineId, PromotionId};
use countersign_domain::money::Money;
use countersign_domain::order::{
    Command, LineReview, LineSplit, OrderContent, OrderStatus, Proposal, ProposedQuantity, Rejection,
    RequestChange,
};
use countersign_domain::permission::Permission;
use countersign_domain::policy::DenyReason;
use countersign_domain::price::{DiscountShare, PriceReason};
use countersign_domain::returns::replay;
use countersign_domain::text::LocalText;
use countersign_domain::workflow::Workflow;

use crate::returns::{asked, goods, try_submit};
use crate::world::*;

/// Ten at 3.50 with 3.50 off, five at 20 with 10 off, 10 of freight, and a gift.
fn discounted() -> OrderContent {
    let mut content = usual_content();
    for (line, amount) in content.lines.iter_mut().zip(["3.50", "10.00"]) {
        line.share = Some(DiscountShare {
            amount: money(amount),
            quantity: line.quantity,
        });
    }
    let mut gift = new_line(LINE_C, "1", "0");
    gift.reasons = vec![PriceReason::Gift {
        promotion_id: PromotionId(id(1)),
        name: LocalText::new("买赠", "Gift"),
    }];
    content.lines.push(gift);
    content
}

fn desk() -> Desk {
    Desk::with(discounted(), Workflow::default())
}

fn reviewed(review: LineReview) -> Desk {
    let mut desk = desk();
    desk.must(&boss(), review_line(review));
    desk
}

/// Rule 6 and price 6.
#[test]
fn the_share_is_taken_off_the_line_and_the_total_stays_the_sum_of_the_lines() {
    let desk = desk();
    assert_eq!(desk.line(LINE_A).amount, money("31.50"));
    assert_eq!(desk.line(LINE_B).amount, money("90.00"));
    assert_eq!(desk.order.total, money("131.50"));
    assert!(desk.line(LINE_C).is_gift() && desk.line(LINE_C).amount.is_zero());
}

/// Rule 6.
#[test]
fn less_of_a_line_has_less_of_the_share_and_more_of_it_no_more() {
    let of = |count: &str| {
        let review = LineReview {
            quantity: Some(quantity(count)),
            ..line_review(LINE_A)
        };
        reviewed(review).line(LINE_A).amount
    };
    assert_eq!(of("4"), money("12.60"), "4 x 3.50 less 4 tenths of 3.50");
    assert_eq!(of("12"), money("38.50"), "12 x 3.50 less 3.50");
    assert_eq!(of("0"), Money::ZERO);
}

/// Rule 6.
#[test]
fn the_parts_of_a_split_line_have_the_share_together() {
    let desk = reviewed(LineReview {
        split: Some(LineSplit {
            new_line_id: LINE_D,
            quantity: quantity("3"),
            held: false,
        }),
        ..line_review(LINE_A)
    });
    assert_eq!(desk.line(LINE_D).amount, money("9.45"));
    assert_eq!(desk.line(LINE_A).amount, money("22.05"));
    assert_eq!(desk.order.total, money("131.50"));
}

const LINE_D: LineId = LineId(uuid::Uuid::from_u128(0x604));

#[test]
fn a_price_below_the_share_costs_nothing_rather_than_less() {
    let desk = reviewed(LineReview {
        price: Some(money("0.10")),
        ..line_review(LINE_A)
    });
    assert_eq!(desk.line(LINE_A).amount, Money::ZERO);
    assert_eq!(desk.order.total, money("100.00"));
}

#[test]
fn what_comes_back_is_refunded_at_what_it_cost_and_no_more() {
    let desk = desk().reach(OrderStatus::Completed);
    let events = try_submit(
        &desk,
        &customer(),
        goods(vec![asked(LINE_B, "2"), asked(LINE_C, "1")]),
        &[],
    );
    let part = replay(&events.expect("it can be returned")).expect("a return");
    assert_eq!(
        part.total,
        money("36.00"),
        "2 x 20 less 2 fifths of 10; the gift is worth nothing"
    );
    let mut rest = goods(vec![asked(LINE_B, "3")]);
    rest.id = countersign_domain::id::ReturnId(id(0x901));
    let events = try_submit(&desk, &customer(), rest, std::slice::from_ref(&part));
    let rest = replay(&events.expect("the rest can be returned")).expect("a return");
    assert_eq!(part.total + rest.total, desk.line(LINE_B).amount);
}

#[test]
fn a_share_above_the_line_is_refused() {
    let mut content = usual_content();
    content.lines[0].share = Some(DiscountShare {
        amount: money("35.01"),
        quantity: content.lines[0].quantity,
    });
    let refused = Desk::submitted_by(&customer(), content, Workflow::default()).err();
    assert_eq!(refused, Some(Rejection::AmountInvalid));
}

#[test]
fn an_order_without_promotions_is_stored_as_before() {
    let json = serde_json::to_string(&Desk::new().order).expect("plain data");
    assert!(!json.contains("\"share\"") && !json.contains("\"promotions\""));
}

#[test]
fn more_of_a_gift_is_given_by_nobody_but_who_sets_prices() {
    let more = || LineReview {
        quantity: Some(quantity("100")),
        reason: "they are nice".to_owned(),
        ..line_review(LINE_C)
    };
    let modifier = staff(0x31, &[Permission::OrderReview, Permission::OrderModify]);
    assert_eq!(
        desk().denied(&modifier, review_line(more())),
        DenyReason::NeedsPermission {
            permission: Permission::OrderSpecialPrice,
        }
    );
    assert_eq!(reviewed(more()).line(LINE_C).approved, quantity("100"));
}

#[test]
fn a_change_of_the_customers_leaves_a_gift_what_it_is() {
    let asked = |quantities: &[(LineId, &str)]| {
        let quantities = quantities.iter().map(|(line_id, count)| ProposedQuantity {
            line_id: *line_id,
            quantity: quantity(count),
        });
        Command::RequestChange(RequestChange {
            proposal: Proposal {
                quantities: quantities.collect(),
                ..Proposal::default()
            },
            id: ChangeRequestId(id(0x900)),
            reason: "we sell more".to_owned(),
        })
    };
    let desk = desk().reach(OrderStatus::PendingOutboundReview);
    assert_eq!(
        desk.refused(&customer(), asked(&[(LINE_C, "100")])),
        Rejection::QuantityTooLarge {
            line_id: LINE_C,
            maximum: quantity("1"),
        }
    );
    assert_eq!(
        desk.refused(&customer(), asked(&[(LINE_A, "0"), (LINE_B, "0")])),
        Rejection::NoLines,
        "a gift alone is no order"
    );
}
