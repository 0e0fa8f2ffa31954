//! `/notices`, `/managed-notices`, `/notice-targets`

use chrono::{DateTime, TimeDelta, Utc};
use countersign_domain::id::LevelId;
use countersign_domain::permission::BuiltInRole;
use countersign_server::db::DbError;
use countersign_server::notices::tell_of_time;
use countersign_server::repo::accounts::{self, Named};
use countersign_server::repo::customers;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::events::Listener;
use crate::fixture::{EAST, KIOSK, LEVEL, NORTH, noon};
use crate::orders_desk::Desk;
use crate::support::{Client, Seen, TestServer, send};

/// The level of the kiosk, once it has one of its own.
const SILVER: LevelId = LevelId(Uuid::from_u128(0x0601));

async fn put(client: &Client, id: &str, version: u64, body: &Value) -> Seen {
    send(
        client
            .change(Method::PUT, &format!("/managed-notices/{id}"))
            .header("if-match", format!("\"{version}\""))
            .json(body),
    )
    .await
}

async fn mark(client: &Client, id: &str) -> Seen {
    send(
        client
            .change(Method::PUT, &format!("/notices/{id}/read"))
            .json(&json!({})),
    )
    .await
}

async fn mark_all(client: &Client, ids: &[&str]) -> Seen {
    send(
        client
            .change(Method::PUT, "/notices/read")
            .json(&json!({ "notices": ids })),
    )
    .await
}

fn body(title: &str, audience: Value) -> Value {
    json!({
        "category": "delivery",
        "title": { "zh": title, "en": "" },
        "text": { "zh": "第一行\n第二行", "en": "" },
        "audience": audience,
    })
}

fn everyone() -> Value {
    json!({ "for": "everyone" })
}

fn customers_of(levels: &[LevelId], regions: &[countersign_domain::id::RegionId]) -> Value {
    json!({ "for": "customers", "levels": levels, "regions": regions })
}

/// A new notice; its id.
async fn written(client: &Client, body: &Value) -> String {
    let id = Uuid::new_v4().to_string();
    let seen = put(client, &id, 0, body).await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    assert_eq!(seen.json()["version"], 1);
    id
}

/// How many are unread, and the titles in their order.
async fn board(client: &Client) -> (u64, Vec<String>) {
    let seen = client.get("/notices").await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    let board = seen.json();
    let titles = board["notices"].as_array().expect("a list").iter();
    let title = |one: &Value| one["title"]["zh"].as_str().expect("a title").to_owned();
    (
        board["unread"].as_u64().expect("a number"),
        titles.map(title).collect(),
    )
}

async fn titles(client: &Client) -> Vec<String> {
    board(client).await.1
}

/// Puts the kiosk into a level of its own.
async fn second_level(server: &TestServer) {
    let write = server.running.state().db.write(|tx| {
        Box::pin(async move {
            let level = Named {
                id: SILVER,
                code: "silver".to_owned(),
                name: countersign_domain::text::LocalText::new("银牌", "Silver"),
            };
            accounts::put_level(tx, &level).await?;
            let mut kiosk = customers::find(tx, KIOSK).await?.expect("the kiosk");
            kiosk.level_id = SILVER;
            customers::put(tx, &kiosk, noon()).await?;
            Ok::<_, DbError>(())
        })
    });
    write.await.expect("a level can be added");
}

#[tokio::test]
async fn each_reads_what_is_meant_for_them() {
    let server = TestServer::start().await;
    second_level(&server).await;
    let admin = server.sign_in("admin").await;
    for (title, audience) in [
        ("all", everyone()),
        ("staff", json!({ "for": "staff" })),
        ("customers", customers_of(&[], &[])),
        ("gold", customers_of(&[LEVEL], &[])),
        ("silver", customers_of(&[SILVER], &[])),
        ("east", customers_of(&[], &[EAST])),
        ("north", customers_of(&[], &[NORTH])),
        ("gold of the north", customers_of(&[LEVEL], &[NORTH])),
        (
            "gold or silver of the north",
            customers_of(&[LEVEL, SILVER], &[NORTH]),
        ),
    ] {
        written(&admin, &body(title, audience)).await;
    }
    for (login, expected) in [
        ("anna", vec!["all", "customers", "east", "gold"]),
        (
            "bao",
            vec![
                "all",
                "customers",
                "gold or silver of the north",
                "north",
                "silver",
            ],
        ),
        ("admin", vec!["all", "staff"]),
        ("east", vec!["all", "staff"]),
        ("shipper", vec!["all", "staff"]),
    ] {
        let mut seen = titles(&server.sign_in(login).await).await;
        seen.sort();
        assert_eq!(seen, expected, "{login}");
    }
    assert_eq!(server.client().get("/notices").await.status, 401);
}

