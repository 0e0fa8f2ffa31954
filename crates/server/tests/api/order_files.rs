//! Files that go along with an order: sent for a draft under an id of the device, named by the submission.

use chrono::TimeDelta;
use countersign_domain::file::{MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS};
use countersign_domain::permission::BuiltInRole;
use countersign_server::clock::Clock;
use countersign_server::repo::files::{WAITING, WAITING_IN_DRAFT, forget};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::files::{id, kept, picture};
use crate::fixture::{ANNA, EAST, NORTH, TEA_HOUSE};
use crate::orders_desk::{Desk, act_on, look};
use crate::support::{Client, Seen, draft};

const PDF: &[u8] = b"%PDF-1.7\n purchase order 4711";

/// A draft these files go along with.
fn with_files(ids: &[Uuid]) -> Value {
    let mut draft = draft();
    draft["attachments"] = json!(ids);
    draft
}

/// A file that has to be kept for a draft.
async fn attached(client: &Client, name: &str, bytes: &[u8]) -> Uuid {
    let id = Uuid::new_v4();
    let seen = client.upload_as(id, name, bytes.to_vec()).await;
    assert_eq!(seen.status, 201, "{}", seen.body);
    assert_eq!(seen.json()["id"], json!(id));
    id
}

/// The order a submission has to become.
async fn ordered(client: &Client, draft: &Value) -> String {
    let seen = client.submit(draft).await;
    assert_eq!(seen.status, 201, "{}", seen.body);
    seen.json()["order_id"].as_str().expect("an id").to_owned()
}

async fn read(client: &Client, file: Uuid) -> Seen {
    client.get(&format!("/files/{file}")).await
}

fn refused_at(seen: &Seen) -> (u16, String, String) {
    let error = &seen.json()["errors"][0];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (seen.status, text(&error["pointer"]), text(&error["code"]))
}

fn at(pointer: &str, code: &str) -> (u16, String, String) {
    (422, pointer.to_owned(), code.to_owned())
}

async fn tidy(desk: &Desk) {
    let now = desk.server.clock.now();
    let state = desk.server.running.state();
    let write = state
        .db
        .write(move |tx| Box::pin(async move { forget(tx, now).await }));
    write.await.expect("old files can be thrown away");
}

#[tokio::test]
async fn an_order_carries_its_files_and_whoever_sees_it_opens_them() {
    let desk = Desk::start().await;
    let first = attached(&desk.anna, "../采购单.pdf", PDF).await;
    let second = attached(&desk.anna, "door.png", &picture()).await;
    let third = attached(&desk.anna, "list.csv", b"sku;quantity\n").await;
    let order = ordered(&desk.anna, &with_files(&[second, first, third])).await;
    let near = desk.staff("near", BuiltInRole::OrderReviewer, &[EAST]).await;
    let far = desk.staff("far", BuiltInRole::OrderReviewer, &[NORTH]).await;
    let warehouse = desk
        .staff("warehouse", BuiltInRole::WarehouseReviewer, &[EAST])
        .await;
    let bao = desk.server.sign_in("bao").await;
    for client in [&desk.anna, &near, &warehouse] {
        let files = look(client, &order).await.json()["attachments"].clone();
        assert_eq!(
            files,
            json!([
                { "id": second, "name": "door.png", "kind": "png", "size": picture().len() },
                { "id": first, "name": "采购单.pdf", "kind": "pdf", "size": PDF.len() },
                { "id": third, "name": "list.csv", "kind": "csv", "size": 13 },
            ])
        );
        assert_eq!(read(client, first).await.status, 200);
    }
    for client in [&bao, &far] {
        assert_eq!(read(client, first).await.problem(), "not-found");
    }
    assert_eq!(read(&desk.server.client(), first).await.status, 401);
    let seen = read(&near, third).await;
    let disposition = seen.header("content-disposition").expect("a name");
    assert!(disposition.starts_with("attachment;"), "{disposition}");
    assert_eq!(seen.header("x-content-type-options"), Some("nosniff"));
    let policy = seen.header("content-security-policy").expect("a policy");
    assert!(policy.contains("sandbox"), "{policy}");
}

#[tokio::test]
async fn an_order_without_files_says_nothing_of_them() {
    let desk = Desk::start().await;
    let order = desk.order().await;
    assert!(look(&desk.anna, &order).await.json().get("attachments").is_none());
}

