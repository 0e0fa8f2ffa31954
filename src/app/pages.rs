//! Which page an address opens, on either side.

use leptos::prelude::*;

use crate::features::approvals::QueuePage;
use crate::features::cart::{CartPage, CartReviewPage};
use crate::features::catalog::{CatalogPage, ProductPage};
use crate::features::home::{DistributorHomePage, SupplierHomePage};
use crate::features::orders::{OrderPage, OrdersPage};
use crate::features::settings::WorkflowPage;
use crate::layout::NotFoundPage;
use crate::route::Route;

/// The page at `route`. A page reads the rest of its address - filter, open item - itself.
pub fn page(route: &Route, distributor: bool) -> AnyView {
    match (route, distributor) {
        (Route::Home, true) => view! { <DistributorHomePage /> }.into_any(),
        (Route::Home, false) => view! { <SupplierHomePage /> }.into_any(),
        (Route::Catalog(_), true) => view! { <CatalogPage /> }.into_any(),
        (Route::Product(_), true) => view! { <ProductPage /> }.into_any(),
        (Route::Cart, true) => view! { <CartPage /> }.into_any(),
        (Route::CartReview, true) => view! { <CartReviewPage /> }.into_any(),
        (Route::Orders(_), _) => view! { <OrdersPage /> }.into_any(),
        (Route::Order(_), _) => view! { <OrderPage /> }.into_any(),
        (Route::Queue { .. }, false) => view! { <QueuePage /> }.into_any(),
        (Route::Workflow, false) => view! { <WorkflowPage /> }.into_any(),
        _ => view! { <NotFoundPage /> }.into_any(),
    }
}
