//! Where somebody is in a long list, kept for when they come back by the browser's buttons.

use leptos::prelude::*;

use crate::route::{Places, Route, use_route};
use crate::ui::WindowPlace;

/// What a windowed list is given as `on_place` and `begin`, in the page whose addresses `is_here` knows.
pub fn keep_place(is_here: fn(&Route) -> bool) -> (Callback<WindowPlace>, Callback<(), Option<WindowPlace>>) {
    let places = expect_context::<Places<WindowPlace>>();
    let here = use_route();
    let address = move || {
        // On the way to another page this one is still there for a moment.
        let route = here.get_untracked();
        is_here(&route).then_some(route)
    };
    let remember = move |place| {
        if let Some(route) = address() {
            places.leave(&route, place);
        }
    };
    (
        Callback::new(remember),
        Callback::new(move |()| places.come(&address()?)),
    )
}
