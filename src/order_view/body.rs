//! A whole order, laid out: head, track, lines, what stands beside them, history, and the bar.

use leptos::prelude::*;

use crate::i18n::problems;
use crate::order_view::facts::OrderFacts;
use crate::order_view::news::OrderNews;
use crate::order_view::papers::OrderPapers;
use crate::order_view::rating::OrderRating;
use crate::order_view::request::ProposedVersion;
use crate::order_view::returns::OrderReturnList;
use crate::order_view::second_check::SecondCheckNotice;
use crate::order_view::talk::OrderTalk;
use crate::order_view::{
    ChangeList, Forms, HistoryList, LineTable, OrderActions, OrderDesk, OrderHead, OrderTrack, ShipmentList,
};
use crate::queries::Remote;
use crate::text;
use crate::ui::{ErrorState, Notice, Skeleton, Tone};

/// What there is to show of an order.
#[derive(Clone, PartialEq)]
pub enum OrderSheet {
    /// Nothing yet.
    Loading,
    /// It could not be read.
    Failed(crate::api::ApiError),
    /// It is there, in the desk.
    Open,
}

/// The open order as a page: skeleton, error, or everything about it. Built once; live changes change its parts.
pub fn sheet(desk: OrderDesk, forms: Forms, focused: bool) -> AnyView {
    let state = Memo::new(move |_| {
        desk.read.state.with(|state| match state {
            Remote::Loading => OrderSheet::Loading,
            Remote::Failed(error) => OrderSheet::Failed(error.clone()),
            Remote::Ready(_) => OrderSheet::Open,
        })
    });
    let view = move || match state.get() {
        OrderSheet::Loading => view! {
            {nameless()}
            <Skeleton label=move || text!(order.loading) lines=9 />
        }
        .into_any(),
        OrderSheet::Failed(error) => view! {
            {nameless()}
            <ErrorState
                message=Signal::derive(move || problems::words(&error))
                retry_label=move || text!(order.retry)
                on_retry=move || desk.read.retry()
            />
        }
        .into_any(),
        OrderSheet::Open => view! {
            <article class="order-sheet">
                <OrderHead desk=desk focused=focused />
                <OrderTrack desk=desk />
                <OrderNews desk=desk />
                <OrderReason desk=desk />
                <SecondCheckNotice desk=desk />
                <Proposed desk=desk />
                <ProposedVersion desk=desk />
                <div class="order-columns">
                    <div class="order-main">
                        <LineTable desk=desk />
                        <ShipmentList desk=desk />
                        <OrderRating desk=desk />
                        <HistoryList desk=desk />
                    </div>
                    <aside class="order-aside" aria-label=move || text!(order.beside)>
                        <OrderFacts desk=desk />
                        <OrderPapers desk=desk />
                    </aside>
                </div>
                // Last, because they are read by themselves: when they come there is nothing below them to move.
                <OrderTalk desk=desk />
                <OrderReturnList desk=desk />
                <OrderActions desk=desk forms=forms />
            </article>
        }
        .into_any(),
    };
    view.into_any()
}

/// The heading of a page whose order is not there to name it.
fn nameless() -> impl IntoView {
    view! { <h1 class="visually-hidden">{move || text!(order.page)}</h1> }
}

/// Why the order was sent back or voided, in that person's words.
#[component]
fn OrderReason(desk: OrderDesk) -> impl IntoView {
    let reason = Memo::new(move |_| {
        desk.detail
            .with(|detail| detail.as_deref().and_then(|detail| detail.order.reason.clone()))
    });
    move || {
        reason.get().filter(|reason| !reason.is_empty()).map(|reason| {
            view! {
                <Notice tone=Tone::Bad>
                    <p>{move || text!(order.reason)}</p>
                    <blockquote>{reason}</blockquote>
                </Notice>
            }
        })
    }
}

/// The changes that wait for the customer's word, and until when (rule 5).
#[component]
fn Proposed(desk: OrderDesk) -> impl IntoView {
    let confirmation = Memo::new(move |_| {
        desk.detail.with(|detail| {
            let order = &detail.as_deref()?.order;
            order
                .confirmation
                .clone()
                .map(|confirmation| (confirmation, order.clone()))
        })
    });
    move || {
        confirmation.get().map(|(confirmation, order)| {
            let until = confirmation.until;
            let words = move || {
                let left = crate::order_view::deadline::words(until, desk.now.get());
                text!(
                    order.proposed_until,
                    until = crate::i18n::format::moment(until),
                    left = left
                )
            };
            view! {
                <Notice tone=Tone::Warn>
                    <p><b>{move || text!(order.proposed)}</b></p>
                    <ChangeList changes=confirmation.changes order=order />
                    <p>{words}</p>
                </Notice>
            }
            .into_any()
        })
    }
}
