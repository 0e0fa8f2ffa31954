//! `/orders/{order_id}/...`: who may do what, as the policy says

use countersign_domain::actor::Actor;
use countersign_domain::order::Order;
use countersign_domain::permission::BuiltInRole;
use countersign_domain::policy::{self, Action, DenyReason};
use countersign_domain::workflow::Workflow;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::fixture::{EAST, NORTH};
use crate::orders_desk::{Desk, act_on, look};
use crate::support::{Client, Seen, draft};

/// Every command, what it is to the policy, and a body for it that the rules refuse where there is one.
fn commands(order: &Order) -> Vec<(&'static str, Action, Value)> {
    let line = order.lines.first().expect("a line").id;
    let reason = json!({ "reason": "because" });
    let unknown = Uuid::new_v4();
    vec![
        ("resubmission", Action::Resubmit, draft()),
        ("withdrawal", Action::Withdraw, reason.clone()),
        (
            "order-review",
            Action::PassOrderReview,
            json!({ "lines": [{ "line_id": unknown, "reason": "" }] }),
        ),
        ("confirmation", Action::AnswerChanges, json!({})),
        ("confirmation-refusal", Action::AnswerChanges, reason.clone()),
        ("executive-approval", Action::PassExecutiveApproval, json!({})),
        ("finance-review", Action::PassFinanceReview, json!({})),
        ("production-report", Action::Produce, json!({ "lines": [] })),
        ("production", Action::Produce, json!({})),
        (
            "outbound-review",
            Action::PassOutboundReview,
            json!({ "lines": [{ "line_id": unknown, "warehouse_id": unknown, "quantity": "1" }] }),
        ),
        (
            "shipments",
            Action::Ship,
            json!({ "shipment_id": Uuid::new_v4(), "carrier": "" }),
        ),
        (
            "receipts",
            Action::Receive,
            json!({ "shipment_id": Uuid::new_v4() }),
        ),
        (
            "closure",
            Action::CloseRemaining,
            json!({ "line_ids": [unknown], "reason": "because" }),
        ),
        (
            "line-release",
            Action::ReleaseLine,
            json!({ "line_id": line, "reason": "because" }),
        ),
        ("send-back", Action::SendBack, json!({ "reason": "" })),
        ("void", Action::Void, json!({ "reason": "" })),
        (
            "change-requests",
            Action::RequestChange,
            json!({ "id": Uuid::new_v4(), "proposal": {}, "reason": "because" }),
        ),
        (
            "change-answer",
            Action::AnswerChangeRequest,
            json!({ "id": Uuid::new_v4(), "accept": true }),
        ),
    ]
}

/// What the policy's answer looks like over HTTP. What it allows comes to the rules, which refuse each of the bodies.
fn check(what: &str, seen: &Seen, expected: Result<(), DenyReason>) {
    match expected {
        Ok(()) => assert_eq!(
            (seen.status, seen.problem()),
            (409, "rejected".to_owned()),
            "{what}: {}",
            seen.body
        ),
        Err(DenyReason::Unknown) => assert_eq!(seen.status, 404, "{what}: {}", seen.body),
        Err(reason) => {
            assert_eq!(seen.status, 403, "{what}: {}", seen.body);
            let reason = serde_json::to_value(reason).expect("JSON");
            assert_eq!(seen.json()["reason"], reason, "{what}");
        }
    }
}

