//! What is replayed.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;
use countersign_domain::id::{CustomerId, DraftId, LineId, VariantId};
use countersign_domain::money::{Currency, Money, Rate};
use countersign_domain::price::resolve;
use countersign_domain::quantity::Quantity;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};

use super::error::ReplayError;
use super::sums::Sums;
use crate::repo::imported::{self, ImportedLine, ImportedOrder};
use crate::repo::{customers, products};

/// Every imported order, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The orders.
    pub orders: Vec<PlannedOrder>,
}

/// An imported order and what its customer knows.
#[derive(Clone, Debug)]
pub struct PlannedOrder {
    /// The draft it is submitted as.
    pub draft_id: DraftId,
    /// What its file calls it.
    pub code: String,
    /// When it was ordered.
    pub ordered_on: Option<NaiveDate>,
    /// The account that submits it.
    pub login: String,
    /// Cost of delivery.
    pub freight: Money,
    /// What was ordered.
    pub lines: Vec<PlannedLine>,
}

/// A line of an imported order.
#[derive(Clone, Debug)]
pub struct PlannedLine {
    /// Its id.
    pub id: LineId,
    /// What.
    pub variant_id: VariantId,
    /// How many, in the ordering unit.
    pub quantity: Quantity,
    /// What the customer would pay today.
    pub seen_price: Money,
    /// The price it was sold at.
    pub price: Money,
    /// The share taken off.
    pub discount: Rate,
}

impl Plan {
    /// Reads the plan from the database of the server, which may be running.
    ///
    /// # Errors
    /// A [`ReplayError`] when it can't be read.
    pub async fn read(database: &Path) -> Result<Self, ReplayError> {
        let mut connection = SqliteConnectOptions::new()
            .filename(database)
            .read_only(true)
            .disable_statement_logging()
            .connect()
            .await?;
        let plan = Self::from_database(&mut connection).await;
        connection.close().await?;
        plan
    }

    /// Reads the plan over a connection.
    ///
    /// # Errors
    /// A [`ReplayError`] when it can't be read.
    pub async fn from_database(connection: &mut SqliteConnection) -> Result<Self, ReplayError> {
        let mut logins: BTreeMap<CustomerId, String> = BTreeMap::new();
        let mut orders = Vec::new();
        for order in imported::orders(connection).await? {
            let login = match logins.get(&order.customer_id) {
                Some(login) => login.clone(),
                None => {
                    let found = imported::login_of(connection, order.customer_id).await?;
                    let login = found.ok_or_else(|| {
                        ReplayError::Plan(format!("the customer of order {} has no account", order.code))
                    })?;
                    logins.insert(order.customer_id, login.clone());
                    login
                }
            };
            orders.push(planned(connection, order, login).await?);
        }
        Ok(Self { orders })
    }
}

async fn planned(
    connection: &mut SqliteConnection,
    order: ImportedOrder,
    login: String,
) -> Result<PlannedOrder, ReplayError> {
    let gone = |what: &str| ReplayError::Plan(format!("the {what} of order {} is gone", order.code));
    let customer = customers::find(connection, order.customer_id)
        .await?
        .ok_or_else(|| gone("customer"))?;
    let ids: Vec<VariantId> = order.lines.iter().map(|line| line.variant_id).collect();
    let found = products::by_variant(connection, &ids).await?;
    let agreed = products::agreed_prices(connection, customer.id).await?;
    let line = |line: &ImportedLine| {
        let product = found.get(&line.variant_id)?;
        let variant = product.variants.iter().find(|one| one.id == line.variant_id)?;
        let terms = variant
            .prices
            .for_customer(customer.level_id, agreed.get(&variant.id).copied());
        Some(PlannedLine {
            id: line.id,
            variant_id: line.variant_id,
            quantity: line.quantity,
            seen_price: resolve(&terms, line.quantity).unit,
            price: line.price,
            discount: line.discount,
        })
    };
    let lines: Option<Vec<_>> = order.lines.iter().map(line).collect();
    Ok(PlannedOrder {
        lines: lines.ok_or_else(|| gone("product"))?,
        draft_id: order.draft_id,
        code: order.code,
        ordered_on: order.ordered_on,
        login,
        freight: order.freight,
    })
}

impl PlannedOrder {
    /// What the file says it comes to: each line is price x quantity x (1 - discount), rounded half up.
    pub fn sums(&self, currency: &Currency) -> Sums {
        let amount = |line: &PlannedLine| currency.line_amount(line.price, line.quantity, line.discount);
        Sums {
            lines: self.lines.iter().filter_map(amount).sum(),
            freight: self.freight,
        }
    }
}
