//! Which page an address opens, on either side. Two functions rather than one: what only one side opens is not
//! downloaded by the other. What a side opens later has functions of its own, which nothing here calls
//! ([`crate::app::parts`]).

use leptos::prelude::*;

use crate::app::parts::{PageOf, Part};
use crate::features::approvals::QueuePage;
use crate::features::cart::{CartPage, CartReviewPage};
use crate::features::catalog::{CatalogPage, ProductPage};
use crate::features::delegations::DelegationsPage;
use crate::features::home::{DistributorHomePage, SupplierHomePage};
use crate::features::lists::{ListAgainPage, ListPage, ListsPage, OrderAgainPage};
use crate::features::notices::{ManagedNoticePage, ManagedNoticesPage, NoticesPage};
use crate::features::on_behalf::OrderForPage;
use crate::features::open_board::OpenBoardPage;
use crate::features::orders::{OrderPage, OrdersPage};
use crate::features::outbox::{OutboxEntryPage, OutboxPage};
use crate::features::papers::{DeliveryNotePage, PickListPage, SharedPickListPage};
use crate::features::plan::PlanPage;
use crate::features::promotions::{NewPromotionPage, PromotionPage, PromotionsPage};
use crate::features::quick_order::QuickOrderPage;
use crate::features::returns::{ReturnPage, ReturnQueuePage, ReturnsPage};
use crate::features::settings::WorkflowPage;
use crate::layout::NotFoundPage;
use crate::route::{Route, Supply};

/// A distributor's page at `route`. A page reads the rest of its address - filter, open item - itself.
///
/// This and the next name every address there is, so that a new one can't be forgotten on either side.
pub fn of_distributor(route: &Route) -> AnyView {
    match route {
        Route::Home => view! { <DistributorHomePage /> }.into_any(),
        Route::Catalog(_) => view! { <CatalogPage /> }.into_any(),
        Route::Product(_) => view! { <ProductPage /> }.into_any(),
        Route::Cart => view! { <CartPage /> }.into_any(),
        Route::CartReview => view! { <CartReviewPage /> }.into_any(),
        Route::Outbox => view! { <OutboxPage /> }.into_any(),
        Route::OutboxEntry(id) => view! { <OutboxEntryPage id=*id /> }.into_any(),
        Route::QuickOrder | Route::Lists(_) | Route::List(_) | Route::OrderAgain(_) | Route::ListAgain(_) => {
            of_part(Part::Buying, route)
        }
        Route::Orders(_) | Route::Order(_) | Route::Supply(Supply::DeliveryNote(..)) => {
            of_part(Part::Orders, route)
        }
        Route::Returns(_) | Route::Return(_) | Route::Notices(_) => of_part(Part::Returns, route),
        Route::SignIn { .. }
        | Route::Queue { .. }
        | Route::ReturnQueue { .. }
        | Route::Workflow
        | Route::ManagedNotices
        | Route::ManagedNotice(_)
        | Route::Promotions(_)
        | Route::Promotion(_)
        | Route::NewPromotion { .. }
        | Route::Supply(_)
        | Route::NotFound => view! { <NotFoundPage /> }.into_any(),
    }
}

/// The page at `route` of staff who order on behalf of a customer: a distributor's, where it is one of ordering. At any other
/// address this desk is about to be left.
pub fn of_customer(route: &Route) -> AnyView {
    if route.is_of_ordering() || *route == Route::NotFound {
        of_distributor(route)
    } else {
        ().into_any()
    }
}

