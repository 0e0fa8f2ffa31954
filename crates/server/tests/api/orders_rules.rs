//! `/orders/{order_id}/...`: rules of domain.md section 3 that no way of an order shows by itself

use chrono::TimeDelta;
use countersign_domain::customer::PaymentPolicy;
use countersign_domain::money::{Money, Rate};
use countersign_domain::permission::BuiltInRole;
use countersign_domain::workflow::Stage;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::orders_desk::{Desk, act, done, look};
use crate::support::{Seen, draft};

fn status(detail: &Value) -> &str {
    detail["order"]["status"].as_str().expect("a status")
}

fn rejection(seen: &Seen) -> Value {
    assert_eq!(
        (seen.status, seen.problem()),
        (409, "rejected".to_owned()),
        "{}",
        seen.body
    );
    seen.json()["rejection"]["code"].clone()
}

fn denial(seen: &Seen) -> Value {
    assert_eq!(
        (seen.status, seen.problem()),
        (403, "forbidden".to_owned()),
        "{}",
        seen.body
    );
    seen.json()["reason"].clone()
}

#[tokio::test]
async fn rule_02_an_order_stays_where_it_waits_when_its_stage_is_switched_off() {
    let desk = Desk::start().await;
    let waiting = desk.order().await;
    desk.pay(&waiting).await;
    desk.walk(&waiting, &["order-review"]).await;
    desk.set(|workflow| workflow.stages.set(Stage::FinanceReview, false))
        .await;
    let seen = look(&desk.admin, &waiting).await.json();
    assert_eq!(status(&seen), "pending_finance_review");
    let later = desk.order().await;
    assert_eq!(
        status(&desk.walk(&later, &["order-review"]).await),
        "pending_outbound_review"
    );
    let settings = desk.admin.get("/settings/workflow").await.json();
    let queues = settings["waiting"].as_array().expect("a list");
    let finance = queues
        .iter()
        .find(|queue| queue["status"] == "pending_finance_review");
    assert_eq!(finance.map(|queue| &queue["count"]), Some(&json!(1)));
    assert_eq!(
        status(&desk.walk(&waiting, &["finance-review"]).await),
        "pending_outbound_review"
    );
}

#[tokio::test]
async fn rule_03_what_has_shipped_is_neither_sent_back_nor_voided() {
    let desk = Desk::start().await;
    let id = desk.order().await;
    desk.pay(&id).await;
    let steps = ["order-review", "finance-review", "outbound-review", "shipments"];
    let before = desk.walk(&id, &steps).await;
    for what in ["send-back", "void"] {
        let seen = act(&desk.admin, &id, what, &json!({ "reason": "after all" })).await;
        assert_eq!(denial(&seen)["deny"], "already_shipped", "{what}");
    }
    let after = look(&desk.admin, &id).await.json();
    assert_eq!(after["order"]["version"], before["order"]["version"]);
}

#[tokio::test]
async fn rule_05_the_review_promises_the_lead_time_and_a_day_and_says_why_it_changes_what() {
    let desk = Desk::start().await;
    // Today in the company's time zone is the 22nd; green tea takes two days.
    let plain = desk.order().await;
    let seen = desk.walk(&plain, &["order-review"]).await;
    assert_eq!(seen["order"]["promised_date"], "2026-11-25");
    assert_eq!(status(&seen), "pending_finance_review", "nothing costs more");

    let reviewer = desk.staff("chen", BuiltInRole::OrderReviewer, &[]).await;
    let id = desk.order().await;
    let line = look(&desk.admin, &id).await.json()["order"]["lines"][0]["id"].clone();
    let of_line = |field: &str, value: Value, reason: &str| {
        let mut change = json!({ "line_id": line, "reason": reason });
        change[field] = value;
        json!({ "lines": [change] })
    };
    for (field, value) in [
        ("quantity", json!("2")),
        ("held", json!(true)),
        ("price", json!("20.00")),
    ] {
        let seen = act(&desk.admin, &id, "order-review", &of_line(field, value, " ")).await;
        assert_eq!(rejection(&seen), "reason_missing", "{field}");
    }
    let freight = json!({ "freight": { "freight": "5.00", "reason": "" } });
    let seen = act(&desk.admin, &id, "order-review", &freight).await;
    assert_eq!(rejection(&seen), "reason_missing");
    let dearer = of_line("price", json!("20.00"), "the harvest was poor");
    assert_eq!(
        denial(&act(&reviewer, &id, "order-review", &dearer).await),
        json!({ "deny": "needs_permission", "permission": "order_special_price" })
    );
    let seen = done(&act(&desk.admin, &id, "order-review", &dearer).await);
    assert_eq!(
        (status(&seen), &seen["order"]["total"]),
        ("pending_customer_confirmation", &json!("80.00"))
    );
    let seen = act(&desk.anna, &id, "confirmation-refusal", &json!({ "reason": "" })).await;
    assert_eq!(rejection(&seen), "reason_missing");
    let body = json!({ "reason": "too dear" });
    let seen = done(&act(&desk.anna, &id, "confirmation-refusal", &body).await);
    assert_eq!(status(&seen), "sent_back");
}

