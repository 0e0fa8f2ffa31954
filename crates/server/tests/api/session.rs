//! `/session`

use chrono::TimeDelta;
use countersign_server::db::DbError;
use countersign_server::repo::accounts;
use countersign_server::state::Site;
use reqwest::Method;

use crate::fixture::{ANNA, PASSWORD};
use crate::support::{Seen, TestServer, send};

/// That nobody is signed in is an answer, not an error.
fn assert_nobody(seen: &Seen) {
    assert_eq!((seen.status, &*seen.body), (200, "null"));
}

#[tokio::test]
async fn signing_in_opens_a_session_and_signing_out_ends_it() {
    let server = TestServer::start().await;
    let client = server.client();
    assert_nobody(&client.get("/session").await);

    let seen = client.sign_in(" Anna ", PASSWORD).await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    let session = seen.json();
    assert_eq!(session["login"], "anna");
    assert_eq!(session["actor"]["side"], "distributor");
    assert_eq!(session["organisation"]["en"], "Tea House");
    let cookie = seen.header("set-cookie").expect("a cookie");
    for attribute in ["countersign=", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(attribute), "{attribute} in {cookie}");
    }
    assert_eq!(client.get("/session").await.json()["login"], "anna");

    assert_eq!(send(client.change(Method::DELETE, "/session")).await.status, 204);
    assert_nobody(&client.get("/session").await);
}

#[tokio::test]
async fn staff_hold_the_permissions_of_their_roles_within_their_regions() {
    let server = TestServer::start().await;
    let session = server.sign_in("east").await.get("/session").await.json();
    assert_eq!(session["actor"]["side"], "supplier");
    assert_eq!(session["actor"]["regions"].as_array().map(Vec::len), Some(1));
    let permissions = session["actor"]["permissions"].as_array().expect("a list");
    assert!(permissions.contains(&"order_review".into()) && !permissions.contains(&"order_ship".into()));
}

#[tokio::test]
async fn over_https_the_cookie_is_bound_to_the_host() {
    let origins = vec!["https://order.example.com".to_owned()];
    let server = TestServer::with(Site {
        origins,
        ..Site::default()
    })
    .await;
    let seen = server.client().sign_in("anna", PASSWORD).await;
    let cookie = seen.header("set-cookie").expect("a cookie");
    assert!(
        cookie.starts_with("__Host-countersign=") && cookie.contains("; Secure"),
        "{cookie}"
    );
    assert!(seen.header("strict-transport-security").is_some());
}

#[tokio::test]
async fn each_sign_in_gets_a_new_id_and_ends_the_session_before() {
    let server = TestServer::start().await;
    let client = server.client();
    let cookie = |seen: &Seen| {
        let header = seen.header("set-cookie").expect("a cookie");
        header.split(';').next().expect("a pair").to_owned()
    };
    let first = cookie(&client.sign_in("anna", PASSWORD).await);
    let second = cookie(&client.sign_in("anna", PASSWORD).await);
    assert_ne!(first, second);
    let old = server
        .client()
        .request(Method::GET, "/api/v1/session")
        .header("cookie", first);
    assert_nobody(&send(old).await);
}

#[tokio::test]
async fn wrong_password_and_unknown_login_look_the_same() {
    let server = TestServer::start().await;
    let client = server.client();
    let wrong = client.sign_in("anna", "wrong").await;
    let unknown = client.sign_in("nobody", "wrong").await;
    assert_eq!(
        (wrong.status, wrong.problem()),
        (401, "wrong-credentials".to_owned())
    );
    assert_eq!(
        (unknown.status, unknown.problem()),
        (401, "wrong-credentials".to_owned())
    );
    let empty = client.sign_in("", "").await;
    assert_eq!(empty.status, 422);
    assert_eq!(
        empty.json()["errors"].as_array().map(Vec::len),
        Some(2),
        "{}",
        empty.body
    );
}

#[tokio::test]
async fn guessing_is_slowed_down_but_right_passwords_are_not() {
    let server = TestServer::start().await;
    let client = server.client();
    for _ in 0..5 {
        assert_eq!(client.sign_in("anna", "wrong").await.status, 401);
    }
    let seen = client.sign_in("anna", "wrong").await;
    assert_eq!((seen.status, seen.problem()), (429, "rate-limited".to_owned()));
    let wait: i64 = seen
        .header("retry-after")
        .and_then(|wait| wait.parse().ok())
        .expect("seconds to wait");
    assert_eq!(seen.json()["retry_after"], wait);
    for _ in 0..60 {
        assert_eq!(client.sign_in("bao", PASSWORD).await.status, 200);
    }
    server.clock.advance(TimeDelta::seconds(wait));
    assert_eq!(client.sign_in("anna", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used_and_after_a_month_anyway() {
    let server = TestServer::start().await;
    let idle = server.sign_in("anna").await;
    server.clock.advance(TimeDelta::days(3));
    assert_nobody(&idle.get("/session").await);
    assert_eq!(idle.get("/orders").await.problem(), "unauthenticated");

    let busy = server.sign_in("anna").await;
    for _ in 0..14 {
        server.clock.advance(TimeDelta::days(2));
        assert_eq!(busy.get("/session").await.json()["login"], "anna");
        // That it was used is written down beside the request.
        server
            .running
            .state()
            .db
            .write(|_| Box::pin(async { Ok::<_, DbError>(()) }))
            .await
            .expect("a commit");
    }
    server.clock.advance(TimeDelta::days(2));
    assert_nobody(&busy.get("/session").await);
}

#[tokio::test]
async fn disabling_an_account_ends_its_sessions_at_once() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let now = server.running.state().clock.now();
    server
        .running
        .state()
        .db
        .write(move |tx| Box::pin(async move { accounts::disable(tx, ANNA, now).await }))
        .await
        .expect("an account can be disabled");
    assert_nobody(&client.get("/session").await);
    assert_eq!(
        client.sign_in("anna", PASSWORD).await.problem(),
        "wrong-credentials"
    );
}

#[tokio::test]
async fn changes_need_the_header_and_our_origin() {
    let server = TestServer::start().await;
    let client = server.client();
    let bare = client
        .request(Method::POST, "/api/v1/session")
        .json(&serde_json::json!({}));
    assert_eq!(send(bare).await.problem(), "wrong-origin");
    let foreign = client
        .change(Method::POST, "/session")
        .header("origin", "https://evil.example");
    assert_eq!(send(foreign).await.problem(), "wrong-origin");
    let own = client
        .change(Method::DELETE, "/session")
        .header("origin", format!("http://{}", server.running.address));
    assert_eq!(send(own).await.status, 204);
}
