//! `/orders/{order_id}/reorder` and `/lists/{list_id}/reorder`: how each line stands now, before anything is ordered.

mod of_list;
mod of_order;
mod replace;

pub use of_list::of_list;
pub use of_order::of_order;

use std::collections::BTreeMap;

use countersign_contract::catalog::{CatalogProduct, CatalogVariant};
use countersign_contract::list::Goods;
use countersign_contract::reorder::{Reorder, ReorderLine, ReorderOffer};
use countersign_domain::actor::Actor;
use countersign_domain::id::{CustomerId, VariantId};
use countersign_domain::money::Money;
use countersign_domain::quantity::{Quantity, Unit};
use countersign_domain::reorder::{OldLine, Terms, Verdict, compare};
use sqlx::SqliteConnection;

use crate::error::ApiError;
use crate::repo::replacements;
use crate::routes::catalog::Viewer;
use crate::submission::full_name;

/// What is to be ordered again of a variant, as it was.
struct Wanted {
    goods: Goods,
    quantity: Quantity,
    price: Option<Money>,
}

impl Wanted {
    fn line(&self) -> OldLine {
        OldLine {
            quantity: self.quantity,
            unit: self.goods.unit.clone(),
            price: self.price,
        }
    }
}

/// How it stands with `wanted`, which has each variant once, where `actor` buys for `customer`.
async fn preview(
    connection: &mut SqliteConnection,
    actor: &Actor,
    customer: CustomerId,
    title: String,
    wanted: Vec<Wanted>,
) -> Result<Reorder, ApiError> {
    let viewer = Viewer::of(connection, actor, Some(customer)).await?;
    let ids: Vec<VariantId> = wanted.iter().map(|one| one.goods.variant_id).collect();
    let products = replacements::on_sale(connection, &ids).await?;
    let shown = viewer.show(connection, products).await?;
    let known: BTreeMap<VariantId, (&CatalogProduct, &CatalogVariant)> = shown
        .iter()
        .flat_map(|product| product.variants.iter().map(move |one| (one.id, (product, one))))
        .collect();
    let mut replacing = replace::Replacing::new(&viewer);
    let mut lines = Vec::with_capacity(wanted.len());
    for one in wanted {
        let old = one.line();
        let now = known.get(&one.goods.variant_id).copied();
        let verdict = compare(
            &old,
            now.map(|(_, variant)| Terms {
                unit: &variant.unit,
                prices: &variant.terms,
                rule: &variant.rule,
            }),
        );
        let replacements = match verdict {
            Verdict::Gone => replacing.find(connection, &one).await?,
            Verdict::Same { .. } | Verdict::PriceChanged { .. } | Verdict::Breach { .. } => Vec::new(),
        };
        lines.push(ReorderLine {
            was: one.quantity,
            offer: now.map(|(product, variant)| offer(product, variant, &one.goods.unit, one.quantity)),
            goods: one.goods,
            verdict,
            replacements,
        });
    }
    Ok(Reorder { title, lines })
}

/// `variant` in the quantity that comes nearest to `quantity` of `unit`.
fn offer(
    product: &CatalogProduct,
    variant: &CatalogVariant,
    unit: &Unit,
    quantity: Quantity,
) -> ReorderOffer {
    ReorderOffer {
        product_id: product.id,
        name: full_name(&product.name, &variant.name),
        picture: product.picture.clone(),
        quantity: variant.rule.nearest(unit.convert(quantity, &variant.unit)),
        variant: variant.clone(),
    }
}