#[tokio::test]
async fn a_file_is_kept_once_however_often_it_comes() {
    let desk = Desk::start().await;
    let file = attached(&desk.anna, "a.pdf", PDF).await;
    let again = desk.anna.upload_as(file, "b.pdf", PDF.to_vec()).await;
    assert_eq!((again.status, &again.json()["name"]), (201, &json!("a.pdf")));
    let bao = desk.server.sign_in("bao").await;
    for seen in [
        desk.anna.upload_as(file, "a.png", picture()).await,
        bao.upload_as(file, "a.pdf", PDF.to_vec()).await,
    ] {
        assert_eq!(refused_at(&seen), at("?id", "duplicate"));
    }
    assert_eq!(read(&bao, file).await.problem(), "not-found");
    // A draft that was copied is ordered twice, and the file goes along with both.
    let (one, other) = (with_files(&[file]), with_files(&[file]));
    let first = ordered(&desk.anna, &one).await;
    let second = ordered(&desk.anna, &other).await;
    assert_ne!(first, second);
    assert!(desk.anna.submit(&one).await.is_replay());
    for order in [first, second] {
        let files = look(&desk.anna, &order).await.json()["attachments"].clone();
        assert_eq!(files.as_array().map(Vec::len), Some(1));
    }
    let again = desk.anna.upload_as(file, "a.pdf", PDF.to_vec()).await;
    assert_eq!(
        again.status, 201,
        "who heard nothing of it asks again: {}",
        again.body
    );
}

#[tokio::test]
async fn nobody_uploads_what_another_account_attached() {
    let desk = Desk::start().await;
    let (bao, file) = (desk.server.sign_in("bao").await, Uuid::new_v4());
    let seen = bao
        .upload_for(&ANNA.to_string(), file, "a.pdf", PDF.to_vec())
        .await;
    assert_eq!((seen.status, seen.problem().as_str()), (403, "wrong-owner"));
    let seen = desk.anna.upload_as(file, "a.pdf", PDF.to_vec()).await;
    assert_eq!(seen.status, 201, "{}", seen.body);
}

#[tokio::test]
async fn staff_attach_on_behalf_and_the_customer_opens_it() {
    let desk = Desk::start().await;
    let staff = desk.staff("near", BuiltInRole::OrderReviewer, &[EAST]).await;
    let file = attached(&staff, "a.pdf", PDF).await;
    let mut draft = with_files(&[file]);
    let session = staff.get("/session").await.json();
    draft["owner"] = session["actor"]["account_id"].clone();
    draft["customer_id"] = json!(TEA_HOUSE);
    assert_eq!(read(&desk.anna, file).await.problem(), "not-found");
    let order = ordered(&staff, &draft).await;
    assert_eq!(read(&desk.anna, file).await.status, 200);
    let files = look(&desk.anna, &order).await.json()["attachments"].clone();
    assert_eq!(files[0]["id"], json!(file));
}

#[tokio::test]
async fn what_is_no_such_file_is_refused() {
    let desk = Desk::start().await;
    let id = Uuid::new_v4();
    let mut large = PDF.to_vec();
    large.resize(MAX_ATTACHMENT_BYTES + 1, b' ');
    let seen = desk.anna.upload_as(id, "a.pdf", large.clone()).await;
    assert_eq!((seen.status, seen.problem().as_str()), (413, "too-large"));
    large.pop();
    assert_eq!(desk.anna.upload_as(id, "a.pdf", large).await.status, 201);
    for (name, bytes, fault) in [
        ("a.pdf", b"".to_vec(), "empty"),
        ("a.pdf", b"<html><script>alert(1)</script>".to_vec(), "wrong_type"),
        ("a.xlsx", b"PK\x03\x04 an archive".to_vec(), "wrong_type"),
        ("a.csv", b"MZ\x90\x00".to_vec(), "wrong_type"),
    ] {
        let seen = desk.anna.upload_as(Uuid::new_v4(), name, bytes).await;
        assert_eq!((seen.status, seen.problem().as_str()), (422, "file-refused"));
        assert_eq!(seen.json()["fault"], fault);
    }
}