/// Staff's page at `route`.
pub fn of_supplier(route: &Route) -> AnyView {
    match route {
        Route::Home => view! { <SupplierHomePage /> }.into_any(),
        Route::Queue { .. } => view! { <QueuePage /> }.into_any(),
        Route::Orders(_) | Route::Order(_) | Route::Supply(Supply::DeliveryNote(..)) => {
            of_part(Part::Orders, route)
        }
        Route::Returns(_) | Route::Return(_) | Route::ReturnQueue { .. } | Route::Notices(_) => {
            of_part(Part::Returns, route)
        }
        Route::Workflow
        | Route::ManagedNotices
        | Route::ManagedNotice(_)
        | Route::Promotions(_)
        | Route::Promotion(_)
        | Route::NewPromotion { .. }
        | Route::Supply(_) => of_part(Part::Office, route),
        Route::SignIn { .. }
        | Route::Catalog(_)
        | Route::Product(_)
        | Route::Cart
        | Route::CartReview
        | Route::Outbox
        | Route::OutboxEntry(_)
        | Route::QuickOrder
        | Route::Lists(_)
        | Route::List(_)
        | Route::OrderAgain(_)
        | Route::ListAgain(_)
        | Route::NotFound => view! { <NotFoundPage /> }.into_any(),
    }
}

/// A page that is fetched when it is first opened.
fn of_part(part: Part, route: &Route) -> AnyView {
    view! { <PageOf part=part route=route.clone() /> }.into_any()
}

/// The pages of [`Part::Orders`].
pub fn of_orders(route: &Route) -> AnyView {
    match route {
        Route::Orders(_) => view! { <OrdersPage /> }.into_any(),
        Route::Order(_) => view! { <OrderPage /> }.into_any(),
        Route::Supply(Supply::DeliveryNote(id, shipment)) => {
            view! { <DeliveryNotePage id=*id shipment=*shipment /> }.into_any()
        }
        _ => view! { <NotFoundPage /> }.into_any(),
    }
}

/// The pages of [`Part::Buying`].
pub fn of_buying(route: &Route) -> AnyView {
    match route {
        Route::QuickOrder => view! { <QuickOrderPage /> }.into_any(),
        Route::Lists(_) => view! { <ListsPage /> }.into_any(),
        Route::List(id) => view! { <ListPage id=*id /> }.into_any(),
        Route::OrderAgain(id) => view! { <OrderAgainPage id=*id /> }.into_any(),
        Route::ListAgain(id) => view! { <ListAgainPage id=*id /> }.into_any(),
        _ => view! { <NotFoundPage /> }.into_any(),
    }
}

/// The pages of [`Part::Returns`].
pub fn of_returns(route: &Route) -> AnyView {
    match route {
        Route::ReturnQueue { .. } => view! { <ReturnQueuePage /> }.into_any(),
        Route::Returns(_) => view! { <ReturnsPage /> }.into_any(),
        Route::Return(_) => view! { <ReturnPage /> }.into_any(),
        Route::Notices(_) => view! { <NoticesPage /> }.into_any(),
        _ => view! { <NotFoundPage /> }.into_any(),
    }
}

/// The pages of [`Part::Office`].
pub fn of_office(route: &Route) -> AnyView {
    match route {
        Route::Workflow => view! { <WorkflowPage /> }.into_any(),
        Route::ManagedNotices => view! { <ManagedNoticesPage /> }.into_any(),
        Route::ManagedNotice(id) => view! { <ManagedNoticePage id=*id /> }.into_any(),
        Route::Promotions(_) => view! { <PromotionsPage /> }.into_any(),
        Route::Promotion(id) => view! { <PromotionPage id=*id /> }.into_any(),
        Route::NewPromotion { copy } => view! { <NewPromotionPage copy=*copy /> }.into_any(),
        Route::Supply(Supply::OpenQuantities(_)) => view! { <OpenBoardPage /> }.into_any(),
        Route::Supply(Supply::ProductionPlan(_)) => view! { <PlanPage /> }.into_any(),
        Route::Supply(Supply::PickList(id)) => view! { <PickListPage id=*id /> }.into_any(),
        Route::Supply(Supply::SharedPickList(ids)) => {
            view! { <SharedPickListPage ids=ids.clone() /> }.into_any()
        }
        Route::Supply(Supply::Delegations) => view! { <DelegationsPage /> }.into_any(),
        Route::Supply(Supply::OrderFor { .. }) => view! { <OrderForPage /> }.into_any(),
        _ => view! { <NotFoundPage /> }.into_any(),
    }
}
