//! Who stands in for whom, and when.

use chrono::{DateTime, NaiveDate, Utc};
use countersign_contract::delegation::{DelegationShown, MAX_DELEGATIONS, StaffRef};
use countersign_domain::actor::StandIn;
use countersign_domain::delegation::{Delegation, DelegationState};
use countersign_domain::id::{AccountId, DelegationId};
use countersign_domain::permission::PermissionSet;
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;

use super::{accounts, sessions};
use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::RowExt;

/// A delegation as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The delegation.
    pub delegation: Delegation,
    /// Its version.
    pub version: u64,
    /// When it was ended early.
    pub ended_at: Option<DateTime<Utc>>,
}

fn read(row: &SqliteRow) -> Result<Stored, DbError> {
    Ok(Stored {
        delegation: Delegation {
            id: row.parsed("id")?,
            from: row.parsed("from_account")?,
            to: row.parsed("to_account")?,
            first_day: row.parsed("first_day")?,
            last_day: row.parsed("last_day")?,
        },
        version: row.count("version")?,
        ended_at: row.opt_parsed("ended_at")?,
    })
}

/// In whose place `account` acts on the day `today`: what of their roles passes queues, where they act. Nobody whose
/// account is disabled.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn stands_in_for(
    connection: &mut SqliteConnection,
    account: AccountId,
    today: NaiveDate,
) -> Result<Vec<StandIn>, DbError> {
    let rows = sqlx::query(
        "SELECT DISTINCT a.id, a.name FROM delegations d JOIN accounts a ON a.id = d.from_account \
         WHERE d.to_account = $1 AND d.last_day >= $2 AND d.first_day <= $2 AND d.ended_at IS NULL \
         AND a.disabled_at IS NULL ORDER BY a.id",
    )
    .bind(account.to_string())
    .bind(today.to_string())
    .fetch_all(&mut *connection)
    .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let account_id: AccountId = row.parsed("id")?;
        let roles = accounts::roles_of(connection, account_id).await?;
        let permissions = roles
            .iter()
            .fold(PermissionSet::NONE, |sum, role| sum.union(role.permissions));
        found.push(StandIn {
            account_id,
            name: row.text("name")?,
            permissions: permissions.of_queues(),
            regions: accounts::regions_of(connection, account_id).await?,
        });
    }
    Ok(found)
}

/// The newest delegations, those that end last first: all of them, or those of `account` from or to it.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn list(
    connection: &mut SqliteConnection,
    account: Option<AccountId>,
) -> Result<Vec<Stored>, DbError> {
    let account = account.map(|account| account.to_string());
    let rows = sqlx::query(
        "SELECT id, from_account, to_account, first_day, last_day, ended_at, version FROM delegations \
         WHERE $1 IS NULL OR from_account = $1 OR to_account = $1 \
         ORDER BY last_day DESC, first_day DESC, id LIMIT $2",
    )
    .bind(account)
    .bind(i64::from(MAX_DELEGATIONS))
    .fetch_all(connection)
    .await?;
    rows.iter().map(read).collect()
}

/// The delegation with this id.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn find(connection: &mut SqliteConnection, id: DelegationId) -> Result<Option<Stored>, DbError> {
    let row = sqlx::query(
        "SELECT id, from_account, to_account, first_day, last_day, ended_at, version FROM delegations \
         WHERE id = $1",
    )
    .bind(id.to_string())
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(read).transpose()
}

/// Stores a new delegation.
///
/// # Errors
/// A [`DbError`] when the database refuses: the id is taken, or an account does not exist.
pub async fn insert(
    connection: &mut SqliteConnection,
    delegation: &Delegation,
    made_by: AccountId,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query(
        "INSERT INTO delegations (id, from_account, to_account, first_day, last_day, made_by, made_at, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, 1)",
    )
    .bind(delegation.id.to_string())
    .bind(delegation.from.to_string())
    .bind(delegation.to.to_string())
    .bind(delegation.first_day.to_string())
    .bind(delegation.last_day.to_string())
    .bind(made_by.to_string())
    .bind(stamp(now))
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends a delegation that was not ended before.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn end(
    connection: &mut SqliteConnection,
    id: DelegationId,
    ended_by: AccountId,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query(
        "UPDATE delegations SET ended_by = $2, ended_at = $3, version = version + 1 \
         WHERE id = $1 AND ended_at IS NULL",
    )
    .bind(id.to_string())
    .bind(ended_by.to_string())
    .bind(stamp(now))
    .execute(connection)
    .await?;
    Ok(())
}

/// Everybody on the staff whose account is not disabled, by name.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn staff(connection: &mut SqliteConnection) -> Result<Vec<StaffRef>, DbError> {
    let rows = sqlx::query(
        "SELECT id, name FROM accounts WHERE customer_id IS NULL AND disabled_at IS NULL ORDER BY name, id",
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut staff = Vec::with_capacity(rows.len());
    for row in rows {
        staff.push(named(connection, &row).await?);
    }
    Ok(staff)
}

/// A delegation with its people by name, as it stands on the day `today`.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn shown(
    connection: &mut SqliteConnection,
    stored: Stored,
    today: NaiveDate,
) -> Result<DelegationShown, DbError> {
    let Stored {
        delegation,
        version,
        ended_at,
    } = stored;
    let state = match ended_at {
        Some(_) => DelegationState::Over,
        None => delegation.state(today),
    };
    Ok(DelegationShown {
        id: delegation.id,
        version,
        from: person(connection, delegation.from).await?,
        to: person(connection, delegation.to).await?,
        first_day: delegation.first_day,
        last_day: delegation.last_day,
        ended_at,
        state,
    })
}

async fn person(connection: &mut SqliteConnection, id: AccountId) -> Result<StaffRef, DbError> {
    let row = sqlx::query("SELECT id, name FROM accounts WHERE id = $1")
        .bind(id.to_string())
        .fetch_one(&mut *connection)
        .await?;
    named(connection, &row).await
}

async fn named(connection: &mut SqliteConnection, row: &SqliteRow) -> Result<StaffRef, DbError> {
    let id = row.parsed("id")?;
    Ok(StaffRef {
        id,
        name: row.text("name")?,
        roles: sessions::names(&accounts::roles_of(connection, id).await?),
    })
}
