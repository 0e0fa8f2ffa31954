//! Alerts (domain.md section 3).

use chrono::{Days, TimeDelta};
use countersign_domain::actor::Actor;
use countersign_domain::alert::{
    AlertFacts, OrderAlert, Work, concerns_stock, is_low, kept_in_stock, of_order, payment_due,
};
use countersign_domain::customer::PaymentPolicy;
use countersign_domain::id::{CustomerId, RegionId, VariantId};
use countersign_domain::money::Money;
use countersign_domain::order::{
    Command, OrderStatus as S, PassFinanceReview, ProducedLine, ReportProduction, SendBackOrder,
};
use countersign_domain::permission::{BuiltInRole, Permission};
use countersign_domain::price::PriceTerms;
use countersign_domain::product::Variant;
use countersign_domain::quantity::{Quantity, QuantityRule, Unit};
use countersign_domain::text::LocalText;
use countersign_domain::workflow::{Stage, Workflow};

use crate::world::*;

const CREDIT: PaymentPolicy = PaymentPolicy::Credit {
    limit: None,
    days: 30,
};

/// What is the matter with the order now, of a customer who pays like this and has paid so much.
fn alerts_of(desk: &Desk, policy: &PaymentPolicy, paid: &str) -> Vec<OrderAlert> {
    let facts = AlertFacts {
        now: desk.now,
        today: desk.now.date_naive(),
        workflow: &desk.workflow,
        policy,
        paid: money(paid),
    };
    of_order(&desk.order, &facts)
}

fn alerts(desk: &Desk) -> Vec<OrderAlert> {
    alerts_of(desk, &CREDIT, "0")
}

/// A desk that makes to order what its first line wants, and that reviews in ten days.
fn made_to_order() -> Desk {
    let mut content = usual_content();
    for line in content.lines.iter_mut().take(1) {
        line.made_to_order = true;
    }
    let mut workflow = Workflow::default();
    workflow.stages.production = true;
    workflow.review_hours.normal = 240;
    Desk::with(content, workflow)
}

#[test]
fn an_order_on_its_way_is_no_alert() {
    let mut desk = Desk::new();
    for _ in 0..5 {
        assert_eq!(alerts(&desk), [], "{:?}", desk.status());
        desk.step();
    }
    assert_eq!(desk.status(), S::Completed);
    assert_eq!(alerts(&desk), []);
}

#[test]
fn a_review_is_overdue_once_its_time_is_past_and_not_before() {
    let mut desk = Desk::new();
    desk.now = desk.order.review_due_at;
    assert_eq!(alerts(&desk), []);
    desk.now += TimeDelta::seconds(1);
    let overdue = |stage| OrderAlert::ReviewOverdue {
        stage,
        due_at: desk.order.review_due_at,
    };
    assert_eq!(alerts(&desk), [overdue(Stage::OrderReview)]);
    let due_at = desk.order.review_due_at;
    desk.step();
    let stage = Stage::FinanceReview;
    assert!(
        alerts(&desk).contains(&OrderAlert::ReviewOverdue { stage, due_at }),
        "one clock for all reviews together"
    );
}

#[test]
fn a_promise_is_at_risk_from_the_day_before_as_long_as_nothing_has_begun() {
    let mut desk = made_to_order().reach(S::InProduction);
    let promised_date = desk.order.promised_date.expect("the review promised a day");
    let risk = |work| vec![OrderAlert::PromiseAtRisk { work, promised_date }];
    let day = |before: u64| {
        let day = promised_date.checked_sub_days(Days::new(before)).expect("a day");
        day.and_time(desk.now.time()).and_utc()
    };
    let (before, eve, day_itself) = (day(2), day(1), day(0));
    desk.now = before;
    assert_eq!(alerts(&desk), []);
    for now in [eve, day_itself] {
        desk.now = now;
        assert_eq!(alerts(&desk), risk(Work::Production));
    }
    let line = ProducedLine {
        line_id: LINE_A,
        produced: quantity("1"),
    };
    let report = Command::ReportProduction(ReportProduction { lines: vec![line] });
    desk.must(&warehouse(), report);
    assert_eq!(
        alerts(&desk),
        risk(Work::Shipment),
        "making it has begun, sending it has not"
    );
    let mut desk = desk.reach(S::PendingShipment);
    assert_eq!(alerts(&desk), risk(Work::Shipment));
    let part = ship_part(&desk, LINE_A, "1");
    desk.must(&shipper(), part);
    assert_eq!(alerts(&desk), [], "some of it has left");
}

