//! What is chosen in the form of a promotion, by what people call it.

use countersign_contract::list::Goods as NamedGoods;
use countersign_domain::id::{ProductId, VariantId};
use countersign_domain::text::LocalText;

/// Something that was chosen, by what people call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick<Id> {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: LocalText,
    /// Its code; empty where it has none.
    pub code: String,
}

/// Goods that can be chosen: one variant, or all of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GoodsId {
    /// One variant.
    Variant(VariantId),
    /// Every variant of a product.
    Product(ProductId),
}

/// A variant as something chosen.
pub fn pick_of(goods: &NamedGoods) -> Pick<GoodsId> {
    Pick {
        id: GoodsId::Variant(goods.variant_id),
        name: goods.name.clone(),
        code: goods.sku.clone(),
    }
}

/// The variant `id` as something chosen, called what it is called in `names`.
pub fn variant_pick(id: VariantId, names: &[NamedGoods]) -> Pick<GoodsId> {
    let found = names.iter().find(|goods| goods.variant_id == id);
    found.map_or_else(
        || Pick {
            id: GoodsId::Variant(id),
            name: LocalText::default(),
            code: String::new(),
        },
        pick_of,
    )
}

/// The variants among what is chosen.
pub fn variants(picks: &[Pick<GoodsId>]) -> Vec<VariantId> {
    let variant = |pick: &Pick<GoodsId>| match pick.id {
        GoodsId::Variant(id) => Some(id),
        GoodsId::Product(_) => None,
    };
    picks.iter().filter_map(variant).collect()
}
