//! `/orders/{order_id}/messages` and `/unread-messages`.

use countersign_domain::permission::BuiltInRole;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::events::Listener;
use crate::files::{id as file_id, kept, picture};
use crate::fixture::{EAST, NORTH};
use crate::orders_desk::Desk;
use crate::support::{Client, Seen, send};

/// Writes under a key of its own.
pub async fn post(client: &Client, order: &str, body: &Value) -> Seen {
    let key = Uuid::new_v4().to_string();
    client
        .post(&format!("/orders/{order}/messages"), &key, body)
        .await
}

/// A message that has to be accepted.
pub fn said(seen: &Seen) -> Value {
    assert_eq!(seen.status, 201, "{}", seen.body);
    seen.json()
}

fn message(text: &str) -> Value {
    json!({ "id": Uuid::new_v4(), "text": text })
}

fn note(text: &str) -> Value {
    json!({ "id": Uuid::new_v4(), "text": text, "is_internal": true })
}

/// What somebody reads.
async fn texts(client: &Client, order: &str) -> Vec<String> {
    let seen = client.get(&format!("/orders/{order}/messages")).await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    let all = seen.json();
    let all = all.as_array().expect("a list").iter();
    all.map(|one| one["text"].as_str().expect("text").to_owned())
        .collect()
}

async fn unread(client: &Client) -> Value {
    client.get("/unread-messages").await.json()
}

async fn mark_read(client: &Client, order: &str, message: &Value) -> Seen {
    let request = client.change(Method::PUT, &format!("/orders/{order}/messages/read"));
    send(request.json(&json!({ "message_id": message["id"] }))).await
}

#[tokio::test]
async fn both_sides_read_what_was_written_oldest_first_with_who_and_when() {
    let desk = Desk::start().await;
    let order = desk.order().await;
    let asked = said(&post(&desk.anna, &order, &message(" When does it come?\nOn Friday? ")).await);
    assert_eq!(asked["text"], "When does it come?\nOn Friday?");
    assert_eq!(
        (
            &asked["is_own"],
            &asked["is_from_customer"],
            &asked["is_internal"]
        ),
        (&json!(true), &json!(true), &json!(false))
    );
    assert_eq!(asked["by"]["name"], "ANNA");
    assert_eq!(asked["by"]["role"]["en"], "Tea House");
    assert_eq!(asked["at"], "2026-11-22T04:00:00Z");
    said(&post(&desk.admin, &order, &message("On Friday.")).await);
    assert_eq!(
        texts(&desk.anna, &order).await,
        ["When does it come?\nOn Friday?", "On Friday."]
    );
    let seen = desk.anna.get(&format!("/orders/{order}/messages")).await.json();
    assert_eq!(
        (
            &seen[1]["is_own"],
            &seen[1]["is_from_customer"],
            &seen[1]["by"]["name"]
        ),
        (&json!(false), &json!(false), &json!("ADMIN"))
    );
    // An order that has ended is still talked about.
    let key = Uuid::new_v4().to_string();
    let request = desk
        .anna
        .change(Method::POST, &format!("/orders/{order}/withdrawal"))
        .header("idempotency-key", key)
        .header("if-match", "*")
        .json(&json!({}));
    assert_eq!(send(request).await.status, 200);
    said(&post(&desk.anna, &order, &message("Sorry.")).await);
}

