//! The rating of a completed order (domain.md section 7).

use countersign_domain::id::CustomerId;
use countersign_domain::order::OrderStatus;
use countersign_domain::policy::DenyReason;
use countersign_domain::rating::{NewRating, RatingRejection, can_rate, rate};

use crate::world::*;

fn stars(stars: u8) -> NewRating {
    NewRating {
        stars,
        comment: " all whole \n".to_owned(),
    }
}

#[test]
fn the_customer_rates_a_completed_order_once() {
    let desk = Desk::new().reach(OrderStatus::Completed);
    let rating = rate(stars(4), &desk.order, None, &customer(), desk.now).expect("it may be rated");
    assert_eq!((rating.stars, rating.comment.as_str()), (4, "all whole"));
    assert_eq!((rating.by, rating.at), (customer().account_id, desk.now));
    assert_eq!(
        rate(stars(5), &desk.order, Some(&rating), &customer(), desk.now),
        Err(RatingRejection::AlreadyRated)
    );
}

#[test]
fn an_order_that_is_not_completed_is_not_rated() {
    let desk = Desk::new().reach(OrderStatus::PendingReceipt);
    assert_eq!(
        can_rate(&customer(), &desk.order, None),
        Err(RatingRejection::NotCompleted {
            status: OrderStatus::PendingReceipt
        })
    );
}

#[test]
fn only_its_customer_rates_an_order_and_to_others_it_is_unknown() {
    let desk = Desk::new().reach(OrderStatus::Completed);
    let denied = |reason| Err(RatingRejection::Denied { reason });
    assert_eq!(
        can_rate(&boss(), &desk.order, None),
        denied(DenyReason::OnlyCustomer)
    );
    let stranger = distributor(0x2, CustomerId(id(0x1ff)));
    assert_eq!(
        can_rate(&stranger, &desk.order, None),
        denied(DenyReason::Unknown)
    );
    assert_eq!(
        can_rate(&timer(), &desk.order, None),
        denied(DenyReason::OnlyCustomer)
    );
}

#[test]
fn there_are_one_to_five_stars() {
    let desk = Desk::new().reach(OrderStatus::Completed);
    for wrong in [0, 6, u8::MAX] {
        assert_eq!(
            rate(stars(wrong), &desk.order, None, &customer(), desk.now),
            Err(RatingRejection::StarsInvalid { most: 5 })
        );
    }
}
