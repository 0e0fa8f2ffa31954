//! Rules 5 to 8 of domain.md section 3: the order review, frozen prices, executive approval, finance review.

use countersign_domain::customer::PaymentPolicy;
use countersign_domain::id::LineId;
use countersign_domain::order::{
    Change, Command, DeclineChanges, Fact, FreightReview, LineReview, LineSplit, OrderStatus as S,
    PassFinanceReview, PassOrderReview, PassStage, Rejection, ReleaseLine, ResubmitOrder, SendBackOrder,
    UsualPromise,
};
use countersign_domain::permission::Permission;
use countersign_domain::policy::DenyReason;
use countersign_domain::price::PriceReason;
use countersign_domain::workflow::Workflow;

use crate::world::*;

#[test]
fn rule_05_the_promised_date_is_today_the_lead_time_and_a_day_of_slack() {
    let desk = Desk::new().reach(S::PendingFinanceReview);
    assert_eq!(desk.order.promised_date, Some(date("2026-11-26")));

    let usual = UsualPromise::of(date("2026-11-23"), 2, &Workflow::default());
    assert_eq!(
        usual,
        Some(UsualPromise {
            date: date("2026-11-26"),
            lead_days: 2,
            slack_days: 1
        })
    );
    assert_eq!(
        UsualPromise::of(date("2026-11-23"), u32::MAX, &Workflow::default()),
        None
    );

    let mut desk = Desk::new();
    let on = |text: &str| {
        Command::PassOrderReview(PassOrderReview {
            promised_date: Some(date(text)),
            ..PassOrderReview::default()
        })
    };
    assert_eq!(desk.refused(&reviewer(), on("2026-11-22")), Rejection::DateInPast);
    desk.must(&reviewer(), on("2026-12-24"));
    assert_eq!(desk.order.promised_date, Some(date("2026-12-24")));
}

/// Changes that cost the customer money or time.
fn costly() -> Vec<(&'static str, Command)> {
    let line = || line_review(LINE_A);
    let split = LineSplit {
        new_line_id: LINE_C,
        quantity: quantity("4"),
        held: true,
    };
    vec![
        (
            "more",
            review_line(LineReview {
                quantity: Some(quantity("11")),
                ..line()
            }),
        ),
        (
            "less",
            review_line(LineReview {
                quantity: Some(quantity("9")),
                ..line()
            }),
        ),
        (
            "dearer",
            review_line(LineReview {
                price: Some(money("3.51")),
                ..line()
            }),
        ),
        (
            "held",
            review_line(LineReview {
                held: Some(true),
                ..line()
            }),
        ),
        (
            "split and held",
            review_line(LineReview {
                split: Some(split),
                ..line()
            }),
        ),
        ("freight up", freight("10.01")),
    ]
}

/// Changes that only please the customer.
fn pleasant() -> Vec<(&'static str, Command)> {
    let line = || line_review(LINE_A);
    let split = LineSplit {
        new_line_id: LINE_C,
        quantity: quantity("4"),
        held: false,
    };
    vec![
        ("nothing", review()),
        (
            "cheaper",
            review_line(LineReview {
                price: Some(money("3.49")),
                ..line()
            }),
        ),
        (
            "discount",
            review_line(LineReview {
                discount: Some(rate("0.15")),
                ..line()
            }),
        ),
        (
            "dearer with a larger discount",
            review_line(LineReview {
                price: Some(money("4.00")),
                discount: Some(rate("0.125")),
                ..line()
            }),
        ),
        (
            "split",
            review_line(LineReview {
                split: Some(split),
                ..line()
            }),
        ),
        ("freight down", freight("0")),
    ]
}

fn freight(amount: &str) -> Command {
    Command::PassOrderReview(PassOrderReview {
        freight: Some(FreightReview {
            freight: money(amount),
            reason: "another carrier".to_owned(),
        }),
        ..PassOrderReview::default()
    })
}

#[test]
fn rule_05_changes_that_cost_the_customer_money_or_time_need_its_word() {
    for (name, command) in costly() {
        let mut desk = Desk::new();
        desk.must(&reviewer(), command);
        assert_eq!(desk.status(), S::PendingCustomerConfirmation, "{name}");
        let confirmation = desk.order.confirmation.as_ref().expect("the changes are shown");
        assert!(!confirmation.changes.is_empty(), "{name}");
    }
    for (name, command) in pleasant() {
        let mut desk = Desk::new();
        desk.must(&reviewer(), command);
        assert_eq!(desk.status(), S::PendingFinanceReview, "{name}");
    }
}

