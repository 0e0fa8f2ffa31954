//! `/account` and `/customers`

use chrono::TimeDelta;
use countersign_domain::customer::PaymentPolicy;
use countersign_domain::id::{CustomerId, RegionId};
use countersign_domain::money::Money;
use countersign_domain::text::LocalText;
use countersign_server::db::DbError;
use countersign_server::repo::customers::{self, Customer};
use serde_json::json;
use uuid::Uuid;

use crate::fixture::{EAST, KIOSK, LEVEL, NORTH, TEA_HOUSE, TEA_HOUSE_ADDRESS, noon};
use crate::support::{Client, TestServer, draft};

fn customer(id: CustomerId, code: &str, region_id: RegionId, policy: PaymentPolicy) -> Customer {
    Customer {
        id,
        code: code.to_owned(),
        name: LocalText::new("茶馆", "Tea House"),
        level_id: LEVEL,
        region_id,
        policy,
    }
}

async fn put(server: &TestServer, list: Vec<Customer>) {
    let done = server.running.state().db.write(move |tx| {
        Box::pin(async move {
            for customer in &list {
                customers::put(tx, customer, noon()).await?;
            }
            Ok::<_, DbError>(())
        })
    });
    done.await.expect("customers can be stored");
}

async fn codes(client: &Client, path: &str) -> Vec<String> {
    let seen = client.get(path).await;
    assert_eq!(seen.status, 200, "{path}: {}", seen.body);
    let page = seen.json();
    let items = page["items"].as_array().expect("a page").iter();
    items
        .map(|item| item["code"].as_str().expect("a code").to_owned())
        .collect()
}

#[tokio::test]
async fn customers_see_their_own_account() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let account = client.get("/account").await.json();
    assert_eq!(
        account["customer"],
        json!({ "id": TEA_HOUSE, "code": "C001", "name": { "zh": "茶馆", "en": "Tea House" } })
    );
    assert_eq!(account["addresses"][0]["id"], json!(TEA_HOUSE_ADDRESS));
    assert_eq!(
        account["standing"],
        json!({ "policy": { "kind": "prepaid" }, "exposure": "0.00", "credit_left": null })
    );
    let other = server.sign_in("bao").await.get("/account").await.json();
    assert_eq!(other["customer"]["id"], json!(KIOSK));
    let staff = server.sign_in("shipper").await.get("/account").await;
    assert_eq!(
        (staff.status, &staff.json()["reason"]["deny"]),
        (403, &json!("needs_permission"))
    );
    assert_eq!(server.client().get("/account").await.status, 401);
}

/// Rule 8.
#[tokio::test]
async fn open_orders_and_unpaid_ones_use_up_the_credit() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    for _ in 0..2 {
        assert_eq!(client.submit(&draft()).await.status, 201);
    }
    let credit = |limit| PaymentPolicy::Credit { limit, days: 30 };
    let some = Some(Money::new(8000, 2));
    put(&server, vec![customer(TEA_HOUSE, "C001", EAST, credit(some))]).await;
    let standing = client.get("/account").await.json()["standing"].clone();
    assert_eq!(standing["exposure"], "100.00");
    assert_eq!(standing["credit_left"], "-20.00");

    // What was paid, and what binds nobody, does not count.
    let done = server.running.state().db.write(|tx| {
        Box::pin(async move {
            sqlx::query(
                "UPDATE orders SET paid_minor = 6000, status = 'completed' WHERE number LIKE '%-0001'",
            )
            .execute(&mut **tx)
            .await?;
            sqlx::query("UPDATE orders SET paid_minor = 1000 WHERE number LIKE '%-0002'")
                .execute(&mut **tx)
                .await?;
            Ok::<_, DbError>(())
        })
    });
    done.await.expect("orders can be changed");
    let standing = client.get("/account").await.json()["standing"].clone();
    assert_eq!(standing["exposure"], "40.00");
    put(&server, vec![customer(TEA_HOUSE, "C001", EAST, credit(None))]).await;
    let standing = client.get("/account").await.json()["standing"].clone();
    assert_eq!(standing["credit_left"], json!(null), "no limit is no credit");
    let done = server.running.state().db.write(|tx| {
        Box::pin(async move {
            sqlx::query("UPDATE orders SET status = 'voided'")
                .execute(&mut **tx)
                .await?;
            Ok::<_, DbError>(())
        })
    });
    done.await.expect("orders can be changed");
    let standing = client.get("/account").await.json()["standing"].clone();
    assert_eq!(standing["exposure"], "0.00");
}

#[tokio::test]
async fn sums_beyond_what_a_column_holds_are_no_failure() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    for _ in 0..3 {
        client.submit(&draft()).await;
    }
    let done = server.running.state().db.write(|tx| {
        Box::pin(async move {
            sqlx::query("UPDATE orders SET total_minor = $1")
                .bind(i64::MAX)
                .execute(&mut **tx)
                .await?;
            Ok::<_, DbError>(())
        })
    });
    done.await.expect("orders can be changed");
    let account = client.get("/account").await.json();
    assert_eq!(account["standing"]["exposure"], "276701161105643274.21");
    let admin = server.sign_in("admin").await;
    let card = admin.get(&format!("/customers/{TEA_HOUSE}")).await.json();
    assert_eq!(card["amount_90_days"], "276701161105643274.21");
    assert_eq!(admin.get("/home/supplier").await.status, 200);
}

