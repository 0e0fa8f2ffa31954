//! Settings of the deployment, each a document with a version, and its counters.

use chrono::{DateTime, Utc};
use countersign_domain::text::LocalText;
use countersign_domain::workflow::Workflow;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::{Row, SqliteConnection};

use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::{RowExt, sql_int, to_json};

/// The workflow: a [`Workflow`].
pub const WORKFLOW: &str = "workflow";
/// Name of the supplier: a [`LocalText`].
pub const COMPANY: &str = "company";
/// Accounts visitors of a demo may step into: a list of `DemoAccount` of the contract.
pub const DEMO_ACCOUNTS: &str = "demo-accounts";
/// How much of the stock customers see: a `StockDisplay` of the domain.
pub const STOCK_DISPLAY: &str = "stock-display";

/// A setting and its version; the default has version 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setting<T> {
    /// The setting.
    pub value: T,
    /// Rises with every change.
    pub version: u64,
}

/// The setting called `name`, or its default.
///
/// # Errors
/// A [`DbError`] when the database refuses or the document is not one of these.
pub async fn get<T: DeserializeOwned + Default>(
    connection: &mut SqliteConnection,
    name: &str,
) -> Result<Setting<T>, DbError> {
    let row = sqlx::query("SELECT doc, version FROM settings WHERE name = $1")
        .bind(name)
        .fetch_optional(connection)
        .await?;
    match row {
        Some(row) => Ok(Setting {
            value: row.doc("doc")?,
            version: row.count("version")?,
        }),
        None => Ok(Setting::default()),
    }
}

/// Replaces the setting called `name`, and gives its new version.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn put<T: Serialize>(
    connection: &mut SqliteConnection,
    name: &str,
    value: &T,
    now: DateTime<Utc>,
) -> Result<u64, DbError> {
    let row = sqlx::query(
        "INSERT INTO settings (name, doc, version, updated_at) VALUES ($1, $2, 1, $3) \
         ON CONFLICT (name) DO UPDATE SET doc = excluded.doc, version = settings.version + 1, \
         updated_at = excluded.updated_at RETURNING version",
    )
    .bind(name)
    .bind(to_json(value)?)
    .bind(stamp(now))
    .fetch_one(connection)
    .await?;
    row.count("version")
}

/// The workflow.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn workflow(connection: &mut SqliteConnection) -> Result<Setting<Workflow>, DbError> {
    get(connection, WORKFLOW).await
}

/// Name of the supplier.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn company(connection: &mut SqliteConnection) -> Result<LocalText, DbError> {
    Ok(get(connection, COMPANY).await?.value)
}

/// The next value of the counter called `name`, from 1.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn count(connection: &mut SqliteConnection, name: &str) -> Result<i64, DbError> {
    let row = sqlx::query(
        "INSERT INTO counters (name, value) VALUES ($1, $2) \
         ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value",
    )
    .bind(name)
    .bind(sql_int(1))
    .fetch_one(connection)
    .await?;
    Ok(row.try_get("value")?)
}
