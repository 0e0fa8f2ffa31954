//! The two sides of the app, each a download of its own: signing in must not wait for pages that only somebody who is
//! signed in can open, and nobody needs the pages of the other side.
//!
//! With the feature `split`, which a release is built with, what only these functions reach is cut out of the app's
//! WebAssembly and fetched when one of them is first called; what both reach is a third file that comes with either.
//! Without it - Trunk, tests - they are plain functions.

use countersign_domain::id::CustomerId;
use leptos::prelude::*;
#[cfg(feature = "split")]
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use crate::app::customer::CustomerDesk;
use crate::app::distributor::DistributorDesk;
use crate::app::supplier::SupplierDesk;
use crate::session::SessionContext;

/// Builds the desk of a side, or with the distributor's part the desk of staff who order on behalf of a customer. A plain
/// function, so that a view that waited for it can call it where it stands.
pub type BuildDesk = fn(SessionContext, Option<CustomerId>) -> AnyView;

/// Part of the app could not be fetched. The next call tries again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotFetched;

#[cfg(feature = "split")]
impl From<SplitLoaderError> for NotFetched {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// Fetches the desk of a side - the distributor's or the supplier's -, unless it is here.
///
/// # Errors
/// When there is no connection, or the deployment no longer has this version of the app.
#[cfg(feature = "split")]
pub async fn fetch(is_distributor: bool) -> Result<BuildDesk, NotFetched> {
    if is_distributor {
        distributor().await
    } else {
        supplier().await
    }
}

/// The desk of a side.
///
/// # Errors
/// None: all of the app is here.
#[cfg(not(feature = "split"))]
pub async fn fetch(is_distributor: bool) -> Result<BuildDesk, NotFetched> {
    if is_distributor { distributor() } else { supplier() }
}

/// Fetches ahead a side that is about to be needed, and with it what both have.
pub async fn fetch_ahead(is_distributor: bool) {
    // Who is signed in meanwhile waits for the same request, and is told when it failed.
    let _ = fetch(is_distributor).await;
}

#[cfg_attr(
    feature = "split",
    wasm_split(distributor, wasm_split_path = ::leptos::wasm_split, fallible)
)]
fn distributor() -> Result<BuildDesk, NotFetched> {
    let build: BuildDesk = |session, customer| match customer {
        None => view! { <DistributorDesk session=session /> }.into_any(),
        Some(customer) => view! { <CustomerDesk session=session customer=customer /> }.into_any(),
    };
    Ok(build)
}

#[cfg_attr(
    feature = "split",
    wasm_split(supplier, wasm_split_path = ::leptos::wasm_split, fallible)
)]
fn supplier() -> Result<BuildDesk, NotFetched> {
    let build: BuildDesk = |session, _| view! { <SupplierDesk session=session /> }.into_any();
    Ok(build)
}