#[tokio::test]
async fn rule_07_from_the_threshold_on_who_may_override_credit_has_to_approve() {
    let desk = Desk::with(|workflow| {
        workflow.stages.set(Stage::ExecutiveApproval, true);
        workflow.executive_threshold = Some(Money::new(50, 0));
    })
    .await;
    let mut small = draft();
    small["lines"][0]["quantity"] = json!("2");
    let small = desk.anna.submit(&small).await.json()["order_id"].clone();
    let small = small.as_str().expect("an id");
    assert_eq!(
        status(&desk.walk(small, &["order-review"]).await),
        "pending_finance_review"
    );
    let id = desk.order().await;
    assert_eq!(
        status(&desk.walk(&id, &["order-review"]).await),
        "pending_executive_approval",
        "50.00 is not below 50.00"
    );
    let finance = desk.staff("lin", BuiltInRole::FinanceReviewer, &[]).await;
    assert_eq!(
        denial(&act(&finance, &id, "executive-approval", &json!({})).await),
        json!({ "deny": "needs_permission", "permission": "credit_override" })
    );
    let lead = desk.staff("wu", BuiltInRole::BusinessLead, &[]).await;
    let seen = done(&act(&lead, &id, "executive-approval", &json!({})).await);
    assert_eq!(status(&seen), "pending_finance_review");
}

#[tokio::test]
async fn rule_08_a_share_is_due_ahead_and_credit_is_asked_again_on_every_entry() {
    let desk = Desk::start().await;
    let share = Rate::new(Decimal::new(3, 1)).expect("a share");
    desk.policy(PaymentPolicy::Deposit { share, days: 30 }).await;
    let id = desk.order().await;
    desk.walk(&id, &["order-review"]).await;
    let pay = |amount: &str| json!({ "amount": amount, "reference": format!("bank {amount}") });
    done(&act(&desk.admin, &id, "payments", &pay("14.99")).await);
    let seen = act(&desk.admin, &id, "finance-review", &json!({})).await;
    assert_eq!(rejection(&seen), "payment_missing");
    assert_eq!(seen.json()["rejection"]["due"], "15.00");
    done(&act(&desk.admin, &id, "payments", &pay("0.01")).await);
    assert_eq!(
        status(&desk.walk(&id, &["finance-review"]).await),
        "pending_outbound_review"
    );

    // Within the limit at first; sent back and submitted again, it finds another order before it.
    let limit = Some(Money::new(90, 0));
    desk.policy(PaymentPolicy::Credit { limit, days: 30 }).await;
    let mut again = draft();
    let id = desk.anna.submit(&again).await.json()["order_id"].clone();
    let id = id.as_str().expect("an id");
    desk.walk(id, &["order-review", "finance-review"]).await;
    done(&act(&desk.admin, id, "send-back", &json!({ "reason": "a torn box" })).await);
    desk.order().await;
    again["rev"] = json!(2);
    done(&act(&desk.anna, id, "resubmission", &again).await);
    desk.walk(id, &["order-review"]).await;
    let seen = act(&desk.admin, id, "finance-review", &json!({})).await;
    assert_eq!(rejection(&seen), "credit_exceeded");
}

/// Quantity.
#[tokio::test]
async fn a_quantity_that_is_not_valid_is_refused_with_the_nearest_that_are() {
    let desk = Desk::start().await;
    let mut odd = draft();
    odd["lines"][0]["quantity"] = json!("3");
    let seen = desk.anna.submit(&odd).await;
    assert_eq!(
        (seen.status, seen.problem()),
        (409, "submission-changed".to_owned())
    );
    let change = seen.json()["changes"][0].clone();
    assert_eq!(change["change"], "quantity");
    let breach = &change["breach"];
    assert_eq!(
        (&breach["kind"], &breach["below"], &breach["above"]),
        (&json!("multiple"), &json!("2"), &json!("4")),
        "{change}"
    );
    let none = desk.admin.get("/orders?total=true").await.json();
    assert_eq!(none["total"], 0, "nothing was ordered in its place");
}

/// Priority.
#[tokio::test]
async fn the_hours_of_the_settings_are_those_that_an_order_has() {
    let desk = Desk::with(|workflow| workflow.review_hours.special = 7).await;
    for (priority, hours) in [("normal", 24), ("special", 7), ("urgent", 2)] {
        let mut wish = draft();
        wish["priority"] = json!(priority);
        let id = desk.anna.submit(&wish).await.json()["order_id"].clone();
        let seen = look(&desk.admin, id.as_str().expect("an id")).await.json();
        let due = crate::fixture::noon() + TimeDelta::hours(hours);
        let told: chrono::DateTime<chrono::Utc> =
            serde_json::from_value(seen["order"]["review_due_at"].clone()).expect("a time");
        assert_eq!(told, due, "{priority}");
    }
}
