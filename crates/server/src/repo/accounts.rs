//! Accounts of both sides, roles and regions.

use chrono::{DateTime, Utc};
use countersign_domain::id::{AccountId, CustomerId, LevelId, RegionId, RoleId};
use countersign_domain::permission::PermissionSet;
use countersign_domain::text::LocalText;
use sqlx::SqliteConnection;

use super::sessions;
use crate::clock::stamp;
use crate::db::row::{RowExt, to_json};
use crate::db::{DbError, Tx};
use crate::events::Notice;

/// What signing in needs to know.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The account.
    pub id: AccountId,
    /// Hash of its password.
    pub password_hash: String,
    /// Whether it is disabled.
    pub disabled: bool,
}

/// A role: a named set of permissions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Its id.
    pub id: RoleId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: LocalText,
    /// What it allows.
    pub permissions: PermissionSet,
}

/// A region or a customer level: something with a code and a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named<Id> {
    /// Its id.
    pub id: Id,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: LocalText,
}

/// A new account.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Its id.
    pub id: AccountId,
    /// Login name; kept in lower case.
    pub login: String,
    /// Name of the person.
    pub name: String,
    /// Hash of the password.
    pub password_hash: String,
    /// Whose side it is on.
    pub side: NewSide,
}

/// Whose side a new account is on.
#[derive(Clone, Debug)]
pub enum NewSide {
    /// It orders for this customer.
    Customer(CustomerId),
    /// Staff with these roles, within these regions (everywhere when empty).
    Staff {
        /// The roles.
        roles: Vec<RoleId>,
        /// The regions.
        regions: Vec<RegionId>,
    },
}

/// The account called `login`, which is compared without regard to case.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn by_login(
    connection: &mut SqliteConnection,
    login: &str,
) -> Result<Option<Credentials>, DbError> {
    let row = sqlx::query("SELECT id, password_hash, disabled_at FROM accounts WHERE login = $1")
        .bind(login.to_lowercase())
        .fetch_optional(connection)
        .await?;
    row.map(|row| {
        Ok(Credentials {
            id: row.parsed("id")?,
            password_hash: row.text("password_hash")?,
            disabled: row.opt_text("disabled_at")?.is_some(),
        })
    })
    .transpose()
}

/// Makes an account.
///
/// # Errors
/// A [`DbError`] when the database refuses: the login is taken, or a role, region or customer does not exist.
pub async fn insert(
    connection: &mut SqliteConnection,
    account: &NewAccount,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let (customer, roles, regions): (_, &[RoleId], &[RegionId]) = match &account.side {
        NewSide::Customer(customer) => (Some(customer.to_string()), &[], &[]),
        NewSide::Staff { roles, regions } => (None, roles, regions),
    };
    let id = account.id.to_string();
    sqlx::query(
        "INSERT INTO accounts (id, login, name, customer_id, password_hash, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&id)
    .bind(account.login.to_lowercase())
    .bind(&account.name)
    .bind(customer)
    .bind(&account.password_hash)
    .bind(stamp(now))
    .execute(&mut *connection)
    .await?;
    for role in roles {
        sqlx::query("INSERT INTO account_roles (account_id, role_id) VALUES ($1, $2)")
            .bind(&id)
            .bind(role.to_string())
            .execute(&mut *connection)
            .await?;
    }
    for region in regions {
        sqlx::query("INSERT INTO account_regions (account_id, region_id) VALUES ($1, $2)")
            .bind(&id)
            .bind(region.to_string())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// Disables an account and ends its sessions at once (domain.md section 2).
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn disable(tx: &mut Tx, account_id: AccountId, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query("UPDATE accounts SET disabled_at = $2 WHERE id = $1 AND disabled_at IS NULL")
        .bind(account_id.to_string())
        .bind(stamp(now))
        .execute(&mut **tx)
        .await?;
    sessions::end_all(tx, account_id).await?;
    tx.announce(Notice::SessionsEnded {
        account_id,
        session: None,
    });
    Ok(())
}

/// The roles an account holds, by code.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn roles_of(
    connection: &mut SqliteConnection,
    account_id: AccountId,
) -> Result<Vec<Role>, DbError> {
    let rows = sqlx::query(
        "SELECT r.id, r.code, r.name_zh, r.name_en, r.permissions \
         FROM account_roles a JOIN roles r ON r.id = a.role_id WHERE a.account_id = $1 ORDER BY r.code",
    )
    .bind(account_id.to_string())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Role {
                id: row.parsed("id")?,
                code: row.text("code")?,
                name: row.local("name")?,
                permissions: row.doc("permissions")?,
            })
        })
        .collect()
}

/// The regions an account is limited to; none means everywhere.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn regions_of(
    connection: &mut SqliteConnection,
    account_id: AccountId,
) -> Result<Vec<RegionId>, DbError> {
    let rows = sqlx::query("SELECT region_id FROM account_regions WHERE account_id = $1 ORDER BY region_id")
        .bind(account_id.to_string())
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| row.parsed("region_id")).collect()
}

/// Stores a role, in place of the one with the same id.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn put_role(connection: &mut SqliteConnection, role: &Role) -> Result<(), DbError> {
    sqlx::query(
        "INSERT INTO roles (id, code, name_zh, name_en, permissions) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (id) DO UPDATE SET code = excluded.code, name_zh = excluded.name_zh, \
         name_en = excluded.name_en, permissions = excluded.permissions",
    )
    .bind(role.id.to_string())
    .bind(&role.code)
    .bind(&role.name.zh)
    .bind(&role.name.en)
    .bind(to_json(&role.permissions)?)
    .execute(connection)
    .await?;
    Ok(())
}

/// Stores a region, in place of the one with the same id.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn put_region(connection: &mut SqliteConnection, region: &Named<RegionId>) -> Result<(), DbError> {
    let sql = "INSERT INTO regions (id, code, name_zh, name_en) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (id) DO UPDATE SET code = excluded.code, name_zh = excluded.name_zh, \
               name_en = excluded.name_en";
    put_named(connection, sql, region.id.to_string(), &region.code, &region.name).await
}

/// Stores a customer level, in place of the one with the same id.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn put_level(connection: &mut SqliteConnection, level: &Named<LevelId>) -> Result<(), DbError> {
    let sql = "INSERT INTO levels (id, code, name_zh, name_en) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (id) DO UPDATE SET code = excluded.code, name_zh = excluded.name_zh, \
               name_en = excluded.name_en";
    put_named(connection, sql, level.id.to_string(), &level.code, &level.name).await
}

async fn put_named(
    connection: &mut SqliteConnection,
    sql: &'static str,
    id: String,
    code: &str,
    name: &LocalText,
) -> Result<(), DbError> {
    sqlx::query(sql)
        .bind(id)
        .bind(code)
        .bind(&name.zh)
        .bind(&name.en)
        .execute(connection)
        .await?;
    Ok(())
}
