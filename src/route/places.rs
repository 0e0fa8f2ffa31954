//! Where somebody was in a long page when they left it, so that the back button brings them there again.

use std::collections::HashMap;

use leptos::prelude::*;

use crate::route::Route;

/// Pages of which the place is remembered: more than anybody goes back.
const MOST: usize = 50;

/// The places, by address, as long as the app is open. Provided by the desk; cheap to copy.
///
/// They are good for who comes by the browser's own buttons: whoever follows a link begins at the top.
#[derive(Debug)]
pub struct Places<T: Send + Sync + 'static> {
    left: StoredValue<HashMap<String, T>>,
    /// The address that one of the browser's buttons led to last.
    came_to: StoredValue<Option<String>>,
}

impl<T: Send + Sync + 'static> Clone for Places<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Places<T> {}

impl<T: Clone + Send + Sync + 'static> Places<T> {
    /// None yet. Listens to the browser's buttons until the current owner goes away.
    pub fn listen() -> Self {
        let came_to = StoredValue::new(None);
        let listener = window_event_listener(leptos::ev::popstate, move |_| {
            let location = window().location();
            let (path, query) = (location.pathname(), location.search());
            let route = Route::parse(&path.unwrap_or_default(), &query.unwrap_or_default());
            came_to.try_set_value(Some(route.to_path()));
        });
        on_cleanup(move || listener.remove());
        Self {
            left: StoredValue::new(HashMap::new()),
            came_to,
        }
    }

    /// Remembers where somebody is in the page of `route`.
    pub fn leave(&self, route: &Route, place: T) {
        self.left.try_update_value(|left| {
            let address = route.to_path();
            if left.len() >= MOST && !left.contains_key(&address) {
                left.clear();
            }
            left.insert(address, place);
        });
    }

    /// Where to begin in the page of `route`: where it was left, for whoever came back to it. Asked a moment after the page
    /// is built, when the browser has said how somebody came.
    pub fn come(&self, route: &Route) -> Option<T> {
        let came_to = self.came_to.try_update_value(Option::take).flatten()?;
        let address = route.to_path();
        if came_to != address {
            return None;
        }
        self.left
            .try_with_value(|left| left.get(&address).cloned())
            .flatten()
    }
}