#[test]
fn a_promise_without_a_stage_to_wait_at_is_at_no_risk() {
    let mut desk = Desk::new().reach(S::PendingFinanceReview);
    let reason = "the address is wrong".to_owned();
    desk.must(&finance(), Command::SendBack(SendBackOrder { reason }));
    desk.wait_hours(24 * 30);
    assert_eq!(alerts(&desk), []);
}

#[test]
fn a_shipment_is_silent_after_so_many_days_until_it_is_received() {
    let mut desk = Desk::new().reach(S::PendingShipment);
    let part = ship_part(&desk, LINE_A, "1");
    desk.must(&shipper(), part);
    let first = desk.now;
    desk.wait_hours(24);
    desk.step();
    assert_eq!(desk.workflow.shipment_news_days, 7);
    let silent = |position, shipped_at| vec![OrderAlert::ShipmentSilent { position, shipped_at }];
    desk.now = first + TimeDelta::days(7) - TimeDelta::seconds(1);
    assert_eq!(alerts(&desk), []);
    desk.now = first + TimeDelta::days(7);
    assert_eq!(alerts(&desk), silent(1, first));
    desk.wait_hours(24 * 3);
    assert_eq!(alerts(&desk), silent(1, first), "of several the oldest");
    desk.step();
    assert_eq!(alerts(&desk), silent(2, first + TimeDelta::hours(24)));
    desk.step();
    assert_eq!(alerts(&desk), []);
}

#[test]
fn a_payment_is_overdue_after_the_days_of_the_policy_while_something_is_missing() {
    let mut desk = Desk::new().reach(S::Completed);
    let due_at = desk.now + TimeDelta::days(30);
    desk.now = due_at;
    assert_eq!(alerts(&desk), []);
    desk.now += TimeDelta::seconds(1);
    let overdue = |owed| {
        vec![OrderAlert::PaymentOverdue {
            due_at,
            owed: money(owed),
        }]
    };
    assert_eq!(alerts(&desk), overdue("145.00"));
    assert_eq!(alerts_of(&desk, &CREDIT, "144.99"), overdue("0.01"));
    assert_eq!(alerts_of(&desk, &CREDIT, "145.00"), []);
    assert_eq!(alerts_of(&desk, &CREDIT, "200"), [], "more than enough");
    assert_eq!(alerts_of(&desk, &PaymentPolicy::Prepaid, "0"), []);
    assert_eq!(payment_due(desk.now, &PaymentPolicy::Prepaid), None);
    let deposit = PaymentPolicy::Deposit {
        share: rate("0.3"),
        days: 10,
    };
    assert_eq!(
        payment_due(desk.now, &deposit),
        Some(desk.now + TimeDelta::days(10))
    );
}

#[test]
fn a_customer_hears_of_its_own_orders_but_not_of_reviews() {
    let order = Desk::new().order;
    let review = OrderAlert::ReviewOverdue {
        stage: Stage::OrderReview,
        due_at: start(),
    };
    let silent = OrderAlert::ShipmentSilent {
        position: 1,
        shipped_at: start(),
    };
    let other = distributor(0x2, CustomerId(id(0x101)));
    assert!(silent.concerns(&customer(), &order) && !silent.concerns(&other, &order));
    assert!(!review.concerns(&customer(), &order));
    assert!(!silent.concerns(&timer(), &order));
}