#[tokio::test]
async fn staff_see_the_customers_of_their_regions() {
    let server = TestServer::start().await;
    for (login, found) in [
        ("admin", vec!["C001", "C002"]),
        ("east", vec!["C001"]),
        ("north", vec!["C002"]),
        ("shipper", vec!["C001", "C002"]),
    ] {
        let client = server.sign_in(login).await;
        assert_eq!(codes(&client, "/customers").await, found, "{login}");
    }
    let seen = server.sign_in("anna").await.get("/customers").await;
    assert_eq!(
        (seen.status, &seen.json()["reason"]["deny"]),
        (403, &json!("only_supplier"))
    );
    assert_eq!(server.client().get("/customers").await.status, 401);
}

#[tokio::test]
async fn customers_are_found_by_name_or_code() {
    let server = TestServer::start().await;
    let client = server.sign_in("admin").await;
    for (q, found) in [
        ("TEA", vec!["C001"]),
        ("小卖", vec!["C002"]),
        ("c00", vec!["C001", "C002"]),
        ("%25", vec![]),
        ("c_01", vec![]),
        ("", vec!["C001", "C002"]),
    ] {
        assert_eq!(codes(&client, &format!("/customers?q={q}")).await, found, "{q}");
    }
}

#[tokio::test]
async fn the_pages_of_customers_have_everybody_once() {
    let server = TestServer::start().await;
    let many = (0..9).map(|number: u128| {
        let region = if number.is_multiple_of(2) { EAST } else { NORTH };
        let id = CustomerId(Uuid::from_u128(0x1000 + number));
        customer(id, &format!("D{number:03}"), region, PaymentPolicy::Prepaid)
    });
    put(&server, many.collect()).await;
    for (login, count) in [("admin", 11), ("east", 6)] {
        let client = server.sign_in(login).await;
        let whole = codes(&client, "/customers").await;
        assert_eq!(whole.len(), count);
        let mut paged = Vec::new();
        let mut path = "/customers?limit=2".to_owned();
        loop {
            paged.extend(codes(&client, &path).await);
            let page = client.get(&path).await.json();
            let Some(next) = page["next"].as_str() else { break };
            path = format!("/customers?limit=2&after={next}");
        }
        assert_eq!(paged, whole);
    }
}

#[tokio::test]
async fn a_reviewer_knows_the_customer() {
    let server = TestServer::start().await;
    let anna = server.sign_in("anna").await;
    anna.submit(&draft()).await;
    server.clock.advance(TimeDelta::days(100));
    // Signing in again: the first session is long over.
    let anna = server.sign_in("anna").await;
    for _ in 0..2 {
        anna.submit(&draft()).await;
    }
    server.clock.advance(TimeDelta::seconds(1));
    let east = server.sign_in("east").await;
    let card = east.get(&format!("/customers/{TEA_HOUSE}")).await.json();
    assert_eq!(card["customer"]["code"], "C001");
    assert_eq!(card["level"]["en"], "Gold");
    assert_eq!(card["region"]["zh"], "华东");
    assert_eq!(card["standing"]["exposure"], "150.00");
    assert_eq!(
        (&card["orders_90_days"], &card["amount_90_days"]),
        (&json!(2), &json!("100.00"))
    );
    assert_eq!(card["sent_back_90_days"], 0);
    assert_eq!(card["last_order_at"], "2027-03-02T04:00:00Z");
    let admin = server.sign_in("admin").await;
    let unused = admin.get(&format!("/customers/{KIOSK}")).await.json();
    assert_eq!(unused["last_order_at"], json!(null));
    assert_eq!(unused["amount_90_days"], "0.00");
}

#[tokio::test]
async fn a_foreign_customer_looks_like_an_unknown_one() {
    let server = TestServer::start().await;
    let unknown = CustomerId(Uuid::from_u128(0xffff));
    for login in ["east", "anna"] {
        let client = server.sign_in(login).await;
        let mut answers = Vec::new();
        for id in [KIOSK.to_string(), unknown.to_string(), "x".to_owned()] {
            let seen = client.get(&format!("/customers/{id}")).await;
            let mut problem = seen.json();
            problem["instance"] = json!(null);
            answers.push((seen.status, problem));
        }
        assert_eq!(answers[0].0, 404);
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    }
    // What staff note about a customer is not for its own eyes.
    let anna = server.sign_in("anna").await;
    let own = anna.get(&format!("/customers/{TEA_HOUSE}")).await;
    assert_eq!(
        (own.status, &own.json()["reason"]["deny"]),
        (403, &json!("only_supplier"))
    );
}

#[tokio::test]
async fn staff_see_the_addresses_of_the_customers_of_their_regions() {
    let server = TestServer::start().await;
    let path = format!("/customers/{TEA_HOUSE}/addresses");
    for login in ["admin", "east", "shipper"] {
        let seen = server.sign_in(login).await.get(&path).await;
        assert_eq!(seen.status, 200, "{login}");
        assert_eq!(seen.json()[0]["id"], json!(TEA_HOUSE_ADDRESS), "{login}");
    }
    for (login, status) in [("north", 404), ("bao", 404), ("anna", 403)] {
        let seen = server.sign_in(login).await.get(&path).await;
        assert_eq!(seen.status, status, "{login}");
    }
}
