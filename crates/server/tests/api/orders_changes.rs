//! `/orders/{order_id}/change-requests` and `/change-answer`: a new version of a reviewed order (rule 4)

use serde_json::{Value, json};
use uuid::Uuid;

use crate::fixture::KIOSK_ADDRESS;
use crate::orders_desk::{Desk, act, done, look};
use crate::support::{Client, Seen};

/// A desk, and an order of it that the finance review waits for.
async fn reviewed() -> (Desk, String) {
    let desk = Desk::start().await;
    let id = desk.order().await;
    desk.walk(&id, &["order-review"]).await;
    (desk, id)
}

/// Proposes a new version, and gives the proposal's id.
async fn propose(client: &Client, id: &str, proposal: Value) -> (Value, Seen) {
    let request = json!(Uuid::new_v4());
    let body = json!({ "id": request, "proposal": proposal, "reason": "plans changed" });
    (request, act(client, id, "change-requests", &body).await)
}

async fn answer(client: &Client, id: &str, request: &Value, accept: bool, reason: &str) -> Seen {
    let body = json!({ "id": request, "accept": accept, "reason": reason });
    act(client, id, "change-answer", &body).await
}

fn line(detail: &Value) -> Value {
    detail["order"]["lines"][0]["id"].clone()
}

fn last_kind(detail: &Value) -> &Value {
    let last = detail["history"].as_array().and_then(|all| all.last());
    &last.expect("an entry")["kind"]
}

/// Rule 4.
#[tokio::test]
async fn a_minor_change_holds_once_the_other_side_agrees_and_moves_nothing() {
    let (desk, id) = reviewed().await;
    let (request, seen) = propose(&desk.anna, &id, json!({ "note": "ring twice" })).await;
    let seen = done(&seen);
    assert_eq!(seen["order"]["change_request"]["impact"], "minor");
    assert_eq!(seen["order"]["change_request"]["from_customer"], true);
    assert_eq!(seen["order"]["note"], "", "nothing has changed yet");
    assert_eq!(last_kind(&seen), "change_requested");

    let own = answer(&desk.anna, &id, &request, true, "").await;
    assert_eq!(own.json()["reason"]["deny"], "own_change_request");
    let (_, second) = propose(&desk.admin, &id, json!({ "note": "no" })).await;
    assert_eq!(second.json()["reason"]["deny"], "change_request_waiting");

    let seen = done(&answer(&desk.admin, &id, &request, true, "").await);
    assert_eq!(
        (&seen["order"]["note"], &seen["order"]["change_request"]),
        (&json!("ring twice"), &Value::Null)
    );
    assert_eq!(seen["order"]["status"], "pending_finance_review");
    assert_eq!(last_kind(&seen), "change_accepted");
}

/// Rule 4.
#[tokio::test]
async fn a_change_of_the_schedule_needs_a_date_and_the_customers_word() {
    let (desk, id) = reviewed().await;
    let (request, seen) = propose(&desk.anna, &id, json!({ "wanted_date": "2026-12-24" })).await;
    assert_eq!(done(&seen)["order"]["change_request"]["impact"], "schedule");
    let seen = answer(&desk.admin, &id, &request, true, "").await;
    assert_eq!(seen.json()["rejection"]["code"], "promised_date_missing");
    let past = json!({ "id": request, "accept": true, "promised_date": "2026-11-21" });
    let seen = act(&desk.admin, &id, "change-answer", &past).await;
    assert_eq!(seen.json()["rejection"]["code"], "date_in_past");
    let body = json!({ "id": request, "accept": true, "promised_date": "2026-12-23" });
    let seen = done(&act(&desk.admin, &id, "change-answer", &body).await);
    assert_eq!(seen["order"]["status"], "pending_customer_confirmation");
    assert_eq!(
        (&seen["order"]["promised_date"], &seen["order"]["wanted_date"]),
        (&json!("2026-12-23"), &json!("2026-12-24"))
    );
    let seen = done(&act(&desk.anna, &id, "confirmation", &json!({})).await);
    assert_eq!(seen["order"]["status"], "pending_finance_review");
}

/// Rule 4.
#[tokio::test]
async fn a_date_that_the_supplier_proposes_is_agreed_to_at_once() {
    let (desk, id) = reviewed().await;
    let (request, seen) = propose(&desk.admin, &id, json!({ "wanted_date": "2026-12-24" })).await;
    done(&seen);
    let seen = done(&answer(&desk.anna, &id, &request, true, "").await);
    assert_eq!(
        (&seen["order"]["status"], &seen["order"]["promised_date"]),
        (&json!("pending_finance_review"), &json!("2026-12-24"))
    );
}

