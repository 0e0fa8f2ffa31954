//! `/orders`: submitting

use chrono::TimeDelta;
use countersign_domain::money::Money;
use countersign_domain::quantity::Quantity;
use countersign_server::db::DbError;
use countersign_server::repo::{keys, products};
use serde_json::{Value, json};
use sqlx::Row;
use uuid::Uuid;

use crate::fixture::{BLACK_TEA, GREEN_TEA, KIOSK_ADDRESS, TEA_HOUSE, noon};
use crate::support::{Seen, TestServer, draft, send};

async fn count(server: &TestServer, sql: &'static str) -> i64 {
    let mut connection = server.running.state().db.read().await.expect("a reader");
    sqlx::query(sql)
        .fetch_one(&mut *connection)
        .await
        .expect("a row")
        .get(0)
}

/// Agrees another price for green tea with the tea house.
async fn set_price(server: &TestServer, cents: i64) {
    server
        .running
        .state()
        .db
        .write(move |tx| {
            Box::pin(async move {
                let price = Money::new(cents, 2);
                products::put_agreed_price(tx, TEA_HOUSE, GREEN_TEA, price).await?;
                Ok::<_, DbError>(())
            })
        })
        .await
        .expect("a price can be agreed");
}

#[tokio::test]
async fn a_draft_becomes_an_order() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let draft = draft();
    let seen = client.submit(&draft).await;
    assert_eq!(seen.status, 201, "{}", seen.body);
    let accepted = seen.json();
    assert_eq!(accepted["draft_id"], draft["draft_id"]);
    assert_eq!(accepted["rev"], 1);
    assert_eq!(accepted["number"], "DH-O-20261122-0001");
    let sent = serde_json::to_vec(&draft).expect("JSON");
    assert_eq!(
        accepted["fingerprint"],
        countersign_server::digest::sha256_hex(&sent)
    );
    let id = accepted["order_id"].as_str().expect("an id");
    assert_eq!(
        seen.header("location"),
        Some(format!("/api/v1/orders/{id}").as_str())
    );
    assert!(
        seen.header("etag").is_some_and(|tag| tag.starts_with("\"1.")),
        "{:?}",
        seen.headers
    );
    assert!(!seen.is_replay());
    assert_eq!(count(&server, "SELECT total_minor FROM orders").await, 5000);
    assert_eq!(count(&server, "SELECT COUNT(*) FROM order_events").await, 1);

    let next = client.submit(&crate::support::draft()).await.json();
    assert_eq!(next["number"], "DH-O-20261122-0002");
}

#[tokio::test]
async fn a_repeat_gets_the_first_answer() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let draft = draft();
    let first = client.submit(&draft).await;
    // Whatever changed meanwhile: the answer is the one already given.
    set_price(&server, 1_300).await;
    let again = client.submit(&draft).await;
    assert_eq!((again.status, &again.body), (201, &first.body));
    assert_eq!(again.header("etag"), first.header("etag"));
    assert_eq!(again.header("location"), first.header("location"));
    assert!(again.is_replay());
    assert_eq!(count(&server, "SELECT COUNT(*) FROM orders").await, 1);
}

/// Rule 14.
#[tokio::test]
async fn fifty_at_once_make_one_order() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let draft = draft();
    let mut requests = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let (client, draft) = (client.clone(), draft.clone());
        requests.spawn(async move { client.submit(&draft).await });
    }
    let answers: Vec<Seen> = requests.join_all().await;
    assert!(
        answers
            .iter()
            .all(|seen| seen.status == 201 && seen.body == answers[0].body)
    );
    assert_eq!(answers.iter().filter(|seen| !seen.is_replay()).count(), 1);
    assert_eq!(count(&server, "SELECT COUNT(*) FROM orders").await, 1);
}

#[tokio::test]
async fn a_key_is_good_for_one_body() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let mut draft = draft();
    assert_eq!(client.submit(&draft).await.status, 201);
    draft["note"] = json!("another");
    let seen = client.submit(&draft).await;
    assert_eq!((seen.status, seen.problem()), (422, "key-reused".to_owned()));
}