#[tokio::test]
async fn what_is_read_is_read_by_that_account_only() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    let (anna, bao) = (server.sign_in("anna").await, server.sign_in("bao").await);
    let first = written(&admin, &body("first", everyone())).await;
    server.clock.advance(TimeDelta::minutes(1));
    let second = written(&admin, &body("second", everyone())).await;
    assert_eq!(
        board(&anna).await,
        (2, vec!["second".to_owned(), "first".to_owned()])
    );
    let seen = mark(&anna, &second).await;
    assert_eq!((seen.status, seen.body.as_str()), (204, ""));
    assert_eq!(
        mark(&anna, &second).await.status,
        204,
        "reading it again changes nothing"
    );
    // What is unread stands first.
    assert_eq!(
        board(&anna).await,
        (1, vec!["first".to_owned(), "second".to_owned()])
    );
    assert_eq!(board(&bao).await.0, 2);
    let kept = admin.get(&format!("/managed-notices/{second}")).await.json();
    assert_eq!(kept["readers"], 1);

    assert_eq!(mark_all(&anna, &[&first, &second]).await.status, 204);
    assert_eq!(board(&anna).await.0, 0);
    assert_eq!(board(&bao).await.0, 2);
    // A change does not make it unread again.
    let changed = put(&admin, &first, 1, &body("first, mended", everyone())).await;
    assert_eq!(changed.json()["readers"], 1);
    assert_eq!(board(&anna).await.0, 0);
}

#[tokio::test]
async fn a_notice_for_others_looks_unknown() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    let bao = server.sign_in("bao").await;
    let foreign = written(&admin, &body("east", customers_of(&[], &[EAST]))).await;
    let own = written(&admin, &body("north", customers_of(&[], &[NORTH]))).await;
    for id in [foreign.as_str(), &Uuid::new_v4().to_string()] {
        let seen = mark(&bao, id).await;
        assert_eq!((seen.status, seen.problem()), (404, "not-found".to_owned()));
    }
    // Among others it is left out.
    assert_eq!(mark_all(&bao, &[&foreign, &own]).await.status, 204);
    assert_eq!(board(&bao).await.0, 0);
    let kept = admin.get(&format!("/managed-notices/{foreign}")).await.json();
    assert_eq!(kept["readers"], 0);
    let many: Vec<String> = (0..201).map(|_| Uuid::new_v4().to_string()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(
        mark_all(&bao, &many).await.json()["errors"],
        json!([{ "pointer": "/notices", "code": "too_long" }])
    );
}