/// Rule 4.
#[tokio::test]
async fn a_substantive_change_gives_stock_back_and_goes_through_the_stages_again() {
    let desk = Desk::start().await;
    let id = desk.order().await;
    desk.pay(&id).await;
    let seen = desk
        .walk(&id, &["order-review", "finance-review", "outbound-review"])
        .await;
    assert_eq!(desk.stock().await, (1_000, 4));
    let quantities = json!([{ "line_id": line(&seen), "quantity": "2" }]);
    let (request, seen) = propose(&desk.anna, &id, json!({ "quantities": quantities })).await;
    let seen = done(&seen);
    assert_eq!(seen["order"]["change_request"]["impact"], "substantive");
    assert_eq!(seen["order"]["status"], "pending_shipment");
    assert_eq!(desk.stock().await, (1_000, 4), "a proposal reserves nothing");

    let seen = done(&answer(&desk.admin, &id, &request, true, "fine").await);
    assert_eq!(
        (&seen["order"]["status"], &seen["order"]["total"]),
        (&json!("pending_order_review"), &json!("25.00"))
    );
    assert_eq!(desk.stock().await, (1_000, 0));
    desk.walk(
        &id,
        &["order-review", "finance-review", "outbound-review", "shipments"],
    )
    .await;
    assert_eq!(desk.stock().await, (998, 0));
}

/// Rule 4.
#[tokio::test]
async fn a_change_of_any_impact_may_be_refused_with_a_reason_and_changes_nothing() {
    let (desk, id) = reviewed().await;
    let before = look(&desk.anna, &id).await.json()["order"].clone();
    let quantities = json!([{ "line_id": before["lines"][0]["id"], "quantity": "8" }]);
    for proposal in [
        json!({ "note": "ring twice" }),
        json!({ "wanted_date": "2026-12-24" }),
        json!({ "quantities": quantities }),
    ] {
        let (request, seen) = propose(&desk.anna, &id, proposal).await;
        done(&seen);
        let seen = answer(&desk.admin, &id, &request, false, " ").await;
        assert_eq!(seen.json()["rejection"]["code"], "reason_missing");
        let seen = done(&answer(&desk.admin, &id, &request, false, "packed already").await);
        assert_eq!(last_kind(&seen), "change_refused");
        let mut after = seen["order"].clone();
        after["version"] = before["version"].clone();
        assert_eq!(after, before);
        let seen = answer(&desk.admin, &id, &request, true, "").await;
        assert_eq!(seen.json()["reason"]["deny"], "no_change_request");
    }
}

/// Rule 4.
#[tokio::test]
async fn what_is_proposed_has_to_change_something_that_can_be_changed() {
    let (desk, id) = reviewed().await;
    let seen = look(&desk.anna, &id).await.json();
    let quantity =
        |quantity: &str| json!({ "quantities": [{ "line_id": line(&seen), "quantity": quantity }] });
    for (proposal, code) in [
        (quantity("4"), "nothing_changed"),
        (quantity("0"), "no_lines"),
        (json!({}), "nothing_changed"),
        (json!({ "wanted_date": "2026-11-21" }), "date_in_past"),
        (
            json!({ "quantities": [{ "line_id": Uuid::new_v4(), "quantity": "1" }] }),
            "unknown_line",
        ),
    ] {
        let (_, seen) = propose(&desk.anna, &id, proposal.clone()).await;
        assert_eq!(seen.json()["rejection"]["code"], code, "{proposal}");
    }
    // An address is one of the customer's own.
    let address = json!({ "id": KIOSK_ADDRESS, "contact": "", "phone": "", "text": "" });
    let (_, seen) = propose(&desk.anna, &id, json!({ "address": address })).await;
    assert_eq!(
        seen.json()["errors"][0],
        json!({ "pointer": "/proposal/address/id", "code": "unknown" })
    );
}