#[tokio::test]
async fn a_submission_names_files_of_its_owner_and_each_once() {
    let desk = Desk::start().await;
    let bao = desk.server.sign_in("bao").await;
    let own = attached(&desk.anna, "a.pdf", PDF).await;
    let foreign = attached(&bao, "a.pdf", PDF).await;
    let of_a_message = kept(&desk.anna, "a.pdf", PDF.to_vec()).await;
    let of_a_message: Uuid = id(&of_a_message).parse().expect("an id");
    let many: Vec<Uuid> = (0..=MAX_ATTACHMENTS).map(|_| Uuid::new_v4()).collect();
    for (files, wrong) in [
        (vec![own, foreign], at("/attachments/1", "unknown")),
        (vec![Uuid::new_v4()], at("/attachments/0", "unknown")),
        (vec![of_a_message], at("/attachments/0", "unknown")),
        (vec![own, own], at("/attachments/1", "duplicate")),
        (many, at("/attachments", "too_long")),
    ] {
        assert_eq!(refused_at(&desk.anna.submit(&with_files(&files)).await), wrong);
    }
    // What was not there yet is sent, and the same bytes get through.
    let late = Uuid::new_v4();
    let waiting = with_files(&[late]);
    assert_eq!(desk.anna.submit(&waiting).await.status, 422);
    desk.anna.upload_as(late, "a.pdf", PDF.to_vec()).await;
    ordered(&desk.anna, &waiting).await;
}

#[tokio::test]
async fn a_file_of_a_draft_is_no_file_of_a_message_and_no_resubmission_brings_one() {
    let desk = Desk::start().await;
    let file = attached(&desk.anna, "a.pdf", PDF).await;
    let mut draft = with_files(&[file]);
    let order = ordered(&desk.anna, &draft).await;
    let body = json!({ "id": Uuid::new_v4(), "text": "", "files": [file] });
    let seen = crate::conversation::post(&desk.anna, &order, &body).await;
    assert_eq!(seen.status, 422, "{}", seen.body);
    draft["rev"] = json!(2);
    let key = format!("{}.2", draft["draft_id"].as_str().expect("an id"));
    let seen = act_on(&desk.anna, &order, "resubmission", &draft, "*", &key).await;
    assert_eq!(refused_at(&seen), at("/attachments", "too_long"));
}

#[tokio::test]
async fn what_was_never_ordered_is_thrown_away_after_a_month_and_can_be_sent_again() {
    let desk = Desk::start().await;
    let used = attached(&desk.anna, "a.pdf", PDF).await;
    ordered(&desk.anna, &with_files(&[used])).await;
    let unused = attached(&desk.anna, "b.pdf", b"%PDF-1.7 b").await;
    let of_a_message = kept(&desk.anna, "c.pdf", b"%PDF-1.7 c".to_vec()).await;
    desk.server.clock.advance(WAITING + TimeDelta::seconds(1));
    tidy(&desk).await;
    let anna = desk.server.sign_in("anna").await;
    assert_eq!(read(&anna, unused).await.status, 200);
    let seen = anna.get(&format!("/files/{}", id(&of_a_message))).await;
    assert_eq!(seen.status, 404);
    desk.server.clock.advance(WAITING_IN_DRAFT);
    tidy(&desk).await;
    let anna = desk.server.sign_in("anna").await;
    assert_eq!(read(&anna, unused).await.status, 404);
    assert_eq!(read(&anna, used).await.status, 200);
    // The device still has it, and sends it under the same key.
    let seen = anna.upload_as(unused, "b.pdf", b"%PDF-1.7 b".to_vec()).await;
    assert_eq!(seen.status, 201, "{}", seen.body);
    ordered(&anna, &with_files(&[unused])).await;
}

#[tokio::test]
async fn the_newest_files_of_drafts_are_kept_and_older_ones_make_room() {
    let desk = Desk::start().await;
    let used = attached(&desk.anna, "a.pdf", PDF).await;
    ordered(&desk.anna, &with_files(&[used])).await;
    let first = attached(&desk.anna, "b.pdf", PDF).await;
    for number in 0..100 {
        desk.server.clock.advance(TimeDelta::seconds(1));
        attached(&desk.anna, "c.pdf", format!("%PDF-1.7 {number}").as_bytes()).await;
    }
    // Whatever the clock says: what was just sent is there.
    desk.server.clock.advance(TimeDelta::days(-1));
    let last = attached(&desk.anna, "d.pdf", b"%PDF-1.7 d").await;
    assert_eq!(read(&desk.anna, last).await.status, 200);
    assert_eq!(read(&desk.anna, first).await.status, 404);
    assert_eq!(read(&desk.anna, used).await.status, 200);
}
