//! What waits for whoever signed in, what is late, and how the orders come in.

use std::sync::Arc;

use countersign_contract::endpoint::NoQuery;
use countersign_contract::home::{GetSupplierHome, SupplierHome};
use countersign_contract::returns::ListReturnQueues;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::features::home::supplier::chart::DaysChart;
use crate::features::home::supplier::escalated::Escalated;
use crate::features::home::supplier::model::{Queue, queues};
use crate::features::home::supplier::queues::{QueueCards, ReturnCards};
use crate::i18n::{format, problems};
use crate::layout::use_title;
use crate::notice_view::{AlertsCard, NewestCard, News};
use crate::order_view::passing_now;
use crate::queries::{self, Remote};
use crate::route::{OrdersFilter, Route};
use crate::session::SessionContext;
use crate::text;
use crate::ui::{Card, ErrorState, Figure, KeyValue, KeyValues, PageHeader, Skeleton};

/// Staff's home page.
#[component]
pub fn SupplierHomePage() -> impl IntoView {
    use_title(|| text!(home.supplier.title));
    let read = queries::read::<GetSupplierHome>(|| Some(((), NoQuery {})));
    let home = Memo::new(move |_| read.state.with(|state| state.ready().cloned()));
    let news = News::read();
    let face = Memo::new(move |_| match read.state.get() {
        Remote::Failed(error) => Face::Error(error),
        Remote::Loading => Face::Skeleton,
        Remote::Ready(_) if news.is_loading() => Face::Skeleton,
        Remote::Ready(_) => Face::Home,
    });
    let body = move || match face.get() {
        Face::Skeleton => {
            view! { <Skeleton label=move || text!(home.supplier.loading) lines=8 /> }.into_any()
        }
        Face::Error(error) => view! {
            <ErrorState
                message=Signal::derive(move || problems::words(&error))
                retry_label=move || text!(home.supplier.retry)
                on_retry=move |()| read.retry()
            />
        }
        .into_any(),
        Face::Home => view! { <Home home=home news=news /> }.into_any(),
    };
    view! {
        <PageHeader title=move || text!(home.supplier.title)>
            <a class="button" data-variant="secondary" href=Route::Orders(OrdersFilter::default()).to_path()>
                {move || text!(home.supplier.all_orders)}
            </a>
        </PageHeader>
        {body}
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Face {
    Skeleton,
    Error(ApiError),
    Home,
}

#[component]
fn Home(home: Memo<Option<Arc<SupplierHome>>>, news: News) -> impl IntoView {
    let session = expect_context::<SessionContext>();
    let now = passing_now();
    let all = Memo::new(move |_| match (home.get(), session.current()) {
        (Some(home), Some(who)) => queues(&home.queues, &who.actor, &who.workflow.stages),
        _ => Vec::new(),
    });
    let some = move |own: bool| {
        Signal::derive(move || {
            let of_one =
                |queues: &Vec<Queue>| queues.iter().copied().filter(|queue| queue.own == own).collect();
            all.with(of_one)
        })
    };
    let has = move |own: bool| all.with(|all: &Vec<Queue>| all.iter().any(|queue| queue.own == own));
    let escalated = Memo::new(move |_| home.get().map(|home| home.escalated.clone()).unwrap_or_default());
    let returns = queries::read::<ListReturnQueues>(|| Some(((), NoQuery {})));
    let returns = Memo::new(move |_| {
        let all = returns.state.with(|state| state.ready().cloned());
        let all = all.map(|all| all.to_vec()).unwrap_or_default();
        all.into_iter()
            .filter(|queue| queue.count > 0)
            .collect::<Vec<_>>()
    });
    let has_returns = Memo::new(move |_| returns.with(|returns| !returns.is_empty()));
    let days = Memo::new(move |_| home.get().map(|home| home.days.clone()).unwrap_or_default());
    view! {
        <div class="home">
            <div class="home-main">
                <Show when=move || has(true)>
                    <Card title=move || text!(home.supplier.own_queues)>
                        <QueueCards queues=some(true) now=now />
                    </Card>
                </Show>
                <Card title=move || text!(home.supplier.escalated)>
                    <Escalated orders=escalated now=now />
                </Card>
                // Reviews that are overdue have the card above.
                <AlertsCard news=news with_reviews=false />
                <Card title=move || text!(home.supplier.days)>
                    <DaysChart days=days />
                </Card>
            </div>
            <aside class="home-side" aria-label=move || text!(home.supplier.beside)>
                <Today home=home />
                <NewestCard news=news />
                <Show when=move || has(false)>
                    <Card title=move || text!(home.supplier.other_queues)>
                        <QueueCards queues=some(false) now=now />
                    </Card>
                </Show>
                <Show when=move || has_returns.get()>
                    <Card title=move || text!(home.supplier.returns)>
                        <ReturnCards queues=returns />
                    </Card>
                </Show>
            </aside>
        </div>
    }
}

#[component]
fn Today(home: Memo<Option<Arc<SupplierHome>>>) -> impl IntoView {
    let session = expect_context::<SessionContext>();
    let orders = move || home.with(|home| home.as_ref().map_or(0, |home| home.today.orders));
    let shipped = move || home.with(|home| home.as_ref().map_or(0, |home| home.shipped_today));
    let jumps = move || home.with(|home| home.as_ref().map_or(0, |home| home.out_of_turn_30_days));
    let amount = move || {
        let amount = home.with(|home| home.as_ref().map(|home| home.today.amount));
        format::money(amount.unwrap_or_default(), &session.currency())
    };
    view! {
        <Card title=move || text!(home.supplier.today)>
            <KeyValues>
                <KeyValue label=move || text!(home.supplier.orders)>
                    <Figure text=Signal::derive(move || orders().to_string()) strong=true />
                </KeyValue>
                <KeyValue label=move || text!(home.supplier.amount)>
                    <Figure text=Signal::derive(amount) strong=true />
                </KeyValue>
                <KeyValue label=move || text!(home.supplier.shipped)>
                    <Figure text=Signal::derive(move || shipped().to_string()) />
                </KeyValue>
                <KeyValue label=move || text!(home.supplier.out_of_turn)>
                    <Figure text=Signal::derive(move || jumps().to_string()) />
                </KeyValue>
            </KeyValues>
        </Card>
    }
}
