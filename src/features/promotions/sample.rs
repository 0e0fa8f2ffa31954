//! The sample cart as it is typed.

use chrono::{DateTime, Utc};
use countersign_contract::list::Goods;
use countersign_contract::promotion::PromotionBody;
use countersign_contract::promotion_desk::{SampleCart, SampleLine};
use countersign_domain::id::{CustomerId, PromotionId, VariantId};
use countersign_domain::money::Money;
use leptos::prelude::*;

use crate::features::promotions::picks::Pick;
use crate::offline::draft::read_quantity;

/// A line of the sample cart.
#[derive(Clone, Debug)]
pub struct SampleFields {
    /// What.
    pub goods: StoredValue<Goods>,
    /// How many, as it is typed.
    pub quantity: RwSignal<String>,
    /// Whether that can't be read, since the last attempt.
    pub is_wrong: RwSignal<bool>,
}

/// The sample cart. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// Whose.
    pub customer: RwSignal<Option<Pick<CustomerId>>>,
    /// What is in it.
    pub lines: RwSignal<Vec<SampleFields>>,
    /// What its delivery would cost.
    pub freight: RwSignal<String>,
    /// Whether that can't be read, since the last attempt.
    pub freight_is_wrong: RwSignal<bool>,
    /// Whose the fields are: also those of a line that is added from a list of what was found, which goes away before it.
    owner: StoredValue<Owner>,
}

impl SampleFields {
    /// Which variant.
    pub fn variant(&self) -> VariantId {
        self.goods.with_value(|goods| goods.variant_id)
    }
}

/// Everything that is typed into a sample cart.
pub type SampleTyped = (Option<CustomerId>, Vec<(VariantId, String)>, String);

impl Sample {
    /// Everything that is typed. Tracks it.
    pub fn typed(self) -> SampleTyped {
        let line = |line: &SampleFields| (line.variant(), line.quantity.get());
        (
            self.customer
                .with(|customer| customer.as_ref().map(|customer| customer.id)),
            self.lines.with(|lines| lines.iter().map(line).collect()),
            self.freight.get(),
        )
    }

