//! Pages that many visits never open, as downloads of their own: a side arrives without them, and is there the sooner.
//!
//! They are cut out the same way as the sides ([`crate::app::sides`]). A part is asked for when one of its pages is first
//! opened, or ahead, once the page that was asked for is there.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
#[cfg(feature = "split")]
use leptos::wasm_split::wasm_split;

use crate::app::pages;
use crate::app::sides::NotFetched;
use crate::route::Route;
use crate::text;
use crate::ui::{ErrorState, Skeleton};

/// Builds the page at an address.
pub type BuildPage = fn(&Route) -> AnyView;

type Fetching = Pin<Box<dyn Future<Output = Result<BuildPage, NotFetched>>>>;

/// A part of a side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Orders that were submitted: the list and the page of one. Staff have them from the start, in their queues.
    Orders,
    /// How a distributor orders by the hundred: quick order, saved lists, ordering again.
    Buying,
    /// Returns, on both sides.
    Returns,
    /// What the supplier sets rather than does.
    Office,
}

/// How long after a desk its parts are fetched ahead: the page that was asked for comes first.
const FETCH_AHEAD: Duration = Duration::from_millis(1_500);

impl Part {
    /// Those of the distributor's side, or of the supplier's.
    const fn of_side(is_distributor: bool) -> [Self; 3] {
        if is_distributor {
            [Self::Orders, Self::Buying, Self::Returns]
        } else {
            [Self::Orders, Self::Returns, Self::Office]
        }
    }

    /// Fetches it, unless it is here.
    fn fetch(self) -> Fetching {
        #[cfg(feature = "split")]
        return match self {
            Self::Orders => Box::pin(orders()),
            Self::Buying => Box::pin(buying()),
            Self::Returns => Box::pin(returns()),
            Self::Office => Box::pin(office()),
        };
        #[cfg(not(feature = "split"))]
        Box::pin(std::future::ready(match self {
            Self::Orders => orders(),
            Self::Buying => buying(),
            Self::Returns => returns(),
            Self::Office => office(),
        }))
    }
}

thread_local! {
    /// What is here already, so that a page of it opens without a moment of waiting.
    static HERE: Cell<[Option<BuildPage>; 4]> = const { Cell::new([None; 4]) };
}

async fn fetch(part: Part) -> Result<BuildPage, NotFetched> {
    let build = part.fetch().await?;
    let mut here = HERE.get();
    here[part as usize] = Some(build);
    HERE.set(here);
    Ok(build)
}

/// Fetches the parts of a side in a while, so that they are here when the connection is gone.
pub fn fetch_ahead(is_distributor: bool) {
    let all = move || {
        for part in Part::of_side(is_distributor) {
            // Who opens a page of it is told when it can't be fetched.
            spawn_local(async move {
                let _ = fetch(part).await;
            });
        }
    };
    set_timeout(all, FETCH_AHEAD);
}

/// A page of a part.
#[component]
pub fn PageOf(
    /// The part it is in.
    part: Part,
    /// Its address.
    route: Route,
) -> impl IntoView {
    if let Some(build) = HERE.get()[part as usize] {
        return build(&route);
    }
    let fetched = RwSignal::new(None);
    let ask = move || {
        fetched.set(None);
        spawn_local(async move {
            // Whoever went elsewhere meanwhile has no use for it.
            fetched.try_set(Some(fetch(part).await));
        });
    };
    ask();
    let view = move || {
        match fetched.get() {
        None => view! { <Skeleton label=move || text!(shell.opening) /> }.into_any(),
        Some(Ok(build)) => build(&route),
        Some(Err(NotFetched)) => view! {
            <ErrorState message=move || text!(shell.not_fetched) retry_label=move || text!(shell.retry) on_retry=ask />
        }
        .into_any(),
    }
    };
    view.into_any()
}

#[cfg_attr(
    feature = "split",
    wasm_split(orders, wasm_split_path = ::leptos::wasm_split, fallible)
)]
fn orders() -> Result<BuildPage, NotFetched> {
    let build: BuildPage = pages::of_orders;
    Ok(build)
}

#[cfg_attr(
    feature = "split",
    wasm_split(buying, wasm_split_path = ::leptos::wasm_split, fallible)
)]
fn buying() -> Result<BuildPage, NotFetched> {
    let build: BuildPage = pages::of_buying;
    Ok(build)
}

#[cfg_attr(
    feature = "split",
    wasm_split(returns, wasm_split_path = ::leptos::wasm_split, fallible)
)]
fn returns() -> Result<BuildPage, NotFetched> {
    let build: BuildPage = pages::of_returns;
    Ok(build)
}

#[cfg_attr(
    feature = "split",
    wasm_split(office, wasm_split_path = ::leptos::wasm_split, fallible)
)]
fn office() -> Result<BuildPage, NotFetched> {
    let build: BuildPage = pages::of_office;
    Ok(build)
}
