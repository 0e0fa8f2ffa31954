//! The real server without its network: the same router, the same database on a disk of memory.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use countersign_contract::{BASE_PATH, CHANGE_HEADER, NoContent, Problem};
use countersign_domain::id::{AccountId, DraftId};
use countersign_domain::order::Order;
use countersign_server::auth::password::Effort;
use countersign_server::clock::ManualClock;
use countersign_server::db::{DbError, Tx};
use countersign_server::routes::router;
use countersign_server::server::{Opened, Options};
use countersign_sync::Reply;
use http::{Method, StatusCode};
use serde_json::Value;
use sqlx::Row;
use tokio::runtime::Runtime;
use tower::ServiceExt;
use uuid::Uuid;

use crate::fixture::{self, Session};
use crate::oracle::Ordered;
use crate::slot::{Request, Told};

/// A server in this thread.
pub struct Server {
    runtime: Runtime,
    app: Router,
    opened: Option<Opened>,
    serial: u64,
    price: i64,
    _folder: tempfile::TempDir,
}

impl Server {
    /// A new server with the small world of [`fixture`].
    ///
    /// # Errors
    /// What is in the way, in one sentence.
    pub fn start() -> Result<Self, String> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| error.to_string())?;
        let folder = folder().map_err(|error| error.to_string())?;
        let options = Options {
            effort: Effort::Least,
            clock: Arc::new(ManualClock::at(fixture::beginning())),
            ..Options::new("", folder.path().join("faults.db"))
        };
        let opened = runtime
            .block_on(Opened::new(&options))
            .map_err(|error| error.to_string())?;
        runtime
            .block_on(fixture::fill(&opened.state))
            .map_err(|error| error.to_string())?;
        Ok(Self {
            app: router(opened.state.clone()),
            runtime,
            opened: Some(opened),
            serial: 0,
            price: 0,
            _folder: folder,
        })
    }

    /// A number this server has not given yet.
    pub fn next_serial(&mut self) -> u64 {
        self.serial += 1;
        self.serial
    }

    /// What a box costs, in cents.
    pub fn price(&self) -> i64 {
        self.price
    }

    /// Another price from now on.
    ///
    /// # Errors
    /// What the database said.
    pub fn set_price(&mut self, price: i64) -> Result<(), String> {
        if price == self.price {
            return Ok(());
        }
        self.price = price;
        self.write(move |tx| {
            Box::pin(async move {
                // Without the catalog's news of it, which nobody here reads.
                sqlx::query("UPDATE agreed_prices SET price = $1")
                    .bind(fixture::money(price).to_string())
                    .execute(&mut **tx)
                    .await?;
                Ok(())
            })
        })
    }

    /// Keeps none of the drafts of schedules before, nor the files that went along with no order of theirs.
    ///
    /// # Errors
    /// What the database said.
    pub fn forget_drafts(&self) -> Result<(), String> {
        self.write(|tx| {
            Box::pin(async move {
                sqlx::query("DELETE FROM drafts").execute(&mut **tx).await?;
                sqlx::query("DELETE FROM files WHERE id NOT IN (SELECT file_id FROM order_files)")
                    .execute(&mut **tx)
                    .await?;
                Ok(())
            })
        })
    }

    /// Runs `job` in a transaction of the server's own writer.
    ///
    /// # Errors
    /// What the database said.
    pub fn write<T, F>(&self, job: F) -> Result<T, String>
    where
        T: Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> countersign_server::db::BoxFuture<'t, Result<T, DbError>>
            + Send
            + 'static,
    {
        let opened = self.opened.as_ref().ok_or("the server is closed")?;
        self.runtime
            .block_on(opened.state.db.write(job))
            .map_err(|error| error.to_string())
    }

    /// The version an order has now.
    ///
    /// # Errors
    /// What the database said.
    pub fn version_of(&self, order: Uuid) -> Result<Option<u64>, String> {
        self.write(move |tx| {
            Box::pin(async move {
                let row = sqlx::query("SELECT version FROM orders WHERE id = $1")
                    .bind(order.to_string())
                    .fetch_optional(&mut **tx)
                    .await?;
                Ok(row.and_then(|row| u64::try_from(row.get::<i64, _>(0)).ok()))
            })
        })
    }

    /// The orders of the drafts from `first` to `last`.
    ///
    /// # Errors
    /// What the database said.
    pub fn orders(&self, first: Uuid, last: Uuid) -> Result<Vec<Ordered>, String> {
        let opened = self.opened.as_ref().ok_or("the server is closed")?;
        let read = async {
            let mut connection = opened.state.db.read().await.map_err(|error| error.to_string())?;
            sqlx::query("SELECT doc FROM orders WHERE draft_id >= $1 AND draft_id <= $2")
                .bind(first.to_string())
                .bind(last.to_string())
                .fetch_all(&mut *connection)
                .await
                .map_err(|error| error.to_string())
        };
        let rows = self.runtime.block_on(read)?;
        rows.iter()
            .map(|row| {
                let order: Order =
                    serde_json::from_str(row.get(0)).map_err(|error| format!("an order: {error}"))?;
                Ok(Ordered {
                    draft: order.draft_id,
                    order: order.id,
                    note: order.note,
                })
            })
            .collect()
    }

    /// Hands the server a request as a browser of `session` would send it, and gives what came back.
    pub fn deliver(&self, request: &Request, session: Session) -> Came {
        let asked = Asked::of(request);
        let mut built = http::Request::builder()
            .method(asked.method)
            .uri(format!("{BASE_PATH}{}", asked.path))
            .header("host", "localhost")
            .header("content-type", "application/json");
        if let Some(key) = asked.key {
            built = built.header("idempotency-key", key);
        }
        if let Some(cookie) = session.cookie() {
            built = built.header("cookie", format!("countersign={cookie}"));
        }
        if session != Session::Foreign {
            built = built.header(CHANGE_HEADER, "1");
        }
        if let Some(version) = asked.version {
            built = built.header("if-match", format!("\"{version}\""));
        }
        let Ok(built) = built.body(asked.body) else {
            return Came::nothing();
        };
        let app = self.app.clone();
        self.runtime.block_on(async move {
            let Ok(response) = app.oneshot(built).await;
            let status = response.status();
            let etag = response.headers().get("etag").and_then(|tag| tag.to_str().ok());
            let version = etag.and_then(|tag| tag.trim_matches('"').split('.').next()?.parse().ok());
            let body = axum::body::to_bytes(response.into_body(), usize::MAX).await;
            let body = body.map(|body| body.to_vec()).unwrap_or_default();
            Came {
                status,
                version,
                body,
            }
        })
    }
}

