//! Where the app is, and going elsewhere.
//!
//! Links are plain `<a href=route.to_path()>`: the router takes presses on them over. For going somewhere after a
//! change there is [`Navigator`].

use countersign_domain::id::CustomerId;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::location::{BrowserUrl, LocationProvider};

use crate::route::Route;
use crate::route::behalf::customer_of;

/// The address the app is at. Needs the router around it.
pub fn use_route() -> Memo<Route> {
    let location = use_location();
    Memo::new(move |_| {
        location
            .pathname
            .with(|path| location.search.with(|query| Route::parse(path, query)))
    })
}

/// The customer on whose behalf staff order at the address the app is at. Needs the router around it.
pub fn use_customer() -> Memo<Option<CustomerId>> {
    let location = use_location();
    Memo::new(move |_| location.pathname.with(|path| customer_of(path)))
}

/// Goes to other addresses. Cheap to copy, and works after `.await` - as long as the component is there that asked for it:
/// somebody who has left its page meanwhile stays where they went.
#[derive(Clone, Copy, Debug)]
pub struct Navigator {
    go: Callback<(String, bool)>,
}

impl Navigator {
    /// Opens a page; the back button comes back here.
    pub fn go(&self, route: &Route) {
        self.go.try_run((route.to_path(), false));
    }

    /// Shows the same page otherwise - a filter, the open item - without a step for the back button and without
    /// scrolling.
    pub fn replace(&self, route: &Route) {
        self.go.try_run((route.to_path(), true));
    }
}

/// What takes the app to other addresses. Needs the router around it.
pub fn use_navigator() -> Navigator {
    let navigate = use_navigate();
    let go = move |(path, replace): (String, bool)| {
        navigate(
            &path,
            NavigateOptions {
                resolve: false,
                replace,
                scroll: !replace,
                ..NavigateOptions::default()
            },
        );
    };
    Navigator {
        go: Callback::new(go),
    }
}

/// Lets presses on links through to the address bar.
///
/// The router puts a new path there only when its own list of routes says that the page is built. This app has one match
/// on [`Route`] instead of that list, which builds pages at once.
pub fn complete_navigation() {
    let location = use_location();
    let browser = expect_context::<BrowserUrl>();
    Effect::new(move |_| {
        location.pathname.track();
        browser.ready_to_complete();
    });
}
