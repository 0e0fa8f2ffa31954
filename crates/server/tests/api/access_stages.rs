//! What may be done with an order or a return, for everybody, wherever it may stand: `access` asks everything of an order
//! and a return that nobody has touched, this asks what acts on them at each of the other places.

use countersign_contract::Method;
use countersign_contract::openapi::{OperationInfo, operations};
use countersign_domain::money::Money;
use countersign_domain::order::{Order, OrderStatus};
use countersign_domain::returns::{Return, ReturnStatus};
use countersign_domain::workflow::Stage;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::{People, ask_everybody, everybody};
use crate::access_rules::World;
use crate::orders_desk::{Desk, act, done, look};
use crate::returns;
use crate::support::draft;

/// Deeds that no rule refuses to who may do them: it would move what the others are asked about.
const MOVING: [&str; 8] = [
    "resubmit_order",
    "withdraw_order",
    "confirm_changes",
    "pass_executive_approval",
    "confirm_payment",
    "rate_order",
    "receive_returned_goods",
    "confirm_refund",
];

/// The way of an order through every stage but production, which has nothing to do where everything is in stock.
const WAY: [&str; 5] = [
    "order-review",
    "executive-approval",
    "finance-review",
    "outbound-review",
    "shipments",
];

async fn desk() -> Desk {
    Desk::with(|workflow| {
        for stage in Stage::ALL {
            workflow.stages.set(stage, true);
        }
        workflow.executive_threshold = Some(Money::new(1, 0));
    })
    .await
}

/// An order that has passed so many stages. It is paid where it goes beyond the finance review.
async fn order_after(desk: &Desk, passed: usize) -> String {
    let id = desk.order().await;
    if passed > 2 {
        desk.pay_as(&id, &format!("bank {id}")).await;
    }
    desk.walk(&id, &WAY[..passed]).await;
    id
}

/// An order of more than there is, which has to be made.
async fn in_production(desk: &Desk) -> String {
    let mut large = draft();
    large["lines"][0]["quantity"] = json!("2000");
    let seen = desk.anna.submit(&large).await;
    let id = seen.json()["order_id"].as_str().expect("an id").to_owned();
    let body = json!({ "amount": "25000.00", "reference": "bank large" });
    done(&act(&desk.admin, &id, "payments", &body).await);
    desk.walk(&id, &WAY[..3]).await;
    id
}

/// Orders at every place there is, one of them with half of it shipped and one with a proposed change.
async fn orders(desk: &Desk) -> Vec<String> {
    let mut ids = Vec::new();
    for passed in 0..=WAY.len() {
        ids.push(order_after(desk, passed).await);
    }
    ids.push(in_production(desk).await);

    let line = |seen: &Value| seen["order"]["lines"][0]["id"].clone();
    let cut = order_after(desk, 0).await;
    let seen = look(&desk.admin, &cut).await.json();
    let less = json!({ "lines": [{ "line_id": line(&seen), "quantity": "2", "reason": "two are left" }] });
    done(&act(&desk.admin, &cut, "order-review", &less).await);
    ids.push(cut);

    let partly = order_after(desk, 4).await;
    let seen = look(&desk.admin, &partly).await.json();
    let half = json!({ "shipment_id": Uuid::new_v4(), "carrier": "SF",
        "lines": [{ "line_id": line(&seen), "quantity": "2" }] });
    done(&act(&desk.admin, &partly, "shipments", &half).await);
    ids.push(partly);

    let proposed = order_after(desk, 2).await;
    let note = json!({ "id": Uuid::new_v4(), "proposal": { "note": "gate 5" }, "reason": "it moved" });
    done(&act(&desk.anna, &proposed, "change-requests", &note).await);
    ids.push(proposed);

    let reason = json!({ "reason": "by mistake" });
    for end in ["send-back", "void"] {
        let id = order_after(desk, 0).await;
        done(&act(&desk.admin, &id, end, &reason).await);
        ids.push(id);
    }
    ids.push(completed(desk).await.0);
    ids
}

