//! A product's variants as a table that takes a quantity in each cell.

use std::collections::BTreeMap;

use countersign_contract::catalog::CatalogProduct;
use countersign_domain::id::VariantId;
use countersign_domain::quantity::Quantity;
use countersign_domain::text::LocalText;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::features::catalog::matrix_model::Matrix;
use crate::goods_view::{AddProblem, check};
use crate::i18n::{format, goods, local};
use crate::offline::draft::{Full, read_quantity};
use crate::queries::draft::Cart;
use crate::queries::offers::{Offer, offer};
use crate::queries::promotions::Promotions;
use crate::session::SessionContext;
use crate::text;
use crate::ui::{Button, Card, Figure, IconName, Toasts, Variant};

/// What is typed, by variant, and what is wrong with it since the last attempt to add it.
#[derive(Clone, Copy)]
struct Typed {
    texts: RwSignal<BTreeMap<VariantId, String>>,
    problems: RwSignal<BTreeMap<VariantId, AddProblem>>,
}

/// The table of a product whose variants differ in two attributes, and the button that adds all of it.
#[component]
pub fn MatrixCard(
    /// The product.
    product: Memo<Option<CatalogProduct>>,
    /// Its table.
    matrix: Matrix,
) -> impl IntoView {
    let cart = expect_context::<Cart>();
    let toasts = expect_context::<Toasts>();
    let typed = Typed {
        texts: RwSignal::new(BTreeMap::new()),
        problems: RwSignal::new(BTreeMap::new()),
    };
    let find = move |id: VariantId| {
        product.with_untracked(|product| product.as_ref().and_then(|product| offer(product, id)))
    };
    let order: Vec<VariantId> = matrix.variants().collect();
    // All of it or nothing: what is wrong is shown where it stands, and the first of it gets the focus.
    let add = move || {
        let texts = typed.texts.get_untracked();
        let mut wanted: Vec<(Offer, Quantity)> = Vec::new();
        let mut problems = BTreeMap::new();
        for id in &order {
            let text = texts.get(id).map(|text| text.trim()).unwrap_or_default();
            if text.is_empty() || read_quantity(text).is_ok_and(|quantity| quantity.is_zero()) {
                continue;
            }
            let Some(offer) = find(*id) else { continue };
            let in_cart = cart.peek(|kept| kept.draft.quantity_of(*id)).unwrap_or_default();
            match check(text, in_cart, &offer.variant.rule) {
                Ok(quantity) => wanted.push((offer, quantity)),
                Err(problem) => {
                    problems.insert(*id, problem);
                }
            }
        }
        let first = order.iter().find(|id| problems.contains_key(id)).copied();
        typed.problems.set(problems);
        if let Some(first) = first {
            return focus(first);
        }
        let mut undos = Vec::new();
        for (offer, quantity) in wanted {
            match cart.add(offer.item, quantity) {
                Ok(undo) => undos.push(undo),
                Err(Full) => {
                    toasts.warn(text!(catalog.full));
                    break;
                }
            }
        }
        if undos.is_empty() {
            return;
        }
        typed.texts.set(BTreeMap::new());
        toasts.say_with_undo(
            text!(product_page.added, count = undos.len()),
            text!(catalog.undo),
            move || undos.iter().rev().for_each(|undo| cart.undo(undo.clone())),
        );
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        add();
    };
    let head = |name: LocalText| view! { <th scope="col">{move || local(&name)}</th> };
    let columns = matrix.columns.iter().cloned().map(head).collect_view();
    let rows = matrix.rows.iter().cloned().enumerate();
    let rows = rows.map(|(row, name)| {
        let cells = (0..matrix.columns.len()).map(|column| {
            let offer = matrix.cell(row, column).and_then(|id| offer_of(product, id));
            match offer {
                Some(offer) => view! { <MatrixCell offer=offer typed=typed /> }.into_any(),
                None => view! { <td class="matrix-none">"—"</td> }.into_any(),
            }
        });
        view! {
            <tr>
                <th scope="row">{move || local(&name)}</th>
                {cells.collect_view()}
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Card title=Signal::derive(move || text!(product_page.matrix))>
            <form class="matrix" novalidate on:submit=submit>
                <div class="matrix-frame" tabindex="0" role="region" aria-label=move || text!(product_page.matrix)>
                    <table>
                        <thead>
                            <tr>
                                <td></td>
                                {columns}
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                <Button
                    label=move || text!(product_page.add_all)
                    icon=IconName::Cart
                    variant=Variant::Primary
                    submit=true
                />
            </form>
        </Card>
    }
}

/// What is offered of a variant; what was offered last stays.
fn offer_of(product: Memo<Option<CatalogProduct>>, id: VariantId) -> Option<Memo<Offer>> {
    let find =
        move |product: &Option<CatalogProduct>| product.as_ref().and_then(|product| offer(product, id));
    let first = product.with_untracked(find)?;
    Some(Memo::new(move |before: Option<&Offer>| {
        product
            .with(find)
            .unwrap_or_else(|| before.unwrap_or(&first).clone())
    }))
}

fn cell_id(id: VariantId) -> String {
    format!("matrix-{id}")
}

fn focus(id: VariantId) {
    let found = document().get_element_by_id(&cell_id(id));
    let input = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(input) = input {
        // What can't be focused is at least marked.
        let _ = input.focus();
    }
}

#[component]
fn MatrixCell(offer: Memo<Offer>, typed: Typed) -> impl IntoView {
    let session = expect_context::<SessionContext>();
    let cart = expect_context::<Cart>();
    let promotions = Promotions::of_page();
    let id = offer.with_untracked(|offer| offer.variant.id);
    let text = Memo::new(move |_| {
        typed
            .texts
            .with(|texts| texts.get(&id).cloned().unwrap_or_default())
    });
    let quantity = move || {
        text.with(|text| read_quantity(text).ok())
            .filter(|quantity| !quantity.is_zero())
            .unwrap_or(Quantity::ONE)
    };
    let price = move || {
        let unit = offer.with(|offer| promotions.price(offer, quantity()).unit);
        format::money(unit, &session.currency())
    };
    let label = move || {
        offer.with(|offer| {
            text!(
                catalog.quantity,
                name = local(&offer.item.name),
                unit = local(&offer.variant.unit.name)
            )
        })
    };
    let problem = Memo::new(move |_| typed.problems.with(|problems| problems.get(&id).cloned()));
    let error = move || {
        problem.get().map(|problem| match problem {
            AddProblem::Unreadable(error) => goods::unreadable(error),
            AddProblem::Breach { breach, .. } => offer.with(|offer| goods::breach(&breach, &offer.item.unit)),
        })
    };
    let in_cart = move || {
        let quantity = cart.with(|kept| kept.draft.quantity_of(id)).unwrap_or_default();
        let said = || offer.with(|offer| format::quantity_of(quantity, &offer.item.unit));
        (!quantity.is_zero()).then(|| text!(catalog.in_cart, quantity = said()))
    };
    let stock = move || offer.with(|offer| goods::stock(offer.variant.stock, &offer.variant.base_unit));
    let input = move |event: leptos::ev::Event| {
        let text = event_target_value(&event);
        typed.texts.update(|texts| {
            texts.insert(id, text);
        });
        // A complaint ends with the next key.
        if typed
            .problems
            .with_untracked(|problems| problems.contains_key(&id))
        {
            typed.problems.update(|problems| {
                problems.remove(&id);
            });
        }
    };
    let described = format!("{}-about", cell_id(id));
    let about = described.clone();
    view! {
        <td>
            <input
                class="input"
                id=cell_id(id)
                type="text"
                inputmode="decimal"
                autocomplete="off"
                data-kind="decimal"
                aria-label=label
                aria-invalid=move || problem.with(Option::is_some).then_some("true")
                aria-describedby=described
                prop:value=move || text.get()
                on:input=input
            />
            <span class="matrix-about" id=about>
                <Figure text=Signal::derive(price) />
                " "
                <small>{stock}</small>
                <small class="in-cart">{in_cart}</small>
                <small class="field-error">{error}</small>
            </span>
        </td>
    }
}
