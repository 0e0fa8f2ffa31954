//! What a page is, and where it stands.

use leptos::prelude::*;

/// A step on the way to the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// Its name.
    pub label: String,
    /// Its address.
    pub href: String,
}

/// The title of the page, the way to it, and what can be done with all of it.
#[component]
pub fn PageHeader(
    /// The title.
    #[prop(into)]
    title: Signal<String>,
    /// A second line in small print.
    #[prop(optional, into)]
    lead: Signal<String>,
    /// The way to the page, without the page itself.
    #[prop(optional, into)]
    crumbs: Signal<Vec<Crumb>>,
    /// What the way is called, for screen readers; needed with `crumbs`.
    #[prop(optional, into)]
    crumbs_label: Signal<String>,
    /// Buttons and figures at the end of the line.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let way = move || {
        let steps = crumbs.get();
        (!steps.is_empty()).then(|| {
            let step = |crumb: Crumb| view! { <li><a href=crumb.href>{crumb.label}</a></li> };
            view! {
                <nav class="crumbs" aria-label=move || crumbs_label.get()>
                    <ol>{steps.into_iter().map(step).collect_view()}</ol>
                </nav>
            }
        })
    };
    view! {
        <header class="page-header">
            {way}
            <div class="page-title">
                <h1>{move || title.get()}</h1>
                <small>{move || lead.get()}</small>
            </div>
            <div class="page-tools">{children.map(|children| children())}</div>
        </header>
    }
}
