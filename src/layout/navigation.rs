//! The ways to the pages.

use leptos::prelude::*;

use crate::route::{Route, use_route};
use crate::text;
use crate::ui::{Icon, IconName};

/// A way to a page.
#[derive(Clone)]
pub struct NavItem {
    /// Where it leads.
    pub route: Route,
    /// What it is called.
    pub label: Signal<String>,
    /// Its icon.
    pub icon: IconName,
    /// How many things are there; nothing is shown for none.
    pub count: Signal<u32>,
    /// Whether some of them can't wait: they are late, or nothing happens to them by itself.
    pub urgent: Signal<bool>,
    /// The count in words.
    pub count_label: Signal<String>,
}

impl NavItem {
    /// A way with nothing to count.
    pub fn new(route: Route, icon: IconName, label: impl Into<Signal<String>>) -> Self {
        Self {
            route,
            label: label.into(),
            icon,
            count: Signal::default(),
            urgent: Signal::default(),
            count_label: Signal::default(),
        }
    }
}

/// The ways: below each other on a wide screen, beside each other at the bottom of a phone, where a button shows those that
/// find no room.
#[component]
pub fn Navigation(
    /// The ways, in their order.
    items: Signal<Vec<NavItem>>,
) -> impl IntoView {
    let here = use_route();
    let row = move |item: NavItem| {
        let path = item.route.to_path();
        let current = move || {
            here.with(|here| {
                if item.route.is_same_page(here) {
                    Some("page")
                } else {
                    item.route.contains(here).then_some("true")
                }
            })
        };
        let (count, urgent, count_label) = (item.count, item.urgent, item.count_label);
        let shown = move || {
            (count.get() > 0).then(|| {
                view! {
                    <b aria-hidden="true">{move || count.get()}</b>
                    <span class="visually-hidden">{move || count_label.get()}</span>
                }
            })
        };
        view! {
            <li>
                <a
                    href=path
                    aria-current=current
                    data-urgent=move || urgent.get().then_some("true")
                >
                    <Icon name=item.icon />
                    <span>{move || item.label.get()}</span>
                    {shown}
                </a>
            </li>
        }
    };
    let shows_all = RwSignal::new(false);
    // Whoever is somewhere else has found the way.
    Effect::new(move |_| {
        here.track();
        shows_all.set(false);
    });
    let key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" {
            shows_all.set(false);
        }
    };
    view! {
        <ul class="shell-nav" id="ways" data-all=move || shows_all.get().then_some("true") on:keydown=key>
            <For each=move || items.get() key=|item| item.route.to_path() children=row />
        </ul>
        <button
            class="shell-more"
            type="button"
            aria-controls="ways"
            aria-expanded=move || shows_all.get().to_string()
            on:click=move |_| shows_all.update(|all| *all = !*all)
            on:keydown=key
        >
            <Icon name=IconName::More />
            <span>{move || text!(shell.all_ways)}</span>
        </button>
    }
}
