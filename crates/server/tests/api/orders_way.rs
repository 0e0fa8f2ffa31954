//! `/orders/{order_id}/...`: the way of an order

use chrono::TimeDelta;
use countersign_domain::customer::PaymentPolicy;
use countersign_domain::money::Money;
use countersign_domain::workflow::Stage;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::orders_desk::{Desk, act, act_on, done, look, timers};
use crate::support::draft;

fn status(detail: &Value) -> &str {
    detail["order"]["status"].as_str().expect("a status")
}

fn kinds(detail: &Value) -> Vec<&str> {
    let history = detail["history"].as_array().expect("a history");
    history
        .iter()
        .map(|entry| entry["kind"].as_str().expect("a kind"))
        .collect()
}

/// Rules 1, 12 and 13.
#[tokio::test]
async fn an_order_goes_from_submission_to_receipt_through_every_stage() {
    let desk = Desk::with(|workflow| {
        for stage in Stage::ALL {
            workflow.stages.set(stage, true);
        }
        workflow.executive_threshold = Some(Money::new(1, 0));
    })
    .await;
    let id = desk.order().await;
    let seen = look(&desk.admin, &id).await.json();
    assert_eq!(
        (&seen["stock"][0]["free"], &seen["card"]["customer"]["code"]),
        (&json!("1000"), &json!("C001"))
    );
    let line = seen["order"]["lines"][0]["id"].clone();
    let body = json!({ "lines": [{ "line_id": line, "quantity": "3", "reason": "three are left" }] });
    let seen = done(&act(&desk.admin, &id, "order-review", &body).await);
    assert_eq!(status(&seen), "pending_customer_confirmation");
    let seen = done(&act(&desk.anna, &id, "confirmation", &json!({})).await);
    assert_eq!(status(&seen), "pending_executive_approval");
    assert_eq!((&seen["card"], &seen["stock"]), (&Value::Null, &json!([])));
    let seen = desk.walk(&id, &["executive-approval"]).await;
    assert_eq!(status(&seen), "pending_finance_review");
    desk.pay(&id).await;
    // Payments and events are told in the order of time, which has to go on for that.
    desk.server.clock.advance(TimeDelta::minutes(1));
    assert_eq!(
        status(&desk.walk(&id, &["finance-review"]).await),
        "pending_outbound_review"
    );
    assert_eq!(
        status(&desk.walk(&id, &["outbound-review"]).await),
        "pending_shipment"
    );
    assert_eq!(desk.stock().await, (1_000, 3));
    let seen = desk.walk(&id, &["shipments"]).await;
    assert_eq!(status(&seen), "pending_receipt");
    assert_eq!(desk.stock().await, (997, 0));
    let body = json!({ "shipment_id": seen["order"]["shipments"][0]["id"] });
    let seen = done(&act(&desk.anna, &id, "receipts", &body).await);
    assert_eq!(status(&seen), "completed");
    let told = kinds(&seen);
    assert_eq!(told.first(), Some(&"submitted"), "{told:?}");
    assert_eq!(told.last(), Some(&"completed"), "{told:?}");
    for kind in ["changes_confirmed", "payment_confirmed", "shipped", "received"] {
        assert!(told.contains(&kind), "{kind} in {told:?}");
    }
    let anna = json!({ "name": "ANNA", "role": { "zh": "茶馆", "en": "Tea House" } });
    let read_by_others = look(&desk.admin, &id).await.json();
    assert_eq!(read_by_others["history"][0]["by"], anna);
    let mut you = anna;
    you["is_you"] = json!(true);
    assert_eq!(seen["history"][0]["by"], you, "whoever did it is told so");
}

/// Rule 1.
#[tokio::test]
async fn a_stage_that_is_off_is_skipped() {
    for (off, after) in [
        (Stage::FinanceReview, "pending_outbound_review"),
        (Stage::OutboundReview, "pending_finance_review"),
        (Stage::Ship, "pending_finance_review"),
        (Stage::Receive, "pending_finance_review"),
    ] {
        let desk = Desk::with(|workflow| workflow.stages.set(off, false)).await;
        let id = desk.order().await;
        desk.pay(&id).await;
        let seen = desk.walk(&id, &["order-review"]).await;
        assert_eq!(status(&seen), after, "{off:?}");
        let rest: &[&str] = match off {
            Stage::FinanceReview => &["outbound-review", "shipments"],
            Stage::OutboundReview => &["finance-review", "shipments"],
            Stage::Ship => &["finance-review", "outbound-review"],
            _ => &["finance-review", "outbound-review", "shipments"],
        };
        let seen = desk.walk(&id, rest).await;
        let end = if off == Stage::Receive {
            "completed"
        } else {
            "pending_receipt"
        };
        assert_eq!(status(&seen), end, "{off:?}");
        assert_eq!(desk.stock().await, (996, 0), "goods that left are gone: {off:?}");
    }
}