#[tokio::test]
async fn a_notice_is_pinned_scheduled_ended_and_withdrawn() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    let anna = server.sign_in("anna").await;
    let at = |hours: i64| noon() + TimeDelta::hours(hours);
    let with = |title: &str, field: &str, value: Value| {
        let mut body = body(title, everyone());
        body[field] = value;
        body
    };
    let pinned = with("pinned", "is_pinned", json!(true));
    let pinned = written(&admin, &pinned).await;
    server.clock.advance(TimeDelta::hours(1));
    written(&admin, &with("later", "from", json!(at(3)))).await;
    written(&admin, &with("short", "until", json!(at(2)))).await;
    assert_eq!(titles(&anna).await, ["pinned", "short"], "pinned, though older");
    mark(&anna, &pinned).await;
    assert_eq!(titles(&anna).await, ["pinned", "short"], "pinned, though read");
    server.clock.advance(TimeDelta::hours(1));
    assert_eq!(titles(&anna).await, ["pinned"]);
    server.clock.advance(TimeDelta::hours(1));
    assert_eq!(titles(&anna).await, ["pinned", "later"]);

    let mut back = with("pinned", "is_withdrawn", json!(true));
    back["is_pinned"] = json!(true);
    let seen = put(&admin, &pinned, 1, &back).await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    assert_eq!(
        seen.json()["notice"]["from"],
        json!(at(0)),
        "the time it was shown from stays"
    );
    assert_eq!(titles(&anna).await, ["later"]);
    assert_eq!(mark(&anna, &pinned).await.status, 404);
    let all = admin.get("/managed-notices").await.json();
    let shown: Vec<_> = all.as_array().expect("a list").iter().collect();
    assert_eq!(shown.len(), 3, "whoever writes them sees all");
    assert_eq!(
        shown[0]["notice"]["title"]["zh"], "later",
        "the newest beginning first"
    );
}

#[tokio::test]
async fn whoever_was_slower_hears_which_version_there_is_and_a_repeat_is_no_conflict() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    let id = written(&admin, &body("first", everyone())).await;
    let second = put(&admin, &id, 1, &body("second", everyone())).await;
    assert_eq!(second.json()["version"], 2);
    assert!(second.header("etag").is_some_and(|tag| tag.starts_with("\"2.")));
    let late = put(&admin, &id, 1, &body("late", everyone())).await;
    assert_eq!((late.status, late.problem()), (412, "stale".to_owned()));
    assert_eq!(late.json()["version"], 2);
    let again = put(&admin, &id, 1, &body("second", everyone())).await;
    assert_eq!((again.status, again.json()["version"].as_u64()), (200, Some(2)));
    let unversioned = admin
        .change(Method::PUT, &format!("/managed-notices/{id}"))
        .json(&body("x", everyone()));
    assert_eq!(send(unversioned).await.problem(), "version-required");
}

#[tokio::test]
async fn what_is_wrong_is_named_by_its_place() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    let unknown = LevelId(Uuid::from_u128(0x0699));
    let wrong = json!({
        "category": "terms",
        "title": { "zh": " ", "en": "" },
        "text": { "zh": "", "en": "x".repeat(5_001) },
        "audience": customers_of(&[unknown], &[EAST, EAST]),
        "from": noon(),
        "until": noon(),
    });
    let seen = put(&admin, &Uuid::new_v4().to_string(), 0, &wrong).await;
    assert_eq!((seen.status, seen.problem()), (422, "invalid-input".to_owned()));
    assert_eq!(
        seen.json()["errors"],
        json!([
            { "pointer": "/title", "code": "required" },
            { "pointer": "/text/en", "code": "too_long" },
            { "pointer": "/until", "code": "too_small" },
            { "pointer": "/audience/levels", "code": "unknown" },
            { "pointer": "/audience/regions", "code": "duplicate" },
        ])
    );
    let lines = body("two\nlines", everyone());
    let seen = put(&admin, &Uuid::new_v4().to_string(), 0, &lines).await;
    assert_eq!(
        seen.json()["errors"],
        json!([{ "pointer": "/title", "code": "invalid" }])
    );
}

#[tokio::test]
async fn only_who_may_write_notices_does() {
    let server = TestServer::start().await;
    let id = Uuid::new_v4().to_string();
    for (login, reason) in [
        ("shipper", "needs_permission"),
        ("east", "needs_permission"),
        ("anna", "only_supplier"),
    ] {
        let client = server.sign_in(login).await;
        let answers = [
            put(&client, &id, 0, &body("x", everyone())).await,
            client.get("/managed-notices").await,
            client.get(&format!("/managed-notices/{id}")).await,
            client.get("/notice-targets").await,
        ];
        for seen in answers {
            assert_eq!((seen.status, seen.problem()), (403, "forbidden".to_owned()));
            assert_eq!(seen.json()["reason"]["deny"], reason, "{login}");
        }
    }
}