#[test]
fn rule_05_a_promise_later_than_wished_needs_the_customers_word() {
    let mut content = usual_content();
    content.wanted_date = Some(date("2026-11-25"));
    let mut desk = Desk::with(content, Workflow::default());
    desk.step();
    assert_eq!(desk.status(), S::PendingCustomerConfirmation);
    let confirmation = desk.order.confirmation.as_ref().expect("the change is shown");
    assert_eq!(
        confirmation.changes,
        [Change::PromisedDate {
            from: Some(date("2026-11-25")),
            to: Some(date("2026-11-26"))
        }]
    );
}

#[test]
fn rule_05_every_change_needs_its_reason_and_its_permission() {
    let desk = Desk::new();
    let only_review = staff(0x20, &[Permission::OrderReview]);
    let with_modify = staff(0x21, &[Permission::OrderReview, Permission::OrderModify]);
    let cut = LineReview {
        quantity: Some(quantity("9")),
        ..line_review(LINE_A)
    };
    let price = LineReview {
        price: Some(money("1")),
        ..line_review(LINE_A)
    };
    for (actor, line, permission) in [
        (&only_review, &cut, Permission::OrderModify),
        (&only_review, &price, Permission::OrderSpecialPrice),
        (&with_modify, &price, Permission::OrderSpecialPrice),
    ] {
        let denied = desk.denied(actor, review_line(line.clone()));
        assert_eq!(denied, DenyReason::NeedsPermission { permission });
    }
    assert_eq!(
        desk.denied(&only_review, freight("0")),
        DenyReason::NeedsPermission {
            permission: Permission::OrderModify
        }
    );
    for line in [cut, price] {
        let silent = LineReview {
            reason: " ".to_owned(),
            ..line
        };
        assert_eq!(
            desk.refused(&boss(), review_line(silent)),
            Rejection::ReasonMissing
        );
    }
}

#[test]
fn rule_05_a_special_price_says_why() {
    let mut desk = Desk::new();
    let line = LineReview {
        price: Some(money("3.40")),
        discount: Some(rate("0.05")),
        ..line_review(LINE_A)
    };
    desk.must(&reviewer(), review_line(line));
    let line = desk.line(LINE_A);
    assert_eq!(line.amount, money("32.30"));
    assert_eq!(
        line.reasons.last(),
        Some(&PriceReason::Special {
            price: money("3.40"),
            discount: rate("0.05"),
            reason: "as agreed on the phone".to_owned()
        })
    );
    assert_eq!(desk.order.total, money("142.30"));
}

#[test]
fn rule_05_a_split_keeps_quantities_and_amounts() {
    let mut desk = Desk::new();
    let split = LineSplit {
        new_line_id: LINE_C,
        quantity: quantity("4"),
        held: true,
    };
    let line = LineReview {
        split: Some(split),
        ..line_review(LINE_A)
    };
    desk.must(&reviewer(), review_line(line));
    assert_eq!(desk.order.total, money("145.00"));
    assert_eq!(
        (desk.line(LINE_A).approved, desk.line(LINE_C).approved),
        (quantity("6"), quantity("4"))
    );
    assert_eq!(
        (desk.line(LINE_A).ordered, desk.line(LINE_C).ordered),
        (quantity("6"), quantity("4"))
    );
    // The held part stays behind, and is delivered once released.
    let mut desk = desk.reach(S::PendingShipment);
    desk.step();
    assert_eq!(desk.status(), S::PendingShipment);
    assert!(desk.line(LINE_C).shipped.is_zero());
    assert_eq!(
        desk.refused(&shipper(), ship(desk.next_shipment())),
        Rejection::NothingToDo
    );
    let release = Command::ReleaseLine(ReleaseLine {
        line_id: LINE_C,
        reason: "the goods are here".to_owned(),
    });
    desk.must(&reviewer(), release);
    desk.must(&warehouse(), outbound());
    assert_eq!(desk.reach(S::Completed).line(LINE_C).received, quantity("4"));
}

#[test]
fn rule_05_a_review_can_not_take_everything_out() {
    let lines = [LINE_A, LINE_B].map(|line| LineReview {
        quantity: Some(quantity("0")),
        ..line_review(line)
    });
    let command = Command::PassOrderReview(PassOrderReview {
        lines: lines.to_vec(),
        ..PassOrderReview::default()
    });
    assert_eq!(Desk::new().refused(&reviewer(), command), Rejection::NoLines);
}

fn changed() -> Desk {
    let mut desk = Desk::new();
    let cut = LineReview {
        quantity: Some(quantity("9")),
        ..line_review(LINE_A)
    };
    desk.must(&reviewer(), review_line(cut));
    desk
}

