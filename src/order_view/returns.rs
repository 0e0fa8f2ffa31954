//! The returns and claims of an order, with the way to each.

use countersign_contract::endpoint::NoQuery;
use countersign_contract::returns::{ListOrderReturns, ReturnSummary};
use leptos::prelude::*;

use crate::i18n::{format, returns};
use crate::order_view::OrderDesk;
use crate::queries;
use crate::route::Route;
use crate::text;
use crate::ui::Card;

/// The returns of the open order; nothing where there are none. Asked for once something has left.
#[component]
pub fn OrderReturnList(
    /// The order.
    desk: OrderDesk,
) -> impl IntoView {
    let has_left = Memo::new(move |_| {
        desk.detail.with(|detail| {
            detail
                .as_deref()
                .is_some_and(|detail| !detail.order.shipments.is_empty())
        })
    });
    let read = queries::read::<ListOrderReturns>(move || has_left.get().then_some((desk.id, NoQuery {})));
    let all = Memo::new(move |_| {
        read.state.with(|state| {
            state
                .ready()
                .map(|found| found.returns.clone())
                .unwrap_or_default()
        })
    });
    let row = move |one: ReturnSummary| {
        let href = Route::Return(one.id).to_path();
        let number = one.number.clone();
        let words = move || {
            let status = returns::status(one.status);
            let at = format::moment(one.submitted_at);
            if one.is_claim {
                text!(returns.in_order_claim, status = status, at = at)
            } else {
                text!(returns.in_order, status = status, at = at)
            }
        };
        view! { <li><a href=href>{number}</a> " " <small>{words}</small></li> }.into_any()
    };
    view! {
        <Show when=move || all.with(|all| !all.is_empty())>
            <Card title=move || text!(returns.title)>
                <ul class="order-returns">
                    <For each=move || all.get() key=|one| (one.id, one.version) children=row />
                </ul>
            </Card>
        </Show>
    }
}
