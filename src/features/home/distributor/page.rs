//! What waits for the customer, what is on its way, and how the account stands.

use std::sync::Arc;

use countersign_contract::account::Standing;
use countersign_contract::endpoint::NoQuery;
use countersign_contract::home::{DistributorHome, GetDistributorHome};
use countersign_contract::order::OrderSummary;
use leptos::prelude::*;

use crate::api::{ApiError, now};
use crate::features::home::distributor::again::UseAgain;
use crate::features::home::distributor::model::{Need, is_new, need};
use crate::features::home::distributor::promotions::PromotionsCard;
use crate::i18n::{format, labels, problems};
use crate::layout::use_title;
use crate::notice_view::{AlertsCard, NewestCard, News};
use crate::queries::draft::Cart;
use crate::queries::{self, Remote};
use crate::route::{CatalogFilter, OrdersFilter, Route};
use crate::session::SessionContext;
use crate::text;
use crate::ui::{
    Badge, Card, EmptyState, ErrorState, Figure, IconName, KeyValue, KeyValues, PageHeader, Skeleton, Tone,
};

/// A customer's home page.
#[component]
pub fn DistributorHomePage() -> impl IntoView {
    use_title(|| text!(home.distributor.title));
    let read = queries::read::<GetDistributorHome>(|| Some(((), NoQuery {})));
    let home = Memo::new(move |_| read.state.with(|state| state.ready().cloned()));
    let news = News::read();
    let face = Memo::new(move |_| match read.state.get() {
        Remote::Failed(error) => Face::Error(error),
        Remote::Loading => Face::Skeleton,
        Remote::Ready(_) if news.is_loading() => Face::Skeleton,
        Remote::Ready(home) if is_new(&home) => Face::New,
        Remote::Ready(_) => Face::Home,
    });
    let body = move || {
        match face.get() {
        Face::Skeleton => view! { <Skeleton label=move || text!(home.distributor.loading) lines=8 /> }.into_any(),
        Face::Error(error) => view! {
            <ErrorState
                message=Signal::derive(move || problems::words(&error))
                retry_label=move || text!(home.distributor.retry)
                on_retry=move |()| read.retry()
            />
        }
        .into_any(),
        Face::New => view! {
            <EmptyState
                title=move || text!(home.distributor.welcome)
                hint=move || text!(home.distributor.welcome_lead)
                icon=IconName::Catalog
            >
                <a class="button" data-variant="primary" href=Route::Catalog(CatalogFilter::default()).to_path()>
                    {move || text!(home.distributor.to_catalog)}
                </a>
            </EmptyState>
            <NewestCard news=news />
        }
        .into_any(),
        Face::Home => view! { <Home home=home news=news /> }.into_any(),
    }
    };
    view! {
        <PageHeader title=move || text!(home.distributor.title)><ToCart /></PageHeader>
        {body}
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Face {
    Skeleton,
    Error(ApiError),
    New,
    Home,
}

/// The way on to a cart that was begun, or to the catalog.
#[component]
fn ToCart() -> impl IntoView {
    let cart = expect_context::<Cart>();
    let count = Memo::new(move |_| cart.line_count());
    move || {
        match count.get() {
        0 => view! {
            <a class="button" data-variant="secondary" href=Route::Catalog(CatalogFilter::default()).to_path()>
                {text!(home.distributor.to_catalog)}
            </a>
        }
        .into_any(),
        count => view! {
            <a class="button" data-variant="primary" href=Route::Cart.to_path()>
                {text!(home.distributor.to_cart, count = count)}
            </a>
        }
        .into_any(),
    }
    }
}

#[component]
fn Home(home: Memo<Option<Arc<DistributorHome>>>, news: News) -> impl IntoView {
    let needs_me = move || home.get().map(|home| home.needs_me.clone()).unwrap_or_default();
    let open = move || home.get().map(|home| home.open.clone()).unwrap_or_default();
    let last = Memo::new(move |_| home.get().and_then(|home| home.last.clone()));
    let standing = Memo::new(move |_| home.get().map(|home| home.standing.clone()));
    view! {
        <div class="home">
            <div class="home-main">
                <Card title=move || text!(home.distributor.needs_me)>
                    <OrderList orders=Signal::derive(needs_me) none=move || text!(home.distributor.needs_nothing) />
                </Card>
                <AlertsCard news=news with_reviews=true />
                <Card title=move || text!(home.distributor.open)>
                    <OrderList orders=Signal::derive(open) none=move || text!(home.distributor.open_none) />
                    <p>
                        <a href=Route::Orders(OrdersFilter::default()).to_path()>
                            {move || text!(home.distributor.all_orders)}
                        </a>
                    </p>
                </Card>
            </div>
            <aside class="home-side">
                {move || standing.get().map(|standing| view! { <StandingCard standing=standing /> })}
                <NewestCard news=news />
                {move || last.get().map(|last| view! { <UseAgain last=last /> }.into_any())}
                // Read by itself: when it comes there is nothing below it to move.
                <PromotionsCard />
            </aside>
        </div>
    }
}

#[component]
fn OrderList(orders: Signal<Vec<OrderSummary>>, #[prop(into)] none: Signal<String>) -> impl IntoView {
    // A changed order is a new row: its version is part of the key.
    let key = |order: &OrderSummary| (order.id, order.version);
    let row = |order: OrderSummary| view! { <OrderRow order=order /> }.into_any();
    view! {
        <ul class="home-orders"><For each=move || orders.get() key=key children=row /></ul>
        <Show when=move || orders.with(Vec::is_empty)><p class="home-none">{move || none.get()}</p></Show>
    }
}

#[component]
fn OrderRow(order: OrderSummary) -> impl IntoView {
    let session = expect_context::<SessionContext>();
    let OrderSummary {
        id,
        number,
        status,
        total,
        line_count,
        submitted_at,
        due_at,
        promised_date,
        ..
    } = order.clone();
    let wants = need(&order);
    let about = move || match wants {
        Some(Need::Confirm) => text!(home.distributor.need.confirm),
        Some(Need::Answer) => text!(home.distributor.need.answer),
        Some(Need::Receive) => text!(home.distributor.need.receive),
        Some(Need::Mend) => text!(home.distributor.need.mend),
        None => labels::status(status),
    };
    let tone = if wants.is_some() {
        Tone::Accent
    } else {
        Tone::Plain
    };
    let is_late = due_at.is_some_and(|due| due < now());
    let due = move || due_at.map(|due| text!(home.distributor.due, time = format::moment(due)));
    let promised = move || {
        promised_date.map(|date| {
            [
                " · ".to_owned(),
                text!(home.distributor.promised, date = format::date(date)),
            ]
            .concat()
        })
    };
    let spoken = {
        let number = number.clone();
        move || text!(home.distributor.order_label, number = number.clone())
    };
    view! {
        <li>
            <a class="home-order" href=Route::Order(id).to_path()>
                <b class="home-number"><span class="visually-hidden">{spoken}</span><span aria-hidden="true">{number}</span></b>
                <Figure text=Signal::derive(move || format::money(total, &session.currency())) strong=true />
                <small>
                    {move || text!(home.distributor.line_count, count = line_count)} " · "
                    <span title=move || format::moment(submitted_at)>
                        {move || text!(home.distributor.submitted, time = format::relative(submitted_at, now()))}
                    </span>
                    {promised}
                </small>
                <span class="home-state">
                    <Badge text=Signal::derive(about) tone=tone />
                    <small data-late=is_late.then_some("true")>{due}</small>
                </span>
            </a>
        </li>
    }
}

#[component]
fn StandingCard(standing: Standing) -> impl IntoView {
    let session = expect_context::<SessionContext>();
    let money = move |amount| Signal::derive(move || format::money(amount, &session.currency()));
    let Standing {
        policy,
        exposure,
        credit_left,
    } = standing;
    let left = credit_left.map(|left| {
        let is_over = left.is_negative();
        let label = move || {
            if is_over {
                text!(home.distributor.credit_over)
            } else {
                text!(home.distributor.credit_left)
            }
        };
        let amount = if is_over { -left } else { left };
        view! { <KeyValue label=Signal::derive(label)><Figure text=money(amount) strong=true /></KeyValue> }
    });
    view! {
        <Card title=move || text!(home.distributor.standing)>
            <KeyValues>
                {left}
                <KeyValue label=move || text!(home.distributor.exposure)>
                    <Figure text=money(exposure) />
                </KeyValue>
                <KeyValue label=move || text!(home.distributor.policy)>{move || labels::policy(&policy)}</KeyValue>
            </KeyValues>
        </Card>
    }
}