#[test]
fn rule_05_no_answer_within_the_window_sends_it_back_and_is_never_taken_as_agreed() {
    let mut desk = changed();
    desk.wait_hours(47);
    assert_eq!(
        desk.refused(&timer(), Command::ExpireConfirmation),
        Rejection::NotDue
    );
    assert_eq!(
        desk.denied(&boss(), Command::ExpireConfirmation),
        DenyReason::OnlySystem
    );
    assert_eq!(
        desk.denied(&boss(), Command::ConfirmChanges),
        DenyReason::OnlyCustomer
    );
    desk.wait_hours(1);
    desk.must(&timer(), Command::ExpireConfirmation);
    assert_eq!(desk.status(), S::SentBack);
}

#[test]
fn rule_05_the_customer_agrees_or_declines() {
    let mut desk = changed();
    desk.must(&customer(), Command::ConfirmChanges);
    assert_eq!(desk.status(), S::PendingFinanceReview);
    assert_eq!(desk.order.confirmation, None);

    let mut desk = changed();
    let reason = "we need all ten".to_owned();
    desk.must(&customer(), Command::DeclineChanges(DeclineChanges { reason }));
    assert_eq!(desk.status(), S::SentBack);
    assert_eq!(desk.order.reason.as_deref(), Some("we need all ten"));
}

#[test]
fn rule_06_prices_are_frozen_at_submission() {
    let desk = Desk::new().reach(S::Completed);
    assert_eq!(desk.line(LINE_A).price, money("3.50"));
    assert_eq!(
        desk.line(LINE_A).reasons,
        [PriceReason::List { price: money("3.50") }]
    );
    assert_eq!(desk.order.total, money("145.00"));
}

#[test]
fn rule_06_only_an_explicit_change_prices_again_and_the_history_shows_it() {
    let mut desk = Desk::new();
    let reason = "please confirm the new price".to_owned();
    desk.must(&boss(), Command::SendBack(SendBackOrder { reason }));
    let mut content = usual_content();
    content.lines[0].price = money("3.80");
    let facts = desk.must(&customer(), Command::Resubmit(ResubmitOrder { content }));
    let Some(Fact::Resubmitted { changes, .. }) = facts.first() else {
        panic!("a resubmission, not {facts:?}");
    };
    assert!(
        matches!(changes.as_slice(), [Change::Price { line_id: LINE_A, to, .. }] if *to == money("3.80"))
    );
}

#[test]
fn rule_07_executive_approval_from_the_threshold_by_a_holder_of_credit_override() {
    let with = |threshold: &str| {
        let mut workflow = Workflow::default();
        workflow.stages.executive_approval = true;
        workflow.executive_threshold = Some(money(threshold));
        let mut desk = Desk::with(usual_content(), workflow);
        desk.step();
        desk
    };
    assert_eq!(with("145.01").status(), S::PendingFinanceReview);
    let mut desk = with("145.00");
    assert_eq!(desk.status(), S::PendingExecutiveApproval);
    assert_eq!(
        desk.denied(&finance(), approve()),
        DenyReason::NeedsPermission {
            permission: Permission::CreditOverride
        }
    );
    desk.must(
        &staff(0x20, &[Permission::CreditOverride, Permission::OrderReview]),
        Command::PassExecutiveApproval(PassStage::default()),
    );
    assert_eq!(desk.status(), S::PendingFinanceReview);
}

#[test]
fn rule_07_without_a_threshold_no_order_is_that_large() {
    let mut workflow = Workflow::default();
    workflow.stages.executive_approval = true;
    let mut desk = Desk::with(usual_content(), workflow);
    desk.step();
    assert_eq!(desk.status(), S::PendingFinanceReview);
}

fn at_finance(policy: PaymentPolicy) -> Desk {
    let mut desk = Desk::new().reach(S::PendingFinanceReview);
    desk.facts.policy = policy;
    desk
}

fn missing(due: &str, paid: &str) -> Rejection {
    Rejection::PaymentMissing {
        due: money(due),
        paid: money(paid),
    }
}

#[test]
fn rule_08_a_prepaid_order_passes_once_payments_cover_the_total() {
    let mut desk = at_finance(PaymentPolicy::Prepaid);
    desk.facts.paid = money("144.99");
    assert_eq!(desk.refused(&finance(), pay()), missing("145.00", "144.99"));
    desk.facts.paid = money("145.00");
    desk.must(&finance(), pay());
    assert_eq!(desk.status(), S::PendingOutboundReview);
}

