//! Ordering on behalf of a customer: who may, for whom, exactly once, and what is said of it afterwards.

use countersign_contract::Method;
use countersign_contract::buying::FOR_CUSTOMER;
use countersign_domain::id::{AccountId, CustomerId};
use countersign_domain::permission::BuiltInRole;
use countersign_server::db::DbError;
use countersign_server::repo::accounts;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::fixture::{EAST, KIOSK, KIOSK_ADDRESS, NORTH, TEA_HOUSE, noon};
use crate::orders_desk::{Desk, act, done, look};
use crate::support::{Client, Seen, TestServer, draft, send};

async fn account_of(client: &Client) -> AccountId {
    let session = client.get("/session").await.json();
    serde_json::from_value(session["actor"]["account_id"].clone()).expect("an id")
}

/// What `staff` submit for `customer`.
async fn draft_for(staff: &Client, customer: CustomerId) -> Value {
    let mut draft = draft();
    draft["owner"] = json!(account_of(staff).await);
    draft["customer_id"] = json!(customer);
    if customer == KIOSK {
        draft["address_id"] = json!(KIOSK_ADDRESS);
    }
    draft
}

fn problem(seen: &Seen) -> (u16, String) {
    (seen.status, seen.problem())
}

fn not_found() -> (u16, String) {
    (404, "not-found".to_owned())
}

fn needs_permission(seen: &Seen) {
    assert_eq!(problem(seen), (403, "forbidden".to_owned()));
    let reason = &seen.json()["reason"];
    assert_eq!(reason["deny"], "needs_permission", "{}", seen.body);
    assert_eq!(reason["permission"], "order_create_on_behalf", "{}", seen.body);
}

/// How many orders there are, whosever they are.
async fn orders(desk: &Desk) -> usize {
    let all = desk.admin.get("/orders").await.json();
    all["items"].as_array().expect("a page").len()
}

#[tokio::test]
async fn whatever_is_bought_for_somebody_is_for_staff_of_that_region_who_may_order() {
    let desk = Desk::start().await;
    let order = desk.order().await;
    let east = desk
        .staff("east-reviewer", BuiltInRole::OrderReviewer, &[EAST])
        .await;
    let north = desk
        .staff("north-reviewer", BuiltInRole::OrderReviewer, &[NORTH])
        .await;
    let shipper = desk.server.sign_in("shipper").await;
    let bao = desk.server.sign_in("bao").await;
    for (method, template) in FOR_CUSTOMER {
        // A list of orders is only narrowed by the customer: everybody sees their own in it.
        if template == "/orders" {
            continue;
        }
        let path = template
            .replace("{order_id}", &order)
            .replace("{product_id}", &Uuid::from_u128(0x0901).to_string())
            .replace("{list_id}", &Uuid::from_u128(0x0903).to_string())
            .replace("{draft_id}", &Uuid::new_v4().to_string());
        let path = format!("{path}?customer={TEA_HOUSE}");
        let ask = async |who: &Client| match method {
            Method::Get => who.get(&path).await,
            Method::Post => who.post(&path, &Uuid::new_v4().to_string(), &json!({})).await,
            Method::Put => {
                let request = who.change(reqwest::Method::PUT, &path);
                let request = request.header("idempotency-key", Uuid::new_v4().to_string());
                send(
                    request
                        .header("if-match", "\"0\"")
                        .json(&json!({ "name": "", "content": {} })),
                )
                .await
            }
            Method::Delete => send(who.change(reqwest::Method::DELETE, &path).header("if-match", "*")).await,
        };
        needs_permission(&ask(&shipper).await);
        assert_eq!(
            problem(&ask(&north).await),
            not_found(),
            "{template}: another region"
        );
        assert_eq!(
            problem(&ask(&bao).await),
            not_found(),
            "{template}: another customer"
        );
        let seen = ask(&east).await;
        // No list and no draft of these ids is there; a draft may be put, and taken back before it was.
        let is_missing = template.contains("list_id")
            || (template.contains("draft_id") && matches!(method, Method::Get | Method::Delete));
        let expected = if is_missing { 404 } else { 200 };
        assert_eq!(
            seen.status,
            expected,
            "{} {template}: {}",
            method.as_str(),
            seen.body
        );
        let own = ask(&desk.anna).await;
        assert_eq!(
            own.status,
            expected,
            "{} {template}: its own account",
            method.as_str()
        );
    }
}

#[tokio::test]
async fn staff_see_the_customer_as_it_sees_itself() {
    let desk = Desk::start().await;
    for path in ["/account", "/products", "/categories", "/promotions"] {
        let own = desk.anna.get(path).await.json();
        let mut asked = desk
            .admin
            .get(&format!("{path}?customer={TEA_HOUSE}"))
            .await
            .json();
        if path == "/promotions" {
            asked["at"] = own["at"].clone();
        }
        assert_eq!(asked, own, "{path}");
    }
    let unknown = Uuid::new_v4();
    let seen = desk.admin.get(&format!("/account?customer={unknown}")).await;
    assert_eq!(problem(&seen), not_found());
    let seen = desk.admin.get("/account").await;
    assert_eq!(
        seen.json()["errors"],
        json!([{ "pointer": "?customer", "code": "required" }])
    );
}

