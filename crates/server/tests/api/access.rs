//! Every operation of the contract for everybody there is: nobody, somebody whose account is disabled, the customer whose
//! things they are, another customer, and every role without regions, in the region and in another one.
//!
//! What is expected comes from `access_rules`; an operation without a row in `access_rows` fails the test.

use std::collections::BTreeMap;

use countersign_contract::Method;
use countersign_contract::endpoint::Guard;
use countersign_contract::openapi::{OperationInfo, operations};
use countersign_domain::actor::Actor;
use countersign_domain::permission::BuiltInRole;
use countersign_server::repo::accounts;
use futures_util::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access_rows::{path, row};
use crate::access_rules::{Answer, Rule, World};
use crate::fixture::{EAST, NORTH, noon};
use crate::orders_desk::{Desk, look};
use crate::returns;
use crate::support::{Client, Seen, send};

/// Somebody's browser, and who they are where they can sign in.
pub type People = BTreeMap<String, (Client, Option<Actor>)>;

async fn ask(client: &Client, operation: &OperationInfo, path: &str, body: &Value, version: u64) -> Seen {
    let method = match operation.method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Delete => reqwest::Method::DELETE,
    };
    let mut request = client.change(method, path);
    if matches!(operation.guard, Guard::Key | Guard::KeyAndVersion) {
        request = request.header("idempotency-key", Uuid::new_v4().to_string());
    }
    if matches!(operation.guard, Guard::Version | Guard::KeyAndVersion) {
        request = request.header("if-match", format!("\"{version}\""));
    }
    if operation.method != Method::Get {
        request = request.json(body);
    }
    send(request).await
}

/// Everybody, by name; those who can't sign in have no actor.
pub async fn everybody(desk: &Desk) -> People {
    let mut people = People::new();
    people.insert("nobody".to_owned(), (desk.server.client(), None));
    let disabled = desk
        .staff("disabled", BuiltInRole::SystemAdministrator, &[])
        .await;
    let session = disabled.get("/session").await.json();
    let account = serde_json::from_value(session["actor"]["account_id"].clone()).expect("an id");
    let write = desk
        .server
        .running
        .state()
        .db
        .write(move |tx| Box::pin(async move { accounts::disable(tx, account, noon()).await }));
    write.await.expect("an account can be disabled");
    people.insert("somebody disabled".to_owned(), (disabled, None));
    let mut known = vec![
        ("the customer".to_owned(), desk.anna.clone()),
        ("another customer".to_owned(), desk.server.sign_in("bao").await),
    ];
    for role in BuiltInRole::ALL {
        for (where_, regions) in [
            ("", &[][..]),
            (" of the region", &[EAST][..]),
            (" of another region", &[NORTH][..]),
        ] {
            let login: &'static str = format!("as-{role:?}{where_}")
                .replace(' ', "-")
                .to_lowercase()
                .leak();
            known.push((
                format!("{role:?}{where_}"),
                desk.staff(login, role, regions).await,
            ));
        }
    }
    for (name, client) in known {
        let actor = client.get("/session").await.json()["actor"].clone();
        let actor = serde_json::from_value(actor).expect("an actor");
        people.insert(name, (client, Some(actor)));
    }
    people
}

/// Asks for `operation` as everybody. Gives how many were asked, and whose answer is another than the rules'.
///
/// What no rule refuses would move what the others are asked about: those of `moving` are left out where they are allowed.
/// Other tests do these.
pub async fn ask_everybody(
    people: &People,
    operation: &OperationInfo,
    world: &World,
    moving: &[&str],
) -> (usize, Vec<String>) {
    let Some((rule, body)) = row(operation.operation, world) else {
        return (0, vec![format!("no row for {}", operation.operation)]);
    };
    let path = path(operation, world);
    let version = if operation.path.contains("{return_id}") {
        world.subject.version
    } else {
        world.order.version
    };
    let moves = moving.contains(&operation.operation);
    let expected_of = |actor: &Option<Actor>| match (&rule, actor) {
        (Rule::Everybody, _) => None,
        (_, None) => Some(Answer::Unknown401),
        (rule, Some(actor)) => Some(rule.answer(actor, world)),
    };
    let answers = people.iter().filter_map(|(name, (client, actor))| {
        let expected = expected_of(actor).filter(|expected| !moves || *expected != Answer::Heard)?;
        let asking = ask(client, operation, &path, &body, version);
        Some(async move { (name, expected, asking.await) })
    });
    // At once, since nobody's question changes anything for the others.
    let answers = join_all(answers).await;
    let asked = answers.len();
    let mut wrong = Vec::new();
    for (name, expected, seen) in answers {
        assert!(
            seen.status < 500,
            "{} for {name}: {}",
            operation.operation,
            seen.body
        );
        if Answer::of(&seen) != expected {
            wrong.push(format!(
                "{} for {name}: {expected:?}, and it was {} {}",
                operation.operation, seen.status, seen.body
            ));
        }
    }
    (asked, wrong)
}

#[tokio::test]
async fn every_operation_answers_everybody_as_permissions_and_policy_say() {
    let desk = Desk::start().await;
    let people = everybody(&desk).await;
    let (received, line) = returns::received(&desk, None).await;
    let subject = returns::accepted(&desk.anna, &received, &returns::returning(&line, "1")).await;
    let id = desk.order().await;
    let kept = Uuid::new_v4();
    let mine = json!({ "name": "mine", "content": { "id": kept, "lines": [] } });
    let request = desk.anna.change(reqwest::Method::PUT, &format!("/drafts/{kept}"));
    let seen = send(
        request
            .header("idempotency-key", Uuid::new_v4().to_string())
            .header("if-match", "\"0\"")
            .json(&mine),
    )
    .await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    let order = look(&desk.admin, &id).await.json()["order"].clone();
    let world = World {
        order: serde_json::from_value(order).expect("an order"),
        draft: kept,
        received: received.parse().expect("an id"),
        subject: serde_json::from_value(subject["return"].clone()).expect("a return"),
    };

    let mut wrong = Vec::new();
    let mut asked = 0;
    for operation in operations() {
        if let Some((rule, _)) = row(operation.operation, &world) {
            assert_eq!(
                operation.signed_in,
                !matches!(rule, Rule::Everybody),
                "{}",
                operation.operation
            );
        }
        // An open stream never ends its answer, and signing out would end what the others are asked with.
        if matches!(operation.operation, "stream_events" | "sign_out") {
            continue;
        }
        let moving = ["withdraw_order", "pass_finance_review", "confirm_payment"];
        let (count, mut found) = ask_everybody(&people, &operation, &world, &moving).await;
        asked += count;
        wrong.append(&mut found);
    }
    assert!(
        wrong.is_empty(),
        "{} of {asked}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    let now = look(&desk.admin, &id).await.json();
    assert_eq!(
        now["order"]["version"], world.order.version,
        "nobody changed the order"
    );
}
