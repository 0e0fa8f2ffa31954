//! Which page an address opens, on either side. Two functions rather than one: what only one side opens is not
//! downloaded by the other.

use leptos::prelude::*;

use crate::features::approvals::QueuePage;
use crate::features::cart::{CartPage, CartReviewPage};
use crate::features::catalog::{CatalogPage, ProductPage};
use crate::features::home::{DistributorHomePage, SupplierHomePage};
use crate::features::orders::{OrderPage, OrdersPage};
use crate::features::outbox::{OutboxEntryPage, OutboxPage};
use crate::features::settings::WorkflowPage;
use crate::layout::NotFoundPage;
use crate::route::Route;

/// A distributor's page at `route`. A page reads the rest of its address - filter, open item - itself.
pub fn of_distributor(route: &Route) -> AnyView {
    match route {
        Route::Home => view! { <DistributorHomePage /> }.into_any(),
        Route::Catalog(_) => view! { <CatalogPage /> }.into_any(),
        Route::Product(_) => view! { <ProductPage /> }.into_any(),
        Route::Cart => view! { <CartPage /> }.into_any(),
        Route::CartReview => view! { <CartReviewPage /> }.into_any(),
        Route::Outbox => view! { <OutboxPage /> }.into_any(),
        Route::OutboxEntry(id) => view! { <OutboxEntryPage id=*id /> }.into_any(),
        _ => of_both(route),
    }
}

/// Staff's page at `route`.
pub fn of_supplier(route: &Route) -> AnyView {
    match route {
        Route::Home => view! { <SupplierHomePage /> }.into_any(),
        Route::Queue { .. } => view! { <QueuePage /> }.into_any(),
        Route::Workflow => view! { <WorkflowPage /> }.into_any(),
        _ => of_both(route),
    }
}

/// What both sides have.
fn of_both(route: &Route) -> AnyView {
    match route {
        Route::Orders(_) => view! { <OrdersPage /> }.into_any(),
        Route::Order(_) => view! { <OrderPage /> }.into_any(),
        _ => view! { <NotFoundPage /> }.into_any(),
    }
}