#[tokio::test]
async fn an_order_on_behalf_says_so_to_both_sides() {
    let desk = Desk::start().await;
    let east = desk.server.sign_in("east").await;
    let seen = east.submit(&draft_for(&east, TEA_HOUSE).await).await;
    assert_eq!(seen.status, 201, "{}", seen.body);
    let id = seen.json()["order_id"].as_str().expect("an id").to_owned();
    for (reader, is_you) in [(&desk.anna, false), (&desk.admin, false), (&east, true)] {
        let detail = look(reader, &id).await.json();
        assert_eq!(detail["order"]["on_behalf"], true);
        assert_eq!(detail["order"]["customer_id"], json!(TEA_HOUSE));
        let first = &detail["history"][0];
        assert_eq!(first["kind"], "submitted_for", "{first}");
        assert_eq!(first["by"]["name"], "EAST");
        assert_eq!(first["by"]["role"]["en"], "RegionalManager");
        assert_eq!(first["by"]["is_you"].as_bool().unwrap_or_default(), is_you);
    }
    let own = desk.anna.get("/orders").await.json();
    assert_eq!(own["items"][0]["id"], id, "the customer has it among its orders");
    let bao = desk.server.sign_in("bao").await;
    assert_eq!(problem(&look(&bao, &id).await), not_found());
    // What a customer submits itself is told as before.
    let own = desk.order().await;
    let detail = look(&desk.admin, &own).await.json();
    assert_eq!(detail["history"][0]["kind"], "submitted");
    assert_eq!(detail["order"]["on_behalf"], false);
}

#[tokio::test]
async fn nobody_orders_for_whom_they_may_not() {
    let desk = Desk::start().await;
    let shipper = desk.server.sign_in("shipper").await;
    let north = desk.server.sign_in("north").await;
    needs_permission(&shipper.submit(&draft_for(&shipper, TEA_HOUSE).await).await);
    let mut nobody = draft_for(&shipper, TEA_HOUSE).await;
    nobody["customer_id"] = Value::Null;
    needs_permission(&shipper.submit(&nobody).await);
    assert_eq!(
        problem(&north.submit(&draft_for(&north, TEA_HOUSE).await).await),
        not_found()
    );
    let mut foreign = draft();
    foreign["customer_id"] = json!(KIOSK);
    assert_eq!(problem(&desk.anna.submit(&foreign).await), not_found());
    let mut unsaid = draft_for(&north, KIOSK).await;
    unsaid["customer_id"] = Value::Null;
    assert_eq!(
        north.submit(&unsaid).await.json()["errors"],
        json!([{ "pointer": "/customer_id", "code": "required" }])
    );
    let mut elsewhere = draft_for(&north, KIOSK).await;
    elsewhere["address_id"] = draft()["address_id"].clone();
    assert_eq!(
        north.submit(&elsewhere).await.json()["errors"],
        json!([{ "pointer": "/address_id", "code": "unknown" }]),
        "the address of another customer"
    );
    let id = account_of(&north).await;
    let late = draft_for(&north, KIOSK).await;
    let state = desk.server.running.state();
    let disabled = state
        .db
        .write(move |tx| Box::pin(async move { accounts::disable(tx, id, noon()).await }));
    disabled.await.expect("an account can be disabled");
    assert_eq!(
        problem(&north.submit(&late).await),
        (401, "unauthenticated".to_owned())
    );
    assert_eq!(orders(&desk).await, 0);
    // Saying what is so anyway is no other order.
    let mut own = draft();
    own["customer_id"] = json!(TEA_HOUSE);
    assert_eq!(desk.anna.submit(&own).await.status, 201);
}