/// A request as HTTP has it.
struct Asked<'r> {
    method: Method,
    path: String,
    key: Option<&'r str>,
    version: Option<u64>,
    body: Body,
}

impl<'r> Asked<'r> {
    fn new(method: Method, path: String) -> Self {
        Self {
            method,
            path,
            key: None,
            version: None,
            body: Body::empty(),
        }
    }

    fn of(request: &'r Request) -> Self {
        let draft_path = |draft: &DraftId| format!("/drafts/{draft}");
        match request {
            Request::Submit { key, body } => Self {
                key: Some(key),
                body: Body::from(body.clone()),
                ..Self::new(Method::POST, "/orders".to_owned())
            },
            Request::Withdraw { draft, key } => Self {
                key: Some(key),
                ..Self::new(Method::POST, format!("/drafts/{draft}/withdrawal"))
            },
            Request::Upload { owner, file, body } => Self {
                key: Some("a file"),
                body: Body::from(body.clone()),
                ..Self::new(
                    Method::POST,
                    format!("/files?name={}&id={}&owner={owner}", file.name, file.id),
                )
            },
            Request::Change { order, version, key } => Self {
                key: Some(key),
                version: Some(*version),
                body: Body::from("{\"reason\":\"\"}"),
                ..Self::new(Method::POST, format!("/orders/{order}/withdrawal"))
            },
            Request::ListDrafts { after } => {
                let after = after.as_ref().map(|after| format!("?after={after}"));
                Self::new(Method::GET, format!("/drafts{}", after.unwrap_or_default()))
            }
            Request::GetDraft { draft } => Self::new(Method::GET, draft_path(draft)),
            Request::PutDraft {
                draft,
                version,
                key,
                body,
            } => Self {
                key: Some(key),
                version: Some(*version),
                body: Body::from(body.clone()),
                ..Self::new(Method::PUT, draft_path(draft))
            },
            Request::RemoveDraft { draft, version } => Self {
                version: Some(*version),
                ..Self::new(Method::DELETE, draft_path(draft))
            },
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.app = Router::new();
        if let Some(opened) = self.opened.take() {
            self.runtime.block_on(opened.close());
        }
    }
}

/// The memory file system where there is one: what is measured is not the disk.
fn folder() -> std::io::Result<tempfile::TempDir> {
    let memory = std::path::Path::new("/dev/shm");
    if memory.is_dir() {
        tempfile::tempdir_in(memory).or_else(|_| tempfile::tempdir())
    } else {
        tempfile::tempdir()
    }
}

/// What came back over the wire.
#[derive(Clone, Debug)]
pub struct Came {
    /// Its status.
    pub status: StatusCode,
    /// The version of the thing it shows.
    pub version: Option<u64>,
    /// Its bytes.
    pub body: Vec<u8>,
}

impl Came {
    fn nothing() -> Self {
        Self::of(StatusCode::BAD_REQUEST, Vec::new())
    }

