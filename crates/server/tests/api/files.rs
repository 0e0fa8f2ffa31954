//! `/files`: what is kept, who reads it, and how it is handed out.

use chrono::TimeDelta;
use countersign_domain::file::MAX_FILE_BYTES;
use countersign_server::repo::files::{WAITING, forget};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::conversation::{post, said};
use crate::fixture::{EAST, NORTH};
use crate::orders_desk::Desk;
use crate::returns;
use crate::support::{Client, Seen, TestServer, send};
use countersign_domain::permission::BuiltInRole;

/// What begins like a PNG picture; nobody here looks further.
pub fn picture() -> Vec<u8> {
    [b"\x89PNG\r\n\x1a\n".as_slice(), b"a leaking bottle"].concat()
}

/// A file that has to be kept.
pub async fn kept(client: &Client, name: &str, bytes: Vec<u8>) -> Value {
    let seen = client.upload(name, &Uuid::new_v4().to_string(), bytes).await;
    assert_eq!(seen.status, 201, "{}", seen.body);
    seen.json()
}

/// The id of a file that was kept.
pub fn id(file: &Value) -> String {
    file["id"].as_str().expect("an id").to_owned()
}

async fn read(client: &Client, file: &str) -> Seen {
    client.get(&format!("/files/{file}")).await
}

async fn count(server: &TestServer, sql: &'static str) -> i64 {
    use sqlx::Row;
    let mut connection = server.running.state().db.read().await.expect("a reader");
    let row = sqlx::query(sql).fetch_one(&mut *connection).await.expect("a row");
    row.get(0)
}

#[tokio::test]
async fn a_file_is_what_its_bytes_say_whatever_it_is_called() {
    let server = TestServer::start().await;
    let anna = server.sign_in("anna").await;
    let file = kept(&anna, "..\\invoice.pdf", picture()).await;
    assert_eq!(
        (&file["name"], &file["kind"], &file["size"]),
        (&json!("invoice.pdf.png"), &json!("png"), &json!(picture().len()))
    );
    for (bytes, fault) in [
        (&b""[..], "empty"),
        (
            b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
            "wrong_type",
        ),
        (b"<html><script>alert(1)</script>", "wrong_type"),
        (b"MZ\x90", "wrong_type"),
    ] {
        let seen = anna.upload("photo.png", "a key", bytes.to_vec()).await;
        assert_eq!((seen.status, seen.problem().as_str()), (422, "file-refused"));
        assert_eq!(seen.json()["fault"], fault);
    }
    let seen = server.client().upload("a.png", "a key", picture()).await;
    assert_eq!(seen.status, 401);
    let mut large = picture();
    large.resize(MAX_FILE_BYTES + 1, 0);
    let seen = anna.upload("large.png", "a large one", large.clone()).await;
    assert_eq!((seen.status, seen.problem().as_str()), (413, "too-large"));
    large.pop();
    kept(&anna, "as large as may be.png", large).await;
}

#[tokio::test]
async fn the_same_bytes_are_kept_once_and_the_same_key_makes_one_file() {
    let server = TestServer::start().await;
    let anna = server.sign_in("anna").await;
    let first = anna.upload("a.png", "one key", picture()).await;
    let second = anna.upload("a.png", "one key", picture()).await;
    assert!(second.is_replay());
    assert_eq!(first.json(), second.json());
    let other = server
        .sign_in("bao")
        .await
        .upload("b.png", "one key", picture())
        .await;
    assert_ne!(first.json()["id"], other.json()["id"]);
    assert_eq!(count(&server, "SELECT COUNT(*) FROM files").await, 2);
    assert_eq!(count(&server, "SELECT COUNT(*) FROM file_contents").await, 1);
}

