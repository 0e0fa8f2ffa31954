//! What a bundle is of, and what it costs.

use countersign_contract::list::Goods;
use countersign_domain::id::VariantId;
use countersign_domain::money::Currency;
use countersign_domain::promotion::BundlePart;
use countersign_domain::quantity::Quantity;
use countersign_domain::text::LocalText;
use leptos::prelude::*;

use crate::features::promotions::finder::{FoundGoods, GoodsFinder};
use crate::features::promotions::form::Form;
use crate::features::promotions::words;
use crate::i18n::local;
use crate::text;
use crate::ui::{IconButton, IconName, NumberField};

/// Something a bundle is of.
#[derive(Clone, Debug)]
pub struct PartFields {
    /// What.
    pub variant: VariantId,
    name: LocalText,
    code: String,
    unit: LocalText,
    /// How many are in one bundle, as it is typed.
    quantity: RwSignal<String>,
}

impl PartFields {
    /// So many of some goods.
    pub fn new(goods: &Goods, quantity: Quantity) -> Self {
        Self {
            variant: goods.variant_id,
            name: goods.name.clone(),
            code: goods.sku.clone(),
            unit: goods.unit.name.clone(),
            quantity: RwSignal::new(quantity.to_string()),
        }
    }

    /// A part as it is kept; without a name where it is not among `names`.
    pub fn of(part: &BundlePart, names: &[Goods]) -> Self {
        let found = names.iter().find(|goods| goods.variant_id == part.variant_id);
        found.map_or_else(
            || Self {
                variant: part.variant_id,
                name: LocalText::default(),
                code: String::new(),
                unit: LocalText::default(),
                quantity: RwSignal::new(part.quantity.to_string()),
            },
            |goods| Self::new(goods, part.quantity),
        )
    }

    /// What is typed. Tracks it.
    pub fn typed(&self) -> (VariantId, String) {
        (self.variant, self.quantity.get())
    }
}

/// The parts of a bundle and its price.
#[component]
pub fn BundleFields(
    /// The form.
    form: Form,
    /// The currency of the price.
    currency: StoredValue<Currency>,
) -> impl IntoView {
    let add = move |found: FoundGoods| {
        if let Some(goods) = found.goods {
            form.add_part(&goods);
        }
    };
    let row = move |part: PartFields| part_row(form, part);
    let unit = move || currency.with_value(|currency| currency.code.clone());
    view! {
        <GoodsFinder
            label=move || text!(promotion_desk.bundle.add)
            error=form.wrong(&["rule/components"])
            on_pick=add
        />
        <ul class="promo-sample" aria-label=move || text!(promotion_desk.bundle.chosen)>
            <For each=move || form.parts.get() key=|part| part.variant children=row />
        </ul>
        <NumberField
            label=move || text!(promotion_desk.bundle.price)
            hint=move || text!(promotion_desk.bundle.price_hint)
            value=form.price
            unit=Signal::derive(unit)
            error=form.wrong(&["rule/price"])
        />
    }
}

fn part_row(form: Form, part: PartFields) -> AnyView {
    let PartFields {
        variant,
        name,
        code,
        unit,
        quantity,
    } = part;
    let name = Signal::derive(move || words::named(&name));
    let label = Signal::derive(move || {
        text!(
            promotion_desk.bundle.quantity,
            name = name.get(),
            code = code.clone()
        )
    });
    // Named by their place: that changes where one before is taken out.
    let wrong = Signal::derive(move || {
        let parts = form.parts.get();
        let place = parts.iter().position(|part| part.variant == variant)?;
        let below = format!("rule/components/{place}/");
        form.faults.with(|faults| {
            let mut here = faults.iter().filter(|fault| fault.at.starts_with(&below));
            here.next().map(words::fault)
        })
    });
    view! {
        <li>
            <NumberField
                label=label
                value=quantity
                unit=Signal::derive(move || local(&unit))
                error=wrong
            />
            <IconButton
                icon=IconName::Close
                label=Signal::derive(move || text!(promotion_desk.take_out, name = name.get()))
                on_press=move |()| form.parts.update(|parts| parts.retain(|part| part.variant != variant))
            />
        </li>
    }
    .into_any()
}
