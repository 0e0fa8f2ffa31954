//! What a customer may see of the catalog: whatever its level hides looks to it as if it were not there.

use std::collections::BTreeSet;

use countersign_domain::assortment::Assortment;
use countersign_domain::id::{CustomerId, LevelId, VariantId};
use sqlx::SqliteConnection;

use crate::db::DbError;
use crate::repo::{assortments, catalog, customers, products};

/// What customers of `level` may see, spelt out.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn of_level(connection: &mut SqliteConnection, level: LevelId) -> Result<Assortment, DbError> {
    let kept = assortments::find(connection, level).await?;
    if kept.hidden_categories.is_empty() {
        return Ok(kept);
    }
    let parents = catalog::parents(connection).await?;
    Ok(kept.spelt_out(parents.iter().map(|(id, parent)| (*id, *parent))))
}

/// Those of these variants that `customer` may not see.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn hidden_from(
    connection: &mut SqliteConnection,
    customer: CustomerId,
    variants: &[VariantId],
) -> Result<BTreeSet<VariantId>, DbError> {
    let Some(customer) = customers::find(connection, customer).await? else {
        return Ok(BTreeSet::new());
    };
    let assortment = of_level(connection, customer.level_id).await?;
    if assortment.is_whole() {
        return Ok(BTreeSet::new());
    }
    let products = products::by_variant(connection, variants).await?;
    let hidden = products
        .iter()
        .filter(|(_, product)| !assortment.shows(product.id, product.category_id));
    Ok(hidden.map(|(id, _)| *id).collect())
}