#[tokio::test]
async fn every_command_is_answered_to_every_role_as_the_policy_says() {
    let desk = Desk::start().await;
    let mut people: Vec<(&str, Client)> = Vec::new();
    for (login, role) in [
        "r-admin",
        "r-lead",
        "r-reviewer",
        "r-finance",
        "r-warehouse",
        "r-shipper",
        "r-region",
    ]
    .into_iter()
    .zip(BuiltInRole::ALL)
    {
        people.push((login, desk.staff(login, role, &[]).await));
    }
    people.push((
        "east",
        desk.staff("r-east", BuiltInRole::RegionalManager, &[EAST]).await,
    ));
    people.push((
        "north",
        desk.staff("r-north", BuiltInRole::RegionalManager, &[NORTH])
            .await,
    ));
    people.push(("anna", desk.anna.clone()));
    people.push(("bao", desk.server.sign_in("bao").await));
    let workflow = Workflow::default();
    for stop in 0..4 {
        let id = desk.order().await;
        desk.pay(&id).await;
        let way = ["order-review", "finance-review", "outbound-review"];
        desk.walk(&id, &way[..stop]).await;
        for (name, client) in &people {
            let actor = client.get("/session").await.json()["actor"].clone();
            let actor: Actor = serde_json::from_value(actor).expect("an actor");
            let seen = look(&desk.admin, &id).await;
            let order: Order = serde_json::from_value(seen.json()["order"].clone()).expect("an order");
            for (command, action, body) in commands(&order) {
                let expected = policy::can(&actor, action, &order, &workflow);
                // No body of these is refused: it would move the order the others are asked about.
                if expected.is_ok() && matches!(command, "withdrawal" | "finance-review") {
                    continue;
                }
                let tag = format!("\"{}\"", order.version);
                let key = Uuid::new_v4().to_string();
                let seen = act_on(client, &id, command, &body, &tag, &key).await;
                check(&format!("{name} {command} {:?}", order.status), &seen, expected);
            }
        }
        for (command, _, body) in commands_of(&desk, &id).await {
            let nobody = desk.server.client();
            let seen = act_on(&nobody, &id, command, &body, "*", "key").await;
            assert_eq!(
                (seen.status, seen.problem()),
                (401, "unauthenticated".to_owned()),
                "{command}"
            );
        }
    }
}

async fn commands_of(desk: &Desk, id: &str) -> Vec<(&'static str, Action, Value)> {
    let seen = look(&desk.admin, id).await.json();
    commands(&serde_json::from_value(seen["order"].clone()).expect("an order"))
}

#[tokio::test]
async fn every_role_may_do_its_own_part() {
    let desk = Desk::start().await;
    let id = desk.order().await;
    desk.pay(&id).await;
    for (login, role, command) in [
        ("p-region", BuiltInRole::RegionalManager, "order-review"),
        ("p-finance", BuiltInRole::FinanceReviewer, "finance-review"),
        ("p-warehouse", BuiltInRole::WarehouseReviewer, "outbound-review"),
        ("p-shipper", BuiltInRole::Shipper, "shipments"),
    ] {
        let client = desk.staff(login, role, &[EAST]).await;
        let tag = look(&client, &id).await.header("etag").expect("a tag").to_owned();
        let body = match command {
            "shipments" => json!({ "shipment_id": Uuid::new_v4(), "carrier": "SF" }),
            _ => json!({}),
        };
        let seen = act_on(&client, &id, command, &body, &tag, login).await;
        assert_eq!(seen.status, 200, "{login}: {}", seen.body);
    }
}

#[tokio::test]
async fn only_who_confirms_payments_enters_them() {
    let desk = Desk::start().await;
    let id = desk.order().await;
    let body = json!({ "amount": "1.00", "reference": "bank" });
    let finance = desk.staff("q-finance", BuiltInRole::FinanceReviewer, &[]).await;
    let shipper = desk.server.sign_in("shipper").await;
    for (client, status) in [(&desk.anna, 403), (&shipper, 403), (&finance, 200)] {
        let key = Uuid::new_v4().to_string();
        let seen = act_on(client, &id, "payments", &body, "\"1\"", &key).await;
        assert_eq!(seen.status, status, "{}", seen.body);
    }
    let north = desk.server.sign_in("north").await;
    let seen = act_on(&north, &id, "payments", &body, "\"1\"", "k").await;
    assert_eq!(seen.status, 404);
}