    /// An answer of these bytes.
    pub fn of(status: StatusCode, body: Vec<u8>) -> Self {
        Self {
            status,
            version: None,
            body,
        }
    }

    /// A problem as the server writes it.
    pub fn problem(kind: countersign_contract::ProblemKind) -> Self {
        let problem = Problem::from(kind);
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self::of(status, serde_json::to_vec(&problem).unwrap_or_default())
    }

    /// What the app's client makes of it: a success in the contract's form, a problem, or nothing of ours.
    pub fn read(&self, request: &Request) -> Told {
        match request {
            Request::Submit { .. } => Told::Submitted(self.reply()),
            Request::Withdraw { .. } => Told::Withdrawn(self.reply()),
            Request::Upload { .. } => Told::Uploaded(self.reply()),
            Request::Change { .. } => Told::Changed(match self.reply::<Value>() {
                Reply::Answered(_) => Reply::Answered(()),
                Reply::Problem(kind) => Reply::Problem(kind),
                Reply::Silence => Reply::Silence,
            }),
            Request::ListDrafts { .. } => Told::Drafts(self.reply()),
            Request::GetDraft { .. } => Told::Draft(self.reply()),
            Request::PutDraft { .. } => Told::Put(self.reply()),
            Request::RemoveDraft { .. } if self.status == StatusCode::NO_CONTENT => {
                Told::Removed(Reply::Answered(NoContent {}))
            }
            Request::RemoveDraft { .. } => Told::Removed(self.reply()),
        }
    }

    /// The reply in the contract's form.
    pub fn reply<T: serde::de::DeserializeOwned>(&self) -> Reply<T> {
        if self.status.is_success() {
            serde_json::from_slice(&self.body).map_or(Reply::Silence, Reply::Answered)
        } else {
            let problem: Result<Problem, _> = serde_json::from_slice(&self.body);
            problem.map_or(Reply::Silence, |problem| Reply::Problem(problem.kind))
        }
    }
}

/// The owner of everything on the device.
pub fn owner() -> AccountId {
    fixture::ACCOUNT
}