/// An order that was received, and its line.
async fn completed(desk: &Desk) -> (String, Value) {
    let id = order_after(desk, WAY.len()).await;
    let seen = look(&desk.admin, &id).await.json();
    let body = json!({ "shipment_id": seen["order"]["shipments"][0]["id"] });
    let seen = done(&act(&desk.anna, &id, "receipts", &body).await);
    (id, seen["order"]["lines"][0]["id"].clone())
}

/// Returns at every place there is.
async fn all_returns(desk: &Desk) -> Vec<String> {
    let reason = json!({ "reason": "by mistake" });
    let nothing = json!({});
    let mut ids = Vec::new();
    for way in [
        &[][..],
        &[("review", &nothing)],
        &[("review", &nothing), ("goods-receipt", &nothing)],
        &[
            ("review", &nothing),
            ("goods-receipt", &nothing),
            ("refund", &nothing),
        ],
        &[("refusal", &reason)],
        &[("void", &reason)],
    ] {
        let (order, line) = completed(desk).await;
        let subject = returns::accepted(&desk.anna, &order, &returns::returning(&line, "1")).await;
        let id = returns::id(&subject);
        for (step, body) in way {
            done(&returns::deed(&desk.admin, &id, step, body).await);
        }
        ids.push(id);
    }
    ids
}

async fn order_of(desk: &Desk, id: &str) -> Order {
    let seen = look(&desk.admin, id).await.json();
    serde_json::from_value(seen["order"].clone()).expect("an order")
}

async fn return_of(desk: &Desk, id: &str) -> Return {
    let seen = desk.admin.get(&format!("/returns/{id}")).await.json();
    serde_json::from_value(seen["return"].clone()).expect("a return")
}

/// Asks everybody for every change of what `placeholder` stands for. Gives whose answer is another than the rules'.
async fn ask_all(people: &People, world: &World, placeholder: &str, at: &str) -> Vec<String> {
    let acts = |one: &OperationInfo| one.method != Method::Get && one.path.contains(placeholder);
    let mut wrong = Vec::new();
    for operation in operations().into_iter().filter(acts) {
        let (_, found) = ask_everybody(people, &operation, world, &MOVING).await;
        wrong.extend(found.into_iter().map(|what| format!("{at}: {what}")));
    }
    wrong
}

#[tokio::test]
async fn wherever_an_order_stands_everybody_may_do_with_it_what_the_policy_says() {
    let desk = desk().await;
    let people = everybody(&desk).await;
    let subject = all_returns(&desk).await.remove(0);
    let subject = return_of(&desk, &subject).await;
    let mut wrong = Vec::new();
    let mut places = Vec::new();
    for id in orders(&desk).await {
        let order = order_of(&desk, &id).await;
        let world = World {
            draft: order.draft_id.0,
            received: order.id.0,
            order,
            subject: subject.clone(),
        };
        let status = world.order.status;
        wrong.append(&mut ask_all(&people, &world, "{order_id}", &format!("{status:?}")).await);
        let after = order_of(&desk, &id).await;
        assert_eq!(after.version, world.order.version, "nobody moved it: {status:?}");
        places.push(status);
    }
    for status in OrderStatus::ALL {
        assert!(places.contains(&status), "no order at {status:?}");
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[tokio::test]
async fn wherever_a_return_stands_everybody_may_do_with_it_what_the_policy_says() {
    let desk = desk().await;
    let people = everybody(&desk).await;
    let mut wrong = Vec::new();
    let mut places = Vec::new();
    for id in all_returns(&desk).await {
        let subject = return_of(&desk, &id).await;
        let order = order_of(&desk, &subject.order_id.0.to_string()).await;
        let world = World {
            draft: order.draft_id.0,
            received: order.id.0,
            order,
            subject,
        };
        let status = world.subject.status;
        wrong.append(&mut ask_all(&people, &world, "{return_id}", &format!("{status:?}")).await);
        let after = return_of(&desk, &id).await;
        assert_eq!(
            after.version, world.subject.version,
            "nobody moved it: {status:?}"
        );
        places.push(status);
    }
    for status in ReturnStatus::ALL {
        assert!(places.contains(&status), "no return at {status:?}");
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}
