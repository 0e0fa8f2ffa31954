//! The promotions of the customer who is signed in: with them this device prices like the server.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use countersign_contract::buying::ForCustomer;
use countersign_contract::promotion::{CustomerPromotions, ListPromotions};
use countersign_domain::id::VariantId;
use countersign_domain::price::{Price, resolve};
use countersign_domain::promotion::{BundlePart, CustomerPromotion, PromotionRule, price_line};
use countersign_domain::quantity::{Quantity, Unit};
use countersign_domain::text::LocalText;
use leptos::prelude::*;

use crate::api::now;
use crate::offline::draft::Item;
use crate::queries::offers::Offer;
use crate::queries::{Remote, read};

/// How long the server's word on what holds is believed without asking what the device's own clock says.
const FRESH: TimeDelta = TimeDelta::days(1);

/// The moment prices are of: the server's, said `at`, not that of the clock `here`, which may be wrong. What ended in between
/// the server says before anything is ordered, and then it is asked for anew; a wrong clock would make this device name
/// another price for ever. Only where the word is an old one, kept without a connection, the clock is the better guess.
pub fn moment(at: DateTime<Utc>, here: DateTime<Utc>) -> DateTime<Utc> {
    if here.signed_duration_since(at) > FRESH {
        here
    } else {
        at
    }
}

/// The promotions, kept current. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Promotions {
    known: Memo<Option<Arc<CustomerPromotions>>>,
}

impl Promotions {
    /// Reads them.
    pub fn read() -> Self {
        let read = read::<ListPromotions>(|| Some(((), ForCustomer::default())));
        let known = Memo::new(move |_| match read.state.get() {
            Remote::Loading => None,
            // Priced without them; where there are some after all, the server says so before anything is ordered.
            Remote::Failed(_) => Some(Arc::default()),
            Remote::Ready(promotions) => Some(promotions),
        });
        Self { known }
    }

    /// Those of the page.
    pub fn of_page() -> Self {
        expect_context()
    }

    /// What is known; `None` while it is asked for.
    pub fn known(&self) -> Option<Arc<CustomerPromotions>> {
        self.known.get()
    }

    /// The promotions that give something to whoever buys `offer`, or sell it for less together with something else.
    pub fn more_with(&self, offer: &Offer) -> Vec<CustomerPromotion> {
        let variant = offer.variant.id;
        self.known.with(|known| {
            let Some(known) = known else {
                return Vec::new();
            };
            let at = moment(known.at, now());
            let is_about = |one: &&CustomerPromotion| {
                let is_named = match &one.rule {
                    PromotionRule::BuyGet { buy, .. } => buy.contains(&variant),
                    PromotionRule::Bundle { components, .. } => {
                        components.iter().any(|part| part.variant_id == variant)
                    }
                    PromotionRule::Line { .. } | PromotionRule::Order { .. } => false,
                };
                is_named && one.holds_at(at)
            };
            known.promotions.iter().filter(is_about).cloned().collect()
        })
    }

    /// What goes into a cart of a variant that promotions give away or bundle.
    pub fn item(&self, variant: VariantId) -> Option<Item> {
        self.known.with(|known| {
            let mut goods = known.as_ref()?.gifts.iter();
            let found = goods.find(|goods| goods.variant_id == variant)?.clone();
            Some(Item {
                product_id: found.product_id,
                variant_id: found.variant_id,
                sku: found.sku,
                name: found.name,
                unit: found.unit,
            })
        })
    }

    /// What such a variant is called, and the unit it is ordered in.
    pub fn named(&self, variant: VariantId) -> Option<(LocalText, Unit)> {
        self.item(variant).map(|item| (item.name, item.unit))
    }

    /// What goes into a cart with `parts`, as far as it is to be had.
    pub fn items(&self, parts: &[BundlePart]) -> Vec<(Item, Quantity)> {
        let item = |part: &BundlePart| Some((self.item(part.variant_id)?, part.quantity));
        parts.iter().filter_map(item).collect()
    }

    /// What one unit of `offer` costs when `quantity` are ordered.
    pub fn price(&self, offer: &Offer, quantity: Quantity) -> Price {
        let terms = &offer.variant.terms;
        self.known.with(|known| match known {
            None => resolve(terms, quantity),
            Some(known) => {
                let goods = (offer.variant.id, offer.item.product_id, offer.category_id);
                price_line(terms, quantity, goods, &known.promotions, moment(known.at, now()))
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::moment;

    #[test]
    fn a_wrong_clock_does_not_count_until_the_servers_word_is_old() {
        let at = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(20_000);
        for hours in [-1_000, -1, 0, 1, 24] {
            assert_eq!(moment(at, at + TimeDelta::hours(hours)), at, "{hours}");
        }
        let later = at + TimeDelta::hours(25);
        assert_eq!(moment(at, later), later);
    }
}
