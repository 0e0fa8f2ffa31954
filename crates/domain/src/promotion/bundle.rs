//! Bundles: goods that cost less together (domain.md section 5.4).
//!
//! What a bundle is of stays on the lines it is ordered on, so that stock, shipping and returns know nothing of bundles: what
//! it saves is taken off the amounts of those lines.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::spread::spread;
use super::{CartLine, CustomerPromotion, OrderReason, PricedLine, PromotionRule};
use crate::id::VariantId;
use crate::money::{Currency, Money, Rate};
use crate::price::PriceReason;
use crate::quantity::{MAX_QUANTITY, Quantity};
use crate::variant_sums::VariantSums;

/// Something a bundle is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BundlePart {
    /// What.
    pub variant_id: VariantId,
    /// How many of it are in one bundle, in its ordering unit.
    pub quantity: Quantity,
}

/// What is lacking for the first bundle of `components` where `there` is ordered; `None` where nothing of it is there, or
/// nothing is lacking.
pub fn lacking(components: &[BundlePart], there: &VariantSums) -> Option<Vec<BundlePart>> {
    let mut is_begun = false;
    let mut lacking = Vec::new();
    for part in components {
        let ordered = there.beside(part.variant_id, Quantity::ZERO);
        is_begun |= !ordered.is_zero();
        let quantity = part.quantity.minus(ordered);
        if !quantity.is_zero() {
            lacking.push(BundlePart { quantity, ..*part });
        }
    }
    (is_begun && !lacking.is_empty()).then_some(lacking)
}

/// Finds the bundles in a cart and takes what they save off the lines they are on; gives the reasons, by rising id.
///
/// Of each bundle the cart holds as many as there are whole sets of it on all its lines together, the dearest lines first, of
/// two that are equally dear that of the lower id. Where several bundles want the same goods, the one that saves most is taken
/// first, of two that save the same that of the lower id, and the others get what is left. One whose sets would save nothing
/// is none: it never makes anything dearer. So the order of promotions and lines does not matter.
///
/// The goods beyond the sets keep the price they have: that of the whole quantity of their line, breaks included.
///
/// `None` when an amount is beyond what a decimal can hold.
pub(super) fn take_bundles(
    priced: &mut [PricedLine],
    lines: &[CartLine],
    running: &[&CustomerPromotion],
    currency: &Currency,
) -> Option<Vec<OrderReason>> {
    let mut wanted: Vec<Wanted<'_>> = running.iter().filter_map(|one| Wanted::of(one)).collect();
    if wanted.is_empty() {
        return Some(Vec::new());
    }
    let mut open = Open::new(priced, lines);
    wanted.retain(|one| !open.sets(one).is_zero());
    let mut reasons = Vec::new();
    loop {
        let mut best: Option<(usize, Found)> = None;
        for (place, one) in wanted.iter().enumerate() {
            let found = open.find(one, priced, currency)?;
            // By rising id: of two that save the same the first stays.
            let so_far = best.as_ref().map_or(Money::ZERO, |(_, best)| best.saved);
            if let Some(found) = found.filter(|found| found.saved > so_far) {
                best = Some((place, found));
            }
        }
        let Some((place, found)) = best else { break };
        let one = wanted.remove(place);
        open.take(&found);
        let saved = found.saved;
        let count = Quantity::new(found.sets).ok()?;
        found.charge(one.promotion, priced, lines, currency)?;
        reasons.push(OrderReason::Bundle {
            promotion_id: one.promotion.id,
            name: one.promotion.name.clone(),
            count,
            price: currency.round(one.price.0),
            components: one.components.to_vec(),
            saved,
        });
    }
    reasons.sort_by_key(OrderReason::promotion_id);
    Some(reasons)
}

/// A bundle somebody may have.
struct Wanted<'a> {
    promotion: &'a CustomerPromotion,
    components: &'a [BundlePart],
    price: Money,
    /// How many of each are in one.
    needs: BTreeMap<VariantId, Decimal>,
}

impl<'a> Wanted<'a> {
    fn of(promotion: &'a CustomerPromotion) -> Option<Self> {
        let PromotionRule::Bundle { components, price } = &promotion.rule else {
            return None;
        };
        let mut needs: BTreeMap<VariantId, Decimal> = BTreeMap::new();
        for part in components.iter().filter(|part| !part.quantity.is_zero()) {
            let need = needs.entry(part.variant_id).or_default();
            *need = need.checked_add(part.quantity.get())?;
        }
        (!needs.is_empty()).then_some(Self {
            promotion,
            components,
            price: *price,
            needs,
        })
    }
}

