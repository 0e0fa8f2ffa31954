//! How an order stands with the way its customer pays (rule 8), as the finance review decides it and pages show it.

use countersign_domain::customer::PaymentPolicy;
use countersign_domain::money::Rate;
use countersign_domain::order::{
    Command, CreditUse, Funding, OrderStatus as S, Rejection, SendBackOrder, exposure_without, to_pay,
};

use crate::world::*;

fn credit(limit: Option<&str>) -> PaymentPolicy {
    PaymentPolicy::Credit {
        limit: limit.map(money),
        days: 30,
    }
}

#[test]
fn what_comes_before_goods_is_the_total_or_a_share_of_it() {
    let desk = Desk::new();
    let (total, paid) = (desk.order.total, money("1"));
    let of = |policy| Funding::of(&desk.order, &policy, paid, money("0"));
    assert_eq!(
        of(PaymentPolicy::Prepaid),
        Ok(Funding::Ahead { due: total, paid })
    );
    let share = Rate::new("0.333".parse().expect("a number")).expect("a share");
    let due = desk.order.currency.round(total.0 * share.get());
    let deposit = of(PaymentPolicy::Deposit { share, days: 30 }).expect("a small amount");
    assert_eq!(deposit, Funding::Ahead { due, paid });
    assert_eq!(deposit.check(), Err(Rejection::PaymentMissing { due, paid }));
    let enough = Funding::Ahead { due, paid: due };
    assert_eq!(enough.check(), Ok(()));
}

#[test]
fn on_account_the_order_comes_on_top_of_the_others_as_far_as_it_is_not_paid() {
    let desk = Desk::new();
    let (total, others) = (desk.order.total, money("100"));
    let of = |limit, paid| Funding::of(&desk.order, &credit(Some(limit)), money(paid), others);
    let used = |limit, order| CreditUse {
        limit: money(limit),
        others,
        order,
    };
    let whole = used("1000", total);
    assert_eq!(of("1000", "0"), Ok(Funding::OnAccount(whole)));
    assert_eq!(whole.after(), others + total);
    assert_eq!(whole.left(), money("1000") - others - total);
    let rest = used("1000", total - money("20"));
    assert_eq!(of("1000", "20"), Ok(Funding::OnAccount(rest)));
    // What is paid beyond the total pays for no other order.
    let nothing = used("1000", money("0"));
    assert_eq!(of("1000", "9999"), Ok(Funding::OnAccount(nothing)));
}

#[test]
fn the_limit_is_passed_beyond_it_and_not_at_it() {
    let order = money("50");
    let check = |limit| {
        let credit = CreditUse {
            limit: money(limit),
            others: money("100"),
            order,
        };
        Funding::OnAccount(credit).check()
    };
    assert_eq!(check("150"), Ok(()));
    assert_eq!(
        check("149.99"),
        Err(Rejection::CreditExceeded {
            limit: money("149.99"),
            exposure: money("150"),
            over_by: money("0.01"),
        })
    );
}

#[test]
fn no_limit_is_no_credit_however_little_is_owed() {
    let desk = Desk::new();
    let none = Funding::of(&desk.order, &credit(None), desk.order.total, money("0"));
    assert_eq!(none, Ok(Funding::NoCredit));
    assert_eq!(Funding::NoCredit.check(), Err(Rejection::CreditNotAllowed));
}

#[test]
fn what_a_page_computes_from_the_whole_exposure_is_what_the_review_decides() {
    let mut desk = Desk::new().reach(S::PendingFinanceReview);
    for (limit, paid) in [("244.99", "0"), ("245", "0"), ("195", "50"), ("194.99", "50")] {
        desk.facts.policy = credit(Some(limit));
        desk.facts.paid = money(paid);
        desk.facts.exposure = money("100");
        let whole = desk.facts.exposure + to_pay(&desk.order, money(paid));
        let others = exposure_without(&desk.order, money(paid), whole);
        assert_eq!(others, desk.facts.exposure);
        let shown = Funding::of(&desk.order, &desk.facts.policy, money(paid), others);
        let decided = desk.ask(&finance(), pay()).map(|_| ());
        assert_eq!(shown.expect("a small amount").check(), decided, "{limit}");
    }
}

#[test]
fn an_order_that_binds_nobody_takes_nothing_from_the_others() {
    let mut desk = Desk::new();
    let reason = "wrong address".to_owned();
    desk.must(&boss(), Command::SendBack(SendBackOrder { reason }));
    assert_eq!(
        exposure_without(&desk.order, money("0"), money("70")),
        money("70")
    );
}
