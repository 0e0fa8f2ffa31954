//! For which customer staff order.

use countersign_contract::Page;
use countersign_contract::account::{CustomerQuery, CustomerRef, ListCustomers};
use leptos::prelude::*;

use crate::i18n::{local, problems};
use crate::layout::{unsent, use_title};
use crate::queries::draft::Pending;
use crate::queries::on_behalf::OnBehalf;
use crate::queries::{self, Remote};
use crate::route::{Route, Supply, use_navigator, use_route};
use crate::text;
use crate::ui::{Card, EmptyState, ErrorState, IconName, PageHeader, SearchBox, Skeleton};

/// Customers shown at once; whoever is not among them is found by a word or the code.
const SHOWN: u32 = 50;

/// The customers this person may order for, found by name or code, and those who were opened last on this device.
#[component]
pub fn OrderForPage() -> impl IntoView {
    use_title(|| text!(on_behalf.title));
    let (here, navigator) = (use_route(), use_navigator());
    let words = Memo::new(move |_| match here.get() {
        Route::Supply(Supply::OrderFor { q }) => q,
        _ => String::new(),
    });
    let read = queries::read::<ListCustomers>(move || {
        let q = words.get();
        let query = CustomerQuery {
            q: (!q.is_empty()).then_some(q),
            limit: Some(SHOWN),
            to_order_for: Some(true),
            ..CustomerQuery::default()
        };
        Some(((), query))
    });
    let search = move |q: String| navigator.replace(&Route::Supply(Supply::OrderFor { q }));
    let found = move || match read.state.get() {
        Remote::Loading => view! { <Skeleton label=move || text!(on_behalf.loading) lines=6 /> }.into_any(),
        Remote::Failed(error) => view! {
            <ErrorState
                message=Signal::derive(move || problems::words(&error))
                retry_label=move || text!(on_behalf.retry)
                on_retry=move || read.retry()
            />
        }
        .into_any(),
        Remote::Ready(page) if page.items.is_empty() => view! {
            <EmptyState
                title=move || text!(on_behalf.none)
                hint=move || text!(on_behalf.none_hint)
                icon=IconName::Account
            />
        }
        .into_any(),
        Remote::Ready(page) => customers(&page),
    };
    view! {
        <PageHeader title=move || text!(on_behalf.title) lead=move || text!(on_behalf.lead) />
        <Recent />
        <SearchBox label=move || text!(on_behalf.search) value=words on_search=search />
        {found}
    }
}

fn customers(page: &Page<CustomerRef>) -> AnyView {
    let rows = page.items.iter().map(|one| row(one, None)).collect_view();
    let more = page
        .next
        .is_some()
        .then(|| view! { <p class="hint">{move || text!(on_behalf.more)}</p> });
    view! {
        <ul class="behalf-customers" aria-label=move || text!(on_behalf.customers)>{rows}</ul>
        {more}
    }
    .into_any()
}

/// Those who were opened here, with the orders that wait for the server.
#[component]
fn Recent() -> impl IntoView {
    let behalf = expect_context::<OnBehalf>();
    let recent = Memo::new(move |_| behalf.recent());
    let is_any = Memo::new(move |_| recent.with(|recent| !recent.is_empty()));
    view! {
        <Show when=move || is_any.get()>
            <Card title=move || text!(on_behalf.recent)>
                <ul class="behalf-customers" aria-label=move || text!(on_behalf.recent)>
                    {move || recent.get().iter().map(|(one, pending)| row(one, Some(*pending))).collect_view()}
                </ul>
            </Card>
        </Show>
    }
}

fn row(customer: &CustomerRef, pending: Option<Pending>) -> AnyView {
    let pending = pending.filter(|pending| pending.all() > 0);
    let unsent = pending.map(|pending| {
        view! { <small>{move || unsent(pending.waiting, pending.attention)}</small> }
    });
    let (href, code) = (Route::to_order_for(customer.id), customer.code.clone());
    let name = customer.name.clone();
    view! {
        <li>
            <a href=href>{move || local(&name)}</a>
            <small>{code}</small>
            {unsent}
        </li>
    }
    .into_any()
}