#[tokio::test]
async fn a_draft_that_is_an_order_never_becomes_another() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let mut draft = draft();
    let order_id = client.submit(&draft).await.json()["order_id"].clone();
    draft["rev"] = json!(2);
    let seen = client.submit(&draft).await;
    assert_eq!((seen.status, seen.problem()), (409, "already-ordered".to_owned()));
    assert_eq!(seen.json()["order_id"], order_id);
    assert!(
        seen.header("location")
            .is_some_and(|path| path.ends_with(order_id.as_str().expect("an id")))
    );
}

#[tokio::test]
async fn the_same_submission_after_its_key_was_forgotten_is_known_by_its_draft() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let draft = draft();
    let first = client.submit(&draft).await.json();
    server
        .running
        .state()
        .db
        .write(|tx| {
            Box::pin(async move {
                sqlx::query("DELETE FROM idempotency_keys")
                    .execute(&mut **tx)
                    .await?;
                Ok::<_, DbError>(())
            })
        })
        .await
        .expect("keys can be forgotten");
    let again = client.submit(&draft).await;
    assert_eq!((again.status, again.json()), (200, first));
    assert!(again.is_replay());
}

#[tokio::test]
async fn a_changed_price_is_refused_under_its_key_and_accepted_under_the_next() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    set_price(&server, 1_100).await;
    let mut draft = draft();
    let seen = client.submit(&draft).await;
    assert_eq!(
        (seen.status, seen.problem()),
        (409, "submission-changed".to_owned())
    );
    let change = seen.json()["changes"][0].clone();
    assert_eq!(
        (&change["change"], &change["now"]),
        (&json!("price"), &json!("11.00"))
    );
    assert!(!seen.is_replay());

    // The refusal is definite: the same submission gets it again, even when the price is back.
    set_price(&server, 1_250).await;
    let again = client.submit(&draft).await;
    assert_eq!(
        (again.status, again.problem()),
        (409, "submission-changed".to_owned())
    );
    assert!(again.is_replay());

    draft["rev"] = json!(2);
    assert_eq!(client.submit(&draft).await.status, 201);
}

#[tokio::test]
async fn a_refused_submission_is_refused_for_ever() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    set_price(&server, 1_100).await;
    let draft = draft();
    assert_eq!(client.submit(&draft).await.problem(), "submission-changed");
    let path = format!("/drafts/{}/withdrawal", Uuid::new_v4());
    assert_eq!(client.post(&path, "w", &json!({})).await.status, 200);
    let forget = async |now| {
        let done = server
            .running
            .state()
            .db
            .write(move |tx| Box::pin(async move { keys::forget(tx, now).await }));
        done.await.expect("keys can be forgotten");
    };
    forget(noon() + TimeDelta::days(30)).await;
    assert!(client.post(&path, "w", &json!({})).await.is_replay());
    forget(noon() + TimeDelta::days(3_650)).await;
    assert!(!client.post(&path, "w", &json!({})).await.is_replay());
    // Its author was told, and may be writing the next revision: a late duplicate must not become an order.
    set_price(&server, 1_250).await;
    let late = client.submit(&draft).await;
    assert_eq!(
        (late.status, late.problem(), late.is_replay()),
        (409, "submission-changed".to_owned(), true)
    );
    assert_eq!(count(&server, "SELECT COUNT(*) FROM orders").await, 0);
}

#[tokio::test]
async fn what_can_not_be_had_is_named_line_by_line() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let mut draft = draft();
    let line = |variant: Value, quantity: &str| json!({ "id": Uuid::new_v4(), "variant_id": variant, "quantity": quantity, "seen_price": "12.50", "note": "" });
    draft["lines"] = json!([
        line(json!(BLACK_TEA), "2"),
        line(json!(Uuid::new_v4()), "2"),
        line(json!(GREEN_TEA), "3")
    ]);
    let seen = client.submit(&draft).await;
    let problem = seen.json();
    let changes: Vec<&str> = problem["changes"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|one| one["change"].as_str())
        .collect();
    assert_eq!(
        changes,
        ["unavailable", "unavailable", "quantity"],
        "{}",
        seen.body
    );
}

