//! What can be taken of each line, and what was chosen, as plain data.

use std::collections::BTreeMap;

use countersign_contract::reorder::{ReorderLine, ReorderOffer};
use countersign_domain::id::VariantId;
use countersign_domain::money::Money;
use countersign_domain::price::resolve;
use countersign_domain::quantity::Quantity;
use countersign_domain::reorder::Verdict;

use crate::offline::draft::Item;

/// Something that can be taken of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    /// What goes into the cart.
    pub item: Item,
    /// How much of it.
    pub quantity: Quantity,
    /// What one unit of that costs.
    pub price: Money,
}

/// What was chosen: the number of a pick, or to leave the line out. What is not in it is as [`usual`] says.
pub type Chosen = BTreeMap<VariantId, Option<usize>>;

/// What can be taken of a line: itself, itself in another quantity, or what may be ordered in its place.
pub fn picks(line: &ReorderLine) -> Vec<Pick> {
    match (&line.verdict, &line.offer) {
        (Verdict::Same { quantity, .. } | Verdict::PriceChanged { quantity, .. }, Some(offer)) => {
            vec![pick(offer, *quantity)]
        }
        (Verdict::Breach { breach, .. }, Some(offer)) => {
            let nearest = [breach.below, breach.above].into_iter().flatten();
            nearest.map(|quantity| pick(offer, quantity)).collect()
        }
        (Verdict::Gone, _) => {
            let replacement = |offer: &ReorderOffer| Some(pick(offer, offer.quantity?));
            line.replacements.iter().filter_map(replacement).collect()
        }
        (Verdict::Same { .. } | Verdict::PriceChanged { .. } | Verdict::Breach { .. }, None) => Vec::new(),
    }
}

fn pick(offer: &ReorderOffer, quantity: Quantity) -> Pick {
    Pick {
        item: Item {
            product_id: offer.product_id,
            variant_id: offer.variant.id,
            sku: offer.variant.sku.clone(),
            name: offer.name.clone(),
            unit: offer.unit().clone(),
        },
        quantity,
        price: resolve(&offer.variant.terms, quantity).unit,
    }
}

/// What is taken of a line while nobody has chosen: what can be had as it was. Another quantity and another product are
/// never taken by themselves.
pub fn usual(line: &ReorderLine) -> Option<usize> {
    match line.verdict {
        Verdict::Same { .. } | Verdict::PriceChanged { .. } => Some(0),
        Verdict::Breach { .. } | Verdict::Gone => None,
    }
}

/// What is taken of a line.
pub fn chosen_of(line: &ReorderLine, chosen: &Chosen) -> Option<usize> {
    let own = chosen.get(&line.goods.variant_id).copied();
    own.unwrap_or_else(|| usual(line))
}

/// Everything that is taken.
pub fn taken(lines: &[ReorderLine], chosen: &Chosen) -> Vec<(Item, Quantity)> {
    let taken = lines.iter().filter_map(|line| {
        let number = chosen_of(line, chosen)?;
        picks(line).into_iter().nth(number)
    });
    taken.map(|pick| (pick.item, pick.quantity)).collect()
}

/// How many lines stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// As they were.
    pub same: usize,
    /// At another price.
    pub price: usize,
    /// In a quantity that can't be ordered.
    pub breach: usize,
    /// No longer to be had.
    pub gone: usize,
}

/// How many of `lines` stand how.
pub fn counts(lines: &[ReorderLine]) -> Counts {
    let mut counts = Counts::default();
    for line in lines {
        match line.verdict {
            Verdict::Same { .. } => counts.same += 1,
            Verdict::PriceChanged { .. } => counts.price += 1,
            Verdict::Breach { .. } => counts.breach += 1,
            Verdict::Gone => counts.gone += 1,
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use countersign_contract::reorder::{ReorderLine, ReorderOffer};
    use countersign_domain::id::ProductId;
    use countersign_domain::money::Money;
    use countersign_domain::quantity::Quantity;
    use countersign_domain::reorder::{OldLine, Terms, Verdict, compare};
    use countersign_domain::text::LocalText;
    use uuid::Uuid;

    use super::{Chosen, counts, picks, taken};
    use crate::features::lists::model::tests::{goods, unit, variant};

    fn offer(number: u128, quantity: Option<u32>) -> ReorderOffer {
        ReorderOffer {
            product_id: ProductId(Uuid::from_u128(1)),
            name: LocalText::default(),
            picture: None,
            quantity: quantity.map(Quantity::whole),
            variant: variant(number),
        }
    }

    /// A line of `count` that cost `cents` then; off sale where there are `replacements`.
    fn line(number: u128, count: u32, cents: i64, replacements: Vec<ReorderOffer>) -> ReorderLine {
        let now = replacements.is_empty().then(|| offer(number, Some(count)));
        let old = OldLine {
            quantity: Quantity::whole(count),
            unit: unit(),
            price: Some(Money::new(cents, 2)),
        };
        let verdict = compare(
            &old,
            now.as_ref().map(|offer| Terms {
                unit: &offer.variant.unit,
                prices: &offer.variant.terms,
                rule: &offer.variant.rule,
            }),
        );
        ReorderLine {
            goods: goods(number),
            was: Quantity::whole(count),
            verdict,
            offer: now,
            replacements,
        }
    }

    fn skus(lines: &[ReorderLine], chosen: &Chosen) -> Vec<(String, Quantity)> {
        let taken = taken(lines, chosen).into_iter();
        taken.map(|(item, quantity)| (item.sku, quantity)).collect()
    }

    #[test]
    fn only_what_can_be_had_as_it_was_is_taken_by_itself() {
        let lines = [
            line(1, 4, 1_000, Vec::new()),
            line(2, 4, 900, Vec::new()),
            line(3, 5, 1_000, Vec::new()),
            line(
                4,
                4,
                1_000,
                vec![offer(5, Some(4)), offer(6, None), offer(7, Some(2))],
            ),
        ];
        let whole = Quantity::whole;
        let own = [("S1".to_owned(), whole(4)), ("S2".to_owned(), whole(4))];
        assert_eq!(skus(&lines, &Chosen::new()), own);
        let found = counts(&lines);
        assert_eq!((found.same, found.price, found.breach, found.gone), (1, 1, 1, 1));
        assert!(matches!(lines[3].verdict, Verdict::Gone));
        assert_eq!(
            picks(&lines[3]).len(),
            2,
            "what can't be ordered is no replacement"
        );

        let id = |line: &ReorderLine| line.goods.variant_id;
        let chosen = Chosen::from([
            (id(&lines[0]), None),
            (id(&lines[2]), Some(1)),
            (id(&lines[3]), Some(1)),
        ]);
        let expected = [
            ("S2".to_owned(), whole(4)),
            ("S3".to_owned(), whole(6)),
            ("S7".to_owned(), whole(2)),
        ];
        assert_eq!(skus(&lines, &chosen), expected);
    }
}
