//! The cart page.

use countersign_contract::list::ItemBody;
use leptos::prelude::*;

use crate::features::cart::changes::Changes;
use crate::features::cart::delivery::Delivery;
use crate::features::cart::drafts::{DraftNameField, Drafts};
use crate::features::cart::files::DraftFiles;
use crate::features::cart::keeping::Keeping;
use crate::features::cart::lines::{Lines, go_to};
use crate::features::cart::merge::Merge;
use crate::features::cart::state::CartState;
use crate::features::cart::steps::Steps;
use crate::features::cart::summary::Summary;
use crate::goods_view::{SaveAsList, list_items};
use crate::i18n::problems;
use crate::layout::use_title;
use crate::offline::draft::{Draft, DraftLine, read_quantity};
use crate::route::{CatalogFilter, Route};
use crate::text;
use crate::ui::{ActionBar, EmptyState, ErrorState, IconName, PageHeader};

/// What is to be ordered.
#[component]
pub fn CartPage() -> impl IntoView {
    use_title(|| text!(cart.title));
    let state = CartState::new();
    let is_empty = Memo::new(move |_| state.cart.line_count() == 0);
    // There from the start wherever something can be done: nothing moves when it is.
    let has_steps = Memo::new(move |_| {
        let has = state
            .cart
            .with(|kept| kept.last_step().or(kept.next_step()).is_some());
        !is_empty.get() || has.unwrap_or_default()
    });
    // Another tab that changes the draft makes the page anew, as its fields hold what was typed here.
    let shown = Memo::new(move |_| (is_empty.get(), state.cart.generation()));
    let body = move || {
        match shown.get() {
        (true, _) => view! {
            <EmptyState
                title=move || text!(cart.empty)
                hint=move || text!(cart.empty_lead)
                icon=IconName::Cart
            >
                <a class="button" data-variant="primary" href=Route::Catalog(CatalogFilter::default()).to_path()>
                    {move || text!(cart.to_catalog)}
                </a>
            </EmptyState>
        }
        .into_any(),
        (false, _) => view! { <Filled state=state /> }.into_any(),
    }
    };
    view! {
        <PageHeader title=move || text!(cart.title)>
            <Show when=move || has_steps.get()>
                <Steps cart=state.cart />
            </Show>
            <Drafts cart=state.cart />
            <Show when=move || !is_empty.get()>
                <SaveAsList items=move |()| items(state) name=Signal::derive(move || name(state)) />
            </Show>
        </PageHeader>
        // A line of its own, there before it says anything: what it says gets longer and shorter with the connection.
        <div class="cart-keeping"><Keeping cart=state.cart /></div>
        <Merge state=state />
        {body}
    }
}

/// What can be saved as a list: every line whose quantity can be read.
fn items(state: CartState) -> Vec<ItemBody> {
    let lines = |draft: &Draft| {
        let quantity = |line: &DraftLine| Some((line.item.variant_id, read_quantity(&line.typed).ok()?));
        list_items(draft.lines.iter().filter_map(quantity))
    };
    state.cart.peek(|kept| lines(&kept.draft)).unwrap_or_default()
}

fn name(state: CartState) -> String {
    state
        .cart
        .with(|kept| kept.draft.name.clone())
        .unwrap_or_default()
}

#[component]
fn Filled(state: CartState) -> impl IntoView {
    let failed = move || {
        state
            .offers
            .known
            .with(|known| known.failed.clone())
            .map(|error| {
                view! {
                    <ErrorState
                        message=Signal::derive(move || problems::words(&error))
                        retry_label=move || text!(cart.retry)
                        on_retry=move |()| state.offers.retry()
                    />
                }
            })
    };
    let total = move || state.money(state.totals.with(|totals| totals.total));
    view! {
        <Changes state=state />
        {failed}
        <div class="cart">
            <div class="cart-main">
                <Lines state=state />
                <Delivery state=state />
                <DraftFiles cart=state.cart />
                <DraftNameField cart=state.cart />
            </div>
            <aside class="cart-side"><Summary state=state go_to=go_to /></aside>
        </div>
        <ActionBar label=move || text!(cart.title)>
            <a class="button" data-variant="primary" href=Route::CartReview.to_path()>{move || text!(cart.to_review)}</a>
            <b class="cart-bar-total">{total}</b>
        </ActionBar>
    }
}
