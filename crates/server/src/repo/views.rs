//! Views that accounts have saved.

use countersign_contract::view::{SavedView, View};
use countersign_domain::id::{AccountId, ViewId};
use form_urlencoded::Serializer;
use serde::Deserialize;
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;

use crate::db::DbError;
use crate::db::row::{RowExt, sql_int, to_json};

/// The views of `account`, by name.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn list(connection: &mut SqliteConnection, account: AccountId) -> Result<Vec<SavedView>, DbError> {
    let rows = sqlx::query("SELECT id, version, doc FROM views WHERE account_id = $1 ORDER BY name, id")
        .bind(account.to_string())
        .fetch_all(connection)
        .await?;
    rows.iter().map(read).collect()
}

/// The view of `account` with this id.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn find(
    connection: &mut SqliteConnection,
    account: AccountId,
    id: ViewId,
) -> Result<Option<SavedView>, DbError> {
    let row = sqlx::query("SELECT id, version, doc FROM views WHERE account_id = $1 AND id = $2")
        .bind(account.to_string())
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read).transpose()
}

fn read(row: &SqliteRow) -> Result<SavedView, DbError> {
    Ok(SavedView {
        id: row.parsed("id")?,
        version: row.count("version")?,
        view: row.doc::<Stored>("doc")?.into_view(),
    })
}

/// A view as it was ever stored. Only the list of orders had views at first, and each of its filters a field of its own.
#[derive(Deserialize)]
#[serde(untagged)]
enum Stored {
    OfPage(View),
    OfOrders(OrdersView),
}

/// What is empty narrowed nothing.
#[derive(Deserialize)]
struct OrdersView {
    name: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    sort: String,
}

impl Stored {
    fn into_view(self) -> View {
        match self {
            Self::OfPage(view) => view,
            Self::OfOrders(of) => {
                let fields = [
                    ("q", of.q),
                    ("status", of.status),
                    ("from", of.from),
                    ("to", of.to),
                    ("sort", of.sort),
                ];
                let said = fields.iter().filter(|(_, value)| !value.is_empty());
                View {
                    name: of.name,
                    page: "orders".to_owned(),
                    query: Serializer::new(String::new()).extend_pairs(said).finish(),
                }
            }
        }
    }
}

/// How many views `account` has saved.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn count(connection: &mut SqliteConnection, account: AccountId) -> Result<u64, DbError> {
    sqlx::query("SELECT COUNT(*) AS views FROM views WHERE account_id = $1")
        .bind(account.to_string())
        .fetch_one(connection)
        .await?
        .count("views")
}

/// Saves a view in place of the one with the same id.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn put(
    connection: &mut SqliteConnection,
    account: AccountId,
    id: ViewId,
    view: View,
    version: u64,
) -> Result<SavedView, DbError> {
    sqlx::query(
        "INSERT INTO views (account_id, id, name, doc, version) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (account_id, id) DO UPDATE SET name = excluded.name, doc = excluded.doc, \
         version = excluded.version",
    )
    .bind(account.to_string())
    .bind(id.to_string())
    .bind(&view.name)
    .bind(to_json(&view)?)
    .bind(sql_int(version))
    .execute(connection)
    .await?;
    Ok(SavedView { id, version, view })
}

/// Removes a view.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn remove(
    connection: &mut SqliteConnection,
    account: AccountId,
    id: ViewId,
) -> Result<(), DbError> {
    sqlx::query("DELETE FROM views WHERE account_id = $1 AND id = $2")
        .bind(account.to_string())
        .bind(id.to_string())
        .execute(connection)
        .await?;
    Ok(())
}
