//! The people in the history of an order.

use countersign_contract::order::HistoryActor;
use countersign_domain::id::{AccountId, CustomerId};
use sqlx::SqliteConnection;

use super::{accounts, sessions};
use crate::db::DbError;
use crate::db::row::RowExt;

/// Somebody by name, with their customer or the roles they hold.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn find(connection: &mut SqliteConnection, id: AccountId) -> Result<Option<HistoryActor>, DbError> {
    let row = sqlx::query(
        "SELECT a.name, a.customer_id, c.name_zh AS customer_zh, c.name_en AS customer_en \
         FROM accounts a LEFT JOIN customers c ON c.id = a.customer_id WHERE a.id = $1",
    )
    .bind(id.to_string())
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let role = match row.opt_parsed::<CustomerId>("customer_id")? {
        Some(_) => row.local("customer")?,
        None => sessions::names(&accounts::roles_of(connection, id).await?),
    };
    Ok(Some(HistoryActor {
        name: row.text("name")?,
        role,
        stands_in_for: None,
        is_you: false,
    }))
}

/// Who did something, and in whose place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Doer {
    /// Who.
    pub by: AccountId,
    /// In whose place, if in anybody's.
    pub stands_in_for: Option<AccountId>,
}

/// The same, by name.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn doer(connection: &mut SqliteConnection, doer: Doer) -> Result<Option<HistoryActor>, DbError> {
    let Some(mut person) = find(connection, doer.by).await? else {
        return Ok(None);
    };
    if let Some(other) = doer.stands_in_for {
        person.stands_in_for = find(connection, other).await?.map(|other| other.name);
    }
    Ok(Some(person))
}