#[test]
fn staff_hear_of_what_they_can_do_something_about_in_their_regions() {
    let order = Desk::new().order;
    let (due_at, promised_date) = (start(), start().date_naive());
    let review = |stage| OrderAlert::ReviewOverdue { stage, due_at };
    let risk = |work| OrderAlert::PromiseAtRisk { work, promised_date };
    let silent = OrderAlert::ShipmentSilent {
        position: 1,
        shipped_at: due_at,
    };
    let owed = OrderAlert::PaymentOverdue {
        due_at,
        owed: Money::ZERO,
    };
    use BuiltInRole as R;
    let table: [(OrderAlert, &[R]); 7] = [
        (
            review(Stage::OrderReview),
            &[R::BusinessLead, R::OrderReviewer, R::RegionalManager],
        ),
        (
            review(Stage::FinanceReview),
            &[R::BusinessLead, R::FinanceReviewer],
        ),
        (
            review(Stage::OutboundReview),
            &[R::BusinessLead, R::WarehouseReviewer],
        ),
        (
            risk(Work::Production),
            &[
                R::BusinessLead,
                R::OrderReviewer,
                R::RegionalManager,
                R::WarehouseReviewer,
            ],
        ),
        (
            risk(Work::Shipment),
            &[
                R::BusinessLead,
                R::OrderReviewer,
                R::RegionalManager,
                R::WarehouseReviewer,
                R::Shipper,
            ],
        ),
        (
            silent,
            &[R::BusinessLead, R::OrderReviewer, R::RegionalManager, R::Shipper],
        ),
        (owed, &[R::BusinessLead, R::FinanceReviewer]),
    ];
    for (alert, roles) in table {
        for role in R::ALL {
            let told = role == R::SystemAdministrator || roles.contains(&role);
            assert_eq!(
                alert.concerns(&of_role(1, role), &order),
                told,
                "{alert:?} for {role:?}"
            );
        }
    }
    let all: Vec<Permission> = Permission::ALL.to_vec();
    let here = regional(1, &all, &[REGION]);
    let elsewhere = regional(1, &all, &[RegionId(id(0x201))]);
    assert!(silent.concerns(&here, &order) && !silent.concerns(&elsewhere, &order));
}

#[test]
fn an_order_let_pass_beyond_the_limit_is_told_to_its_customer_until_it_is_paid_or_arrives() {
    let mut desk = Desk::new().reach(S::PendingFinanceReview);
    desk.facts.policy = PaymentPolicy::Credit {
        limit: Some(money("100")),
        days: 30,
    };
    assert_eq!(alerts(&desk), [], "it waits for a decision");
    let body = PassFinanceReview {
        note: String::new(),
        override_reason: Some("an old friend".to_owned()),
    };
    desk.must(&boss(), Command::PassFinanceReview(body));
    let told = OrderAlert::CreditOverridden { passed_at: desk.now };
    assert_eq!(alerts(&desk), [told]);
    assert_eq!(alerts_of(&desk, &CREDIT, "145"), []);
    assert_eq!(told.since(), desk.now);
    assert!(told.concerns(&customer(), &desk.order));
    assert!(!told.concerns(&distributor(2, CustomerId(id(0x301))), &desk.order));
    for role in BuiltInRole::ALL {
        assert!(!told.concerns(&of_role(1, role), &desk.order), "{role:?}");
    }
    let desk = desk.reach(S::Completed);
    assert_eq!(alerts(&desk), []);
}

#[test]
fn stock_is_low_below_its_reorder_level_and_what_is_made_to_order_never() {
    let level = quantity("10");
    assert!(is_low(quantity("9.9999"), level));
    assert!(!is_low(level, level), "at the level is not below it");
    assert!(!is_low(Quantity::ZERO, Quantity::ZERO), "no level, no alert");
    let bottle = Unit {
        code: "bottle".to_owned(),
        name: LocalText::new("瓶", "bottle"),
        factor: Quantity::ONE,
    };
    let mut variant = Variant {
        id: VariantId(id(1)),
        sku: "S".to_owned(),
        barcode: None,
        name: LocalText::default(),
        ordering_unit: bottle.code.clone(),
        base_unit: bottle,
        packs: Vec::new(),
        prices: PriceTerms {
            list: Money::ZERO,
            levels: Default::default(),
            breaks: Vec::new(),
        },
        rule: QuantityRule::default(),
        lead_days: 1,
        made_to_order: false,
        reorder_level: level,
    };
    assert_eq!(kept_in_stock(&variant), level);
    variant.made_to_order = true;
    assert_eq!(kept_in_stock(&variant), Quantity::ZERO);
}

#[test]
fn stock_concerns_who_counts_it_or_keeps_the_products() {
    let told = |actor: Actor| concerns_stock(&actor);
    for role in BuiltInRole::ALL {
        let expected = matches!(
            role,
            BuiltInRole::SystemAdministrator | BuiltInRole::BusinessLead | BuiltInRole::WarehouseReviewer
        );
        assert_eq!(told(of_role(1, role)), expected, "{role:?}");
    }
    assert!(!told(customer()));
}