    /// An empty one.
    pub fn new() -> Self {
        Self {
            customer: RwSignal::new(None),
            lines: RwSignal::default(),
            freight: RwSignal::new(String::new()),
            freight_is_wrong: RwSignal::new(false),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }

    /// Puts something into it; what is there already stays as it is.
    pub fn add(self, goods: Goods) {
        self.lines.update(|lines| {
            if lines.iter().all(|line| line.variant() != goods.variant_id) {
                let fields = || SampleFields {
                    goods: StoredValue::new(goods),
                    quantity: RwSignal::new("1".to_owned()),
                    is_wrong: RwSignal::new(false),
                };
                lines.push(self.owner.get_value().with(fields));
            }
        });
    }

    /// Takes something out.
    pub fn remove(self, variant: VariantId) {
        self.lines
            .update(|lines| lines.retain(|line| line.variant() != variant));
    }

    /// The question that is typed, with `body` as the promotion: it is tried as if it were on, in its first moment where
    /// that is still to come. Nothing while somebody or something is missing; what can't be read says so at its field.
    pub fn question(self, id: PromotionId, body: PromotionBody, now: DateTime<Utc>) -> Option<SampleCart> {
        let customer = self.customer.get_untracked()?;
        let freight = freight(&self.freight.get_untracked());
        self.freight_is_wrong.set(freight.is_none());
        let lines: Vec<Option<SampleLine>> = self.lines.with_untracked(|lines| {
            let read = |line: &SampleFields| {
                let quantity = read_quantity(&line.quantity.get_untracked())
                    .ok()
                    .filter(|quantity| !quantity.is_zero());
                line.is_wrong.set(quantity.is_none());
                Some(SampleLine {
                    variant_id: line.variant(),
                    quantity: quantity?,
                })
            };
            lines.iter().map(read).collect()
        });
        let lines: Vec<SampleLine> = lines.into_iter().collect::<Option<_>>()?;
        if lines.is_empty() {
            return None;
        }
        let mut promotion = body.with_id(id);
        promotion.is_on = true;
        Some(SampleCart {
            customer_id: customer.id,
            lines,
            freight: freight?,
            at: Some(promotion.from).filter(|from| *from > now),
            promotion: Some(promotion),
        })
    }
}

/// What delivery costs, as it is typed; nothing typed is nothing.
fn freight(typed: &str) -> Option<Money> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Some(Money::ZERO);
    }
    let amount: Money = typed.parse().ok()?;
    (!amount.is_negative()).then_some(amount)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};
    use countersign_contract::list::Goods;
    use countersign_contract::promotion::PromotionBody;
    use countersign_domain::id::{CustomerId, ProductId, PromotionId, VariantId};
    use countersign_domain::promotion::{Audience, PromotionRule};
    use countersign_domain::quantity::{Quantity, Unit};
    use countersign_domain::text::LocalText;
    use leptos::prelude::{GetUntracked, Owner, Set, Update, WithUntracked};
    use uuid::Uuid;

    use super::Sample;
    use crate::features::promotions::picks::Pick;

    const ID: PromotionId = PromotionId(Uuid::from_u128(9));

    fn now() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
    }

    fn body(from: DateTime<Utc>) -> PromotionBody {
        PromotionBody {
            name: LocalText::new("满减", "Minus"),
            is_on: false,
            from,
            until: None,
            audience: Audience::default(),
            rule: PromotionRule::Order { steps: Vec::new() },
        }
    }

    fn sample() -> Sample {
        let sample = Sample::new();
        sample.customer.set(Some(Pick {
            id: CustomerId(Uuid::from_u128(1)),
            name: LocalText::default(),
            code: "C001".to_owned(),
        }));
        sample.add(goods());
        sample.add(goods());
        sample
    }

    fn goods() -> Goods {
        Goods {
            product_id: ProductId(Uuid::from_u128(2)),
            variant_id: VariantId(Uuid::from_u128(3)),
            sku: "TEA-1".to_owned(),
            name: LocalText::default(),
            unit: Unit {
                code: "case".to_owned(),
                name: LocalText::default(),
                factor: Quantity::ONE,
            },
        }
    }

    #[test]
    fn a_line_outlives_the_list_it_was_added_from() {
        let owner = Owner::new();
        let sample = owner.with(Sample::new);
        let found = owner.child();
        found.with(|| sample.add(goods()));
        found.cleanup();
        assert_eq!(
            sample
                .lines
                .with_untracked(|lines| lines[0].quantity.get_untracked()),
            "1"
        );
    }

    #[test]
    fn a_promotion_is_tried_as_if_it_were_on_and_had_begun() {
        let owner = Owner::new();
        owner.set();
        let later = now() + TimeDelta::days(3);
        let asked = sample()
            .question(ID, body(later), now())
            .expect("nothing is missing");
        assert_eq!((asked.at, asked.lines.len()), (Some(later), 1));
        assert!(asked.promotion.is_some_and(|promotion| promotion.is_on));
        let asked = sample().question(ID, body(now()), now());
        assert_eq!(asked.expect("nothing is missing").at, None);
    }

    #[test]
    fn what_can_not_be_read_is_said_where_it_is_typed() {
        let owner = Owner::new();
        owner.set();
        let sample = sample();
        sample.freight.set("-1".to_owned());
        sample.lines.update(|lines| {
            for line in lines {
                line.quantity.set("some".to_owned());
            }
        });
        assert_eq!(sample.question(ID, body(now()), now()), None);
        assert!(sample.freight_is_wrong.get_untracked());
        let is_wrong = sample
            .lines
            .with_untracked(|lines| lines.iter().all(|line| line.is_wrong.get_untracked()));
        assert!(is_wrong);
    }
}