/// Rules 3 and 6.
#[tokio::test]
async fn what_was_sent_back_is_submitted_again_at_the_price_of_now() {
    let desk = Desk::start().await;
    let mut draft = draft();
    let id = desk.anna.submit(&draft).await.json()["order_id"].clone();
    let id = id.as_str().expect("an id");
    let seen = act(&desk.admin, id, "send-back", &json!({ "reason": " " })).await;
    assert_eq!((seen.status, seen.problem()), (409, "rejected".to_owned()));
    assert_eq!(seen.json()["rejection"]["code"], "reason_missing");
    done(&act(&desk.admin, id, "send-back", &json!({ "reason": "too little" })).await);
    draft["rev"] = json!(2);
    draft["lines"][0]["quantity"] = json!("6");
    draft["lines"][0]["seen_price"] = json!("11.00");
    let seen = act(&desk.anna, id, "resubmission", &draft).await;
    assert_eq!(
        (seen.status, seen.problem()),
        (409, "submission-changed".to_owned())
    );
    draft["lines"][0]["seen_price"] = json!("12.50");
    let seen = act(&desk.admin, id, "resubmission", &draft).await;
    assert_eq!(seen.json()["reason"]["deny"], "only_customer");
    let seen = done(&act(&desk.anna, id, "resubmission", &draft).await);
    assert_eq!(status(&seen), "pending_order_review");
    assert_eq!(seen["order"]["total"], "75.00");
    assert_eq!(kinds(&seen), ["submitted", "sent_back", "resubmitted"]);
}

/// Rule 3.
#[tokio::test]
async fn voiding_gives_back_stock_and_money() {
    let desk = Desk::start().await;
    let id = desk.order().await;
    desk.pay(&id).await;
    desk.walk(&id, &["order-review", "finance-review", "outbound-review"])
        .await;
    assert_eq!(desk.stock().await, (1_000, 4));
    let seen = done(&act(&desk.admin, &id, "void", &json!({ "reason": "by mistake" })).await);
    assert_eq!(status(&seen), "voided");
    assert_eq!(desk.stock().await, (1_000, 0));
    assert_eq!(seen["paid"], "0.00");
    let body = json!({ "amount": "1.00", "reference": "late" });
    let seen = act(&desk.admin, &id, "payments", &body).await;
    assert_eq!(seen.json()["rejection"]["code"], "wrong_status");
}

/// Rule 10.
#[tokio::test]
async fn an_order_leaves_in_parts_and_never_more_than_approved() {
    let desk = Desk::start().await;
    let id = desk.order().await;
    desk.pay(&id).await;
    let seen = desk
        .walk(&id, &["order-review", "finance-review", "outbound-review"])
        .await;
    let line = seen["order"]["lines"][0]["id"].clone();
    let part = |quantity: &str| {
        json!({ "shipment_id": Uuid::new_v4(), "carrier": "SF",
            "lines": [{ "line_id": line, "quantity": quantity }] })
    };
    let seen = done(&act(&desk.admin, &id, "shipments", &part("1")).await);
    assert_eq!(status(&seen), "pending_shipment");
    assert_eq!(desk.stock().await, (999, 3));
    let seen = act(&desk.admin, &id, "shipments", &part("4")).await;
    assert_eq!(seen.json()["rejection"]["code"], "quantity_too_large");
    let seen = done(&act(&desk.admin, &id, "shipments", &part("3")).await);
    assert_eq!(status(&seen), "pending_receipt");
    assert_eq!(desk.stock().await, (996, 0));
}

/// Rule 14.
#[tokio::test]
async fn of_two_reviewers_at_once_the_second_is_told() {
    let desk = Desk::start().await;
    let id = desk.order().await;
    let tag = "\"1\"";
    let first = act_on(&desk.admin, &id, "order-review", &json!({}), tag, "a").await;
    assert_eq!(first.status, 200);
    let second = act_on(&desk.admin, &id, "order-review", &json!({}), tag, "b").await;
    assert_eq!((second.status, second.problem()), (412, "stale".to_owned()));
    assert_eq!(second.json()["version"], first.json()["order"]["version"]);

    // The same request again, as after a lost reply, is the first one.
    let again = act_on(&desk.admin, &id, "order-review", &json!({}), tag, "a").await;
    assert_eq!((again.status, &again.body), (200, &first.body));
    assert!(again.is_replay());
    let seen = look(&desk.admin, &id).await.json();
    assert_eq!(seen["order"]["version"], first.json()["order"]["version"]);
}

