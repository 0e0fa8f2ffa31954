//! Sessions and the account behind each.

use chrono::{DateTime, NaiveDate, Utc};
use countersign_domain::actor::{Actor, Side};
use countersign_domain::id::{AccountId, CustomerId};
use countersign_domain::permission::PermissionSet;
use countersign_domain::text::LocalText;
use sqlx::SqliteConnection;

use super::{accounts, delegations};
use crate::auth::Caller;
use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::RowExt;

/// A session as it is stored.
#[derive(Clone, Debug)]
pub struct Found {
    /// The account behind it.
    pub caller: Caller,
    /// Whether that account is disabled.
    pub disabled: bool,
    /// When the session was last used.
    pub last_seen_at: DateTime<Utc>,
    /// When it is over whatever happens.
    pub expires_at: DateTime<Utc>,
}

/// The session under `id_hash`, over or not, with whom its account stands in for on the day `today`.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn find(
    connection: &mut SqliteConnection,
    id_hash: &str,
    today: NaiveDate,
) -> Result<Option<Found>, DbError> {
    let row = sqlx::query(
        "SELECT s.last_seen_at, s.expires_at, a.id, a.login, a.name, a.customer_id, a.disabled_at, \
                COALESCE(c.name_zh, '') AS customer_zh, COALESCE(c.name_en, '') AS customer_en \
         FROM sessions s JOIN accounts a ON a.id = s.account_id LEFT JOIN customers c ON c.id = a.customer_id \
         WHERE s.id_hash = $1",
    )
    .bind(id_hash)
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let account_id: AccountId = row.parsed("id")?;
    let (side, organisation, stands_in_for) = match row.opt_parsed::<CustomerId>("customer_id")? {
        Some(customer_id) => (
            Side::Distributor { customer_id },
            row.local("customer")?,
            Vec::new(),
        ),
        None => {
            let roles = accounts::roles_of(connection, account_id).await?;
            let permissions = roles
                .iter()
                .fold(PermissionSet::NONE, |sum, role| sum.union(role.permissions));
            let regions = accounts::regions_of(connection, account_id).await?;
            let others = delegations::stands_in_for(connection, account_id, today).await?;
            (Side::Supplier { permissions, regions }, names(&roles), others)
        }
    };
    Ok(Some(Found {
        caller: Caller {
            actor: Actor {
                account_id,
                side,
                stands_in_for,
            },
            session: id_hash.to_owned(),
            login: row.text("login")?,
            name: row.text("name")?,
            organisation,
        },
        disabled: row.opt_text("disabled_at")?.is_some(),
        last_seen_at: row.time("last_seen_at")?,
        expires_at: row.time("expires_at")?,
    }))
}

/// The names of roles in a row, in both languages.
pub(crate) fn names(roles: &[accounts::Role]) -> LocalText {
    let join = |name: fn(&accounts::Role) -> &str, separator: &str| {
        roles.iter().map(name).collect::<Vec<_>>().join(separator)
    };
    LocalText {
        zh: join(|role| &role.name.zh, "、"),
        en: join(|role| &role.name.en, ", "),
    }
}

/// Starts a session.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn insert(
    connection: &mut SqliteConnection,
    id_hash: &str,
    account_id: AccountId,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query(
        "INSERT INTO sessions (id_hash, account_id, created_at, last_seen_at, expires_at) \
         VALUES ($1, $2, $3, $3, $4)",
    )
    .bind(id_hash)
    .bind(account_id.to_string())
    .bind(stamp(now))
    .bind(stamp(expires_at))
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that a session was used.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn touch(
    connection: &mut SqliteConnection,
    id_hash: &str,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query("UPDATE sessions SET last_seen_at = $2 WHERE id_hash = $1")
        .bind(id_hash)
        .bind(stamp(now))
        .execute(connection)
        .await?;
    Ok(())
}

/// Ends a session.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn end(connection: &mut SqliteConnection, id_hash: &str) -> Result<(), DbError> {
    sqlx::query("DELETE FROM sessions WHERE id_hash = $1")
        .bind(id_hash)
        .execute(connection)
        .await?;
    Ok(())
}

/// Ends every session of an account.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn end_all(connection: &mut SqliteConnection, account_id: AccountId) -> Result<(), DbError> {
    sqlx::query("DELETE FROM sessions WHERE account_id = $1")
        .bind(account_id.to_string())
        .execute(connection)
        .await?;
    Ok(())
}

/// Throws away sessions that ended before `now`.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn forget(connection: &mut SqliteConnection, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query("DELETE FROM sessions WHERE expires_at < $1")
        .bind(stamp(now))
        .execute(connection)
        .await?;
    Ok(())
}
