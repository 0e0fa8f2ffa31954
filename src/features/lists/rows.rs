//! Goods of a list with their quantities to be ordered, one by one or together.

use std::collections::BTreeMap;

use countersign_domain::id::VariantId;
use countersign_domain::quantity::Quantity;
use leptos::prelude::*;

use crate::features::lists::model::{RowItem, Together, together};
use crate::features::lists::row::goods_row;
use crate::i18n::problems;
use crate::queries::draft::{Added, Cart};
use crate::queries::offers::{Offers, offers};
use crate::text;
use crate::ui::{Button, ErrorState, IconName, LoadMore, Toasts, Variant};

/// Rows shown at first, and more with each press.
const PAGE: usize = 60;

/// What is typed into the rows, whether they are shown yet or not.
pub type TypedQuantities = StoredValue<BTreeMap<VariantId, ArcRwSignal<String>>>;

/// The rows, and a button that adds those that go together.
#[component]
pub fn GoodsRows(
    /// What is shown.
    items: Memo<Vec<RowItem>>,
    /// What it is.
    label: Signal<String>,
    /// What the button that adds several says of how many; without it there is none.
    #[prop(optional)]
    all_label: Option<Callback<usize, String>>,
) -> impl IntoView {
    let offers = offers(move || {
        let mut ids: Vec<_> = items.with(|items| items.iter().map(|item| item.goods.variant_id).collect());
        ids.sort_unstable();
        ids.dedup();
        ids
    });
    let typed: TypedQuantities = StoredValue::new(BTreeMap::new());
    let shown = RwSignal::new(PAGE);
    let ids = move || {
        items.with(|items| {
            let ids = items.iter().map(|item| item.goods.variant_id);
            ids.take(shown.get()).collect::<Vec<_>>()
        })
    };
    let row = move |id: VariantId| goods_row(items, offers, typed, id);
    let failed = move || {
        offers.known.with(|known| known.failed.clone()).map(|error| {
            view! {
                <ErrorState
                    message=Signal::derive(move || problems::words(&error))
                    retry_label=move || text!(lists.retry)
                    on_retry=move |()| offers.retry()
                />
            }
        })
    };
    let all = all_label.map(|label| view! { <AddAll items=items offers=offers typed=typed label=label /> });
    view! {
        {all}
        {failed}
        <ul class="goods-rows" aria-label=move || label.get()>
            <For each=ids key=|id| *id children=row />
        </ul>
        <LoadMore
            label=move || text!(lists.more)
            more=Signal::derive(move || items.with(Vec::len) > shown.get())
            on_more=move |()| shown.update(|shown| *shown += PAGE)
        />
    }
}

#[component]
fn AddAll(
    items: Memo<Vec<RowItem>>,
    offers: Offers,
    typed: TypedQuantities,
    label: Callback<usize, String>,
) -> impl IntoView {
    let cart = expect_context::<Cart>();
    let toasts = expect_context::<Toasts>();
    let count = Memo::new(move |_| items.with(|items| items.iter().filter(|item| item.in_all).count()));
    let add = move |()| {
        let in_cart = |id| {
            cart.peek(|kept| kept.draft.quantity_of(id))
                .unwrap_or(Quantity::ZERO)
        };
        let found = items.with_untracked(|items| {
            let rows = items.iter().filter(|item| item.in_all).map(|item| {
                let id = item.goods.variant_id;
                let availability = offers.known.with_untracked(|known| known.of(id));
                let typed = typed.with_value(|typed| typed.get(&id).map(|typed| typed.get_untracked()));
                (availability, typed, in_cart(id), item.clone())
            });
            together(rows)
        });
        put(cart, toasts, found);
    };
    view! {
        <Show when=move || { count.get() > 0 }>
            <p class="goods-all">
                <Button
                    label=Signal::derive(move || label.run(count.get()))
                    icon=IconName::Cart
                    variant=Variant::Primary
                    on_press=add
                />
            </p>
        </Show>
    }
}

/// Puts it into the cart and says what became of it, with the way back.
pub fn put(cart: Cart, toasts: Toasts, found: Together) {
    let Together { items, left_out } = found;
    let count = items.len();
    if count > 0 {
        let Added {
            undos,
            left_out: without_room,
        } = cart.add_each(items);
        let added = count.saturating_sub(without_room);
        if added > 0 {
            toasts.say_with_undo(
                untrack(|| text!(lists.added_all, count = added)),
                untrack(|| text!(lists.undo)),
                move || cart.undo_each(&undos),
            );
        }
        if without_room > 0 {
            toasts.warn(untrack(|| text!(lists.cart_full, count = without_room)));
        }
    }
    if left_out > 0 {
        toasts.warn(untrack(|| text!(lists.left_out, count = left_out)));
    }
}
