//! A queue of the supplier's: the returns that wait at a stage, who came first on top.

use leptos::html;
use leptos::prelude::*;

use crate::features::returns::batch::{Batch, BatchFoot};
use crate::features::returns::list::{ReturnPages, Rows};
use crate::features::returns::model::queue_query;
use crate::features::returns::moving::{choose_focused, walk_rows};
use crate::i18n::returns;
use crate::layout::{NotFoundPage, use_title};
use crate::order_view::passing_now;
use crate::route::{Route, use_route};
use crate::session::SessionContext;
use crate::text;
use crate::ui::PageHeader;

/// The returns that wait at the stage of the address.
#[component]
pub fn ReturnQueuePage() -> impl IntoView {
    let Route::ReturnQueue(stage) = use_route().get_untracked() else {
        return view! { <NotFoundPage /> }.into_any();
    };
    let session = expect_context::<SessionContext>();
    use_title(move || returns::stage(stage));
    let batch = Batch::new(stage);
    let rows = Rows {
        query: Callback::new(move |cursor| queue_query(stage, cursor)),
        nothing: Signal::derive(|| (text!(returns.queue_empty), text!(returns.queue_empty_hint))),
        names_customer: true,
        currency: StoredValue::new(untrack(|| session.currency())),
        age: Some(passing_now()),
        batch: Some(batch),
    };
    let list: NodeRef<html::Section> = NodeRef::new();
    walk_rows(list);
    batch.listen(choose_focused);
    view! {
        <PageHeader title=move || returns::stage(stage) />
        <section node_ref=list aria-label=move || returns::stage(stage)>
            <ReturnPages cursor=Signal::stored(None) first=true rows=rows />
            <BatchFoot batch=batch currency=rows.currency />
        </section>
    }
    .into_any()
}
