//! `/views`: lists as their accounts like to see them

use countersign_server::db::DbError;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Client, Seen, TestServer, send};

async fn put(client: &Client, id: &str, view: &Value, version: &str) -> Seen {
    let request = client
        .change(Method::PUT, &format!("/views/{id}"))
        .header("idempotency-key", Uuid::new_v4().to_string())
        .header("if-match", version)
        .json(view);
    send(request).await
}

async fn remove(client: &Client, id: &str, version: &str) -> Seen {
    let request = client.change(Method::DELETE, &format!("/views/{id}"));
    send(request.header("if-match", version)).await
}

fn view(name: &str) -> Value {
    json!({ "name": name, "page": "queues/finance-review", "query": "priority=urgent&amount_from=10.50" })
}

#[tokio::test]
async fn a_view_is_there_on_another_device_and_belongs_to_its_account() {
    let server = TestServer::start().await;
    let (admin, east) = (server.sign_in("admin").await, server.sign_in("east").await);
    let id = Uuid::new_v4().to_string();
    let seen = put(&admin, &id, &view("Large ones"), "\"0\"").await;
    assert_eq!(
        (seen.status, &seen.json()["version"]),
        (200, &json!(1)),
        "{}",
        seen.body
    );
    let other_device = server.sign_in("admin").await;
    let views = other_device.get("/views").await.json();
    assert_eq!(
        views,
        json!([{ "id": id, "version": 1, "view": view("Large ones") }])
    );
    assert_eq!(east.get("/views").await.json(), json!([]));
    assert_eq!(remove(&east, &id, "\"1\"").await.status, 404);
    // The same id is another view of another account.
    assert_eq!(put(&east, &id, &view("Mine"), "\"0\"").await.status, 200);
    assert_eq!(admin.get("/views").await.json()[0]["view"]["name"], "Large ones");
    assert_eq!(server.client().get("/views").await.status, 401);
    // A customer has lists, too.
    let anna = server.sign_in("anna").await;
    assert_eq!(put(&anna, &id, &view("我的"), "\"0\"").await.status, 200);
}

#[tokio::test]
async fn a_view_is_renamed_and_removed_as_it_is_known() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    let id = Uuid::new_v4().to_string();
    put(&admin, &id, &view("One"), "\"0\"").await;
    let again = put(&admin, &id, &view("Two"), "\"0\"").await;
    assert_eq!((again.status, &again.json()["version"]), (412, &json!(1)));
    assert_eq!(put(&admin, &id, &view("Two"), "\"1\"").await.json()["version"], 2);
    assert_eq!(remove(&admin, &id, "\"1\"").await.status, 412);
    assert_eq!(remove(&admin, &id, "\"2\"").await.status, 204);
    assert_eq!(remove(&admin, &id, "\"2\"").await.status, 404);
    assert_eq!(admin.get("/views").await.json(), json!([]));
}

#[tokio::test]
async fn a_view_has_a_name_and_there_are_not_too_many() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    for (name, code) in [("  ".to_owned(), "required"), ("n".repeat(61), "too_long")] {
        let seen = put(&admin, &Uuid::new_v4().to_string(), &view(&name), "\"0\"").await;
        assert_eq!(seen.status, 422);
        let wrong = json!([{ "pointer": "/name", "code": code }]);
        assert_eq!(seen.json()["errors"], wrong);
    }
    for number in 0..50 {
        let name = format!("View {number}");
        let seen = put(&admin, &Uuid::new_v4().to_string(), &view(&name), "\"0\"").await;
        assert_eq!(seen.status, 200, "{}", seen.body);
    }
    let seen = put(&admin, &Uuid::new_v4().to_string(), &view("One more"), "\"0\"").await;
    assert_eq!(
        (seen.status, &seen.json()["errors"][0]["code"]),
        (422, &json!("too_large"))
    );
}

#[tokio::test]
async fn a_view_belongs_to_a_page() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    let of = |page: &str, query: &str| json!({ "name": "One", "page": page, "query": query });
    let long = "q".repeat(4_001);
    for (body, pointer, code) in [
        (of(" ", ""), "/page", "required"),
        (of(&"p".repeat(101), ""), "/page", "too_long"),
        (of("orders", &long), "/query", "too_long"),
        (json!({ "name": "One" }), "/page", "required"),
    ] {
        let seen = put(&admin, &Uuid::new_v4().to_string(), &body, "\"0\"").await;
        assert_eq!(seen.status, 422, "{}", seen.body);
        assert_eq!(
            seen.json()["errors"],
            json!([{ "pointer": pointer, "code": code }])
        );
    }
}

#[tokio::test]
async fn a_view_stored_before_pages_had_views_is_one_of_the_list_of_orders() {
    let server = TestServer::start().await;
    let id = Uuid::from_u128(7).to_string();
    let doc = json!({ "name": "Before", "q": "茶 & tea", "status": "sent_back,voided", "from": "", "sort": "amount" });
    let (stored_id, doc) = (id.clone(), doc.to_string());
    let write = server.running.state().db.write(move |tx| {
        Box::pin(async move {
            let into = "INSERT INTO views (account_id, id, name, doc, version) \
                        SELECT id, $1, 'Before', $2, 1 FROM accounts WHERE login = 'admin'";
            sqlx::query(into)
                .bind(stored_id)
                .bind(doc)
                .execute(&mut **tx)
                .await?;
            Ok::<_, DbError>(())
        })
    });
    write.await.expect("a view can be stored");
    let admin = server.sign_in("admin").await;
    let query = "q=%E8%8C%B6+%26+tea&status=sent_back%2Cvoided&sort=amount";
    let view = json!({ "name": "Before", "page": "orders", "query": query });
    let seen = admin.get("/views").await.json();
    assert_eq!(seen, json!([{ "id": id, "version": 1, "view": view }]));
    // Renaming it stores it as it is read.
    let mut renamed = view;
    renamed["name"] = json!("After");
    assert_eq!(put(&admin, &id, &renamed, "\"1\"").await.status, 200);
    assert_eq!(admin.get("/views").await.json()[0]["view"], renamed);
}
