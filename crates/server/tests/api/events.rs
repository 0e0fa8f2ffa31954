//! `/events`

use std::time::Duration;

use reqwest::{Method, Response};
use serde_json::Value;

use crate::support::{Client, Seen, TestServer, draft, send};

/// A stream being read.
pub struct Listener {
    response: Response,
    text: String,
}

impl Listener {
    /// Listens as `client` from now on, or from `last` on.
    pub async fn open(client: &Client, last: Option<&str>) -> Self {
        let mut request = client.request(Method::GET, "/api/v1/events");
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let response = request.send().await.expect("the stream opens");
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let mut listener = Self {
            response,
            text: String::new(),
        };
        if last.is_none() {
            // The first heartbeat says that listening has begun.
            listener.block().await;
        }
        listener
    }

    /// The next block of lines, or `None` at the end.
    async fn block(&mut self) -> Option<String> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.text = rest;
                return Some(block);
            }
            let chunk = tokio::time::timeout(Duration::from_secs(20), self.response.chunk())
                .await
                .expect("something comes in time");
            match chunk {
                Ok(Some(chunk)) => self.text.push_str(std::str::from_utf8(&chunk).expect("text")),
                Ok(None) | Err(_) => return None,
            }
        }
    }

    /// The next event's id and data.
    pub async fn event(&mut self) -> (String, Value) {
        loop {
            let block = self.block().await.expect("the stream goes on");
            let field = |name: &str| {
                block
                    .lines()
                    .find_map(|line| line.strip_prefix(name))
                    .map(str::trim)
            };
            if let Some(data) = field("data:") {
                let id = field("id:").unwrap_or_default().to_owned();
                return (id, serde_json::from_str(data).expect("JSON"));
            }
        }
    }
}

async fn order_of_the_tea_house(server: &TestServer) -> Seen {
    server.sign_in("anna").await.submit(&draft()).await
}

#[tokio::test]
async fn an_order_is_heard_by_those_who_may_see_it() {
    let server = TestServer::start().await;
    let mut owner = Listener::open(&server.sign_in("anna").await, None).await;
    let mut reviewer = Listener::open(&server.sign_in("east").await, None).await;
    let mut elsewhere = Listener::open(&server.sign_in("north").await, None).await;
    let mut stranger = Listener::open(&server.sign_in("bao").await, None).await;
    let first = order_of_the_tea_house(&server).await.json()["order_id"].clone();
    for listener in [&mut owner, &mut reviewer] {
        let (_, event) = listener.event().await;
        assert_eq!(
            (&event["kind"], &event["order_id"]),
            (&"order_changed".into(), &first)
        );
        assert_eq!(event["status"], "pending_order_review");
    }
    // What everybody hears comes first for those who must not hear of the order.
    let admin = server.sign_in("admin").await;
    let workflow = admin.get("/settings/workflow").await.json()["workflow"].clone();
    let put = admin
        .change(Method::PUT, "/settings/workflow")
        .header("if-match", "*")
        .json(&workflow);
    assert_eq!(send(put).await.status, 200);
    for listener in [&mut elsewhere, &mut stranger] {
        assert_eq!(listener.event().await.1["kind"], "workflow_changed");
    }
}

#[tokio::test]
async fn who_comes_back_hears_what_was_missed() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let mut listener = Listener::open(&client, None).await;
    order_of_the_tea_house(&server).await;
    let (id, _) = listener.event().await;
    drop(listener);
    let missed = order_of_the_tea_house(&server).await.json()["order_id"].clone();
    let mut back = Listener::open(&client, Some(&id)).await;
    assert_eq!(back.event().await.1["order_id"], missed);
    let mut lost = Listener::open(&client, Some("another-run-7")).await;
    assert_eq!(lost.event().await.1["kind"], "resync");
}

#[tokio::test]
async fn a_stream_ends_with_its_session() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let mut listener = Listener::open(&client, None).await;
    assert_eq!(send(client.change(Method::DELETE, "/session")).await.status, 204);
    assert_eq!(listener.block().await, None);
    assert_eq!(client.get("/events").await.problem(), "unauthenticated");
}

#[tokio::test]
async fn the_server_stops_although_somebody_listens() {
    let server = TestServer::start().await;
    let mut listener = Listener::open(&server.sign_in("anna").await, None).await;
    tokio::time::timeout(Duration::from_secs(8), server.running.stop())
        .await
        .expect("it stops in time");
    assert_eq!(listener.block().await, None);
}
