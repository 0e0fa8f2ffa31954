//! The order sheet: a row for each variant, whose quantity is the cart's.

use countersign_contract::catalog::CatalogProduct;
use countersign_domain::id::VariantId;
use countersign_domain::quantity::Quantity;
use countersign_domain::search::Words;
use leptos::prelude::*;

use crate::features::catalog::marks::{Marked, Marks, marks};
use crate::features::catalog::row::{PriceNow, Stock, offer_in, variants_of};
use crate::features::catalog::typed::Typed;
use crate::goods_view::{AddProblem, check};
use crate::i18n::{goods, local};
use crate::offline::draft::{Full, read_quantity};
use crate::queries::draft::Cart;
use crate::queries::offers::Offer;
use crate::route::Route;
use crate::text;
use crate::ui::{QuantityStepper, Toasts};

/// The rows of a product.
#[component]
pub fn SheetRows(
    /// The product; it has been there at least once.
    product: Memo<Option<CatalogProduct>>,
    /// What is searched for.
    words: Memo<Words>,
) -> impl IntoView {
    let marks = marks(product, words);
    let row = move |id: VariantId| {
        offer_in(product, id).map(|offer| view! { <SheetRow offer=offer marks=marks /> }.into_any())
    };
    view! {
        <For each=move || variants_of(product) key=|id| *id children=row />
    }
}

#[component]
fn SheetRow(offer: Memo<Offer>, marks: Memo<Marks>) -> impl IntoView {
    let id = offer.with_untracked(|offer| offer.variant.id);
    let path = move || offer.with(|offer| Route::Product(offer.item.product_id).to_path());
    let of_product = move || marks.with(|marks| marks.name.clone());
    let of_variant = move || marks.with(|marks| marks.variant(id).0);
    let code = move || marks.with(|marks| marks.variant(id).1);
    let pack = move || offer.with(|offer| goods::pack(&offer.variant.unit, &offer.variant.base_unit));
    let cart = expect_context::<Cart>();
    // What can't be read is no line of the cart, and not to be lost either.
    let kept = expect_context::<Typed>();
    let line = line_in(cart, id).map(|(_, typed)| typed);
    let typed = RwSignal::new(line.or_else(|| kept.recall(id)).unwrap_or_default());
    kept.remember(id, typed, move |last| {
        !last.trim().is_empty() && line_in(cart, id).is_none()
    });
    view! {
        <div class="sheet-row">
            <p class="sheet-name">
                <a href=path><Marked parts=Signal::derive(of_product) /></a>
                " "
                <b><Marked parts=Signal::derive(of_variant) /></b>
                <small>
                    <span class="code"><Marked parts=Signal::derive(code) /></span>
                    " "
                    {pack}
                </small>
            </p>
            <p class="sheet-stock"><Stock offer=offer /></p>
            <PriceNow offer=offer typed=typed />
            <SheetQuantity offer=offer typed=typed />
        </div>
    }
}

/// The line of a variant in the cart, and what is typed in it.
fn line_in(cart: Cart, variant: VariantId) -> Option<(countersign_domain::id::LineId, String)> {
    let line = cart.peek(|kept| {
        let lines = &mut kept.draft.lines.iter();
        lines
            .find(|line| line.item.variant_id == variant)
            .map(|line| (line.id, line.typed.clone()))
    });
    line.flatten()
}

/// The quantity of the cart's line: typing one begins it, none ends it.
#[component]
fn SheetQuantity(offer: Memo<Offer>, typed: RwSignal<String>) -> impl IntoView {
    let cart = expect_context::<Cart>();
    let toasts = expect_context::<Toasts>();
    let id = offer.with_untracked(|offer| offer.variant.id);
    let put = move |text: String| match line_in(cart, id) {
        Some((line, before)) if before != text => cart.edit(|draft| {
            if let Some(line) = draft.lines.iter_mut().find(|one| one.id == line) {
                line.typed = text;
            }
            draft.settle_quantity(line);
        }),
        Some(_) => {}
        None => {
            let quantity = read_quantity(&text).ok().filter(|quantity| !quantity.is_zero());
            let item = offer.with_untracked(|offer| offer.item.clone());
            if let Some(Err(Full)) = quantity.map(|quantity| cart.add(item, quantity)) {
                toasts.warn(text!(catalog.full));
            }
        }
    };
    // While it is being typed a field may be empty; once the typing is over that means none.
    let commit = move |text: String| {
        let is_none = text.trim().is_empty() || read_quantity(&text).is_ok_and(|quantity| quantity.is_zero());
        match line_in(cart, id).filter(|_| is_none) {
            Some((line, _)) => {
                cart.remove(line);
            }
            None => put(text),
        }
    };
    let problem = Memo::new(move |_| {
        let text = typed.get();
        let rule = offer.with(|offer| offer.variant.rule);
        let is_empty = text.trim().is_empty() || text.trim() == "0";
        if is_empty {
            None
        } else {
            check(&text, Quantity::ZERO, &rule).err()
        }
    });
    let error = move || {
        problem.get().map(|problem| match problem {
            AddProblem::Unreadable(error) => goods::unreadable(error),
            AddProblem::Breach { breach, .. } => offer.with(|offer| goods::breach(&breach, &offer.item.unit)),
        })
    };
    let nearest = move || match problem.get() {
        Some(AddProblem::Breach { nearest, .. }) => nearest.iter().map(Quantity::to_string).collect(),
        Some(AddProblem::Unreadable(_)) | None => Vec::new(),
    };
    let current = move || read_quantity(&typed.get()).unwrap_or(Quantity::ZERO);
    let up = move || {
        offer
            .with(|offer| offer.variant.rule.next_above(current()))
            .map(|next| next.to_string())
    };
    let down = move || {
        let below = offer.with(|offer| offer.variant.rule.next_below(current()));
        let none = (!current().is_zero()).then_some(Quantity::ZERO);
        below.or(none).map(|next| next.to_string())
    };
    let name = Signal::derive(move || offer.with(|offer| local(&offer.item.name)));
    let unit = Signal::derive(move || offer.with(|offer| local(&offer.item.unit.name)));
    view! {
        <div class="sheet-quantity" on:input=move |event| put(event_target_value(&event))>
            <QuantityStepper
                label=Signal::derive(move || text!(catalog.quantity, name = name.get(), unit = unit.get()))
                value=typed
                up=Signal::derive(up)
                down=Signal::derive(down)
                up_label=Signal::derive(move || text!(goods.more, name = name.get()))
                down_label=Signal::derive(move || text!(goods.less, name = name.get()))
                nearest=Signal::derive(nearest)
                error=Signal::derive(error)
                unit=unit
                on_commit=commit
            />
        </div>
    }
}
