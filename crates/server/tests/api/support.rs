//! A server of its own for each test, and a client that talks to it.

use std::path::PathBuf;
use std::sync::Arc;

use countersign_server::auth::password::Effort;
use countersign_server::clock::ManualClock;
use countersign_server::server::{Options, Running};
use countersign_server::state::Site;
use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::fixture::{self, ANNA, GREEN_TEA, PASSWORD, TEA_HOUSE_ADDRESS};

/// A server on a database of its own.
pub struct TestServer {
    pub running: Running,
    pub clock: ManualClock,
    _folder: tempfile::TempDir,
}

impl TestServer {
    /// A server with the fixture's data.
    pub async fn start() -> Self {
        Self::with(Site::default()).await
    }

    /// The same, reached in another way.
    pub async fn with(site: Site) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let clock = ManualClock::at(fixture::noon());
        let options = Options {
            site,
            effort: Effort::Least,
            clock: Arc::new(clock.clone()),
            ..Options::new("127.0.0.1:0", folder.path().join("test.db"))
        };
        let running = Running::start(&options).await.expect("the server starts");
        fixture::fill(running.state()).await;
        Self {
            running,
            clock,
            _folder: folder,
        }
    }

    /// A server that hands out an app of these files.
    pub async fn with_app(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder").keep();
        for (name, content) in files {
            std::fs::write(folder.join(name), content).expect("a file can be written");
        }
        let dist: PathBuf = folder;
        Self::with(Site {
            dist: Some(dist),
            ..Site::default()
        })
        .await
    }

    /// A client that is not signed in.
    pub fn client(&self) -> Client {
        Client::of(&self.running)
    }

    /// A client signed in as `login`.
    pub async fn sign_in(&self, login: &str) -> Client {
        let client = self.client();
        let seen = client.sign_in(login, PASSWORD).await;
        assert_eq!(seen.status, 200, "{login} can sign in: {}", seen.body);
        client
    }
}

/// A browser, more or less.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
}

/// An answer.
#[derive(Debug)]
pub struct Seen {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Seen {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error} in {:?}", self.body))
    }

    /// The problem's type without its prefix.
    pub fn problem(&self) -> String {
        assert_eq!(
            self.header("content-type"),
            Some("application/problem+json"),
            "{}",
            self.body
        );
        let problem = self.json();
        assert_eq!(
            problem["status"], self.status,
            "the status is in the problem, too"
        );
        problem["type"]
            .as_str()
            .expect("a type")
            .trim_start_matches("/problems/")
            .to_owned()
    }

    /// A header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().expect("text"))
    }

    /// Whether it was marked as the repeat of an earlier answer.
    pub fn is_replay(&self) -> bool {
        self.header("idempotent-replayed") == Some("true")
    }
}

impl Client {
    /// A client of `running` that is not signed in.
    pub fn of(running: &Running) -> Self {
        let http = reqwest::Client::builder()
            .cookie_store(true)
            .build()
            .expect("a client");
        Self {
            http,
            base: format!("http://{}", running.address),
        }
    }

    /// A request below the server's address, without anything a change needs.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base))
    }

    /// A change below the API, with the header every change needs.
    pub fn change(&self, method: Method, path: &str) -> RequestBuilder {
        self.request(method, &format!("/api/v1{path}"))
            .header("x-countersign", "1")
    }

    /// Reads below the API.
    pub async fn get(&self, path: &str) -> Seen {
        send(self.request(Method::GET, &format!("/api/v1{path}"))).await
    }

    /// Posts with this key.
    pub async fn post(&self, path: &str, key: &str, body: &Value) -> Seen {
        send(
            self.change(Method::POST, path)
                .header("idempotency-key", key)
                .json(body),
        )
        .await
    }

    /// Uploads a file called `name` under this key.
    pub async fn upload(&self, name: &str, key: &str, bytes: Vec<u8>) -> Seen {
        let name: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
        let request = self.change(Method::POST, &format!("/files?name={name}"));
        send(request.header("idempotency-key", key).body(bytes)).await
    }

    /// Uploads a file of a draft under the id its device gave it.
    pub async fn upload_as(&self, id: Uuid, name: &str, bytes: Vec<u8>) -> Seen {
        let session = self.get("/session").await.json();
        let owner = session["actor"]["account_id"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        self.upload_for(&owner, id, name, bytes).await
    }

    /// The same for whoever the device says attached it.
    pub async fn upload_for(&self, owner: &str, id: Uuid, name: &str, bytes: Vec<u8>) -> Seen {
        let name: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
        let request = self.change(Method::POST, &format!("/files?name={name}&id={id}&owner={owner}"));
        send(request.header("idempotency-key", id.to_string()).body(bytes)).await
    }

    /// Signs in.
    pub async fn sign_in(&self, login: &str, password: &str) -> Seen {
        let credentials = json!({ "login": login, "password": password });
        send(self.change(Method::POST, "/session").json(&credentials)).await
    }

    /// Submits a draft under the key that belongs to it.
    pub async fn submit(&self, draft: &Value) -> Seen {
        let id = draft["draft_id"].as_str().expect("a draft has an id");
        self.post("/orders", &format!("{id}.{}", draft["rev"]), draft)
            .await
    }
}

/// Sends a request and reads the whole answer.
pub async fn send(request: RequestBuilder) -> Seen {
    let response = request.send().await.expect("the server answers");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let body = response.text().await.expect("the answer is text");
    Seen {
        status,
        headers,
        body,
    }
}

/// A draft of the tea house that is fine: four boxes of green tea.
pub fn draft() -> Value {
    json!({
        "draft_id": Uuid::new_v4(),
        "rev": 1,
        "owner": ANNA,
        "lines": [{
            "id": Uuid::new_v4(),
            "variant_id": GREEN_TEA,
            "quantity": "4",
            "seen_price": "12.50",
            "note": "",
        }],
        "address_id": TEA_HOUSE_ADDRESS,
        "wanted_date": null,
        "priority": "normal",
        "note": "",
    })
}

/// A header's value.
pub fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).expect("a header's value")
}
