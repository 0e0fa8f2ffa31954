//! Devices that submit orders: the same bytes under the same key, until they are acknowledged.

use std::net::SocketAddr;
use std::time::Duration;

use countersign_server::digest::sha256_hex;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use tokio::sync::watch;
use uuid::Uuid;

use super::fixture;

/// How long a device waits after an attempt without an answer, unless the server comes back before.
const PAUSE: Duration = Duration::from_millis(20);

/// An order as it was frozen.
#[derive(Clone)]
pub struct Frozen {
    /// Its draft.
    pub draft_id: Uuid,
    bytes: Vec<u8>,
    fingerprint: String,
}

/// What the server acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The draft.
    pub draft_id: Uuid,
    /// The order it became.
    pub order_id: String,
    /// That order's number.
    pub number: String,
    /// Whether the answer was marked as the repeat of an earlier one.
    pub replayed: bool,
}

impl Frozen {
    /// An order of two boxes of green tea.
    pub fn new() -> Self {
        let draft_id = Uuid::new_v4();
        let line = json!({
            "id": Uuid::new_v4(),
            "variant_id": fixture::GREEN_TEA,
            "quantity": "2",
            "seen_price": "12.50",
            "note": "",
        });
        let body = json!({
            "draft_id": draft_id,
            "rev": 1,
            "owner": fixture::ANNA,
            "lines": [line],
            "address_id": fixture::TEA_HOUSE_ADDRESS,
            "wanted_date": null,
            "priority": "normal",
            "note": "",
        });
        let bytes = serde_json::to_vec(&body).expect("JSON");
        Self {
            draft_id,
            fingerprint: sha256_hex(&bytes),
            bytes,
        }
    }
}

/// A signed-in device.
#[derive(Clone)]
pub struct Device(Client);

impl Device {
    /// Signs in at a server that is there.
    pub async fn sign_in(address: SocketAddr) -> Self {
        let client = Client::builder()
            .cookie_store(true)
            .tcp_nodelay(true)
            .build()
            .expect("a client");
        let answer = client
            .post(format!("http://{address}/api/v1/session"))
            .header("x-countersign", "1")
            .json(&json!({ "login": "anna", "password": fixture::PASSWORD }))
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status(), 200);
        Self(client)
    }

    /// Sends `order` once. `None`: nobody knows what became of it. Any other refusal is a fault.
    pub async fn attempt(&self, address: SocketAddr, order: &Frozen) -> Option<Receipt> {
        let answer = self
            .0
            .post(format!("http://{address}/api/v1/orders"))
            .header("x-countersign", "1")
            .header("content-type", "application/json")
            .header("idempotency-key", format!("{}.1", order.draft_id))
            .body(order.bytes.clone())
            .send()
            .await
            .ok()?;
        let status = answer.status();
        let replayed = answer.headers().contains_key("idempotent-replayed");
        let body = answer.text().await.ok()?;
        if status.is_server_error() {
            return None;
        }
        assert!(
            status == StatusCode::CREATED || (status == StatusCode::OK && replayed),
            "{status}: {body}"
        );
        let accepted: Value = serde_json::from_str(&body).expect("JSON");
        assert_eq!(accepted["draft_id"], json!(order.draft_id));
        assert_eq!(
            (&accepted["rev"], &accepted["fingerprint"]),
            (&json!(1), &json!(order.fingerprint))
        );
        let text = |name: &str| accepted[name].as_str().expect("text").to_owned();
        Some(Receipt {
            draft_id: order.draft_id,
            order_id: text("order_id"),
            number: text("number"),
            replayed,
        })
    }

    /// Sends `order` until it is acknowledged, wherever the server is meanwhile.
    pub async fn submit(&self, server: &mut watch::Receiver<SocketAddr>, order: &Frozen) -> Receipt {
        loop {
            let address = *server.borrow_and_update();
            if let Some(receipt) = self.attempt(address, order).await {
                return receipt;
            }
            // It may be back at another place, or not at all yet.
            drop(tokio::time::timeout(PAUSE, server.changed()).await);
        }
    }
}
