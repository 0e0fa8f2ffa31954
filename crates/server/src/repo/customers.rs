//! Customers and their addresses.

use chrono::{DateTime, Utc};
use countersign_domain::customer::{Address, PaymentPolicy};
use countersign_domain::id::{AddressId, CustomerId, LevelId, RegionId};
use countersign_domain::text::LocalText;
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;

use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::{RowExt, to_json};

/// A customer as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// Its id.
    pub id: CustomerId,
    /// Code people type.
    pub code: String,
    /// Its name.
    pub name: LocalText,
    /// Its level.
    pub level_id: LevelId,
    /// Its region.
    pub region_id: RegionId,
    /// How it pays.
    pub policy: PaymentPolicy,
}

impl Customer {
    /// What a search looks through, in lower case.
    pub fn search_text(&self) -> String {
        format!("{}\n{}\n{}", self.code, self.name.zh, self.name.en).to_lowercase()
    }
}

/// The columns [`read`] needs.
pub const COLUMNS: &str = "id, code, name_zh, name_en, level_id, region_id, policy";

/// A row with [`COLUMNS`] as a customer.
///
/// # Errors
/// [`DbError::Corrupt`] when it is none.
pub fn read(row: &SqliteRow) -> Result<Customer, DbError> {
    Ok(Customer {
        id: row.parsed("id")?,
        code: row.text("code")?,
        name: row.local("name")?,
        level_id: row.parsed("level_id")?,
        region_id: row.parsed("region_id")?,
        policy: row.doc("policy")?,
    })
}

/// The customer with this id.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn find(connection: &mut SqliteConnection, id: CustomerId) -> Result<Option<Customer>, DbError> {
    let row = sqlx::query(
        "SELECT id, code, name_zh, name_en, level_id, region_id, policy FROM customers WHERE id = $1",
    )
    .bind(id.to_string())
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(read).transpose()
}

/// Stores a customer, in place of the one with the same id.
///
/// # Errors
/// A [`DbError`] when the database refuses: the code is taken, the level or region does not exist.
pub async fn put(
    connection: &mut SqliteConnection,
    customer: &Customer,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query(
        "INSERT INTO customers \
         (id, code, name_zh, name_en, level_id, region_id, policy, search, version, created_at, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $9) \
         ON CONFLICT (id) DO UPDATE SET code = excluded.code, name_zh = excluded.name_zh, \
         name_en = excluded.name_en, level_id = excluded.level_id, region_id = excluded.region_id, \
         policy = excluded.policy, search = excluded.search, version = customers.version + 1, \
         updated_at = excluded.updated_at",
    )
    .bind(customer.id.to_string())
    .bind(&customer.code)
    .bind(&customer.name.zh)
    .bind(&customer.name.en)
    .bind(customer.level_id.to_string())
    .bind(customer.region_id.to_string())
    .bind(to_json(&customer.policy)?)
    .bind(customer.search_text())
    .bind(stamp(now))
    .execute(connection)
    .await?;
    Ok(())
}

/// The addresses of a customer; the first is the default.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn addresses(
    connection: &mut SqliteConnection,
    id: CustomerId,
) -> Result<Vec<Address>, DbError> {
    let rows = sqlx::query(
        "SELECT id, contact, phone, text FROM customer_addresses WHERE customer_id = $1 ORDER BY position",
    )
    .bind(id.to_string())
    .fetch_all(connection)
    .await?;
    rows.iter().map(read_address).collect()
}

/// An address of this customer.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn address(
    connection: &mut SqliteConnection,
    customer: CustomerId,
    id: AddressId,
) -> Result<Option<Address>, DbError> {
    let row = sqlx::query(
        "SELECT id, contact, phone, text FROM customer_addresses WHERE customer_id = $1 AND id = $2",
    )
    .bind(customer.to_string())
    .bind(id.to_string())
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(read_address).transpose()
}

/// Stores an address of a customer at this place of its book, in place of the one with the same id.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn put_address(
    connection: &mut SqliteConnection,
    customer: CustomerId,
    position: u32,
    address: &Address,
) -> Result<(), DbError> {
    sqlx::query(
        "INSERT INTO customer_addresses (id, customer_id, position, contact, phone, text) \
         VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (id) DO UPDATE SET position = excluded.position, contact = excluded.contact, \
         phone = excluded.phone, text = excluded.text",
    )
    .bind(address.id.to_string())
    .bind(customer.to_string())
    .bind(i64::from(position))
    .bind(&address.contact)
    .bind(&address.phone)
    .bind(&address.text)
    .execute(connection)
    .await?;
    Ok(())
}

fn read_address(row: &SqliteRow) -> Result<Address, DbError> {
    Ok(Address {
        id: row.parsed("id")?,
        contact: row.text("contact")?,
        phone: row.text("phone")?,
        text: row.text("text")?,
    })
}