/// Rule 4.
#[tokio::test]
async fn a_customer_who_withdraws_too_late_asks_for_less_and_may_be_declined() {
    let desk = Desk::start().await;
    let early = desk.order().await;
    desk.pay(&early).await;
    let (_, seen) = propose(&desk.anna, &early, json!({ "note": "too early" })).await;
    assert_eq!(seen.json()["reason"]["deny"], "not_reviewed_yet");
    let seen = done(
        &act(
            &desk.anna,
            &early,
            "withdrawal",
            &json!({ "reason": "by mistake" }),
        )
        .await,
    );
    assert_eq!(
        (&seen["order"]["status"], &seen["paid"]),
        (&json!("voided"), &json!("0.00"))
    );

    let late = desk.order().await;
    let seen = desk.walk(&late, &["order-review"]).await;
    let refused = act(&desk.anna, &late, "withdrawal", &json!({})).await;
    assert_eq!(refused.json()["reason"]["deny"], "already_reviewed");
    let quantities = json!([{ "line_id": line(&seen), "quantity": "2" }]);
    let (request, seen) = propose(&desk.anna, &late, json!({ "quantities": quantities })).await;
    done(&seen);
    let seen = done(&answer(&desk.admin, &late, &request, false, "on its way").await);
    assert_eq!(
        (&seen["order"]["status"], &seen["order"]["total"]),
        (&json!("pending_finance_review"), &json!("50.00"))
    );
    let last = seen["history"].as_array().and_then(|all| all.last());
    assert_eq!(last.map(|entry| &entry["reason"]), Some(&json!("on its way")));
}

/// Rule 4.
#[tokio::test]
async fn an_order_waits_for_its_customer_while_the_supplier_proposes_a_change() {
    let (desk, id) = reviewed().await;
    let waiting = || async {
        let home = desk.anna.get("/home/distributor").await.json();
        let list = home["needs_me"].as_array().expect("a list").clone();
        list.into_iter()
            .map(|order| (order["id"].clone(), order["to_answer"].clone()))
            .collect::<Vec<_>>()
    };
    let (own, seen) = propose(&desk.anna, &id, json!({ "note": "mine" })).await;
    done(&seen);
    assert_eq!(waiting().await, [], "the supplier is to answer that");
    done(&answer(&desk.admin, &id, &own, false, "no").await);

    let (request, seen) = propose(&desk.admin, &id, json!({ "note": "ours" })).await;
    done(&seen);
    assert_eq!(waiting().await, [(json!(id), json!(true))]);
    done(&answer(&desk.anna, &id, &request, true, "").await);
    assert_eq!(waiting().await, []);
}

/// Rule 4.
#[tokio::test]
async fn staff_propose_another_address_of_the_customers_which_holds_once_it_agrees() {
    let (desk, id) = reviewed().await;
    let other = desk.second_address().await;
    let customer = look(&desk.admin, &id).await.json()["order"]["customer_id"].clone();
    let book = format!("/customers/{}/addresses", customer.as_str().expect("an id"));
    let known = desk.admin.get(&book).await.json();
    assert_eq!(known[1], json!(other));
    // Only the id is looked at: an address is nobody's to write.
    let named = json!({ "id": other.id, "contact": "", "phone": "", "text": "elsewhere" });
    let (request, seen) = propose(&desk.admin, &id, json!({ "address": named })).await;
    let seen = done(&seen);
    let waiting = &seen["order"]["change_request"];
    assert_eq!(
        (&waiting["impact"], &waiting["from_customer"]),
        (&json!("minor"), &json!(false))
    );
    let change = json!({ "field": "address", "from": "街 1", "to": "码头 2" });
    assert_eq!(waiting["changes"], json!([change]));
    let own = answer(&desk.admin, &id, &request, true, "").await;
    assert_eq!(own.json()["reason"]["deny"], "own_change_request");
    assert_eq!(
        seen["order"]["address"]["text"], "街 1",
        "nothing has changed yet"
    );

    let seen = done(&answer(&desk.anna, &id, &request, true, "").await);
    assert_eq!(seen["order"]["address"], json!(other));
    assert_eq!(seen["order"]["status"], "pending_finance_review");
    let history = seen["history"].as_array().expect("entries");
    let told = history.iter().find(|entry| entry["kind"] == "change_requested");
    assert_eq!(
        told.map(|entry| &entry["changes"][0]["to"]),
        Some(&json!("码头 2"))
    );

    let foreign = json!({ "id": KIOSK_ADDRESS, "contact": "", "phone": "", "text": "" });
    let (_, seen) = propose(&desk.admin, &id, json!({ "address": foreign })).await;
    assert_eq!(seen.json()["errors"][0]["pointer"], "/proposal/address/id");
}
