//! What the tests of `/orders/{order_id}` have in common: an order, and people who do something to it.

use countersign_domain::customer::{Address, PaymentPolicy};
use countersign_domain::id::{AccountId, AddressId, RegionId, RoleId};
use countersign_domain::permission::BuiltInRole;
use countersign_domain::workflow::Workflow;
use countersign_server::repo::accounts::{self, NewAccount, NewSide};
use countersign_server::repo::{customers, settings};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::fixture::{PASSWORD, TEA_HOUSE, noon};
use crate::support::{Client, Seen, TestServer, draft, send};

/// A server, its customer and somebody who may do everything.
pub struct Desk {
    pub server: TestServer,
    pub anna: Client,
    pub admin: Client,
}

impl Desk {
    /// A desk with the settings every deployment starts with.
    pub async fn start() -> Self {
        let server = TestServer::start().await;
        let (anna, admin) = (server.sign_in("anna").await, server.sign_in("admin").await);
        Self { server, anna, admin }
    }

    /// The same with other settings.
    pub async fn with(change: impl FnOnce(&mut Workflow)) -> Self {
        let desk = Self::start().await;
        desk.set(change).await;
        desk
    }

    /// Changes the settings.
    pub async fn set(&self, change: impl FnOnce(&mut Workflow)) {
        let mut connection = self.server.running.state().db.read().await.expect("a reader");
        let mut workflow = settings::workflow(&mut connection).await.expect("settings").value;
        drop(connection);
        change(&mut workflow);
        let write = self.server.running.state().db.write(move |tx| {
            Box::pin(async move { settings::put(tx, settings::WORKFLOW, &workflow, noon()).await })
        });
        write.await.expect("settings can be changed");
    }

    /// Lets the tea house pay in another way.
    pub async fn policy(&self, policy: PaymentPolicy) {
        let write = self.server.running.state().db.write(move |tx| {
            Box::pin(async move {
                let mut customer = customers::find(tx, TEA_HOUSE).await?.expect("the tea house");
                customer.policy = policy;
                customers::put(tx, &customer, noon()).await
            })
        });
        write.await.expect("a customer can be changed");
    }

    /// Gives the tea house another address.
    pub async fn second_address(&self) -> Address {
        let address = Address {
            id: AddressId(Uuid::new_v4()),
            contact: "李".to_owned(),
            phone: "2".to_owned(),
            text: "码头 2".to_owned(),
        };
        let put = address.clone();
        let write =
            self.server.running.state().db.write(move |tx| {
                Box::pin(async move { customers::put_address(tx, TEA_HOUSE, 2, &put).await })
            });
        write.await.expect("an address can be added");
        address
    }

    /// Somebody on the staff with this role.
    pub async fn staff(
        &self,
        login: &'static str,
        role: BuiltInRole,
        regions: &'static [RegionId],
    ) -> Client {
        let state = self.server.running.state();
        let hash = state.passwords.hash(PASSWORD).await.expect("a hash");
        let place = BuiltInRole::ALL
            .iter()
            .position(|one| *one == role)
            .expect("one of all");
        let account = NewAccount {
            id: AccountId(Uuid::new_v4()),
            login: login.to_owned(),
            name: login.to_uppercase(),
            password_hash: hash,
            side: NewSide::Staff {
                roles: vec![RoleId(Uuid::from_u128(0x0700 + place as u128))],
                regions: regions.to_vec(),
            },
        };
        let write = state
            .db
            .write(move |tx| Box::pin(async move { accounts::insert(tx, &account, noon()).await }));
        write.await.expect("an account can be made");
        self.server.sign_in(login).await
    }

    /// An order of four boxes of green tea, 50.00 in all.
    pub async fn order(&self) -> String {
        let seen = self.anna.submit(&draft()).await;
        assert_eq!(seen.status, 201, "{}", seen.body);
        seen.json()["order_id"].as_str().expect("an id").to_owned()
    }

    /// What there is of green tea, and what of it is set aside, in whole boxes.
    pub async fn stock(&self) -> (i64, i64) {
        use sqlx::Row;
        let mut connection = self.server.running.state().db.read().await.expect("a reader");
        let row = sqlx::query("SELECT on_hand, reserved FROM stock")
            .fetch_one(&mut *connection)
            .await
            .expect("one shelf");
        let boxes = |column: &str| row.get::<i64, _>(column) / 10_000;
        (boxes("on_hand"), boxes("reserved"))
    }

    /// Pays an order in full.
    pub async fn pay(&self, id: &str) {
        self.pay_as(id, "bank 1").await;
    }

    /// Pays an order in full, as the bank's statement names it.
    pub async fn pay_as(&self, id: &str, reference: &str) {
        let body = json!({ "amount": "50.00", "reference": reference });
        done(&act(&self.admin, id, "payments", &body).await);
    }

    /// Does these steps as somebody who may, each of which has to be accepted.
    pub async fn walk(&self, id: &str, steps: &[&str]) -> Value {
        let mut last = Value::Null;
        for step in steps {
            let body = match *step {
                "shipments" => json!({ "shipment_id": Uuid::new_v4(), "carrier": "SF" }),
                _ => json!({}),
            };
            last = done(&act(&self.admin, id, step, &body).await);
        }
        last
    }
}

/// An accepted change, and the order after it.
pub fn done(seen: &Seen) -> Value {
    assert_eq!(seen.status, 200, "{}", seen.body);
    seen.json()
}

/// The order as somebody sees it.
pub async fn look(client: &Client, id: &str) -> Seen {
    client.get(&format!("/orders/{id}")).await
}

/// Does something to an order at its present version.
pub async fn act(client: &Client, id: &str, what: &str, body: &Value) -> Seen {
    let seen = look(client, id).await;
    let tag = seen.header("etag").unwrap_or("*").to_owned();
    act_on(client, id, what, body, &tag, &Uuid::new_v4().to_string()).await
}

/// Does something to this version of an order under this key.
pub async fn act_on(client: &Client, id: &str, what: &str, body: &Value, tag: &str, key: &str) -> Seen {
    let request = client
        .change(Method::POST, &format!("/orders/{id}/{what}"))
        .header("idempotency-key", key)
        .header("if-match", tag)
        .json(body);
    send(request).await
}

/// Runs the desk's timers once.
pub async fn timers(desk: &Desk) -> usize {
    countersign_server::timers::act(desk.server.running.state())
        .await
        .expect("the timers run")
}