#[tokio::test]
async fn staff_of_a_region_write_to_its_customers_only() {
    let desk = Desk::start().await;
    let lead = desk
        .staff("lead-of-the-east", BuiltInRole::BusinessLead, &[EAST])
        .await;
    let targets = lead.get("/notice-targets").await.json();
    assert_eq!(
        (&targets["regions"], &targets["levels"][0]["name"]["en"]),
        (
            &json!([{ "id": EAST, "name": { "zh": "华东", "en": "East" } }]),
            &json!("Gold")
        )
    );
    let own = written(&lead, &body("east", customers_of(&[LEVEL], &[EAST]))).await;
    let error = |pointer: &str, code: &str| json!([{ "pointer": pointer, "code": code }]);
    for (audience, expected) in [
        (everyone(), error("/audience/for", "invalid")),
        (json!({ "for": "staff" }), error("/audience/for", "invalid")),
        (customers_of(&[], &[]), error("/audience/regions", "required")),
        (
            customers_of(&[], &[EAST, NORTH]),
            error("/audience/regions", "unknown"),
        ),
    ] {
        let seen = put(&lead, &Uuid::new_v4().to_string(), 0, &body("x", audience)).await;
        assert_eq!(seen.json()["errors"], expected, "{}", seen.body);
    }
    // What others write for others is not there for them.
    let foreign = written(&desk.admin, &body("north", customers_of(&[], &[NORTH]))).await;
    let all = lead.get("/managed-notices").await.json();
    assert_eq!(all.as_array().map(Vec::len), Some(1));
    assert_eq!(all[0]["notice"]["id"], json!(own));
    let path = format!("/managed-notices/{foreign}");
    assert_eq!(lead.get(&path).await.problem(), "not-found");
    let mine = body("mine now", customers_of(&[], &[EAST]));
    assert_eq!(put(&lead, &foreign, 1, &mine).await.problem(), "not-found");
}

#[tokio::test]
async fn a_notice_is_heard_at_once_and_reading_it_by_the_own_devices_only() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    let mut anna = Listener::open(&server.sign_in("anna").await, None).await;
    let mut bao = Listener::open(&server.sign_in("bao").await, None).await;
    let id = written(&admin, &body("all", everyone())).await;
    for listener in [&mut anna, &mut bao] {
        assert_eq!(listener.event().await.1, json!({ "kind": "notices_changed" }));
    }
    let phone = server.sign_in("anna").await;
    mark(&phone, &id).await;
    assert_eq!(anna.event().await.1["kind"], "notices_changed");
    // Marking it again tells nobody, and the other customer heard of neither: what both hear next is the next notice.
    mark(&phone, &id).await;
    written(&admin, &body("another", everyone())).await;
    let ((for_anna, _), (for_bao, _)) = (anna.event().await, bao.event().await);
    assert_eq!(for_anna, for_bao);
}

#[tokio::test]
async fn the_time_of_a_notice_is_told_when_it_comes_and_when_it_is_over() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    let at = |hours: i64| noon() + TimeDelta::hours(hours);
    let mut scheduled = body("later", everyone());
    scheduled["from"] = json!(at(1));
    scheduled["until"] = json!(at(3));
    written(&admin, &scheduled).await;
    let mut listener = Listener::open(&server.sign_in("anna").await, None).await;
    let state = server.running.state();
    let mut told: DateTime<Utc> = noon();
    let mut heard = Vec::new();
    for hour in 1..=4 {
        server.clock.advance(TimeDelta::hours(1));
        told = tell_of_time(state, told).await.expect("it can be looked up");
        assert_eq!(told, at(hour));
        // A change that everybody hears of closes the hour.
        let workflow = admin.get("/settings/workflow").await.json()["workflow"].clone();
        let change = admin
            .change(Method::PUT, "/settings/workflow")
            .header("if-match", "*");
        assert_eq!(send(change.json(&workflow)).await.status, 200);
        while let Some("notices_changed") = listener.event().await.1["kind"].as_str() {
            heard.push(hour);
        }
    }
    assert_eq!(heard, [1, 3]);
}
