//! What the pages of lists show, as plain data.

use std::sync::Arc;

use countersign_contract::list::{Favourite, Goods, SavedItem, UsualItem};
use countersign_domain::quantity::Quantity;
use countersign_domain::usual::Rhythm;

use crate::goods_view::check;
use crate::offline::draft::Item;
use crate::queries::offers::{Availability, Offer};

/// Something of a list, on its way to a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowItem {
    /// What.
    pub goods: Goods,
    /// The quantity that is offered first; absent: the smallest there is.
    pub quantity: Option<Quantity>,
    /// Whether it is among those that are added together.
    pub in_all: bool,
    /// What is said about it.
    pub aside: Aside,
}

/// What is said about something of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Aside {
    /// Nothing.
    Nothing,
    /// The customer's note.
    Note(String),
    /// How often and how much it is bought, and when it is due.
    Usual {
        /// How many orders bought it.
        orders: u32,
        /// The usual quantity.
        quantity: Quantity,
        /// The rhythm.
        rhythm: Rhythm,
    },
}

impl From<&SavedItem> for RowItem {
    fn from(item: &SavedItem) -> Self {
        let aside = if item.note.is_empty() {
            Aside::Nothing
        } else {
            Aside::Note(item.note.clone())
        };
        Self {
            goods: item.goods.clone(),
            quantity: Some(item.quantity),
            in_all: true,
            aside,
        }
    }
}

impl From<&Favourite> for RowItem {
    fn from(favourite: &Favourite) -> Self {
        Self {
            goods: favourite.goods.clone(),
            quantity: None,
            in_all: false,
            aside: Aside::Nothing,
        }
    }
}

impl From<&UsualItem> for RowItem {
    fn from(item: &UsualItem) -> Self {
        Self {
            goods: item.goods.clone(),
            quantity: item.suggested.or(Some(item.quantity)),
            in_all: item.suggested.is_some(),
            aside: Aside::Usual {
                orders: item.orders,
                quantity: item.quantity,
                rhythm: item.rhythm,
            },
        }
    }
}

/// The quantity a row begins with, where it can be ordered on the terms of `offer`.
pub fn first_quantity(item: &RowItem, offer: &Offer) -> Quantity {
    let smallest = || offer.variant.rule.smallest().unwrap_or(Quantity::ONE);
    item.quantity.unwrap_or_else(smallest)
}

/// What adding several rows together comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Together {
    /// What goes into the cart.
    pub items: Vec<(Item, Quantity)>,
    /// How many can't be added as they are: no longer to be had, or in a quantity that can't be ordered.
    pub left_out: usize,
}

/// What becomes of `rows` - how it stands with each, what is typed, how much is in the cart - when they are added together.
pub fn together(
    rows: impl IntoIterator<Item = (Availability, Option<String>, Quantity, RowItem)>,
) -> Together {
    let mut together = Together::default();
    for (availability, typed, in_cart, item) in rows {
        let checked = match availability {
            Availability::Asking | Availability::Gone => None,
            Availability::Offered(offer) => checked(&offer, typed, in_cart, &item),
        };
        match checked {
            Some(checked) => together.items.push(checked),
            None => together.left_out += 1,
        }
    }
    together
}

fn checked(
    offer: &Arc<Offer>,
    typed: Option<String>,
    in_cart: Quantity,
    item: &RowItem,
) -> Option<(Item, Quantity)> {
    let typed = typed.unwrap_or_else(|| first_quantity(item, offer).to_string());
    let quantity = check(&typed, in_cart, &offer.variant.rule).ok()?;
    Some((offer.item.clone(), quantity))
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::Arc;

    use countersign_contract::catalog::CatalogVariant;
    use countersign_contract::list::Goods;
    use countersign_domain::id::{CategoryId, ProductId, VariantId};
    use countersign_domain::money::Money;
    use countersign_domain::price::CustomerTerms;
    use countersign_domain::product::StockShown;
    use countersign_domain::quantity::{Quantity, QuantityRule, Unit};
    use countersign_domain::text::LocalText;
    use uuid::Uuid;

    use super::{Aside, RowItem, together};
    use crate::offline::draft::Item;
    use crate::queries::offers::{Availability, Offer};

    pub fn unit() -> Unit {
        Unit {
            code: "case".to_owned(),
            name: LocalText::new("箱", "case"),
            factor: Quantity::ONE,
        }
    }

    pub fn variant(number: u128) -> CatalogVariant {
        CatalogVariant {
            id: VariantId(Uuid::from_u128(number)),
            sku: format!("S{number}"),
            barcode: None,
            name: LocalText::default(),
            unit: unit(),
            base_unit: unit(),
            terms: CustomerTerms {
                list: Money::new(1_000, 2),
                level: None,
                agreed: None,
                breaks: Vec::new(),
            },
            rule: QuantityRule {
                multiple: Some(Quantity::whole(2)),
                ..QuantityRule::default()
            },
            stock: StockShown::Enough,
            lead_days: 1,
            made_to_order: false,
        }
    }

    pub fn goods(number: u128) -> Goods {
        Goods {
            product_id: ProductId(Uuid::from_u128(1)),
            variant_id: VariantId(Uuid::from_u128(number)),
            sku: format!("S{number}"),
            name: LocalText::default(),
            unit: unit(),
        }
    }

    fn offered(number: u128) -> Availability {
        let variant = variant(number);
        Availability::Offered(Arc::new(Offer {
            item: Item {
                product_id: ProductId(Uuid::from_u128(1)),
                variant_id: variant.id,
                sku: variant.sku.clone(),
                name: LocalText::default(),
                unit: unit(),
            },
            category_id: CategoryId(Uuid::from_u128(9)),
            picture: None,
            variant,
        }))
    }

    fn row(number: u128, quantity: Option<u32>) -> RowItem {
        RowItem {
            goods: goods(number),
            quantity: quantity.map(Quantity::whole),
            in_all: true,
            aside: Aside::Nothing,
        }
    }

    #[test]
    fn what_can_be_ordered_is_added_and_the_rest_is_counted() {
        let none = Quantity::ZERO;
        let found = together([
            (offered(1), None, none, row(1, Some(4))),
            (offered(2), Some("6".to_owned()), none, row(2, Some(4))),
            (offered(3), None, none, row(3, None)),
            (offered(4), Some("3".to_owned()), none, row(4, None)),
            (Availability::Gone, None, none, row(5, Some(4))),
        ]);
        let added: Vec<_> = found
            .items
            .iter()
            .map(|(item, quantity)| (item.sku.as_str(), *quantity))
            .collect();
        let whole = Quantity::whole;
        assert_eq!(added, [("S1", whole(4)), ("S2", whole(6)), ("S3", whole(2))]);
        assert_eq!(found.left_out, 2, "three are no multiple of two");
    }
}
