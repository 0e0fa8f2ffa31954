//! `/home` and `/queues`

use chrono::TimeDelta;
use countersign_server::db::DbError;
use reqwest::Method;
use serde_json::{Value, json};

use crate::fixture::KIOSK_ADDRESS;
use crate::support::{Client, TestServer, draft, send, value};

/// Submits the usual draft and gives the order's number.
async fn order(client: &Client, priority: &str) -> String {
    let mut draft = draft();
    draft["priority"] = json!(priority);
    place(client, draft).await
}

/// The same for the kiosk.
async fn kiosk_order(client: &Client) -> String {
    let mut draft = draft();
    draft["owner"] = client.get("/session").await.json()["actor"]["account_id"].clone();
    draft["address_id"] = json!(KIOSK_ADDRESS);
    place(client, draft).await
}

async fn place(client: &Client, draft: Value) -> String {
    let seen = client.submit(&draft).await;
    assert_eq!(seen.status, 201, "{}", seen.body);
    seen.json()["number"].as_str().expect("a number").to_owned()
}

/// Puts an order into a status, whatever the rules say.
async fn set_status(server: &TestServer, number: &str, status: &'static str, to_receive: bool) {
    let number = number.to_owned();
    let done = server.running.state().db.write(move |tx| {
        Box::pin(async move {
            sqlx::query("UPDATE orders SET status = $2, to_receive = $3, due_at = NULL WHERE number = $1")
                .bind(number)
                .bind(status)
                .bind(i64::from(to_receive))
                .execute(&mut **tx)
                .await?;
            Ok::<_, DbError>(())
        })
    });
    done.await.expect("an order can be changed");
}

fn numbers(list: &Value) -> Vec<&str> {
    let list = list.as_array().expect("a list").iter();
    list.map(|one| one["number"].as_str().expect("a number"))
        .collect()
}

fn queue<'a>(queues: &'a Value, status: &str) -> &'a Value {
    let mut queues = queues.as_array().expect("a list").iter();
    queues
        .find(|queue| queue["status"] == status)
        .expect("a queue of this status")
}

#[tokio::test]
async fn a_customer_sees_what_waits_for_it() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    kiosk_order(&server.sign_in("bao").await).await;
    let empty = client.get("/home/distributor").await.json();
    assert_eq!(empty["needs_me"], json!([]));
    assert_eq!((&empty["open_count"], &empty["last"]), (&json!(0), &json!(null)));

    let mut orders = Vec::new();
    for _ in 0..6 {
        orders.push(order(&client, "normal").await);
        server.clock.advance(TimeDelta::minutes(1));
    }
    for (number, status, to_receive) in [
        (&orders[0], "completed", false),
        (&orders[1], "voided", false),
        (&orders[2], "pending_customer_confirmation", false),
        (&orders[3], "sent_back", false),
        (&orders[4], "pending_shipment", true),
    ] {
        set_status(&server, number, status, to_receive).await;
    }
    let home = client.get("/home/distributor").await.json();
    assert_eq!(
        numbers(&home["needs_me"]),
        [&*orders[2], &*orders[3], &*orders[4]]
    );
    assert_eq!(
        numbers(&home["open"]),
        [&*orders[5], &*orders[4], &*orders[3], &*orders[2]]
    );
    assert_eq!(home["open_count"], 4);
    assert_eq!(home["last"]["number"], json!(orders[5]));
    assert_eq!(home["last"]["customer"]["code"], "C001");
    assert_eq!(home["last"]["total"], "50.00");
    assert_eq!(home["last"]["line_count"], 1);
    // The sent-back one and the voided one bind nobody.
    assert_eq!(home["standing"]["exposure"], "200.00");
}

