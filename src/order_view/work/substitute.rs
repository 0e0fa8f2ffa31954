//! Another variant in the place of what is short: which, how much of it, and at what price (rule 9).

use countersign_contract::catalog::{ListProducts, ProductQuery};
use countersign_domain::id::LineId;
use countersign_domain::money::Money;
use countersign_domain::order::{NewLine, OrderLine};
use countersign_domain::quantity::Quantity;
use leptos::prelude::*;
use uuid::Uuid;

use crate::i18n::local;
use crate::offline::draft::Item;
use crate::order_view::Typed;
use crate::order_view::input::{self, InputError};
use crate::queries::offers::item;
use crate::queries::{self, Remote};
use crate::text;
use crate::ui::{Choice, NumberField, RadioGroup, SelectField, TextField};

/// Products a search offers.
const OFFERED: u32 = 20;
/// Fewer signs find half of the catalog.
const SHORTEST: usize = 2;

/// What was chosen and typed of a substitute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubstituteInput {
    /// Id of the new line, the same however often it is sent.
    pub line_id: LineId,
    /// The variant, where one is chosen.
    pub item: Option<Item>,
    /// How much of it, in its ordering unit.
    pub quantity: String,
}

/// What is wrong: with the variant, and with the quantity.
pub type SubstituteErrors = (Option<InputError>, Option<InputError>);

impl SubstituteInput {
    /// The line that goes in the place of another. Its price is the server's to say.
    ///
    /// # Errors
    /// Field by field.
    pub fn read(&self) -> Result<NewLine, SubstituteErrors> {
        let item = self.item.clone().ok_or((Some(InputError::Missing), None))?;
        let quantity = input::quantity(&self.quantity, None).map_err(|error| (None, Some(error)))?;
        if quantity.is_zero() {
            return Err((None, Some(InputError::Missing)));
        }
        Ok(NewLine {
            id: self.line_id,
            product_id: item.product_id,
            variant_id: item.variant_id,
            sku: item.sku,
            name: item.name,
            unit: item.unit,
            quantity,
            price: Money::ZERO,
            reasons: Vec::new(),
            share: None,
            note: String::new(),
            made_to_order: false,
        })
    }
}

/// The fields of a substitute.
#[derive(Clone, Copy)]
pub struct SubstituteFields {
    id: LineId,
    words: RwSignal<String>,
    chosen: RwSignal<Option<Item>>,
    /// Says what is wrong with the choice.
    choice: Typed,
    quantity: Typed,
    keeps_price: RwSignal<bool>,
}

impl SubstituteFields {
    /// Nothing chosen yet.
    pub fn new() -> Self {
        Self {
            id: LineId(Uuid::new_v4()),
            words: RwSignal::new(String::new()),
            chosen: RwSignal::new(None),
            choice: Typed::new(""),
            quantity: Typed::new(""),
            keeps_price: RwSignal::new(true),
        }
    }

    /// What is chosen and typed.
    pub fn input(self) -> SubstituteInput {
        SubstituteInput {
            line_id: self.id,
            item: self.chosen.get_untracked(),
            quantity: self.quantity.text(),
        }
    }

    /// Whether it costs what the line costs it goes in the place of.
    pub fn keeps_price(self) -> bool {
        self.keeps_price.get_untracked()
    }

    /// Says what is wrong.
    pub fn tell(self, (choice, quantity): SubstituteErrors) {
        self.choice.tell(choice);
        self.quantity.tell(quantity);
    }
}

/// As much of `item` as makes up for `rest` of `line`, in the item's ordering unit.
pub fn as_much(line: &OrderLine, rest: Quantity, item: &Item) -> Quantity {
    line.unit.convert(rest, &item.unit)
}