#[tokio::test]
async fn a_note_of_the_staff_is_nothing_to_the_customer() {
    let desk = Desk::start().await;
    let order = desk.order().await;
    let seen = post(&desk.anna, &order, &note("for us")).await;
    assert_eq!((seen.status, seen.problem().as_str()), (403, "forbidden"));
    assert_eq!(seen.json()["reason"]["deny"], "only_supplier");
    let mut theirs = Listener::open(&desk.server.sign_in("anna").await, None).await;
    let mut ours = Listener::open(&desk.server.sign_in("east").await, None).await;
    let inner = said(&post(&desk.admin, &order, &note("They pay late.")).await);
    let next = desk.order().await;
    let conversation = json!({ "kind": "conversation_changed", "order_id": order });
    assert_eq!(ours.event().await.1, conversation);
    let (_, event) = theirs.event().await;
    assert_eq!(
        (&event["kind"], &event["order_id"]),
        (&json!("order_changed"), &json!(next)),
        "the customer does not even hear that something was written"
    );
    said(&post(&desk.admin, &order, &message("It comes on Friday.")).await);
    assert_eq!(theirs.event().await.1, conversation);
    said(&post(&desk.anna, &order, &message("Fine.")).await);
    let shown = desk.anna.get(&format!("/orders/{order}/messages")).await;
    assert!(!shown.body.contains("They pay late."), "{}", shown.body);
    assert_eq!(texts(&desk.anna, &order).await, ["It comes on Friday.", "Fine."]);
    assert_eq!(
        texts(&desk.admin, &order).await,
        ["They pay late.", "It comes on Friday.", "Fine."]
    );
    assert_eq!(
        unread(&desk.anna).await,
        json!([{ "order_id": order, "count": 1 }]),
        "a note does not count"
    );
    let seen = mark_read(&desk.anna, &order, &inner).await;
    assert_eq!(seen.json()["errors"][0]["pointer"], "/message_id");
}

#[tokio::test]
async fn a_press_or_a_repeat_never_doubles_a_message() {
    let desk = Desk::start().await;
    let order = desk.order().await;
    let path = format!("/orders/{order}/messages");
    let file = file_id(&kept(&desk.anna, "a.png", picture()).await);
    let body = json!({ "id": Uuid::new_v4(), "text": "once", "files": [file] });
    let first = desk.anna.post(&path, "a key", &body).await;
    let same_key = desk.anna.post(&path, "a key", &body).await;
    assert!(same_key.is_replay());
    let other_key = desk.anna.post(&path, "another key", &body).await;
    assert_eq!((other_key.status, other_key.is_replay()), (200, true));
    for seen in [&same_key, &other_key] {
        assert_eq!(seen.json(), said(&first));
    }
    assert_eq!(texts(&desk.anna, &order).await, ["once"]);
    // The id is taken: by another text, by another person, on another order.
    let elsewhere = desk.order().await;
    let mut changed = body.clone();
    changed["text"] = json!("twice");
    let mut without = body.clone();
    without["files"] = json!([]);
    for seen in [
        post(&desk.anna, &order, &changed).await,
        post(&desk.anna, &order, &without).await,
        post(&desk.admin, &order, &without).await,
        post(&desk.anna, &elsewhere, &body).await,
    ] {
        assert_eq!((seen.status, seen.problem().as_str()), (422, "key-reused"));
    }
    assert_eq!(texts(&desk.anna, &elsewhere).await, Vec::<String>::new());
}

#[tokio::test]
async fn what_can_not_be_a_message_is_refused_by_its_field() {
    let desk = Desk::start().await;
    let order = desk.order().await;
    let foreign = file_id(&kept(&desk.admin, "a.png", picture()).await);
    let used = file_id(&kept(&desk.anna, "a.png", picture()).await);
    said(
        &post(
            &desk.anna,
            &order,
            &json!({ "id": Uuid::new_v4(), "text": "", "files": [used] }),
        )
        .await,
    );
    let with = |text: &str, files: &[&str]| json!({ "id": Uuid::new_v4(), "text": text, "files": files });
    let six: Vec<String> = (0..6).map(|_| Uuid::new_v4().to_string()).collect();
    let six: Vec<&str> = six.iter().map(String::as_str).collect();
    for (body, pointer, code) in [
        (with(" \n", &[]), "/text", "required"),
        (with(&"长".repeat(2_001), &[]), "/text", "too_long"),
        (with("bell \u{7}", &[]), "/text", "invalid"),
        (with("", &six), "/files", "too_long"),
        (with("", &[&foreign]), "/files/0", "unknown"),
        (with("", &[&used]), "/files/0", "unknown"),
    ] {
        let seen = post(&desk.anna, &order, &body).await;
        assert_eq!(seen.status, 422, "{}", seen.body);
        let error = &seen.json()["errors"][0];
        assert_eq!(
            (&error["pointer"], &error["code"]),
            (&json!(pointer), &json!(code)),
            "{body}"
        );
    }
    assert_eq!(texts(&desk.anna, &order).await.len(), 1, "nothing was written");
    said(&post(&desk.anna, &order, &message(&"长".repeat(2_000))).await);
}