/// What no bundle has taken yet.
struct Open {
    /// The lines of each variant, by place, in the order bundles take from them.
    of: BTreeMap<VariantId, Vec<usize>>,
    /// How many of each line are in no bundle, by place.
    left: Vec<Decimal>,
    /// How many are in all.
    whole: Vec<Quantity>,
}

impl Open {
    fn new(priced: &[PricedLine], lines: &[CartLine]) -> Self {
        let mut of: BTreeMap<VariantId, Vec<usize>> = BTreeMap::new();
        for (place, line) in lines.iter().enumerate() {
            of.entry(line.variant_id).or_default().push(place);
        }
        for places in of.values_mut() {
            places.sort_by_key(|place| priced.get(*place).map(|line| (Reverse(line.unit), line.id)));
        }
        let whole: Vec<Quantity> = lines.iter().map(|line| line.quantity).collect();
        Self {
            of,
            left: whole.iter().map(|quantity| quantity.get()).collect(),
            whole,
        }
    }

    fn lines_of(&self, variant: VariantId) -> impl Iterator<Item = (usize, Decimal)> {
        let places = self.of.get(&variant).into_iter().flatten();
        places.filter_map(|place| Some((*place, *self.left.get(*place)?)))
    }

    /// How many whole sets are left.
    fn sets(&self, one: &Wanted<'_>) -> Decimal {
        let each = one.needs.iter().map(|(variant, need)| {
            let left = self.lines_of(*variant).map(|(_, left)| left).sum::<Decimal>();
            left.checked_div(*need).unwrap_or_default().floor()
        });
        each.min().unwrap_or_default().min(MAX_QUANTITY)
    }

    /// The sets that are left, where they save anything.
    fn find(&self, one: &Wanted<'_>, priced: &[PricedLine], currency: &Currency) -> Option<Option<Found>> {
        let sets = self.sets(one);
        if sets.is_zero() {
            return Some(None);
        }
        let mut taken = Vec::new();
        let mut worth = Decimal::ZERO;
        for (variant, need) in &one.needs {
            let mut need = need.checked_mul(sets)?;
            for (place, left) in self.lines_of(*variant) {
                let quantity = need.min(left);
                let (Some(line), Some(whole)) = (priced.get(place), self.whole.get(place)) else {
                    continue;
                };
                if quantity.is_zero() {
                    continue;
                }
                need = need.checked_sub(quantity)?;
                // From the end of what is left, so that whatever bundles share a line, their parts add up to its amount.
                let before = worth_of(line, left, *whole, currency)?;
                let after = worth_of(line, left.checked_sub(quantity)?, *whole, currency)?;
                let part = before - after;
                worth = worth.checked_add(part.0)?;
                taken.push(Taken {
                    place,
                    quantity,
                    worth: part,
                });
            }
        }
        let charged = currency.line_amount(one.price, Quantity::new(sets).ok()?, Rate::ZERO)?;
        let saved = currency.round(worth.checked_sub(charged.0)?);
        Some((saved > Money::ZERO).then_some(Found { sets, taken, saved }))
    }

    fn take(&mut self, found: &Found) {
        for taken in &found.taken {
            if let Some(left) = self.left.get_mut(taken.place) {
                *left = left.saturating_sub(taken.quantity);
            }
        }
    }
}

/// What the first `count` of a line cost without bundles; all of them together cost its amount.
fn worth_of(line: &PricedLine, count: Decimal, whole: Quantity, currency: &Currency) -> Option<Money> {
    currency.line_amount(line.unit, Quantity::new(count).ok()?.min(whole), Rate::ZERO)
}

/// Sets of a bundle that are in a cart.
struct Found {
    sets: Decimal,
    taken: Vec<Taken>,
    saved: Money,
}

/// What sets take from a line.
struct Taken {
    place: usize,
    quantity: Decimal,
    worth: Money,
}

impl Found {
    /// Spreads what is saved over the lines by what the parts would have cost, in the order of their ids.
    fn charge(
        mut self,
        promotion: &CustomerPromotion,
        priced: &mut [PricedLine],
        lines: &[CartLine],
        currency: &Currency,
    ) -> Option<()> {
        self.taken
            .sort_by_key(|taken| priced.get(taken.place).map(|line| line.id));
        let worth: Vec<Money> = self.taken.iter().map(|taken| taken.worth).collect();
        let shares = spread(self.saved, &worth, currency)?;
        for (taken, share) in self.taken.into_iter().zip(shares) {
            let (Some(line), Some(ordered)) = (priced.get_mut(taken.place), lines.get(taken.place)) else {
                continue;
            };
            line.take_off(share, ordered.quantity);
            line.reasons.push(PriceReason::Bundle {
                promotion_id: promotion.id,
                name: promotion.name.clone(),
                quantity: Quantity::new(taken.quantity).ok()?,
                saved: share,
            });
        }
        Some(())
    }
}