#[test]
fn rule_08_a_prepaid_order_does_not_leave_unpaid_where_finance_review_is_off() {
    let mut workflow = Workflow::default();
    workflow.stages.finance_review = false;
    let mut desk = Desk::with(usual_content(), workflow).reach(S::PendingShipment);
    desk.facts.policy = PaymentPolicy::Prepaid;
    assert_eq!(
        desk.refused(&shipper(), ship(desk.next_shipment())),
        missing("145.00", "0")
    );
    desk.facts.paid = money("145");
    desk.step();
    assert_eq!(desk.status(), S::PendingReceipt);
}

#[test]
fn rule_08_a_deposit_is_due_before_production_or_outbound() {
    let deposit = || PaymentPolicy::Deposit {
        share: rate("0.333"),
        days: 10,
    };
    let mut desk = at_finance(deposit());
    // 145.00 x 0.333 = 48.285, half up to 48.29.
    desk.facts.paid = money("48.28");
    assert_eq!(desk.refused(&finance(), pay()), missing("48.29", "48.28"));
    desk.facts.paid = money("48.29");
    desk.must(&finance(), pay());

    let mut workflow = Workflow::default();
    workflow.stages.finance_review = false;
    workflow.stages.production = true;
    let mut content = usual_content();
    content.lines[0].made_to_order = true;
    let mut desk = Desk::with(content, workflow).reach(S::InProduction);
    desk.facts.policy = deposit();
    let pass = || Command::PassProduction(PassStage::default());
    assert_eq!(desk.refused(&warehouse(), pass()), missing("48.29", "0"));
    desk.facts.paid = money("48.29");
    let mut desk = desk.reach(S::PendingOutboundReview);
    desk.facts.paid = money("0");
    assert_eq!(desk.refused(&warehouse(), outbound()), missing("48.29", "0"));
}

fn credit(limit: Option<&str>) -> PaymentPolicy {
    PaymentPolicy::Credit {
        limit: limit.map(money),
        days: 30,
    }
}

fn override_limit(reason: &str) -> Command {
    Command::PassFinanceReview(PassFinanceReview {
        note: String::new(),
        override_reason: Some(reason.to_owned()),
    })
}

#[test]
fn rule_08_exposure_must_be_within_the_credit_limit() {
    let mut desk = at_finance(credit(Some("1000")));
    desk.facts.exposure = money("855.01");
    let exceeded = Rejection::CreditExceeded {
        limit: money("1000"),
        exposure: money("1000.01"),
        over_by: money("0.01"),
    };
    assert_eq!(desk.refused(&finance(), pay()), exceeded);
    desk.facts.exposure = money("855.00");
    desk.must(&finance(), pay());
    assert!(!desk.order.over_limit);
}

#[test]
fn rule_08_beyond_the_limit_needs_credit_override_and_a_reason_and_the_customer_is_told() {
    let mut desk = at_finance(credit(Some("100")));
    let lead = staff(
        0x20,
        &[Permission::OrderFinanceReview, Permission::CreditOverride],
    );
    let denied = desk.denied(&finance(), override_limit("an old friend"));
    assert_eq!(
        denied,
        DenyReason::NeedsPermission {
            permission: Permission::CreditOverride
        }
    );
    assert_eq!(desk.refused(&lead, override_limit("")), Rejection::ReasonMissing);
    let facts = desk.must(&lead, override_limit("an old friend"));
    assert_eq!(
        facts.first(),
        Some(&Fact::CreditOverridden {
            over_by: money("45.00"),
            reason: "an old friend".to_owned()
        })
    );
    assert!(desk.order.over_limit);
}

#[test]
fn rule_08_no_limit_means_credit_is_not_allowed() {
    let desk = at_finance(credit(None));
    assert_eq!(desk.refused(&finance(), pay()), Rejection::CreditNotAllowed);
    assert_eq!(
        desk.refused(&boss(), override_limit("please")),
        Rejection::CreditNotAllowed
    );
}

#[test]
fn rule_08_credit_is_checked_again_on_every_entry() {
    let mut desk = at_finance(credit(Some("200")));
    desk.must(&finance(), pay());
    let reason = "wrong warehouse".to_owned();
    desk.must(&boss(), Command::SendBack(SendBackOrder { reason }));
    let content = usual_content();
    desk.must(&customer(), Command::Resubmit(ResubmitOrder { content }));
    desk.facts.exposure = money("100");
    let desk = desk.reach(S::PendingFinanceReview);
    assert!(matches!(
        desk.refused(&finance(), pay()),
        Rejection::CreditExceeded { .. }
    ));
}

#[test]
fn an_unknown_line_is_named() {
    let nowhere = LineId(id(0xdead));
    let refusal = Desk::new().refused(&reviewer(), review_line(line_review(nowhere)));
    assert_eq!(refusal, Rejection::UnknownLine { line_id: nowhere });
}