#[tokio::test]
async fn a_foreign_order_has_no_conversation() {
    let desk = Desk::start().await;
    let order = desk.order().await;
    let first = said(&post(&desk.anna, &order, &message("hello")).await);
    let far = desk.staff("far", BuiltInRole::OrderReviewer, &[NORTH]).await;
    for client in [&desk.server.sign_in("bao").await, &far] {
        let seen = client.get(&format!("/orders/{order}/messages")).await;
        assert_eq!(seen.problem(), "not-found");
        assert_eq!(
            post(client, &order, &message("hello")).await.problem(),
            "not-found"
        );
        assert_eq!(mark_read(client, &order, &first).await.problem(), "not-found");
        assert_eq!(unread(client).await, json!([]));
    }
    let nowhere = Uuid::new_v4().to_string();
    assert_eq!(
        post(&desk.anna, &nowhere, &message("hello")).await.problem(),
        "not-found"
    );
}

#[tokio::test]
async fn every_account_has_its_own_mark_of_what_it_has_read() {
    let desk = Desk::start().await;
    let (order, other) = (desk.order().await, desk.order().await);
    let first = said(&post(&desk.anna, &order, &message("one")).await);
    let second = said(&post(&desk.anna, &order, &message("two")).await);
    desk.server.clock.advance(chrono::TimeDelta::minutes(1));
    said(&post(&desk.anna, &other, &message("three")).await);
    let near = desk.staff("near", BuiltInRole::OrderReviewer, &[EAST]).await;
    let both = json!([{ "order_id": other, "count": 1 }, { "order_id": order, "count": 2 }]);
    assert_eq!(unread(&near).await, both, "the newest first");
    assert_eq!(unread(&desk.anna).await, json!([]), "one's own words are no news");
    let mut device = Listener::open(&desk.server.sign_in("near").await, None).await;
    assert_eq!(mark_read(&near, &order, &second).await.status, 204);
    let (_, event) = device.event().await;
    assert_eq!(
        event,
        json!({ "kind": "conversation_changed", "order_id": order })
    );
    assert_eq!(unread(&near).await, json!([{ "order_id": other, "count": 1 }]));
    // Having read further stays; and a colleague's mark is the colleague's.
    assert_eq!(mark_read(&near, &order, &first).await.status, 204);
    assert_eq!(unread(&near).await, json!([{ "order_id": other, "count": 1 }]));
    assert_eq!(unread(&desk.admin).await, both);
    said(&post(&desk.admin, &order, &message("four")).await);
    assert_eq!(
        unread(&desk.anna).await,
        json!([{ "order_id": order, "count": 1 }])
    );
    let of_the_other = mark_read(&near, &other, &first).await;
    assert_eq!(of_the_other.json()["errors"][0]["pointer"], "/message_id");
    desk.server.clock.advance(chrono::TimeDelta::days(91));
    assert_eq!(
        unread(&desk.server.sign_in("admin").await).await,
        json!([]),
        "what is old is no news"
    );
}

#[tokio::test]
async fn what_was_said_can_not_be_changed_in_the_database_either() {
    let desk = Desk::start().await;
    let order = desk.order().await;
    said(&post(&desk.anna, &order, &message("said")).await);
    for sql in ["UPDATE messages SET body = 'unsaid'", "DELETE FROM messages"] {
        let write: Result<(), countersign_server::db::DbError> = desk
            .server
            .running
            .state()
            .db
            .write(move |tx| {
                Box::pin(async move {
                    sqlx::query(sql).execute(&mut **tx).await?;
                    Ok(())
                })
            })
            .await;
        let refusal = write.expect_err("a trigger refuses").to_string();
        assert!(refusal.contains("append-only"), "{refusal}");
    }
    assert_eq!(texts(&desk.anna, &order).await, ["said"]);
}