#[tokio::test]
async fn a_submission_on_behalf_is_one_order_for_one_customer() {
    let desk = Desk::start().await;
    let staff = desk.staff("lead", BuiltInRole::BusinessLead, &[]).await;
    let first = draft_for(&staff, TEA_HOUSE).await;
    let accepted = staff.submit(&first).await;
    assert_eq!(accepted.status, 201, "{}", accepted.body);
    let again = staff.submit(&first).await;
    assert!(again.is_replay());
    assert_eq!(again.body, accepted.body);
    // The same draft under the same key for somebody else, and under the next.
    let mut forged = draft_for(&staff, KIOSK).await;
    forged["draft_id"] = first["draft_id"].clone();
    assert_eq!(
        problem(&staff.submit(&forged).await),
        (422, "key-reused".to_owned())
    );
    forged["rev"] = json!(2);
    let seen = staff.submit(&forged).await;
    assert_eq!(problem(&seen), (409, "already-ordered".to_owned()));
    assert_eq!(seen.json()["order_id"], accepted.json()["order_id"]);
    assert_eq!(orders(&desk).await, 1);
    // Whoever may order no longer still hears what became of what was accepted, and orders nothing new.
    let new = draft_for(&staff, TEA_HOUSE).await;
    let id = account_of(&staff).await;
    let state = desk.server.running.state();
    let taken = state.db.write(move |tx| {
        Box::pin(async move {
            sqlx::query("DELETE FROM account_roles WHERE account_id = $1")
                .bind(id.to_string())
                .execute(&mut **tx)
                .await?;
            Ok::<_, DbError>(())
        })
    });
    taken.await.expect("roles can be taken away");
    let late = staff.submit(&first).await;
    assert!(late.is_replay());
    assert_eq!(late.body, accepted.body);
    needs_permission(&staff.submit(&new).await);
    assert_eq!(orders(&desk).await, 1);
}

#[tokio::test]
async fn drafts_for_one_customer_are_not_among_those_for_another() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    let submission = draft_for(&admin, TEA_HOUSE).await;
    let id = submission["draft_id"].as_str().expect("an id");
    let body = json!({ "name": "monday", "content": { "lines": [] } });
    let put = async |customer: CustomerId| {
        let path = format!("/drafts/{id}?customer={customer}");
        let request = admin
            .change(reqwest::Method::PUT, &path)
            .header("if-match", "\"0\"");
        let request = request.header("idempotency-key", Uuid::new_v4().to_string());
        send(request.json(&body)).await
    };
    let list = async |customer: CustomerId| {
        let page = admin.get(&format!("/drafts?customer={customer}")).await.json();
        page["items"].as_array().expect("a page").len()
    };
    assert_eq!(put(TEA_HOUSE).await.status, 200);
    assert_eq!((list(TEA_HOUSE).await, list(KIOSK).await), (1, 0));
    let path = format!("/drafts/{id}?customer={KIOSK}");
    assert_eq!(problem(&admin.get(&path).await), not_found());
    let remove = admin
        .change(reqwest::Method::DELETE, &path)
        .header("if-match", "*");
    assert_eq!(problem(&send(remove).await), not_found());
    assert_eq!(problem(&put(KIOSK).await), not_found(), "the id is taken");
    let anna = server.sign_in("anna").await;
    assert_eq!(
        anna.get("/drafts").await.json()["items"],
        json!([]),
        "nor the customer's own"
    );
    let other = server.sign_in("east").await;
    let seen = other.get(&format!("/drafts?customer={TEA_HOUSE}")).await;
    assert_eq!(seen.json()["items"], json!([]), "nor a colleague's");
    assert_eq!(admin.submit(&submission).await.status, 201);
    assert_eq!(list(TEA_HOUSE).await, 0, "what became an order is kept no longer");
}

#[tokio::test]
async fn nobody_passes_a_review_of_what_they_ordered_for_a_customer() {
    let desk = Desk::start().await;
    let east = desk.staff("reviewer", BuiltInRole::OrderReviewer, &[EAST]).await;
    let seen = east.submit(&draft_for(&east, TEA_HOUSE).await).await;
    let id = seen.json()["order_id"].as_str().expect("an id").to_owned();
    let refused = act(&east, &id, "order-review", &json!({})).await;
    assert_eq!(problem(&refused), (403, "forbidden".to_owned()));
    assert_eq!(refused.json()["reason"]["deny"], "created_by_yourself");
    done(&act(&desk.admin, &id, "order-review", &json!({})).await);
    // A company may want it otherwise.
    desk.set(|workflow| workflow.creator_may_not_approve = false)
        .await;
    let seen = east.submit(&draft_for(&east, TEA_HOUSE).await).await;
    let id = seen.json()["order_id"].as_str().expect("an id").to_owned();
    done(&act(&east, &id, "order-review", &json!({})).await);
}

#[tokio::test]
async fn the_customers_to_order_for_are_those_of_the_own_regions() {
    let server = TestServer::start().await;
    let codes = async |login: &str| {
        let client = server.sign_in(login).await;
        let page = client.get("/customers?to_order_for=true").await.json();
        let items = page["items"].as_array().expect("a page").iter();
        items
            .map(|one| one["code"].as_str().expect("a code").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(codes("admin").await, ["C001", "C002"]);
    assert_eq!(codes("east").await, ["C001"]);
    let shipper = server.sign_in("shipper").await;
    needs_permission(&shipper.get("/customers?to_order_for=true").await);
    assert_eq!(
        shipper.get("/customers").await.status,
        200,
        "to look for is not to order for"
    );
}
