//! The frame around the pages of somebody who is signed in.

use leptos::html;
use leptos::prelude::*;

use crate::layout::navigation::{NavItem, Navigation};
use crate::layout::sync::{SyncLine, SyncNews};
use crate::layout::{Brand, SyncState};
use crate::route::use_route;
use crate::text;
use crate::ui::{ShortcutHelp, Shortcuts, Toaster, Toasts};

/// Brand, navigation, search, tools and sync state around a page. The focus goes to the page when it changes.
#[component]
pub fn Shell(
    /// The ways to the pages.
    items: Signal<Vec<NavItem>>,
    /// The search of the header.
    search: AnyView,
    /// What stands at the end of the header: language, look, account.
    tools: AnyView,
    /// Whether what is shown is what the server has.
    sync: Signal<SyncState>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let brand = expect_context::<Brand>();
    let toasts = expect_context::<Toasts>();
    let shortcuts = expect_context::<Shortcuts>();
    let main: NodeRef<html::Main> = NodeRef::new();
    let here = use_route();
    Effect::new(move |before: Option<crate::route::Route>| {
        let now = here.get();
        // Only the way from page to page moves the focus: not the first page, not a filter, not an opened item.
        if before.is_some_and(|before| !before.is_same_page(&now))
            && let Some(main) = main.get_untracked()
        {
            let _ = main.focus();
        }
        now
    });
    view! {
        <a class="skip-link" href="#main">{move || text!(shell.skip)}</a>
        <div class="shell">
            <header class="shell-top">
                <div class="shell-brand">
                    <span class="brand">{brand.name()}</span>
                    <SyncLine state=sync />
                </div>
                {search}
                <div class="shell-tools">{tools}</div>
            </header>
            <nav class="shell-side" aria-label=move || text!(shell.main_nav)>
                <span class="brand">{brand.name()}</span>
                <Navigation items=items />
                <SyncLine state=sync />
            </nav>
            <main class="shell-page" id="main" tabindex="-1" node_ref=main>
                <SyncNews state=sync />
                {children()}
            </main>
        </div>
        <Toaster toasts=toasts close_label=move || text!(shell.close) />
        <ShortcutHelp shortcuts=shortcuts title=move || text!(shell.shortcuts) close_label=move || text!(shell.close) />
    }
}
