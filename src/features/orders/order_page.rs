//! One order, for either side.

use countersign_domain::id::OrderId;
use leptos::prelude::*;

use crate::features::orders::receive_form::ReceiveForm;
use crate::features::orders::resubmit_form::ResubmitForm;
use crate::goods_view::{SaveAsList, list_items};
use crate::layout::{NotFoundPage, use_title};
use crate::order_view::{Deed, OrderDesk, sheet, work};
use crate::route::{OrdersFilter, Route, use_route};
use crate::text;
use crate::ui::{Icon, IconName, Toasts};

/// The order of the address with everything about it.
#[component]
pub fn OrderPage() -> impl IntoView {
    match use_route().get_untracked() {
        Route::Order(id) => view! { <OpenOrder id=id /> }.into_any(),
        _ => view! { <NotFoundPage /> }.into_any(),
    }
}

#[component]
fn OpenOrder(id: OrderId) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let done = Callback::new(move |_| toasts.say(untrack(|| text!(orders.done))));
    let desk = OrderDesk::open(id, done);
    use_title(move || {
        desk.detail
            .with(|detail| detail.as_deref().map(|detail| detail.order.number.clone()))
            .unwrap_or_default()
    });
    // Another account gets another desk: the side does not change while this page is there.
    let is_customer = untrack(|| desk.is_customer());
    let back = Route::Orders(OrdersFilter::default()).to_path();
    view! {
        <nav class="order-back" aria-label=move || text!(orders.way)>
            <a href=back><Icon name=IconName::Back /> {move || text!(orders.title)}</a>
        </nav>
        {is_customer.then(|| view! { <AgainTools desk=desk /> })}
        {sheet(desk, forms, false)}
    }
}

/// What a customer can do with the goods of an order, whatever its state: order them again, keep them as a list.
#[component]
fn AgainTools(desk: OrderDesk) -> impl IntoView {
    let items = move |()| {
        desk.detail.with_untracked(|detail| {
            let lines = detail.as_deref().map(|detail| detail.order.lines.as_slice());
            list_items(
                lines
                    .unwrap_or_default()
                    .iter()
                    .map(|line| (line.variant_id, line.ordered)),
            )
        })
    };
    let name = Signal::derive(move || {
        desk.detail
            .with(|detail| detail.as_deref().map(|detail| detail.order.number.clone()))
            .unwrap_or_default()
    });
    view! {
        <Show when=move || desk.detail.with(Option::is_some)>
            <div class="order-tools">
                <a class="button" data-variant="secondary" href=Route::OrderAgain(desk.id).to_path()>
                    {move || text!(lists.again.link)}
                </a>
                <SaveAsList items=items name=name />
            </div>
        </Show>
    }
}

/// The distributor's own forms; the others are the same everywhere.
fn forms(desk: OrderDesk, deed: Deed) -> AnyView {
    match deed {
        Deed::Receive => view! { <ReceiveForm desk=desk /> }.into_any(),
        Deed::Resubmit => view! { <ResubmitForm desk=desk /> }.into_any(),
        deed => work::form(desk, deed),
    }
}