#[tokio::test]
async fn two_lines_of_one_variant_may_not_exceed_its_maximum_together() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    server
        .running
        .state()
        .db
        .write(|tx| {
            Box::pin(async move {
                let mut found = products::by_variant(tx, &[GREEN_TEA]).await?;
                let mut product = found.remove(&GREEN_TEA).expect("it is in the catalog");
                for variant in &mut product.variants {
                    variant.rule.maximum = Some(Quantity::whole(10));
                }
                products::put(tx, &product, 0, noon()).await
            })
        })
        .await
        .expect("a maximum can be set");
    let mut draft = draft();
    let mut second = draft["lines"][0].clone();
    second["id"] = json!(Uuid::new_v4());
    second["quantity"] = json!("8");
    draft["lines"].as_array_mut().expect("lines").push(second);

    let refused = client.submit(&draft).await;
    assert_eq!(
        (refused.status, refused.problem()),
        (409, "submission-changed".to_owned()),
        "{}",
        refused.body
    );
    let change = |line: usize, below: &str, others: &str| {
        json!({
            "change": "quantity",
            "line_id": draft["lines"][line]["id"],
            "breach": { "kind": "maximum", "bound": "10", "below": below, "above": null, "others": others },
        })
    };
    // Either could give way: both are named, each with what it could be while the other stays.
    assert_eq!(
        refused.json()["changes"],
        json!([change(0, "2", "8"), change(1, "6", "4")])
    );

    draft["rev"] = json!(2);
    draft["lines"][1]["quantity"] = json!("6");
    let accepted = client.submit(&draft).await;
    assert_eq!(accepted.status, 201, "{}", accepted.body);
}

#[tokio::test]
async fn input_that_is_not_valid_names_its_fields_and_is_not_kept() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let mut draft = draft();
    draft["lines"] = json!([]);
    let seen = client.submit(&draft).await;
    assert_eq!(
        (seen.status, seen.json()["errors"][0]["pointer"].clone()),
        (422, json!("/lines"))
    );

    draft = crate::support::draft();
    draft["lines"][0]["quantity"] = json!("-1");
    let seen = client.submit(&draft).await;
    assert_eq!(
        seen.json()["errors"][0]["pointer"],
        "/lines/0/quantity",
        "{}",
        seen.body
    );

    draft = crate::support::draft();
    draft["address_id"] = json!(KIOSK_ADDRESS);
    let seen = client.submit(&draft).await;
    assert_eq!(
        seen.json()["errors"][0],
        json!({ "pointer": "/address_id", "code": "unknown" })
    );
    assert_eq!(count(&server, "SELECT COUNT(*) FROM idempotency_keys").await, 0);
}

#[tokio::test]
async fn a_submission_carries_the_key_of_its_draft() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    for seen in [
        client.post("/orders", "anything", &draft()).await,
        send(client.change(reqwest::Method::POST, "/orders").json(&draft())).await,
    ] {
        assert_eq!((seen.status, seen.problem()), (400, "key-required".to_owned()));
    }
}

#[tokio::test]
async fn nobody_submits_for_somebody_else() {
    let server = TestServer::start().await;
    let kiosk = server.sign_in("bao").await;
    let seen = kiosk.submit(&draft()).await;
    assert_eq!((seen.status, seen.problem()), (403, "wrong-owner".to_owned()));
    let staff = server.sign_in("admin").await;
    assert_eq!(staff.submit(&draft()).await.problem(), "wrong-owner");
    assert_eq!(
        server.client().submit(&draft()).await.problem(),
        "unauthenticated"
    );
}

/// Rule 13.
#[tokio::test]
async fn the_history_can_not_be_edited() {
    let server = TestServer::start().await;
    server.sign_in("anna").await.submit(&draft()).await;
    for sql in ["UPDATE order_events SET doc = '{}'", "DELETE FROM order_events"] {
        let edited = server
            .running
            .state()
            .db
            .write(move |tx| {
                Box::pin(async move {
                    sqlx::query(sql).execute(&mut **tx).await?;
                    Ok::<_, DbError>(())
                })
            })
            .await;
        assert!(edited.is_err_and(|error| error.to_string().contains("append-only")));
    }
}