/// Searches for a variant and asks how much of it goes at what price.
#[component]
pub(super) fn SubstituteForm(
    /// Its fields.
    fields: SubstituteFields,
    /// The line it goes in the place of.
    line: StoredValue<OrderLine>,
    /// What is short of that line.
    #[prop(into)]
    rest: Signal<Quantity>,
) -> impl IntoView {
    let found = queries::read::<ListProducts>(move || {
        let q = fields.words.with(|words| words.trim().to_owned());
        (q.chars().count() >= SHORTEST).then(|| {
            let query = ProductQuery {
                q: Some(q),
                limit: Some(OFFERED),
                ..ProductQuery::default()
            };
            ((), query)
        })
    });
    let items = Memo::new(move |_| {
        let own = line.with_value(|line| line.variant_id);
        let mut items: Vec<Item> = found.state.with(|state| {
            let products = state
                .ready()
                .map(|page| page.items.as_slice())
                .unwrap_or_default();
            let of = products
                .iter()
                .flat_map(|product| product.variants.iter().map(move |variant| item(product, variant)));
            of.filter(|item| item.variant_id != own).collect()
        });
        // What is chosen stays a choice, whatever is searched for next.
        if let Some(chosen) = fields.chosen.get()
            && !items.iter().any(|item| item.variant_id == chosen.variant_id)
        {
            items.insert(0, chosen);
        }
        items
    });
    let options = move || {
        let nothing = Choice::new("", text!(substitute.choose));
        let choice = |item: &Item| {
            let words = [item.sku.clone(), local(&item.name), local(&item.unit.name)].join(" · ");
            Choice::new(item.variant_id.to_string(), words)
        };
        items.with(|items| {
            std::iter::once(nothing)
                .chain(items.iter().map(choice))
                .collect::<Vec<_>>()
        })
    };
    let selected = move || {
        fields.chosen.with(|chosen| {
            chosen
                .as_ref()
                .map(|item| item.variant_id.to_string())
                .unwrap_or_default()
        })
    };
    let choose = move |id: String| {
        let item = items.with_untracked(|items| {
            items
                .iter()
                .find(|item| item.variant_id.to_string() == id)
                .cloned()
        });
        if let Some(item) = &item {
            let much = line.with_value(|line| as_much(line, rest.get_untracked(), item));
            fields.quantity.value.set(much.to_string());
        }
        fields.tell((None, None));
        fields.chosen.set(item);
    };
    let hint = move || {
        let typed = fields.words.with(|words| words.trim().chars().count());
        match found.state.get() {
            _ if typed < SHORTEST => text!(substitute.search_hint),
            Remote::Loading => text!(substitute.searching),
            Remote::Failed(error) => crate::i18n::problems::words(&error),
            Remote::Ready(page) if page.items.is_empty() => text!(substitute.none_found),
            Remote::Ready(page) => text!(substitute.found, count = page.items.len()),
        }
    };
    let unit = move || {
        fields.chosen.with(|chosen| {
            chosen
                .as_ref()
                .map(|item| local(&item.unit.name))
                .unwrap_or_default()
        })
    };
    let prices = || {
        vec![
            Choice::new(KEPT, text!(substitute.price_kept)),
            Choice::new(OWN, text!(substitute.price_own)),
        ]
    };
    view! {
        <TextField
            label=move || text!(substitute.search)
            hint=Signal::derive(hint)
            value=fields.words
            autocomplete="off"
        />
        <SelectField
            label=move || text!(substitute.item)
            options=Signal::derive(options)
            selected=Signal::derive(selected)
            error=fields.choice.wrong()
            on_select=choose
        />
        <NumberField
            label=move || text!(substitute.quantity)
            value=fields.quantity.value
            unit=Signal::derive(unit)
            error=fields.quantity.wrong()
        />
        <RadioGroup
            label=move || text!(substitute.price)
            options=Signal::derive(prices)
            selected=Signal::derive(move || if fields.keeps_price.get() { KEPT } else { OWN }.to_owned())
            on_select=move |name: String| fields.keeps_price.set(name == KEPT)
        />
    }
}

/// The two prices among the choices of the field.
const KEPT: &str = "kept";
const OWN: &str = "own";

#[cfg(test)]
mod tests {
    use countersign_domain::quantity::Unit;

    use super::*;
    use crate::order_view::sample;

    fn item(factor: u32) -> Item {
        let line = sample::line(2, 10, Money::new(1, 0));
        Item {
            product_id: line.product_id,
            variant_id: line.variant_id,
            sku: line.sku,
            name: line.name,
            unit: Unit {
                factor: Quantity::whole(factor),
                ..line.unit
            },
        }
    }

    fn typed(item: Option<Item>, quantity: &str) -> SubstituteInput {
        SubstituteInput {
            line_id: LineId(Uuid::from_u128(7)),
            item,
            quantity: quantity.to_owned(),
        }
    }

    #[test]
    fn as_much_goes_as_is_short_counted_in_base_units() {
        let mut line = sample::line(1, 60, Money::new(1, 0));
        line.unit.factor = Quantity::whole(12);
        assert_eq!(as_much(&line, Quantity::whole(3), &item(6)), Quantity::whole(6));
        assert_eq!(as_much(&line, Quantity::whole(3), &item(12)), Quantity::whole(3));
    }

    #[test]
    fn a_substitute_names_its_variant_and_how_much_of_it() {
        assert_eq!(typed(None, "4").read(), Err((Some(InputError::Missing), None)));
        assert_eq!(
            typed(Some(item(1)), "0").read(),
            Err((None, Some(InputError::Missing)))
        );
        assert_eq!(
            typed(Some(item(1)), "four").read(),
            Err((None, Some(InputError::Unreadable)))
        );
        let line = typed(Some(item(1)), "4").read().expect("all is there");
        assert_eq!(
            (line.id, line.quantity),
            (LineId(Uuid::from_u128(7)), Quantity::whole(4))
        );
    }
}