/// Priority.
#[tokio::test]
async fn staff_see_their_queues_and_what_is_late() {
    let server = TestServer::start().await;
    let anna = server.sign_in("anna").await;
    order(&anna, "normal").await;
    let urgent = order(&anna, "urgent").await;
    kiosk_order(&server.sign_in("bao").await).await;
    for (login, count) in [("admin", 3), ("east", 2), ("north", 1)] {
        let client = server.sign_in(login).await;
        let queues = client.get("/queues").await.json();
        let review = queue(&queues, "pending_order_review");
        assert_eq!((&review["count"], &review["late"]), (&json!(count), &json!(0)));
        assert_eq!(queue(&queues, "pending_shipment")["count"], 0);
        assert_eq!(queue(&queues, "pending_shipment")["nearest_due_at"], json!(null));
        assert!(
            !queues.to_string().contains("in_production"),
            "a stage that is off has no queue"
        );
        let home = client.get("/home/supplier").await.json();
        assert_eq!(home["queues"], queues);
        assert_eq!(home["escalated"], json!([]));
    }
    server.clock.advance(TimeDelta::hours(3));
    let east = server.sign_in("east").await;
    let home = east.get("/home/supplier").await.json();
    let review = queue(&home["queues"], "pending_order_review");
    assert_eq!(
        (&review["late"], &review["nearest_due_at"]),
        (&json!(1), &json!("2026-11-22T06:00:00Z"))
    );
    assert_eq!(numbers(&home["escalated"]), [&*urgent]);
    let north = server.sign_in("north").await.get("/home/supplier").await.json();
    assert_eq!(north["escalated"], json!([]));
}

/// Rule 2.
#[tokio::test]
async fn a_stage_that_is_off_keeps_its_queue_while_somebody_waits() {
    let server = TestServer::start().await;
    let number = order(&server.sign_in("anna").await, "normal").await;
    set_status(&server, &number, "in_production", false).await;
    let queues = server.sign_in("admin").await.get("/queues").await.json();
    assert_eq!(queue(&queues, "in_production")["count"], 1);
}

#[tokio::test]
async fn the_days_are_those_of_the_company_and_have_no_gaps() {
    let server = TestServer::start().await;
    // Noon in China. Half past eleven in the evening is the same day there, half past twelve the next.
    order(&server.sign_in("anna").await, "normal").await;
    server.clock.advance(TimeDelta::minutes(11 * 60 + 30));
    order(&server.sign_in("anna").await, "normal").await;
    server.clock.advance(TimeDelta::hours(1));
    kiosk_order(&server.sign_in("bao").await).await;
    for (login, today) in [("admin", 1), ("east", 0), ("north", 1)] {
        let home = server.sign_in(login).await.get("/home/supplier").await.json();
        let days = home["days"].as_array().expect("a list");
        assert_eq!(days.len(), 30);
        assert_eq!(days[0]["date"], "2026-10-25");
        assert_eq!(days[29]["date"], "2026-11-23");
        let dates: std::collections::BTreeSet<String> =
            days.iter().map(|day| day["date"].to_string()).collect();
        assert_eq!(dates.len(), 30);
        assert_eq!(home["today"], days[29]);
        assert_eq!(home["today"]["orders"], today, "{login}");
        assert_eq!(home["shipped_today"], 0);
        let (orders, amount) = if login == "north" {
            (0, "0.00")
        } else {
            (2, "100.00")
        };
        assert_eq!(
            (&days[28]["orders"], &days[28]["amount"]),
            (&json!(orders), &json!(amount)),
            "{login}"
        );
        assert_eq!(days[0]["amount"], "0.00");
    }
}

#[tokio::test]
async fn each_side_has_its_own_home() {
    let server = TestServer::start().await;
    for (login, path, reason) in [
        ("anna", "/home/supplier", "only_supplier"),
        ("anna", "/queues", "only_supplier"),
        ("admin", "/home/distributor", "only_customer"),
    ] {
        let seen = server.sign_in(login).await.get(path).await;
        assert_eq!(
            (seen.status, &seen.json()["reason"]["deny"]),
            (403, &json!(reason)),
            "{path}"
        );
        assert_eq!(server.client().get(path).await.status, 401);
    }
}

#[tokio::test]
async fn a_home_that_has_not_changed_is_not_sent_again() {
    let server = TestServer::start().await;
    for (login, path) in [("anna", "/home/distributor"), ("admin", "/home/supplier")] {
        let client = server.sign_in(login).await;
        let seen = client.get(path).await;
        let tag = seen.header("etag").expect("a tag").to_owned();
        let again = client
            .request(Method::GET, &format!("/api/v1{path}"))
            .header("if-none-match", value(&tag));
        assert_eq!(send(again).await.status, 304, "{path}");
    }
}