/// Rules 8 and 14.
#[tokio::test]
async fn a_payment_is_counted_once() {
    let desk = Desk::start().await;
    let id = desk.order().await;
    let body = json!({ "amount": "20.00", "reference": "bank 1" });
    let tag = "\"1\"";
    let first = act_on(&desk.admin, &id, "payments", &body, tag, "a").await;
    let again = act_on(&desk.admin, &id, "payments", &body, tag, "a").await;
    assert_eq!(first.body, again.body);
    let twice = act_on(&desk.admin, &id, "payments", &body, tag, "b").await;
    assert_eq!(
        twice.json()["errors"][0],
        json!({ "pointer": "/reference", "code": "duplicate" })
    );
    assert_eq!(look(&desk.anna, &id).await.json()["paid"], "20.00");
    for amount in ["0", "-1", "0.001"] {
        let body = json!({ "amount": amount, "reference": "bank 2" });
        let seen = act(&desk.admin, &id, "payments", &body).await;
        assert_eq!(seen.json()["errors"][0]["pointer"], "/amount", "{amount}");
    }
}

/// Rule 8.
#[tokio::test]
async fn prepaid_does_not_pass_unpaid_and_credit_over_the_limit_needs_a_reason() {
    let desk = Desk::start().await;
    let id = desk.order().await;
    desk.walk(&id, &["order-review"]).await;
    let seen = act(&desk.admin, &id, "finance-review", &json!({})).await;
    assert_eq!(seen.json()["rejection"]["code"], "payment_missing");

    let limit = |limit: Option<Money>| PaymentPolicy::Credit { limit, days: 30 };
    desk.policy(limit(None)).await;
    let seen = act(&desk.admin, &id, "finance-review", &json!({})).await;
    assert_eq!(seen.json()["rejection"]["code"], "credit_not_allowed");

    desk.policy(limit(Some(Money::new(60, 0)))).await;
    let other = desk.order().await;
    let seen = act(&desk.admin, &id, "finance-review", &json!({})).await;
    let rejection = &seen.json()["rejection"];
    assert_eq!(
        (&rejection["code"], &rejection["exposure"]),
        (&json!("credit_exceeded"), &json!("100.00"))
    );
    done(&act(&desk.admin, &other, "void", &json!({ "reason": "not needed" })).await);
    desk.policy(limit(Some(Money::new(40, 0)))).await;
    let body = json!({ "override_reason": "an old friend" });
    let seen = done(&act(&desk.admin, &id, "finance-review", &body).await);
    assert_eq!(seen["order"]["over_limit"], true);
}

/// Rule 5.
#[tokio::test]
async fn silence_sends_a_changed_order_back() {
    let desk = Desk::start().await;
    let id = desk.order().await;
    let body = json!({ "freight": { "freight": "5.00", "reason": "far away" } });
    done(&act(&desk.admin, &id, "order-review", &body).await);
    desk.server.clock.advance(TimeDelta::hours(47));
    assert_eq!(timers(&desk).await, 0);
    desk.server.clock.advance(TimeDelta::hours(1));
    assert_eq!((timers(&desk).await, timers(&desk).await), (1, 0));
    let client = desk.server.sign_in("anna").await;
    let seen = look(&client, &id).await.json();
    assert_eq!(status(&seen), "sent_back");
    let last = seen["history"].as_array().and_then(|all| all.last());
    let last = last.expect("an entry");
    assert_eq!(
        (&last["kind"], &last["by"], &last["to"]),
        (&json!("confirmation_expired"), &Value::Null, &json!("sent_back"))
    );
}

/// Rule 11.
#[tokio::test]
async fn silence_after_a_shipment_is_a_receipt() {
    let desk = Desk::start().await;
    let id = desk.order().await;
    desk.pay(&id).await;
    desk.walk(
        &id,
        &["order-review", "finance-review", "outbound-review", "shipments"],
    )
    .await;
    desk.server.clock.advance(TimeDelta::days(14));
    assert_eq!(timers(&desk).await, 0);
    desk.server.clock.advance(TimeDelta::days(1));
    assert_eq!((timers(&desk).await, timers(&desk).await), (1, 0));
    let client = desk.server.sign_in("anna").await;
    let seen = look(&client, &id).await.json();
    assert_eq!(status(&seen), "completed");
    assert!(kinds(&seen).contains(&"deemed_received"));
}

#[tokio::test]
async fn the_order_review_is_told_what_is_promised_when_it_says_nothing_and_nobody_else_is() {
    let desk = Desk::with(|workflow| workflow.slack_days = 4).await;
    let id = desk.order().await;
    let usual = json!({ "date": "2026-11-28", "lead_days": 2, "slack_days": 4 });
    let seen = look(&desk.admin, &id).await.json();
    assert_eq!(seen["usual_promise"], usual);
    let seen = look(&desk.anna, &id).await.json();
    assert_eq!(seen["usual_promise"], Value::Null);
    let seen = desk.walk(&id, &["order-review"]).await;
    assert_eq!(
        (&seen["order"]["promised_date"], &seen["usual_promise"]),
        (&usual["date"], &Value::Null)
    );
}
