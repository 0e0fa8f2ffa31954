//! Customers and their addresses.

use chrono::{DateTime, TimeDelta, Utc};
use countersign_contract::account::{CustomerCard, CustomerRef, Standing};
use countersign_domain::actor::Actor;
use countersign_domain::customer::{Address, PaymentPolicy};
use countersign_domain::id::{AddressId, CustomerId, LevelId, OrderId, RegionId};
use countersign_domain::money::{Currency, Money};
use countersign_domain::text::LocalText;
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::{customer_past, like, settings, sight, sums};
use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::{RowExt, to_json};

/// How far back a [`CustomerCard`] looks.
const CARD_DAYS: i64 = 90;

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

    /// What it is called.
    pub fn named(&self) -> CustomerRef {
        CustomerRef {
            id: self.id,
            code: self.code.clone(),
            name: self.name.clone(),
        }
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

/// At most `limit` customers that `actor` sees, by code, behind the one with code `after`; with `text` in code or name.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn list(
    connection: &mut SqliteConnection,
    actor: &Actor,
    text: Option<&str>,
    after: Option<&str>,
    limit: u32,
) -> Result<Vec<Customer>, DbError> {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(
        "SELECT id, code, name_zh, name_en, level_id, region_id, policy FROM customers WHERE code > ",
    );
    query.push_bind(after.unwrap_or_default().to_owned());
    if let Some(text) = text {
        query.push(" AND search LIKE ");
        query.push_bind(like::containing(text));
        query.push(" ESCAPE '\\'");
    }
    sight::push(&mut query, actor, "id", "region_id");
    query.push(" ORDER BY code LIMIT ");
    query.push_bind(i64::from(limit));
    let rows = query.build().fetch_all(connection).await?;
    rows.iter().map(read).collect()
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
pub async fn addresses(connection: &mut SqliteConnection, id: CustomerId) -> Result<Vec<Address>, DbError> {
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

/// What a customer owes and may come to owe: unpaid completed and open orders, `without` one of them (domain.md section
/// 3, rule 8). A sent-back order binds nobody until it is submitted again.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn exposure(
    connection: &mut SqliteConnection,
    customer: CustomerId,
    without: Option<OrderId>,
    currency: &Currency,
) -> Result<Money, DbError> {
    // A payment beyond the total of its order pays for no other.
    let row = sqlx::query(
        "SELECT SUM((total_minor - paid_minor) / 1000000) AS owed_high, \
                SUM((total_minor - paid_minor) % 1000000) AS owed_low \
         FROM orders WHERE customer_id = $1 AND status NOT IN ('sent_back', 'voided') \
         AND total_minor > paid_minor AND id <> $2",
    )
    .bind(customer.to_string())
    .bind(without.map(|id| id.to_string()).unwrap_or_default())
    .fetch_one(connection)
    .await?;
    sums::read(&row, "owed", currency)
}

/// How a customer stands.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn standing(connection: &mut SqliteConnection, customer: &Customer) -> Result<Standing, DbError> {
    let currency = settings::workflow(connection).await?.value.currency;
    let exposure = exposure(connection, customer.id, None, &currency).await?;
    let limit = match &customer.policy {
        PaymentPolicy::Credit { limit, .. } => *limit,
        PaymentPolicy::Prepaid | PaymentPolicy::Deposit { .. } => None,
    };
    Ok(Standing {
        policy: customer.policy.clone(),
        exposure,
        credit_left: limit.map(|limit| limit - exposure),
    })
}

/// A customer as a reviewer needs to know it at `now`.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn card(
    connection: &mut SqliteConnection,
    id: CustomerId,
    now: DateTime<Utc>,
) -> Result<Option<CustomerCard>, DbError> {
    let Some(customer) = find(connection, id).await? else {
        return Ok(None);
    };
    let names = sqlx::query(
        "SELECT l.name_zh AS level_zh, l.name_en AS level_en, r.name_zh AS region_zh, r.name_en AS region_en \
         FROM levels l, regions r WHERE l.id = $1 AND r.id = $2",
    )
    .bind(customer.level_id.to_string())
    .bind(customer.region_id.to_string())
    .fetch_one(&mut *connection)
    .await?;
    let since = now
        .checked_sub_signed(TimeDelta::days(CARD_DAYS))
        .unwrap_or(DateTime::<Utc>::MIN_UTC);
    // Refused or unanswered changes send an order back as well (rule 5).
    let figures = sqlx::query(
        "SELECT COUNT(*) AS orders, SUM(total_minor / 1000000) AS amount_high, SUM(total_minor % 1000000) AS amount_low, \
                COALESCE(SUM(CASE WHEN EXISTS (SELECT 1 FROM order_events e WHERE e.order_id = orders.id \
                    AND e.kind IN ('sent_back', 'changes_declined', 'confirmation_expired')) THEN 1 ELSE 0 END), 0) \
                AS sent_back \
         FROM orders WHERE customer_id = $1 AND submitted_at >= $2 AND submitted_at <= $3",
    )
    .bind(id.to_string())
    .bind(stamp(since))
    .bind(stamp(now))
    .fetch_one(&mut *connection)
    .await?;
    let last = sqlx::query(
        "SELECT MAX(submitted_at) AS last FROM orders WHERE customer_id = $1 AND submitted_at < $2",
    )
    .bind(id.to_string())
    .bind(stamp(now))
    .fetch_one(&mut *connection)
    .await?;
    let currency = settings::workflow(connection).await?.value.currency;
    Ok(Some(CustomerCard {
        customer: customer.named(),
        level: names.local("level")?,
        region: names.local("region")?,
        standing: standing(connection, &customer).await?,
        orders_90_days: sums::small(&figures, "orders")?,
        amount_90_days: sums::read(&figures, "amount", &currency)?,
        sent_back_90_days: sums::small(&figures, "sent_back")?,
        last_order_at: last.opt_parsed("last")?,
        overdue: customer_past::overdue(connection, id, &customer.policy, &currency, now).await?,
        last_orders: customer_past::last_orders(connection, id).await?,
    }))
}

fn read_address(row: &SqliteRow) -> Result<Address, DbError> {
    Ok(Address {
        id: row.parsed("id")?,
        contact: row.text("contact")?,
        phone: row.text("phone")?,
        text: row.text("text")?,
    })
}
