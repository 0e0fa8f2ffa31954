//! Variants by their codes.

use countersign_domain::id::{CategoryId, ProductId, VariantId};
use countersign_domain::sheet::{Candidate, barcode_spellings};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use crate::db::DbError;
use crate::db::row::RowExt;

/// A variant that a code may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coded {
    /// The variant.
    pub variant_id: VariantId,
    /// Its product, and where that stands in the catalog.
    pub product: (ProductId, CategoryId),
    /// Its SKU code.
    pub sku: String,
    /// Its barcode.
    pub barcode: Option<String>,
    /// Whether its product is on sale.
    pub on_sale: bool,
}

impl Coded {
    /// It, as a code is compared with it.
    pub fn candidate(&self) -> Candidate<'_> {
        Candidate {
            sku: &self.sku,
            barcode: self.barcode.as_deref(),
            on_sale: self.on_sale,
        }
    }
}

/// Variants whose SKU code or barcode is one of `keys`, which are in lower case; a few hundred at most.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn find(connection: &mut SqliteConnection, keys: &[String]) -> Result<Vec<Coded>, DbError> {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(
        "SELECT v.id, v.sku, v.barcode, v.product_id, p.category_id, p.on_sale FROM variants v JOIN products p ON p.id = v.product_id \
         WHERE v.id IN (SELECT id FROM variants WHERE LOWER(sku) IN (",
    );
    push_list(&mut query, keys);
    query.push(") UNION SELECT id FROM variants WHERE LOWER(barcode) IN (");
    let spellings: Vec<String> = keys.iter().flat_map(|key| barcode_spellings(key)).collect();
    push_list(&mut query, &spellings);
    query.push(")) ORDER BY p.position, v.sku");
    let rows = query.build().fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            Ok(Coded {
                variant_id: row.parsed("id")?,
                product: (row.parsed("product_id")?, row.parsed("category_id")?),
                sku: row.text("sku")?,
                barcode: row.opt_text("barcode")?,
                on_sale: row.flag("on_sale")?,
            })
        })
        .collect()
}

fn push_list(query: &mut QueryBuilder<Sqlite>, keys: &[String]) {
    let mut list = query.separated(", ");
    for key in keys {
        list.push_bind(key.clone());
    }
}