#[tokio::test]
async fn a_file_is_handed_out_so_that_nothing_in_it_can_run() {
    let server = TestServer::start().await;
    let anna = server.sign_in("anna").await;
    let shown = read(&anna, &id(&kept(&anna, "漏 1.png", picture()).await)).await;
    assert_eq!(shown.status, 200);
    assert_eq!(shown.header("content-type"), Some("image/png"));
    assert_eq!(
        shown.header("content-disposition"),
        Some("inline; filename=\"_ 1.png\"; filename*=UTF-8''%E6%BC%8F%201.png")
    );
    assert_eq!(
        shown.header("content-security-policy"),
        Some("default-src 'none'; frame-ancestors 'none'; sandbox")
    );
    assert_eq!(shown.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(shown.header("cache-control"), Some("private, no-cache"));
    let document = id(&kept(&anna, "a.pdf", b"%PDF-1.7\n".to_vec()).await);
    let saved = read(&anna, &document).await;
    assert_eq!(saved.body, "%PDF-1.7\n");
    let disposition = saved.header("content-disposition").expect("a name");
    assert!(disposition.starts_with("attachment;"), "{disposition}");
    let tag = saved.header("etag").expect("a tag").to_owned();
    let again = anna
        .request(Method::GET, &format!("/api/v1/files/{document}"))
        .header("if-none-match", tag);
    assert_eq!(send(again).await.status, 304);
}

#[tokio::test]
async fn a_file_is_read_by_whoever_sees_what_it_belongs_to() {
    let desk = Desk::start().await;
    let order = desk.order().await;
    let (bao, far) = (
        desk.server.sign_in("bao").await,
        desk.staff("far", BuiltInRole::OrderReviewer, &[NORTH]).await,
    );
    let near = desk.staff("near", BuiltInRole::OrderReviewer, &[EAST]).await;
    let file = id(&kept(&desk.anna, "a.png", picture()).await);
    for (client, status) in [(&desk.anna, 200), (&near, 404), (&bao, 404), (&desk.admin, 404)] {
        assert_eq!(
            read(client, &file).await.status,
            status,
            "only its owner, until it is sent"
        );
    }
    said(
        &post(
            &desk.anna,
            &order,
            &json!({ "id": Uuid::new_v4(), "text": "", "files": [file] }),
        )
        .await,
    );
    for (client, status) in [(&desk.anna, 200), (&near, 200), (&bao, 404), (&far, 404)] {
        assert_eq!(read(client, &file).await.status, status, "whoever sees the order");
    }
    assert_eq!(read(&desk.server.client(), &file).await.status, 401);
    let note = id(&kept(&near, "b.png", picture()).await);
    let body = json!({ "id": Uuid::new_v4(), "text": "look", "is_internal": true, "files": [note] });
    said(&post(&near, &order, &body).await);
    for (client, status) in [(&near, 200), (&desk.admin, 200), (&desk.anna, 404), (&far, 404)] {
        assert_eq!(read(client, &note).await.status, status, "staff alone");
    }
    for nothing in [Uuid::new_v4().to_string(), "a-name".to_owned()] {
        assert_eq!(read(&desk.admin, &nothing).await.problem(), "not-found");
    }
}

#[tokio::test]
async fn a_return_shows_its_photos_to_both_sides() {
    let desk = Desk::start().await;
    let (order, line) = returns::received(&desk, None).await;
    let (first, second) = (
        id(&kept(&desk.anna, "1.png", picture()).await),
        id(&kept(&desk.anna, "2.png", picture()).await),
    );
    let mut body = returns::returning(&line, "1");
    body["lines"][0]["photos"] = json!([first, second]);
    let seen = returns::accepted(&desk.anna, &order, &body).await;
    assert_eq!(seen["return"]["lines"][0]["photos"], json!([first, second]));
    let warehouse = desk
        .staff("warehouse", BuiltInRole::WarehouseReviewer, &[EAST])
        .await;
    for (client, status) in [(&desk.anna, 200), (&warehouse, 200)] {
        assert_eq!(read(client, &first).await.status, status);
    }
    let far = desk.staff("far", BuiltInRole::WarehouseReviewer, &[NORTH]).await;
    for client in [&far, &desk.server.sign_in("bao").await] {
        assert_eq!(read(client, &first).await.problem(), "not-found");
    }
}

#[tokio::test]
async fn a_photo_that_can_not_be_used_undoes_the_return() {
    let desk = Desk::start().await;
    let (order, line) = returns::received(&desk, None).await;
    let bao = desk.server.sign_in("bao").await;
    let foreign = id(&kept(&bao, "a.png", picture()).await);
    let document = id(&kept(&desk.anna, "a.pdf", b"%PDF-1.7\n".to_vec()).await);
    let own = id(&kept(&desk.anna, "a.png", picture()).await);
    let unknown = Uuid::new_v4().to_string();
    for (photos, pointer) in [
        (json!([foreign]), "/lines/0/photos/0"),
        (json!([own, unknown]), "/lines/0/photos/1"),
        (json!([document]), "/lines/0/photos/0"),
        (json!([own, own]), "/lines/0/photos/1"),
        (json!([own, own, own, own, own, own]), "/lines/0/photos"),
    ] {
        let mut body = returns::returning(&line, "1");
        body["lines"][0]["photos"] = photos;
        let seen = returns::submit(&desk.anna, &order, &body, &Uuid::new_v4().to_string()).await;
        assert_eq!(seen.status, 422, "{}", seen.body);
        assert_eq!(seen.json()["errors"][0]["pointer"], pointer);
    }
    let of_order = desk.anna.get(&format!("/orders/{order}/returns")).await.json();
    assert_eq!(of_order["returns"], json!([]));
    let mut body = returns::returning(&line, "1");
    body["lines"][0]["photos"] = json!([own]);
    returns::accepted(&desk.anna, &order, &body).await;
}

#[tokio::test]
async fn what_is_not_used_is_thrown_away_after_a_day_and_there_is_not_much_of_it() {
    let desk = Desk::start().await;
    let order = desk.order().await;
    let used = id(&kept(&desk.anna, "a.png", picture()).await);
    said(
        &post(
            &desk.anna,
            &order,
            &json!({ "id": Uuid::new_v4(), "text": "", "files": [used] }),
        )
        .await,
    );
    for number in 0..50 {
        kept(&desk.anna, "b.pdf", format!("%PDF-1.7 {number}").into_bytes()).await;
    }
    let seen = desk.anna.upload("c.png", "one too many", picture()).await;
    assert_eq!(seen.json()["fault"], "too_many");
    desk.server.clock.advance(WAITING + TimeDelta::seconds(1));
    let now = countersign_server::clock::Clock::now(&desk.server.clock);
    let write = desk
        .server
        .running
        .state()
        .db
        .write(move |tx| Box::pin(async move { forget(tx, now).await }));
    write.await.expect("old files can be thrown away");
    assert_eq!(count(&desk.server, "SELECT COUNT(*) FROM files").await, 1);
    assert_eq!(count(&desk.server, "SELECT COUNT(*) FROM file_contents").await, 1);
    assert_eq!(read(&desk.anna, &used).await.status, 200);
}
