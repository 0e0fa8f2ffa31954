//! Using the last order again: shows what is no longer to be had, then puts the rest into the cart.

use countersign_contract::endpoint::NoQuery;
use countersign_contract::order::{GetOrder, OrderSummary};
use countersign_domain::order::OrderLine;
use leptos::prelude::*;

use crate::features::home::distributor::model::{Again, again};
use crate::i18n::{format, local, problems};
use crate::offline::draft::Full;
use crate::queries::draft::Cart;
use crate::queries::offers::offers;
use crate::queries::{self, Remote};
use crate::route::{Route, use_navigator};
use crate::session::SessionContext;
use crate::text;
use crate::ui::{Button, Card, ErrorState, Figure, Skeleton, Toasts, Variant};

/// The last order, to be used again.
#[component]
pub fn UseAgain(
    /// It.
    last: OrderSummary,
) -> impl IntoView {
    let session = expect_context::<SessionContext>();
    // Asked for only once somebody wants it.
    let is_open = RwSignal::new(false);
    let OrderSummary {
        id,
        number,
        total,
        line_count,
        ..
    } = last;
    let total = move || format::money(total, &session.currency());
    view! {
        <Card title=move || text!(home.distributor.last)>
            <p class="home-last">
                <a href=Route::Order(id).to_path()>{number}</a>
                " "
                <Figure text=Signal::derive(total) strong=true />
                <br />
                <small>{move || text!(home.distributor.line_count, count = line_count)}</small>
            </p>
            <Show
                when=move || is_open.get()
                fallback=move || {
                    view! {
                        <Button
                            label=move || text!(home.distributor.use_again)
                            on_press=move |()| is_open.set(true)
                        />
                    }
                }
            >
                <Lines id=id />
            </Show>
        </Card>
    }
}

#[component]
fn Lines(id: countersign_domain::id::OrderId) -> impl IntoView {
    let cart = expect_context::<Cart>();
    let toasts = expect_context::<Toasts>();
    let order = queries::read::<GetOrder>(move || Some((id, NoQuery {})));
    let lines = Memo::new(move |_| {
        order.state.with(|state| {
            state
                .ready()
                .map(|detail| detail.order.lines.clone())
                .unwrap_or_default()
        })
    });
    let offers = offers(move || {
        let mut ids: Vec<_> = lines.with(|lines| lines.iter().map(|line| line.variant_id).collect());
        ids.sort_unstable();
        ids.dedup();
        ids
    });
    let found = Memo::new(move |_| lines.with(|lines| offers.known.with(|known| again(lines, known))));
    let failed = move || match order.state.get() {
        Remote::Failed(error) => Some(error),
        Remote::Loading | Remote::Ready(_) => offers.known.with(|known| known.failed.clone()),
    };
    let is_asking = Memo::new(move |_| {
        order.state.with(|state| *state == Remote::Loading) || found.with(|found| found.asking > 0)
    });
    let navigator = use_navigator();
    let put = Callback::new(move |()| match cart.add_all(found.get_untracked().offered) {
        Ok(()) => navigator.go(&Route::Cart),
        Err(Full) => toasts.warn(text!(home.distributor.full)),
    });
    move || match (failed(), is_asking.get()) {
        (Some(error), _) => view! {
            <ErrorState
                message=Signal::derive(move || problems::words(&error))
                retry_label=move || text!(home.distributor.retry)
                on_retry=move |()| {
                    order.retry();
                    offers.retry();
                }
            />
        }
        .into_any(),
        (None, true) => {
            view! { <Skeleton label=move || text!(home.distributor.checking) lines=3 /> }.into_any()
        }
        (None, false) => view! { <Found found=found put=put /> }.into_any(),
    }
}

#[component]
fn Found(found: Memo<Again>, put: Callback<()>) -> impl IntoView {
    let gone = move || found.with(|found| found.gone.clone());
    let row = |line: OrderLine| {
        let sku = line.sku.clone();
        view! { <li>{move || local(&line.name)} " " <small class="code">{sku}</small></li> }.into_any()
    };
    let count = move || found.with(|found| found.offered.len());
    view! {
        <Show when=move || found.with(|found| !found.gone.is_empty())>
            <p><b>{move || text!(home.distributor.missing)}</b></p>
            <ul class="home-gone"><For each=gone key=|line| line.id children=row /></ul>
        </Show>
        <Show
            when=move || { count() > 0 }
            fallback=|| view! { <p>{move || text!(home.distributor.put_none)}</p> }
        >
            <Button
                label=Signal::derive(move || text!(home.distributor.put, count = count()))
                variant=Variant::Primary
                on_press=put
            />
        </Show>
    }
}
