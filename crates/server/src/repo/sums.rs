//! Sums of amounts. A sum of 64-bit columns may be beyond 64 bits, where SQLite gives up; so the millions and the rest
//! are added separately: `SUM(x / 1000000) AS x_high, SUM(x % 1000000) AS x_low`.

use countersign_domain::money::{Currency, Money};
use rust_decimal::Decimal;
use sqlx::sqlite::SqliteRow;

use crate::db::DbError;
use crate::db::row::RowExt;

/// What the queries divide by.
const MILLION: i64 = 1_000_000;

/// The sum in the columns `<stem>_high` and `<stem>_low`, in minor units of `currency`. No rows sum up to nothing.
///
/// # Errors
/// [`DbError::Corrupt`] when it is beyond what a decimal can hold.
pub fn read(row: &SqliteRow, stem: &str, currency: &Currency) -> Result<Money, DbError> {
    let high = row.opt_int(&format!("{stem}_high"))?.unwrap_or(0);
    let low = row.opt_int(&format!("{stem}_low"))?.unwrap_or(0);
    let units = i128::from(high) * i128::from(MILLION) + i128::from(low);
    Decimal::try_from_i128_with_scale(units, currency.minor_digits)
        .map(Money)
        .map_err(|error| DbError::Corrupt(format!("{stem}: {error}")))
}

/// A count as the contract shows it.
///
/// # Errors
/// [`DbError::Corrupt`] when it is negative.
pub fn small(row: &SqliteRow, column: &str) -> Result<u32, DbError> {
    Ok(u32::try_from(row.count(column)?).unwrap_or(u32::MAX))
}
